//! No more ticket mails, at the address that stands in each (RFC 8058).
//!
//! A GET shows a page with a button, since programs that look for viruses fetch
//! every address of a mail; a POST acts, whatever it carries, and says so when the
//! address is worth nothing any more: nobody can guess one, so nothing is told by
//! that. Mails about accounts go on.

use ::identity::{Realm, Unsubscribe};
use ::notifications::{Recipient, unsubscribe};
use axum::{
    Router,
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use http::StatusCode;

use super::Face;
use crate::services::Services;

const BEFORE: &str = "\
<form method=\"post\"><p>Have no more mails about tickets?</p>\
<p lang=\"fr\">Ne plus recevoir de messages sur les tickets ?</p>\
<p lang=\"de\">Keine Nachrichten zu Tickets mehr erhalten?</p>\
<p><button>OK</button></p></form>";
const AFTER: &str = "\
<p>You get no more mails about tickets. You can change that in the portal.</p>\
<p lang=\"fr\">Vous ne recevrez plus de messages sur les tickets. Vous pouvez changer cela dans le portail.</p>\
<p lang=\"de\">Sie erhalten keine Nachrichten zu Tickets mehr. Im Portal können Sie das ändern.</p>";
const WORTHLESS: &str = "\
<p>This address is no longer good: it changes nothing. You can switch mails off in the portal.</p>\
<p lang=\"fr\">Cette adresse n’est plus valable : elle ne change rien. Vous pouvez désactiver les messages dans le portail.</p>\
<p lang=\"de\">Diese Adresse gilt nicht mehr: Sie ändert nichts. Nachrichten können Sie im Portal abschalten.</p>";

pub(super) fn routes(prefix: &str) -> Router<Face> {
    let at = format!("{prefix}/unsubscribe/{{token}}");
    Router::new().route(&at, get(ask).post(act))
}

/// Where somebody has no more ticket mails, behind the address of this server:
/// what stands in a mail that was queued at `at`.
pub fn address(services: &Services, realm: Realm, who: Unsubscribe, at: DateTime<Utc>) -> String {
    let token = services.tokens.sign_unsubscribe(realm, who, at);
    match realm {
        Realm::Portal => format!("/unsubscribe/{token}"),
        Realm::Staff => format!("/staff/unsubscribe/{token}"),
    }
}

async fn ask() -> Html<String> {
    page(BEFORE)
}

async fn act(State(face): State<Face>, Path(token): Path<String>) -> Response {
    let (services, realm) = (&face.engine.services, face.engine.realm);
    let work = services.work();
    let Ok(who) = services.tokens.verify_unsubscribe(realm, &token, work.now) else {
        return (StatusCode::NOT_FOUND, page(WORTHLESS)).into_response();
    };
    let recipient = match realm {
        Realm::Portal => Recipient::Client(who.user.into()),
        Realm::Staff => Recipient::Staff(who.user.into()),
    };
    if let Err(fault) = unsubscribe(&work, who.workspace, recipient).await {
        let cause = std::error::Error::source(&fault).map(ToString::to_string);
        tracing::error!(%fault, ?cause, "somebody is not rid of mails");
        let later = "Try again later.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, later).into_response();
    }
    page(AFTER).into_response()
}

fn page(content: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>Mails</title></head>\
         <body>{content}</body></html>\n"
    ))
}
