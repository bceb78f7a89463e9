//! Forms and answers that nobody should send.

use chrono::NaiveDate;
use documents::FileId;
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

use super::{
    check::{
        AnswerFault, AnswerReason, Answers, By, Fitting, Given, GivenValue, Value, When, check,
    },
    definition::{Choice, Field, Kind, Label, Labels, join, part},
    draft::{DefectReason, DraftField, DraftKind, sound},
};

fn label(text: &str) -> Vec<Label> {
    let label = |locale: &str| Label {
        locale: locale.to_owned(),
        text: text.to_owned(),
    };
    vec![label("en"), label("fr")]
}

fn field(key: &str, kind: Kind) -> Field {
    Field {
        key: key.to_owned(),
        label: Labels(label(key)),
        help: Labels::default(),
        required: false,
        visible: true,
        editable: true,
        kind,
    }
}

fn options(keys: &[&str]) -> Vec<Choice> {
    let option = |key: &&str| Choice {
        key: (*key).to_owned(),
        label: Labels(label(key)),
    };
    keys.iter().map(option).collect()
}

/// One field of each kind.
fn form() -> Vec<Field> {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
    vec![
        field("line", Kind::Text { longest: 10 }),
        field("story", Kind::LongText { longest: 50 }),
        field(
            "one",
            Kind::Choice {
                options: options(&["a", "b"]),
            },
        ),
        field(
            "some",
            Kind::Several {
                options: options(&["a", "b", "c"]),
                fewest: 2,
                most: 2,
            },
        ),
        field(
            "number",
            Kind::Number {
                minimum: "-1.5".parse().ok(),
                maximum: "100".parse().ok(),
                decimals: 2,
            },
        ),
        field(
            "day",
            Kind::Date {
                minimum: day(2020),
                maximum: day(2030),
            },
        ),
        field("yes", Kind::YesNo),
        field("files", Kind::File { most: 2 }),
    ]
}

fn given(key: &str, value: GivenValue) -> Given {
    Given {
        key: key.to_owned(),
        value,
    }
}

fn one(fields: &[Field], key: &str, value: GivenValue) -> Result<Option<Value>, AnswerReason> {
    let step = (By::Client, When::Opening);
    match check(fields, step, vec![given(key, value)], &Answers::default()) {
        Ok(fitting) => Ok(fitting.answers.0.get(key).cloned()),
        Err(faults) => Err(faults[0].reason),
    }
}

fn text(text: &str) -> GivenValue {
    GivenValue::Text(text.to_owned())
}

fn choices(keys: &[&str]) -> GivenValue {
    GivenValue::Choices(keys.iter().map(|key| (*key).to_owned()).collect())
}

#[test]
fn answers_fit_their_fields() {
    let form = form();
    let file = |n: u128| FileId(uuid::Uuid::from_u128(n));
    let number = |text: &str| GivenValue::Number(text.to_owned());
    let day = |text: &str| GivenValue::Date(text.to_owned());
    let keys = |keys: &[&str]| Value::Choices(keys.iter().map(|key| (*key).to_owned()).collect());
    for (key, value, kept) in [
        ("line", text(" x "), Some(Value::Text("x".to_owned()))),
        ("line", text("  "), None),
        ("line", GivenValue::Nothing, None),
        (
            "story",
            text("a\r\nb"),
            Some(Value::Text("a\nb".to_owned())),
        ),
        ("one", choices(&["b"]), Some(keys(&["b"]))),
        ("one", choices(&[]), None),
        ("some", choices(&["c", "a", "a"]), Some(keys(&["a", "c"]))),
        (
            "number",
            number(" -1.50 "),
            "-1.5".parse().ok().map(Value::Number),
        ),
        ("number", number(""), None),
        (
            "day",
            day("2020-01-01"),
            NaiveDate::from_ymd_opt(2020, 1, 1).map(Value::Date),
        ),
        ("yes", GivenValue::Yes(false), Some(Value::YesNo(false))),
        (
            "files",
            GivenValue::Files(vec![file(1), file(2), file(1)]),
            Some(Value::Files(2)),
        ),
        ("files", GivenValue::Files(Vec::new()), None),
    ] {
        assert_eq!(one(&form, key, value.clone()), Ok(kept), "{key} {value:?}");
    }
    let control = AnswerReason::Text(kernel::TextError::Control);
    let long = |most| AnswerReason::Text(kernel::TextError::TooLong(most));
    for (key, value, reason) in [
        ("line", text("12345678901"), long(10)),
        ("line", text(&"x".repeat(100_000)), long(10)),
        ("line", text("a\0"), control),
        ("line", text("a\nb"), control),
        ("story", text(&"é".repeat(51)), long(50)),
        ("line", GivenValue::Several, AnswerReason::WrongKind),
        ("line", GivenValue::Yes(true), AnswerReason::WrongKind),
        ("yes", text("true"), AnswerReason::WrongKind),
        ("one", choices(&["z"]), AnswerReason::UnknownChoice),
        ("one", choices(&["a", "b"]), AnswerReason::WrongNumber(0, 1)),
        ("some", choices(&["a"]), AnswerReason::WrongNumber(2, 2)),
        (
            "some",
            choices(&["a", "b", "c"]),
            AnswerReason::WrongNumber(2, 2),
        ),
        ("number", number("1.234"), AnswerReason::NoNumber(2)),
        ("number", number("1e3"), AnswerReason::NoNumber(2)),
        ("number", number("-2"), AnswerReason::OutOfRange),
        ("number", number("100.01"), AnswerReason::OutOfRange),
        ("day", day("2026-02-30"), AnswerReason::NoDate),
        ("day", day("22.11.2026"), AnswerReason::NoDate),
        ("day", day("2031-01-01"), AnswerReason::OutOfRange),
        (
            "files",
            GivenValue::Files(vec![file(1), file(2), file(3)]),
            AnswerReason::TooManyFiles(2),
        ),
        ("none", text("x"), AnswerReason::UnknownField),
        ("LINE", text("x"), AnswerReason::UnknownField),
    ] {
        assert_eq!(
            one(&form, key, value.clone()),
            Err(reason),
            "{key} {value:?}"
        );
    }
}

#[test]
fn all_faults_are_told_and_each_field_once() {
    let mut form = form();
    for field in &mut form {
        field.required = true;
    }
    form[6].editable = false;
    let answers = vec![
        given("line", text("")),
        given("number", text("x")),
        given("yes", GivenValue::Yes(true)),
        given("one", choices(&["a"])),
        given("one", choices(&["b"])),
        given(&"n".repeat(5_000), GivenValue::Nothing),
    ];
    let faults = check(
        &form,
        (By::Client, When::Opening),
        answers,
        &Answers::default(),
    );
    let told: Vec<(String, AnswerReason)> = faults
        .expect_err("faults")
        .into_iter()
        .map(|AnswerFault { key, reason }| (key, reason))
        .collect();
    let long = "n".repeat(40);
    let expected = [
        ("number", AnswerReason::WrongKind),
        ("yes", AnswerReason::NotEditable),
        ("one", AnswerReason::Twice),
        (long.as_str(), AnswerReason::UnknownField),
        ("line", AnswerReason::Required),
        ("story", AnswerReason::Required),
        ("some", AnswerReason::Required),
        ("day", AnswerReason::Required),
        ("files", AnswerReason::Required),
    ];
    let expected: Vec<_> = expected
        .map(|(key, reason)| (key.to_owned(), reason))
        .into();
    assert_eq!(told, expected);
    // Later, what is not named stays as it is, and what is required stays there.
    let later = (By::Client, When::Later);
    let before = Answers([("line".to_owned(), Value::Text("x".to_owned()))].into());
    let one = |answer| check(&form, later, vec![answer], &before);
    assert!(one(given("one", choices(&["a"]))).is_ok());
    let emptied = one(given("line", GivenValue::Nothing)).expect_err("a fault");
    assert_eq!(emptied[0].reason, AnswerReason::Required);
}

fn values() -> impl Strategy<Value = GivenValue> {
    let texts = prop_oneof![
        "\\PC{0,60}",
        any::<String>(),
        "-?[0-9]{0,17}\\.?[0-9]{0,8}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        Just("x".repeat(30_000)),
    ];
    let keys = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop_oneof![
        Just(GivenValue::Nothing),
        Just(GivenValue::Several),
        texts.clone().prop_map(GivenValue::Text),
        texts.clone().prop_map(GivenValue::Number),
        texts.prop_map(GivenValue::Date),
        any::<bool>().prop_map(GivenValue::Yes),
        prop::collection::vec(keys, 0..5).prop_map(GivenValue::Choices),
        prop::collection::vec(
            (0_u128..4).prop_map(|n| FileId(uuid::Uuid::from_u128(n))),
            0..4
        )
        .prop_map(GivenValue::Files),
    ]
}

fn hostile() -> impl Strategy<Value = (Vec<Given>, Vec<(bool, bool, bool)>)> {
    let known: Vec<String> = form().into_iter().map(|field| field.key).collect();
    let key = prop_oneof![8 => prop::sample::select(known), 1 => any::<String>()];
    let answer = (key, values()).prop_map(|(key, value)| Given { key, value });
    let flags = prop::collection::vec(any::<(bool, bool, bool)>(), 8);
    (prop::collection::vec(answer, 0..12), flags)
}

/// What an answer may be, written down a second time.
fn is_fine(field: &Field, value: &Value) -> bool {
    match (&field.kind, value) {
        (Kind::Text { longest }, Value::Text(text)) => {
            let length = text.chars().count();
            (1..=*longest).contains(&length) && !text.chars().any(char::is_control)
        }
        (Kind::LongText { longest }, Value::Text(text)) => {
            let control = |c: char| c.is_control() && c != '\n' && c != '\t';
            (1..=*longest).contains(&text.chars().count()) && !text.chars().any(control)
        }
        (Kind::Choice { .. }, Value::Choices(keys)) => keys == &["a"] || keys == &["b"],
        (Kind::Several { .. }, Value::Choices(keys)) => {
            keys == &["a", "b"] || keys == &["a", "c"] || keys == &["b", "c"]
        }
        (Kind::Number { .. }, Value::Number(number)) => {
            let number: f64 = number.to_string().parse().unwrap_or(f64::NAN);
            (-1.5..=100.0).contains(&number)
        }
        (Kind::Date { .. }, Value::Date(day)) => {
            (2020..=2030).contains(&chrono::Datelike::year(day))
        }
        (Kind::YesNo, Value::YesNo(_)) => true,
        (Kind::File { .. }, Value::Files(count)) => (1..=2).contains(count),
        _ => false,
    }
}

/// Whatever is sent: what is taken fits the form, is of fields that the sender may
/// answer, and is taken again as it is; what is refused says why.
#[test]
fn no_answer_breaks_a_form() {
    let config = ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&hostile(), |(answers, flags)| {
        let mut form = form();
        for (field, (visible, editable, required)) in form.iter_mut().zip(flags) {
            (field.visible, field.editable) = (visible, visible && editable);
            field.required = required;
        }
        let (shape, internal) = part(form.clone());
        prop_assert_eq!(&join(shape.clone(), internal.clone()), &form);
        let mut named: Vec<&str> = answers.iter().map(|given| given.key.as_str()).collect();
        named.sort_unstable();
        named.dedup();
        for (by, fields) in [(By::Client, &shape.0), (By::Staff, &form)] {
            let fitting = check(
                fields,
                (by, When::Opening),
                answers.clone(),
                &Answers::default(),
            );
            let Fitting {
                answers: kept,
                uploads,
            } = match fitting {
                Ok(fitting) => fitting,
                Err(faults) => {
                    prop_assert!(
                        !faults.is_empty() && faults.len() <= answers.len() + fields.len()
                    );
                    prop_assert!(faults.iter().all(|fault| fault.key.chars().count() <= 40));
                    continue;
                }
            };
            prop_assert_eq!(named.len(), answers.len(), "a field that is named twice");
            for (key, value) in &kept.0 {
                let field = fields.iter().find(|field| field.key == *key);
                let field = field.expect("a field that the sender knows");
                prop_assert!(by == By::Staff || field.editable);
                prop_assert!(is_fine(field, value), "{} {:?}", key, value);
            }
            for field in fields.iter().filter(|field| field.required) {
                let asked = by == By::Staff || field.editable;
                prop_assert!(!asked || kept.0.contains_key(&field.key));
            }
            prop_assert_eq!(kept.0.contains_key("files"), !uploads.is_empty());
            let text = serde_json::to_string(&kept).expect("JSON");
            prop_assert_eq!(
                &serde_json::from_str::<Answers>(&text).expect("JSON"),
                &kept
            );
        }
        Ok(())
    });
    outcome.expect("no case fails");
}

/// To a client, an internal field is as unknown as one that there is not.
#[test]
fn an_internal_field_is_as_unknown_as_a_misspelt_one() {
    let mut form = form();
    form[0].visible = false;
    form[0].required = true;
    let (shape, _) = part(form);
    for key in ["line", "lime"] {
        assert_eq!(
            one(&shape.0, key, text("x")),
            Err(AnswerReason::UnknownField)
        );
    }
    let nothing = check(
        &shape.0,
        (By::Client, When::Opening),
        Vec::new(),
        &Answers::default(),
    );
    assert_eq!(nothing, Ok(Fitting::default()));
}

fn draft(key: &str, kind: DraftKind) -> DraftField {
    DraftField {
        key: key.to_owned(),
        label: label(key),
        help: Vec::new(),
        required: false,
        visible: true,
        editable: true,
        kind,
        options: None,
        longest: None,
        minimum: None,
        maximum: None,
        decimals: None,
        fewest: None,
        most: None,
    }
}

fn defects(fields: Vec<DraftField>) -> Vec<(String, DefectReason)> {
    let defects = sound(fields).expect_err("defects");
    let defects = defects.into_iter();
    defects.map(|defect| (defect.path, defect.reason)).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn a_draft_tells_each_defect_at_its_place() {
    let choice = |options: Vec<(&str, Vec<Label>)>| DraftField {
        options: Some(
            options
                .into_iter()
                .map(|(key, label)| (key.to_owned(), label))
                .collect(),
        ),
        ..draft("one", DraftKind::Choice)
    };
    let number = |minimum: &str, maximum: &str| DraftField {
        minimum: Some(minimum.to_owned()),
        maximum: Some(maximum.to_owned()),
        ..draft("number", DraftKind::Number)
    };
    let klingon = vec![Label {
        locale: "tlh".to_owned(),
        text: "nuq".to_owned(),
    }];
    let twice = [label("x"), label("y")].concat();
    for (field, path, reason) in [
        (draft("", DraftKind::Text), "key", DefectReason::Key),
        (draft("Room", DraftKind::Text), "key", DefectReason::Key),
        (
            draft(&"x".repeat(41), DraftKind::Text),
            "key",
            DefectReason::Key,
        ),
        (draft("a\0", DraftKind::Text), "key", DefectReason::Key),
        (
            DraftField {
                label: Vec::new(),
                ..draft("x", DraftKind::Text)
            },
            "labels",
            DefectReason::Missing,
        ),
        (
            DraftField {
                label: klingon,
                ..draft("x", DraftKind::Text)
            },
            "labels.0.locale",
            DefectReason::UnknownLocale,
        ),
        (
            DraftField {
                label: twice,
                ..draft("x", DraftKind::Text)
            },
            "labels.2.locale",
            DefectReason::Twice,
        ),
        (
            DraftField {
                label: label(" "),
                ..draft("x", DraftKind::Text)
            },
            "labels.0.text",
            DefectReason::Text(kernel::TextError::Blank),
        ),
        (
            DraftField {
                help: label(&"x".repeat(2_001)),
                ..draft("x", DraftKind::Text)
            },
            "help.0.text",
            DefectReason::Text(kernel::TextError::TooLong(2_000)),
        ),
        (
            DraftField {
                visible: false,
                ..draft("x", DraftKind::Text)
            },
            "editable",
            DefectReason::Unseen,
        ),
        (
            DraftField {
                longest: Some(201),
                ..draft("x", DraftKind::Text)
            },
            "maxLength",
            DefectReason::Bounds,
        ),
        (
            DraftField {
                longest: Some(0),
                ..draft("x", DraftKind::LongText)
            },
            "maxLength",
            DefectReason::Bounds,
        ),
        (
            DraftField {
                most: Some(2),
                ..draft("x", DraftKind::YesNo)
            },
            "most",
            DefectReason::OfAnotherKind,
        ),
        (
            DraftField {
                most: Some(11),
                ..draft("x", DraftKind::File)
            },
            "most",
            DefectReason::Bounds,
        ),
        (
            draft("x", DraftKind::Choice),
            "options",
            DefectReason::Missing,
        ),
        (
            choice(vec![("a", label("a")); 101]),
            "options",
            DefectReason::TooMany,
        ),
        (
            choice(vec![("a", label("a")), ("a", label("b"))]),
            "options.1.key",
            DefectReason::Twice,
        ),
        (
            choice(vec![("A", label("a"))]),
            "options.0.key",
            DefectReason::Key,
        ),
        (
            choice(vec![("a", Vec::new())]),
            "options.0.labels",
            DefectReason::Missing,
        ),
        (number("x", "2"), "minimum", DefectReason::Bounds),
        (number("3", "2"), "maximum", DefectReason::Bounds),
        (number("0.5", "2"), "minimum", DefectReason::Bounds),
        (
            DraftField {
                decimals: Some(7),
                ..draft("x", DraftKind::Number)
            },
            "decimals",
            DefectReason::Bounds,
        ),
        (
            DraftField {
                minimum: Some("2026-13-01".to_owned()),
                ..draft("x", DraftKind::Date)
            },
            "minimum",
            DefectReason::Bounds,
        ),
    ] {
        let told = defects(vec![field.clone()]);
        assert_eq!(told[0], (format!("fields.0.{path}"), reason), "{field:?}");
    }
    let two = vec![draft("x", DraftKind::Text), draft("x", DraftKind::Date)];
    assert_eq!(
        defects(two),
        [("fields.1.key".to_owned(), DefectReason::Twice)]
    );
    let many = |count: usize, kind| (0..count).map(|n| draft(&format!("x{n}"), kind)).collect();
    let too_many = [("fields".to_owned(), DefectReason::TooMany)];
    assert_eq!(defects(many(51, DraftKind::Text)), too_many);
    assert_eq!(defects(many(6, DraftKind::File)), too_many);
    let fine: Vec<DraftField> = many(50, DraftKind::YesNo);
    assert_eq!(sound(fine).expect("a form").len(), 50);
}

#[test]
fn labels_fall_back_to_the_first_language() {
    let labels = Labels(vec![
        Label {
            locale: "de".to_owned(),
            text: "Raum".to_owned(),
        },
        Label {
            locale: "fr".to_owned(),
            text: "Salle".to_owned(),
        },
    ]);
    assert_eq!(labels.of(identity::Locale::French), Some("Salle"));
    assert_eq!(labels.of(identity::Locale::English), Some("Raum"));
    assert_eq!(Labels::default().of(identity::Locale::English), None);
}
