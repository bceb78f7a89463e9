//! Whether a workspace, company or user is in force.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Whether a workspace, company or user is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Standing {
    /// In force.
    #[sea_orm(string_value = "active")]
    Active,
    /// Switched off: sessions end, nothing can be seen.
    #[sea_orm(string_value = "disabled")]
    Disabled,
}
