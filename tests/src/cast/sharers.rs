//! The companies of `glass` that share by name and member by member.
//!
//! Dogwood (own and shared by name): dora is its admin, dan and dina are
//! members; a ticket of dan's is shared with dina. Elm (chosen per member): elsa
//! is its admin; emil reaches his own, ella what is shared with her, erik the
//! company; a ticket of emil's is shared with ella, and emil raised one for her.

use kernel::{ClientUserId, CompanyId, WorkspaceId};
use tickets::{
    Participant, Role, Ticket, TicketId,
    provision::{self, History},
};
use visibility::{Access, Reach, Sharing};

use super::Builder;

/// Who lives there, by id.
#[derive(Clone, Debug)]
pub struct Sharers {
    /// The company whose members see their own and what is shared with them.
    pub dogwood: CompanyId,
    /// `dora@dogwood.example`, the admin
    pub dora: ClientUserId,
    /// `dan@dogwood.example`
    pub dan: ClientUserId,
    /// `dina@dogwood.example`
    pub dina: ClientUserId,
    /// A ticket of dan's that is shared with dina.
    pub dans: TicketId,
    /// Another ticket of dan's.
    pub dans_own: TicketId,
    /// The company that chooses for each member.
    pub elm: CompanyId,
    /// `elsa@elm.example`, the admin
    pub elsa: ClientUserId,
    /// `emil@elm.example`, who sees his own
    pub emil: ClientUserId,
    /// `ella@elm.example`, who sees her own and what is shared with her
    pub ella: ClientUserId,
    /// `erik@elm.example`, who sees all
    pub erik: ClientUserId,
    /// A ticket of emil's that is shared with ella.
    pub emils: TicketId,
    /// A ticket of ella's, which emil raised for her.
    pub ellas: TicketId,
    /// A ticket of erik's.
    pub eriks: TicketId,
}

/// What is to be written behind the rest of the cast.
pub(super) struct Shared {
    tickets: Vec<Ticket>,
    participants: Vec<Participant>,
}

impl Builder<'_> {
    #[expect(
        clippy::similar_names,
        reason = "people of one company have names with one letter"
    )]
    pub(super) async fn sharers(&self, glass: WorkspaceId) -> (Sharers, Shared) {
        let dogwood = self.company(glass, "Dogwood", Sharing::Shared).await;
        let elm = self.company(glass, "Elm", Sharing::PerMember).await;
        let admin = async |company, email| {
            let new = self.new_user((glass, company), email, Access::Admin);
            self.add_user(new).await
        };
        let member = async |company, email, reach| {
            let mut new = self.new_user((glass, company), email, Access::Member);
            new.reach = reach;
            self.add_user(new).await
        };
        let dora = admin(dogwood, "dora@dogwood.example").await;
        let dan = member(dogwood, "dan@dogwood.example", None).await;
        let dina = member(dogwood, "dina@dogwood.example", None).await;
        let elsa = admin(elm, "elsa@elm.example").await;
        let emil = member(elm, "emil@elm.example", None).await;
        let ella = member(elm, "ella@elm.example", Some(Reach::Shared)).await;
        let erik = member(elm, "erik@elm.example", Some(Reach::Company)).await;

        // Older than all others, so that they stand at the end of most lists.
        let ticket = |company, by, subject, hours| self.ticket(glass, company, by, subject, hours);
        let dans = ticket(dogwood, dan, "Dan shares this with Dina", -40);
        let dans_own = ticket(dogwood, dan, "Dan shares this with nobody", -39);
        let emils = ticket(elm, emil, "Emil shares this with Ella", -38);
        let ellas = ticket(elm, ella, "Emil raised this for Ella", -37);
        let eriks = ticket(elm, erik, "Erik keeps this", -36);
        let participants = vec![
            part(&dans, dina, Role::Participant, dan),
            part(&emils, ella, Role::Participant, emil),
            part(&ellas, emil, Role::Opener, emil),
        ];
        let sharers = Sharers {
            dogwood,
            dora,
            dan,
            dina,
            dans: dans.id,
            dans_own: dans_own.id,
            elm,
            elsa,
            emil,
            ella,
            erik,
            emils: emils.id,
            ellas: ellas.id,
            eriks: eriks.id,
        };
        let tickets = vec![dans, dans_own, emils, ellas, eriks];
        let shared = Shared {
            tickets,
            participants,
        };
        (sharers, shared)
    }

    /// Writes the tickets, numbered behind those of the others.
    pub(super) async fn share(&self, shared: Shared) {
        let history = |ticket| History {
            ticket,
            entries: Vec::new(),
            assignee: None,
        };
        self.histories(
            shared.tickets.into_iter().map(history).collect(),
            &tickets::provision::Promises::default(),
        )
        .await;
        provision::participants(self.tx, shared.participants)
            .await
            .expect("participants");
    }
}

fn part(ticket: &Ticket, user: ClientUserId, role: Role, by: ClientUserId) -> Participant {
    Participant {
        ticket_id: ticket.id,
        client_user_id: user,
        workspace_id: ticket.workspace_id,
        company_id: ticket.company_id,
        role,
        added_by_client: Some(by),
        added_by_staff: None,
        added_at: ticket.opened_at,
    }
}
