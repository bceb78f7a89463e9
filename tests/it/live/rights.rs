//! The rights are those of the delivery: not of the subscription, and not of
//! the moment when it happened.

use end_to_end::{events::Events, id, on_both};
use serde_json::json;

use super::{
    BEAS, CHANGED, HIDDEN, MIAS, NOAHS, assign, change_rights, fact, flag, follow, listening,
    reply, rights_changed,
};

on_both! {
    /// What was withdrawn between commit and delivery is not delivered; what
    /// was shown in between is.
    async fn the_flag_is_that_of_the_delivery(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let ada = world.client("ada@alder.example").await;
        let mias = world.cast.mias;
        let mut changed = follow(&world, &address, &ada, CHANGED).await;
        let timeline = format!("subscription {{ ticketTimeline(id: \"{}\") {{ body }} }}", id::ticket(mias));
        let mut timeline = follow(&world, &address, &ada, &timeline).await;
        let mut events = Events::of(&ada, CHANGED).await;
        listening(&world, 3).await;

        reply(&owner, mias, "Withdrawn before anybody was told.").await;
        flag(&owner, mias, "INTERNAL_ONLY").await;
        reply(&owner, world.cast.hidden, "Written while nobody could read it.").await;
        flag(&owner, world.cast.hidden, "CLIENT_VISIBLE").await;
        world.drain().await;
        assert_eq!(changed.next("1").await["ticketChanged"]["subject"], HIDDEN);
        assert_eq!(events.next().await["ticketChanged"]["subject"], HIDDEN);

        reply(&owner, mias, "Still withdrawn.").await;
        world.drain().await;
        flag(&owner, mias, "CLIENT_VISIBLE").await;
        reply(&owner, mias, "Back again.").await;
        world.drain().await;
        assert_eq!(timeline.next("1").await, json!({"ticketTimeline": {"body": "Back again."}}));
        for _ in ["shown", "replied"] {
            assert_eq!(changed.next("1").await["ticketChanged"]["subject"], MIAS);
            assert_eq!(events.next().await["ticketChanged"]["subject"], MIAS);
        }
    }
}

on_both! {
    /// A section that was closed after the commit hides the event; opened
    /// again, the next one comes.
    async fn the_section_is_that_of_the_delivery(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = follow(&world, &address, &mia, "subscription { ticketChanged { timeline { nodes { body } } } }").await;
        let mut events = Events::of(&mia, CHANGED).await;
        listening(&world, 2).await;
        let sections = |sections: &str| format!("UPDATE client_users SET sections = '{sections}' WHERE email = 'mia@alder.example'");

        reply(&owner, world.cast.mias, "While the section is closed.").await;
        change_rights(&world, &sections("[\"jobs\"]")).await;
        world.drain().await;
        change_rights(&world, &sections("[\"tickets\"]")).await;
        // Whatever was skipped is not made up for: the list is read anew.
        reply(&owner, world.cast.mias, "While it is open.").await;
        world.drain().await;
        let told = socket.next("1").await.to_string();
        assert!(told.contains("While it is open."), "{told}");
        assert_eq!(events.next().await["ticketChanged"]["subject"], MIAS);
    }
}

on_both! {
    /// Who has moved to another company hears of that one, and of the former no more.
    async fn the_company_is_that_of_the_delivery(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = follow(&world, &address, &mia, CHANGED).await;
        let mut events = Events::of(&mia, CHANGED).await;
        listening(&world, 2).await;
        let company = |name: &str| format!(
            "UPDATE client_users SET company_id = (SELECT id FROM companies WHERE name = '{name}') WHERE email = 'mia@alder.example'"
        );
        for (name, told) in [("Birch", BEAS), ("Alder", MIAS), ("Birch", BEAS)] {
            reply(&owner, world.cast.mias, "For Alder.").await;
            reply(&owner, world.cast.beas, "For Birch.").await;
            change_rights(&world, &company(name)).await;
            world.drain().await;
            assert_eq!(socket.next("1").await, json!({"ticketChanged": {"subject": told}}), "{name}");
            assert_eq!(events.next().await, json!({"ticketChanged": {"subject": told}}), "{name}");
        }
    }
}

on_both! {
    /// How far somebody sees can grow and shrink while they listen.
    async fn the_reach_is_that_of_the_delivery(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let noah = world.client("noah@alder.example").await;
        let mut socket = follow(&world, &address, &noah, CHANGED).await;
        let access = |access: &str| format!("UPDATE client_users SET access = '{access}' WHERE email = 'noah@alder.example'");
        for (now, told) in [("member", vec![NOAHS]), ("admin", vec![MIAS, NOAHS]), ("member", vec![NOAHS])] {
            reply(&owner, world.cast.mias, "For mia.").await;
            reply(&owner, world.cast.noahs, "For noah.").await;
            change_rights(&world, &access(now)).await;
            world.drain().await;
            for subject in told {
                assert_eq!(socket.next("1").await, json!({"ticketChanged": {"subject": subject}}), "{now}");
            }
        }
    }
}

on_both! {
    /// The same for the team: what is assigned, and the role.
    async fn assignment_and_role_are_those_of_the_delivery(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let mut socket = follow(&world, &address, &member, CHANGED).await;
        let cast = &world.cast;

        reply(&owner, cast.mias, "Theirs until the next line.").await;
        assign(&owner, cast.mias, None).await;
        assign(&owner, cast.noahs, Some(cast.member)).await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], NOAHS);

        change_rights(&world, "UPDATE staff_users SET role = 'manager' WHERE email = 'member@glass.example'").await;
        reply(&owner, cast.hidden, "For those who see all.").await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], HIDDEN);

        change_rights(&world, "UPDATE staff_users SET role = 'member' WHERE email = 'member@glass.example'").await;
        reply(&owner, cast.hidden, "No more.").await;
        reply(&owner, cast.noahs, "Assigned.").await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], NOAHS);
    }
}

on_both! {
    /// Rights that went away altogether end the stream, whatever waits.
    async fn without_any_right_the_stream_is_over(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        for (statement, back) in [
            ("UPDATE client_users SET access = 'none' WHERE email = 'mia@alder.example'", "UPDATE client_users SET access = 'member' WHERE email = 'mia@alder.example'"),
            ("UPDATE companies SET status = 'disabled' WHERE name = 'Alder'", "UPDATE companies SET status = 'active' WHERE name = 'Alder'"),
            ("UPDATE workspaces SET status = 'disabled' WHERE slug = 'glass'", "UPDATE workspaces SET status = 'active' WHERE slug = 'glass'"),
        ] {
            let mia = world.client("mia@alder.example").await;
            let mut socket = follow(&world, &address, &mia, CHANGED).await;
            reply(&owner, world.cast.mias, "Not any more.").await;
            change_rights(&world, statement).await;
            world.drain().await;
            assert_eq!(socket.closed().await, 4403, "{statement}");
            change_rights(&world, back).await;
            listening(&world, 0).await;
        }
    }
}

on_both! {
    /// Changes of other people's rights, however many at once, are no reason to end.
    async fn changes_of_others_rights_end_nothing(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = follow(&world, &address, &mia, CHANGED).await;
        let mut events = Events::of(&mia, CHANGED).await;
        listening(&world, 2).await;
        for _ in 0..20 {
            rights_changed(&world).await;
        }
        let signed_out = fact(&world, identity::event::SESSION_ENDED);
        for _ in 0..100 {
            world.hub.publish(&signed_out);
        }
        world.drain().await;
        reply(&owner, world.cast.mias, "Still there?").await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], MIAS);
        assert_eq!(events.next().await["ticketChanged"]["subject"], MIAS);
    }
}
