//! What the ticket operations ask for.

use ::tickets::{Assignee, Between, Desk, Direction, Filter, Order, OrderField, Progress, Words};
use async_graphql::{Enum, ID, InputObject, MaybeUndefined};
use chrono::{DateTime, Utc};
use kernel::StaffUserId;
use uuid::Uuid;

use super::{
    answers::AnswerInput,
    types::{TicketStatus, Visibility},
};
use crate::{audience::internal, contracts::TicketPriority, limits, node::Kind, refusal::Refusal};

/// Which tickets a list shows.
#[derive(Default, InputObject)]
pub(crate) struct TicketFilter {
    /// Only tickets in one of these; at most 100.
    status: Option<Vec<TicketStatus>>,
    /// Only tickets of one of these categories, by key; at most 100.
    category: Option<Vec<String>>,
    /// Only tickets opened then.
    opened_between: Option<OpenedBetween>,
    /// Only tickets in which the viewer may read all of these words: in the
    /// reference, the subject, the description or the timeline. Case and accents
    /// do not count, and the last word may be the beginning of one, from three
    /// letters on; a shorter one has to be a word itself. At most 200
    /// characters and 20 words; a text without letters and digits finds nothing.
    /// What is found comes in one order, the newest first.
    text: Option<String>,
    /// Only tickets that this staff member works on.
    #[graphql(directive = internal::apply())]
    assignee: Option<ID>,
    /// Only tickets that nobody works on. Not together with `assignee`.
    #[graphql(directive = internal::apply())]
    unassigned: Option<bool>,
    /// Only tickets as urgent as one of these; at most 100.
    #[graphql(directive = internal::apply())]
    priority: Option<Vec<TicketPriority>>,
    /// Only tickets of this company.
    #[graphql(directive = internal::apply())]
    company: Option<ID>,
    /// Only tickets of this person.
    #[graphql(directive = internal::apply())]
    requester: Option<ID>,
    /// Only tickets that clients may know of, or only those that they may not.
    #[graphql(directive = internal::apply())]
    visibility: Option<Visibility>,
}

impl TicketFilter {
    /// What is searched for, as it was typed.
    pub(super) fn typed(&self) -> Option<String> {
        self.text.clone()
    }

    pub(super) fn check(self) -> Result<Filter, Refusal> {
        let status = self.status.unwrap_or_default();
        let category = self.category.unwrap_or_default();
        short("filter.status", &status)?;
        short("filter.category", &category)?;
        let opened = self.opened_between.map(OpenedBetween::check).transpose()?;
        let words = self.text.as_deref().map(Words::parse).transpose();
        let priority = self.priority.unwrap_or_default();
        short("filter.priority", &priority)?;
        let somebody = self
            .assignee
            .as_ref()
            .map(named::<StaffUserId>(Kind::StaffMember));
        let assignee = match (somebody, self.unassigned) {
            (Some(_), Some(true)) => {
                return Err(Refusal::BadInput {
                    message: "`filter.unassigned` and `filter.assignee` exclude each other.".into(),
                    field: "filter.unassigned",
                });
            }
            (Some(somebody), _) => Some(Assignee::Somebody(somebody)),
            (None, Some(true)) => Some(Assignee::Nobody),
            (None, _) => None,
        };
        let desk = Desk {
            assignee,
            priority: priority.into_iter().map(Into::into).collect(),
            company: self.company.as_ref().map(named(Kind::Company)),
            requester: self.requester.as_ref().map(named(Kind::User)),
            flag: self.visibility.map(Into::into),
        };
        Ok(Filter {
            desk,
            status: status.into_iter().map(Into::into).collect(),
            category,
            opened: opened.unwrap_or_default(),
            words: words.map_err(|bad| Refusal::BadInput {
                message: format!("`filter.text` {bad}.").into(),
                field: "filter.text",
            })?,
        })
    }
}

/// Reads ids of a kind; an id of another one names nothing.
pub(super) fn named<T: From<Uuid>>(kind: Kind) -> impl Fn(&ID) -> T {
    move |id| kind.record(id).unwrap_or_else(|_| Uuid::nil().into())
}

/// A stretch of time; without an end it is open there.
#[derive(InputObject)]
#[graphql(name = "TicketOpenedBetween")]
pub(crate) struct OpenedBetween {
    /// The first instant of it.
    from: Option<DateTime<Utc>>,
    /// The first instant behind it; not before `from`.
    to: Option<DateTime<Utc>>,
}

impl OpenedBetween {
    fn check(self) -> Result<Between, Refusal> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            return Err(Refusal::BadInput {
                message: "`filter.openedBetween` ends before it begins.".into(),
                field: "filter.openedBetween",
            });
        }
        if ![self.from, self.to].iter().flatten().all(kernel::is_kept) {
            return Err(Refusal::BadInput {
                message: "`filter.openedBetween` takes years up to 9999.".into(),
                field: "filter.openedBetween",
            });
        }
        Ok(Between {
            from: self.from,
            to: self.to,
        })
    }
}

/// What was said of what null takes away. A variable that was forgotten must not do
/// that, so it is refused to say nothing.
pub(super) fn said<T>(field: &'static str, value: MaybeUndefined<T>) -> Result<Option<T>, Refusal> {
    match value {
        MaybeUndefined::Value(value) => Ok(Some(value)),
        MaybeUndefined::Null => Ok(None),
        MaybeUndefined::Undefined => Err(Refusal::BadInput {
            message: format!("`{field}` has to be given; null takes it away.").into(),
            field,
        }),
    }
}

/// Refuses a list that is longer than an input may hold.
pub(crate) fn short<T>(field: &'static str, list: &[T]) -> Result<(), Refusal> {
    if list.len() <= limits::INPUT_LIST_ITEMS {
        return Ok(());
    }
    let most = limits::INPUT_LIST_ITEMS;
    Err(Refusal::BadInput {
        message: format!("`{field}` may hold at most {most} items.").into(),
        field,
    })
}

/// What a list of tickets is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum TicketOrderField {
    /// When the ticket was opened.
    OpenedAt,
    /// When something last happened that the client's side can see.
    UpdatedAt,
    /// The reference number.
    Reference,
}

/// Which end of a list comes first.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum OrderDirection {
    /// Smallest or earliest first.
    Asc,
    /// Largest or latest first.
    Desc,
}

/// The order of a list of tickets.
#[derive(Clone, Copy, InputObject)]
pub(crate) struct TicketOrder {
    /// Sorted by what.
    field: TicketOrderField,
    /// Which end first.
    #[graphql(default_with = "OrderDirection::Desc")]
    direction: OrderDirection,
}

impl From<TicketOrder> for Order {
    fn from(order: TicketOrder) -> Self {
        Self {
            field: match order.field {
                TicketOrderField::OpenedAt => OrderField::OpenedAt,
                TicketOrderField::UpdatedAt => OrderField::ChangedAt,
                TicketOrderField::Reference => OrderField::Number,
            },
            direction: match order.direction {
                OrderDirection::Asc => Direction::Ascending,
                OrderDirection::Desc => Direction::Descending,
            },
        }
    }
}

/// What `ticketOpen` asks for.
#[derive(InputObject)]
pub(crate) struct TicketOpenInput {
    /// What it is about, in one line of at most 200 characters.
    pub(super) subject: String,
    /// The whole story, at most 20 000 characters.
    pub(super) description: String,
    /// The key of a category; the workspace's first when absent.
    pub(super) category: Option<String>,
    /// The colleague whom it concerns, when it is raised for somebody else. It
    /// is theirs then, and whoever raised it goes on seeing it.
    pub(super) on_behalf_of: Option<ID>,
    /// Colleagues who are to see it and to take part, at most 100. They must be
    /// able to see it once they are named.
    pub(super) participants: Option<Vec<ID>>,
    /// Uploads of one's own that belong to the description, by the ids of `uploadCreate`; at
    /// most 10.
    pub(super) attachments: Option<Vec<ID>>,
    /// What is answered to the category's form; see `ticketForm`. At most 100.
    pub(super) answers: Option<Vec<AnswerInput>>,
    /// The version of the form that was answered. It may be the one before the
    /// one in force, for a day after the change; that in force when absent.
    pub(super) form_version: Option<i32>,
    /// The company that it concerns. Staff must say; clients cannot.
    #[graphql(directive = internal::apply())]
    pub(super) company: Option<ID>,
    /// The person of that company whom it concerns.
    #[graphql(directive = internal::apply())]
    pub(super) requester: Option<ID>,
    /// Whether clients may know of it; `INTERNAL_ONLY` when absent.
    #[graphql(directive = internal::apply())]
    pub(super) visibility: Option<Visibility>,
    /// How urgent it is; `NORMAL` when absent.
    #[graphql(directive = internal::apply())]
    pub(super) priority: Option<TicketPriority>,
}

/// What `ticketReply` asks for.
#[derive(InputObject)]
pub(crate) struct TicketReplyInput {
    /// The ticket.
    pub(super) id: ID,
    /// The words, at most 20 000 characters.
    pub(super) body: String,
    /// Uploads of one's own that belong to it, by the ids of `uploadCreate`; at
    /// most 10.
    pub(super) attachments: Option<Vec<ID>>,
}

/// What `ticketAccept` asks for.
#[derive(InputObject)]
pub(crate) struct TicketAcceptInput {
    /// The ticket.
    pub(super) id: ID,
}

/// What `ticketReject` asks for.
#[derive(InputObject)]
pub(crate) struct TicketRejectInput {
    /// The ticket.
    pub(super) id: ID,
    /// Why it is not done, at most 20 000 characters.
    pub(super) reason: String,
}

/// What `ticketParticipantsAdd` asks for.
#[derive(InputObject)]
pub(crate) struct TicketParticipantsAddInput {
    /// The ticket.
    pub(super) id: ID,
    /// People of the ticket's company, at most 100. Who takes part already, and
    /// the requester, are passed over.
    pub(super) users: Vec<ID>,
}

/// What `ticketParticipantRemove` asks for.
#[derive(InputObject)]
pub(crate) struct TicketParticipantRemoveInput {
    /// The ticket.
    pub(super) id: ID,
    /// Somebody who takes part, and is not the requester.
    pub(super) user: ID,
}

/// What `ticketNote` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketNoteInput {
    /// The ticket.
    pub(super) id: ID,
    /// The words, at most 20 000 characters.
    pub(super) body: String,
    /// Uploads of one's own that belong to it, by the ids of `uploadCreate`; at
    /// most 10.
    pub(super) attachments: Option<Vec<ID>>,
    /// Colleagues who are to be told of it, at most 20. They must be able to see
    /// the ticket.
    pub(super) mentions: Option<Vec<ID>>,
}

/// What `ticketAssign` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketAssignInput {
    /// The ticket.
    pub(super) id: ID,
    /// The staff member; null takes the ticket back. It has to be given.
    pub(super) assignee: MaybeUndefined<ID>,
}

/// What `ticketResolve` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketResolveInput {
    /// The ticket.
    pub(super) id: ID,
    /// How it was done, for the client to read; at most 20 000 characters.
    pub(super) resolution: String,
}

/// How work on a ticket stands.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TicketProgress", directive = internal::apply())]
pub(crate) enum TicketProgress {
    /// The team is on it.
    InProgress,
    /// The team needs something from the client.
    Waiting,
}

impl From<TicketProgress> for Progress {
    fn from(progress: TicketProgress) -> Self {
        match progress {
            TicketProgress::InProgress => Self::InProgress,
            TicketProgress::Waiting => Self::Waiting,
        }
    }
}

/// What `ticketSetStatus` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketSetStatusInput {
    /// The ticket.
    pub(super) id: ID,
    /// The new status. Resolving, accepting and rejecting are mutations of their own.
    pub(super) status: TicketProgress,
}

/// What `ticketSetVisibility` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketSetVisibilityInput {
    /// The ticket.
    pub(super) id: ID,
    /// Whether clients may know of it from now on.
    pub(super) visibility: Visibility,
    /// Why, for the ledger; at most 20 000 characters.
    pub(super) reason: String,
}
