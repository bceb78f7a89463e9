//! Ember Heating & Plumbing: a small firm in Luxembourg for homes and a few organisations.

use tickets::Status;
use visibility::Sharing;

use super::script::Beat::{Again, Boss, Client, Fix, Note, Staff, Start, Wait};
use super::script::Lang::{De, En, Fr};
use super::script::{Colleague, House, Person, Pool, Scene, Trade};

/// The workspace `ember`.
pub(super) static TRADE: Trade = Trade {
    slug: "ember",
    name: "Ember Heating & Plumbing",
    lang: En,
    time_zone: "Europe/Luxembourg",
    currency: "EUR",
    categories: &[
        ("heating", "Heating"),
        ("plumbing", "Plumbing"),
        ("appointment", "Appointments"),
        ("billing", "Billing"),
        ("general", "General"),
    ],
    labels: &[
        (
            Status::Waiting,
            [
                "Appointment to confirm",
                "Rendez-vous à confirmer",
                "Termin zu bestätigen",
            ],
        ),
        (Status::Resolved, ["Repaired", "Réparé", "Repariert"]),
    ],
    staff: STAFF,
    houses: HOUSES,
    scenes: SCENES,
    internal: INTERNAL,
    afterthoughts: &[
        "Material for {mat:8-74} EUR used, not on the work sheet yet.",
        "Work sheet handed in, {q:2-9} quarter hours.",
        "Good payer, nice people. Coffee was offered twice.",
        "Watch this one at the next service, the pipework behind is old.",
        "Journey not charged. {boss} knows.",
    ],
    pools: POOLS,
};

const STAFF: &[Colleague] = &[
    Colleague {
        local: "owner",
        name: "Declan Hayes",
        role: "owner",
        langs: &[En],
        only: &[],
        load: 2,
    },
    Colleague {
        local: "office",
        name: "Nora Schmit",
        role: "admin",
        langs: &[En, Fr, De],
        only: &["appointment", "billing", "general"],
        load: 2,
    },
    Colleague {
        local: "steve",
        name: "Steve Rollins",
        role: "manager",
        langs: &[En],
        only: &[],
        load: 3,
    },
    Colleague {
        local: "paulo",
        name: "Paulo Mendes",
        role: "member",
        langs: &[En, Fr],
        only: &[],
        load: 6,
    },
    Colleague {
        local: "kit",
        name: "Kit Larsson",
        role: "member",
        langs: &[En, De],
        only: &[],
        load: 6,
    },
];

/// A private customer.
macro_rules! home {
    ($email:literal, $name:literal, $lang:ident, $tickets:literal) => {
        House {
            name: $name,
            is_person: true,
            sharing: Sharing::Own,
            tag: "home",
            people: &[Person {
                email: $email,
                name: $name,
                admin: true,
                lang: $lang,
            }],
            tickets: $tickets,
            kin: &[],
        }
    };
}

const HOUSES: &[House] = &[
    home!("alice@home.example", "Alice Kenworthy", En, 5),
    home!("bob@home.example", "Bob Tierney", En, 4),
    House {
        name: "Alzette Housing Association",
        is_person: false,
        sharing: Sharing::Company,
        tag: "housing",
        people: &[
            Person {
                email: "technical@alzette-housing.example",
                name: "Marie-Jo Reuter",
                admin: true,
                lang: En,
            },
            Person {
                email: "c.bauer@alzette-housing.example",
                name: "Christian Bauer",
                admin: false,
                lang: De,
            },
            Person {
                email: "accounts@alzette-housing.example",
                name: "Sean Kirby",
                admin: false,
                lang: En,
            },
        ],
        tickets: 18,
        kin: &[
            "* Housing Association",
            "* Homes",
            "* Property Management",
            "* Court Residents",
            "* Lettings",
        ],
    },
    home!("gwen.park@home.example", "Gwen Parkin", En, 3),
    home!("rashida@home.example", "Rashida Amin", En, 3),
    House {
        name: "Boulangerie Thill",
        is_person: false,
        sharing: Sharing::Company,
        tag: "bakery",
        people: &[
            Person {
                email: "patron@boulangerie-thill.example",
                name: "Gaston Thill",
                admin: true,
                lang: Fr,
            },
            Person {
                email: "shop@boulangerie-thill.example",
                name: "Emily Thill",
                admin: false,
                lang: En,
            },
        ],
        tickets: 12,
        kin: &[
            "Boulangerie *",
            "* Bakery",
            "Pâtisserie *",
            "* Bread & Cakes",
            "Maison *",
        ],
    },
    home!("j.lemaire@home.example", "Josiane Lemaire", Fr, 3),
    home!("uwe.brandes@home.example", "Uwe Brandes", De, 3),
    House {
        name: "Kirchfeld International School",
        is_person: false,
        sharing: Sharing::Company,
        tag: "school",
        people: &[
            Person {
                email: "facilities@kirchfeld-school.example",
                name: "Andrew Mallory",
                admin: true,
                lang: En,
            },
            Person {
                email: "caretaker@kirchfeld-school.example",
                name: "Jos Wagner",
                admin: false,
                lang: En,
            },
        ],
        tickets: 14,
        kin: &[
            "* International School",
            "* Academy",
            "* Primary School",
            "* Nursery",
            "* College",
        ],
    },
    home!("tom.elwood@home.example", "Tom Elwood", En, 3),
    home!("sinead@home.example", "Sinéad Carroll", En, 3),
    home!("h.okonkwo@home.example", "Henry Okonkwo", En, 2),
    home!("pauline.gerard@home.example", "Pauline Gérard", Fr, 3),
    home!("monika.reis@home.example", "Monika Reis", De, 2),
    home!("laura.finch@home.example", "Laura Finch", En, 2),
];

const POOLS: &[Pool] = &[
    (
        "boiler",
        &[
            "ecoTEC plus 24",
            "ecoTEC pro 28",
            "Vitodens 100-W",
            "Vitodens 200-W",
            "Logamax GB172",
            "Greenstar 30i",
            "Thision S Plus",
        ],
    ),
    (
        "chaud",
        &[
            "chaudière ecoTEC plus 24",
            "chaudière Vitodens 100-W",
            "chaudière Logamax GB172",
            "chaudière Thision S Plus",
        ],
    ),
    (
        "kessel",
        &[
            "Therme ecoTEC plus 24",
            "Therme Vitodens 100-W",
            "Therme Logamax GB172",
            "Therme Thision S Plus",
        ],
    ),
    (
        "when",
        &[
            "yesterday",
            "this morning",
            "last night",
            "yesterday evening",
            "early this morning",
            "yesterday at noon",
        ],
    ),
    (
        "kids",
        &[
            "We have a baby of {mo:3-11} months.",
            "My mother of {age:79-91} is staying with us.",
            "I work from home, so I am here all day.",
            "There are {fam:3-6} of us in the house.",
            "I am at home from {hm:3|4|5} o'clock.",
        ],
    ),
    (
        "rm",
        &[
            "the kitchen",
            "the hall",
            "the living room",
            "the dining room",
            "the study",
            "the small bedroom",
            "the children's room",
        ],
    ),
    (
        "wet",
        &[
            "the kitchen",
            "the bathroom",
            "the guest bathroom",
            "the utility room",
            "the en-suite",
        ],
    ),
    (
        "wc",
        &[
            "the guest bathroom",
            "the downstairs cloakroom",
            "the upstairs bathroom",
            "the attic bathroom",
        ],
    ),
    (
        "slot",
        &[
            "8 and 10",
            "9 and 11",
            "10 and 12",
            "13 and 15",
            "14 and 16",
            "15 and 17",
        ],
    ),
    (
        "creneau",
        &["8 h et 10 h", "9 h et 11 h", "13 h et 15 h", "14 h et 16 h"],
    ),
    (
        "slotde",
        &[
            "8 und 10 Uhr",
            "9 und 11 Uhr",
            "13 und 15 Uhr",
            "14 und 16 Uhr",
        ],
    ),
    (
        "tap",
        &["Talis M54", "Eurosmart", "Eurodisc", "Focus E2", "Ceramix"],
    ),
    (
        "plate",
        &["Sigma 20", "Sigma 30", "Tango", "Skate", "Omega 60"],
    ),
    (
        "thing",
        &[
            "kitchen tap",
            "radiator in the hall",
            "water softener",
            "shower valve",
            "pressure reducer",
            "cellar pump",
        ],
    ),
    (
        "thing2",
        &[
            "water softeners",
            "ventilation units",
            "solar thermal systems",
            "rainwater pumps",
            "electric water heaters",
            "underfloor heating",
        ],
    ),
    ("inv", &["E-{iv:3100-4890}"]),
    (
        "bld",
        &[
            "Rosewood Court",
            "Linden House",
            "12 Quay Street",
            "Mill Terrace",
            "Abbey Row",
            "34 Station Road",
            "Vineyard Close",
        ],
    ),
    (
        "oven",
        &[
            "Condo 4-deck oven",
            "Rototherm oven",
            "steam oven no. {ov:1-3}",
            "prover cabinet",
        ],
    ),
    ("cr", &["{crn:101-119}", "{crn:201-219}", "B{crn:3-18}"]),
    (
        "wing",
        &[
            "the north wing",
            "the science block",
            "the gym building",
            "the music wing",
            "the primary building",
            "the old building",
        ],
    ),
    (
        "piece",
        &[
            "à la cuisine",
            "à la buanderie",
            "dans la salle de bains",
            "au sous-sol",
        ],
    ),
    (
        "etage",
        &["de l'étage", "du rez-de-chaussée", "des invités"],
    ),
    (
        "zimmer",
        &[
            "in der Küche",
            "im Bad",
            "im Gäste-WC",
            "im Hauswirtschaftsraum",
        ],
    ),
    (
        "stube",
        &[
            "im Wohnzimmer",
            "im Flur",
            "im Arbeitszimmer",
            "im Kinderzimmer",
        ],
    ),
];

/// What clients write in about, and what becomes of it.
const SCENES: &[Scene] = &[
    Scene {
        lang: En,
        category: "heating",
        only: &["home"],
        subjects: &[
            "No hot water, boiler shows F.{f:22|75}",
            "Boiler fault F.{f:22|75}: no heating",
            "{boiler} has stopped, code F.{f:22|75}",
        ],
        description: "{hi}\n\n\
         our {boiler} stopped {when} and shows F.{f:22|75}. {:No hot water since then|The \
         radiators are cold and so are we|I pressed reset twice, it comes back after a few \
         minutes}. The pressure gauge is at {bar:0.3|0.4|0.5|0.6|0.7} bar. {kids}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, the pressure is too low for the boiler to run safely. There is a \
             filling loop under the boiler: open the black tap slowly until the gauge shows 1.5 \
             bar, then close it. Could you try that and tell me what happens?",
            ),
            Wait,
            Client("It ran for {mins:10-50} minutes, then the pressure dropped again."),
            Start,
            Note(
                "Expansion vessel, I would bet on it. Was pre-charged by {peer} at the last service \
             according to the sheet, but that takes ten minutes and the sheet says four. Do not \
             charge the call-out.",
            ),
            Fix(
                "{agent} replaced the expansion vessel and the safety valve, filled the system to \
             1.5 bar and ran the boiler for an hour. Pressure steady. Please look at the gauge \
             once a week for a month.",
            ),
            Again(
                "Down to 0.9 bar after {d:3-6} days.",
                "We traced it to a weeping valve on the radiator in {rm}. Renewed, refilled, and \
             the pressure has held since.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Radiator in {rm} cold",
            "{rm}: radiator only warm at the bottom",
            "One radiator will not heat up",
        ],
        description: "{hi}\n\n\
         the radiator in {rm} {:stays cold while all others are hot|is hot at the bottom and \
         cold at the top|gurgles and only gets lukewarm} since {:we turned the heating on \
         again|{when}|the painters took it off the wall}. {:I bled it, a bit of air came out|I \
         do not have a key to bleed it|Turning the valve makes no difference}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, that may just be a stuck valve pin. Take the thermostat head off by \
             hand and see whether the little pin springs back when you press it.",
            ),
            Wait,
            Client("It is stuck fast."),
            Fix(
                "The pin was seized. I freed and oiled it, bled the radiator and balanced the \
             {n:4-11} radiators on that floor. The room was warm within twenty minutes.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Boiler bangs and whistles",
            "Loud noise from the {boiler}",
            "Kettle noises from the boiler at night",
        ],
        description: "{hi}\n\n\
         our {boiler} makes {:a noise like a kettle|a loud bang when it starts|a rumbling \
         sound} {:every morning about {h:5|6}:{m:10-50}|whenever hot water is drawn}, since \
         {when}. It still heats. It is {y:6-17} years old, last serviced {:by you a year \
         ago|before we moved in|I honestly do not know when}. {:Is it dangerous|Should I switch \
         it off}?\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, it is usually limescale in the heat exchanger and not dangerous, \
             but it will not get better. We can come on {day} between {slot}.",
            ),
            Client("{day} is fine, I will be at home."),
            Start,
            Boss(
                "With a boiler of that age talk about a new one, but do the descaling properly \
             first. No pressure on the customer, they recommend us around the whole street.",
            ),
            Fix(
                "Heat exchanger descaled and the flow rate corrected. The noise has gone. At {y} \
             years the boiler is nearing its age; I left the leaflet about replacements without \
             obligation.",
            ),
            Again(
                "Quiet for a week, now it starts again in the mornings.",
                "The pump was worn as well. New pump fitted, the first hour of labour is on us.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["home"],
        subjects: &[
            "Water dripping through the ceiling in {rm}",
            "Leak! Stain growing in {rm}",
            "Urgent: water in {rm}",
        ],
        description: "{hi}\n\n\
         there is water coming through the ceiling in {rm}, {:a drop every few seconds|a stain \
         the size of a plate and growing|the plaster is already soft}. The bathroom is above \
         it. {:We have a bucket underneath|I turned off the main tap|I cannot find the \
         stopcock}. It started {when}. {kids}\n\n\
         {:Please call!|Please hurry.|Can someone come today?} {first}",
        beats: &[
            Start,
            Staff(
                "{first}, please turn off the main tap if you have not yet: it is usually next to \
             the water meter. {agent} is on the way, about {mins:25-70} minutes.",
            ),
            Client("Main tap is off now, it has slowed down."),
            Note(
                "The joint is one of ours, bathroom of {y:2018|2019|2021|2022}. Somebody used the \
             wrong olive. Our insurance, not theirs. Take photographs and say nothing about \
             fault on site.",
            ),
            Fix(
                "A compression joint under the bath had failed. It is replaced, pressure-tested for \
             thirty minutes and dry. We pay for the repair and for painting the ceiling in \
             {rm}; our office sends the form.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["home"],
        subjects: &[
            "Dripping tap in {wet}",
            "Tap in {wet} drips, {n:2-3} drops a second",
        ],
        description: "{hi}\n\n\
         the mixer tap in {wet} has been dripping since {when}, about {n:2-3} drops a second. \
         It is a {tap}, {y:3-12} years old. {:I tightened it, now it is worse|The lever has \
         become stiff as well}. {:No emergency|Not urgent, but it keeps me awake|I have a bowl \
         under it}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, that needs a new cartridge. We have the one for the {tap} in the van. \
             Would {day} between {slot} suit you?",
            ),
            Wait,
            Client("Yes, please ring twice, the bell is weak."),
            Fix(
                "Cartridge changed, aerator descaled, no more drips. Small job: {price:68-94} EUR \
             including the part, invoice by e-mail.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["home"],
        subjects: &[
            "Toilet cistern never stops running",
            "Toilet in {wc} runs all night",
        ],
        description: "{hi}\n\n\
         the toilet in {wc} runs without stopping {:since {when}|at night|after every second \
         flush}. I can see a thin stream at the back. {:Our water bill went up by {eur:40-130} \
         EUR|It wakes the baby|The cistern is inside the wall}. The flush plate says {plate}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, that is the seal of the flush valve. The part for {plate} has to be \
             ordered, {d:2-5} days. Shall I book you in for {day}?",
            ),
            Client("Yes please."),
            Start,
            Note(
                "Part costs us {c:14-22} EUR, list price {l:38-52}. List price is what goes on the \
             invoice, as always.",
            ),
            Fix(
                "New flush valve and filling valve fitted, water level set. I waited for ten \
             flushes: it closes every time.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["home"],
        subjects: &[
            "Shower pressure very weak since {when}",
            "Only a trickle from the shower",
        ],
        description: "{hi}\n\n\
         since {when} our shower {:only trickles|goes cold after {mins:2-6} minutes|is either \
         scalding or icy}. The tap at the basin is {:fine|a bit weak as well}. {:The neighbours \
         have no problem|We had the water meter changed last week}. {kids}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, could you unscrew the shower head and try without it? And tell me what \
             the pressure reducer beside the meter shows, if you have one.",
            ),
            Wait,
            Client("Without the head it is the same. The gauge says {bar:1.1|1.4|1.6} bar."),
            Start,
            Fix(
                "The filter of the pressure reducer was full of grit from the work on the meter. \
             Cleaned and set to 4 bar. Shower and basin both have {l:9-13} litres a minute now.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "appointment",
        only: &[],
        subjects: &[
            "Annual service of the {boiler}",
            "Yearly service: {:mornings|afternoons|any day} if possible",
            "{boiler}: service due, which dates are free?",
        ],
        description: "{hi}\n\n\
         it is time for the annual service of our {boiler}. {:Mornings are best|After \
         {h:16|17}:00 would be ideal|Any day except {day2:Tuesday|Wednesday|Thursday}}, \
         {:someone will be here|the key is with the neighbour|please ring ahead}. {:The chimney \
         sweep comes in the same week.|Could you look at the {thing} as well?|Last year it was \
         {month:October|November|September}.}\n\n\
         {thx}",
        beats: &[
            Staff("Hello {first}, we have {day} between {slot} or the day after at the same time."),
            Wait,
            Client("{day}, please."),
            Boss(
                "Put it on {peer}'s round, it is the same street as the job before. Saves us an \
             hour.",
            ),
            Fix(
                "Service done: burner cleaned, electrodes renewed, pressure set, readings within \
             limits. The record is attached. Next one due in twelve months, we will write to \
             you.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "appointment",
        only: &[],
        subjects: &["Can we move {day}'s appointment?", "Must cancel {day}"],
        description: "{hi}\n\n\
         unfortunately I cannot be here on {day} between {slot}. {:My daughter is ill|I have to \
         work|We forgot about the school trip|The lift is being repaired and I cannot leave}. \
         Could we do it {:the week after|any day from {day2:Wednesday|Thursday|Friday}|early in \
         the morning instead}? It is about the {thing}.\n\n\
         {thx}",
        beats: &[
            Staff("No problem, {first}. How about the same time a week later?"),
            Client("That works, thank you."),
            Note(
                "Third time this customer moves a date. No charge, but from now on we confirm by \
             phone the day before.",
            ),
            Fix("Moved by one week, same time. You get a message when we set off."),
        ],
    },
    Scene {
        lang: En,
        category: "billing",
        only: &[],
        subjects: &[
            "Invoice {inv}: call-out charged twice?",
            "Question about invoice {inv}",
        ],
        description: "{hi}\n\n\
         on invoice {inv} I see {:the call-out twice|{h:2|3} hours of labour, but your \
         colleague was here for {mins:40-75} minutes|a part that was not fitted}. {:The total \
         is {eur:210-640} EUR|I was told it would be about {eur:110-240} EUR}. Could you have a \
         look before I pay?\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, thank you for asking. I have the work sheet in front of me and will \
             compare.",
            ),
            Start,
            Note(
                "{peer} wrote two sheets for one visit because the first was in the van. Typing \
             error, nothing worse.",
            ),
            Boss("Take it off and give a further 20 EUR for the trouble. A bad review costs more."),
            Fix(
                "You are right. The position is off, and 20 EUR for your trouble as well. The \
             corrected invoice {inv}-2 is attached; please bin the first one.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Thermostat blank, heating will not start",
            "Room thermostat in {rm} has no display",
        ],
        description: "{hi}\n\n\
         the thermostat in {rm} {:shows nothing|says \"LOST\"|has an aerial symbol flashing} \
         since {when} and the heating does not start. {:I changed the batteries|No idea how to \
         open it}. It is {deg:14-17} degrees in here. {kids}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, wireless ones lose the receiver now and then. Press the two arrow keys \
             for ten seconds, then the button on the small white box beside the boiler. Does a \
             light come on?",
            ),
            Wait,
            Client("Yes, green! And the boiler has just started."),
            Fix(
                "Good. The two were no longer paired, most likely after a power cut. If it happens \
             again within a month we replace the receiver under warranty.",
            ),
            Again(
                "It happened again last night.",
                "Receiver replaced under warranty and moved away from the metal cupboard, which \
             shielded it.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Quote for a heat pump",
            "Replace our {y:15-26}-year-old boiler?",
            "Heat pump or new boiler? Advice wanted",
        ],
        description: "{hi}\n\n\
         our boiler is {y:15-26} years old. We are thinking of a heat pump: house of \
         {sqm:120-210} m2, built in {built:1962|1974|1988|1996|2003}, {n:9-14} radiators, \
         {:underfloor heating on the ground floor|new windows since last year|roof not \
         insulated}. We used {kwh:14|18|21|24} 000 kWh of gas last year. {:What would it \
         cost|Is it worth it at all|Are there grants}?\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, thank you. To answer honestly we need a heat-load calculation room \
             by room; the visit takes about two hours. {day} between {slot}?",
            ),
            Client("Yes, and please bring an example of the noise level."),
            Boss(
                "Good lead. Margin on the package is {pct:18-24} %, leave room for 3 % discount. Do \
             not promise grant amounts.",
            ),
            Start,
            Fix(
                "The calculation and two offers are attached: a heat pump that keeps {n} radiators \
             but changes {k:2-4} of them, and a new condensing boiler for comparison. The \
             offers are valid for two months.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["home"],
        subjects: &[
            "Smell of gas near the {gz:boiler|cooker|meter}",
            "Faint smell of gas in {rm}",
        ],
        description: "{hi}\n\n\
         since {when} there is a faint smell of gas near the {gz:boiler|cooker|meter}, in {rm}. \
         {:It comes and goes|I am not sure, my partner does not smell it|Stronger when the \
         boiler starts}. Windows are open now.\n\n\
         {:Please call me|What should we do?|Please ring as soon as you read this} {first}",
        beats: &[
            Start,
            Staff(
                "{first}, I am calling you now. Please do not touch any switch, leave the house, \
             close the gas tap at the meter if you can reach it without a light, and call the \
             network's emergency number from outside.",
            ),
            Boss(
                "Gas always goes by telephone, never by ticket. Find out why nobody rang within \
             five minutes.",
            ),
            Client(
                "The emergency service was here and closed the gas. They say it is a joint at the \
             meter.",
            ),
            Fix(
                "The joint was remade by {agent}, the whole installation tested tight at 150 mbar \
             and the gas opened again together with the network company. The certificate is \
             attached.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["housing"],
        subjects: &[
            "Communal boiler in {bld} locked out",
            "No heating in {bld}: {n:6-24} flats",
        ],
        description: "{hi}\n\n\
         the communal heating in {bld} is off since {when}: {n:6-24} flats without heating and \
         hot water, {k:3-9} calls from tenants so far. The panel shows \"{:Flame fault|Low \
         water|Flue gas limiter|Burner lock-out}\". {:The caretaker has reset it once|There are \
         two families with babies|One tenant is over ninety}. The key is in the box, code as \
         always.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, {agent} is leaving now and should be there in {mins:20-55} minutes. \
             Please do not reset it again, we need to see the fault history.",
            ),
            Client("Understood. I will tell the tenants."),
            Note(
                "Igniter worn out. It was on the list after the last service, {peer} postponed it \
             because the part was not on the van. Contract says four hours, we have used \
             {h:2|3}.",
            ),
            Fix(
                "Ignition electrodes and flame sensor replaced, flue gas measured, {bld} has been \
             warm since early afternoon. The report for the board is attached. We will change \
             the same parts in the other buildings at no call-out.",
            ),
            Again(
                "Two flats on the top floor are still cold.",
                "Air in the riser. Bled and refilled, both flats are at 21 degrees.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "appointment",
        only: &["housing"],
        subjects: &[
            "Access to {n:8-30} flats for valve exchange",
            "Date list for {bld} please",
        ],
        description: "{hi}\n\n\
         for the exchange of the thermostatic valves in {bld} we need {n:8-30} flats opened. \
         Tenants want a window of at most two hours. Could you send us a list of times for \
         {:the week after next|{day} and the day after|two days of your choice}? We put up the \
         notice {d:7|10|14} days ahead, {:in three languages|as our rules demand}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, {k:5-8} flats per half-day is what we manage. The list is attached; \
             flat {flat:11-34} needs to be moved, the cupboard is in front of the radiator.",
            ),
            Wait,
            Client("Notices are up. Flat {flat} has been told."),
            Start,
            Boss(
                "Fixed price per flat is tight. If more than three are not at home, charge the \
             second trip, it is in paragraph 6.",
            ),
            Fix(
                "All flats done except {flat2:4|7|9} and {flat3:12|16|21}, where nobody opened. A \
             second date is proposed in the list. Old valves taken away.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["housing"],
        subjects: &[
            "Leak from flat {flat:11-44} into flat {flat2:1-10}",
            "{bld}: water damage, flat {flat2:1-10}",
        ],
        description: "{hi}\n\n\
         water is running from flat {flat:11-44} into flat {flat2:1-10} in {bld}. {:The upper \
         tenant says nothing has been used|The tenant upstairs is away until {day}|Electricity \
         in the bathroom has been switched off}. We need the leak found and a short report for \
         the insurer, {:with moisture readings|with photographs}. Order number {po:4400-5900}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, understood. {agent} will be there today between {slot} with the \
             camera and the moisture meter.",
            ),
            Start,
            Client("The caretaker is on site with the keys."),
            Fix(
                "The waste pipe of the shower in flat {flat} had come off its seal. Remade with a \
             new trap; moisture {pct:14-27} % in the wall below, drying recommended. Report \
             with photographs attached under order {po}.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &["housing"],
        subjects: &[
            "Legionella samples {bld}: records please",
            "Water temperature log of {bld}",
        ],
        description: "{hi}\n\n\
         the health office wants the temperature records of the hot water in {bld} for the past \
         {m:6|12} months, and the last laboratory result. {:Deadline {day}|They come on {day}}. \
         The system has {l:500|800|1000} litres and {n:14-36} outlets. Do you have them?\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, the log and the laboratory report are in our file. I will put them \
             together.",
            ),
            Note(
                "Three weekly readings are missing because the round was skipped in the holidays. \
             Do not fill them in afterwards. Say so openly and add the controller's own log.",
            ),
            Fix(
                "Log and laboratory result attached; three weekly readings were not taken, the log \
             of the controller covers that period and shows at least {deg:57|58|60} degrees \
             throughout.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "billing",
        only: &["housing"],
        subjects: &[
            "Please split invoice {inv} by building",
            "One invoice per building, not one for all",
        ],
        description: "{hi}\n\n\
         our accounts cannot book invoice {inv}: {n:3-6} buildings on one sheet. Please send \
         one invoice per building with our order number ({po:4400-5900} for {bld}) {:and the \
         date of the work|and the name of the caretaker who signed}. {:We can only pay \
         then|Please do it like that from now on}.\n\n\
         {thx}",
        beats: &[
            Staff("Hello {first}, will do, you get them by {day}."),
            Note(
                "They pay at 45 days anyway, now it starts from zero. The template in the office \
             has to be changed, otherwise the same again next month.",
            ),
            Fix(
                "The {n} separate invoices are attached, each with your order number. The old one \
             is cancelled. It is stored like that for the future.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["bakery"],
        subjects: &[
            "No hot water in the bakehouse",
            "Bakehouse boiler off, we start at {h:2|3} a.m.",
        ],
        description: "{hi}\n\n\
         no hot water in the bakehouse since {when}. We start at {h:2|3} in the morning and \
         cannot wash a single tray. The {boiler} shows {:a red light|E{e:02|06|13}|nothing at \
         all}. {:The flour dust gets everywhere, I know|{k:2|3} times this year already|I reset \
         it with the broom handle, do not ask}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, we will come this evening so that you are ready at {h}. Please keep \
             the door beside the oven open.",
            ),
            Boss(
                "Comes to us because the last firm never came at night. Do it, but write down the \
             night surcharge clearly, they dispute it every time.",
            ),
            Fix(
                "Air intake filter clogged with flour. Cleaned, burner adjusted, hot water at 62 \
             degrees. We suggest a filter change every eight weeks, at a fixed price of \
             {eur:45|55|60} EUR.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["bakery"],
        subjects: &[
            "Drain in the wash-up area blocked",
            "Grease trap overflowing",
        ],
        description: "{hi}\n\n\
         the floor drain in the wash-up is {:blocked|backing up whenever we empty the sinks} \
         since {when}, and it smells. {:The shop opens at {h:6|7}|The food inspector is due on \
         {day}}. Grease trap was emptied {w:5-14} weeks ago. {:We poured hot water down|The \
         apprentice tried with a wire}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, please no chemicals, that makes it harder for us. {agent} comes with \
             the jetting machine after you close, about {hh:14|15|16}:00.",
            ),
            Wait,
            Client("Good, the gate will be open."),
            Fix(
                "{m:6-14} metres jetted, a lump of dough and fat removed. The trap is too small for \
             {n:3-6} sinks: emptying every four weeks would avoid this.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["bakery"],
        subjects: &[
            "Water feed of the {oven} leaks",
            "Steam oven: water under the machine",
        ],
        description: "{hi}\n\n\
         there is water under the {oven} since {when}. The oven people say it is the {:feed \
         hose|softener|stop valve}, therefore you. About {l:2-6} litres a day. We bake until \
         {h:10|11}:00, after that {:you can get at it|it has cooled down by noon}.\n\n\
         {thx}",
        beats: &[
            Start,
            Fix(
                "The stop valve behind the {oven} was cracked. Replaced with a stainless one, new \
             hose with a leak stop, softener set to {dh:3|4|5} degrees of hardness. Dry after \
             two hours under pressure.",
            ),
            Again(
                "A small puddle again this morning.",
                "That one came from the softener's drain hose, which had slipped out. Fixed with a \
             bracket, no charge.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &["school"],
        subjects: &[
            "Classroom {cr} only {deg:14-17} degrees",
            "Cold classrooms in {wing}",
        ],
        description: "{hi}\n\n\
         classroom {cr} and the ones beside it only reach {deg:14-17} degrees in the morning, \
         in {wing}. {:Children sit in their coats|Two teachers have moved out|Parents have \
         started to write}. It began {:after the holidays|{when}}. {:Other wings are warm|The \
         corridor is too hot}. Can you come outside lessons, after {h:15|16}:00?\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, the controller shows that {wing} starts at 7:30 instead of 5:00. I \
             have changed it from here; please tell me how it is tomorrow at eight.",
            ),
            Wait,
            Client("{deg2:18|19} degrees at eight. Better, but {cr} is still behind."),
            Start,
            Note(
                "The times were changed by {peer} during the holiday set-back and never put back. \
             Say \"time programme\", no more.",
            ),
            Fix(
                "Time programme corrected, {n:3-8} valves in {wing} freed and balanced. {cr} had \
             20.5 degrees at eight this morning.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "plumbing",
        only: &["school"],
        subjects: &[
            "Blocked toilets in {wing}",
            "Boys' toilets in {wing} flooded",
        ],
        description: "{hi}\n\n\
         the toilets in {wing} are {:blocked|flooded|closed}, {n:2-5} cubicles. {:Paper towels, \
         as always|Someone flushed a pullover|We do not know what it is}. {:{k:120-260} \
         children share what is left|We had to open the staff toilets}. The caretaker has {:a \
         plunger but no luck|closed the water}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, we are there in the long break, {hh:10|12|13}:15. The caretaker need \
             not wait, we have the key.",
            ),
            Fix(
                "Blockage cleared with the spiral, the cause was {cause:a tennis ball|a sock|a \
             pencil case|paper towels}. Seals checked, all {n} cubicles open again.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &["school"],
        subjects: &[
            "Certificates for the yearly inspection",
            "Safety inspection on {day}: papers missing",
        ],
        description: "{hi}\n\n\
         on {day} the safety inspector visits. We need the certificates for the {:gas \
         installation|boiler house|emergency showers in the laboratory} of {wing}, valid this \
         year. I can only find those of {y:two|three} years ago. {:Was it done at all?|Could \
         you send them or, if need be, come before?}\n\n\
         {thx}",
        beats: &[
            Staff("Hello {first}, I will look it up today."),
            Note(
                "It was not done. Our reminder went to the head who left. We go there before {day}, \
             whatever it takes.",
            ),
            Boss("And at the price of last year."),
            Start,
            Fix(
                "Inspection carried out and passed, certificates attached, dated this week. The \
             reminder now goes to the office address of the school.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "appointment",
        only: &["school"],
        subjects: &[
            "Set heating for the holidays",
            "Holiday programme for {wing}",
        ],
        description: "{hi}\n\n\
         please set the heating to {deg:14|15|16} degrees for the holidays from {day} evening, \
         in all wings except {wing}, where {:the holiday club|an exam course|the orchestra} \
         takes place for {n:4-9} days. Back to normal on the last Sunday, so that it is warm \
         for the first lesson.\n\n\
         {thx}",
        beats: &[
            Start,
            Fix(
                "Programmed: {deg} degrees everywhere but {wing}, normal operation from the last \
             Sunday at 14:00. The caretaker has the page with the times.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Do you also service {thing2}?",
            "General question: {thing2}",
        ],
        description: "{hi}\n\n\
         do you also look after {thing2}? Ours is {y:2-9} years old and {:the firm that fitted \
         it has closed|nobody has ever looked at it|we lost the papers}. {:No hurry.|Perhaps \
         together with the next service.|If not, whom would you recommend?}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, we do. It takes about {mins:30-60} minutes if combined with the \
             yearly service. Shall I note it there?",
            ),
            Client("Yes, please do."),
            Fix(
                "Noted for the next service. The fixed price is {eur:60-110} EUR, and we bring the \
             parts that usually need changing.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "billing",
        only: &[],
        subjects: &[
            "Pay invoice {inv} in instalments?",
            "Payment plan for invoice {inv}",
        ],
        description: "{hi}\n\n\
         invoice {inv} over {eur:620-1900} EUR came at a bad moment. {:Could we pay in {n:2|3} \
         instalments|Would half now and half next month be possible}? {:We have always paid on \
         time|I can transfer the first part today}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, that is fine. Please send the first part by {day}, the rest within \
             {w:4|6|8} weeks.",
            ),
            Boss(
                "Yes, without interest. But note it in the accounts, last time the reminder went \
             out in spite of an agreement.",
            ),
            Fix(
                "Agreed and noted; no reminder will be sent for {inv} as long as the instalments \
             arrive.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Plus d'eau chaude, code F.{f:22|75}",
            "Chaudière en panne depuis {depuis}",
        ],
        description: "{salut}\n\n\
         notre {chaud} s'est arrêtée {depuis}, le code F.{f:22|75} s'affiche. {:Plus de \
         chauffage ni d'eau chaude|J'ai appuyé deux fois sur le bouton, elle repart cinq \
         minutes}. La pression est à {bar:0,4|0,5|0,6} bar. {:Nous avons un bébé.|Il fait \
         {deg:14-16} degrés.|Pouvez-vous passer aujourd'hui ?}\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, la pression est trop basse. Pouvez-vous ouvrir doucement le \
             robinet de remplissage jusqu'à 1,5 bar ?",
            ),
            Wait,
            Client("C'est fait, mais elle redescend en {mins:15-50} minutes."),
            Start,
            Note(
                "Vase d'expansion, sûrement. Le contrat d'entretien est échu depuis {m:2-7} mois, \
             on dépanne quand même et on en parle après.",
            ),
            Fix(
                "Vase d'expansion remplacé, installation remplie et purgée, pression stable à 1,5 \
             bar. Jetez un œil au manomètre une fois par semaine.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "plumbing",
        only: &["home"],
        subjects: &["Fuite sous l'évier", "Fuite d'eau {piece}"],
        description: "{salut}\n\n\
         il y a une fuite {:sous l'évier|derrière la machine à laver} {piece} depuis {depuis}, \
         environ {l:2-4} litres par jour. {:J'ai mis une bassine|J'ai coupé l'arrivée d'eau|Le \
         meuble commence à gonfler}. Je suis à la maison {:le matin|après {h:16|17} h|toute la \
         journée}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, {agent} peut passer {jour}, entre {creneau}. Laissez le robinet \
             fermé d'ici là.",
            ),
            Client("Parfait."),
            Fix(
                "Le raccord du siphon était fendu. Siphon et flexible remplacés, essai sous \
             pression sans une goutte. {eur:85-140} EUR, la facture suit.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "appointment",
        only: &["home"],
        subjects: &[
            "Entretien annuel de la {chaud}",
            "Rendez-vous pour l'entretien",
        ],
        description: "{salut}\n\n\
         je souhaite un rendez-vous pour l'entretien annuel de la {chaud}. {:Plutôt le \
         matin|Après {h:16|17} h si possible|N'importe quel jour sauf le mercredi}. \
         {:Pouvez-vous regarder aussi le robinet {piece} ?|Le ramoneur passe la même semaine.}\n\n\
         {merci}",
        beats: &[
            Staff("Bonjour {first}, nous avons {jour}, entre {creneau}. Cela vous convient ?"),
            Wait,
            Client("Très bien."),
            Fix(
                "Entretien effectué : brûleur nettoyé, électrodes changées, mesures conformes. \
             L'attestation est jointe.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "plumbing",
        only: &["home"],
        subjects: &[
            "Chasse d'eau qui coule sans arrêt",
            "WC {etage} : l'eau coule en continu",
        ],
        description: "{salut}\n\n\
         l'eau coule sans arrêt dans les WC {etage} depuis {depuis}. {:Le réservoir est \
         encastré|La plaque porte la mention {plate}}. {:La facture d'eau va être salée|On \
         l'entend toute la nuit|Je ferme le robinet entre deux}. {:Rien d'urgent, mais pas trop \
         tard quand même.|Quand pourriez-vous venir ?}\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, il faut changer le joint du mécanisme. La pièce arrive dans \
             {d:2-5} jours, je vous propose {jour}.",
            ),
            Client("D'accord pour {jour}."),
            Note("Pièce commandée deux fois par erreur, garder la seconde en stock."),
            Fix("Mécanisme et joint remplacés, niveau réglé. Dix essais, plus aucune fuite."),
        ],
    },
    Scene {
        lang: Fr,
        category: "billing",
        only: &[],
        subjects: &[
            "Question sur la facture {inv}",
            "Facture {inv} : deux heures au lieu d'une ?",
        ],
        description: "{salut}\n\n\
         sur la facture {inv} je lis {h:2|3} heures de main-d'œuvre, alors que l'intervention a \
         duré {mins:40-70} minutes. {:Pouvez-vous vérifier ?|Je ne comprends pas non plus la \
         ligne « petit matériel ».} Total {eur:190-520} EUR.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, je compare avec la feuille de travail et je vous réponds {jour}.",
            ),
            Note(
                "Le trajet de {peer} a été ajouté à la main. On ne le facture pas dans la commune.",
            ),
            Fix(
                "Vous avez raison, la facture corrigée est jointe. Merci de ne pas tenir compte de \
             la première.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "heating",
        only: &["bakery"],
        subjects: &[
            "Pas d'eau chaude au fournil",
            "Chauffe-eau du fournil arrêté",
        ],
        description: "{salut}\n\n\
         le chauffe-eau du fournil est arrêté depuis {depuis}. On commence à {h:2|3} h, \
         impossible de laver les plaques. {:Le voyant est rouge|L'écran affiche E{e:02|06|13}}. \
         {:C'est la {k:deuxième|troisième} fois cette année|La farine est partout, c'est \
         sûrement le filtre}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff("Bonjour {first}, nous passons ce soir après la fermeture."),
            Boss("Supplément de nuit à indiquer clairement, il est contesté à chaque fois."),
            Fix(
                "Filtre d'air bouché par la farine, nettoyé, brûleur réglé, eau à 62 degrés. Nous \
             proposons un passage toutes les huit semaines.",
            ),
            Again(
                "Arrêté de nouveau à {h} h du matin.",
                "La sonde de flamme était usée, elle est remplacée. Le chauffe-eau a tenu toute la \
             nuit.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "plumbing",
        only: &["bakery"],
        subjects: &[
            "Évacuation bouchée à la plonge",
            "Bac à graisse qui déborde",
        ],
        description: "{salut}\n\n\
         l'évacuation de la plonge est bouchée depuis {depuis} et l'odeur arrive jusqu'au \
         magasin. {:Le contrôle d'hygiène passe {jour}|On ouvre à {h:6|7} h}. Le bac a été vidé \
         il y a {w:5-12} semaines.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, surtout pas de produit, s'il vous plaît. {agent} vient avec le \
             furet haute pression à {hh:14|15} h.",
            ),
            Client("Le portail sera ouvert."),
            Fix(
                "{m:6-12} mètres curés, un bouchon de pâte et de graisse retiré. Avec {n:3-5} \
             éviers, un vidage toutes les quatre semaines est conseillé.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "appointment",
        only: &["bakery"],
        subjects: &[
            "Entretien du {oven} en dehors des cuissons",
            "Quand pouvez-vous passer pour l'entretien ?",
        ],
        description: "{salut}\n\n\
         pour l'entretien de l'arrivée d'eau du {oven}, il faudrait venir {:après {h:11|12} \
         h|le jour de fermeture, {jour}|l'après-midi}. Comptez-vous {n:2|3} heures ? {:Mon \
         apprenti sera là|Je serai sur place|La clé est au magasin}.\n\n\
         {merci}",
        beats: &[
            Staff("Bonjour {first}, {jour} à {hh:13|14} h, une heure et demie environ."),
            Wait,
            Client("Entendu."),
            Fix("Entretien fait, adoucisseur rechargé et réglé. Prochain passage dans six mois."),
        ],
    },
    Scene {
        lang: De,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Heizung ausgefallen, Code F.{f:22|75}",
            "Kein Warmwasser seit {seit}",
        ],
        description: "{hallo}\n\n\
         unsere {kessel} ist seit {seit} ausgefallen, im Display steht F.{f:22|75}. \
         {:Heizkörper kalt, Wasser kalt|Nach dem Entstören läuft sie fünf Minuten}. Druck \
         {bar:0,4|0,5|0,6} bar. {:Wir haben ein Baby im Haus|Es sind nur noch {deg:14-16} \
         Grad}. Könnten Sie {:heute noch|morgen früh} kommen?\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, der Druck ist zu niedrig. Bitte langsam bis 1,5 bar nachfüllen \
             und beobachten, ob er hält.",
            ),
            Wait,
            Client("Er fällt innerhalb von {mins:15-50} Minuten wieder ab."),
            Start,
            Note(
                "Bei der letzten Wartung hat {peer} das Gefäß nicht geprüft, steht jedenfalls nicht \
             im Protokoll. Anfahrt nicht berechnen.",
            ),
            Fix(
                "Ausdehnungsgefäß getauscht, Anlage gefüllt und entlüftet. Der Druck steht seit \
             zwei Stunden bei 1,5 bar.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "plumbing",
        only: &["home"],
        subjects: &["Wasserhahn {zimmer} tropft", "Armatur {zimmer} undicht"],
        description: "{hallo}\n\n\
         der Wasserhahn {zimmer} tropft seit {seit}, {:der Hebel geht auch schwer|Festziehen \
         hat nichts gebracht}. Es ist eine {tap}, {y:4-12} Jahre alt. {:Eilt nicht|Es stört vor \
         allem nachts|Ein Eimer steht darunter}. Ich bin {:vormittags|ab {h:16|17} \
         Uhr|ganztags} da.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, die passende Kartusche haben wir im Wagen. {tag} zwischen \
             {slotde}?",
            ),
            Client("Passt gut."),
            Fix(
                "Kartusche gewechselt, Perlator entkalkt. Tropft nicht mehr. {eur:68-95} EUR, \
             Rechnung folgt per E-Mail.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "appointment",
        only: &["home"],
        subjects: &[
            "Jährliche Wartung der {kessel}",
            "Wartungstermin für {kessel} gesucht",
        ],
        description: "{hallo}\n\n\
         die Wartung unserer {kessel} ist wieder fällig. {:Am liebsten vormittags|Ab {h:16|17} \
         Uhr wäre ideal|Jeder Tag außer Mittwoch}. {:Bitte schauen Sie auch nach dem Hahn \
         {zimmer}|Der Schlüssel liegt bei den Nachbarn}.\n\n\
         {gruss}",
        beats: &[
            Staff("Guten Tag {full}, frei wäre {tag} zwischen {slotde}."),
            Wait,
            Client("{tag} nehmen wir."),
            Fix(
                "Wartung erledigt: Brenner gereinigt, Elektroden erneuert, Abgaswerte in Ordnung. \
             Das Protokoll ist angehängt.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "heating",
        only: &["home"],
        subjects: &[
            "Heizkörper {stube} bleibt kalt",
            "Ein Heizkörper gluckert nur",
        ],
        description: "{hallo}\n\n\
         der Heizkörper {stube} {:bleibt kalt|gluckert und wird nur lauwarm}, alle anderen sind \
         heiß, seit {seit}. {:Entlüftet habe ich ihn|Einen Entlüftungsschlüssel habe ich \
         nicht}. {:Können Sie mir einen Tipp geben|Muss da jemand kommen}?\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, bitte den Thermostatkopf abschrauben: Federt der kleine Stift, \
             wenn Sie darauf drücken?",
            ),
            Wait,
            Client("Nein, er sitzt fest."),
            Fix(
                "Der Stift war festgerostet. Er ist gangbar gemacht, der Heizkörper wurde in \
             zwanzig Minuten warm.",
            ),
            Again(
                "Seit gestern wieder kalt.",
                "Wir haben das ganze Ventil erneuert und den Strang abgeglichen. Diesmal ohne \
             Anfahrt.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "plumbing",
        only: &["housing"],
        subjects: &[
            "Wasserschaden {bld}, Wohnung {flat2:1-10}",
            "Wasser aus Wohnung {flat:11-44} in Wohnung {flat2:1-10}",
        ],
        description: "{hallo}\n\n\
         in {bld} läuft Wasser aus Wohnung {flat:11-44} in Wohnung {flat2:1-10}. {:Oben will \
         niemand etwas bemerkt haben|Die Mieter oben sind verreist|Der Strom im Bad ist \
         abgestellt}. Bitte Ursache suchen und einen kurzen Bericht für die Versicherung, \
         Auftrag {po:4400-5900}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, {agent} ist heute zwischen {slotde} vor Ort, mit Kamera und \
             Feuchtemessgerät.",
            ),
            Client("Der Hausmeister wartet mit dem Schlüssel."),
            Note(
                "Dusche wurde von uns gebaut, {y:2019|2020|2022}. Erst Fotos, dann reden. \
             Haftpflicht ist informiert.",
            ),
            Fix(
                "Der Abfluss der Dusche in Wohnung {flat} war undicht. Neu abgedichtet, Feuchte \
             {pct:14-27} %, Trocknung empfohlen. Bericht mit Fotos liegt bei.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "heating",
        only: &["housing"],
        subjects: &[
            "{bld}: Heizung im ganzen Haus aus",
            "Störung Zentralheizung {bld}",
        ],
        description: "{hallo}\n\n\
         in {bld} ist seit {seit} die Zentralheizung aus, {n:6-24} Wohnungen. Anzeige \
         «{:Flammenstörung|Wassermangel|Brennerstörung}». {k:3-9} Mieter haben angerufen, \
         {:darunter eine Familie mit Säugling|eine Mieterin ist über neunzig}. Schlüssel im \
         Kasten.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, {agent} fährt los. Bitte nicht mehr entstören, wir wollen den \
             Störspeicher auslesen.",
            ),
            Boss(
                "Vertrag: vier Stunden. Es ist schon die zweite Störung in diesem Haus, beim \
             Vorstand zählt jede Minute.",
            ),
            Fix(
                "Zündelektroden und Flammenwächter erneuert, Abgas gemessen, {bld} ist wieder warm. \
             Der Bericht für den Vorstand ist angehängt.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "billing",
        only: &[],
        subjects: &[
            "Rechnung {inv}: bitte aufteilen",
            "Rückfrage Rechnung {inv}",
        ],
        description: "{hallo}\n\n\
         die Rechnung {inv} über {eur:240-880} EUR {:enthält zwei Anfahrten, es war aber nur \
         ein Besuch|weist Arbeit und Material nicht getrennt aus, das brauche ich fürs \
         Finanzamt}. Könnten Sie das {:bis {tag}|bitte} korrigieren?\n\n\
         {gruss}",
        beats: &[
            Staff("Guten Tag {full}, danke für den Hinweis, ich sehe mir den Arbeitszettel an."),
            Note(
                "Zettel von {peer} unleserlich, im Büro geraten. Bitte das nächste Mal nachfragen \
             statt raten.",
            ),
            Fix("Die korrigierte Rechnung {inv}-2 ist angehängt, die erste ist storniert."),
        ],
    },
];

/// What the staff open among themselves; no client is ever part of it.
const INTERNAL: &[Scene] = &[
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Payment risk: {company}",
            "{company}: {n:2|3} reminders without answer",
        ],
        description: "{company} has owed us {eur:480-3900} EUR for {w:5-11} weeks, {n:2|3} reminders went \
         out. Before anyone accepts another job there, please ask {boss}. Emergencies of course \
         yes.",
        beats: &[
            Boss("I will phone {contact} myself. Friendly first."),
            Wait,
            Fix(
                "Paid after the phone call, the letters had gone to an old address. Address \
             corrected.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Our mistake at {company}, insurance informed",
            "{company}: damage case, do not discuss with the customer",
        ],
        description: "During the work at {company} {:a wall cable was drilled through|the floor was \
         scratched when the boiler was carried out|a joint was not tightened and dripped for \
         {d:2-9} days}. Damage about {eur:300-2600} EUR. The insurer has been told. Nobody \
         admits or denies anything to {contact} until they answer.",
        beats: &[
            Start,
            Note(
                "Photographs and the work sheet are in the folder. {peer} wrote down the order of \
             events.",
            ),
            Fix(
                "The insurer pays all but {ex:150|250} EUR. {boss} has told {contact}, who took it \
             well.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "appointment",
        only: &[],
        subjects: &[
            "Contract {company} runs out, go there in person",
            "{company}: renewal of the service contract",
        ],
        description: "The service contract with {company} ends in {m:2-4} months. A competitor has been seen \
         there with a measuring tape. Price has not been adjusted for {y:3-5} years, we earn \
         next to nothing on it ({pct:3-9} %). Please find out how {contact} feels about us.",
        beats: &[
            Boss(
                "Up to {up:6|8|10} % more is acceptable for them I think. Offer a fixed date each \
             year in return.",
            ),
            Wait,
            Fix("Signed for three more years with {up} % more and the fixed date."),
        ],
    },
    Scene {
        lang: En,
        category: "billing",
        only: &[],
        subjects: &[
            "Hours not billed at {company}",
            "{company}: {h:3-12} hours missing on invoices",
        ],
        description: "Comparing work sheets and invoices: {h:3-12} hours at {company} were never billed, \
         from {n:2-4} visits by {peer}. Too late for some of them. Please hand in work sheets \
         on the same day, this is the {k:second|third} time this year.",
        beats: &[
            Start,
            Fix(
                "Two of the visits were billed with an explanation, the rest written off \
             ({eur:140-460} EUR).",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "heating",
        only: &[],
        subjects: &[
            "Recall: heat exchangers, {company} affected",
            "{company}: part from the recalled batch",
        ],
        description: "The maker quietly recalls heat exchangers of batch {b:2210-2390}. One of them is \
         installed at {company}. No danger, but it will start to leak within a year. We get \
         {eur:120|150|180} EUR per exchange, which does not cover our time. Plan it into a \
         normal service visit.",
        beats: &[
            Start,
            Note("No word to the customer until the maker has published it, {day} at the latest."),
            Fix("Exchanged during the service visit, {contact} informed after the publication."),
        ],
    },
];
