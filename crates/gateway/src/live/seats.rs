//! How many sockets and streams are open, and whose.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ::identity::Realm;
use uuid::Uuid;

use crate::{limits, session::Bearer};

/// Sockets, and streams, of everybody who is not signed in.
///
/// They can ask little and subscribe to nothing; a sign-in page holds one for
/// as long as it is open.
const ANONYMOUS: usize = 200;

/// What somebody holds open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Socket,
    Stream,
}

type Key = (Kind, Option<(Realm, Uuid)>);

/// The sockets and streams of this process. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Seats(Arc<Mutex<HashMap<Key, usize>>>);

/// The right to one socket or stream, given back when dropped.
pub(super) struct Seat {
    seats: Seats,
    key: Key,
}

impl Seats {
    /// One more for whoever asks, if there are not too many already.
    pub(super) fn take(&self, kind: Kind, bearer: Option<&Bearer>) -> Option<Seat> {
        let who = bearer.map(|bearer| (bearer.realm, bearer.user));
        let limit = match (kind, who) {
            (_, None) => ANONYMOUS,
            (Kind::Socket, Some(_)) => limits::SOCKETS_PER_USER,
            (Kind::Stream, Some(_)) => limits::STREAMS_PER_USER,
        };
        let key = (kind, who);
        let mut taken = self.taken();
        let count = taken.entry(key).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        drop(taken);
        Some(Seat {
            seats: self.clone(),
            key,
        })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Key, usize>> {
        // Nothing can panic between taking the lock and giving it back.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        match taken.get_mut(&self.key) {
            Some(count) if *count > 1 => *count -= 1,
            // Forgotten, so that the map is never larger than what is open.
            _ => {
                taken.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::SessionId;

    use super::*;

    fn bearer(realm: Realm, user: u128) -> Bearer {
        let user = Uuid::from_u128(user);
        Bearer {
            realm,
            session: SessionId(Uuid::nil()),
            user,
            expires: 0,
        }
    }

    fn fill(seats: &Seats, kind: Kind, bearer: Option<&Bearer>) -> Vec<Seat> {
        std::iter::from_fn(|| seats.take(kind, bearer)).collect()
    }

    #[test]
    fn each_user_has_seats_of_their_own() {
        let seats = Seats::default();
        let client = bearer(Realm::Portal, 1);
        let held = fill(&seats, Kind::Socket, Some(&client));
        assert_eq!(held.len(), limits::SOCKETS_PER_USER);
        assert!(seats.take(Kind::Stream, Some(&client)).is_some());
        assert!(
            seats
                .take(Kind::Socket, Some(&bearer(Realm::Staff, 1)))
                .is_some()
        );
        assert!(
            seats
                .take(Kind::Socket, Some(&bearer(Realm::Portal, 2)))
                .is_some()
        );
        assert!(seats.take(Kind::Socket, None).is_some());
    }

    #[test]
    fn a_seat_given_back_can_be_taken_again() {
        let seats = Seats::default();
        let client = bearer(Realm::Portal, 1);
        let mut held = fill(&seats, Kind::Stream, Some(&client));
        held.pop();
        assert_eq!(fill(&seats, Kind::Stream, Some(&client)).len(), 1);
    }

    #[test]
    fn nothing_is_kept_of_what_is_closed() {
        let seats = Seats::default();
        drop(fill(&seats, Kind::Socket, None));
        assert!(seats.taken().is_empty());
    }

    #[test]
    fn those_who_are_not_signed_in_share_theirs() {
        assert_eq!(fill(&Seats::default(), Kind::Socket, None).len(), ANONYMOUS);
    }
}
