//! Workspaces, companies and the people of both realms: who may sign in, and
//! as whom they then ask.
//!
//! Invariants: the realms share no account, table, key or token (ID-1); a
//! viewer is built from the database on every request, never from a token's
//! claims; an unknown user, a wrong password and a disabled user are one answer
//! that takes one time (ID-2).
//!
//! | file | what it holds |
//! |---|---|
//! | `realm.rs` | portal and staff: audiences and tables |
//! | `scope.rs` | the only reads of companies and users |
//! | `people.rs`, `companies.rs` | reads for the gateway |
//! | `branding.rs` | what an anonymous visitor may read |
//! | `password.rs` | argon2id in a bounded pool |
//! | `keys.rs`, `key_files.rs`, `rotate.rs` | signing keys, on disk, and the next ones |
//! | `token.rs` | access tokens |
//! | `origin.rs` | where a request comes from |
//! | `session.rs` | sessions, refresh tokens, and the viewer they stand for |
//! | `secret.rs`, `cookie.rs` | random secrets kept as digests; sessions held as cookies |
//! | `devices.rs` | sessions as people see and end them |
//! | `sweep.rs` | removing what ended long ago |
//! | `sign_in.rs`, `refresh.rs`, `sign_out.rs` | the commands of a session |
//! | `standing.rs` | disabling and enabling a client user |
//! | `provision.rs` | writing whole workspaces, for the demo, imports and tests |
//! | `event.rs` | the facts it puts in the outbox |

mod branding;
mod companies;
mod cookie;
mod devices;
#[expect(
    unreachable_pub,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
pub mod event;
mod key_files;
mod keys;
mod origin;
mod password;
mod people;
pub mod provision;
mod realm;
mod refresh;
mod rotate;
mod scope;
mod secret;
mod session;
mod sign_in;
mod sign_out;
mod standing;
mod sweep;
mod token;

pub use branding::{Branding, branding};
pub use companies::{Company, by_ids as companies_by_ids};
pub use cookie::{CookieSession, USE_NOTED, cookie_digest, is_cookie, note_use, session_of_cookie};
pub use devices::{
    Device, EndError, device, end as end_session, of_client_users as devices_of_client_users,
    own as own_devices, reviews,
};
pub use entity::{company::CompanyKind, standing::Standing};
pub use key_files::KeyError;
pub use keys::{KeyState, Keys, RealmKeys};
pub use origin::Origin;
pub use password::{Passwords, TooBusy};
pub use people::{
    ClientUser, StaffUser, client_users_by_ids, staff_list, staff_member, staff_names_by_ids,
};
pub use realm::Realm;
pub use refresh::{RefreshError, refresh};
pub use rotate::{Rotation, rotate};
pub use session::{NewSession, SESSION_LIFE, viewer_of};
pub use sign_in::{Credentials, SignInError, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere, sign_out_with};
pub use standing::{StandingError, set_standing};
pub use sweep::sweep;
pub use token::{ACCESS_TOKEN_LIFE, BadToken, Claims, Tokens};
