//! What a team has set up for its tickets, without a viewer.

use chrono::{DateTime, Utc};
use identity::Locale;
use kernel::{CompanyId, Fault, StaffUserId, WorkspaceId};
use sea_orm::DbErr;
use store::Tx;

use crate::{
    Filter, Item, ItemId, Order, Status, Ticket, ViewId,
    configuration::found_by,
    entity::{exposure, settings, status_label, ticket_item, view},
    view::kept,
};

/// Sets the quiet time of a workspace.
pub async fn quiet_time(
    tx: &Tx,
    workspace: WorkspaceId,
    days: i64,
    since: DateTime<Utc>,
) -> Result<(), Fault> {
    let row = settings::Model {
        workspace_id: workspace,
        close_after_days: Some(days),
        since,
    };
    tx.write_all::<settings::Entity>([row]).await
}

/// Calls statuses by the workspace's own words, in all of [`Locale::ALL`].
pub async fn status_labels(
    tx: &Tx,
    workspace: WorkspaceId,
    labels: &[(Status, [&str; 3])],
) -> Result<(), Fault> {
    let words = labels.iter().flat_map(|(status, texts)| {
        let in_each = Locale::ALL.into_iter().zip(texts);
        in_each.map(|(locale, text)| (*status, locale, *text))
    });
    let row = |(status, locale, text): (Status, Locale, &str)| status_label::Model {
        workspace_id: workspace,
        status,
        locale: locale.tag().to_owned(),
        text: text.to_owned(),
    };
    tx.write_all::<status_label::Entity>(words.map(row)).await
}

/// A view of the team.
#[derive(Clone, Debug)]
pub struct NewView {
    /// Its id.
    pub id: ViewId,
    /// Which of the owner's places it takes.
    pub place: i64,
    /// Its name.
    pub name: &'static str,
    /// What it shows, without words.
    pub filter: Filter,
}

/// Writes views of the team, the newest first.
pub async fn views(
    tx: &Tx,
    workspace: WorkspaceId,
    owner: StaffUserId,
    at: DateTime<Utc>,
    views: Vec<NewView>,
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(views.len());
    for new in views {
        let filter = kept::write(&new.filter).map_err(|error| Fault::Database {
            doing: "writing a filter",
            source: DbErr::Custom(error.to_string()),
        })?;
        rows.push(view::Model {
            id: new.id,
            workspace_id: workspace,
            owner_id: owner,
            place: new.place,
            name: new.name.to_owned(),
            shared: true,
            filter,
            words: None,
            sort: Order::default().field,
            ascending: false,
            changed_at: at,
        });
    }
    tx.write_all::<view::Entity>(rows).await
}

/// Writes configuration items; what they are found by is made here.
pub async fn items(tx: &Tx, mut items: Vec<Item>) -> Result<(), Fault> {
    for item in &mut items {
        item.words = found_by(item);
    }
    tx.write_all::<crate::entity::item::Entity>(items).await
}

/// Shows the items of companies to their clients.
pub async fn exposures(
    tx: &Tx,
    workspace: WorkspaceId,
    since: DateTime<Utc>,
    companies: impl IntoIterator<Item = CompanyId>,
) -> Result<(), Fault> {
    let row = |company_id| exposure::Model {
        company_id,
        workspace_id: workspace,
        since,
    };
    let rows = companies.into_iter().map(row);
    tx.write_all::<exposure::Entity>(rows).await
}

/// Says which items tickets are about; each of the ticket's company.
pub async fn ticket_items(
    tx: &Tx,
    links: impl IntoIterator<Item = (&Ticket, ItemId)>,
) -> Result<(), Fault> {
    let row = |(ticket, item_id): (&Ticket, ItemId)| ticket_item::Model {
        ticket_id: ticket.id,
        item_id,
        company_id: ticket.company_id,
    };
    let rows = links.into_iter().map(row);
    tx.write_all::<ticket_item::Entity>(rows).await
}
