//! Telling the refusal of a unique index from every other failure: that a name
//! is taken is decided by the write.

use kernel::{Doing, Fault};
use sea_orm::{DbErr, SqlErr};

/// Somebody else has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken;

/// What a write came to: done, or refused because a name is taken.
pub(crate) fn unless_taken<T>(
    written: Result<T, DbErr>,
    doing: &'static str,
) -> Result<Result<T, Taken>, Fault> {
    match written {
        Ok(done) => Ok(Ok(done)),
        Err(error) if is_taken(&error) => Ok(Err(Taken)),
        Err(error) => Err(error).doing(doing),
    }
}

fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
