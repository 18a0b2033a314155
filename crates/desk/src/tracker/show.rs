//! The issue of a bug and what is said of it, for staff; and what customers read of that.

use std::collections::HashMap;

use rules::{
    access::{Action, may},
    ids::{BugId, PersonId},
};
use store::tracker::{Comment, Link};

use crate::{Actor, Desk, Result};

/// How many comments are shown.
const SHOWN: i64 = 200;

/// What stands beside a bug.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The place that is mirrored; none where no tracker is set up.
    pub repository: Option<String>,
    pub link: Option<Link>,
    /// In the order in which it was said.
    pub comments: Vec<CommentShown>,
    /// Whether the reader moves bugs.
    pub manages: bool,
    /// Whether the reader may say something.
    pub says: bool,
}

#[derive(Clone, Debug)]
pub struct CommentShown {
    pub comment: Comment,
    /// Who said it, here or there; empty for who left.
    pub author: String,
}

pub async fn show(desk: &Desk, actor: &Actor, bug: BugId) -> Result<Shown> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let tracker = store::tracker::get(conn).await?;
    let mut comments = store::tracker::comments(conn, bug, SHOWN).await?;
    comments.sort_by_key(|it| (it.made_at, it.id));
    let people: Vec<PersonId> = comments.iter().filter_map(|it| it.by).collect();
    let names: HashMap<PersonId, String> = store::people::names(conn, &people).await?;
    let one = |comment: Comment| {
        let name = comment.by.map(|by| names.get(&by).cloned().unwrap_or_default());
        CommentShown { author: name.unwrap_or_else(|| comment.author.clone()), comment }
    };
    Ok(Shown {
        repository: tracker.map(|it| it.repository),
        link: store::tracker::link(conn, bug).await?,
        comments: comments.into_iter().map(one).collect(),
        manages: may(signed.grants, Action::ManageBugs),
        says: may(signed.grants, Action::AcceptReports),
    })
}

/// What customers read of a bug that they may see, in its order. Nobody is named.
pub async fn customers_read(desk: &Desk, bug: BugId) -> Result<Vec<Comment>> {
    Ok(store::tracker::public_comments(desk.store.read(), bug, SHOWN).await?)
}
