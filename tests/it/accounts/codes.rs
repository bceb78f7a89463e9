//! Signing in with a mailed code (ID-6).

use chrono::TimeDelta;
use end_to_end::{Persona, Realm, World, id, letterbox, on_both};
use serde_json::{Value, json};

use super::{FRESH, WHO, act, count, end, mail, sign_in, silence, trail, visitor};

async fn ask(persona: &Persona, email: &str) -> Value {
    act(
        persona,
        "otpRequest",
        "requested challenge",
        json!({"workspace": "glass", "email": email}),
    )
    .await
}

async fn enter(persona: &Persona, email: &str, code: &str) -> String {
    let input = json!({"workspace": "glass", "email": email, "code": code});
    end(persona, "otpSignIn", input).await
}

/// Asks for a code and reads it in the mail.
async fn code(world: &World, email: &str) -> String {
    assert_eq!(ask(&visitor(world), email).await["requested"], true);
    letterbox::code(&mail(world).await)
}

/// A code that is not this one.
fn other(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..5])
}

on_both! {
    async fn a_code_signs_in_once(world) {
        let nobody = visitor(&world);
        ask(&nobody, " Mia@ALDER.example").await;
        let letter = mail(&world).await;
        assert!(letter.to == "mia@alder.example" && !letter.text.contains("token="), "{}", letter.text);
        let code = letterbox::code(&letter);
        assert!(!letter.subject.contains(&code), "a locked screen shows subjects");
        let input = json!({"workspace": "glass", "email": "mia@alder.example", "code": format!(" {code} ")});
        let payload = act(&nobody, "otpSignIn", "session { accessToken refreshToken }", input).await;
        let mia = nobody.with(&payload["session"]);
        assert_eq!(mia.read(WHO).await["viewer"]["name"], "Mia");
        assert_eq!(enter(&nobody, "mia@alder.example", &code).await, "INVALID_CREDENTIALS");
        let kinds = trail(&world).await;
        assert!(["signIn.failed", "session.opened", "code.requested"].iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
        // The database keeps no code.
        assert_eq!(count(&world, &format!("SELECT hash FROM client_secrets WHERE hash LIKE '%{code}%'")).await, 0);
    }
}

on_both! {
    /// The code of the last mail alone, for ten minutes, at one workspace.
    async fn a_code_is_the_last_one_and_short_lived(world) {
        let nobody = visitor(&world);
        let first = code(&world, "mia@alder.example").await;
        world.later(TimeDelta::seconds(1));
        let second = code(&world, "mia@alder.example").await;
        assert_eq!(enter(&nobody, "mia@alder.example", &first).await, "INVALID_CREDENTIALS");
        assert_eq!(enter(&nobody, "noah@alder.example", &second).await, "INVALID_CREDENTIALS");
        assert_eq!(enter(&nobody.at(Realm::Staff), "mia@alder.example", &second).await, "INVALID_CREDENTIALS");
        for bad in ["", "0", "\0", "１２３４５６", &"1".repeat(10_000)] {
            let code = enter(&nobody, "noah@alder.example", bad).await;
            assert!(["INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"].contains(&&*code), "{bad:.10}: {code}");
        }
        assert_eq!(enter(&nobody, "mia@alder.example", &second).await, "ok");
        world.later(TimeDelta::hours(1));
        let late = code(&world, "mia@alder.example").await;
        world.later(TimeDelta::minutes(10));
        assert_eq!(enter(&nobody, "mia@alder.example", &late).await, "INVALID_CREDENTIALS");
        let good = code(&world, "mia@alder.example").await;
        world.later(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        assert_eq!(enter(&nobody, "mia@alder.example", &good).await, "ok");
    }
}

on_both! {
    /// Five wrong tries of whoever asked kill a code; the next one is good.
    async fn five_wrong_tries_kill_a_code(world) {
        let nobody = visitor(&world);
        let good = code(&world, "mia@alder.example").await;
        for _ in 0..4 {
            assert_eq!(enter(&nobody, "mia@alder.example", &other(&good)).await, "INVALID_CREDENTIALS");
        }
        assert_eq!(enter(&nobody, "mia@alder.example", &good).await, "ok", "four are survived");
        world.later(TimeDelta::hours(1));
        // With the challenge they can be made from anywhere, and count as well.
        let challenge = ask(&nobody, "mia@alder.example").await["challenge"].clone();
        let good = letterbox::code(&mail(&world).await);
        for index in 0..5 {
            let somewhere = nobody.from_address(&format!("198.51.{index}.1"));
            let wrong = json!({"workspace": "glass", "email": "mia@alder.example", "code": other(&good), "challenge": challenge});
            assert_eq!(end(&somewhere, "otpSignIn", wrong).await, "INVALID_CREDENTIALS");
        }
        let right = json!({"workspace": "glass", "email": "mia@alder.example", "code": good, "challenge": challenge});
        assert_eq!(end(&nobody, "otpSignIn", right).await, "INVALID_CREDENTIALS");
        let next = code(&world, "mia@alder.example").await;
        assert_eq!(enter(&nobody, "mia@alder.example", &next).await, "ok");
    }
}

on_both! {
    /// A code is for whoever asked: strangers neither try it, nor use its tries
    /// up, nor make it worthless by asking themselves.
    async fn strangers_leave_a_code_alone(world) {
        let away = visitor(&world).from_address("192.0.2.1");
        let good = {
            assert_eq!(ask(&away, "mia@alder.example").await["requested"], true);
            letterbox::code(&mail(&world).await)
        };
        for index in 0..9 {
            let stranger = visitor(&world).from_address(&format!("198.51.{index}.1"));
            let answer = ask(&stranger, "mia@alder.example").await;
            assert_eq!(answer["requested"], true);
            for _ in 0..4 {
                assert_eq!(enter(&stranger, "mia@alder.example", &other(&good)).await, "INVALID_CREDENTIALS");
            }
            // Not even the right one is theirs to enter.
            assert_eq!(enter(&stranger, "mia@alder.example", &good).await, "INVALID_CREDENTIALS");
        }
        assert_eq!(enter(&away, "mia@alder.example", &good).await, "ok");
        // They have had all the codes of the hour but one; from a place where the
        // account is at home another can be asked for all the same.
        let last = visitor(&world).from_address("198.51.100.1");
        world.post().await;
        let refused = ask(&last, "mia@alder.example").await;
        assert_eq!(refused["errors"][0]["code"], "TOO_MANY_REQUESTS");
        assert_eq!(ask(&away, "mia@alder.example").await["requested"], true);
        let good = letterbox::code(&mail(&world).await);
        assert_eq!(enter(&away, "mia@alder.example", &good).await, "ok");
    }
}

on_both! {
    /// Not even neighbours of the same network keep out whoever brings the
    /// challenge: neither by wrong tries nor by asking.
    async fn neighbours_leave_the_challenge_alone(world) {
        let mine = visitor(&world).from_address("192.0.2.1");
        let neighbour = visitor(&world).from_address("192.0.2.200");
        let challenge = ask(&mine, "mia@alder.example").await["challenge"].clone();
        let good = letterbox::code(&mail(&world).await);
        for _ in 0..5 {
            assert_eq!(enter(&neighbour, "mia@alder.example", &other(&good)).await, "INVALID_CREDENTIALS");
        }
        assert_eq!(enter(&neighbour, "mia@alder.example", &good).await, "TOO_MANY_ATTEMPTS");
        assert_eq!(ask(&neighbour, "mia@alder.example").await["requested"], true);
        world.post().await;
        let input = json!({"workspace": "glass", "email": "mia@alder.example", "code": good, "challenge": challenge});
        assert_eq!(end(&mine, "otpSignIn", input).await, "ok");
    }
}

on_both! {
    /// Of many wrong tries at once five are counted, and no more are looked at.
    async fn parallel_tries_count(world) {
        let challenge = ask(&visitor(&world), "mia@alder.example").await["challenge"].clone();
        let good = letterbox::code(&mail(&world).await);
        let tries: Vec<_> = (0..20).map(|index| {
            let somebody = visitor(&world).from_address(&format!("198.51.{index}.1"));
            let input = json!({"workspace": "glass", "email": "mia@alder.example", "code": other(&good), "challenge": challenge});
            tokio::spawn(async move { end(&somebody, "otpSignIn", input).await })
        }).collect();
        for one in tries {
            one.await.expect("no panic");
        }
        assert_eq!(count(&world, "SELECT id FROM client_credentials WHERE challenged > 5").await, 0);
        assert_eq!(count(&world, "SELECT id FROM client_credentials WHERE challenged = 5").await, 1);
    }
}

on_both! {
    /// Asked for in the train and entered at the station: the challenge tells
    /// that it is the same person. That of another request does not.
    async fn a_challenge_goes_along(world) {
        let train = visitor(&world).from_address("192.0.2.1");
        let station = visitor(&world).from_address("198.51.100.1");
        let mine = ask(&train, "mia@alder.example").await["challenge"].clone();
        let good = letterbox::code(&mail(&world).await);
        let theirs = ask(&station, "mia@alder.example").await["challenge"].clone();
        world.post().await;
        let nobodys = ask(&train, "nobody@alder.example").await["challenge"].clone();
        let enter = async |challenge: &Value| {
            let input = json!({"workspace": "glass", "email": "mia@alder.example", "code": good, "challenge": challenge});
            end(&station, "otpSignIn", input).await
        };
        assert!([&mine, &theirs, &nobodys].iter().all(|one| one.as_str().is_some_and(|text| text.len() == 43)));
        for bad in [&Value::Null, &theirs, &nobodys, &json!("")] {
            assert_eq!(enter(bad).await, "INVALID_CREDENTIALS", "{bad}");
        }
        world.later(TimeDelta::minutes(2));
        assert_eq!(enter(&mine).await, "ok");
        // The database has its digest.
        let challenge = mine.as_str().unwrap_or_default();
        assert_eq!(count(&world, &format!("SELECT id FROM client_credentials WHERE challenge = '{challenge}'")).await, 0);
    }
}

on_both! {
    /// Of many who bring the right code at once one gets in.
    async fn of_parallel_codes_one_wins(world) {
        let good = code(&world, "mia@alder.example").await;
        let tries: Vec<_> = (0..5).map(|_| {
            let (nobody, good) = (visitor(&world), good.clone());
            tokio::spawn(async move { enter(&nobody, "mia@alder.example", &good).await })
        }).collect();
        let mut won = 0;
        for one in tries {
            won += usize::from(one.await.expect("no panic") == "ok");
        }
        assert_eq!(won, 1);
    }
}

on_both! {
    /// Whether there is an account shows in the mailbox alone; where codes are
    /// not offered, nobody has one.
    async fn asking_for_a_code_tells_nothing(world) {
        let nobody = visitor(&world);
        let ask = async |persona: &Persona, email: &str| {
            let mut told = ask(persona, email).await;
            assert_eq!(told["challenge"].take().as_str().map(str::len), Some(43), "{email}");
            told
        };
        let (usual, told) = world.statements(ask(&nobody, "mia@alder.example")).await;
        mail(&world).await;
        for email in ["nobody@alder.example", "owner@glass.example", "carl@cedar.example", "none"] {
            let (cost, answer) = world.statements(ask(&nobody, email)).await;
            assert_eq!((cost, &answer), (usual, &told), "{email}");
        }
        silence(&world).await;
        let known = world.statements(enter(&nobody, "mia@alder.example", "000000")).await;
        let unknown = world.statements(enter(&nobody, "nobody@alder.example", "000000")).await;
        assert_eq!(known, unknown);
        // The team has passwords, and no codes.
        assert_eq!(ask(&nobody.at(Realm::Staff), "owner@glass.example").await, told);
        silence(&world).await;

        let good = code(&world, "noah@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(end(&owner, "workspaceUpdate", json!({"signInMethods": ["PASSWORD"]})).await, "ok");
        assert_eq!(enter(&nobody, "noah@alder.example", &good).await, "INVALID_CREDENTIALS");
        assert_eq!(ask(&nobody, "noah@alder.example").await, told);
        silence(&world).await;
        assert_eq!(end(&owner, "workspaceUpdate", json!({"signInMethods": ["CODE"]})).await, "ok");
        assert_eq!(sign_in(&nobody, "glass", "noah@alder.example", end_to_end::PASSWORD).await, "INVALID_CREDENTIALS");
        assert_eq!(end(&owner, "workspaceUpdate", json!({"signInMethods": []})).await, "NO_SIGN_IN_METHOD");
        let shown = nobody.read("{ branding(workspace: \"glass\") { signInMethods } }").await;
        assert_eq!(shown["branding"]["signInMethods"], json!(["CODE"]));
    }
}

on_both! {
    /// A code ends with the account, and with its password.
    async fn a_code_ends_with_the_account(world) {
        let nobody = visitor(&world);
        let manager = world.staff("manager@glass.example").await;
        let good = code(&world, "noah@alder.example").await;
        for verb in ["userDisable", "userEnable"] {
            assert_eq!(end(&manager, verb, json!({"id": id::user(world.cast.noah)})).await, "ok");
            assert_eq!(enter(&nobody, "noah@alder.example", &good).await, "INVALID_CREDENTIALS", "{verb}");
        }
        let good = code(&world, "mia@alder.example").await;
        let mia = world.client("mia@alder.example").await;
        let change = json!({"current": end_to_end::PASSWORD, "new": FRESH});
        assert_eq!(end(&mia, "passwordChange", change).await, "ok");
        assert_eq!(enter(&nobody, "mia@alder.example", &good).await, "INVALID_CREDENTIALS");
    }
}

/// One call of each kind that tries or mails a credential.
const CALLS: [&str; 10] = [
    "signIn(input: {workspace: \"glass\", email: \"mia@alder.example\", password: \"x\"})",
    "otpSignIn(input: {workspace: \"glass\", email: \"mia@alder.example\", code: \"000000\"})",
    "otpRequest(input: {workspace: \"glass\", email: \"mia@alder.example\"})",
    "passwordResetRequest(input: {workspace: \"glass\", email: \"mia@alder.example\"})",
    "passwordReset(input: {token: \"x\", password: \"x\"})",
    "passwordChange(input: {current: \"x\", new: \"x\"})",
    "invitationAccept(input: {token: \"x\", password: \"x\"})",
    "emailConfirm(input: {token: \"x\", password: \"x\"})",
    "joinRequestCreate(input: {workspace: \"glass\", email: \"x@alder.example\", name: \"x\"})",
    "workspaceCreate(input: {workspace: \"north\", name: \"x\", ownerName: \"x\", email: \"x@north.example\"})",
];

on_both! {
    /// One of them a request, whatever kinds are mixed, and none is tried when
    /// there are two.
    async fn one_request_is_one_try(world) {
        let nobody = world.anonymous(Realm::Staff);
        for (index, first) in CALLS.iter().enumerate() {
            let second = CALLS[(index + 3) % CALLS.len()];
            for pair in [[*first, *first], [*first, second]] {
                let document = format!("mutation {{ a: {} {{ errors {{ code }} }} ...B }} fragment B on Mutation {{ b: {} {{ errors {{ code }} }} }}", pair[0], pair[1]);
                let code = nobody.code(&document, json!({})).await;
                assert!(["BAD_REQUEST", "LIMIT_EXCEEDED"].contains(&&*code), "{document}: {code}");
            }
        }
        for table in ["throttles", "client_credentials", "staff_credentials", "sign_ups"] {
            assert_eq!(count(&world, &format!("SELECT * FROM {table}")).await, 0, "{table}");
        }
    }
}
