//! What ticket mails are about, as far as people can say that they want none.

use sea_orm::{DeriveActiveEnum, EnumIter};

use crate::MailRealm;

/// What a ticket mail tells. Mails about accounts have none: nobody can switch
/// off a code or a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Topic {
    /// A ticket was opened.
    #[sea_orm(string_value = "opened")]
    Opened,
    /// Somebody replied.
    #[sea_orm(string_value = "replies")]
    Replies,
    /// The status changed.
    #[sea_orm(string_value = "status")]
    Status,
    /// A ticket was resolved.
    #[sea_orm(string_value = "resolution")]
    Resolution,
    /// Somebody of the team was given a ticket.
    #[sea_orm(string_value = "assigned")]
    Assigned,
    /// A service-level target was missed.
    #[sea_orm(string_value = "sla")]
    Sla,
    /// Somebody of the team was named in a note.
    #[sea_orm(string_value = "mentioned")]
    Mentioned,
    /// A step of a service-level policy came.
    #[sea_orm(string_value = "escalated")]
    Escalated,
}

impl Topic {
    /// What people of a realm are mailed about.
    pub fn of(realm: MailRealm) -> &'static [Self] {
        match realm {
            MailRealm::Portal => &[Self::Opened, Self::Replies, Self::Status, Self::Resolution],
            MailRealm::Staff => &[
                Self::Replies,
                Self::Assigned,
                Self::Sla,
                Self::Mentioned,
                Self::Escalated,
            ],
        }
    }
}
