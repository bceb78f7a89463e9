//! Creating and changing calendars. Whoever works by a calendar that changes
//! works by the new one from that moment on.

use chrono::NaiveDate;
use chrono_tz::Tz;
use kernel::{Doing, Fault, Line, TextError};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};
use serde_json::json;
use store::Tx;
use visibility::{Cx, Permission};

use crate::{
    BadHours, Calendar, CalendarId, Holiday, Holidays, Hours,
    entity::{
        calendar::{Column, Entity},
        policy,
    },
    policy::renew,
    scope, trail,
};

/// What a calendar is made of; in an update, what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct CalendarInput {
    /// Its name.
    pub name: Option<String>,
    /// Opening hours, in OpenStreetMap's notation.
    pub hours: Option<String>,
    /// An IANA time zone name.
    pub time_zone: Option<String>,
    /// All of its holidays.
    pub holidays: Option<Vec<Holiday>>,
}

/// Why a calendar was not created or changed.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(TextError),
    /// The hours cannot be taken.
    #[error("the opening hours {0}")]
    Hours(BadHours),
    /// No such time zone.
    #[error("there is no such time zone")]
    UnknownTimeZone,
    /// A holiday's name cannot be taken, or its date is out of bounds.
    #[error("a holiday has a name and a date between 2000 and 2199")]
    Holidays,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Somebody else changed it at the same moment.
    #[error("somebody has changed it meanwhile; read it again")]
    ChangedMeanwhile,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Creates a calendar. Needs `contracts.write`.
pub async fn create_calendar(cx: &Cx<'_>, input: CalendarInput) -> Result<Calendar, CalendarError> {
    let staff = cx.viewer.may(Permission::ContractsWrite)?;
    let nothing = Calendar {
        id: CalendarId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        name: String::new(),
        hours: String::new(),
        time_zone: String::new(),
        holidays: Holidays::default(),
        revision: 1,
    };
    let input = CalendarInput {
        name: Some(input.name.unwrap_or_default()),
        ..input
    };
    let calendar = filled(cx, nothing, input)?;
    let tx = cx.begin().await?;
    let insert = Entity::insert(calendar.clone().into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("creating a calendar")?;
    trail::enter(
        cx,
        &tx,
        "calendar.created",
        ("calendar", calendar.id.0),
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(calendar)
}

/// Changes a calendar. Needs `contracts.write`.
pub async fn update_calendar(
    cx: &Cx<'_>,
    id: CalendarId,
    input: CalendarInput,
) -> Result<Calendar, CalendarError> {
    cx.viewer.may(Permission::ContractsWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let before = scope::calendar(&within, id).await?.ok_or(Fault::NotFound)?;
    let mut calendar = filled(cx, before.clone(), input)?;
    if calendar == before {
        return Err(CalendarError::NothingToChange);
    }
    calendar.revision += 1;
    write(&tx, &calendar, before.revision).await?;
    let other_hours = (&calendar.hours, &calendar.time_zone, &calendar.holidays)
        != (&before.hours, &before.time_zone, &before.holidays);
    if other_hours {
        renew_policies(&within, &tx, &calendar).await?;
    }
    let changes = json!({ "name": calendar.name != before.name, "hours": other_hours });
    trail::enter(
        cx,
        &tx,
        "calendar.changed",
        ("calendar", id.0),
        Some(changes),
    )
    .await?;
    tx.commit().await?;
    Ok(calendar)
}

fn filled(
    cx: &Cx<'_>,
    mut calendar: Calendar,
    input: CalendarInput,
) -> Result<Calendar, CalendarError> {
    if let Some(name) = input.name {
        calendar.name = Line::parse(&name)
            .map_err(CalendarError::Name)?
            .into_string();
    }
    if let Some(hours) = input.hours {
        hours.trim().clone_into(&mut calendar.hours);
    }
    if let Some(zone) = input.time_zone {
        calendar.time_zone = zone;
    }
    if let Some(mut holidays) = input.holidays {
        let date = |year| NaiveDate::from_ymd_opt(year, 1, 1);
        for holiday in &mut holidays {
            let (from, to) = (date(2000), date(2200));
            if Some(holiday.date) < from || Some(holiday.date) >= to {
                return Err(CalendarError::Holidays);
            }
            let name = Line::parse(&holiday.name).map_err(|_| CalendarError::Holidays)?;
            holiday.name = name.into_string();
        }
        holidays.sort_by_key(|holiday| holiday.date);
        calendar.holidays = Holidays(holidays);
    }
    let zone: Tz = calendar
        .time_zone
        .trim()
        .parse()
        .map_err(|_| CalendarError::UnknownTimeZone)?;
    zone.name().clone_into(&mut calendar.time_zone);
    Hours::parse(&calendar.hours, zone, calendar.holidays.dates(), cx.now)
        .map_err(CalendarError::Hours)?;
    Ok(calendar)
}

#[expect(clippy::disallowed_methods, reason = "the calendar was read in scope")]
async fn write(tx: &Tx, calendar: &Calendar, revision: i64) -> Result<(), CalendarError> {
    let mut row = calendar.clone().into_active_model().reset_all();
    row.id = ActiveValue::Unchanged(calendar.id);
    let update = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(calendar.id))
        .filter(Column::Revision.eq(revision));
    let done = update
        .exec(&tx.executor())
        .await
        .doing("changing a calendar")?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(CalendarError::ChangedMeanwhile)
    }
}

/// Gives every policy that goes by the calendar new terms. The calendar's row
/// is written already, so that no policy can come to it in between.
async fn renew_policies(cx: &Cx<'_>, tx: &Tx, calendar: &Calendar) -> Result<(), CalendarError> {
    let policies = scope::policies(cx.viewer)?
        .filter(policy::Column::CalendarId.eq(calendar.id))
        .all(&cx.db())
        .await
        .doing("reading the policies of a calendar")?;
    for policy in policies {
        let renewed = renew(cx, tx, &policy, calendar, None).await?;
        renewed.ok_or(CalendarError::ChangedMeanwhile)?;
    }
    Ok(())
}

/// Holds a calendar as it was read until the transaction ends; none when it has
/// changed.
#[expect(clippy::disallowed_methods, reason = "the calendar was read in scope")]
pub(crate) async fn hold(tx: &Tx, calendar: &Calendar) -> Result<Option<()>, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::Revision, Expr::value(calendar.revision))
        .filter(Column::Id.eq(calendar.id))
        .filter(Column::Revision.eq(calendar.revision));
    let done = update
        .exec(&tx.executor())
        .await
        .doing("holding a calendar")?;
    Ok((done.rows_affected == 1).then_some(()))
}
