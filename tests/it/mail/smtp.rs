//! Mails on their way to a server that refuses, stalls, dies or is not there.

use std::{collections::BTreeSet, path::Path};

use chrono::TimeDelta;
use end_to_end::{on_both, patience::soon};
use mail_parser::MessageParser;
use notifications::{Queue, Smtp, SmtpServer};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use super::{
    server::{Server, Taken},
    *,
};

const FROM: &str = "portal@glass.example";

fn smtp(address: &str) -> Arc<Smtp> {
    let server = SmtpServer::parse(address).expect("an address");
    Arc::new(Smtp::new(server, FROM).expect("a channel"))
}

fn plain(port: u16) -> Arc<Smtp> {
    smtp(&format!("smtp://127.0.0.1:{port}?tls=none"))
}

/// Sends all that is due, with little patience for a server that says nothing.
async fn send_all(world: &World, smtp: &Arc<Smtp>, patience: Duration) {
    let dispatch = Dispatch {
        time_out: patience,
        ..dispatch(world, smtp.clone())
    };
    let all = async { while send_due(&dispatch).await.expect("the database answers") > 0 {} };
    soon("the end of all attempts", all).await;
}

const AMPLE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(400);

async fn waiting(world: &World) -> (u64, u64) {
    let state = Queue::of(&world.store).state().await.expect("counted");
    (state.waiting, state.dead)
}

async fn last_errors(world: &World) -> BTreeSet<String> {
    let owner = world.staff("owner@glass.example").await;
    let found = owner
        .read("{ mails(first: 100) { nodes { lastError } } }")
        .await;
    let nodes = found["mails"]["nodes"].as_array().expect("nodes").clone();
    nodes
        .iter()
        .filter_map(|mail| mail["lastError"].as_str().map(str::to_owned))
        .collect()
}

fn recipients(taken: &[Taken]) -> Vec<String> {
    let mut all: Vec<String> = taken.iter().flat_map(|mail| mail.to.clone()).collect();
    all.sort_unstable();
    all
}

fn addresses(subjects: &[Uuid]) -> Vec<String> {
    let mut all: Vec<String> = subjects.iter().copied().map(address).collect();
    all.sort_unstable();
    all
}

fn ids(taken: &[Taken]) -> BTreeSet<String> {
    let id = |mail: &Taken| {
        let parsed = MessageParser::default().parse(&mail.raw).expect("a mail");
        parsed.message_id().expect("a Message-ID").to_owned()
    };
    taken.iter().map(id).collect()
}

on_both! {
    /// Whatever the server does, mails wait; when it is well again all arrive,
    /// each once.
    async fn trouble_delays_mails_and_loses_none(world) {
        let mut server = Server::start().await;
        let (port, smtp) = (server.port, plain(server.port));
        let mut subjects = queue(&world, 6).await;

        server.be("busy").await;
        send_all(&world, &smtp, AMPLE).await;
        assert_eq!(waiting(&world).await, (6, 0));
        assert_eq!(last_errors(&world).await, BTreeSet::from(["the mail server refused the recipient (451 4.3.2)".to_owned()]));

        for mode in ["mute", "stall"] {
            server.be(mode).await;
            world.later(TimeDelta::hours(1));
            subjects.extend(queue(&world, 1).await);
            send_all(&world, &smtp, SHORT).await;
            assert_eq!(waiting(&world).await, (u64::try_from(subjects.len()).expect("few"), 0), "{mode}");
            assert_eq!(last_errors(&world).await, BTreeSet::from(["no end within 0 s".to_owned()]), "{mode}");
        }

        server.be("die").await;
        world.later(TimeDelta::hours(1));
        send_all(&world, &smtp, AMPLE).await;
        assert_eq!(server.ended().await, []);
        assert_eq!(waiting(&world).await, (8, 0), "died in the midst of the content");

        world.later(TimeDelta::hours(1));
        send_all(&world, &smtp, AMPLE).await;
        assert_eq!(waiting(&world).await, (8, 0), "nobody is there");
        assert_eq!(last_errors(&world).await, BTreeSet::from(["the mail server cannot be reached".to_owned()]));

        let mut server = Server::again(port).await;
        send_all(&world, &smtp, AMPLE).await;
        assert_eq!(server.taken("accept").await, [], "not before the pause is over");
        world.later(TimeDelta::hours(1));
        send_all(&world, &smtp, AMPLE).await;
        let taken = server.taken("accept").await;
        assert_eq!(recipients(&taken), addresses(&subjects));
        assert_eq!(ids(&taken).len(), subjects.len());
        assert_eq!(waiting(&world).await, (0, 0));
    }
}

on_both! {
    /// A kept connection that has gone in the meantime costs nothing.
    async fn a_server_that_was_killed_meanwhile_is_greeted_anew(world) {
        let mut server = Server::start().await;
        let (port, smtp) = (server.port, plain(server.port));
        let first = queue(&world, 2).await;
        send_all(&world, &smtp, AMPLE).await;
        assert_eq!(recipients(&server.taken("accept").await), addresses(&first));
        server.kill().await;
        let mut server = Server::again(port).await;
        let second = queue(&world, 2).await;
        send_all(&world, &smtp, AMPLE).await;
        assert_eq!(recipients(&server.taken("accept").await), addresses(&second));
    }
}

on_both! {
    /// Nobody can know whether a server took what it never said it took: the
    /// mail comes again, and its `Message-ID` says that it is the same.
    async fn a_mail_of_doubt_comes_again_under_its_id(world) {
        let mut server = Server::start().await;
        let (port, smtp) = (server.port, plain(server.port));
        queue(&world, 1).await;
        server.be("swallow").await;
        send_all(&world, &smtp, AMPLE).await;
        let first = server.ended().await;
        assert_eq!((first.len(), waiting(&world).await), (1, (1, 0)));
        let mut server = Server::again(port).await;
        world.later(TimeDelta::minutes(1));
        send_all(&world, &smtp, AMPLE).await;
        let second = server.taken("accept").await;
        assert_eq!(second.len(), 1);
        assert_eq!(ids(&first), ids(&second));
    }
}

on_both! {
    /// What a server refuses for good ends as a dead letter, without the
    /// address that the server repeats; staff send it again.
    async fn what_is_refused_for_good_is_retried_by_staff(world) {
        for (mode, reason) in [
            ("refuse", "the mail server refused the recipient (550 5.1.1)"),
            ("unwanted", "the mail server refused the content (554 5.7.1)"),
        ] {
            let mut server = Server::start().await;
            let smtp = plain(server.port);
            let subjects = queue(&world, 1).await;
            server.be(mode).await;
            for attempt in 1..=3 {
                assert_eq!(waiting(&world).await, (1, 0), "before attempt {attempt}");
                send_all(&world, &smtp, AMPLE).await;
                world.later(TimeDelta::minutes(1));
            }
            assert_eq!(waiting(&world).await, (0, 1));
            let owner = world.staff("owner@glass.example").await;
            let dead = owner.read("{ mails(filter: {status: DEAD}) { nodes { id attempts lastError } } }").await;
            let mail = &dead["mails"]["nodes"][0];
            assert_eq!((&mail["attempts"], &mail["lastError"]), (&json!(3), &json!(reason)));
            assert_eq!(server.taken("accept").await, []);
            let retry = "mutation ($id: ID!) { mailRetry(input: {id: $id}) { errors { code } } }";
            let done = owner.done(retry, json!({"id": mail["id"]})).await;
            assert_eq!(done["mailRetry"]["errors"], json!([]));
            send_all(&world, &smtp, AMPLE).await;
            assert_eq!(recipients(&server.taken("accept").await), addresses(&subjects));
        }
    }
}

on_both! {
    async fn a_mail_arrives_as_it_was_written(world) {
        let mut server = Server::start().await;
        let subject = queue(&world, 1).await[0];
        send_all(&world, &plain(server.port), AMPLE).await;
        let taken = server.taken("accept").await;
        let mail = MessageParser::default().parse(&taken[0].raw).expect("a mail");
        assert_eq!(mail.subject(), Some("Ihre Einladung zum Kundenportal von Glass & Söhne"));
        let from = mail.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!((from.name(), from.address()), (Some("Glass & Söhne"), Some(FROM)));
        let to = mail.to().and_then(|to| to.first()).expect("a recipient");
        assert_eq!((to.name(), to.address()), (Some("Mia Grün"), Some(address(subject).as_str())));
        let date = mail.date().expect("a date").to_timestamp();
        assert_eq!(date, world.clock.now().timestamp());
        let text = mail.body_text(0).expect("text");
        let link = format!("https://portal.example/accept#token={subject}");
        assert!(text.lines().any(|line| line == link), "{text}");
        assert!(text.contains("Guten Tag Mia Grün,") && text.contains("gilt 7 Tage"), "{text}");
        let html = mail.body_html(0).expect("HTML");
        assert!(html.contains("<html lang=\"de\">") && html.contains("Glass &amp; Söhne"), "{html}");
        assert!(html.contains(&format!("#token={subject}")), "{html}");
    }
}

on_both! {
    /// Who wants encryption and does not get it sends nothing, and no password.
    async fn without_the_encryption_that_was_asked_for_nothing_is_sent(world) {
        for (offered, asked) in [
            ("none", "smtp://user:secret@127.0.0.1"),
            // These two show a certificate that nobody has signed.
            ("starttls", "smtp://user:secret@127.0.0.1"),
            ("implicit", "smtps://user:secret@127.0.0.1"),
        ] {
            let mut server = Server::with(&["--tls", offered, "--sign-in", "user:secret"]).await;
            let smtp = smtp(&format!("{asked}:{}", server.port));
            queue(&world, 1).await;
            send_all(&world, &smtp, AMPLE).await;
            assert_eq!(server.taken("accept").await, [], "{offered}");
            let errors = last_errors(&world).await;
            let told = ["the mail server offers no encryption", "the way to the mail server cannot be encrypted"];
            assert!(errors.iter().all(|error| told.contains(&error.as_str())), "{offered}: {errors:?}");
        }
        assert_eq!(waiting(&world).await, (3, 0));
    }
}

/// A certificate for 127.0.0.1 with its key, and that of whoever signed it, as
/// files of the folder.
fn certificates(folder: &Path) -> [String; 3] {
    let authority_key = KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let signed = authority
        .self_signed(&authority_key)
        .expect("a certificate");
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().expect("a key");
    let leaf = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let leaf = leaf.signed_by(&key, &issuer).expect("a certificate");
    [
        ("key", key.serialize_pem()),
        ("cert", leaf.pem()),
        ("ca", signed.pem()),
    ]
    .map(|(name, pem)| {
        let file = folder.join(name);
        std::fs::write(&file, pem).expect("written");
        file.to_str().expect("a plain path").to_owned()
    })
}

on_both! {
    async fn mail_and_password_go_encrypted(world) {
        let [key, cert, ca] = certificates(world.database.folder.path());
        for (offered, scheme) in [("starttls", "smtp"), ("implicit", "smtps")] {
            let arguments = ["--tls", offered, "--sign-in", "user:secret", "--key", &key, "--cert", &cert];
            let mut server = Server::with(&arguments).await;
            let smtp = smtp(&format!("{scheme}://user:secret@127.0.0.1:{}?ca={ca}", server.port));
            let subjects = queue(&world, 2).await;
            send_all(&world, &smtp, AMPLE).await;
            assert_eq!(last_errors(&world).await, BTreeSet::new(), "{offered}");
            assert_eq!(recipients(&server.taken("accept").await), addresses(&subjects), "{offered}");
        }
    }
}

on_both! {
    /// A wrong password is the operator's to mend, and no fault of the mail's.
    async fn a_wrong_password_delays(world) {
        let mut server = Server::with(&["--sign-in", "user:s3cret/@"]).await;
        queue(&world, 1).await;
        for _ in 0..4 {
            send_all(&world, &smtp(&format!("smtp://user:wrong@127.0.0.1:{}?tls=none", server.port)), AMPLE).await;
            world.later(TimeDelta::hours(1));
        }
        assert_eq!(waiting(&world).await, (1, 0));
        assert_eq!(last_errors(&world).await, BTreeSet::from(["the mail server's sign-in failed (535 5.7.8)".to_owned()]));
        send_all(&world, &smtp(&format!("smtp://user:s3cret%2F%40@127.0.0.1:{}?tls=none", server.port)), AMPLE).await;
        assert_eq!(server.taken("accept").await.len(), 1);
    }
}
