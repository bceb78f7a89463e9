//! How long a link or code is good, in words.

use serde_json::{Map, Value};

use crate::locale::Locale;

/// Such as `3 days`, from whichever of `days`, `hours` and `minutes` the data
/// has; none when it has none.
pub(crate) fn validity(locale: Locale, data: &Map<String, Value>) -> Option<String> {
    ["days", "hours", "minutes"].into_iter().find_map(|unit| {
        let count = data.get(unit)?.as_u64()?;
        let word = word(locale, unit, count == 1);
        Some(format!("{count} {word}"))
    })
}

fn word(locale: Locale, unit: &str, one: bool) -> &'static str {
    match (locale, unit, one) {
        (Locale::English, "days", true) => "day",
        (Locale::English, "days", false) => "days",
        (Locale::English, "hours", true) => "hour",
        (Locale::English, "hours", false) => "hours",
        (Locale::English | Locale::French, _, true) if unit == "minutes" => "minute",
        (Locale::English | Locale::French, "minutes", false) => "minutes",
        (Locale::French, "days", true) => "jour",
        (Locale::French, "days", false) => "jours",
        (Locale::French, _, true) => "heure",
        (Locale::French, _, false) => "heures",
        (Locale::German, "days", true) => "Tag",
        (Locale::German, "days", false) => "Tage",
        (Locale::German, "hours", true) => "Stunde",
        (Locale::German, "hours", false) => "Stunden",
        (Locale::German, _, true) => "Minute",
        (Locale::German, _, false) => "Minuten",
        (Locale::English, _, _) => "",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_is_not_many() {
        let said = |locale, data: Value| {
            let members = data.as_object().cloned().unwrap_or_default();
            validity(locale, &members)
        };
        for (locale, data, words) in [
            (Locale::English, json!({"days": 1}), "1 day"),
            (Locale::English, json!({"days": 7}), "7 days"),
            (Locale::English, json!({"hours": 24}), "24 hours"),
            (Locale::English, json!({"minutes": 1}), "1 minute"),
            (Locale::French, json!({"minutes": 10}), "10 minutes"),
            (Locale::French, json!({"hours": 1}), "1 heure"),
            (Locale::French, json!({"days": 3}), "3 jours"),
            (Locale::German, json!({"days": 3}), "3 Tage"),
            (Locale::German, json!({"hours": 1}), "1 Stunde"),
            (Locale::German, json!({"minutes": 30}), "30 Minuten"),
        ] {
            assert_eq!(said(locale, data).as_deref(), Some(words));
        }
        assert_eq!(said(Locale::German, json!({})), None);
    }
}
