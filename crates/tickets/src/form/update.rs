//! Changing what was answered. An answer stays with the form that it was given to;
//! where a ticket has none yet, that is the one in force. It stays on its side, too:
//! what staff answer is for clients only if both forms show the field to them.

use std::collections::HashSet;

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use visibility::{Cx, Viewer};

use super::{
    check::{Answers, Given, When, check},
    definition::{Field, Internal, Shape},
    fill::{AnswersError, Parts, attach, by},
    read::{editions, shapes_by_number, versions_by_number},
};
use crate::{
    MergedAway, Status, Ticket, TicketId,
    changed::changed_at,
    entity::{answers, internal_answers, ticket},
    event, index,
    merged::merged_away,
    scope,
};

/// Why answers stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum UpdateAnswersError {
    /// The ticket is closed, and the viewer a client.
    #[error("the ticket is closed")]
    Closed,
    /// The ticket was merged into another, where things go on.
    #[error("{0}")]
    Merged(MergedAway),
    /// The answers cannot be taken.
    #[error(transparent)]
    Answers(AnswersError),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AnswersError> for UpdateAnswersError {
    fn from(error: AnswersError) -> Self {
        match error {
            AnswersError::Fault(fault) => Self::Fault(fault),
            error => Self::Answers(error),
        }
    }
}

/// What is there of a ticket's answers, as far as the viewer knows.
struct There {
    category: String,
    shape: (i64, Shape),
    visible: Answers,
    /// Number, fields and answers; nothing for a client.
    version: (i64, Internal),
    internal: Answers,
    /// The keys of fields that the form in force keeps to staff; none for a client.
    kept: HashSet<String>,
}

impl There {
    /// Whether an answer to the field is for clients to see. What they have an answer
    /// to they see; what staff have one to, or what the form in force keeps to them,
    /// stays theirs, whatever the form said to which the ticket's answers were given.
    fn is_visible(&self, key: &str) -> bool {
        let known = self.shape.1.0.iter().any(|field| field.key == key);
        let ours = self.internal.0.contains_key(key) || self.kept.contains(key);
        known && (self.visible.0.contains_key(key) || !ours)
    }

    /// The fields that can be answered, each once.
    fn fields(&self) -> Vec<Field> {
        let shown = self.shape.1.0.iter();
        let shown = shown.filter(|field| self.is_visible(&field.key));
        let internal = self.version.1.0.iter().map(|(_, field)| field);
        let others = internal.filter(|field| !self.is_visible(&field.key));
        shown.chain(others).cloned().collect()
    }

    fn answers(&self) -> Answers {
        let mut all = self.internal.clone();
        all.0.retain(|key, _| !self.is_visible(key));
        all.0.extend(self.visible.0.clone());
        all
    }
}

/// Changes answers of a ticket: those that are given, to what is given. Clients
/// may while the ticket is not closed, and staff with `tickets.write`.
pub async fn update_answers(
    cx: &Cx<'_>,
    id: TicketId,
    given: Vec<Given>,
) -> Result<Ticket, UpdateAnswersError> {
    scope::may_write(cx.viewer)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = held(&within, id).await?;
    if ticket.status == Status::Closed {
        if let Some(away) = merged_away(&within, id).await? {
            return Err(UpdateAnswersError::Merged(away));
        }
        if matches!(cx.viewer, Viewer::Client(_)) {
            return Err(UpdateAnswersError::Closed);
        }
    }
    let there = there(&within, &ticket).await?;
    let step = (by(cx.viewer), When::Later);
    let fitting = check(&there.fields(), step, given, &there.answers());
    let fitting = fitting.map_err(AnswersError::Faults)?;
    let mut parts = Parts::of(fitting, |key| there.is_visible(key))?;
    let hidden = there.internal.0.iter();
    let hidden = hidden.filter(|(key, _)| there.is_visible(key));
    let hidden = hidden.map(|(key, value)| (key.clone(), value.clone()));
    parts.internal.0.extend(hidden);
    let (shown, internal) = (
        parts.visible != there.visible,
        parts.internal != there.internal,
    );
    if !shown && !internal {
        return Ok(ticket);
    }
    attach(&within, &ticket, &parts.uploads).await?;
    let mut ticket = ticket;
    if shown {
        write_visible(&within, &ticket, &there, parts.visible).await?;
        ticket = touched(&within, &ticket).await?;
    }
    if internal {
        write_internal(&within, &ticket, &there, parts.internal).await?;
    }
    index::renew(&within.db(), &[id]).await?;
    let kind = if shown {
        event::ANSWERED
    } else {
        event::ANSWERED_INTERNALLY
    };
    event::record(cx, &tx, kind, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}

/// The ticket, held until the end of the transaction, so that changes of its
/// answers come one after the other. Read anew once it is: what was waited for may
/// have moved it.
async fn held(cx: &Cx<'_>, id: TicketId) -> Result<Ticket, Fault> {
    scope::by_id(cx, id).await?;
    index::wait_for(&cx.db(), &[id]).await?;
    scope::by_id(cx, id).await
}

#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn there(cx: &Cx<'_>, ticket: &Ticket) -> Result<There, Fault> {
    let visible = answers::Entity::find()
        .filter(answers::Column::TicketId.eq(ticket.id))
        .one(&cx.db())
        .await
        .doing("reading answers")?;
    let internal = match cx.viewer {
        Viewer::Client(_) => None,
        Viewer::Staff(_) => internal_answers::Entity::find()
            .filter(internal_answers::Column::TicketId.eq(ticket.id))
            .one(&cx.db())
            .await
            .doing("reading answers")?,
    };
    let category = ticket.category.clone();
    let now = editions(cx, &category).await?;
    let now = now.into_iter().next().unwrap_or_default();
    let kept = now.internal.0.iter().map(|(_, field)| field.key.clone());
    let mut there = There {
        category,
        shape: now.shape,
        visible: Answers::default(),
        kept: kept.collect(),
        version: (now.number, now.internal),
        internal: Answers::default(),
    };
    if let Some(row) = visible {
        if row.shape != there.shape.0 {
            let wanted = (row.category.as_str(), vec![row.shape]);
            let asked = shapes_by_number(cx, &[wanted]).await?.pop();
            there.shape = (row.shape, asked.map(|row| row.fields).unwrap_or_default());
        }
        there.visible = row.answers;
    }
    if let Some(row) = internal {
        if row.version != there.version.0 {
            let wanted = (row.category.as_str(), vec![row.version]);
            let asked = versions_by_number(cx, &[wanted]).await?.pop();
            let fields = asked.map(|row| row.internal).unwrap_or_default();
            there.version = (row.version, fields);
        }
        there.internal = row.answers;
    }
    Ok(there)
}

async fn write_visible(
    cx: &Cx<'_>,
    ticket: &Ticket,
    there: &There,
    answers: Answers,
) -> Result<(), Fault> {
    let row = answers::Model {
        ticket_id: ticket.id,
        workspace_id: ticket.workspace_id,
        company_id: ticket.company_id,
        category: there.category.clone(),
        shape: there.shape.0,
        answers,
    };
    let replace = OnConflict::column(answers::Column::TicketId)
        .update_column(answers::Column::Answers)
        .to_owned();
    let insert = answers::Entity::insert(row.into_active_model()).on_conflict(replace);
    let written = insert.exec_without_returning(&cx.db()).await;
    written.map(drop).doing("keeping answers")
}

async fn write_internal(
    cx: &Cx<'_>,
    ticket: &Ticket,
    there: &There,
    answers: Answers,
) -> Result<(), Fault> {
    let row = internal_answers::Model {
        ticket_id: ticket.id,
        workspace_id: ticket.workspace_id,
        category: there.category.clone(),
        version: there.version.0,
        answers,
    };
    let replace = OnConflict::column(internal_answers::Column::TicketId)
        .update_column(internal_answers::Column::Answers)
        .to_owned();
    let insert = internal_answers::Entity::insert(row.into_active_model()).on_conflict(replace);
    let written = insert.exec_without_returning(&cx.db()).await;
    written.map(drop).doing("keeping answers")
}

/// The ticket, changed now for clients to see.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn touched(cx: &Cx<'_>, ticket: &Ticket) -> Result<Ticket, Fault> {
    let update = ticket::Entity::update_many()
        .col_expr(ticket::Column::ChangedAt, changed_at(cx.now))
        .filter(ticket::Column::Id.eq(ticket.id));
    let rows = update.exec_with_returning(&cx.db()).await;
    let row = rows.doing("noting a change of a ticket")?.pop();
    row.ok_or(Fault::NotFound)
}
