//! The languages that there are templates in.

/// A language of the templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locale {
    English,
    French,
    German,
}

impl Locale {
    /// The language that a tag such as `de-CH` asks for; English when there
    /// are no templates in it.
    pub(crate) fn of(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "fr" => Self::French,
            "de" => Self::German,
            _ => Self::English,
        }
    }

    /// The folder of its templates, and what HTML calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::German => "de",
        }
    }

    /// Every language.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 3] = [Self::English, Self::French, Self::German];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_asks_for_a_language() {
        for (tag, name) in [
            ("fr", "fr"),
            ("fr-CA", "fr"),
            ("DE_ch", "de"),
            ("en-GB", "en"),
            ("it", "en"),
            ("", "en"),
        ] {
            assert_eq!(Locale::of(tag).name(), name, "{tag}");
        }
    }
}
