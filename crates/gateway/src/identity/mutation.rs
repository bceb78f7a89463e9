//! Signing in and staying in; who may at all.

use ::identity::{Credentials, RefreshError, SignInError, Standing, StandingError};
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{
    page::UserPage,
    payload::{
        Session, SessionRefreshErrorCode, SessionRefreshPayload, SignInErrorCode, SignInPayload,
        UserStandingErrorCode, UserStandingPayload,
    },
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
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

/// Whose standing changes.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct UserStandingInput {
    /// The person.
    id: ID,
}

#[derive(Default)]
pub(crate) struct IdentityMutation;

#[Object]
impl IdentityMutation {
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
        match signed_in.await {
            Ok(session) => Ok(Some(SignInPayload {
                session: Some(Session::of(asked, session)),
                errors: Vec::new(),
            })),
            Err(SignInError::Fault(fault)) => Err(refuse(&fault)),
            Err(error @ SignInError::InvalidCredentials) => Ok(Some(SignInPayload::refused(
                SignInErrorCode::InvalidCredentials,
                None,
                sentence(&error),
            ))),
            Err(error @ SignInError::TooBusy) => Ok(Some(SignInPayload::refused(
                SignInErrorCode::TooBusy,
                None,
                sentence(&error),
            ))),
        }
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

    /// Keeps a person of a customer from signing in; what they have open ends
    /// at once. Needs the permission `customers.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn user_disable(
        &self,
        ctx: &Context<'_>,
        input: UserStandingInput,
    ) -> Result<Option<UserStandingPayload>> {
        set_standing(ctx, &input.id, Standing::Disabled).await
    }

    /// Lets a person of a customer sign in again. Needs the permission `customers.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn user_enable(
        &self,
        ctx: &Context<'_>,
        input: UserStandingInput,
    ) -> Result<Option<UserStandingPayload>> {
        set_standing(ctx, &input.id, Standing::Active).await
    }
}

async fn set_standing(
    ctx: &Context<'_>,
    id: &ID,
    standing: Standing,
) -> Result<Option<UserStandingPayload>> {
    let id = Kind::User.record(id).map_err(async_graphql::Error::from)?;
    match ::identity::set_standing(&ctx.cx()?, id, standing).await {
        Ok(user) => Ok(Some(UserStandingPayload {
            user: Some(UserPage::node(ctx.asked()?, user)),
            errors: Vec::new(),
        })),
        Err(StandingError::Fault(fault)) => Err(refuse(&fault)),
        Err(StandingError::Unchanged) => {
            let code = UserStandingErrorCode::Unchanged;
            Ok(Some(UserStandingPayload::refused(
                code,
                None,
                "The person already has that status.",
            )))
        }
    }
}

/// The text of an error as a sentence.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}
