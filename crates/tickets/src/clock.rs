//! Service-level clocks: what is due, what was kept and what was missed (SL-1,
//! SL-2). Internal throughout (VI-4).
//!
//! A clock counts the working time that a ticket has used up, by the terms that
//! hold for it, and knows from that when an answer and a resolution are due. It
//! stands while the ticket waits for the client and while it is resolved. When
//! other terms come to hold, or another priority, what was used up stays used
//! up: due is `now + (target - used)`. A miss is for good.
//!
//! Here is the arithmetic, without a database; `clock/keep.rs` keeps the rows,
//! `clock/escalate.rs` says which steps come when.

mod escalate;
pub(crate) mod keep;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use contracts::{Priority, Side, Terms};

pub(crate) use self::escalate::Due;
pub use crate::entity::clock::Model as Clock;
use crate::{Status, Ticket};

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// Something is due in the future.
    Running,
    /// Something is due soon.
    NearBreach,
    /// It stands: the client's turn, or the ticket was merged into another.
    Paused,
    /// Resolved, with both targets kept.
    Met,
    /// A target was missed.
    Breached,
}

/// What a clock counts by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Basis {
    pub(crate) terms: Option<Terms>,
    pub(crate) priority: Priority,
}

/// A target that was missed, and when it was due.
pub(crate) type Missed = (Side, DateTime<Utc>);

impl Clock {
    /// Whether anything was promised.
    pub fn is_promised(&self) -> bool {
        self.terms_id.is_some()
    }

    /// How the clock stands at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> ClockState {
        let breached = self.response_breached_at.or(self.resolution_breached_at);
        if breached.is_some() || self.next_due.is_some_and(|due| due < now) {
            ClockState::Breached
        } else if self.resolved_at.is_some() {
            ClockState::Met
        } else if self.paused_at.is_some() {
            ClockState::Paused
        } else if self.near_at.is_some_and(|near| near <= now) {
            ClockState::NearBreach
        } else {
            ClockState::Running
        }
    }

    /// The clock of a ticket that has just been opened.
    pub(crate) fn begun(ticket: &Ticket, basis: &Basis) -> Self {
        let mut clock = Self {
            ticket_id: ticket.id,
            workspace_id: ticket.workspace_id,
            version: 1,
            terms_id: basis.terms.as_ref().map(|terms| terms.id),
            policy_id: basis.terms.as_ref().map(|terms| terms.policy),
            started_at: ticket.opened_at,
            counted_at: ticket.opened_at,
            used: 0,
            paused_at: None,
            responded_at: None,
            resolved_at: None,
            merged_at: None,
            response_due: None,
            resolution_due: None,
            response_breached_at: None,
            resolution_breached_at: None,
            response_escalated: 0,
            resolution_escalated: 0,
            escalate_at: None,
            response_promised: false,
            resolution_promised: false,
            next_due: None,
            near_at: None,
            missed_at: None,
        };
        clock.plan(basis);
        clock
    }

    /// The ticket has come to `status` at `at`, by an answer of staff or not.
    pub(crate) fn turn(
        &mut self,
        basis: &Basis,
        at: DateTime<Utc>,
        status: Status,
        answered: bool,
    ) -> Vec<Missed> {
        let missed = self.miss(at);
        self.count(basis, at);
        if answered {
            self.responded_at.get_or_insert(at);
        }
        match status {
            Status::Waiting => {
                self.paused_at.get_or_insert(at);
            }
            Status::Resolved => {
                self.paused_at.get_or_insert(at);
                // Who is told the solution has been answered.
                self.responded_at.get_or_insert(at);
                self.resolved_at.get_or_insert(at);
            }
            Status::Closed => {
                self.paused_at.get_or_insert(at);
                if self.resolved_at.is_none() {
                    // Things go on in another ticket, and are counted there.
                    self.merged_at.get_or_insert(at);
                }
            }
            Status::Open | Status::InProgress => {
                self.paused_at = None;
                self.resolved_at = None;
            }
        }
        self.plan(basis);
        missed
    }

    /// Whether [`Clock::turn`] would change anything but the count.
    pub(crate) fn turns(&self, status: Status, answered: bool) -> bool {
        let stands = matches!(status, Status::Waiting | Status::Resolved | Status::Closed);
        let resolved = matches!(status, Status::Resolved | Status::Closed);
        stands != self.paused_at.is_some()
            || resolved != self.ended_at().is_some()
            || (answered && self.responded_at.is_none())
    }

    /// From `at` on it counts by `new`. Where it had nothing to count by, what
    /// was used up is counted now, without the pauses.
    pub(crate) fn adopt(
        &mut self,
        old: &Basis,
        new: &Basis,
        at: DateTime<Utc>,
        pauses: &[(DateTime<Utc>, Option<DateTime<Utc>>)],
    ) -> Vec<Missed> {
        let missed = self.miss(at);
        self.count(old, at);
        if let (None, Some(terms)) = (&old.terms, &new.terms) {
            let until = self.counted_at;
            let mut used = terms.hours.between(self.started_at, until);
            for (began, ended) in pauses {
                used -= terms
                    .hours
                    .between(*began, ended.unwrap_or(until).min(until));
            }
            self.used = micros(used);
        }
        self.terms_id = new.terms.as_ref().map(|terms| terms.id);
        self.policy_id = new.terms.as_ref().map(|terms| terms.policy);
        self.plan(new);
        missed
    }

    /// Notes what was due before `now`: kept is what was done by the instant.
    pub(crate) fn miss(&mut self, now: DateTime<Utc>) -> Vec<Missed> {
        let mut missed = Vec::new();
        if let Some(due) = self
            .response_due
            .filter(|due| *due < now && self.awaits_response())
        {
            self.response_breached_at = Some(due);
            missed.push((Side::Response, due));
        }
        if let Some(due) = self
            .resolution_due
            .filter(|due| *due < now && self.awaits_resolution())
        {
            self.resolution_breached_at = Some(due);
            missed.push((Side::Resolution, due));
        }
        missed
    }

    /// When it came to an end: by a resolution, or without one, by a merge.
    fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.resolved_at.or(self.merged_at)
    }

    fn awaits_response(&self) -> bool {
        self.paused_at.is_none()
            && self.responded_at.is_none()
            && self.response_breached_at.is_none()
    }

    fn awaits_resolution(&self) -> bool {
        self.paused_at.is_none()
            && self.resolved_at.is_none()
            && self.resolution_breached_at.is_none()
    }

    /// How much working time is left as of `now`; nothing once the target was
    /// missed, none when it is met or nothing was promised.
    pub(crate) fn left(&self, basis: &Basis, side: Side, now: DateTime<Utc>) -> Option<TimeDelta> {
        let (done, missed) = match side {
            Side::Response => (
                self.responded_at.or(self.merged_at),
                self.response_breached_at,
            ),
            Side::Resolution => (self.ended_at(), self.resolution_breached_at),
        };
        let terms = basis.terms.as_ref()?;
        let target = terms.target(basis.priority).time(side)?;
        if missed.is_some() || done.is_some() {
            return missed.map(|_| TimeDelta::zero()).filter(|_| done.is_none());
        }
        let since = match self.paused_at {
            Some(_) => TimeDelta::zero(),
            None => terms.hours.between(self.counted_at, now),
        };
        let left = target - TimeDelta::microseconds(self.used) - since;
        Some(left.max(TimeDelta::zero()))
    }

    fn count(&mut self, basis: &Basis, at: DateTime<Utc>) {
        if let (None, Some(terms)) = (self.paused_at, &basis.terms) {
            self.used += micros(terms.hours.between(self.counted_at, at));
        }
        self.counted_at = self.counted_at.max(at);
    }

    /// Works out what is due, from what is used up.
    pub(crate) fn plan(&mut self, basis: &Basis) {
        let target = basis
            .terms
            .as_ref()
            .map(|terms| terms.target(basis.priority));
        let target = target.unwrap_or_default();
        let used = TimeDelta::microseconds(self.used);
        let after = |time: TimeDelta| {
            let hours = basis.terms.as_ref().map(|terms| &terms.hours);
            hours.and_then(|hours| hours.after(self.counted_at, time - used))
        };
        let due = |time: Option<TimeDelta>| time.and_then(after);
        let near = |time: Option<TimeDelta>| {
            let terms = basis.terms.as_ref()?;
            after(terms.near(time?))
        };
        let (mut dues, mut nears) = (Vec::new(), Vec::new());
        let paused = self.paused_at.is_some();
        let (response, resolution) = (target.response_time(), target.resolution_time());
        self.response_promised = response.is_some();
        self.resolution_promised = resolution.is_some();
        let (response_due, response_near) = (due(response), near(response));
        let (resolution_due, resolution_near) = (due(resolution), near(resolution));
        if self.awaits_response() {
            self.response_due = response_due;
            dues.extend(response_due);
            nears.extend(response_near);
        } else if paused && self.responded_at.is_none() && self.response_breached_at.is_none() {
            self.response_due = None;
        }
        if self.awaits_resolution() {
            self.resolution_due = resolution_due;
            dues.extend(resolution_due);
            nears.extend(resolution_near);
        } else if paused && self.resolved_at.is_none() && self.resolution_breached_at.is_none() {
            self.resolution_due = None;
        }
        self.next_due = dues.into_iter().min();
        self.near_at = nears.into_iter().min();
        let misses = [self.response_breached_at, self.resolution_breached_at];
        let first = misses.into_iter().flatten().min();
        self.missed_at = first.filter(|_| self.ended_at().is_none());
        self.escalate_at = self.steps(basis).map(|step| step.at).min();
    }
}

fn micros(span: TimeDelta) -> i64 {
    span.num_microseconds().unwrap_or(i64::MAX)
}
