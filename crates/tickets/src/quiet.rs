//! How long a resolved ticket waits for an answer before it closes by itself
//! (TK-5). Quiet is when nothing happens that the client's side can see.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use visibility::{
    Cx, Permission,
    audit::{self, Event},
};

use crate::{
    Status, Ticket,
    entity::settings::{Column, Entity, Model},
};

/// The longest quiet time, in days.
pub const MOST_QUIET_DAYS: i64 = 365;

/// The quiet time of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietTime {
    /// How many days; none when tickets wait for ever.
    pub days: Option<i64>,
    /// Since when it is so: no day before counts, so that nothing closes of which
    /// nobody was told.
    since: DateTime<Utc>,
}

impl QuietTime {
    pub(crate) fn of(row: Option<&Model>) -> Self {
        Self {
            days: row.and_then(|row| row.close_after_days),
            since: row.map_or(DateTime::UNIX_EPOCH, |row| row.since),
        }
    }

    /// When the ticket closes if nothing happens until then; none while it is not
    /// resolved.
    pub fn closes_at(&self, ticket: &Ticket) -> Option<DateTime<Utc>> {
        let days = self.days.filter(|_| ticket.status == Status::Resolved)?;
        Some(ticket.changed_at.max(self.since) + TimeDelta::days(days))
    }

    /// Tickets close that were last changed by then; none when none do.
    pub(crate) fn closes_what_rests_since(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let last = now - TimeDelta::days(self.days?);
        (self.since <= last).then_some(last)
    }
}

/// Why the quiet time stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum QuietTimeError {
    /// Less than a day, or more than a year.
    #[error("it is between 1 and {MOST_QUIET_DAYS} days")]
    OutOfRange,
    /// It is so already.
    #[error("nothing to change")]
    Unchanged,
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The quiet time of the viewer's workspace.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: one row, of the viewer's own workspace"
)]
pub async fn quiet_time(cx: &Cx<'_>) -> Result<QuietTime, Fault> {
    let found = Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .one(&cx.db())
        .await;
    let row = found.doing("reading settings of tickets")?;
    Ok(QuietTime::of(row.as_ref()))
}

/// Sets it; none for never. What rests already begins to rest now. Needs
/// `settings.write`.
pub async fn set_quiet_time(cx: &Cx<'_>, days: Option<i64>) -> Result<QuietTime, QuietTimeError> {
    let staff = cx.viewer.may(Permission::SettingsWrite)?;
    if days.is_some_and(|days| !(1..=MOST_QUIET_DAYS).contains(&days)) {
        return Err(QuietTimeError::OutOfRange);
    }
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    if quiet_time(&within).await?.days == days {
        return Err(QuietTimeError::Unchanged);
    }
    let row = Model {
        workspace_id: staff.workspace,
        close_after_days: days,
        since: cx.now,
    };
    let replace = OnConflict::column(Column::WorkspaceId)
        .update_columns([Column::CloseAfterDays, Column::Since])
        .to_owned();
    let insert = Entity::insert(row.clone().into_active_model()).on_conflict(replace);
    insert
        .exec_without_returning(&within.db())
        .await
        .doing("changing settings of tickets")?;
    let event = Event {
        kind: "ticketSettings.changed",
        subject: Some(("workspace", staff.workspace.0)),
        detail: Some(json!({"autoCloseDays": days})),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.commit().await?;
    Ok(QuietTime::of(Some(&row)))
}
