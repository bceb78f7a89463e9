//! What was promised in `glass`: answers within twelve hours and resolutions within
//! two days around the clock, and to Birch, by a contract that shows its client the
//! countdown, within eight hours and one day.

use std::collections::HashMap;

use chrono_tz::Tz;
use contracts::{
    CalendarId, ContractId, Escalations, Holidays, PolicyId, Target, Targets,
    provision::{NewContract, NewPolicy},
};
use kernel::{CompanyId, WorkspaceId};
use tickets::provision::Promises;

use super::Builder;

/// What was promised, by id.
#[derive(Clone, Copy, Debug)]
pub struct Promised {
    /// The calendar of the next.
    pub calendar: CalendarId,
    /// The policy that holds where no contract names one.
    pub own: PolicyId,
    /// The contract of Birch.
    pub birchs: ContractId,
    /// Its policy.
    pub birchs_policy: PolicyId,
}

impl Builder<'_> {
    pub(super) async fn promise(
        &self,
        workspace: WorkspaceId,
        birch: CompanyId,
    ) -> (Promised, Promises) {
        let work = self.work;
        let within = |response, resolution| {
            Targets::all(Target {
                response: Some(response),
                resolution: Some(resolution),
            })
        };
        let own = NewPolicy {
            workspace,
            name: "CANARY own",
            calendar: "CANARY always",
            hours: "24/7",
            zone: Tz::Europe__Berlin,
            holidays: Holidays::default(),
            targets: within(720, 2_880),
            near_percent: 75,
            escalations: Escalations::default(),
            default: true,
            at: work.now,
        };
        let other = NewPolicy {
            name: "CANARY Birch",
            targets: within(480, 1_440),
            default: false,
            ..own.clone()
        };
        let own = contracts::provision::policy(self.tx, work.entropy, own);
        let (own, calendar) = own.await.expect("a policy");
        let other = contracts::provision::policy(self.tx, work.entropy, other);
        let (other, _) = other.await.expect("a policy");
        let from = work.now - chrono::TimeDelta::days(30);
        let contract = NewContract {
            workspace,
            title: "CANARY Birch",
            company: birch,
            policy: Some(other.policy),
            countdown: true,
            starts_on: from.date_naive(),
            from,
        };
        let contract = contracts::provision::contract(self.tx, work.entropy, contract);
        let contract = contract.await.expect("a contract");
        let promised = Promised {
            calendar,
            own: own.policy,
            birchs: contract,
            birchs_policy: other.policy,
        };
        let counted_by = Promises {
            own: Some(own),
            contracts: HashMap::from([(birch, (contract, Some(other)))]),
            ..Promises::default()
        };
        (promised, counted_by)
    }
}
