//! Every limit of the gateway, in one place, each with its reason.
//!
//! What differs between the two audiences is a field of [`Limits`]: the portal
//! is open to the world, so it gets what a client's page needs; staff tools
//! send longer documents and get more. What does not differ is a constant.
//!
//! Down to the line "held elsewhere", all but the cost is counted on the
//! document alone (see the `document` module), before a token is checked or a
//! row is read: an anonymous caller must not be able to buy more than some
//! milliseconds of work.

use std::time::Duration;

/// The limits that differ between the portal and the staff gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one GraphQL document: 16 KiB portal, 64 KiB staff.
    ///
    /// The parser's work and the memory of its tree grow with the text. The
    /// standard introspection query has 2 KiB, a page made of many fragments
    /// has a few.
    pub document_bytes: usize,
    /// Lexical tokens of one document: 1 000 portal, 4 000 staff.
    ///
    /// Bytes alone are a poor measure: comments are free, but a text of
    /// one-letter names makes a tree node of every second byte.
    pub tokens: usize,
    /// Fragment definitions of one document: 20 portal, 100 staff.
    ///
    /// A component owns its fragment, so a rich page has a dozen; the staff
    /// inbox composes more components on one page.
    pub fragments: usize,
    /// Selections and field arguments of one operation after every spread is
    /// replaced by what it spreads: 1 000 portal, 5 000 staff.
    ///
    /// Validation and execution walk the expanded document, and nine fragments
    /// that spread each other ten times make 10^9 selections out of 1 kB.
    /// Arguments count too, since the rule on conflicting fields compares them
    /// pair by pair at each place where a fragment is spread.
    pub expansion: usize,
    /// Fields on the longest way from the root to a leaf, after expansion: 10
    /// portal, 15 staff. A leaf directly under the root has depth 1.
    ///
    /// `viewer { tickets { edges { node { messages { edges { node { author {
    /// name` is nine: the deepest a page needs. Each further list multiplies
    /// the rows read. What stands below `__schema` and `__type` reads no rows
    /// and is held to [`INTROSPECTION_DEPTH`] instead.
    pub depth: usize,
    /// Cost points of one operation: 5 000 portal, 50 000 staff.
    ///
    /// A field costs 1, a list its page size times its content: about the
    /// values that the answer can hold. A full page of 100 records of twenty
    /// fields passes, one with a full timeline in each does not.
    pub cost: usize,
    /// Bytes of prose (descriptions, bodies) in one answer: 2 MiB portal, 8 MiB
    /// staff.
    ///
    /// The cost counts values, and a value can hold 80 kB. A page of 100 long
    /// tickets has half a megabyte; thirty aliases of it would keep a core busy
    /// for seconds.
    pub prose: usize,
}

impl Limits {
    /// What a client, or anybody who is not signed in, may send.
    pub const PORTAL: Self = Self {
        document_bytes: 16 * 1024,
        tokens: 1_000,
        fragments: 20,
        expansion: 1_000,
        depth: 10,
        cost: 5_000,
        prose: 2 * 1024 * 1024,
    };

    /// What the staff gateway takes.
    pub const STAFF: Self = Self {
        document_bytes: 64 * 1024,
        tokens: 4_000,
        fragments: 100,
        expansion: 5_000,
        depth: 15,
        cost: 50_000,
        prose: 8 * 1024 * 1024,
    };
}

/// Levels of `[`, `{` and `(` open at one time in the raw text.
///
/// The parser recurses on brackets: 400 nested lists overflow the 2 MiB stack
/// of a worker in a debug build and 2 000 in a release build, and that ends the
/// process. (Its own guard watches the matching, not the building of the tree.)
/// Depth 15 with an input object in an argument needs some 20.
pub const NESTING: usize = 32;

/// Operations in one document.
///
/// One is executed, but all are parsed and validated. One would be the strict
/// choice; tools such as `GraphiQL` send the whole editor, in which people keep
/// a handful of named operations and choose one by `operationName`.
pub const OPERATIONS: usize = 5;

/// Levels of selections (fields, spreads and inline fragments alike) after
/// expansion.
///
/// A chain of fragments joins definitions, and validation and execution recurse
/// along the chain. The library stops one level further by itself, but not
/// before it has walked the expansion. A page at depth 15 with one spread per
/// level has 30.
pub const LEVELS: usize = 32;

/// Aliases of one operation after expansion.
///
/// An alias is what allows the same field many times side by side: to guess,
/// to multiply work, to walk ids. A page needs a few (open and closed tickets).
pub const ALIASES: usize = 30;

/// Fields at the root of one operation after expansion.
///
/// Each root field is a request of its own; a dashboard has under ten.
pub const ROOT_FIELDS: usize = 20;

/// Fields at the root of a subscription after expansion, as GraphQL's specification
/// says: each event answers one.
pub const STREAM_FIELDS: usize = 1;

/// Directives in one document as written, wherever they stand: on operations,
/// variables, fields, fragments, spreads and inline fragments.
///
/// The library's own limit counts those of each field apart. `@include` and
/// `@skip` are all that clients have, and a page uses a few.
pub const DIRECTIVES: usize = 20;

/// Variables that one operation declares.
///
/// The largest form sends one input object; 50 leaves room for generated code
/// that passes every field of it alone.
pub const VARIABLES: usize = 50;

/// Fields on the longest way below `__schema` or `__type`, after expansion.
///
/// The introspection query that every tool sends goes 14 deep, since it asks
/// for nine levels of `ofType`.
pub const INTROSPECTION_DEPTH: usize = 15;

/// `fields`, `inputFields`, `interfaces` and `possibleTypes` inside one
/// another below `__schema` or `__type`.
///
/// Types and fields point to one another, so each further list multiplies the
/// answer by the breadth of the schema. The standard query nests none; two is
/// what graphql-js allows.
pub const INTROSPECTION_LISTS: usize = 2;

// Held elsewhere: by the transports, the schema and the executor.

/// Bytes of one JSON request body.
///
/// Room for the longest staff document and as much again for variables. The
/// library reads bodies without any limit.
pub const BODY_BYTES: usize = 128 * 1024;

/// Time that one query or mutation may take.
///
/// Far above any honest answer, and below the 30 to 60 seconds after which
/// proxies give up: the caller reads our error instead of theirs.
pub const EXECUTION: Duration = Duration::from_secs(10);

/// Time of a request after which a change of many tickets begins with no further one.
///
/// Half of [`EXECUTION`]: the other half is for the ticket that is being changed,
/// and for the answer, which says what was done.
pub const BULK: Duration = Duration::from_secs(5);

/// What running one saved view costs, besides its tickets.
///
/// Each is a list of its own, in a statement of its own: a page of a hundred views
/// that all ran would be a hundred lists. At this price two dozen can.
pub const VIEW: usize = 2_000;

/// Sign-in fields in one request, after expansion.
///
/// The throttle counts attempts; one request must be one attempt.
pub const SIGN_IN_FIELDS: usize = 1;

/// What counts as a sign-in: whatever takes a password, a token or a code, or
/// has one mailed.
pub const CREDENTIAL_FIELDS: [&str; 10] = [
    "signIn",
    "otpSignIn",
    "otpRequest",
    "invitationAccept",
    "emailConfirm",
    "passwordReset",
    "passwordResetRequest",
    "passwordChange",
    "joinRequestCreate",
    "workspaceCreate",
];

/// Nodes in a page if the caller does not say.
pub const PAGE_DEFAULT: usize = 20;

/// Nodes in a page at most; more is an error, so that nobody takes the first
/// hundred for all.
pub const PAGE_MAX: usize = 100;

/// Items of one list in an input.
///
/// As many as one page shows, so that "all on this page" can be sent back. Held
/// where the value is coerced, which sees literals and variables alike.
pub const INPUT_LIST_ITEMS: usize = 100;

/// Errors in one response; the rest are dropped.
///
/// Each error repeats text of the request: 5 000 made an answer of 480 kB.
pub const ERRORS: usize = 20;

/// Bytes of all documents that automatic persisted queries remember together.
///
/// Anybody may register a document, so the memory has to be bounded by size
/// and not by number: 8 MiB hold 512 of the longest the portal takes, and some
/// thousands of the usual ones.
pub const PERSISTED_BYTES: usize = 8 * 1024 * 1024;

/// Time from the opening of a socket to its `connection_init`.
///
/// Until then nobody is known, so the per-user limits cannot hold.
pub const SOCKET_INIT: Duration = Duration::from_secs(3);

/// Operations that run on one socket at a time.
///
/// A page watches a few things; each subscription is a task and a filter.
pub const SOCKET_OPERATIONS: usize = 20;

/// Bytes of one message from a client over a socket.
///
/// Subscriptions are short. What does not fit is sent over HTTP.
pub const SOCKET_MESSAGE_BYTES: usize = 64 * 1024;

/// Sockets of one user at a time: a few tabs and a phone.
pub const SOCKETS_PER_USER: usize = 5;

/// Time that one export may take from its beginning to its end.
///
/// A million rows at ordinary speed; who reads slower than that holds nothing but
/// a connection, and not for longer.
pub const EXPORT: Duration = Duration::from_mins(10);

/// Time between two pings of a socket.
///
/// Under the 30 to 60 seconds after which proxies cut an idle connection.
pub const SOCKET_PING: Duration = Duration::from_secs(20);

/// Time between two checks that the user of a socket or a stream still has
/// the rights it was opened with.
///
/// Logout, disabling and a change of role must end what is open in seconds;
/// events are checked one by one besides.
pub const RIGHTS_RECHECK: Duration = Duration::from_secs(5);

/// Server-sent event streams of one user at a time, as for sockets.
pub const STREAMS_PER_USER: usize = 5;

/// How long a body may take to arrive.
///
/// 128 KiB in ten seconds is slower than any line in use; a connection that
/// sends a byte now and then would otherwise be held for nothing.
pub const BODY: Duration = Duration::from_secs(10);
