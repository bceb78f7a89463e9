//! Every portal operation, as each client sends it in turn. `MIAS`, `NOTE` and
//! other words in capitals stand for ids and addresses.

/// The root field, and the document.
pub(super) type Operation = (&'static str, &'static str);

/// What one client does, in this order: sharing comes first, so that what is
/// read then shows it, and what ends sessions last.
pub(super) fn all() -> impl Iterator<Item = Operation> {
    sharing()
        .into_iter()
        .chain(of_tickets())
        .chain(of_forms())
        .chain(of_finding())
        .chain(of_exports())
        .chain(of_files())
        .chain(of_people())
        .chain(of_credentials())
        .chain(of_sessions())
}

/// Reading, and tickets.
#[expect(clippy::too_many_lines, reason = "a table")]
fn of_tickets() -> Vec<Operation> {
    vec![
        (
            "branding",
            "{ branding(workspace: \"glass\") { workspace name locale signInMethods } }",
        ),
        (
            "viewer",
            "{ viewer { id name email side access sections locale company { id name kind } } }",
        ),
        (
            "sessions",
            "{ sessions { id createdAt lastUsedAt expiresAt agent network current } }",
        ),
        ("categories", "{ categories { key name } }"),
        (
            "uploadRules",
            "{ uploadRules { maxSize maxFiles types { name endings } } }",
        ),
        (
            "ticketStatuses",
            "{ ticketStatuses { status label } german: ticketStatuses(locale: \"de\") { label } }",
        ),
        (
            "ticketStatuses",
            "{ ticketStatuses(locale: \"nonsense\") { label } }",
        ),
        (
            "tickets",
            "{ tickets(first: 20) { nodes { statusLabel french: statusLabel(locale: \"fr\") timeline(first: 5) { nodes { fromStatusLabel toStatusLabel(locale: \"de\") } } } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 25) { edges { cursor node { id reference subject description category status openedAt updatedAt slaCountdown { responseDueAt resolutionDueAt paused } \
            resolvedAt closedAt closesAt requester { id name email access status lastSignInAt sections reach sessions { id lastUsedAt } } openedBy { id name } participants { id name email access status } company { id name } } } \
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 20) { nodes { timeline(first: 15) { nodes { id mine editableUntil editedAt } } } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 20) { nodes { id timeline(first: 15) { edges { cursor } pageInfo { hasNextPage endCursor } nodes { id kind automatic body fromStatus toStatus createdAt author { name side } } } } \
            pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 100) { nodes { id reference } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(orderBy: {field: UPDATED_AT, direction: ASC}) { nodes { id updatedAt } } }",
        ),
        (
            "tickets",
            "{ tickets(orderBy: {field: REFERENCE, direction: ASC}) { edges { cursor } nodes { reference } } }",
        ),
        (
            "tickets",
            "{ tickets(filter: {status: [OPEN]}) { nodes { id } } }",
        ),
        (
            "tickets",
            "{ tickets(filter: {category: [\"general\", \"nonsense\"]}) { nodes { id } } }",
        ),
        (
            "tickets",
            "{ tickets(after: \"nonsense\") { nodes { id } } }",
        ),
        (
            "ticket",
            "{ ticket(id: \"MIAS\") { id status updatedAt slaCountdown { paused } timeline(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } } }",
        ),
        (
            "ticket",
            "{ ticket(id: \"MIAS\") { mergedInto { id } mergedFrom { id } participants { id } timeline(first: 100) { nodes { id kind body editedAt fromStatus toStatus } } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 20) { nodes { id mergedInto { id } mergedFrom { id } timeline(first: 5) { nodes { id kind body editedAt } } } } }",
        ),
        ("ticket", "{ ticket(id: \"HIDDEN\") { id } }"),
        (
            "ticket",
            "{ ticket(id: \"MIAS\") { configurationItems { id name kind serialNumber status } } }",
        ),
        (
            "configurationItems",
            "{ configurationItems(first: 100) { edges { cursor node { id name kind serialNumber status } } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "configurationItems",
            "{ a: configurationItems(filter: {text: \"canary\"}) { nodes { id } } b: configurationItems(first: 1, filter: {text: \"device\"}) { nodes { name } pageInfo { hasNextPage } } }",
        ),
        ("node", "{ node(id: \"MIAS\") { __typename id } }"),
        ("node", "{ node(id: \"NOTE\") { __typename id } }"),
        (
            "node",
            "{ node(id: \"REPLY\") { id ... on TimelineEntry { body author { name side } } } }",
        ),
        ("node", "{ node(id: \"STAFF\") { id } }"),
        (
            "node",
            "{ __schema { types { name fields { name } } } __typename }",
        ),
        (
            "ticketAccept",
            "mutation { ticketAccept(input: {id: \"MIAS\"}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketAccept",
            "mutation { ticketAccept(input: {id: \"LIFT\"}) { ticket { status updatedAt closedAt timeline(first: 100) { nodes { id kind toStatus createdAt } } } errors { code message field } } }",
        ),
        (
            "ticketReject",
            "mutation { ticketReject(input: {id: \"MIAS\", reason: \"x\"}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketReject",
            "mutation { ticketReject(input: {id: \"DOOR\", reason: \"It stands again.\"}) { ticket { status updatedAt closedAt timeline(first: 100) { nodes { id kind toStatus createdAt } } } errors { code message field } } }",
        ),
        (
            "ticketReply",
            "mutation { ticketReply(input: {id: \"MIAS\", body: \"Any news?\"}) { ticket { id status updatedAt } entry { id createdAt } errors { code } } }",
        ),
        (
            "ticketReply",
            "mutation { ticketReply(input: {id: \"HIDDEN\", body: \"Any news?\"}) { ticket { id } errors { code } } }",
        ),
        (
            "ticketEntryEdit",
            "mutation { ticketEntryEdit(input: {id: \"SAID\", body: \"Is there any progress?\"}) { ticket { id updatedAt } entry { id body editedAt } errors { code message field } } }",
        ),
        (
            "ticketEntryEdit",
            "mutation { a: ticketEntryEdit(input: {id: \"REPLY\", body: \"x\"}) { entry { id } errors { code } } b: ticketEntryEdit(input: {id: \"NOTE\", body: \"x\"}) { entry { id } errors { code } } }",
        ),
        (
            "tickets",
            "{ a: tickets(filter: {text: \"any news\"}) { nodes { id } } b: tickets(filter: {text: \"is there any progress\"}) { nodes { id } } c: tickets(filter: {text: \"former words\"}) { nodes { id } } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\"}) { ticket { id status openedAt category slaCountdown { responseDueAt resolutionDueAt paused } } errors { code } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 40) { nodes { id subject timeline { nodes { id body } } } } }",
        ),
    ]
}

/// Forms and answers. The form of `general` has other internal fields in the second
/// world, and that of `hardware` has nothing else.
fn of_forms() -> Vec<Operation> {
    vec![
        (
            "ticketForm",
            "{ ticketForm(category: \"general\") { category version fields { key label help kind required editable options { key label } \
            maxLength minimum maximum decimals fewest most } } }",
        ),
        (
            "ticketForm",
            "{ hardware: ticketForm(category: \"hardware\", locale: \"de\") { version } french: ticketForm(category: \"general\", locale: \"fr\") { fields { label } } }",
        ),
        (
            "ticketForm",
            "{ ticketForm(category: \"nonsense\") { version } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", formVersion: 1, answers: [{key: \"room\", text: \"2.17\"}, {key: \"device\", choices: [\"screen\"]}]}) \
            { ticket { id answers { key label kind text choices { key label } files { nodes { id } } } } errors { code message field key } } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", formVersion: 2}) { ticket { id } errors { code message field key } } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", answers: [{key: \"cost\", text: \"x\"}, {key: \"risk\", text: \"x\"}, {key: \"roam\", text: \"x\"}, {key: \"room\", yes: true}]}) \
            { ticket { id } errors { code message field key } } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", category: \"hardware\", formVersion: 0, answers: [{key: \"risk\", text: \"x\"}]}) \
            { ticket { id } errors { code message field key } } }",
        ),
        (
            "ticketAnswersUpdate",
            "mutation { ticketAnswersUpdate(input: {id: \"MIAS\", answers: [{key: \"room\", text: \"3.01\"}]}) \
            { ticket { id updatedAt answers { key text } } errors { code message field key } } }",
        ),
        (
            "ticketAnswersUpdate",
            "mutation { ticketAnswersUpdate(input: {id: \"MIAS\", answers: [{key: \"cost\", text: \"x\"}, {key: \"roam\", text: \"x\"}]}) { ticket { id } errors { code message field key } } }",
        ),
        (
            "ticketAnswersUpdate",
            "mutation { ticketAnswersUpdate(input: {id: \"HIDDEN\", answers: [{key: \"room\", text: \"x\"}]}) { ticket { id } errors { code message field key } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 15) { nodes { id updatedAt answers(locale: \"fr\") { key label kind text number date yes choices { key label } files { nodes { id fileName } } } } } }",
        ),
        (
            "tickets",
            "{ answered: tickets(filter: {text: \"3.01\"}) { nodes { id } } internal: tickets(filter: {text: \"lavish\"}) { nodes { id } } }",
        ),
    ]
}

/// Finding: by words that clients may read, and by words of notes, of hidden
/// tickets, of other companies and of names. `MIAS` is read anew in between, so
/// that what clients write themselves is found as well.
fn of_finding() -> Vec<Operation> {
    vec![
        (
            "tickets",
            "{ tickets(first: 100, filter: {text: \"please help\"}) { edges { cursor node { id subject } } pageInfo { hasNextPage startCursor endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 1, filter: {text: \"plea\", status: [OPEN, IN_PROGRESS]}) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 2, filter: {text: \"this\"}) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ a: tickets(filter: {text: \"canary\"}) { nodes { id } pageInfo { hasNextPage } } \
            b: tickets(filter: {text: \"can\"}) { nodes { id } } c: tickets(filter: {text: \"paid march\"}) { nodes { id } } \
            d: tickets(filter: {text: \"renewal\"}) { nodes { id } } e: tickets(filter: {text: \"owner\"}) { nodes { id } } \
            f: tickets(filter: {text: \"cedar affair\"}) { nodes { id } } g: tickets(filter: {text: \"reply\"}) { nodes { id } } }",
        ),
        (
            "tickets",
            "{ a: tickets(filter: {text: \"\"}) { nodes { id } } b: tickets(filter: {text: \"new\"}) { nodes { subject } } c: tickets(filter: {text: \"any news\"}) { nodes { id } } }",
        ),
        (
            "tickets",
            "{ tickets(filter: {openedBetween: {from: \"2027-01-01T00:00:00Z\", to: \"2027-01-15T03:00:00Z\"}}) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(filter: {openedBetween: {to: \"2027-01-15T03:00:00Z\"}, text: \"please\", category: [\"general\"]}) { nodes { id } } }",
        ),
    ]
}

/// Exports; what their addresses give is fetched and compared, too.
fn of_exports() -> Vec<Operation> {
    vec![
        ("ticketsExport", "{ ticketsExport { url expiresAt } }"),
        (
            "ticketsExport",
            "{ ticketsExport(filter: {text: \"please\", status: [OPEN, IN_PROGRESS, WAITING]}) { url expiresAt } }",
        ),
        (
            "ticketsExport",
            "{ ticketsExport(filter: {text: \"canary\"}) { url } }",
        ),
        (
            "ticketsExport",
            "{ ticketsExport(filter: {category: [\"general\"]}, orderBy: {field: UPDATED_AT, direction: ASC}) { url } }",
        ),
    ]
}

/// Uploads, and what they are attached to. The bytes come right after each
/// `uploadCreate`.
fn of_files() -> Vec<Operation> {
    vec![
        (
            "uploadCreate",
            "mutation { uploadCreate(input: {fileName: \"Plan.png\", contentType: \"image/png\", size: 20}) \
            { upload { id url headers expiresAt } errors { code message field } } }",
        ),
        (
            "ticketReply",
            "mutation { ticketReply(input: {id: \"MIAS\", body: \"See the plan.\", attachments: [\"UPLOADED\"]}) \
            { entry { id attachments { nodes { id fileName contentType size url } } } errors { code message field } } }",
        ),
        (
            "ticketReply",
            "mutation { ticketReply(input: {id: \"MIAS\", body: \"Once more.\", attachments: [\"UPLOADED\"]}) { entry { id } errors { code message field } } }",
        ),
        (
            "uploadCreate",
            "mutation { uploadCreate(input: {fileName: \"Plan.png\", contentType: \"image/png\", size: 20}) \
            { upload { id url } errors { code message field } } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", attachments: [\"UPLOADED\"]}) \
            { ticket { id attachments { nodes { id fileName url } } } errors { code message field } } }",
        ),
        (
            "uploadCreate",
            "mutation { uploadCreate(input: {fileName: \"x\", contentType: \"text/html\", size: 20}) { upload { id } errors { code message field } } }",
        ),
        (
            "node",
            "{ node(id: \"UPLOADED\") { __typename id ... on Attachment { fileName contentType size url } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 10) { nodes { id attachments { nodes { id fileName } } timeline { nodes { id attachments { nodes { id fileName size } } } } } } }",
        ),
        (
            "ticket",
            "{ ticket(id: \"MIAS\") { attachments { nodes { id url } } timeline { nodes { id attachments { nodes { id url } } } } } }",
        ),
    ]
}

/// A company and its people. `ELSEWHERE` has an account at a company that the
/// client knows nothing of, `OPEN` an open invitation of it: in one world.
fn of_people() -> Vec<Operation> {
    vec![
        (
            "company",
            "{ company { id name kind sharing registrationDomains joinRequests { id name email createdAt } \
            users(first: 20) { edges { cursor } pageInfo { hasNextPage endCursor } nodes { id name email access sections reach status lastSignInAt \
            sessions { id createdAt lastUsedAt network agent } } } } }",
        ),
        (
            "company",
            "{ company { users(first: 1) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }",
        ),
        (
            "company",
            "{ company(id: \"ALDER\") { id name users { nodes { id } } } }",
        ),
        (
            "userInvite",
            "mutation { userInvite(input: {email: \"ELSEWHERE\", name: \"Gus\", sections: [TICKETS]}) \
            { user { id name email access sections reach status lastSignInAt sessions { id } } errors { code message field } } }",
        ),
        (
            "userInvite",
            "mutation { userInvite(input: {email: \"ELSEWHERE\", name: \"Gus\"}) { user { id } errors { code message field } } }",
        ),
        (
            "userInvite",
            "mutation { userInvite(input: {email: \"OPEN\", name: \"Olaf\", access: ADMIN, locale: \"fr\"}) { user { id status } errors { code message field } } }",
        ),
        (
            "userInvite",
            "mutation { userInvite(input: {email: \"new@newcomer.example\", name: \"Nina\", locale: \"de\"}) { user { id status } errors { code message field } } }",
        ),
        (
            "userInvite",
            "mutation { userInvite(input: {email: \"noah@alder.example\", name: \"Noah\"}) { user { id } errors { code message field } } }",
        ),
        (
            "invitationResend",
            "mutation { invitationResend(input: {id: \"INVITED\"}) { user { id status } errors { code message field } } }",
        ),
        (
            "invitationResend",
            "mutation { invitationResend(input: {id: \"NOAH\"}) { user { id } errors { code message field } } }",
        ),
        (
            "userDisable",
            "mutation { userDisable(input: {id: \"INVITED\"}) { user { id status } errors { code message field } } }",
        ),
        (
            "userEnable",
            "mutation { userEnable(input: {id: \"INVITED\"}) { user { id status } errors { code message field } } }",
        ),
        (
            "userDisable",
            "mutation { userDisable(input: {id: \"ADA\"}) { user { id status } errors { code message field } } }",
        ),
        (
            "userUpdate",
            "mutation { userUpdate(input: {id: \"NOAH\", sections: [TICKETS, JOBS]}) { user { id access sections } errors { code message field } } }",
        ),
        (
            "userUpdate",
            "mutation { userUpdate(input: {id: \"ADA\", access: MEMBER}) { user { id access } errors { code message field } } }",
        ),
        (
            "userUpdate",
            "mutation { userUpdate(input: {id: \"STAFF\", access: MEMBER}) { user { id access } errors { code message field } } }",
        ),
        (
            "companyUpdate",
            "mutation { companyUpdate(input: {id: \"ALDER\", sharing: COMPANY}) { company { id sharing } errors { code message field } } }",
        ),
        (
            "companyUpdate",
            "mutation { companyUpdate(input: {id: \"ALDER\", sharing: OWN, registrationDomains: [\"alder.example\"]}) \
            { company { id sharing registrationDomains joinRequests { id } } errors { code message field } } }",
        ),
        (
            "joinRequestApprove",
            "mutation { joinRequestApprove(input: {id: \"NOAH\"}) { user { id } errors { code message field } } }",
        ),
        (
            "joinRequestDecline",
            "mutation { joinRequestDecline(input: {id: \"NOAH\"}) { declined errors { code message field } } }",
        ),
        (
            "company",
            "{ company { joinRequests { id } users(first: 100) { nodes { id email status sections } } } }",
        ),
    ]
}

/// What brings people in, and back in; with tokens that are worth something it
/// is told in `letters.rs`.
fn of_credentials() -> Vec<Operation> {
    vec![
        ("invitation", "{ invitation(token: \"x\") { email } }"),
        ("confirmation", "{ confirmation(token: \"x\") { email } }"),
        (
            "invitationAccept",
            "mutation { invitationAccept(input: {token: \"x\", password: \"quite-a-long-word\"}) { session { accessToken } errors { code message field } } }",
        ),
        (
            "emailConfirm",
            "mutation { emailConfirm(input: {token: \"x\", password: \"quite-a-long-word\"}) { confirmed session { accessToken } errors { code message field } } }",
        ),
        (
            "passwordReset",
            "mutation { passwordReset(input: {token: \"x\", password: \"quite-a-long-word\"}) { reset errors { code message field } } }",
        ),
        (
            "passwordChange",
            "mutation { passwordChange(input: {current: \"x\", new: \"quite-a-long-word\"}) { changed errors { code message field } } }",
        ),
        (
            "passwordResetRequest",
            "mutation { passwordResetRequest(input: {workspace: \"glass\", email: \"OWN\"}) { requested errors { code message field } } }",
        ),
        (
            "passwordResetRequest",
            "mutation { passwordResetRequest(input: {workspace: \"glass\", email: \"owner@glass.example\"}) { requested errors { code message field } } }",
        ),
        (
            "otpRequest",
            "mutation { otpRequest(input: {workspace: \"glass\", email: \"OWN\"}) { requested errors { code message field } } }",
        ),
        (
            "otpSignIn",
            "mutation { otpSignIn(input: {workspace: \"glass\", email: \"OWN\", code: \"x\"}) { session { accessToken } errors { code message field } } }",
        ),
        (
            "joinRequestCreate",
            "mutation { joinRequestCreate(input: {workspace: \"glass\", email: \"joe@alder.example\", name: \"Joe\"}) \
            { requested errors { code message field } } }",
        ),
        (
            "joinRequestCreate",
            "mutation { joinRequestCreate(input: {workspace: \"glass\", email: \"OPEN\", name: \"Olaf\", company: \"ALDER\"}) \
            { requested errors { code message field } } }",
        ),
    ]
}

/// Those that end sessions, last of all.
fn of_sessions() -> Vec<Operation> {
    vec![
        (
            "mailPreferencesUpdate",
            "mutation { mailPreferencesUpdate(input: {status: false}) { preferences { status } errors { code message field } } }",
        ),
        (
            "mailPreferences",
            "{ mailPreferences { ticketOpened replies status resolution } }",
        ),
        (
            "sessionRefresh",
            "mutation { sessionRefresh(input: {refreshToken: \"x\"}) { session { accessToken } errors { code message field } } }",
        ),
        (
            "signIn",
            "mutation { signIn(input: {workspace: \"glass\", email: \"owner@glass.example\", password: \"x\"}) { session { accessToken } errors { code message } } }",
        ),
        (
            "sessionRevoke",
            "mutation { sessionRevoke(input: {id: \"SESSION\"}) { revoked errors { code message field } } }",
        ),
        (
            "signOut",
            "mutation { signOut(input: {refreshToken: \"x\"}) { signedOut errors { code } } }",
        ),
        (
            "signOutEverywhere",
            "mutation { signOutEverywhere { signedOut errors { code } } }",
        ),
    ]
}

/// What is shared by name.
fn sharing() -> Vec<Operation> {
    vec![
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", onBehalfOf: \"NOAH\", participants: [\"ADA\"]}) \
            { ticket { id openedBy { name } participants { name } } errors { code message field } } }",
        ),
        (
            "ticketParticipantsAdd",
            "mutation { ticketParticipantsAdd(input: {id: \"MIAS\", users: [\"ADA\"]}) { ticket { id updatedAt participants { id } } errors { code message field } } }",
        ),
        (
            "ticketParticipantsAdd",
            "mutation { ticketParticipantsAdd(input: {id: \"HIDDEN\", users: [\"ADA\"]}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketParticipantsAdd",
            "mutation { ticketParticipantsAdd(input: {id: \"SHARED\", users: [\"DORA\", \"STAFF\"]}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketParticipantRemove",
            "mutation { ticketParticipantRemove(input: {id: \"MIAS\", user: \"ADA\"}) { ticket { id participants { id } } errors { code message field } } }",
        ),
        (
            "ticketParticipantRemove",
            "mutation { ticketParticipantRemove(input: {id: \"SHARED\", user: \"DINA\"}) { ticket { id participants { id } } errors { code message field } } }",
        ),
    ]
}
