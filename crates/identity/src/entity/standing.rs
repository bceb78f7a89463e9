//! Whether a workspace, company or user is in force.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Whether a workspace, company or user is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Standing {
    /// In force.
    #[sea_orm(string_value = "active")]
    Active,
    /// Invited, and not come yet; users alone.
    #[sea_orm(string_value = "invited")]
    Invited,
    /// Switched off: sessions end, nothing can be seen.
    #[sea_orm(string_value = "disabled")]
    Disabled,
}

impl Standing {
    /// In force, or switched off.
    pub fn of(active: bool) -> Self {
        if active { Self::Active } else { Self::Disabled }
    }

    /// The name that the audit trail uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Disabled => "disabled",
        }
    }
}
