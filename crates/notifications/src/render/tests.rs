//! Each template in each language, with friendly data and with hostile.

use serde_json::{Value, json};

use super::*;

fn data(name: &str) -> Value {
    json!({
        "workspace": {"name": name},
        "name": name,
        "company": name,
        "invitedBy": name,
        "applicant": {"name": name, "email": "mia@alder.example"},
        "link": "https://portal.example/accept#token=abc-DEF_123",
        "code": "123456",
        "expiresAt": "2027-01-15T08:00:00Z",
        "days": 3,
        "ticket": {"reference": "TKT-0041", "subject": name},
        "opened": {"whom": name, "lines": [name, "", name], "cut": true},
        "entries": [
            entry("REPLY", Some(name), "IN_PROGRESS"),
            entry("STATUS_CHANGE", Some(name), "WAITING"),
            entry("RESOLUTION", Some(name), "RESOLVED"),
            entry("REJECTION", Some(name), "OPEN"),
            entry("STATUS_CHANGE", Some(name), "CLOSED"),
            entry("STATUS_CHANGE", None, "CLOSED"),
            entry("REPLY", None, ""),
            entry("NOTE", Some(name), ""),
            entry("MERGED", Some(name), "CLOSED"),
        ],
        "more": true,
        "assigned": true,
        "theirs": true,
        "others": [{"reference": "TKT-0042", "subject": name, "company": name}, {"reference": "TKT-0043", "subject": name, "company": null}],
        "rest": 3,
        "escalated": true,
        "missed": {"response": true, "resolution": true},
        "accept": "https://portal.example/tickets/x?accept",
        "reopen": "https://portal.example/tickets/x?reopen",
        "unsubscribe": "https://vitrine.example/unsubscribe/x",
    })
}

fn entry(kind: &str, author: Option<&str>, to: &str) -> Value {
    json!({
        "kind": kind,
        "author": author,
        "side": "CLIENT",
        "lines": ["One line.", "", "Another."],
        "cut": false,
        "to": Some(to).filter(|to| !to.is_empty()),
        "label": Some(author.unwrap_or("Done")).filter(|_| !to.is_empty()),
    })
}

fn letter(locale: Locale, data: Value) -> Letter {
    Letter {
        to: "mia@alder.example".to_owned(),
        name: Some("Mia".to_owned()),
        locale: locale.name().to_owned(),
        sender_name: "Glass".to_owned(),
        data,
        thread: None,
        unsubscribe: None,
    }
}

fn all() -> impl Iterator<Item = (Template, Locale)> {
    Template::all().flat_map(|template| Locale::ALL.map(|locale| (template, locale)))
}

#[test]
fn every_template_is_there_in_every_language() {
    for (template, locale) in all() {
        let said = render(template, &letter(locale, data("Mia & Söhne")))
            .unwrap_or_else(|refused| panic!("{template:?} {locale:?}: {refused}"));
        assert!(!said.subject.is_empty() && !said.subject.contains('{'));
        assert!(said.text.contains("Mia & Söhne"), "{}", said.text);
        assert!(said.html.contains("Mia &amp; Söhne"), "{}", said.html);
        let lang = format!("<html lang=\"{}\">", locale.name());
        assert!(said.html.contains(&lang), "{}", said.html);
        let (secret, holder) = match template {
            Template::OneTimeCode => ("123456", "123456"),
            _ => ("#token=abc-DEF_123", "href=\"https:"),
        };
        assert!(said.text.contains(secret), "{template:?}: {}", said.text);
        assert!(said.html.contains(holder), "{template:?}: {}", said.html);
        assert!(!said.subject.contains("123456"), "a code is no subject");
        for remote in ["src=", "url(", "@import", "<link"] {
            assert!(!said.html.contains(remote), "{template:?} loads something");
        }
    }
}

#[test]
fn nobody_and_nothing_are_left_out() {
    for (template, locale) in all() {
        let mut data = data("Glass");
        for absent in [
            "name",
            "company",
            "invitedBy",
            "opened",
            "accept",
            "unsubscribe",
        ] {
            data[absent] = Value::Null;
        }
        data["entries"] = json!([]);
        data["missed"] = json!({"response": false, "resolution": false});
        for no in ["more", "assigned", "theirs", "escalated"] {
            data[no] = false.into();
        }
        if template == Template::PasswordChanged {
            data["link"] = Value::Null;
        }
        let said = render(template, &letter(locale, data)).expect("rendered");
        assert!(!said.text.contains("\n\n\n"), "{}", said.text);
        let (_, html) = said.html.split_once("</style>").expect("a layout");
        for form in [said.subject.as_str(), &said.text, html] {
            for odd in ["none", "null", "  ,", " ,", ",."] {
                assert!(!form.contains(odd), "{template:?} {locale:?}: {form}");
            }
        }
    }
}

#[test]
fn a_name_injects_nothing() {
    let hostile = "<script>alert(1)</script>\r\nBcc: all@evil.example\u{2028}\"'\u{202e}";
    for (template, locale) in all() {
        let said = render(template, &letter(locale, data(hostile))).expect("rendered");
        assert!(!said.html.contains("<script"), "{}", said.html);
        assert!(said.html.contains("&lt;script&gt;"), "{}", said.html);
        assert!(!said.subject.contains(['\r', '\n']), "{}", said.subject);
        assert!(!said.text.contains("\nBcc:"), "{}", said.text);
        assert!(!said.text.contains('\u{202e}'), "{}", said.text);
    }
}

#[test]
fn an_address_cannot_leave_its_attribute() {
    let mut data = data("Glass");
    data["link"] = "https://portal.example/\" onclick=\"x".into();
    let said = render(Template::Invitation, &letter(Locale::English, data)).expect("rendered");
    assert!(!said.html.contains("onclick=\"x"), "{}", said.html);
}

#[test]
fn a_member_that_is_missing_is_an_error_without_content() {
    let mut data = data("SECRET");
    data.as_object_mut().expect("an object").remove("link");
    let refused = render(Template::Invitation, &letter(Locale::English, data));
    let refused = refused.expect_err("no link");
    assert!(refused.permanent);
    assert!(refused.reason.contains("invitation"), "{refused}");
    assert!(!refused.reason.contains("SECRET"), "{refused}");
    for nothing in [json!({}), json!([]), Value::Null] {
        assert!(render(Template::OneTimeCode, &letter(Locale::German, nothing)).is_err());
    }
}

#[test]
fn a_text_without_its_parts_has_no_gaps() {
    assert_eq!(without_gaps("\n\na\n\n  \n\nb\n"), "a\n\nb\n");
    assert_eq!(one_line("  a\r\n\tb\0c "), "a b c");
}

#[test]
fn what_somebody_wrote_is_quoted_and_adds_no_line_of_ours() {
    for locale in Locale::ALL {
        let hostile = "https://evil.example/#token=x\nhttps://evil.example/";
        let mut data = data("Glass");
        data["ticket"]["subject"] = hostile.into();
        data["opened"]["lines"] = json!([hostile]);
        let said = render(Template::TicketNews, &letter(locale, data)).expect("rendered");
        let lines = || said.text.lines();
        assert!(lines().any(|line| line.starts_with("> https://evil.example/")));
        assert!(
            !lines().any(|line| line.starts_with("https://evil")),
            "{}",
            said.text
        );
        assert!(said.subject.starts_with("TKT-0041: https://evil.example"));
        for link in ["?accept", "?reopen"] {
            let link = format!("https://portal.example/tickets/x{link}");
            assert!(lines().any(|line| line == link), "{}", said.text);
            let escaped = link.replace('/', "&#x2f;");
            assert!(
                said.html.contains(&format!("href=\"{escaped}\"")),
                "{}",
                said.html
            );
        }
        for words in ["CLOSED", "IN_PROGRESS", "REPLY"] {
            assert!(!said.text.contains(words), "{}", said.text);
        }
    }
}
