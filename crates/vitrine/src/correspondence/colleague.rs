//! What a mail to somebody of the team says: of its ticket, and of the others that
//! they were given meanwhile. Who gets a hundred tickets at once gets one mail.

use gateway::{staff_member_id, ticket_id};
use identity::{Realm, recipient};
use kernel::{Fault, StaffUserId};
use notifications::{Letter, Mail, News, Topic, take_along, unwanted};
use serde_json::{Value, json};
use tickets::from_on;
use uuid::Uuid;
use visibility::Viewer;

use super::{Letters, letter, tickets::entries};

/// What a mail about a ticket asks as its recipient.
const TICKET: &str = "query ($id: ID!, $after: String!) { viewer { name } workspace { name } \
     ticket(id: $id) { reference subject status company { name } assignee { id } \
     sla { responseBreachedAt resolutionBreachedAt } \
     timeline(first: 50, after: $after) { pageInfo { hasNextPage } nodes { \
     id kind body toStatus toStatusLabel author { name side } } } } }";

/// What it asks of a ticket that was given along.
const GIVEN: &str = "query ($id: ID!) { ticket(id: $id) { \
     reference subject status company { name } assignee { id } } }";

/// How many tickets a mail names besides its own; the rest is counted.
const MOST_NAMED: usize = 20;

/// Who reads a mail.
struct Colleague {
    id: StaffUserId,
    viewer: Viewer,
}

impl Colleague {
    /// Whether the ticket of an answer is theirs, with something left to do on it.
    fn has(&self, ticket: &Value) -> bool {
        self.works_on(ticket) && ticket["status"] != "CLOSED"
    }

    fn works_on(&self, ticket: &Value) -> bool {
        ticket["assignee"]["id"] == staff_member_id(self.id.0).as_str()
    }
}

impl Letters {
    /// What somebody of the team may read by now of what the mail tells. Of a
    /// ticket that is not theirs, or is no more, they are told what named them.
    pub(super) async fn to_colleague(
        &self,
        mail: &Mail,
        id: StaffUserId,
    ) -> Result<Option<Letter>, Fault> {
        let work = self.work();
        let recipient = recipient::staff(&work, id).await?;
        let viewer = recipient::staff_viewer_of(&work, id).await?;
        let (Some(recipient), Some(viewer)) = (recipient, viewer) else {
            return Ok(None);
        };
        let reader = Colleague { id, viewer };
        let (news, along) = self.told_along(mail).await?;
        let mut along = along.into_iter();
        let mut subject = mail.subject;
        let mut said = self.says(&reader, subject, news).await?;
        // What was taken along is told whatever became of the mail's own ticket:
        // nobody else tells of it.
        while said.is_none() {
            let Some((other, news)) = along.next() else {
                return Ok(None);
            };
            subject = other;
            said = self.says(&reader, other, vec![news]).await?;
        }
        let Some(mut data) = said else {
            return Ok(None);
        };
        let (mut others, mut rest) = (Vec::new(), 0);
        for (other, _) in along {
            if others.len() < MOST_NAMED {
                others.extend(self.given(&reader, other).await?);
            } else {
                rest += 1;
            }
        }
        let place = self.place(Realm::Staff, &recipient);
        data["link"] = json!(format!("{place}/tickets/{}", ticket_id(subject)));
        data["others"] = Value::Array(others);
        data["rest"] = json!(rest);
        let letter = letter(recipient, data);
        Ok(Some(self.in_thread(letter, mail, Realm::Staff)))
    }

    /// What the news of a ticket come to by now; none when that is nothing.
    async fn says(
        &self,
        reader: &Colleague,
        subject: Uuid,
        mut news: Vec<News>,
    ) -> Result<Option<Value>, Fault> {
        let Some(first) = news.iter().map(|news| news.at).min() else {
            return Ok(None);
        };
        let asked = json!({ "id": ticket_id(subject), "after": from_on(first) });
        let viewer = reader.viewer.clone();
        let read = self.read(Realm::Staff, viewer, TICKET, asked).await?;
        let Some(answer) = read else {
            return Ok(None);
        };
        let ticket = &answer["ticket"];
        let theirs = reader.works_on(ticket);
        let names = |topic| [Topic::Mentioned, Topic::Escalated].contains(&topic);
        news.retain(|news| theirs || names(news.topic));
        // There is nothing to do on a closed ticket, whoever it was given to.
        let closed = ticket["status"] == "CLOSED";
        let work = |topic| [Topic::Assigned, Topic::Escalated].contains(&topic);
        news.retain(|news| !(closed && work(news.topic)));
        let about = |topic| news.iter().any(|news| news.topic == topic);
        let (entries, more) = entries(&ticket["timeline"], &news);
        let missed = |side: &str| about(Topic::Sla) && ticket["sla"][side].is_string();
        let (response, resolution) = (missed("responseBreachedAt"), missed("resolutionBreachedAt"));
        let flags = [Topic::Assigned, Topic::Escalated].map(about);
        if entries.is_empty() && !flags.contains(&true) && !response && !resolution {
            return Ok(None);
        }
        Ok(Some(json!({
            "name": answer["viewer"]["name"],
            "workspace": { "name": answer["workspace"]["name"] },
            "company": ticket["company"]["name"],
            "ticket": { "reference": ticket["reference"], "subject": ticket["subject"] },
            "theirs": theirs,
            "assigned": about(Topic::Assigned),
            "escalated": about(Topic::Escalated),
            "missed": { "response": response, "resolution": resolution },
            "entries": entries,
            // What the team writes for itself is no news here.
            "more": more && about(Topic::Replies),
        })))
    }

    /// What a mail tells of its own ticket and its recipient wants to be told, and
    /// the other tickets that they were given meanwhile, each once.
    async fn told_along(&self, mail: &Mail) -> Result<(Vec<News>, Vec<(Uuid, News)>), Fault> {
        let told = take_along(&self.store, mail, Topic::Assigned).await?;
        let unwanted = unwanted(&self.store, mail.recipient).await?;
        let (mut own, mut along) = (Vec::new(), Vec::<(Uuid, News)>::new());
        for (subject, news) in told {
            if unwanted.contains(&news.topic) {
                continue;
            }
            if subject == mail.subject {
                own.push(news);
            } else if along.iter().all(|(known, _)| *known != subject) {
                along.push((subject, news));
            }
        }
        Ok((own, along))
    }

    /// What a mail says of a ticket that was given along; none when it is not
    /// theirs any more.
    async fn given(&self, reader: &Colleague, subject: Uuid) -> Result<Option<Value>, Fault> {
        let asked = json!({ "id": ticket_id(subject) });
        let viewer = reader.viewer.clone();
        let read = self.read(Realm::Staff, viewer, GIVEN, asked).await?;
        let theirs = read.filter(|answer| reader.has(&answer["ticket"]));
        Ok(theirs.map(|answer| {
            let ticket = &answer["ticket"];
            json!({
                "reference": ticket["reference"],
                "subject": ticket["subject"],
                "company": ticket["company"]["name"],
            })
        }))
    }
}
