//! How urgent a ticket is, and under which contract it falls. Internal: no
//! column or time that a client can see is touched (VI-4, VI-5); only a contract
//! that shows its countdown shows what is due by now.

use contracts::{ContractId, Priority};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use visibility::{Cx, Permission};

use crate::{
    Ticket, TicketId,
    clock::keep::{Hand, Step, change},
    entity::triage::{Column, Entity},
    event, index, scope,
};

/// Why a ticket was not triaged.
#[derive(Debug, thiserror::Error)]
pub enum TriageError {
    /// The company has no such contract.
    #[error("no such contract of the company")]
    UnknownContract,
    /// It is so already.
    #[error("nothing to change")]
    Unchanged,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Sets how urgent a ticket is. Needs `tickets.write`.
pub async fn set_priority(
    cx: &Cx<'_>,
    id: TicketId,
    priority: Priority,
) -> Result<Ticket, TriageError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let other = Column::Priority.ne(priority);
    set(
        cx,
        id,
        None,
        (Column::Priority, Expr::value(priority)),
        other,
    )
    .await
}

/// Says under which contract a ticket falls, or that it falls under none. The
/// contract must cover the ticket's company. Needs `tickets.write`.
pub async fn set_contract(
    cx: &Cx<'_>,
    id: TicketId,
    contract: Option<ContractId>,
) -> Result<Ticket, TriageError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    // Nobody takes away what they may not see.
    cx.viewer.may(Permission::ContractsRead)?;
    let other = match contract {
        Some(contract) => Column::ContractId
            .is_null()
            .or(Column::ContractId.ne(contract)),
        None => Column::ContractId.is_not_null(),
    };
    set(
        cx,
        id,
        contract,
        (Column::ContractId, Expr::value(contract)),
        other,
    )
    .await
}

/// The write itself tests that there is something to change.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn set(
    cx: &Cx<'_>,
    id: TicketId,
    contract: Option<ContractId>,
    (column, value): (Column, SimpleExpr),
    other: SimpleExpr,
) -> Result<Ticket, TriageError> {
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = scope::by_id(&within, id).await?;
    // Before what follows it, as every other command does.
    index::wait_for(&within.db(), &[id]).await?;
    if let Some(contract) = contract {
        let (db, company) = (within.db(), ticket.company_id);
        let covers = contracts::covers(&db, ticket.workspace_id, contract, company).await?;
        if !covers {
            return Err(TriageError::UnknownContract);
        }
    }
    let update = Entity::update_many()
        .col_expr(column, value)
        .filter(Column::TicketId.eq(ticket.id))
        .filter(other);
    let done = update.exec(&within.db()).await.doing("triaging a ticket")?;
    if done.rows_affected == 0 {
        return Err(TriageError::Unchanged);
    }
    change(Hand::of(cx, &tx), ticket.id, Step::Retriage).await?;
    event::record(cx, &tx, event::TRIAGED, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}
