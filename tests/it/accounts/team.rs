//! The people of a company, changed by its admins and by staff (CT-1 to CT-3):
//! in force on the next request, and for live data at once.

use end_to_end::{
    Persona, Realm, World,
    events::{Event, Events},
    id, on_both,
    patience::until,
    socket::{Heard, Socket},
};
use serde_json::{Value, json};

use super::{
    FRESH, WHO, accepted, act, count, end, invited, mail, sign_in, silence, token, user_id, visitor,
};

const TICKETS: &str = "{ tickets(first: 100) { nodes { subject } } }";

async fn seen(persona: &Persona) -> usize {
    let data = persona.read(TICKETS).await;
    data["tickets"]["nodes"].as_array().map_or(0, Vec::len)
}

/// Everybody of the workspace, as the owner sees them.
async fn everybody(world: &World) -> Value {
    let owner = world.staff("owner@glass.example").await;
    owner.read("{ companies(first: 20) { nodes { name sharing registrationDomains status users(first: 20) { nodes { id name email access sections reach status } } } } }").await
}

on_both! {
    async fn changes_are_in_force_on_the_next_request(world) {
        let ada = world.client("ada@alder.example").await;
        let mia = world.client("mia@alder.example").await;
        let me = id::user(world.cast.mia);
        let update = async |more: Value| {
            let mut input = more;
            input["id"] = json!(me);
            act(&ada, "userUpdate", "user { access sections reach }", input).await
        };
        assert_eq!(seen(&mia).await, 1);
        assert_eq!(update(json!({"access": "ADMIN"})).await["user"]["access"], "ADMIN");
        assert_eq!(seen(&mia).await, 2);
        assert_eq!(mia.read("{ viewer { access } }").await["viewer"]["access"], "ADMIN");
        update(json!({"access": "MEMBER", "sections": ["JOBS"]})).await;
        assert_eq!((seen(&mia).await, mia.read("{ viewer { sections } }").await["viewer"]["sections"].clone()), (0, json!(["JOBS"])));
        assert_eq!(end(&mia, "ticketOpen", json!({"subject": "x", "description": "x"})).await, "FORBIDDEN");
        update(json!({"sections": ["TICKETS", "JOBS"]})).await;
        assert_eq!(seen(&mia).await, 1);
        assert_eq!(update(json!({"sections": ["TICKETS", "JOBS"]})).await["errors"][0]["code"], "NOTHING_TO_CHANGE");
        assert_eq!(update(json!({})).await["errors"][0]["code"], "NOTHING_TO_CHANGE");
        assert_eq!(update(json!({"access": "NONE"})).await["user"]["access"], "NONE");
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", end_to_end::PASSWORD).await, "INVALID_CREDENTIALS");
        silence(&world).await;
    }
}

on_both! {
    /// Where the company chooses per member, the reach is chosen so.
    async fn reach_is_chosen_member_by_member(world) {
        let elsa = world.client("elsa@elm.example").await;
        let emil = world.client("emil@elm.example").await;
        let before = seen(&emil).await;
        let reach = |reach: &str| json!({"id": id::user(world.cast.sharers.emil), "reach": reach});
        assert_eq!(act(&elsa, "userUpdate", "user { reach }", reach("COMPANY")).await["user"]["reach"], "COMPANY");
        assert_eq!(seen(&emil).await, 3);
        assert_eq!(end(&elsa, "userUpdate", reach("OWN")).await, "ok");
        assert_eq!(seen(&emil).await, before);
        assert_eq!(end(&emil, "userUpdate", reach("COMPANY")).await, "FORBIDDEN");
    }
}

on_both! {
    /// A change is in force for live data at once: rights that grow, shrink and end.
    async fn changes_are_in_force_for_live_data(world) {
        const CHANGED: &str = "subscription { ticketChanged { subject } }";
        let address = world.serve().await;
        let ada = world.client("ada@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask("1", CHANGED).await;
        until("it listens", async || world.hub.listeners() == 1).await;
        let reply = async |ticket| {
            let input = json!({"id": id::ticket(ticket), "body": "News."});
            assert_eq!(end(&owner, "ticketReply", input).await, "ok");
        };
        let me = id::user(world.cast.mia);
        // What is in force at the delivery counts, not what was at the commit.
        reply(world.cast.noahs).await;
        assert_eq!(end(&ada, "userUpdate", json!({"id": me, "access": "ADMIN"})).await, "ok");
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], "A new laptop for the new colleague");
        reply(world.cast.noahs).await;
        assert_eq!(end(&ada, "userUpdate", json!({"id": me, "access": "MEMBER"})).await, "ok");
        reply(world.cast.mias).await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], "The printer on floor 2 is silent");
        let mut events = Events::of(&mia, CHANGED).await;
        assert_eq!(end(&ada, "userUpdate", json!({"id": me, "access": "NONE"})).await, "ok");
        assert_eq!(socket.hear().await, Heard::Closed(4403, "Forbidden".into()));
        assert_eq!(events.hear().await, Event::Gone);
    }
}

on_both! {
    /// Nobody raises themselves, and nobody touches another company's people.
    async fn who_may_not_change_anybody(world) {
        let before = everybody(&world).await;
        let (ada, mia, noah) = (id::user(world.cast.ada), id::user(world.cast.mia), id::user(world.cast.noah));
        let tries = |id: &str| [
            ("userUpdate", json!({"id": id, "access": "ADMIN"})),
            ("userUpdate", json!({"id": id, "sections": ["TICKETS", "INVOICES"]})),
            ("userUpdate", json!({"id": id, "reach": "COMPANY"})),
            ("userDisable", json!({"id": id})),
            ("userEnable", json!({"id": id})),
        ];
        for email in ["mia@alder.example", "zoe@alder.example"] {
            let member = world.client(email).await;
            for (field, input) in [&ada, &mia, &noah].into_iter().flat_map(|id| tries(id)) {
                assert_eq!(end(&member, field, input.clone()).await, "FORBIDDEN", "{email}: {field} {input}");
            }
            for input in [json!({"sharing": "COMPANY"}), json!({"registrationDomains": ["evil.example"]})] {
                assert_eq!(end(&member, "companyUpdate", input).await, "FORBIDDEN");
            }
        }
        let bea = world.client("bea@birch.example").await;
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        for persona in [&bea, &carl, &stranger] {
            for (field, input) in tries(&mia) {
                assert_eq!(end(persona, field, input).await, "NOT_FOUND", "{field}");
            }
            let company = json!({"id": id::company(world.cast.alder), "sharing": "COMPANY"});
            assert_eq!(end(persona, "companyUpdate", company).await, "NOT_FOUND");
        }
        let member = world.staff("member@glass.example").await;
        for (field, input) in tries(&mia) {
            assert_eq!(end(&member, field, input).await, "FORBIDDEN", "{field}");
        }
        // A list longer than any use, and words that are none.
        let ada = world.client("ada@alder.example").await;
        assert_eq!(end(&ada, "userUpdate", json!({"id": mia, "sections": vec!["TICKETS"; 101]})).await, "BAD_USER_INPUT");
        assert_eq!(end(&ada, "userUpdate", json!({"id": mia, "access": "OWNER"})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(everybody(&world).await, before);
        silence(&world).await;
    }
}

on_both! {
    /// Name, address and language are for staff to change (CT-3).
    async fn what_only_staff_change(world) {
        let ada = world.client("ada@alder.example").await;
        let before = everybody(&world).await;
        let me = id::user(world.cast.mia);
        for (name, value) in [("name", "Mia M."), ("email", "m@alder.example"), ("locale", "de")] {
            let input = json!({"id": me, name: value});
            assert_eq!(end(&ada, "userUpdate", input).await, "GRAPHQL_VALIDATION_FAILED", "{name}");
            let document = format!("mutation {{ userUpdate(input: {{id: \"{me}\", {name}: \"{value}\"}}) {{ errors {{ code }} }} }}");
            let code = world.through_the_full_schema("ada@alder.example", &document).await;
            assert!(["FORBIDDEN", "GRAPHQL_VALIDATION_FAILED"].contains(&&*code), "{name}: {code}");
        }
        assert_eq!(end(&ada, "companyUpdate", json!({"name": "Alder & Co"})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(end(&ada, "companyUpdate", json!({"active": true})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(everybody(&world).await, before);

        let manager = world.staff("manager@glass.example").await;
        for (name, value, code) in [("email", "bea@birch.example", "EMAIL_TAKEN"), ("email", "mia", "INVALID_EMAIL"), ("name", "\n", "INVALID_NAME"), ("locale", "xx", "UNKNOWN_LOCALE")] {
            assert_eq!(end(&manager, "userUpdate", json!({"id": me, name: value})).await, code, "{value}");
        }
        assert_eq!(everybody(&world).await, before);
        // What lies in the old mailbox opens nothing any more.
        end(&visitor(&world), "passwordResetRequest", json!({"workspace": "glass", "email": "mia@alder.example"})).await;
        let reset = token(&world).await;
        let change = json!({"id": me, "email": "Mia.Meyer@alder.example", "name": "Mia Meyer", "locale": "fr"});
        let payload = act(&manager, "userUpdate", "user { name email }", change).await;
        assert_eq!(payload["user"], json!({"name": "Mia Meyer", "email": "mia.meyer@alder.example"}));
        assert_eq!(end(&visitor(&world), "passwordReset", json!({"token": reset, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", end_to_end::PASSWORD).await, "INVALID_CREDENTIALS");
        assert_eq!(sign_in(&visitor(&world), "glass", "mia.meyer@alder.example", end_to_end::PASSWORD).await, "ok");
        end(&visitor(&world), "passwordResetRequest", json!({"workspace": "glass", "email": "mia.meyer@alder.example"})).await;
        let letter = mail(&world).await;
        assert!(letter.to == "mia.meyer@alder.example" && letter.text.contains("Bonjour Mia Meyer"), "{}", letter.text);
        // The audit trail knows that, not what.
        assert_eq!(count(&world, "SELECT id FROM audit WHERE CAST(detail AS TEXT) LIKE '%Meyer%' OR CAST(detail AS TEXT) LIKE '%meyer%'").await, 0);
    }
}

on_both! {
    /// How a company shares, and who may ask to join it, its admins decide.
    async fn admins_decide_on_sharing_and_domains(world) {
        let ada = world.client("ada@alder.example").await;
        let mia = world.client("mia@alder.example").await;
        assert_eq!(seen(&mia).await, 1);
        let payload = act(&ada, "companyUpdate", "company { sharing }", json!({"sharing": "COMPANY"})).await;
        assert_eq!(payload["company"]["sharing"], "COMPANY");
        assert_eq!(seen(&mia).await, 2);
        end(&ada, "companyUpdate", json!({"sharing": "OWN"})).await;
        assert_eq!(seen(&mia).await, 1);
        let domains = json!({"registrationDomains": ["@Alder.Example", "alder.example"]});
        let payload = act(&ada, "companyUpdate", "company { registrationDomains }", domains).await;
        assert_eq!(payload["company"]["registrationDomains"], json!(["alder.example"]));
        let foreign = json!({"registrationDomains": ["sub.alder.example"]});
        assert_eq!(end(&ada, "companyUpdate", foreign).await, "FOREIGN_DOMAIN");
        for bad in [json!([""]), json!(["*"]), json!(["mia@alder.example"]), json!(["a\0.example"]), json!(["%.example"]), json!(vec!["a.example"; 21])] {
            let code = end(&ada, "companyUpdate", json!({"registrationDomains": bad})).await;
            assert_eq!(code, "INVALID_DOMAINS", "{bad}");
        }
        assert_eq!(end(&ada, "companyUpdate", json!({})).await, "NOTHING_TO_CHANGE");
        assert_eq!(end(&ada, "companyUpdate", json!({"sharing": "OWN"})).await, "NOTHING_TO_CHANGE");
        let kept = "{ company { sharing registrationDomains } }";
        assert_eq!(mia.read(kept).await["company"], json!({"sharing": "OWN", "registrationDomains": ["alder.example"]}));
    }
}

on_both! {
    /// A company that is switched off is out at once, for good: what was open
    /// stays closed when it is switched on again.
    async fn switching_a_company_off_ends_everything_of_its_people(world) {
        let address = world.serve().await;
        let manager = world.staff("manager@glass.example").await;
        let (ada, mia) = (world.client("ada@alder.example").await, world.client("mia@alder.example").await);
        let bea = world.client("bea@birch.example").await;
        let mut streams = Vec::new();
        for persona in [&ada, &mia, &bea] {
            let mut socket = Socket::of(&address, persona).await;
            socket.ask("1", "subscription { ticketChanged { subject } }").await;
            streams.push(socket);
        }
        until("they listen", async || world.hub.listeners() == 3).await;
        let company = |active: bool| json!({"id": id::company(world.cast.alder), "active": active});
        assert_eq!(act(&manager, "companyUpdate", "company { status }", company(false)).await["company"]["status"], "DISABLED");
        for (persona, stream) in [&ada, &mia].into_iter().zip(&mut streams) {
            assert_eq!(stream.hear().await, Heard::Closed(4403, "Forbidden".into()));
            assert_eq!(persona.code(WHO, json!({})).await, "UNAUTHENTICATED");
        }
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", end_to_end::PASSWORD).await, "INVALID_CREDENTIALS");
        bea.read(WHO).await;
        let open = "SELECT s.id FROM client_sessions s JOIN client_users u ON u.id = s.user_id WHERE s.revoked_at IS NULL AND u.email LIKE '%@alder.example'";
        assert_eq!(count(&world, open).await, 0);
        assert_eq!(act(&manager, "companyUpdate", "company { status }", company(true)).await["company"]["status"], "ACTIVE");
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        world.client("mia@alder.example").await;
    }
}

on_both! {
    /// Who is switched off and on again comes back with what they had.
    async fn switched_off_and_on_again(world) {
        let ada = world.client("ada@alder.example").await;
        let token = invited(&world, &ada, "nia@alder.example", json!({"sections": ["TICKETS"]})).await;
        let nia = accepted(&visitor(&world), &token).await;
        let me = user_id(&ada, "nia@alder.example").await;
        assert_eq!(end(&ada, "userEnable", json!({"id": me})).await, "UNCHANGED");
        assert_eq!(end(&ada, "userDisable", json!({"id": me})).await, "ok");
        assert_eq!(end(&ada, "userDisable", json!({"id": me})).await, "UNCHANGED");
        assert_eq!(nia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(act(&ada, "userEnable", "user { status sections }", json!({"id": me})).await["user"], json!({"status": "ACTIVE", "sections": ["TICKETS"]}));
        silence(&world).await;
        assert_eq!(sign_in(&visitor(&world), "glass", "nia@alder.example", FRESH).await, "ok");
    }
}
