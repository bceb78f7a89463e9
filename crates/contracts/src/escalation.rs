//! What happens by itself while a promise runs out, and after it was missed
//! (SL-5). Internal, as all that a policy says.

use std::collections::BTreeSet;

use identity::{Standing, staff_member};
use kernel::{Fault, StaffUserId};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use visibility::Cx;

use crate::{Priority, Side};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Which promise runs out.
    pub side: Side,
    /// How much of the promised time is used up when it comes: 100 is the
    /// instant at which the promise is missed.
    pub percent: i64,
    /// Who is told.
    pub notify: Vec<Uuid>,
    /// To whom the ticket is given; to nobody else when absent.
    pub assignee: Option<Uuid>,
    /// How urgent the ticket becomes at least.
    pub priority: Option<Priority>,
}

impl Escalation {
    /// The highest that a step can wait for.
    pub const MAX_PERCENT: i64 = 1_000;
    /// The most people that one step tells.
    pub const MAX_NOTIFIED: usize = 20;

    fn is_sound(&self) -> bool {
        let does = !self.notify.is_empty() || self.assignee.is_some() || self.priority.is_some();
        does && (1..=Self::MAX_PERCENT).contains(&self.percent)
            && self.notify.len() <= Self::MAX_NOTIFIED
    }

    /// Whom the step names.
    pub fn people(&self) -> impl Iterator<Item = StaffUserId> {
        let people = self.notify.iter().copied().chain(self.assignee);
        people.map(StaffUserId)
    }
}

/// The steps of a policy, by the promise and then by when they come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Escalations(pub Vec<Escalation>);

impl Escalations {
    /// The most steps of a policy.
    pub const MAX: usize = 20;

    /// The steps of one promise, the earliest first.
    pub fn of(&self, side: Side) -> impl Iterator<Item = &Escalation> {
        self.0.iter().filter(move |step| step.side == side)
    }
}

/// Why steps cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum EscalationError {
    /// Too many, at an impossible time, twice at one, or doing nothing.
    #[error(
        "a policy has at most {} steps, each of which does something, at 1 to {} percent, \
         and no two of one target at the same",
        Escalations::MAX,
        Escalation::MAX_PERCENT
    )]
    Unsound,
    /// Somebody is not of the team, or not in force.
    #[error("somebody is not of the team")]
    UnknownStaffMember,
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The steps in their order, when they can be taken. Only those in `before`
/// may name somebody who is no longer in force.
pub(crate) async fn sound(
    cx: &Cx<'_>,
    mut given: Vec<Escalation>,
    before: &Escalations,
) -> Result<Escalations, EscalationError> {
    for step in &mut given {
        step.notify.sort_unstable();
        step.notify.dedup();
    }
    given.sort_by_key(|step| (step.side, step.percent));
    let twice = given
        .windows(2)
        .any(|two| (two[0].side, two[0].percent) == (two[1].side, two[1].percent));
    if given.len() > Escalations::MAX || twice || !given.iter().all(Escalation::is_sound) {
        return Err(EscalationError::Unsound);
    }
    let known: BTreeSet<StaffUserId> = before.0.iter().flat_map(Escalation::people).collect();
    let named: BTreeSet<StaffUserId> = given.iter().flat_map(Escalation::people).collect();
    let new: Vec<StaffUserId> = named.difference(&known).copied().collect();
    if !new.is_empty() {
        let found = staff_member(cx, &new).await?;
        let active = found.iter().filter(|user| user.status == Standing::Active);
        if active.count() != new.len() {
            return Err(EscalationError::UnknownStaffMember);
        }
    }
    Ok(Escalations(given))
}
