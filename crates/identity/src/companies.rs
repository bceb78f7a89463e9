//! Companies: read in batches for pages, listed for staff, created and changed.

use chrono::{DateTime, Utc};
use kernel::{BadName, CompanyId, Cursor, Doing, Fault, Line, ListError, PageRequest, Slice};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DerivePartialModel, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Map, Value, json};
use uuid::Uuid;
use visibility::{
    Cx, Permission, Sharing, Viewer,
    audit::{self, Event},
};

use crate::{
    BadDomains, CompanyKind, Domains, Standing, client_users_by_ids,
    entity::company::{self, Column, Entity},
    event, rights, scope,
    session::revoke_all_of_company,
};

/// Tells the cursors of this list apart from those of other lists.
const LIST: u8 = 41;

/// A company as its own people and staff see it.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "company::Entity")]
pub struct Company {
    /// Which.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// An organisation or a single person.
    pub kind: CompanyKind,
    /// How its members share records.
    pub sharing: Sharing,
    /// Whether it is in force.
    pub status: Standing,
    /// Whose mailboxes may ask to join.
    pub registration_domains: Domains,
    /// Since when it is a customer.
    pub created_at: DateTime<Utc>,
}

/// Those of the companies that the viewer may see.
pub async fn by_ids(cx: &Cx<'_>, ids: &[CompanyId]) -> Result<Vec<Company>, Fault> {
    scope::companies(cx.viewer)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_partial_model::<Company>()
        .all(&cx.db())
        .await
        .doing("reading companies")
}

/// The cursor of a company in the list.
pub fn company_cursor(company: &Company) -> String {
    Cursor::encode(LIST, &(company.created_at, company.id.0))
}

/// A page of the workspace's companies, the oldest customer first. Needs
/// `customers.read`.
pub async fn list_companies(
    cx: &Cx<'_>,
    request: &PageRequest,
) -> Result<Slice<Company>, ListError> {
    cx.viewer.may(Permission::CustomersRead)?;
    let page = request.check::<(DateTime<Utc>, Uuid)>(LIST)?;
    let mut select = scope::companies(cx.viewer);
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([Column::CreatedAt.into_expr(), Column::Id.into_expr()]);
        let after = Expr::tuple([Expr::value(at), Expr::value(id)]);
        select = select.filter(ExprTrait::gt(key, after));
    }
    let rows = select
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(u64::from(page.size) + 1)
        .into_partial_model::<Company>()
        .all(&cx.db())
        .await;
    Ok(Slice::cut(rows.doing("listing companies")?, page.size))
}

/// Why a company was not created or changed.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// The domains cannot be taken.
    #[error(transparent)]
    Domains(#[from] BadDomains),
    /// A client admin lists another domain than that of their own address.
    #[error("an admin can list the domain of their own address alone; ask for others")]
    ForeignDomain,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Creates a company. Needs `customers.write`.
pub async fn create_company(
    cx: &Cx<'_>,
    name: &str,
    kind: CompanyKind,
    sharing: Sharing,
) -> Result<Company, CompanyError> {
    let staff = cx.viewer.may(Permission::CustomersWrite)?;
    let name = Line::parse_name(name).map_err(CompanyError::Name)?;
    let row = company::Model {
        id: CompanyId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        name: name.into_string(),
        kind,
        sharing,
        status: Standing::Active,
        registration_domains: Domains::default(),
        created_at: cx.now,
    };
    let id = row.id;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let insert = Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("creating a company")?;
    enter(cx, &tx, "company.created", id, Map::new()).await?;
    let company = by_ids(&cx.within(&tx), &[id]).await?.pop();
    tx.commit().await?;
    Ok(company.ok_or(Fault::NotFound)?)
}

/// What changes of a company; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct CompanyUpdate {
    /// The name; for staff.
    pub name: Option<String>,
    /// How its members share records.
    pub sharing: Option<Sharing>,
    /// Whose mailboxes may ask to join.
    pub registration_domains: Option<Vec<String>>,
    /// Whether it is in force; for staff.
    pub standing: Option<Standing>,
}

/// Changes a company: staff with `customers.write`; its own admins how its
/// members share, and who may ask to join.
pub async fn update_company(
    cx: &Cx<'_>,
    id: CompanyId,
    input: CompanyUpdate,
) -> Result<Company, CompanyError> {
    let staffs_own = input.name.is_some() || input.standing.is_some();
    match cx.viewer {
        Viewer::Staff(_) => cx.viewer.may(Permission::CustomersWrite).map(|_| ())?,
        Viewer::Client(_) => {
            cx.viewer.client_admin()?;
            if staffs_own {
                return Err(Fault::Forbidden.into());
            }
        }
    }
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let within = cx.within(&tx);
    let company = by_ids(&within, &[id]).await?.pop();
    let company = company.ok_or(Fault::NotFound)?;
    if let Some(names) = &input.registration_domains {
        may_list(&within, &company, names).await?;
    }
    let (row, changes) = changed(&company, input)?;
    if changes.is_empty() {
        return Err(CompanyError::NothingToChange);
    }
    let update = Entity::update(row).validate();
    let update = update.doing("changing a company")?;
    let updated = update
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .exec(&tx.executor())
        .await;
    updated.doing("changing a company")?;
    if changes.contains_key("status") {
        // For good: switching it on again must not bring back what was open.
        revoke_all_of_company(&tx.executor(), id, cx.now).await?;
    }
    enter(cx, &tx, "company.changed", id, changes).await?;
    tx.record(event::fact(cx, event::COMPANY_CHANGED, id.0));
    let company = by_ids(&within, &[id]).await?.pop();
    tx.commit().await?;
    Ok(company.ok_or(Fault::NotFound)?)
}

/// A client admin lists the domain of their own mailbox and no other: listing
/// somebody else's would draw their people's requests here.
async fn may_list(cx: &Cx<'_>, company: &Company, names: &[String]) -> Result<(), CompanyError> {
    let Viewer::Client(client) = cx.viewer else {
        return Ok(());
    };
    let own = client_users_by_ids(cx, &[client.user]).await?.pop();
    let own = own.ok_or(Fault::NotFound)?.email;
    let own = own.rsplit_once('@').map_or("", |(_, domain)| domain);
    let wanted = Domains::parse(names)?;
    let theirs = |name: &str| name == own || company.registration_domains.contain(name);
    if wanted.iter().all(theirs) {
        Ok(())
    } else {
        Err(CompanyError::ForeignDomain)
    }
}

fn changed(
    company: &Company,
    input: CompanyUpdate,
) -> Result<(company::ActiveModel, Map<String, Value>), CompanyError> {
    let mut row = company::ActiveModel {
        id: Set(company.id),
        ..Default::default()
    };
    let mut changes = Map::new();
    if let Some(name) = input.name {
        let name = Line::parse_name(&name).map_err(CompanyError::Name)?;
        row.name = Set(name.into_string());
        changes.insert("name".into(), json!("changed"));
    }
    if let Some(sharing) = input.sharing.filter(|new| *new != company.sharing) {
        let change = json!({ "from": company.sharing.name(), "to": sharing.name() });
        row.sharing = Set(sharing);
        changes.insert("sharing".into(), change);
    }
    if let Some(names) = input.registration_domains {
        let domains = Domains::parse(&names)?;
        if domains != company.registration_domains {
            changes.insert("registrationDomains".into(), json!(domains));
            row.registration_domains = Set(domains);
        }
    }
    if let Some(standing) = input.standing.filter(|new| *new != company.status) {
        row.status = Set(standing);
        changes.insert("status".into(), json!(standing.name()));
    }
    Ok((row, changes))
}

async fn enter(
    cx: &Cx<'_>,
    tx: &store::Tx,
    kind: &'static str,
    id: CompanyId,
    changes: Map<String, Value>,
) -> Result<(), Fault> {
    let event = Event {
        kind,
        subject: Some(("company", id.0)),
        detail: (!changes.is_empty()).then_some(Value::Object(changes)),
        ..Event::default()
    };
    audit::enter(cx, tx, event).await
}
