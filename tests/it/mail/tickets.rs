//! Who is told what of a ticket: each what they may read by the time the mail
//! leaves, and nobody what they did themselves.

use ::tickets::TicketId;
use chrono::TimeDelta;
use end_to_end::{Persona, id, on_both};
use notifications::QUIET;

use super::*;

/// The same to a ticket.
pub(super) async fn to(by: &Persona, verb: &str, ticket: TicketId, rest: &str) {
    by.act(verb, &format!("id: \"{}\" {rest}", id::ticket(ticket)))
        .await;
}

/// The mails that are due once all is quiet, by address.
pub(super) async fn later(world: &World) -> Vec<Message> {
    // Queued when the worker comes by, and due some minutes later.
    let mut early = world.post().await;
    world.later(QUIET);
    early.extend(world.post().await);
    early.sort_by(|one, other| one.to.cmp(&other.to));
    early
}

/// To whom they are.
pub(super) fn addresses(mails: &[Message]) -> Vec<&str> {
    mails.iter().map(|mail| mail.to.as_str()).collect()
}

const LABELS: &str = "labels: [{status: IN_PROGRESS, labels: [{locale: \"en\", text: \"On <the> bench\"}, {locale: \"de\", text: \"In der Werkstatt\"}]}]";

on_both! {
    /// The words of the workspace, in the language of whoever is written to.
    async fn labels_are_those_of_the_workspace(world) {
        let owner = world.staff("owner@glass.example").await;
        owner.act("workspaceStatusLabelsUpdate", LABELS).await;
        owner.act("userUpdate", &format!("id: \"{}\" locale: \"de\"", id::user(world.cast.sharers.dina))).await;
        to(&owner, "ticketReply", world.cast.sharers.dans, "body: \"Have you tried another cable?\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN, DINA]);
        assert!(mails[0].text.contains("The ticket is now “On <the> bench”."), "{}", mails[0].text);
        assert!(mails[0].html.contains("“On &lt;the&gt; bench”"), "{}", mails[0].html);
        assert!(mails[1].text.contains("Das Ticket ist jetzt: „In der Werkstatt“."), "{}", mails[1].text);
    }
}

const DAN: &str = "dan@dogwood.example";
const DINA: &str = "dina@dogwood.example";

on_both! {
    /// A ticket of dan's that dina takes part in; dora and all others have no part.
    async fn those_who_take_part_are_told(world) {
        let owner = world.staff("owner@glass.example").await;
        let dans = world.cast.sharers.dans;
        to(&owner, "ticketNote", dans, "body: \"CANARY\"").await;
        to(&owner, "ticketReply", dans, "body: \"Have you tried\\n\\nanother cable?\"").await;
        assert_eq!(world.post().await, []);
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN, DINA]);
        let link = format!("https://vitrine.example/glass/tickets/{}", id::ticket(dans));
        for mail in &mails {
            assert!(mail.subject.starts_with("TKT-"), "{}", mail.subject);
            assert!(mail.text.contains("wrote:\n\n> Have you tried\n>\u{20}\n> another cable?\n"), "{}", mail.text);
            assert!(mail.text.contains("The ticket is now “In progress”."), "{}", mail.text);
            assert!(mail.text.lines().any(|line| line == link), "{}", mail.text);
            assert!(!mail.text.contains("CANARY") && !mail.html.contains("CANARY"));
            assert_eq!(mail.thread, Some(dans.0));
        }
        assert_ne!(mails[0].id, mails[1].id);
        assert_eq!(later(&world).await, []);
    }
}

on_both! {
    /// Whoever did it knows; the others on the ticket are told.
    async fn nobody_is_told_what_they_did(world) {
        let (dan, dina) = (world.client(DAN).await, world.client(DINA).await);
        let dans = world.cast.sharers.dans;
        to(&dan, "ticketReply", dans, "body: \"From dan\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DINA]);
        assert!(mails[0].text.contains("> From dan"));
        // Of one mail, one's own part is left out.
        to(&dan, "ticketReply", dans, "body: \"Again from dan\"").await;
        to(&dina, "ticketReply", dans, "body: \"From dina\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN, DINA]);
        assert!(mails[0].text.contains("> From dina") && !mails[0].text.contains("from dan"));
        assert!(mails[1].text.contains("> Again from dan") && !mails[1].text.contains("From dina"));
    }
}

on_both! {
    /// Opened by a client: to those they named. By staff: to the requester too.
    /// For a colleague: to them, not to whoever raised it.
    async fn an_opened_ticket_is_told_to_the_others(world) {
        let open = async |by: &Persona, rest: &str| {
            by.act("ticketOpen", &format!("subject: \"Heating\" description: \"Too cold\" {rest}")).await;
            later(&world).await
        };
        let (dan, owner) = (world.client(DAN).await, world.staff("owner@glass.example").await);
        let dina = id::user(world.cast.sharers.dina);
        assert_eq!(open(&dan, "").await, []);
        let mails = open(&dan, &format!("participants: [\"{dina}\"]")).await;
        assert_eq!(addresses(&mails), [DINA]);
        assert!(mails[0].text.contains("The ticket was opened for Dan:\n\n> Too cold\n"), "{}", mails[0].text);
        let mails = open(&dan, &format!("onBehalfOf: \"{dina}\"")).await;
        assert_eq!(addresses(&mails), [DINA]);
        let company = format!("company: \"{}\"", id::company(world.cast.sharers.dogwood));
        let visible = format!("{company} requester: \"{dina}\"");
        assert_eq!(addresses(&open(&owner, &format!("{visible} visibility: CLIENT_VISIBLE")).await), [DINA]);
        assert_eq!(open(&owner, &format!("{visible} visibility: INTERNAL_ONLY")).await, []);
    }
}

on_both! {
    /// The links of a resolution lead to pages; nothing happens by fetching them,
    /// and they are good for nobody but whoever is signed in there.
    async fn a_resolution_is_told_with_where_to_answer_it(world) {
        let (dan, owner) = (world.client(DAN).await, world.staff("owner@glass.example").await);
        let dans = world.cast.sharers.dans;
        to(&owner, "ticketResolve", dans, "resolution: \"A new cable\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN, DINA]);
        let page = format!("/glass/tickets/{}", id::ticket(dans));
        for action in ["accept", "reopen"] {
            let link = format!("https://vitrine.example{page}?{action}");
            assert!(mails[0].text.lines().any(|line| line == link), "{}", mails[0].text);
            let request = http::Request::get(format!("{page}?{action}"));
            let answer = crate::http::send(&world.router, crate::http::empty(request)).await;
            assert_eq!(answer.status, http::StatusCode::NOT_FOUND);
        }
        let status = format!("{{ ticket(id: \"{}\") {{ status }} }}", id::ticket(dans));
        assert_eq!(dan.read(&status).await["ticket"]["status"], "RESOLVED");
        // Answered meanwhile: there is nothing to decide any more.
        to(&dan, "ticketReject", dans, "reason: \"Still dark\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DINA]);
        assert!(mails[0].text.contains("Dan did not accept the resolution:\n\n> Still dark"), "{}", mails[0].text);
        assert!(mails[0].text.contains("The ticket is now “Open”.") && !mails[0].text.contains("?accept"));
        to(&owner, "ticketResolve", dans, "resolution: \"Another one\"").await;
        to(&dan, "ticketAccept", dans, "").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN, DINA]);
        assert!(!mails[0].text.contains("accepted") && !mails[0].text.contains("?accept"), "{}", mails[0].text);
        assert!(mails[1].text.contains("> Another one") && mails[1].text.contains("Dan accepted the resolution."));
        to(&owner, "ticketSetStatus", world.cast.sharers.dans_own, "status: WAITING").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN]);
        assert!(mails[0].text.contains("changed the status.\n\nThe ticket is now “Waiting for you”."), "{}", mails[0].text);
    }
}

on_both! {
    async fn a_mail_speaks_its_readers_language(world) {
        let owner = world.staff("owner@glass.example").await;
        for (user, locale) in [(world.cast.sharers.dan, "fr"), (world.cast.sharers.dina, "de-CH")] {
            owner.act("userUpdate", &format!("id: \"{}\" locale: \"{locale}\"", id::user(user))).await;
        }
        to(&owner, "ticketReply", world.cast.sharers.dans, "body: \"Bonjour\"").await;
        let mails = later(&world).await;
        assert!(mails[0].text.contains("Bonjour Dan,") && mails[0].text.contains("a écrit :"), "{}", mails[0].text);
        assert!(mails[1].text.contains("Guten Tag Dina,") && mails[1].html.contains("<html lang=\"de\">"));
    }
}

on_both! {
    /// What clients may not know of asks for no mail; what they may not know of
    /// by the time it leaves is in none.
    async fn what_is_read_no_more_is_mailed_no_more(world) {
        let owner = world.staff("owner@glass.example").await;
        let dans = world.cast.sharers.dans;
        let dina = id::user(world.cast.sharers.dina);
        to(&owner, "ticketReply", world.cast.hidden, "body: \"CANARY\"").await;
        to(&owner, "ticketNote", dans, "body: \"CANARY\"").await;
        to(&owner, "ticketAssign", dans, &format!("assignee: \"{}\"", id::staff(world.cast.owner))).await;
        to(&owner, "ticketPriority", dans, "priority: LOW").await;
        to(&owner, "ticketAssign", dans, "assignee: null").await;
        assert_eq!(later(&world).await, []);
        let reply = async || {
            let owner = world.staff("owner@glass.example").await;
            to(&owner, "ticketReply", dans, "body: \"Soon gone\"").await;
            world.post().await;
        };
        reply().await;
        let owner = world.staff("owner@glass.example").await;
        to(&owner, "ticketSetVisibility", dans, "visibility: INTERNAL_ONLY reason: \"x\"").await;
        assert_eq!(later(&world).await, [], "withdrawn");
        to(&owner, "ticketSetVisibility", dans, "visibility: CLIENT_VISIBLE reason: \"x\"").await;
        assert_eq!(later(&world).await, [], "shown again");
        reply().await;
        let dan = world.client(DAN).await;
        to(&dan, "ticketParticipantRemove", dans, &format!("user: \"{dina}\"")).await;
        assert_eq!(addresses(&later(&world).await), [DAN], "taken off");
        reply().await;
        let owner = world.staff("owner@glass.example").await;
        owner.act("userDisable", &format!("id: \"{}\"", id::user(world.cast.sharers.dan))).await;
        assert_eq!(later(&world).await, [], "disabled");
    }
}

on_both! {
    /// To who works on it: that they were given it, what clients write, and what
    /// was missed. To nobody while nobody does.
    async fn who_works_on_a_ticket_is_told(world) {
        let owner = world.staff("owner@glass.example").await;
        let noah = world.client("noah@alder.example").await;
        let noahs = world.cast.noahs;
        let assignee = |user| format!("assignee: \"{}\"", id::staff(user));
        to(&noah, "ticketReply", noahs, "body: \"Anybody?\"").await;
        assert_eq!(later(&world).await, [], "nobody works on it");
        to(&owner, "ticketAssign", noahs, &assignee(world.cast.owner)).await;
        assert_eq!(later(&world).await, [], "by themselves");
        to(&owner, "ticketAssign", noahs, &assignee(world.cast.member)).await;
        to(&owner, "ticketNote", noahs, "body: \"Look at this\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["member@glass.example"]);
        assert!(mails[0].text.contains("The ticket was assigned to you."), "{}", mails[0].text);
        assert!(!mails[0].text.contains("Look at this"));
        let link = format!("https://vitrine.example/staff/glass/tickets/{}", id::ticket(noahs));
        assert!(mails[0].text.lines().any(|line| line == link), "{}", mails[0].text);
        to(&noah, "ticketReply", noahs, "body: \"Any news?\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["member@glass.example"]);
        assert!(mails[0].text.contains("Noah wrote:\n\n> Any news?") && !mails[0].text.contains("assigned to you.\n\n"), "{}", mails[0].text);
        // Given to somebody else meanwhile.
        to(&noah, "ticketReply", noahs, "body: \"Hello?\"").await;
        world.post().await;
        to(&owner, "ticketAssign", noahs, &assignee(world.cast.manager)).await;
        assert_eq!(addresses(&later(&world).await), ["manager@glass.example"]);
        world.later(TimeDelta::hours(8));
        while ::tickets::watch(&world.work()).await.expect("watched") > 0 {}
        let mails = later(&world).await;
        let of_noahs: Vec<_> = mails.iter().filter(|mail| mail.thread == Some(noahs.0)).collect();
        let [mail] = of_noahs[..] else { panic!("{mails:?}") };
        assert_eq!(mail.to, "manager@glass.example");
        assert!(mail.text.contains("The target for the first answer was missed."), "{}", mail.text);
        assert!(mails.iter().all(|mail| mail.to.ends_with("@glass.example")), "to the team alone");
    }
}

on_both! {
    /// Who gets many tickets at once gets one mail: it names twenty and counts the
    /// others; what is closed by then, or somebody else's, is not among them.
    async fn many_tickets_are_one_mail(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let mut ids = Vec::new();
        for n in 0..26 {
            let open = format!("mutation {{ ticketOpen(input: {{subject: \"Lamp {n} flickers\", description: \"x\"}}) {{ ticket {{ id }} }} }}");
            ids.push(mia.read(&open).await["ticketOpen"]["ticket"]["id"].clone());
        }
        let update = "mutation ($ids: [ID!]!, $to: ID) { ticketsUpdate(input: {ids: $ids, assignee: $to}) { errors { code } } }";
        owner.done(update, json!({"ids": ids, "to": id::staff(world.cast.member)})).await;
        owner.done(update, json!({"ids": [ids[25]], "to": null})).await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["member@glass.example"]);
        let (subject, text) = (&mails[0].subject, &mails[0].text);
        assert!(text.contains("The ticket was assigned to you.") && text.contains("Assigned to you as well:"), "{text}");
        let named = text.lines().filter(|line| line.starts_with("- TKT-")).count();
        let told = text.contains("and 5 more, in your queue.") || text.contains("and 4 more, in your queue.");
        assert!(named == 20 && told, "{text}");
        assert!(subject.ends_with("flickers (+25)") || subject.ends_with("flickers (+24)"), "{subject}");
        assert_eq!(mails[0].html.matches("<li>").count(), 21, "{}", mails[0].html);
        assert_eq!(later(&world).await, []);
        // What comes later is told by itself.
        let reply = format!("mutation {{ ticketReply(input: {{id: {}, body: \"Still.\"}}) {{ errors {{ code }} }} }}", ids[24]);
        mia.read(&reply).await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["member@glass.example"]);
        assert!(mails[0].text.contains("> Still.") && !mails[0].text.contains("as well"), "{}", mails[0].text);
    }
}

on_both! {
    /// Whom a note names, and whom a step of a policy tells: that, and no more of
    /// a ticket that is not theirs.
    async fn who_is_named_is_told(world) {
        let owner = world.staff("owner@glass.example").await;
        let noah = world.client("noah@alder.example").await;
        let noahs = world.cast.noahs;
        let (manager, own) = (id::staff(world.cast.manager), id::staff(world.cast.owner));
        to(&owner, "ticketNote", noahs, &format!("body: \"Who knows them?\" mentions: [\"{manager}\", \"{own}\"]")).await;
        to(&noah, "ticketReply", noahs, "body: \"Hello?\"").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["manager@glass.example"]);
        assert!(mails[0].text.contains("named you in a note:\n\n> Who knows them?"), "{}", mails[0].text);
        assert!(!mails[0].text.contains("Hello?") && !mails[0].text.contains("assigned to you"), "{}", mails[0].text);
        let member = id::staff(world.cast.member);
        let steps = format!("escalations: [{{target: RESPONSE, percent: 10, notify: [\"{manager}\", \"{member}\"]}}]");
        owner.act("slaPolicyUpdate", &format!("id: \"{}\" {steps}", id::policy(world.cast.promised.own.0))).await;
        world.post().await;
        while ::tickets::watch(&world.work()).await.expect("watched") > 0 {}
        let mails = later(&world).await;
        let of_noahs: Vec<_> = mails.iter().filter(|mail| mail.thread == Some(noahs.0)).collect();
        let [mail] = of_noahs[..] else { panic!("{mails:?}") };
        assert_eq!(mail.to, "manager@glass.example", "the member may not read it");
        assert!(mail.text.contains("The ticket was escalated.") && mail.text.contains("you were named"), "{}", mail.text);
    }
}

on_both! {
    /// What closes by itself, or is merged away, is told to the client's side.
    async fn an_end_without_an_author_is_told(world) {
        let owner = world.staff("owner@glass.example").await;
        let sharers = &world.cast.sharers;
        to(&owner, "ticketMerge", sharers.dans_own, &format!("into: \"{}\"", id::ticket(sharers.dans))).await;
        let mails = later(&world).await;
        let own: Vec<_> = mails.iter().filter(|mail| mail.thread == Some(sharers.dans_own.0)).collect();
        let [mail] = own[..] else { panic!("{mails:?}") };
        assert_eq!(mail.to, DAN);
        assert!(mail.text.contains("merged with another one.") && mail.text.contains("is now “Closed”."), "{}", mail.text);
        let owner = world.staff("owner@glass.example").await;
        let assignee = format!("assignee: \"{}\"", id::staff(world.cast.member));
        to(&owner, "ticketAssign", sharers.dans_own, &assignee).await;
        assert_eq!(later(&world).await, [], "there is nothing to do on it");
        owner.act("workspaceTicketSettingsUpdate", "autoCloseDays: 1").await;
        to(&owner, "ticketResolve", sharers.dans, "resolution: \"Done\"").await;
        later(&world).await;
        world.later(TimeDelta::days(2));
        while ::tickets::close_quiet(&world.work()).await.expect("closed") > 0 {}
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), [DAN, DINA]);
        assert!(mails[0].text.contains("The ticket is now “Closed”.") && !mails[0].text.contains("?accept"), "{}", mails[0].text);
    }
}

on_both! {
    /// Facts of a ticket cost a handful of statements, however many take part.
    async fn what_a_fact_costs_does_not_grow(world) {
        let owner = world.staff("owner@glass.example").await;
        let mut costs = Vec::new();
        for ticket in [world.cast.noahs, world.cast.sharers.dans] {
            to(&owner, "ticketReply", ticket, "body: \"x\"").await;
            costs.push(world.statements(world.drain()).await.0);
        }
        assert_eq!(costs[0], costs[1]);
    }
}
