//! Invented companies and people for worlds larger than the base, with addresses that no other has.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::plan::UserPlan;
use super::script::{House, Lang};

/// Name and users of a company like `house`, which stands at `place` among its trade's houses.
///
/// `round` counts the companies modelled on it; `index` is unique in the workspace and part of
/// every e-mail address.
pub(super) fn newcomer(
    house: &House,
    place: usize,
    round: usize,
    index: usize,
    dice: &mut Dice,
) -> (String, Vec<UserPlan>) {
    if house.is_person {
        private(house, place, round, index)
    } else {
        business(house, place, round, index, dice)
    }
}

fn private(house: &House, place: usize, round: usize, index: usize) -> (String, Vec<UserPlan>) {
    let lang = house.people.first().map_or(Lang::En, |person| person.lang);
    let (firsts, lasts) = pools(lang);
    let number = round * 12 + place;
    let first = firsts[number % firsts.len()];
    let last = lasts[(number / firsts.len() + number) % lasts.len()];
    let name = format!("{first} {last}");
    let email = format!("{}.{}.{index}@home.example", ascii(first), ascii(last));
    (
        name.clone(),
        vec![UserPlan {
            email,
            name,
            is_admin: true,
            reach: None,
            locale: lang.tag(),
        }],
    )
}

fn business(
    house: &House,
    place: usize,
    round: usize,
    index: usize,
    dice: &mut Dice,
) -> (String, Vec<UserPlan>) {
    let families = FAMILIES.len();
    let family = FAMILIES[(round + place * 13) % families];
    let pattern = house.kin[(round / families + round) % house.kin.len()];
    // Beyond every combination, a numeral keeps names apart.
    let again = round / (families * house.kin.len());
    let numeral = if again == 0 {
        String::new()
    } else {
        format!(" {}", again + 1)
    };
    let name = format!("{}{numeral}", pattern.replace('*', family));
    let domain = format!("{}-{index}.example", ascii(&name));

    let mut taken = BTreeSet::new();
    let users = house.people.iter().map(|model| {
        let (first, last) = person(model.lang, &mut taken, dice);
        UserPlan {
            email: format!("{}.{}@{domain}", ascii(first), ascii(last)),
            name: format!("{first} {last}"),
            is_admin: model.admin,
            reach: None,
            locale: model.lang.tag(),
        }
    });
    let users = users.collect();
    (name, users)
}

/// A person whose first name nobody else in the company has.
fn person(
    lang: Lang,
    taken: &mut BTreeSet<&'static str>,
    dice: &mut Dice,
) -> (&'static str, &'static str) {
    let (firsts, lasts) = pools(lang);
    let start = dice.below(firsts.len());
    let mut choices = firsts.iter().cycle().skip(start).take(firsts.len());
    let first = choices
        .find(|name| !taken.contains(*name))
        .copied()
        .unwrap_or(firsts[start]);
    taken.insert(first);
    (first, lasts[dice.below(lasts.len())])
}

/// Lower-case ASCII with hyphens, for e-mail addresses.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.to_lowercase().chars() {
        match char {
            'a'..='z' | '0'..='9' => out.push(char),
            'ä' => out.push_str("ae"),
            'ö' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'à' | 'â' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' => out.push('i'),
            'ô' => out.push('o'),
            'ù' | 'û' => out.push('u'),
            'ç' => out.push('c'),
            '\'' | '.' | '&' => {}
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// First and last names usual where the language is written.
fn pools(lang: Lang) -> (&'static [&'static str], &'static [&'static str]) {
    match lang {
        Lang::En => (EN_FIRST, EN_LAST),
        Lang::Fr => (FR_FIRST, FR_LAST),
        Lang::De => (DE_FIRST, DE_LAST),
    }
}

const EN_FIRST: &[&str] = &[
    "Amelia", "Ben", "Clara", "Dylan", "Esther", "Felix", "Grace", "Harry", "Imogen", "Jack",
    "Kezia", "Liam", "Maya", "Nathan", "Olive", "Patrick", "Rosa", "Samuel", "Tara", "Umar",
    "Violet", "Will", "Yasmin", "Zoe", "Arjun",
];

const EN_LAST: &[&str] = &[
    "Abbott",
    "Barlow",
    "Calloway",
    "Dunmore",
    "Ellery",
    "Farrow",
    "Gresham",
    "Hartley",
    "Ingram",
    "Jarvis",
    "Kendrick",
    "Lowther",
    "Mercer",
    "Northcote",
    "Osborne",
    "Pemberton",
    "Quigley",
    "Rowntree",
    "Sinclair",
    "Thorne",
    "Underhill",
    "Vickers",
    "Whitlock",
    "Yardley",
    "Banerjee",
    "Chowdhury",
    "Doyle",
    "Evans",
    "Fraser",
    "Gallagher",
    "Hussain",
    "Iqbal",
    "Jones",
    "Khan",
    "Lowe",
    "Murray",
    "Nolan",
    "Obi",
    "Patel",
    "Reid",
    "Shaw",
    "Tran",
    "Vaughan",
    "Walsh",
    "Yeo",
];

const FR_FIRST: &[&str] = &[
    "Adèle",
    "Bastien",
    "Céline",
    "Damien",
    "Émilie",
    "Fabien",
    "Gaëlle",
    "Hervé",
    "Inès",
    "Julien",
    "Karine",
    "Laurent",
    "Manon",
    "Nicolas",
    "Odile",
    "Pascal",
    "Quitterie",
    "Rémi",
    "Solène",
    "Thomas",
    "Ursule",
    "Victor",
    "Yann",
    "Zélie",
    "Mehdi",
];

const FR_LAST: &[&str] = &[
    "Aubry",
    "Berthier",
    "Chevallier",
    "Delmas",
    "Esnault",
    "Fournier",
    "Garnier",
    "Humbert",
    "Imbert",
    "Jacquet",
    "Kermarrec",
    "Lacroix",
    "Marchand",
    "Noël",
    "Ollivier",
    "Perrot",
    "Quentin",
    "Renaud",
    "Savary",
    "Thibault",
    "Urbain",
    "Vallet",
    "Weber",
    "Yvon",
    "Zimmer",
    "Bonnard",
    "Carpentier",
    "Dufour",
    "Ferrand",
    "Girardin",
    "Hamon",
    "Joly",
    "Klein",
    "Lemoine",
    "Masson",
    "Nicolet",
    "Oudin",
    "Pichon",
    "Rochat",
    "Sautier",
    "Tissot",
    "Vautrin",
    "Benali",
    "Diallo",
    "Costa",
];

const DE_FIRST: &[&str] = &[
    "Anna", "Bernd", "Carla", "Dieter", "Eva", "Fabian", "Greta", "Hannes", "Ida", "Jan", "Katrin",
    "Leon", "Miriam", "Nils", "Ottilie", "Paul", "Regula", "Simon", "Tabea", "Urs", "Vera",
    "Walter", "Yvonne", "Zita", "Emre",
];

const DE_LAST: &[&str] = &[
    "Albrecht",
    "Baumgartner",
    "Caflisch",
    "Dietrich",
    "Eberle",
    "Frey",
    "Graf",
    "Hofer",
    "Imhof",
    "Jäger",
    "Keller",
    "Lang",
    "Meier",
    "Nussbaum",
    "Ott",
    "Pfister",
    "Reinhardt",
    "Schäfer",
    "Tanner",
    "Ulrich",
    "Vogt",
    "Winkler",
    "Yilmaz",
    "Zeller",
    "Arnold",
    "Brunner",
    "Christen",
    "Dreher",
    "Egger",
    "Fuchs",
    "Gerber",
    "Huber",
    "Iten",
    "Jost",
    "Kessler",
    "Lehmann",
    "Müller",
    "Niederer",
    "Oswald",
    "Peter",
    "Roth",
    "Stettler",
    "Thoma",
    "Vetter",
    "Wirth",
];

/// Family names for companies; they stand in all languages.
const FAMILIES: &[&str] = &[
    "Alder",
    "Borgward",
    "Castell",
    "Dahlem",
    "Elster",
    "Falken",
    "Garland",
    "Hollis",
    "Isenberg",
    "Jordan",
    "Keller",
    "Lorimer",
    "Marlow",
    "Nordberg",
    "Orell",
    "Paxton",
    "Quill",
    "Ravel",
    "Sander",
    "Tolberg",
    "Ullmann",
    "Varga",
    "Wallis",
    "Xander",
    "Yorke",
    "Zander",
    "Arden",
    "Bellamy",
    "Corvin",
    "Delmar",
    "Evander",
    "Fenwick",
    "Gessler",
    "Hadley",
    "Ivory",
    "Jansen",
    "Kestrel",
    "Lindqvist",
    "Mornay",
    "Nevill",
    "Ostrow",
    "Perrin",
    "Rossi",
    "Selby",
    "Tarn",
    "Valois",
    "Wexler",
    "Amsel",
    "Birken",
    "Corbin",
    "Drake",
    "Ehrlich",
    "Fontaine",
    "Grimaldi",
    "Harrow",
    "Ilmari",
    "Jasper",
    "Kramer",
    "Lambert",
    "Monti",
    "Norell",
];
