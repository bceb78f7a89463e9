//! Mails about accounts: invitations, confirmations, codes, new passwords, and
//! requests to join.

use gateway::join_request_id;
use identity::{Purpose, Realm, event, recipient};
use kernel::{ClientUserId, Fault, StaffUserId};
use notifications::{Letter, Mail, MailRealm, NewMail, Recipient, Template};
use serde_json::{Value, json};
use store::Fact;

use super::{Letters, letter};

/// What a credential's mail asks as whoever holds its token.
const INVITATION: &str = "query ($token: String!) { invitation(token: $token) { \
     name workspaceName companyName invitedBy } }";
const CONFIRMATION: &str = "query ($token: String!) { confirmation(token: $token) { \
     name workspaceName } }";
/// What a client's mail asks as the client.
const CLIENT: &str = "query ($workspace: String!) { viewer { name company { name } } \
     branding(workspace: $workspace) { name } }";
/// What an admin's mail about a request to join asks as the admin.
const REQUESTS: &str = "query ($workspace: String!) { viewer { name company { name \
     joinRequests { id name email } } } branding(workspace: $workspace) { name } }";
/// What a mail to the team asks as its recipient.
const STAFF: &str = "{ viewer { name } workspace { name } }";

impl Letters {
    /// The mails about accounts that a fact asks for.
    pub(super) async fn of_accounts(&self, fact: &Fact) -> Result<Vec<NewMail>, Fault> {
        let mail = |realm, template, recipient| NewMail {
            workspace: fact.workspace,
            realm,
            template,
            recipient,
            subject: fact.subject,
            news: None,
        };
        let client = |id| Recipient::Client(ClientUserId(id));
        let portal = MailRealm::Portal;
        Ok(match fact.kind.as_ref() {
            event::CLIENT_CREDENTIAL_ISSUED => self.of_credential(Realm::Portal, fact).await?,
            event::STAFF_CREDENTIAL_ISSUED => self.of_credential(Realm::Staff, fact).await?,
            event::CLIENT_PASSWORD_CHANGED => {
                vec![mail(
                    portal,
                    Template::PasswordChanged,
                    client(fact.subject),
                )]
            }
            event::STAFF_PASSWORD_CHANGED => {
                let recipient = Recipient::Staff(StaffUserId(fact.subject));
                vec![mail(MailRealm::Staff, Template::PasswordChanged, recipient)]
            }
            event::JOIN_REQUESTED => {
                let admins = recipient::deciders(&self.work(), fact.subject).await?;
                let to = |id| mail(portal, Template::JoinRequested, Recipient::Client(id));
                admins.into_iter().map(to).collect()
            }
            event::JOIN_APPROVED => {
                vec![mail(portal, Template::JoinApproved, client(fact.subject))]
            }
            _ => Vec::new(),
        })
    }

    async fn of_credential(&self, realm: Realm, fact: &Fact) -> Result<Vec<NewMail>, Fault> {
        let claim = recipient::of_credential(&self.work(), realm, fact.subject).await?;
        let (mail_realm, invitation, confirmation) = match realm {
            Realm::Portal => (
                MailRealm::Portal,
                Template::Invitation,
                Template::EmailConfirmation,
            ),
            Realm::Staff => (
                MailRealm::Staff,
                Template::StaffInvitation,
                Template::WorkspaceConfirmation,
            ),
        };
        let mail = claim.map(|claim| NewMail {
            workspace: fact.workspace,
            realm: mail_realm,
            template: match claim.purpose {
                Purpose::Invitation => invitation,
                Purpose::Confirmation => confirmation,
                Purpose::Reset => Template::PasswordReset,
                Purpose::Code => Template::OneTimeCode,
            },
            recipient: Recipient::Credential(fact.subject),
            subject: fact.subject,
            news: None,
        });
        Ok(mail.into_iter().collect())
    }

    /// A mail that carries a link or a code.
    pub(super) async fn with_secret(
        &self,
        realm: Realm,
        id: uuid::Uuid,
    ) -> Result<Option<Letter>, Fault> {
        let work = self.work();
        let Some(claim) = recipient::of_credential(&work, realm, id).await? else {
            return Ok(None);
        };
        let Some(minted) = identity::mint(&work, realm, id).await? else {
            return Ok(None);
        };
        let mut recipient = claim.recipient;
        let (document, page) = match claim.purpose {
            Purpose::Invitation => (INVITATION, "invitation"),
            Purpose::Confirmation => (CONFIRMATION, "confirm"),
            Purpose::Reset => ("", "reset"),
            Purpose::Code => ("", "code"),
        };
        let mut data = if document.is_empty() {
            self.of_account(realm, &recipient, id).await?
        } else {
            let token = json!({ "token": minted.secret });
            let read = self.reader.read(realm, None, document, token).await;
            read.ok().map(|answer| of_token(&answer))
        };
        let Some(Value::Object(data)) = &mut data else {
            return Ok(None);
        };
        let left = minted.expires_at - work.now;
        data.insert("expiresAt".to_owned(), json!(minted.expires_at));
        data.extend([validity(left)]);
        if claim.purpose == Purpose::Code {
            data.insert("code".to_owned(), json!(minted.secret));
            data.insert("link".to_owned(), Value::Null);
        } else {
            let link = format!(
                "{}/{page}#token={}",
                self.place(realm, &recipient),
                minted.secret
            );
            data.insert("link".to_owned(), json!(link));
        }
        if claim.purpose == Purpose::Confirmation {
            // Whoever asked may be anybody: what they typed in is not sent to an
            // address that they may merely know.
            data.insert("name".to_owned(), Value::Null);
            if realm == Realm::Staff {
                recipient.from.name.clone_from(&recipient.from.slug);
                data.insert(
                    "workspace".to_owned(),
                    json!({ "name": recipient.from.slug }),
                );
            }
            recipient.name.clear();
        }
        Ok(Some(letter(recipient, Value::Object(data.clone()))))
    }

    /// What the owner of an account is told with a link or code: their name and
    /// their workspace's, read as themselves.
    async fn of_account(
        &self,
        realm: Realm,
        recipient: &recipient::Recipient,
        credential: uuid::Uuid,
    ) -> Result<Option<Value>, Fault> {
        let work = self.work();
        let Some(user) = recipient::user_of_credential(&work, realm, credential).await? else {
            return Ok(None);
        };
        match realm {
            Realm::Portal => self.as_client(recipient, user.into(), CLIENT).await,
            Realm::Staff => self.as_staff(user.into()).await,
        }
    }

    async fn as_client(
        &self,
        recipient: &recipient::Recipient,
        id: ClientUserId,
        document: &str,
    ) -> Result<Option<Value>, Fault> {
        let viewer = recipient::client_viewer_of(&self.work(), id).await?;
        let Some(viewer) = viewer else {
            return Ok(None);
        };
        let variables = json!({ "workspace": recipient.from.slug });
        let read = self
            .reader
            .read(Realm::Portal, Some(viewer), document, variables)
            .await;
        Ok(read.ok().map(|answer| {
            json!({
                "name": answer["viewer"]["name"],
                "company": answer["viewer"]["company"]["name"],
                "workspace": { "name": answer["branding"]["name"] },
                "requests": answer["viewer"]["company"]["joinRequests"],
            })
        }))
    }

    async fn as_staff(&self, id: StaffUserId) -> Result<Option<Value>, Fault> {
        let viewer = recipient::staff_viewer_of(&self.work(), id).await?;
        let Some(viewer) = viewer else {
            return Ok(None);
        };
        let read = self
            .reader
            .read(Realm::Staff, Some(viewer), STAFF, json!({}))
            .await;
        Ok(read.ok().map(|answer| {
            json!({
                "name": answer["viewer"]["name"],
                "company": null,
                "workspace": { "name": answer["workspace"]["name"] },
            })
        }))
    }

    /// A mail to a client user about something that they may see.
    pub(super) async fn to_client(
        &self,
        mail: &Mail,
        id: ClientUserId,
    ) -> Result<Option<Letter>, Fault> {
        let Some(recipient) = recipient::client(&self.work(), id).await? else {
            return Ok(None);
        };
        let document = match mail.template {
            Template::JoinRequested => REQUESTS,
            _ => CLIENT,
        };
        let Some(Value::Object(mut data)) = self.as_client(&recipient, id, document).await? else {
            return Ok(None);
        };
        let place = self.place(Realm::Portal, &recipient);
        let requests = data.remove("requests").unwrap_or_default();
        let link = match mail.template {
            Template::JoinRequested => {
                let wanted = join_request_id(mail.subject);
                let mut waiting = requests.as_array().into_iter().flatten();
                // Answered meanwhile, or not theirs to answer any more.
                let Some(one) = waiting.find(|one| one["id"] == wanted.as_str()) else {
                    return Ok(None);
                };
                let applicant = json!({ "name": one["name"], "email": one["email"] });
                data.insert("applicant".to_owned(), applicant);
                format!("{place}/team")
            }
            Template::PasswordChanged => format!("{place}/forgotten"),
            _ => place,
        };
        data.insert("link".to_owned(), json!(link));
        Ok(Some(letter(recipient, Value::Object(data))))
    }

    pub(super) async fn to_staff(&self, id: StaffUserId) -> Result<Option<Letter>, Fault> {
        let Some(recipient) = recipient::staff(&self.work(), id).await? else {
            return Ok(None);
        };
        let Some(Value::Object(mut data)) = self.as_staff(id).await? else {
            return Ok(None);
        };
        let link = format!("{}/forgotten", self.place(Realm::Staff, &recipient));
        data.insert("link".to_owned(), json!(link));
        Ok(Some(letter(recipient, Value::Object(data))))
    }
}

/// The data of an invitation or a confirmation.
fn of_token(answer: &Value) -> Value {
    let found = match &answer["invitation"] {
        Value::Null => &answer["confirmation"],
        invitation => invitation,
    };
    if found.is_null() {
        return Value::Null;
    }
    json!({
        "name": found["name"],
        "company": found["companyName"],
        "invitedBy": found["invitedBy"],
        "workspace": { "name": found["workspaceName"] },
    })
}

/// How long something is good, in the largest unit that says it well.
fn validity(left: chrono::TimeDelta) -> (String, Value) {
    // A mail is written a moment after what it carries was issued.
    let minutes = (left + chrono::TimeDelta::minutes(1)).num_minutes();
    let (unit, count) = match minutes {
        minutes if minutes >= 48 * 60 => ("days", minutes / (24 * 60)),
        minutes if minutes >= 120 => ("hours", minutes / 60),
        minutes if minutes >= 60 => ("hours", 1),
        minutes => ("minutes", minutes.min((left.num_seconds() + 59) / 60)),
    };
    (unit.to_owned(), json!(count.max(1)))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn validity_is_said_in_the_unit_that_fits() {
        let second = TimeDelta::seconds(1);
        for (life, unit, count) in [
            (TimeDelta::days(7), "days", 7),
            (TimeDelta::hours(24), "hours", 24),
            (TimeDelta::hours(1), "hours", 1),
            (TimeDelta::minutes(10), "minutes", 10),
        ] {
            let said = (unit.to_owned(), json!(count));
            assert_eq!(validity(life), said, "as issued");
            assert_eq!(validity(life - second), said, "a moment later");
        }
        assert_eq!(validity(second), ("minutes".to_owned(), json!(1)));
    }
}
