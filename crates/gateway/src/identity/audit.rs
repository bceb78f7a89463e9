//! The audit trail as staff page through it.

use async_graphql::{Context, Enum, ID, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::PageRequest;
use serde_json::Value;
use visibility::audit::{Entry, TrailError, cursor, trail};

use super::types::Side;
use crate::{
    audience::{Internal, internal},
    connection::{internal_connection, nodes},
    context::Asking,
    node::Kind,
    refusal::Refusal,
};

/// The kind of record that something was done to.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
enum AuditSubject {
    /// Somebody of a customer.
    User,
    /// Somebody of the team.
    StaffMember,
    /// A customer.
    Company,
    /// The workspace itself.
    Workspace,
    /// A request to join a company.
    JoinRequest,
    /// A calendar of working time.
    Calendar,
    /// A service-level policy.
    SlaPolicy,
    /// A contract.
    Contract,
    /// A text that the team answers with.
    CannedReply,
}

/// Something that was done, or tried. It never changes and never goes.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct AuditEntry {
    /// Which entry; unlike global ids it is good for nothing else.
    id: ID,
    /// What was done, as `noun.verb`, such as `signIn.failed`: docs/audit.md.
    kind: String,
    /// When.
    at: DateTime<Utc>,
    /// Which side did it; none when nobody was signed in.
    side: Option<Side>,
    /// Who did it; good for `node`.
    actor: Option<ID>,
    /// The kind of record that it was done to.
    subject_kind: Option<AuditSubject>,
    /// The record; good for `node` where it is one.
    subject: Option<ID>,
    /// The caller's network, such as `192.0.2.0/24`.
    network: Option<String>,
    /// What changed, by field.
    detail: Option<Json<Value>>,
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        let side = entry.actor_side.as_deref().map(|side| match side {
            "staff" => Side::Staff,
            _ => Side::Client,
        });
        let actor = side.zip(entry.actor_id).map(|(side, id)| match side {
            Side::Staff => Kind::StaffMember.id(id),
            Side::Client => Kind::User.id(id),
        });
        let subject_kind = entry.subject_kind.as_deref().and_then(subject_kind);
        let subject = subject_kind
            .zip(entry.subject_id)
            .and_then(|(kind, id)| subject(kind, id));
        Self {
            id: ID(entry.id.to_string()),
            kind: entry.kind,
            at: entry.happened_at,
            side,
            actor,
            subject_kind,
            subject,
            network: entry.network,
            detail: entry.detail.map(Json),
        }
    }
}

fn subject_kind(name: &str) -> Option<AuditSubject> {
    match name {
        "clientUser" => Some(AuditSubject::User),
        "staffUser" => Some(AuditSubject::StaffMember),
        "company" => Some(AuditSubject::Company),
        "workspace" => Some(AuditSubject::Workspace),
        "joinRequest" => Some(AuditSubject::JoinRequest),
        "calendar" => Some(AuditSubject::Calendar),
        "slaPolicy" => Some(AuditSubject::SlaPolicy),
        "contract" => Some(AuditSubject::Contract),
        "cannedReply" => Some(AuditSubject::CannedReply),
        _ => None,
    }
}

fn subject(kind: AuditSubject, id: uuid::Uuid) -> Option<ID> {
    match kind {
        AuditSubject::User => Some(Kind::User.id(id)),
        AuditSubject::StaffMember => Some(Kind::StaffMember.id(id)),
        AuditSubject::Company => Some(Kind::Company.id(id)),
        AuditSubject::JoinRequest => Some(Kind::JoinRequest.id(id)),
        AuditSubject::Calendar => Some(Kind::Calendar.id(id)),
        AuditSubject::SlaPolicy => Some(Kind::SlaPolicy.id(id)),
        AuditSubject::Contract => Some(Kind::Contract.id(id)),
        AuditSubject::CannedReply => Some(Kind::CannedReply.id(id)),
        AuditSubject::Workspace => None,
    }
}

#[derive(Default)]
pub(crate) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The audit trail of the workspace, the newest entry first. Needs the
    /// permission `audit.read`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "nodes(first) * child_complexity + 1")]
    async fn audit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the entry before the page.")] after: Option<String>,
        #[graphql(desc = "Only entries of this kind, such as `signIn.failed`.")] kind: Option<
            String,
        >,
    ) -> Result<AuditEntryConnection> {
        let has_previous = after.is_some();
        let request = PageRequest { first, after };
        let found = trail(&ctx.cx()?, kind.as_deref(), &request).await;
        let slice = found.map_err(|error| match error {
            TrailError::Page(bad) => Refusal::from(bad),
            TrailError::Fault(fault) => Refusal::from(&fault),
        })?;
        let row = |row: Entry| (cursor(&row), AuditEntry::from(row));
        Ok(AuditEntryConnection::new(slice.map(row), has_previous))
    }
}

internal_connection!(
    AuditEntry: AuditEntryConnection "AuditEntryConnection", AuditEntryEdge "AuditEntryEdge"
);
