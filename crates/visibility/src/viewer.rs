//! The two kinds of people who ask. Built from the database on each request,
//! never from what a token claims.

use kernel::{ClientUserId, CompanyId, Fault, SessionId, StaffUserId, WorkspaceId};

use crate::{Access, Modules, Permission, Reach, Section, Sections, StaffRole};

/// Whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody of a customer company, of the portal realm.
    Client(ClientViewer),
    /// Somebody of the service company's team, of the staff realm.
    Staff(StaffViewer),
}

/// A client user with a live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientViewer {
    /// The workspace whose customer the company is.
    pub workspace: WorkspaceId,
    /// The user's one company (WS-2).
    pub company: CompanyId,
    /// The user.
    pub user: ClientUserId,
    /// The session that asks.
    pub session: SessionId,
    /// The user's standing at the company.
    pub access: Access,
    /// How far the user sees within the company.
    pub reach: Reach,
    /// The parts of the portal that are open to the user, and switched on.
    pub sections: Sections,
}

/// A staff user with a live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffViewer {
    /// The workspace the user works for.
    pub workspace: WorkspaceId,
    /// The user.
    pub user: StaffUserId,
    /// The session that asks.
    pub session: SessionId,
    /// The user's role, which decides every permission.
    pub role: StaffRole,
    /// What is switched on in the workspace.
    pub modules: Modules,
}

impl Viewer {
    /// The one workspace that this viewer can know of.
    pub fn workspace(&self) -> WorkspaceId {
        match self {
            Self::Client(client) => client.workspace,
            Self::Staff(staff) => staff.workspace,
        }
    }

    /// The session that asks.
    pub fn session(&self) -> SessionId {
        match self {
            Self::Client(client) => client.session,
            Self::Staff(staff) => staff.session,
        }
    }

    /// The staff user, or [`Fault::Forbidden`] for a client.
    pub fn staff(&self) -> Result<&StaffViewer, Fault> {
        match self {
            Self::Staff(staff) => Ok(staff),
            Self::Client(_) => Err(Fault::Forbidden),
        }
    }

    /// The client user, or [`Fault::Forbidden`] for staff.
    pub fn client(&self) -> Result<&ClientViewer, Fault> {
        match self {
            Self::Client(client) => Ok(client),
            Self::Staff(_) => Err(Fault::Forbidden),
        }
    }

    /// The staff user if their role has the permission, else [`Fault::Forbidden`].
    pub fn may(&self, permission: Permission) -> Result<&StaffViewer, Fault> {
        let staff = self.staff()?;
        if staff.role.may(permission) {
            Ok(staff)
        } else {
            Err(Fault::Forbidden)
        }
    }

    /// The client user if they manage the company, else [`Fault::Forbidden`].
    pub fn client_admin(&self) -> Result<&ClientViewer, Fault> {
        match self.client()? {
            client if client.access == Access::Admin => Ok(client),
            _ => Err(Fault::Forbidden),
        }
    }

    /// Whether a part of the portal is open to the viewer; to staff all are
    /// whose module is switched on.
    pub fn opens(&self, section: Section) -> bool {
        match self {
            Self::Client(client) => client.sections.contains(section),
            Self::Staff(staff) => staff.modules.hold(section),
        }
    }
}
