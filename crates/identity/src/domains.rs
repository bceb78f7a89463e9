//! The domains whose mailboxes may ask to join a company (ID-5).

use std::collections::BTreeSet;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::email::is_domain;

/// Domain names, in lower case, stored as a JSON array; empty when nobody may
/// ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Domains(BTreeSet<String>);

/// The most domains that one company lists.
const MAX: usize = 20;

/// Why domains were not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDomains {
    /// One of them is no domain name.
    #[error("one of the domains is no domain name such as example.com")]
    Malformed,
    /// More than a company may list.
    #[error("a company lists {MAX} domains at most")]
    TooMany,
}

impl Domains {
    /// Checks a list of domain names.
    pub fn parse(names: &[String]) -> Result<Self, BadDomains> {
        if names.len() > MAX {
            return Err(BadDomains::TooMany);
        }
        let checked = names.iter().map(|name| {
            let name = name.trim().trim_start_matches('@').to_ascii_lowercase();
            is_domain(&name).then_some(name)
        });
        let checked: Option<BTreeSet<String>> = checked.collect();
        checked.map(Self).ok_or(BadDomains::Malformed)
    }

    /// Whether a mailbox of this domain may ask.
    pub fn contain(&self, domain: &str) -> bool {
        self.0.contains(domain)
    }

    /// The names, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_checked() {
        let parse = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            Domains::parse(&names)
        };
        let domains = parse(&["@Alder.Example", "alder.example"]).expect("domains");
        assert_eq!(domains.iter().collect::<Vec<_>>(), ["alder.example"]);
        // A subdomain is another domain.
        assert!(domains.contain("alder.example") && !domains.contain("x.alder.example"));
        for bad in [
            "",
            "example",
            "a b.example",
            "mia@alder.example",
            "*.example",
            "a\0.example",
        ] {
            assert_eq!(parse(&[bad]), Err(BadDomains::Malformed), "{bad:?}");
        }
        assert_eq!(parse(&["a.example"; 21]), Err(BadDomains::TooMany));
    }
}
