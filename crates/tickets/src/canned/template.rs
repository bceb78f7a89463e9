//! The placeholders of a canned reply. A text is data: what fills a placeholder
//! is never read as one, and nothing but [`Values`] can fill any (VI-9).

/// The placeholders that there are.
pub const PLACEHOLDERS: [&str; 3] = ["client.name", "ticket.reference", "ticket.subject"];

/// What the client of a ticket may read of it: what placeholders stand for. What
/// the client may not read is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The client's own name.
    pub client_name: Option<String>,
    /// The reference of the ticket.
    pub ticket_reference: Option<String>,
    /// What the ticket is about.
    pub ticket_subject: Option<String>,
}

impl Values {
    fn of(&self, placeholder: &str) -> Option<&str> {
        match placeholder {
            "client.name" => self.client_name.as_deref(),
            "ticket.reference" => self.ticket_reference.as_deref(),
            "ticket.subject" => self.ticket_subject.as_deref(),
            _ => None,
        }
    }
}

/// A text for one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The words; a placeholder that nothing fills stands in them as it is.
    pub body: String,
    /// The placeholders that nothing filled, each once.
    pub unfilled: Vec<&'static str>,
}

/// A piece of a text.
enum Piece<'a> {
    Text(&'a str),
    /// What stands between the braces, and all of it.
    Place(&'a str, &'a str),
}

/// Braces without an end are a placeholder of no name.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        pieces.push(Piece::Text(&rest[..start]));
        let inside = &rest[start + 2..];
        let end = inside.find("}}");
        let name = end.map_or("", |end| inside[..end].trim());
        let behind = end.map_or(rest.len(), |end| start + 2 + end + 2);
        pieces.push(Piece::Place(name, &rest[start..behind]));
        rest = &rest[behind..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn known(name: &str) -> Option<&'static str> {
    PLACEHOLDERS.into_iter().find(|known| *known == name)
}

/// Whether every placeholder of the text is one that there is.
pub(super) fn is_sound(text: &str) -> bool {
    pieces(text).iter().all(|piece| match piece {
        Piece::Text(_) => true,
        Piece::Place(name, _) => known(name).is_some(),
    })
}

/// Fills the placeholders of a text, once.
pub fn fill(text: &str, values: &Values) -> Filled {
    let mut filled = Filled {
        body: String::with_capacity(text.len()),
        unfilled: Vec::new(),
    };
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.body.push_str(text),
            Piece::Place(name, whole) => {
                filled.body.push_str(values.of(name).unwrap_or(whole));
                let missing = known(name).filter(|name| values.of(name).is_none());
                filled.unfilled.extend(missing);
            }
        }
    }
    filled.unfilled.sort_unstable();
    filled.unfilled.dedup();
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> Values {
        Values {
            client_name: Some("Mia {{ticket.subject}}".to_owned()),
            ticket_reference: Some("TKT-0001".to_owned()),
            ticket_subject: None,
        }
    }

    #[test]
    fn placeholders_are_filled_once() {
        let filled = fill(
            "Dear {{client.name}}, {{ ticket.reference }}: {{ticket.subject}} {{ticket.subject}}",
            &values(),
        );
        assert_eq!(
            filled.body,
            "Dear Mia {{ticket.subject}}, TKT-0001: {{ticket.subject}} {{ticket.subject}}"
        );
        assert_eq!(filled.unfilled, ["ticket.subject"]);
    }

    #[test]
    fn unknown_placeholders_are_found() {
        for sound in [
            "",
            "Hello {there}",
            "{{client.name}}",
            "} } {{ ticket.subject }}",
        ] {
            assert!(is_sound(sound), "{sound}");
        }
        for bad in [
            "{{ticket.assignee}}",
            "{{ticket.notes}}",
            "{{}}",
            "{{client.name",
            "{{{client.name}}}",
            "{{Client.Name}}",
            "{{client.name | upper}}",
        ] {
            assert!(!is_sound(bad), "{bad}");
        }
    }

    proptest! {
        /// No text makes filling panic, and a sound one is filled completely.
        #[test]
        fn what_is_sound_is_filled(text in "[a-z{} .é]{0,60}(\\{\\{client\\.name\\}\\})?") {
            let all = Values {
                client_name: Some("N".to_owned()),
                ticket_reference: Some("R".to_owned()),
                ticket_subject: Some("S".to_owned()),
            };
            let filled = fill(&text, &all);
            prop_assert!(filled.unfilled.is_empty());
            if is_sound(&text) {
                prop_assert!(!filled.body.contains("{{client"));
            }
        }
    }
}
