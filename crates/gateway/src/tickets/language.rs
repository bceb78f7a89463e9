//! The language that a reader is answered in.

use std::collections::HashMap;

use ::identity::{Locale, client_users_by_ids, staff_member};
use async_graphql::Result;
use kernel::Fault;
use visibility::{Cx, Viewer};

use crate::{batch::Batch, context::Asked, refusal::Refusal};

/// The viewer's language, read once for what hangs together.
#[derive(Default)]
pub(super) struct Language(Batch<(), Locale>);

impl Language {
    /// The language of labels: the one that is asked for, or the viewer's.
    pub(super) async fn of(&self, asked: &Asked, tag: Option<&str>) -> Result<Locale> {
        if let Some(tag) = tag {
            return Ok(named(tag)?);
        }
        let cx = asked.cx()?;
        let fetch = async || Ok(HashMap::from([((), own(&cx).await?)]));
        let found = self.0.get(&(), fetch).await?;
        Ok(found.copied().unwrap_or_default())
    }
}

/// The language of a tag.
pub(super) fn named(tag: &str) -> Result<Locale, Refusal> {
    Locale::parse(tag).ok_or_else(|| Refusal::BadInput {
        message: "`locale` is no language that is spoken here.".into(),
        field: "locale",
    })
}

/// The viewer's language.
pub(super) async fn own(cx: &Cx<'_>) -> Result<Locale, Fault> {
    let tag = match cx.viewer {
        Viewer::Client(client) => {
            let found = client_users_by_ids(cx, &[client.user]).await?.pop();
            found.map(|user| user.locale)
        }
        Viewer::Staff(staff) => {
            let found = staff_member(cx, &[staff.user]).await?.pop();
            found.map(|user| user.locale)
        }
    };
    Ok(tag.and_then(|tag| Locale::parse(&tag)).unwrap_or_default())
}
