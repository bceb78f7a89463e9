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
    /// Each member sees their own records and those shared with them by name.
    #[sea_orm(string_value = "shared")]
    Shared,
    /// How far a member sees is chosen for each of them.
    #[sea_orm(string_value = "per_member")]
    PerMember,
    /// Each member sees the whole company's records.
    #[sea_orm(string_value = "company")]
    Company,
}

impl Sharing {
    /// The name that the audit trail uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
            Self::PerMember => "perMember",
            Self::Company => "company",
        }
    }
}

/// How far one client user sees within the own company. As text it is what was
/// chosen for a member, where the company chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Reach {
    /// The user's own records.
    #[sea_orm(string_value = "own")]
    Own,
    /// The user's own records and those shared with them by name.
    #[sea_orm(string_value = "shared")]
    Shared,
    /// All records of the company.
    #[sea_orm(string_value = "company")]
    Company,
}

impl Reach {
    /// The name that the audit trail uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
            Self::Company => "company",
        }
    }

    /// What standing and sharing mode come to; none when the user may see
    /// nothing. What was `chosen` for the user counts where the company chooses
    /// for each member, and there nothing chosen means the own records.
    pub fn of(access: Access, sharing: Sharing, chosen: Option<Self>) -> Option<Self> {
        let of_member = match sharing {
            Sharing::Own => Self::Own,
            Sharing::Shared => Self::Shared,
            Sharing::PerMember => chosen.unwrap_or(Self::Own),
            Sharing::Company => Self::Company,
        };
        match access {
            Access::Admin => Some(Self::Company),
            Access::Member => Some(of_member),
            Access::None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::*;

    fn choices() -> impl Iterator<Item = Option<Reach>> {
        Reach::iter().map(Some).chain([None])
    }

    #[test]
    fn admins_reach_the_company_and_the_shut_out_nothing() {
        for sharing in Sharing::iter() {
            for chosen in choices() {
                let company = Some(Reach::Company);
                assert_eq!(Reach::of(Access::Admin, sharing, chosen), company);
                assert_eq!(Reach::of(Access::None, sharing, chosen), None);
                assert!(Reach::of(Access::Member, sharing, chosen).is_some());
            }
        }
    }

    #[test]
    fn members_reach_what_the_company_shares() {
        for chosen in choices() {
            let reach = |sharing| Reach::of(Access::Member, sharing, chosen);
            assert_eq!(reach(Sharing::Own), Some(Reach::Own));
            assert_eq!(reach(Sharing::Shared), Some(Reach::Shared));
            assert_eq!(reach(Sharing::Company), Some(Reach::Company));
            // The one mode in which a choice counts.
            assert_eq!(
                reach(Sharing::PerMember),
                Some(chosen.unwrap_or(Reach::Own))
            );
        }
    }

    #[test]
    fn the_stored_texts_stay() {
        let sharing: Vec<_> = Sharing::iter().map(|one| one.to_value()).collect();
        assert_eq!(sharing, ["own", "shared", "per_member", "company"]);
        let reach: Vec<_> = Reach::iter().map(|one| one.to_value()).collect();
        assert_eq!(reach, ["own", "shared", "company"]);
    }
}
