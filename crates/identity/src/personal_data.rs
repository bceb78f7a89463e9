//! Everything that this crate keeps about a client user, for themselves (OP-5).

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query},
};
use serde_json::{Value, json};
use visibility::{
    Cx,
    audit::{self, Event},
};

use crate::{Realm, company_users::erasable};

#[derive(FromQueryResult)]
struct SessionRow {
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
    ended: Option<DateTime<Utc>>,
    agent: Option<String>,
    network: Option<String>,
}

/// The account and its sessions as JSON. Needs `customers.erase`; that it was
/// handed out is entered into the audit trail.
pub async fn personal_data(cx: &Cx<'_>, id: ClientUserId) -> Result<Value, Fault> {
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let user = erasable(&within, id).await?;
    let sessions = sessions(&within, id).await?;
    let event = Event {
        kind: "clientUser.exported",
        subject: Some(("clientUser", id.0)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.commit().await?;
    let sessions: Vec<Value> = sessions
        .into_iter()
        .map(|row| {
            json!({
                "createdAt": row.created_at,
                "lastUsedAt": row.last_used_at,
                "endedAt": row.ended,
                "program": row.agent,
                "network": row.network,
            })
        })
        .collect();
    Ok(json!({
        "id": user.id.to_string(),
        "company": user.company_id.to_string(),
        "name": user.name,
        "email": user.email,
        "locale": user.locale,
        "access": user.access.name(),
        "sections": user.sections,
        "status": user.status.name(),
        "createdAt": user.created_at,
        "lastSignInAt": user.last_sign_in_at,
        "erasedAt": user.erased_at,
        "sessions": sessions,
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the sessions of a user who was just read in scope"
)]
async fn sessions(cx: &Cx<'_>, id: ClientUserId) -> Result<Vec<SessionRow>, Fault> {
    let mut select = Query::select();
    select
        .columns(["created_at", "last_used_at", "agent", "network"])
        .expr_as(Expr::col("revoked_at"), "ended")
        .from(Realm::Portal.sessions())
        .and_where(Expr::col("user_id").eq(id))
        .and_where(Expr::col("workspace_id").eq(cx.viewer.workspace()))
        .order_by("created_at", sea_orm::sea_query::Order::Desc)
        .limit(1_000);
    let rows = cx.db().query_all(&select).await.doing("reading sessions")?;
    rows.iter()
        .map(|row| SessionRow::from_query_result(row, ""))
        .collect::<Result<_, _>>()
        .doing("understanding sessions")
}
