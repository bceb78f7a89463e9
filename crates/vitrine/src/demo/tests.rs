//! Replays the whole world against its rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use visibility::{Reach, Sharing};

use super::plan::{Author, CompanyPlan, EntryKind, Status, TicketPlan};
use super::sharing::sees_when_named;
use super::{WorkspacePlan, world};

const SEED: u64 = 7;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_041_600, 0).expect("a valid moment")
}

/// Calls `check` with every ticket of the worlds of several seeds.
fn each_ticket(mut check: impl FnMut(&WorkspacePlan, &CompanyPlan, &TicketPlan)) {
    for (seed, scale) in [(SEED, 3), (0, 1), (u64::MAX, 1), (20_260, 1)] {
        for workspace in world(seed, now(), scale) {
            for company in workspace.companies() {
                company
                    .tickets
                    .iter()
                    .for_each(|ticket| check(&workspace, &company, ticket));
            }
        }
    }
}

#[test]
fn entries_obey_the_workflow() {
    each_ticket(|_, _, ticket| {
        let mut status = Status::Open;
        for entry in &ticket.entries {
            let next = status.after(entry.author, entry.kind);
            status =
                next.unwrap_or_else(|| panic!("{entry:?} on {status:?} in {:?}", ticket.subject));
        }
        assert_eq!(status, ticket.status, "{:?}", ticket.subject);
    });
}

#[test]
fn the_workflow_refuses_what_it_must() {
    let (client, staff) = (Author::Client(0), Author::Staff(0));
    assert_eq!(Status::Closed.after(client, EntryKind::Reply), None);
    assert_eq!(Status::Closed.after(staff, EntryKind::Reply), None);
    assert_eq!(Status::Open.after(client, EntryKind::Accept), None);
    assert_eq!(Status::Resolved.after(staff, EntryKind::Accept), None);
    assert_eq!(Status::Open.after(client, EntryKind::Note), None);
    assert_eq!(Status::InProgress.after(staff, EntryKind::StartWork), None);
    assert_eq!(
        Status::Closed.after(staff, EntryKind::Note),
        Some(Status::Closed)
    );
}

#[test]
fn time_runs_forward_and_stops_at_now() {
    each_ticket(|_, company, ticket| {
        let mut last = ticket.opened_at;
        for entry in &ticket.entries {
            assert!(entry.at > last, "{:?}", ticket.subject);
            last = entry.at;
        }
        assert!(last <= now(), "{:?}", ticket.subject);
        assert!(company.tickets.is_sorted_by_key(|ticket| ticket.opened_at));
    });
}

#[test]
fn references_are_in_range_and_fit() {
    each_ticket(|workspace, company, ticket| {
        assert_eq!(ticket.internal, ticket.requester.is_none());
        assert!(
            ticket
                .assignee
                .is_none_or(|index| index < workspace.staff.len())
        );
        assert!(
            workspace
                .categories
                .iter()
                .any(|category| category.key == ticket.category_key)
        );
        assert_eq!(
            ticket.requester.map(Author::Client),
            match ticket.opened_by {
                Author::Client(_) => Some(ticket.opened_by),
                Author::Staff(_) => None,
            }
        );

        for entry in &ticket.entries {
            let speaks = !matches!(
                entry.kind,
                EntryKind::StartWork | EntryKind::Wait | EntryKind::Accept
            );
            assert_eq!(entry.body.is_some(), speaks, "{entry:?}");
            match entry.author {
                Author::Staff(index) => {
                    assert!(index < workspace.staff.len());
                    assert!(ticket.assignee.is_some());
                }
                Author::Client(index) => {
                    assert!(!ticket.internal, "a client in {:?}", ticket.subject);
                    let sees = company.sharing == Sharing::Company || company.users[index].is_admin;
                    assert!(sees || ticket.requester == Some(index));
                }
            }
        }
    });
}

#[test]
fn whoever_is_named_sees_the_ticket_and_is_not_its_requester() {
    each_ticket(|_, company, ticket| {
        for index in &ticket.participants {
            assert_ne!(Some(*index), ticket.requester);
            assert_ne!(Some(*index), ticket.raised_by);
            assert!(sees_when_named(company.sharing, &company.users[*index]));
        }
        if let Some(index) = ticket.raised_by {
            assert!(index < company.users.len() && ticket.requester != Some(index));
            assert!(!ticket.internal);
        }
    });
}

#[test]
fn the_base_world_shows_every_way_of_sharing() {
    let companies: Vec<_> = world(SEED, now(), 1)
        .flat_map(|workspace| workspace.companies().collect::<Vec<_>>())
        .collect();
    for sharing in [
        Sharing::Own,
        Sharing::Shared,
        Sharing::PerMember,
        Sharing::Company,
    ] {
        let mut tickets = companies
            .iter()
            .filter(|company| company.sharing == sharing)
            .flat_map(|company| &company.tickets);
        assert!(
            tickets.clone().any(|ticket| ticket.raised_by.is_some()),
            "{sharing:?}"
        );
        if sharing != Sharing::Own {
            assert!(
                tickets.any(|ticket| !ticket.participants.is_empty()),
                "{sharing:?}"
            );
        }
    }
    let mut users = companies.iter().flat_map(|company| &company.users);
    assert!(users.any(|user| user.reach == Some(Reach::Shared)));
}

#[test]
fn texts_are_complete() {
    each_ticket(|_, _, ticket| {
        let bodies = ticket
            .entries
            .iter()
            .filter_map(|entry| entry.body.as_deref());
        for text in bodies.chain([&*ticket.subject, &*ticket.description]) {
            assert!(
                !text.is_empty() && !text.contains(['{', '}', '|']),
                "{text}"
            );
            assert!(!text.contains("  "), "{text}");
        }
        assert!(ticket.subject.chars().count() <= 90, "{}", ticket.subject);
        assert!(!ticket.subject.contains('\n'));
    });
}

#[test]
fn tickets_do_not_repeat() {
    for workspace in world(SEED, now(), 1) {
        let mut descriptions = BTreeSet::new();
        for company in workspace.companies() {
            let mut subjects = BTreeSet::new();
            for ticket in &company.tickets {
                assert!(
                    descriptions.insert(ticket.description.clone()),
                    "{}",
                    ticket.description
                );
                assert!(
                    subjects.insert(ticket.subject.clone()),
                    "{}: {}",
                    company.name,
                    ticket.subject
                );
            }
        }
    }
}

#[test]
fn addresses_are_unique_and_invented() {
    for workspace in world(SEED, now(), 25) {
        let mut emails: BTreeSet<_> = workspace
            .staff
            .iter()
            .map(|one| one.email.clone())
            .collect();
        assert_eq!(emails.len(), workspace.staff.len());
        let mut names = BTreeSet::new();
        for company in workspace.companies() {
            assert!(company.users.iter().any(|user| user.is_admin));
            assert!(
                company.is_person || names.insert(company.name.clone()),
                "{}",
                company.name
            );
            for user in company.users {
                assert!(user.email.ends_with(".example"), "{}", user.email);
                assert!(emails.insert(user.email.clone()), "{}", user.email);
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_world() {
    let build = |seed, scale| -> Vec<CompanyPlan> {
        world(seed, now(), scale)
            .flat_map(|workspace| workspace.companies().collect::<Vec<_>>())
            .collect()
    };
    assert_eq!(build(SEED, 2), build(SEED, 2));
    assert_ne!(build(SEED, 1), build(SEED + 1, 1));
}

#[test]
fn a_larger_world_contains_the_smaller_one() {
    for (small, large) in world(SEED, now(), 1).zip(world(SEED, now(), 4)) {
        let companies: Vec<_> = small.companies().collect();
        assert_eq!(large.companies().len(), companies.len() * 4);
        let start: Vec<_> = large.companies().take(companies.len()).collect();
        assert_eq!(start, companies);
    }
}

#[test]
fn the_base_world_has_the_promised_people_and_size() {
    let mut counts = BTreeMap::new();
    let (mut all, mut internal) = (0, 0);
    for workspace in world(SEED, now(), 1) {
        let companies: Vec<_> = workspace.companies().collect();
        let tickets: Vec<_> = companies
            .iter()
            .flat_map(|company| &company.tickets)
            .collect();
        counts.insert(workspace.slug, tickets.len());
        all += tickets.len();
        internal += tickets.iter().filter(|ticket| ticket.internal).count();

        assert!(
            workspace
                .categories
                .iter()
                .any(|category| category.key == "general")
        );
        for role in ["owner", "admin", "manager", "member"] {
            assert!(
                workspace.staff.iter().any(|one| one.role == role),
                "{role} in {}",
                workspace.slug
            );
        }
        for status in [
            Status::Open,
            Status::InProgress,
            Status::Waiting,
            Status::Resolved,
            Status::Closed,
        ] {
            assert!(
                tickets.iter().any(|ticket| ticket.status == status),
                "{status:?}"
            );
        }
        for locale in ["en", "fr", "de"] {
            let mut users = companies.iter().flat_map(|company| &company.users);
            assert!(
                users.any(|user| user.locale == locale),
                "{locale} in {}",
                workspace.slug
            );
        }
    }
    assert_eq!(
        counts,
        BTreeMap::from([("atelier", 70), ("ember", 80), ("meridian", 250)])
    );
    assert!(
        (16..=32).contains(&internal),
        "{internal} of {all} are internal"
    );
}

#[test]
fn the_accounts_of_the_guide_exist() {
    let expected = [
        ("meridian", "Halden Logistics", "admin@halden.example", true),
        ("meridian", "Halden Logistics", "mia@halden.example", false),
        ("meridian", "Halden Logistics", "noah@halden.example", false),
        (
            "meridian",
            "Brightwater Hotels",
            "admin@brightwater.example",
            true,
        ),
        ("ember", "Alice Kenworthy", "alice@home.example", true),
        ("ember", "Bob Tierney", "bob@home.example", true),
        ("atelier", "Fjordline", "admin@fjordline.example", true),
    ];
    for (slug, name, email, admin) in expected {
        let workspace = world(SEED, now(), 1)
            .find(|one| one.slug == slug)
            .expect("the workspace");
        let company = workspace
            .companies()
            .find(|one| one.name == name)
            .expect("the company");
        let mut users = company.users.iter();
        assert!(
            users.any(|user| user.email == email && user.is_admin == admin),
            "{email}"
        );
        let owner = format!("owner@{slug}.example");
        assert!(
            workspace
                .staff
                .iter()
                .any(|one| one.email == owner && one.role == "owner")
        );
    }
    let meridian = world(SEED, now(), 1).next().expect("meridian");
    let mut staff = meridian.staff.iter();
    assert!(staff.any(|one| one.email == "agent@meridian.example" && one.role == "manager"));
}

#[test]
fn mia_and_noah_each_have_tickets_of_their_own() {
    for seed in 0..20 {
        let meridian = world(seed, now(), 1).next().expect("meridian");
        let halden = meridian.companies().next().expect("halden");
        assert_eq!(halden.sharing, Sharing::Own);
        for email in ["mia@halden.example", "noah@halden.example"] {
            let index = halden.users.iter().position(|user| user.email == email);
            let own = halden
                .tickets
                .iter()
                .filter(|ticket| ticket.requester == index)
                .count();
            assert!(own >= 5, "{email} has {own}");
        }
    }
}
