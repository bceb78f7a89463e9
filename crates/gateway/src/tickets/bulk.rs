//! Changing many tickets with one request. For staff.
//!
//! Each ticket goes through the commands for one: their rights, their
//! transactions, their facts. So what is done stays done, whatever becomes of the
//! others, and the answer says of each ticket how it went.

use std::time::Instant;

use ::tickets::{
    AssignError, Assignee, MoveError, Progress, SetFlagError, TicketId, TriageError, assign,
    by_ids, set_flag, set_priority, set_progress,
};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use kernel::Fault;
use visibility::{Cx, Permission};

use super::{
    TicketNode,
    input::{TicketProgress, named, short},
    mutation::{HAS_MERGED, REQUESTER_CANNOT_SEE, SAME_VISIBILITY, TARGET_HIDDEN, told},
    page::{TicketPage, distinct},
    types::Visibility,
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    contracts::TicketPriority,
    limits,
    node::Kind,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// What `ticketsUpdate` asks for; what is absent stays as it is.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketsUpdateInput {
    /// The tickets, at most 100; one that comes twice counts once.
    ids: Vec<ID>,
    /// Who is to work on them; null takes them back.
    assignee: MaybeUndefined<ID>,
    /// How urgent they are.
    priority: Option<TicketPriority>,
    /// How work on them stands.
    status: Option<TicketProgress>,
    /// Whether clients may know of them from now on.
    visibility: Option<Visibility>,
    /// Why, for the ledger, when `visibility` is given; at most 20 000 characters.
    reason: Option<String>,
}

/// How it went with one ticket.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketsUpdateOutcome {
    /// The id that was given.
    id: ID,
    /// The ticket as it stands now; none when there is none for the viewer.
    ticket: Option<TicketNode>,
    /// What did not work; empty when all did. The rest of what was asked was done.
    errors: Vec<TicketsUpdateError>,
}

payload! {
    /// What `ticketsUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketsUpdatePayload {
        /// How it went with each ticket, in the order of `ids`; none when there are
        /// errors.
        outcomes: Vec<TicketsUpdateOutcome>,
    }
    /// Why something was not changed.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketsUpdateError;
    /// What can go wrong in `ticketsUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketsUpdateErrorCode {
        /// Nothing was asked to change.
        NothingToChange,
        /// There is no such ticket.
        NotFound,
        /// Nobody in force of this workspace has that id.
        UnknownAssignee,
        /// It is so already.
        Unchanged,
        /// The workflow has no such move from where the ticket stands.
        IllegalMove,
        /// The ticket was merged into another, where things go on.
        Merged,
        /// It was merged into a ticket that clients would not see.
        TargetHidden,
        /// Its requester would see it, and not the ticket that it was merged into.
        RequesterCannotSee,
        /// Tickets that clients see were merged into it.
        HasMerged,
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// There was no time for it. What was asked for and is not named in another
        /// error was not done: send it again.
        NotDone,
    }
}

use TicketsUpdateErrorCode as Code;

impl From<kernel::TextError> for Code {
    fn from(error: kernel::TextError) -> Self {
        match error {
            kernel::TextError::Blank => Self::Required,
            kernel::TextError::TooLong(_) => Self::TooLong,
            kernel::TextError::Control => Self::InvalidCharacters,
        }
    }
}

#[derive(Default)]
pub(crate) struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Changes up to 100 tickets, each by itself: one that cannot be changed stops
    /// no other. What takes too long is left and named. Needs the permission of each
    /// change: `tickets.assign`, `tickets.write`, `tickets.flag`.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "input.ids.len() * child_complexity + 1"
    )]
    async fn tickets_update(
        &self,
        ctx: &Context<'_>,
        input: TicketsUpdateInput,
    ) -> Result<Option<TicketsUpdatePayload>> {
        let (asked, cx) = (ctx.asked()?, ctx.cx()?);
        short("ids", &input.ids)?;
        let change = Change::of(&input);
        change.permitted(&cx).map_err(|fault| refuse(&fault))?;
        if change.is_nothing() {
            let message = "Nothing was asked to change.";
            let refused = TicketsUpdatePayload::refused(Code::NothingToChange, None, message);
            return Ok(Some(refused));
        }
        let mut ids: Vec<ID> = Vec::with_capacity(input.ids.len());
        for id in input.ids {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let until = asked.begun + limits::BULK;
        let in_time = || Instant::now() < until;
        let errors = each(&ids, in_time, &Making(&change, &cx)).await;
        Ok(Some(TicketsUpdatePayload {
            outcomes: Some(outcomes(ctx, &cx, ids, errors).await?),
            errors: Vec::new(),
        }))
    }
}

/// How it went with one, and whether to go on.
enum Went {
    On(Vec<TicketsUpdateError>),
    /// The database has no time, or is broken.
    NoFurther(Vec<TicketsUpdateError>),
}

/// What is done to one.
trait One: Sync {
    fn one(&self, id: &ID) -> impl Future<Output = Went> + Send;
}

/// A change, made to one ticket after the other.
struct Making<'a>(&'a Change, &'a Cx<'a>);

impl One for Making<'_> {
    async fn one(&self, id: &ID) -> Went {
        let Self(change, cx) = self;
        match Kind::Ticket.record::<TicketId>(id) {
            Ok(ticket) => change.make(cx, ticket).await,
            Err(_) => Went::On(vec![not_found()]),
        }
    }
}

/// One after the other, as long as there is time; the rest is not done.
async fn each(
    ids: &[ID],
    time: impl Fn() -> bool + Send,
    what: &impl One,
) -> Vec<Vec<TicketsUpdateError>> {
    let mut all = Vec::with_capacity(ids.len());
    let mut over = false;
    for id in ids {
        over = over || !time();
        if over {
            all.push(vec![not_done()]);
            continue;
        }
        match what.one(id).await {
            Went::On(errors) => all.push(errors),
            Went::NoFurther(errors) => {
                over = true;
                all.push(errors);
            }
        }
    }
    all
}

/// The outcomes, with all tickets read together.
async fn outcomes(
    ctx: &Context<'_>,
    cx: &Cx<'_>,
    ids: Vec<ID>,
    errors: Vec<Vec<TicketsUpdateError>>,
) -> Result<Vec<TicketsUpdateOutcome>> {
    let of = |id: &ID| Kind::Ticket.record::<TicketId>(id).ok();
    let known = distinct(ids.iter().filter_map(of));
    let found = by_ids(cx, &known).await.map_err(|fault| refuse(&fault))?;
    let nodes = TicketPage::nodes(ctx.asked()?, found);
    let outcome = |(id, errors): (ID, _)| TicketsUpdateOutcome {
        ticket: of(&id)
            .and_then(|ticket| nodes.iter().find(|node| node.row.id == ticket))
            .cloned(),
        id,
        errors,
    };
    Ok(ids.into_iter().zip(errors).map(outcome).collect())
}

/// What is to become of each ticket.
struct Change {
    assignee: Option<Assignee>,
    priority: Option<TicketPriority>,
    status: Option<Progress>,
    flag: Option<(visibility::Flag, String)>,
}

/// What a change can be made of, in the order in which it is made.
enum Part {
    Assignee,
    Priority,
    Status,
    Flag,
}

impl Change {
    fn of(input: &TicketsUpdateInput) -> Self {
        let reason = || input.reason.clone().unwrap_or_default();
        Self {
            assignee: match &input.assignee {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(Assignee::Nobody),
                // An id of another kind names nobody: the domain says so.
                MaybeUndefined::Value(id) => Some(Assignee::Somebody(named(Kind::StaffMember)(id))),
            },
            priority: input.priority,
            status: input.status.map(Into::into),
            flag: input.visibility.map(|flag| (flag.into(), reason())),
        }
    }

    fn is_nothing(&self) -> bool {
        self.assignee.is_none()
            && self.priority.is_none()
            && self.status.is_none()
            && self.flag.is_none()
    }

    /// Refuses as a whole what the viewer may do to no ticket.
    fn permitted(&self, cx: &Cx<'_>) -> Result<(), Fault> {
        cx.viewer.staff()?;
        for (asked, permission) in [
            (self.assignee.is_some(), Permission::TicketsAssign),
            (
                self.priority.is_some() || self.status.is_some(),
                Permission::TicketsWrite,
            ),
            (self.flag.is_some(), Permission::TicketsFlag),
        ] {
            if asked {
                cx.viewer.may(permission)?;
            }
        }
        Ok(())
    }

    /// Makes the changes one by one; what fails stops no other, but for a ticket
    /// that is not there.
    async fn make(&self, cx: &Cx<'_>, id: TicketId) -> Went {
        let mut errors = Vec::new();
        for part in [Part::Assignee, Part::Priority, Part::Status, Part::Flag] {
            let outcome = match part {
                Part::Assignee => self.assign(cx, id).await,
                Part::Priority => self.prioritise(cx, id).await,
                Part::Status => self.move_on(cx, id).await,
                Part::Flag => self.show_or_hide(cx, id).await,
            };
            match outcome {
                Ok(()) => {}
                Err(Bad::Said(error)) => errors.push(error),
                Err(Bad::Fault(Fault::NotFound)) => return Went::On(vec![not_found()]),
                Err(Bad::Fault(fault)) => {
                    // What is done is told of, whatever has become of the rest.
                    let _logged = Refusal::from(&fault);
                    errors.push(not_done());
                    return Went::NoFurther(errors);
                }
            }
        }
        Went::On(errors)
    }

    async fn assign(&self, cx: &Cx<'_>, id: TicketId) -> Result<(), Bad> {
        let assignee = match self.assignee {
            None => return Ok(()),
            Some(Assignee::Nobody) => None,
            Some(Assignee::Somebody(somebody)) => Some(somebody),
        };
        match assign(cx, id, assignee).await {
            Ok(_) => Ok(()),
            Err(AssignError::Fault(fault)) => Err(Bad::Fault(fault)),
            Err(AssignError::UnknownAssignee) => Err(said(
                Code::UnknownAssignee,
                "assignee",
                "There is no such staff member.",
            )),
        }
    }

    async fn prioritise(&self, cx: &Cx<'_>, id: TicketId) -> Result<(), Bad> {
        let Some(priority) = self.priority else {
            return Ok(());
        };
        match set_priority(cx, id, priority.into()).await {
            Ok(_) => Ok(()),
            Err(TriageError::Fault(fault)) => Err(Bad::Fault(fault)),
            Err(TriageError::Unchanged | TriageError::UnknownContract) => Err(said(
                Code::Unchanged,
                "priority",
                "The ticket already has that priority.",
            )),
        }
    }

    async fn move_on(&self, cx: &Cx<'_>, id: TicketId) -> Result<(), Bad> {
        let Some(progress) = self.status else {
            return Ok(());
        };
        match set_progress(cx, id, progress).await {
            Ok(_) => Ok(()),
            Err(MoveError::Fault(fault)) => Err(Bad::Fault(fault)),
            Err(MoveError::Merged(away)) => Err(said(Code::Merged, "ids", told(&away))),
            Err(MoveError::Illegal(_)) => Err(said(
                Code::IllegalMove,
                "status",
                "The ticket cannot get that status from where it stands.",
            )),
        }
    }

    async fn show_or_hide(&self, cx: &Cx<'_>, id: TicketId) -> Result<(), Bad> {
        let Some((flag, reason)) = &self.flag else {
            return Ok(());
        };
        match set_flag(cx, id, *flag, reason).await {
            Ok(_) => Ok(()),
            Err(SetFlagError::Fault(fault)) => Err(Bad::Fault(fault)),
            Err(SetFlagError::Reason(error)) => {
                Err(said(error.into(), "reason", format!("The reason {error}.")))
            }
            Err(SetFlagError::Unchanged) => {
                Err(said(Code::Unchanged, "visibility", SAME_VISIBILITY))
            }
            Err(SetFlagError::TargetHidden) => {
                Err(said(Code::TargetHidden, "visibility", TARGET_HIDDEN))
            }
            Err(SetFlagError::RequesterCannotSee) => Err(said(
                Code::RequesterCannotSee,
                "visibility",
                REQUESTER_CANNOT_SEE,
            )),
            Err(SetFlagError::HasMerged) => Err(said(Code::HasMerged, "visibility", HAS_MERGED)),
        }
    }
}

/// Why one change was not made.
enum Bad {
    Said(TicketsUpdateError),
    Fault(Fault),
}

fn said(code: Code, field: &'static str, message: impl Into<String>) -> Bad {
    Bad::Said(error(code, Some(field), message))
}

fn error(
    code: Code,
    field: Option<&'static str>,
    message: impl Into<String>,
) -> TicketsUpdateError {
    TicketsUpdateError {
        code,
        message: message.into(),
        field,
    }
}

fn not_found() -> TicketsUpdateError {
    error(Code::NotFound, Some("ids"), "There is no such ticket.")
}

fn not_done() -> TicketsUpdateError {
    error(
        Code::NotDone,
        None,
        "There was no time for it. Send it again.",
    )
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// The second is not there; one may be met by a busy database.
    struct Told(Option<&'static str>);

    impl One for Told {
        async fn one(&self, id: &ID) -> Went {
            match self.0 {
                Some(stop) if stop == id.as_str() => Went::NoFurther(vec![not_done()]),
                _ if id.as_str() == "b" => Went::On(vec![not_found()]),
                _ => Went::On(Vec::new()),
            }
        }
    }

    /// What each answers: the codes of its errors.
    async fn run(time: usize, stops_at: Option<&'static str>) -> Vec<Vec<&'static str>> {
        let ids = ["a", "b", "c", "d"].map(ID::from);
        let begun = AtomicUsize::new(0);
        let tick = || begun.fetch_add(1, Ordering::Relaxed) < time;
        let done = each(&ids, tick, &Told(stops_at)).await;
        let code = |error: &TicketsUpdateError| match error.code {
            Code::NotDone => "not done",
            Code::NotFound => "not found",
            _ => "another",
        };
        let codes = |errors: &Vec<_>| errors.iter().map(code).collect();
        done.iter().map(codes).collect()
    }

    #[tokio::test]
    async fn what_there_is_no_time_for_is_named_and_nothing_is_lost() {
        let all = [vec![], vec!["not found"], vec![], vec![]];
        assert_eq!(run(9, None).await, all);
        let late = [
            vec![],
            vec!["not found"],
            vec!["not done"],
            vec!["not done"],
        ];
        assert_eq!(run(2, None).await, late);
        assert_eq!(run(0, None).await, vec![vec!["not done"]; 4]);
        assert_eq!(run(9, Some("c")).await, late);
    }
}
