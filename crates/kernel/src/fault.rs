//! What went wrong and cannot be repaired by the caller.
//!
//! There are few on purpose. What a caller *can* repair is a small error enum
//! beside the command it belongs to.

use sea_orm::DbErr;

/// A fault: the request cannot be answered, whatever the caller changes in it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The record does not exist, or the viewer may not know that it does:
    /// the two are one answer (VI-6).
    #[error("not found")]
    NotFound,
    /// The viewer may know of the record, but not do this.
    #[error("forbidden")]
    Forbidden,
    /// The database cannot be reached, or is too busy to answer in time; the
    /// same request may succeed later.
    #[error("database unavailable while {doing}")]
    Unavailable {
        /// What was being done, for the operator's log.
        doing: &'static str,
        /// The cause, for the operator's log; never shown to a caller.
        #[source]
        source: DbErr,
    },
    /// Any other failure of the database.
    #[error("database error while {doing}")]
    Database {
        /// What was being done, for the operator's log.
        doing: &'static str,
        /// The cause, for the operator's log; never shown to a caller.
        #[source]
        source: DbErr,
    },
}

impl Fault {
    /// Whether the same request may succeed later.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}

/// Says what was being done when the database failed.
pub trait Doing<T> {
    /// Turns a database error into a fault that remembers `doing`.
    fn doing(self, doing: &'static str) -> Result<T, Fault>;
}

impl<T> Doing<T> for Result<T, DbErr> {
    fn doing(self, doing: &'static str) -> Result<T, Fault> {
        self.map_err(|source| {
            if is_unavailable(&source) {
                Fault::Unavailable { doing, source }
            } else {
                Fault::Database { doing, source }
            }
        })
    }
}

/// Whether the error is the connection's, or another transaction's, and not the
/// statement's.
fn is_unavailable(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(cause) | DbErr::Query(cause) => {
            let text = cause.to_string();
            [
                "database is locked",
                "closed the connection",
                "Connection refused",
                "terminating connection",
                "Broken pipe",
                "reset by peer",
                "unexpected end of file",
                "shutting down",
                "starting up",
                "pool timed out",
                // The other of two was let through; this one can be sent again.
                "deadlock detected",
                "could not serialize access",
            ]
            .iter()
            .any(|sign| text.contains(sign))
        }
        _ => false,
    }
}
