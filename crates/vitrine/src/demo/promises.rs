//! What the demo's service companies have promised: two policies each, and
//! contracts with some customers.

use std::error::Error;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use contracts::{
    Escalation, Escalations, Holiday, Holidays, Priority, Side, Target, Targets, Terms,
    provision::{self, NewContract, NewPolicy},
};
use kernel::{CompanyId, Entropy, WorkspaceId};
use store::Tx;
use tickets::{TicketId, provision::Promises};

/// What a workspace has promised.
pub(crate) struct Promised {
    /// For the clocks of tickets that are written.
    pub(crate) promises: Promises,
    workspace: WorkspaceId,
    founded: DateTime<Utc>,
    premium: Terms,
    customers: usize,
}

impl Promised {
    /// Writes the policies.
    pub(crate) async fn write(
        tx: &Tx,
        entropy: &dyn Entropy,
        workspace: WorkspaceId,
        zone: &str,
        (founded, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Self, Box<dyn Error>> {
        let target = |response, resolution| Target {
            response: Some(response),
            resolution: Some(resolution),
        };
        let new = NewPolicy {
            workspace,
            name: "Standard",
            calendar: "Office hours",
            hours: "Mo-Fr 08:00-18:00; PH off",
            zone: zone.parse::<Tz>().map_err(|_| "a time zone of the demo")?,
            holidays: holidays(now),
            targets: Targets {
                low: target(960, 9_600),
                normal: target(480, 4_800),
                high: target(240, 2_400),
                urgent: target(60, 960),
            },
            near_percent: 80,
            escalations: steps(),
            default: true,
            at: founded,
        };
        let (standard, _) = provision::policy(tx, entropy, new.clone()).await?;
        let premium = NewPolicy {
            name: "Premium",
            calendar: "Around the clock",
            hours: "24/7",
            targets: Targets {
                low: target(480, 5_760),
                normal: target(240, 2_880),
                high: target(60, 1_440),
                urgent: target(30, 480),
            },
            near_percent: 75,
            default: false,
            ..new
        };
        let (premium, _) = provision::policy(tx, entropy, premium).await?;
        Ok(Self {
            promises: Promises {
                now,
                own: Some(standard),
                ..Promises::default()
            },
            workspace,
            founded,
            premium,
            customers: 0,
        })
    }

    /// Gives every third customer a contract, and shows every other of those the
    /// time that is left.
    pub(crate) async fn agree(
        &mut self,
        tx: &Tx,
        entropy: &dyn Entropy,
        companies: &[(CompanyId, String)],
    ) -> Result<(), Box<dyn Error>> {
        for (company, name) in companies {
            self.customers += 1;
            if !self.customers.is_multiple_of(3) {
                continue;
            }
            let countdown = self.customers.is_multiple_of(6);
            let title = format!("Service for {name}");
            let new = NewContract {
                workspace: self.workspace,
                title: &title,
                company: *company,
                policy: countdown.then_some(self.premium.policy),
                countdown,
                starts_on: self.founded.date_naive(),
                from: self.founded,
            };
            let contract = provision::contract(tx, entropy, new).await?;
            let terms = countdown.then(|| self.premium.clone());
            self.promises.contracts.insert(*company, (contract, terms));
        }
        Ok(())
    }

    /// Says how urgent a ticket is, by the chance that is in its id.
    pub(crate) fn triage(&mut self, ticket: TicketId) {
        let priority = match ticket.0.as_u128() % 20 {
            0 => Priority::Urgent,
            1..4 => Priority::High,
            4..8 => Priority::Low,
            _ => return,
        };
        self.promises.priorities.insert(ticket, priority);
    }
}

/// What nobody has answered, or resolved, becomes more urgent.
fn steps() -> Escalations {
    let step = |side, percent, priority| Escalation {
        side,
        percent,
        notify: Vec::new(),
        assignee: None,
        priority: Some(priority),
    };
    Escalations(vec![
        step(Side::Response, 100, Priority::High),
        step(Side::Resolution, 90, Priority::High),
    ])
}

/// New Year's Day and Christmas Day, around now.
fn holidays(now: DateTime<Utc>) -> Holidays {
    let years = now.year() - 3..=now.year() + 2;
    let day = |year, month, day, name: &str| {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        let name = name.to_owned();
        Some(Holiday { date, name })
    };
    let days = years.flat_map(|year| {
        [
            day(year, 1, 1, "New Year's Day"),
            day(year, 12, 25, "Christmas Day"),
        ]
    });
    Holidays(days.flatten().collect())
}
