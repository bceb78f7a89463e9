//! The settings of a workspace: names, language, modules, ways to sign in.

use kernel::{BadName, Doing, Fault, Line};
use sea_orm::{ActiveValue::Set, ColumnTrait, DerivePartialModel, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};
use visibility::{
    Cx, Modules, Permission,
    audit::{self, Event},
};

use crate::{
    Locale, Plan, SignInMethods,
    entity::workspace::{ActiveModel, Column, Entity},
    event, rights,
};

/// A workspace as its own team sees it.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Workspace {
    /// Its name in addresses and sign-ins.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// The language it greets in.
    pub locale: String,
    /// An IANA time zone name.
    pub time_zone: String,
    /// An ISO 4217 code.
    pub currency: String,
    /// The name of its plan.
    pub plan: String,
    /// What is switched on.
    pub modules: Modules,
    /// How clients sign in.
    pub sign_in_methods: SignInMethods,
    /// Where its portal is, for links in mails.
    pub portal_url: Option<String>,
}

impl Workspace {
    /// The plan.
    pub fn plan(&self) -> Plan {
        Plan::of(&self.plan)
    }
}

/// What changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct WorkspaceUpdate {
    /// The name for people.
    pub name: Option<String>,
    /// The language it greets in.
    pub locale: Option<String>,
    /// An IANA time zone name.
    pub time_zone: Option<String>,
    /// An ISO 4217 code.
    pub currency: Option<String>,
    /// What is switched on.
    pub modules: Option<Modules>,
    /// How clients sign in; at least one.
    pub sign_in_methods: Option<SignInMethods>,
    /// Where its portal is; empty for the server's own address.
    pub portal_url: Option<String>,
}

/// Why the settings stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// No such language.
    #[error("there is no such language")]
    UnknownLocale,
    /// No such time zone.
    #[error("there is no such time zone")]
    UnknownTimeZone,
    /// No such currency.
    #[error("a currency is three capital letters, such as EUR")]
    UnknownCurrency,
    /// No way to sign in would be left.
    #[error("at least one way to sign in must stay")]
    NoSignInMethod,
    /// The address cannot be linked to.
    #[error("the portal's address must begin with https:// and name a host")]
    BadPortalUrl,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The viewer's workspace; for staff.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: the viewer's own workspace"
)]
pub async fn workspace(cx: &Cx<'_>) -> Result<Workspace, Fault> {
    let staff = cx.viewer.staff()?;
    let found = Entity::find()
        .filter(Column::Id.eq(staff.workspace))
        .into_partial_model::<Workspace>()
        .one(&cx.db())
        .await;
    found.doing("reading a workspace")?.ok_or(Fault::NotFound)
}

/// The language of the viewer's workspace.
#[expect(
    clippy::disallowed_methods,
    reason = "one public column of the viewer's own workspace"
)]
pub async fn workspace_locale(cx: &Cx<'_>) -> Result<Locale, Fault> {
    let found = Entity::find()
        .filter(Column::Id.eq(cx.viewer.workspace()))
        .one(&cx.db())
        .await;
    let tag = found.doing("reading a language")?.map(|row| row.locale);
    Ok(Locale::parse(&tag.unwrap_or_default()).unwrap_or_default())
}

/// Changes the settings. Needs `settings.write`.
pub async fn update_workspace(
    cx: &Cx<'_>,
    input: WorkspaceUpdate,
) -> Result<Workspace, SettingsError> {
    let staff = cx.viewer.may(Permission::SettingsWrite)?;
    let mut row = ActiveModel {
        id: Set(staff.workspace),
        ..Default::default()
    };
    let changes = fill(&mut row, input)?;
    if changes.is_empty() {
        return Err(SettingsError::NothingToChange);
    }
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let update = Entity::update(row).validate();
    let update = update.doing("changing a workspace")?;
    let updated = update.exec(&tx.executor()).await;
    updated.doing("changing a workspace")?;
    let event = Event {
        kind: "workspace.changed",
        subject: Some(("workspace", staff.workspace.0)),
        detail: Some(Value::Object(changes)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.record(event::fact(cx, event::WORKSPACE_CHANGED, staff.workspace.0));
    let workspace = workspace(&cx.within(&tx)).await?;
    tx.commit().await?;
    Ok(workspace)
}

fn fill(
    row: &mut ActiveModel,
    input: WorkspaceUpdate,
) -> Result<Map<String, Value>, SettingsError> {
    let mut changes = Map::new();
    if let Some(name) = input.name {
        let name = Line::parse_name(&name).map_err(SettingsError::Name)?;
        row.name = Set(name.into_string());
        changes.insert("name".into(), json!("changed"));
    }
    if let Some(tag) = input.locale {
        let locale = Locale::parse(&tag).ok_or(SettingsError::UnknownLocale)?;
        row.locale = Set(locale.tag().to_owned());
        changes.insert("locale".into(), json!(locale.tag()));
    }
    if let Some(zone) = input.time_zone {
        let zone = time_zone(&zone)?;
        changes.insert("timeZone".into(), json!(zone));
        row.time_zone = Set(zone);
    }
    if let Some(currency) = input.currency {
        let currency = currency_code(&currency)?;
        changes.insert("currency".into(), json!(currency));
        row.currency = Set(currency);
    }
    if let Some(modules) = input.modules {
        changes.insert("modules".into(), json!(modules));
        row.modules = Set(modules);
    }
    if let Some(methods) = input.sign_in_methods {
        if methods.iter().next().is_none() {
            return Err(SettingsError::NoSignInMethod);
        }
        changes.insert("signInMethods".into(), json!(methods));
        row.sign_in_methods = Set(methods);
    }
    if let Some(url) = input.portal_url {
        let url = portal_url(&url)?;
        changes.insert("portalUrl".into(), json!(url));
        row.portal_url = Set(url);
    }
    Ok(changes)
}

/// A time zone of the IANA database.
pub(crate) fn time_zone(name: &str) -> Result<String, SettingsError> {
    let zone: chrono_tz::Tz = name
        .trim()
        .parse()
        .map_err(|_| SettingsError::UnknownTimeZone)?;
    Ok(zone.name().to_owned())
}

/// A currency's code, in its form; whether it is in use is not looked at.
pub(crate) fn currency_code(code: &str) -> Result<String, SettingsError> {
    let code = code.trim();
    let known = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if known {
        Ok(code.to_owned())
    } else {
        Err(SettingsError::UnknownCurrency)
    }
}

/// An address that mails may link to, without a slash at its end.
fn portal_url(text: &str) -> Result<Option<String>, SettingsError> {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return Ok(None);
    }
    let rest = text
        .strip_prefix("https://")
        .ok_or(SettingsError::BadPortalUrl)?;
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:".contains(c);
    if text.len() <= 200 && crate::email::is_domain(host) && rest.chars().all(plain) {
        Ok(Some(text.to_owned()))
    } else {
        Err(SettingsError::BadPortalUrl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_to_https_alone() {
        let good = portal_url(" https://help.alder.example/portal/ ").expect("an address");
        assert_eq!(good.as_deref(), Some("https://help.alder.example/portal"));
        assert_eq!(portal_url("").expect("none"), None);
        for bad in [
            "http://help.alder.example",
            "javascript:alert(1)",
            "https://",
            "https://user@help.alder.example",
            "https://help.alder.example/?x=1",
            "https://help.alder.example/#x",
            "https://help.alder.example\r\nX: y",
            "https://localhost",
        ] {
            assert!(portal_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn zones_and_currencies_are_known_ones() {
        assert!(time_zone("Europe/Paris").is_ok());
        assert!(time_zone("Europe/Nowhere").is_err() && time_zone("").is_err());
        assert!(currency_code("EUR").is_ok());
        assert!(currency_code("eur").is_err() && currency_code("EURO").is_err());
    }
}
