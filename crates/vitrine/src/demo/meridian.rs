//! Meridian IT Services: looks after the computers of companies in Switzerland, in three languages.

use visibility::Sharing;

use super::script::Beat::{Again, Boss, Client, Fix, Note, Staff, Start, Wait};
use super::script::Lang::{De, En, Fr};
use super::script::{Colleague, House, Person, Pool, Scene, Trade};

/// The workspace `meridian`.
pub(super) static TRADE: Trade = Trade {
    slug: "meridian",
    name: "Meridian IT Services",
    lang: En,
    time_zone: "Europe/Zurich",
    currency: "CHF",
    categories: &[
        ("incident", "Incident"),
        ("request", "Request"),
        ("access", "Access and accounts"),
        ("hardware", "Hardware"),
        ("general", "General"),
    ],
    labels: &[],
    staff: STAFF,
    houses: HOUSES,
    scenes: SCENES,
    internal: INTERNAL,
    afterthoughts: &[
        "Time booked: {q:1-6} x 15 min, covered by the flat rate.",
        "Time booked: {q:2-9} x 15 min, billable. Check that it is on the next invoice.",
        "Added to the knowledge base. The next one should take ten minutes instead of an hour.",
        "Goodwill, {q:1-3} x 15 min not billed. Keep a note of it for the renewal.",
        "{peer} should read this one through before the next on-call week.",
    ],
    pools: POOLS,
};

const STAFF: &[Colleague] = &[
    Colleague {
        local: "owner",
        name: "Helen Marchetti",
        role: "owner",
        langs: &[En, Fr, De],
        only: &[],
        load: 1,
    },
    Colleague {
        local: "agent",
        name: "Tom Ashworth",
        role: "manager",
        langs: &[En],
        only: &[],
        load: 8,
    },
    Colleague {
        local: "sabine",
        name: "Sabine Roth",
        role: "admin",
        langs: &[En, De],
        only: &[],
        load: 3,
    },
    Colleague {
        local: "daniel",
        name: "Daniel Okafor",
        role: "member",
        langs: &[En],
        only: &[],
        load: 9,
    },
    Colleague {
        local: "chloe",
        name: "Chloé Perrin",
        role: "member",
        langs: &[Fr, En],
        only: &[],
        load: 6,
    },
    Colleague {
        local: "lukas",
        name: "Lukas Brandt",
        role: "member",
        langs: &[De, En],
        only: &[],
        load: 6,
    },
];

const HOUSES: &[House] = &[
    House {
        name: "Halden Logistics",
        is_person: false,
        sharing: Sharing::Own,
        tag: "logistics",
        people: &[
            Person {
                email: "admin@halden.example",
                name: "Ingrid Solberg",
                admin: true,
                lang: En,
            },
            Person {
                email: "mia@halden.example",
                name: "Mia Thornton",
                admin: false,
                lang: En,
            },
            Person {
                email: "noah@halden.example",
                name: "Noah Fischer",
                admin: false,
                lang: En,
            },
            Person {
                email: "jonas@halden.example",
                name: "Jonas Egli",
                admin: false,
                lang: De,
            },
            Person {
                email: "priya@halden.example",
                name: "Priya Nair",
                admin: false,
                lang: En,
            },
        ],
        tickets: 58,
        kin: &[
            "* Logistics",
            "* Freight",
            "* Haulage",
            "* Warehousing",
            "* Forwarding",
        ],
    },
    House {
        name: "Brightwater Hotels",
        is_person: false,
        sharing: Sharing::Company,
        tag: "hotel",
        people: &[
            Person {
                email: "admin@brightwater.example",
                name: "Marcus Bell",
                admin: true,
                lang: En,
            },
            Person {
                email: "lena@brightwater.example",
                name: "Lena Hofmann",
                admin: false,
                lang: En,
            },
            Person {
                email: "reception@brightwater.example",
                name: "Tomás Vidal",
                admin: false,
                lang: En,
            },
        ],
        tickets: 44,
        kin: &[
            "Hotel *",
            "* Hospitality",
            "* Lakeside Hotel",
            "* Inns",
            "* Resorts",
        ],
    },
    House {
        name: "Keller Bau AG",
        is_person: false,
        sharing: Sharing::Company,
        tag: "bau",
        people: &[
            Person {
                email: "sandra.keller@keller-bau.example",
                name: "Sandra Keller",
                admin: true,
                lang: De,
            },
            Person {
                email: "reto.wyss@keller-bau.example",
                name: "Reto Wyss",
                admin: false,
                lang: De,
            },
            Person {
                email: "petra.lang@keller-bau.example",
                name: "Petra Lang",
                admin: false,
                lang: De,
            },
            Person {
                email: "david.moser@keller-bau.example",
                name: "David Moser",
                admin: false,
                lang: De,
            },
        ],
        tickets: 42,
        kin: &[
            "* Bau",
            "* Hochbau AG",
            "* Tiefbau AG",
            "* Holzbau",
            "* Generalunternehmung",
        ],
    },
    House {
        name: "Fiduciaire Morel SA",
        is_person: false,
        sharing: Sharing::Shared,
        tag: "fid",
        people: &[
            Person {
                email: "direction@fiduciaire-morel.example",
                name: "Anne Morel",
                admin: true,
                lang: Fr,
            },
            Person {
                email: "j.favre@fiduciaire-morel.example",
                name: "Julien Favre",
                admin: false,
                lang: Fr,
            },
            Person {
                email: "s.blanc@fiduciaire-morel.example",
                name: "Sylvie Blanc",
                admin: false,
                lang: Fr,
            },
        ],
        tickets: 36,
        kin: &[
            "Fiduciaire * SA",
            "* Fiscalité",
            "Cabinet *",
            "* & Associés",
            "Comptabilité *",
        ],
    },
    House {
        name: "Ashdown Dental Group",
        is_person: false,
        sharing: Sharing::Company,
        tag: "dental",
        people: &[
            Person {
                email: "office@ashdown-dental.example",
                name: "Fiona Ashdown",
                admin: true,
                lang: En,
            },
            Person {
                email: "k.meyer@ashdown-dental.example",
                name: "Karim Meyer",
                admin: false,
                lang: En,
            },
            Person {
                email: "frontdesk@ashdown-dental.example",
                name: "Joanna Price",
                admin: false,
                lang: En,
            },
        ],
        tickets: 40,
        kin: &[
            "* Dental Group",
            "* Dental Practice",
            "* Orthodontics",
            "* Smile Clinic",
            "* Oral Surgery",
        ],
    },
    House {
        name: "Linden & Park Architects",
        is_person: false,
        sharing: Sharing::Company,
        tag: "arch",
        people: &[
            Person {
                email: "studio@linden-park.example",
                name: "Eleanor Park",
                admin: true,
                lang: En,
            },
            Person {
                email: "m.linden@linden-park.example",
                name: "Matthias Linden",
                admin: false,
                lang: En,
            },
            Person {
                email: "h.zhou@linden-park.example",
                name: "Hui Zhou",
                admin: false,
                lang: En,
            },
        ],
        tickets: 30,
        kin: &[
            "* Architects",
            "Studio *",
            "* Architecture",
            "* Planning Partners",
            "Atelier * Architects",
        ],
    },
];

const POOLS: &[Pool] = &[
    (
        "printer",
        &[
            "LaserJet M507",
            "LaserJet M430",
            "Ecosys P3155dn",
            "bizhub C258",
            "WorkForce C5790",
            "imageRunner C3226",
            "VersaLink C405",
            "Ecosys M5526",
        ],
    ),
    (
        "laptop",
        &[
            "Latitude 5440",
            "Latitude 7450",
            "ThinkPad T14",
            "ThinkPad X1",
            "EliteBook 840",
            "ProBook 450",
        ],
    ),
    (
        "phone",
        &[
            "iPhone 14",
            "iPhone 15",
            "Galaxy A54",
            "Galaxy S23",
            "Pixel 8",
            "Fairphone 5",
        ],
    ),
    ("asset", &["NB-{nb:1040-1990}", "WS-{nb:2010-2890}"]),
    (
        "room",
        &[
            "the front office",
            "the accounts office",
            "the back office",
            "the training room",
            "meeting room {rn:2-6}",
            "the post room",
            "the staff room",
            "room {rx:104-318}",
        ],
    ),
    (
        "mroom",
        &[
            "meeting room {mr:1-6}",
            "the board room",
            "the large meeting room",
            "the training room",
            "the room Matterhorn",
            "the room Rigi",
            "the room Säntis",
        ],
    ),
    (
        "joiner",
        &[
            "Hannah Pike",
            "Owen Marsh",
            "Sofia Lindner",
            "Rashid Karim",
            "Emma Cole",
            "Viktor Hale",
            "Beatriz Lopes",
            "Callum Reeve",
            "Nina Sandoz",
            "Arthur Wynn",
        ],
    ),
    (
        "leaver",
        &[
            "Gordon Pratt",
            "Lucy Fenn",
            "Ivan Petrov",
            "Carla Neri",
            "Joel Frost",
            "Miriam Stone",
            "Peter Hanley",
            "Alice Vogel",
        ],
    ),
    (
        "colleague",
        &[
            "Sarah", "Peter", "Amira", "Jürg", "Louise", "Marco", "Katie", "Simon", "Bettina",
            "Ravi",
        ],
    ),
    (
        "other",
        &[
            "Daniela", "George", "Nadja", "Stefan", "Ruth", "Jamal", "Claire", "Adrian",
        ],
    ),
    (
        "job",
        &[
            "an accounts assistant",
            "a team leader",
            "an apprentice",
            "a project coordinator",
            "a purchasing assistant",
            "holiday cover",
            "a sales assistant",
        ],
    ),
    (
        "share",
        &[
            "the Sales share",
            "the Finance share",
            "the Projects share",
            "the HR share",
            "the Quality share",
            "the Operations share",
            "the Marketing share",
        ],
    ),
    (
        "folder",
        &[
            "\"Contracts\"",
            "\"Price lists\"",
            "\"Monthly reports\"",
            "\"Offers\"",
            "\"Photos\"",
            "\"Templates\"",
            "\"Complaints\"",
            "\"Audit {yr:2023|2024}\"",
        ],
    ),
    (
        "task",
        &[
            "month-end",
            "the complaints",
            "the stock count",
            "purchasing",
            "the staff rota",
            "invoice control",
            "the yearly budget",
        ],
    ),
    (
        "box",
        &[
            "info",
            "invoices",
            "jobs",
            "orders",
            "service",
            "complaints",
            "bookings",
        ],
    ),
    (
        "app",
        &[
            "the ERP",
            "the accounting program",
            "the time recording",
            "the purchasing system",
            "the HR portal",
            "the document archive",
        ],
    ),
    (
        "tool",
        &[
            "Visio Plan 2",
            "Acrobat Pro",
            "Project Plan 3",
            "Power BI Pro",
            "Teams Phone",
            "Copilot",
        ],
    ),
    (
        "svc",
        &[
            "the intranet",
            "the remote desktop",
            "the webmail",
            "the file server",
            "the time recording",
            "the ERP",
            "the customer portal",
        ],
    ),
    (
        "site",
        &[
            "head office",
            "the branch in Aarau",
            "the branch in Basel",
            "the annexe",
            "the second site",
            "the branch in Zug",
        ],
    ),
    ("inv", &["M-{iv:24100-26990}"]),
    ("drive", &["G", "H", "K", "P", "S", "T"]),
    ("kb", &["KB50{kbn:34100-58900}"]),
    ("ext", &["{e:210-389}"]),
    (
        "phish",
        &[
            "Your parcel is on hold",
            "Invoice overdue, final notice",
            "Your mailbox is almost full",
            "Shared document: bonus list",
            "Please confirm your bank details",
            "Voice message from +41 44",
            "Password expires today",
        ],
    ),
    (
        "dest",
        &[
            "a large customer",
            "the cantonal office",
            "our insurer",
            "gmail addresses",
            "our bank",
            "bluewin addresses",
            "the structural engineer",
            "our planning partner",
        ],
    ),
    ("scan", &["MC33", "MC93", "TC52", "CK65", "TC22"]),
    ("hall", &["A", "B", "C", "2", "3", "5"]),
    ("shift", &["early", "late", "night"]),
    ("gate", &["2", "3", "5", "7", "8", "11", "12", "14"]),
    (
        "cust",
        &[
            "our largest customer",
            "the pharmacy chain",
            "the furniture shop",
            "the tyre dealer",
            "the wholesaler",
            "the spare parts maker",
        ],
    ),
    (
        "desk",
        &[
            "the front desk",
            "the second check-in desk",
            "the night desk",
            "the concierge desk",
            "the spa desk",
        ],
    ),
    ("surg", &["1", "2", "3", "4"]),
    (
        "lab",
        &[
            "the dental laboratory",
            "the orthodontist in Basel",
            "the jaw clinic",
            "the implant centre",
            "the specialist in Zug",
        ],
    ),
    (
        "raum",
        &[
            "im Sitzungszimmer {rn:1-4}",
            "in der Buchhaltung",
            "am Empfang",
            "im {rn:1-3}. Stock",
            "im Magazin",
            "im Pausenraum",
        ],
    ),
    (
        "bau",
        &[
            "Seeblick",
            "Bahnhofareal",
            "Schulhaus Nord",
            "Sonnenhalde",
            "Brückenstrasse",
            "Mühlepark",
            "Los {los:2-6}",
            "Lindenhof",
        ],
    ),
    (
        "neu",
        &[
            "Stefan Hug",
            "Marco Ferrari",
            "Beat Zimmerli",
            "Luca Steiner",
            "Patrick Rüegg",
            "Adrian Koch",
            "Enes Yildiz",
            "Thomas Bieri",
        ],
    ),
    (
        "rolle",
        &["Disponent", "Lagerleiter", "Einkäufer", "Lernender"],
    ),
    (
        "rolle@bau",
        &[
            "Bauleiter",
            "Polier",
            "Kalkulator",
            "Projektleiter",
            "Zeichner",
            "Einkäufer",
            "Lernender",
        ],
    ),
    (
        "kollege",
        &[
            "Livia Ammann",
            "Bruno Gisler",
            "Silvia Wenger",
            "Roland Suter",
            "Nicole Betschart",
            "Hans Odermatt",
        ],
    ),
    (
        "kollege2",
        &[
            "Kurt Fankhauser",
            "Doris Lüthi",
            "Sven Bader",
            "Ursula Inderbitzin",
        ],
    ),
    (
        "ablage",
        &[
            "«Projekte»",
            "«Einkauf»",
            "«Personal»",
            "«Offerten»",
            "«Qualität»",
        ],
    ),
    (
        "ablage@bau",
        &[
            "«Projekte»",
            "«Baustellen»",
            "«Bauleitung»",
            "«Werkhof»",
            "«Offerten»",
        ],
    ),
    ("geheim", &["die Personalakten", "die Lohnlisten"]),
    ("geheim@bau", &["die Kalkulation", "die Lohnlisten"]),
    (
        "ordner",
        &[
            "«Frachtpapiere»",
            "«Lieferscheine {lm:2024|2025}»",
            "«Verträge»",
            "«Schadenfälle»",
            "«Vorlagen»",
        ],
    ),
    (
        "ordner@bau",
        &[
            "«Ausmass Los {los:2-6}»",
            "«Werkverträge»",
            "«Abnahmeprotokolle»",
            "«Fotos {bau}»",
            "«Regierapporte»",
            "«Nachträge {bau}»",
        ],
    ),
    (
        "inhalt",
        &[
            "das ganze letzte Quartal",
            "die Unterlage für die Zollprüfung",
            "alles zu den Reklamationen",
        ],
    ),
    (
        "inhalt@bau",
        &[
            "das Ausmass",
            "alles zur Abnahme",
            "die Grundlage der Schlussrechnung",
            "der Vertrag mit den Beilagen",
        ],
    ),
    (
        "stelle",
        &[
            "im Lager Pratteln",
            "an der Laderampe",
            "im Depot",
            "in der Spedition",
        ],
    ),
    (
        "stelle@bau",
        &["auf der Baustelle {bau}", "im Baucontainer {bau}"],
    ),
    (
        "folge",
        &[
            "Aufträge erfassen geht so nicht",
            "Die Tourenplanung kann ich so nicht öffnen",
            "Ich muss heute noch die Frachtpapiere fertig machen",
        ],
    ),
    (
        "folge@bau",
        &[
            "Die Pläne kann ich so nicht öffnen",
            "Rapporte schreiben geht nicht",
            "Ich muss heute noch die Ausmasse erfassen",
        ],
    ),
    ("frist", &["Ausschreibung", "Zollprüfung"]),
    ("frist@bau", &["Submission", "Ausschreibung"]),
    (
        "frist2",
        &[
            "die Abrechnung ist fällig",
            "sonst bleibt die Disposition liegen",
        ],
    ),
    (
        "frist2@bau",
        &[
            "die Rapporte sind fällig",
            "sonst steht die Bauleitung still",
        ],
    ),
    ("partner", &["das Zollbüro", "der Frachtführer"]),
    ("partner@bau", &["die Bauherrschaft", "das Planungsbüro"]),
    (
        "team",
        &[
            "the management",
            "the new colleagues",
            "the on-call team",
            "the apprentices",
        ],
    ),
    (
        "team@logistics",
        &[
            "the drivers",
            "the dispatchers",
            "the night shift",
            "the yard team",
        ],
    ),
    (
        "team@hotel",
        &["the duty managers", "housekeeping", "the event team"],
    ),
    (
        "job@logistics",
        &[
            "a dispatcher",
            "a customs clerk",
            "a team leader for the night shift",
            "an apprentice",
            "a purchasing assistant",
        ],
    ),
    (
        "job@hotel",
        &[
            "a night auditor",
            "a receptionist",
            "an event coordinator",
            "a trainee",
            "a reservations agent",
        ],
    ),
    (
        "job@dental",
        &[
            "a dental assistant",
            "a hygienist",
            "a receptionist",
            "a trainee",
            "a practice manager",
        ],
    ),
    (
        "job@arch",
        &[
            "a draughtsperson",
            "an intern",
            "a site manager",
            "a junior architect",
            "a visualiser",
        ],
    ),
    (
        "phishde",
        &[
            "Ihr Paket wartet",
            "Mahnung, letzte Frist",
            "Ihr Postfach ist fast voll",
            "Lohnanpassung, bitte bestätigen",
            "Neue Sprachnachricht",
            "Zahlung dringend",
        ],
    ),
    (
        "vert",
        &[
            "Disposition",
            "Lager",
            "Einkauf",
            "Geschäftsleitung",
            "Zoll",
        ],
    ),
    (
        "vert@bau",
        &[
            "Bauleitung",
            "Alle Baustellen",
            "Projekt {bau}",
            "Poliere",
            "Einkauf",
            "Geschäftsleitung",
        ],
    ),
    (
        "salle",
        &[
            "à l'accueil",
            "au {et:1er|2e|3e} étage",
            "en salle de réunion",
            "à la comptabilité",
            "au secrétariat",
            "dans le bureau du fond",
            "à la réception des clients",
        ],
    ),
    (
        "collab",
        &[
            "Mme Rochat",
            "M. Pittet",
            "Mme Gauthier",
            "M. Bonvin",
            "Mme Nguyen",
            "M. Chappuis",
        ],
    ),
    (
        "collab2",
        &["Mme Dubois", "M. Reymond", "Mme Jaquet", "M. Monnier"],
    ),
    (
        "nouveau",
        &[
            "Léa Cornu",
            "Mathieu Roux",
            "Inès Carrard",
            "Bruno Pasche",
            "Claire Savoy",
            "Yves Martin",
            "Dominique Berset",
            "Loïc Genoud",
        ],
    ),
    (
        "fonction",
        &[
            "comptable",
            "fiscaliste",
            "secrétaire",
            "stagiaire",
            "responsable de mandats",
            "aide-comptable",
        ],
    ),
    (
        "dossier",
        &[
            "« Mandats {lettre:A à F|G à M|N à S|T à Z} »",
            "« TVA »",
            "« Salaires »",
            "« Révision »",
            "« Clôtures {an:2023|2024|2025} »",
            "« Déclarations {an:2023|2024|2025} »",
        ],
    ),
    (
        "destfr",
        &[
            "l'administration fiscale",
            "la caisse de compensation",
            "un notaire de Nyon",
            "deux clients importants",
            "la banque cantonale",
            "une étude d'avocats",
        ],
    ),
];

/// What clients write in about, and what becomes of it.
const SCENES: &[Scene] = &[
    Scene {
        lang: En,
        category: "hardware",
        only: &[],
        subjects: &[
            "{printer} in {room} shows offline again",
            "Printer {printer} offline",
            "Cannot print in {room}",
        ],
        description: "{hi}\n\n\
         the {printer} in {room} has been showing as offline since {since}. {:Jobs just sit in \
         the queue|Nothing comes out, no error on the display|The display says Ready, but \
         nothing arrives}. I have switched it off and on and checked the cable. About {n:4-18} \
         people use it.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, I can see the print queue but the device no longer answers on its \
             old address. Can you print the configuration page (Menu > Reports > Configuration) \
             and tell me the IP address at the top?",
            ),
            Wait,
            Client("It says 192.168.{net:10-40}.{ip:20-230}. Is that any use?"),
            Note(
                "It is on DHCP. {peer} was meant to set the reservation when we replaced the switch \
             last month and did not. We do not charge the time for this one.",
            ),
            Fix(
                "The printer had picked up a new address after the switch was replaced. I have \
             reserved 192.168.{net}.{ip} for it and corrected the queue on the print server, so \
             it will keep that address from now on. A test page came out at my end: please try \
             one from your PC.",
            ),
            Again(
                "Still offline on two of the PCs, the others are fine.",
                "Those two PCs had a private copy of the old queue. I removed it and pushed the \
             managed one; both have printed a test page.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "VPN drops every {mins:10-40} minutes",
            "VPN keeps disconnecting from home",
            "Remote access unusable since {since}",
        ],
        description: "{hi}\n\n\
         since {since} my VPN connection drops every {mins:10-40} minutes or so when I work \
         from home. Everything else at home stays up, {:video calls included|my partner works \
         without problems|even streaming runs fine}. The client is version \
         {ver:5.0|5.1|5.2}.{minor:1-9}. After the drop I have to {:type the code again|wait a \
         minute and sign in again|restart the laptop}, which is a nuisance when I am {:in the \
         middle of something|on the phone|connected to the finance system}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, thank you for the details. Are you on Wi-Fi or on a cable at home, and \
             which provider do you have?",
            ),
            Wait,
            Client("Wi-Fi, with {isp:Sunrise|Swisscom|Salt|Init7}. The router is two metres away."),
            Start,
            Note(
                "MTU problem, third one this month with {isp}. We know about it since the firewall \
             upgrade. We should have rolled the new profile out to everybody at once instead of \
             waiting for complaints.",
            ),
            Fix(
                "Your provider's line does not accept packets as large as our old profile used. I \
             have sent you a new profile (version {ver}.{minor}, MTU 1360); it installs itself \
             at the next sign-in. Please watch it for a day before you accept.",
            ),
            Again(
                "It lasted all morning and then dropped twice within an hour.",
                "The second cause was the idle timer on the firewall, which cut sessions with \
             little traffic. It is now eight hours for your group. Your session has been up \
             since yesterday morning without a break.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "New starter on {day}: {joiner}",
            "Account for {joiner}, starting {day}",
            "Onboarding {joiner}",
        ],
        description: "{hi}\n\n\
         {joiner} joins us on {day} as {job}. Please create the account with the same rights as \
         {colleague}, a mailbox, and access to {share}. {:A laptop from stock is fine|They will \
         take over the laptop {asset}|We need a new laptop, standard model}. {:Please send the \
         first password to me|I will hand over the first password myself}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, thank you for letting us know in time. Same rights as {colleague} \
             would include the payroll folder. Is that intended?",
            ),
            Wait,
            Client("Good catch, no. Everything except payroll."),
            Start,
            Boss(
                "Order says standard onboarding, which is the flat fee. If the laptop comes from \
             our stock, invoice it: last time we forgot and ate {cost:900|1100|1250} CHF.",
            ),
            Note(
                "{colleague} still has rights from the previous job. Raise it at the next service \
             review, politely.",
            ),
            Fix(
                "Account, mailbox and access to {share} are ready for {joiner}. Payroll is left \
             out. The first password has reached you by text message and must be changed at the \
             first sign-in. The multi-factor set-up starts by itself.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "Leaver: please close account of {leaver}",
            "{leaver} leaves us on {day}",
        ],
        description: "{hi}\n\n\
         {leaver} leaves on {day}. Please disable the account at {hour:16|17|18}:00, forward \
         the mailbox to {colleague} for {weeks:4-12} weeks and set an out-of-office text: \
         \"{leaver} no longer works for us, please write to {colleague}.\" {:The laptop will be \
         on my desk|The laptop {asset} comes back by post|Laptop and phone will be handed in at \
         reception}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Understood, {first}. I have scheduled the account for {day}, {hour}:00. Should the \
             OneDrive files be kept?",
            ),
            Client("Yes please, give {colleague} access to them."),
            Note(
                "Not an amicable departure according to the service desk call. Sessions and tokens \
             are to be revoked at the same minute, not at the next sync.",
            ),
            Fix(
                "The account was disabled on {day} at {hour}:00 and all sessions were ended. Mail \
             goes to {colleague} for {weeks} weeks, the OneDrive files are shared with \
             {colleague}, and the licence is back in your pool.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Outlook search finds nothing older than {m:2-9} weeks",
            "Search in Outlook broken",
            "Cannot find e-mails older than {m:2-9} weeks",
        ],
        description: "{hi}\n\n\
         Outlook only finds e-mails from the last {m:2-9} weeks. Older ones are there if I \
         scroll, {:but the search does not show them|so they are not deleted}. I need to find \
         {:a contract from last year|a complaint from the spring|the correspondence with a \
         supplier} {:today|before the end of the week|for the auditors}. My PC is {asset}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, Outlook keeps only part of the mailbox on your PC and searches that \
             part. I can widen it, but your mailbox is {gb:18-49} GB. May I connect for ten \
             minutes this afternoon?",
            ),
            Client("Yes, any time after two."),
            Note(
                "Mailbox nearly at the plan limit. The larger plan would be the honest answer, but \
             {company} turned it down at the last review. Archive instead.",
            ),
            Fix(
                "I widened the offline period to two years and rebuilt the search index, which took \
             about an hour. For anything older, use the search in Outlook on the web, it always \
             looks at the whole mailbox.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "Access to mailbox {box}@",
            "Please add {colleague} to the {box} mailbox",
            "Shared mailbox {box}: rights for two people",
        ],
        description: "{hi}\n\n\
         please give {colleague} and {other} access to the shared mailbox {box}@. {colleague} \
         needs to {:send as {box}|answer in the name of {box}}, {other} {:only needs to \
         read|should only read during the holidays}. {:It is needed from {day}|As soon as you \
         can, please|No rush, this week is fine}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, the owner of that mailbox has to agree. In our list that is \
             {owner:your managing director|the head of sales|the office manager}. Could you \
             forward me a short yes?",
            ),
            Wait,
            Client("Forwarded just now."),
            Fix(
                "Done. {colleague} has full access and may send as {box}@; {other} can read only. \
             The mailbox appears in Outlook by itself within the hour; if not, restart Outlook \
             once.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Suspicious e-mail: \"{phish}\"",
            "I think I clicked on a phishing link",
            "Phishing? \"{phish}\"",
        ],
        description: "{hi}\n\n\
         this morning I received an e-mail with the subject \"{phish}\" that looked as if it \
         came from {:our bank|the parcel service|Microsoft|our director}. {:I clicked the link \
         and typed my password before I noticed|I opened the attachment, a page flashed up and \
         closed|I clicked, but did not type anything in}. {count:2-9} colleagues received it \
         too. What should I do?\n\n\
         {:Sorry about this!|I feel rather stupid.|Please call me.} {first}",
        beats: &[
            Start,
            Staff(
                "{first}, thank you for reporting it at once, that is exactly right. I have reset \
             your password and ended all sessions. Please do not use the PC until I call you in \
             five minutes.",
            ),
            Note(
                "Sign-in from a foreign hosting range {lag:4-25} minutes after the click, MFA \
             denied it. No rule in the mailbox. Close call: {company} has no conditional access \
             because they did not want to pay for the plan.",
            ),
            Boss(
                "Use this for the renewal talk, but wait two weeks. Nobody likes to be sold \
             something on the day.",
            ),
            Staff(
                "I removed the message from all mailboxes and blocked the sender. One more person \
             had clicked; that password is reset as well.",
            ),
            Fix(
                "No account was taken over. Password and sessions of the people concerned are \
             reset, the message is deleted everywhere, and the sender and its {count2:2-5} \
             look-alike domains are blocked. Please sign in with the new password and accept \
             the prompt on your phone.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &[],
        subjects: &[
            "Laptop {asset} very slow",
            "{laptop} takes {mins:6-15} minutes to start",
            "My laptop freezes when I open Excel",
        ],
        description: "{hi}\n\n\
         my {laptop} ({asset}) has become unbearably slow. It takes {mins:6-15} minutes to \
         start, and {:Excel freezes on larger files|Teams stutters in every call|the fan runs \
         all day}. It is {years:3-5} years old. {:A restart does not help|I restart it every \
         day|I have already closed everything I do not need}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, I looked at it remotely: the disk is {pct:93-99} % full and reports \
             its first read errors. I would like to replace the SSD. It takes half a day; can \
             you spare it on {day}?",
            ),
            Wait,
            Client("{day} works, I will borrow a colleague's machine."),
            Note(
                "SSD out of warranty by six weeks. Part {part:74-118} CHF, we bill 1 h instead of \
             the 2.5 h it really takes, otherwise they will ask why we did not see the SMART \
             warning in the monitoring. We had it on the list.",
            ),
            Fix(
                "New 1 TB SSD fitted, Windows and your programs moved over. It now starts in under \
             half a minute. The old disk will be shredded by us after 30 days, tell me if you \
             miss a file before then.",
            ),
            Again(
                "Much faster, but my Excel add-in is gone.",
                "The add-in was installed for your user only, so the transfer missed it. It is \
             back, with your templates.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &[],
        subjects: &[
            "No sound in {mroom}",
            "Teams call in {mroom}: others cannot hear us",
            "Microphone in {mroom} dead",
        ],
        description: "{hi}\n\n\
         in {mroom} the others cannot hear us in Teams calls. {:The camera works|Picture is \
         fine}, {:the microphone shows no level|the loudspeaker crackles}. We have a {:supplier \
         call|board meeting|customer presentation} in there on {day} at \
         {hour:9|10|11|14|15}:00, so it would be good to have it {:fixed by then|working}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, the room system lost its audio device after last night's firmware. \
             I am restarting it now. Please try a test call in ten minutes.",
            ),
            Client("Tried it: we hear them, they still do not hear us."),
            Start,
            Boss(
                "{boss} promised them this room would be monitored. It is not in the monitoring. \
             Please add it quietly before they ask.",
            ),
            Fix(
                "The ceiling microphone was attached to the wrong input after the firmware update. \
             I set it again, locked the firmware and tested with a colleague for a quarter of \
             an hour. The room is ready for {day}.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Wi-Fi dead spot in {room}",
            "Bad Wi-Fi in {room} since {since}",
        ],
        description: "{hi}\n\n\
         we have hardly any Wi-Fi in {room} since {since}. {:Phones switch to mobile data|Calls \
         break up|The tablets lose the connection}, {n:3-12} people are affected. Two rooms \
         further on it is perfect. {:Nothing was moved as far as I know|The painters were in \
         last week|A large cupboard was moved in there}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, the access point AP-{ap:11-48} for that area has been off the network \
             since {since}. It is powered through the cable. Could somebody look whether its \
             light is on?",
            ),
            Wait,
            Client("No light at all."),
            Note(
                "PoE budget of the switch exceeded: {peer} added two cameras there without \
             checking. Move AP to switch 2, port {port:3-23}. Not billable.",
            ),
            Fix(
                "The access point got no power because its switch was at its limit. It now hangs on \
             another switch and has been stable overnight. I have also corrected the plan so \
             that it does not happen again.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "New {phone}, authenticator gone",
            "MFA on new {phone}",
            "Cannot sign in after changing phones",
        ],
        description: "{hi}\n\n\
         I have a new {phone} since {since} and the old one is already {:wiped|at the \
         shop|gone}. The authenticator asks me to approve on the old phone, so I cannot get \
         into {:anything|Outlook and Teams|the VPN}. {:I am at my desk all day|You can reach me \
         on my mobile|I am in the office until {hour:15|16|17}:00}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, I will call you back on the number in our directory to make sure it \
             is you, then reset the second factor.",
            ),
            Note(
                "Verified by call-back and staff number. Do not do it by e-mail, even if they are \
             in a hurry.",
            ),
            Fix(
                "Your second factor is reset. At the next sign-in you are asked to scan a code with \
             the new {phone}. Please add your office number as a fallback at the same time, so \
             that next time you can do without us.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "Locked out of {app}",
            "Account locked, cannot work",
            "Password for {app} not accepted",
        ],
        description: "{hi}\n\n\
         {app} says my account is locked. I changed my Windows password {:on \
         {day}|yesterday|this morning} and since then it {:locks again every half hour|does not \
         accept either the old or the new one}. {:I am the only one here who can post \
         invoices|Customers are waiting|Nothing else is affected}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, unlocked. Something still signs in with your old password. Do you have \
             mail on a second phone or a tablet?",
            ),
            Client("There is an old iPad in the drawer, that could be it."),
            Fix(
                "The old tablet kept trying the former password and locked your account. I removed \
             it from your account and unlocked {app}. It has now been quiet for {h:3-20} hours.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Please restore folder {folder}",
            "Folder {folder} has disappeared",
            "Deleted by mistake: {folder}",
        ],
        description: "{hi}\n\n\
         the folder {folder} on {share} has gone since {since}. {:I may have dragged it \
         somewhere|Nobody admits to anything|A temp might have deleted it}. There are about \
         {n:60-900} files in it, and we need {:the price lists|last month's reports|the signed \
         contracts} {:today|by {day}|as soon as possible}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, nothing is lost: there is a snapshot from {since}. I will restore \
             it next to the original so that nothing newer is overwritten.",
            ),
            Start,
            Note(
                "Audit log: dragged into another folder by the director at {h:7-18}:{mi:10-59}. No \
             need to mention names in the answer.",
            ),
            Fix(
                "I restored {folder} with all {n} files, as it was before it went missing. The \
             folder had been moved into a neighbouring one; that copy is still there, please \
             delete it when you have checked.",
            ),
            Again(
                "The files are there, but the permissions are wrong: everybody can open them.",
                "You are right, sorry. The restored folder had inherited the rights of the parent. \
             They are now identical to the ones before, and I checked with an account that must \
             not see it.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "Read access to {share} for {colleague}",
            "Permission on {share}",
            "{colleague} cannot open {share}",
        ],
        description: "{hi}\n\n\
         {colleague} gets \"access denied\" on {share}. {:They took over {task} from \
         {other}|They are standing in for {other} until the end of the month|They need it for \
         {task}}. {:Reading is enough|Please give write access|Same rights as {other}, please}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, I need a yes from the person responsible for that folder before I \
             change it. Our list says that is you. So: read or write?",
            ),
            Wait,
            Client("Then it is a yes from me. Read only."),
            Fix(
                "{colleague} can now read {share}. Sign out of Windows and in again once so that \
             the new group is picked up.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &[],
        subjects: &[
            "Licence for {tool}",
            "{tool} for {colleague}",
            "Please order {tool} ({seats:2-7} seats)",
        ],
        description: "{hi}\n\n\
         we need {seats:2-7} {:more licences|seats} of {tool} for {colleague}'s team{:| from \
         {day}|, starting next month}. Could you tell us the price {:per year|per month and per \
         year} first? {:Cost centre {cc:2100-4900}|The budget is approved|I need to have it \
         signed off}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, {tool} is {price:18-62} CHF per seat and month with annual \
             commitment, so {seats} x 12 months. Shall I order?",
            ),
            Wait,
            Note(
                "Our margin on this is thin: {margin:3-8} %. If they push on the price, let it go \
             rather than discount.",
            ),
            Client("Approved, please go ahead."),
            Start,
            Fix(
                "{seats} licences of {tool} are ordered and assigned. The installer appears in the \
             company portal on each PC. The invoice comes at the end of the month with your \
             cost centre.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &[],
        subjects: &[
            "Docking station: second screen black",
            "Second monitor stays black on {asset}",
            "Screens flicker on the {laptop}",
        ],
        description: "{hi}\n\n\
         since {since} the second screen at my desk {:stays black|flickers every few seconds|is \
         only recognised after three attempts}. Laptop is a {laptop} ({asset}), {:the dock is \
         the grey one|dock model WD{dock:15|19|22}|one cable to the dock}. With a colleague's \
         laptop the same screens {:work|do the same}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, there is a known fault in this dock's firmware. I will update it while \
             you are at lunch, please leave the laptop docked and switched on.",
            ),
            Fix(
                "Dock firmware is now at 1.{fw:10-48} and the graphics driver is current. Both \
             screens came up five times in a row. If it happens again, note the time and I will \
             replace the dock.",
            ),
            Again(
                "Worked for a day, black again this morning.",
                "I brought a new dock and left it on your desk, already connected. The old one goes \
             back under warranty.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Scan to e-mail no longer works",
            "{printer}: scanning to mail fails",
            "Scans from {room} never arrive",
        ],
        description: "{hi}\n\n\
         scanning to e-mail on the {printer} in {room} fails since {since}. The display says \
         {:\"Server error {code:421|535|550}\"|\"Authentication failed\"|\"Send error \
         {code:0x18|0x41}\"}. Copying and printing are fine. We scan {:delivery notes|incoming \
         invoices|signed contracts} all day, {:about {n:20-90} a day|so this hurts}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, this is on us: we switched off an old sign-in method and this \
             device was not on the list. I am entering the new settings now.",
            ),
            Boss(
                "SLA clock started at 08:{mi:10-55}. Four-hour response is fine, but resolution for \
             {company} is eight hours. Do not let this slip to tomorrow.",
            ),
            Note("{peer} made the inventory and left out the two devices in this office."),
            Fix(
                "The printer now sends through the mail relay. I scanned three pages to you and to \
             myself, both arrived. I also checked your other devices; they were already \
             converted.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Certificate warning on {svc}",
            "Browser says {svc} is not secure",
        ],
        description: "{hi}\n\n\
         since {since} everyone gets a red warning when opening {svc}: \"{:Your connection is \
         not private|The certificate has expired|Not secure}\". {:Some colleagues click it \
         away|I told people not to continue}. {:Is it safe|Can we go on working|Have we been \
         hacked}?\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, you were right to stop. The certificate ran out at midnight; it is \
             not an attack. A new one is being issued.",
            ),
            Note(
                "The renewal reminder goes to the mailbox of somebody who left us in the spring. \
             Embarrassing. I moved all certificate reminders of all customers to the on-call \
             list.",
            ),
            Fix(
                "{svc} has a new certificate, valid for {m:6|12} months, and renewal is automatic \
             from now on. The warning is gone in all browsers; close and reopen the window \
             once.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "When is the next maintenance window?",
            "Maintenance on {day}: does it affect {site}?",
            "Question about the maintenance of {svc}",
        ],
        description: "{hi}\n\n\
         in your newsletter you announce maintenance on {day} from {hour:18|19|20|21}:00. {:We \
         have a late shift until {late:21|22}:00|We do our month-end that evening|Our {site} \
         works that night}. Is {svc} affected, and for how long? {:Could it be moved by a \
         day?|Please let me know so that I can tell people.}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, {svc} will be away for about {mins:10-40} minutes, some time between \
             {hour}:00 and midnight. If that hurts, we can put {company} last, after 23:00.",
            ),
            Client("After 23:00 would be perfect."),
            Fix(
                "You are last in the order, so nothing happens before 23:00. You will get a message \
             when we begin and when we are done.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Question on invoice {inv}",
            "Invoice {inv}: {hrs:2-6} hours on-site?",
            "Please explain one position on invoice {inv}",
        ],
        description: "{hi}\n\n\
         on invoice {inv} there are {hrs:2-6} hours of on-site work for {:\"network\"|\"client \
         support\"|\"printer\"} at {rate:165|180|195} CHF. {:We cannot match that to a \
         ticket|According to our notes nobody came|I thought this was part of the contract}. \
         Could you check and send a corrected invoice if need be?\n\n\
         {:Regards|Kind regards|Best}, {first}",
        beats: &[
            Staff(
                "Hello {first}, I have asked our accounts to send me the time sheet. You will hear \
             from me by {day}.",
            ),
            Note(
                "{peer} booked the travel time to Winterthur on the wrong customer. It is ours to \
             correct. Look for the same mistake in the previous two months before they do.",
            ),
            Boss(
                "Give them the full credit, no haggling. The contract comes up in {m:2-5} months.",
            ),
            Fix(
                "You are right, the {hrs} hours belonged to another customer. A credit note over \
             the full amount is in today's post, and a corrected invoice {inv}-B follows. We \
             apologise for the trouble.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Windows update fails on {asset}",
            "Update {kb} stuck at {pct:20-90} %",
            "PC restarts every evening because of an update",
        ],
        description: "{hi}\n\n\
         my PC {asset} tries to install {kb} {:every evening|at each restart}, gets to \
         {pct:20-90} % and then says \"undoing changes\". {:It takes twenty minutes each time|I \
         lose half an hour every morning}. {:Can you switch that off|Is there anything I can \
         do}?\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, switching it off would leave you without security fixes, so I would \
             rather repair it. May I restart your PC at {hour:12|13}:00?",
            ),
            Client("Yes, I am at lunch from twelve."),
            Fix(
                "The recovery partition was too small for {kb}. I enlarged it and the update went \
             through at the first attempt. The next ones will be normal.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Drive {drive}: missing after restart",
            "No access to drive {drive}:",
        ],
        description: "{hi}\n\n\
         since I restarted {:this morning|after lunch|on {day}} drive {drive}: has gone. \
         {colleague} has it, I do not. {:I need it for {task}|All my files are there}. PC \
         {asset}, {:in the office|working from home}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, could you open File Explorer and type \
             \\\\fs01\\{folder2:team|data|office|common} in the address bar? Does that open?",
            ),
            Wait,
            Client("It opens, I can see my files."),
            Start,
            Fix(
                "Good, so it was only the drive letter. Your account had slipped out of a group \
             when we tidied up last week. I put it back, and drive {drive}: appears at each \
             sign-in.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &[],
        subjects: &[
            "Set up {phone} for company mail",
            "Company phone for {joiner}",
            "Enrol {n:2-8} new phones",
        ],
        description: "{hi}\n\n\
         we have {n:2-8} new {phone}s for {team}. Please put them into device management with \
         mail, Teams and {:the VPN|the Wi-Fi profile|our app}. {:The SIM cards are in|SIM cards \
         follow on {day}}. {:Serial numbers are attached|I can send the serial numbers}. Names: \
         {joiner}, {colleague} and others.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, please send me the serial numbers as a list and do not switch the \
             phones on yet: they then enrol by themselves.",
            ),
            Wait,
            Client("List sent. Two had already been switched on, sorry."),
            Note("The two need a full reset, {mins:25-45} min each. Contract covers it, barely."),
            Fix(
                "All {n} phones are enrolled. When they are first switched on with Wi-Fi they fetch \
             mail, Teams and the profiles without further help. A one-page guide is attached.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &[],
        subjects: &[
            "Forward extension {ext} to {colleague}",
            "Phone: change the call group at {site}",
            "Call forwarding during holidays, ext. {ext}",
        ],
        description: "{hi}\n\n\
         from {day} until the end of {:next week|the month|the holidays} calls to extension \
         {ext} should go to {colleague} and after {sec:15-30} seconds to the voicemail. {:The \
         announcement can stay|Please record that we call back the same day}. {:We close at \
         {hour:16|17|18}:00 then|Reception is not staffed after {hour:16|17|18}:00}.\n\n\
         {thx}",
        beats: &[
            Start,
            Fix(
                "Extension {ext} rings at {colleague}'s phone from {day} on, goes to voicemail \
             after {sec} seconds and falls back to normal by itself at the end. I tested it \
             from an outside line.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &[],
        subjects: &[
            "Quote for {n:5-20} laptops",
            "Replacement of our {n:5-20} oldest PCs",
            "Offer please: {n:5-20} x {laptop}",
        ],
        description: "{hi}\n\n\
         we would like to replace {n:5-20} machines {:this quarter|before the summer|this \
         financial year}. Could you make us an offer for {n:5-20} {laptop} with {ram:16|32} GB, \
         {ssd:512 GB|1 TB}, dock and {yrs:3|4|5} years on-site warranty, including set-up? \
         {:Please also price taking back the old ones|The old ones should be wiped with a \
         certificate|Leasing would interest us too}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, thank you. Delivery for the {laptop} is {weeks:2-6} weeks at \
             present. I will send the offer by {day}.",
            ),
            Boss(
                "Distributor gives {disc:9-16} % above 10 pieces. Pass on half. And put the \
             roll-out in as a fixed price, we lost two days on it last time.",
            ),
            Staff(
                "The offer is attached: the machines, the roll-out as a fixed price and the \
             taking-back of the old ones.",
            ),
            Wait,
            Client("Looks good. We will take the variant with {ram} GB."),
            Fix(
                "Ordered with delivery in about {weeks} weeks. You will get the dates for the \
             roll-out as soon as the distributor confirms; five machines a day, so that nobody \
             is without a PC.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Where are the backups of {svc} kept?",
            "Questionnaire from our insurer: backups",
            "Data protection question about {svc}",
        ],
        description: "{hi}\n\n\
         our {:insurer|auditor|biggest customer} sent a questionnaire. We need to state where \
         the backups of {svc} are kept, how long, whether they are encrypted, and when a \
         restore was last tested. {:The deadline is {day}|They want it by the end of the \
         month|It need not be long}. {:Could you also name the responsible person?|One page \
         would be enough.}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, happy to. Backups are encrypted, kept {days:30|60|90} days in two data \
             centres in Switzerland. I will write the page and add the record of the last \
             restore test.",
            ),
            Note(
                "The last documented restore test is {m:11-16} months old, the contract says every \
             six. Do one tonight, then write the page.",
            ),
            Fix(
                "The page is attached, with the record of a restore test of a complete server done \
             this week. You may pass it on as it is.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &[],
        subjects: &[
            "UPS in the server cupboard beeps",
            "Beeping in the server room at {site}",
        ],
        description: "{hi}\n\n\
         the box at the bottom of the server cupboard at {site} beeps every {sec:10-60} seconds \
         since {since}. The display says \"{:Replace battery|BATT|Battery fault \
         F{f:02|04|06}}\". {:It is driving reception mad.|Can I switch it off?|Is that urgent?}\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, please do not switch it off, the server hangs on it. You may press \
             the mute button once. Battery set is ordered.",
            ),
            Start,
            Note(
                "The battery warning was in our monitoring for {w:2-6} weeks and nobody took the \
             ticket. {boss} knows.",
            ),
            Fix(
                "New battery set fitted, self-test passed, {mins:14-28} minutes of run time at \
             present load. The old batteries went back with us for recycling.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "Our e-mails to {dest} bounce",
            "Customers do not receive our e-mails",
            "Mail marked as spam at {dest}",
        ],
        description: "{hi}\n\n\
         since {since} e-mails to {dest} {:come back with \"550 5.7.{b:1|26|509}\"|land in \
         spam|are rejected as unauthenticated}. {:Yesterday an order confirmation was lost|It \
         concerns our newsletter too|Only messages from our invoicing tool, normal ones \
         arrive}. Attached is one of the bounces.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, the bounce says our SPF record does not cover the service that sends \
             your {:invoices|newsletter|confirmations}. Which tool is that, and who set it up?",
            ),
            Wait,
            Client(
                "Marketing did, {:in the spring|two weeks ago|last month}, with {mailer:a \
             newsletter service|an invoicing service|the new web shop}.",
            ),
            Note(
                "They never told us. Be friendly, but the hour is billable: changes by third \
             parties are outside the flat rate, clause 4.",
            ),
            Fix(
                "SPF and DKIM now include {mailer}. Test messages to {dest} passed all checks. \
             Please tell us beforehand when a new service sends in your name, it saves you the \
             bounces.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &[],
        subjects: &[
            "Room {mroom} in the Outlook calendar",
            "Book {mroom} through Outlook",
        ],
        description: "{hi}\n\n\
         please make {mroom} bookable in Outlook, for {n:6-20} people, with the screen listed \
         as equipment. Bookings {:over four hours should be confirmed by {colleague}|by \
         outsiders should be refused|should be limited to eight weeks ahead}. {:We have had two \
         double bookings since {since}|At present we use a sheet of paper on the door}.\n\n\
         {thx}",
        beats: &[
            Start,
            Fix(
                "{mroom} is in the room list with {n} seats and the screen. Double bookings are \
             refused by the calendar, and the special rule you asked for is active. It may take \
             a few hours until every Outlook shows the room.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &["logistics"],
        subjects: &[
            "Scanner {scan} will not read labels in hall {hall}",
            "Handheld {scan} loses connection in hall {hall}",
            "{n:2-6} handhelds down on the {shift} shift",
        ],
        description: "{hi}\n\n\
         {n:2-6} of the handheld scanners in hall {hall} {:lose the connection between the \
         racks|no longer read the small labels|hang in the picking screen}. It began on the \
         {shift} shift {since2:yesterday|on Monday|this week}. Device numbers start with \
         {scan}. {:The drivers write on paper now|We pick with half the people}, which costs us \
         about {lost:20-60} orders an hour.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, they roam badly between two access points since the new racking went \
             up. I am lowering the roaming threshold for the scanner profile now. Please let \
             one picker try gate {gate:2-14}.",
            ),
            Client("Better, but still one drop at the end of aisle {aisle:11-38}."),
            Boss(
                "This is a P1 in the contract of {company}: two-hour resolution, penalties from \
             hour three. Somebody drives out now.",
            ),
            Note(
                "On site. Antenna cable of the access point in aisle {aisle} crushed by a forklift. \
             Not our fault, document with photographs before they claim the penalty.",
            ),
            Fix(
                "The access point above aisle {aisle} had a damaged antenna cable. It is replaced \
             and hung higher, and the scanners hold the connection on a full walk through hall \
             {hall}. Photographs are attached for your insurance.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &["logistics"],
        subjects: &[
            "Label printer at gate {gate} prints blank labels",
            "Gate {gate}: labels unreadable",
        ],
        description: "{hi}\n\n\
         the label printer at gate {gate} (ZT{zt:230|410|421}) prints {:blank labels|a white \
         stripe down the middle|everything shifted by a centimetre} since {since}. {:We changed \
         the roll|A new ribbon is in|We have cleaned the head}. The carrier refuses unreadable \
         labels; {n:30-140} parcels are waiting.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, please hold the feed button until the light flashes twice: that \
             calibrates the roll. What comes out?",
            ),
            Client("Two empty ones, then a proper test label!"),
            Fix(
                "Calibration lost after the roll was changed to another size. I have stored the new \
             size in the printer so that it survives a restart, and put a note with the two \
             steps on the portal.",
            ),
            Again(
                "Blank again on the {shift} shift.",
                "The print head was worn out. We fitted a new one from stock and ran \
             {m:100|150|200} labels without a fault.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &["logistics"],
        subjects: &[
            "EDI orders from {cust} not arriving",
            "No orders from {cust} since {edih:4-9}:{mi:10-55}",
        ],
        description: "{hi}\n\n\
         we have not received any EDI orders from {cust} since {edih:4-9}:{mi:10-55} this \
         morning. They say everything has been sent. {:The truck leaves at \
         {truck:14|15|16}:00|We are typing the urgent ones by hand|Planning stands still}. Last \
         number received: {ord:410000-489999}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, I see {files:12-66} files waiting in the incoming folder. The \
             converter stopped at one with a faulty character. I am taking that one out by \
             hand.",
            ),
            Note(
                "Their new ERP writes the address in another character set. We were told in a mail \
             {d:9-20} days ago; it went to {peer} and stayed there.",
            ),
            Fix(
                "All {files} waiting orders are imported, up to {ord}. The converter now accepts \
             the new character set and raises an alarm instead of stopping. {cust} has been \
             informed.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &["hotel"],
        subjects: &[
            "Key card encoder at {desk} out of order",
            "No key cards: encoder fault at {desk}",
        ],
        description: "{hi}\n\n\
         the key card encoder at {desk} shows \"{:Encoder offline|E{e:11-38}|Write error}\" \
         since {since}. We make the cards on the second one, but with {n:30-90} arrivals {:this \
         evening|tonight|this afternoon} there will be a queue. {:Replugging did nothing|We \
         replugged everything twice}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, the driver was replaced by the operating system overnight. I am \
             putting the vendor's back, it takes about ten minutes and you can go on working.",
            ),
            Fix(
                "The encoder works again and the driver can no longer be replaced by itself. I made \
             a test card for room {rm:101-418} together with your colleague at {desk}.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &["hotel"],
        subjects: &[
            "Guests on floor {fl:1-5} complain about Wi-Fi",
            "Guest Wi-Fi: login page does not appear",
        ],
        description: "{hi}\n\n\
         guests on floor {fl:1-5} tell us that {:the login page does not appear|they are thrown \
         out every hour|it is fine at noon and terrible at night}. We had {n:3-14} complaints \
         since {since} and one bad review. {:A conference with {conf:60-160} people begins on \
         {day}|The house is full until {day}}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, the address pool for guests was exhausted: {pool:250|500} \
             addresses, and most guests bring three devices. I have doubled it and shortened \
             the reservation to four hours.",
            ),
            Note(
                "We told {company} about this in the design and they chose the smaller variant to \
             save {save:1800|2400|3100} CHF. The mail is in the file if anyone asks.",
            ),
            Wait,
            Client("It is better tonight. Can you also look at the conference room?"),
            Start,
            Fix(
                "The pool is doubled, two access points near the conference room have a second \
             radio in use, and the login page loads within two seconds on the devices I tried \
             on floor {fl}.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &["hotel"],
        subjects: &[
            "Reservation system slow at check-in",
            "Booking screen hangs at {desk}",
        ],
        description: "{hi}\n\n\
         the reservation system takes {sec:15-50} seconds per guest at {desk}, mainly between \
         {a:15|16}:00 and {b:18|19}:00. {:The restaurant till is fine|The back office is fast}. \
         {:It began with the update to {v:8|9}.{vm:1-9}|It has been so since {since}}. Guests \
         are queueing through the lobby.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hi {first}, I watched it live at {a}:30: the server is idle, but the virus scanner \
             reads each report file again. I am setting the exclusion that the vendor \
             recommends.",
            ),
            Wait,
            Client("Today at check-in it took four seconds."),
            Fix(
                "Exclusion set on all {n:4-9} front office PCs, as documented by the vendor. \
             Average time per guest this week: under five seconds.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &["dental"],
        subjects: &[
            "X-ray sensor not recognised in surgery {surg}",
            "Surgery {surg}: no image from the sensor",
        ],
        description: "{hi}\n\n\
         in surgery {surg} the imaging software no longer sees the intraoral sensor: \"{:No \
         device found|Sensor not connected (code {c:11-48})}\". In surgery {surg2:5|6} the same \
         sensor works. {:Patients are being moved between rooms|We have {n:8-19} patients this \
         afternoon|The dentist is not amused}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, the USB port went to sleep to save power and did not wake up. I \
             have switched that off remotely; please unplug the sensor, count to ten and plug \
             it in again.",
            ),
            Client("It is back. Thank goodness."),
            Note(
                "Same fault was solved in their other branch in spring, never written down. Now it \
             is in the knowledge base and in the group policy for all dental sites.",
            ),
            Fix(
                "Power saving is off for the USB ports in all surgeries. The sensor in surgery \
             {surg} has taken {shots:3-9} test images in a row.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &["dental"],
        subjects: &[
            "Practice software: error after update {pv:12|13}.{pvm:1-9}",
            "Cannot open patient files since update {pv:12|13}.{pvm:1-9}",
        ],
        description: "{hi}\n\n\
         after last night's update to {pv:12|13}.{pvm:1-9} the practice software says \
         \"{:Database version mismatch|Schema {s:310-388} expected}\" at reception and in \
         surgery {surg}. The other PCs work. {:Appointments are on paper for now|We cannot see \
         allergies or X-rays}. First patient at {hour:8|9}:00.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Good morning {first}, two PCs were switched off during the update and still run \
             the old program. I am starting the update on both now.",
            ),
            Boss(
                "Health data and a blocked practice: this counts as critical, call back every 30 \
             minutes even if there is nothing new.",
            ),
            Fix(
                "Both PCs have version {pv}.{pvm} and open the files. From now on the PCs are woken \
             up before an update, so that none is left behind.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &["dental"],
        subjects: &[
            "Secure mail to {lab}",
            "Encrypted e-mail for sending X-rays",
        ],
        description: "{hi}\n\n\
         we send X-rays to {lab} several times a week, up to {mb:15-60} MB per case. Our data \
         protection adviser says that ordinary e-mail is not permitted. What can you offer that \
         {:the reception staff can use without training|does not need an account on the other \
         side}? About {n:10-40} messages a week.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, you already have encrypted messages in your plan; for larger files we \
             would use a protected folder with a link. Shall I set both up for reception and \
             show it in a 20-minute call?",
            ),
            Client("Yes, {day} at {hour:12|13}:00 suits us."),
            Note("No licence sale here, it is in the plan. Charge the training as 0.5 h only."),
            Fix(
                "Encrypted mail is active for reception: put [secure] in the subject. For files \
             above 20 MB there is a folder \"{lab}\" that only they can open by code. The short \
             guide is attached.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &["arch"],
        subjects: &[
            "Plotter T{pt:730|830|1600} prints only half the plan",
            "Plotter: colours wrong on A{sz:0|1}",
        ],
        description: "{hi}\n\n\
         our plotter T{pt:730|830|1600} {:cuts A{sz:0|1} plans off in the middle|prints the \
         hatching as solid black|turns all greys green} since {since}. We have a submission on \
         {day} with {n:12-46} sheets. {:PDFs from another program come out right|It happens \
         from the CAD only}. {:Driver was reinstalled once|Nothing was changed here}.\n\n\
         {thx}",
        beats: &[
            Start,
            Staff(
                "Hello {first}, that looks like the driver's memory setting: large sheets are \
             computed on the PC and cut off. Please send me one file that fails.",
            ),
            Wait,
            Client("Sent. It is the site plan, {mb:80-340} MB."),
            Fix(
                "I set the driver to compute on the plotter and updated its firmware. Your site \
             plan came out complete, and I have printed a second sheet of the series. All good \
             for {day}.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &["arch"],
        subjects: &[
            "CAD: no licence available",
            "Licence server says {n:6-14} of {n:6-14} in use",
        ],
        description: "{hi}\n\n\
         the CAD reports \"no licence available\" {:since {since}|every morning|since the \
         restart of the server}, although only {k:3-5} of us are working. We pay for {n:6-14}. \
         {:Two people are sitting idle|The competition deadline is {day}}.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hi {first}, some licences were held by PCs that were switched off hard. I have \
             freed them; you can start now. I will look for the cause.",
            ),
            Start,
            Note(
                "Licence server has not been patched since {peer} installed it, {y:2-3} years ago. \
             Not in the patch contract, though we always said \"all servers\". Raise with \
             {boss}.",
            ),
            Fix(
                "Forgotten licences are now released after {mins:20-60} minutes, and the licence \
             service is up to date. At present {k} of {n} are in use, as it should be.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &["arch"],
        subjects: &[
            "Share large model files with {dest}",
            "Structural engineer cannot download our model ({gb:2-9} GB)",
        ],
        description: "{hi}\n\n\
         {dest} cannot download our building model: {gb:2-9} GB, and the link breaks off after \
         {pct:30-80} %. We exchange files {:twice a week|every Friday|almost daily} and would \
         like {:a permanent folder|something with versions} that both sides can write to. The \
         engineers have {n:3-8} people.\n\n\
         {thx}",
        beats: &[
            Staff(
                "Hello {first}, I suggest a project folder with guest access: they sign in with \
             their own address and synchronise only changes. Who should be allowed to write?",
            ),
            Wait,
            Client("All {n} of them, but not into the folder \"submission\"."),
            Start,
            Fix(
                "The project folder exists, {n} guests are invited, \"submission\" is read-only for \
             them. The first synchronisation of {gb} GB ran through overnight; afterwards only \
             changes travel.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "hardware",
        only: &[],
        subjects: &[
            "Drucker {printer} {raum} druckt nicht",
            "{printer}: Papierstau, aber kein Papier drin",
            "Druckaufträge {raum} bleiben hängen",
        ],
        description: "{hallo}\n\n\
         der {printer} {raum} {:meldet Papierstau, obwohl kein Papier drinsteckt|nimmt seit \
         {seit} keine Aufträge mehr an|druckt nur noch aus Fach 2}. {:Aus- und Einschalten \
         brachte nichts|Wir haben ihn zweimal neu gestartet|Den Deckel haben wir schon offen \
         gehabt}. Betroffen sind {n:4-16} Leute.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, danke für die Meldung. Könnten Sie bitte die hintere Klappe \
             öffnen und nachsehen, ob der graue Hebel ganz unten steht?",
            ),
            Wait,
            Client(
                "Der stand oben. Jetzt druckt er, meldet aber nach {k:3-12} Seiten wieder Stau.",
            ),
            Start,
            Note(
                "Einzugsrollen sind seit {m:4-11} Monaten überfällig, stand in unserem Wartungsplan \
             und wurde nicht gemacht. Nicht verrechnen.",
            ),
            Fix(
                "Unser Techniker hat die Einzugsrollen ersetzt und {s:40|60|80} Seiten ohne Störung \
             gedruckt. Die Wartung ist für Sie kostenlos.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "incident",
        only: &[],
        subjects: &[
            "VPN {stelle} bricht ab",
            "Kein VPN vom Homeoffice aus",
            "VPN-Verbindung instabil seit {seit}",
        ],
        description: "{hallo}\n\n\
         seit {seit} komme ich {:vom Homeoffice aus|unterwegs|{stelle}} nur noch mit Mühe ins \
         Firmennetz. Nach {mins:5-30} Minuten ist {:die Verbindung weg|Schluss|alles \
         eingefroren}. Notebook {asset}, Verbindung über {:das Handy|den LTE-Router|WLAN}. \
         {folge}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, ich sehe Ihre Abbrüche im Protokoll. Darf ich Ihnen ein neues \
             Profil einspielen? Das dauert fünf Minuten, danach bitte das Notebook neu starten.",
            ),
            Client("Ja, bitte gleich."),
            Start,
            Note(
                "Gleicher Fehler wie bei zwei anderen Kunden: die neue Firewall-Version. {peer} hat \
             das Update ohne Testgruppe verteilt. Bitte nach aussen nur vom Profil sprechen.",
            ),
            Fix(
                "Das neue Profil ist installiert, die Verbindung hält seit {h:5-26} Stunden ohne \
             Unterbruch. Sollte es wieder vorkommen, notieren Sie bitte die Uhrzeit.",
            ),
            Again(
                "Gestern gut, heute wieder drei Abbrüche vor dem Mittag.",
                "Ihr Gerät wechselte zwischen zwei Mobilfunkzellen. Wir haben die Sitzung so \
             eingestellt, dass sie den Wechsel übersteht. Seither kein Abbruch mehr.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "access",
        only: &[],
        subjects: &[
            "Neuer Mitarbeiter ab {tag}: {neu}",
            "Eintritt {neu}, {rolle}",
        ],
        description: "{hallo}\n\n\
         am {tag} beginnt {neu} bei uns als {rolle}. Bitte Konto, Postfach und Zugriff auf \
         {ablage} einrichten. {:Notebook {asset} ist frei|Ein Notebook aus Ihrem Lager \
         genügt|Arbeitsplatz {raum}}. Handy: {:vorhanden|bitte auch einrichten|nicht nötig}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, gerne. Soll {neu} auch {geheim} sehen? Die Rolle {rolle} hat das \
             bei Ihnen bisher nicht.",
            ),
            Wait,
            Client("Nein, {geheim} nicht."),
            Note(
                "Stundenansatz im Vertrag ist noch der von vor zwei Jahren. Bei der nächsten \
             Verlängerung ansprechen, nicht vorher.",
            ),
            Fix(
                "Konto und Postfach für {neu} sind bereit, Zugriff auf {ablage}, ohne {geheim}. Das \
             erste Passwort haben Sie per SMS erhalten.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "access",
        only: &[],
        subjects: &["Austritt {neu} per {tag}", "Konto {neu} sperren"],
        description: "{hallo}\n\n\
         {neu} verlässt uns per {tag}. Bitte das Konto {:am Abend|um {hour:16|17}:00} sperren, \
         E-Mails {w:4-12} Wochen lang an {kollege} umleiten und {:den Badge löschen|das Handy \
         zurücksetzen}. {:Bitte vertraulich behandeln, im Team weiss es noch niemand|Das \
         Notebook {asset} liegt im Büro}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, ist vorgemerkt. Sollen die persönlichen Dateien aufbewahrt \
             werden?",
            ),
            Client("Ja, bitte {kollege} freigeben."),
            Boss(
                "Vertraulich heisst: kein Hinweis im Betreff von Kalendereinträgen. Das ist uns bei \
             diesem Kunden schon einmal passiert.",
            ),
            Fix(
                "Das Konto ist gesperrt, alle Sitzungen sind beendet, E-Mails gehen für {w} Wochen \
             an {kollege}. Die Lizenz ist wieder frei.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "incident",
        only: &[],
        subjects: &[
            "Postfach voll ({gb:49|50|99} GB), E-Mails kommen zurück",
            "{:Postfach|Outlook}: Speicherlimit {gb:49|50|99} GB erreicht",
        ],
        description: "{hallo}\n\n\
         seit {seit} erhalten Kunden eine Fehlermeldung, wenn sie mir schreiben: Postfach voll. \
         Outlook zeigt {gb:49|50|99} GB. {:Ich kann nicht alles löschen, das meiste brauche ich \
         noch|Löschen bringt offenbar nichts|Der Papierkorb ist leer}. {:Bitte rasch, es läuft \
         eine {frist}.|Was schlagen Sie vor?}\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, ich schalte das Archivpostfach ein: alles, was älter ist als \
             {j:2|3} Jahre, wandert in den nächsten Stunden dorthin und bleibt auffindbar.",
            ),
            Client("Sehr gut. Finde ich es dann noch mit der Suche?"),
            Staff("Ja, mit der Suche über «Alle Postfächer»."),
            Fix(
                "Das Archiv hat {k:14-38} GB übernommen, das Postfach hat wieder Platz und nimmt \
             E-Mails an. Künftig wird monatlich automatisch archiviert.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "incident",
        only: &[],
        subjects: &[
            "Verdächtige E-Mail «{phishde}»",
            "Phishing-Verdacht: «{phishde}»",
        ],
        description: "{hallo}\n\n\
         {n:2-8} von uns haben heute eine E-Mail «{phishde}» erhalten, angeblich {:von der \
         Post|von der Geschäftsleitung|von unserer Bank}. {:{kollege} hat auf den Link \
         geklickt|Geklickt hat zum Glück niemand|Ich habe den Anhang geöffnet}. Was sollen wir \
         tun?\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Danke für die schnelle Meldung. Bitte die Nachricht nicht weiterleiten. Ich \
             entferne sie gerade aus allen Postfächern und setze vorsorglich die Passwörter der \
             Empfänger zurück.",
            ),
            Note(
                "Filter hat sie durchgelassen, weil der Absender seit der Rechnungsgeschichte auf \
             der Ausnahmeliste steht. Ausnahme war von {peer}, ohne Ablaufdatum. Gelöscht.",
            ),
            Fix(
                "Die Nachricht ist überall gelöscht, der Absender gesperrt. Es gab keine fremde \
             Anmeldung. Die neuen Passwörter sind auf dem üblichen Weg unterwegs.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "hardware",
        only: &[],
        subjects: &[
            "Notebook {asset} startet nicht mehr",
            "{laptop} bleibt schwarz",
            "Notebook nach Sturz defekt",
        ],
        description: "{hallo}\n\n\
         mein {laptop} ({asset}) {:bleibt beim Einschalten schwarz|ist {:vom Tisch \
         gefallen|{stelle} hinuntergefallen}|piepst dreimal und geht wieder aus}. {:Garantie \
         sollte noch laufen|Es ist {y:2-4} Jahre alt}. Ich brauche {:bis {tag}|möglichst heute} \
         einen Ersatz, {frist2}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, ein Leihgerät ist vorbereitet und kann ab {hour:11|13|14}:00 bei \
             uns abgeholt werden, oder wir bringen es für die übliche Pauschale.",
            ),
            Wait,
            Client("Wir holen es ab."),
            Note(
                "Kein Garantiefall, Sturzschaden. Reparatur {chf:380-640} CHF, Restwert tiefer. \
             Ersatz vorschlagen, Marge {pct:11-17} %.",
            ),
            Start,
            Fix(
                "Das Leihgerät ist mit Ihren Daten im Einsatz. Eine Reparatur lohnt sich nicht \
             mehr; das neue {laptop} ist bestellt und wird in {w:2-3} Wochen ausgetauscht.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "access",
        only: &[],
        subjects: &[
            "Neues {phone}, keine Anmeldung mehr möglich",
            "Authenticator nach Wechsel auf {phone}",
        ],
        description: "{hallo}\n\n\
         ich habe seit {seit} ein neues {phone} und komme nicht mehr in {:Outlook|Teams|das \
         VPN}, weil der Code auf dem alten Gerät verlangt wird. Das alte ist \
         {:zurückgegeben|kaputt|gelöscht}. {:Bitte um Rückruf auf die Zentrale|Ich bin bis \
         {hour:15|16|17}:00 im Büro}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, ich rufe Sie zur Kontrolle auf der bekannten Nummer zurück und \
             setze die Anmeldung dann neu auf.",
            ),
            Fix(
                "Erledigt, das neue {phone} ist eingerichtet. Als Reserve ist jetzt auch Ihre \
             Büronummer hinterlegt.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "incident",
        only: &[],
        subjects: &[
            "Ordner {ordner} verschwunden",
            "Bitte {ordner} wiederherstellen",
        ],
        description: "{hallo}\n\n\
         der Ordner {ordner} auf {ablage} ist seit {seit} weg, rund {n:50-700} Dateien. \
         {:Vermutlich verschoben|Niemand will es gewesen sein|Gestern Abend war er noch da}. \
         Darin liegt {inhalt}, wir brauchen alles {:am {tag}|heute noch|so bald wie möglich}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Staff(
                "Guten Tag {full}, es ist eine Sicherung von {seit} vorhanden. Ich stelle sie \
             daneben wieder her, damit nichts Neueres überschrieben wird.",
            ),
            Note(
                "Sicherung lief, aber die Prüfmeldung ist seit {d:5-12} Tagen rot und wurde \
             weggeklickt. Intern nachgehen.",
            ),
            Fix(
                "Der Ordner {ordner} ist mit allen {n} Dateien zurück. Bitte prüfen Sie \
             stichprobenweise, ich lösche die Zwischenkopie erst in zwei Wochen.",
            ),
            Again(
                "Es fehlen die Fotos vom letzten Tag.",
                "Die Fotos lagen noch in der Synchronisation eines Handys. Sie sind jetzt ebenfalls \
             im Ordner.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "hardware",
        only: &["bau"],
        subjects: &[
            "Baustellenrouter {bau} ohne Internet",
            "Kein Netz im Baucontainer {bau}",
        ],
        description: "{hallo}\n\n\
         im Container auf der Baustelle {bau} haben wir seit {seit} kein Internet. Am Router \
         leuchtet {:nur Power|das rote Licht|gar nichts mehr}. {:Der Strom war über Nacht \
         weg|Der Container wurde umgestellt|Gestern lief noch alles}. {n:3-9} Leute, {:der \
         Polier kann keine Lieferscheine erfassen|die Kamera ist auch offline}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, die SIM-Karte meldet sich nicht mehr. Könnte jemand den Router \
             30 Sekunden vom Strom nehmen und die Antenne ausserhalb des Containers \
             festschrauben?",
            ),
            Wait,
            Client("Antenne lag am Boden, jetzt ist sie wieder oben. Es leuchtet grün."),
            Fix(
                "Die Verbindung steht wieder mit {mb:28-140} Mbit/s. Wir haben eine Überwachung auf \
             den Router gelegt und melden uns künftig selbst, wenn er ausfällt.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "request",
        only: &["bau"],
        subjects: &[
            "Offerte: {n:4-12} robuste Tablets für die Baustellen",
            "Tablets für Poliere",
        ],
        description: "{hallo}\n\n\
         wir möchten unsere Poliere mit {n:4-12} robusten Tablets ausrüsten: {zoll:8|10|11} \
         Zoll, stossfest, mit SIM. Darauf laufen {:die Planablage und die Rapporte|Pläne, \
         Rapporte und Teams}. Bitte um eine Offerte mit Verwaltung und {j:3|4} Jahren Garantie, \
         {:bis {tag}|bis Ende Monat}.\n\n\
         {gruss}",
        beats: &[
            Staff(
                "Guten Tag {full}, vielen Dank. Ich schlage zwei Modelle vor, eines davon können \
             Sie eine Woche lang testen. Die Offerte folgt bis {tag}.",
            ),
            Boss(
                "Konkurrenz ist im Rennen, das Planungsbüro hat uns gewarnt. Gerät zum \
             Einkaufspreis, Verwaltung mit {chf:9-14} CHF pro Monat, dort verdienen wir.",
            ),
            Wait,
            Client("Offerte ist gut, wir nehmen das Modell mit {zoll} Zoll."),
            Start,
            Fix(
                "Die {n} Tablets sind bestellt, eingerichtet werden sie bei uns. Übergabe mit \
             kurzer Einführung für die Poliere in {w:2-4} Wochen.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "general",
        only: &[],
        subjects: &[
            "Rückfrage zur Rechnung {inv}",
            "Rechnung {inv}: Position «Arbeitsplatz»",
        ],
        description: "{hallo}\n\n\
         auf der Rechnung {inv} stehen {n:30-58} Arbeitsplätze, wir haben aber nur noch \
         {k:22-29}. {:Die Austritte hatten wir gemeldet.|Seit wann ist das so?|Bitte \
         rückwirkend prüfen.} {:Die Zahlung halten wir so lange zurück|Wir zahlen gerne, sobald \
         es stimmt}.\n\n\
         {gruss}",
        beats: &[
            Staff("Guten Tag {full}, ich prüfe die Austritte und melde mich bis {tag}."),
            Note(
                "Stimmt leider: bei den Austritten wurde das Konto gesperrt, der Vertrag aber nie \
             angepasst. Betrifft {m:3-8} Monate, ca. {chf:900-2400} CHF. {boss} entscheidet \
             über die Gutschrift.",
            ),
            Boss(
                "Voll gutschreiben und von uns aus erklären. Sonst suchen sie auch in den \
             Vorjahren.",
            ),
            Fix(
                "Sie haben recht. Die Gutschrift für die zu viel verrechneten Arbeitsplätze ist \
             unterwegs, ab nächstem Monat gilt die Zahl {k}. Bitte entschuldigen Sie.",
            ),
        ],
    },
    Scene {
        lang: De,
        category: "request",
        only: &[],
        subjects: &[
            "Verteiler «{vert}» anpassen",
            "E-Mail-Verteiler {vert}: zwei neue, einer weg",
        ],
        description: "{hallo}\n\n\
         bitte im Verteiler «{vert}» {kollege} und {neu} aufnehmen und {kollege2} entfernen. \
         {:Externe sollen nicht darauf schreiben können|Auch {partner} soll darauf schreiben \
         dürfen}. {:Gilt ab {tag}|Gilt ab sofort}.\n\n\
         {gruss}",
        beats: &[
            Start,
            Fix(
                "Der Verteiler «{vert}» ist angepasst: {kollege} und {neu} sind dabei, {kollege2} \
             ist entfernt. Die Regel für Externe ist wie gewünscht gesetzt.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "hardware",
        only: &[],
        subjects: &[
            "Scanner {salle} en panne",
            "Le {printer} ne numérise plus",
            "Numérisation impossible {salle}",
        ],
        description: "{salut}\n\n\
         le {printer} {salle} n'envoie plus les numérisations depuis {depuis}. L'écran affiche \
         « {:Échec de connexion|Serveur introuvable|Erreur {code:421|535|550}} ». L'impression \
         fonctionne. Nous numérisons {n:30-120} pièces comptables par jour, {:c'est donc assez \
         gênant|le travail s'accumule}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, c'est lié à un changement de notre côté. Je saisis les nouveaux \
             réglages à distance, merci de refaire un essai dans dix minutes.",
            ),
            Wait,
            Client("Ça part, mais le document arrive vide."),
            Start,
            Note(
                "Appareil oublié dans l'inventaire de {peer}. Ne pas facturer, et vérifier les \
             {k:2-5} autres appareils du client avant qu'ils n'appellent.",
            ),
            Fix(
                "Le format d'envoi était resté sur l'ancien réglage. J'ai numérisé trois pages de \
             test, elles sont lisibles et arrivent en moins d'une minute.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "access",
        only: &[],
        subjects: &[
            "Accès au dossier {dossier} pour {collab}",
            "{collab} n'a pas accès à {dossier}",
        ],
        description: "{salut}\n\n\
         {collab} reprend {:le mandat|les dossiers} de {collab2} et doit accéder à {dossier}. \
         {:En lecture seulement|En lecture et écriture}, {:à partir de {jour}|dès que \
         possible|jusqu'à la fin du bouclement}. Les autres mandats doivent rester fermés, \
         {:c'est une exigence du secret professionnel|la direction y tient}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, je dois avoir l'accord de l'associé responsable de ce dossier. \
             Pouvez-vous me le transmettre ?",
            ),
            Wait,
            Client("C'est fait, vous êtes en copie."),
            Fix(
                "{collab} a accès à {dossier} et à rien d'autre. Il suffit de fermer la session \
             Windows et de la rouvrir une fois.",
            ),
            Again(
                "{collab} voit aussi le dossier voisin, ce n'est pas normal.",
                "Vous avez raison : le dossier voisin héritait d'un ancien droit. Je l'ai retiré et \
             j'ai vérifié avec un compte de test.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "access",
        only: &[],
        subjects: &[
            "Départ de {nouveau}, {jour}",
            "Fermer le compte de {nouveau}",
        ],
        description: "{salut}\n\n\
         {nouveau} nous quitte {jour}. Merci de fermer le compte à {hour:16|17|18} h, de \
         rediriger le courrier vers {collab} pendant {w:4-10} semaines et de {:récupérer le \
         téléphone|transférer les fichiers personnels à la direction}. {:Ce départ n'est pas \
         encore annoncé, merci de votre discrétion|Le portable {asset} restera au secrétariat}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, c'est planifié pour {jour} à {hour} h, toutes les sessions seront \
             coupées à la même minute.",
            ),
            Note(
                "Demande confidentielle. Ne pas en parler avec le reste du personnel, même si l'on \
             nous appelle pour le compte.",
            ),
            Fix(
                "Le compte est fermé, le courrier part chez {collab} pour {w} semaines. La licence \
             est de nouveau disponible.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "access",
        only: &[],
        subjects: &["Arrivée de {nouveau}, {jour}", "Nouveau compte : {nouveau}"],
        description: "{salut}\n\n\
         {nouveau} commence {jour} comme {fonction}. Il faudrait un compte, une boîte aux \
         lettres et l'accès à {dossier}. {:Poste {salle}|Le portable {asset} est libre|Un \
         portable de votre stock conviendrait}. {:Merci de m'envoyer le premier mot de passe|Je \
         remettrai moi-même le mot de passe}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, c'est noté. Souhaitez-vous aussi le logiciel fiscal ? Il reste \
             {k:2-4} licences.",
            ),
            Client("Oui, merci."),
            Boss(
                "Licence fiscale : vérifier qu'elle est bien facturée, on l'a offerte deux fois par \
             oubli.",
            ),
            Fix(
                "Tout est prêt pour {nouveau} : compte, boîte, accès à {dossier} et logiciel \
             fiscal. Le mot de passe vous est parvenu par SMS.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "incident",
        only: &["fid"],
        subjects: &[
            "Logiciel fiscal : erreur après la mise à jour {v:24|25}.{vm:1-9}",
            "Déclarations impossibles à ouvrir depuis {depuis}",
        ],
        description: "{salut}\n\n\
         depuis la mise à jour {v:24|25}.{vm:1-9} du logiciel fiscal, {:les déclarations \
         enregistrées ne s'ouvrent plus|le programme se ferme à l'enregistrement|l'impression \
         PDF reste blanche}. {n:3-9} postes touchés. {:Nous avons un délai {jour}|Trois clients \
         attendent leur déclaration aujourd'hui}, c'est urgent.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, le problème est confirmé par l'éditeur. En attendant son \
             correctif, je remets la version précédente sur vos postes, cela prend un quart \
             d'heure chacun.",
            ),
            Note(
                "C'est {peer} qui a validé la mise à jour pour tous sans l'essayer sur le poste \
             pilote. À rappeler en réunion.",
            ),
            Boss(
                "Le contrat prévoit quatre heures. On est à trois heures dix. Tenez-moi au courant \
             toutes les demi-heures.",
            ),
            Wait,
            Client("Deux postes fonctionnent de nouveau, merci."),
            Fix(
                "Les {n} postes sont revenus à la version précédente et les déclarations s'ouvrent. \
             Le correctif de l'éditeur sera d'abord essayé sur un seul poste.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "incident",
        only: &[],
        subjects: &[
            "Ordinateurs très lents depuis {depuis}",
            "Tout est lent {salle}",
        ],
        description: "{salut}\n\n\
         depuis {depuis} les ordinateurs sont très lents {salle}, surtout {:le matin|entre 8 h \
         et 10 h|à l'ouverture des fichiers}. Ouvrir un classeur prend {sec:20-90} secondes. \
         {:Les collègues à domicile n'ont pas ce problème|Internet est rapide pourtant}. \
         {n:4-12} personnes concernées.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, je vois une copie de sauvegarde qui tourne encore à 10 h au lieu \
             de finir la nuit. Je l'arrête pour aujourd'hui. Est-ce mieux ?",
            ),
            Wait,
            Client("Nettement, merci."),
            Note(
                "La sauvegarde déborde depuis qu'on a ajouté le site de Nyon sans revoir le plan. \
             Notre erreur de dimensionnement.",
            ),
            Fix(
                "La sauvegarde commence maintenant à 19 h et ne copie que les changements. Elle \
             s'est terminée à {h:1-4} h cette nuit, et l'ouverture des fichiers est redevenue \
             immédiate.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "incident",
        only: &[],
        subjects: &[
            "Nos courriels vers {destfr} sont rejetés",
            "E-mails refusés par {destfr}",
        ],
        description: "{salut}\n\n\
         depuis {depuis} nos courriels à {destfr} reviennent avec le message « 550 \
         5.7.{b:1|26|509} ». {:Les réponses arrivent, elles|Les autres destinataires les \
         reçoivent}. Il s'agit de {:documents à signer|décomptes mensuels|convocations}, \
         {n:5-25} envois en attente.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, votre domaine n'autorise pas encore le service qui envoie ces \
             documents. Savez-vous depuis quand vous l'utilisez ?",
            ),
            Wait,
            Client("Depuis {m:2-6} semaines, c'est la signature électronique."),
            Note(
                "Service installé sans nous prévenir. Une heure facturable, article 4, mais on \
             l'offre cette fois et on le dit.",
            ),
            Fix(
                "L'enregistrement du domaine est complété. Les envois vers {destfr} passent, vous \
             pouvez relancer les {n} messages.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "request",
        only: &[],
        subjects: &[
            "Renvoi du numéro {ext} pendant les vacances",
            "Téléphone : modifier l'annonce d'accueil",
        ],
        description: "{salut}\n\n\
         du {jour} au {jour2:15|22|28|31}, merci de renvoyer le numéro {ext} vers {collab}, \
         puis vers la messagerie après {sec:15-30} secondes. {:L'annonce doit dire que nous \
         rappelons le jour même|Annonce habituelle}. {:Le bureau ferme à {hour:16|17} h pendant \
         cette période|L'accueil n'est pas occupé l'après-midi}.\n\n\
         {merci}",
        beats: &[
            Start,
            Fix(
                "C'est réglé : le {ext} sonne chez {collab}, puis passe à la messagerie après {sec} \
             secondes. Essai fait depuis l'extérieur. Tout redevient normal à la fin, sans \
             intervention.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "incident",
        only: &[],
        subjects: &[
            "Le lecteur {drive}: a disparu",
            "Plus d'accès au lecteur {drive}:",
        ],
        description: "{salut}\n\n\
         ce matin le lecteur {drive}: n'apparaît plus sur mon poste {asset}. {collab} l'a \
         toujours. {:Je travaille à domicile|Je suis au bureau}, {:j'ai redémarré deux fois|un \
         redémarrage n'a rien changé}. J'en ai besoin pour {:la TVA du trimestre|les \
         salaires|un bouclement}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, votre compte était sorti d'un groupe lors d'un nettoyage. Je le \
             remets : fermez la session et rouvrez-la, s'il vous plaît.",
            ),
            Client("C'est bon, il est revenu."),
            Fix(
                "Le lecteur {drive}: est rétabli à chaque ouverture de session. J'ai contrôlé les \
             autres comptes touchés par le nettoyage.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "request",
        only: &[],
        subjects: &[
            "Offre pour {n:3-9} postes de travail",
            "Devis : remplacement de {n:3-9} ordinateurs",
        ],
        description: "{salut}\n\n\
         nous souhaitons remplacer {n:3-9} postes {:avant l'été|ce trimestre|avant la fin de \
         l'année} : {laptop}, {ram:16|32} Go, deux écrans {pouces:24|27} pouces. Merci \
         d'indiquer aussi {:la reprise des anciens|l'effacement certifié des anciens disques|le \
         prix en location}. {:Réponse souhaitée {jour}|Sans urgence}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, merci. Le délai est de {w:2-6} semaines. Je vous envoie l'offre \
             {jour}.",
            ),
            Boss(
                "Remise distributeur de {pct:7-13} %. Ne pas la montrer telle quelle, arrondir le \
             prix.",
            ),
            Wait,
            Client("L'offre nous convient, allez-y."),
            Fix(
                "La commande est passée. Installation prévue dans {w} semaines, deux postes par \
             matinée, sans coupure pour les autres.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "general",
        only: &[],
        subjects: &[
            "Question sur la facture {inv}",
            "Facture {inv} : déplacement facturé deux fois",
        ],
        description: "{salut}\n\n\
         la facture {inv} comporte deux déplacements {:le même jour|pour la même intervention} \
         à {chf:90|110|120} CHF. {:Il n'y a eu qu'une visite|Nous n'en trouvons qu'un dans nos \
         notes}. Pouvez-vous vérifier et {:nous envoyer une facture corrigée|établir une note \
         de crédit} ?\n\n\
         {merci}",
        beats: &[
            Staff("Bonjour {first}, je contrôle les rapports et je reviens vers vous {jour}."),
            Note(
                "Deuxième trajet : la pièce avait été oubliée au dépôt. On ne peut pas facturer \
             cela.",
            ),
            Fix(
                "Le second déplacement a été facturé par erreur. La note de crédit de {chf} CHF est \
             partie aujourd'hui, avec nos excuses.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "hardware",
        only: &[],
        subjects: &[
            "Deuxième écran noir, poste {asset}",
            "Écran qui clignote {salle}",
        ],
        description: "{salut}\n\n\
         le deuxième écran de mon poste {asset} {:reste noir|clignote|n'est reconnu qu'une fois \
         sur trois} depuis {depuis}. {:Le câble a été échangé|Avec un autre câble c'est \
         pareil}. {:J'en ai besoin pour comparer les comptes|Travailler sur un seul écran est \
         pénible}.\n\n\
         {merci}",
        beats: &[
            Start,
            Staff(
                "Bonjour {first}, je mets à jour la station d'accueil à {hour:12|13} h. Merci de \
             laisser le portable branché et allumé.",
            ),
            Fix(
                "La station est à jour (1.{fw:10-48}) et les deux écrans reviennent à chaque \
             démarrage. Si le problème réapparaît, nous remplaçons la station.",
            ),
        ],
    },
    Scene {
        lang: Fr,
        category: "access",
        only: &[],
        subjects: &[
            "Code refusé sur mon {phone}",
            "Double authentification après changement de téléphone ({phone})",
        ],
        description: "{salut}\n\n\
         j'ai changé de téléphone {depuis} ({phone}) et l'application de codes demande \
         l'ancien, qui est {:effacé|rendu|cassé}. Je ne peux plus ouvrir {:le courrier|Teams|le \
         VPN}. {:Je suis joignable au bureau|Merci de me rappeler avant {hour:15|16|17} h}.\n\n\
         {merci}",
        beats: &[
            Staff(
                "Bonjour {first}, je vous rappelle sur le numéro connu pour vérifier votre \
             identité, puis je réinitialise le code.",
            ),
            Fix(
                "C'est fait. Votre {phone} est enregistré et votre numéro de bureau sert de \
             secours.",
            ),
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
            "Renewal risk: {company}",
            "{company}: contract ends in {m:2-6} months",
        ],
        description: "Heard from {contact} on the phone: they have asked {n:2|3} other providers for an \
         offer. Reasons given: {:slow answers in the spring|two repeated faults|the price of \
         the workplace package|a new finance director}. Contract volume about {k:18-94} 000 CHF \
         a year, notice period three months. Please collect what went wrong this year before we \
         meet.",
        beats: &[
            Start,
            Note(
                "{n2:3-9} tickets over the SLA in the last half-year, {n3:2-3} of them really our \
             fault. List is in the customer folder.",
            ),
            Boss(
                "We may go down {pct:4-8} % on the package if they sign for three years. Not more: \
             below that we pay to work for them.",
            ),
            Wait,
            Fix(
                "Renewed for {y:two|three} years with {pct} % discount and quarterly reviews. The \
             first review is in the calendar.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Margin check: {company}",
            "{company}: effort above the flat rate",
        ],
        description: "Time booked on {company} was {h:38-96} h last month, the flat rate covers {h2:24-36} \
         h. Mainly {:printers|one single user with the same question|on-site trips|old PCs that \
         should have been replaced}. We are below {pct:8-15} % margin. What can we automate, \
         and what must be named in the contract?",
        beats: &[
            Note(
                "Half of it is one site. A replacement of the {k:4-11} oldest PCs would bring it \
             under the limit.",
            ),
            Boss("Talk about replacements at the review, do not mention our figures."),
            Start,
            Fix(
                "Replacement offer handed over, printers moved to the managed plan. Check again in \
             three months.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "incident",
        only: &[],
        subjects: &[
            "SLA breach on {company}, please review",
            "Post-mortem: missed response time at {company}",
        ],
        description: "A priority-{p:1|2} ticket of {company} waited {h:3-9} h for the first answer; agreed \
         is {a:1|2} h. It came in during the hand-over at noon and nobody assigned it. They \
         have not complained yet. Who was on the desk, and what do we change?",
        beats: &[
            Start,
            Note(
                "Desk was {peer} alone, two people on leave. The alarm went to the old chat \
             channel.",
            ),
            Fix(
                "The alarm goes to the on-call phone now, and the noon hand-over has a named \
             person. No credit is due because the customer did not ask, but {boss} will mention \
             it at the review.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "access",
        only: &[],
        subjects: &[
            "{company}: shared administrator password in use",
            "Security debt at {company}",
        ],
        description: "While working at {company} I found that the local administrator password is the same \
         on all {n:20-70} PCs and known to at least {k:3-6} of their people. It was us who set \
         it that way at the take-over. This has to change before somebody else finds it.",
        beats: &[
            Start,
            Note("Rotation with per-device passwords prepared, pilot on {m:3-6} PCs went well."),
            Boss("Do it without an invoice. And no mail about it to the customer in this wording."),
            Fix(
                "Every PC has its own administrator password now, stored in the vault and changed \
             every 30 days. Old password invalid everywhere.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Overdue invoices: {company}",
            "{company}: {n:2-4} invoices unpaid",
        ],
        description: "Accounts report {n:2-4} unpaid invoices of {company}, the oldest {d:45-95} days, \
         together {chf:3-14} {chfx:120|480|650|900} CHF. {contact} says {:they wait for a \
         credit note|the approval is on holiday|the bank changed}. No new projects until this \
         is settled; support continues.",
        beats: &[
            Boss("I call them myself on {day}. Until then nobody mentions it in a ticket."),
            Wait,
            Fix(
                "Paid in full after the call. They were indeed waiting for a credit note that we \
             had forgotten to send.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "request",
        only: &[],
        subjects: &[
            "Up-sell: backup for {svc} at {company}",
            "Opportunity: {company} wants to move {svc}",
        ],
        description: "{contact} asked in passing what it would cost to move {svc} to us. They have about \
         {n:15-60} users there and a contract elsewhere until {:the summer|the end of the \
         year|next spring}. Rough estimate: {k:6-24} 000 CHF once, {m:300-1400} CHF a month.",
        beats: &[
            Start,
            Note(
                "Effort is higher than it looks, {peer} underestimated the same move at another \
             customer by a factor of two.",
            ),
            Wait,
        ],
    },
    Scene {
        lang: En,
        category: "hardware",
        only: &[],
        subjects: &[
            "Our mistake: wrong model delivered to {company}",
            "{company}: wrong laptops ordered",
        ],
        description: "We ordered {n:3-9} x {laptop} with 16 GB for {company}, the offer says 32 GB. They \
         have not noticed, but they will. Distributor takes them back for {fee:25|35|40} CHF \
         each if unopened.",
        beats: &[
            Start,
            Boss(
                "Exchange all of them before the roll-out. Our cost. I tell {contact} that delivery \
             is a week later.",
            ),
            Fix(
                "Exchanged, the right ones are in stock. Cost {cost:105-360} CHF, booked on the \
             internal account.",
            ),
        ],
    },
    Scene {
        lang: En,
        category: "general",
        only: &[],
        subjects: &[
            "Documentation for {company} out of date",
            "{company}: handbook does not match reality",
        ],
        description: "The network plan for {company} still shows the old firewall and {n:2-5} switches that \
         no longer exist. On-call lost {h:2-4} hours last weekend because of it. Please walk \
         through it once and correct it, {h2:4-8} hours are reserved.",
        beats: &[
            Start,
            Note(
                "Also: two VPN accounts of a former supplier still active. Closed, and noted for \
             the customer as routine.",
            ),
            Fix(
                "Plan, passwords and contact list are current. Next check in six months is in the \
             calendar.",
            ),
        ],
    },
];
