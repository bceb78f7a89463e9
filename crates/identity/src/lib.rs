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
//! | `colleagues.rs` | who can be named on a record of their company |
//! | `branding.rs` | what an anonymous visitor may read |
//! | `password.rs` | argon2id in a bounded pool |
//! | `keys.rs`, `key_files.rs`, `rotate.rs` | signing keys, on disk, and the next ones |
//! | `token.rs` | access tokens |
//! | `link.rs`, `exports.rs` | addresses that are a right for minutes: to files, to exports |
//! | `unsubscribe.rs` | addresses at which somebody has no more ticket mails |
//! | `signed.rs` | how tokens of every kind are signed and verified |
//! | `origin.rs` | where a request comes from |
//! | `session.rs` | sessions, refresh tokens, and the viewer they stand for |
//! | `secret.rs`, `cookie.rs` | random secrets kept as digests; sessions held as cookies |
//! | `devices.rs` | sessions as people see and end them |
//! | `sweep.rs` | removing what ended long ago |
//! | `account.rs`, `throttle.rs` | finding the account that somebody claims; what tries cost |
//! | `sign_in.rs`, `code.rs`, `refresh.rs`, `sign_out.rs` | the commands of a session |
//! | `credential.rs` | what travels by mail: invitations, confirmations, resets, codes |
//! | `invite.rs`, `accept.rs`, `invitation.rs` | inviting, taking an invitation, looking at one |
//! | `reset.rs`, `change_password.rs`, `new_password.rs` | new passwords, and what they must be like |
//! | `join.rs`, `confirm.rs` | asking to join a company; confirming an address |
//! | `sign_up.rs`, `settings.rs`, `plan.rs`, `sign_in_method.rs` | beginning a workspace; its settings and limits |
//! | `company_users.rs`, `update_user.rs`, `standing.rs`, `last_admin.rs` | the people of companies |
//! | `team.rs` | the team |
//! | `rights.rs` | looking at one's own rights again, behind the lock |
//! | `operate.rs` | what the operator does to whole workspaces |
//! | `personal_data.rs`, `erase.rs` | handing out and erasing what is kept of a person |
//! | `recipient.rs` | who receives a mail, and the viewer they are |
//! | `email.rs`, `domains.rs`, `locale.rs`, `unique.rs` | checked addresses, domains and languages; names that are taken |
//! | `provision.rs` | writing whole workspaces, for the demo, imports and tests |
//! | `event.rs` | the facts it puts in the outbox |

mod accept;
mod account;
mod branding;
mod change_password;
mod code;
mod colleagues;
mod companies;
mod company_users;
mod confirm;
mod cookie;
mod credential;
mod devices;
mod domains;
mod email;
#[expect(
    unreachable_pub,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
mod erase;
pub mod event;
mod exports;
mod invitation;
mod invite;
mod join;
mod key_files;
mod keys;
mod last_admin;
mod link;
mod locale;
mod new_password;
pub mod operate;
mod origin;
mod password;
mod people;
mod personal_data;
mod plan;
pub mod provision;
mod realm;
pub mod recipient;
mod refresh;
mod reset;
mod rights;
mod rotate;
mod scope;
mod secret;
mod session;
mod settings;
mod sign_in;
mod sign_in_method;
mod sign_out;
mod sign_up;
mod signed;
mod standing;
mod sweep;
mod team;
mod throttle;
mod token;
mod unique;
mod unsubscribe;
mod update_user;

pub use accept::{AcceptError, accept};
pub use branding::{Branding, branding};
pub use change_password::{ChangeError, change_password};
pub use code::{Answer, ask_code, sign_in_with_code};
pub use colleagues::{Colleague, colleagues};
pub use companies::{
    Company, CompanyError, CompanyUpdate, by_ids as companies_by_ids, company_cursor,
    create_company, list_companies, update_company,
};
pub use company_users::{check_users_page, user_cursor, users_of};
pub use confirm::{ConfirmError, confirm};
pub use cookie::{CookieSession, USE_NOTED, cookie_digest, is_cookie, note_use, session_of_cookie};
pub use credential::{Minted, Purpose, mint};
pub use devices::{
    Device, EndError, device, end as end_session, of_client_users as devices_of_client_users,
    own as own_devices, reviews,
};
pub use domains::{BadDomains, Domains};
pub use email::{BadEmail, Email};
pub use entity::{company::CompanyKind, standing::Standing};
pub use erase::{ERASED_NAME, EraseError, erase};
pub use exports::{EXPORT_LIFE, ExportClaims};
pub use invitation::{Confirmation, Invitation, confirmation, invitation};
pub use invite::{Invite, InviteError, ResendError, invite, resend};
pub use join::{
    AskToJoin, DecideError, JoinError, JoinRequest, approve, ask_to_join, decline, join_request,
    join_requests,
};
pub use key_files::KeyError;
pub use keys::{KeyState, Keys, RealmKeys};
pub use link::{Link, LinkUse};
pub use locale::Locale;
pub use new_password::WeakPassword;
pub use origin::Origin;
pub use password::{Passwords, TooBusy};
pub use people::{
    ClientUser, StaffUser, client_users_by_ids, staff_list, staff_member, staff_names_by_ids,
};
pub use personal_data::personal_data;
pub use plan::{Plan, PlanLimit, PlanLimits};
pub use realm::Realm;
pub use refresh::{RefreshError, refresh};
pub use reset::{AskError, ResetError, ask_reset, reset};
pub use rotate::{Rotation, rotate};
pub use session::{NewSession, SESSION_LIFE, viewer_of};
pub use settings::{
    SettingsError, Workspace, WorkspaceUpdate, update_workspace, workspace, workspace_locale,
};
pub use sign_in::{Credentials, SignInError, sign_in};
pub use sign_in_method::{SignInMethod, SignInMethods};
pub use sign_out::{sign_out, sign_out_everywhere, sign_out_with};
pub use sign_up::{SignUp, SignUpError, SignUpPolicy, sign_up};
pub use standing::{StandingError, disable, enable};
pub use sweep::sweep;
pub use team::{TeamError, TeamInvite, TeamUpdate, invite_to_team, update_team};
pub use token::{ACCESS_TOKEN_LIFE, BadToken, Claims, Tokens};
pub use unsubscribe::Unsubscribe;
pub use update_user::{UpdateError, UserUpdate, update_user};
