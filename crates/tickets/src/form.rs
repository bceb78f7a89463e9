//! Forms (TK-7): what a workspace asks for when a ticket is opened in a category.
//!
//! Invariants: what clients see of a form is a *shape*, numbered by itself, in a
//! table that holds nothing else; an internal field is in a version alone, which
//! no portal read loads, and so is its answer. A version and a shape are never
//! changed: the latest is the one in force, and an answer is kept with the one
//! that it was given to. So nothing that a client reads moves when something
//! internal of a form does.
//!
//! | file | what it holds |
//! |---|---|
//! | `definition.rs`, `decimal.rs` | what a form is made of |
//! | `draft.rs`, `publish.rs` | what staff want it to be, and publishing that |
//! | `read.rs` | the forms that a viewer knows |
//! | `check.rs` | whether answers fit a form |
//! | `fill.rs` | answers of a new ticket |
//! | `answers.rs`, `update.rs` | reading them, and changing them |

pub(crate) mod answers;
pub(crate) mod check;
mod decimal;
pub(crate) mod definition;
pub(crate) mod draft;
pub(crate) mod fill;
pub(crate) mod publish;
pub(crate) mod read;
pub(crate) mod update;

#[cfg(test)]
mod tests;
