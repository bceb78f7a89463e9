//! One request through limits, schema and time, whatever transport brought it.
//!
//! Every transport hands in an [`Envelope`] and who asks, and gets sealed
//! answers back. There is no other way into the schemas, so a limit or a rule
//! that holds here holds everywhere.

use std::{panic::AssertUnwindSafe, sync::Arc};

use ::identity::Realm;
use async_graphql::{
    Request, Response, Variables,
    parser::types::{OperationDefinition, OperationType},
};
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use serde::Deserialize;
use tokio::time::timeout;

use crate::{
    answer::Answer,
    caller::{Caller, Proof},
    context::Asked,
    limits::{self, Limits},
    persisted::{Documents, Known},
    refusal::{Refusal, seal},
    schema::{FullSchema, PortalSchema, full, full_sdl, portal, portal_sdl},
    services::Services,
    session::Bearer,
    shape::{Types, conform},
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
    /// Those that we do not understand are ignored, as the specification asks.
    #[serde(default)]
    pub(crate) extensions: Option<serde_json::Map<String, serde_json::Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: i64,
    sha256_hash: String,
}

impl PersistedQuery {
    /// The extension of this name, if it is there.
    fn of(envelope: &mut Envelope) -> Result<Option<Self>, Refusal> {
        let extension = envelope
            .extensions
            .as_mut()
            .and_then(|extensions| extensions.remove("persistedQuery"));
        let read = match extension {
            None | Some(serde_json::Value::Null) => return Ok(None),
            Some(object @ serde_json::Value::Object(_)) => serde_json::from_value::<Self>(object),
            Some(_) => Err(serde::de::Error::custom("no object")),
        };
        match read {
            Ok(persisted) if persisted.version == 1 => Ok(Some(persisted)),
            Ok(_) => Err(Refusal::BadRequest(
                "`persistedQuery.version` must be 1.".into(),
            )),
            Err(_) => Err(Refusal::BadRequest(
                "`persistedQuery` must be an object with `version` and `sha256Hash`.".into(),
            )),
        }
    }
}

/// A request whose document is known and whose operation is chosen.
pub(crate) struct Prepared {
    known: Arc<Known>,
    operation_name: Option<String>,
    variables: Variables,
    pub(crate) kind: OperationType,
}

/// The operation under way: what an answer is shaped by.
struct Chosen {
    known: Arc<Known>,
    operation_name: Option<String>,
}

impl Prepared {
    fn chosen(&self) -> Chosen {
        Chosen {
            known: self.known.clone(),
            operation_name: self.operation_name.clone(),
        }
    }
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
    types: Types,
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
            types: Types::of(&portal_sdl()),
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
            types: Types::of(&full_sdl()),
        }
    }

    /// Who asks. Worthless proof counts as none: it must not keep anybody from
    /// signing in anew.
    pub(crate) async fn asked(&self, caller: &Caller) -> Result<Arc<Asked>, Refusal> {
        let now = self.services.clock.now();
        let mut held = None;
        let bearer = match &caller.proof {
            Proof::Nothing => None,
            Proof::Cookie(secret) => {
                let found = self.services.held(self.realm, secret).await;
                held = found.map_err(|fault| Refusal::from(&fault))?;
                held.as_ref().map(|held| held.bearer())
            }
            Proof::Token(token) => {
                let claims = self.services.tokens.verify(self.realm, token, now).ok();
                claims.map(|claims| Bearer::of(self.realm, &claims))
            }
        };
        let who = match bearer {
            None => None,
            Some(bearer) => {
                let viewer = self
                    .services
                    .viewer(&bearer)
                    .await
                    .map_err(|fault| Refusal::from(&fault))?;
                if let (Some(held), Some(_)) = (held, &viewer) {
                    self.services.note_use(&held).await;
                }
                viewer.map(|viewer| (bearer, viewer))
            }
        };
        let origin = caller.origin.clone();
        let mut asked = Asked::new(self.services.clone(), self.realm, who, origin);
        asked.by_cookie = matches!(caller.proof, Proof::Cookie(_));
        Ok(Arc::new(asked))
    }

    /// Finds the document and the operation, within the limits.
    pub(crate) fn prepare(&self, mut envelope: Envelope) -> Result<Prepared, Refusal> {
        let persisted = PersistedQuery::of(&mut envelope)?;
        let text = envelope.query.as_deref();
        let known = match (persisted, text) {
            (Some(persisted), text) => self.documents.persisted(&persisted.sha256_hash, text)?,
            (None, Some(text)) => self.documents.parse(text)?,
            (None, None) => return Err(Refusal::BadRequest("`query` is missing.".into())),
        };
        let operation = operation(&known, envelope.operation_name.as_deref())?;
        let kind = operation.ty;
        let variables = Variables::from_json(envelope.variables.unwrap_or_default().into());
        all_given(operation, &variables)?;
        Ok(Prepared {
            known,
            operation_name: envelope.operation_name,
            variables,
            kind,
        })
    }

    /// Answers a query or a mutation.
    pub(crate) async fn execute(&self, asked: Arc<Asked>, prepared: Prepared) -> Answer {
        let chosen = prepared.chosen();
        let request = self.request(asked, prepared);
        let execution = AssertUnwindSafe(async {
            match &self.schema {
                Schema::Portal(schema) => schema.execute(request).await,
                Schema::Full(schema) => schema.execute(request).await,
            }
        });
        match timeout(limits::EXECUTION, execution.catch_unwind()).await {
            Ok(Ok(response)) => self.seal(&chosen, response),
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
        let chosen = prepared.chosen();
        let request = self.request(asked, prepared);
        let responses: BoxStream<'static, Response> = match &self.schema {
            Schema::Portal(schema) => schema.execute_stream(request),
            Schema::Full(schema) => schema.execute_stream(request),
        };
        let engine = self.clone();
        let answers = responses.map(move |response| engine.seal(&chosen, response));
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

    fn seal(&self, chosen: &Chosen, mut response: Response) -> Answer {
        if let Ok(operation) = operation(&chosen.known, chosen.operation_name.as_deref()) {
            conform(
                &self.types,
                &chosen.known.document,
                operation,
                &mut response,
            );
        }
        seal(&mut response, self.limits.cost);
        Answer::sealed(response)
    }
}

/// The operation that the request chooses.
fn operation<'a>(known: &'a Known, name: Option<&str>) -> Result<&'a OperationDefinition, Refusal> {
    let mut operations = known.document.operations.iter();
    let chosen = match name {
        Some(name) => {
            operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name))
        }
        None => match (operations.next(), operations.next()) {
            (Some(only), None) => Some(only),
            _ => {
                return Err(Refusal::Unfit(
                    "`operationName` must choose one of the operations.",
                ));
            }
        },
    };
    let (_, operation) = chosen.ok_or(Refusal::Unfit(
        "The document has no operation of that name.",
    ))?;
    Ok(&operation.node)
}

/// Refuses a request that leaves out a variable which must be there. The
/// library would find out while it executes, field by field.
fn all_given(operation: &OperationDefinition, variables: &Variables) -> Result<(), Refusal> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let name = &definition.name.node;
        let given = match variables.get(name) {
            None => definition.default_value.is_some(),
            Some(value) => *value != async_graphql::Value::Null,
        };
        if !given && !definition.var_type.node.nullable {
            return Err(Refusal::Variable(name.to_string()));
        }
    }
    Ok(())
}

/// For the test of the second wall alone: what a client's document meets in the
/// full schema. No route leads here, and it can only refuse: the answer's data
/// is dropped.
#[doc(hidden)]
pub struct SecondWall {
    portal: Engine,
    staff: Engine,
}

impl SecondWall {
    /// The wall of these services.
    pub fn of(services: &Services) -> Self {
        Self {
            portal: Engine::portal(services.clone()),
            staff: Engine::staff(services.clone()),
        }
    }

    /// The code of the refusal.
    pub async fn code(&self, token: &str, document: &str) -> String {
        let caller = Caller {
            proof: Proof::Token(token.to_owned()),
            ..Caller::default()
        };
        let asked = match self.portal.asked(&caller).await {
            Ok(asked) => asked,
            Err(refusal) => return refusal.code().to_owned(),
        };
        let envelope = Envelope {
            query: Some(document.to_owned()),
            ..Envelope::default()
        };
        let answer = match self.staff.prepare(envelope) {
            Ok(prepared) => self.staff.execute(asked, prepared).await,
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
}
