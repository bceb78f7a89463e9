//! Who can be named on a ticket: people of its company who then can see it, and
//! nobody else.

use identity::{Colleague, colleagues};
use kernel::{ClientUserId, CompanyId, Fault};
use visibility::{Cx, Reach, Section, Sharing};

/// Why somebody cannot be named.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// Nobody in force of the company has that id.
    #[error("no such person")]
    Unknown,
    /// The person would not see the ticket even then.
    #[error("the person could not see it")]
    CannotSee,
    /// The company shares nothing by name: each member sees their own records.
    #[error("the company does not share by name")]
    SharingOff,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Refuses unless each of the people can be named on a ticket of the company.
/// An id that names nobody is told before a person who could not see it.
pub(crate) async fn check(
    cx: &Cx<'_>,
    company: CompanyId,
    people: &[ClientUserId],
) -> Result<(), NameError> {
    if people.is_empty() {
        return Ok(());
    }
    let known = colleagues(cx, company, people).await?;
    if known.len() < people.len() {
        return Err(NameError::Unknown);
    }
    known.iter().try_for_each(sees_if_named)
}

/// Refuses whoever would not see a ticket of their company once they are named.
pub(crate) fn sees_if_named(person: &Colleague) -> Result<(), NameError> {
    match person.reach {
        _ if !person.opens(Section::Tickets) => Err(NameError::CannotSee),
        Some(Reach::Company | Reach::Shared) => Ok(()),
        Some(Reach::Own) if person.sharing == Sharing::Own => Err(NameError::SharingOff),
        Some(Reach::Own) | None => Err(NameError::CannotSee),
    }
}

/// Refuses unless a ticket can be raised for the person: a requester sees their
/// ticket however little the company shares.
pub(crate) async fn check_requester(
    cx: &Cx<'_>,
    company: CompanyId,
    person: ClientUserId,
) -> Result<(), NameError> {
    let known = colleagues(cx, company, &[person]).await?.pop();
    let person = known
        .filter(|person| person.reach.is_some())
        .ok_or(NameError::Unknown)?;
    if person.opens(Section::Tickets) {
        Ok(())
    } else {
        Err(NameError::CannotSee)
    }
}
