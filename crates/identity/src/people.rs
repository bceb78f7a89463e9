//! People, read in batches: the gateway asks for those of a whole page.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, CompanyId, Doing, Fault, StaffUserId};
use sea_orm::{ColumnTrait, DerivePartialModel, QueryFilter, QueryOrder, QuerySelect};
use visibility::{Access, Cx, Reach, Sections, StaffRole};

use crate::{
    Standing,
    entity::{client_user, staff_user},
    scope,
};

/// The largest team that is listed; plans end far below.
const TEAM: u64 = 1_000;

/// A client user as colleagues and staff see them.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "client_user::Entity")]
pub struct ClientUser {
    /// Who.
    pub id: ClientUserId,
    /// The one company they belong to.
    pub company_id: CompanyId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their standing at the company.
    pub access: Access,
    /// The sections that are ticked for them.
    pub sections: Sections,
    /// How far they see, where the company chooses per member.
    pub reach: Option<Reach>,
    /// Whether they may sign in.
    pub status: Standing,
    /// The language of their mails.
    pub locale: String,
    /// Since when they are known.
    pub created_at: DateTime<Utc>,
    /// When everything personal was erased.
    pub erased_at: Option<DateTime<Utc>>,
    /// When they last signed in; for whom [`crate::reviews`] says so.
    pub last_sign_in_at: Option<DateTime<Utc>>,
}

impl From<&client_user::Model> for ClientUser {
    fn from(row: &client_user::Model) -> Self {
        Self {
            id: row.id,
            company_id: row.company_id,
            name: row.name.clone(),
            email: row.email.clone(),
            access: row.access,
            sections: row.sections.clone(),
            reach: row.reach,
            status: row.status,
            locale: row.locale.clone(),
            created_at: row.created_at,
            erased_at: row.erased_at,
            last_sign_in_at: row.last_sign_in_at,
        }
    }
}

/// A staff user as colleagues see them; clients never get this record.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "staff_user::Entity")]
pub struct StaffUser {
    /// Who.
    pub id: StaffUserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: StaffRole,
    /// Whether they may sign in.
    pub status: Standing,
    /// The language of their mails.
    pub locale: String,
}

/// Those of the client users that the viewer may see.
pub async fn client_users_by_ids(
    cx: &Cx<'_>,
    ids: &[ClientUserId],
) -> Result<Vec<ClientUser>, Fault> {
    scope::client_users(cx.viewer)
        .filter(client_user::Column::Id.is_in(ids.iter().copied()))
        .into_partial_model::<ClientUser>()
        .all(&cx.db())
        .await
        .doing("reading client users")
}

/// The display names of staff users. This is all that a client may learn of
/// the team, and only of those who wrote something the client can read.
pub async fn staff_names_by_ids(
    cx: &Cx<'_>,
    ids: &[StaffUserId],
) -> Result<Vec<(StaffUserId, String)>, Fault> {
    scope::staff_users(cx.viewer)
        .select_only()
        .columns([staff_user::Column::Id, staff_user::Column::Name])
        .filter(staff_user::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(&cx.db())
        .await
        .doing("reading staff names")
}

/// Those of the staff users that exist in the workspace; for staff alone.
pub async fn staff_member(cx: &Cx<'_>, ids: &[StaffUserId]) -> Result<Vec<StaffUser>, Fault> {
    cx.viewer.staff()?;
    scope::staff_users(cx.viewer)
        .filter(staff_user::Column::Id.is_in(ids.iter().copied()))
        .into_partial_model::<StaffUser>()
        .all(&cx.db())
        .await
        .doing("reading staff users")
}

/// The team of the workspace, by name; for staff alone.
pub async fn staff_list(cx: &Cx<'_>) -> Result<Vec<StaffUser>, Fault> {
    cx.viewer.staff()?;
    scope::staff_users(cx.viewer)
        .order_by_asc(staff_user::Column::Name)
        .order_by_asc(staff_user::Column::Id)
        .limit(TEAM)
        .into_partial_model::<StaffUser>()
        .all(&cx.db())
        .await
        .doing("listing the team")
}
