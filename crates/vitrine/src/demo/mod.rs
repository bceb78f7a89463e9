//! The invented content of the demo world: three service companies, their customers and tickets.
//!
//! Everything follows from a seed and a moment: no wall clock, no other source of chance. `scale`
//! multiplies the customers, and a larger world contains the smaller one unchanged. Customers are
//! built one at a time, so that a large world never has to fit into memory.
//!
//! - [`plan`]: the result, plain data
//! - [`script`]: how content is written down; `meridian`, `ember` and `atelier` hold the texts
//! - `story` plays a scene into a ticket, `company` draws the scenes of one customer
//! - `newcomers`: who is invited, or asks to be let in
//! - `desk`: what the teams have set up, and what customers have
//! - `promises`: what was promised to which customers
//! - `sharing`: who is named on tickets, and who raised them for a colleague
//! - `enclosures`: the files that come with some tickets
//! - `fill`, `hours`, `names`, `dice`: words, working hours, invented people, chance

mod atelier;
mod company;
mod desk;
mod dice;
mod ember;
mod enclosures;
mod fill;
mod forms;
mod greeting;
mod habits;
mod hours;
mod load;
mod meridian;
mod names;
mod newcomers;
pub(crate) mod plan;
mod promises;
mod script;
mod sharing;
mod story;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use tickets::Status;

use self::plan::{CategoryPlan, CompanyPlan, StaffPlan};
use self::script::Trade;
pub(crate) use self::{greeting::greet, load::load};

/// A workspace without its customers, which [`WorkspacePlan::companies`] builds one by one.
#[derive(Debug)]
pub(crate) struct WorkspacePlan {
    /// `meridian`, `ember` or `atelier`.
    pub(crate) slug: &'static str,
    /// The name of the service company.
    pub(crate) name: &'static str,
    /// `en`, `fr` or `de`.
    pub(crate) locale: &'static str,
    /// IANA name.
    pub(crate) time_zone: &'static str,
    /// ISO 4217 code.
    pub(crate) currency: &'static str,
    /// One of them has the key `general`.
    pub(crate) categories: Vec<CategoryPlan>,
    /// What it calls statuses itself, in English, French and German.
    pub(crate) labels: &'static [(Status, [&'static str; 3])],
    /// The owner first; tickets refer to them by index.
    pub(crate) staff: Vec<StaffPlan>,
    trade: &'static Trade,
    seed: u64,
    now: DateTime<Utc>,
    scale: usize,
}

/// The three workspaces of the world at `now`; `scale` 1 has about 400 tickets in all.
pub(crate) fn world(
    seed: u64,
    now: DateTime<Utc>,
    scale: u32,
) -> impl Iterator<Item = WorkspacePlan> {
    let scale = usize::try_from(scale).unwrap_or(usize::MAX).max(1);
    let trades = [&meridian::TRADE, &ember::TRADE, &atelier::TRADE];
    trades
        .into_iter()
        .map(move |trade| WorkspacePlan::new(trade, seed, now, scale))
}

impl WorkspacePlan {
    fn new(trade: &'static Trade, seed: u64, now: DateTime<Utc>, scale: usize) -> Self {
        let categories = trade
            .categories
            .iter()
            .map(|&(key, name)| CategoryPlan { key, name });
        let staff = trade.staff.iter().map(|one| StaffPlan {
            email: format!("{}@{}.example", one.local, trade.slug),
            name: one.name.to_owned(),
            role: one.role,
        });
        Self {
            slug: trade.slug,
            name: trade.name,
            locale: trade.lang.tag(),
            time_zone: trade.time_zone,
            currency: trade.currency,
            categories: categories.collect(),
            labels: trade.labels,
            staff: staff.collect(),
            trade,
            seed,
            now,
            scale,
        }
    }

    /// The customers with their users and tickets, those of the base world first; the length is
    /// known beforehand, for a progress bar.
    pub(crate) fn companies(&self) -> impl ExactSizeIterator<Item = CompanyPlan> + use<> {
        let (trade, seed, now) = (self.trade, self.seed, self.now);
        let count = trade.houses.len().saturating_mul(self.scale);
        (0..count).map(move |index| company::company(trade, seed, now, index))
    }
}
