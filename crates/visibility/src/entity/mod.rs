//! The tables of this crate.

pub(crate) mod audit;
pub(crate) mod ledger;
