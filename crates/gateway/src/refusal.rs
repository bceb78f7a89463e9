//! The one place that turns a fault into a GraphQL error.
//!
//! Codes are a closed list (`docs/errors.md`). A message never holds the text
//! of a cause: no SQL, no path, no `Debug`; the log does.

use std::borrow::Cow;

use async_graphql::{Error, ErrorExtensionValues, ErrorExtensions, Response, ServerError};
use kernel::{BadPage, Fault, ListError};

use crate::{document::LimitExceeded, limits};

/// Why a request, or a field of it, was not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Nobody is signed in, or the session has ended.
    Unauthenticated,
    /// The viewer may not do this.
    Forbidden,
    /// No such record for this viewer.
    NotFound,
    /// An argument is wrong; the field names which, if that is known.
    BadInput {
        message: Cow<'static, str>,
        field: &'static str,
    },
    /// The request is no GraphQL request.
    BadRequest(Cow<'static, str>),
    /// The document is GraphQL, but nothing that one request may hold.
    Unfit(&'static str),
    /// The document is no GraphQL.
    Syntax(String),
    /// The schema has no such thing, or variables do not fit.
    Validation,
    /// A variable of this name must be given, and not as null.
    Variable(String),
    /// The document asks for more than is allowed.
    Limit(LimitExceeded),
    /// The operation costs more than is allowed.
    Cost(usize),
    /// The answer would hold more bytes of text than is allowed.
    Answer(usize),
    /// A live stream fell behind; read the list again and subscribe anew.
    Behind,
    /// The persisted query is not known; send its text along.
    PersistedQueryNotFound,
    /// It took too long.
    TimedOut,
    /// The database does not answer; try again later.
    Unavailable,
    /// A fault of ours; the log knows more.
    Internal,
}

impl Refusal {
    /// The code in `extensions.code`.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::BadInput { .. } => "BAD_USER_INPUT",
            Self::BadRequest(_) | Self::Unfit(_) => "BAD_REQUEST",
            Self::Syntax(_) => "GRAPHQL_PARSE_FAILED",
            Self::Validation | Self::Variable(_) => "GRAPHQL_VALIDATION_FAILED",
            Self::Limit(_) | Self::Cost(_) | Self::Answer(_) => "LIMIT_EXCEEDED",
            Self::Behind => "STREAM_BEHIND",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::TimedOut => "TIMED_OUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Unauthenticated => "Sign in first.".into(),
            Self::Forbidden => "You may not do this.".into(),
            Self::NotFound => "There is no such record.".into(),
            Self::BadInput { message, .. } | Self::BadRequest(message) => message.clone(),
            Self::Unfit(message) => (*message).into(),
            Self::Syntax(message) => message.clone().into(),
            Self::Validation => "The document does not fit the schema.".into(),
            Self::Variable(name) => format!("The variable `${name}` is required.").into(),
            Self::Limit(exceeded) => exceeded.to_string().into(),
            Self::Cost(limit) => format!("The operation costs more than {limit} points.").into(),
            Self::Answer(limit) => {
                format!("The answer would hold more than {limit} bytes of text. Ask for less.")
                    .into()
            }
            Self::Behind => "This stream fell behind. Read again and subscribe anew.".into(),
            Self::PersistedQueryNotFound => "PersistedQueryNotFound".into(),
            Self::TimedOut => "The request took too long.".into(),
            Self::Unavailable => "The service is not available right now. Try again later.".into(),
            Self::Internal => "Something went wrong on our side.".into(),
        }
    }

    fn fill(&self, extensions: &mut ErrorExtensionValues) {
        extensions.set("code", self.code());
        match self {
            Self::BadInput { field, .. } if !field.is_empty() => extensions.set("field", *field),
            Self::Limit(exceeded) => extensions.set("limit", exceeded.name()),
            Self::Cost(_) => extensions.set("limit", "cost"),
            Self::Answer(_) => extensions.set("limit", "answer"),
            _ => {}
        }
    }

    /// An answer that holds this refusal alone.
    pub(crate) fn response(&self) -> Response {
        let error = Error::from(self.clone()).into_server_error(async_graphql::Pos::default());
        Response::from_errors(vec![ServerError {
            locations: Vec::new(),
            ..error
        }])
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::new(refusal.message()).extend_with(|_, extensions| refusal.fill(extensions))
    }
}

impl From<BadPage> for Refusal {
    fn from(bad: BadPage) -> Self {
        Self::BadInput {
            message: bad.to_string().into(),
            field: bad.field(),
        }
    }
}

impl From<ListError> for Refusal {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Page(bad) => bad.into(),
            ListError::Fault(fault) => Self::from(&fault),
        }
    }
}

impl From<&Fault> for Refusal {
    /// Logs what the caller may not know.
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::NotFound => Self::NotFound,
            Fault::Forbidden => Self::Forbidden,
            Fault::Unavailable { doing, source } => {
                tracing::error!(doing, %source, "the database does not answer");
                Self::Unavailable
            }
            Fault::Database { doing, source } => {
                tracing::error!(doing, %source, "the database refused a statement");
                Self::Internal
            }
        }
    }
}

/// The GraphQL error for a fault.
pub(crate) fn refuse(fault: &Fault) -> Error {
    Refusal::from(fault).into()
}

/// Gives each error a code and takes away what callers may not read. Errors of
/// ours carry a code already; what the library says by itself is sorted here,
/// and what is unknown counts as a fault of ours.
pub(crate) fn seal(response: &mut Response, cost_limit: usize) {
    response.errors.truncate(limits::ERRORS);
    for error in &mut response.errors {
        if error
            .extensions
            .as_ref()
            .is_some_and(|extensions| extensions.get("code").is_some())
        {
            continue;
        }
        let refusal = sort(error, cost_limit);
        if refusal.code() == "INTERNAL" {
            // Not its text: it may repeat what the caller sent, secrets included.
            tracing::error!(path = ?error.path, "an error without a code");
        }
        if !matches!(refusal, Refusal::Validation) {
            error.message = refusal.message().into_owned();
        }
        refusal.fill(error.extensions.get_or_insert_default());
    }
}

/// What the library means. It has no codes, so this goes by its texts; the
/// tests of bad input hold them in place.
fn sort(error: &ServerError, cost_limit: usize) -> Refusal {
    const COERCION: [&str; 3] = [
        "Failed to parse ",
        "Invalid value for argument",
        "Expected input type ",
    ];
    if error.message == "Query is too complex." {
        Refusal::Cost(cost_limit)
    } else if error.path.is_empty() {
        // Before execution: the rules of validation. Their texts name what the
        // caller wrote, and members of the caller's own schema.
        Refusal::Validation
    } else if COERCION.iter().any(|text| error.message.starts_with(text)) {
        Refusal::BadInput {
            message: "An argument has a value that its type does not allow.".into(),
            field: "",
        }
    } else {
        Refusal::Internal
    }
}
