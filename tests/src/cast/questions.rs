//! What `glass` asks when a ticket is opened in the category `general`: a room, a
//! device, and, for the team alone, what it will cost.

use kernel::{StaffUserId, WorkspaceId};
use tickets::{Choice, Field, FieldKind, Label, Labels, provision};

use super::Builder;

fn labels(english: &str, french: &str) -> Labels {
    let label = |locale: &str, text: &str| Label {
        locale: locale.to_owned(),
        text: text.to_owned(),
    };
    Labels(vec![label("en", english), label("fr", french)])
}

impl Builder<'_> {
    pub(super) async fn ask(&self, workspace: WorkspaceId, by: StaffUserId) {
        let field = |key: &str, label, visible, kind| Field {
            key: key.to_owned(),
            label,
            help: Labels::default(),
            required: false,
            visible,
            editable: visible,
            kind,
        };
        let option = |key: &str, label| Choice {
            key: key.to_owned(),
            label,
        };
        let options = vec![
            option("printer", labels("Printer", "Imprimante")),
            option("screen", labels("Screen", "Écran")),
        ];
        let fields = vec![
            field(
                "room",
                labels("Room", "Salle"),
                true,
                FieldKind::Text { longest: 50 },
            ),
            field(
                "cost",
                labels("CANARY cost", "CANARY cost"),
                false,
                FieldKind::Text { longest: 50 },
            ),
            field(
                "device",
                labels("Device", "Appareil"),
                true,
                FieldKind::Choice { options },
            ),
        ];
        let asked = provision::form(self.tx, (workspace, by), self.work.now, "general", fields);
        asked.await.expect("a form");
    }
}
