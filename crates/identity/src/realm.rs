//! The two realms (ID-1). Everything that differs between them is here; what
//! they share is code, never data.

/// A world of accounts, tables, keys and tokens of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Realm {
    /// The people of customer companies.
    Portal,
    /// The service company's team.
    Staff,
}

impl Realm {
    /// The audience of its tokens, and its name in logs and file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Staff => "staff",
        }
    }

    pub(crate) fn users(self) -> &'static str {
        match self {
            Self::Portal => "client_users",
            Self::Staff => "staff_users",
        }
    }

    /// What a user of the realm is called in the audit trail.
    pub(crate) fn user(self) -> &'static str {
        match self {
            Self::Portal => "clientUser",
            Self::Staff => "staffUser",
        }
    }

    /// The side that a user of the realm is on, in the audit trail.
    pub(crate) fn side(self) -> &'static str {
        match self {
            Self::Portal => "client",
            Self::Staff => "staff",
        }
    }

    pub(crate) fn credentials(self) -> &'static str {
        match self {
            Self::Portal => "client_credentials",
            Self::Staff => "staff_credentials",
        }
    }

    pub(crate) fn secrets(self) -> &'static str {
        match self {
            Self::Portal => "client_secrets",
            Self::Staff => "staff_secrets",
        }
    }

    pub(crate) fn sessions(self) -> &'static str {
        match self {
            Self::Portal => "client_sessions",
            Self::Staff => "staff_sessions",
        }
    }

    pub(crate) fn refresh_tokens(self) -> &'static str {
        match self {
            Self::Portal => "client_refresh_tokens",
            Self::Staff => "staff_refresh_tokens",
        }
    }
}
