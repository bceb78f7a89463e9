//! Asking to join a company by oneself, where the company lets mailboxes of
//! one's domain ask.

use ::identity::{AskToJoin, JoinError, Realm};
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::sentence;
use crate::{
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// What `joinRequestCreate` asks for.
#[derive(InputObject)]
struct JoinRequestCreateInput {
    /// The workspace's name, as in its address.
    workspace: String,
    /// One's address. Its domain decides which company can be joined.
    email: String,
    /// One's name.
    name: String,
    /// The company, when several take mailboxes of the domain.
    company: Option<ID>,
    /// The language of mails: `en`, `fr` or `de`.
    locale: Option<String>,
}

payload! {
    /// What `joinRequestCreate` answers.
    JoinRequestCreatePayload {
        /// Whether the request was taken; it says nothing about companies or accounts.
        requested: bool,
    }
    /// Why the request was not taken.
    JoinRequestCreateError;
    /// What can go wrong in `joinRequestCreate`.
    JoinRequestCreateErrorCode {
        /// The address is none that mail can be sent to.
        InvalidEmail,
        /// The name is empty, too long, or has control characters.
        InvalidName,
        /// Too many for this address or from this network; try again later.
        TooManyRequests,
    }
}

#[derive(Default)]
pub(crate) struct JoiningMutation;

#[Object]
impl JoiningMutation {
    /// Asks to join a company by oneself. If a company takes mailboxes of the
    /// domain, a link is mailed that confirms the address and sets a password
    /// (`emailConfirm`); then an admin of the company answers. What is said here
    /// is the same if none does.
    async fn join_request_create(
        &self,
        ctx: &Context<'_>,
        input: JoinRequestCreateInput,
    ) -> Result<Option<JoinRequestCreatePayload>> {
        use JoinRequestCreateErrorCode as Code;
        let asked = ctx.asked()?;
        if asked.realm != Realm::Portal {
            return Err(Refusal::Forbidden.into());
        }
        let company = input.company.map(|id| {
            Kind::Company
                .record(&id)
                .unwrap_or_else(|_| uuid::Uuid::nil().into())
        });
        let ask = AskToJoin {
            workspace: input.workspace,
            company,
            email: input.email,
            name: input.name,
            locale: input.locale,
        };
        let taken = ::identity::ask_to_join(&asked.work(), &asked.origin, ask).await;
        let error = match taken {
            Ok(()) => {
                return Ok(Some(JoinRequestCreatePayload {
                    requested: Some(true),
                    errors: Vec::new(),
                }));
            }
            Err(JoinError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            JoinError::Email(_) => (Code::InvalidEmail, Some("email")),
            JoinError::Name(_) => (Code::InvalidName, Some("name")),
            JoinError::TooManyRequests | JoinError::Fault(_) => (Code::TooManyRequests, None),
        };
        let text = sentence(&error);
        Ok(Some(JoinRequestCreatePayload::refused(code, field, text)))
    }
}
