//! Who lives in the world of the tests.
//!
//! Workspace `glass` with the companies Alder (each member sees their own
//! tickets) and Birch (members see all), those that share in other ways
//! (`sharers.rs`), and workspace `other` with a company of the same shape. Whoever is not of Alder must never learn of its tickets.

mod promises;
mod questions;
mod sharers;

use chrono::TimeDelta;
use identity::{
    CompanyKind, Passwords,
    provision::{NewClientUser, NewCompany, NewStaffUser, NewWorkspace},
};
use kernel::{ClientUserId, CompanyId, StaffUserId, WorkspaceId};
use store::{Tx, Work};
use tickets::{
    Category, Entry, EntryId, EntryKind, Status, Ticket, TicketId,
    provision::{self, History, Promises},
};
use visibility::{Access, Flag, Section, Sections, Sharing, StaffRole};

pub use promises::Promised;
pub use sharers::Sharers;

/// How many tickets the workspace `glass` has when the cast has moved in.
pub const TICKETS: i64 = 9;

/// The reference of the `n`th ticket that is opened in `glass` afterwards.
pub fn new_reference(n: i64) -> String {
    format!("TKT-{:04}", TICKETS + n)
}

/// The password of everybody.
pub const PASSWORD: &str = "a-password-for-tests";

/// Who lives in the world, by id.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The workspace that most tests look at.
    pub glass: WorkspaceId,
    /// Another one, which nothing may cross into.
    pub other: WorkspaceId,
    /// A company whose members see their own tickets; ada is its admin, mia
    /// and noah are members, zoe has no sections.
    pub alder: CompanyId,
    /// A company whose members see all its tickets: bea (admin), ben.
    pub birch: CompanyId,
    /// `owner@glass.example`
    pub owner: StaffUserId,
    /// `manager@glass.example`
    pub manager: StaffUserId,
    /// `member@glass.example`, who sees what is assigned to them
    pub member: StaffUserId,
    /// `ada@alder.example`
    pub ada: ClientUserId,
    /// `mia@alder.example`
    pub mia: ClientUserId,
    /// `noah@alder.example`
    pub noah: ClientUserId,
    /// `bea@birch.example`
    pub bea: ClientUserId,
    /// A ticket of mia's with a public reply and an internal note, assigned to member.
    pub mias: TicketId,
    /// The note on it.
    pub note: EntryId,
    /// The reply on it.
    pub reply: EntryId,
    /// A ticket of noah's.
    pub noahs: TicketId,
    /// A ticket of Alder with mia as requester that is internal.
    pub hidden: TicketId,
    /// A ticket of Birch.
    pub beas: TicketId,
    /// A ticket of the other workspace.
    pub others: TicketId,
    /// The companies of `glass` that share by name, and member by member.
    pub sharers: Sharers,
    /// What was promised in `glass`.
    pub promised: Promised,
}

/// Writes the cast.
pub async fn move_in(work: &Work<'_>, passwords: &Passwords) -> Cast {
    let tx = work.begin().await.expect("a transaction");
    let hash = passwords.hash(PASSWORD, work.entropy);
    let builder = Builder {
        work,
        tx: &tx,
        hash,
    };
    let cast = builder.everybody().await;
    tx.commit().await.expect("committed");
    cast
}

struct Builder<'a> {
    work: &'a Work<'a>,
    tx: &'a Tx,
    hash: String,
}

impl Builder<'_> {
    #[expect(
        clippy::too_many_lines,
        reason = "the cast in one place, as it moves in"
    )]
    async fn everybody(&self) -> Cast {
        let glass = self.workspace("glass").await;
        let other = self.workspace("other").await;
        let alder = self.company(glass, "Alder", Sharing::Own).await;
        let birch = self.company(glass, "Birch", Sharing::Company).await;
        let cedar = self.company(other, "Cedar", Sharing::Company).await;
        let owner = self
            .staff(glass, "owner@glass.example", StaffRole::Owner)
            .await;
        let manager = self
            .staff(glass, "manager@glass.example", StaffRole::Manager)
            .await;
        let member = self
            .staff(glass, "member@glass.example", StaffRole::Member)
            .await;
        self.staff(glass, "admin@glass.example", StaffRole::Admin)
            .await;
        let stranger = self
            .staff(other, "owner@other.example", StaffRole::Owner)
            .await;
        let ada = self
            .user(
                (glass, alder),
                "ada@alder.example",
                Access::Admin,
                Sections::all(),
            )
            .await;
        let mia = self
            .user(
                (glass, alder),
                "mia@alder.example",
                Access::Member,
                Sections::all(),
            )
            .await;
        let noah = self
            .user(
                (glass, alder),
                "noah@alder.example",
                Access::Member,
                Sections::all(),
            )
            .await;
        let only_jobs = Sections::from_iter([Section::Jobs]);
        self.user(
            (glass, alder),
            "zoe@alder.example",
            Access::Member,
            only_jobs,
        )
        .await;
        let bea = self
            .user(
                (glass, birch),
                "bea@birch.example",
                Access::Admin,
                Sections::all(),
            )
            .await;
        self.user(
            (glass, birch),
            "ben@birch.example",
            Access::Member,
            Sections::all(),
        )
        .await;
        let carl = self
            .user(
                (other, cedar),
                "carl@cedar.example",
                Access::Admin,
                Sections::all(),
            )
            .await;

        let (promised, counted_by) = self.promise(glass, birch).await;
        self.ask(glass, owner).await;
        let (sharers, shared) = self.sharers(glass).await;
        let mut mias = self.ticket(glass, alder, mia, "The printer on floor 2 is silent", -9);
        let reply = message(
            &mias,
            -8,
            Flag::ClientVisible,
            owner,
            "We are looking into it.",
            self.work,
        );
        let note = message(
            &mias,
            -7,
            Flag::InternalOnly,
            owner,
            "CANARY: they have not paid since March.",
            self.work,
        );
        mias.status = Status::InProgress;
        mias.changed_at = reply.created_at;
        let noahs = self.ticket(glass, alder, noah, "A new laptop for the new colleague", -6);
        let mut hidden = self.ticket(glass, alder, mia, "CANARY: renewal at risk", -5);
        hidden.flag = Flag::InternalOnly;
        let beas = self.ticket(glass, birch, bea, "Birch wants a second line", -4);
        let others = self.ticket(other, cedar, carl, "Cedar's own affair", -3);
        let cast = Cast {
            glass,
            other,
            alder,
            birch,
            owner,
            manager,
            member,
            ada,
            mia,
            noah,
            bea,
            mias: mias.id,
            note: note.id,
            reply: reply.id,
            noahs: noahs.id,
            hidden: hidden.id,
            beas: beas.id,
            others: others.id,
            sharers,
            promised,
        };
        let histories = vec![
            History {
                ticket: mias,
                entries: vec![reply, note],
                assignee: Some(member),
            },
            History {
                ticket: noahs,
                entries: Vec::new(),
                assignee: None,
            },
            History {
                ticket: hidden,
                entries: Vec::new(),
                assignee: Some(manager),
            },
            History {
                ticket: beas,
                entries: Vec::new(),
                assignee: None,
            },
        ];
        self.histories(histories, &counted_by).await;
        let of_the_other = History {
            ticket: others,
            entries: Vec::new(),
            assignee: Some(stranger),
        };
        let nothing = Promises::default();
        self.histories(vec![of_the_other], &nothing).await;
        self.share(shared).await;
        cast
    }

    async fn workspace(&self, slug: &str) -> WorkspaceId {
        let id = WorkspaceId::fresh(self.work.now, self.work.entropy);
        let new = NewWorkspace {
            id,
            slug: slug.to_owned(),
            name: slug.to_uppercase(),
            locale: "en".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            currency: "EUR".to_owned(),
            created_at: self.work.now,
        };
        identity::provision::workspace(self.tx, new)
            .await
            .expect("a workspace");
        let category = |key: &str, position| Category {
            workspace_id: id,
            key: key.to_owned(),
            name: key.to_uppercase(),
            position,
        };
        let categories = vec![category("general", 1), category("hardware", 2)];
        provision::categories(self.tx, categories)
            .await
            .expect("categories");
        id
    }

    async fn company(&self, workspace: WorkspaceId, name: &str, sharing: Sharing) -> CompanyId {
        let id = CompanyId::fresh(self.work.now, self.work.entropy);
        let new = NewCompany {
            id,
            workspace,
            name: name.to_owned(),
            kind: CompanyKind::Organisation,
            sharing,
            created_at: self.work.now,
        };
        identity::provision::companies(self.tx, vec![new])
            .await
            .expect("a company");
        id
    }

    async fn user(
        &self,
        (workspace, company): (WorkspaceId, CompanyId),
        email: &str,
        access: Access,
        sections: Sections,
    ) -> ClientUserId {
        let mut new = self.new_user((workspace, company), email, access);
        new.sections = sections;
        self.add_user(new).await
    }

    fn new_user(
        &self,
        (workspace, company): (WorkspaceId, CompanyId),
        email: &str,
        access: Access,
    ) -> NewClientUser {
        NewClientUser {
            id: ClientUserId::fresh(self.work.now, self.work.entropy),
            workspace,
            company,
            email: email.to_owned(),
            name: name_of(email),
            locale: "en".to_owned(),
            access,
            sections: Sections::all(),
            reach: None,
            password_hash: Some(self.hash.clone()),
            created_at: self.work.now,
        }
    }

    async fn add_user(&self, new: NewClientUser) -> ClientUserId {
        let id = new.id;
        identity::provision::client_users(self.tx, vec![new])
            .await
            .expect("a user");
        id
    }

    async fn staff(&self, workspace: WorkspaceId, email: &str, role: StaffRole) -> StaffUserId {
        let id = StaffUserId::fresh(self.work.now, self.work.entropy);
        let new = NewStaffUser {
            id,
            workspace,
            email: email.to_owned(),
            name: name_of(email),
            locale: "en".to_owned(),
            role,
            password_hash: Some(self.hash.clone()),
            created_at: self.work.now,
        };
        identity::provision::staff_users(self.tx, vec![new])
            .await
            .expect("staff");
        id
    }

    fn ticket(
        &self,
        workspace: WorkspaceId,
        company: CompanyId,
        by: ClientUserId,
        subject: &str,
        hours: i64,
    ) -> Ticket {
        let at = self.work.now + TimeDelta::hours(hours);
        Ticket {
            id: TicketId::fresh(at, self.work.entropy),
            workspace_id: workspace,
            company_id: company,
            number: 0,
            subject: subject.to_owned(),
            description: format!("{subject}. Please help."),
            category: "general".to_owned(),
            status: Status::Open,
            flag: Flag::ClientVisible,
            requester_id: Some(by),
            opened_at: at,
            changed_at: at,
            resolved_at: None,
            closed_at: None,
        }
    }

    async fn histories(&self, mut histories: Vec<History>, promises: &Promises) {
        for history in &mut histories {
            let drawn = provision::next_numbers(self.tx, history.ticket.workspace_id, 1).await;
            history.ticket.number = drawn.expect("a number");
        }
        provision::promised_histories(self.tx, histories, promises)
            .await
            .expect("histories");
    }
}

/// A message of staff.
pub fn message(
    ticket: &Ticket,
    hours: i64,
    flag: Flag,
    by: StaffUserId,
    body: &str,
    work: &Work<'_>,
) -> Entry {
    let at = work.now + TimeDelta::hours(hours);
    Entry {
        id: EntryId::fresh(at, work.entropy),
        workspace_id: ticket.workspace_id,
        company_id: ticket.company_id,
        ticket_id: ticket.id,
        kind: EntryKind::Message,
        flag,
        client_user_id: None,
        staff_user_id: Some(by),
        body: Some(body.to_owned()),
        from_status: None,
        to_status: None,
        created_at: at,
        edited_at: None,
    }
}

/// The part of the address before the at sign, with a capital.
fn name_of(email: &str) -> String {
    let local = email.split('@').next().unwrap_or(email);
    let (first, rest) = local.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
