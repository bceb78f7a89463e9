//! Text from outside, checked once: after this, a domain can trust its length
//! and its characters.

/// A single line: trimmed, 1 to 200 characters, no control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(String);

/// Text of several lines: 1 to 20 000 characters, no control characters but
/// line breaks and tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose(String);

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Blank,
    /// Longer than allowed; the bound is in characters.
    #[error("must not be longer than {0} characters")]
    TooLong(usize),
    /// A control character, such as NUL, that neither database nor reader can use.
    #[error("must not contain control characters")]
    Control,
}

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// It is no line of text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A web or mail address, where a name is meant: mails repeat names.
    #[error("must not contain an address")]
    Address,
}

impl Line {
    /// The longest line, in characters.
    pub const MAX: usize = 200;

    /// Checks and trims a single line, which has to hold something that is seen.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        check(text.trim(), Self::MAX, |c| !c.is_control()).map(Self)
    }

    /// Checks the name of a person or an organisation: a line that holds no
    /// address. Whoever can choose a name that is mailed to others must not be
    /// able to have them sent somewhere.
    pub fn parse_name(text: &str) -> Result<Self, BadName> {
        let name = match Self::parse(text) {
            // Not nothing, but nothing that is seen.
            Err(TextError::Blank) if text.chars().any(is_unseen) => {
                return Err(TextError::Control.into());
            }
            parsed => parsed?,
        };
        let small = name.0.to_lowercase();
        if ["://", "www.", "http:", "https:", "mailto:", "@"]
            .iter()
            .any(|sign| small.contains(sign))
        {
            return Err(BadName::Address);
        }
        if name.0.chars().any(is_unseen) {
            return Err(TextError::Control.into());
        }
        Ok(name)
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Prose {
    /// The longest prose, in characters.
    pub const MAX: usize = 20_000;

    /// Checks text of several lines; line ends become `\n`.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        if text.len() > Self::MAX * 4 {
            return Err(TextError::TooLong(Self::MAX));
        }
        let text = text.replace("\r\n", "\n");
        check(text.trim(), Self::MAX, |c| {
            !c.is_control() || matches!(c, '\n' | '\t')
        })
        .map(Self)
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether a character is not seen, but turns, breaks or pads what is: what
/// Unicode says to ignore by default, its blanks that count as letters, and
/// its marks of lines and directions. Those that choose the form of the letter
/// before them (variation selectors) are part of how names are written.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

fn check(text: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<String, TextError> {
    if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        Err(TextError::Blank)
    } else if text.chars().nth(max).is_some() {
        Err(TextError::TooLong(max))
    } else if !text.chars().all(allowed) {
        Err(TextError::Control)
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_bounded() {
        assert_eq!(
            Line::parse("  a b ").map(Line::into_string),
            Ok("a b".to_owned())
        );
        assert_eq!(Line::parse(" \t "), Err(TextError::Blank));
        assert_eq!(
            Line::parse(&"é".repeat(200)).map(|line| line.0.chars().count()),
            Ok(200)
        );
        assert_eq!(Line::parse(&"é".repeat(201)), Err(TextError::TooLong(200)));
        for bad in ["a\0b", "a\nb", "a\u{1b}[31mb"] {
            assert_eq!(Line::parse(bad), Err(TextError::Control), "{bad:?}");
        }
    }

    #[test]
    fn names_are_no_addresses() {
        for good in ["O'Neil & Söhne GmbH / Co. KG", "渡邉\u{e0102} 花子"] {
            assert!(Line::parse_name(good).is_ok(), "{good}");
        }
        for bad in [
            "Win at HTTPS://evil.example",
            "see WWW.evil.example",
            "help@evil.example",
        ] {
            assert_eq!(Line::parse_name(bad), Err(BadName::Address), "{bad}");
        }
        for bad in [
            "Mia\u{202e}",
            "\u{200b}",
            "a\u{2028}b",
            "\u{61c}Mia",
            "\u{3164}",
            "M\u{e0061}ia",
        ] {
            let refused = Err(BadName::Text(TextError::Control));
            assert_eq!(Line::parse_name(bad), refused, "{bad:?}");
        }
    }

    #[test]
    fn prose_keeps_its_lines_and_refuses_nul() {
        assert_eq!(
            Prose::parse("a\r\n\tb").map(Prose::into_string),
            Ok("a\n\tb".to_owned())
        );
        assert_eq!(Prose::parse("a\0"), Err(TextError::Control));
        assert_eq!(
            Prose::parse(&"x".repeat(1_000_000)),
            Err(TextError::TooLong(20_000))
        );
    }
}
