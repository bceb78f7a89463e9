//! Sharing within a company: the four modes, who takes part in a ticket, and
//! tickets raised for a colleague.

use chrono::TimeDelta;
use end_to_end::{Persona, Realm, World, id, on_both};
use identity::provision::NewClientUser;
use kernel::ClientUserId;
use serde_json::{Value, json};
use tickets::TicketId;
use visibility::{Access, Sections};

const TICKET: &str = "query ($id: ID!) { ticket(id: $id) { id subject } }";
const NODE: &str = "query ($id: ID!) { node(id: $id) { id } }";
const DANS: &str = "Dan shares this with Dina";
const DANS_OWN: &str = "Dan shares this with nobody";
const EMILS: &str = "Emil shares this with Ella";
const ELLAS: &str = "Emil raised this for Ella";
const ERIKS: &str = "Erik keeps this";

async fn subjects(persona: &Persona, order: &str) -> Vec<String> {
    let query = format!("{{ tickets(first: 100, orderBy: {order}) {{ nodes {{ subject }} }} }}");
    let data = persona.read(&query).await;
    let nodes = data["tickets"]["nodes"].as_array().expect("nodes").clone();
    let subject = |node: &Value| node["subject"].as_str().expect("a subject").to_owned();
    nodes.iter().map(subject).collect()
}

/// Sends a mutation with this input; answers its payload.
async fn act(persona: &Persona, mutation: &str, ty: &str, fields: &str, input: Value) -> Value {
    let query = format!(
        "mutation ($input: {ty}Input!) {{ {mutation}(input: $input) {{ ticket {{ {fields} }} errors {{ code field }} }} }}"
    );
    persona.done(&query, json!({"input": input})).await[mutation].clone()
}

async fn add(persona: &Persona, ticket: TicketId, users: &[String]) -> Value {
    let input = json!({"id": id::ticket(ticket), "users": users});
    let fields = "updatedAt requester { name } openedBy { name } participants { name }";
    let payload = act(
        persona,
        "ticketParticipantsAdd",
        "TicketParticipantsAdd",
        fields,
        input,
    );
    payload.await
}

async fn remove(persona: &Persona, ticket: TicketId, user: ClientUserId) -> Value {
    let input = json!({"id": id::ticket(ticket), "user": id::user(user)});
    let fields = "participants { name }";
    let payload = act(
        persona,
        "ticketParticipantRemove",
        "TicketParticipantRemove",
        fields,
        input,
    );
    payload.await
}

async fn open(persona: &Persona, mut input: Value) -> Value {
    input["subject"] = "Raised".into();
    input["description"] = "x".into();
    let fields = "id requester { name } openedBy { name } participants { name }";
    act(persona, "ticketOpen", "TicketOpen", fields, input).await
}

/// Code and field of a refusal.
fn told(payload: &Value) -> (&str, &str) {
    assert_eq!(payload["ticket"], Value::Null, "{payload}");
    let error = &payload["errors"][0];
    let text = |name: &str| error[name].as_str().unwrap_or_default();
    (text("code"), text("field"))
}

on_both! {
    /// Each persona's list, in one table; each ticket by its id says the same.
    async fn who_sees_what_in_each_mode(world) {
        let cast = &world.cast;
        let shared = &cast.sharers;
        let dogwood = [(shared.dans, DANS), (shared.dans_own, DANS_OWN)];
        let elm = [(shared.emils, EMILS), (shared.ellas, ELLAS), (shared.eriks, ERIKS)];
        let all: Vec<_> = dogwood.into_iter().chain(elm).collect();
        for (email, expected) in [
            ("dora@dogwood.example", vec![DANS, DANS_OWN]),
            ("dan@dogwood.example", vec![DANS, DANS_OWN]),
            ("dina@dogwood.example", vec![DANS]),
            ("elsa@elm.example", vec![EMILS, ELLAS, ERIKS]),
            // His own, and what he raised for somebody else.
            ("emil@elm.example", vec![EMILS, ELLAS]),
            ("ella@elm.example", vec![EMILS, ELLAS]),
            ("erik@elm.example", vec![EMILS, ELLAS, ERIKS]),
            ("mia@alder.example", vec![]),
            ("bea@birch.example", vec![]),
        ] {
            let persona = world.client(email).await;
            let list = subjects(&persona, "{field: OPENED_AT, direction: ASC}").await;
            let list: Vec<_> = list.iter().filter(|subject| all.iter().any(|(_, one)| one == subject)).collect();
            assert_eq!(list, expected, "{email}");
            for (ticket, subject) in &all {
                let variables = json!({"id": id::ticket(*ticket)});
                for query in [TICKET, NODE] {
                    let answer = persona.ask(query, variables.clone()).await;
                    let seen = answer["errors"].is_null();
                    assert_eq!(seen, expected.contains(subject), "{email} {subject}: {answer}");
                    if !seen {
                        assert_eq!(answer, persona.ask(query, json!({"id": id::no_ticket()})).await);
                    }
                }
            }
        }
    }
}

on_both! {
    /// What comes from two places comes once, sorted and page by page.
    async fn own_and_shared_tickets_are_one_list(world) {
        let ella = world.client("ella@elm.example").await;
        let erik = world.client("erik@elm.example").await;
        let shared = &world.cast.sharers;
        for index in 0..7 {
            world.later(TimeDelta::minutes(1));
            let by = if index % 2 == 0 { &ella } else { &erik };
            let input = json!({"subject": format!("Ticket {index}"), "description": "x", "participants": [id::user(shared.ella)]});
            let opened = act(by, "ticketOpen", "TicketOpen", "id", input).await;
            assert_eq!(opened["errors"], json!([]));
        }
        for field in ["OPENED_AT", "UPDATED_AT", "REFERENCE"] {
            for direction in ["ASC", "DESC"] {
                let order = format!("{{field: {field}, direction: {direction}}}");
                let whole = subjects(&ella, &order).await;
                let mut sorted: Vec<String> = [EMILS.to_owned(), ELLAS.to_owned()].into_iter()
                    .chain((0..7).map(|index| format!("Ticket {index}"))).collect();
                if direction == "DESC" {
                    sorted.reverse();
                }
                assert_eq!(whole, sorted, "{order}");
                let (mut paged, mut after) = (Vec::new(), Value::Null);
                loop {
                    let query = format!("query ($after: String) {{ tickets(first: 2, after: $after, orderBy: {order}) {{ nodes {{ subject }} pageInfo {{ hasNextPage endCursor }} }} }}");
                    let page = ella.done(&query, json!({"after": after})).await["tickets"].clone();
                    for node in page["nodes"].as_array().expect("nodes") {
                        paged.push(node["subject"].as_str().expect("a subject").to_owned());
                    }
                    if page["pageInfo"]["hasNextPage"] == false {
                        break;
                    }
                    after = page["pageInfo"]["endCursor"].clone();
                }
                assert_eq!(paged, whole, "{order}");
            }
        }
        let none = ella.read("{ tickets(filter: {status: [CLOSED]}) { nodes { id } } }").await;
        assert_eq!(none["tickets"]["nodes"], json!([]));
    }
}

on_both! {
    /// Whoever sees a ticket names colleagues and takes them off, and takes part.
    async fn a_participant_takes_part_until_they_are_taken_off(world) {
        let shared = &world.cast.sharers;
        let dan = world.client("dan@dogwood.example").await;
        let dina = world.client("dina@dogwood.example").await;
        let manager = world.staff("manager@glass.example").await;
        let ticket = json!({"id": id::ticket(shared.dans_own)});
        assert_eq!(dina.code(TICKET, ticket.clone()).await, "NOT_FOUND");
        world.later(TimeDelta::minutes(1));
        let dinas = id::user(shared.dina);
        let named = add(&dan, shared.dans_own, &[dinas.clone(), id::user(shared.dan), dinas]).await;
        assert_eq!(named["ticket"]["participants"], json!([{"name": "Dina"}]));
        assert_eq!(named["ticket"]["openedBy"], Value::Null);
        let at = named["ticket"]["updatedAt"].clone();

        // Nothing new is no change, not even of the time.
        world.later(TimeDelta::minutes(1));
        let again = add(&dan, shared.dans_own, &[id::user(shared.dina)]).await;
        assert_eq!((&again["ticket"]["updatedAt"], &again["errors"]), (&at, &json!([])));

        assert_eq!(dina.done(TICKET, ticket.clone()).await["ticket"]["subject"], DANS_OWN);
        let variables = json!({"input": {"id": id::ticket(shared.dans_own), "body": "I have it too."}});
        let reply = "mutation ($input: TicketReplyInput!) { ticketReply(input: $input) { entry { author { name } } } }";
        assert_eq!(dina.done(reply, variables.clone()).await["ticketReply"]["entry"]["author"]["name"], "Dina");
        let resolution = json!({"id": id::ticket(shared.dans_own), "resolution": "Done."});
        act(&manager, "ticketResolve", "TicketResolve", "id", resolution).await;
        let accepted = act(&dina, "ticketAccept", "TicketAccept", "status", json!({"id": id::ticket(shared.dans_own)})).await;
        assert_eq!(accepted["ticket"]["status"], "CLOSED");

        let removed = remove(&dan, shared.dans_own, shared.dina).await;
        assert_eq!(removed["ticket"]["participants"], json!([]));
        assert_eq!(dina.code(TICKET, ticket).await, "NOT_FOUND");
        assert_eq!(dina.code(reply, variables).await, "NOT_FOUND");
        assert_eq!(told(&remove(&dan, shared.dans_own, shared.dina).await), ("UNKNOWN_PARTICIPANT", "user"));
        assert_eq!(told(&remove(&dan, shared.dans_own, shared.dan).await), ("IS_REQUESTER", "user"));
        assert_eq!(told(&remove(&manager, shared.dans_own, shared.dan).await), ("IS_REQUESTER", "user"));

        // Who takes themselves off is told nothing more of it.
        let gone = remove(&dina, shared.dans, shared.dina).await;
        assert_eq!(gone, json!({"ticket": null, "errors": []}));
        assert_eq!(dina.code(TICKET, json!({"id": id::ticket(shared.dans)})).await, "NOT_FOUND");
    }
}

on_both! {
    /// Nobody is named who then could not see the ticket.
    async fn who_could_not_see_it_is_not_named(world) {
        let cast = &world.cast;
        let shared = &cast.sharers;
        let ada = world.client("ada@alder.example").await;
        let mia = world.client("mia@alder.example").await;
        let dan = world.client("dan@dogwood.example").await;
        let erik = world.client("erik@elm.example").await;
        let bea = world.client("bea@birch.example").await;
        let manager = world.staff("manager@glass.example").await;
        for statement in [
            "UPDATE client_users SET status = 'disabled' WHERE email = 'dora@dogwood.example'",
            "UPDATE client_users SET sections = '[\"jobs\"]' WHERE email IN ('ben@birch.example', 'dina@dogwood.example')",
            "UPDATE client_users SET access = 'none' WHERE email = 'elsa@elm.example'",
        ] {
            change(&world, statement).await;
        }
        remove(&dan, shared.dans, shared.dina).await;
        let ben = world.client("ben@birch.example").await;
        let ben = ben.read("{ viewer { id } }").await["viewer"]["id"].as_str().expect("an id").to_owned();
        let (ticket, nobody) = (id::ticket(cast.mias), id::user(ClientUserId(uuid::Uuid::nil())));
        for (by, on, user, code) in [
            // Own records: members see no others', the admin sees all.
            (&mia, cast.mias, id::user(cast.noah), "SHARING_OFF"),
            (&ada, cast.mias, id::user(cast.noah), "SHARING_OFF"),
            (&manager, cast.mias, id::user(cast.noah), "SHARING_OFF"),
            (&mia, cast.mias, id::user(cast.ada), ""),
            // Unknown, foreign, disabled, of another kind: one answer.
            (&mia, cast.mias, id::user(cast.bea), "UNKNOWN_PARTICIPANT"),
            (&mia, cast.mias, nobody, "UNKNOWN_PARTICIPANT"),
            (&mia, cast.mias, ticket, "UNKNOWN_PARTICIPANT"),
            (&mia, cast.mias, "x".to_owned(), "UNKNOWN_PARTICIPANT"),
            (&manager, cast.mias, id::user(cast.bea), "UNKNOWN_PARTICIPANT"),
            (&dan, shared.dans, id::user(shared.dora), "UNKNOWN_PARTICIPANT"),
            // A closed section, or nothing to sign in to.
            (&dan, shared.dans, id::user(shared.dina), "PARTICIPANT_CANNOT_SEE"),
            (&bea, cast.beas, ben, "PARTICIPANT_CANNOT_SEE"),
            (&erik, shared.eriks, id::user(shared.elsa), "PARTICIPANT_CANNOT_SEE"),
            // Chosen per member: their own reach decides.
            (&erik, shared.eriks, id::user(shared.emil), "PARTICIPANT_CANNOT_SEE"),
            (&erik, shared.eriks, id::user(shared.ella), ""),
        ] {
            let payload = add(by, on, std::slice::from_ref(&user)).await;
            if code.is_empty() {
                assert_eq!(payload["errors"], json!([]), "{user}");
            } else {
                assert_eq!(told(&payload), (code, "users"), "{user}");
            }
            let input = if by.realm == Realm::Staff {
                json!({"participants": [user], "company": id::company(cast.alder)})
            } else {
                json!({"participants": [user]})
            };
            let opened = open(by, input).await;
            assert_eq!(opened["errors"][0]["code"].as_str().unwrap_or_default(), code, "{user}: {opened}");
        }
        // One who cannot be named keeps the others off, too.
        let both = [id::user(cast.ada), id::user(cast.mia)];
        assert_eq!(told(&add(&ada, cast.noahs, &both).await), ("SHARING_OFF", "users"));
        assert_eq!(add(&ada, cast.noahs, &[]).await["ticket"]["participants"], json!([]));
        // Who raised it sees it anyhow, and is passed over.
        let emil = world.client("emil@elm.example").await;
        let both = [id::user(shared.emil), id::user(shared.erik)];
        assert_eq!(add(&emil, shared.ellas, &both).await["ticket"]["participants"], json!([{"name": "Emil"}, {"name": "Erik"}]));
    }
}

/// Changes what no command changes yet; whoever is signed in later is read anew.
async fn change(world: &World, statement: &str) {
    use sea_orm::ConnectionTrait;
    #[expect(clippy::disallowed_methods, reason = "no command changes this yet")]
    let done = world.store.connection().execute_unprepared(statement).await;
    assert!(done.expect(statement).rows_affected() > 0, "{statement}");
}

on_both! {
    /// The colleague's it is then; whoever raised it goes on seeing it, however
    /// little the company shares.
    async fn a_ticket_is_raised_for_a_colleague(world) {
        let cast = &world.cast;
        let mia = world.client("mia@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        let opened = open(&mia, json!({"onBehalfOf": id::user(cast.noah), "participants": [id::user(cast.noah), id::user(cast.mia), id::user(cast.ada)]})).await;
        assert_eq!(opened["errors"], json!([]));
        let mut ticket = opened["ticket"].clone();
        let id = json!({"id": ticket["id"].take()});
        assert_eq!(ticket, json!({"id": null, "requester": {"name": "Noah"}, "openedBy": {"name": "Mia"}, "participants": [{"name": "Mia"}, {"name": "Ada"}]}));
        for (email, sees) in [("mia@alder.example", true), ("noah@alder.example", true), ("ada@alder.example", true), ("zoe@alder.example", false), ("bea@birch.example", false)] {
            let persona = world.client(email).await;
            assert_eq!(persona.ask(TICKET, id.clone()).await["errors"].is_null(), sees, "{email}");
            let list = subjects(&persona, "{field: OPENED_AT}").await;
            assert_eq!(list.iter().any(|subject| subject == "Raised"), sees, "{email}");
        }
        // For oneself is nothing special.
        let own = open(&mia, json!({"onBehalfOf": id::user(cast.mia)})).await;
        assert_eq!((&own["ticket"]["openedBy"], &own["ticket"]["participants"]), (&Value::Null, &json!([])));

        let whole = id["id"].as_str().expect("an id");
        let query = format!("mutation {{ ticketParticipantRemove(input: {{id: \"{whole}\", user: \"{}\"}}) {{ ticket {{ openedBy {{ name }} }} errors {{ code }} }} }}", id::user(cast.mia));
        assert_eq!(noah.read(&query).await["ticketParticipantRemove"], json!({"ticket": {"openedBy": null}, "errors": []}));
        assert_eq!(mia.code(TICKET, id).await, "NOT_FOUND");
    }
}

on_both! {
    /// Nobody raises a ticket for people of others, for nobody, or for those who
    /// could not see it.
    async fn it_is_raised_for_colleagues_alone(world) {
        let cast = &world.cast;
        let mia = world.client("mia@alder.example").await;
        let zoe = world.client("zoe@alder.example").await;
        let zoes = zoe.read("{ viewer { id } }").await["viewer"]["id"].clone();
        change(&world, "UPDATE client_users SET access = 'none' WHERE email = 'ada@alder.example'").await;
        change(&world, "UPDATE client_users SET status = 'disabled' WHERE email = 'noah@alder.example'").await;
        let before = subjects(&mia, "{field: REFERENCE}").await;
        for (user, code) in [
            (json!(id::user(cast.bea)), "UNKNOWN_USER"),
            (json!(id::user(cast.noah)), "UNKNOWN_USER"),
            (json!(id::user(cast.ada)), "UNKNOWN_USER"),
            (json!(id::staff(cast.owner)), "UNKNOWN_USER"),
            (json!(""), "UNKNOWN_USER"),
            (zoes, "USER_CANNOT_SEE"),
        ] {
            assert_eq!(told(&open(&mia, json!({"onBehalfOf": user})).await), (code, "onBehalfOf"), "{user}");
        }
        assert_eq!(subjects(&mia, "{field: REFERENCE}").await, before);
        let late = "mutation ($user: ID) { ticketOpen(input: {subject: \"x\", description: \"x\", onBehalfOf: $user}) { errors { code } } }";
        assert_eq!(zoe.code(late, json!({"user": id::user(cast.mia)})).await, "FORBIDDEN");
    }
}

on_both! {
    /// To staff `onBehalfOf` and `requester` are one thing, and they name
    /// participants for the company.
    async fn staff_open_with_participants(world) {
        let cast = &world.cast;
        let shared = &cast.sharers;
        let manager = world.staff("manager@glass.example").await;
        let company = id::company(shared.dogwood);
        let (dan, dina) = (id::user(shared.dan), id::user(shared.dina));
        for (field, value) in [("onBehalfOf", &dan), ("requester", &dan)] {
            let mut input = json!({"company": company, "visibility": "CLIENT_VISIBLE", "participants": [dina, dan]});
            input[field] = json!(value);
            let opened = open(&manager, input).await;
            let mut ticket = opened["ticket"].clone();
            ticket["id"] = Value::Null;
            assert_eq!(ticket, json!({"id": null, "requester": {"name": "Dan"}, "openedBy": null, "participants": [{"name": "Dina"}]}), "{opened}");
        }
        let same = open(&manager, json!({"company": company, "requester": dan, "onBehalfOf": dan})).await;
        assert_eq!(same["errors"], json!([]));
        let differ = open(&manager, json!({"company": company, "requester": dan, "onBehalfOf": dina})).await;
        assert_eq!(told(&differ), ("REQUESTERS_DIFFER", "onBehalfOf"));
        let foreign = open(&manager, json!({"company": company, "onBehalfOf": id::user(cast.mia)})).await;
        assert_eq!(told(&foreign), ("UNKNOWN_USER", "onBehalfOf"));
        let foreign = open(&manager, json!({"company": company, "participants": [id::user(cast.mia)]})).await;
        assert_eq!(told(&foreign), ("UNKNOWN_PARTICIPANT", "participants"));
        let nowhere = open(&manager, json!({"onBehalfOf": dan})).await;
        assert_eq!(told(&nowhere), ("UNKNOWN_COMPANY", "company"));
        let seen = subjects(&world.client("dina@dogwood.example").await, "{field: REFERENCE}").await;
        assert_eq!(seen, ["Raised", "Raised", DANS]);
    }
}

on_both! {
    /// Many name the same person at once: one row, no error.
    async fn naming_twice_at_once_is_naming_once(world) {
        let shared = &world.cast.sharers;
        let dora = world.client("dora@dogwood.example").await;
        let ticket = shared.dans_own;
        let naming: Vec<_> = (0..12).map(|index| {
            let (dora, users) = (dora.clone(), [id::user(shared.dina), id::user(shared.dora)]);
            tokio::spawn(async move { add(&dora, ticket, &users[index % 2..=index % 2]).await })
        }).collect();
        for one in naming {
            assert_eq!(one.await.expect("no panic")["errors"], json!([]));
        }
        let named = add(&dora, ticket, &[]).await;
        let mut names: Vec<_> = named["ticket"]["participants"].as_array().expect("a list").iter().map(|user| user["name"].to_string()).collect();
        names.sort();
        assert_eq!(names, ["\"Dina\"", "\"Dora\""]);
    }
}

on_both! {
    /// An input takes 100 people, and a ticket has 100 at most.
    async fn a_hundred_people_take_part_at_most(world) {
        let cast = &world.cast;
        let bea = world.client("bea@birch.example").await;
        let people = crowd(&world, 101).await;
        let document = "mutation ($input: TicketParticipantsAddInput!) { ticketParticipantsAdd(input: $input) { errors { code } } }";
        let input = json!({"input": {"id": id::ticket(cast.beas), "users": people}});
        let answer = bea.ask(document, input).await;
        assert_eq!(answer["errors"][0]["extensions"], json!({"code": "BAD_USER_INPUT", "field": "users"}));
        let document = "mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { errors { code } } }";
        let answer = bea.ask(document, json!({"input": {"subject": "x", "description": "x", "participants": people}})).await;
        assert_eq!(answer["errors"][0]["extensions"], json!({"code": "BAD_USER_INPUT", "field": "participants"}));

        let named = add(&bea, cast.beas, &people[..100]).await;
        assert_eq!(named["ticket"]["participants"].as_array().map(Vec::len), Some(100));
        assert_eq!(told(&add(&bea, cast.beas, &people[100..]).await), ("TOO_MANY_PARTICIPANTS", "users"));
        assert_eq!(add(&bea, cast.beas, &people[..100]).await["errors"], json!([]));
    }
}

/// New colleagues of bea's; answers their global ids.
async fn crowd(world: &World, count: usize) -> Vec<String> {
    let work = world.work();
    let new = |index: usize| NewClientUser {
        id: ClientUserId::fresh(work.now, work.entropy),
        workspace: world.cast.glass,
        company: world.cast.birch,
        email: format!("crowd-{index}@birch.example"),
        name: format!("Crowd {index}"),
        locale: "en".to_owned(),
        access: Access::Member,
        sections: Sections::all(),
        reach: None,
        password_hash: None,
        created_at: work.now,
    };
    let people: Vec<_> = (0..count).map(new).collect();
    let ids = people.iter().map(|user| id::user(user.id)).collect();
    let tx = work.begin().await.expect("a transaction");
    identity::provision::client_users(&tx, people)
        .await
        .expect("users");
    tx.commit().await.expect("committed");
    ids
}
