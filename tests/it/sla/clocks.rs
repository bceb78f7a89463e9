//! Clocks: started, paused, answered, resolved, counted anew.

use chrono::TimeDelta;
use end_to_end::{id, on_both};
use serde_json::{Value, json};

use super::{clock, instant, minutes, open, sla};

on_both! {
    async fn a_clock_stands_while_the_client_is_waited_for(world) {
        let mia = world.client("mia@alder.example").await;
        let ticket = open(&mia).await;
        let named = format!("id: \"{ticket}\"");
        let begun = clock(&world, &ticket).await;
        assert_eq!((instant(&begun["responseDue"]), instant(&begun["resolutionDue"]), &begun["state"]), (Some(minutes(720)), Some(minutes(2_880)), &json!("RUNNING")));
        world.later(TimeDelta::minutes(600));
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(clock(&world, &ticket).await["state"], "NEAR_BREACH");
        owner.act("ticketReply", &format!("{named} body: \"Which one?\"")).await;
        owner.act("ticketSetStatus", &format!("{named} status: WAITING")).await;
        let waiting = clock(&world, &ticket).await;
        assert_eq!((&waiting["state"], &waiting["resolutionDue"]), (&json!("PAUSED"), &Value::Null));
        world.later(TimeDelta::minutes(1_000));
        let (mia, owner) = (world.client("mia@alder.example").await, world.staff("owner@glass.example").await);
        mia.act("ticketReply", &format!("{named} body: \"This one.\"")).await;
        // The pause is added to what was due.
        assert_eq!(instant(&clock(&world, &ticket).await["resolutionDue"]), Some(minutes(3_880)));
        owner.act("ticketResolve", &format!("{named} resolution: \"Done.\"")).await;
        assert_eq!(clock(&world, &ticket).await["state"], "MET");
        world.later(TimeDelta::minutes(5_000));
        let mia = world.client("mia@alder.example").await;
        mia.act("ticketReject", &format!("{named} reason: \"No.\"")).await;
        let again = clock(&world, &ticket).await;
        assert_eq!((&again["state"], instant(&again["resolutionDue"])), (&json!("RUNNING"), Some(minutes(8_880))));
    }
}

on_both! {
    async fn what_is_left_is_working_time(world) {
        let mia = world.client("mia@alder.example").await;
        let ticket = open(&mia).await;
        let left = async |world: &end_to_end::World| {
            let owner = world.staff("owner@glass.example").await;
            let query = format!("{{ ticket(id: \"{ticket}\") {{ sla {{ responseRemainingSeconds resolutionRemainingSeconds }} }} }}");
            let sla = owner.read(&query).await["ticket"]["sla"].clone();
            (sla["responseRemainingSeconds"].as_i64(), sla["resolutionRemainingSeconds"].as_i64())
        };
        assert_eq!(left(&world).await, (Some(720 * 60), Some(2_880 * 60)));
        world.later(TimeDelta::minutes(100));
        assert_eq!(left(&world).await, (Some(620 * 60), Some(2_780 * 60)));
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketSetStatus", &format!("id: \"{ticket}\" status: WAITING")).await;
        world.later(TimeDelta::minutes(5_000));
        assert_eq!(left(&world).await, (Some(620 * 60), Some(2_780 * 60)), "it stands");
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketReply", &format!("id: \"{ticket}\" body: \"x\"")).await;
        owner.act("ticketSetStatus", &format!("id: \"{ticket}\" status: IN_PROGRESS")).await;
        assert_eq!(left(&world).await, (None, Some(2_780 * 60)), "answered");
        world.later(TimeDelta::minutes(2_781));
        assert_eq!(left(&world).await, (None, Some(0)));
        while tickets::watch(&world.work()).await.expect("watched") > 0 {}
        assert_eq!(left(&world).await, (None, Some(0)), "missed");
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketResolve", &format!("id: \"{ticket}\" resolution: \"x\"")).await;
        assert_eq!(left(&world).await, (None, None));
    }
}

on_both! {
    async fn due_times_follow_priority_contract_and_policy(world) {
        let owner = world.staff("owner@glass.example").await;
        let promised = world.cast.promised;
        let mia = world.client("mia@alder.example").await;
        let ticket = open(&mia).await;
        let named = format!("id: \"{ticket}\"");
        let own = id::policy(promised.own.0);
        owner.act("slaPolicyUpdate", &format!("id: \"{own}\" targets: [{{priority: NORMAL, responseMinutes: 100}}, {{priority: URGENT, responseMinutes: 30, resolutionMinutes: 90}}]")).await;
        world.later(TimeDelta::minutes(10));
        let owner = world.staff("owner@glass.example").await;
        world.drain().await;
        // What was used up by then is kept: ten minutes of a hundred.
        let changed = clock(&world, &ticket).await;
        assert_eq!((instant(&changed["responseDue"]), &changed["resolutionDue"]), (Some(minutes(100)), &Value::Null));
        owner.act("ticketPriority", &format!("{named} priority: URGENT")).await;
        let urgent = clock(&world, &ticket).await;
        assert_eq!((instant(&urgent["responseDue"]), instant(&urgent["resolutionDue"])), (Some(minutes(30)), Some(minutes(90))));
        let again = format!("mutation {{ ticketPriority(input: {{ {named} priority: URGENT }}) {{ errors {{ code }} }} }}");
        assert_eq!(owner.read(&again).await["ticketPriority"]["errors"], json!([{"code": "UNCHANGED"}]));

        // Its calendar opens an hour later: what is due moves by as much.
        let calendar = id::calendar(promised.calendar.0);
        owner.act("calendarUpdate", &format!("id: \"{calendar}\" hours: \"Mo-Su 10:00-24:00\" timeZone: \"UTC\"")).await;
        world.drain().await;
        // 08:10 by now; twenty minutes are left, and work begins at ten.
        assert_eq!(instant(&clock(&world, &ticket).await["responseDue"]), Some(minutes(140)));

        // Birch's contract does not cover Alder.
        let foreign = format!("mutation {{ ticketContract(input: {{ {named} contract: \"{}\" }}) {{ errors {{ code field }} }} }}", id::contract(promised.birchs.0));
        assert_eq!(owner.read(&foreign).await["ticketContract"]["errors"], json!([{"code": "UNKNOWN_CONTRACT", "field": "contract"}]));
        owner.act("contractUpdate", &format!("id: \"{}\" companies: [\"{}\"]", id::contract(promised.birchs.0), id::company(world.cast.alder))).await;
        owner.act("ticketContract", &format!("{named} contract: \"{}\"", id::contract(promised.birchs.0))).await;
        // Eight hours around the clock, of which ten minutes are used up.
        assert_eq!(instant(&clock(&world, &ticket).await["responseDue"]), Some(minutes(480)));

        // The contract names no policy any more: the workspace's own holds.
        owner.act("contractUpdate", &format!("id: \"{}\" policy: null", id::contract(promised.birchs.0))).await;
        world.drain().await;
        assert_eq!(instant(&clock(&world, &ticket).await["responseDue"]), Some(minutes(140)));
        // And then nothing holds.
        owner.act("slaPolicyUpdate", &format!("id: \"{own}\" isDefault: false")).await;
        world.drain().await;
        assert_eq!(clock(&world, &ticket).await, Value::Null);
        owner.act("slaPolicyUpdate", &format!("id: \"{own}\" isDefault: true")).await;
        world.drain().await;
        assert_eq!(instant(&clock(&world, &ticket).await["responseDue"]), Some(minutes(150)), "nothing of it was within working time");
    }
}

on_both! {
    async fn a_ticket_falls_under_the_contract_of_its_company(world) {
        let owner = world.staff("owner@glass.example").await;
        let bea = world.client("bea@birch.example").await;
        let ticket = open(&bea).await;
        let due = clock(&world, &ticket).await;
        assert_eq!((instant(&due["responseDue"]), instant(&due["resolutionDue"])), (Some(minutes(480)), Some(minutes(1_440))));
        let shown = sla(&owner, world.cast.beas).await;
        assert_eq!((&shown["contract"], &shown["priority"]), (&json!({"reference": "CTR-0001"}), &json!("NORMAL")));
        // Once it has ended, tickets fall under none.
        let contract = id::contract(world.cast.promised.birchs.0);
        owner.act("contractUpdate", &format!("id: \"{contract}\" endsOn: \"2027-01-14\"")).await;
        let later = open(&bea).await;
        assert_eq!(instant(&clock(&world, &later).await["responseDue"]), Some(minutes(720)));
    }
}

on_both! {
    async fn a_countdown_is_shown_by_its_contract_alone(world) {
        let query = "query ($id: ID!) { ticket(id: $id) { slaCountdown { responseDueAt resolutionDueAt paused } } }";
        let (bea, mia) = (world.client("bea@birch.example").await, world.client("mia@alder.example").await);
        let ticket = open(&bea).await;
        let shown = bea.done(query, json!({"id": ticket})).await["ticket"]["slaCountdown"].clone();
        assert_eq!((instant(&shown["responseDueAt"]), instant(&shown["resolutionDueAt"]), &shown["paused"]), (Some(minutes(480)), Some(minutes(1_440)), &json!(false)));
        let mias = mia.done(query, json!({"id": id::ticket(world.cast.mias)})).await;
        assert_eq!(mias["ticket"]["slaCountdown"], Value::Null);
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketSetStatus", &format!("id: \"{ticket}\" status: WAITING")).await;
        let stands = bea.done(query, json!({"id": ticket})).await["ticket"]["slaCountdown"].clone();
        assert_eq!(stands, json!({"responseDueAt": null, "resolutionDueAt": null, "paused": true}));
        let contract = id::contract(world.cast.promised.birchs.0);
        owner.act("contractUpdate", &format!("id: \"{contract}\" countdown: false")).await;
        assert_eq!(bea.done(query, json!({"id": ticket})).await["ticket"]["slaCountdown"], Value::Null);
        // What it shows to companies that it covers, it does not show to one that it covered.
        let alder = id::company(world.cast.alder);
        owner.act("contractUpdate", &format!("id: \"{contract}\" countdown: true companies: [\"{alder}\"]")).await;
        assert_eq!(bea.done(query, json!({"id": ticket})).await["ticket"]["slaCountdown"], Value::Null);
        let birch = id::company(world.cast.birch);
        owner.act("contractUpdate", &format!("id: \"{contract}\" companies: [\"{birch}\"]")).await;
        assert_eq!(bea.done(query, json!({"id": ticket})).await["ticket"]["slaCountdown"], stands);
    }
}

on_both! {
    /// A variable that was forgotten takes nothing away.
    async fn nothing_said_is_not_none(world) {
        let owner = world.staff("owner@glass.example").await;
        let ticket = id::ticket(world.cast.beas);
        let before = sla(&owner, world.cast.beas).await;
        for field in ["ticketContract", "ticketAssign"] {
            let document = format!("mutation {{ {field}(input: {{id: \"{ticket}\"}}) {{ errors {{ code }} }} }}");
            assert_eq!(owner.code(&document, json!({})).await, "BAD_USER_INPUT", "{field}");
        }
        assert_eq!(sla(&owner, world.cast.beas).await, before);
        // Nor does who may not see contracts.
        let member = world.staff("member@glass.example").await;
        owner.act("ticketAssign", &format!("id: \"{ticket}\" assignee: \"{}\"", id::staff(world.cast.member))).await;
        let blind = format!("mutation {{ ticketContract(input: {{id: \"{ticket}\" contract: null}}) {{ errors {{ code }} }} }}");
        assert_eq!(member.code(&blind, json!({})).await, "FORBIDDEN");
    }
}
