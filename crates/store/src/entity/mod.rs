//! The tables of this crate.

pub(crate) mod outbox;
pub(crate) mod series;
