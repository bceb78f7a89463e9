//! What is different in the second world.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Persona, Realm, World, cast, files, id, letterbox, world};
use sea_orm::ConnectionTrait;
use tickets::{
    Participant, Role, Ticket, TicketId,
    provision::{self, History},
};
use visibility::Flag;

use super::{ELSEWHERE, OPEN, Resolved};

/// Changes everything that clients may never learn of, by staff's own commands
/// and behind their back.
pub(super) async fn upheaval(world: &World, resolved: &Resolved) {
    world.later(TimeDelta::minutes(3));
    let owner = world.staff("owner@glass.example").await;
    let mias = id::ticket(world.cast.mias);
    let member = id::staff(world.cast.manager);
    for mutation in [
        format!(
            "ticketNote(input: {{id: \"{mias}\", body: \"CANARY note: please help, any news of this?\"}}) {{ entry {{ id }} }}"
        ),
        format!(
            "ticketAssign(input: {{id: \"{mias}\", assignee: \"{member}\"}}) {{ ticket {{ id }} }}"
        ),
        format!(
            "ticketNote(input: {{id: \"{}\", body: \"CANARY note\"}}) {{ entry {{ id }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketReply(input: {{id: \"{}\", body: \"CANARY reply\"}}) {{ entry {{ id }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketResolve(input: {{id: \"{}\", resolution: \"CANARY\"}}) {{ ticket {{ id }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketOpen(input: {{company: \"{}\", subject: \"CANARY ticket\", description: \"x\"}}) {{ ticket {{ id }} }}",
            id::company(world.cast.alder)
        ),
        "mailPreferencesUpdate(input: {assigned: false}) { errors { code } }".to_owned(),
        format!(
            "ticketNote(input: {{id: \"{}\", body: \"CANARY: rests\"}}) {{ entry {{ id }} }}",
            id::ticket(world.cast.noahs)
        ),
        format!(
            "ticketNote(input: {{id: \"{}\", body: \"CANARY: it will not run for long\"}}) {{ entry {{ id }} }}",
            resolved.badly
        ),
        format!(
            "ticketsUpdate(input: {{ids: [\"{}\", \"{}\"], assignee: \"{member}\", priority: URGENT}}) {{ errors {{ code }} }}",
            resolved.well, resolved.badly
        ),
        format!(
            "ticketsUpdate(input: {{ids: [\"{}\", \"{mias}\"], assignee: \"{member}\", priority: HIGH}}) {{ errors {{ code }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketParticipantsAdd(input: {{id: \"{}\", users: [\"{}\"]}}) {{ ticket {{ id }} }}",
            id::ticket(world.cast.hidden),
            id::user(world.cast.ada)
        ),
    ] {
        owner.read(&format!("mutation {{ {mutation} }}")).await;
    }
    let stranger = world
        .sign_in(Realm::Staff, "other", "owner@other.example")
        .await;
    stranger.read(&format!("mutation {{ ticketReply(input: {{id: \"{}\", body: \"CANARY\"}}) {{ entry {{ id }} }} }}", id::ticket(world.cast.others))).await;
    stranger.read("mutation { workspaceTicketSettingsUpdate(input: {autoCloseDays: 1}) { errors { code } } }").await;
    stranger.read("mutation { workspaceStatusLabelsUpdate(input: {labels: [{status: OPEN, labels: [{locale: \"en\", text: \"CANARY\"}]}, {status: CLOSED, labels: [{locale: \"fr\", text: \"CANARY\"}]}]}) { errors { code } } }").await;
    items(world, &owner).await;
    uploads(world, &owner).await;
    timelines(world, &owner).await;
    forms(world, &owner).await;
    another_company(world, &owner).await;
    the_house(world, &owner).await;
    more_tickets(world).await;
    mails(world).await;
    promises(world, &owner).await;
    for statement in [
        "UPDATE ticket_clocks SET response_due = opened.opened_at, resolution_due = opened.opened_at FROM tickets AS opened WHERE opened.id = ticket_clocks.ticket_id \
         AND NOT EXISTS (SELECT 1 FROM ticket_triage t JOIN contracts c ON c.id = t.contract_id WHERE t.ticket_id = opened.id AND c.countdown)",
        // What entries that clients see have said before: nobody's to know.
        "INSERT INTO ticket_entry_versions (entry_id, position, workspace_id, ticket_id, body, written_at, replaced_at) \
         SELECT id, 1, workspace_id, ticket_id, 'CANARY former words', created_at, created_at FROM ticket_entries WHERE body IS NOT NULL \
         AND id NOT IN (SELECT entry_id FROM ticket_entry_versions)",
        "UPDATE mails SET status = 'dead', attempts = 32, last_error = 'CANARY'",
        "UPDATE staff_users SET email = 'canary-' || email, role = 'owner', locale = 'fr'",
        "UPDATE workspaces SET plan = 'canary'",
        "UPDATE client_users SET last_sign_in_at = created_at, password_hash = NULL WHERE email LIKE '%@cedar.example'",
    ] {
        #[expect(
            clippy::disallowed_methods,
            reason = "changes what no command changes yet"
        )]
        world
            .store
            .connection()
            .execute_unprepared(statement)
            .await
            .expect(statement);
    }
}

/// Configuration items: internal ones, those of companies that are shown none, and
/// notes about the one that clients see.
async fn items(world: &World, owner: &Persona) {
    let create = "configurationItemCreate(input: {company: \"COMPANY\", name: \"CANARY device\", kind: \"Device\", visibility: FLAG, notes: \"CANARY\"}) { item { id } }";
    let mut made = Vec::new();
    for (company, flag) in [
        (world.cast.alder, "INTERNAL_ONLY"),
        (world.cast.birch, "CLIENT_VISIBLE"),
        (world.cast.sharers.dogwood, "CLIENT_VISIBLE"),
    ] {
        let create = create
            .replace("COMPANY", &id::company(company))
            .replace("FLAG", flag);
        let answer = owner.read(&format!("mutation {{ {create} }}")).await;
        made.push(answer["configurationItemCreate"]["item"]["id"].clone());
    }
    let seen = owner
        .read(
            "{ configurationItems(filter: {text: \"printer\"}) { nodes { id company { name } } } }",
        )
        .await;
    let nodes = seen["configurationItems"]["nodes"].as_array().cloned();
    let nodes = nodes.unwrap_or_default();
    let printer = nodes.iter().find(|node| node["company"]["name"] == "Alder");
    let printer = printer.map(|node| node["id"].clone()).unwrap_or_default();
    for mutation in [
        format!(
            "configurationItemUpdate(input: {{id: {printer}, notes: \"CANARY\"}}) {{ errors {{ code }} }}"
        ),
        format!(
            "ticketItemsUpdate(input: {{id: \"{}\", items: [{printer}, {}]}}) {{ errors {{ code }} }}",
            id::ticket(world.cast.mias),
            made[0]
        ),
        format!(
            "ticketItemsUpdate(input: {{id: \"{}\", items: [{}]}}) {{ errors {{ code }} }}",
            id::ticket(world.cast.beas),
            made[1]
        ),
    ] {
        let answer = owner.read(&format!("mutation {{ {mutation} }}")).await;
        assert!(
            answer.to_string().contains("\"errors\":[]"),
            "{mutation}: {answer}"
        );
    }
}

/// Files of the team, of other companies, and with what clients cannot see.
async fn uploads(world: &World, owner: &Persona) {
    let canary = ("CANARY.png", "image/png");
    for (verb, ticket) in [
        ("ticketNote", world.cast.mias),
        ("ticketNote", world.cast.hidden),
        ("ticketReply", world.cast.hidden),
    ] {
        let file = files::upload(world, owner, canary, files::PNG).await;
        let said = files::say(owner, verb, &id::ticket(ticket), &[&file]).await;
        assert_eq!(said["errors"], serde_json::json!([]), "{said}");
    }
    files::upload(world, owner, canary, files::PNG).await;
    files::address(owner, "CANARY.png", "image/png", 9).await;
    let carl = world
        .sign_in(Realm::Portal, "other", "carl@cedar.example")
        .await;
    files::reply_with(
        world,
        &carl,
        &id::ticket(world.cast.others),
        canary,
        files::PNG,
    )
    .await;
    files::upload(world, &carl, canary, files::PNG).await;
}

/// Internal fields of forms, among those that clients see, and answers to them.
async fn forms(world: &World, owner: &Persona) {
    let internal = |key: &str, more: &str| {
        format!(
            "{{key: \"{key}\", labels: [{{locale: \"de\", text: \"CANARY\"}}], kind: TEXT, {more}}}"
        )
    };
    let shown = |key: &str, english: &str, french: &str, more: &str| {
        format!(
            "{{key: \"{key}\", labels: [{{locale: \"en\", text: \"{english}\"}}, {{locale: \"fr\", text: \"{french}\"}}], visible: true, editable: true, {more}}}"
        )
    };
    let option = |key: &str, english: &str, french: &str| {
        format!(
            "{{key: \"{key}\", labels: [{{locale: \"en\", text: \"{english}\"}}, {{locale: \"fr\", text: \"{french}\"}}]}}"
        )
    };
    let options = format!(
        "kind: CHOICE, options: [{}, {}]",
        option("printer", "Printer", "Imprimante"),
        option("screen", "Screen", "Écran")
    );
    let fields = [
        internal("risk", "required: true"),
        shown("room", "Room", "Salle", "kind: TEXT, maxLength: 50"),
        shown("device", "Device", "Appareil", &options),
        internal("cost", "maxLength: 9"),
    ];
    let (mias, hidden) = (id::ticket(world.cast.mias), id::ticket(world.cast.hidden));
    let bill = files::upload(world, owner, ("CANARY.png", "image/png"), files::PNG).await;
    for mutation in [
        format!(
            "ticketAnswersUpdate(input: {{id: \"{mias}\", answers: [{{key: \"cost\", text: \"CANARY lavish please\"}}]}}) {{ errors {{ code }} }}"
        ),
        format!(
            "ticketFormPublish(input: {{category: \"general\", basedOn: 1, fields: [{}]}}) {{ errors {{ code }} }}",
            fields.join(", ")
        ),
        format!(
            "ticketFormPublish(input: {{category: \"general\", basedOn: 2, fields: [{}, {{key: \"bill\", labels: [{{locale: \"en\", text: \"CANARY\"}}], kind: FILE}}]}}) {{ errors {{ code }} }}",
            fields.join(", ")
        ),
        format!(
            "ticketFormPublish(input: {{category: \"hardware\", fields: [{}]}}) {{ errors {{ code }} }}",
            fields[0]
        ),
        format!(
            "ticketAnswersUpdate(input: {{id: \"{hidden}\", answers: [{{key: \"room\", text: \"CANARY 3.01\"}}, {{key: \"bill\", files: [\"{bill}\"]}}]}}) {{ errors {{ code }} }}"
        ),
    ] {
        let answer = owner.read(&format!("mutation {{ {mutation} }}")).await;
        assert!(
            answer.to_string().contains("\"errors\":[]"),
            "{mutation}: {answer}"
        );
    }
}

/// Notes that change and name colleagues, texts of the team, and internal tickets
/// that are merged into what clients see, and into what they do not.
async fn timelines(world: &World, owner: &Persona) {
    let done = async |mutation: &str| {
        let answer = owner.read(&format!("mutation {{ {mutation} }}")).await;
        assert!(
            answer.to_string().contains("\"errors\":[]"),
            "{mutation}: {answer}"
        );
        answer
    };
    let (mias, hidden) = (id::ticket(world.cast.mias), id::ticket(world.cast.hidden));
    let manager = id::staff(world.cast.manager);
    let note = done(&format!("ticketNote(input: {{id: \"{mias}\", body: \"CANARY\", mentions: [\"{manager}\"]}}) {{ entry {{ id }} errors {{ code }} }}")).await;
    let note = &note["ticketNote"]["entry"]["id"];
    done(&format!(
        "ticketEntryEdit(input: {{id: {note}, body: \"CANARY any news\"}}) {{ errors {{ code }} }}"
    ))
    .await;
    done("cannedReplyCreate(input: {title: \"CANARY\", body: \"{{client.name}}\", language: \"fr\"}) { errors { code } }").await;
    for into in [&mias, &hidden] {
        let open = format!(
            "ticketOpen(input: {{company: \"{}\", requester: \"{}\", subject: \"CANARY twin\", description: \"x\"}}) {{ ticket {{ id }} errors {{ code }} }}",
            id::company(world.cast.alder),
            id::user(world.cast.noah)
        );
        let twin = &done(&open).await["ticketOpen"]["ticket"]["id"];
        let name = format!(
            "ticketParticipantsAdd(input: {{id: {twin}, users: [\"{}\"]}}) {{ errors {{ code }} }}",
            id::user(world.cast.ada)
        );
        done(&name).await;
        done(&format!(
            "ticketMerge(input: {{id: {twin}, into: \"{into}\"}}) {{ errors {{ code }} }}"
        ))
        .await;
    }
}

/// A company that nobody else knows of. It has invited addresses that others
/// are going to invite, and one of them has come.
async fn another_company(world: &World, owner: &Persona) {
    let create = "mutation { companyCreate(input: {name: \"CANARY\", sharing: COMPANY}) { company { id } } }";
    let company = &owner.read(create).await["companyCreate"]["company"]["id"];
    let settle = format!(
        "mutation {{ companyUpdate(input: {{id: {company}, registrationDomains: [\"canary.example\"]}}) {{ company {{ id }} }} }}"
    );
    owner.read(&settle).await;
    let guest = world.anonymous(Realm::Portal);
    for (email, comes) in [
        (ELSEWHERE, true),
        (OPEN, false),
        ("gone@canary.example", true),
    ] {
        let invite = format!(
            "mutation {{ userInvite(input: {{company: {company}, email: \"{email}\", name: \"CANARY\", access: ADMIN}}) {{ user {{ id }} }} }}"
        );
        let invited = owner.read(&invite).await["userInvite"]["user"]["id"].clone();
        let token = letterbox::token(&world.post().await[0]);
        if comes {
            let accept = format!(
                "mutation {{ invitationAccept(input: {{token: \"{token}\", password: \"{PASSWORD}\"}}) {{ session {{ expiresAt }} }} }}"
            );
            assert!(guest.read(&accept).await["invitationAccept"]["session"].is_object());
        }
        if email.starts_with("gone") {
            let erase =
                format!("mutation {{ userErase(input: {{id: {invited}}}) {{ user {{ id }} }} }}");
            owner.read(&erase).await;
        }
    }
    let ask = "mutation { joinRequestCreate(input: {workspace: \"glass\", email: \"joins@canary.example\", name: \"CANARY\"}) { requested } }";
    guest.read(ask).await;
    let token = letterbox::token(&world.post().await[0]);
    guest
        .read(&format!(
            "mutation {{ emailConfirm(input: {{token: \"{token}\", password: \"{PASSWORD}\"}}) {{ confirmed }} }}"
        ))
        .await;
}

/// The team, the trail, throttles and credentials of staff.
async fn the_house(world: &World, owner: &Persona) {
    for mutation in [
        "staffInvite(input: {email: \"canary@glass.example\", name: \"CANARY\", role: OWNER}) { errors { code } }".to_owned(),
        format!("staffUpdate(input: {{id: \"{}\", role: ADMIN, active: false}}) {{ errors {{ code }} }}", id::staff(world.cast.manager)),
        "workspaceUpdate(input: {timeZone: \"Asia/Tokyo\", currency: \"JPY\"}) { errors { code } }".to_owned(),
        "passwordResetRequest(input: {workspace: \"glass\", email: \"member@glass.example\"}) { requested }".to_owned(),
    ] {
        owner.read(&format!("mutation {{ {mutation} }}")).await;
    }
    let export = format!("{{ userExport(id: \"{}\") }}", id::user(world.cast.mia));
    owner.read(&export).await;
    let thief = world.anonymous(Realm::Staff).from_address("192.0.2.1");
    let guess = "mutation { signIn(input: {workspace: \"glass\", email: \"member@glass.example\", password: \"CANARY\"}) { errors { code } } }";
    for _ in 0..40 {
        thief.read(guess).await;
    }
    world.post().await;
}

/// Mails on their way, to clients and about their tickets.
async fn mails(world: &World) {
    let work = world.work();
    for subject in [world.cast.mias, world.cast.beas] {
        let fact = store::Fact {
            id: work.uuid(),
            workspace: world.cast.glass,
            company: None,
            kind: "canary.happened".into(),
            subject: subject.0,
            detail: None,
            audience: store::Audience::Internal,
            at: work.now,
        };
        let mail = |user| notifications::NewMail {
            workspace: world.cast.glass,
            realm: notifications::MailRealm::Portal,
            template: notifications::Template::PasswordReset,
            recipient: notifications::Recipient::Client(user),
            subject: subject.0,
            news: None,
        };
        let mails = [world.cast.mia, world.cast.bea].map(mail);
        let queued = notifications::Queue::add(&work, &fact, mails).await;
        assert_eq!(queued.expect("queued"), 2);
    }
}

/// Other promises, other contracts, other priorities, and misses: of everything
/// but the contract that shows its countdown.
async fn promises(world: &World, owner: &Persona) {
    let mias = id::ticket(world.cast.mias);
    let alder = id::company(world.cast.alder);
    let own = id::policy(world.cast.promised.own.0);
    let calendar = id::calendar(world.cast.promised.calendar.0);
    let noahs = id::ticket(world.cast.noahs);
    let somebody = id::staff(world.cast.owner);
    let create = format!(
        "mutation {{ contractCreate(input: {{title: \"CANARY\", companies: [\"{alder}\"], policy: \"{own}\", startsOn: \"2020-01-01\"}}) {{ contract {{ id }} }} }}"
    );
    let contract = &owner.read(&create).await["contractCreate"]["contract"]["id"];
    for mutation in [
        format!(
            "slaPolicyUpdate(input: {{id: \"{own}\", name: \"CANARY\", targets: [{{priority: URGENT, responseMinutes: 1, resolutionMinutes: 2}}], nearBreachPercent: 1, \
             escalations: [{{target: RESOLUTION, percent: 1, assignee: \"{somebody}\", notify: [\"{somebody}\"], priority: URGENT}}]}}) {{ errors {{ code }} }}"
        ),
        format!(
            "calendarUpdate(input: {{id: \"{calendar}\", hours: \"Su 01:00-02:00\", timeZone: \"Asia/Tokyo\"}}) {{ errors {{ code }} }}"
        ),
        format!(
            "ticketPriority(input: {{id: \"{mias}\", priority: URGENT}}) {{ errors {{ code }} }}"
        ),
        format!(
            "ticketPriority(input: {{id: \"{noahs}\", priority: LOW}}) {{ errors {{ code }} }}"
        ),
        format!(
            "ticketContract(input: {{id: \"{mias}\", contract: {contract}}}) {{ errors {{ code }} }}"
        ),
    ] {
        let answer = owner.read(&format!("mutation {{ {mutation} }}")).await;
        assert!(
            answer.to_string().contains("\"errors\":[]"),
            "{mutation}: {answer}"
        );
    }
    world.post().await;
    let seen = tickets::watch(&world.work()).await.expect("watched");
    assert!(seen > 0, "something was missed, and escalates");
    world.post().await;
}

/// Tickets that the clients of Alder and Birch may not know of.
async fn more_tickets(world: &World) {
    let work = world.work();
    let tx = work.begin().await.expect("a transaction");
    let mut histories = Vec::new();
    for (workspace, company, flag) in [
        (world.cast.glass, world.cast.alder, Flag::InternalOnly),
        (world.cast.glass, world.cast.birch, Flag::InternalOnly),
        (
            world.cast.glass,
            world.cast.sharers.dogwood,
            Flag::InternalOnly,
        ),
    ] {
        // Some at the very instants of those that clients see, in the same words.
        for index in 0..12 {
            let at = world::beginning() - TimeDelta::hours(index);
            let ticket = Ticket {
                id: TicketId::fresh(at, work.entropy),
                workspace_id: workspace,
                company_id: company,
                number: provision::next_numbers(&tx, workspace, 1)
                    .await
                    .expect("a number"),
                subject: "CANARY".to_owned(),
                description: "CANARY: please help, this is new.".to_owned(),
                category: "general".to_owned(),
                status: tickets::Status::Open,
                flag,
                requester_id: Some(world.cast.mia),
                opened_at: at,
                changed_at: at,
                resolved_at: None,
                closed_at: None,
            };
            let entry = cast::message(
                &ticket,
                0,
                Flag::ClientVisible,
                world.cast.owner,
                "CANARY",
                &work,
            );
            histories.push(History {
                ticket,
                entries: vec![entry],
                assignee: None,
            });
        }
    }
    // To be named on what is internal shows nothing.
    let named = histories.iter().map(|history| Participant {
        ticket_id: history.ticket.id,
        client_user_id: world.cast.sharers.dina,
        workspace_id: history.ticket.workspace_id,
        company_id: history.ticket.company_id,
        role: Role::Opener,
        added_by_client: None,
        added_by_staff: Some(world.cast.owner),
        added_at: work.now,
    });
    let named = named.collect();
    provision::histories(&tx, histories)
        .await
        .expect("histories");
    provision::participants(&tx, named).await.expect("named");
    tx.commit().await.expect("committed");
}
