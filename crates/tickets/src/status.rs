//! The workflow of a ticket: the one table of what may follow what (TK-6).

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// Waits for staff.
    #[sea_orm(string_value = "open")]
    Open,
    /// Staff are on it.
    #[sea_orm(string_value = "in_progress")]
    InProgress,
    /// Waits for the client.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Staff say it is done; the client accepts or rejects.
    #[sea_orm(string_value = "resolved")]
    Resolved,
    /// Done for good.
    #[sea_orm(string_value = "closed")]
    Closed,
}

/// What somebody does to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Move {
    /// The client writes.
    ClientReply,
    /// Staff write, for the client to read.
    StaffReply,
    /// Staff begin, or go on.
    Start,
    /// Staff need something from the client.
    Wait,
    /// Staff resolve.
    Resolve,
    /// The client accepts the resolution.
    Accept,
    /// The client rejects the resolution.
    Reject,
    /// Staff merge it into another ticket.
    Merge,
    /// The quiet time is over: nobody answered the resolution.
    Rest,
}

impl Status {
    /// Every status, in the order of a ticket's life.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// Where the move leads from here; none when it is illegal here. A reply
    /// to a resolved ticket changes nothing: to reopen it is a decision, which
    /// the client takes by rejecting.
    #[expect(clippy::match_same_arms, reason = "a table: one line a move")]
    pub fn after(self, step: Move) -> Option<Self> {
        use Status::{Closed, InProgress, Open, Resolved, Waiting};
        match (step, self) {
            (Move::ClientReply, Open | Waiting) => Some(Open),
            (Move::ClientReply | Move::StaffReply, InProgress) => Some(InProgress),
            (Move::ClientReply | Move::StaffReply, Resolved) => Some(Resolved),
            (Move::StaffReply, Open) => Some(InProgress),
            (Move::StaffReply, Waiting) => Some(Waiting),
            (Move::Start, Open | Waiting) => Some(InProgress),
            (Move::Wait, Open | InProgress) => Some(Waiting),
            (Move::Resolve, Open | InProgress | Waiting) => Some(Resolved),
            (Move::Accept | Move::Rest, Resolved) => Some(Closed),
            (Move::Reject, Resolved) => Some(Open),
            (Move::Merge, Open | InProgress | Waiting | Resolved) => Some(Closed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as people read it; `-` is an illegal move.
    const TABLE: &str = "\
        ClientReply: Open>Open InProgress>InProgress Waiting>Open Resolved>Resolved Closed>-\n\
        StaffReply: Open>InProgress InProgress>InProgress Waiting>Waiting Resolved>Resolved Closed>-\n\
        Start: Open>InProgress InProgress>- Waiting>InProgress Resolved>- Closed>-\n\
        Wait: Open>Waiting InProgress>Waiting Waiting>- Resolved>- Closed>-\n\
        Resolve: Open>Resolved InProgress>Resolved Waiting>Resolved Resolved>- Closed>-\n\
        Accept: Open>- InProgress>- Waiting>- Resolved>Closed Closed>-\n\
        Reject: Open>- InProgress>- Waiting>- Resolved>Open Closed>-\n\
        Merge: Open>Closed InProgress>Closed Waiting>Closed Resolved>Closed Closed>-\n\
        Rest: Open>- InProgress>- Waiting>- Resolved>Closed Closed>-\n";

    #[test]
    fn the_workflow_is_this_table() {
        let mut table = String::new();
        for step in Move::iter() {
            let cells: Vec<String> = Status::iter()
                .map(|from| match from.after(step) {
                    Some(to) => format!("{from:?}>{to:?}"),
                    None => format!("{from:?}>-"),
                })
                .collect();
            table += &format!("{step:?}: {}\n", cells.join(" "));
        }
        assert_eq!(table, TABLE);
    }
}
