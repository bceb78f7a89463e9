//! The places that take text or an id from outside.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use async_graphql::parser::types::{InputObjectType, TypeKind};
use end_to_end::{PASSWORD, World, id, sdl::Sdl};

use crate::http::alone;

/// Every place: the root field and the way to the argument, its type, who asks,
/// the operation, and the code that a text with a NUL is answered with; behind a
/// comma the one of a text that is far too long, where it is another.
const TABLE: &str = r#"
branding.workspace         | String! | staff  | query { branding(workspace: $value) { name } }                                  | none
node.id                    | ID!     | staff  | query { node(id: $value) { id } }                                               | NOT_FOUND
ticket.id                  | ID!     | staff  | query { ticket(id: $value) { id } }                                             | NOT_FOUND
tickets.after              | String  | staff  | query { tickets(after: $value) { nodes { id } } }                               | BAD_USER_INPUT
tickets.filter.category    | String! | staff  | query { tickets(filter: {category: [$value]}) { nodes { id } } }                | none
tickets.filter.text        | String  | staff  | query { tickets(filter: {text: $value}) { nodes { id } } }                      | none, BAD_USER_INPUT
ticketsExport.filter.category| String! | staff | query { ticketsExport(filter: {category: [$value]}) { expiresAt } }           | none, BAD_USER_INPUT
tickets.filter.assignee    | ID      | staff  | query { tickets(filter: {assignee: $value}) { nodes { id } } }                  | none
tickets.filter.company     | ID      | staff  | query { tickets(filter: {company: $value}) { nodes { id } } }                   | none
tickets.filter.requester   | ID      | staff  | query { tickets(filter: {requester: $value}) { nodes { id } } }                 | none
ticketsExport.filter.assignee| ID    | staff  | query { ticketsExport(filter: {assignee: $value}) { expiresAt } }               | none, BAD_USER_INPUT
ticketsExport.filter.company| ID     | staff  | query { ticketsExport(filter: {company: $value}) { expiresAt } }                | none, BAD_USER_INPUT
ticketsExport.filter.requester| ID   | staff  | query { ticketsExport(filter: {requester: $value}) { expiresAt } }              | none, BAD_USER_INPUT
configurationItems.after   | String  | staff  | query { configurationItems(after: $value) { nodes { id } } }                    | BAD_USER_INPUT
configurationItems.filter.text| String | staff | query { configurationItems(filter: {text: $value}) { nodes { id } } }          | none, BAD_USER_INPUT
configurationItems.filter.company| ID | staff  | query { configurationItems(filter: {company: $value}) { nodes { id } } }        | none
configurationItemCreate.company| ID!  | staff  | mutation { configurationItemCreate(input: {company: $value, name: "x", kind: "y"}) } | UNKNOWN_COMPANY
configurationItemCreate.name| String! | staff  | mutation { configurationItemCreate(input: {name: $value, company: BIRCH, kind: "y"}) } | INVALID_CHARACTERS
configurationItemCreate.kind| String! | staff  | mutation { configurationItemCreate(input: {kind: $value, company: BIRCH, name: "x"}) } | INVALID_CHARACTERS
configurationItemCreate.serialNumber| String | staff | mutation { configurationItemCreate(input: {serialNumber: $value, company: BIRCH, name: "x", kind: "y"}) } | INVALID_CHARACTERS
configurationItemCreate.notes| String | staff  | mutation { configurationItemCreate(input: {notes: $value, company: BIRCH, name: "x", kind: "y"}) } | INVALID_CHARACTERS
configurationItemUpdate.id | ID!     | staff  | mutation { configurationItemUpdate(input: {id: $value}) }                       | NOT_FOUND
configurationItemUpdate.name| String | staff  | mutation { configurationItemUpdate(input: {name: $value, id: ""}) }             | NOT_FOUND
configurationItemUpdate.kind| String | staff  | mutation { configurationItemUpdate(input: {kind: $value, id: ""}) }             | NOT_FOUND
configurationItemUpdate.serialNumber| String | staff | mutation { configurationItemUpdate(input: {serialNumber: $value, id: ""}) } | NOT_FOUND
configurationItemUpdate.reason| String | staff | mutation { configurationItemUpdate(input: {reason: $value, id: ""}) }          | NOT_FOUND
configurationItemUpdate.notes| String | staff  | mutation { configurationItemUpdate(input: {notes: $value, id: ""}) }            | NOT_FOUND
configurationExposureUpdate.company| ID! | staff | mutation { configurationExposureUpdate(input: {company: $value, exposed: false}) } | NOT_FOUND
ticketItemsUpdate.id       | ID!     | staff  | mutation { ticketItemsUpdate(input: {id: $value, items: []}) }                  | NOT_FOUND
ticketItemsUpdate.items    | ID!     | staff  | mutation { ticketItemsUpdate(input: {items: [$value], id: TICKET}) }            | UNKNOWN_ITEM
savedViews.after           | String  | staff  | query { savedViews(after: $value) { nodes { id } } }                            | BAD_USER_INPUT
savedView.id               | ID!     | staff  | query { savedView(id: $value) { id } }                                          | NOT_FOUND
savedViewCreate.name       | String! | staff  | mutation { savedViewCreate(input: {name: $value}) }                             | INVALID_CHARACTERS
savedViewUpdate.id         | ID!     | staff  | mutation { savedViewUpdate(input: {id: $value}) }                               | NOT_FOUND
savedViewUpdate.name       | String  | staff  | mutation { savedViewUpdate(input: {name: $value, id: ""}) }                     | NOT_FOUND
calendarCreate.holidays.name| String! | staff  | mutation { calendarCreate(input: {holidays: [{name: $value, date: "2026-12-25"}], name: "x", hours: "24/7", timeZone: "UTC"}) } | INVALID_HOLIDAYS
calendarUpdate.holidays.name| String! | staff  | mutation { calendarUpdate(input: {holidays: [{name: $value, date: "2026-12-25"}], id: CALENDAR}) } | INVALID_HOLIDAYS
slaPolicyCreate.escalations.assignee| ID      | staff  | mutation { slaPolicyCreate(input: {escalations: [{target: RESPONSE, percent: 50, assignee: $value}], name: "x", calendar: CALENDAR, targets: []}) } | UNKNOWN_STAFF_MEMBER
slaPolicyUpdate.escalations.assignee| ID      | staff  | mutation { slaPolicyUpdate(input: {escalations: [{target: RESPONSE, percent: 50, assignee: $value}], id: POLICY}) } | UNKNOWN_STAFF_MEMBER
slaPolicyCreate.escalations.notify| ID!     | staff  | mutation { slaPolicyCreate(input: {escalations: [{target: RESPONSE, percent: 50, notify: [$value]}], name: "x", calendar: CALENDAR, targets: []}) } | UNKNOWN_STAFF_MEMBER
slaPolicyUpdate.escalations.notify| ID!     | staff  | mutation { slaPolicyUpdate(input: {escalations: [{target: RESPONSE, percent: 50, notify: [$value]}], id: POLICY}) } | UNKNOWN_STAFF_MEMBER
ticketOpen.answers.key     | String! | client | mutation { ticketOpen(input: {answers: [{key: $value, yes: true}], OPEN}) }     | UNKNOWN_FIELD
ticketAnswersUpdate.answers.key| String! | client | mutation { ticketAnswersUpdate(input: {answers: [{key: $value, yes: true}], id: TICKET}) } | UNKNOWN_FIELD
ticketOpen.answers.text    | String  | client | mutation { ticketOpen(input: {answers: [{key: "x", text: $value}], OPEN}) }     | UNKNOWN_FIELD
ticketAnswersUpdate.answers.text| String  | client | mutation { ticketAnswersUpdate(input: {answers: [{key: "x", text: $value}], id: TICKET}) } | UNKNOWN_FIELD
ticketOpen.answers.number  | String  | client | mutation { ticketOpen(input: {answers: [{key: "x", number: $value}], OPEN}) }   | UNKNOWN_FIELD
ticketAnswersUpdate.answers.number| String  | client | mutation { ticketAnswersUpdate(input: {answers: [{key: "x", number: $value}], id: TICKET}) } | UNKNOWN_FIELD
ticketOpen.answers.date    | String  | client | mutation { ticketOpen(input: {answers: [{key: "x", date: $value}], OPEN}) }     | UNKNOWN_FIELD
ticketAnswersUpdate.answers.date| String  | client | mutation { ticketAnswersUpdate(input: {answers: [{key: "x", date: $value}], id: TICKET}) } | UNKNOWN_FIELD
ticketOpen.answers.choices | String! | client | mutation { ticketOpen(input: {answers: [{key: "x", choices: [$value]}], OPEN}) } | UNKNOWN_FIELD
ticketAnswersUpdate.answers.choices| String! | client | mutation { ticketAnswersUpdate(input: {answers: [{key: "x", choices: [$value]}], id: TICKET}) } | UNKNOWN_FIELD
ticketOpen.answers.files   | ID!     | client | mutation { ticketOpen(input: {answers: [{key: "x", files: [$value]}], OPEN}) }  | UNKNOWN_FIELD
ticketAnswersUpdate.answers.files| ID!     | client | mutation { ticketAnswersUpdate(input: {answers: [{key: "x", files: [$value]}], id: TICKET}) } | UNKNOWN_FIELD
ticketFormPublish.fields.key| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: $value, kind: TEXT, labels: [{locale: "en", text: "x"}]}], category: "hardware"}) } | INVALID_KEY
ticketFormPublish.fields.minimum| String  | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: NUMBER, minimum: $value, labels: [{locale: "en", text: "x"}]}], category: "hardware"}) } | INVALID_BOUND
ticketFormPublish.fields.maximum| String  | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: NUMBER, maximum: $value, labels: [{locale: "en", text: "x"}]}], category: "hardware"}) } | INVALID_BOUND
ticketFormPublish.fields.labels.locale| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: TEXT, labels: [{locale: $value, text: "x"}]}], category: "hardware"}) } | UNKNOWN_LOCALE
ticketFormPublish.fields.labels.text| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: TEXT, labels: [{locale: "en", text: $value}]}], category: "hardware"}) } | INVALID_CHARACTERS
ticketFormPublish.fields.help.locale| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: TEXT, labels: [{locale: "en", text: "x"}], help: [{locale: $value, text: "x"}]}], category: "hardware"}) } | UNKNOWN_LOCALE
ticketFormPublish.fields.help.text| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: TEXT, labels: [{locale: "en", text: "x"}], help: [{locale: "en", text: $value}]}], category: "hardware"}) } | INVALID_CHARACTERS
ticketFormPublish.fields.options.key| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: CHOICE, labels: [{locale: "en", text: "x"}], options: [{key: $value, labels: [{locale: "en", text: "x"}]}]}], category: "hardware"}) } | INVALID_KEY
ticketFormPublish.fields.options.labels.locale| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: CHOICE, labels: [{locale: "en", text: "x"}], options: [{key: "a", labels: [{locale: $value, text: "x"}]}]}], category: "hardware"}) } | UNKNOWN_LOCALE
ticketFormPublish.fields.options.labels.text| String! | staff  | mutation { ticketFormPublish(input: {fields: [{key: "x", kind: CHOICE, labels: [{locale: "en", text: "x"}], options: [{key: "a", labels: [{locale: "en", text: $value}]}]}], category: "hardware"}) } | INVALID_CHARACTERS
savedViewCreate.filter.assignee| ID      | staff  | mutation { savedViewCreate(input: {filter: {assignee: $value}, name: ""}) }    | REQUIRED
savedViewUpdate.filter.assignee| ID      | staff  | mutation { savedViewUpdate(input: {filter: {assignee: $value}, id: ""}) }       | NOT_FOUND
savedViewCreate.filter.company| ID      | staff  | mutation { savedViewCreate(input: {filter: {company: $value}, name: ""}) }     | REQUIRED
savedViewUpdate.filter.company| ID      | staff  | mutation { savedViewUpdate(input: {filter: {company: $value}, id: ""}) }        | NOT_FOUND
savedViewCreate.filter.requester| ID      | staff  | mutation { savedViewCreate(input: {filter: {requester: $value}, name: ""}) }   | REQUIRED
savedViewUpdate.filter.requester| ID      | staff  | mutation { savedViewUpdate(input: {filter: {requester: $value}, id: ""}) }      | NOT_FOUND
savedViewCreate.filter.category| String! | staff  | mutation { savedViewCreate(input: {filter: {category: [$value]}, name: ""}) }  | REQUIRED
savedViewUpdate.filter.category| String! | staff  | mutation { savedViewUpdate(input: {filter: {category: [$value]}, id: ""}) }     | NOT_FOUND
savedViewCreate.filter.text| String  | staff  | mutation { savedViewCreate(input: {filter: {text: $value}, name: ""}) }        | REQUIRED, BAD_USER_INPUT
savedViewUpdate.filter.text| String  | staff  | mutation { savedViewUpdate(input: {filter: {text: $value}, id: ""}) }           | NOT_FOUND
savedViewDelete.id         | ID!     | staff  | mutation { savedViewDelete(input: {id: $value}) }                               | NOT_FOUND
ticketsUpdate.ids          | ID!     | staff  | mutation { ticketsUpdate(input: {ids: [$value], priority: HIGH}) }              | none
ticketsUpdate.assignee     | ID      | staff  | mutation { ticketsUpdate(input: {assignee: $value, ids: []}) }                  | none
ticketsUpdate.reason       | String  | staff  | mutation { ticketsUpdate(input: {reason: $value, HIDE, ids: []}) }              | none
ticketsExport.filter.text  | String  | staff  | query { ticketsExport(filter: {text: $value}) { expiresAt } }                   | none, BAD_USER_INPUT
workspaceStatusLabelsUpdate.labels.labels.locale| String! | staff  | mutation { workspaceStatusLabelsUpdate(input: {labels: [{status: CLOSED, labels: [{locale: $value, text: "x"}]}]}) } | UNKNOWN_LOCALE
workspaceStatusLabelsUpdate.labels.labels.text| String  | staff  | mutation { workspaceStatusLabelsUpdate(input: {labels: [{status: CLOSED, labels: [{locale: "en", text: $value}]}]}) } | INVALID_CHARACTERS
ticketStatuses.locale      | String  | client | query { ticketStatuses(locale: $value) { label } }                              | BAD_USER_INPUT
ticketForm.category        | String! | client | query { ticketForm(category: $value) { version } }                              | NOT_FOUND
ticketForm.locale          | String  | client | query { ticketForm(category: "general", locale: $value) { version } }           | BAD_USER_INPUT
ticketAnswersUpdate.id     | ID!     | client | mutation { ticketAnswersUpdate(input: {id: $value, answers: []}) }              | NOT_FOUND
ticketFormPublish.category | String! | staff  | mutation { ticketFormPublish(input: {category: $value, fields: []}) }           | UNKNOWN_CATEGORY
ticketChanged.id           | ID!     | staff  | subscription { ticketChanged(id: $value) { id } }                               | NOT_FOUND
ticketTimeline.id          | ID!     | staff  | subscription { ticketTimeline(id: $value) { id } }                              | NOT_FOUND
signIn.workspace           | String! | staff  | mutation { signIn(input: {workspace: $value, email: "", password: ""}) }        | INVALID_CREDENTIALS
signIn.email               | String! | staff  | mutation { signIn(input: {email: $value, workspace: "", password: ""}) }        | INVALID_CREDENTIALS
signIn.password            | String! | staff  | mutation { signIn(input: {password: $value, workspace: "", email: ""}) }        | INVALID_CREDENTIALS
sessionRefresh.refreshToken| String! | staff  | mutation { sessionRefresh(input: {refreshToken: $value}) }                      | INVALID_REFRESH_TOKEN
ticketOpen.subject         | String! | client | mutation { ticketOpen(input: {subject: $value, description: "x"}) }              | INVALID_CHARACTERS
ticketOpen.description     | String! | client | mutation { ticketOpen(input: {description: $value, subject: "x"}) }              | INVALID_CHARACTERS
ticketOpen.category        | String  | client | mutation { ticketOpen(input: {category: $value, OPEN}) }                        | UNKNOWN_CATEGORY
ticketOpen.onBehalfOf      | ID      | client | mutation { ticketOpen(input: {onBehalfOf: $value, OPEN}) }                      | UNKNOWN_USER
ticketOpen.participants    | ID!     | client | mutation { ticketOpen(input: {participants: [$value], OPEN}) }                  | UNKNOWN_PARTICIPANT
ticketParticipantsAdd.id   | ID!     | staff  | mutation { ticketParticipantsAdd(input: {id: $value, users: []}) }              | NOT_FOUND
ticketParticipantsAdd.users| ID!     | client | mutation { ticketParticipantsAdd(input: {users: [$value], id: TICKET}) }        | UNKNOWN_PARTICIPANT
ticketParticipantRemove.id | ID!     | staff  | mutation { ticketParticipantRemove(input: {id: $value, user: ""}) }             | NOT_FOUND
ticketParticipantRemove.user| ID!    | client | mutation { ticketParticipantRemove(input: {user: $value, id: TICKET}) }         | UNKNOWN_PARTICIPANT
uploadCreate.fileName      | String! | client | mutation { uploadCreate(input: {fileName: $value, contentType: "image/png", size: 1}) } | none
uploadCreate.contentType   | String! | client | mutation { uploadCreate(input: {contentType: $value, fileName: "x", size: 1}) } | UNSUPPORTED_TYPE
ticketOpen.attachments     | ID!     | client | mutation { ticketOpen(input: {attachments: [$value], OPEN}) }                   | UNKNOWN_UPLOAD
ticketReply.attachments    | ID!     | client | mutation { ticketReply(input: {attachments: [$value], body: "x", id: TICKET}) } | UNKNOWN_UPLOAD
ticketNote.attachments     | ID!     | staff  | mutation { ticketNote(input: {attachments: [$value], body: "x", id: TICKET}) }  | UNKNOWN_UPLOAD
ticketOpen.company         | ID      | staff  | mutation { ticketOpen(input: {company: $value, OPEN}) }                         | UNKNOWN_COMPANY
ticketOpen.requester       | ID      | staff  | mutation { ticketOpen(input: {requester: $value, company: BIRCH, OPEN}) }       | UNKNOWN_REQUESTER
ticketReply.id             | ID!     | staff  | mutation { ticketReply(input: {id: $value, body: "x"}) }                        | NOT_FOUND
ticketReply.body           | String! | staff  | mutation { ticketReply(input: {body: $value, id: TICKET}) }                     | INVALID_CHARACTERS
ticketAccept.id            | ID!     | client | mutation { ticketAccept(input: {id: $value}) }                                  | NOT_FOUND
ticketReject.id            | ID!     | client | mutation { ticketReject(input: {id: $value, reason: "x"}) }                     | NOT_FOUND
ticketReject.reason        | String! | client | mutation { ticketReject(input: {reason: $value, id: TICKET}) }                  | INVALID_CHARACTERS
ticketNote.id              | ID!     | staff  | mutation { ticketNote(input: {id: $value, body: "x"}) }                         | NOT_FOUND
ticketNote.body            | String! | staff  | mutation { ticketNote(input: {body: $value, id: TICKET}) }                      | INVALID_CHARACTERS
ticketAssign.id            | ID!     | staff  | mutation { ticketAssign(input: {id: $value, assignee: null}) }                  | NOT_FOUND
ticketAssign.assignee      | ID      | staff  | mutation { ticketAssign(input: {assignee: $value, id: TICKET}) }                | UNKNOWN_ASSIGNEE
ticketResolve.id           | ID!     | staff  | mutation { ticketResolve(input: {id: $value, resolution: "x"}) }                | NOT_FOUND
ticketResolve.resolution   | String! | staff  | mutation { ticketResolve(input: {resolution: $value, id: TICKET}) }             | INVALID_CHARACTERS
ticketSetStatus.id         | ID!     | staff  | mutation { ticketSetStatus(input: {id: $value, status: WAITING}) }              | NOT_FOUND
ticketSetVisibility.id     | ID!     | staff  | mutation { ticketSetVisibility(input: {id: $value, HIDE, reason: "x"}) }        | NOT_FOUND
ticketSetVisibility.reason | String! | staff  | mutation { ticketSetVisibility(input: {reason: $value, HIDE, id: TICKET}) }     | INVALID_CHARACTERS
calendars.after            | String  | staff  | query { calendars(after: $value) { nodes { id } } }                             | BAD_USER_INPUT
slaPolicies.after          | String  | staff  | query { slaPolicies(after: $value) { nodes { id } } }                           | BAD_USER_INPUT
contracts.after            | String  | staff  | query { contracts(after: $value) { nodes { id } } }                             | BAD_USER_INPUT
slaQueue.after             | String  | staff  | query { slaQueue(state: BREACHED, after: $value) { nodes { id } } }             | BAD_USER_INPUT
calendarCreate.name        | String! | staff  | mutation { calendarCreate(input: {name: $value, hours: "24/7", timeZone: "UTC"}) } | INVALID_CHARACTERS
calendarCreate.hours       | String! | staff  | mutation { calendarCreate(input: {hours: $value, name: "x", timeZone: "UTC"}) } | INVALID_HOURS
calendarCreate.timeZone    | String! | staff  | mutation { calendarCreate(input: {timeZone: $value, name: "x", hours: "24/7"}) } | UNKNOWN_TIME_ZONE
calendarUpdate.id          | ID!     | staff  | mutation { calendarUpdate(input: {id: $value}) }                                | NOT_FOUND
calendarUpdate.name        | String  | staff  | mutation { calendarUpdate(input: {name: $value, id: CALENDAR}) }                | INVALID_CHARACTERS
calendarUpdate.hours       | String  | staff  | mutation { calendarUpdate(input: {hours: $value, id: CALENDAR}) }               | INVALID_HOURS
calendarUpdate.timeZone    | String  | staff  | mutation { calendarUpdate(input: {timeZone: $value, id: CALENDAR}) }            | UNKNOWN_TIME_ZONE
slaPolicyCreate.name       | String! | staff  | mutation { slaPolicyCreate(input: {name: $value, calendar: CALENDAR, targets: []}) } | INVALID_CHARACTERS
slaPolicyCreate.calendar   | ID!     | staff  | mutation { slaPolicyCreate(input: {calendar: $value, name: "x", targets: []}) } | UNKNOWN_CALENDAR
slaPolicyUpdate.id         | ID!     | staff  | mutation { slaPolicyUpdate(input: {id: $value}) }                               | NOT_FOUND
slaPolicyUpdate.name       | String  | staff  | mutation { slaPolicyUpdate(input: {name: $value, id: POLICY}) }                 | INVALID_CHARACTERS
slaPolicyUpdate.calendar   | ID      | staff  | mutation { slaPolicyUpdate(input: {calendar: $value, id: POLICY}) }             | UNKNOWN_CALENDAR
contractCreate.title       | String! | staff  | mutation { contractCreate(input: {title: $value, companies: []}) }              | INVALID_CHARACTERS
contractCreate.companies   | ID!     | staff  | mutation { contractCreate(input: {companies: [$value], title: "x"}) }           | UNKNOWN_COMPANY
contractCreate.policy      | ID      | staff  | mutation { contractCreate(input: {policy: $value, title: "x", companies: []}) } | UNKNOWN_POLICY
contractUpdate.id          | ID!     | staff  | mutation { contractUpdate(input: {id: $value}) }                                | NOT_FOUND
contractUpdate.title       | String  | staff  | mutation { contractUpdate(input: {title: $value, id: CONTRACT}) }               | INVALID_CHARACTERS
contractUpdate.companies   | ID!     | staff  | mutation { contractUpdate(input: {companies: [$value], id: CONTRACT}) }         | UNKNOWN_COMPANY
contractUpdate.policy      | ID      | staff  | mutation { contractUpdate(input: {policy: $value, id: CONTRACT}) }              | UNKNOWN_POLICY
ticketPriority.id          | ID!     | staff  | mutation { ticketPriority(input: {id: $value, priority: HIGH}) }                | NOT_FOUND
ticketContract.id          | ID!     | staff  | mutation { ticketContract(input: {id: $value, contract: null}) }                | NOT_FOUND
ticketContract.contract    | ID      | staff  | mutation { ticketContract(input: {contract: $value, id: TICKET}) }              | UNKNOWN_CONTRACT
ticketEntryEdit.id         | ID!     | client | mutation { ticketEntryEdit(input: {id: $value, body: "x"}) }                    | NOT_FOUND
ticketEntryEdit.body       | String! | client | mutation { ticketEntryEdit(input: {body: $value, id: ENTRY}) }                  | INVALID_CHARACTERS
ticketNote.mentions        | ID!     | staff  | mutation { ticketNote(input: {mentions: [$value], body: "x", id: TICKET}) }     | UNKNOWN_MENTION
mentionsOfMe.after         | String  | staff  | query { mentionsOfMe(after: $value) { nodes { mentionedAt } } }                 | BAD_USER_INPUT
ticketMerge.id             | ID!     | staff  | mutation { ticketMerge(input: {id: $value, into: TICKET}) }                     | NOT_FOUND
ticketMerge.into           | ID!     | staff  | mutation { ticketMerge(input: {into: $value, id: TICKET}) }                     | UNKNOWN_TICKET
cannedReplies.after        | String  | staff  | query { cannedReplies(after: $value) { nodes { id } } }                         | BAD_USER_INPUT
cannedReplies.filter.language | String | staff | query { cannedReplies(filter: {language: $value}) { nodes { id } } }           | none
cannedReplies.filter.category | String | staff | query { cannedReplies(filter: {category: $value}) { nodes { id } } }           | none
cannedReplies.filter.text  | String  | staff  | query { cannedReplies(filter: {text: $value}) { nodes { id } } }                | none, BAD_USER_INPUT
cannedReplyPreview.id      | ID!     | staff  | query { cannedReplyPreview(id: $value, ticket: TICKET) { body } }               | NOT_FOUND
cannedReplyPreview.ticket  | ID!     | staff  | query { cannedReplyPreview(ticket: $value, id: TICKET) { body } }               | NOT_FOUND
cannedReplyCreate.title    | String! | staff  | mutation { cannedReplyCreate(input: {title: $value, body: "x", language: "en"}) } | INVALID_CHARACTERS
cannedReplyCreate.body     | String! | staff  | mutation { cannedReplyCreate(input: {body: $value, title: "x", language: "en"}) } | INVALID_CHARACTERS
cannedReplyCreate.language | String! | staff  | mutation { cannedReplyCreate(input: {language: $value, title: "x", body: "x"}) } | UNKNOWN_LANGUAGE
cannedReplyCreate.category | String  | staff  | mutation { cannedReplyCreate(input: {category: $value, title: "x", body: "x", language: "en"}) } | UNKNOWN_CATEGORY
cannedReplyUpdate.id       | ID!     | staff  | mutation { cannedReplyUpdate(input: {id: $value}) }                             | NOT_FOUND
cannedReplyUpdate.title    | String  | staff  | mutation { cannedReplyUpdate(input: {title: $value, id: CANNED}) }              | INVALID_CHARACTERS
cannedReplyUpdate.body     | String  | staff  | mutation { cannedReplyUpdate(input: {body: $value, id: CANNED}) }               | INVALID_CHARACTERS
cannedReplyUpdate.language | String  | staff  | mutation { cannedReplyUpdate(input: {language: $value, id: CANNED}) }           | UNKNOWN_LANGUAGE
cannedReplyUpdate.category | String  | staff  | mutation { cannedReplyUpdate(input: {category: $value, id: CANNED}) }           | UNKNOWN_CATEGORY
cannedReplyDelete.id       | ID!     | staff  | mutation { cannedReplyDelete(input: {id: $value}) }                             | NOT_FOUND
mails.after                | String  | staff  | query { mails(after: $value) { nodes { id } } }                                 | BAD_USER_INPUT
mailRetry.id               | ID!     | staff  | mutation { mailRetry(input: {id: $value}) }                                     | NOT_FOUND
signOut.refreshToken       | String  | nobody | mutation { signOut(input: {refreshToken: $value}) }                             | NOT_SIGNED_IN
sessionRevoke.id           | ID!     | client | mutation { sessionRevoke(input: {id: $value}) }                                 | NOT_FOUND
company.id                 | ID      | staff  | query { company(id: $value) { id } }                                            | NOT_FOUND
companies.after            | String  | staff  | query { companies(after: $value) { nodes { id } } }                             | BAD_USER_INPUT
companyCreate.name         | String! | staff  | mutation { companyCreate(input: {name: $value}) }                               | INVALID_NAME
companyUpdate.id           | ID      | staff  | mutation { companyUpdate(input: {id: $value}) }                                 | NOT_FOUND
companyUpdate.name         | String  | staff  | mutation { companyUpdate(input: {name: $value, id: BIRCH}) }                    | INVALID_NAME
companyUpdate.registrationDomains | String! | admin  | mutation { companyUpdate(input: {registrationDomains: [$value]}) }      | INVALID_DOMAINS
userExport.id              | ID!     | staff  | query { userExport(id: $value) }                                                | NOT_FOUND
userErase.id               | ID!     | staff  | mutation { userErase(input: {id: $value}) }                                     | NOT_FOUND
userInvite.company         | ID      | staff  | mutation { userInvite(input: {company: $value, email: "x@x.example", name: "x"}) } | UNKNOWN_COMPANY
userInvite.email           | String! | admin  | mutation { userInvite(input: {email: $value, name: "x"}) }                      | INVALID_EMAIL
userInvite.name            | String! | admin  | mutation { userInvite(input: {name: $value, email: "x@x.example"}) }            | INVALID_NAME
userInvite.locale          | String  | admin  | mutation { userInvite(input: {locale: $value, email: "x@x.example", name: "x"}) } | UNKNOWN_LOCALE
userUpdate.id              | ID!     | admin  | mutation { userUpdate(input: {id: $value}) }                                    | NOT_FOUND
userUpdate.name            | String  | staff  | mutation { userUpdate(input: {name: $value, id: BEA}) }                         | INVALID_NAME
userUpdate.email           | String  | staff  | mutation { userUpdate(input: {email: $value, id: BEA}) }                        | INVALID_EMAIL
userUpdate.locale          | String  | staff  | mutation { userUpdate(input: {locale: $value, id: BEA}) }                       | UNKNOWN_LOCALE
invitationResend.id        | ID!     | admin  | mutation { invitationResend(input: {id: $value}) }                              | NOT_FOUND
joinRequestApprove.id      | ID!     | admin  | mutation { joinRequestApprove(input: {id: $value}) }                            | NOT_FOUND
joinRequestDecline.id      | ID!     | admin  | mutation { joinRequestDecline(input: {id: $value}) }                            | NOT_FOUND
joinRequestCreate.workspace| String! | client | mutation { joinRequestCreate(input: {workspace: $value, email: FRESH, name: "x"}) } | none
joinRequestCreate.email    | String! | client | mutation { joinRequestCreate(input: {email: $value, workspace: "glass", name: "x"}) } | INVALID_EMAIL
joinRequestCreate.name     | String! | client | mutation { joinRequestCreate(input: {name: $value, workspace: "glass", email: FRESH}) } | INVALID_NAME
joinRequestCreate.company  | ID      | client | mutation { joinRequestCreate(input: {company: $value, workspace: "glass", email: FRESH, name: "x"}) } | none
joinRequestCreate.locale   | String  | client | mutation { joinRequestCreate(input: {locale: $value, workspace: "glass", email: FRESH, name: "x"}) } | none
invitation.token           | String! | client | query { invitation(token: $value) { email } }                                   | none
confirmation.token         | String! | client | query { confirmation(token: $value) { email } }                                 | none
invitationAccept.token     | String! | client | mutation { invitationAccept(input: {token: $value, STRONG}) }                   | INVALID_TOKEN
invitationAccept.password  | String! | client | mutation { invitationAccept(input: {password: $value, token: ""}) }             | INVALID_TOKEN
emailConfirm.token         | String! | client | mutation { emailConfirm(input: {token: $value, STRONG}) }                       | INVALID_TOKEN
emailConfirm.password      | String! | client | mutation { emailConfirm(input: {password: $value, token: "x"}) }                | INVALID_TOKEN
passwordReset.token        | String! | client | mutation { passwordReset(input: {token: $value, STRONG}) }                      | INVALID_TOKEN
passwordReset.password     | String! | client | mutation { passwordReset(input: {password: $value, token: ""}) }                | INVALID_TOKEN
passwordResetRequest.workspace | String! | client | mutation { passwordResetRequest(input: {workspace: $value, email: FRESH}) } | none
passwordResetRequest.email | String! | client | mutation { passwordResetRequest(input: {email: $value, workspace: "glass"}) }   | none
passwordChange.current     | String! | client | mutation { passwordChange(input: {current: $value, new: "x"}) }                 | WRONG_PASSWORD
passwordChange.new         | String! | client | mutation { passwordChange(input: {new: $value, current: PASSWORD}) }            | PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG
otpRequest.workspace       | String! | client | mutation { otpRequest(input: {workspace: $value, email: FRESH}) }               | none
otpRequest.email           | String! | client | mutation { otpRequest(input: {email: $value, workspace: "glass"}) }             | none
otpSignIn.workspace        | String! | client | mutation { otpSignIn(input: {workspace: $value, email: FRESH, code: "000000"}) } | INVALID_CREDENTIALS
otpSignIn.email            | String! | client | mutation { otpSignIn(input: {email: $value, workspace: "glass", code: "000000"}) } | INVALID_CREDENTIALS
otpSignIn.code             | String! | client | mutation { otpSignIn(input: {code: $value, workspace: "glass", email: FRESH}) } | INVALID_CREDENTIALS
otpSignIn.challenge        | String  | client | mutation { otpSignIn(input: {challenge: $value, workspace: "glass", email: FRESH, code: "000000"}) } | INVALID_CREDENTIALS
audit.after                | String  | staff  | query { audit(after: $value) { nodes { id } } }                                 | BAD_USER_INPUT
audit.kind                 | String  | staff  | query { audit(kind: $value) { nodes { id } } }                                  | none
staffInvite.email          | String! | staff  | mutation { staffInvite(input: {email: $value, name: "x", role: MEMBER}) }       | INVALID_EMAIL
staffInvite.name           | String! | staff  | mutation { staffInvite(input: {name: $value, email: "x@x.example", role: MEMBER}) } | INVALID_NAME
staffInvite.locale         | String  | staff  | mutation { staffInvite(input: {locale: $value, email: "x@x.example", name: "x", role: MEMBER}) } | UNKNOWN_LOCALE
staffUpdate.id             | ID!     | staff  | mutation { staffUpdate(input: {id: $value}) }                                   | NOT_FOUND
staffUpdate.name           | String  | staff  | mutation { staffUpdate(input: {name: $value, id: STAFF}) }                     | INVALID_NAME
workspaceUpdate.name       | String  | staff  | mutation { workspaceUpdate(input: {name: $value}) }                             | INVALID_NAME
workspaceUpdate.locale     | String  | staff  | mutation { workspaceUpdate(input: {locale: $value}) }                           | UNKNOWN_LOCALE
workspaceUpdate.timeZone   | String  | staff  | mutation { workspaceUpdate(input: {timeZone: $value}) }                         | UNKNOWN_TIME_ZONE
workspaceUpdate.currency   | String  | staff  | mutation { workspaceUpdate(input: {currency: $value}) }                         | UNKNOWN_CURRENCY
workspaceUpdate.portalUrl  | String  | staff  | mutation { workspaceUpdate(input: {portalUrl: $value}) }                        | INVALID_PORTAL_URL
workspaceCreate.workspace  | String! | staff  | mutation { workspaceCreate(input: {workspace: $value, NEW}) }                   | INVALID_WORKSPACE
workspaceCreate.name       | String! | staff  | mutation { workspaceCreate(input: {name: $value, NEW}) }                        | INVALID_NAME
workspaceCreate.ownerName  | String! | staff  | mutation { workspaceCreate(input: {ownerName: $value, NEW}) }                   | INVALID_NAME
workspaceCreate.email      | String! | staff  | mutation { workspaceCreate(input: {email: $value, NEW}) }                       | INVALID_EMAIL
workspaceCreate.locale     | String! | staff  | mutation { workspaceCreate(input: {locale: $value, NEW}) }                      | UNKNOWN_LOCALE
workspaceCreate.timeZone   | String! | staff  | mutation { workspaceCreate(input: {timeZone: $value, NEW}) }                    | UNKNOWN_TIME_ZONE
workspaceCreate.currency   | String! | staff  | mutation { workspaceCreate(input: {currency: $value, NEW}) }                    | UNKNOWN_CURRENCY
userDisable.id             | ID!     | staff  | mutation { userDisable(input: {id: $value}) }                                   | NOT_FOUND
userEnable.id              | ID!     | staff  | mutation { userEnable(input: {id: $value}) }                                    | NOT_FOUND
"#;

/// A place, with a request that takes any value as `$value`.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) ty: &'static str,
    pub(super) by_client: bool,
    pub(super) by_nobody: bool,
    pub(super) by_admin: bool,
    pub(super) document: String,
    pub(super) refusal: &'static str,
    pub(super) too_long: &'static str,
}

impl Place {
    /// The request for one value. Whatever has mails sent, or is an attempt at
    /// an account, is about another address each time: throttles have tests of
    /// their own.
    pub(super) fn document(&self) -> String {
        static USED: AtomicUsize = AtomicUsize::new(0);
        if !self.document.contains("FRESH") {
            return self.document.clone();
        }
        let used = USED.fetch_add(1, Ordering::Relaxed);
        let address = format!("\"{used}@fresh.example\"");
        self.document.replace("FRESH", &address)
    }
}

/// What `workspaceCreate` asks for.
const NEW: [(&str, &str); 4] = [
    ("workspace", "\"north-shore\""),
    ("name", "\"North Shore\""),
    ("ownerName", "\"Olga\""),
    ("email", "FRESH"),
];

pub(super) fn places(world: &World) -> Vec<Place> {
    let quoted = |id: String| format!("\"{id}\"");
    let place = |line: &'static str| {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, ty, by, operation, refusal] = columns[..] else {
            panic!("{line}");
        };
        let own = name.rsplit('.').next().unwrap_or(name);
        let others = NEW.iter().filter(|(field, _)| *field != own);
        let new: Vec<String> = others
            .map(|(field, value)| format!("{field}: {value}"))
            .collect();
        let document = operation
            .replace("NEW", &new.join(" "))
            .replace("STRONG", "password: \"quite-a-long-word\"")
            .replace("PASSWORD", &quoted(PASSWORD.to_owned()))
            .replace("STAFF", &quoted(id::staff(world.cast.member)))
            .replace("BEA", &quoted(id::user(world.cast.bea)))
            .replacen('{', &format!("($value: {ty}) {{"), 1)
            .replace("}) }", "}) { errors { code message field } } }")
            .replace("OPEN", "subject: \"x\", description: \"x\"")
            .replace("HIDE", "visibility: INTERNAL_ONLY")
            .replace("TICKET", &quoted(id::ticket(world.cast.mias)))
            .replace("ENTRY", &quoted(id::entry(world.cast.reply)))
            .replace("CANNED", &quoted(id::canned(uuid::Uuid::nil())))
            .replace(
                "CALENDAR",
                &quoted(id::calendar(world.cast.promised.calendar.0)),
            )
            .replace("POLICY", &quoted(id::policy(world.cast.promised.own.0)))
            .replace(
                "CONTRACT",
                &quoted(id::contract(world.cast.promised.birchs.0)),
            )
            .replace("BIRCH", &quoted(id::company(world.cast.birch)));
        let (refusal, too_long) = match refusal {
            "INVALID_CHARACTERS" => (refusal, "TOO_LONG"),
            one => one.split_once(", ").unwrap_or((one, one)),
        };
        Place {
            name,
            ty,
            by_client: by == "client",
            by_nobody: by == "nobody",
            by_admin: by == "admin",
            document,
            refusal,
            too_long,
        }
    };
    TABLE.trim().lines().map(place).collect()
}

/// The names of all places, as the schema has them.
fn in_the_schema() -> BTreeSet<String> {
    let sdl = Sdl::full();
    let mut found = BTreeSet::new();
    let roots = ["Query", "Mutation", "Subscription"];
    for field in roots.iter().flat_map(|root| sdl.fields(root)) {
        for argument in &field.arguments {
            let ty = argument.node.ty.node.to_string();
            let (field, argument) = (&field.name.node, &argument.node.name.node);
            let below = match argument.as_str() {
                "input" => field.to_string(),
                _ => format!("{field}.{argument}"),
            };
            match sdl.named(base(&ty)).map(|definition| &definition.kind) {
                Some(TypeKind::InputObject(input)) => texts_below(&sdl, &below, input, &mut found),
                _ if is_text(&ty) => {
                    found.insert(below);
                }
                _ => {}
            }
        }
    }
    found
}

/// The texts of an input object, and of those inside it.
fn texts_below(sdl: &Sdl, below: &str, input: &InputObjectType, found: &mut BTreeSet<String>) {
    for field in input.fields.iter().map(|field| &field.node) {
        let (ty, name) = (
            field.ty.node.to_string(),
            format!("{below}.{}", field.name.node),
        );
        match sdl.named(base(&ty)).map(|definition| &definition.kind) {
            Some(TypeKind::InputObject(input)) => texts_below(sdl, &name, input, found),
            _ if is_text(&ty) => {
                found.insert(name);
            }
            _ => {}
        }
    }
}

/// The name in a type, without its brackets and marks.
fn base(ty: &str) -> &str {
    ty.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_text(ty: &str) -> bool {
    ["String", "ID"].contains(&base(ty))
}

#[test]
fn every_place_that_takes_text_is_tried() {
    alone(async |world| {
        let places = places(&world);
        let tried: BTreeSet<String> = places.iter().map(|place| place.name.to_owned()).collect();
        assert_eq!(tried, in_the_schema());
    });
}
