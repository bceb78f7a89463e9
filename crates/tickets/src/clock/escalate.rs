//! When the steps of a policy come (SL-5): at a share of the promised time, by
//! the same count of working time as what is due. While the clock stands, none
//! comes, and none that was answered before anybody looked.

use chrono::{DateTime, TimeDelta, Utc};
use contracts::{Escalation, Side};

use super::{Basis, Clock};

/// A step that comes, or came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) side: Side,
    pub(crate) percent: i64,
    pub(crate) at: DateTime<Utc>,
}

impl Due {
    /// Tells the steps of one ticket apart.
    pub(crate) fn number(self) -> i64 {
        self.percent * 2 + self.side as i64
    }
}

impl Clock {
    /// The steps that are still to come, as things are.
    pub(super) fn steps<'a>(&'a self, basis: &'a Basis) -> impl Iterator<Item = Due> + 'a {
        let terms = basis.terms.as_ref();
        let sides = [Side::Response, Side::Resolution].into_iter();
        sides
            .filter(|side| self.awaits(*side))
            .flat_map(move |side| {
                let steps = terms
                    .into_iter()
                    .flat_map(move |t| t.escalations().of(side));
                steps.filter_map(move |step| self.due(basis, step))
            })
    }

    /// Whether the side is still open: also after it was missed.
    fn awaits(&self, side: Side) -> bool {
        let done = match side {
            Side::Response => self.responded_at,
            Side::Resolution => self.resolved_at,
        };
        self.paused_at.is_none() && done.is_none()
    }

    fn escalated(&self, side: Side) -> i64 {
        match side {
            Side::Response => self.response_escalated,
            Side::Resolution => self.resolution_escalated,
        }
    }

    fn due(&self, basis: &Basis, step: &Escalation) -> Option<Due> {
        if step.percent <= self.escalated(step.side) {
            return None;
        }
        let terms = basis.terms.as_ref()?;
        let target = terms.target(basis.priority).time(step.side)?;
        let share = target.num_microseconds()?.checked_mul(step.percent)? / 100;
        let left = TimeDelta::microseconds(share.checked_sub(self.used)?);
        Some(Due {
            side: step.side,
            percent: step.percent,
            at: terms.hours.after(self.counted_at, left)?,
        })
    }

    /// Notes the steps that have come by `now`, the earliest first. To be
    /// planned anew afterwards.
    pub(crate) fn escalate(&mut self, basis: &Basis, now: DateTime<Utc>) -> Vec<Due> {
        let mut come: Vec<_> = self.steps(basis).collect();
        come.retain(|step| step.at <= now);
        come.sort_by_key(|step| (step.at, step.side, step.percent));
        for step in &come {
            let highest = match step.side {
                Side::Response => &mut self.response_escalated,
                Side::Resolution => &mut self.resolution_escalated,
            };
            *highest = step.percent.max(*highest);
        }
        come
    }
}
