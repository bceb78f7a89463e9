//! The people of customers: invited, changed, switched off and on, erased; by
//! the admins of their company and by staff.

use ::identity::{
    DecideError, EraseError, Invite, InviteError, ResendError, StandingError, UpdateError,
    UserUpdate,
};
use async_graphql::{Context, ID, InputObject, Json, Object, Result};
use kernel::CompanyId;
use serde_json::Value;
use visibility::{Section, Sections};

use super::{
    page::UserPage,
    sentence,
    types::{AccessLevel, MemberReach, SectionName, UserNode},
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// The id of no company.
const NOTHING: CompanyId = CompanyId(uuid::Uuid::nil());

/// What `userInvite` asks for.
#[derive(InputObject)]
struct UserInviteInput {
    /// The address that the invitation is mailed to.
    email: String,
    /// The name.
    name: String,
    /// The standing at the company; a member when absent.
    access: Option<AccessLevel>,
    /// The parts of the portal that open to the person; none when absent. An
    /// admin opens all of them.
    sections: Option<Vec<SectionName>>,
    /// How far the person sees, where the company chooses per member; their
    /// own records when absent.
    reach: Option<MemberReach>,
    /// The language of mails: `en`, `fr` or `de`; the workspace's when absent.
    locale: Option<String>,
    /// The company.
    #[graphql(directive = internal::apply())]
    company: Option<ID>,
}

/// What `userUpdate` asks for. What is absent stays.
#[derive(InputObject)]
struct UserUpdateInput {
    /// The person.
    id: ID,
    /// The standing at the company.
    access: Option<AccessLevel>,
    /// The parts of the portal that are open to the person.
    sections: Option<Vec<SectionName>>,
    /// How far the person sees, where the company chooses per member.
    reach: Option<MemberReach>,
    /// The name.
    #[graphql(directive = internal::apply())]
    name: Option<String>,
    /// The address. What was mailed to the old one is worthless from then on.
    #[graphql(directive = internal::apply())]
    email: Option<String>,
    /// The language of mails: `en`, `fr` or `de`.
    #[graphql(directive = internal::apply())]
    locale: Option<String>,
}

/// Which person.
#[derive(InputObject)]
struct UserStandingInput {
    /// The person.
    id: ID,
}

/// Which person to invite once more.
#[derive(InputObject)]
struct InvitationResendInput {
    /// The person.
    id: ID,
}

/// Whom to erase.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct UserEraseInput {
    /// The person.
    id: ID,
}

/// What `joinRequestApprove` asks for.
#[derive(InputObject)]
struct JoinRequestApproveInput {
    /// The request.
    id: ID,
    /// The parts of the portal that open to the person; none when absent.
    sections: Option<Vec<SectionName>>,
}

/// Which request to decline.
#[derive(InputObject)]
struct JoinRequestDeclineInput {
    /// The request.
    id: ID,
}

payload! {
    /// What `userInvite` answers.
    UserInvitePayload {
        /// The invited person; none when there are errors.
        user: UserNode,
    }
    /// Why nobody was invited.
    UserInviteError;
    /// What can go wrong in `userInvite`.
    UserInviteErrorCode {
        /// The address is none that mail can be sent to.
        InvalidEmail,
        /// The name is empty, too long, or has control characters.
        InvalidName,
        /// There is no such language.
        UnknownLocale,
        /// The company has somebody with this address.
        EmailTaken,
        /// No more people can be added right now.
        PlanLimit,
        /// Too many invitations in a short time; try again later.
        TooManyRequests,
        /// No such company.
        #[graphql(directive = crate::audience::internal::apply())]
        UnknownCompany,
    }
}

payload! {
    /// What `invitationResend` answers.
    InvitationResendPayload {
        /// The invited person; none when there are errors.
        user: UserNode,
    }
    /// Why nothing was mailed.
    InvitationResendError;
    /// What can go wrong in `invitationResend`.
    InvitationResendErrorCode {
        /// The invitation was taken, or withdrawn.
        NotInvited,
        /// Too many invitations in a short time; try again later.
        TooManyRequests,
    }
}

payload! {
    /// What `userUpdate` answers.
    UserUpdatePayload {
        /// The person as they are now; none when there are errors.
        user: UserNode,
    }
    /// Why the person stays as they are.
    UserUpdateError;
    /// What can go wrong in `userUpdate`.
    UserUpdateErrorCode {
        /// A company keeps at least one admin.
        LastAdmin,
        /// Nothing would change.
        NothingToChange,
        /// The address is none that mail can be sent to.
        InvalidEmail,
        /// Somebody has the address.
        EmailTaken,
        /// The name is empty, too long, or has control characters.
        InvalidName,
        /// There is no such language.
        UnknownLocale,
        /// A new address has an open invitation mailed anew, and there were too
        /// many; try again later.
        TooManyRequests,
    }
}

payload! {
    /// What `userDisable` and `userEnable` answer.
    UserStandingPayload {
        /// The person with the new status; none when there are errors.
        user: UserNode,
    }
    /// Why the status stays as it is.
    UserStandingError;
    /// What can go wrong in `userDisable` and `userEnable`.
    UserStandingErrorCode {
        /// The person already has that status.
        Unchanged,
        /// A company keeps at least one admin.
        LastAdmin,
        /// No more people can be added right now.
        PlanLimit,
        /// Too many invitations in a short time; try again later.
        TooManyRequests,
    }
}

payload! {
    /// What `userErase` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    UserErasePayload {
        /// What is left of the person: an author without a name; none when there are errors.
        user: UserNode,
    }
    /// Why nobody was erased.
    #[graphql(directive = crate::audience::internal::apply())]
    UserEraseError;
    /// What can go wrong in `userErase`.
    #[graphql(directive = crate::audience::internal::apply())]
    UserEraseErrorCode {
        /// The person was erased before.
        Unchanged,
        /// A company keeps at least one admin.
        LastAdmin,
    }
}

payload! {
    /// What `joinRequestApprove` answers.
    JoinRequestApprovePayload {
        /// The new member; none when there are errors.
        user: UserNode,
    }
    /// Why the request was not granted.
    JoinRequestApproveError;
    /// What can go wrong in `joinRequestApprove`.
    JoinRequestApproveErrorCode {
        /// The person has an account by now; decline the request.
        Overtaken,
        /// Somebody has answered it already.
        AlreadyDecided,
        /// No more people can be added right now.
        PlanLimit,
    }
}

payload! {
    /// What `joinRequestDecline` answers.
    JoinRequestDeclinePayload {
        /// Whether the request is declined; it always is.
        declined: bool,
    }
    /// Why the request was not declined.
    JoinRequestDeclineError;
    /// What can go wrong in `joinRequestDecline`.
    JoinRequestDeclineErrorCode {
        /// Somebody has answered it already.
        AlreadyDecided,
    }
}

#[derive(Default)]
pub(crate) struct PeopleQuery;

#[Object]
impl PeopleQuery {
    /// Everything that is kept about a person of a customer, for handing it to
    /// them: account, sessions, what they wrote, and the names of the files that
    /// they uploaded. Needs the permission `customers.erase`; that it was asked
    /// for is in the audit trail.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn user_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] id: ID,
    ) -> Result<Option<Json<Value>>> {
        let cx = ctx.cx()?;
        let id = Kind::User.record(&id)?;
        let account = ::identity::personal_data(&cx, id)
            .await
            .map_err(|fault| refuse(&fault))?;
        let written = ::tickets::written_by(&cx, id)
            .await
            .map_err(|fault| refuse(&fault))?;
        let files = ::documents::uploaded_by(&cx, id)
            .await
            .map_err(|fault| refuse(&fault))?;
        let data = serde_json::json!({ "account": account, "tickets": written, "files": files });
        ctx.asked()?.count_prose(data.to_string().len())?;
        Ok(Some(Json(data)))
    }
}

#[derive(Default)]
pub(crate) struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Invites somebody to one's company by mail. For the company's admins.
    async fn user_invite(
        &self,
        ctx: &Context<'_>,
        input: UserInviteInput,
    ) -> Result<Option<UserInvitePayload>> {
        use UserInviteErrorCode as Code;
        // An id of nothing is as unknown as one of somebody else's company.
        let company = input.company.as_ref();
        let company = company.map(|id| Kind::Company.record(id).unwrap_or(NOTHING));
        let invite = Invite {
            email: input.email,
            name: input.name,
            access: input.access.unwrap_or(AccessLevel::Member).into(),
            sections: sections(input.sections)?.unwrap_or_default(),
            reach: input.reach.map(Into::into),
            locale: input.locale,
            company,
        };
        let error = match ::identity::invite(&ctx.cx()?, invite).await {
            Ok(user) => {
                return Ok(Some(UserInvitePayload {
                    user: Some(UserPage::node(ctx.asked()?, user)),
                    errors: Vec::new(),
                }));
            }
            Err(InviteError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            InviteError::Email(_) => (Code::InvalidEmail, Some("email")),
            InviteError::Name(_) => (Code::InvalidName, Some("name")),
            InviteError::UnknownLocale => (Code::UnknownLocale, Some("locale")),
            InviteError::UnknownCompany => (Code::UnknownCompany, Some("company")),
            InviteError::PlanLimit(_) => (Code::PlanLimit, None),
            InviteError::TooManyRequests => (Code::TooManyRequests, None),
            InviteError::EmailTaken | InviteError::Fault(_) => (Code::EmailTaken, Some("email")),
        };
        let text = match &error {
            InviteError::PlanLimit(limit) => plan_limit(ctx, limit)?,
            error => sentence(error),
        };
        Ok(Some(UserInvitePayload::refused(code, field, text)))
    }

    /// Mails an open invitation once more; the link of the last mail is
    /// worthless from then on. For the company's admins.
    async fn invitation_resend(
        &self,
        ctx: &Context<'_>,
        input: InvitationResendInput,
    ) -> Result<Option<InvitationResendPayload>> {
        let id = Kind::User.record(&input.id)?;
        match ::identity::resend(&ctx.cx()?, id).await {
            Ok(user) => Ok(Some(InvitationResendPayload {
                user: Some(UserPage::node(ctx.asked()?, user)),
                errors: Vec::new(),
            })),
            Err(ResendError::Fault(fault)) => Err(refuse(&fault)),
            Err(error) => {
                let code = match &error {
                    ResendError::TooManyRequests => InvitationResendErrorCode::TooManyRequests,
                    _ => InvitationResendErrorCode::NotInvited,
                };
                let text = sentence(&error);
                Ok(Some(InvitationResendPayload::refused(code, None, text)))
            }
        }
    }

    /// Changes what a person may do and open. For the company's admins; it is
    /// in force on the next request.
    async fn user_update(
        &self,
        ctx: &Context<'_>,
        input: UserUpdateInput,
    ) -> Result<Option<UserUpdatePayload>> {
        use UserUpdateErrorCode as Code;
        let id = Kind::User.record(&input.id)?;
        let update = UserUpdate {
            access: input.access.map(Into::into),
            sections: sections(input.sections)?,
            name: input.name,
            email: input.email,
            locale: input.locale,
            reach: input.reach.map(Into::into),
        };
        let error = match ::identity::update_user(&ctx.cx()?, id, update).await {
            Ok(user) => {
                return Ok(Some(UserUpdatePayload {
                    user: Some(UserPage::node(ctx.asked()?, user)),
                    errors: Vec::new(),
                }));
            }
            Err(UpdateError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let (code, field) = match &error {
            UpdateError::LastAdmin => (Code::LastAdmin, Some("access")),
            UpdateError::Email(_) => (Code::InvalidEmail, Some("email")),
            UpdateError::TooManyRequests => (Code::TooManyRequests, Some("email")),
            UpdateError::EmailTaken => (Code::EmailTaken, Some("email")),
            UpdateError::Name(_) => (Code::InvalidName, Some("name")),
            UpdateError::UnknownLocale => (Code::UnknownLocale, Some("locale")),
            UpdateError::NothingToChange | UpdateError::Fault(_) => (Code::NothingToChange, None),
        };
        let text = sentence(&error);
        Ok(Some(UserUpdatePayload::refused(code, field, text)))
    }

    /// Keeps a person from signing in; what they have open ends at once, and an
    /// open invitation is withdrawn. For the company's admins.
    async fn user_disable(
        &self,
        ctx: &Context<'_>,
        input: UserStandingInput,
    ) -> Result<Option<UserStandingPayload>> {
        let id = Kind::User.record(&input.id)?;
        stands(ctx, ::identity::disable(&ctx.cx()?, id).await)
    }

    /// Lets a person sign in again; whoever never took their invitation is
    /// invited anew. For the company's admins.
    async fn user_enable(
        &self,
        ctx: &Context<'_>,
        input: UserStandingInput,
    ) -> Result<Option<UserStandingPayload>> {
        let id = Kind::User.record(&input.id)?;
        stands(ctx, ::identity::enable(&ctx.cx()?, id).await)
    }

    /// Erases a person of a customer for good: name, address, password,
    /// sessions. What they wrote stays, by an author without a name. Needs the
    /// permission `customers.erase`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn user_erase(
        &self,
        ctx: &Context<'_>,
        input: UserEraseInput,
    ) -> Result<Option<UserErasePayload>> {
        let id = Kind::User.record(&input.id)?;
        let error = match ::identity::erase(&ctx.cx()?, id).await {
            Ok(user) => {
                return Ok(Some(UserErasePayload {
                    user: Some(UserPage::node(ctx.asked()?, user)),
                    errors: Vec::new(),
                }));
            }
            Err(EraseError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let code = match &error {
            EraseError::LastAdmin => UserEraseErrorCode::LastAdmin,
            EraseError::Unchanged | EraseError::Fault(_) => UserEraseErrorCode::Unchanged,
        };
        let text = sentence(&error);
        Ok(Some(UserErasePayload::refused(code, None, text)))
    }

    /// Lets somebody join who asked to: they become a member. For the company's
    /// admins.
    async fn join_request_approve(
        &self,
        ctx: &Context<'_>,
        input: JoinRequestApproveInput,
    ) -> Result<Option<JoinRequestApprovePayload>> {
        let id = Kind::JoinRequest.record(&input.id)?;
        let sections = sections(input.sections)?.unwrap_or_default();
        let error = match ::identity::approve(&ctx.cx()?, id, sections).await {
            Ok(user) => {
                return Ok(Some(JoinRequestApprovePayload {
                    user: Some(UserPage::node(ctx.asked()?, user)),
                    errors: Vec::new(),
                }));
            }
            Err(DecideError::Fault(fault)) => return Err(refuse(&fault)),
            Err(error) => error,
        };
        let code = match &error {
            DecideError::PlanLimit(_) => JoinRequestApproveErrorCode::PlanLimit,
            DecideError::AlreadyDecided => JoinRequestApproveErrorCode::AlreadyDecided,
            DecideError::Overtaken | DecideError::Fault(_) => {
                JoinRequestApproveErrorCode::Overtaken
            }
        };
        let text = match &error {
            DecideError::PlanLimit(limit) => plan_limit(ctx, limit)?,
            error => sentence(error),
        };
        Ok(Some(JoinRequestApprovePayload::refused(code, None, text)))
    }

    /// Declines a request to join; the person is not told. For the company's
    /// admins.
    async fn join_request_decline(
        &self,
        ctx: &Context<'_>,
        input: JoinRequestDeclineInput,
    ) -> Result<Option<JoinRequestDeclinePayload>> {
        let id = Kind::JoinRequest.record(&input.id)?;
        match ::identity::decline(&ctx.cx()?, id).await {
            Ok(()) => Ok(Some(JoinRequestDeclinePayload {
                declined: Some(true),
                errors: Vec::new(),
            })),
            Err(DecideError::Fault(fault)) => Err(refuse(&fault)),
            Err(error) => {
                let code = JoinRequestDeclineErrorCode::AlreadyDecided;
                let text = sentence(&error);
                Ok(Some(JoinRequestDeclinePayload::refused(code, None, text)))
            }
        }
    }
}

fn stands(
    ctx: &Context<'_>,
    outcome: std::result::Result<::identity::ClientUser, StandingError>,
) -> Result<Option<UserStandingPayload>> {
    let error = match outcome {
        Ok(user) => {
            return Ok(Some(UserStandingPayload {
                user: Some(UserPage::node(ctx.asked()?, user)),
                errors: Vec::new(),
            }));
        }
        Err(StandingError::Fault(fault)) => return Err(refuse(&fault)),
        Err(error) => error,
    };
    let code = match &error {
        StandingError::LastAdmin => UserStandingErrorCode::LastAdmin,
        StandingError::PlanLimit(_) => UserStandingErrorCode::PlanLimit,
        StandingError::TooManyRequests => UserStandingErrorCode::TooManyRequests,
        StandingError::Unchanged | StandingError::Fault(_) => UserStandingErrorCode::Unchanged,
    };
    let text = match &error {
        StandingError::PlanLimit(limit) => plan_limit(ctx, limit)?,
        error => sentence(error),
    };
    Ok(Some(UserStandingPayload::refused(code, None, text)))
}

/// Staff are told which limit of which plan; to clients the plan is no business
/// of theirs.
fn plan_limit(ctx: &Context<'_>, limit: &::identity::PlanLimit) -> Result<String> {
    Ok(match ctx.cx()?.viewer {
        visibility::Viewer::Staff(_) => sentence(limit),
        visibility::Viewer::Client(_) => "No more people can be added right now.".to_owned(),
    })
}

/// A list of sections as a set; a list longer than any use is refused.
fn sections(names: Option<Vec<SectionName>>) -> Result<Option<Sections>> {
    let Some(names) = names else {
        return Ok(None);
    };
    if names.len() > crate::limits::INPUT_LIST_ITEMS {
        return Err(Refusal::BadInput {
            message: "`sections` holds too many values.".into(),
            field: "sections",
        }
        .into());
    }
    Ok(Some(names.into_iter().map(Section::from).collect()))
}
