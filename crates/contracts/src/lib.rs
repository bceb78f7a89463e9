//! Contracts: what a service company has promised to which customers, and how
//! fast it answers them.
//!
//! Internal throughout (VI-4): no client reads any of it.
//!
//! | file | what it holds |
//! |---|---|
//! | `hours.rs` | working time: opening hours, holidays and a time zone |

mod hours;

pub use hours::{BadHours, Hours};
