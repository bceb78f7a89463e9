//! What a client user is at their company, and how far that lets them see (CT-1).

use sea_orm::{DeriveActiveEnum, EnumIter};

/// The standing of a client user at the own company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Access {
    /// Sees and manages everything of the company.
    #[sea_orm(string_value = "admin")]
    Admin,
    /// Sees what the company's sharing mode allows.
    #[sea_orm(string_value = "member")]
    Member,
    /// Signs in to nothing.
    #[sea_orm(string_value = "none")]
    None,
}

impl Access {
    /// The name that the audit trail uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
            Self::None => "none",
        }
    }
}

/// How a company shares records among its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Sharing {
    /// Each member sees only their own records.
    #[sea_orm(string_value = "own")]
    Own,
    /// Each member sees the whole company's records.
    #[sea_orm(string_value = "company")]
    Company,
}

impl Sharing {
    /// The name that the audit trail uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Company => "company",
        }
    }
}

/// How far one client user sees within the own company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The user's own records.
    Own,
    /// All records of the company.
    Company,
}

impl Reach {
    /// What standing and sharing mode come to; none when the user may see nothing.
    pub fn of(access: Access, sharing: Sharing) -> Option<Self> {
        match (access, sharing) {
            (Access::None, _) => None,
            (Access::Admin, _) | (Access::Member, Sharing::Company) => Some(Self::Company),
            (Access::Member, Sharing::Own) => Some(Self::Own),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admins_reach_the_company_and_members_what_it_shares() {
        assert_eq!(Reach::of(Access::Admin, Sharing::Own), Some(Reach::Company));
        assert_eq!(Reach::of(Access::Member, Sharing::Own), Some(Reach::Own));
        assert_eq!(
            Reach::of(Access::Member, Sharing::Company),
            Some(Reach::Company)
        );
        assert_eq!(Reach::of(Access::None, Sharing::Company), None);
    }
}
