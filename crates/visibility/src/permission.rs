//! Staff roles and the one table of what each may do (VI-11).
//!
//! `docs/permissions.md` shows the same table to people; a test holds the two
//! together.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};

/// The role of a staff user in their workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StaffRole {
    /// Answers for the workspace.
    #[sea_orm(string_value = "owner")]
    Owner,
    /// Runs its settings.
    #[sea_orm(string_value = "admin")]
    Admin,
    /// Runs the daily work.
    #[sea_orm(string_value = "manager")]
    Manager,
    /// Does the work assigned to them.
    #[sea_orm(string_value = "member")]
    Member,
}

/// Something that not every staff user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Permission {
    /// See every ticket of the workspace, not only those assigned to oneself.
    TicketsReadAll,
    /// Reply, note, change status and resolve.
    TicketsWrite,
    /// Open a ticket for a company, or an internal one.
    TicketsOpen,
    /// Give a ticket to somebody.
    TicketsAssign,
    /// Show a ticket to clients, or withdraw it.
    TicketsFlag,
    /// Create, change and delete canned replies.
    CannedRepliesWrite,
    /// See every company of the workspace and its people.
    CustomersRead,
    /// Create and change companies; invite, change, enable and disable their people.
    CustomersWrite,
    /// Hand out, or erase, everything that is kept about a client user.
    CustomersErase,
    /// See calendars, service-level policies and contracts.
    ContractsRead,
    /// Create and change calendars, service-level policies and contracts.
    ContractsWrite,
    /// Invite, change, enable and disable the team.
    TeamWrite,
    /// Change the workspace: its names, modules, ways to sign in and forms.
    SettingsWrite,
    /// Page through the audit trail.
    AuditRead,
    /// See which mails were sent and which could not be, and have them tried again.
    MailManage,
}

impl Permission {
    /// The name that documents and errors use.
    pub fn name(self) -> &'static str {
        match self {
            Self::TicketsReadAll => "tickets.readAll",
            Self::TicketsWrite => "tickets.write",
            Self::TicketsOpen => "tickets.open",
            Self::TicketsAssign => "tickets.assign",
            Self::TicketsFlag => "tickets.flag",
            Self::CannedRepliesWrite => "cannedReplies.write",
            Self::CustomersRead => "customers.read",
            Self::CustomersWrite => "customers.write",
            Self::CustomersErase => "customers.erase",
            Self::ContractsRead => "contracts.read",
            Self::ContractsWrite => "contracts.write",
            Self::TeamWrite => "team.write",
            Self::SettingsWrite => "settings.write",
            Self::AuditRead => "audit.read",
            Self::MailManage => "mail.manage",
        }
    }

    /// Every permission, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }
}

impl StaffRole {
    /// Whether this role has the permission: the table itself.
    pub fn may(self, permission: Permission) -> bool {
        use Permission::{
            CannedRepliesWrite, ContractsRead, CustomersRead, CustomersWrite, TicketsAssign,
            TicketsFlag, TicketsOpen, TicketsReadAll, TicketsWrite,
        };
        match self {
            Self::Owner | Self::Admin => true,
            Self::Manager => {
                matches!(
                    permission,
                    TicketsReadAll
                        | TicketsWrite
                        | TicketsOpen
                        | TicketsAssign
                        | TicketsFlag
                        | CannedRepliesWrite
                        | CustomersRead
                        | CustomersWrite
                        | ContractsRead
                )
            }
            Self::Member => matches!(permission, TicketsWrite),
        }
    }

    /// The name that documents use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Member => "member",
        }
    }

    /// Every role, the mightiest first.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as `docs/permissions.md` shows it.
    fn table() -> String {
        let mut table = String::from("| permission |");
        let mut rule = String::from("|---|");
        for role in StaffRole::all() {
            table += &format!(" {} |", role.name());
            rule += "---|";
        }
        table += &format!("\n{rule}\n");
        for permission in Permission::all() {
            table += &format!("| `{}` |", permission.name());
            for role in StaffRole::all() {
                table += if role.may(permission) {
                    " yes |"
                } else {
                    " no |"
                };
            }
            table += "\n";
        }
        table
    }

    #[test]
    fn the_golden_table_says_the_same() {
        let golden = include_str!("../../../docs/permissions.md");
        assert!(
            golden.contains(&table()),
            "docs/permissions.md should contain:\n{}",
            table()
        );
    }
}
