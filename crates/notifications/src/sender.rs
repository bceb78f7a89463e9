//! Sends what is due, beside the worker: a server that stalls delays mails and
//! nothing else.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{FutureExt, StreamExt, stream};
use kernel::{Clock, Fault};
use store::Store;
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{Bell, Channel, Correspondence, Mail, Message, Queue, Refused, render::render};

/// Mails that are sent at the same time.
const AT_ONCE: usize = 4;
/// Mails claimed at a time.
const BATCH: u64 = 16;
/// What has to be left of a claim, besides the time-out, to begin with a mail.
const MARGIN: Duration = Duration::from_secs(10);
/// How long to wait for mails of other processes, and for those whose pause is over.
const POLL: Duration = Duration::from_secs(1);
/// How long to wait after the database failed.
const TROUBLE: Duration = Duration::from_secs(5);
/// How long mails in hand may take at the end.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long mails that are done with are kept, for questions.
const KEPT: TimeDelta = TimeDelta::days(90);
/// How often old mails are removed.
const SWEEP: TimeDelta = TimeDelta::hours(1);

/// What sending takes.
#[derive(Clone)]
pub struct Dispatch {
    /// Where the queue is.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What recipients may read.
    pub correspondence: Arc<dyn Correspondence>,
    /// What carries the mails.
    pub channel: Arc<dyn Channel>,
    /// How long one attempt may take; [`Dispatch::TIME_OUT`] outside of tests.
    pub time_out: Duration,
}

impl Dispatch {
    /// How long one attempt may take. Servers look for viruses before they take
    /// a mail; who gives up too soon sends it twice.
    pub const TIME_OUT: Duration = Duration::from_mins(1);
}

/// A running sender.
pub struct Sender {
    task: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Sender {
    /// Starts sending what is due, and what `bell` rings for.
    pub fn start(dispatch: Dispatch, bell: Bell) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(run(dispatch, bell, stopped));
        Self { task, stop }
    }

    /// Finishes the mails in hand and stops. What takes too long is left to the
    /// end of its claim.
    pub async fn stop(mut self) {
        // An error says that the task has ended already.
        let _ = self.stop.send(true);
        if timeout(FAREWELL, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

/// Claims what is due, sends it, and says so; answers how many mails it took.
pub async fn send_due(dispatch: &Dispatch) -> Result<usize, Fault> {
    let (_stop, stopped) = watch::channel(false);
    round(dispatch, &stopped).await
}

async fn run(dispatch: Dispatch, bell: Bell, mut stopped: watch::Receiver<bool>) {
    let mut swept = dispatch.clock.now();
    while !*stopped.borrow() {
        let pause = match round(&dispatch, &stopped).await {
            Ok(0) => POLL,
            Ok(_) => Duration::ZERO,
            Err(fault) => {
                trouble(&fault, "sending mails");
                TROUBLE
            }
        };
        if dispatch.clock.now() - swept > SWEEP {
            swept = dispatch.clock.now();
            sweep(&dispatch).await;
        }
        tokio::select! {
            biased;
            // Told to stop, or dropped by somebody who has no use for it.
            _ = stopped.changed() => return,
            () = bell.rang() => {}
            () = sleep(pause) => {}
        }
    }
}

async fn round(dispatch: &Dispatch, stopped: &watch::Receiver<bool>) -> Result<usize, Fault> {
    let queue = Queue::of(&dispatch.store);
    let begun = dispatch.clock.now();
    let claimed = queue.claim(begun, BATCH).await?;
    let taken = claimed.len();
    let outcomes = stream::iter(claimed)
        .map(|mail| {
            let queue = &queue;
            async move { one(dispatch, queue, begun, stopped, &mail).await }
        })
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    outcomes.into_iter().collect::<Result<(), Fault>>()?;
    Ok(taken)
}

async fn one(
    dispatch: &Dispatch,
    queue: &Queue,
    begun: DateTime<Utc>,
    stopped: &watch::Receiver<bool>,
    mail: &Mail,
) -> Result<(), Fault> {
    let now = dispatch.clock.now();
    let left = (begun + Queue::LEASE - now).to_std().unwrap_or_default();
    if *stopped.borrow() || left < dispatch.time_out + MARGIN {
        return queue.give_back(mail, now).await;
    }
    // A panic is a failure like any other: the sender outlives it.
    let trying = AssertUnwindSafe(attempt(dispatch, mail)).catch_unwind();
    let outcome = match timeout(dispatch.time_out, trying).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Refused::for_now("the attempt panicked")),
        Err(_) => {
            let seconds = dispatch.time_out.as_secs();
            Err(Refused::for_now(format!("no end within {seconds} s")))
        }
    };
    let now = dispatch.clock.now();
    match outcome {
        Ok(Outcome::Sent) => queue.sent(mail, now).await,
        Ok(Outcome::NothingToSay) => queue.dropped(mail).await,
        Err(refused) => {
            tracing::warn!(mail = %mail.id, template = mail.template.name(), attempts = mail.attempts, permanent = refused.permanent, reason = refused.reason, "a mail was not sent");
            queue.failed(mail, &refused, now).await
        }
    }
}

enum Outcome {
    Sent,
    NothingToSay,
}

async fn attempt(dispatch: &Dispatch, mail: &Mail) -> Result<Outcome, Refused> {
    let letter = dispatch.correspondence.letter(mail).await;
    let letter = letter.map_err(|fault| {
        trouble(&fault, "reading a letter");
        Refused::for_now(format!("the letter cannot be read: {fault}"))
    })?;
    let Some(letter) = letter else {
        return Ok(Outcome::NothingToSay);
    };
    let words = render(mail.template, &letter)?;
    let message = Message {
        id: mail.id,
        at: mail.created_at,
        to: letter.to,
        to_name: letter.name,
        from_name: letter.sender_name,
        subject: words.subject,
        text: words.text,
        html: words.html,
        thread: letter.thread,
        unsubscribe: letter.unsubscribe,
    };
    dispatch.channel.send(&message).await?;
    Ok(Outcome::Sent)
}

async fn sweep(dispatch: &Dispatch) {
    let before = dispatch.clock.now() - KEPT;
    match Queue::of(&dispatch.store).forget(before).await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "old mails removed from the queue"),
        Err(fault) => trouble(&fault, "removing old mails"),
    }
}

fn trouble(fault: &Fault, doing: &'static str) {
    let cause = std::error::Error::source(fault).map(ToString::to_string);
    tracing::error!(%fault, ?cause, doing, "mail");
}
