//! Asking to join a company by oneself (ID-5): for mailboxes of the domains
//! that a company lists, with the address confirmed before anybody sees the
//! request, and with an admin's approval before the asker sees anything.
//!
//! | step | who |
//! |---|---|
//! | [`ask_to_join`] | anybody; the answer is the same whether a company takes the domain or not |
//! | `confirm.rs` | whoever reads the mail of that address; they set the password |
//! | [`approve`], [`decline`] | an admin of the company, or staff with `customers.write` |

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{BadName, ClientUserId, CompanyId, Doing, Fault, Line, WorkspaceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DeriveActiveEnum, DerivePartialModel, EntityTrait, EnumIter,
    FromQueryResult, IntoActiveModel, Iterable, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Order, Query, WindowStatement},
};
use serde_json::json;
use store::{Tx, Work};
use uuid::Uuid;
use visibility::{
    Access, Cx, Sections, Viewer,
    audit::{self, Event},
};

use crate::{
    BadEmail, ClientUser, Email, Locale, Origin, PlanLimit, Realm, Standing,
    credential::{self, New, Purpose},
    entity::{client_user, company, join_request, workspace},
    event,
    invite::manages_people,
    plan::room_for_client_user,
    rights,
    throttle::{Attempt, Wanted},
    unique::unless_taken,
};

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum JoinStatus {
    /// The address is not confirmed: nobody sees it.
    #[sea_orm(string_value = "unconfirmed")]
    Unconfirmed,
    /// It waits for an admin.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// It was granted.
    #[sea_orm(string_value = "approved")]
    Approved,
    /// It was refused, or overtaken by another.
    #[sea_orm(string_value = "declined")]
    Declined,
}

/// Who asks.
#[derive(Clone)]
pub struct AskToJoin {
    /// The workspace's slug.
    pub workspace: String,
    /// Which company, if its domains do not tell.
    pub company: Option<CompanyId>,
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The language of mails.
    pub locale: Option<String>,
}

/// Why nothing was asked.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// The address cannot be used.
    #[error("the address {0}")]
    Email(#[from] BadEmail),
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// Too many requests for this address, or from this network.
    #[error("too many requests; try again later")]
    TooManyRequests,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Asks to join. Whether a company takes the address shows in its mailbox alone.
pub async fn ask_to_join(
    work: &Work<'_>,
    origin: &Origin,
    input: AskToJoin,
) -> Result<(), JoinError> {
    let email = Email::parse(&input.email)?;
    let name = Line::parse_name(&input.name).map_err(JoinError::Name)?;
    let attempt = Attempt::at(Realm::Portal, &input.workspace, email.as_str(), origin);
    let tx = work.begin().await?;
    let counted = attempt.count_mail(&tx, Wanted::Joining, work.now).await?;
    tx.commit().await?;
    counted.map_err(|_throttled| JoinError::TooManyRequests)?;
    let target = target(work, &input.workspace, input.company, &email).await?;
    let locale = input.locale.as_deref().and_then(Locale::parse);
    let row = join_request::Model {
        id: work.uuid(),
        workspace_id: target.map(|(workspace, _)| workspace),
        company_id: target.map(|(_, company)| company),
        email: email.into_string(),
        name: name.into_string(),
        locale: locale.unwrap_or_default().tag().to_owned(),
        password_hash: None,
        status: JoinStatus::Unconfirmed,
        created_at: work.now,
        confirmed_at: None,
        decided_at: None,
    };
    let tx = work.begin().await?;
    let new = New {
        workspace: row.workspace_id,
        request: target.map(|_| row.id),
        ..New::of(Purpose::Confirmation)
    };
    let insert = join_request::Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("writing a request to join")?;
    let ids = (work.uuid(), work.uuid());
    credential::issue(&tx, ids, work.now, Realm::Portal, new).await?;
    Ok(tx.commit().await?)
}

/// The one company of the workspace that takes mailboxes of this domain; none
/// when there is none, or more than one and nobody said which.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer yet; the answer stays inside"
)]
async fn target(
    work: &Work<'_>,
    slug: &str,
    wanted: Option<CompanyId>,
    email: &Email,
) -> Result<Option<(WorkspaceId, CompanyId)>, Fault> {
    use company::{Column, Entity};
    let slug = if slug.contains('\0') { "" } else { slug };
    let workspace: Option<WorkspaceId> = workspace::Entity::find()
        .select_only()
        .column(workspace::Column::Id)
        .filter(workspace::Column::Slug.eq(slug))
        .filter(workspace::Column::Status.eq(Standing::Active))
        .into_tuple()
        .one(&work.store.executor())
        .await
        .doing("looking a workspace up")?;
    // Domains are letters, digits, dots and hyphens: nothing that LIKE knows.
    let quoted = format!("%\"{}\"%", email.domain());
    let listed = Expr::col((Entity, Column::RegistrationDomains)).cast_as("text");
    let mut select = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace.unwrap_or(WorkspaceId(Uuid::nil()))))
        .filter(Column::Status.eq(Standing::Active))
        .filter(listed.like(quoted));
    if let Some(wanted) = wanted {
        select = select.filter(Column::Id.eq(wanted));
    }
    let found = select.limit(2).all(&work.store.executor()).await;
    Ok(match found.doing("looking for a company")?.as_slice() {
        [only] if only.registration_domains.contain(email.domain()) => {
            Some((only.workspace_id, only.id))
        }
        _ => None,
    })
}

/// A request as admins see it.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "join_request::Entity")]
pub struct JoinRequest {
    /// Which.
    pub id: Uuid,
    /// The address, confirmed.
    pub email: String,
    /// The name, as its owner gave it.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// The most waiting requests that are listed of a company.
const LISTED: u64 = 100;

/// Requests that wait, of each company; the oldest first. Whoever does not
/// manage its people sees none.
#[expect(
    clippy::disallowed_methods,
    reason = "wraps a select that began in the scope"
)]
pub async fn join_requests(
    cx: &Cx<'_>,
    companies: &[CompanyId],
) -> Result<HashMap<CompanyId, Vec<JoinRequest>>, Fault> {
    use join_request::{Column, Entity, Model};
    if manages_people(cx).is_err() {
        return Ok(HashMap::new());
    }
    // The oldest of each company: those of one must not hide another's.
    let mut window = WindowStatement::partition_by((Entity, Column::CompanyId));
    window
        .order_by((Entity, Column::CreatedAt), Order::Asc)
        .order_by((Entity, Column::Id), Order::Asc);
    let of = scoped(cx).filter(Column::CompanyId.is_in(companies.iter().copied()));
    let mut numbered = of.into_query();
    numbered.expr_window_as(Expr::cust("ROW_NUMBER()"), window, "place");
    let mut first = Query::select();
    for column in Column::iter() {
        first.column(("numbered", column));
    }
    first
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col(("numbered", "place")).lte(LISTED))
        .order_by(("numbered", Column::CreatedAt), Order::Asc)
        .order_by(("numbered", Column::Id), Order::Asc);
    let rows = cx.db().query_all(&first).await;
    let rows = rows
        .doing("listing requests to join")?
        .iter()
        .map(|row| Model::from_query_result(row, ""))
        .collect::<Result<Vec<_>, _>>()
        .doing("understanding requests to join")?;
    let mut found: HashMap<CompanyId, Vec<JoinRequest>> = HashMap::new();
    for row in rows {
        let Some(company) = row.company_id else {
            continue;
        };
        found.entry(company).or_default().push(JoinRequest {
            id: row.id,
            email: row.email,
            name: row.name,
            created_at: row.created_at,
        });
    }
    Ok(found)
}

/// One waiting request, for the mail to those who decide.
pub async fn join_request(cx: &Cx<'_>, id: Uuid) -> Result<JoinRequest, Fault> {
    manages_people(cx)?;
    let found = scoped(cx)
        .filter(join_request::Column::Id.eq(id))
        .into_partial_model::<JoinRequest>()
        .one(&cx.db())
        .await;
    found
        .doing("reading a request to join")?
        .ok_or(Fault::NotFound)
}

/// Waiting requests of the viewer's company, or workspace.
fn scoped(cx: &Cx<'_>) -> sea_orm::Select<join_request::Entity> {
    confirmed(cx).filter(join_request::Column::Status.eq(JoinStatus::Waiting))
}

/// Requests with a confirmed address, of the viewer's company or workspace.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
fn confirmed(cx: &Cx<'_>) -> sea_orm::Select<join_request::Entity> {
    use join_request::{Column, Entity};
    let confirmed = Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(Column::Status.ne(JoinStatus::Unconfirmed));
    match cx.viewer {
        Viewer::Staff(_) => confirmed,
        Viewer::Client(client) => confirmed.filter(Column::CompanyId.eq(client.company)),
    }
}

/// The request that waits to be decided, read inside the deciding transaction.
async fn waiting(cx: &Cx<'_>, id: Uuid) -> Result<join_request::Model, DecideError> {
    let found = confirmed(cx)
        .filter(join_request::Column::Id.eq(id))
        .one(&cx.db())
        .await;
    let request = found.doing("reading a request to join")?;
    let request = request.ok_or(Fault::NotFound)?;
    match request.status {
        JoinStatus::Waiting => Ok(request),
        _ => Err(DecideError::AlreadyDecided),
    }
}

/// Why a request was not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The plan allows no more.
    #[error(transparent)]
    PlanLimit(#[from] PlanLimit),
    /// Somebody has decided already.
    #[error("this request has been answered already")]
    AlreadyDecided,
    /// The address has an account by now.
    #[error("this request cannot be granted any more")]
    Overtaken,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Grants a request: the asker becomes a member with these sections.
pub async fn approve(cx: &Cx<'_>, id: Uuid, sections: Sections) -> Result<ClientUser, DecideError> {
    manages_people(cx)?;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let within = cx.within(&tx);
    let room = room_for_client_user(&tx, cx.viewer.workspace()).await?;
    let request = waiting(&within, id).await?;
    room?;
    let company = request.company_id.ok_or(Fault::NotFound)?;
    decide(cx, &tx, id, JoinStatus::Approved).await?;
    let row = client_user::Model {
        id: ClientUserId::fresh(cx.now, cx.entropy),
        workspace_id: cx.viewer.workspace(),
        company_id: company,
        email: request.email,
        name: request.name,
        locale: request.locale,
        access: Access::Member,
        sections,
        reach: None,
        status: Standing::Active,
        password_hash: request.password_hash,
        created_at: cx.now,
        last_sign_in_at: None,
        accepted_at: Some(cx.now),
        erased_at: None,
    };
    let user = ClientUser::from(&row);
    withdraw_invitation(&tx, company, &user.email).await?;
    let insert = client_user::Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    let written = unless_taken(inserted, "granting a request")?;
    written.map_err(|_taken| DecideError::Overtaken)?;
    let detail = json!({ "request": id, "sections": user.sections });
    enter(cx, &tx, "joinRequest.approved", user.id.0, detail).await?;
    tx.record(event::fact(cx, event::CLIENT_USER_CHANGED, user.id.0));
    tx.record(event::fact(cx, event::JOIN_APPROVED, user.id.0));
    tx.commit().await?;
    Ok(user)
}

/// Refuses a request; nobody is told.
pub async fn decline(cx: &Cx<'_>, id: Uuid) -> Result<(), DecideError> {
    manages_people(cx)?;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    waiting(&cx.within(&tx), id).await?;
    decide(cx, &tx, id, JoinStatus::Declined).await?;
    let detail = json!({ "request": id });
    enter(cx, &tx, "joinRequest.declined", id, detail).await?;
    Ok(tx.commit().await?)
}

async fn enter(
    cx: &Cx<'_>,
    tx: &Tx,
    kind: &'static str,
    subject: Uuid,
    detail: serde_json::Value,
) -> Result<(), Fault> {
    let subject = match kind {
        "joinRequest.approved" => ("clientUser", subject),
        _ => ("joinRequest", subject),
    };
    let event = Event {
        kind,
        subject: Some(subject),
        detail: Some(detail),
        ..Event::default()
    };
    audit::enter(cx, tx, event).await
}

/// Of two who decide at once one does.
async fn decide(cx: &Cx<'_>, tx: &Tx, id: Uuid, status: JoinStatus) -> Result<(), DecideError> {
    let row = join_request::ActiveModel {
        id: Set(id),
        status: Set(status),
        decided_at: Set(Some(cx.now)),
        // The account has it now, or nobody needs it.
        password_hash: Set(None),
        ..Default::default()
    };
    let update = join_request::Entity::update(row).validate();
    let update = update.doing("deciding on a request to join")?;
    let updated = update
        .filter(join_request::Column::Status.eq(JoinStatus::Waiting))
        .exec(&tx.executor())
        .await;
    match updated {
        Err(sea_orm::DbErr::RecordNotUpdated) => Err(DecideError::AlreadyDecided),
        other => {
            other.doing("deciding on a request to join")?;
            Ok(())
        }
    }
}

/// An open invitation of the same company gives way to the request.
#[expect(
    clippy::disallowed_methods,
    reason = "an invitation of the company whose request was just read in scope"
)]
async fn withdraw_invitation(tx: &Tx, company: CompanyId, email: &str) -> Result<(), Fault> {
    use client_user::{Column, Entity};
    let open: Option<ClientUserId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CompanyId.eq(company))
        .filter(Column::Email.eq(email))
        .filter(Column::AcceptedAt.is_null())
        .into_tuple()
        .one(&tx.executor())
        .await
        .doing("looking for an invitation")?;
    if let Some(id) = open {
        credential::remove_of(tx, Realm::Portal, id.0).await?;
        let removed = Entity::delete_by_id(id).exec(&tx.executor()).await;
        removed.doing("withdrawing an invitation")?;
    }
    Ok(())
}
