//! The team: invited, changed, switched off and on.

use ::identity::{Standing, TeamError, TeamInvite, TeamUpdate};
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{
    sentence,
    types::{RoleName, StaffMemberNode},
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::refuse,
};

/// What `staffInvite` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct StaffInviteInput {
    /// The address that the invitation is mailed to.
    email: String,
    /// The name.
    name: String,
    /// The role.
    role: RoleName,
    /// The language of mails: `en`, `fr` or `de`; the workspace's when absent.
    locale: Option<String>,
}

/// What `staffUpdate` asks for. What is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct StaffUpdateInput {
    /// Somebody of the team.
    id: ID,
    /// The name.
    name: Option<String>,
    /// The role. Nobody changes their own.
    role: Option<RoleName>,
    /// Whether they may sign in. Switching it off ends what they have open;
    /// whoever never came is invited anew when it is switched on.
    active: Option<bool>,
}

payload! {
    /// What `staffInvite` and `staffUpdate` answer.
    #[graphql(directive = crate::audience::internal::apply())]
    StaffPayload {
        /// Somebody of the team, as they are now; none when there are errors.
        staff_member: StaffMemberNode,
    }
    /// Why the team stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    StaffError;
    /// What can go wrong in `staffInvite` and `staffUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    StaffErrorCode {
        /// The address is none that mail can be sent to.
        InvalidEmail,
        /// Somebody of the team has the address.
        EmailTaken,
        /// The name is empty, too long, or has control characters.
        InvalidName,
        /// There is no such language.
        UnknownLocale,
        /// The plan allows no more people; the message names the limit.
        PlanLimit,
        /// Too many invitations in a short time; try again later.
        TooManyRequests,
        /// Only an owner can make or change an owner.
        OwnersOnly,
        /// Nobody changes their own role or status.
        Oneself,
        /// A workspace keeps at least one owner.
        LastOwner,
        /// Nothing would change.
        NothingToChange,
    }
}

#[derive(Default)]
pub(crate) struct TeamMutation;

#[Object]
impl TeamMutation {
    /// Invites somebody to the team by mail. Needs the permission `team.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn staff_invite(
        &self,
        ctx: &Context<'_>,
        input: StaffInviteInput,
    ) -> Result<Option<StaffPayload>> {
        let invite = TeamInvite {
            email: input.email,
            name: input.name,
            role: input.role.into(),
            locale: input.locale,
        };
        answer(::identity::invite_to_team(&ctx.cx()?, invite).await)
    }

    /// Changes somebody of the team; in force on their next request. Needs the
    /// permission `team.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn staff_update(
        &self,
        ctx: &Context<'_>,
        input: StaffUpdateInput,
    ) -> Result<Option<StaffPayload>> {
        let id = Kind::StaffMember.record(&input.id)?;
        let update = TeamUpdate {
            name: input.name,
            role: input.role.map(Into::into),
            standing: input.active.map(Standing::of),
        };
        answer(::identity::update_team(&ctx.cx()?, id, update).await)
    }
}

fn answer(
    outcome: std::result::Result<::identity::StaffUser, TeamError>,
) -> Result<Option<StaffPayload>> {
    use StaffErrorCode as Code;
    let error = match outcome {
        Ok(member) => {
            return Ok(Some(StaffPayload {
                staff_member: Some(StaffMemberNode(member)),
                errors: Vec::new(),
            }));
        }
        Err(TeamError::Fault(fault)) => return Err(refuse(&fault)),
        Err(error) => error,
    };
    let (code, field) = match &error {
        TeamError::Email(_) => (Code::InvalidEmail, Some("email")),
        TeamError::EmailTaken => (Code::EmailTaken, Some("email")),
        TeamError::Name(_) => (Code::InvalidName, Some("name")),
        TeamError::UnknownLocale => (Code::UnknownLocale, Some("locale")),
        TeamError::PlanLimit(_) => (Code::PlanLimit, None),
        TeamError::TooManyRequests => (Code::TooManyRequests, None),
        TeamError::OwnersOnly => (Code::OwnersOnly, Some("role")),
        TeamError::Oneself => (Code::Oneself, None),
        TeamError::LastOwner => (Code::LastOwner, None),
        TeamError::NothingToChange | TeamError::Fault(_) => (Code::NothingToChange, None),
    };
    Ok(Some(StaffPayload::refused(code, field, sentence(&error))))
}
