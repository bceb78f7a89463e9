//! Mails about tickets, to those of the client's side who take part: what others
//! have done, as each may read it by the time the mail leaves.

use gateway::{entry_id, ticket_id};
use identity::{Realm, recipient};
use kernel::{ClientUserId, Fault};
use notifications::{
    Letter, Mail, MailRealm, NewMail, News, Recipient, Template, Topic, take, unwanted,
};
use serde_json::{Value, json};
use store::{Audience, Fact};
use tickets::{TicketId, concerned, event, from_on, writer};

use super::{Letters, letter};

/// What a mail about a ticket asks as the client.
const TICKET: &str = "query ($workspace: String!, $id: ID!, $after: String!) { \
     viewer { name } branding(workspace: $workspace) { name } \
     ticket(id: $id) { reference subject status description requester { name } \
     timeline(first: 20, after: $after) { pageInfo { hasNextPage } nodes { \
     id kind body toStatus toStatusLabel author { name side } } } } }";

/// What of a text stands in a mail at most.
const MOST_LINES: usize = 40;
const MOST_CHARS: usize = 4_000;

impl Letters {
    /// The mails to the client's side that a fact of a ticket asks for.
    pub(super) async fn of_tickets(&self, fact: &Fact) -> Result<Vec<NewMail>, Fault> {
        let topic = match fact.kind.as_ref() {
            event::OPENED | event::OPENED_BY_STAFF => Topic::Opened,
            event::REPLIED => Topic::Replies,
            event::MOVED | event::ACCEPTED | event::REJECTED | event::CLOSED | event::MERGED => {
                Topic::Status
            }
            event::RESOLVED => Topic::Resolution,
            _ => return Ok(Vec::new()),
        };
        if fact.audience == Audience::Internal {
            return Ok(Vec::new());
        }
        let work = self.work();
        let people = concerned(&work, TicketId(fact.subject)).await?;
        let doer = match (fact.kind.as_ref(), event::entry_of(fact)) {
            (event::OPENED, _) => people.opener.or(people.requester),
            (_, Some(entry)) => writer(&work, entry).await?.client,
            (_, None) => None,
        };
        let others = people.clients.into_iter();
        let others = others.filter(|user| Some(*user) != doer);
        let mail = |user| NewMail {
            workspace: fact.workspace,
            realm: MailRealm::Portal,
            template: Template::TicketNews,
            recipient: Recipient::Client(user),
            subject: fact.subject,
            news: Some(News {
                topic,
                part: fact.detail.unwrap_or(fact.subject),
                at: fact.at,
            }),
        };
        Ok(others.map(mail).collect())
    }

    /// What the recipient may read by now of what the mail tells; none when that
    /// is nothing, or nothing that they want.
    pub(super) async fn to_participant(
        &self,
        mail: &Mail,
        id: ClientUserId,
    ) -> Result<Option<Letter>, Fault> {
        let news = self.told_by(mail).await?;
        let Some(first) = news.iter().map(|news| news.at).min() else {
            return Ok(None);
        };
        let work = self.work();
        let recipient = recipient::client(&work, id).await?;
        let viewer = recipient::client_viewer_of(&work, id).await?;
        let (Some(recipient), Some(viewer)) = (recipient, viewer) else {
            return Ok(None);
        };
        let asked = json!({
            "workspace": recipient.from.slug,
            "id": ticket_id(mail.subject),
            "after": from_on(first),
        });
        let read = self.read(Realm::Portal, viewer, TICKET, asked).await?;
        let Some(answer) = read else {
            return Ok(None);
        };
        let ticket = &answer["ticket"];
        let opened = news.iter().any(|news| news.topic == Topic::Opened);
        let (entries, more) = entries(&ticket["timeline"], &news);
        if entries.is_empty() && !opened {
            return Ok(None);
        }
        let place = self.place(Realm::Portal, &recipient);
        let link = format!("{place}/tickets/{}", ticket_id(mail.subject));
        let resolved = ticket["status"] == "RESOLVED"
            && entries.iter().any(|entry| entry["kind"] == "RESOLUTION");
        let action = |name: &str| resolved.then(|| format!("{link}?{name}"));
        let mut description = words(&ticket["description"]);
        description["whom"] = ticket["requester"]["name"].clone();
        let data = json!({
            "name": answer["viewer"]["name"],
            "workspace": { "name": answer["branding"]["name"] },
            "ticket": { "reference": ticket["reference"], "subject": ticket["subject"] },
            "opened": opened.then_some(description),
            "entries": entries,
            "more": more,
            "accept": action("accept"),
            "reopen": action("reopen"),
            "link": link,
        });
        let letter = letter(recipient, data);
        Ok(Some(self.in_thread(letter, mail, Realm::Portal)))
    }

    /// What a mail tells and its recipient wants to be told.
    pub(super) async fn told_by(&self, mail: &Mail) -> Result<Vec<News>, Fault> {
        let mut news = take(&self.store, mail).await?;
        let unwanted = unwanted(&self.store, mail.recipient).await?;
        news.retain(|news| !unwanted.contains(&news.topic));
        Ok(news)
    }
}

/// Those entries of a timeline that are news, and whether there are more.
pub(super) fn entries(timeline: &Value, news: &[News]) -> (Vec<Value>, bool) {
    let told: Vec<String> = news.iter().map(|news| entry_id(news.part)).collect();
    let nodes = timeline["nodes"].as_array().into_iter().flatten();
    let entries = nodes
        .filter(|node| told.iter().any(|id| node["id"] == id.as_str()))
        .map(|node| {
            let mut entry = words(&node["body"]);
            entry["kind"] = node["kind"].clone();
            entry["author"] = node["author"]["name"].clone();
            entry["side"] = node["author"]["side"].clone();
            entry["to"] = node["toStatus"].clone();
            entry["label"] = node["toStatusLabel"].clone();
            entry
        });
    let more = timeline["pageInfo"]["hasNextPage"] == true;
    (entries.collect(), more)
}

/// A text line by line, as much of it as stands in a mail.
fn words(text: &Value) -> Value {
    let mut left = MOST_CHARS;
    let (mut lines, mut cut) = (Vec::new(), false);
    for line in text.as_str().unwrap_or_default().lines() {
        if lines.len() == MOST_LINES || left == 0 {
            cut = true;
            break;
        }
        let kept: String = line.chars().take(left).collect();
        cut = kept.len() < line.len();
        left -= kept.chars().count();
        lines.push(kept);
    }
    json!({ "lines": lines, "cut": cut })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(words(&Value::Null), json!({"lines": [], "cut": false}));
        let short = json!("a\n\nb");
        assert_eq!(
            words(&short),
            json!({"lines": ["a", "", "b"], "cut": false})
        );
        let tall = words(&json!("x\n".repeat(MOST_LINES + 1)));
        assert_eq!(tall["lines"].as_array().map(Vec::len), Some(MOST_LINES));
        assert_eq!(tall["cut"], true);
        let wide = words(&json!("é".repeat(MOST_CHARS + 1)));
        let kept = wide["lines"][0].as_str().map(|line| line.chars().count());
        assert_eq!((kept, &wide["cut"]), (Some(MOST_CHARS), &json!(true)));
        let both = words(&json!(format!("{}\nlast", "x".repeat(MOST_CHARS))));
        assert_eq!(both["cut"], true);
    }
}
