//! From a message to the bytes of a mail.

use std::time::SystemTime;

use lettre::{
    Address, Message as Mime,
    message::{
        Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use crate::{Message, Refused, render::one_line};

/// How the bytes of the content are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transfer {
    /// As every server can take it.
    Anywhere,
    /// As it is, line by line, for people to read in a file.
    Readable,
}

/// The longest line that is written as it is.
const MAX_LINE: usize = 900;

/// The mail: text and HTML, each a form of the other.
pub(crate) fn compose(
    message: &Message,
    from: &Address,
    transfer: Transfer,
) -> Result<Mime, Refused> {
    let to: Address = message
        .to
        .parse()
        .map_err(|_| Refused::for_good("the recipient's address is none"))?;
    let name = |name: &str| Some(one_line(name)).filter(|name| !name.is_empty());
    let id = format!("<{}@{}>", message.id, from.domain());
    // No answering machine should answer.
    let automatic = HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    );
    let part = |kind: ContentType, text: &str| {
        SinglePart::builder()
            .header(kind)
            .body(body(text, transfer))
    };
    let parts = MultiPart::alternative()
        .boundary(format!("=_{}", message.id.0.simple()))
        .singlepart(part(ContentType::TEXT_PLAIN, &message.text))
        .singlepart(part(ContentType::TEXT_HTML, &message.html));
    let mut mail = Mime::builder().message_id(Some(id));
    if let Some(record) = message.thread {
        // No mail has this id: it stands for the record, whose mails programs
        // show together, whichever of them a recipient has got.
        let thread = format!("<{record}.thread@{}>", from.domain());
        mail = mail.in_reply_to(thread.clone()).references(thread);
    }
    if let Some(address) = &message.unsubscribe {
        for (name, value) in [
            ("List-Unsubscribe", format!("<{address}>")),
            (
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            ),
        ] {
            mail = mail.raw_header(as_it_is(name, value)?);
        }
    }
    mail.date(SystemTime::from(message.at))
        .from(Mailbox::new(name(&message.from_name), from.clone()))
        .to(Mailbox::new(message.to_name.as_deref().and_then(name), to))
        .subject(plain(&one_line(&message.subject)))
        .raw_header(automatic)
        .multipart(parts)
        .map_err(|_| Refused::for_good("the mail cannot be put together"))
}

/// A header whose value must not be broken or encoded.
fn as_it_is(name: &'static str, value: String) -> Result<HeaderValue, Refused> {
    let plain = value.len() < MAX_LINE && value.bytes().all(|byte| byte.is_ascii_graphic());
    if !plain {
        return Err(Refused::for_good("an address in the mail is none"));
    }
    let name = HeaderName::new_from_ascii_str(name);
    Ok(HeaderValue::dangerous_new_pre_encoded(
        name,
        value.clone(),
        value,
    ))
}

/// Texts that look like an encoded word would be decoded by whoever reads the
/// mail, and say what no check has seen.
fn plain(text: &str) -> String {
    text.replace("=?", "= ?")
}

/// Whether mail can be sent to, or from, this text.
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

fn body(text: &str, transfer: Transfer) -> Body {
    let as_it_is = transfer == Transfer::Readable && text.lines().all(|line| line.len() < MAX_LINE);
    if !as_it_is {
        return Body::new(text.to_owned());
    }
    let bytes = text.replace("\r\n", "\n").replace('\n', "\r\n");
    Body::dangerous_pre_encoded(bytes.into_bytes(), ContentTransferEncoding::EightBit)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn message(name: &str) -> Message {
        Message {
            id: Uuid::from_u128(7).into(),
            at: DateTime::from_timestamp(1_800_000_000, 0).expect("in range"),
            to: "mia@alder.example".to_owned(),
            to_name: Some(name.to_owned()),
            from_name: name.to_owned(),
            subject: name.to_owned(),
            text: "Für Sie: https://portal.example/#token=abc=\n".to_owned(),
            html: "<p>Für Sie</p>\n".to_owned(),
            thread: None,
            unsubscribe: None,
        }
    }

    fn text(name: &str, transfer: Transfer) -> String {
        let from = "portal@glass.example".parse().expect("an address");
        let mail = compose(&message(name), &from, transfer).expect("a mail");
        String::from_utf8(mail.formatted()).expect("UTF-8")
    }

    #[test]
    fn a_name_adds_no_header() {
        for name in [
            "Mia\r\nBcc: all@evil.example",
            "Mia\nBcc: all@evil.example\n\nHello",
            "Mia\" <all@evil.example>, \"x",
            "Mia\0é\r\nBcc: all@evil.example",
        ] {
            let mail = text(name, Transfer::Anywhere);
            let head = mail.split("\r\n\r\n").next().expect("headers");
            assert!(!head.contains("\nBcc:"), "{head}");
            let recipients = head.lines().filter(|line| line.starts_with("To:"));
            assert_eq!(recipients.count(), 1, "{head}");
            assert!(head.contains("<mia@alder.example>"), "{head}");
            assert!(
                head.contains("Message-ID: <00000000-0000-0000-0000-000000000007@glass.example>")
            );
            assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        }
    }

    #[test]
    fn an_encoded_word_stays_what_it_is() {
        let word = "=?utf-8?B?aHR0cDovL2V2aWwuZXhhbXBsZQ==?=";
        let mail = text(word, Transfer::Anywhere);
        let subject = mail.lines().find(|line| line.starts_with("Subject:"));
        assert_eq!(
            subject,
            Some(&*format!("Subject: {}", word.replace("=?", "= ?")))
        );
        for header in ["From:", "To:"] {
            let line = mail.lines().find(|line| line.starts_with(header));
            let line = line.expect("a header");
            assert!(!line.contains(word), "{line}");
        }
    }

    #[test]
    fn a_readable_mail_keeps_its_lines() {
        let mail = text("Mia", Transfer::Readable);
        assert!(
            mail.contains("\r\nFür Sie: https://portal.example/#token=abc=\r\n"),
            "{mail}"
        );
        assert!(mail.contains("Content-Transfer-Encoding: 8bit"), "{mail}");
        assert!(text("Mia", Transfer::Anywhere).is_ascii());
    }

    #[test]
    fn a_mail_says_what_it_belongs_to_and_how_to_have_no_more() {
        let from = "portal@glass.example".parse().expect("an address");
        let url = format!("https://vitrine.example/unsubscribe/{}", "A-_.".repeat(100));
        let of = |url: &str| Message {
            thread: Some(Uuid::from_u128(9)),
            unsubscribe: Some(url.to_owned()),
            ..message("Mia")
        };
        let mail = compose(&of(&url), &from, Transfer::Anywhere).expect("a mail");
        let mail = String::from_utf8(mail.formatted()).expect("UTF-8");
        let thread = "<00000000-0000-0000-0000-000000000009.thread@glass.example>";
        for line in [
            format!("In-Reply-To: {thread}"),
            format!("References: {thread}"),
            format!("List-Unsubscribe: <{url}>"),
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned(),
        ] {
            assert!(mail.lines().any(|found| found == line), "{line}: {mail}");
        }
        assert!(!text("Mia", Transfer::Anywhere).contains("List-"));
        for bad in [
            "https://a.example/\r\nBcc: all@evil.example",
            "https://a.example/ä",
        ] {
            assert!(
                compose(&of(bad), &from, Transfer::Anywhere).is_err(),
                "{bad}"
            );
        }
    }

    #[test]
    fn what_is_no_address_is_refused_for_good() {
        let from = "portal@glass.example".parse().expect("an address");
        for to in [
            "",
            "mia",
            "mia@alder.example\r\nRCPT TO:<x@y.example>",
            "a@b@c",
        ] {
            let message = Message {
                to: to.to_owned(),
                ..message("Mia")
            };
            let refused = compose(&message, &from, Transfer::Anywhere).expect_err(to);
            assert!(
                refused.permanent && !refused.reason.contains('@'),
                "{refused}"
            );
        }
    }
}
