//! Who sees a file: whoever sees the ticket or the entry that it belongs to.

use end_to_end::{
    Persona, Realm, World,
    files::{ATTACHED, PNG, body, get, reply_with, say, text, upload},
    id, on_both,
};
use http::{Method, StatusCode};
use serde_json::{Value, json};

/// The attachments of a ticket, its own and those of its entries; nothing when
/// it is not there.
async fn seen(persona: &Persona, ticket: &str) -> Vec<Value> {
    let query = format!(
        "query ($id: ID!) {{ ticket(id: $id) {{ {ATTACHED} timeline(first: 100) {{ nodes {{ {ATTACHED} }} }} }} }}"
    );
    let answer = persona.ask(&query, json!({"id": ticket})).await;
    let ticket = &answer["data"]["ticket"];
    let entries = ticket["timeline"]["nodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let lists = entries
        .iter()
        .map(|entry| &entry["attachments"])
        .chain([&ticket["attachments"]]);
    lists
        .flat_map(|list| list["nodes"].as_array().cloned().unwrap_or_default())
        .collect()
}

/// Whether somebody sees exactly these files of a ticket, each also by its id,
/// and can read their bytes.
async fn sees(world: &World, persona: &Persona, ticket: &str, expected: &[&str]) {
    let files = seen(persona, ticket).await;
    let names: Vec<String> = files.iter().map(|file| text(&file["fileName"])).collect();
    assert_eq!(names, expected);
    for file in &files {
        let node = format!("{{ node(id: {}) {{ __typename id }} }}", file["id"]);
        assert_eq!(
            persona.read(&node).await["node"],
            json!({"__typename": "Attachment", "id": file["id"]})
        );
        let answer = get(world, Method::GET, &text(&file["url"])).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(body(answer).await, PNG);
    }
}

on_both! {
    /// In each of the modes, and not at all for other companies and workspaces.
    async fn who_sees_a_file_sees_its_ticket(world) {
        let png = ("a.png", "image/png");
        let (mias, dans, emils) = (id::ticket(world.cast.mias), id::ticket(world.cast.sharers.dans), id::ticket(world.cast.sharers.emils));
        let (mia, dan, emil, bea) = (
            world.client("mia@alder.example").await,
            world.client("dan@dogwood.example").await,
            world.client("emil@elm.example").await,
            world.client("bea@birch.example").await,
        );
        let beas = id::ticket(world.cast.beas);
        let mut ids = Vec::new();
        for (person, ticket) in [(&mia, &mias), (&dan, &dans), (&emil, &emils), (&bea, &beas)] {
            ids.push(text(&reply_with(&world, person, ticket, png, PNG).await["id"]));
        }
        let all = [&mias, &dans, &emils, &beas];
        for (email, own) in [
            // Own alone: the requester and the admin.
            ("mia@alder.example", vec![&mias]),
            ("ada@alder.example", vec![&mias]),
            ("noah@alder.example", vec![]),
            ("zoe@alder.example", vec![]),
            // By name: dina was named.
            ("dan@dogwood.example", vec![&dans]),
            ("dina@dogwood.example", vec![&dans]),
            // Member by member.
            ("emil@elm.example", vec![&emils]),
            ("ella@elm.example", vec![&emils]),
            ("erik@elm.example", vec![&emils]),
            // The whole company.
            ("ben@birch.example", vec![&beas]),
        ] {
            let persona = world.client(email).await;
            for (ticket, file) in all.iter().zip(&ids) {
                if own.contains(ticket) {
                    sees(&world, &persona, ticket, &["a.png"]).await;
                } else {
                    sees(&world, &persona, ticket, &[]).await;
                    let node = format!("{{ node(id: \"{file}\") {{ id }} }}");
                    assert_eq!(persona.code(&node, json!({})).await, "NOT_FOUND", "{email}");
                }
            }
        }
        let owner = world.staff("owner@glass.example").await;
        for ticket in all {
            sees(&world, &owner, ticket, &["a.png"]).await;
        }
        // A member of the team sees what is assigned to them.
        let member = world.staff("member@glass.example").await;
        sees(&world, &member, &mias, &["a.png"]).await;
        sees(&world, &member, &beas, &[]).await;
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        for (ticket, file) in all.iter().zip(&ids) {
            sees(&world, &stranger, ticket, &[]).await;
            let node = format!("{{ node(id: \"{file}\") {{ id }} }}");
            assert_eq!(stranger.code(&node, json!({})).await, "NOT_FOUND");
        }
    }
}

on_both! {
    /// What comes with a note is the team's, on whatever ticket: not in a list,
    /// not by its id, not by an address.
    async fn a_notes_file_is_never_the_clients(world) {
        let owner = world.staff("owner@glass.example").await;
        let (mia, ada) = (world.client("mia@alder.example").await, world.client("ada@alder.example").await);
        let mias = id::ticket(world.cast.mias);
        let file = upload(&world, &owner, ("CANARY.png", "image/png"), PNG).await;
        let noted = say(&owner, "ticketNote", &mias, &[&file]).await;
        assert_eq!(noted["errors"], json!([]));
        sees(&world, &owner, &mias, &["CANARY.png"]).await;
        let node = format!("{{ node(id: \"{file}\") {{ id ... on Attachment {{ fileName url }} }} }}");
        let nowhere = format!("{{ node(id: \"{}\") {{ id ... on Attachment {{ fileName url }} }} }}", id::file(documents::FileId(uuid::Uuid::from_u128(7))));
        for client in [&mia, &ada] {
            sees(&world, client, &mias, &[]).await;
            let (there, absent) = (client.ask(&node, json!({})).await, client.ask(&nowhere, json!({})).await);
            assert_eq!(there, absent, "to the byte as one that does not exist");
        }
        // The address of staff is of no use at the portal's.
        let url = text(&owner.read(&node).await["node"]["url"]);
        let token = url.strip_prefix("/staff").expect("of staff");
        assert_eq!(get(&world, Method::GET, token).await.status(), StatusCode::NOT_FOUND);
        // Nor one that the portal itself would have signed, for a client who is
        // signed in.
        let who = mia.token.clone().expect("signed in");
        let claims = world.tokens.verify(identity::Realm::Portal, &who, world.work().now).expect("a token");
        let link = identity::Link {
            session: kernel::SessionId(claims.sid),
            user: claims.sub,
            record: record(&file),
        };
        let (signed, _) = world.tokens.sign_link(identity::Realm::Portal, identity::LinkUse::File, link, world.work().now);
        assert_eq!(get(&world, Method::GET, &format!("/files/{signed}")).await.status(), StatusCode::NOT_FOUND);
    }
}

/// The record that a global id names.
fn record(id: &str) -> uuid::Uuid {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let bytes = URL_SAFE_NO_PAD.decode(id).expect("an id");
    uuid::Uuid::from_slice(&bytes[1..]).expect("an id")
}

on_both! {
    /// A hidden ticket hides the files of its description and of its replies.
    async fn a_hidden_ticket_hides_its_files(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let hidden = id::ticket(world.cast.hidden);
        let file = upload(&world, &owner, ("CANARY.png", "image/png"), PNG).await;
        say(&owner, "ticketReply", &hidden, &[&file]).await;
        let file = upload(&world, &owner, ("CANARY2.png", "image/png"), PNG).await;
        let open = "mutation ($company: ID!, $requester: ID!, $file: ID!) { ticketOpen(input: {company: $company, requester: $requester, subject: \"CANARY\", description: \"x\", attachments: [$file]}) { ticket { id } } }";
        let variables = json!({"company": id::company(world.cast.alder), "requester": id::user(world.cast.mia), "file": file});
        let opened = text(&owner.done(open, variables).await["ticketOpen"]["ticket"]["id"]);
        for (ticket, name) in [(&hidden, "CANARY.png"), (&opened, "CANARY2.png")] {
            sees(&world, &owner, ticket, &[name]).await;
            sees(&world, &mia, ticket, &[]).await;
        }
        assert_eq!(mia.code(&format!("{{ node(id: \"{file}\") {{ id }} }}"), json!({})).await, "NOT_FOUND");
    }
}

on_both! {
    /// One statement for the files of all tickets of a page, one for those of
    /// all entries.
    async fn the_files_of_a_page_cost_one_statement(world) {
        let bea = world.client("bea@birch.example").await;
        let beas = id::ticket(world.cast.beas);
        let mut tickets = vec![beas];
        for _ in 0..3 {
            let file = upload(&world, &bea, ("a.png", "image/png"), PNG).await;
            let open = "mutation ($file: ID!) { ticketOpen(input: {subject: \"x\", description: \"x\", attachments: [$file]}) { ticket { id } } }";
            tickets.push(text(&bea.done(open, json!({"file": file})).await["ticketOpen"]["ticket"]["id"]));
        }
        for ticket in &tickets {
            for _ in 0..2 {
                reply_with(&world, &bea, ticket, ("b.png", "image/png"), PNG).await;
            }
        }
        let query = format!("query ($first: Int) {{ tickets(first: $first) {{ nodes {{ {ATTACHED} timeline(first: 5) {{ nodes {{ {ATTACHED} }} }} }} }} }}");
        for first in [1, 20] {
            bea.done(&query, json!({"first": first})).await;
            let (cost, answer) = world.statements(bea.done(&query, json!({"first": first}))).await;
            // Tickets, their files, entries, their files.
            assert_eq!(cost, 4, "{answer}");
        }
    }
}
