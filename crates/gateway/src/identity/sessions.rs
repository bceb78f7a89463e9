//! Where people are signed in, and signing out: here, there and everywhere.

use ::identity::{EndError, end_session, own_devices};
use async_graphql::{Context, ID, InputObject, Object, Result};
use kernel::SessionId;

use super::{
    DeviceSessionNode,
    payload::{
        SessionRevokeErrorCode, SessionRevokePayload, SignOutErrorCode, SignOutEverywhereErrorCode,
        SignOutEverywherePayload, SignOutPayload,
    },
};
use crate::{
    context::{Asked, Asking},
    cookie::Change,
    node::Kind,
    refusal::refuse,
};

/// What `signOut` takes.
#[derive(InputObject)]
struct SignOutInput {
    /// A refresh token whose session ends as well, for those whose access token
    /// has ended before.
    #[graphql(secret)]
    refresh_token: Option<String>,
}

/// What `sessionRevoke` asks for.
#[derive(InputObject)]
struct SessionRevokeInput {
    /// The session.
    id: ID,
}

#[derive(Default)]
pub(crate) struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Where you are signed in: your own live sessions, newest first, 100 at
    /// most.
    #[graphql(complexity = "100 * child_complexity + 1")]
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<DeviceSessionNode>> {
        let cx = ctx.cx()?;
        let found = own_devices(&cx).await.map_err(|fault| refuse(&fault))?;
        let node = |device| DeviceSessionNode::new(device, cx.viewer);
        Ok(found.into_iter().map(node).collect())
    }
}

#[derive(Default)]
pub(crate) struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Ends the session that asks, and that of the refresh token if one is
    /// given, with all tokens and live streams. A browser's cookie is taken back.
    async fn sign_out(
        &self,
        ctx: &Context<'_>,
        input: Option<SignOutInput>,
    ) -> Result<Option<SignOutPayload>> {
        let asked = ctx.asked()?;
        forget_cookie(asked);
        let mut signed_out = false;
        if asked.viewer().is_some() {
            let done = ::identity::sign_out(&ctx.cx()?).await;
            done.map_err(|fault| refuse(&fault))?;
            signed_out = true;
        }
        if let Some(token) = input.and_then(|input| input.refresh_token) {
            let done = ::identity::sign_out_with(&asked.work(), asked.realm, &token).await;
            signed_out |= done.map_err(|fault| refuse(&fault))?;
        }
        Ok(Some(if signed_out {
            SignOutPayload {
                signed_out: Some(true),
                errors: Vec::new(),
            }
        } else {
            SignOutPayload::refused(SignOutErrorCode::NotSignedIn, None, NOBODY)
        }))
    }

    /// Ends all your sessions, the one that asks included, with all tokens and
    /// live streams.
    async fn sign_out_everywhere(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<SignOutEverywherePayload>> {
        let asked = ctx.asked()?;
        forget_cookie(asked);
        if asked.viewer().is_none() {
            let code = SignOutEverywhereErrorCode::NotSignedIn;
            let refused = SignOutEverywherePayload::refused(code, None, NOBODY);
            return Ok(Some(refused));
        }
        ::identity::sign_out_everywhere(&ctx.cx()?)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(Some(SignOutEverywherePayload {
            signed_out: Some(true),
            errors: Vec::new(),
        }))
    }

    /// Ends one session, with its tokens and live streams: one of your own, or,
    /// as an admin of a company, one of its people's.
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        input: SessionRevokeInput,
    ) -> Result<Option<SessionRevokePayload>> {
        let asked = ctx.asked()?;
        let cx = ctx.cx()?;
        let id: SessionId = Kind::DeviceSession.record(&input.id)?;
        match end_session(&cx, id).await {
            Ok(()) => {
                if id == cx.viewer.session() {
                    forget_cookie(asked);
                }
                Ok(Some(SessionRevokePayload {
                    revoked: Some(true),
                    errors: Vec::new(),
                }))
            }
            Err(EndError::Fault(fault)) => Err(refuse(&fault)),
            Err(EndError::AlreadyEnded) => {
                let code = SessionRevokeErrorCode::AlreadyEnded;
                let message = "The session has ended already.";
                let refused = SessionRevokePayload::refused(code, Some("id"), message);
                Ok(Some(refused))
            }
        }
    }
}

const NOBODY: &str = "Nobody is signed in.";

/// A browser that is signed out need not hold its cookie any longer.
fn forget_cookie(asked: &Asked) {
    if asked.by_cookie {
        asked.cookie.set(Change::Forget);
    }
}
