//! Something is said of a bug: to colleagues and developers, or to customers too. What developers said in the tracker is shown to customers
//! only where staff press that.

use rules::{
    access::Action,
    events::{BugEvent, Event},
    ids::{BugCommentId, BugId},
    tracker::TrackerRefusal,
};

use super::{order::order, refused};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Characters of a comment, at most.
const MOST: usize = 20_000;

/// What is to be said.
#[derive(Clone, Debug)]
pub struct NewComment {
    /// Markdown.
    pub body: String,
    /// Whether customers read it where the bug is public.
    pub public: bool,
}

pub async fn comment(desk: &Desk, actor: &Actor, bug: BugId, new: NewComment) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    store::bugs::get(desk.store.read(), bug).await?;
    actor.staff(if new.public { Action::ManageBugs } else { Action::AcceptReports })?;
    let body = new.body.trim();
    match body.chars().count() {
        0 => return Err(refused(TrackerRefusal::CommentMissing)),
        characters if characters > MOST => {
            return Err(refused(TrackerRefusal::CommentTooLong { characters, most: MOST }));
        }
        _ => {}
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let (by, now) = (Some(signed.person), scribe.now);
    let kept = store::tracker::NewComment { bug, by, body, public: new.public, reason: false, now };
    let comment = store::tracker::add_comment(&scribe.tx, kept).await?;
    if new.public {
        scribe.record(Event::Bug(BugEvent::Shown { bug, comment, public: true }), now).await?;
    }
    order(&mut scribe, bug).await?;
    scribe.settle().await
}

/// Customers read it from now on, or not any more.
pub async fn show_to_customers(
    desk: &Desk,
    actor: &Actor,
    (bug, id): (BugId, BugCommentId),
    public: bool,
) -> Result<()> {
    actor.staff(Action::UseDesk)?;
    let known = store::tracker::comment(desk.store.read(), id).await?;
    if known.bug != bug || known.reason {
        return Err(Error::NotFound);
    }
    actor.staff(Action::ManageBugs)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::tracker::comment(&scribe.tx, id).await?.public != public {
        store::tracker::set_public(&scribe.tx, id, public).await?;
        let shown = BugEvent::Shown { bug, comment: id, public };
        let now = scribe.now;
        scribe.record(Event::Bug(shown), now).await?;
    }
    scribe.settle().await
}
