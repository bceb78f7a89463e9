//! The roots of both schemas, and their text.
//!
//! Printing needs no database: a schema holds no state, who asks comes with
//! each request.

use async_graphql::{
    MergedObject, MergedSubscription, ObjectType, SDLExportOptions, Schema, SubscriptionType,
};

use crate::{
    audience::{Candidate, Portal},
    contracts::{ContractMutation, ContractQuery},
    documents::{UploadMutation, UploadQuery},
    identity::{IdentityMutation, IdentityQuery},
    limits::Limits,
    notifications::{MailMutation, MailPreferencesMutation, MailPreferencesQuery, MailQuery},
    tickets::{TicketMutation, TicketReads, TicketSubscription, TicketsExportQuery},
};

/// Reads. Each answers from what the viewer may see and nothing else.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
pub(crate) struct Query(
    IdentityQuery,
    TicketReads,
    TicketsExportQuery,
    MailQuery,
    MailPreferencesQuery,
    ContractQuery,
    UploadQuery,
);

/// Changes. Each answers the changed record, and errors that a user can act on.
#[derive(Default, MergedObject)]
#[graphql(name = "Mutation")]
pub(crate) struct Mutation(
    IdentityMutation,
    TicketMutation,
    MailMutation,
    MailPreferencesMutation,
    UploadMutation,
    ContractMutation,
);

/// Live updates. Each delivery is evaluated against the viewer's rights at that
/// moment; a stream ends with the session or the access token.
#[derive(Default, MergedSubscription)]
#[graphql(name = "Subscription")]
pub(crate) struct Subscription(TicketSubscription);

/// The schema of clients.
pub(crate) type PortalSchema = Schema<Portal<Query>, Portal<Mutation>, Portal<Subscription>>;
/// The schema of staff.
pub(crate) type FullSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema of clients.
pub(crate) fn portal(limits: &Limits) -> PortalSchema {
    let roots = (
        Portal::new(Query::default()),
        Portal::new(Mutation::default()),
        Portal::new(Subscription::default()),
    );
    build(roots, limits)
}

/// Builds the schema of staff.
pub(crate) fn full(limits: &Limits) -> FullSchema {
    build(
        (
            Query::default(),
            Mutation::default(),
            Subscription::default(),
        ),
        limits,
    )
}

fn build<Q, M, S>((query, mutation, subscription): (Q, M, S), limits: &Limits) -> Schema<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    Schema::build(query, mutation, subscription)
        // "Did you mean" tells names that nobody asked about.
        .disable_suggestions()
        .limit_complexity(limits.cost)
        .finish()
}

/// The text of `schema.graphql`: everything.
pub fn full_sdl() -> String {
    text(&full(&Limits::STAFF))
}

/// The text of the portal's schema as it runs: marks and allow-list.
pub fn portal_sdl() -> String {
    text(&portal(&Limits::PORTAL))
}

/// The text of the portal's schema as the marks alone would have it: what
/// `schema.portal.graphql` is compared with and written from.
pub fn candidate_sdl() -> String {
    let roots = (
        Candidate::new(Query::default()),
        Candidate::new(Mutation::default()),
        Candidate::new(Subscription::default()),
    );
    text(&build(roots, &Limits::PORTAL))
}

fn text<Q, M, S>(schema: &Schema<Q, M, S>) -> String
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items();
    schema.sdl_with_options(options)
}
