//! Mails about tickets to whoever of the team works on them.
//!
//! A ticket that is nobody's asks for no mail: who is free looks into the queue.

use gateway::{staff_member_id, ticket_id};
use identity::{Realm, recipient};
use kernel::{Fault, StaffUserId};
use notifications::{Letter, Mail, MailRealm, NewMail, News, Recipient, Template, Topic};
use serde_json::json;
use store::Fact;
use tickets::{TicketId, assigned, event, from_on, writer};

use super::{Letters, letter, tickets::entries};

/// What a mail about a ticket asks as its assignee.
const TICKET: &str = "query ($id: ID!, $after: String!) { viewer { name } workspace { name } \
     ticket(id: $id) { reference subject company { name } assignee { id } \
     sla { responseBreachedAt resolutionBreachedAt } \
     timeline(first: 50, after: $after) { pageInfo { hasNextPage } nodes { \
     id kind body fromStatus toStatus author { name side } } } } }";

impl Letters {
    /// The mail to the assignee that a fact of a ticket asks for.
    pub(super) async fn of_work(&self, fact: &Fact) -> Result<Vec<NewMail>, Fault> {
        let topic = match fact.kind.as_ref() {
            event::ASSIGNED => Topic::Assigned,
            event::SLA_BREACHED => Topic::Sla,
            event::REPLIED | event::REJECTED => Topic::Replies,
            _ => return Ok(Vec::new()),
        };
        let work = self.work();
        let Some(assigned) = assigned(&work, TicketId(fact.subject)).await? else {
            return Ok(Vec::new());
        };
        let concerns = match (topic, event::entry_of(fact)) {
            (Topic::Assigned, _) => assigned.by != assigned.to,
            (Topic::Replies, Some(entry)) => writer(&work, entry).await?.client.is_some(),
            _ => true,
        };
        let mail = NewMail {
            workspace: fact.workspace,
            realm: MailRealm::Staff,
            template: Template::TicketWork,
            recipient: Recipient::Staff(assigned.to),
            subject: fact.subject,
            news: Some(News {
                topic,
                // To be given a ticket again is news again.
                part: fact.detail.unwrap_or(fact.id),
                at: fact.at,
            }),
        };
        Ok(concerns.then_some(mail).into_iter().collect())
    }

    /// What the assignee may read by now of what the mail tells; none when the
    /// ticket is theirs no more.
    pub(super) async fn to_assignee(
        &self,
        mail: &Mail,
        id: StaffUserId,
    ) -> Result<Option<Letter>, Fault> {
        let news = self.told_by(mail).await?;
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
        if ticket["assignee"]["id"] != staff_member_id(id.0).as_str() {
            return Ok(None);
        }
        let about = |topic| news.iter().any(|news| news.topic == topic);
        let (entries, more) = entries(&ticket["timeline"], &news);
        let missed = |side: &str| about(Topic::Sla) && ticket["sla"][side].is_string();
        let (response, resolution) = (missed("responseBreachedAt"), missed("resolutionBreachedAt"));
        if entries.is_empty() && !about(Topic::Assigned) && !response && !resolution {
            return Ok(None);
        }
        let place = self.place(Realm::Staff, &recipient);
        let data = json!({
            "name": answer["viewer"]["name"],
            "workspace": { "name": answer["workspace"]["name"] },
            "company": ticket["company"]["name"],
            "ticket": { "reference": ticket["reference"], "subject": ticket["subject"] },
            "assigned": about(Topic::Assigned),
            "missed": { "response": response, "resolution": resolution },
            "entries": entries,
            // What the team writes for itself is no news here.
            "more": more && about(Topic::Replies),
            "link": format!("{place}/tickets/{}", ticket_id(mail.subject)),
        });
        let letter = letter(recipient, data);
        Ok(Some(self.in_thread(letter, mail, Realm::Staff)))
    }
}
