//! What people want to be mailed about. All of it, until they say otherwise;
//! mails about accounts are not asked about.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ColumnTrait, DatabaseExecutor, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::OnConflict,
};
use store::{Tx, Work};
use visibility::{Cx, Viewer};

use crate::{
    MailRealm, Recipient, Topic,
    entity::opt_out::{ActiveModel, Column, Entity},
};

/// Why the preferences stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum PreferenceError {
    /// Nobody of the viewer's realm is mailed about that.
    #[error("no mails about that")]
    NotYours(Topic),
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A topic, and whether the viewer wants mails about it.
pub type Preference = (Topic, bool);

fn viewer(viewer: &Viewer) -> (Recipient, MailRealm) {
    match viewer {
        Viewer::Client(client) => (Recipient::Client(client.user), MailRealm::Portal),
        Viewer::Staff(staff) => (Recipient::Staff(staff.user), MailRealm::Staff),
    }
}

/// What the viewer wants to be mailed about: each topic of their realm.
pub async fn preferences(cx: &Cx<'_>) -> Result<Vec<Preference>, Fault> {
    let (recipient, realm) = viewer(cx.viewer);
    let unwanted = opt_outs(&cx.db(), recipient).await?;
    let topics = Topic::of(realm).iter();
    Ok(topics
        .map(|topic| (*topic, !unwanted.contains(topic)))
        .collect())
}

/// Changes what the viewer wants to be mailed about; what is not named stays.
pub async fn set_preferences(
    cx: &Cx<'_>,
    changes: &[Preference],
) -> Result<Vec<Preference>, PreferenceError> {
    let (recipient, realm) = viewer(cx.viewer);
    let foreign = changes
        .iter()
        .find(|(topic, _)| !Topic::of(realm).contains(topic));
    if let Some((topic, _)) = foreign {
        // What the team is mailed about is not a client's to name.
        cx.viewer.staff()?;
        return Err(PreferenceError::NotYours(*topic));
    }
    let of = |wanted: bool| {
        let those = changes.iter().filter(move |(_, is)| *is == wanted);
        those.map(|(topic, _)| *topic).collect::<Vec<_>>()
    };
    let tx = cx.begin().await?;
    let workspace = cx.viewer.workspace();
    refuse(&tx, workspace, recipient, &of(false), cx.now).await?;
    take_back(&tx, recipient, &of(true)).await?;
    let preferences = preferences(&cx.within(&tx)).await?;
    tx.commit().await?;
    Ok(preferences)
}

/// Switches off every ticket mail of somebody who followed the link in one.
/// May be called again.
pub async fn unsubscribe(
    work: &Work<'_>,
    workspace: WorkspaceId,
    recipient: Recipient,
) -> Result<(), Fault> {
    let realm = match recipient {
        Recipient::Client(_) => MailRealm::Portal,
        Recipient::Staff(_) => MailRealm::Staff,
        Recipient::Credential(_) => return Ok(()),
    };
    let tx = work.begin().await?;
    refuse(&tx, workspace, recipient, Topic::of(realm), work.now).await?;
    tx.commit().await
}

async fn refuse(
    tx: &Tx,
    workspace: WorkspaceId,
    recipient: Recipient,
    topics: &[Topic],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if topics.is_empty() {
        return Ok(());
    }
    let rows = topics.iter().map(|topic| ActiveModel {
        recipient_kind: Set(recipient.kind()),
        recipient_id: Set(recipient.id()),
        topic: Set(*topic),
        workspace_id: Set(workspace),
        created_at: Set(now),
    });
    Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(&tx.executor())
        .await
        .doing("switching mails off")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the person's own rows")]
async fn take_back(tx: &Tx, recipient: Recipient, topics: &[Topic]) -> Result<(), Fault> {
    if topics.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::RecipientKind.eq(recipient.kind()))
        .filter(Column::RecipientId.eq(recipient.id()))
        .filter(Column::Topic.is_in(topics.iter().copied()))
        .exec(&tx.executor())
        .await
        .doing("switching mails on")?;
    Ok(())
}

/// The topics that the person wants no mail about.
#[expect(clippy::disallowed_methods, reason = "the person's own rows")]
pub(crate) async fn opt_outs(
    db: &DatabaseExecutor<'_>,
    recipient: Recipient,
) -> Result<Vec<Topic>, Fault> {
    Entity::find()
        .select_only()
        .column(Column::Topic)
        .filter(Column::RecipientKind.eq(recipient.kind()))
        .filter(Column::RecipientId.eq(recipient.id()))
        .into_tuple()
        .all(db)
        .await
        .doing("reading what somebody wants to be mailed about")
}
