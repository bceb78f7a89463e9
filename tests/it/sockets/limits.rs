//! What holds over HTTP holds over a socket, and over events: the same bombs,
//! the same codes.

use end_to_end::{
    PASSWORD, Persona, Realm, World, events::Events, on_both, persona::text, socket::Socket,
};
use serde_json::{Value, json};

use super::VIEWER;

/// What nobody may ask, with the code that they get.
fn refused() -> Vec<(&'static str, String, &'static str)> {
    let sign_in = format!(
        "signIn(input: {{workspace: \"glass\", email: \"mia@alder.example\", password: \"{PASSWORD}\"}}) {{ session {{ expiresAt }} }}"
    );
    let aliases: String = (0..31)
        .map(|number| format!("a{number}: __typename "))
        .collect();
    let fragments: String = (0..9)
        .map(|level| {
            format!(
                "fragment f{level} on Query {{ {} }} ",
                format!("...f{} ", level + 1).repeat(10)
            )
        })
        .collect();
    vec![
        (
            "syntax",
            "{ viewer { name }".to_owned(),
            "GRAPHQL_PARSE_FAILED",
        ),
        ("nothing", String::new(), "GRAPHQL_PARSE_FAILED"),
        (
            "unknown field",
            "{ viewer { nome } }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "unknown subscription",
            "subscription { ticketClosed { id } }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "no such variable",
            "query ($a: ID!) { ticket(id: $a) { id } }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "nested values",
            format!(
                "{{ __typename @skip(if: {}true{}) }}",
                "[".repeat(2_500),
                "]".repeat(2_500)
            ),
            "LIMIT_EXCEEDED",
        ),
        (
            "nested selections",
            format!("{}{}", "{a".repeat(3_000), "}".repeat(3_000)),
            "LIMIT_EXCEEDED",
        ),
        (
            "fragments",
            format!("{{ ...f0 }} {fragments} fragment f9 on Query {{ __typename }}"),
            "LIMIT_EXCEEDED",
        ),
        ("aliases", format!("{{ {aliases} }}"), "LIMIT_EXCEEDED"),
        (
            "bytes",
            format!("{{ __typename }} #{}", "x".repeat(60_000)),
            "LIMIT_EXCEEDED",
        ),
        (
            "cost",
            "{ tickets(first: 100) { nodes { timeline(first: 100) { nodes { body } } } } }"
                .to_owned(),
            "LIMIT_EXCEEDED",
        ),
        (
            "two sign-ins",
            format!("mutation {{ a: {sign_in} b: {sign_in} }}"),
            "BAD_REQUEST",
        ),
    ]
}

/// The code of a request over HTTP.
async fn over_http(persona: &Persona, query: &str) -> String {
    // A subscription has no place there, whatever it asks for.
    let query = query.replace("subscription", "query");
    persona.code(&query, json!({})).await
}

/// The code of the same request where events are asked for, in JSON.
async fn over_events(persona: &Persona, query: &str) -> Value {
    let answer = text(Events::ask(persona, query).await).await;
    // What fails in validation was accepted as a stream of one answer.
    let json = answer
        .lines()
        .find_map(|line| line.strip_prefix("data: "))
        .unwrap_or(&answer);
    let answer: Value = serde_json::from_str(json).unwrap_or_else(|_| panic!("no JSON: {answer}"));
    assert!(answer.get("data").is_none(), "{answer}");
    answer["errors"][0]["extensions"]["code"].clone()
}

on_both! {
    /// Each is refused as over HTTP, as an `error` of that operation alone; the
    /// socket lives on, and so does the server.
    async fn the_limits_are_those_of_http(world) {
        let address = world.serve().await;
        let anonymous = world.anonymous(Realm::Portal);
        let mia = world.client("mia@alder.example").await;
        for persona in [&anonymous, &mia] {
            let mut socket = Socket::of(&address, persona).await;
            for (name, query, code) in refused() {
                socket.ask(name, &query).await;
                assert_eq!(socket.refusal(name).await, code, "{name}");
                assert_eq!(over_http(persona, &query).await, code, "{name} over HTTP");
                assert_eq!(over_events(persona, &query).await, code, "{name} over events");
            }
            socket.ask("after", "{ __typename }").await;
            assert_eq!(socket.next("after").await, json!({"__typename": "Query"}));
        }
        for (name, query, code) in refused() {
            let mut socket = Socket::of(&address, &anonymous).await;
            socket.ask("same", &query).await;
            assert_eq!(socket.refusal("same").await, code, "{name}");
            // The id is free again.
            socket.ask("same", "{ __typename }").await;
            socket.next("same").await;
        }
    }
}

on_both! {
    /// The portal's socket knows the portal's schema, and names nothing else.
    async fn the_schema_is_that_of_the_endpoint(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        let message = async |socket: &mut Socket, field: &str| {
            socket.ask(field, &format!("{{ tickets(first: 1) {{ nodes {{ {field} {{ resolutionDue }} }} }} }}")).await;
            socket.message().await.to_string().replace(field, "FIELD")
        };
        assert_eq!(message(&mut socket, "sla").await, message(&mut socket, "slx").await);
        let owner = world.staff("owner@glass.example").await;
        let mut socket = Socket::of(&address, &owner).await;
        socket.ask("1", "{ tickets(first: 1) { nodes { sla { state } } } }").await;
        socket.next("1").await;
    }
}

/// Signs in over a socket of somebody who is not signed in.
async fn sign_in(world: &World, socket: &mut Socket, id: &str, email: &str) -> Value {
    let input = json!({"workspace": "glass", "email": email, "password": PASSWORD});
    socket
        .ask_with(id, end_to_end::persona::SIGN_IN, json!({"input": input}))
        .await;
    let session = socket.next(id).await["signIn"]["session"].clone();
    assert_eq!(
        socket.message().await,
        json!({"type": "complete", "id": id})
    );
    assert_eq!(world.hub.listeners(), 0);
    session
}

on_both! {
    /// A socket stays whose it was: signing in over it changes nobody, and
    /// signing out over it ends it.
    async fn a_socket_stays_whose_it_was(world) {
        let address = world.serve().await;
        let anonymous = world.anonymous(Realm::Portal);
        let mut socket = Socket::of(&address, &anonymous).await;
        let session = sign_in(&world, &mut socket, "1", "mia@alder.example").await;
        socket.ask("2", VIEWER).await;
        let told = socket.message().await.to_string();
        assert!(!told.contains("Mia"), "{told}");
        let mia = anonymous.with(&session);
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask("1", "mutation { signOut { signedOut } }").await;
        // Whether the answer comes first is a matter of luck; the end comes.
        let mut heard = socket.hear().await;
        while matches!(heard, end_to_end::socket::Heard::Message(_)) {
            heard = socket.hear().await;
        }
        assert_eq!(heard, end_to_end::socket::Heard::Closed(4403, "Forbidden".into()));
    }
}
