//! Writes the invented world into a database.

use std::error::Error;

use chrono::{DateTime, Utc};
use documents::Files;
use identity::{
    CompanyKind, Passwords,
    provision::{NewClientUser, NewCompany, NewStaffUser, NewWorkspace},
};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{
    ClientUserId, Clock, CompanyId, Entropy, SeededEntropy, StaffUserId, SystemClock,
    SystemEntropy, WorkspaceId,
};
use store::{Store, Work};
use tickets::{
    Category, Entry, EntryId, Move, Participant, Role, Status, Ticket, TicketId, provision::History,
};
use visibility::{Access, Flag, Sections, StaffRole};

use crate::chores;

use super::{
    WorkspacePlan, desk,
    enclosures::enclose,
    forms::request,
    habits::{keep_texts, name_colleagues},
    newcomers::{self, Hosts},
    plan::{Author, CompanyPlan, EntryKind, EntryPlan, TicketPlan},
    promises::Promised,
    world,
};

/// The password of every account of the demo.
pub(crate) const PASSWORD: &str = "glass-case-demo";
/// The world's seed; another one would be another world.
const SEED: u64 = 7;
/// Tickets written in one transaction, and numbered in the order of opening.
const BATCH: usize = 4_000;

/// Writes the world, unless the database holds one already.
pub(crate) async fn load(store: &Store, files: &Files, scale: u32) -> Result<(), Box<dyn Error>> {
    let entropy = SeededEntropy::new(SEED);
    // The last midnight, so that two loads of one day are the same world.
    let now = SystemClock.now();
    let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    let work = Work {
        store,
        now: midnight,
        entropy: &entropy,
    };
    if identity::branding(&work, "meridian").await?.is_some() {
        eprintln!(
            "The demo world is there already; to create it anew, remove its data folder or database."
        );
        return Ok(());
    }
    // One hash for all: hashing a password for each of thousands would take longer than all the rest.
    let password = Passwords::new(&SystemEntropy).hash(PASSWORD, &SystemEntropy);
    let worlds: Vec<WorkspacePlan> = world(SEED, midnight, scale).collect();
    let bar = progress(
        worlds
            .iter()
            .map(|plan| plan.companies().len() as u64)
            .sum(),
    );
    let mut hosts = Hosts::new();
    for plan in &worlds {
        let loader = Loader::new((&work, files), &entropy, &password, plan);
        hosts.extend(loader.load(plan, &bar).await?);
    }
    newcomers::come(&work, &hosts, &password).await?;
    bar.finish_and_clear();
    tickets::backlog::fill(store).await?;
    chores::write_backlog(store).await?;
    store.analyze().await?;
    Ok(())
}

fn progress(companies: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} companies, {eta} left");
    let bar = ProgressBar::new(companies).with_message("Creating the demo world");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Loads one workspace.
struct Loader<'a> {
    work: &'a Work<'a>,
    files: &'a Files,
    entropy: &'a dyn Entropy,
    password: &'a str,
    workspace: WorkspaceId,
    staff: Vec<StaffUserId>,
    founded: DateTime<Utc>,
    companies: Vec<NewCompany>,
    users: Vec<NewClientUser>,
    histories: Vec<History>,
    participants: Vec<Participant>,
    promised: Option<Promised>,
    hosts: Hosts,
}

impl<'a> Loader<'a> {
    fn new(
        (work, files): (&'a Work<'a>, &'a Files),
        entropy: &'a dyn Entropy,
        password: &'a str,
        plan: &WorkspacePlan,
    ) -> Self {
        let founded = work.now - chrono::TimeDelta::days(3 * 365);
        Self {
            work,
            files,
            entropy,
            password,
            workspace: WorkspaceId::fresh(founded, entropy),
            staff: plan
                .staff
                .iter()
                .map(|_| StaffUserId::fresh(founded, entropy))
                .collect(),
            founded,
            companies: Vec::new(),
            users: Vec::new(),
            histories: Vec::new(),
            participants: Vec::new(),
            promised: None,
            hosts: Hosts::new(),
        }
    }

    /// Writes the workspace; answers the hosts of newcomers among its clients.
    async fn load(
        mut self,
        plan: &WorkspacePlan,
        bar: &ProgressBar,
    ) -> Result<Hosts, Box<dyn Error>> {
        self.found(plan).await?;
        for company in plan.companies() {
            self.add(company)?;
            bar.inc(1);
            if self.histories.len() >= BATCH {
                self.write().await?;
            }
        }
        self.write().await?;
        Ok(self.hosts)
    }

    async fn found(&mut self, plan: &WorkspacePlan) -> Result<(), Box<dyn Error>> {
        let tx = self.work.begin().await?;
        let workspace = NewWorkspace {
            id: self.workspace,
            slug: plan.slug.to_owned(),
            name: plan.name.to_owned(),
            locale: plan.locale.to_owned(),
            time_zone: plan.time_zone.to_owned(),
            currency: plan.currency.to_owned(),
            created_at: self.founded,
        };
        identity::provision::workspace(&tx, workspace).await?;
        let staff = plan
            .staff
            .iter()
            .zip(&self.staff)
            .map(|(person, id)| NewStaffUser {
                id: *id,
                workspace: self.workspace,
                email: person.email.clone(),
                name: person.name.clone(),
                locale: plan.locale.to_owned(),
                role: role(person.role),
                password_hash: Some(self.password.to_owned()),
                created_at: self.founded,
            });
        identity::provision::staff_users(&tx, staff.collect()).await?;
        let categories = plan
            .categories
            .iter()
            .zip(1..)
            .map(|(category, position)| Category {
                workspace_id: self.workspace,
                key: category.key.to_owned(),
                name: category.name.to_owned(),
                position,
            });
        tickets::provision::categories(&tx, categories.collect()).await?;
        tickets::provision::status_labels(&tx, self.workspace, plan.labels).await?;
        if let (Some(category), Some(by)) = (plan.categories.first(), self.staff.first()) {
            let (by, fields) = ((self.workspace, *by), request(plan.locale));
            tickets::provision::form(&tx, by, self.founded, category.key, fields).await?;
        }
        let (workspace, times) = (self.workspace, (self.founded, self.work.now));
        keep_texts(&tx, self.entropy, workspace, self.founded).await?;
        let promised = Promised::write(&tx, self.entropy, workspace, plan.time_zone, times);
        self.promised = Some(promised.await?);
        let owner = self.staff.first().copied();
        desk::set_up(&tx, workspace, owner, self.work.now).await?;
        Ok(tx.commit().await?)
    }

    fn add(&mut self, plan: CompanyPlan) -> Result<(), String> {
        let company = CompanyId::fresh(self.founded, self.entropy);
        self.companies.push(NewCompany {
            id: company,
            workspace: self.workspace,
            name: plan.name,
            kind: if plan.is_person {
                CompanyKind::Person
            } else {
                CompanyKind::Organisation
            },
            sharing: plan.sharing,
            created_at: self.founded,
        });
        let ids: Vec<_> = plan
            .users
            .iter()
            .map(|_| ClientUserId::fresh(self.founded, self.entropy))
            .collect();
        for (user, id) in plan.users.iter().zip(&ids) {
            if newcomers::is_host(&user.email) {
                self.hosts.insert(user.email.clone(), (*id, company));
            }
        }
        self.users.extend(
            plan.users
                .into_iter()
                .zip(&ids)
                .map(|(user, id)| NewClientUser {
                    id: *id,
                    workspace: self.workspace,
                    company,
                    email: user.email,
                    name: user.name,
                    locale: user.locale.to_owned(),
                    access: if user.is_admin {
                        Access::Admin
                    } else {
                        Access::Member
                    },
                    sections: Sections::all(),
                    reach: user.reach,
                    password_hash: Some(self.password.to_owned()),
                    created_at: self.founded,
                }),
        );
        for ticket in plan.tickets {
            let part = parts(&ticket);
            let history = self.history(company, &ids, ticket)?;
            let part = part
                .into_iter()
                .filter_map(|(index, role)| participant(&history.ticket, &ids, index, role));
            self.participants.extend(part);
            self.histories.push(history);
        }
        Ok(())
    }

    /// Plays a planned ticket through the real workflow.
    fn history(
        &self,
        company: CompanyId,
        users: &[ClientUserId],
        plan: TicketPlan,
    ) -> Result<History, String> {
        let mut ticket = Ticket {
            id: TicketId::fresh(plan.opened_at, self.entropy),
            workspace_id: self.workspace,
            company_id: company,
            number: 0,
            subject: plan.subject,
            description: plan.description,
            category: plan.category_key.to_owned(),
            status: Status::Open,
            flag: if plan.internal {
                Flag::InternalOnly
            } else {
                Flag::ClientVisible
            },
            requester_id: plan.requester.and_then(|index| users.get(index).copied()),
            opened_at: plan.opened_at,
            changed_at: plan.opened_at,
            resolved_at: None,
            closed_at: None,
        };
        let entries = plan
            .entries
            .into_iter()
            .map(|entry| self.entry(&mut ticket, users, entry))
            .collect::<Result<_, _>>()?;
        let assignee = plan
            .assignee
            .and_then(|index| self.staff.get(index).copied());
        Ok(History {
            ticket,
            entries,
            assignee,
        })
    }

    fn entry(
        &self,
        ticket: &mut Ticket,
        users: &[ClientUserId],
        plan: EntryPlan,
    ) -> Result<Entry, String> {
        let (client, staff) = match plan.author {
            Author::Client(index) => (users.get(index).copied(), None),
            Author::Staff(index) => (None, self.staff.get(index).copied()),
        };
        let from = ticket.status;
        if let Some(step) = step(plan.kind, client.is_some()) {
            let illegal = || {
                format!(
                    "the demo's ticket {:?} makes an illegal move",
                    ticket.subject
                )
            };
            ticket.status = from.after(step).ok_or_else(illegal)?;
            ticket.changed_at = plan.at;
        }
        match ticket.status {
            to if to == from => {}
            Status::Resolved => ticket.resolved_at = Some(plan.at),
            Status::Closed => ticket.closed_at = Some(plan.at),
            _ => ticket.resolved_at = None,
        }
        let moved = (from != ticket.status).then_some((from, ticket.status));
        Ok(Entry {
            id: EntryId::fresh(plan.at, self.entropy),
            workspace_id: ticket.workspace_id,
            company_id: ticket.company_id,
            ticket_id: ticket.id,
            kind: match plan.kind {
                EntryKind::Reply | EntryKind::Note => tickets::EntryKind::Message,
                EntryKind::StartWork | EntryKind::Wait | EntryKind::Accept => {
                    tickets::EntryKind::Status
                }
                EntryKind::Resolution => tickets::EntryKind::Resolution,
                EntryKind::Reject => tickets::EntryKind::Rejection,
            },
            flag: if plan.kind == EntryKind::Note {
                Flag::InternalOnly
            } else {
                Flag::ClientVisible
            },
            client_user_id: client,
            staff_user_id: staff,
            body: plan.body,
            from_status: moved.map(|(from, _)| from),
            to_status: moved.map(|(_, to)| to),
            created_at: plan.at,
            edited_at: None,
        })
    }

    /// Writes what was gathered, numbered in the order of opening.
    async fn write(&mut self) -> Result<(), Box<dyn Error>> {
        let mut histories = std::mem::take(&mut self.histories);
        histories.sort_by_key(|history| (history.ticket.opened_at, history.ticket.id));
        let tx = self.work.begin().await?;
        let companies = std::mem::take(&mut self.companies);
        let customers: Vec<_> = companies
            .iter()
            .map(|company| (company.id, company.name.clone()))
            .collect();
        identity::provision::companies(&tx, companies).await?;
        identity::provision::client_users(&tx, std::mem::take(&mut self.users)).await?;
        let count = u32::try_from(histories.len())?;
        if count > 0 {
            let first = tickets::provision::next_numbers(&tx, self.workspace, count).await?;
            for (history, number) in histories.iter_mut().zip(first..) {
                history.ticket.number = number;
            }
        }
        let promised = self
            .promised
            .as_mut()
            .ok_or("the workspace was not founded")?;
        promised.agree(&tx, self.entropy, &customers).await?;
        for history in &histories {
            promised.triage(history.ticket.id);
        }
        let written = histories.clone();
        tickets::provision::unsearchable_histories(&tx, written, &promised.promises).await?;
        enclose(self.files, &tx, &histories).await?;
        name_colleagues(&tx, &histories).await?;
        desk::furnish(&tx, self.workspace, self.founded, &customers, &histories).await?;
        let participants = std::mem::take(&mut self.participants);
        tickets::provision::participants(&tx, participants).await?;
        Ok(tx.commit().await?)
    }
}

/// Who takes part besides the requester, and as what.
fn parts(plan: &TicketPlan) -> Vec<(usize, Role)> {
    let opener = plan.raised_by.map(|index| (index, Role::Opener));
    let named = plan.participants.iter();
    let named = named.map(|index| (*index, Role::Participant));
    opener.into_iter().chain(named).collect()
}

/// Somebody who takes part from the start; an opener named themselves, the requester the others.
fn participant(
    ticket: &Ticket,
    users: &[ClientUserId],
    index: usize,
    role: Role,
) -> Option<Participant> {
    let user = users.get(index).copied()?;
    Some(Participant {
        ticket_id: ticket.id,
        client_user_id: user,
        workspace_id: ticket.workspace_id,
        company_id: ticket.company_id,
        role,
        added_by_client: match role {
            Role::Opener => Some(user),
            Role::Participant => ticket.requester_id,
        },
        added_by_staff: None,
        added_at: ticket.opened_at,
    })
}

fn step(kind: EntryKind, client: bool) -> Option<Move> {
    match kind {
        EntryKind::Reply if client => Some(Move::ClientReply),
        EntryKind::Reply => Some(Move::StaffReply),
        EntryKind::Note => None,
        EntryKind::StartWork => Some(Move::Start),
        EntryKind::Wait => Some(Move::Wait),
        EntryKind::Resolution => Some(Move::Resolve),
        EntryKind::Accept => Some(Move::Accept),
        EntryKind::Reject => Some(Move::Reject),
    }
}

fn role(name: &str) -> StaffRole {
    StaffRole::all()
        .find(|role| role.name() == name)
        .unwrap_or(StaffRole::Member)
}
