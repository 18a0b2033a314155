//! What is happening now, for pages that show it: one follower of the journal for all who look on ([`follow`]), what each
//! of them hears ([`listen`], by their scope alone), and who has a request open ([`be_present`]), which is in memory and
//! never written down. Nodes of one database call out to each other.

mod follow;
mod listen;
mod nodes;
mod presence;

pub(crate) use follow::keep_up;
pub use follow::{follow, position};
pub use listen::{Ear, Heard, listen};
pub(crate) use presence::is_before;
pub use presence::{At, Here, be_present, present};

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rules::{
    access::TicketFacts,
    ids::{BugId, BulkJobId, PersonId, Seq, TicketId},
    live::{Presences, Told},
};
use store::bulk_jobs::BulkJob;
use tokio::sync::{Notify, broadcast, watch};

use crate::Desk;

/// What is said and not taken yet, at most: who is further behind is told to look anew.
const KEPT: usize = 1024;

/// What all who look on share.
#[derive(Clone, Debug)]
pub(crate) struct Live(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    said: broadcast::Sender<Arc<Said>>,
    /// How far the journal was followed; `None` while nobody looks on.
    followed: tokio::sync::Mutex<Option<Seq>>,
    /// Something was written here.
    written: Notify,
    /// Another node called out that it wrote something.
    written_elsewhere: Notify,
    presences: Mutex<Presences>,
    /// How many streams each person has open.
    listening: Mutex<HashMap<PersonId, usize>>,
    /// Set when the desk stops.
    over: watch::Sender<bool>,
}

/// What is said to all who look on; each takes what is theirs.
#[derive(Clone, Debug)]
enum Said {
    Told(Told),
    /// Somebody came to a request, left it, or began to write: all who are there now.
    Present {
        ticket: TicketId,
        facts: TicketFacts,
        here: Vec<Here>,
    },
    /// A job in bulk is further; who began it, and whether it has begun.
    Job {
        job: BulkJobId,
        by: PersonId,
        begun: bool,
    },
    /// Telling of a bug, or a message about it, is further.
    Bug {
        bug: BugId,
    },
    /// There is something new at somebody's bell that the journal does not say.
    Bell {
        person: PersonId,
    },
    /// What somebody may do, or whether they are signed in, may be otherwise now; of nobody in particular, of anybody.
    Otherwise {
        person: Option<PersonId>,
    },
}

impl Default for Live {
    fn default() -> Self {
        Self(Arc::new(Shared {
            said: broadcast::channel(KEPT).0,
            followed: tokio::sync::Mutex::default(),
            written: Notify::new(),
            written_elsewhere: Notify::new(),
            presences: Mutex::default(),
            listening: Mutex::default(),
            over: watch::Sender::new(false),
        }))
    }
}

impl Live {
    /// Something was written.
    pub(crate) fn written(&self) {
        self.0.written.notify_one();
    }

    /// Another node wrote something, or may have.
    fn written_elsewhere(&self) {
        self.0.written_elsewhere.notify_one();
    }

    /// The desk stops: everybody who looks on is let go, and nobody new is taken.
    pub(crate) fn close(&self) {
        self.0.over.send_replace(true);
    }

    /// How many look on.
    fn listeners(&self) -> usize {
        self.0.said.receiver_count()
    }

    /// Says it to all who look on; it is nobody's fault that there is nobody.
    fn say(&self, said: Said) {
        let _ = self.0.said.send(Arc::new(said));
    }

    fn presences(&self) -> MutexGuard<'_, Presences> {
        self.0.presences.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listening(&self) -> MutexGuard<'_, HashMap<PersonId, usize>> {
        self.0.listening.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// A person's sessions or grants are otherwise now, which the journal does not say: who looks on as them is asked again.
    pub(crate) async fn is_otherwise(&self, person: PersonId) {
        self.live.say(Said::Otherwise { person: Some(person) });
        nodes::call(self, &nodes::Call::Otherwise { person }).await;
    }

    /// A job in bulk is further than its page shows.
    pub(crate) async fn moved(&self, job: &BulkJob) {
        let (job, by, begun) = (job.id, job.by, job.started_at.is_some());
        self.live.say(Said::Job { job, by, begun });
        nodes::call(self, &nodes::Call::Job { job, by, begun }).await;
    }

    /// Telling of a bug, or a message about it, is further than its page shows.
    pub(crate) async fn bug_moved(&self, bug: BugId) {
        self.live.say(Said::Bug { bug });
        nodes::call(self, &nodes::Call::Bug { bug }).await;
    }

    /// Something new is at a person's bell.
    pub(crate) async fn rang(&self, person: PersonId) {
        self.live.say(Said::Bell { person });
        nodes::call(self, &nodes::Call::Bell { person }).await;
    }

    /// How many look on right now.
    pub fn looking_on(&self) -> usize {
        self.live.listeners()
    }
}
