//! What the end-to-end tests share: a small world in a fresh database, and
//! personas who talk to the real router.
//!
//! | file | what it holds |
//! |---|---|
//! | `database.rs` | a fresh SQLite file or PostgreSQL database per test |
//! | `world.rs` | the services over it, clock and chance in hand |
//! | `cast.rs`, `cast/` | who lives in the world |
//! | `id.rs` | global ids as clients hold them |
//! | `letterbox.rs` | where mails arrive, and what is read in them |
//! | `persona.rs` | one of them, signed in, sending requests |
//! | `socket.rs`, `events.rs` | small clients of both live transports |
//! | `files.rs` | uploading, attaching and reading files |
//! | `patience.rs` | waiting for what happens by itself |
//! | `statements.rs` | what is sent to the database |
//! | `plan.rs` | how the database finds what is asked for |
//! | `meanwhile.rs` | what comes between a request and its turn to write |
//! | `sdl.rs` | the schema files, read by the walks over every member |

pub mod cast;
pub mod database;
pub mod events;
pub mod files;
pub mod id;
pub mod letterbox;
mod meanwhile;
pub mod patience;
pub mod persona;
mod plan;
pub mod sdl;
pub mod socket;
mod statements;
pub mod world;

pub use cast::{Cast, PASSWORD};
pub use database::{Database, Kind};
pub use persona::{Persona, Realm};
pub use world::{PUBLIC_URL, World};

/// Declares a test that runs on SQLite and on PostgreSQL, each time in a world
/// of its own.
#[macro_export]
macro_rules! on_both {
    ($(#[doc = $doc:literal])* async fn $name:ident($world:ident) $body:block) => {
        mod $name {
            use super::*;

            $(#[doc = $doc])*
            #[test]
            fn sqlite() {
                $crate::world::run($crate::Kind::Sqlite, async |$world: $crate::World| $body);
            }

            $(#[doc = $doc])*
            #[test]
            fn postgres() {
                $crate::world::run($crate::Kind::Postgres, async |$world: $crate::World| $body);
            }
        }
    };
}
