//! What comes by mail and brings somebody in: invitations, confirmations,
//! resets and codes.
//!
//! Whether an address has an account shows in its mailbox alone: asking for a
//! mail has one answer. One of these mutations a request (`limits.rs`).

use ::identity::{AcceptError, AskError, ChangeError, ConfirmError, ResetError, WeakPassword};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::{payload::Session, sentence};
use crate::{context::Asking, payload::payload, refusal::refuse};

/// An invitation, for whoever holds its token.
#[derive(SimpleObject)]
struct Invitation {
    /// The invited address, which signs in afterwards.
    email: String,
    /// The name that the inviter gave.
    name: String,
    /// The language of the mail, such as `en`.
    locale: String,
    /// The workspace's name in addresses, for `signIn`.
    workspace: String,
    /// The workspace's name for people.
    workspace_name: String,
    /// The company that one is invited to; none for the service company's own people.
    company_name: Option<String>,
    /// Who invites, by name.
    invited_by: Option<String>,
    /// Until when it can be taken.
    expires_at: DateTime<Utc>,
}

/// An address that waits to be confirmed, for whoever holds the token.
#[derive(SimpleObject)]
struct Confirmation {
    /// The address.
    email: String,
    /// The name that was given with it.
    name: String,
    /// The name for people of the workspace that one asks to join, or that is
    /// to begin.
    workspace_name: String,
    /// Until when it can be confirmed.
    expires_at: DateTime<Utc>,
}

/// What `invitationAccept` asks for.
#[derive(InputObject)]
struct InvitationAcceptInput {
    /// The token of the mailed link.
    #[graphql(secret)]
    token: String,
    /// The password to sign in with from now on: 8 to 256 characters, not a
    /// common one.
    #[graphql(secret)]
    password: String,
}

/// What `emailConfirm` asks for.
#[derive(InputObject)]
struct EmailConfirmInput {
    /// The token of the mailed link.
    #[graphql(secret)]
    token: String,
    /// The password to sign in with from now on: 8 to 256 characters, not a
    /// common one. Whoever reads the mail sets it, and nobody else.
    #[graphql(secret)]
    password: String,
}

/// Whose password was forgotten.
#[derive(InputObject)]
struct PasswordResetRequestInput {
    /// The workspace's name, as in its address.
    workspace: String,
    /// The address.
    email: String,
}

/// What `passwordReset` asks for.
#[derive(InputObject)]
struct PasswordResetInput {
    /// The token of the mailed link.
    #[graphql(secret)]
    token: String,
    /// The new password: 8 to 256 characters, not a common one.
    #[graphql(secret)]
    password: String,
}

/// What `passwordChange` asks for.
#[derive(InputObject)]
struct PasswordChangeInput {
    /// The password so far.
    #[graphql(secret)]
    current: String,
    /// The new password: 8 to 256 characters, not a common one.
    #[graphql(secret)]
    new: String,
}

/// Who wants a code.
#[derive(InputObject)]
struct OtpRequestInput {
    /// The workspace's name, as in its address.
    workspace: String,
    /// The address.
    email: String,
}

/// What `otpSignIn` asks for.
#[derive(InputObject)]
struct OtpSignInInput {
    /// The workspace's name, as in its address.
    workspace: String,
    /// The address.
    email: String,
    /// The six digits of the last mail; blanks do not matter.
    #[graphql(secret)]
    code: String,
    /// The `challenge` that `otpRequest` answered. Without it the code must have
    /// been asked for from this network, so bring it along.
    #[graphql(secret)]
    challenge: Option<String>,
}

payload! {
    /// What `invitationAccept` answers.
    InvitationAcceptPayload {
        /// The first session; none when there are errors.
        session: Session,
    }
    /// Why the invitation was not taken.
    InvitationAcceptError;
    /// What can go wrong in `invitationAccept`.
    InvitationAcceptErrorCode {
        /// Wrong, expired, used or withdrawn: ask to be invited again.
        InvalidToken,
        /// Fewer than 8 characters.
        PasswordTooShort,
        /// More than 256 characters.
        PasswordTooLong,
        /// Common, or made of the name or address. The token is still good.
        PasswordTooWeak,
        /// The address has an account of this workspace: sign in.
        AlreadyRegistered,
        /// Too many sign-ins are under way; try again in some seconds.
        TooBusy,
    }
}

payload! {
    /// What `emailConfirm` answers.
    EmailConfirmPayload {
        /// Whether the address is confirmed; it always is.
        confirmed: bool,
        /// The first session of an owner; none where somebody has to agree first.
        session: Session,
    }
    /// Why the address was not confirmed.
    EmailConfirmError;
    /// What can go wrong in `emailConfirm`.
    EmailConfirmErrorCode {
        /// Wrong, expired or used: begin again.
        InvalidToken,
        /// The address has an account of this workspace: sign in.
        AlreadyRegistered,
        /// Another workspace of that name was confirmed first: begin again.
        NameTaken,
        /// Fewer than 8 characters.
        PasswordTooShort,
        /// More than 256 characters.
        PasswordTooLong,
        /// Common, or made of the name or the address.
        PasswordTooWeak,
        /// Too many sign-ins are under way; try again in some seconds.
        TooBusy,
    }
}

payload! {
    /// What `passwordResetRequest` answers.
    PasswordResetRequestPayload {
        /// Whether the request was taken; it says nothing about an account.
        requested: bool,
    }
    /// Why the request was not taken.
    PasswordResetRequestError;
    /// What can go wrong in `passwordResetRequest`.
    PasswordResetRequestErrorCode {
        /// Too many for this address or from this network; try again later.
        TooManyRequests,
    }
}

payload! {
    /// What `passwordReset` answers.
    PasswordResetPayload {
        /// Whether the password is set; it always is. Every session has ended: sign in.
        reset: bool,
    }
    /// Why the password stays as it is.
    PasswordResetError;
    /// What can go wrong in `passwordReset`.
    PasswordResetErrorCode {
        /// Wrong, expired or used: ask for another link.
        InvalidToken,
        /// Fewer than 8 characters.
        PasswordTooShort,
        /// More than 256 characters.
        PasswordTooLong,
        /// Common, or made of the name or address. The token is still good.
        PasswordTooWeak,
        /// Too many sign-ins are under way; try again in some seconds.
        TooBusy,
    }
}

payload! {
    /// What `passwordChange` answers.
    PasswordChangePayload {
        /// Whether the password is changed; it always is. Other sessions have ended.
        changed: bool,
    }
    /// Why the password stays as it is.
    PasswordChangeError;
    /// What can go wrong in `passwordChange`.
    PasswordChangeErrorCode {
        /// The current password is another one.
        WrongPassword,
        /// Too many tries; try again later.
        TooManyAttempts,
        /// Fewer than 8 characters.
        PasswordTooShort,
        /// More than 256 characters.
        PasswordTooLong,
        /// Common, or made of the name or address.
        PasswordTooWeak,
        /// Too many sign-ins are under way; try again in some seconds.
        TooBusy,
    }
}

payload! {
    /// What `otpRequest` answers.
    OtpRequestPayload {
        /// Whether the request was taken; it says nothing about an account.
        requested: bool,
        /// To be brought along to `otpSignIn`; it opens nothing by itself. None
        /// when there are errors.
        challenge: String,
    }
    /// Why the request was not taken.
    OtpRequestError;
    /// What can go wrong in `otpRequest`.
    OtpRequestErrorCode {
        /// Too many for this address or from this network; try again later.
        TooManyRequests,
    }
}

/// The codes of a password that was not taken, in each of the lists above.
macro_rules! weak {
    ($code:ident, $weak:expr) => {
        match $weak {
            WeakPassword::TooShort => $code::PasswordTooShort,
            WeakPassword::TooLong => $code::PasswordTooLong,
            WeakPassword::Guessable => $code::PasswordTooWeak,
            WeakPassword::TooBusy => $code::TooBusy,
        }
    };
}

#[derive(Default)]
pub(crate) struct CredentialQuery;

#[Object]
impl CredentialQuery {
    /// The invitation that a mailed token stands for; null when it cannot be
    /// taken (any more).
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the mailed link.", secret)] token: String,
    ) -> Result<Option<Invitation>> {
        let asked = ctx.asked()?;
        let found = ::identity::invitation(&asked.work(), asked.realm, &token)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(found.map(|found| Invitation {
            email: found.email,
            name: found.name,
            locale: found.locale,
            workspace: found.workspace,
            workspace_name: found.workspace_name,
            company_name: found.company,
            invited_by: found.invited_by,
            expires_at: found.expires_at,
        }))
    }

    /// The address that a mailed token confirms; null when it cannot be used
    /// (any more).
    async fn confirmation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the mailed link.", secret)] token: String,
    ) -> Result<Option<Confirmation>> {
        let asked = ctx.asked()?;
        let found = ::identity::confirmation(&asked.work(), asked.realm, &token)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(found.map(|found| Confirmation {
            email: found.email,
            name: found.name,
            workspace_name: found.workspace_name,
            expires_at: found.expires_at,
        }))
    }
}

#[derive(Default)]
pub(crate) struct CredentialMutation;

#[Object]
impl CredentialMutation {
    /// Takes an invitation: sets the password and opens a first session. Of two
    /// who try at once one succeeds.
    async fn invitation_accept(
        &self,
        ctx: &Context<'_>,
        input: InvitationAcceptInput,
    ) -> Result<Option<InvitationAcceptPayload>> {
        use InvitationAcceptErrorCode as Code;
        let asked = ctx.asked()?;
        let work = asked.work();
        let accepted = ::identity::accept(
            &work,
            asked.realm,
            &asked.services.passwords,
            &asked.services.tokens,
            &asked.origin,
            &input.token,
            input.password,
        );
        let error = match accepted.await {
            Ok(session) => {
                return Ok(Some(InvitationAcceptPayload {
                    session: Some(Session::of(asked, session)),
                    errors: Vec::new(),
                }));
            }
            Err(AcceptError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            AcceptError::Password(weak) => (weak!(Code, weak), Some("password")),
            AcceptError::AlreadyRegistered => (Code::AlreadyRegistered, None),
            AcceptError::InvalidToken | AcceptError::Fault(_) => {
                (Code::InvalidToken, Some("token"))
            }
        };
        let text = sentence(&error);
        Ok(Some(InvitationAcceptPayload::refused(code, field, text)))
    }

    /// Confirms an address: of an owner, whose workspace then begins, or of
    /// somebody who asks to join a company, whose request is then answered there.
    async fn email_confirm(
        &self,
        ctx: &Context<'_>,
        input: EmailConfirmInput,
    ) -> Result<Option<EmailConfirmPayload>> {
        use EmailConfirmErrorCode as Code;
        let asked = ctx.asked()?;
        let work = asked.work();
        let confirmed = ::identity::confirm(
            &work,
            asked.realm,
            (&asked.services.passwords, &asked.services.tokens),
            asked.services.sign_up,
            &asked.origin,
            (&input.token, input.password),
        );
        let error = match confirmed.await {
            Ok(session) => {
                return Ok(Some(EmailConfirmPayload {
                    confirmed: Some(true),
                    session: session.map(|session| Session::of(asked, session)),
                    errors: Vec::new(),
                }));
            }
            Err(ConfirmError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            ConfirmError::AlreadyRegistered => (Code::AlreadyRegistered, "token"),
            ConfirmError::SlugTaken => (Code::NameTaken, "token"),
            ConfirmError::Password(weak) => (weak!(Code, weak), "password"),
            ConfirmError::InvalidToken | ConfirmError::Fault(_) => (Code::InvalidToken, "token"),
        };
        let text = sentence(&error);
        Ok(Some(EmailConfirmPayload::refused(code, Some(field), text)))
    }

    /// Has a link mailed that sets a new password, if there is such an account.
    /// The answer is the same if there is none.
    async fn password_reset_request(
        &self,
        ctx: &Context<'_>,
        input: PasswordResetRequestInput,
    ) -> Result<Option<PasswordResetRequestPayload>> {
        let asked = ctx.asked()?;
        let work = asked.work();
        let (workspace, email) = (&input.workspace, &input.email);
        let taken =
            ::identity::ask_reset(&work, asked.realm, &asked.origin, workspace, email).await;
        match taken {
            Ok(()) => Ok(Some(PasswordResetRequestPayload {
                requested: Some(true),
                errors: Vec::new(),
            })),
            Err(AskError::Fault(fault)) => Err(refuse(&fault)),
            Err(error @ AskError::TooManyRequests) => {
                let code = PasswordResetRequestErrorCode::TooManyRequests;
                let text = sentence(&error);
                Ok(Some(PasswordResetRequestPayload::refused(code, None, text)))
            }
        }
    }

    /// Sets a new password with the token of a mailed link. Every session of
    /// the account ends.
    async fn password_reset(
        &self,
        ctx: &Context<'_>,
        input: PasswordResetInput,
    ) -> Result<Option<PasswordResetPayload>> {
        use PasswordResetErrorCode as Code;
        let asked = ctx.asked()?;
        let work = asked.work();
        let reset = ::identity::reset(
            &work,
            asked.realm,
            &asked.services.passwords,
            &asked.origin,
            &input.token,
            input.password,
        );
        let error = match reset.await {
            Ok(()) => {
                return Ok(Some(PasswordResetPayload {
                    reset: Some(true),
                    errors: Vec::new(),
                }));
            }
            Err(ResetError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            ResetError::Password(weak) => (weak!(Code, weak), Some("password")),
            ResetError::InvalidToken | ResetError::Fault(_) => (Code::InvalidToken, Some("token")),
        };
        let text = sentence(&error);
        Ok(Some(PasswordResetPayload::refused(code, field, text)))
    }

    /// Changes one's own password. Other sessions end.
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        input: PasswordChangeInput,
    ) -> Result<Option<PasswordChangePayload>> {
        use PasswordChangeErrorCode as Code;
        let asked = ctx.asked()?;
        let (cx, work) = (ctx.cx()?, asked.work());
        let changed = ::identity::change_password(
            &cx,
            &work,
            &asked.services.passwords,
            &asked.origin,
            input.current,
            input.new,
        );
        let error = match changed.await {
            Ok(()) => {
                return Ok(Some(PasswordChangePayload {
                    changed: Some(true),
                    errors: Vec::new(),
                }));
            }
            Err(ChangeError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            ChangeError::Password(weak) => (weak!(Code, weak), Some("new")),
            ChangeError::TooManyAttempts => (Code::TooManyAttempts, None),
            ChangeError::WrongPassword | ChangeError::Fault(_) => {
                (Code::WrongPassword, Some("current"))
            }
        };
        let text = sentence(&error);
        Ok(Some(PasswordChangePayload::refused(code, field, text)))
    }

    /// Has a code mailed that signs in once, where the workspace offers it and
    /// there is such an account. The answer is the same if there is none.
    async fn otp_request(
        &self,
        ctx: &Context<'_>,
        input: OtpRequestInput,
    ) -> Result<Option<OtpRequestPayload>> {
        let asked = ctx.asked()?;
        let work = asked.work();
        let (workspace, email) = (&input.workspace, &input.email);
        let taken = ::identity::ask_code(&work, asked.realm, &asked.origin, workspace, email).await;
        match taken {
            Ok(challenge) => Ok(Some(OtpRequestPayload {
                requested: Some(true),
                challenge: Some(challenge),
                errors: Vec::new(),
            })),
            Err(AskError::Fault(fault)) => Err(refuse(&fault)),
            Err(error @ AskError::TooManyRequests) => {
                let code = OtpRequestErrorCode::TooManyRequests;
                let text = sentence(&error);
                Ok(Some(OtpRequestPayload::refused(code, None, text)))
            }
        }
    }

    /// Opens a session with a mailed code. It takes five tries, of whoever asked
    /// for it alone: others cannot use them up.
    async fn otp_sign_in(
        &self,
        ctx: &Context<'_>,
        input: OtpSignInInput,
    ) -> Result<Option<super::payload::SignInPayload>> {
        let asked = ctx.asked()?;
        let work = asked.work();
        let opened = ::identity::sign_in_with_code(
            &work,
            asked.realm,
            (&asked.services.passwords, &asked.services.tokens),
            &asked.origin,
            (&input.workspace, &input.email),
            ::identity::Answer {
                code: &input.code,
                challenge: input.challenge.as_deref(),
            },
        );
        super::mutation::signed_in(asked, opened.await)
    }
}
