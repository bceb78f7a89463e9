//! What the mutations of contracts, policies and calendars answer.

use kernel::TextError;

use super::types::{CalendarNode, ContractNode, SlaPolicyNode};
use crate::payload::payload;

payload! {
    /// What `calendarCreate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    CalendarCreatePayload {
        /// The new calendar; none when there are errors.
        calendar: CalendarNode,
    }
    /// Why the calendar was not created.
    #[graphql(directive = crate::audience::internal::apply())]
    CalendarCreateError;
    /// What can go wrong in `calendarCreate`.
    #[graphql(directive = crate::audience::internal::apply())]
    CalendarCreateErrorCode {
        /// The name is empty.
        Required,
        /// The name is longer than 200 characters.
        TooLong,
        /// The name contains control characters.
        InvalidCharacters,
        /// The hours cannot be read, or say what no calendar can; the message
        /// tells the place.
        InvalidHours,
        /// The hours open never.
        NeverOpen,
        /// There is no such time zone.
        UnknownTimeZone,
        /// A holiday without a name, or out of the years 2000 to 2199.
        InvalidHolidays,
    }
}

payload! {
    /// What `calendarUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    CalendarUpdatePayload {
        /// The calendar as it is now; none when there are errors.
        calendar: CalendarNode,
    }
    /// Why the calendar stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    CalendarUpdateError;
    /// What can go wrong in `calendarUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    CalendarUpdateErrorCode {
        /// The name is empty.
        Required,
        /// The name is longer than 200 characters.
        TooLong,
        /// The name contains control characters.
        InvalidCharacters,
        /// The hours cannot be read, or say what no calendar can; the message
        /// tells the place.
        InvalidHours,
        /// The hours open never.
        NeverOpen,
        /// There is no such time zone.
        UnknownTimeZone,
        /// A holiday without a name, or out of the years 2000 to 2199.
        InvalidHolidays,
        /// There is nothing to change.
        NothingToChange,
        /// Somebody has changed it meanwhile.
        ChangedMeanwhile,
    }
}

payload! {
    /// What `slaPolicyCreate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    SlaPolicyCreatePayload {
        /// The new policy; none when there are errors.
        policy: SlaPolicyNode,
    }
    /// Why the policy was not created.
    #[graphql(directive = crate::audience::internal::apply())]
    SlaPolicyCreateError;
    /// What can go wrong in `slaPolicyCreate`.
    #[graphql(directive = crate::audience::internal::apply())]
    SlaPolicyCreateErrorCode {
        /// The name is empty.
        Required,
        /// The name is longer than 200 characters.
        TooLong,
        /// The name contains control characters.
        InvalidCharacters,
        /// The workspace has no such calendar.
        UnknownCalendar,
        /// A target below a minute or above a year, or a priority twice.
        InvalidTargets,
        /// The threshold is not between 1 and 100 percent.
        InvalidPercent,
        /// More than 20 steps, one that does nothing or tells more than 20 people,
        /// a percentage below 1 or above 1 000, or twice the same of one target.
        InvalidEscalations,
        /// A step names somebody who is not of the team, or not in force.
        UnknownStaffMember,
        /// Somebody has changed the calendar meanwhile.
        ChangedMeanwhile,
    }
}

payload! {
    /// What `slaPolicyUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    SlaPolicyUpdatePayload {
        /// The policy as it is now; none when there are errors.
        policy: SlaPolicyNode,
    }
    /// Why the policy stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    SlaPolicyUpdateError;
    /// What can go wrong in `slaPolicyUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    SlaPolicyUpdateErrorCode {
        /// The name is empty.
        Required,
        /// The name is longer than 200 characters.
        TooLong,
        /// The name contains control characters.
        InvalidCharacters,
        /// The workspace has no such calendar.
        UnknownCalendar,
        /// A target below a minute or above a year, or a priority twice.
        InvalidTargets,
        /// The threshold is not between 1 and 100 percent.
        InvalidPercent,
        /// More than 20 steps, one that does nothing or tells more than 20 people,
        /// a percentage below 1 or above 1 000, or twice the same of one target.
        InvalidEscalations,
        /// A step names somebody who is not of the team, or not in force.
        UnknownStaffMember,
        /// There is nothing to change.
        NothingToChange,
        /// Somebody has changed it, or its calendar, meanwhile.
        ChangedMeanwhile,
    }
}

payload! {
    /// What `contractCreate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    ContractCreatePayload {
        /// The new contract; none when there are errors.
        contract: ContractNode,
    }
    /// Why the contract was not created.
    #[graphql(directive = crate::audience::internal::apply())]
    ContractCreateError;
    /// What can go wrong in `contractCreate`.
    #[graphql(directive = crate::audience::internal::apply())]
    ContractCreateErrorCode {
        /// The title is empty.
        Required,
        /// The title is longer than 200 characters.
        TooLong,
        /// The title contains control characters.
        InvalidCharacters,
        /// The workspace has no such company.
        UnknownCompany,
        /// The workspace has no such policy.
        UnknownPolicy,
        /// The days are in the wrong order, or out of the years 2000 to 2199.
        InvalidDates,
    }
}

payload! {
    /// What `contractUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    ContractUpdatePayload {
        /// The contract as it is now; none when there are errors.
        contract: ContractNode,
    }
    /// Why the contract stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    ContractUpdateError;
    /// What can go wrong in `contractUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    ContractUpdateErrorCode {
        /// The title is empty.
        Required,
        /// The title is longer than 200 characters.
        TooLong,
        /// The title contains control characters.
        InvalidCharacters,
        /// The workspace has no such company.
        UnknownCompany,
        /// The workspace has no such policy.
        UnknownPolicy,
        /// The days are in the wrong order, or out of the years 2000 to 2199.
        InvalidDates,
        /// There is nothing to change.
        NothingToChange,
        /// Somebody has changed it meanwhile.
        ChangedMeanwhile,
    }
}

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
    CalendarCreateErrorCode CalendarUpdateErrorCode SlaPolicyCreateErrorCode
    SlaPolicyUpdateErrorCode ContractCreateErrorCode ContractUpdateErrorCode
}
