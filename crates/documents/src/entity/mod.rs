//! The table of this crate.

pub mod file;
