//! The steps of a policy: what happens by itself as a promise runs out.

use std::sync::Arc;

use ::contracts::{Escalation, Side};
use async_graphql::{Enum, ID, InputObject, Object, Result};
use kernel::StaffUserId;
use uuid::Uuid;

use super::{page::ContractPage, types::TicketPriority};
use crate::{
    audience::{Internal, internal},
    identity::StaffMemberNode,
    node::Kind,
    refusal::Refusal,
    tickets::short,
};

/// What a policy promises.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum SlaTargetKind {
    /// The first public answer of staff.
    Response,
    /// The resolution.
    Resolution,
}

impl From<Side> for SlaTargetKind {
    fn from(side: Side) -> Self {
        match side {
            Side::Response => Self::Response,
            Side::Resolution => Self::Resolution,
        }
    }
}

impl From<SlaTargetKind> for Side {
    fn from(kind: SlaTargetKind) -> Self {
        match kind {
            SlaTargetKind::Response => Self::Response,
            SlaTargetKind::Resolution => Self::Resolution,
        }
    }
}

/// Something that happens by itself. It does at least one thing.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SlaEscalationInput {
    /// As which promise runs out.
    target: SlaTargetKind,
    /// At how much of the promised time, 1 to 1 000 percent; at 100 the promise
    /// is missed.
    percent: i32,
    /// Staff members who are told, at most 20.
    notify: Option<Vec<ID>>,
    /// The staff member whom the ticket is given to; it stays where it is when
    /// absent.
    assignee: Option<ID>,
    /// How urgent the ticket becomes at least.
    priority: Option<TicketPriority>,
}

/// The steps of an input. An id of another kind names nobody: the domain says so.
pub(super) fn steps(
    given: Option<Vec<SlaEscalationInput>>,
) -> std::result::Result<Option<Vec<Escalation>>, Refusal> {
    let Some(given) = given else { return Ok(None) };
    short("escalations", &given)?;
    let person = |id: &ID| Kind::StaffMember.record(id).unwrap_or(Uuid::nil());
    let step = |given: SlaEscalationInput| {
        let notify = given.notify.unwrap_or_default();
        short("escalations.notify", &notify)?;
        Ok(Escalation {
            side: given.target.into(),
            percent: given.percent.into(),
            notify: notify.iter().map(person).collect(),
            assignee: given.assignee.as_ref().map(person),
            priority: given.priority.map(Into::into),
        })
    };
    given
        .into_iter()
        .map(step)
        .collect::<std::result::Result<_, _>>()
        .map(Some)
}

/// Something that happens by itself. Seen by staff with the permission
/// `contracts.read`.
pub(crate) struct SlaEscalation {
    pub(super) step: Escalation,
    pub(super) page: Arc<ContractPage>,
}

/// Something that happens by itself. Seen by staff with the permission
/// `contracts.read`.
#[Object(directive = internal::apply())]
impl SlaEscalation {
    /// As which promise runs out.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn target(&self) -> SlaTargetKind {
        self.step.side.into()
    }

    /// At how much of the promised time, in percent; at 100 the promise is missed.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn percent(&self) -> i32 {
        i32::try_from(self.step.percent).unwrap_or_default()
    }

    /// Who is told.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "5 * child_complexity + 1")]
    async fn notify(&self) -> Result<Vec<StaffMemberNode>> {
        let mut found = Vec::with_capacity(self.step.notify.len());
        for id in &self.step.notify {
            found.extend(self.page.person(StaffUserId(*id)).await?);
        }
        Ok(found)
    }

    /// Whom the ticket is given to; none when it stays where it is.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn assignee(&self) -> Result<Option<StaffMemberNode>> {
        match self.step.assignee {
            Some(id) => self.page.person(StaffUserId(id)).await,
            None => Ok(None),
        }
    }

    /// How urgent the ticket becomes at least; none when it stays as it is.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn priority(&self) -> Option<TicketPriority> {
        self.step.priority.map(Into::into)
    }
}
