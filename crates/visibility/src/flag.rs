//! The flag that every record of a shared kind carries (VI-1).

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Whether clients may know of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Flag {
    /// Clients in whose scope it lies see it.
    #[sea_orm(string_value = "client")]
    ClientVisible,
    /// For clients it does not exist.
    #[sea_orm(string_value = "internal")]
    InternalOnly,
}

impl Flag {
    /// The name in the ledger; part of the hash chain, never to change.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ClientVisible => "client",
            Self::InternalOnly => "internal",
        }
    }
}
