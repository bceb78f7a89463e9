//! What somebody wants to be mailed about: read and changed by themselves.

use ::notifications::{Preference, PreferenceError, Topic, preferences, set_preferences};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use crate::{
    audience::{Internal, internal},
    context::Asking,
    payload::payload,
    refusal::refuse,
};

/// Which mails about tickets the viewer wants: all, until they say otherwise.
/// Null is what nobody of their side is mailed about. Mails about the account,
/// such as codes, come in any case.
#[derive(SimpleObject)]
pub(crate) struct MailPreferences {
    /// When a ticket is opened that the viewer takes part in.
    ticket_opened: Option<bool>,
    /// When somebody replies.
    replies: Option<bool>,
    /// When the status changes, or a resolution is accepted or rejected.
    status: Option<bool>,
    /// When a ticket is resolved.
    resolution: Option<bool>,
    /// When the viewer is given a ticket.
    #[graphql(guard = "Internal", directive = internal::apply())]
    assigned: Option<bool>,
    /// When a service-level target of the viewer's tickets is missed.
    #[graphql(guard = "Internal", directive = internal::apply())]
    service_level: Option<bool>,
    /// When somebody names the viewer in a note.
    #[graphql(guard = "Internal", directive = internal::apply())]
    mentioned: Option<bool>,
    /// When a step of a service-level policy comes that tells the viewer.
    #[graphql(guard = "Internal", directive = internal::apply())]
    escalated: Option<bool>,
}

impl MailPreferences {
    fn of(found: &[Preference]) -> Self {
        let wanted = |topic| {
            let mut those = found.iter().filter(|(of, _)| *of == topic);
            those.next().map(|(_, wanted)| *wanted)
        };
        Self {
            ticket_opened: wanted(Topic::Opened),
            replies: wanted(Topic::Replies),
            status: wanted(Topic::Status),
            resolution: wanted(Topic::Resolution),
            assigned: wanted(Topic::Assigned),
            service_level: wanted(Topic::Sla),
            mentioned: wanted(Topic::Mentioned),
            escalated: wanted(Topic::Escalated),
        }
    }
}

/// What `mailPreferencesUpdate` changes; what is absent stays.
#[derive(InputObject)]
struct MailPreferencesUpdateInput {
    /// Whether to mail when a ticket is opened that the viewer takes part in.
    ticket_opened: Option<bool>,
    /// Whether to mail when somebody replies.
    replies: Option<bool>,
    /// Whether to mail when the status changes.
    status: Option<bool>,
    /// Whether to mail when a ticket is resolved.
    resolution: Option<bool>,
    /// Whether to mail when the viewer is given a ticket.
    #[graphql(directive = internal::apply())]
    assigned: Option<bool>,
    /// Whether to mail when a service-level target is missed.
    #[graphql(directive = internal::apply())]
    service_level: Option<bool>,
    /// Whether to mail when somebody names the viewer in a note.
    #[graphql(directive = internal::apply())]
    mentioned: Option<bool>,
    /// Whether to mail when a step of a policy comes that tells the viewer.
    #[graphql(directive = internal::apply())]
    escalated: Option<bool>,
}

impl MailPreferencesUpdateInput {
    fn changes(&self) -> Vec<Preference> {
        let named = [
            (Topic::Opened, self.ticket_opened),
            (Topic::Replies, self.replies),
            (Topic::Status, self.status),
            (Topic::Resolution, self.resolution),
            (Topic::Assigned, self.assigned),
            (Topic::Sla, self.service_level),
            (Topic::Mentioned, self.mentioned),
            (Topic::Escalated, self.escalated),
        ];
        let named = named.into_iter();
        named
            .filter_map(|(topic, wanted)| Some((topic, wanted?)))
            .collect()
    }
}

/// The field of the input that names a topic.
fn field(topic: Topic) -> &'static str {
    match topic {
        Topic::Opened => "ticketOpened",
        Topic::Replies => "replies",
        Topic::Status => "status",
        Topic::Resolution => "resolution",
        Topic::Assigned => "assigned",
        Topic::Sla => "serviceLevel",
        Topic::Mentioned => "mentioned",
        Topic::Escalated => "escalated",
    }
}

payload! {
    /// What `mailPreferencesUpdate` answers.
    MailPreferencesUpdatePayload {
        /// The preferences by now; none when there are errors.
        preferences: MailPreferences,
    }
    /// Why the preferences stay as they are.
    MailPreferencesUpdateError;
    /// What can go wrong in `mailPreferencesUpdate`.
    MailPreferencesUpdateErrorCode {
        /// Nobody of the viewer's side is mailed about that.
        NoSuchMails,
    }
}

#[derive(Default)]
pub(crate) struct MailPreferencesQuery;

#[Object]
impl MailPreferencesQuery {
    /// Which mails about tickets the viewer wants.
    async fn mail_preferences(&self, ctx: &Context<'_>) -> Result<MailPreferences> {
        let found = preferences(&ctx.cx()?).await;
        Ok(MailPreferences::of(&found.map_err(|fault| refuse(&fault))?))
    }
}

#[derive(Default)]
pub(crate) struct MailPreferencesMutation;

#[Object]
impl MailPreferencesMutation {
    /// Changes which mails about tickets the viewer wants. It holds for mails
    /// that wait to be sent, too.
    async fn mail_preferences_update(
        &self,
        ctx: &Context<'_>,
        input: MailPreferencesUpdateInput,
    ) -> Result<Option<MailPreferencesUpdatePayload>> {
        let cx = ctx.cx()?;
        let payload = match set_preferences(&cx, &input.changes()).await {
            Ok(found) => MailPreferencesUpdatePayload {
                preferences: Some(MailPreferences::of(&found)),
                errors: Vec::new(),
            },
            Err(PreferenceError::Fault(fault)) => return Err(refuse(&fault)),
            Err(PreferenceError::NotYours(topic)) => MailPreferencesUpdatePayload::refused(
                MailPreferencesUpdateErrorCode::NoSuchMails,
                Some(field(topic)),
                "Nobody of your side is mailed about that.",
            ),
        };
        Ok(Some(payload))
    }
}
