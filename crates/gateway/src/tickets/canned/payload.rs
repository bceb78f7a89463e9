//! What the mutations of canned replies answer.

use kernel::TextError;

use super::types::CannedNode;
use crate::payload::payload;

payload! {
    /// What `cannedReplyCreate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyCreatePayload {
        /// The new canned reply; none when there are errors.
        canned_reply: CannedNode,
    }
    /// Why no canned reply was created.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyCreateError;
    /// What can go wrong in `cannedReplyCreate`.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyCreateErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// The body holds a placeholder that there is not.
        UnknownPlaceholder,
        /// There is no such language.
        UnknownLanguage,
        /// The workspace has no such category.
        UnknownCategory,
        /// A workspace has 1 000 canned replies at most.
        TooMany,
    }
}

payload! {
    /// What `cannedReplyUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyUpdatePayload {
        /// The canned reply as it is now; none when there are errors.
        canned_reply: CannedNode,
    }
    /// Why the canned reply was not changed.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyUpdateError;
    /// What can go wrong in `cannedReplyUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyUpdateErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// The body holds a placeholder that there is not.
        UnknownPlaceholder,
        /// There is no such language.
        UnknownLanguage,
        /// The workspace has no such category.
        UnknownCategory,
        /// Nothing was asked to change.
        NothingToChange,
        /// Somebody else changed it at the same moment.
        ChangedMeanwhile,
    }
}

payload! {
    /// What `cannedReplyDelete` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyDeletePayload {
        /// Whether it was deleted; none when there are errors.
        deleted: bool,
    }
    /// Why the canned reply was not deleted.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyDeleteError;
    /// What can go wrong in `cannedReplyDelete`.
    #[graphql(directive = crate::audience::internal::apply())]
    CannedReplyDeleteErrorCode {
        /// Somebody else deleted it at the same moment.
        ChangedMeanwhile,
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

text_codes! { CannedReplyCreateErrorCode CannedReplyUpdateErrorCode }
