//! Atelier Nord: builds and runs web shops, booking sites and portals, from Lille.

use visibility::Sharing;

use super::script::Beat::{Again, Boss, Client, Fix, Note, Staff, Start, Wait};
use super::script::Lang::{De, En, Fr};
use super::script::{Colleague, House, Person, Pool, Scene, Trade};

/// The workspace `atelier`.
pub(super) static TRADE: Trade = Trade {
    slug: "atelier",
    name: "Atelier Nord",
    lang: Fr,
    time_zone: "Europe/Paris",
    currency: "EUR",
    categories: &[
        ("bug", "Anomalie"),
        ("change", "Évolution"),
        ("question", "Question"),
        ("hosting", "Hébergement"),
        ("general", "Général"),
    ],
    labels: &[],
    staff: STAFF,
    houses: HOUSES,
    scenes: SCENES,
    internal: INTERNAL,
    afterthoughts: &[
        "Temps passé : {q:1-9} h, à imputer sur la maintenance.",
        "Temps passé : {q:2-6} h, non facturables.",
        "À citer comme exemple dans la prochaine offre.",
        "Dette technique notée, {peer} s'en occupe au prochain sprint.",
    ],
    pools: POOLS,
};

const STAFF: &[Colleague] = &[
    Colleague {
        local: "owner",
        name: "Camille Vasseur",
        role: "owner",
        langs: &[Fr, En],
        only: &[],
        load: 1,
    },
    Colleague {
        local: "hugo",
        name: "Hugo Lemaire",
        role: "admin",
        langs: &[Fr, En],
        only: &[],
        load: 2,
    },
    Colleague {
        local: "nadia",
        name: "Nadia Benali",
        role: "manager",
        langs: &[Fr, En, De],
        only: &[],
        load: 3,
    },
    Colleague {
        local: "jonas",
        name: "Jonas Weiler",
        role: "member",
        langs: &[De, En],
        only: &[],
        load: 6,
    },
    Colleague {
        local: "elise",
        name: "Élise Fontaine",
        role: "member",
        langs: &[Fr],
        only: &[],
        load: 6,
    },
    Colleague {
        local: "owen",
        name: "Owen Pryce",
        role: "member",
        langs: &[En, Fr],
        only: &[],
        load: 5,
    },
];

const HOUSES: &[House] = &[
    House {
        name: "Fjordline",
        is_person: false,
        sharing: Sharing::Company,
        tag: "ferry",
        people: &[
            Person {
                email: "admin@fjordline.example",
                name: "Astrid Nygaard",
                admin: true,
                lang: En,
            },
            Person {
                email: "erik@fjordline.example",
                name: "Erik Dahl",
                admin: false,
                lang: En,
            },
            Person {
                email: "customer.care@fjordline.example",
                name: "Molly Haugen",
                admin: false,
                lang: En,
            },
        ],
        tickets: 20,
        kin: &[
            "* Ferries",
            "* Seaways",
            "* Island Lines",
            "* Cruises",
            "* Crossings",
        ],
    },
    House {
        name: "Maison Delacourt",
        is_person: false,
        sharing: Sharing::Company,
        tag: "shop",
        people: &[
            Person {
                email: "web@maison-delacourt.example",
                name: "Béatrice Delacourt",
                admin: true,
                lang: Fr,
            },
            Person {
                email: "atelier@maison-delacourt.example",
                name: "Romain Picard",
                admin: false,
                lang: Fr,
            },
            Person {
                email: "commandes@maison-delacourt.example",
                name: "Sophie Lenoir",
                admin: false,
                lang: Fr,
            },
        ],
        tickets: 18,
        kin: &[
            "Maison *",
            "* Textiles",
            "* Linge de maison",
            "* Décoration",
            "Les Toiles de *",
        ],
    },
    House {
        name: "Stadtwerke Auental",
        is_person: false,
        sharing: Sharing::PerMember,
        tag: "utility",
        people: &[
            Person {
                email: "portal@stadtwerke-auental.example",
                name: "Claudia Kern",
                admin: true,
                lang: De,
            },
            Person {
                email: "m.seidel@stadtwerke-auental.example",
                name: "Martin Seidel",
                admin: false,
                lang: De,
            },
            Person {
                email: "t.albers@stadtwerke-auental.example",
                name: "Tanja Albers",
                admin: false,
                lang: De,
            },
        ],
        tickets: 17,
        kin: &[
            "Stadtwerke *tal",
            "Gemeindewerke *",
            "* Energie",
            "Wasserwerk *",
            "* Netze",
        ],
    },
    House {
        name: "Coopérative Belair",
        is_person: false,
        sharing: Sharing::Company,
        tag: "coop",
        people: &[
            Person {
                email: "bureau@coop-belair.example",
                name: "Mireille Prost",
                admin: true,
                lang: Fr,
            },
            Person {
                email: "tresorerie@coop-belair.example",
                name: "Bernard Colin",
                admin: false,
                lang: Fr,
            },
        ],
        tickets: 15,
        kin: &[
            "Coopérative *",
            "Les Paniers de *",
            "AMAP *",
            "Le Potager *",
            "Épicerie solidaire *",
        ],
    },
];

const POOLS: &[Pool] = &[
    (
        "browser",
        &[
            "Safari {bv:16|17|18}",
            "Firefox {bv:128|131|136}",
            "Edge {bv:126|131|134}",
            "Safari on iPad",
            "Samsung Internet",
        ],
    ),
    (
        "route",
        &[
            "Bergen–Hirtshals",
            "Stavanger–Hirtshals",
            "Kristiansand–Esbjerg",
            "Langesund–Skagen",
            "Sandnes–Aberdeen",
        ],
    ),
    (
        "port",
        &[
            "Bergen",
            "Hirtshals",
            "Stavanger",
            "Langesund",
            "Kristiansand",
        ],
    ),
    ("pnr", &["B{pn:412000-987000}"]),
    (
        "extra",
        &[
            "breakfast packages",
            "priority boarding",
            "pet cabins",
            "bicycle spaces",
            "electric charging on board",
            "window seats",
            "lounge access",
        ],
    ),
    (
        "rep",
        &[
            "R{rp:12-48} \"Sales by route\"",
            "R{rp:12-48} \"Vouchers\"",
            "R{rp:12-48} \"Refunds\"",
            "R{rp:12-48} \"Cabin revenue\"",
        ],
    ),
    (
        "page",
        &[
            "terms and conditions",
            "accessibility",
            "travelling with pets",
            "passenger rights",
            "privacy",
            "group travel",
        ],
    ),
    (
        "topic",
        &[
            "cancellations",
            "unaccompanied minors",
            "dangerous goods",
            "cookies",
            "refund periods",
            "assistance at the quay",
        ],
    ),
    (
        "host",
        &[
            "the booking site",
            "the agents' portal",
            "the image server",
            "the booking API",
        ],
    ),
    (
        "joiner",
        &[
            "Sigrid Lund",
            "Peter Osei",
            "Kaja Brekke",
            "Liam Foster",
            "Ines Duarte",
        ],
    ),
    ("colleague", &["Ola", "Hanne", "Ragnhild", "Tor"]),
    (
        "dev",
        &[
            "iPhone 13",
            "iPhone 15",
            "Galaxy A54",
            "Galaxy Tab Active",
            "Pixel 8",
            "TC52",
        ],
    ),
    (
        "crm",
        &[
            "the new CRM",
            "the loyalty system",
            "the newsletter tool",
            "the call centre system",
        ],
    ),
    (
        "artb",
        &[
            "les draps en lin",
            "les nappes",
            "les rideaux",
            "les torchons",
            "les coussins",
            "les serviettes",
        ],
    ),
    (
        "optfr",
        &[
            "l'emballage cadeau",
            "la broderie d'initiales",
            "l'ourlet sur mesure",
            "le coffret naissance",
            "l'échantillon de tissu",
        ],
    ),
    (
        "echeance",
        &[
            "Noël",
            "la fête des mères",
            "la rentrée",
            "le blanc de janvier",
            "l'été",
        ],
    ),
    (
        "pays",
        &[
            "la Belgique",
            "la Suisse",
            "l'Allemagne",
            "l'Italie",
            "l'Espagne",
            "la Corse",
        ],
    ),
    ("cmd", &["D-{cm:30100-58900}"]),
    (
        "lieu",
        &[
            "la gare",
            "la mairie",
            "l'école Jules-Ferry",
            "la salle des fêtes",
            "la ferme des Tilleuls",
            "la place du marché",
        ],
    ),
    (
        "prod",
        &[
            "la ferme du Pré-Haut",
            "le Rucher des Dunes",
            "la fromagerie Vauquier",
            "les vergers Lamy",
            "la brasserie du Canal",
        ],
    ),
    ("fai", &["Orange", "Free", "La Poste", "SFR", "Proximus"]),
    (
        "collab",
        &[
            "Lucie Marchal",
            "Antoine Gros",
            "Farida Haddad",
            "Paul Guérin",
            "Noémie Sabot",
            "Gilles Baron",
        ],
    ),
    (
        "collab2",
        &["Mme Tessier", "M. Roche", "Mme Lamy", "M. Brun"],
    ),
    (
        "service",
        &[
            "l'équipe web",
            "le service clients",
            "la comptabilité",
            "la logistique",
            "la communication",
        ],
    ),
    ("inv", &["AN-{iv:1180-1990}"]),
    (
        "pagefr",
        &[
            "Mentions légales",
            "Confidentialité",
            "Conditions de vente",
            "Livraison et retours",
            "Accessibilité",
        ],
    ),
    (
        "zaehler",
        &[
            "1ESY{za:116000-118900}",
            "7GMT{za:400100-489900}",
            "1EBZ{za:200100-289900}",
        ],
    ),
    (
        "tarif",
        &["Strom Klassik", "Strom Natur", "Gas Fix", "Wärme Plus"],
    ),
    (
        "formular",
        &[
            "Umzugsmeldung",
            "SEPA-Mandat",
            "Hausanschluss beantragen",
            "Befreiung vom Wasserzähler",
            "Einspeisung anmelden",
            "Bauwasser bestellen",
        ],
    ),
    (
        "strasse",
        &[
            "in der Gartenstraße",
            "am Mühlweg",
            "in der Bahnhofstraße",
            "am Marktplatz",
        ],
    ),
    (
        "ort",
        &["Oberau", "Niederau", "Mitte", "Weiler", "Hagenbrunn"],
    ),
    (
        "kollege",
        &[
            "Frau Brandl",
            "Frau Özdemir",
            "Frau Lutz",
            "Frau Sommer",
            "Frau Petersen",
        ],
    ),
    ("svcde", &["PostgreSQL", "Keycloak", "Node.js", "Nextcloud"]),
    (
        "erp",
        &[
            "das Abrechnungssystem",
            "das Fachverfahren",
            "die Marktkommunikation",
            "das Archivsystem",
        ],
    ),
    (
        "feld",
        &[
            "Marktlokation",
            "Eigentümerwechsel",
            "Zählerbauart",
            "Kontoinhaber",
            "Ablesegrund",
        ],
    ),
];

/// What clients write in about, and what becomes of it.
const SCENES: &[Scene] = &[
    Scene {
        lang: En,
        category: "bug",
        only: &["ferry"],
        subjects: &[
            "Booking site: payment page stays blank on {browser}",
            "Blank payment page ({browser})",
            "Customers cannot pay on {browser}",
        ],
        description: "{hi}\n\n\
         since release {v:4|5}.{vm:10-39} the payment step of the booking site stays blank on \
         {browser}. {:The desktop is fine|Chrome is fine|It works after a reload, sometimes}. \
         Our call centre counts {n:8-60} calls since {since}, and the {route} route is {:nearly \
         sold out|in the early-bird sale}. {:Screenshot attached|Video attached}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, I can reproduce it: the payment provider's script is blocked by our \
             new security header. I am preparing a fix; until then I have switched the header \
             to report-only.",
            ),
            Client("Payments are coming in again, thank you."),
            Note(
                "{peer} added the header without trying it on {browser}. We need that browser in \
             the pipeline. Do not bill.",
            ),
            Fix(
                "Fixed in {v}.{vm}.1: the provider's host is allowed, and the payment step is now \
             tested on five browsers before each release.",
            ),
            Again(
                "One customer still reports a blank page.",
                "That one came from an old page kept in the browser's cache. We force a reload for \
             sessions older than the release.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "bug",
        only: &["ferry"],
        subjects: &[
            "Wrong departure time on the {route} ticket",
            "PDF ticket one hour off",
            "Time zone error in confirmation e-mails",
        ],
        description: "{hi}\n\n\
         the PDF ticket for the {route} route shows the departure one hour {:early|late}, the \
         web page is right. {:It started with the change of the clocks|It concerns bookings \
         made from abroad}. {n:3-14} passengers have missed the boat, literally. Example: \
         booking {pnr}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, confirmed with {pnr}: the PDF takes the time zone of the \
             passenger's device instead of the port's. Fix within today; meanwhile I regenerate \
             the tickets for the next three days.",
            ),
            Client("Please send me the list, we will phone those people."),
            Boss(
                "They may claim compensation. Nobody writes the word \"fault\" in this ticket. Our \
             liability is capped in the frame contract, clause 11.",
            ),
            Fix(
                "Times on tickets and e-mails always use the port's zone now. {k:120-900} tickets \
             were regenerated and sent again with an explanation. A test covers both changes of \
             the clocks.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "change",
        only: &["ferry"],
        subjects: &[
            "Add {extra} to the booking flow",
            "New option in booking: {extra}",
        ],
        description: "{hi}\n\n\
         for the next season we would like to sell {extra} during the booking, after the cabin \
         step: price per {:passenger|vehicle|crossing}, limited to {n:20-80} per departure, \
         {:also on the {route} route|not on the {route} route}. When could it be live, and how \
         many days would it take? {:Marketing would like {date:Easter|May|midsummer}|The \
         brochure goes to print on {day}}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, first estimate: {d:4-9} days including the back office screen. I will \
             send a short specification for approval by {day}.",
            ),
            Wait,
            Client("Specification approved, please start."),
            Start,
            Boss(
                "We have the add-on engine from the other project, real effort is about half. The \
             offer stays as it is.",
            ),
            Fix(
                "Live since this morning: {extra}, {n} per departure, visible in the back office \
             report. The manual page is updated.",
            ),
            Again(
                "The limit counts cancelled bookings as sold.",
                "Cancelled ones are given back immediately now, and the counters have been \
             recalculated.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hosting",
        only: &["ferry"],
        subjects: &[
            "Site slow when the {route} sale opens",
            "Please prepare for the sale on {day}",
        ],
        description: "{hi}\n\n\
         on {day} at {h:9|10|12}:00 we open the sale for the {route} route with a newsletter to \
         {k:40-160} 000 people. Last time the site answered after {sec:8-25} seconds. Could you \
         {:add capacity|set up a waiting room|stand by} from {h}:00 until the evening?\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, we will double the servers from an hour before and turn on the \
             queue page. {agent} is on call until 20:00.",
            ),
            Start,
            Note(
                "Last time was no lack of capacity but our missing index. Found and fixed since, \
             never told them. Double anyway, they pay for it.",
            ),
            Client("That was smooth, thank you all."),
            Fix(
                "Peak of {rps:180-520} requests a second, 95 % of pages under {ms:300-800} ms, \
             nobody had to wait in the queue for more than two minutes. Capacity is back to \
             normal.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "question",
        only: &["ferry"],
        subjects: &[
            "How do I cancel a whole departure?",
            "Question: refund {n:40-300} bookings at once",
        ],
        description: "{hi}\n\n\
         because of the {:storm|engine trouble|harbour works} we have to cancel the {route} \
         departure on {day} with {n:40-300} bookings. Is there a way to refund or rebook them \
         together? {:Last time we did it one by one until midnight|The call centre is waiting}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, yes: Departures > the sailing > \"Cancel sailing\". You choose refund \
             or voucher as the default, and passengers may rebook by a link for 14 days.",
            ),
            Client("Found it. Can I change the text of the message?"),
            Staff("Yes, on the same screen, in each language. Please keep the link placeholder."),
            Fix(
                "Glad that it went through. I have also added the steps to your handbook, chapter \
             \"Disruptions\".",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "bug",
        only: &["ferry"],
        subjects: &[
            "Report {rep} does not add up",
            "Monthly report: {eur:300-4200} EUR difference",
        ],
        description: "{hi}\n\n\
         report {rep} for last month differs from the payment provider's statement by \
         {eur:300-4200} EUR. {:Cancelled bookings seem to be counted twice|I suspect the \
         vouchers|The difference grows each month}. {:Our auditor comes on {day}|I need it for \
         the closing}. Export attached.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, thanks for the export. I am comparing booking by booking; you will \
             hear from me tomorrow.",
            ),
            Start,
            Note(
                "Vouchers paid out partly are counted in full. It has been like that since we built \
             it. Correct the report, explain briefly, no need to recalculate the past unless \
             they ask.",
            ),
            Wait,
            Client("Do the previous months contain the same difference?"),
            Boss("They asked. Recalculate the year, at our expense."),
            Fix(
                "Partly used vouchers were counted in full. {rep} is corrected and the {m:4-11} \
             months of this year are recalculated, table attached. The sums now agree to the \
             cent.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "change",
        only: &["ferry"],
        subjects: &[
            "Text change on the {page} page",
            "Please update texts: {page}",
        ],
        description: "{hi}\n\n\
         on the {page} page please replace the paragraph about {topic} with the attached text, \
         in {n:2-4} languages. {:Legal wants it by {day}|Our lawyers have checked it}. {:Old \
         text should stay in the archive|Please also check the link at the bottom, it is dead}.\n\n\
         {thx}",
        beats: &[
            Start,
            Fix(
                "The new text about {topic} is live in {n} languages, the old one is archived with \
             today's date. The dead link now leads to the current conditions.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hosting",
        only: &["ferry"],
        subjects: &[
            "Certificate of {host} expires in {d:3-12} days",
            "Warning mail about {host}",
        ],
        description: "{hi}\n\n\
         I received a warning that the certificate of {host} expires in {d:3-12} days. Is that \
         yours or ours? {:We had an outage because of that two years ago|The mail looks \
         genuine|Our IT says they know nothing}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, genuine, and ours. Renewal is automatic but needs a DNS entry that \
             your IT has changed. I have written to them with the value.",
            ),
            Wait,
            Client("They have set it, they say."),
            Fix(
                "Renewed, valid for 90 days and automatic from here on. We also get an alarm now at \
             20 days, so that you need not forward warnings to us.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "question",
        only: &["ferry"],
        subjects: &[
            "Access for our new colleague {joiner}",
            "Back office account for {joiner}",
        ],
        description: "{hi}\n\n\
         {joiner} joins our {:revenue|customer care|port operations} team on {day}. Please \
         create a back office account with the rights of {colleague}, {:without refunds|with \
         refunds up to {eur:100|200|500} EUR}. {:A short introduction would be nice|I will do \
         the introduction}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, you can do this yourself as an administrator: Settings > Team > \
             Invite. The refund limit is on the second tab. Shall I walk you through it?",
            ),
            Client("No need, that was easy. Thanks!"),
            Fix("Good to hear. I checked from our side: the role and the limit are as you wished."),
        ],
    },
    Scene {
        lang: En,
        category: "bug",
        only: &["ferry"],
        subjects: &[
            "App crashes when scanning tickets at {port}",
            "Check-in app: crash at {port}",
        ],
        description: "{hi}\n\n\
         the check-in app {v:2|3}.{vm:1-19} crashes at {port} when scanning {:folded paper \
         tickets|tickets in the phone wallet|many tickets quickly}, about one in {n:10-40}. \
         Devices: {dev}. {:Staff restart and go on|The queue goes back to the roundabout}. \
         {:Boarding starts at {h:6|7|14}:30 each day|Next peak is {day}}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, crash reports received: the scanner runs out of memory in the torch \
             mode. I will send a test build to {port} this afternoon.",
            ),
            Client("Test build is on two devices, {k:200-600} scans without a crash."),
            Fix(
                "Version {v}.{vm}.1 is in the store and pushed to all devices. Memory stays flat \
             over a whole boarding.",
            ),
            Again(
                "A crash on the old tablets again.",
                "The old tablets have half the memory; they now use a smaller picture. {k2:300-800} \
             scans without a crash at {port}.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "change",
        only: &["ferry"],
        subjects: &[
            "Export bookings to {crm}",
            "Interface to {crm}: estimate please",
        ],
        description: "{hi}\n\n\
         we are introducing {crm} and would like bookings, cancellations and consents to go \
         there {:every hour|every night|in real time}. About {n:2-9} 000 bookings a week. Could \
         you estimate it {:roughly|until {day}}? Their documentation is attached.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, roughly {d:6-14} days, mostly because consents must be withdrawn in \
             both directions. I have {q:3-7} questions, see the attachment.",
            ),
            Wait,
            Client("Answers are in the document, in green."),
            Boss(
                "Real-time is not worth it for them, but they will ask. Offer hourly now and \
             real-time as a second stage.",
            ),
            Start,
            Fix(
                "The export to {crm} runs hourly, consents travel both ways, errors are reported to \
             you and to us. Stage two is described in the offer.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "bug",
        only: &["ferry"],
        subjects: &[
            "Search finds no cabins for {n:3-6} people",
            "Cabins missing in search results",
        ],
        description: "{hi}\n\n\
         if you look for {n:3-6} people on the {route} route, no cabin is shown although \
         {k:4-30} are free (see back office, sailing {sail:1100-1990}). For two people \
         everything is right. {:We lose families to the competition|Noticed by a customer, not \
         by us}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, the search counts infants as full berths since the last release. \
             Correction is in review.",
            ),
            Note(
                "No test for infants at all. {peer} reviewed it, so did I. Add the case to the \
             checklist.",
            ),
            Fix(
                "Corrected and live: infants do not need a berth. Sailing {sail} shows all {k} \
             cabins again for {n} people.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "bug",
        only: &["shop"],
        subjects: &[
            "Panier vidé à la connexion depuis {depuis}",
            "Le panier se vide quand le client se connecte",
        ],
        description: "{salut}\n\n\
         depuis la version {v:7|8}.{vm:1-19}, le panier se vide quand le client se connecte \
         {:sur téléphone|au moment de payer|après avoir ajouté {artb}}. {n:4-30} messages au \
         service client depuis {depuis}. {:Nous perdons des ventes|Les soldes commencent \
         {jour}}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, reproduit : la fusion du panier échoue quand un article est \
             épuisé entre-temps. Le correctif part en relecture.",
            ),
            Client("Merci, prévenez-moi, je veux l'essayer avant."),
            Note(
                "Régression de {peer}, le test avait été désactivé « provisoirement ». Ne pas \
             facturer les {h:2-6} heures.",
            ),
            Fix(
                "Corrigé en {v}.{vm}.1 : les articles disponibles restent dans le panier et un \
             message signale ceux qui manquent.",
            ),
            Again(
                "Toujours vide avec un bon d'achat.",
                "Le bon d'achat passait par un autre chemin. Il est traité de la même façon, avec \
             un test.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "change",
        only: &["shop"],
        subjects: &[
            "Ajouter l'emballage cadeau au tunnel d'achat",
            "Nouvelle option : {optfr}",
        ],
        description: "{salut}\n\n\
         nous aimerions proposer {optfr} {:dans le panier|avant le paiement}, à {eur:3-9} EUR, \
         {:pour toute la collection|sauf pour le linge de lit}, avec un message de \
         {car:120|160|200} caractères. Est-ce possible avant {echeance} ? Combien de jours ?\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, oui : {d:2-5} jours, impression du message comprise. Je vous \
             envoie le devis {jour}.",
            ),
            Wait,
            Client("Devis signé, vous pouvez commencer."),
            Start,
            Boss(
                "On a déjà le module du projet précédent. Deux jours réels. On garde le devis, cela \
             paie les {h:4-9} heures offertes au printemps.",
            ),
            Fix(
                "En ligne : {optfr} à {eur} EUR, message imprimé sur le bon de préparation. Le mode \
             d'emploi est dans la page d'aide.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "bug",
        only: &["shop"],
        subjects: &[
            "Frais de port faux pour {pays}",
            "Livraison {pays} : mauvais tarif",
        ],
        description: "{salut}\n\n\
         les commandes pour {pays} reçoivent le tarif {:national|d'un autre pays|zéro} \
         au-dessus de {kg:5|10|15} kg. Déjà {n:5-35} colis, environ {eur:60-420} EUR de notre \
         poche. {:Depuis le nouveau transporteur|Depuis {depuis}}. Exemple : commande {cmd}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, la table du transporteur a une tranche en double à {kg} kg. Je la \
             corrige tout de suite, le contrôle suit.",
            ),
            Client("Et les colis déjà partis ?"),
            Boss(
                "Les tarifs ont été saisis chez nous, à la main. Proposer de prendre la moitié de \
             la différence si elle est réclamée, pas avant.",
            ),
            Fix(
                "La tranche est corrigée et l'import refuse désormais les doublons. La liste des \
             {n} commandes concernées est jointe.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "question",
        only: &["shop"],
        subjects: &[
            "Comment programmer une promotion ?",
            "Question : remise de {pct:10|15|20|25} % sur {artb}",
        ],
        description: "{salut}\n\n\
         comment programmer une remise de {pct:10|15|20|25} % sur {artb} {:de {jour} 8 h à \
         dimanche minuit|pendant dix jours|pour les clients fidèles seulement}, sans toucher \
         aux autres articles ? {:Je ne trouve plus le menu|La dernière fois, vous l'aviez fait \
         pour nous}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, c'est dans Catalogue > Promotions > Nouvelle. L'onglet « \
             Conditions » limite la remise à une famille d'articles ou à un groupe de clients.",
            ),
            Client("Trouvé. Peut-on la voir avant qu'elle démarre ?"),
            Staff("Oui, le bouton « Aperçu à une date » en haut à droite."),
            Fix("Parfait. J'ai ajouté une page à votre guide, avec les captures d'écran."),
        ],
    },
    Scene {
        lang: Fr,
        category: "hosting",
        only: &["shop"],
        subjects: &[
            "Site lent pendant les soldes",
            "Pages à plus de {sec:5-14} secondes depuis {depuis}",
        ],
        description: "{salut}\n\n\
         le site met plus de {sec:5-14} secondes à répondre {:entre 18 h et 21 h|depuis \
         {depuis}|sur les pages où figurent {artb}}. {:La campagne tourne depuis ce \
         matin|L'agence de publicité a envoyé {n:30-90} 000 courriels}. Pouvez-vous {:ajouter \
         de la puissance|regarder tout de suite} ?\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, j'ai ajouté deux serveurs et vidé une file bloquée. Les pages \
             répondent en {ms:400-900} ms, je surveille jusqu'à 21 h.",
            ),
            Client("C'est revenu à la normale, ouf."),
            Note(
                "Requête sans index sur les articles liés, connue depuis l'audit. On l'avait mise « \
             à plus tard ».",
            ),
            Fix(
                "L'index manquant est posé, la page fait {k:3-7} requêtes au lieu de {k2:60-190}. \
             Les serveurs supplémentaires sont retirés, sans frais pour vous.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "change",
        only: &["shop"],
        subjects: &[
            "Photos plus grandes pour {artb}",
            "Fiche article : zoom et vidéo",
        ],
        description: "{salut}\n\n\
         sur la fiche article nous voulons {:des photos plus grandes|un zoom au doigt|une \
         courte vidéo} pour {artb}, {:sans ralentir la page|aussi sur téléphone}. Notre \
         photographe livre en {px:2400|3000|4000} pixels. {:Maquette jointe|Voir l'exemple du \
         concurrent en pièce jointe}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, belle idée. Compter {d:2-4} jours ; les images seront converties \
             automatiquement.",
            ),
            Wait,
            Client("Bon pour accord."),
            Start,
            Fix(
                "C'est en ligne : images adaptées à l'écran, zoom, et la page est plus légère \
             qu'avant ({ko:180-420} Ko).",
            ),
            Again(
                "Le zoom ne marche pas sur tablette.",
                "Corrigé : le geste était capté par le carrousel. Vérifié sur trois tablettes.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "bug",
        only: &["coop"],
        subjects: &[
            "Paniers : réservation en double",
            "Deux adhérents pour le même panier, {lieu}",
        ],
        description: "{salut}\n\n\
         cette semaine, {n:2-6} paniers ont été réservés deux fois à {lieu}. {:Les bénévoles \
         ont dû partager|Deux familles sont reparties sans rien}. Les réservations ont eu lieu \
         à la même minute, {:à l'ouverture, 20 h|vers {h:19|20|21} h}. Peut-on l'empêcher ?\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, deux validations simultanées passaient en effet. Je mets un \
             verrou sur le stock de chaque point de retrait.",
            ),
            Client("Merci, c'est important pour la confiance."),
            Note(
                "On le savait : la remarque est dans la revue de code de {peer}, restée sans suite.",
            ),
            Fix(
                "Corrigé : le dernier panier ne peut plus être vendu deux fois. Essai fait avec \
             {k:50|100|200} réservations à la même seconde.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "change",
        only: &["coop"],
        subjects: &[
            "Export des adhérents pour l'assemblée",
            "Liste d'émargement pour l'assemblée générale",
        ],
        description: "{salut}\n\n\
         pour l'assemblée générale {:du mois prochain|de {jour}}, il nous faut la liste des \
         {n:180-900} adhérents à jour de cotisation, avec {:le nombre de parts|les pouvoirs|la \
         commune}, triée par {:nom|point de retrait} et imprimable. {:Cela existe-t-il \
         déjà|Combien cela coûterait-il} ?\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, il existe un export, sans les pouvoirs. Je peux les ajouter en \
             une demi-journée.",
            ),
            Wait,
            Client("D'accord pour la demi-journée."),
            Start,
            Fix(
                "La liste d'émargement est dans Adhérents > Exports, en PDF et en tableur, pouvoirs \
             compris.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "question",
        only: &["coop"],
        subjects: &[
            "Comment clore un producteur ?",
            "Retirer {prod} du site sans perdre l'historique",
        ],
        description: "{salut}\n\n\
         {prod} arrête de livrer {:à la fin du mois|{jour}}. Comment retirer ce producteur sans \
         perdre {:l'historique des commandes|les factures passées} ? {n:3-25} paniers \
         contiennent encore ses produits. {:Je n'ose pas cliquer sur « Supprimer »|Le trésorier \
         y tient}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, vous avez bien fait de ne pas cliquer. Utilisez « Archiver » : \
             l'historique reste, et les paniers à venir vous sont listés.",
            ),
            Client("C'est fait, {n} paniers à modifier à la main."),
            Fix(
                "Très bien. Le bouton « Supprimer » n'apparaît plus pour un producteur qui a des \
             commandes.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "bug",
        only: &["coop"],
        subjects: &[
            "Prélèvements refusés ce mois-ci",
            "{n:5-28} prélèvements rejetés par la banque",
        ],
        description: "{salut}\n\n\
         la banque a rejeté {n:5-28} prélèvements de {:ce mois|la cotisation} avec le code \
         {code:AC04|AM04|MD01}. {:Les mandats sont pourtant signés|Ce sont surtout d'anciens \
         adhérents}. Montant total {eur:240-1900} EUR. Le trésorier attend une explication \
         {:pour {jour}|rapidement}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, les mandats de plus de trois ans sans prélèvement sont caducs, \
             l'application ne le signalait pas. Je prépare un message aux adhérents concernés.",
            ),
            Note(
                "Règle bancaire connue, elle était dans le cahier des charges. On prend les frais \
             de rejet pour nous si le trésorier pose la question.",
            ),
            Wait,
            Client("Message validé, vous pouvez l'envoyer."),
            Fix(
                "Les {n} adhérents ont reçu un lien pour signer un nouveau mandat, et l'application \
             avertit désormais trois mois à l'avance.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "change",
        only: &["coop"],
        subjects: &[
            "Rappel par SMS la veille du retrait",
            "Rappels automatiques avant {jour}",
        ],
        description: "{salut}\n\n\
         beaucoup d'adhérents oublient leur panier : {n:4-18} non retirés la semaine dernière à \
         {lieu}. Pourrait-on envoyer un rappel {:par SMS la veille à {h:17|18|19} h|par \
         courriel le matin même}, désactivable par chacun ? {:Budget environ {eur:300-900} \
         EUR|Merci d'indiquer le prix des SMS}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, oui, {d:2-3} jours de travail et {ct:6|7|8} centimes par SMS. Le \
             consentement est à recueillir dans le profil.",
            ),
            Client("Le bureau est d'accord."),
            Start,
            Fix(
                "Les rappels partent depuis hier ; {pct:55-80} % des adhérents les ont acceptés. La \
             désactivation est dans le profil.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "hosting",
        only: &[],
        subjects: &[
            "Courriels du site classés en indésirables",
            "Confirmations non reçues chez {fai}",
        ],
        description: "{salut}\n\n\
         les confirmations envoyées par le site arrivent dans les indésirables chez {fai}, ou \
         pas du tout, depuis {depuis}. {n:5-40} réclamations. {:Chez les autres fournisseurs \
         tout va bien|Nous avons changé d'hébergeur de messagerie le mois dernier}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, la signature DKIM ne correspond plus depuis le changement de \
             messagerie. Pouvez-vous ajouter la ligne jointe chez votre registraire ?",
            ),
            Wait,
            Client("C'est ajouté."),
            Fix(
                "Signature vérifiée, les messages arrivent en boîte de réception chez {fai}. Un \
             contrôle hebdomadaire nous préviendra.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "hosting",
        only: &[],
        subjects: &[
            "Sauvegardes : réponse à donner avant {jour} ?",
            "Question de notre assureur sur l'hébergement",
        ],
        description: "{salut}\n\n\
         {:notre assureur|notre commissaire aux comptes|un grand client} demande où sont \
         hébergées les données, combien de temps les sauvegardes sont gardées et la date du \
         dernier essai de restauration. Une page suffit, {:pour {jour}|avant la fin du mois}. \
         {:Il faut aussi le nom du centre de données|Ils veulent {n:3-9} réponses précises}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, volontiers. Les sauvegardes sont gardées {d:30|60} jours sur deux \
             sites en France. Je rédige la page.",
            ),
            Note(
                "Dernier essai de restauration : il y a {m:9-14} mois. En faire un cette nuit avant \
             de répondre, et le noter au planning trimestriel.",
            ),
            Fix(
                "La page est jointe, avec le procès-verbal de l'essai de restauration de cette \
             semaine.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "question",
        only: &[],
        subjects: &[
            "Accès pour {collab}, {service}",
            "Nouveau compte d'administration : {collab}",
        ],
        description: "{salut}\n\n\
         {collab} rejoint {service} {jour}. Merci de créer un accès {:en lecture|sans les \
         remboursements|identique au mien}. {:L'ancien accès de {collab2} doit être fermé|Une \
         courte formation serait bienvenue}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, vous pouvez le faire vous-même : Réglages > Équipe > Inviter. Je \
             reste disponible si quelque chose n'est pas clair.",
            ),
            Client("C'était simple, merci."),
            Fix("Parfait. J'ai vérifié que les droits de {collab} correspondent à votre demande."),
        ],
    },
    Scene {
        lang: Fr,
        category: "bug",
        only: &[],
        subjects: &[
            "Erreur {code:500|502|504} à l'enregistrement",
            "Impossible d'enregistrer depuis {depuis}",
        ],
        description: "{salut}\n\n\
         à l'enregistrement de {:la fiche|la page d'accueil|la newsletter}, j'obtiens l'erreur \
         {code:500|502|504} depuis {depuis}. Navigateur {browser}. {:Le texte est perdu à \
         chaque fois|Avec un texte court, cela passe}. {:C'est pour une annonce de {jour}|J'ai \
         essayé {n:3-8} fois}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, je vois votre erreur dans les journaux : une image de {mo:11-38} \
             Mo dépasse la limite. Pouvez-vous réessayer sans elle ?",
            ),
            Client("Sans l'image, ça marche."),
            Fix(
                "Les images trop lourdes sont maintenant réduites à l'envoi, et un message clair \
             remplace l'erreur {code}. Votre texte n'est plus perdu.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "question",
        only: &[],
        subjects: &[
            "Facture {inv} : détail des jours",
            "Détail de la facture {inv} ?",
        ],
        description: "{salut}\n\n\
         la facture {inv} mentionne {d:3-8} jours de « maintenance évolutive ». Pourriez-vous \
         donner le détail {:par demande|par date}, {:notre comptable en a besoin|nous devons la \
         ventiler sur deux budgets} ? {:Le paiement suivra|Échéance {jour}}.\n\n\
         {merci}",
        beats: &[
            Staff("Bonjour {first}, bien sûr, le relevé arrive {jour}."),
            Note(
                "Relevé à relire avant envoi : {peer} a écrit « refaire proprement le bricolage \
             d'avant » sur deux lignes.",
            ),
            Fix("Le relevé est joint : {d} jours répartis par demande, avec les dates."),
        ],
    },
    Scene {
        lang: Fr,
        category: "change",
        only: &[],
        subjects: &[
            "Mettre à jour les mentions légales",
            "Page « {pagefr} » à remplacer",
        ],
        description: "{salut}\n\n\
         merci de remplacer la page « {pagefr} » par le texte joint, {:validé par notre \
         avocat|applicable dès {jour}}, en {n:2-4} langues. {:L'ancienne version doit rester \
         consultable|Le lien en bas de page est cassé aussi}.\n\n\
         {merci}",
        beats: &[
            Start,
            Fix(
                "La nouvelle page « {pagefr} » est en ligne, l'ancienne est archivée avec la date. \
             Le lien du bas de page est vérifié.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "bug",
        only: &["utility"],
        subjects: &[
            "Zählerstand wird nicht angenommen",
            "Fehlermeldung bei der Zählerstandseingabe",
        ],
        description: "{hallo}\n\n\
         seit Version {v:2|3}.{vm:10-29} wird der Zählerstand bei {:Zweitarifzählern|neuen \
         Funkzählern|Gaszählern} mit „{:Wert unplausibel|Ungültige Eingabe}“ abgelehnt. \
         {n:12-90} Anrufe im Kundenzentrum seit {seit}. {:Die Jahresablesung läuft|Ablesefrist \
         ist {tag}}. Beispiel: Zähler {zaehler}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, nachvollzogen mit Zähler {zaehler}: die Prüfung verwendet die \
             Stellenzahl des alten Zählers. Die Korrektur ist in Arbeit.",
            ),
            Client("Danke. Bitte vor dem Wochenende, sonst läuft das Postfach über."),
            Note(
                "Fehler aus der letzten Überarbeitung von {peer}; Testfall für Zählerwechsel \
             fehlte. Geht auf unsere Kappe, nicht berechnen.",
            ),
            Fix(
                "Version {v}.{vm}.1 ist online: die Prüfung kennt den Zählerwechsel. Die \
             abgelehnten Eingaben haben wir mit einer E-Mail zur Wiederholung eingeladen.",
            ),
            Again(
                "Bei Gaszählern kommt die Meldung immer noch.",
                "Bei Gas war die Umrechnung ein zweites Mal enthalten. Ist entfernt, {k:30-90} \
             Zähler nachgeprüft.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "bug",
        only: &["utility"],
        subjects: &[
            "Abschlagsrechner zeigt falschen Betrag",
            "Abschlag um {eur:3-19} EUR zu hoch",
        ],
        description: "{hallo}\n\n\
         der Abschlagsrechner im Portal zeigt für den Tarif {tarif} einen um {eur:3-19} EUR zu \
         hohen Betrag. {:Es scheint die neue Umlage zu fehlen|Auf der Rechnung stimmt es}. \
         {:Die Presse hat schon angerufen|Bisher {n:3-20} Beschwerden}. Seit {seit}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, der Rechner verwendet noch die Preise des Vorquartals, die \
             Schnittstelle hat nichts Neues geliefert. Ich lade sie jetzt von Hand nach.",
            ),
            Client("Jetzt stimmt der Betrag."),
            Boss(
                "Die Schnittstelle ist unsere. Keine Diskussion über die Ursache, nur sagen, dass \
             sie nun überwacht wird.",
            ),
            Fix(
                "Die Preise für {tarif} sind aktuell, und ein täglicher Abgleich meldet künftig, \
             wenn neue Preise ausbleiben.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "change",
        only: &["utility"],
        subjects: &[
            "Neues Formular: {formular}",
            "Formular „{formular}“ ins Portal",
        ],
        description: "{hallo}\n\n\
         wir möchten das Papierformular „{formular}“ ins Kundenportal bringen, mit {n:8-24} \
         Feldern, Anlagen bis {mb:5|10|20} MB und Übergabe an {:die Sachbearbeitung per \
         E-Mail|unser Fachverfahren}. Bitte um Aufwandsschätzung {:bis {tag}|für die nächste \
         Sitzung}. {:Barrierefreiheit ist Pflicht|Entwurf liegt bei}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, grob {d:3-8} Tage. Zu {k:2-5} Feldern habe ich Fragen, siehe \
             Anhang.",
            ),
            Wait,
            Client("Antworten sind eingetragen, der Auftrag ist hiermit erteilt."),
            Start,
            Boss(
                "Baukasten ist vorhanden, eher die Hälfte der Zeit. Puffer lassen wir stehen, bei \
             der Barrierefreiheit kommt immer etwas nach.",
            ),
            Fix(
                "Das Formular „{formular}“ ist online und barrierefrei geprüft, der Prüfbericht \
             liegt bei.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "hosting",
        only: &["utility"],
        subjects: &["Portal nicht erreichbar", "Ausfall Kundenportal {seit}"],
        description: "{hallo}\n\n\
         das Kundenportal war {seit} für {mins:8-55} Minuten nicht erreichbar, {:Meldung \
         „503“|weiße Seite|Zeitüberschreitung}. Wir müssen das {:der Geschäftsführung|dem \
         Aufsichtsrat} erklären: Ursache, Dauer, Maßnahmen. {:Bitte bis {tag}|Bitte zeitnah}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, die Datenbank hatte keine freien Verbindungen mehr. Der Betrieb \
             ist stabil; den Bericht erhalten Sie bis {tag}.",
            ),
            Note(
                "Auslöser war unser eigener Nachtlauf, von {peer} ohne Begrenzung am Vormittag \
             nachgestartet. Bericht bitte von zwei Leuten lesen lassen.",
            ),
            Boss(
                "Zugesagt sind 99,8 % im Monat. Mit {mins} Minuten sind wir noch knapp darunter, \
             also keine Pönale.",
            ),
            Fix(
                "Der Bericht liegt bei: Ursache, Zeitablauf, drei Maßnahmen, davon zwei umgesetzt. \
             Die Verfügbarkeit liegt im vereinbarten Rahmen.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "question",
        only: &["utility"],
        subjects: &[
            "Wie setze ich einen Hinweis für {ort} auf die Startseite?",
            "Frage zur Störungsmeldung im Portal",
        ],
        description: "{hallo}\n\n\
         wie setze ich auf der Startseite einen Hinweis auf {:die Baustelle {strasse}|eine \
         Störung in {ort}|geänderte Öffnungszeiten}, nur für {:{ort}|angemeldete Kunden}, mit \
         Ablauf {:am {tag}|nach {n:2-9} Tagen}? {:Die Kollegin, die das sonst macht, ist im \
         Urlaub|In der Anleitung steht nur die alte Ansicht}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, unter Inhalte > Hinweise > Neu. Gebiet und Ablaufdatum stehen im \
             zweiten Reiter.",
            ),
            Client("Gefunden. Wird er auch in der App gezeigt?"),
            Staff("Ja, nach höchstens {mins:5|10|15} Minuten."),
            Fix(
                "Schön, der Hinweis ist zu sehen. Die Anleitung haben wir bei dieser Gelegenheit \
             aktualisiert.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "bug",
        only: &["utility"],
        subjects: &[
            "PDF-Rechnung lässt sich nicht öffnen",
            "Rechnungs-PDF leer bei {kunden:4-60} Kunden",
        ],
        description: "{hallo}\n\n\
         im Portal ist die Rechnung als PDF bei {kunden:4-60} Kunden {:leer|beschädigt|die \
         eines anderen Monats}. Betroffen ist {:der Versand von {seit}|nur der Tarif {tarif}}. \
         {:Datenschutz ist laut unserer Prüfung nicht berührt|Bitte prüfen Sie auch, ob jemand \
         fremde Daten sehen konnte}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, ich habe den Abruf sofort gesperrt und prüfe zuerst, ob fremde \
             Daten sichtbar waren.",
            ),
            Boss(
                "Höchste Stufe. Erst wenn feststeht, dass nichts Fremdes ausgeliefert wurde, geht \
             eine Antwort hinaus. Ich lese mit.",
            ),
            Staff(
                "Ergebnis: es wurden keine fremden Daten angezeigt. Die Dateien waren unvollständig \
             übertragen.",
            ),
            Wait,
            Client("Danke, das ist für uns das Wichtigste."),
            Fix(
                "Die {kunden} Rechnungen sind neu übertragen und geprüft, der Abruf ist wieder \
             frei. Unvollständige Dateien werden jetzt vor der Anzeige erkannt.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "change",
        only: &["utility"],
        subjects: &[
            "Logo und Farben anpassen",
            "Neues Erscheinungsbild ab {tag}",
        ],
        description: "{hallo}\n\n\
         ab {tag} gilt unser neues Erscheinungsbild: Logo, {n:2-5} Farben, Schrift. Bitte im \
         Portal, in der App und in den E-Mails anpassen. {:Kontraste müssen stimmen|Der \
         Stadtrat schaut genau hin}. Unterlagen ({mb:20-180} MB) liegen auf dem \
         Austauschserver.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, Unterlagen erhalten. {d:2-4} Tage, Abnahme auf dem Testsystem am \
             Tag davor.",
            ),
            Client("Abnahme macht {kollege}."),
            Start,
            Note(
                "Zwei der Farben haben zu wenig Kontrast. Wir weisen darauf hin und lassen die \
             Entscheidung schriftlich geben.",
            ),
            Fix(
                "Portal, App und E-Mails tragen das neue Erscheinungsbild. Zwei Farben wurden in \
             Absprache leicht abgedunkelt.",
            ),
            Again(
                "In der App ist das alte Logo noch im Startbild.",
                "Das Startbild kommt mit Version {v:2|3}.{vm:10-29}.2, sie ist seit heute in den \
             Stores.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "hosting",
        only: &["utility"],
        subjects: &["Wartungsfenster für {svcde}", "Update {svcde}: wann?"],
        description: "{hallo}\n\n\
         unsere IT-Sicherheit verlangt das Update von {svcde} auf die Version \
         {v:14|15|16}.{vm:1-9} {:bis {tag}|innerhalb von {n:10-30} Tagen}. Wann können Sie es \
         einspielen, und wie lange steht das Portal? {:Nicht während der Ablesung|Bitte nach 20 \
         Uhr}.\n\n\
         {gruss}",
        beats: &[
            Staff("Guten Tag {full}, Vorschlag: {tag}, {h:20|21} Uhr, etwa {mins:15-40} Minuten."),
            Wait,
            Client("Einverstanden, wir kündigen es an."),
            Fix(
                "{svcde} läuft auf {v}.{vm}, das Portal stand {m:6-14} Minuten. Alle Prüfungen sind \
             grün.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "question",
        only: &["utility"],
        subjects: &["Zugang für {kollege}", "Neue Kollegin im Kundenzentrum"],
        description: "{hallo}\n\n\
         {kollege} verstärkt ab {tag} das Kundenzentrum und braucht Zugang zur Verwaltung des \
         Portals, {:ohne Bankdaten|mit Auskunft, ohne Änderung}. {:Eine Einweisung von \
         {mins:20-45} Minuten wäre gut|Die Einweisung übernehme ich}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, Einladen können Sie selbst: Einstellungen > Team. Die Rolle \
             „Auskunft“ passt genau.",
            ),
            Client("Hat geklappt."),
            Fix("Sehr gut. Ich habe geprüft, dass {kollege} keine Bankdaten sieht."),
        ],
    },
    Scene {
        lang: De,
        category: "change",
        only: &["utility"],
        subjects: &[
            "Schnittstelle zu {erp}: neues Feld",
            "Feld „{feld}“ an {erp} übergeben",
        ],
        description: "{hallo}\n\n\
         ab dem nächsten Quartal verlangt {erp} das Feld „{feld}“ in der Übergabe der \
         {:Zählerstände|Umzüge|Bankverbindungen}. {:Länge {n:10-40} Zeichen|Auswahlliste mit \
         {n:4-12} Werten}, Pflichtfeld. {:Beschreibung liegt bei|Testsystem steht ab {tag} \
         bereit}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, passt in die laufende Wartung. Wir liefern bis {tag} ins \
             Testsystem.",
            ),
            Client("Test erfolgreich, bitte freigeben."),
            Fix(
                "„{feld}“ wird seit heute übergeben, {k:140-900} Datensätze im ersten Lauf, ohne \
             Fehler.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "bug",
        only: &["utility"],
        subjects: &[
            "App: Anmeldung auf {dev} schlägt nach Update fehl",
            "Anmeldung in der App nur im zweiten Versuch",
        ],
        description: "{hallo}\n\n\
         nach dem App-Update {v:2|3}.{vm:10-29} schlägt die Anmeldung auf {dev} beim ersten \
         Versuch fehl, beim zweiten klappt es. {n:6-45} Bewertungen mit einem Stern seit \
         {seit}. {:Fingerabdruck ist betroffen, Passwort nicht|Im Browser geht alles}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, die App fragt den Schlüsselbund zu früh ab. Eine Testversion \
             liegt für Sie bereit.",
            ),
            Client("Testversion läuft auf {k:3-6} Geräten ohne Fehler."),
            Note(
                "Der Hersteller der Bibliothek wusste es seit Wochen. Wir lesen die Hinweise \
             offenbar nicht, das muss in die Liste vor jeder Freigabe.",
            ),
            Fix(
                "Die korrigierte Version ist in den Stores. Auf die Bewertungen haben wir mit Ihrem \
             Text geantwortet.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "question",
        only: &[],
        subjects: &[
            "Rückfrage zum Angebot {inv}",
            "Angebot {inv}: Position {pos:3-9}",
        ],
        description: "{hallo}\n\n\
         im Angebot {inv} steht in Position {pos:3-9} „Projektleitung {pct:12|15|18} %“. \
         {:Unser Einkauf möchte das aufgeschlüsselt haben|Bisher waren es 10 %}. {:Wir vergeben \
         bis {tag}|Davon hängt die Freigabe ab}.\n\n\
         {gruss}",
        beats: &[
            Staff("Guten Tag {full}, die Aufschlüsselung kommt bis {tag}."),
            Boss(
                "Untergrenze 10 %. Erst erklären, dann nachgeben, aber nicht beides am selben Tag.",
            ),
            Wait,
            Client("Mit der Erklärung können wir leben."),
            Fix(
                "Danke. Das Angebot {inv} gilt unverändert, die Aufschlüsselung ist als Anlage \
             beigefügt.",
            ),
        ],
    },
];

/// What the staff open among themselves; no client is ever part of it.
const INTERNAL: &[Scene] = &[
    Scene {
        lang: Fr,
        category: "general",
        only: &[],
        subjects: &[
            "Risque de non-reconduction : {company}",
            "{company} : le contrat de maintenance se termine dans {m:2-5} mois",
        ],
        description: "{contact} a demandé {:les codes sources|la documentation d'exploitation|les conditions \
         de sortie}, et une autre agence a été vue chez eux. Volume annuel : {k:22-85} 000 EUR. \
         Préparer le bilan de l'année, avec nos retards ({n:2-6}) avant qu'ils ne les citent.",
        beats: &[
            Start,
            Boss(
                "On peut aller jusqu'à {pct:4-8} % de remise pour deux ans fermes. Pas un jour \
             gratuit de plus.",
            ),
            Wait,
            Fix("Reconduit pour deux ans avec {pct} % de remise et un comité trimestriel."),
        ],
    },
    Scene {
        lang: Fr,
        category: "general",
        only: &[],
        subjects: &[
            "Dépassement sur le projet {company}",
            "{company} : {j:4-15} jours au-delà du forfait",
        ],
        description: "Le forfait {company} est dépassé de {j:4-15} jours. Causes : {:une spécification trop \
         vague de notre part|trois reprises de la même page|une estimation faite sans \
         l'équipe}. Marge restante {pct:2-9} %. Que peut-on facturer en avenant sans se fâcher \
         ?",
        beats: &[
            Note(
                "Deux demandes sont clairement hors périmètre, les courriels le prouvent. Le reste \
             est pour nous.",
            ),
            Boss("Avenant de {n:2-3} jours, pas plus. {contact} ne doit pas voir ce décompte."),
            Start,
            Fix(
                "Avenant signé. La spécification sera relue par l'équipe avant tout prochain \
             forfait.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "bug",
        only: &[],
        subjects: &[
            "Notre erreur : données de test chez {company}",
            "{company} : régression livrée sans relecture",
        ],
        description: "La version livrée {:lundi|mardi|jeudi} chez {company} contenait {:des données de test \
         visibles pendant {mins:4-40} minutes|une fonction désactivée par erreur}. {peer} l'a \
         vu avant le client. Personne n'a appelé. Comprendre comment la relecture a été sautée.",
        beats: &[
            Start,
            Note(
                "Branche fusionnée à {h:17|18|19} h sans approbation, droits trop larges sur le \
             dépôt.",
            ),
            Fix(
                "Fusion impossible désormais sans deux relectures. Le client n'a rien remarqué ; \
             {boss} décide s'il faut l'en informer.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "hosting",
        only: &[],
        subjects: &[
            "Coût d'hébergement de {company} en hausse",
            "{company} : l'hébergement nous coûte plus qu'il ne rapporte",
        ],
        description: "Hébergement {company} : {c:210-640} EUR par mois de coût, {r:180-420} EUR facturés. La \
         hausse vient {:des images|des sauvegardes|du trafic des robots}. Réduire d'abord, \
         renégocier ensuite.",
        beats: &[
            Start,
            Note("{g:60-400} Go d'images jamais affichées. Un nettoyage suffirait."),
            Wait,
            Fix("Coût ramené sous le prix facturé, sans toucher au contrat."),
        ],
    },
    Scene {
        lang: De,
        category: "general",
        only: &[],
        subjects: &[
            "Personalrisiko: nur eine Person kennt {company}",
            "{company}: Wissen verteilen",
        ],
        description: "Das Projekt {company} kennt zurzeit nur {peer}. Ab {:nächstem Monat|dem Sommer} fehlt \
         diese Kapazität für {w:3-8} Wochen. Bitte zwei weitere Personen einarbeiten, {h:12-30} \
         Stunden intern, und nichts davon beim Kunden erwähnen.",
        beats: &[
            Start,
            Note("Einarbeitung läuft, Liste der {n:5-12} heiklen Stellen ist angelegt."),
            Fix("Zwei Personen können das Projekt nun betreuen, Vertretung ist geregelt."),
        ],
    },
    Scene {
        lang: Fr,
        category: "general",
        only: &[],
        subjects: &[
            "Facture impayée : {company}",
            "{company} : retard de paiement de {d:35-80} jours",
        ],
        description: "La facture {inv} de {company} ({k:2-9} {kk:150|400|800} EUR) est en retard de \
         {d:35-80} jours. La comptabilité a relancé deux fois. On continue la maintenance, mais \
         aucun nouveau développement avant le règlement.",
        beats: &[
            Boss("J'appelle {contact} {jour}. Ne rien écrire d'ici là."),
            Wait,
            Fix(
                "Réglée : la facture attendait un numéro de commande que personne ne leur avait \
             demandé.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "{company}: senior day rate too low",
            "Day rate review before the next offer to {company}",
        ],
        description: "{company} still pays {r:620|650|680} EUR a day from the first contract; our cost is \
         {c:540|560|590} EUR. The next offer ({n:12-30} days) should use the current rate. \
         {contact} will compare, so prepare an argument that is not \"inflation\".",
        beats: &[
            Boss(
                "Show what we delivered in {m:6-12} months, then the rate. We can live with \
             {r2:710|730|750} EUR.",
            ),
            Start,
            Fix(
                "Accepted with {r2} EUR from the next offer on; the running ones stay as they are.",
            ),
        ],
    },
];
