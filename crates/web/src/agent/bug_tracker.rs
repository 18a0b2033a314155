//! The issue of a bug and what is said of it, on the bug's page (BUG-5).

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    tracker::{self, CommentShown, Decided, NewComment},
};
use rules::{
    bugs::Stage,
    ids::{BugCommentId, BugId},
    instant::Instant,
    tracker::IssueState,
};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::bug_tracker::{CommentLine, IssueLine, TrackerPart},
        html::Safe,
        parts::{Link, Signal, Tag},
    },
    shown::{Saying, when},
};

/// What stands on the page of a bug.
pub(super) async fn part(
    app: &App,
    visit: &Visit,
    say: &Saying,
    (bug, stage): (BugId, Stage),
) -> Result<TrackerPart, Problem> {
    let shown = tracker::show(&app.desk, &visit.actor, bug).await?;
    let linked_at = shown.link.as_ref().filter(|link| link.issue.is_some()).map(|link| link.linked_at);
    let comments = shown.comments.iter().map(|it| comment_line(app, visit, it, linked_at)).collect();
    let link = shown.link.as_ref();
    Ok(TrackerPart {
        number: bug.0,
        issue: link.map(|link| issue_line(app, visit, link, shown.repository.as_deref())),
        asks: link.and_then(|link| Some(words::tracker::waits(say.lang, link.waits?, link.milestone.as_deref()))),
        fault: link.and_then(|link| Some(words::tracker::fault(say.lang, link.fault.as_ref()?))),
        manages: shown.manages,
        creates: shown.manages && stage != Stage::Refused,
        comments,
        says: shown.says,
        typed: String::new(),
        repository: shown.repository,
    })
}

fn issue_line(app: &App, visit: &Visit, link: &tracker::Link, mirrored: Option<&str>) -> IssueLine {
    let named = link.issue.map(|number| Link::new(format!("{}#{number}", link.repository), link.url.clone()));
    let state = match link.agreed.theirs.state {
        IssueState::Open => Tag::new(Signal::Plain, "Open"),
        IssueState::Completed => Tag::new(Signal::Done, "Closed as done"),
        IssueState::NotPlanned => Tag::new(Signal::Waiting, "Closed as not planned"),
    };
    IssueLine {
        link: named,
        state: link.synced_at.map(|_| state),
        milestone: link.milestone.clone(),
        synced: link.synced_at.map(|at| when(visit, at, app.desk.now())),
        is_elsewhere: mirrored.is_some_and(|mirrored| !mirrored.eq_ignore_ascii_case(&link.repository)),
    }
}

fn comment_line(app: &App, visit: &Visit, it: &CommentShown, linked_at: Option<Instant>) -> CommentLine {
    let comment = &it.comment;
    CommentLine {
        id: comment.id.0,
        author: if it.author.is_empty() { "Somebody who left".to_owned() } else { it.author.clone() },
        place: if comment.by.is_none() { "in the tracker" } else { "" },
        at: when(visit, comment.made_at, app.desk.now()),
        body: Safe::new(words::markdown::text(&comment.body)),
        is_cut: comment.cut,
        is_public: comment.public,
        on_its_way: comment.remote.is_none() && linked_at.is_some_and(|at| comment.made_at >= at),
    }
}

/// Back to the bug, or the page again with what is wrong.
async fn after(app: &App, visit: &Visit, id: i64, done: desk::Result<()>) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/desk/bugs/{id}#tracker")).into_response()),
        Err(Error::Refused(why @ rules::refusal::Refusal::Tracker(_))) => {
            let words = Saying::of(app).await?.refusal(&why);
            super::bug::again(app, visit, id, words).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn issue(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (desk, actor, bug) = (&app.desk, &visit.actor, BugId(id));
    let done = match fields.text("do") {
        "create" => tracker::create(desk, actor, bug).await,
        _ => tracker::link(desk, actor, bug, fields.text("issue")).await,
    };
    after(&app, &visit, id, done).await
}

pub(crate) async fn unlink(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let done = tracker::unlink(&app.desk, &visit.actor, BugId(id)).await;
    after(&app, &visit, id, done).await
}

pub(crate) async fn decide(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    // What is not known changes nothing in the tracker.
    let decided = if fields.text("do") == "insist" { Decided::Insist } else { Decided::Leave };
    let done = tracker::decide(&app.desk, &visit.actor, BugId(id), decided).await;
    after(&app, &visit, id, done).await
}

pub(crate) async fn again(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let done = tracker::again(&app.desk, &visit.actor, BugId(id)).await;
    after(&app, &visit, id, done).await
}

pub(crate) async fn comment(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let new = NewComment { body: fields.text("body").to_owned(), public: fields.text("public") == "yes" };
    let done = tracker::comment(&app.desk, &visit.actor, BugId(id), new).await;
    after(&app, &visit, id, done).await
}

pub(crate) async fn set_audience(
    State(app): State<App>,
    visit: Visit,
    Path((id, comment)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let public = fields.text("public") == "yes";
    let of = (BugId(id), BugCommentId(comment));
    let done = tracker::show_to_customers(&app.desk, &visit.actor, of, public).await;
    after(&app, &visit, id, done).await
}
