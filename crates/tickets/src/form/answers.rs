//! Reading what was answered, with the questions as they were put.

use std::{collections::HashMap, sync::Arc};

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use visibility::Cx;

use super::{
    check::{Answers, Value},
    definition::Field,
    read::{shapes_by_number, versions_by_number},
};
use crate::{
    TicketId,
    entity::{answers, internal_answers},
    scope,
};

/// An answer, and the field as it was when it was given.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What was asked.
    pub field: Arc<Field>,
    /// What was answered.
    pub value: Value,
}

/// Answers by ticket, in the order of the form.
pub type AnswersOf = HashMap<TicketId, Vec<Answered>>;

/// What was answered to the client-visible fields of those of the tickets that the
/// viewer can see. Two statements.
pub async fn answers(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<AnswersOf, Fault> {
    let rows = scope::answers_visible_to(cx.viewer)
        .filter(answers::Column::TicketId.is_in(tickets.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading answers")?;
    let wanted = rows.iter().map(|row| (row.category.as_str(), row.shape));
    let shapes = shapes_by_number(cx, &grouped(wanted)).await?;
    let asked = shapes
        .into_iter()
        .map(|row| ((row.category, row.shape), shared(row.fields.0.into_iter())));
    let asked: HashMap<_, _> = asked.collect();
    let of = |row: answers::Model| {
        let fields = asked.get(&(row.category, row.shape))?;
        Some((row.ticket_id, in_order(fields, row.answers)))
    };
    Ok(rows.into_iter().filter_map(of).collect())
}

/// What was answered to the internal fields of the tickets. Two statements; staff.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn internal_answers(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<AnswersOf, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = internal_answers::Entity::find()
        .filter(internal_answers::Column::WorkspaceId.eq(staff.workspace))
        .filter(internal_answers::Column::TicketId.is_in(tickets.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading answers")?;
    let wanted = rows.iter().map(|row| (row.category.as_str(), row.version));
    let versions = versions_by_number(cx, &grouped(wanted)).await?;
    let asked = versions.into_iter().map(|row| {
        let fields = row.internal.0.into_iter().map(|(_, field)| field);
        ((row.category, row.version), shared(fields))
    });
    let asked: HashMap<_, _> = asked.collect();
    let of = |row: internal_answers::Model| {
        let fields = asked.get(&(row.category, row.version))?;
        Some((row.ticket_id, in_order(fields, row.answers)))
    };
    Ok(rows.into_iter().filter_map(of).collect())
}

/// Numbers by category, each once.
fn grouped<'a>(wanted: impl Iterator<Item = (&'a str, i64)>) -> Vec<(&'a str, Vec<i64>)> {
    let mut groups: Vec<(&str, Vec<i64>)> = Vec::new();
    for (category, number) in wanted {
        match groups.iter_mut().find(|(known, _)| *known == category) {
            Some((_, numbers)) if numbers.contains(&number) => {}
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((category, vec![number])),
        }
    }
    groups
}

fn shared(fields: impl Iterator<Item = Field>) -> Vec<Arc<Field>> {
    fields.map(Arc::new).collect()
}

fn in_order(fields: &[Arc<Field>], mut answers: Answers) -> Vec<Answered> {
    let mut answered = Vec::with_capacity(answers.0.len());
    for field in fields {
        if let Some(value) = answers.0.remove(&field.key) {
            let field = field.clone();
            answered.push(Answered { field, value });
        }
    }
    answered
}
