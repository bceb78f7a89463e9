//! What there is to tell: several things that happen to one record within
//! minutes become one mail.
//!
//! A mail that waits has the record in `folds`; of these a unique index lets a
//! recipient have one. The claim takes it out: what happens from then on begins
//! a mail of its own. What a mail tells is taken by it, once, when its letter
//! is written: nothing is told by two, and nothing is told by none. A mail can tell
//! of other records along with its own; the mails that wait for those are then
//! left with less to tell, or with nothing, and are not sent.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
    TryInsertResult,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use store::{Fact, Store, Tx, Work};
use uuid::Uuid;

use crate::{
    Mail, NewMail, Recipient, Topic,
    entity::{
        mail,
        news::{ActiveModel, Column, Entity},
    },
};

/// How long a mail waits after the last thing that it tells.
pub const QUIET: TimeDelta = TimeDelta::minutes(2);
/// How long it waits at most.
pub const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// What one mail tells at most.
const MOST: u64 = 200;

/// Something that a mail tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// What it is about.
    pub topic: Topic,
    /// What happened: an entry, a breach, or the record itself.
    pub part: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
}

/// Notes what a fact asks to tell; answers whether any of it is new.
pub(crate) async fn note(tx: &Tx, fact: &Fact, mails: &[NewMail]) -> Result<bool, Fault> {
    let rows = mails.iter().filter_map(|mail| {
        let news = mail.news?;
        Some(ActiveModel {
            recipient_kind: Set(mail.recipient.kind()),
            recipient_id: Set(mail.recipient.id()),
            subject_id: Set(mail.subject),
            topic: Set(news.topic),
            part_id: Set(news.part),
            workspace_id: Set(fact.workspace),
            at: Set(news.at),
            mail_id: Set(None),
        })
    });
    let known = OnConflict::new().do_nothing().to_owned();
    let done = Entity::insert_many(rows)
        .on_conflict(known)
        .try_insert()
        .exec_without_returning(&tx.executor())
        .await
        .doing("noting what there is to tell")?;
    Ok(matches!(done, TryInsertResult::Inserted(some) if some > 0))
}

/// Has the mails wait for what else happens, together with those that wait
/// already: one statement decides which. Answers how many there are.
pub(crate) async fn fold(
    tx: &Tx,
    work: &Work<'_>,
    rows: Vec<mail::ActiveModel>,
) -> Result<u64, Fault> {
    let rows = rows.into_iter().map(|row| mail::ActiveModel {
        folds: Set(row.subject_id.clone().take()),
        due_at: Set(work.now + QUIET),
        latest_at: Set(Some(work.now + PATIENCE)),
        ..row
    });
    let waiting = OnConflict::columns([
        mail::Column::RecipientKind,
        mail::Column::RecipientId,
        mail::Column::Folds,
    ])
    .value(
        mail::Column::DueAt,
        Expr::cust(
            "CASE WHEN mails.latest_at < excluded.due_at THEN mails.latest_at ELSE excluded.due_at END",
        ),
    )
    .to_owned();
    mail::Entity::insert_many(rows)
        .on_conflict(waiting)
        .exec_without_returning(&tx.executor())
        .await
        .doing("queueing what there is to tell")
}

/// What the mail tells: what it has taken before, and what nobody has.
pub async fn take(store: &Store, mail: &Mail) -> Result<Vec<News>, Fault> {
    let own = Column::SubjectId.eq(mail.subject);
    let told = told(store, mail, own).await?;
    Ok(told.into_iter().map(|(_, news)| news).collect())
}

/// The same, by record: where the mail has this topic to tell of its own, it takes
/// along what nobody has told of it about other records. One statement takes all, so
/// that of mails that are written at once one has it, and the others find nothing.
#[expect(
    clippy::disallowed_methods,
    reason = "the queue has no viewer: the sender is not a person"
)]
pub async fn take_along(
    store: &Store,
    mail: &Mail,
    topic: Topic,
) -> Result<Vec<(Uuid, News)>, Fault> {
    let own = || Column::SubjectId.eq(mail.subject);
    let begun = Entity::find()
        .select_only()
        .column(Column::PartId)
        .filter(Column::RecipientKind.eq(mail.recipient.kind()))
        .filter(Column::RecipientId.eq(mail.recipient.id()))
        .filter(own())
        .filter(Column::Topic.eq(topic))
        .filter(Column::MailId.is_null().or(Column::MailId.eq(mail.id)));
    let others = Column::Topic
        .eq(topic)
        .and(Expr::exists(begun.into_query()));
    told(store, mail, own().or(others)).await
}

/// Takes those of the recipient's news that nobody has told; answers all that the
/// mail has taken by then, by record.
#[expect(
    clippy::disallowed_methods,
    reason = "the queue has no viewer: the sender is not a person"
)]
async fn told(store: &Store, mail: &Mail, untold: Expr) -> Result<Vec<(Uuid, News)>, Fault> {
    let tx = store.begin().await?;
    Entity::update_many()
        .col_expr(Column::MailId, Expr::value(Some(mail.id)))
        .filter(Column::RecipientKind.eq(mail.recipient.kind()))
        .filter(Column::RecipientId.eq(mail.recipient.id()))
        .filter(untold)
        .filter(Column::MailId.is_null())
        .exec(&tx.executor())
        .await
        .doing("taking what there is to tell")?;
    let found = Entity::find()
        .filter(Column::MailId.eq(mail.id))
        .order_by_asc(Column::At)
        .order_by_asc(Column::PartId)
        .limit(MOST)
        .all(&tx.executor())
        .await
        .doing("reading what there is to tell")?;
    tx.commit().await?;
    let news = found.into_iter().map(|row| {
        let news = News {
            topic: row.topic,
            part: row.part_id,
            at: row.at,
        };
        (row.subject_id, news)
    });
    Ok(news.collect())
}

/// Removes what was told, or would be too old to tell.
#[expect(
    clippy::disallowed_methods,
    reason = "the queue has no viewer: the sender is not a person"
)]
pub(crate) async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<(), Fault> {
    Entity::delete_many()
        .filter(Column::At.lt(before))
        .exec(&tx.executor())
        .await
        .doing("forgetting what was told")?;
    Ok(())
}

/// The topics that somebody wants no mail about.
pub async fn unwanted(store: &Store, recipient: Recipient) -> Result<Vec<Topic>, Fault> {
    crate::preferences::opt_outs(&store.executor(), recipient).await
}
