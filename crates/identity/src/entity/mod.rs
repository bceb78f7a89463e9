//! The tables of this crate.

pub mod client_user;
pub mod company;
pub mod staff_user;
pub mod standing;
pub mod workspace;
