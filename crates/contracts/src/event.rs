//! The facts that this crate puts in the outbox, all of them internal: clocks
//! are counted anew.

use store::{Audience, Fact, Tx};
use uuid::Uuid;
use visibility::Cx;

/// A policy, or its calendar, says something else; the subject is the policy.
pub const POLICY_CHANGED: &str = "slaPolicy.changed";
/// Another policy holds where no contract names one; the subject is the workspace.
pub const DEFAULT_CHANGED: &str = "slaDefault.changed";
/// A contract names another policy; the subject is the contract.
pub const CONTRACT_CHANGED: &str = "contract.changed";

/// Whether a fact is about something that clocks are counted by.
pub fn is_about_clocks(fact: &Fact) -> bool {
    [POLICY_CHANGED, DEFAULT_CHANGED, CONTRACT_CHANGED].contains(&fact.kind.as_ref())
}

pub(crate) fn record(cx: &Cx<'_>, tx: &Tx, kind: &'static str, subject: Uuid) {
    tx.record(Fact {
        id: cx.uuid(),
        workspace: cx.viewer.workspace(),
        company: None,
        kind: kind.into(),
        subject,
        detail: None,
        audience: Audience::Internal,
        at: cx.now,
    });
}
