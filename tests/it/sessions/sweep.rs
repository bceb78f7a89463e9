//! What is left of ended sessions goes, and nothing else does.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Realm, World, on_both};

use super::{WHO, refresh, sign_in};
use crate::outbox::rows;

async fn left(world: &World) -> (usize, usize) {
    let sessions = rows(&world.store, "SELECT id FROM client_sessions").await;
    let tokens = rows(&world.store, "SELECT hash FROM client_refresh_tokens").await;
    (sessions.len(), tokens.len())
}

on_both! {
    async fn ended_sessions_are_removed_after_a_while(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let ended = world.client("mia@alder.example").await;
        ended.read("mutation { signOut { signedOut } }").await;
        let mut session = sign_in(&anonymous, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        assert_eq!(left(&world).await, (2, 2));
        // The count of attempts that signing in gave back, and nothing of a session.
        assert_eq!(identity::sweep(&world.work()).await.expect("swept"), 1);
        assert_eq!(left(&world).await, (2, 2));

        // The tokens of the first pairs have expired; the sessions are kept for now.
        for _ in 0..2 {
            world.later(TimeDelta::days(10));
            session = refresh(&anonymous, &session["refreshToken"]).await["session"].clone();
        }
        assert_eq!(identity::sweep(&world.work()).await.expect("swept"), 2);
        assert_eq!(left(&world).await, (2, 2));
        anonymous.with(&session).read(WHO).await;

        // Thirty days after it ended the first goes; the other ends as well by then.
        world.later(TimeDelta::days(10));
        assert_eq!(identity::sweep(&world.work()).await.expect("swept"), 2);
        assert_eq!(left(&world).await, (1, 1));
        world.later(TimeDelta::days(30));
        assert_eq!(identity::sweep(&world.work()).await.expect("swept"), 2);
        assert_eq!(left(&world).await, (0, 0));
    }
}
