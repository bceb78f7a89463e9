//! What a status is called (TK-6): by the workspace in its own words, or as Vitrine
//! calls it. Programs go on with the status itself.

use std::collections::HashMap;

use identity::{Locale, Realm, workspace_locale};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use visibility::{Cx, Viewer};

use crate::{
    Status,
    entity::status_label::{Column, Entity, Model},
};

/// What statuses are called for one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusLabels {
    /// The workspace's own, by status and language.
    own: HashMap<(Status, Locale), String>,
    /// The language of the workspace.
    home: Locale,
    /// The side of the reader.
    realm: Realm,
}

impl StatusLabels {
    fn new(rows: Vec<Model>, home: Locale, realm: Realm) -> Self {
        let word = |row: Model| Some(((row.status, Locale::parse(&row.locale)?), row.text));
        Self {
            own: rows.into_iter().filter_map(word).collect(),
            home,
            realm,
        }
    }

    /// What the status is called in a language: as the workspace calls it there, else
    /// as it does in its own language, else as Vitrine does.
    pub fn of(&self, status: Status, locale: Locale) -> &str {
        let own = self.own(status, locale);
        own.or_else(|| self.own(status, self.home))
            .unwrap_or_else(|| built_in(status, locale, self.realm))
    }

    /// What the workspace itself calls it in this very language.
    pub fn own(&self, status: Status, locale: Locale) -> Option<&str> {
        self.own.get(&(status, locale)).map(String::as_str)
    }
}

/// What Vitrine calls a status. Each side is told who it is that waits for it.
fn built_in(status: Status, locale: Locale, realm: Realm) -> &'static str {
    match (locale, status) {
        (Locale::English, Status::Open) => "Open",
        (Locale::English, Status::InProgress) => "In progress",
        (Locale::English, Status::Waiting) => match realm {
            Realm::Portal => "Waiting for you",
            Realm::Staff => "Waiting for the client",
        },
        (Locale::English, Status::Resolved) => "Resolved",
        (Locale::English, Status::Closed) => "Closed",
        (Locale::French, Status::Open) => "Ouvert",
        (Locale::French, Status::InProgress) => "En cours",
        (Locale::French, Status::Waiting) => match realm {
            Realm::Portal => "En attente de votre réponse",
            Realm::Staff => "En attente du client",
        },
        (Locale::French, Status::Resolved) => "Résolu",
        (Locale::French, Status::Closed) => "Clos",
        (Locale::German, Status::Open) => "Offen",
        (Locale::German, Status::InProgress) => "In Arbeit",
        (Locale::German, Status::Waiting) => match realm {
            Realm::Portal => "Wartet auf Sie",
            Realm::Staff => "Wartet auf den Kunden",
        },
        (Locale::German, Status::Resolved) => "Gelöst",
        (Locale::German, Status::Closed) => "Geschlossen",
    }
}

/// What the statuses are called in the viewer's workspace. One statement where it
/// has no words of its own, else two.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: public words of the viewer's own workspace"
)]
pub async fn status_labels(cx: &Cx<'_>) -> Result<StatusLabels, Fault> {
    let found = Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .all(&cx.db())
        .await;
    let rows = found.doing("reading labels of statuses")?;
    let home = if rows.is_empty() {
        Locale::default()
    } else {
        workspace_locale(cx).await?
    };
    let realm = match cx.viewer {
        Viewer::Client(_) => Realm::Portal,
        Viewer::Staff(_) => Realm::Staff,
    };
    Ok(StatusLabels::new(rows, home, realm))
}

#[cfg(test)]
mod tests {
    use kernel::WorkspaceId;

    use super::*;

    fn labels(own: &[(Status, Locale, &str)], home: Locale, realm: Realm) -> StatusLabels {
        let row = |(status, locale, text): &(Status, Locale, &str)| Model {
            workspace_id: WorkspaceId(uuid::Uuid::nil()),
            status: *status,
            locale: locale.tag().to_owned(),
            text: (*text).to_owned(),
        };
        StatusLabels::new(own.iter().map(row).collect(), home, realm)
    }

    #[test]
    fn the_nearest_word_is_taken() {
        let own = [
            (Status::Open, Locale::French, "Reçu"),
            (Status::Open, Locale::German, "Eingegangen"),
            (Status::Closed, Locale::French, "Archivé"),
        ];
        let at_home = |home| labels(&own, home, Realm::Portal);
        // In the language itself, whatever that of the workspace is.
        for home in Locale::ALL {
            assert_eq!(at_home(home).of(Status::Open, Locale::French), "Reçu");
            assert_eq!(
                at_home(home).of(Status::Open, Locale::German),
                "Eingegangen"
            );
        }
        // Else in the workspace's own, else the built-in of the language that was
        // asked for, and never a third one.
        for (home, asked, open, closed) in [
            (Locale::English, Locale::English, "Open", "Closed"),
            (
                Locale::English,
                Locale::German,
                "Eingegangen",
                "Geschlossen",
            ),
            (Locale::French, Locale::English, "Reçu", "Archivé"),
            (Locale::French, Locale::German, "Eingegangen", "Archivé"),
            (Locale::German, Locale::English, "Eingegangen", "Closed"),
            (Locale::German, Locale::French, "Reçu", "Archivé"),
        ] {
            let labels = at_home(home);
            let found = (
                labels.of(Status::Open, asked),
                labels.of(Status::Closed, asked),
            );
            assert_eq!(found, (open, closed), "{home:?} {asked:?}");
            assert_eq!(labels.own(Status::Resolved, asked), None);
        }
    }

    #[test]
    fn every_status_is_called_something_in_every_language() {
        for realm in [Realm::Portal, Realm::Staff] {
            let of = |locale| Status::all().map(move |status| built_in(status, locale, realm));
            let mut words: Vec<&str> = Locale::ALL.into_iter().flat_map(of).collect();
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!((count, words.len()), (15, 15), "each word once");
        }
        let waiting = |realm| labels(&[], Locale::French, realm);
        let clients = waiting(Realm::Portal);
        let teams = waiting(Realm::Staff);
        assert_eq!(
            clients.of(Status::Waiting, Locale::English),
            "Waiting for you"
        );
        assert_eq!(
            teams.of(Status::Waiting, Locale::English),
            "Waiting for the client"
        );
    }
}
