//! Signing in and staying in.

use ::identity::{Credentials, RefreshError, SignInError};
use async_graphql::{Context, InputObject, Object, Result};

use super::{
    payload::{
        Session, SessionRefreshErrorCode, SessionRefreshPayload, SignInErrorCode, SignInPayload,
    },
    sentence,
};
use crate::{
    context::{Asked, Asking},
    refusal::refuse,
};

/// What `signIn` asks for.
#[derive(InputObject)]
struct SignInInput {
    /// The workspace's name, as in its address.
    workspace: String,
    /// The address; capitals do not matter.
    email: String,
    /// The password.
    #[graphql(secret)]
    password: String,
}

/// What `sessionRefresh` asks for.
#[derive(InputObject)]
struct SessionRefreshInput {
    /// The refresh token of the last pair.
    #[graphql(secret)]
    refresh_token: String,
}

#[derive(Default)]
pub(crate) struct SignInMutation;

#[Object]
impl SignInMutation {
    /// Opens a session with a password. Accounts of the portal and of the
    /// service company are separate: each signs in at its own endpoint. One
    /// `signIn` a request.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        input: SignInInput,
    ) -> Result<Option<SignInPayload>> {
        let asked = ctx.asked()?;
        let services = &asked.services;
        let credentials = Credentials {
            workspace: input.workspace,
            email: input.email,
            password: input.password,
        };
        let work = asked.work();
        let signed_in = ::identity::sign_in(
            &work,
            asked.realm,
            &services.passwords,
            &services.tokens,
            &asked.origin,
            credentials,
        );
        self::signed_in(asked, signed_in.await)
    }

    /// Buys the next pair of tokens.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        input: SessionRefreshInput,
    ) -> Result<Option<SessionRefreshPayload>> {
        let asked = ctx.asked()?;
        let tokens = &asked.services.tokens;
        match ::identity::refresh(&asked.work(), asked.realm, tokens, &input.refresh_token).await {
            Ok(session) => Ok(Some(SessionRefreshPayload {
                session: Some(Session::of(asked, session)),
                errors: Vec::new(),
            })),
            Err(RefreshError::Fault(fault)) => Err(refuse(&fault)),
            Err(error @ RefreshError::InvalidToken) => {
                let code = SessionRefreshErrorCode::InvalidRefreshToken;
                Ok(Some(SessionRefreshPayload::refused(
                    code,
                    Some("refreshToken"),
                    sentence(&error),
                )))
            }
        }
    }
}

/// What `signIn` and `otpSignIn` answer.
pub(super) fn signed_in(
    asked: &Asked,
    outcome: std::result::Result<::identity::NewSession, SignInError>,
) -> Result<Option<SignInPayload>> {
    let error = match outcome {
        Ok(session) => {
            return Ok(Some(SignInPayload {
                session: Some(Session::of(asked, session)),
                errors: Vec::new(),
            }));
        }
        Err(SignInError::Fault(fault)) => return Err(refuse(&fault)),
        Err(error) => error,
    };
    let code = match &error {
        SignInError::TooManyAttempts => SignInErrorCode::TooManyAttempts,
        SignInError::TooBusy => SignInErrorCode::TooBusy,
        SignInError::InvalidCredentials | SignInError::Fault(_) => {
            SignInErrorCode::InvalidCredentials
        }
    };
    Ok(Some(SignInPayload::refused(code, None, sentence(&error))))
}
