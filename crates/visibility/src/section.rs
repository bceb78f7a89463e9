//! The parts of the portal that a client user may open (CT-2).

use std::collections::BTreeSet;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A part of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Tickets.
    Tickets,
    /// Jobs and visits.
    Jobs,
    /// Contracts, estimates and invoices.
    Invoices,
    /// Projects.
    Projects,
    /// Shared documents.
    Documents,
    /// Messages outside tickets.
    Messages,
}

/// The sections that one user may open, stored as a JSON array of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Sections(BTreeSet<Section>);

impl Sections {
    /// Every section.
    pub fn all() -> Self {
        use Section::{Documents, Invoices, Jobs, Messages, Projects, Tickets};
        Self(BTreeSet::from([
            Tickets, Jobs, Invoices, Projects, Documents, Messages,
        ]))
    }

    /// The sections, in the order of the portal.
    pub fn iter(&self) -> impl Iterator<Item = Section> {
        self.0.iter().copied()
    }

    /// Whether the section is among them.
    pub fn contains(&self, section: Section) -> bool {
        self.0.contains(&section)
    }
}

impl FromIterator<Section> for Sections {
    fn from_iter<I: IntoIterator<Item = Section>>(sections: I) -> Self {
        Self(sections.into_iter().collect())
    }
}
