//! The tables of this crate.

pub(crate) mod ledger;
