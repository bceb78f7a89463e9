//! Whether whoever holds a socket or a stream still has the right to it.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;

use super::watch::{ended, left};
use crate::{
    caller::{Caller, Proof},
    context::Asked,
    engine::Engine,
    refusal::Refusal,
};

/// How long a socket of somebody who is not signed in is held, as nothing else
/// ends it: as long as an access token lives at most.
const ANONYMOUS: Duration = Duration::from_mins(15);

/// Completes when nothing more may be delivered.
pub(super) async fn over(asked: Arc<Asked>) {
    match asked.bearer {
        Some(_) => ended(asked).await,
        None => sleep(ANONYMOUS).await,
    }
}

/// What ends so shortly before its token has ended with it.
const MARGIN: Duration = Duration::from_secs(1);

/// The same asking with the rights of this moment; none when they are gone.
pub(super) async fn renewed(engine: &Engine, asked: &Asked) -> Result<Option<Arc<Asked>>, Refusal> {
    if asked.bearer.is_none() {
        let nobody = Caller {
            proof: Proof::Nothing,
            origin: asked.origin.clone(),
        };
        return engine.asked(&nobody).await.map(Some);
    }
    if left(asked).is_zero() {
        return Ok(None);
    }
    let again = asked.again().await.map_err(|fault| Refusal::from(&fault))?;
    Ok(again.map(Arc::new))
}

/// Whether a stream that has just ended did so by itself: because it was done,
/// and not because the rights or the token ended.
pub(super) async fn still_held(asked: &Asked) -> bool {
    if asked.bearer.is_none() {
        return true;
    }
    // Timers are late by a little, and clocks are set.
    left(asked) > MARGIN && !matches!(asked.again().await, Ok(None))
}
