//! What the demo's teams have set up: when resolved tickets close, views of the
//! team, and what some customers have that is looked after.
//!
//! Ids are made of those that are there, so that nothing else of the demo changes
//! with it.

use std::error::Error;

use chrono::{DateTime, Utc};
use contracts::Priority;
use kernel::{CompanyId, StaffUserId, WorkspaceId};
use store::Tx;
use tickets::{
    Assignee, Desk, Filter, Item, ItemId, ItemStatus, Status, ViewId,
    provision::{self, History, NewView},
};
use uuid::Uuid;
use visibility::Flag;

/// How long resolved tickets wait, in days.
const QUIET_DAYS: i64 = 14;

/// Writes what the team has set up, as of now: what rests since long waits as long
/// as anything else.
pub(crate) async fn set_up(
    tx: &Tx,
    workspace: WorkspaceId,
    owner: Option<StaffUserId>,
    now: DateTime<Utc>,
) -> Result<(), Box<dyn Error>> {
    provision::quiet_time(tx, workspace, QUIET_DAYS, now).await?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let open = vec![Status::Open, Status::InProgress];
    let of = |desk| Filter {
        status: open.clone(),
        desk,
        ..Filter::default()
    };
    let nobody = Desk {
        assignee: Some(Assignee::Nobody),
        ..Desk::default()
    };
    let urgent = Desk {
        priority: vec![Priority::High, Priority::Urgent],
        ..Desk::default()
    };
    let view = |place, name, desk| NewView {
        id: ViewId(beside(workspace.0, u128::from(place))),
        place: i64::from(place),
        name,
        filter: of(desk),
    };
    let views = vec![
        view(1_u8, "Waits for somebody", nobody),
        view(2, "Cannot wait", urgent),
    ];
    Ok(provision::views(tx, workspace, owner, now, views).await?)
}

/// Gives every third customer a few items, and shows them to every other of those;
/// their latest ticket is about the first.
pub(crate) async fn furnish(
    tx: &Tx,
    workspace: WorkspaceId,
    founded: DateTime<Utc>,
    companies: &[(CompanyId, String)],
    histories: &[History],
) -> Result<(), Box<dyn Error>> {
    let mut items = Vec::new();
    let mut links = Vec::new();
    let mut shown = Vec::new();
    for (index, (company, _)) in companies.iter().enumerate() {
        if index % 3 != 1 {
            continue;
        }
        if index % 6 == 1 {
            shown.push(*company);
        }
        let first = ItemId(beside(company.0, 1));
        for (n, (name, kind, flag)) in [
            ("Printer, second floor", "Printer", Flag::ClientVisible),
            ("Meeting room screen", "Screen", Flag::ClientVisible),
            ("Probe in the server room", "Sensor", Flag::InternalOnly),
        ]
        .into_iter()
        .enumerate()
        {
            items.push(Item {
                id: ItemId(beside(company.0, 1 + n as u128)),
                workspace_id: workspace,
                company_id: *company,
                name: name.to_owned(),
                kind: kind.to_owned(),
                serial_number: Some(format!("SN-{index:03}-{n}")),
                status: ItemStatus::InUse,
                flag,
                words: String::new(),
                created_at: founded,
                changed_at: founded,
            });
        }
        let theirs = histories.iter().rev();
        let mut theirs = theirs.filter(|history| history.ticket.company_id == *company);
        links.extend(theirs.next().map(|history| (&history.ticket, first)));
    }
    provision::items(tx, items).await?;
    provision::exposures(tx, workspace, founded, shown).await?;
    Ok(provision::ticket_items(tx, links).await?)
}

/// An id of its own, made of another.
fn beside(id: Uuid, n: u128) -> Uuid {
    Uuid::from_u128(id.as_u128() ^ n)
}
