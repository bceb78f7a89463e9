//! Builds one customer of a trade, on its own and always the same, whatever the size of the world.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use visibility::Sharing;

use super::dice::Dice;
use super::hours::{OFFICE, WAKING};
use super::names;
use super::plan::{CompanyPlan, TicketPlan, UserPlan};
use super::script::{House, Lang, Scene, Trade};
use super::sharing;
use super::story::{self, Cast};

/// The customer number `index` of a trade; those beyond the base world are modelled on its houses.
pub(super) fn company(
    trade: &'static Trade,
    seed: u64,
    now: DateTime<Utc>,
    index: usize,
) -> CompanyPlan {
    let round = index / trade.houses.len();
    let place = index % trade.houses.len();
    let house = &trade.houses[place];
    let mut dice = Dice::of(seed, trade.slug, index);

    let (name, mut users) = if round == 0 {
        (
            house.name.to_owned(),
            house.people.iter().map(known).collect(),
        )
    } else {
        names::newcomer(house, place, round, index, &mut dice)
    };
    sharing::choose(house.sharing, &mut users);
    let spread = if round == 0 { 0 } else { house.tickets / 5 };
    let count = house.tickets + dice.between(-spread, spread);

    let mut writer = Writer {
        trade,
        house,
        now,
        company: &name,
        users: &users,
        dice,
        hat: Vec::new(),
        decks: BTreeMap::new(),
    };
    let mut tickets = writer.tickets(count);
    let mut dice = Dice::of(seed, &format!("{} shares", trade.slug), index);
    sharing::share(house.sharing, &users, &mut tickets, &mut dice);
    CompanyPlan {
        name,
        is_person: house.is_person,
        sharing: house.sharing,
        users,
        tickets,
    }
}

fn known(person: &super::script::Person) -> UserPlan {
    UserPlan {
        email: person.email.to_owned(),
        name: person.name.to_owned(),
        is_admin: person.admin,
        reach: None,
        locale: person.lang.tag(),
    }
}

/// Writes the tickets of one company.
struct Writer<'a> {
    trade: &'static Trade,
    house: &'static House,
    now: DateTime<Utc>,
    company: &'a str,
    users: &'a [UserPlan],
    dice: Dice,
    /// Who writes the next tickets, as indexes into `users`.
    hat: Vec<usize>,
    /// Scenes not yet played, by language; `None` holds the internal ones.
    decks: BTreeMap<Option<Lang>, Vec<&'static Scene>>,
}

impl Writer<'_> {
    fn tickets(&mut self, count: i64) -> Vec<TicketPlan> {
        let mut dates: Vec<_> = (0..count).map(|_| self.opening()).collect();
        dates.sort_unstable();

        let mut seen = BTreeSet::new();
        let mut tickets = Vec::with_capacity(dates.len());
        for opened_at in dates {
            let ticket = self.ticket(opened_at, &seen);
            seen.insert(ticket.subject.clone());
            seen.insert(ticket.description.clone());
            tickets.push(ticket);
        }
        tickets
    }

    /// Within half a year, more often lately.
    fn opening(&mut self) -> DateTime<Utc> {
        const DAY: i64 = 24 * 60;
        let back = if self.dice.chance(22) {
            self.dice.between(5, 10 * DAY)
        } else {
            self.dice
                .between(5, 180 * DAY)
                .min(self.dice.between(5, 180 * DAY))
        };
        let hours = if self.house.is_person { WAKING } else { OFFICE };
        hours.until(self.now - TimeDelta::minutes(back))
    }

    fn ticket(&mut self, opened_at: DateTime<Utc>, seen: &BTreeSet<String>) -> TicketPlan {
        let internal = self.dice.chance(6);
        let requester = if internal {
            None
        } else {
            Some(self.requester())
        };
        let lang = requester.map(|index| self.house.people[index].lang);
        let scene = self.scene(lang);
        let cast = Cast {
            trade: self.trade,
            company: self.company,
            users: self.users,
            requester,
            onlooker: self.onlooker(requester),
            tag: self.house.tag,
            is_person: self.house.is_person,
            opened_at,
            now: self.now,
        };

        // The same scene may come up twice, but not in the same words.
        let mut ticket = story::tell(scene, &cast, &mut self.dice.fork());
        for _ in 0..12 {
            if !seen.contains(&ticket.subject) && !seen.contains(&ticket.description) {
                break;
            }
            ticket = story::tell(scene, &cast, &mut self.dice.fork());
        }
        ticket
    }

    /// Everyone in turn, members more often than admins.
    fn requester(&mut self) -> usize {
        if self.hat.is_empty() {
            let people = self.house.people.iter().enumerate();
            let shares = people.map(|(index, one)| (index, if one.admin { 2 } else { 3 }));
            self.hat
                .extend(shares.flat_map(|(index, share)| std::iter::repeat_n(index, share)));
            self.dice.shuffle(&mut self.hat);
        }
        self.hat.pop().unwrap_or_default()
    }

    /// Someone else who sees the requester's ticket: an admin, or anyone where tickets are shared.
    fn onlooker(&mut self, requester: Option<usize>) -> Option<usize> {
        let shared = self.house.sharing == Sharing::Company;
        let people = self.house.people.iter().enumerate();
        let able = people.filter(|(index, one)| Some(*index) != requester && (one.admin || shared));
        self.dice
            .pick(&able.map(|(index, _)| index).collect::<Vec<_>>())
            .copied()
    }

    /// The next scene of the deck, which is shuffled anew when it runs out.
    fn scene(&mut self, lang: Option<Lang>) -> &'static Scene {
        let deck = self.decks.entry(lang).or_default();
        if deck.is_empty() {
            let fits =
                |scene: &&Scene| scene.only.is_empty() || scene.only.contains(&self.house.tag);
            match lang {
                Some(lang) => deck.extend(
                    self.trade
                        .scenes
                        .iter()
                        .filter(|one| one.lang == lang)
                        .filter(fits),
                ),
                None => deck.extend(self.trade.internal),
            }
            self.dice.shuffle(deck);
        }
        deck.pop().unwrap_or(&self.trade.internal[0])
    }
}
