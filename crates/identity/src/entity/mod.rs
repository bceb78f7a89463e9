//! The tables of this crate.

pub mod client_user;
pub mod company;
pub mod join_request;
pub mod sign_up;
pub mod staff_user;
pub mod standing;
pub mod workspace;
