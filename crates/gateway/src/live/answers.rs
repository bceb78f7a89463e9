//! The answers to one operation, whatever kind it is.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};

use crate::{
    answer::Answer,
    context::Asked,
    engine::{Engine, Prepared},
};

/// One answer to a query or a mutation, any number to a subscription.
pub(super) fn answers(
    engine: Arc<Engine>,
    asked: Arc<Asked>,
    prepared: Prepared,
) -> BoxStream<'static, Answer> {
    match prepared.kind {
        OperationType::Subscription => engine.subscribe(asked, prepared),
        OperationType::Query | OperationType::Mutation => {
            stream::once(async move { engine.execute(asked, prepared).await }).boxed()
        }
    }
}
