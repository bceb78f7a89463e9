//! What the demo's teams do every day: the texts that they answer with, and the
//! colleagues whom they name in notes.

use kernel::{Entropy, WorkspaceId};
use store::Tx;
use tickets::{
    Entry,
    provision::{self, History, NewCannedReply},
};
use visibility::Flag;

use super::script::Lang;

/// Title, language, words.
const TEXTS: [(&str, Lang, &str); 6] = [
    (
        "We are on it",
        Lang::En,
        "Hello {{client.name}},\n\nthank you for your message. We are looking into {{ticket.reference}} \
         and come back to you today.",
    ),
    (
        "Please tell us more",
        Lang::En,
        "Hello {{client.name}},\n\ncould you send us a picture? Then we can help with \
         \"{{ticket.subject}}\" right away.",
    ),
    (
        "Wir sind dran",
        Lang::De,
        "Guten Tag {{client.name}}\n\nBesten Dank für Ihre Meldung. Wir kümmern uns um \
         {{ticket.reference}} und melden uns noch heute.",
    ),
    (
        "Bitte um ein Foto",
        Lang::De,
        "Guten Tag {{client.name}}\n\nKönnen Sie uns ein Foto schicken? Dann kommen wir mit \
         «{{ticket.subject}}» schneller voran.",
    ),
    (
        "Nous nous en occupons",
        Lang::Fr,
        "Bonjour {{client.name}},\n\nMerci pour votre message. Nous nous occupons de \
         {{ticket.reference}} et revenons vers vous aujourd'hui.",
    ),
    (
        "Il nous faut une photo",
        Lang::Fr,
        "Bonjour {{client.name}},\n\nPourriez-vous nous envoyer une photo ? Nous pourrons alors \
         avancer sur « {{ticket.subject}} ».",
    ),
];

/// Writes the texts of a workspace.
pub(super) async fn keep_texts(
    tx: &Tx,
    entropy: &dyn Entropy,
    workspace: WorkspaceId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), kernel::Fault> {
    let text = |(title, language, body): (&'static str, Lang, &'static str)| NewCannedReply {
        title,
        body,
        language: language.tag(),
    };
    let texts = TEXTS.map(text);
    provision::canned_replies(tx, entropy, (workspace, at), &texts).await
}

/// Names whoever works on a ticket in the notes that others write on it.
pub(super) async fn name_colleagues(tx: &Tx, histories: &[History]) -> Result<(), kernel::Fault> {
    let mut named = Vec::new();
    for history in histories {
        let Some(assignee) = history.assignee else {
            continue;
        };
        let notes = history.entries.iter().filter(|entry| is_note(entry));
        let of_others = notes.filter(|note| note.staff_user_id != Some(assignee));
        named.extend(of_others.map(|note| (note.clone(), assignee)));
    }
    provision::mentions(tx, named).await
}

fn is_note(entry: &Entry) -> bool {
    entry.flag == Flag::InternalOnly && entry.body.is_some()
}
