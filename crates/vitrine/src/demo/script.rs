//! How the invented content of a trade is written down: constants that [`super::story`] plays.
//!
//! Texts hold placeholders, filled by [`super::fill`]:
//! `{printer}` is drawn from a pool (from `printer@hotel` in a house with that tag, if there is one), `{n:4-18}` is a number, `{kind:red|green}` one of the options,
//! and `{:one|other}` the same without a name. A named value stays the same throughout a ticket.

use tickets::Status;
use visibility::Sharing;

/// The languages of the demo world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lang {
    /// English.
    En,
    /// French.
    Fr,
    /// German.
    De,
}

impl Lang {
    /// The language tag: `en`, `fr` or `de`.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::De => "de",
        }
    }
}

/// Words to choose from for a placeholder.
pub(super) type Pool = (&'static str, &'static [&'static str]);

/// One service company: a workspace.
#[derive(Debug)]
pub(super) struct Trade {
    /// The workspace's slug.
    pub(super) slug: &'static str,
    /// The company's name.
    pub(super) name: &'static str,
    /// Language of the workspace.
    pub(super) lang: Lang,
    /// IANA name.
    pub(super) time_zone: &'static str,
    /// ISO 4217 code.
    pub(super) currency: &'static str,
    /// Key and name.
    pub(super) categories: &'static [(&'static str, &'static str)],
    /// What it calls statuses itself, in English, French and German.
    pub(super) labels: &'static [(Status, [&'static str; 3])],
    /// At least one owner.
    pub(super) staff: &'static [Colleague],
    /// The customers of the base world.
    pub(super) houses: &'static [House],
    /// What clients ask.
    pub(super) scenes: &'static [Scene],
    /// What the staff open themselves.
    pub(super) internal: &'static [Scene],
    /// Notes that may follow the end of a ticket.
    pub(super) afterthoughts: &'static [&'static str],
    /// The words of the trade.
    pub(super) pools: &'static [Pool],
}

/// Someone on the staff.
#[derive(Debug)]
pub(super) struct Colleague {
    /// The part before `@{slug}.example`.
    pub(super) local: &'static str,
    /// First and last name.
    pub(super) name: &'static str,
    /// `owner`, `admin`, `manager` or `member`.
    pub(super) role: &'static str,
    /// Which tickets they take.
    pub(super) langs: &'static [Lang],
    /// The categories they keep to; empty for all.
    pub(super) only: &'static [&'static str],
    /// How many of them, compared with the others.
    pub(super) load: usize,
}

/// A customer of the base world, and the model for the invented ones beyond it.
#[derive(Debug)]
pub(super) struct House {
    /// As shown.
    pub(super) name: &'static str,
    /// A private customer.
    pub(super) is_person: bool,
    /// How far its members see.
    pub(super) sharing: Sharing,
    /// Which of the scenes with `only` fit.
    pub(super) tag: &'static str,
    /// Their people.
    pub(super) people: &'static [Person],
    /// How many tickets.
    pub(super) tickets: i64,
    /// Names of further companies like this one; `*` stands for an invented family name.
    pub(super) kin: &'static [&'static str],
}

/// A client user of the base world.
#[derive(Debug)]
pub(super) struct Person {
    /// Under `.example`.
    pub(super) email: &'static str,
    /// First and last name.
    pub(super) name: &'static str,
    /// Admin of the company.
    pub(super) admin: bool,
    /// The language in which they write.
    pub(super) lang: Lang,
}

/// The script of one ticket.
#[derive(Debug)]
pub(super) struct Scene {
    /// The language of the client.
    pub(super) lang: Lang,
    /// A category key of the trade.
    pub(super) category: &'static str,
    /// The tags of the houses where it can happen; empty for all.
    pub(super) only: &'static [&'static str],
    /// One of them becomes the subject.
    pub(super) subjects: &'static [&'static str],
    /// What the requester writes.
    pub(super) description: &'static str,
    /// What happens then, in order.
    pub(super) beats: &'static [Beat],
}

/// One step of a scene.
#[derive(Debug, Clone, Copy)]
pub(super) enum Beat {
    /// The requester writes.
    Client(&'static str),
    /// The assignee writes to the requester.
    Staff(&'static str),
    /// The assignee writes a note for the staff.
    Note(&'static str),
    /// A superior writes a note for the staff.
    Boss(&'static str),
    /// The assignee starts work.
    Start,
    /// The assignee waits for the requester.
    Wait,
    /// The assignee proposes a resolution.
    Fix(&'static str),
    /// Now and then the requester rejects the resolution (first text), and gets another (second).
    Again(&'static str, &'static str),
}
