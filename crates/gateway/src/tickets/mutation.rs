//! What can be done to tickets.

use ::tickets::{
    AssignError, MentionError, MergedAway, MoveError, NameError, NoteError, OnBehalf, Open,
    OpenError, RejectError, ReplyError, ResolveError, SetFlagError, Status, Ticket, TicketId,
};
use async_graphql::{Context, ID, Object, Result};
use kernel::StaffUserId;
use visibility::Flag;

use super::{
    TicketNode,
    answers::{given, unanswered},
    attachments::{FIELD, Unattached, uploads},
    entry::EntryPage,
    input::{
        TicketAcceptInput, TicketAssignInput, TicketNoteInput, TicketOpenInput, TicketRejectInput,
        TicketReplyInput, TicketResolveInput, TicketSetStatusInput, TicketSetVisibilityInput, said,
        short,
    },
    page::TicketPage,
    participants::{CANNOT_SEE, SHARING_OFF, UNKNOWN, people, person},
    payload::{
        TicketAcceptErrorCode, TicketAcceptPayload, TicketAssignErrorCode, TicketAssignPayload,
        TicketNoteErrorCode, TicketNotePayload, TicketOpenErrorCode, TicketOpenPayload,
        TicketRejectErrorCode, TicketRejectPayload, TicketReplyErrorCode, TicketReplyPayload,
        TicketResolveErrorCode, TicketResolvePayload, TicketSetStatusErrorCode,
        TicketSetStatusPayload, TicketSetVisibilityErrorCode, TicketSetVisibilityPayload,
    },
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    refusal::{Refusal, refuse},
};

#[derive(Default)]
pub(crate) struct TicketCommands;

#[Object]
impl TicketCommands {
    /// Opens a ticket.
    async fn ticket_open(
        &self,
        ctx: &Context<'_>,
        input: TicketOpenInput,
    ) -> Result<Option<TicketOpenPayload>> {
        let cx = ctx.cx()?;
        let field = requester_field(&input);
        let open = match parse_open(&cx, input)? {
            Ok(open) => open,
            Err(code) => {
                let message = "`onBehalfOf` and `requester` name two people.";
                let refused = TicketOpenPayload::refused(code, Some("onBehalfOf"), message);
                return Ok(Some(refused));
            }
        };
        match ::tickets::open(&cx, open).await {
            Ok(ticket) => Ok(Some(TicketOpenPayload {
                ticket: Some(node(ctx, ticket)?),
                errors: Vec::new(),
            })),
            Err(error) => Ok(Some(not_opened(error, field)?)),
        }
    }

    /// Writes a reply that both sides can read.
    async fn ticket_reply(
        &self,
        ctx: &Context<'_>,
        input: TicketReplyInput,
    ) -> Result<Option<TicketReplyPayload>> {
        let (cx, id) = (ctx.cx()?, ticket_id(&input.id)?);
        let files = uploads(input.attachments)?;
        let payload = match ::tickets::reply(&cx, id, &input.body, &files).await {
            Ok((ticket, entry)) => TicketReplyPayload {
                ticket: Some(node(ctx, ticket)?),
                entry: Some(EntryPage::node(ctx.asked()?, entry)),
                errors: Vec::new(),
            },
            Err(ReplyError::Fault(fault)) => return Err(refuse(&fault)),
            Err(ReplyError::Body(error)) => TicketReplyPayload::refused(
                error.into(),
                Some("body"),
                format!("The body {error}."),
            ),
            Err(ReplyError::Attachments(error)) => {
                let reason = Unattached::of(&error)?;
                TicketReplyPayload::refused(reason.into(), FIELD, reason.message())
            }
            Err(ReplyError::Merged(away)) => {
                TicketReplyPayload::refused(TicketReplyErrorCode::Merged, Some("id"), told(&away))
            }
            Err(ReplyError::Closed) => {
                TicketReplyPayload::refused(TicketReplyErrorCode::TicketClosed, Some("id"), CLOSED)
            }
        };
        Ok(Some(payload))
    }

    /// Accepts the resolution: the ticket is closed. For clients.
    async fn ticket_accept(
        &self,
        ctx: &Context<'_>,
        input: TicketAcceptInput,
    ) -> Result<Option<TicketAcceptPayload>> {
        let payload = match ::tickets::accept(&ctx.cx()?, ticket_id(&input.id)?).await {
            Ok((ticket, _)) => TicketAcceptPayload {
                ticket: Some(node(ctx, ticket)?),
                errors: Vec::new(),
            },
            Err(MoveError::Fault(fault)) => return Err(refuse(&fault)),
            Err(MoveError::Merged(away)) => {
                TicketAcceptPayload::refused(TicketAcceptErrorCode::Merged, Some("id"), told(&away))
            }
            Err(MoveError::Illegal(_)) => TicketAcceptPayload::refused(
                TicketAcceptErrorCode::NotResolved,
                Some("id"),
                NOT_RESOLVED,
            ),
        };
        Ok(Some(payload))
    }

    /// Rejects the resolution: the ticket is open again. For clients.
    async fn ticket_reject(
        &self,
        ctx: &Context<'_>,
        input: TicketRejectInput,
    ) -> Result<Option<TicketRejectPayload>> {
        let payload = match ::tickets::reject(&ctx.cx()?, ticket_id(&input.id)?, &input.reason)
            .await
        {
            Ok((ticket, _)) => TicketRejectPayload {
                ticket: Some(node(ctx, ticket)?),
                errors: Vec::new(),
            },
            Err(RejectError::Fault(fault)) => return Err(refuse(&fault)),
            Err(RejectError::Reason(error)) => TicketRejectPayload::refused(
                error.into(),
                Some("reason"),
                format!("The reason {error}."),
            ),
            Err(RejectError::Merged(away)) => {
                TicketRejectPayload::refused(TicketRejectErrorCode::Merged, Some("id"), told(&away))
            }
            Err(RejectError::Illegal(_)) => TicketRejectPayload::refused(
                TicketRejectErrorCode::NotResolved,
                Some("id"),
                NOT_RESOLVED,
            ),
        };
        Ok(Some(payload))
    }

    /// Writes a note that the team alone can read, whatever the status. Needs
    /// the permission `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_note(
        &self,
        ctx: &Context<'_>,
        input: TicketNoteInput,
    ) -> Result<Option<TicketNotePayload>> {
        let (cx, id) = (ctx.cx()?, ticket_id(&input.id)?);
        let files = uploads(input.attachments)?;
        let named = named(input.mentions)?;
        let payload = match ::tickets::note(&cx, id, &input.body, &files, &named).await {
            Ok((ticket, entry)) => TicketNotePayload {
                ticket: Some(node(ctx, ticket)?),
                entry: Some(EntryPage::node(ctx.asked()?, entry)),
                errors: Vec::new(),
            },
            Err(NoteError::Fault(fault)) => return Err(refuse(&fault)),
            Err(NoteError::Attachments(error)) => {
                let reason = Unattached::of(&error)?;
                TicketNotePayload::refused(reason.into(), FIELD, reason.message())
            }
            Err(NoteError::Mentions(error)) => not_named(&error)?,
            Err(NoteError::Body(error)) => {
                TicketNotePayload::refused(error.into(), Some("body"), format!("The body {error}."))
            }
        };
        Ok(Some(payload))
    }

    /// Gives the ticket to a staff member, or takes it back. Needs the
    /// permission `tickets.assign`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_assign(
        &self,
        ctx: &Context<'_>,
        input: TicketAssignInput,
    ) -> Result<Option<TicketAssignPayload>> {
        let unknown = || {
            let message = "There is no such staff member.";
            TicketAssignPayload::refused(
                TicketAssignErrorCode::UnknownAssignee,
                Some("assignee"),
                message,
            )
        };
        let id = ticket_id(&input.id)?;
        let asked = said("assignee", input.assignee)?;
        let assignee: Option<StaffUserId> = match asked.map(|id| Kind::StaffMember.record(&id)) {
            None => None,
            Some(Ok(assignee)) => Some(assignee),
            Some(Err(_)) => return Ok(Some(unknown())),
        };
        let payload = match ::tickets::assign(&ctx.cx()?, id, assignee).await {
            Ok(ticket) => TicketAssignPayload {
                ticket: Some(node(ctx, ticket)?),
                errors: Vec::new(),
            },
            Err(AssignError::Fault(fault)) => return Err(refuse(&fault)),
            Err(AssignError::UnknownAssignee) => unknown(),
        };
        Ok(Some(payload))
    }

    /// Resolves the ticket, with words for the client. Needs the permission
    /// `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_resolve(
        &self,
        ctx: &Context<'_>,
        input: TicketResolveInput,
    ) -> Result<Option<TicketResolvePayload>> {
        let payload =
            match ::tickets::resolve(&ctx.cx()?, ticket_id(&input.id)?, &input.resolution).await {
                Ok((ticket, _)) => TicketResolvePayload {
                    ticket: Some(node(ctx, ticket)?),
                    errors: Vec::new(),
                },
                Err(ResolveError::Fault(fault)) => return Err(refuse(&fault)),
                Err(ResolveError::Resolution(error)) => TicketResolvePayload::refused(
                    error.into(),
                    Some("resolution"),
                    format!("The resolution {error}."),
                ),
                Err(ResolveError::Merged(away)) => TicketResolvePayload::refused(
                    TicketResolveErrorCode::Merged,
                    Some("id"),
                    told(&away),
                ),
                Err(ResolveError::Illegal(Status::Closed)) => TicketResolvePayload::refused(
                    TicketResolveErrorCode::TicketClosed,
                    Some("id"),
                    CLOSED,
                ),
                Err(ResolveError::Illegal(_)) => {
                    let message = "The ticket is resolved already.";
                    TicketResolvePayload::refused(
                        TicketResolveErrorCode::AlreadyResolved,
                        Some("id"),
                        message,
                    )
                }
            };
        Ok(Some(payload))
    }

    /// Says that work goes on, or that it waits for the client. Needs the
    /// permission `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_set_status(
        &self,
        ctx: &Context<'_>,
        input: TicketSetStatusInput,
    ) -> Result<Option<TicketSetStatusPayload>> {
        let progress = input.status.into();
        let payload =
            match ::tickets::set_progress(&ctx.cx()?, ticket_id(&input.id)?, progress).await {
                Ok((ticket, _)) => TicketSetStatusPayload {
                    ticket: Some(node(ctx, ticket)?),
                    errors: Vec::new(),
                },
                Err(MoveError::Fault(fault)) => return Err(refuse(&fault)),
                Err(MoveError::Merged(away)) => TicketSetStatusPayload::refused(
                    TicketSetStatusErrorCode::Merged,
                    Some("id"),
                    told(&away),
                ),
                Err(MoveError::Illegal(_)) => {
                    let message = "The ticket cannot get that status from where it stands.";
                    TicketSetStatusPayload::refused(
                        TicketSetStatusErrorCode::IllegalMove,
                        Some("status"),
                        message,
                    )
                }
            };
        Ok(Some(payload))
    }

    /// Shows the ticket to clients, or withdraws it; the ledger keeps who, when
    /// and why. Needs the permission `tickets.flag`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_set_visibility(
        &self,
        ctx: &Context<'_>,
        input: TicketSetVisibilityInput,
    ) -> Result<Option<TicketSetVisibilityPayload>> {
        let flag = Flag::from(input.visibility);
        let payload =
            match ::tickets::set_flag(&ctx.cx()?, ticket_id(&input.id)?, flag, &input.reason).await
            {
                Ok(ticket) => TicketSetVisibilityPayload {
                    ticket: Some(node(ctx, ticket)?),
                    errors: Vec::new(),
                },
                Err(SetFlagError::Fault(fault)) => return Err(refuse(&fault)),
                Err(SetFlagError::Reason(error)) => TicketSetVisibilityPayload::refused(
                    error.into(),
                    Some("reason"),
                    format!("The reason {error}."),
                ),
                Err(SetFlagError::Unchanged) => TicketSetVisibilityPayload::refused(
                    TicketSetVisibilityErrorCode::Unchanged,
                    Some("visibility"),
                    SAME_VISIBILITY,
                ),
                Err(SetFlagError::TargetHidden) => TicketSetVisibilityPayload::refused(
                    TicketSetVisibilityErrorCode::TargetHidden,
                    Some("visibility"),
                    TARGET_HIDDEN,
                ),
                Err(SetFlagError::RequesterCannotSee) => TicketSetVisibilityPayload::refused(
                    TicketSetVisibilityErrorCode::RequesterCannotSee,
                    Some("visibility"),
                    REQUESTER_CANNOT_SEE,
                ),
                Err(SetFlagError::HasMerged) => TicketSetVisibilityPayload::refused(
                    TicketSetVisibilityErrorCode::HasMerged,
                    Some("visibility"),
                    HAS_MERGED,
                ),
            };
        Ok(Some(payload))
    }
}

const CLOSED: &str = "The ticket is closed.";
const NOT_RESOLVED: &str = "The ticket is not resolved.";
pub(super) const SAME_VISIBILITY: &str = "The ticket already has that visibility.";
pub(super) const TARGET_HIDDEN: &str =
    "Clients would not see the ticket that this one was merged into. Show that one first.";
pub(super) const REQUESTER_CANNOT_SEE: &str =
    "The requester would not see the ticket that this one was merged into. Name them there first.";
pub(super) const HAS_MERGED: &str =
    "Clients see tickets that were merged into this one. Withdraw those first.";

/// Where a merged ticket went.
pub(super) fn told(away: &MergedAway) -> String {
    match &away.0 {
        Some(reference) => format!("The ticket was merged into {reference}."),
        None => "The ticket was merged into another.".to_owned(),
    }
}

/// The colleagues whom a note names. An id of another kind names nobody, and
/// the domain says so.
fn named(ids: Option<Vec<ID>>) -> Result<Vec<StaffUserId>, Refusal> {
    let ids = ids.unwrap_or_default();
    short("mentions", &ids)?;
    let member = |id: &ID| {
        Kind::StaffMember
            .record(id)
            .unwrap_or(uuid::Uuid::nil().into())
    };
    Ok(ids.iter().map(member).collect())
}

fn not_named(error: &MentionError) -> Result<TicketNotePayload> {
    use TicketNoteErrorCode as Code;
    let message = format!("Refused: {error}.");
    let code = match error {
        MentionError::Fault(fault) => return Err(refuse(fault)),
        MentionError::TooMany => Code::TooManyMentions,
        MentionError::Unknown => Code::UnknownMention,
        MentionError::CannotSee => Code::MentionCannotSee,
    };
    Ok(TicketNotePayload::refused(code, Some("mentions"), message))
}

fn ticket_id(id: &ID) -> Result<TicketId, Refusal> {
    Kind::Ticket.record(id)
}

fn node(ctx: &Context<'_>, ticket: Ticket) -> Result<TicketNode> {
    Ok(TicketPage::node(ctx.asked()?, ticket))
}

/// Which input said whom the ticket concerns.
fn requester_field(input: &TicketOpenInput) -> &'static str {
    if input.requester.is_some() {
        "requester"
    } else {
        "onBehalfOf"
    }
}

fn not_opened(error: OpenError, requester_field: &'static str) -> Result<TicketOpenPayload> {
    use TicketOpenErrorCode as Code;
    let (code, field, message) = match error {
        OpenError::Fault(fault) | OpenError::Participants(NameError::Fault(fault)) => {
            return Err(refuse(&fault));
        }
        OpenError::Attachments(error) => {
            let reason = Unattached::of(&error)?;
            let refused = TicketOpenPayload::refused(reason.into(), FIELD, reason.message());
            return Ok(refused);
        }
        OpenError::Answers(error) => return unanswered(error),
        OpenError::FormChanged => (
            Code::FormChanged,
            "formVersion",
            "The form has changed: read it again.".to_owned(),
        ),
        OpenError::Subject(error) => (error.into(), "subject", format!("The subject {error}.")),
        OpenError::Description(error) => (
            error.into(),
            "description",
            format!("The description {error}."),
        ),
        OpenError::UnknownCategory => (
            Code::UnknownCategory,
            "category",
            "There is no such category.".to_owned(),
        ),
        OpenError::UnknownCompany => (
            Code::UnknownCompany,
            "company",
            "There is no such company.".to_owned(),
        ),
        OpenError::UnknownRequester if requester_field == "requester" => {
            (Code::UnknownRequester, requester_field, UNKNOWN.to_owned())
        }
        OpenError::UnknownRequester => (Code::UnknownUser, requester_field, UNKNOWN.to_owned()),
        OpenError::RequesterCannotSee => (
            Code::UserCannotSee,
            requester_field,
            "The person could not see the ticket.".to_owned(),
        ),
        OpenError::Participants(NameError::Unknown) => {
            (Code::UnknownParticipant, "participants", UNKNOWN.to_owned())
        }
        OpenError::Participants(NameError::CannotSee) => (
            Code::ParticipantCannotSee,
            "participants",
            CANNOT_SEE.to_owned(),
        ),
        OpenError::Participants(NameError::SharingOff) => {
            (Code::SharingOff, "participants", SHARING_OFF.to_owned())
        }
    };
    Ok(TicketOpenPayload::refused(code, Some(field), message))
}

/// The internal fields are the second wall's here: they count for staff alone.
/// To staff, `onBehalfOf` and `requester` are two names of one thing.
fn parse_open(
    cx: &visibility::Cx<'_>,
    input: TicketOpenInput,
) -> Result<std::result::Result<Open, TicketOpenErrorCode>> {
    let for_staff = input.company.is_some()
        || input.requester.is_some()
        || input.visibility.is_some()
        || input.priority.is_some();
    if for_staff {
        cx.viewer.staff().map_err(|fault| refuse(&fault))?;
    }
    let named = input.participants.unwrap_or_default();
    short("participants", &named)?;
    let requester = input.requester.as_ref().map(person);
    let colleague = input.on_behalf_of.as_ref().map(person);
    if requester.is_some() && colleague.is_some() && requester != colleague {
        return Ok(Err(TicketOpenErrorCode::RequestersDiffer));
    }
    // An id of another kind names no company: the domain says so.
    let company = |id: ID| {
        Kind::Company
            .record(&id)
            .unwrap_or(uuid::Uuid::nil().into())
    };
    let on_behalf = input.company.map(|id| OnBehalf {
        company: company(id),
        requester: requester.or(colleague),
        flag: input.visibility.map_or(Flag::InternalOnly, Into::into),
    });
    Ok(Ok(Open {
        subject: input.subject,
        description: input.description,
        category: input.category,
        on_behalf,
        colleague,
        participants: people(&named),
        attachments: uploads(input.attachments)?,
        priority: input.priority.map(Into::into).unwrap_or_default(),
        answers: given(input.answers.unwrap_or_default())?,
        form_version: input.form_version.map(i64::from),
    }))
}
