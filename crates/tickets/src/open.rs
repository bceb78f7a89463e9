//! Opening a ticket (TK-2), for oneself or for a colleague (CT-5).

use contracts::Priority;
use documents::FileId;
use identity::Standing;
use kernel::{ClientUserId, CompanyId, Doing, Fault, Line, Prose, TextError};
use sea_orm::{EntityTrait, IntoActiveModel};
use visibility::{Cx, Flag, Permission, Section, Viewer};

use crate::{
    AttachError, NameError, Role, SERIES, Status, Ticket, TicketId,
    attachments::attach,
    category::categories,
    clock::keep::{self, Hand},
    entity::ticket,
    event,
    form::{
        check::Given,
        fill::{AnswersError, fill, keep as keep_answers},
    },
    index,
    naming::{self, check_requester},
    participants::{each_once, row, write},
};

/// What somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// What it is about, in one line.
    pub subject: String,
    /// The whole story.
    pub description: String,
    /// The key of a category; the workspace's first when absent.
    pub category: Option<String>,
    /// For whom staff open it.
    pub on_behalf: Option<OnBehalf>,
    /// The colleague for whom a client raises it; none when for themselves.
    pub colleague: Option<ClientUserId>,
    /// Who of the company takes part from the start.
    pub participants: Vec<ClientUserId>,
    /// Uploads of the viewer that belong to the description.
    pub attachments: Vec<FileId>,
    /// How urgent it is; staff alone say.
    pub priority: Priority,
    /// What is answered to the category's form.
    pub answers: Vec<Given>,
    /// The version of the form that was answered; the one in force when absent.
    pub form_version: Option<i64>,
}

/// For whom staff open a ticket.
#[derive(Clone, Copy, Debug)]
pub struct OnBehalf {
    /// The company it concerns.
    pub company: CompanyId,
    /// The person it concerns.
    pub requester: Option<ClientUserId>,
    /// Whether the company's people may see it.
    pub flag: Flag,
}

/// Why a ticket was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The subject cannot be taken.
    #[error("the subject {0}")]
    Subject(TextError),
    /// The description cannot be taken.
    #[error("the description {0}")]
    Description(TextError),
    /// The workspace has no such category.
    #[error("no such category")]
    UnknownCategory,
    /// Staff must say for which company of the workspace.
    #[error("no such company")]
    UnknownCompany,
    /// Nobody in force of that company has that id.
    #[error("no such requester")]
    UnknownRequester,
    /// The requester could not see the ticket.
    #[error("the requester could not see it")]
    RequesterCannotSee,
    /// Somebody cannot take part.
    #[error(transparent)]
    Participants(NameError),
    /// Files cannot be attached.
    #[error(transparent)]
    Attachments(#[from] AttachError),
    /// The form is another one by now.
    #[error("the form has changed")]
    FormChanged,
    /// Answers cannot be taken.
    #[error(transparent)]
    Answers(AnswersError),
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AnswersError> for OpenError {
    fn from(error: AnswersError) -> Self {
        match error {
            AnswersError::Fault(fault) => Self::Fault(fault),
            error => Self::Answers(error),
        }
    }
}

impl OpenError {
    fn of_requester(error: NameError) -> Self {
        match error {
            NameError::Fault(fault) => Self::Fault(fault),
            NameError::Unknown => Self::UnknownRequester,
            NameError::CannotSee | NameError::SharingOff => Self::RequesterCannotSee,
        }
    }
}

/// Opens a ticket. A client needs the tickets section, staff `tickets.open`.
pub async fn open(cx: &Cx<'_>, input: Open) -> Result<Ticket, OpenError> {
    let concerns = concerned(cx, &input).await?;
    let subject = Line::parse(&input.subject).map_err(OpenError::Subject)?;
    let description = Prose::parse(&input.description).map_err(OpenError::Description)?;
    let category = known_category(cx, input.category.as_deref()).await?;
    let part = taking_part(cx, &concerns, &input.participants).await?;
    let filled = fill(cx, &category, input.form_version, input.answers).await?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let workspace = cx.viewer.workspace();
    let ticket = Ticket {
        id: TicketId::fresh(cx.now, cx.entropy),
        workspace_id: workspace,
        company_id: concerns.company,
        // Drawn in the transaction: an opening that fails leaves no gap.
        number: tx.next_number(workspace, SERIES).await?,
        subject: subject.into_string(),
        description: description.into_string(),
        category,
        status: Status::Open,
        flag: concerns.flag,
        requester_id: concerns.requester,
        opened_at: cx.now,
        changed_at: cx.now,
        resolved_at: None,
        closed_at: None,
    };
    let insert = ticket::Entity::insert(ticket.clone().into_active_model());
    insert
        .exec_without_returning(&tx.executor())
        .await
        .doing("opening a ticket")?;
    let part = part
        .into_iter()
        .map(|(user, role)| row(cx, &ticket, user, role));
    write(&within, part.collect()).await?;
    attach(&within, &ticket, None, &input.attachments).await?;
    keep_answers(&within, &ticket, filled).await?;
    index::renew(&within.db(), &[ticket.id]).await?;
    keep::start(Hand::of(cx, &tx), &ticket, input.priority).await?;
    let kind = match cx.viewer {
        Viewer::Client(_) => event::OPENED,
        Viewer::Staff(_) => event::OPENED_BY_STAFF,
    };
    event::record(cx, &tx, kind, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}

/// Whom the ticket concerns.
async fn concerned(cx: &Cx<'_>, input: &Open) -> Result<OnBehalf, OpenError> {
    match cx.viewer {
        Viewer::Client(client) => {
            let for_staff = input.on_behalf.is_some() || input.priority != Priority::default();
            if for_staff || !cx.viewer.opens(Section::Tickets) {
                return Err(Fault::Forbidden.into());
            }
            let requester = input.colleague.unwrap_or(client.user);
            if requester != client.user {
                check_requester(cx, client.company, requester)
                    .await
                    .map_err(OpenError::of_requester)?;
            }
            Ok(OnBehalf {
                company: client.company,
                requester: Some(requester),
                flag: Flag::ClientVisible,
            })
        }
        Viewer::Staff(_) => {
            cx.viewer.may(Permission::TicketsOpen)?;
            if !cx.viewer.opens(Section::Tickets) {
                return Err(Fault::NotFound.into());
            }
            let asked = input.on_behalf.ok_or(OpenError::UnknownCompany)?;
            let known = identity::companies_by_ids(cx, &[asked.company]).await?;
            if known.is_empty() {
                return Err(OpenError::UnknownCompany);
            }
            if let Some(requester) = asked.requester {
                let known = identity::client_users_by_ids(cx, &[requester]).await?.pop();
                known
                    .filter(|user| {
                        user.company_id == asked.company && user.status == Standing::Active
                    })
                    .ok_or(OpenError::UnknownRequester)?;
            }
            Ok(asked)
        }
    }
}

/// Who takes part besides the requester: the client who raises the ticket for a
/// colleague, and those who are named.
async fn taking_part(
    cx: &Cx<'_>,
    concerns: &OnBehalf,
    named: &[ClientUserId],
) -> Result<Vec<(ClientUserId, Role)>, OpenError> {
    let opener = cx.viewer.client().ok().map(|client| client.user);
    let opener = opener.filter(|user| Some(*user) != concerns.requester);
    let named = each_once(named, |user| {
        [opener, concerns.requester].contains(&Some(user))
    });
    naming::check(cx, concerns.company, &named)
        .await
        .map_err(OpenError::Participants)?;
    let opener = opener.into_iter().map(|user| (user, Role::Opener));
    let named = named.into_iter().map(|user| (user, Role::Participant));
    Ok(opener.chain(named).collect())
}

async fn known_category(cx: &Cx<'_>, key: Option<&str>) -> Result<String, OpenError> {
    let mut known = categories(cx).await?.into_iter();
    let found = match key {
        Some(key) => known.find(|category| category.key == key),
        None => known.next(),
    };
    Ok(found.ok_or(OpenError::UnknownCategory)?.key)
}
