//! The pages themselves. Every word that comes from a mail is escaped.

use super::files::Found;

const STYLE: &str = "\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 960px; margin: 24px auto; padding: 0 16px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 12px 6px 0; text-align: left; vertical-align: top; }
td { border-top: 1px solid #8a8a94; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 12px; border: 1px solid #8a8a94; }
iframe { width: 100%; height: 560px; border: 1px solid #8a8a94; background: #fff; }";

/// The list.
pub(super) fn list(mails: &[Found]) -> String {
    let row = |mail: &Found| {
        format!(
            "<tr><td>{}</td><td>{}</td><td><a href=\"/mail/{}\">{}</a></td></tr>",
            escape(&mail.at),
            escape(&mail.to),
            escape(&mail.name),
            escape(&mail.subject),
        )
    };
    let rows: String = mails.iter().map(row).collect();
    let content = if mails.is_empty() {
        "<p>No mail has been sent yet.</p>".to_owned()
    } else {
        format!(
            "<table><thead><tr><th>sent</th><th>to</th><th>subject</th></tr></thead><tbody>{rows}</tbody></table>"
        )
    };
    page("Mails", &format!("<h1>Mails</h1>{content}"))
}

/// One mail: its head, its text, and its HTML in a frame that can do nothing.
pub(super) fn one(mail: &Found) -> String {
    let content = format!(
        "<p><a href=\"/mail\">All mails</a></p><h1>{}</h1>\
         <p>{}<br>from {}<br>to {}</p><h2>Text</h2><pre>{}</pre>\
         <h2>HTML</h2><iframe sandbox=\"\" title=\"The mail as HTML\" src=\"/mail/{}/html\"></iframe>",
        escape(&mail.subject),
        escape(&mail.at),
        escape(&mail.from),
        escape(&mail.to),
        with_links(&mail.text),
        escape(&mail.name),
    );
    page(&mail.subject, &content)
}

fn page(title: &str, content: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><style>{STYLE}</style></head><body>{content}</body></html>",
        escape(title)
    )
}

/// The text, with a link where a line is an address and nothing else.
fn with_links(text: &str) -> String {
    let line = |line: &str| {
        let escaped = escape(line);
        let address = ["https://", "http://"]
            .iter()
            .any(|scheme| line.starts_with(scheme))
            && !line.contains(char::is_whitespace);
        if address {
            format!("<a href=\"{escaped}\" rel=\"noreferrer\">{escaped}</a>\n")
        } else {
            format!("{escaped}\n")
        }
    };
    text.lines().map(line).collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
