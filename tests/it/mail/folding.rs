//! What happens to a ticket within minutes is one mail, and each thing is told
//! once, whatever becomes of the mails.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use end_to_end::{on_both, patience::soon};
use mail_parser::MessageParser;
use notifications::{PATIENCE, QUIET, Queue, Smtp, SmtpServer};

use super::{
    server::Server,
    tickets::{addresses, later, to},
    *,
};

/// The words of all mails to dan, in order.
fn told(mails: &[Message]) -> Vec<String> {
    let of_dan = mails.iter().filter(|mail| mail.to == "dan@dogwood.example");
    let lines = of_dan.flat_map(|mail| mail.text.lines());
    let said = lines.filter_map(|line| line.strip_prefix("> Part "));
    said.map(str::to_owned).collect()
}

async fn reply(world: &World, by: &end_to_end::Persona, part: usize) {
    to(
        by,
        "ticketReply",
        world.cast.sharers.dans,
        &format!("body: \"Part {part}\""),
    )
    .await;
}

on_both! {
    async fn a_mail_waits_for_what_else_happens(world) {
        let owner = world.staff("owner@glass.example").await;
        reply(&world, &owner, 1).await;
        assert_eq!(world.post().await, []);
        world.later(QUIET - TimeDelta::seconds(1));
        to(&owner, "ticketSetStatus", world.cast.sharers.dans, "status: WAITING").await;
        reply(&world, &owner, 2).await;
        assert_eq!(world.post().await, []);
        world.later(QUIET - TimeDelta::seconds(1));
        assert_eq!(world.post().await, [], "it waits for the last of them");
        world.later(TimeDelta::seconds(1));
        let mails = world.post().await;
        assert_eq!(mails.len(), 2, "one to each");
        assert_eq!(told(&mails), ["1", "2"]);
        assert!(mails.iter().all(|mail| mail.text.contains("“Waiting for you”")));
        // Another ticket is another mail.
        reply(&world, &owner, 3).await;
        to(&owner, "ticketReply", world.cast.sharers.dans_own, "body: \"Part 4\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["dan@dogwood.example", "dan@dogwood.example", "dina@dogwood.example"]);
        assert_eq!(later(&world).await, []);
    }
}

on_both! {
    /// However much happens, nobody waits for longer than this.
    async fn a_mail_waits_no_longer_than_ten_minutes(world) {
        let (mut mails, mut left) = (Vec::new(), BTreeMap::new());
        for minute in 0..12 {
            // A token is good for ten minutes, too.
            let owner = world.staff("owner@glass.example").await;
            reply(&world, &owner, minute).await;
            let sent = world.post().await;
            if !sent.is_empty() { left.insert(minute, sent.len()); }
            mails.extend(sent);
            world.later(TimeDelta::minutes(1));
        }
        assert_eq!(PATIENCE, TimeDelta::minutes(10));
        assert_eq!(left, BTreeMap::from([(10, 2)]));
        mails.extend(later(&world).await);
        let all: Vec<String> = (0..12).map(|part| part.to_string()).collect();
        assert_eq!((told(&mails), mails.len()), (all, 4));
    }
}

on_both! {
    /// A process dies with a mail in hand, and more happens: each thing is told
    /// by one mail of the two.
    async fn what_happens_while_a_mail_is_sent_begins_another(world) {
        let owner = world.staff("owner@glass.example").await;
        reply(&world, &owner, 1).await;
        world.post().await;
        world.later(QUIET);
        let claimed = Queue::of(&world.store).claim(world.clock.now(), 10).await.expect("claimed");
        assert_eq!(claimed.len(), 2);
        reply(&world, &owner, 2).await;
        assert_eq!(world.post().await, []);
        world.later(Queue::LEASE + QUIET);
        let mails = world.post().await;
        let mut parts = told(&mails);
        parts.sort_unstable();
        assert_eq!(parts, ["1", "2"]);
        assert_eq!(later(&world).await, []);
        assert_eq!(Queue::of(&world.store).state().await.expect("counted").waiting, 0);
    }
}

on_both! {
    /// A fact that is delivered again asks for nothing again, before the mail
    /// has left and after.
    async fn a_fact_that_comes_again_is_told_once(world) {
        let owner = world.staff("owner@glass.example").await;
        reply(&world, &owner, 1).await;
        again(&world).await;
        world.drain().await;
        again(&world).await;
        let mails = later(&world).await;
        assert_eq!((told(&mails), mails.len()), (vec!["1".to_owned()], 2));
        again(&world).await;
        assert_eq!(later(&world).await, []);
    }
}

/// Has the worker see every fact once more.
async fn again(world: &World) {
    use sea_orm::ConnectionTrait;
    let statement = "UPDATE outbox SET delivered_at = NULL, attempts = 0";
    #[expect(clippy::disallowed_methods, reason = "what a worker that died leaves")]
    let done = world.store.connection().execute_unprepared(statement).await;
    done.expect("written");
    world.drain().await;
}

on_both! {
    /// Two workers with two facts at once: one mail waits, and tells both.
    async fn of_two_workers_one_begins_the_mail(world) {
        let owner = world.staff("owner@glass.example").await;
        for part in [1, 2] {
            reply(&world, &owner, part).await;
        }
        let (one, other) = tokio::join!(world.drain(), world.drain());
        assert!(one + other >= 2);
        let mails = later(&world).await;
        assert_eq!((told(&mails), mails.len()), (vec!["1".to_owned(), "2".to_owned()], 2));
    }
}

on_both! {
    /// Refused for good, a mail keeps what it tells, and staff send it again;
    /// what happened since has been told by another.
    async fn a_dead_mail_keeps_what_it_tells(world) {
        let owner = world.staff("owner@glass.example").await;
        reply(&world, &owner, 1).await;
        world.post().await;
        world.later(QUIET);
        let probe = Probe::refusing(&vec![Refused::for_good("no such mailbox"); 6]);
        for _ in 0..3 {
            send_due(&world.dispatch(probe.clone())).await.expect("sent");
            world.later(TimeDelta::minutes(1));
        }
        reply(&world, &owner, 2).await;
        let mails = later(&world).await;
        assert_eq!(told(&mails), ["2"]);
        let dead = owner.read("{ mails(filter: {status: DEAD}) { nodes { id template } } }").await;
        for mail in dead["mails"]["nodes"].as_array().expect("nodes") {
            assert_eq!(mail["template"], "TICKET_NEWS");
            owner.act("mailRetry", &format!("id: {}", mail["id"])).await;
        }
        assert_eq!(told(&world.post().await), ["1"]);
    }
}

on_both! {
    /// Over a real server: whatever it does, all is told, and a repeat has the
    /// id of what it repeats.
    async fn a_real_server_gets_one_mail_each(world) {
        let mut server = Server::start().await;
        let port = server.port;
        let channel = SmtpServer::parse(&format!("smtp://127.0.0.1:{port}?tls=none")).expect("an address");
        let smtp = Arc::new(Smtp::new(channel, "portal@glass.example").expect("a channel"));
        let send = async || {
            let dispatch = world.dispatch(smtp.clone());
            let all = async { while send_due(&dispatch).await.expect("the database answers") > 0 {} };
            soon("the end of all attempts", all).await;
        };
        let owner = world.staff("owner@glass.example").await;
        for part in [1, 2] {
            reply(&world, &owner, part).await;
        }
        world.drain().await;
        world.later(QUIET);
        server.be("swallow").await;
        send().await;
        let first = server.ended().await;
        assert!(!first.is_empty(), "it took some, and died");
        let mut server = Server::again(port).await;
        world.later(TimeDelta::minutes(5));
        send().await;
        let taken = server.taken("accept").await;
        let read = |raw: &[u8]| MessageParser::default().parse(raw).expect("a mail").into_owned();
        assert_eq!(taken.len(), 2, "one to each");
        let parsed: Vec<_> = taken.iter().map(|mail| read(&mail.raw)).collect();
        for mail in &parsed {
            let text = mail.body_text(0).expect("text");
            assert!(text.contains("> Part 1") && text.contains("> Part 2"), "{text}");
            let thread = format!("{}.thread@glass.example", world.cast.sharers.dans.0);
            assert_eq!(mail.in_reply_to().as_text(), Some(thread.as_str()));
            assert_eq!(mail.references().as_text(), Some(thread.as_str()));
            let post = mail.header_raw("List-Unsubscribe-Post").map(str::trim);
            assert_eq!(post, Some("List-Unsubscribe=One-Click"));
            let off = mail.header_raw("List-Unsubscribe").map(str::trim).unwrap_or_default();
            assert!(off.starts_with("<https://vitrine.example/unsubscribe/") && off.ends_with('>'), "{off}");
        }
        let again = read(&first[0].raw);
        assert!(parsed.iter().any(|mail| mail.message_id() == again.message_id()));
    }
}

on_both! {
    /// Nothing of it is lost when the database fails whoever reads for a mail.
    async fn a_letter_that_cannot_be_read_is_tried_again(world) {
        let owner = world.staff("owner@glass.example").await;
        reply(&world, &owner, 1).await;
        world.post().await;
        world.later(QUIET);
        rename(&world, "ticket_entries", "elsewhere").await;
        assert_eq!(world.post().await, []);
        rename(&world, "elsewhere", "ticket_entries").await;
        world.later(TimeDelta::seconds(10));
        let mails = world.post().await;
        assert_eq!((told(&mails), mails.len()), (vec!["1".to_owned()], 2));
    }
}

async fn rename(world: &World, from: &str, to: &str) {
    use sea_orm::ConnectionTrait;
    let statement = format!("ALTER TABLE {from} RENAME TO {to}");
    #[expect(clippy::disallowed_methods, reason = "a table that nobody can read")]
    let done = world
        .store
        .connection()
        .execute_unprepared(&statement)
        .await;
    done.expect("renamed");
}
