//! Who sees what of their colleagues' tickets: how far each member sees, who is named on a ticket,
//! and who raised it for somebody else.
//!
//! It has dice of its own, so that the tickets themselves stay as they are.

use visibility::{Access, Reach, Sharing};

use super::dice::Dice;
use super::plan::{TicketPlan, UserPlan};

/// Chooses for each member, where the company does: one after the other gets the next.
pub(super) fn choose(sharing: Sharing, users: &mut [UserPlan]) {
    const CHOICES: [Option<Reach>; 3] = [Some(Reach::Shared), None, Some(Reach::Company)];
    if sharing == Sharing::PerMember {
        let members = users.iter_mut().filter(|user| !user.is_admin);
        for (user, reach) in members.zip(CHOICES.iter().cycle()) {
            user.reach = *reach;
        }
    }
}

/// How far the user sees.
fn reach(sharing: Sharing, user: &UserPlan) -> Option<Reach> {
    let access = if user.is_admin {
        Access::Admin
    } else {
        Access::Member
    };
    Reach::of(access, sharing, user.reach)
}

/// Whether the user sees a ticket that they are named on.
pub(super) fn sees_when_named(sharing: Sharing, user: &UserPlan) -> bool {
    matches!(reach(sharing, user), Some(Reach::Shared | Reach::Company))
}

/// Names people on some of the tickets, and has others raised by a colleague.
pub(super) fn share(
    sharing: Sharing,
    users: &[UserPlan],
    tickets: &mut [TicketPlan],
    dice: &mut Dice,
) {
    // Where everybody sees everything, being named matters less. In turn, so that even a customer
    // with few tickets shows it.
    let by_name = matches!(sharing, Sharing::Shared | Sharing::PerMember);
    let (named, raised) = if by_name { (3, 7) } else { (13, 11) };
    for (place, ticket) in (1..).zip(tickets) {
        let Some(requester) = ticket.requester else {
            continue;
        };
        let others = |able: &dyn Fn(&UserPlan) -> bool| -> Vec<usize> {
            let people = users.iter().enumerate();
            let able = people.filter(|(index, user)| *index != requester && able(user));
            able.map(|(index, _)| index).collect()
        };
        if place % named == 0 {
            let able = others(&|user| sees_when_named(sharing, user));
            ticket.participants.extend(dice.pick(&able));
        }
        if place % raised == 0 {
            let able = others(&|user| user.is_admin || by_name);
            ticket.raised_by = dice.pick(&able).copied();
            ticket
                .participants
                .retain(|one| Some(*one) != ticket.raised_by);
        }
    }
}
