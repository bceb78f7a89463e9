//! The parts of the product that a workspace has switched on (WS-5).

use std::collections::BTreeSet;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{Section, Sections};

/// A part of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Module {
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
    /// The portal itself: without it no client signs in.
    Portal,
}

/// The modules of one workspace, stored as a JSON array of names. What is not
/// among them answers as if it did not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Modules(BTreeSet<Module>);

impl Modules {
    /// Every module.
    pub fn all() -> Self {
        use Module::{Documents, Invoices, Jobs, Portal, Projects, Tickets};
        Self(BTreeSet::from([
            Tickets, Jobs, Invoices, Projects, Documents, Portal,
        ]))
    }

    /// Whether the module is among them.
    pub fn contains(&self, module: Module) -> bool {
        self.0.contains(&module)
    }

    /// The modules, in the order of the product.
    pub fn iter(&self) -> impl Iterator<Item = Module> {
        self.0.iter().copied()
    }

    /// Whether the module that a section of the portal shows is among them.
    pub fn hold(&self, section: Section) -> bool {
        self.contains(match section {
            Section::Tickets => Module::Tickets,
            Section::Jobs => Module::Jobs,
            Section::Invoices => Module::Invoices,
            Section::Projects => Module::Projects,
            Section::Documents => Module::Documents,
            Section::Messages => Module::Portal,
        })
    }

    /// Those of the sections whose module is among them.
    pub fn narrow(&self, sections: &Sections) -> Sections {
        sections
            .iter()
            .filter(|section| self.hold(*section))
            .collect()
    }
}

impl FromIterator<Module> for Modules {
    fn from_iter<I: IntoIterator<Item = Module>>(modules: I) -> Self {
        Self(modules.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_without_its_module_is_closed() {
        let modules = Modules::from_iter([Module::Tickets, Module::Portal]);
        let narrowed = modules.narrow(&Sections::all());
        assert_eq!(
            narrowed,
            Sections::from_iter([Section::Tickets, Section::Messages])
        );
        assert_eq!(Modules::all().narrow(&Sections::all()), Sections::all());
    }
}
