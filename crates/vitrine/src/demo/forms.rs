//! What the demo's workspaces ask when a ticket is opened in their first category.

use identity::Locale;
use tickets::{Choice, Field, FieldKind, Label, Labels};

/// A text in English, French and German, that of the workspace first.
fn labels(own: &str, texts: [&str; 3]) -> Labels {
    let tags = [Locale::English, Locale::French, Locale::German].map(Locale::tag);
    let label = |(locale, text): (&str, &str)| Label {
        locale: locale.to_owned(),
        text: text.to_owned(),
    };
    let mut labels: Vec<Label> = tags.into_iter().zip(texts).map(label).collect();
    labels.sort_by_key(|label| label.locale != own);
    Labels(labels)
}

/// Where it is, how many it stops, since when, and for which cost centre: that the
/// team fills in, and clients do not know of it.
pub(crate) fn request(own: &str) -> Vec<Field> {
    let option = |key: &str, texts| Choice {
        key: key.to_owned(),
        label: labels(own, texts),
    };
    let field = |key: &str, texts, visible, kind| Field {
        key: key.to_owned(),
        label: labels(own, texts),
        help: Labels::default(),
        required: false,
        visible,
        editable: visible,
        kind,
    };
    let mut place = field(
        "place",
        ["Where is it?", "Où est-ce ?", "Wo ist es?"],
        true,
        FieldKind::Text { longest: 120 },
    );
    place.help = labels(
        own,
        [
            "Building, floor and room, or the name of the system.",
            "Bâtiment, étage et salle, ou le nom du système.",
            "Gebäude, Stockwerk und Raum, oder der Name des Systems.",
        ],
    );
    let affected = FieldKind::Choice {
        options: vec![
            option("me", ["Me alone", "Moi seul", "Mich allein"]),
            option("team", ["My team", "Mon équipe", "Mein Team"]),
            option("all", ["Everybody", "Tout le monde", "Alle"]),
        ],
    };
    let since = FieldKind::Date {
        minimum: None,
        maximum: None,
    };
    vec![
        place,
        field(
            "affected",
            ["Whom does it stop?", "Qui est bloqué ?", "Wen hält es auf?"],
            true,
            affected,
        ),
        field(
            "since",
            ["Since when?", "Depuis quand ?", "Seit wann?"],
            true,
            since,
        ),
        field(
            "cost_centre",
            ["Cost centre", "Centre de coûts", "Kostenstelle"],
            false,
            FieldKind::Text { longest: 20 },
        ),
    ]
}
