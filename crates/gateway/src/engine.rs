//! One request through limits, schema and time, whatever transport brought it.
//!
//! Every transport hands in an [`Envelope`] and who asks, and gets sealed
//! answers back. There is no other way into the schemas, so a limit or a rule
//! that holds here holds everywhere.

use std::{panic::AssertUnwindSafe, sync::Arc};

use ::identity::Realm;
use async_graphql::{Request, Response, Variables, parser::types::OperationType};
use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use serde::Deserialize;
use tokio::time::timeout;

use crate::{
    answer::Answer,
    context::Asked,
    limits::{self, Limits},
    persisted::{Documents, Known},
    refusal::{Refusal, seal},
    schema::{FullSchema, PortalSchema, full, portal},
    services::Services,
    session::Bearer,
};

/// A GraphQL request as clients write it, in a body, a query string or a socket.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Envelope {
    #[serde(default)]
    pub(crate) query: Option<String>,
    #[serde(default)]
    pub(crate) operation_name: Option<String>,
    #[serde(default)]
    pub(crate) variables: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    pub(crate) extensions: Option<EnvelopeExtensions>,
}

/// The extensions that we understand; others are ignored, as the
/// specification asks.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvelopeExtensions {
    #[serde(default)]
    persisted_query: Option<PersistedQuery>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: i64,
    sha256_hash: String,
}

/// A request whose document is known and whose operation is chosen.
pub(crate) struct Prepared {
    known: Arc<Known>,
    operation_name: Option<String>,
    variables: Variables,
    pub(crate) kind: OperationType,
}

enum Schema {
    Portal(PortalSchema),
    Full(FullSchema),
}

/// One face of the gateway: a realm with its schema and limits.
pub(crate) struct Engine {
    pub(crate) realm: Realm,
    pub(crate) services: Services,
    limits: &'static Limits,
    schema: Schema,
    documents: Documents,
}

impl Engine {
    /// What clients get.
    pub(crate) fn portal(services: Services) -> Self {
        let limits = &Limits::PORTAL;
        let schema = Schema::Portal(portal(limits));
        Self {
            realm: Realm::Portal,
            services,
            limits,
            schema,
            documents: Documents::new(limits),
        }
    }

    /// What staff get.
    pub(crate) fn staff(services: Services) -> Self {
        let limits = &Limits::STAFF;
        let schema = Schema::Full(full(limits));
        Self {
            realm: Realm::Staff,
            services,
            limits,
            schema,
            documents: Documents::new(limits),
        }
    }

    /// Who asks, by an access token. A worthless token counts as none: it must
    /// not keep anybody from signing in anew.
    pub(crate) async fn asked(&self, token: Option<&str>) -> Result<Arc<Asked>, Refusal> {
        let now = self.services.clock.now();
        let bearer = token
            .and_then(|token| self.services.tokens.verify(self.realm, token, now).ok())
            .map(|claims| Bearer::of(self.realm, &claims));
        let who = match bearer {
            None => None,
            Some(bearer) => {
                let viewer = self
                    .services
                    .viewer(&bearer)
                    .await
                    .map_err(|fault| Refusal::from(&fault))?;
                viewer.map(|viewer| (bearer, viewer))
            }
        };
        Ok(Arc::new(Asked::new(self.services.clone(), self.realm, who)))
    }

    /// Finds the document and the operation, within the limits.
    pub(crate) fn prepare(&self, envelope: Envelope) -> Result<Prepared, Refusal> {
        let persisted = envelope
            .extensions
            .and_then(|extensions| extensions.persisted_query);
        let text = envelope.query.as_deref();
        let known = match (persisted, text) {
            (Some(persisted), _) if persisted.version != 1 => {
                return Err(Refusal::BadRequest(
                    "`persistedQuery.version` must be 1.".into(),
                ));
            }
            (Some(persisted), text) => self.documents.persisted(&persisted.sha256_hash, text)?,
            (None, Some(text)) => self.documents.parse(text)?,
            (None, None) => return Err(Refusal::BadRequest("`query` is missing.".into())),
        };
        let kind = operation(&known, envelope.operation_name.as_deref())?;
        let variables = Variables::from_json(envelope.variables.unwrap_or_default().into());
        Ok(Prepared {
            known,
            operation_name: envelope.operation_name,
            variables,
            kind,
        })
    }

    /// Answers a query or a mutation.
    pub(crate) async fn execute(&self, asked: Arc<Asked>, prepared: Prepared) -> Answer {
        let request = self.request(asked, prepared);
        let execution = AssertUnwindSafe(async {
            match &self.schema {
                Schema::Portal(schema) => schema.execute(request).await,
                Schema::Full(schema) => schema.execute(request).await,
            }
        });
        match timeout(limits::EXECUTION, execution.catch_unwind()).await {
            Ok(Ok(response)) => self.seal(response),
            Ok(Err(_panic)) => {
                tracing::error!("a resolver panicked");
                Refusal::Internal.into()
            }
            Err(_elapsed) => Refusal::TimedOut.into(),
        }
    }

    /// Answers a subscription, until the rights or the token end.
    pub(crate) fn subscribe(
        self: &Arc<Self>,
        asked: Arc<Asked>,
        prepared: Prepared,
    ) -> BoxStream<'static, Answer> {
        let request = self.request(asked, prepared);
        let responses: BoxStream<'static, Response> = match &self.schema {
            Schema::Portal(schema) => schema.execute_stream(request),
            Schema::Full(schema) => schema.execute_stream(request),
        };
        let engine = self.clone();
        let answers = responses.map(move |response| engine.seal(response));
        AssertUnwindSafe(answers)
            .catch_unwind()
            .scan((), |(), item| async move {
                match item {
                    Ok(answer) => Some(answer),
                    Err(_panic) => {
                        tracing::error!("a subscription panicked");
                        None
                    }
                }
            })
            .chain(stream::empty())
            .boxed()
    }

    fn request(&self, asked: Arc<Asked>, prepared: Prepared) -> Request {
        // The schema file of staff is no secret, but nobody's business either.
        let introspection = self.realm == Realm::Portal || asked.viewer().is_some();
        let mut request = Request::new("").variables(prepared.variables).data(asked);
        request.operation_name = prepared.operation_name;
        request.set_parsed_query(prepared.known.document.clone());
        if introspection {
            request
        } else {
            request.disable_introspection()
        }
    }

    fn seal(&self, mut response: Response) -> Answer {
        seal(&mut response, self.limits.cost);
        Answer::sealed(response)
    }
}

/// What kind of operation the request chooses.
fn operation(known: &Known, name: Option<&str>) -> Result<OperationType, Refusal> {
    let mut operations = known.document.operations.iter();
    let chosen = match name {
        Some(name) => {
            operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name))
        }
        None => match (operations.next(), operations.next()) {
            (Some(only), None) => Some(only),
            _ => {
                return Err(Refusal::BadRequest(
                    "`operationName` must choose one of the operations.".into(),
                ));
            }
        },
    };
    let (_, operation) = chosen.ok_or(Refusal::BadRequest(
        "The document has no operation of that name.".into(),
    ))?;
    Ok(operation.node.ty)
}

/// For the test of the second wall alone: what a client's document meets in the
/// full schema. No route leads here, and it can only refuse: the answer's data
/// is dropped.
#[doc(hidden)]
pub async fn code_of_a_client_in_the_full_schema(
    services: &Services,
    token: &str,
    document: &str,
) -> String {
    let portal = Engine::portal(services.clone());
    let asked = match portal.asked(Some(token)).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal.code().to_owned(),
    };
    let envelope = Envelope {
        query: Some(document.to_owned()),
        ..Envelope::default()
    };
    let staff = Engine::staff(services.clone());
    let answer = match staff.prepare(envelope) {
        Ok(prepared) => staff.execute(asked, prepared).await,
        Err(refusal) => return refusal.code().to_owned(),
    };
    let code = answer
        .errors()
        .first()
        .and_then(|error| error.extensions.as_ref()?.get("code").cloned());
    code.map_or_else(
        || "none".to_owned(),
        |code| code.to_string().trim_matches('"').to_owned(),
    )
}
