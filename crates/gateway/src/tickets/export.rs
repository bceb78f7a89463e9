//! Exports of tickets: an address that is good for minutes, and what it streams.
//!
//! The address holds what was asked for, and who asked. On use the viewer is read
//! anew for every page, and each page is the list that the viewer may read at that
//! moment: an export shows nothing that the API would not.

use std::collections::HashMap;

use ::identity::{client_users_by_ids, companies_by_ids, staff_member};
use ::tickets::{
    Desk, Filter, ListError, Order, Position, Ticket, TicketId, assignments, export_page,
};
use async_graphql::{Context, InputType, Object, Result, SimpleObject};
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{Fault, StaffUserId};
use serde::{Deserialize, Serialize};
use visibility::{Cx, Viewer};

use super::{
    input::{TicketFilter, TicketOrder},
    page::distinct,
    query::refused,
    types::{TicketStatus, Visibility},
};
use crate::{
    context::{Asked, Asking},
    csv::{self, Cell},
    refusal::Refusal,
};

/// Bytes of what an address asks for, at most: addresses must stay short.
const MOST: usize = 2_000;

/// The columns that everybody gets.
const COLUMNS: [&str; 9] = [
    "reference",
    "subject",
    "category",
    "status",
    "requester",
    "openedAt",
    "changedAt",
    "resolvedAt",
    "closedAt",
];
/// Those that staff get besides.
const INTERNAL_COLUMNS: [&str; 3] = ["company", "visibility", "assignee"];

/// Where an export can be fetched.
#[derive(SimpleObject)]
pub(crate) struct TicketsExport {
    /// The address, below that of the server. Whoever holds it can fetch the
    /// export for as long as the session that asked is in force.
    url: String,
    /// When the address ends; what has begun by then goes on.
    expires_at: DateTime<Utc>,
}

/// What an address asks for, as the API takes it.
#[derive(Serialize, Deserialize)]
struct Wish {
    filter: serde_json::Value,
    order: serde_json::Value,
}

#[derive(Default)]
pub(crate) struct TicketsExportQuery;

#[Object]
impl TicketsExportQuery {
    /// Tickets as comma-separated values: all that the viewer may see when it is
    /// fetched, in one file. Texts that a spreadsheet would take for a formula
    /// begin with an apostrophe.
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn tickets_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tickets; all of them when absent.")] filter: Option<TicketFilter>,
        #[graphql(desc = "In which order; the newest first when absent.")] order_by: Option<
            TicketOrder,
        >,
    ) -> Result<TicketsExport> {
        let asked = ctx.asked()?;
        let cx = ctx.cx()?;
        let bearer = asked.bearer.as_ref().ok_or(Refusal::Unauthenticated)?;
        let wish = Wish::of(&cx, filter.as_ref(), order_by.as_ref())?;
        let who = (bearer.user, bearer.session);
        let tokens = &asked.services.tokens;
        let (token, expires_at) = tokens.sign_export(asked.realm, who, wish, asked.now);
        Ok(TicketsExport {
            url: format!("{}/exports/{token}", asked.prefix()),
            expires_at,
        })
    }
}

impl Wish {
    /// What is asked for, as text; refused when a list would refuse it.
    fn of(
        cx: &Cx<'_>,
        filter: Option<&TicketFilter>,
        order: Option<&TicketOrder>,
    ) -> Result<String, Refusal> {
        let wish = Self {
            filter: json(filter)?,
            order: json(order)?,
        };
        let (filter, _) = wish.read()?;
        if filter.desk != Desk::default() {
            let staff = cx.viewer.staff();
            staff.map_err(|fault| Refusal::from(&fault))?;
        }
        let text = serde_json::to_string(&wish).map_err(|_| Refusal::Internal)?;
        if text.len() > MOST {
            return Err(Refusal::BadInput {
                message: format!("The `filter` of an export may take {MOST} bytes at most.").into(),
                field: "filter",
            });
        }
        Ok(text)
    }

    fn read(&self) -> Result<(Filter, Order), Refusal> {
        let filter: Option<TicketFilter> = value(&self.filter)?;
        let order: Option<TicketOrder> = value(&self.order)?;
        let filter = filter.unwrap_or_default().check()?;
        let order = order.map(Order::from).unwrap_or_default();
        if filter.words.is_some() && order != Order::default() {
            return Err(refused(ListError::Order));
        }
        Ok((filter, order))
    }
}

fn json<T: InputType>(input: Option<&T>) -> Result<serde_json::Value, Refusal> {
    let value = input.map_or(async_graphql::Value::Null, InputType::to_value);
    value.into_json().map_err(|_| Refusal::Internal)
}

fn value<T: InputType>(json: &serde_json::Value) -> Result<T, Refusal> {
    let value = async_graphql::Value::from_json(json.clone()).map_err(|_| Refusal::Internal)?;
    T::parse(Some(value)).map_err(|_| Refusal::Internal)
}

/// An export under way.
pub(crate) struct Export {
    filter: Filter,
    order: Order,
    /// Where the next page begins; none before the first.
    after: Option<Position>,
    /// Whether the last page was given out.
    over: bool,
}

impl Export {
    /// What the address asked for.
    pub(crate) fn of(wish: &str) -> Result<Self, Refusal> {
        let wish: Wish = serde_json::from_str(wish).map_err(|_| Refusal::Internal)?;
        let (filter, order) = wish.read()?;
        Ok(Self {
            filter,
            order,
            after: None,
            over: false,
        })
    }

    /// Whether there are no more pages.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// The next page, its columns named at the beginning of the first.
    pub(crate) async fn next(&mut self, asked: &Asked) -> Result<String, Refusal> {
        let cx = asked.cx()?;
        let mut csv = String::new();
        if self.after.is_none() {
            csv.push_str(csv::BYTE_ORDER_MARK);
            let internal: &[&str] = match cx.viewer {
                Viewer::Staff(_) => &INTERNAL_COLUMNS,
                Viewer::Client(_) => &[],
            };
            let names = COLUMNS.iter().chain(internal);
            csv::line(&mut csv, names.map(|name| Cell::Own((*name).to_owned())));
        }
        let page = export_page(&cx, &self.filter, self.order, self.after.as_ref()).await;
        let (tickets, next) = page.map_err(refused)?;
        let people = People::of(&cx, &tickets).await;
        let people = people.map_err(|fault| Refusal::from(&fault))?;
        for ticket in &tickets {
            csv::line(&mut csv, people.cells(ticket));
        }
        self.over = next.is_none();
        self.after = next;
        Ok(csv)
    }
}

/// What the tickets of one page name.
struct People {
    requesters: HashMap<kernel::ClientUserId, String>,
    internal: Option<Internals>,
}

/// What only staff are told.
struct Internals {
    companies: HashMap<kernel::CompanyId, String>,
    assignees: HashMap<TicketId, String>,
}

impl People {
    async fn of(cx: &Cx<'_>, tickets: &[Ticket]) -> Result<Self, Fault> {
        let ids = distinct(tickets.iter().filter_map(|ticket| ticket.requester_id));
        let requesters = client_users_by_ids(cx, &ids).await?;
        let internal = match cx.viewer {
            Viewer::Client(_) => None,
            Viewer::Staff(_) => Some(Internals::of(cx, tickets).await?),
        };
        Ok(Self {
            requesters: requesters
                .into_iter()
                .map(|user| (user.id, user.name))
                .collect(),
            internal,
        })
    }

    fn cells(&self, ticket: &Ticket) -> Vec<Cell> {
        let text = |text: Option<&String>| text.cloned().map_or(Cell::Empty, Cell::Text);
        let requester = ticket.requester_id;
        let mut cells = vec![
            Cell::Own(ticket.reference()),
            Cell::Text(ticket.subject.clone()),
            Cell::Text(ticket.category.clone()),
            word(&TicketStatus::from(ticket.status)),
            text(requester.and_then(|id| self.requesters.get(&id))),
            instant(Some(ticket.opened_at)),
            instant(Some(ticket.changed_at)),
            instant(ticket.resolved_at),
            instant(ticket.closed_at),
        ];
        if let Some(internal) = &self.internal {
            cells.extend([
                text(internal.companies.get(&ticket.company_id)),
                word(&Visibility::from(ticket.flag)),
                text(internal.assignees.get(&ticket.id)),
            ]);
        }
        cells
    }
}

impl Internals {
    async fn of(cx: &Cx<'_>, tickets: &[Ticket]) -> Result<Self, Fault> {
        let companies = distinct(tickets.iter().map(|ticket| ticket.company_id));
        let companies = companies_by_ids(cx, &companies).await?;
        let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
        let given = assignments(cx, &ids).await?;
        let people = distinct(given.iter().map(|given| given.assignee));
        let people = staff_member(cx, &people).await?;
        let names: HashMap<StaffUserId, String> = people
            .into_iter()
            .map(|person| (person.id, person.name))
            .collect();
        let assignee = |given: ::tickets::Assignment| {
            let name = names.get(&given.assignee)?;
            Some((given.ticket, name.clone()))
        };
        Ok(Self {
            companies: companies
                .into_iter()
                .map(|company| (company.id, company.name))
                .collect(),
            assignees: given.into_iter().filter_map(assignee).collect(),
        })
    }
}

/// A word of an enumeration, as the API spells it.
fn word<T: InputType>(one: &T) -> Cell {
    match one.to_value() {
        async_graphql::Value::Enum(name) => Cell::Own(name.to_string()),
        _ => Cell::Empty,
    }
}

fn instant(at: Option<DateTime<Utc>>) -> Cell {
    let text = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    at.map_or(Cell::Empty, |at| Cell::Own(text(at)))
}
