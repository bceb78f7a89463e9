//! The switch that shows a company's items to its clients.

use std::collections::HashSet;

use identity::companies_by_ids;
use kernel::{CompanyId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use visibility::{
    Cx, Permission,
    audit::{self, Event},
};

use crate::entity::exposure::{Column, Entity, Model};

/// Why the switch stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ExposureError {
    /// It is so already.
    #[error("nothing to change")]
    Unchanged,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Those of the companies whose clients see their items. For staff.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn exposed(cx: &Cx<'_>, companies: &[CompanyId]) -> Result<HashSet<CompanyId>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::CompanyId.is_in(companies.iter().copied()))
        .all(&cx.db())
        .await;
    let rows = rows.doing("reading whose items are shown")?;
    Ok(rows.into_iter().map(|row| row.company_id).collect())
}

/// Shows the items of a company to its clients, or hides them again. Needs
/// `customers.write`.
#[expect(clippy::disallowed_methods, reason = "the company was read in scope")]
pub async fn set_exposed(cx: &Cx<'_>, company: CompanyId, on: bool) -> Result<(), ExposureError> {
    let staff = cx.viewer.may(Permission::CustomersWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    if companies_by_ids(&within, &[company]).await?.is_empty() {
        return Err(Fault::NotFound.into());
    }
    // The write says whether anything changed.
    let changed = if on {
        let row = Model {
            company_id: company,
            workspace_id: staff.workspace,
            since: cx.now,
        };
        let there = OnConflict::column(Column::CompanyId)
            .do_nothing()
            .to_owned();
        let insert = Entity::insert(row.into_active_model()).on_conflict(there);
        let inserted = insert.exec_without_returning(&within.db()).await;
        match inserted {
            Ok(rows) => rows,
            Err(sea_orm::DbErr::RecordNotInserted) => 0,
            other => other.doing("showing configuration items")?,
        }
    } else {
        let delete = Entity::delete_many().filter(Column::CompanyId.eq(company));
        let deleted = delete.exec(&within.db()).await;
        deleted.doing("hiding configuration items")?.rows_affected
    };
    if changed == 0 {
        return Err(ExposureError::Unchanged);
    }
    let event = Event {
        kind: "configuration.exposed",
        subject: Some(("company", company.0)),
        detail: Some(json!({"exposed": on})),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    Ok(tx.commit().await?)
}
