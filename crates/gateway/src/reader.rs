//! Reading as somebody, without a request: what mails are made of (VI-9).
//!
//! A reader goes through the same schemas, limits and scopes as a request does,
//! so a mail can hold nothing that its recipient could not have asked for.

use std::sync::Arc;

use ::identity::Realm;
use serde_json::Value;
use visibility::Viewer;

use crate::{
    context::Asked,
    engine::{Engine, Envelope},
    services::Services,
};

/// Asks the schemas on behalf of recipients.
pub struct Reader {
    portal: Engine,
    staff: Engine,
}

/// The recipient may not read it, or nobody can right now; the code says which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(pub String);

impl Reader {
    /// A reader over the services of this process.
    pub fn new(services: &Services) -> Self {
        Self {
            portal: Engine::portal(services.clone()),
            staff: Engine::staff(services.clone()),
        }
    }

    /// What the viewer, or whoever is not signed in, is answered: all of it, or
    /// nothing.
    pub async fn read(
        &self,
        realm: Realm,
        viewer: Option<Viewer>,
        document: &str,
        variables: Value,
    ) -> Result<Value, Unread> {
        let engine = match realm {
            Realm::Portal => &self.portal,
            Realm::Staff => &self.staff,
        };
        let envelope = Envelope {
            query: Some(document.to_owned()),
            variables: variables.as_object().cloned(),
            ..Envelope::default()
        };
        let prepared = engine.prepare(envelope);
        let prepared = prepared.map_err(|refusal| Unread(refusal.code().to_owned()))?;
        let asked = Asked::as_recipient(engine.services.clone(), realm, viewer.map(Arc::new));
        let answer = engine.execute(Arc::new(asked), prepared).await;
        if let Some(error) = answer.errors().first() {
            let code = error.extensions.as_ref().and_then(|all| all.get("code"));
            let code = code.map_or_else(|| "INTERNAL".to_owned(), ToString::to_string);
            return Err(Unread(code.trim_matches('"').to_owned()));
        }
        let mut answer: Value = serde_json::from_slice(&answer.json()).unwrap_or_default();
        Ok(answer["data"].take())
    }
}
