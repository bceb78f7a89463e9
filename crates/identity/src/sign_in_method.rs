//! The ways into the portal that a workspace offers (ID-6, PO-1).

use std::collections::BTreeSet;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignInMethod {
    /// With address and password.
    Password,
    /// With address and a code that is mailed.
    Code,
}

/// The ways of one workspace, stored as a JSON array of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct SignInMethods(BTreeSet<SignInMethod>);

impl SignInMethods {
    /// Every way.
    pub fn all() -> Self {
        Self(BTreeSet::from([SignInMethod::Password, SignInMethod::Code]))
    }

    /// Whether the way is among them.
    pub fn contains(&self, method: SignInMethod) -> bool {
        self.0.contains(&method)
    }

    /// The ways, passwords first.
    pub fn iter(&self) -> impl Iterator<Item = SignInMethod> {
        self.0.iter().copied()
    }
}

impl FromIterator<SignInMethod> for SignInMethods {
    fn from_iter<I: IntoIterator<Item = SignInMethod>>(methods: I) -> Self {
        Self(methods.into_iter().collect())
    }
}
