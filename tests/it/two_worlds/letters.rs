//! What clients are mailed (VI-9), when and in which order, and what the links and
//! codes in it are good for: the same in both worlds, to the byte, secrets and
//! ids of mails included. What the team is mailed differs.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Persona, Realm, World, id, letterbox, world};
use notifications::{Message, QUIET};
use serde_json::json;

use super::is_new;

/// A round of things that clients do by mail.
struct Story<'a> {
    world: &'a World,
    told: String,
    step: u64,
}

/// Everything that clients are mailed and answered while people come, go in
/// again and change their passwords.
pub(super) async fn story(world: &World, internal: bool) -> String {
    world.clock.set(world::beginning() + TimeDelta::hours(3));
    world.entropy.reseed(6_000);
    let ada = world.client("ada@alder.example").await;
    let noah = world.client("noah@alder.example").await;
    // What happened before is told elsewhere.
    world.post().await;
    world.later(QUIET);
    world.post().await;
    let mut story = Story {
        world,
        told: String::new(),
        step: 0,
    };
    story.an_invitation(&ada).await;
    story.a_way_back_in().await;
    story.a_request_to_join(&ada).await;
    let change = format!(
        "passwordChange(input: {{current: \"{PASSWORD}\", new: \"another-long-word\"}}) {{ changed errors {{ code }} }}"
    );
    story.tell(&noah, &change, 1).await;
    story.tickets(internal).await;
    story.told
}

impl Story<'_> {
    /// Sends a mutation; answers the mails that follow, of which there are `count`.
    async fn tell(&mut self, by: &Persona, mutation: &str, count: usize) -> Vec<Message> {
        self.step += 1;
        self.world.later(TimeDelta::seconds(10));
        self.world.entropy.reseed(7_000 + self.step);
        let (status, text) = by
            .raw(json!({"query": format!("mutation {{ {mutation} }}")}))
            .await;
        self.told += &format!("{mutation}\n{status} {text}\n");
        let mails = post(self.world, 8_000 + self.step).await;
        assert_eq!(mails.len(), count, "{mutation}: {text}");
        self.told += &mails.iter().map(written).collect::<String>();
        mails
    }

    async fn ask(&mut self, by: &Persona, query: &str) {
        let (status, text) = by.raw(json!({"query": query})).await;
        self.told += &format!("{query}\n{status} {text}\n");
    }

    async fn an_invitation(&mut self, ada: &Persona) {
        let kim = self.world.anonymous(Realm::Portal);
        let invite = "userInvite(input: {email: \"kim@kim.example\", name: \"Kim\", sections: [TICKETS]}) { user { id } errors { code } }";
        let spent = letterbox::token(&self.tell(ada, invite, 1).await[0]);
        let people = ada
            .read("{ company { users(first: 100) { nodes { id email } } } }")
            .await;
        let people = people["company"]["users"]["nodes"].as_array().cloned();
        let kims = |user: &serde_json::Value| user["email"] == "kim@kim.example";
        let id = people.expect("people").into_iter().find(kims).expect("Kim")["id"].clone();
        let resend =
            format!("invitationResend(input: {{id: {id}}}) {{ user {{ id }} errors {{ code }} }}");
        let token = letterbox::token(&self.tell(ada, &resend, 1).await[0]);
        for token in [&spent, &token] {
            let query = format!(
                "{{ invitation(token: \"{token}\") {{ email name locale workspace workspaceName companyName invitedBy expiresAt }} }}"
            );
            self.ask(&kim, &query).await;
            let accept = format!(
                "invitationAccept(input: {{token: \"{token}\", password: \"{PASSWORD}\"}}) {{ session {{ accessToken refreshToken expiresAt }} errors {{ code message field }} }}"
            );
            self.tell(&kim, &accept, 0).await;
        }
        let kim = self.world.client("kim@kim.example").await;
        self.ask(&kim, "{ viewer { name access sections company { name users { nodes { name } } } } tickets { nodes { id } } }").await;
    }

    /// What staff do on tickets of dan's and mia's; in the second world with what
    /// they do among themselves in between.
    #[expect(clippy::too_many_lines, reason = "a story, step by step")]
    async fn tickets(&mut self, internal: bool) {
        // In the second world the form asks the team for more.
        let risk = if internal {
            ", answers: [{key: \"risk\", text: \"CANARY\"}]"
        } else {
            ""
        };
        let world = self.world;
        let owner = if internal {
            "canary-owner@glass.example"
        } else {
            "owner@glass.example"
        };
        let owner = world.staff(owner).await;
        let dan = world.client("dan@dogwood.example").await;
        let (dans, mias) = (
            id::ticket(world.cast.sharers.dans),
            id::ticket(world.cast.mias),
        );
        let hidden = id::ticket(world.cast.hidden);
        let (mut left, mut internally) = (0, 0);
        for (by, mutation) in [
            (
                &owner,
                format!(
                    "ticketReply(input: {{id: \"{dans}\", body: \"One\"}}) {{ errors {{ code }} }}"
                ),
            ),
            (
                &owner,
                format!(
                    "ticketReply(input: {{id: \"{mias}\", body: \"Two\"}}) {{ errors {{ code }} }}"
                ),
            ),
            (
                &dan,
                format!(
                    "ticketReply(input: {{id: \"{dans}\", body: \"Three\"}}) {{ errors {{ code }} }}"
                ),
            ),
            (
                &owner,
                format!(
                    "ticketSetStatus(input: {{id: \"{dans}\", status: WAITING}}) {{ errors {{ code }} }}"
                ),
            ),
            (
                &dan,
                format!(
                    "ticketReply(input: {{id: \"{dans}\", body: \"Four\"}}) {{ errors {{ code }} }}"
                ),
            ),
            (
                &owner,
                format!(
                    "ticketResolve(input: {{id: \"{dans}\", resolution: \"Five\"}}) {{ errors {{ code }} }}"
                ),
            ),
            (
                &dan,
                format!("ticketAccept(input: {{id: \"{dans}\"}}) {{ errors {{ code }} }}"),
            ),
            (
                &owner,
                format!(
                    "ticketOpen(input: {{company: \"{}\", requester: \"{}\", visibility: CLIENT_VISIBLE, subject: \"Six\", description: \"Seven\"{risk}}}) {{ errors {{ code }} }}",
                    id::company(world.cast.alder),
                    id::user(world.cast.mia)
                ),
            ),
        ] {
            if internal {
                world.entropy.reseed(9_000 + internally);
                for mutation in [
                    format!(
                        "ticketNote(input: {{id: \"{dans}\", body: \"CANARY\"}}) {{ errors {{ code }} }}"
                    ),
                    format!(
                        "ticketReply(input: {{id: \"{hidden}\", body: \"CANARY\"}}) {{ errors {{ code }} }}"
                    ),
                    format!(
                        "ticketAssign(input: {{id: \"{dans}\", assignee: \"{}\"}}) {{ errors {{ code }} }}",
                        id::staff(world.cast.member)
                    ),
                    format!(
                        "ticketPriority(input: {{id: \"{dans}\", priority: {}}}) {{ errors {{ code }} }}",
                        ["LOW", "URGENT"][(internally % 2) as usize]
                    ),
                ] {
                    owner.read(&format!("mutation {{ {mutation} }}")).await;
                }
                internally += 1;
                tickets::watch(&world.work()).await.expect("watched");
            }
            world.later(TimeDelta::seconds(40));
            self.step += 1;
            world.entropy.reseed(7_000 + self.step);
            let answer = by.read(&format!("mutation {{ {mutation} }}")).await;
            assert!(
                answer.to_string().contains("\"errors\":[]"),
                "{mutation}: {answer}"
            );
            left += self.collect().await;
        }
        // Second by second, so that the instant at which each leaves is told.
        for _ in 0..150 {
            world.later(TimeDelta::seconds(1));
            left += self.collect().await;
        }
        assert!(left >= 3, "{left} mails left");
    }

    /// Adds the mails that are due, and when they left.
    async fn collect(&mut self) -> usize {
        use kernel::Clock;
        self.step += 1;
        let mails = post(self.world, 8_000 + self.step).await;
        for mail in &mails {
            self.told += &format!("left at {}: {}", self.world.clock.now(), written(mail));
        }
        mails.len()
    }

    async fn a_way_back_in(&mut self) {
        let mia = self.world.anonymous(Realm::Portal);
        let account = "workspace: \"glass\", email: \"mia@alder.example\"";
        let ask = format!("passwordResetRequest(input: {{{account}}}) {{ requested }}");
        let token = letterbox::token(&self.tell(&mia, &ask, 1).await[0]);
        let reset = format!(
            "passwordReset(input: {{token: \"{token}\", password: \"a-new-long-word\"}}) {{ reset errors {{ code }} }}"
        );
        self.tell(&mia, &reset, 1).await;
        self.tell(&mia, &reset, 0).await;
        let ask = format!("otpRequest(input: {{{account}}}) {{ requested }}");
        let code = letterbox::code(&self.tell(&mia, &ask, 1).await[0]);
        let sign_in = format!(
            "otpSignIn(input: {{{account}, code: \"{code}\"}}) {{ session {{ accessToken refreshToken }} errors {{ code }} }}"
        );
        self.tell(&mia, &sign_in, 0).await;
        let nobody = "passwordResetRequest(input: {workspace: \"glass\", email: \"nobody@alder.example\"}) { requested }";
        self.tell(&mia, nobody, 0).await;
    }

    async fn a_request_to_join(&mut self, ada: &Persona) {
        let jay = self.world.anonymous(Realm::Portal);
        let ask = "joinRequestCreate(input: {workspace: \"glass\", email: \"jay@alder.example\", name: \"Jay\", locale: \"fr\"}) { requested errors { code } }";
        let token = letterbox::token(&self.tell(&jay, ask, 1).await[0]);
        let query = format!(
            "{{ confirmation(token: \"{token}\") {{ email name workspaceName expiresAt }} }}"
        );
        self.ask(&jay, &query).await;
        let confirm = format!(
            "emailConfirm(input: {{token: \"{token}\", password: \"{PASSWORD}\"}}) {{ confirmed session {{ accessToken }} errors {{ code }} }}"
        );
        self.tell(&jay, &confirm, 1).await;
        self.ask(
            ada,
            "{ company { joinRequests { id name email createdAt } } }",
        )
        .await;
        let waiting = ada.read("{ company { joinRequests { id email } } }").await;
        let id = &waiting["company"]["joinRequests"][0]["id"];
        let approve = format!(
            "joinRequestApprove(input: {{id: {id}, sections: [TICKETS]}}) {{ user {{ id name email status }} errors {{ code }} }}"
        );
        self.tell(ada, &approve, 1).await;
        let jay = self.world.client("jay@alder.example").await;
        self.ask(&jay, "{ viewer { name email access sections } }")
            .await;
    }
}

/// The mails that are due, with secrets that depend on `seed` alone.
pub(super) async fn post(world: &World, seed: u64) -> Vec<Message> {
    world.entropy.reseed(seed);
    let mut mails = world.post().await;
    mails.retain(|mail| !mail.to.ends_with("@glass.example"));
    // Those that are due together are sent together.
    mails.sort_by(|one, other| (&one.to, one.id).cmp(&(&other.to, other.id)));
    mails
}

/// A mail as its reader gets it.
pub(super) fn written(mail: &Message) -> String {
    let told = format!(
        "{} {:?} {:?} to {} {:?} from {} at {}: {}\n{}\n{}\n",
        mail.id,
        mail.thread,
        mail.unsubscribe,
        mail.to,
        mail.to_name,
        mail.from_name,
        mail.at,
        mail.subject,
        mail.text,
        mail.html
    );
    without_new_references(&told)
}

/// Takes out the references of tickets that were opened later.
fn without_new_references(text: &str) -> String {
    let mut parts = text.split("TKT-");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(part.len());
        let reference = format!("TKT-{}", &part[..end]);
        kept += if is_new(&reference) {
            "TKT-NEW"
        } else {
            &reference
        };
        kept += &part[end..];
    }
    kept
}
