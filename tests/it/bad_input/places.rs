//! The places that take text or an id from outside.

use std::collections::BTreeSet;

use async_graphql::parser::types::TypeKind;
use end_to_end::{World, id, sdl::Sdl};

use crate::http::alone;

/// Every place: the root field and the way to the argument, its type, who asks,
/// the operation, and the code that a text with a NUL is answered with.
const TABLE: &str = r#"
branding.workspace         | String! | staff  | query { branding(workspace: $value) { name } }                                  | none
node.id                    | ID!     | staff  | query { node(id: $value) { id } }                                               | NOT_FOUND
ticket.id                  | ID!     | staff  | query { ticket(id: $value) { id } }                                             | NOT_FOUND
tickets.after              | String  | staff  | query { tickets(after: $value) { nodes { id } } }                               | BAD_USER_INPUT
tickets.filter.category    | String! | staff  | query { tickets(filter: {category: [$value]}) { nodes { id } } }                | none
ticketChanged.id           | ID!     | staff  | subscription { ticketChanged(id: $value) { id } }                               | NOT_FOUND
ticketTimeline.id          | ID!     | staff  | subscription { ticketTimeline(id: $value) { id } }                              | NOT_FOUND
signIn.workspace           | String! | staff  | mutation { signIn(input: {workspace: $value, email: "", password: ""}) }        | INVALID_CREDENTIALS
signIn.email               | String! | staff  | mutation { signIn(input: {email: $value, workspace: "", password: ""}) }        | INVALID_CREDENTIALS
signIn.password            | String! | staff  | mutation { signIn(input: {password: $value, workspace: "", email: ""}) }        | INVALID_CREDENTIALS
sessionRefresh.refreshToken| String! | staff  | mutation { sessionRefresh(input: {refreshToken: $value}) }                      | INVALID_REFRESH_TOKEN
ticketOpen.subject         | String! | client | mutation { ticketOpen(input: {subject: $value, description: "x"}) }              | INVALID_CHARACTERS
ticketOpen.description     | String! | client | mutation { ticketOpen(input: {description: $value, subject: "x"}) }              | INVALID_CHARACTERS
ticketOpen.category        | String  | client | mutation { ticketOpen(input: {category: $value, OPEN}) }                        | UNKNOWN_CATEGORY
ticketOpen.onBehalfOf      | ID      | client | mutation { ticketOpen(input: {onBehalfOf: $value, OPEN}) }                      | UNKNOWN_USER
ticketOpen.participants    | ID!     | client | mutation { ticketOpen(input: {participants: [$value], OPEN}) }                  | UNKNOWN_PARTICIPANT
ticketParticipantsAdd.id   | ID!     | staff  | mutation { ticketParticipantsAdd(input: {id: $value, users: []}) }              | NOT_FOUND
ticketParticipantsAdd.users| ID!     | client | mutation { ticketParticipantsAdd(input: {users: [$value], id: TICKET}) }        | UNKNOWN_PARTICIPANT
ticketParticipantRemove.id | ID!     | staff  | mutation { ticketParticipantRemove(input: {id: $value, user: ""}) }             | NOT_FOUND
ticketParticipantRemove.user| ID!    | client | mutation { ticketParticipantRemove(input: {user: $value, id: TICKET}) }         | UNKNOWN_PARTICIPANT
ticketOpen.company         | ID      | staff  | mutation { ticketOpen(input: {company: $value, OPEN}) }                         | UNKNOWN_COMPANY
ticketOpen.requester       | ID      | staff  | mutation { ticketOpen(input: {requester: $value, company: BIRCH, OPEN}) }       | UNKNOWN_REQUESTER
ticketReply.id             | ID!     | staff  | mutation { ticketReply(input: {id: $value, body: "x"}) }                        | NOT_FOUND
ticketReply.body           | String! | staff  | mutation { ticketReply(input: {body: $value, id: TICKET}) }                     | INVALID_CHARACTERS
ticketAccept.id            | ID!     | client | mutation { ticketAccept(input: {id: $value}) }                                  | NOT_FOUND
ticketReject.id            | ID!     | client | mutation { ticketReject(input: {id: $value, reason: "x"}) }                     | NOT_FOUND
ticketReject.reason        | String! | client | mutation { ticketReject(input: {reason: $value, id: TICKET}) }                  | INVALID_CHARACTERS
ticketNote.id              | ID!     | staff  | mutation { ticketNote(input: {id: $value, body: "x"}) }                         | NOT_FOUND
ticketNote.body            | String! | staff  | mutation { ticketNote(input: {body: $value, id: TICKET}) }                      | INVALID_CHARACTERS
ticketAssign.id            | ID!     | staff  | mutation { ticketAssign(input: {id: $value, assignee: null}) }                  | NOT_FOUND
ticketAssign.assignee      | ID      | staff  | mutation { ticketAssign(input: {assignee: $value, id: TICKET}) }                | UNKNOWN_ASSIGNEE
ticketResolve.id           | ID!     | staff  | mutation { ticketResolve(input: {id: $value, resolution: "x"}) }                | NOT_FOUND
ticketResolve.resolution   | String! | staff  | mutation { ticketResolve(input: {resolution: $value, id: TICKET}) }             | INVALID_CHARACTERS
ticketSetStatus.id         | ID!     | staff  | mutation { ticketSetStatus(input: {id: $value, status: WAITING}) }              | NOT_FOUND
ticketSetVisibility.id     | ID!     | staff  | mutation { ticketSetVisibility(input: {id: $value, HIDE, reason: "x"}) }        | NOT_FOUND
ticketSetVisibility.reason | String! | staff  | mutation { ticketSetVisibility(input: {reason: $value, HIDE, id: TICKET}) }     | INVALID_CHARACTERS
mails.after                | String  | staff  | query { mails(after: $value) { nodes { id } } }                                 | BAD_USER_INPUT
mailRetry.id               | ID!     | staff  | mutation { mailRetry(input: {id: $value}) }                                     | NOT_FOUND
signOut.refreshToken       | String  | nobody | mutation { signOut(input: {refreshToken: $value}) }                             | NOT_SIGNED_IN
sessionRevoke.id           | ID!     | client | mutation { sessionRevoke(input: {id: $value}) }                                 | NOT_FOUND
userDisable.id             | ID!     | staff  | mutation { userDisable(input: {id: $value}) }                                   | NOT_FOUND
userEnable.id              | ID!     | staff  | mutation { userEnable(input: {id: $value}) }                                    | NOT_FOUND
"#;

/// A place, with a request that takes any value as `$value`.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) ty: &'static str,
    pub(super) by_client: bool,
    pub(super) by_nobody: bool,
    pub(super) document: String,
    pub(super) refusal: &'static str,
}

pub(super) fn places(world: &World) -> Vec<Place> {
    let quoted = |id: String| format!("\"{id}\"");
    let place = |line: &'static str| {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, ty, by, operation, refusal] = columns[..] else {
            panic!("{line}");
        };
        let document = operation
            .replacen('{', &format!("($value: {ty}) {{"), 1)
            .replace("}) }", "}) { errors { code message field } } }")
            .replace("OPEN", "subject: \"x\", description: \"x\"")
            .replace("HIDE", "visibility: INTERNAL_ONLY")
            .replace("TICKET", &quoted(id::ticket(world.cast.mias)))
            .replace("BIRCH", &quoted(id::company(world.cast.birch)));
        Place {
            name,
            ty,
            by_client: by == "client",
            by_nobody: by == "nobody",
            document,
            refusal,
        }
    };
    TABLE.trim().lines().map(place).collect()
}

/// The names of all places, as the schema has them.
fn in_the_schema() -> BTreeSet<String> {
    let sdl = Sdl::full();
    let mut found = BTreeSet::new();
    let roots = ["Query", "Mutation", "Subscription"];
    for field in roots.iter().flat_map(|root| sdl.fields(root)) {
        for argument in &field.arguments {
            let ty = argument.node.ty.node.to_string();
            let (field, argument) = (&field.name.node, &argument.node.name.node);
            let below = match argument.as_str() {
                "input" => field.to_string(),
                _ => format!("{field}.{argument}"),
            };
            match sdl.named(base(&ty)).map(|definition| &definition.kind) {
                Some(TypeKind::InputObject(input)) => {
                    let fields = input.fields.iter().map(|field| &field.node);
                    let texts = fields.filter(|field| is_text(&field.ty.node.to_string()));
                    found.extend(texts.map(|field| format!("{below}.{}", field.name.node)));
                }
                _ if is_text(&ty) => {
                    found.insert(below);
                }
                _ => {}
            }
        }
    }
    found
}

/// The name in a type, without its brackets and marks.
fn base(ty: &str) -> &str {
    ty.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_text(ty: &str) -> bool {
    ["String", "ID"].contains(&base(ty))
}

#[test]
fn every_place_that_takes_text_is_tried() {
    alone(async |world| {
        let places = places(&world);
        let tried: BTreeSet<String> = places.iter().map(|place| place.name.to_owned()).collect();
        assert_eq!(tried, in_the_schema());
    });
}
