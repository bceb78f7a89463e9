//! What ends a stream: the holder's standing, their session, their token, and
//! a reader who is too slow.

use chrono::TimeDelta;
use end_to_end::{
    Persona, World,
    events::{Event, Events},
    id, on_both,
    socket::{Heard, Socket},
};
use serde_json::json;

use super::{CHANGED, MIAS, fact, follow, listening, reply, somebody, standing};

/// A persona who listens over both transports.
struct Listener {
    socket: Socket,
    events: Events,
}

impl Listener {
    async fn of(world: &World, address: &str, persona: &Persona) -> Self {
        let before = world.hub.listeners();
        let socket = follow(world, address, persona, CHANGED).await;
        let events = Events::of(persona, CHANGED).await;
        listening(world, before + 2).await;
        Self { socket, events }
    }

    async fn hears_of_mias(&mut self) {
        let told = json!({"ticketChanged": {"subject": MIAS}});
        assert_eq!(self.socket.next("1").await, told);
        assert_eq!(self.events.next().await, told);
    }

    /// Both end now, without a further event; the stream not in good order, so
    /// that clients come back if they can.
    async fn ends_here(mut self) {
        assert_eq!(
            self.socket.hear().await,
            Heard::Closed(4403, "Forbidden".into())
        );
        self.socket.over().await;
        assert_eq!(self.events.hear().await, Event::Gone);
    }
}

on_both! {
    /// Disabling ends everything of the user at once, before what waits is
    /// delivered; an enabled user can come back.
    async fn disabling_ends_what_is_open(world) {
        let address = world.serve().await;
        let manager = world.staff("manager@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        let mut first = Listener::of(&world, &address, &mia).await;
        reply(&manager, world.cast.mias, "One").await;
        world.drain().await;
        first.hears_of_mias().await;
        let mut other = follow(&world, &address, &noah, CHANGED).await;

        reply(&manager, world.cast.mias, "Waits in the outbox.").await;
        standing(&manager, "userDisable", world.cast.mia).await;
        // Nothing is drained yet: the commit alone ends them.
        first.ends_here().await;
        world.drain().await;
        let mut again = Socket::open(&address, &mia).await;
        again.introduce(mia.token.as_deref()).await;
        assert_eq!(again.closed().await, 4403);
        let answer = end_to_end::persona::text(Events::ask(&mia, CHANGED).await).await;
        assert!(answer.contains("\"UNAUTHENTICATED\""), "{answer}");

        standing(&manager, "userEnable", world.cast.mia).await;
        let mia = world.client("mia@alder.example").await;
        let mut second = Listener::of(&world, &address, &mia).await;
        reply(&manager, world.cast.mias, "Two").await;
        reply(&manager, world.cast.noahs, "Two").await;
        world.drain().await;
        second.hears_of_mias().await;
        assert!(other.next("1").await.to_string().contains("laptop"));
    }
}

on_both! {
    /// Signing out ends the streams of that session, and of no other.
    async fn signing_out_ends_what_is_open(world) {
        const SIGN_OUT: &str = "mutation { signOut { signedOut errors { code } } }";
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        for email in ["mia@alder.example", "manager@glass.example"] {
            let [here, there] = [somebody(&world, email).await, somebody(&world, email).await];
            let left = Listener::of(&world, &address, &here).await;
            let mut stays = Listener::of(&world, &address, &there).await;
            assert_eq!(here.read(SIGN_OUT).await["signOut"]["signedOut"], true);
            left.ends_here().await;
            world.drain().await;
            reply(&owner, world.cast.mias, "To whoever is left.").await;
            world.drain().await;
            stays.hears_of_mias().await;
            assert_eq!(there.read(SIGN_OUT).await["signOut"]["signedOut"], true);
            stays.ends_here().await;
            listening(&world, 0).await;
        }
    }
}

on_both! {
    /// A token's end is a stream's end: the real time runs from the second
    /// before, where the frozen clock stands.
    async fn the_end_of_the_token_ends_what_is_open(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let silent = Socket::of(&address, &world.anonymous(mia.realm)).await;
        world.later(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        let listener = Listener::of(&world, &address, &mia).await;
        listener.ends_here().await;
        listening(&world, 0).await;
        drop(silent);
    }
}

on_both! {
    /// Once the clock says that the token has ended, nothing more is delivered,
    /// even if the timer has slept over it, as it does with the machine.
    async fn nothing_is_delivered_after_the_end_of_the_token(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let mut listener = Listener::of(&world, &address, &mia).await;
        world.later(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        reply(&owner, world.cast.mias, "In time.").await;
        world.drain().await;
        listener.hears_of_mias().await;
        reply(&owner, world.cast.mias, "Too late.").await;
        world.later(TimeDelta::seconds(1));
        world.drain().await;
        listener.ends_here().await;
    }
}

on_both! {
    /// A client who reads too slowly is told so, rather than left with gaps.
    async fn who_falls_behind_is_told(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let mut listener = Listener::of(&world, &address, &mia).await;
        // Each costs the readers a read, and the writer nothing.
        let opened = fact(&world, tickets::event::OPENED);
        for _ in 0..20_000 {
            world.hub.publish(&opened);
        }
        let behind = async |told: &serde_json::Value| {
            assert!(told.to_string().contains("\"STREAM_BEHIND\""), "{told}");
        };
        loop {
            let message = listener.socket.message().await;
            if message["payload"].get("errors").is_some() {
                behind(&message).await;
                break;
            }
        }
        assert_eq!(listener.socket.message().await, json!({"type": "complete", "id": "1"}));
        loop {
            match listener.events.hear().await {
                Event::Next(answer) if answer.get("errors").is_some() => break behind(&answer).await,
                Event::Next(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(listener.events.hear().await, Event::Complete);
        // The socket is as good as before.
        listener.socket.ask("2", &format!("{{ ticket(id: \"{}\") {{ subject }} }}", id::ticket(world.cast.mias))).await;
        assert_eq!(listener.socket.next("2").await, json!({"ticket": {"subject": MIAS}}));
    }
}

on_both! {
    /// Who goes away without a word leaves nothing behind.
    async fn who_goes_away_leaves_nothing_behind(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        for _ in 0..3 {
            let held: Vec<_> = [Listener::of(&world, &address, &mia).await, Listener::of(&world, &address, &mia).await].into();
            drop(held);
            listening(&world, 0).await;
        }
    }
}
