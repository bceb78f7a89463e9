//! Addresses of people: what may stand in `email`, in one spelling.

/// An e-mail address, in lower case.
///
/// ASCII alone: a Cyrillic `а` in an address looks like a Latin one and is
/// another mailbox, and lower-casing can turn a foreign letter into an ASCII
/// one. International domains are written in their ASCII form (`xn--…`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

/// The text is not an address that mail can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not an e-mail address that Vitrine can write to")]
pub struct BadEmail;

/// The longest address there is (RFC 5321).
const MAX: usize = 254;
/// The longest part before the `@`.
const MAX_LOCAL: usize = 64;

impl Email {
    /// Checks an address. White space around it is forgiven, inside it is not.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let text = text.trim();
        if text.len() > MAX || !text.is_ascii() {
            return Err(BadEmail);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(BadEmail)?;
        if is_local(local) && is_domain(domain) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(BadEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn is_local(local: &str) -> bool {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.len() <= MAX_LOCAL
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(atom))
}

/// Whether the text is a domain name of at least two labels, in ASCII.
pub(crate) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let numeric = |label: &str| label.chars().all(|c| c.is_ascii_digit());
    domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(label)
        && !domain.rsplit('.').next().is_none_or(numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_spelling() {
        for (text, spelt) in [
            ("mia@alder.example", "mia@alder.example"),
            (
                "  Mia.Meyer+Bills@Alder.Example ",
                "mia.meyer+bills@alder.example",
            ),
            (
                "o'neil_x@xn--mller-kva.example",
                "o'neil_x@xn--mller-kva.example",
            ),
        ] {
            assert_eq!(Email::parse(text).map(Email::into_string), Ok(spelt.into()));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "mia",
            "@alder.example",
            "mia@",
            "mia@alder",
            "mia@@alder.example",
            "mia..x@alder.example",
            ".mia@alder.example",
            "mia@-alder.example",
            "mia@alder..example",
            "mia@127.0.0.1",
            "mia alder@alder.example",
            "mia@alder.example\r\nBcc: all@alder.example",
            "mia@alder.example, bea@birch.example",
            "\"mia x\"@alder.example",
            "Mia <mia@alder.example>",
            "mia\0@alder.example",
            // A Cyrillic letter, the Kelvin sign, a full-width letter.
            "mi\u{430}@alder.example",
            "mia@\u{212a}ing.example",
            "\u{ff4d}ia@alder.example",
            &format!("{}@alder.example", "m".repeat(65)),
            &format!("mia@{}.example", "a".repeat(250)),
        ] {
            assert_eq!(Email::parse(text), Err(BadEmail), "{text:?}");
        }
    }
}
