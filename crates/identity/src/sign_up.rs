//! Beginning a workspace (WS-3): whoever signs up gives its name and their
//! address, confirms the address, and sets a password; only then does the
//! workspace exist. Anybody can type in anybody's address, so that nothing of
//! what is typed in here opens the account.

use kernel::{BadName, Doing, Fault, Line};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use store::Work;

use crate::{
    BadEmail, Email, Locale, Origin, Realm, SettingsError,
    credential::{self, New, Purpose},
    entity::{sign_up, workspace},
    settings::{currency_code, time_zone},
    throttle::{Attempt, Wanted},
};

/// Who may begin a workspace on this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpPolicy {
    /// Anybody.
    Open,
    /// Whoever comes first: as long as there is no workspace.
    First,
    /// Nobody.
    Closed,
}

/// The workspace to begin, and its owner.
#[derive(Clone)]
pub struct SignUp {
    /// The name in addresses and sign-ins: 3 to 40 letters, digits and hyphens.
    pub slug: String,
    /// The name for people.
    pub name: String,
    /// The language it greets in.
    pub locale: String,
    /// An IANA time zone name.
    pub time_zone: String,
    /// An ISO 4217 code.
    pub currency: String,
    /// The owner's name.
    pub owner_name: String,
    /// The owner's address.
    pub email: String,
}

/// Why nothing was begun.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// This server takes no new workspaces.
    #[error("this server takes no new workspaces")]
    Closed,
    /// The slug has other characters, or is too short or too long, or reserved.
    #[error(
        "the workspace's name in addresses needs 3 to 40 lower-case letters, digits or hyphens"
    )]
    BadSlug,
    /// A workspace has it.
    #[error("a workspace of this name exists")]
    SlugTaken,
    /// A name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// The owner's name cannot be taken.
    #[error("the owner's name {0}")]
    OwnerName(BadName),
    /// Language, time zone or currency.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The address cannot be used.
    #[error("the address {0}")]
    Email(#[from] BadEmail),
    /// Too many requests for this address, or from this network.
    #[error("too many requests; try again later")]
    TooManyRequests,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Names that would read as a part of the server.
const RESERVED: [&str; 12] = [
    "admin", "api", "assets", "graphql", "healthz", "help", "mail", "readyz", "staff", "static",
    "vitrine", "www",
];

/// Notes the wish and has its confirmation mailed.
pub async fn sign_up(
    work: &Work<'_>,
    policy: SignUpPolicy,
    origin: &Origin,
    input: SignUp,
) -> Result<(), SignUpError> {
    let slug = input.slug.trim().to_owned();
    if !is_slug(&slug) {
        return Err(SignUpError::BadSlug);
    }
    let email = Email::parse(&input.email)?;
    let name = Line::parse_name(&input.name).map_err(SignUpError::Name)?;
    let owner_name = Line::parse_name(&input.owner_name).map_err(SignUpError::OwnerName)?;
    let locale = Locale::parse(&input.locale).ok_or(SettingsError::UnknownLocale)?;
    let time_zone = time_zone(&input.time_zone)?;
    let currency = currency_code(&input.currency)?;
    let (all, of_slug) = workspaces(work, &slug).await?;
    let open = match policy {
        SignUpPolicy::Open => true,
        SignUpPolicy::First => all == 0,
        SignUpPolicy::Closed => false,
    };
    if !open {
        return Err(SignUpError::Closed);
    }
    let attempt = Attempt::at(Realm::Staff, "", email.as_str(), origin);
    let tx = work.begin().await?;
    let counted = attempt.count_mail(&tx, Wanted::Workspace, work.now).await?;
    tx.commit().await?;
    counted.map_err(|_throttled| SignUpError::TooManyRequests)?;
    if of_slug > 0 {
        return Err(SignUpError::SlugTaken);
    }
    let row = sign_up::Model {
        id: work.uuid(),
        slug,
        name: name.into_string(),
        locale: locale.tag().to_owned(),
        time_zone,
        currency,
        owner_name: owner_name.into_string(),
        email: email.into_string(),
        created_at: work.now,
    };
    let tx = work.begin().await?;
    let new = New {
        request: Some(row.id),
        ..New::of(Purpose::Confirmation)
    };
    let insert = sign_up::Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("noting a sign-up")?;
    let ids = (work.uuid(), work.uuid());
    credential::issue(&tx, ids, work.now, Realm::Staff, new).await?;
    Ok(tx.commit().await?)
}

#[expect(
    clippy::disallowed_methods,
    reason = "that a workspace exists is public: its branding is"
)]
async fn workspaces(work: &Work<'_>, slug: &str) -> Result<(u64, u64), Fault> {
    use workspace::{Column, Entity};
    let db = work.store.executor();
    let all = Entity::find().count(&db).await;
    let of_slug = Entity::find().filter(Column::Slug.eq(slug)).count(&db);
    Ok((
        all.doing("counting workspaces")?,
        of_slug.await.doing("looking a name up")?,
    ))
}

fn is_slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=40).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !RESERVED.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_words() {
        assert!(is_slug("glass") && is_slug("north-shore-24"));
        for bad in [
            "",
            "ab",
            "-ab",
            "ab-",
            "Glass",
            "glass.example",
            "gl ss",
            "glaß",
            "staff",
            "a\0b",
            &"a".repeat(41),
        ] {
            assert!(!is_slug(bad), "{bad:?}");
        }
    }
}
