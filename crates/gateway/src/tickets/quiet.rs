//! What a workspace says about its tickets. For staff.

use ::tickets::{QuietTime, QuietTimeError, quiet_time, set_quiet_time};
use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use visibility::Permission;

use crate::{
    audience::{Internal, internal},
    context::Asking,
    payload::payload,
    refusal::refuse,
};

/// What the workspace says about its tickets.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketSettings {
    /// After how many days without anything that clients can see a resolved ticket
    /// closes by itself; none when it waits for ever. Clients see the end of it as
    /// `Ticket.closesAt`.
    auto_close_days: Option<i64>,
}

impl From<QuietTime> for TicketSettings {
    fn from(quiet: QuietTime) -> Self {
        Self {
            auto_close_days: quiet.days,
        }
    }
}

/// What `workspaceTicketSettingsUpdate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct WorkspaceTicketSettingsUpdateInput {
    /// After how many quiet days a resolved ticket closes by itself, 1 to 365; null
    /// for never; absent, it stays. No day before the change counts.
    auto_close_days: MaybeUndefined<i64>,
}

payload! {
    /// What `workspaceTicketSettingsUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceTicketSettingsUpdatePayload {
        /// The settings as they are now; none when there are errors.
        settings: TicketSettings,
    }
    /// Why the settings stay as they are.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceTicketSettingsUpdateError;
    /// What can go wrong in `workspaceTicketSettingsUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceTicketSettingsUpdateErrorCode {
        /// Less than a day, or more than a year.
        OutOfRange,
        /// Nothing would change.
        NothingToChange,
    }
}

#[derive(Default)]
pub(crate) struct TicketSettingsQuery;

#[Object]
impl TicketSettingsQuery {
    /// What the workspace of whoever is signed in says about its tickets.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_settings(&self, ctx: &Context<'_>) -> Result<TicketSettings> {
        let found = quiet_time(&ctx.cx()?).await;
        found.map(Into::into).map_err(|fault| refuse(&fault))
    }
}

#[derive(Default)]
pub(crate) struct TicketSettingsMutation;

#[Object]
impl TicketSettingsMutation {
    /// Says after how many quiet days resolved tickets close by themselves. Needs
    /// the permission `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn workspace_ticket_settings_update(
        &self,
        ctx: &Context<'_>,
        input: WorkspaceTicketSettingsUpdateInput,
    ) -> Result<Option<WorkspaceTicketSettingsUpdatePayload>> {
        use WorkspaceTicketSettingsUpdateErrorCode as Code;
        let refused = |code, message: &str| {
            let field = Some("autoCloseDays");
            WorkspaceTicketSettingsUpdatePayload::refused(code, field, message)
        };
        let cx = ctx.cx()?;
        let days = match input.auto_close_days {
            MaybeUndefined::Value(days) => Some(days),
            MaybeUndefined::Null => None,
            MaybeUndefined::Undefined => {
                cx.viewer
                    .may(Permission::SettingsWrite)
                    .map_err(|fault| refuse(&fault))?;
                let message = "There is nothing to change.";
                return Ok(Some(refused(Code::NothingToChange, message)));
            }
        };
        let payload = match set_quiet_time(&cx, days).await {
            Ok(quiet) => WorkspaceTicketSettingsUpdatePayload {
                settings: Some(quiet.into()),
                errors: Vec::new(),
            },
            Err(QuietTimeError::Fault(fault)) => return Err(refuse(&fault)),
            Err(QuietTimeError::OutOfRange) => {
                refused(Code::OutOfRange, "It is between 1 and 365 days.")
            }
            Err(QuietTimeError::Unchanged) => refused(Code::NothingToChange, "It is so already."),
        };
        Ok(Some(payload))
    }
}
