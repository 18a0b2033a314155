//! Bugs mirrored with the issues of a tracker (BUG-5): an issue is made of a bug or linked with it, and from then on both go together. The
//! desk sends by jobs, asks the tracker whenever that calls or an hour has passed, and leaves to staff what the tracker alone cannot decide.
//! Who wins is `rules::tracker`'s to say, what is sent how is the port's.

mod access;
mod comment;
mod hear;
mod issue;
mod order;
mod read;
mod said;
mod settings;
mod show;
mod sync;

use rules::{
    bugs::Stage,
    refusal::Refusal,
    tracker::{Fault, Retry, TrackerRefusal},
};
use serde::{Deserialize, Serialize};

pub use comment::{NewComment, comment, show_to_customers};
pub use hear::{Call, Hearing, hear};
pub use issue::{Decided, again, create, decide, link, unlink};
pub(crate) use order::{KIND, follow};
pub use read::keep_up;
pub use settings::{Asking, Standing, ToSet, end_secret, new_secret, read_now, remove, set, show as standing, try_out};
pub use show::{CommentShown, Shown, customers_read, show};
pub use store::tracker::Link;

use crate::{Desk, Error, Result, jobs::Done};

/// How long calls are known by their names.
pub(crate) const CALLS: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum Work {
    /// Both sides of a bug are brought together.
    Bug { bug: rules::ids::BugId },
    /// What changed in the tracker is looked through.
    Read { from: Option<i64>, page: u32 },
    /// All linked bugs behind one are brought together.
    All { behind: rules::ids::BugId },
    /// Those whose milestone was called so.
    Milestone { was: String, behind: rules::ids::BugId },
}

/// Does the work of one job.
pub(crate) async fn work(desk: &Desk, payload: &str) -> Result<Done> {
    match serde_json::from_str(payload).map_err(Error::broken)? {
        Work::Bug { bug } => sync::bring_together(desk, bug).await,
        Work::Read { from, page } => read::changes(desk, from, page).await,
        Work::All { behind } => read::all(desk, behind).await,
        Work::Milestone { was, behind } => read::of_milestone(desk, &was, behind).await,
    }
}

/// Why a part of the work stopped.
#[derive(Debug)]
enum Stop {
    Fault(Fault),
    Error(Error),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Error(error)
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Stop::Error(error.into())
    }
}

/// What becomes of a job that met it.
fn conclude(fault: &Fault) -> Done {
    let said = fault.to_string();
    match fault.retry() {
        Retry::Soon => Done::Again { fault: said },
        Retry::NotBefore(at) => Done::Later { fault: said, at },
        Retry::Never => Done::Parked { fault: said },
    }
}

fn refused(why: TrackerRefusal) -> Error {
    Refusal::Tracker(why).into()
}

/// The stages in which a bug may be planned for a version.
const PLANNED: [Stage; 2] = [Stage::Planned, Stage::InWork];
