//! Which mails about tickets go to whoever of the team works on them, or is named
//! there; `colleague.rs` says what they say.
//!
//! A ticket that is nobody's asks for no mail, but to those whom a note or a step
//! of a policy names: who is free looks into the queue.

use kernel::{Fault, StaffUserId};
use notifications::{MailRealm, NewMail, News, Recipient, Template, Topic};
use store::Fact;
use tickets::{TicketId, assigned, event, named_in, told_by, writer};

use super::Letters;

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
}
