//! Plays a scene: turns the script of a ticket into what happened, up to `now`.

use chrono::{DateTime, TimeDelta, Utc};

use super::dice::Dice;
use super::fill::Filler;
use super::hours::{Hours, OFFICE, WAKING};
use super::plan::{Author, EntryKind, EntryPlan, Status, TicketPlan, UserPlan};
use super::script::{Beat, Lang, Scene, Trade};

/// Who takes part in a ticket, and when it begins.
#[derive(Debug)]
pub(super) struct Cast<'a> {
    /// The service company.
    pub(super) trade: &'static Trade,
    /// The customer's name.
    pub(super) company: &'a str,
    /// The customer's people.
    pub(super) users: &'a [UserPlan],
    /// Index into `users`; `None` for an internal ticket.
    pub(super) requester: Option<usize>,
    /// Another one who sees the ticket and may ask about it.
    pub(super) onlooker: Option<usize>,
    /// The tag of the customer's house.
    pub(super) tag: &'static str,
    /// A private customer, who writes in the evening too.
    pub(super) is_person: bool,
    /// When the ticket is opened.
    pub(super) opened_at: DateTime<Utc>,
    /// Nothing happens after it.
    pub(super) now: DateTime<Utc>,
}

/// Plays the scene with this cast.
pub(super) fn tell(scene: &Scene, cast: &Cast<'_>, dice: &mut Dice) -> TicketPlan {
    let crew = Crew::draw(cast.trade, scene, dice);
    let mut filler = Filler::new(scene.lang, cast.trade.pools, cast.tag, dice.fork());
    name_names(&mut filler, cast, &crew);

    let subject = dice
        .pick(scene.subjects)
        .map(|text| filler.fill(text))
        .unwrap_or_default();
    let description = filler.fill(scene.description);
    let mut stage = Stage {
        cast,
        crew,
        filler,
        at: cast.opened_at,
        status: Status::Open,
        entries: Vec::new(),
        dice: dice.fork(),
    };
    // The curtain falls where the next step would be after `now`.
    let _ = stage.play(scene);
    stage.into_ticket(scene, subject, description)
}

/// The members of staff in a ticket, as indexes into the trade's staff.
#[derive(Debug, Clone, Copy)]
struct Crew {
    assignee: usize,
    boss: usize,
    /// Neither of the two: someone to talk about.
    peer: usize,
}

impl Crew {
    fn draw(trade: &Trade, scene: &Scene, dice: &mut Dice) -> Self {
        let staff = || trade.staff.iter().enumerate();
        let able = staff().filter(|(_, one)| {
            let fits = one.only.is_empty() || one.only.contains(&scene.category);
            fits && one.langs.contains(&scene.lang)
        });
        let hat: Vec<_> = able
            .flat_map(|(index, one)| std::iter::repeat_n(index, one.load))
            .collect();
        let assignee = dice.pick(&hat).copied().unwrap_or_default();

        let above =
            |(index, role): (usize, &str)| index != assignee && matches!(role, "owner" | "manager");
        let bosses: Vec<_> = staff()
            .map(|(i, one)| (i, one.role))
            .filter(|&one| above(one))
            .collect();
        let boss = dice.pick(&bosses).map_or(0, |&(index, _)| index);

        let peers: Vec<_> = staff()
            .filter(|(index, one)| {
                ![assignee, boss].contains(index) && one.only.is_empty() && one.role != "owner"
            })
            .map(|(index, _)| index)
            .collect();
        let peer = dice.pick(&peers).copied().unwrap_or_default();
        Self {
            assignee,
            boss,
            peer,
        }
    }
}

fn name_names(filler: &mut Filler, cast: &Cast<'_>, crew: &Crew) {
    let staff = |index: usize| cast.trade.staff.get(index).map_or("", |one| one.name);
    filler.set("agent", first(staff(crew.assignee)));
    filler.set("boss", first(staff(crew.boss)));
    filler.set("peer", first(staff(crew.peer)));
    filler.set("company", cast.company);
    if let Some(admin) = cast.users.iter().find(|user| user.is_admin) {
        filler.set("contact", &admin.name);
    }
    if let Some(user) = cast.requester.and_then(|index| cast.users.get(index)) {
        filler.set("first", first(&user.name));
        filler.set("full", &user.name);
    }
}

fn first(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(first, _)| first)
}

/// A ticket while it is being played. Steps answer `None` once `now` is reached.
struct Stage<'a> {
    cast: &'a Cast<'a>,
    crew: Crew,
    filler: Filler,
    at: DateTime<Utc>,
    status: Status,
    entries: Vec<EntryPlan>,
    dice: Dice,
}

impl Stage<'_> {
    fn play(&mut self, scene: &Scene) -> Option<()> {
        let beats = self.steps(scene.beats);
        if beats > 0 {
            self.impatience(scene.lang)?;
        }
        for beat in scene.beats.iter().take(beats) {
            self.step(*beat)?;
        }
        if beats < scene.beats.len() || self.cast.requester.is_none() {
            return Some(());
        }
        self.verdict(scene.lang)
    }

    /// How far the scene goes: recent tickets are often unfinished, old ones hardly ever, and then
    /// because the client never answered.
    fn steps(&mut self, beats: &[Beat]) -> usize {
        let all = beats.len();
        let (odds, least) = match (self.cast.now - self.cast.opened_at).num_days() {
            0..=4 => (65, 0),
            5..=14 => (50, 1),
            15..=40 => (25, 1),
            _ => (3, all),
        };
        if !self.dice.chance(odds) {
            return all;
        }
        if least == 0 && self.dice.chance(35) {
            return 0;
        }
        let wait = beats.iter().position(|beat| matches!(beat, Beat::Wait));
        match wait {
            Some(wait) if least == all || self.dice.chance(45) => wait + 1,
            _ => least.min(all) + self.dice.below(all - least.min(all)),
        }
    }

    /// Some clients, or their colleagues, ask before anyone has answered.
    fn impatience(&mut self, lang: Lang) -> Option<()> {
        if self.cast.requester.is_none() || !self.dice.chance(9) {
            return Some(());
        }
        let (who, texts) = match self.cast.onlooker {
            Some(onlooker) if self.dice.chance(40) => (Some(onlooker), ask_too(lang)),
            _ => (self.cast.requester, ask_again(lang)),
        };
        let text = self.dice.pick(texts).copied();
        self.client(who, EntryKind::Reply, text, (180, 1500))
    }

    fn step(&mut self, beat: Beat) -> Option<()> {
        let me = self.crew.assignee;
        let requester = self.cast.requester;
        let first = if self.entries.is_empty() {
            (6, 260)
        } else {
            (25, 900)
        };
        match beat {
            Beat::Client(text) => self.client(requester, EntryKind::Reply, Some(text), (12, 900)),
            Beat::Staff(text) => self.staff(me, EntryKind::Reply, Some(text), first),
            Beat::Note(text) => self.staff(me, EntryKind::Note, Some(text), (4, 140)),
            Beat::Boss(text) => self.staff(self.crew.boss, EntryKind::Note, Some(text), (8, 400)),
            Beat::Start => self.staff(me, EntryKind::StartWork, None, first),
            Beat::Wait => self.staff(me, EntryKind::Wait, None, (1, 3)),
            Beat::Fix(text) => self.staff(me, EntryKind::Resolution, Some(text), (50, 2400)),
            Beat::Again(reason, text) => {
                if !self.dice.chance(45) {
                    return Some(());
                }
                self.client(requester, EntryKind::Reject, Some(reason), (90, 3000))?;
                self.staff(me, EntryKind::StartWork, None, (10, 200))?;
                self.staff(me, EntryKind::Resolution, Some(text), (60, 1800))
            }
        }
    }

    /// After the last resolution: thanks, acceptance, and sometimes a note for the books.
    fn verdict(&mut self, lang: Lang) -> Option<()> {
        let requester = self.cast.requester;
        if self.dice.chance(30) {
            let text = self.dice.pick(thanks(lang)).copied();
            self.client(requester, EntryKind::Reply, text, (20, 1400))?;
        }
        let age = self.cast.now - self.cast.opened_at;
        if !self.dice.chance(if age.num_days() > 40 { 96 } else { 78 }) {
            return Some(());
        }
        self.client(requester, EntryKind::Accept, None, (2, 2600))?;
        if !self.dice.chance(12) {
            return Some(());
        }
        let text = self.dice.pick(self.cast.trade.afterthoughts).copied();
        self.staff(self.crew.assignee, EntryKind::Note, text, (30, 3000))
    }

    fn client(
        &mut self,
        who: Option<usize>,
        kind: EntryKind,
        text: Option<&str>,
        wait: (i64, i64),
    ) -> Option<()> {
        let hours = if self.cast.is_person { WAKING } else { OFFICE };
        self.enter(Author::Client(who?), kind, text, wait, hours)
    }

    fn staff(
        &mut self,
        who: usize,
        kind: EntryKind,
        text: Option<&str>,
        wait: (i64, i64),
    ) -> Option<()> {
        self.enter(Author::Staff(who), kind, text, wait, OFFICE)
    }

    /// Adds an entry `wait` minutes later; one that the workflow does not allow is left out.
    fn enter(
        &mut self,
        author: Author,
        kind: EntryKind,
        text: Option<&str>,
        (low, high): (i64, i64),
        hours: Hours,
    ) -> Option<()> {
        let Some(status) = self.status.after(author, kind) else {
            return Some(());
        };
        // The smaller of two draws: most answers are quick.
        let wait = self
            .dice
            .between(low, high)
            .min(self.dice.between(low, high));
        let seconds = self.dice.between(0, 59);
        let at = hours.from(self.at + TimeDelta::minutes(wait)) + TimeDelta::seconds(seconds);
        if at > self.cast.now {
            return None;
        }
        let body = text.map(|text| self.filler.fill(text));
        self.entries.push(EntryPlan {
            at,
            author,
            kind,
            body,
        });
        self.at = at;
        self.status = status;
        Some(())
    }

    fn into_ticket(mut self, scene: &Scene, subject: String, description: String) -> TicketPlan {
        let worked_on = self
            .entries
            .iter()
            .any(|entry| matches!(entry.author, Author::Staff(_)));
        let assigned = worked_on || self.dice.chance(35);
        TicketPlan {
            subject,
            description,
            category_key: scene.category,
            internal: self.cast.requester.is_none(),
            requester: self.cast.requester,
            participants: Vec::new(),
            raised_by: None,
            opened_by: self
                .cast
                .requester
                .map_or(Author::Staff(self.crew.boss), Author::Client),
            opened_at: self.cast.opened_at,
            assignee: assigned.then_some(self.crew.assignee),
            entries: self.entries,
            status: self.status,
        }
    }
}

fn ask_again(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "Is there any news on this?",
            "Just asking where this stands, it is getting a little urgent here.",
            "Hello, could someone tell me when I can expect an answer?",
            "Sorry to insist, but people here keep asking me about it.",
        ],
        Lang::Fr => &[
            "Avez-vous du nouveau ?",
            "Je me permets de relancer, cela devient un peu urgent.",
            "Pourriez-vous me dire quand nous aurons une réponse ?",
        ],
        Lang::De => &[
            "Gibt es schon etwas Neues?",
            "Ich wollte kurz nachfragen, es wird langsam dringend.",
            "Können Sie mir sagen, wann ich mit einer Antwort rechnen kann?",
        ],
    }
}

fn ask_too(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "Same question from me. You may also ring me while {first} is in a meeting.",
            "I am standing in for {first} this afternoon, please keep me informed as well.",
        ],
        Lang::Fr => &[
            "Je remplace {first} cet après-midi, merci de me tenir au courant aussi.",
            "Même question de ma part, merci.",
        ],
        Lang::De => &[
            "Ich vertrete {first} heute Nachmittag, bitte halten Sie auch mich auf dem Laufenden.",
            "Das würde mich auch interessieren. Danke!",
        ],
    }
}

fn thanks(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "Perfect, thank you!",
            "All good now, thank you for the quick help.",
            "Confirmed from our side. Thanks to {agent}!",
            "Thank you, that was fast.",
        ],
        Lang::Fr => &[
            "Parfait, merci beaucoup !",
            "Tout est en ordre, merci pour votre rapidité.",
            "Merci à {agent}, c'est impeccable.",
        ],
        Lang::De => &[
            "Perfekt, vielen Dank!",
            "Alles in Ordnung, danke für die schnelle Hilfe.",
            "Passt, Dank an {agent}!",
        ],
    }
}
