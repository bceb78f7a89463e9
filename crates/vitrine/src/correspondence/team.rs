//! Mails about tickets to whoever of the team works on them, or is named there.
//!
//! A ticket that is nobody's asks for no mail, but to those whom a note or a step
//! of a policy names: who is free looks into the queue.

use gateway::{staff_member_id, ticket_id};
use identity::{Realm, recipient};
use kernel::{Fault, StaffUserId};
use notifications::{Letter, Mail, MailRealm, NewMail, News, Recipient, Template, Topic};
use serde_json::json;
use store::Fact;
use tickets::{TicketId, assigned, event, from_on, named_in, told_by, writer};

use super::{Letters, letter, tickets::entries};

/// What a mail about a ticket asks as its recipient.
const TICKET: &str = "query ($id: ID!, $after: String!) { viewer { name } workspace { name } \
     ticket(id: $id) { reference subject status company { name } assignee { id } \
     sla { responseBreachedAt resolutionBreachedAt } \
     timeline(first: 50, after: $after) { pageInfo { hasNextPage } nodes { \
     id kind body toStatus toStatusLabel author { name side } } } } }";

impl Letters {
    /// The mails to the team that a fact of a ticket asks for.
    pub(super) async fn of_work(&self, fact: &Fact) -> Result<Vec<NewMail>, Fault> {
        let work = self.work();
        let ticket = TicketId(fact.subject);
        let (topic, people) = match (fact.kind.as_ref(), fact.detail) {
            (event::MENTIONED, Some(note)) => {
                (Topic::Mentioned, named_in(&work, note.into()).await?)
            }
            (event::ESCALATED, Some(step)) => (Topic::Escalated, told_by(&work, step).await?),
            (event::ASSIGNED, _) => (Topic::Assigned, self.assignee(ticket, fact).await?),
            (event::SLA_BREACHED, _) => (Topic::Sla, self.assignee(ticket, fact).await?),
            (event::REPLIED | event::REJECTED, _) => {
                (Topic::Replies, self.assignee(ticket, fact).await?)
            }
            _ => return Ok(Vec::new()),
        };
        let mail = |to| NewMail {
            workspace: fact.workspace,
            realm: MailRealm::Staff,
            template: Template::TicketWork,
            recipient: Recipient::Staff(to),
            subject: fact.subject,
            news: Some(News {
                topic,
                // To be given a ticket again is news again.
                part: fact.detail.unwrap_or(fact.id),
                at: fact.at,
            }),
        };
        Ok(people.into_iter().map(mail).collect())
    }

    /// Who works on the ticket, unless the fact is of their own making, or of a
    /// colleague's.
    async fn assignee(&self, ticket: TicketId, fact: &Fact) -> Result<Vec<StaffUserId>, Fault> {
        let work = self.work();
        let Some(assigned) = assigned(&work, ticket).await? else {
            return Ok(Vec::new());
        };
        let concerns = match (fact.kind.as_ref(), event::entry_of(fact)) {
            (event::ASSIGNED, _) => assigned.by != assigned.to,
            (event::REPLIED | event::REJECTED, Some(entry)) => {
                writer(&work, entry).await?.client.is_some()
            }
            _ => true,
        };
        Ok(concerns.then_some(assigned.to).into_iter().collect())
    }

    /// What somebody of the team may read by now of what the mail tells. Of a
    /// ticket that is not theirs, or is no more, they are told what named them.
    pub(super) async fn to_colleague(
        &self,
        mail: &Mail,
        id: StaffUserId,
    ) -> Result<Option<Letter>, Fault> {
        let mut news = self.told_by(mail).await?;
        let Some(first) = news.iter().map(|news| news.at).min() else {
            return Ok(None);
        };
        let work = self.work();
        let recipient = recipient::staff(&work, id).await?;
        let viewer = recipient::staff_viewer_of(&work, id).await?;
        let (Some(recipient), Some(viewer)) = (recipient, viewer) else {
            return Ok(None);
        };
        let asked = json!({ "id": ticket_id(mail.subject), "after": from_on(first) });
        let read = self.read(Realm::Staff, viewer, TICKET, asked).await?;
        let Some(answer) = read else {
            return Ok(None);
        };
        let ticket = &answer["ticket"];
        let theirs = ticket["assignee"]["id"] == staff_member_id(id.0).as_str();
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
        let more = more && about(Topic::Replies);
        let flags = [Topic::Assigned, Topic::Escalated].map(about);
        if entries.is_empty() && !flags.contains(&true) && !response && !resolution {
            return Ok(None);
        }
        let place = self.place(Realm::Staff, &recipient);
        let data = json!({
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
            "more": more,
            "link": format!("{place}/tickets/{}", ticket_id(mail.subject)),
        });
        let letter = letter(recipient, data);
        Ok(Some(self.in_thread(letter, mail, Realm::Staff)))
    }
}
