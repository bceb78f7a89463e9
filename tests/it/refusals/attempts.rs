//! Each root field, called in a way that works for whoever may.

use end_to_end::{PASSWORD, Realm, World, id, letterbox};
use serde_json::Value;
use visibility::Permission;

/// Whose record a call names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// No record.
    Nothing,
    /// One that colleagues see no more than strangers do.
    Record,
    /// One that all of Alder see and its admins manage.
    Managed,
    /// One that all of Alder see.
    Shared,
}

/// One root field, called in a way that works for whoever may.
pub(super) struct Attempt {
    pub(super) field: &'static str,
    pub(super) document: String,
    /// Whether anybody may call it without signing in.
    pub(super) public: bool,
    /// Whether the call names a record of Alder, so that other companies and
    /// workspaces must be refused it.
    pub(super) names: Names,
    /// Whether clients may call it.
    pub(super) for_clients: bool,
    /// What staff need for it.
    pub(super) needs: Option<Permission>,
}

impl Attempt {
    fn query(field: &'static str, call: &str) -> Self {
        Self {
            field,
            document: format!("{{ {call} }}"),
            public: false,
            names: Names::Nothing,
            for_clients: true,
            needs: None,
        }
    }

    fn mutation(field: &'static str, input: &str) -> Self {
        let document =
            format!("mutation {{ {field}(input: {{ {input} }}) {{ errors {{ code }} }} }}");
        let names = if input.contains("id:") {
            Names::Record
        } else {
            Names::Nothing
        };
        Self {
            document,
            names,
            ..Self::query(field, "")
        }
    }

    fn bare(field: &'static str) -> Self {
        Self {
            document: format!("mutation {{ {field} {{ errors {{ code }} }} }}"),
            ..Self::query(field, "")
        }
    }

    fn public(self) -> Self {
        Self {
            public: true,
            ..self
        }
    }

    fn naming(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// Absent from the portal's schema.
    fn internal(self) -> Self {
        Self {
            for_clients: false,
            ..self
        }
    }

    fn needs(self, permission: Permission) -> Self {
        Self {
            needs: Some(permission),
            ..self
        }
    }
}

/// Who is on the way into Alder.
pub(super) struct Newcomers {
    /// Somebody with an open invitation.
    invited: String,
    /// A request to join that waits.
    request: String,
}

impl Newcomers {
    pub(super) async fn of(world: &World) -> Self {
        let ada = world.client("ada@alder.example").await;
        let invite = "mutation { userInvite(input: {email: \"ivy@alder.example\", name: \"Ivy\"}) { user { id } } }";
        let invited = ada.read(invite).await["userInvite"]["user"]["id"].clone();
        let open = "mutation { companyUpdate(input: {registrationDomains: [\"alder.example\"]}) { errors { code } } }";
        ada.read(open).await;
        world.post().await;
        let ask = "mutation { joinRequestCreate(input: {workspace: \"glass\", email: \"joe@alder.example\", name: \"Joe\"}) { errors { code } } }";
        let joe = world.anonymous(Realm::Portal);
        joe.read(ask).await;
        let token = letterbox::token(&world.post().await[0]);
        let confirm = format!(
            "mutation {{ emailConfirm(input: {{token: \"{token}\", password: \"{PASSWORD}\"}}) {{ confirmed }} }}"
        );
        joe.read(&confirm).await;
        let requests = ada.read("{ company { joinRequests { id } } }").await;
        let request = &requests["company"]["joinRequests"][0]["id"];
        let text = |id: &Value| id.as_str().expect("an id").to_owned();
        Self {
            invited: text(&invited),
            request: text(request),
        }
    }
}

pub(super) fn attempts(world: &World, newcomers: &Newcomers) -> Vec<Attempt> {
    let mut all = of_tickets(world);
    all.extend(of_sessions());
    all.extend(of_credentials());
    all.extend(of_people(world, newcomers));
    all.extend(of_the_house(world));
    all.extend(of_contracts(world));
    all.extend(of_timelines(world));
    all
}

fn of_tickets(world: &World) -> Vec<Attempt> {
    use Permission::{SettingsWrite, TicketsAssign, TicketsFlag, TicketsOpen, TicketsWrite};
    let ticket = id::ticket(world.cast.mias);
    let with_id = |rest: &str| format!("id: \"{ticket}\" {rest}");
    let ada = format!("\"{}\"", id::user(world.cast.ada));
    vec![
        Attempt::query("node", &format!("node(id: \"{ticket}\") {{ id }}")).naming(Names::Record),
        Attempt::query("ticket", &format!("ticket(id: \"{ticket}\") {{ id }}"))
            .naming(Names::Record),
        Attempt::query("tickets", "tickets { nodes { id } }"),
        Attempt::query("categories", "categories { key }"),
        Attempt::query("uploadRules", "uploadRules { maxSize }"),
        Attempt::query("ticketStatuses", "ticketStatuses { status label }"),
        Attempt::query(
            "ticketForm",
            "ticketForm(category: \"general\") { version }",
        ),
        Attempt::mutation(
            "ticketAnswersUpdate",
            &with_id("answers: [{ key: \"room\" text: \"x\" }]"),
        )
        .needs(TicketsWrite),
        Attempt::mutation("ticketFormPublish", "category: \"general\" fields: []")
            .internal()
            .needs(SettingsWrite),
        Attempt::query("ticketsExport", "ticketsExport { url }"),
        Attempt::mutation("ticketOpen", "subject: \"Refused\" description: \"x\"")
            .needs(TicketsOpen),
        Attempt::mutation("ticketReply", &with_id("body: \"x\"")).needs(TicketsWrite),
        Attempt::mutation(
            "uploadCreate",
            "fileName: \"x\" contentType: \"image/png\" size: 1",
        )
        .needs(TicketsWrite),
        Attempt::mutation("ticketAccept", &with_id("")),
        Attempt::mutation("ticketReject", &with_id("reason: \"x\"")),
        Attempt::mutation(
            "ticketParticipantsAdd",
            &with_id(&format!("users: [{ada}]")),
        )
        .needs(TicketsWrite),
        Attempt::mutation("ticketParticipantRemove", &with_id(&format!("user: {ada}")))
            .needs(TicketsWrite),
        Attempt::mutation("ticketNote", &with_id("body: \"x\""))
            .internal()
            .needs(TicketsWrite),
        Attempt::mutation("ticketAssign", &with_id("assignee: null"))
            .internal()
            .needs(TicketsAssign),
        Attempt::mutation("ticketResolve", &with_id("resolution: \"x\""))
            .internal()
            .needs(TicketsWrite),
        Attempt::mutation("ticketSetStatus", &with_id("status: WAITING"))
            .internal()
            .needs(TicketsWrite),
        Attempt::mutation(
            "ticketSetVisibility",
            &with_id("visibility: INTERNAL_ONLY reason: \"x\""),
        )
        .internal()
        .needs(TicketsFlag),
    ]
}

fn of_sessions() -> Vec<Attempt> {
    let session = format!("id: \"{}\"", id::no_session());
    vec![
        Attempt::query("viewer", "viewer { name }"),
        Attempt::query("sessions", "sessions { id }"),
        Attempt::query("mailPreferences", "mailPreferences { replies }"),
        Attempt::mutation("mailPreferencesUpdate", "replies: true"),
        Attempt::mutation("signIn", "workspace: \"\" email: \"\" password: \"\"").public(),
        Attempt::mutation("sessionRefresh", "refreshToken: \"\"").public(),
        Attempt::bare("signOut").public(),
        Attempt::bare("signOutEverywhere").public(),
        // Of real sessions: `sessions::devices`.
        Attempt::mutation("sessionRevoke", &session),
        Attempt::mutation("passwordChange", "current: \"\" new: \"\""),
    ]
}

/// What brings people in, and back in: open to whoever reads the mail.
fn of_credentials() -> Vec<Attempt> {
    let account = "workspace: \"glass\" email: \"mia@alder.example\"";
    vec![
        Attempt::query("branding", "branding(workspace: \"glass\") { name }").public(),
        Attempt::query("invitation", "invitation(token: \"\") { email }").public(),
        Attempt::query("confirmation", "confirmation(token: \"\") { email }").public(),
        Attempt::mutation("invitationAccept", "token: \"\" password: \"\"").public(),
        Attempt::mutation("emailConfirm", "token: \"\" password: \"\"").public(),
        Attempt::mutation("passwordResetRequest", account).public(),
        Attempt::mutation("passwordReset", "token: \"\" password: \"\"").public(),
        Attempt::mutation("otpRequest", account).public(),
        Attempt::mutation("otpSignIn", &format!("{account} code: \"\"")).public(),
        Attempt::mutation("joinRequestCreate", &format!("{account} name: \"x\"")).public(),
        // Anybody's at the staff's gate, and nobody's elsewhere.
        Attempt::mutation(
            "workspaceCreate",
            &format!("{account} name: \"x\" ownerName: \"x\""),
        )
        .public()
        .internal(),
    ]
}

fn of_people(world: &World, newcomers: &Newcomers) -> Vec<Attempt> {
    use Permission::{CustomersErase, CustomersRead, CustomersWrite};
    let company = format!("id: \"{}\"", id::company(world.cast.alder));
    let mia = format!("id: \"{}\"", id::user(world.cast.mia));
    let invited = format!("id: \"{}\"", newcomers.invited);
    let request = format!("id: \"{}\"", newcomers.request);
    let managed = |field, input: &str| {
        Attempt::mutation(field, input)
            .naming(Names::Managed)
            .needs(CustomersWrite)
    };
    vec![
        Attempt::query("company", &format!("company({company}) {{ id }}")).naming(Names::Shared),
        Attempt::query("companies", "companies { nodes { id } }")
            .internal()
            .needs(CustomersRead),
        managed("companyUpdate", &format!("{company} sharing: COMPANY")),
        Attempt::mutation("companyCreate", "name: \"x\"")
            .internal()
            .needs(CustomersWrite),
        Attempt::mutation("userInvite", "email: \"x@x.example\" name: \"x\"").needs(CustomersWrite),
        managed("invitationResend", &invited),
        managed("userUpdate", &format!("{mia} access: ADMIN")),
        managed("userDisable", &mia),
        managed("userEnable", &mia),
        managed("joinRequestApprove", &request),
        managed("joinRequestDecline", &request),
        managed("userErase", &mia).internal().needs(CustomersErase),
        Attempt::query("userExport", &format!("userExport({mia})"))
            .naming(Names::Managed)
            .internal()
            .needs(CustomersErase),
    ]
}

/// What timelines can do besides growing.
fn of_timelines(world: &World) -> Vec<Attempt> {
    use Permission::{CannedRepliesWrite, TicketsWrite};
    let (ticket, other) = (id::ticket(world.cast.mias), id::ticket(world.cast.noahs));
    let entry = id::entry(world.cast.reply);
    let nothing = id::canned(uuid::Uuid::nil());
    let canned = |field, input: &str| {
        Attempt::mutation(field, input)
            .internal()
            .needs(CannedRepliesWrite)
    };
    let preview = format!("cannedReplyPreview(id: \"{nothing}\", ticket: \"{ticket}\") {{ body }}");
    vec![
        Attempt::mutation("ticketEntryEdit", &format!("id: \"{entry}\" body: \"x\""))
            .needs(TicketsWrite),
        Attempt::mutation(
            "ticketMerge",
            &format!("id: \"{ticket}\" into: \"{other}\""),
        )
        .internal()
        .needs(TicketsWrite),
        Attempt::query("mentionsOfMe", "mentionsOfMe { nodes { mentionedAt } }").internal(),
        Attempt::query("cannedReplies", "cannedReplies { nodes { id } }")
            .internal()
            .needs(TicketsWrite),
        Attempt::query("cannedReplyPreview", &preview)
            .internal()
            .naming(Names::Record)
            .needs(TicketsWrite),
        canned(
            "cannedReplyCreate",
            "title: \"x\" body: \"x\" language: \"en\"",
        ),
        canned(
            "cannedReplyUpdate",
            &format!("id: \"{nothing}\" title: \"x\""),
        ),
        canned("cannedReplyDelete", &format!("id: \"{nothing}\"")),
    ]
}

/// Contracts and what they promise: the team's own.
fn of_contracts(world: &World) -> Vec<Attempt> {
    use Permission::{
        ContractsRead, ContractsWrite, CustomersWrite, SettingsWrite, TicketsAssign, TicketsWrite,
    };
    let ticket = id::ticket(world.cast.mias);
    let calendar = id::calendar(world.cast.promised.calendar.0);
    let policy = id::policy(world.cast.promised.own.0);
    let company = id::company(world.cast.alder);
    let contract = id::contract(world.cast.promised.birchs.0);
    let list = |field: &'static str| {
        let call = format!("{field} {{ nodes {{ id }} }}");
        Attempt::query(field, &call).internal().needs(ContractsRead)
    };
    let write = |field, input: &str| {
        Attempt::mutation(field, input)
            .internal()
            .needs(ContractsWrite)
    };
    let triage = |field, rest: &str| {
        let input = format!("id: \"{ticket}\" {rest}");
        Attempt::mutation(field, &input)
            .internal()
            .needs(TicketsWrite)
    };
    vec![
        list("calendars"),
        list("slaPolicies"),
        list("contracts"),
        Attempt::query("slaQueue", "slaQueue(state: BREACHED) { nodes { id } }").internal(),
        Attempt::query("ticketDashboard", "ticketDashboard { nearBreach }").internal(),
        write(
            "calendarCreate",
            "name: \"x\" hours: \"24/7\" timeZone: \"UTC\"",
        ),
        write("calendarUpdate", &format!("id: \"{calendar}\" name: \"x\"")),
        write(
            "slaPolicyCreate",
            &format!("name: \"x\" calendar: \"{calendar}\" targets: []"),
        ),
        write("slaPolicyUpdate", &format!("id: \"{policy}\" name: \"x\"")),
        write("contractCreate", "title: \"x\" companies: []"),
        write(
            "contractUpdate",
            &format!("id: \"{contract}\" title: \"x\""),
        ),
        triage("ticketPriority", "priority: HIGH"),
        // Of tickets that are not there: `desk::bulk`.
        Attempt::mutation("ticketsUpdate", "ids: [] priority: HIGH assignee: null")
            .internal()
            .needs(TicketsAssign),
        Attempt::query("configurationItems", "configurationItems { nodes { id } }"),
        // Of items that are there: `desk::items`.
        Attempt::mutation(
            "configurationItemCreate",
            &format!("company: \"{company}\" name: \"x\" kind: \"y\""),
        )
        .internal()
        .needs(CustomersWrite),
        Attempt::mutation("configurationItemUpdate", "id: \"\" name: \"x\"").internal(),
        Attempt::mutation(
            "configurationExposureUpdate",
            &format!("company: \"{company}\" exposed: true"),
        )
        .internal()
        .needs(CustomersWrite),
        triage("ticketItemsUpdate", "items: []"),
        // Of views that are there: `desk::views`.
        Attempt::query("savedViews", "savedViews { nodes { id } }").internal(),
        Attempt::query("savedView", "savedView(id: \"\") { id }").internal(),
        Attempt::mutation("savedViewCreate", "name: \"x\"").internal(),
        Attempt::mutation("savedViewUpdate", "id: \"\"").internal(),
        Attempt::mutation("savedViewDelete", "id: \"\"").internal(),
        Attempt::query("ticketSettings", "ticketSettings { autoCloseDays }").internal(),
        Attempt::mutation("workspaceTicketSettingsUpdate", "autoCloseDays: 7")
            .internal()
            .needs(SettingsWrite),
        Attempt::mutation(
            "workspaceStatusLabelsUpdate",
            "labels: [{ status: OPEN labels: [{ locale: \"en\" text: \"x\" }] }]",
        )
        .internal()
        .needs(SettingsWrite),
        triage("ticketContract", "contract: null"),
    ]
}

fn of_the_house(world: &World) -> Vec<Attempt> {
    use Permission::{AuditRead, MailManage, SettingsWrite, TeamWrite};
    let mail = format!("id: \"{}\"", id::mail(uuid::Uuid::nil()));
    let member = format!("id: \"{}\"", id::staff(world.cast.member));
    vec![
        Attempt::query("staffMembers", "staffMembers { name }").internal(),
        Attempt::query("workspace", "workspace { name }").internal(),
        Attempt::query("audit", "audit { nodes { id } }")
            .internal()
            .needs(AuditRead),
        Attempt::query("mails", "mails { nodes { id } }")
            .internal()
            .needs(MailManage),
        Attempt::mutation("mailRetry", &mail)
            .internal()
            .needs(MailManage),
        Attempt::mutation(
            "staffInvite",
            "email: \"x@x.example\" name: \"x\" role: OWNER",
        )
        .internal()
        .needs(TeamWrite),
        Attempt::mutation("staffUpdate", &format!("{member} role: OWNER"))
            .internal()
            .needs(TeamWrite),
        Attempt::mutation("workspaceUpdate", "name: \"x\"")
            .internal()
            .needs(SettingsWrite),
    ]
}
