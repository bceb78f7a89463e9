//! Tickets: a client asks, staff answer, one timeline holds both.
//!
//! Invariants: every read begins in `scope.rs` with the viewer; what clients
//! may never see (assignments, clocks) lies in tables of its own and is read
//! by functions that refuse clients; every status change is a row of the table
//! in `status.rs`, tested by the write itself; the latest-activity time moves
//! with client-visible changes only (VI-5).
//!
//! | file | what it holds |
//! |---|---|
//! | `scope.rs` | which tickets and entries a viewer can see: the only door to the tables |
//! | `personal_data.rs` | what a client user wrote, for handing it to them |
//! | `read.rs`, `timeline.rs`, `participants.rs`, `internal.rs` | lists and batch reads; `internal.rs` is for staff |
//! | `words.rs`, `token.rs` | what can be searched for, and what the engines see of it |
//! | `index.rs`, `spans.rs`, `backlog.rs`, `condense.rs`, `search.rs` | writing it, parting it, making it anew, keeping it in one piece, searching in it |
//! | `export.rs` | a whole list, page by page |
//! | `desk.rs` | what staff filter by, internal |
//! | `view.rs`, `view/` | saved views, internal |
//! | `configuration/` | what companies have that is looked after |
//! | `order.rs` | the orders a list can have, and their cursors |
//! | `status.rs` | the workflow as a table |
//! | `transition.rs` | the one write that moves a ticket |
//! | `open.rs` … `set_flag.rs` | one command each |
//! | `attachments.rs` | files on tickets: attached, read, handed out |
//! | `form.rs`, `form/` | forms of categories, and what was answered |
//! | `naming.rs` | who can be named on a ticket |
//! | `edit.rs` | changing what one wrote, for some minutes |
//! | `merge.rs`, `merged.rs` | merging a ticket into another; which were |
//! | `mention.rs` | staff who are named in notes, internal |
//! | `canned/` | texts that a team answers with again and again, internal |
//! | `triage.rs` | how urgent a ticket is, and under which contract, internal |
//! | `clock.rs`, `clock/keep.rs` | service-level clocks: their arithmetic, and their rows; internal |
//! | `watch.rs`, `queue.rs` | what was missed, and what may be; internal |
//! | `escalate.rs` | what a step of a policy does to its ticket; internal |
//! | `dashboard.rs` | what staff count up; internal |
//! | `remaining.rs` | the working time left, for staff |
//! | `quiet.rs`, `close_quiet.rs` | when resolved tickets close by themselves, and what closes them |
//! | `label.rs`, `set_labels.rs` | what statuses are called, and calling them otherwise |
//! | `countdown.rs` | the time left, for clients whose contract shows it |
//! | `event.rs` | the facts it puts in the outbox |
//! | `concerned.rs` | whom what happens concerns, for mails |
//! | `begin.rs` | what a new workspace needs to take tickets |
//! | `provision.rs` | writing whole histories, for the demo, imports and tests |

mod accept;
mod add_participants;
mod assign;
mod attachments;
pub mod backlog;
mod begin;
mod canned;
mod category;
mod changed;
mod clock;
mod close_quiet;
mod concerned;
mod condense;
mod configuration;
mod countdown;
pub mod dashboard;
mod desk;
mod edit;
#[expect(
    missing_docs,
    unreachable_pub,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
mod escalate;
pub mod event;
mod export;
mod form;
mod index;
mod internal;
mod label;
mod mention;
mod merge;
mod merge_flags;
mod merged;
mod naming;
mod note;
mod open;
mod order;
mod participants;
mod personal_data;
mod progress;
pub mod provision;
mod queue;
mod quiet;
mod read;
mod reject;
mod remaining;
mod remove_participant;
mod reply;
mod resolve;
mod scope;
mod search;
mod set_flag;
mod set_labels;
mod skim;
mod spans;
mod status;
mod timeline;
mod token;
mod transition;
mod triage;
mod view;
mod watch;
mod words;

pub use accept::accept;
pub use add_participants::{AddParticipantsError, MOST_PARTICIPANTS, add_participants};
pub use assign::{AssignError, assign};
pub use attachments::{
    AttachError, ContentError, MOST_ATTACHMENTS, answer_attachments, attachment_by_id,
    attachment_content, attachments, entry_attachments,
};
pub use begin::begin;
pub use canned::{
    CannedError, CannedFilter, CannedInput, CannedReply, CannedReplyId, Filled, MOST_CANNED,
    PLACEHOLDERS, Values, canned_replies, canned_reply, canned_reply_cursor, create_canned_reply,
    delete_canned_reply, fill, update_canned_reply,
};
pub use category::{Category, categories};
pub use clock::{Clock, ClockState};
pub use close_quiet::close_quiet;
pub use concerned::{Assigned, Concerned, Writer, assigned, concerned, writer};
pub use condense::{Pieces, condense};
pub use configuration::{
    ExposureError, Item, ItemError, ItemFilter, ItemId, ItemInput, ItemStatus, LinkError,
    MOST_ITEMS, create_item, exposed, item_by_id, item_notes, items, set_exposed, set_ticket_items,
    ticket_items, update_item,
};
pub use contracts::Side;
pub use countdown::{Countdown, countdowns};
pub use desk::{Assignee, Desk};
pub use edit::{EDIT_WINDOW, EditError, MOST_EDITS, edit_entry, editable_until, wrote};
pub use entity::{
    attachment::Model as Attachment,
    entry::{EntryId, EntryKind, Model as Entry},
    participant::{Model as Participant, Role},
    ticket::{Model as Ticket, TicketId},
    version::Model as Version,
};
pub use escalate::{escalate, told_by};
pub use export::{Position, export_page};
pub use form::{
    answers::{Answered, AnswersOf, answers, internal_answers},
    check::{AnswerFault, AnswerReason, Given, GivenValue, Value},
    definition::{Choice, Decimal, Field, Kind as FieldKind, Label, Labels},
    draft::{Defect, DefectReason, DraftField, DraftKind},
    fill::AnswersError,
    publish::{PublishForm, PublishFormError, publish_form},
    read::{Form, form},
    update::{UpdateAnswersError, update_answers},
};
pub use internal::{
    Assignment, Escalated, Triage, assignments, clocks, escalations, triages, versions,
};
pub use label::{StatusLabels, status_labels};
pub use mention::{MOST_MENTIONS, MentionError, mentions, mentions_of_me, named_in};
pub use merge::{MOST_MERGED, MergeError, merge};
pub use merged::{MergedAway, merged_from, merged_into};
pub use naming::NameError;
pub use note::{NoteError, note};
pub use open::{OnBehalf, Open, OpenError, open};
pub use order::{Direction, Order, OrderField};
pub use participants::participants;
pub use personal_data::written_by;
pub use progress::{Progress, set_progress};
pub use queue::{Queue, queue};
pub use quiet::{MOST_QUIET_DAYS, QuietTime, QuietTimeError, quiet_time, set_quiet_time};
pub use read::{Between, Filter, ListError, by_id, by_ids, list, statement_of_a_list};
pub use reject::{RejectError, reject};
pub use remaining::{Remaining, remaining};
pub use remove_participant::{RemoveParticipantError, remove_participant};
pub use reply::{ReplyError, reply};
pub use resolve::{ResolveError, resolve};
pub use set_flag::{SetFlagError, set_flag};
pub use set_labels::{LabelDefect, LabelReason, StatusLabelsError, WantedLabel, set_status_labels};
pub use spans::begin_spans;
#[doc(hidden)]
pub use spans::{Sizes, divide};
pub use status::{Move, Status};
pub use timeline::{
    check_page as check_timeline_page, entry_by_id, entry_cursor, from_on, timelines,
};
pub use transition::MoveError;
pub use triage::{TriageError, set_contract, set_priority};
pub use view::{
    MOST_VIEWS, Unreadable, View, ViewError, ViewId, ViewInput, create_view, delete_view,
    update_view, view_by_id, views,
};
pub use watch::{recount, watch};
pub use words::{BadQuery, Words};

/// The number series that ticket references are drawn from.
const SERIES: &str = "ticket";
