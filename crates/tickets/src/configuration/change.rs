//! Writing items down, and changing them.

use identity::companies_by_ids;
use kernel::{CompanyId, Doing, Fault, Line, Prose, TextError};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};
use visibility::{Cx, Flag, Permission, ledger};

use super::{Item, ItemId, ItemStatus, scope};
use crate::{
    entity::{
        item::{Column, Entity},
        item_note,
    },
    words::distinct,
};

/// What an item is made of; in an update, what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct ItemInput {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<String>,
    /// Its serial number; a blank one is none.
    pub serial_number: Option<String>,
    /// Where it stands.
    pub status: Option<ItemStatus>,
    /// Whether clients may know of it.
    pub flag: Option<Flag>,
    /// Why the flag changes, for the ledger.
    pub reason: Option<String>,
    /// What staff note about it; a blank text is none.
    pub notes: Option<String>,
}

/// Why an item was not written.
#[derive(Debug, thiserror::Error)]
pub enum ItemError {
    /// A text cannot be taken: which, and why.
    #[error("{1}")]
    Text(&'static str, TextError),
    /// The workspace has no such company.
    #[error("there is no such company")]
    UnknownCompany,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Writes an item of a company down. Needs `customers.write`.
pub async fn create_item(
    cx: &Cx<'_>,
    company: CompanyId,
    input: ItemInput,
) -> Result<Item, ItemError> {
    let staff = cx.viewer.may(Permission::CustomersWrite)?;
    let mut item = Item {
        id: ItemId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        company_id: company,
        name: String::new(),
        kind: String::new(),
        serial_number: None,
        status: input.status.unwrap_or(ItemStatus::InUse),
        flag: input.flag.unwrap_or(Flag::InternalOnly),
        words: String::new(),
        created_at: cx.now,
        changed_at: cx.now,
    };
    let notes = fill(&mut item, input)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    if companies_by_ids(&within, &[company]).await?.is_empty() {
        return Err(ItemError::UnknownCompany);
    }
    let insert = Entity::insert(item.clone().into_active_model());
    let inserted = insert.exec_without_returning(&within.db()).await;
    inserted.doing("writing a configuration item")?;
    note(&within, &item, notes).await?;
    tx.commit().await?;
    Ok(item)
}

/// Changes an item. Needs `customers.write`.
#[expect(clippy::disallowed_methods, reason = "the item was read in scope")]
pub async fn update_item(cx: &Cx<'_>, id: ItemId, input: ItemInput) -> Result<Item, ItemError> {
    cx.viewer.may(Permission::CustomersWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    // Held, so that of two changes at once the second sees the first.
    let found = scope::visible_to(cx.viewer).filter(Column::Id.eq(id));
    let found = found.lock_exclusive().one(&within.db()).await;
    let before = found.doing("reading a configuration item")?;
    let before = before.ok_or(Fault::NotFound)?;
    let mut item = before.clone();
    item.status = input.status.unwrap_or(before.status);
    item.flag = input.flag.unwrap_or(before.flag);
    let reason = input.reason.clone();
    let notes = fill(&mut item, input)?;
    if item == before && matches!(notes, Notes::Stay) {
        return Err(ItemError::NothingToChange);
    }
    item.changed_at = cx.now;
    let mut row = item.clone().into_active_model().reset_all();
    row.id = ActiveValue::Unchanged(id);
    // The write tests the flag that the ledger will call the one before.
    let update = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .filter(Column::Flag.eq(before.flag));
    let done = update.exec(&within.db()).await;
    if done.doing("changing a configuration item")?.rows_affected == 0 {
        return Err(Fault::NotFound.into());
    }
    if item.flag != before.flag {
        let reason = Prose::parse(&reason.unwrap_or_default());
        let reason = reason.map_err(|error| ItemError::Text("reason", error))?;
        let change = ledger::Change {
            record_kind: "configurationItem",
            record: id.0,
            from: before.flag,
            to: item.flag,
            reason: &reason.into_string(),
        };
        ledger::enter(cx, &tx, change).await?;
    }
    note(&within, &item, notes).await?;
    tx.commit().await?;
    Ok(item)
}

/// What an item is found by: each of its words between blanks.
pub(crate) fn found_by(item: &Item) -> String {
    let serial = item.serial_number.as_deref().unwrap_or_default();
    let words = distinct([item.name.as_str(), &item.kind, serial]);
    let words: Vec<String> = words.into_iter().collect();
    format!(" {} ", words.join(" "))
}

/// What becomes of the notes.
enum Notes {
    Stay,
    Gone,
    New(Prose),
}

/// Puts into the item what the input says; answers what becomes of its notes.
fn fill(item: &mut Item, input: ItemInput) -> Result<Notes, ItemError> {
    let line = |field, text: &str| {
        let line = Line::parse(text).map_err(|error| ItemError::Text(field, error));
        line.map(Line::into_string)
    };
    let new = item.name.is_empty();
    if let Some(name) = input.name.or_else(|| new.then(String::new)) {
        item.name = line("name", &name)?;
    }
    if let Some(kind) = input.kind.or_else(|| new.then(String::new)) {
        item.kind = line("kind", &kind)?;
    }
    if let Some(serial) = input.serial_number {
        item.serial_number = match serial.trim() {
            "" => None,
            serial => Some(line("serialNumber", serial)?),
        };
    }
    item.words = found_by(item);
    let Some(notes) = input.notes else {
        return Ok(Notes::Stay);
    };
    if notes.trim().is_empty() {
        return Ok(Notes::Gone);
    }
    let notes = Prose::parse(&notes).map_err(|error| ItemError::Text("notes", error))?;
    Ok(Notes::New(notes))
}

/// Writes what staff note about the item, or takes it away.
#[expect(clippy::disallowed_methods, reason = "the item was read in scope")]
async fn note(cx: &Cx<'_>, item: &Item, notes: Notes) -> Result<(), Fault> {
    use item_note::{Column, Entity, Model};
    let notes = match notes {
        Notes::Stay => return Ok(()),
        Notes::New(notes) => notes,
        Notes::Gone => {
            let delete = Entity::delete_many().filter(Column::ItemId.eq(item.id));
            let deleted = delete.exec(&cx.db()).await;
            return deleted.doing("taking a note away").map(drop);
        }
    };
    let row = Model {
        item_id: item.id,
        workspace_id: item.workspace_id,
        body: notes.into_string(),
    };
    let replace = OnConflict::column(Column::ItemId)
        .update_column(Column::Body)
        .to_owned();
    let insert = Entity::insert(row.into_active_model()).on_conflict(replace);
    let inserted = insert.exec_without_returning(&cx.db()).await;
    inserted.doing("writing a note").map(drop)
}
