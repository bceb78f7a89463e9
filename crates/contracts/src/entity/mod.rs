//! The tables of this crate. All of them are internal; scope: the workspace.

pub mod calendar;
pub mod contract;
pub mod covered;
pub mod default;
pub mod policy;
pub mod terms;
