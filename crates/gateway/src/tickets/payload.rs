//! What the ticket mutations answer.

use kernel::TextError;

use super::{EntryNode, TicketNode};
use crate::payload::payload;

payload! {
    /// What `ticketOpen` answers.
    TicketOpenPayload {
        /// The new ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why no ticket was opened.
    TicketOpenError {
        /// The field of the form, where `field` is `answers`; none where it is the
        /// answers as a whole.
        key: String,
    };
    /// What can go wrong in `ticketOpen`.
    TicketOpenErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// The workspace has no such category.
        UnknownCategory,
        /// The company has no such person in force, for whom it could be raised.
        UnknownUser,
        /// The person for whom it is raised could not see it.
        UserCannotSee,
        /// The company has no such person in force.
        UnknownParticipant,
        /// Somebody could not see it, even when named.
        ParticipantCannotSee,
        /// The company shares nothing by name: members see their own records alone.
        SharingOff,
        /// There is no such upload of one's own, or it has expired.
        UnknownUpload,
        /// A file has not been uploaded yet.
        UploadUnfinished,
        /// A file is attached to something already.
        UploadUsed,
        /// More than 10 files.
        TooManyAttachments,
        /// The form has no such field.
        UnknownField,
        /// The field is not for clients to answer.
        NotEditable,
        /// The field is answered twice.
        AnsweredTwice,
        /// The field asks for a value of another kind.
        WrongKind,
        /// No decimal number, or one with too many digits.
        InvalidNumber,
        /// No day.
        InvalidDate,
        /// Out of the bounds of the field.
        OutOfRange,
        /// The field has no such option.
        UnknownChoice,
        /// Too few or too many options or files.
        WrongCount,
        /// The form is another one by now: read it again.
        FormChanged,
        /// `onBehalfOf` and `requester` name two people.
        #[graphql(directive = crate::audience::internal::apply())]
        RequestersDiffer,
        /// The workspace has no such company.
        #[graphql(directive = crate::audience::internal::apply())]
        UnknownCompany,
        /// The company has no such person.
        #[graphql(directive = crate::audience::internal::apply())]
        UnknownRequester,
    }
}

payload! {
    /// What `ticketReply` answers.
    TicketReplyPayload {
        /// The ticket with its new status; none when there are errors.
        ticket: TicketNode,
        /// The new entry of the timeline; none when there are errors.
        entry: EntryNode,
    }
    /// Why the reply was refused.
    TicketReplyError;
    /// What can go wrong in `ticketReply`.
    TicketReplyErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// There is no such upload of one's own, or it has expired.
        UnknownUpload,
        /// A file has not been uploaded yet.
        UploadUnfinished,
        /// A file is attached to something already.
        UploadUsed,
        /// More than 10 files.
        TooManyAttachments,
        /// The ticket is closed.
        TicketClosed,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

payload! {
    /// What `ticketAccept` answers.
    TicketAcceptPayload {
        /// The closed ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the ticket was not closed.
    TicketAcceptError;
    /// What can go wrong in `ticketAccept`.
    TicketAcceptErrorCode {
        /// There is no resolution to accept.
        NotResolved,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

payload! {
    /// What `ticketReject` answers.
    TicketRejectPayload {
        /// The reopened ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the resolution stands.
    TicketRejectError;
    /// What can go wrong in `ticketReject`.
    TicketRejectErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// There is no resolution to reject.
        NotResolved,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

payload! {
    /// What `ticketParticipantsAdd` answers.
    TicketParticipantsAddPayload {
        /// The ticket with its participants; none when there are errors.
        ticket: TicketNode,
    }
    /// Why nobody was added.
    TicketParticipantsAddError;
    /// What can go wrong in `ticketParticipantsAdd`.
    TicketParticipantsAddErrorCode {
        /// The ticket's company has no such person in force.
        UnknownParticipant,
        /// Somebody could not see it, even when named.
        ParticipantCannotSee,
        /// The company shares nothing by name: members see their own records alone.
        SharingOff,
        /// More than 100 people would be named on the ticket.
        TooManyParticipants,
    }
}

payload! {
    /// What `ticketParticipantRemove` answers.
    TicketParticipantRemovePayload {
        /// The ticket; none when there are errors, and to those who took
        /// themselves off it and see it no more.
        ticket: TicketNode,
    }
    /// Why nobody was removed.
    TicketParticipantRemoveError;
    /// What can go wrong in `ticketParticipantRemove`.
    TicketParticipantRemoveErrorCode {
        /// Nobody who takes part has that id.
        UnknownParticipant,
        /// The person is the requester, who stays.
        IsRequester,
    }
}

payload! {
    /// What `ticketNote` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketNotePayload {
        /// The ticket, unchanged for clients; none when there are errors.
        ticket: TicketNode,
        /// The new entry of the timeline; none when there are errors.
        entry: EntryNode,
    }
    /// Why the note was refused.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketNoteError;
    /// What can go wrong in `ticketNote`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketNoteErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// There is no such upload of one's own, or it has expired.
        UnknownUpload,
        /// A file has not been uploaded yet.
        UploadUnfinished,
        /// A file is attached to something already.
        UploadUsed,
        /// More than 10 files.
        TooManyAttachments,
        /// Nobody in force of the team has that id.
        UnknownMention,
        /// Somebody who is named could not see the ticket.
        MentionCannotSee,
        /// More than 20 people are named.
        TooManyMentions,
    }
}

payload! {
    /// What `ticketAssign` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketAssignPayload {
        /// The ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the ticket was not assigned.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketAssignError;
    /// What can go wrong in `ticketAssign`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketAssignErrorCode {
        /// Nobody in force of this workspace has that id.
        UnknownAssignee,
    }
}

payload! {
    /// What `ticketResolve` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketResolvePayload {
        /// The resolved ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the ticket was not resolved.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketResolveError;
    /// What can go wrong in `ticketResolve`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketResolveErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// Somebody resolved it before.
        AlreadyResolved,
        /// The ticket is closed.
        TicketClosed,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

payload! {
    /// What `ticketSetStatus` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketSetStatusPayload {
        /// The ticket with its new status; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the status stays.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketSetStatusError;
    /// What can go wrong in `ticketSetStatus`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketSetStatusErrorCode {
        /// The workflow has no such move from where the ticket stands.
        IllegalMove,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

payload! {
    /// What `ticketSetVisibility` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketSetVisibilityPayload {
        /// The ticket with its new flag; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the flag stays.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketSetVisibilityError;
    /// What can go wrong in `ticketSetVisibility`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketSetVisibilityErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// The ticket already has that flag.
        Unchanged,
        /// It was merged into a ticket that clients would not see.
        TargetHidden,
        /// Its requester would see it, and not the ticket that it was merged into.
        RequesterCannotSee,
        /// Tickets that clients see were merged into it.
        HasMerged,
    }
}

/// Gives each code list its three codes for text.
macro_rules! text_codes {
    ($($code:ident)+) => {
        $(impl From<TextError> for $code {
            fn from(error: TextError) -> Self {
                match error {
                    TextError::Blank => Self::Required,
                    TextError::TooLong(_) => Self::TooLong,
                    TextError::Control => Self::InvalidCharacters,
                }
            }
        })+
    };
}

text_codes! {
    TicketOpenErrorCode TicketReplyErrorCode TicketRejectErrorCode
    TicketNoteErrorCode TicketResolveErrorCode TicketSetVisibilityErrorCode
}
