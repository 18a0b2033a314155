//! Known bugs for customers, and the bug that their request reports (BUG-2, BUG-4).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    bugs::{self, Beside, Delivered, Fate, Known, StillThere},
    tickets::Text,
};
use rules::{
    access::{CustomerAction, may_as_customer},
    events::State as RequestState,
    ids::{BugId, TicketId},
    releases::Version,
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        bugs::{AskedFix, FixPart, KnownBugPage, KnownBugsPage, KnownLine},
        desk::evidence::Fact,
        frame::Place,
        html::{Safe, show as page},
        parts::{Link, Notice, Signal, Tag, When},
    },
    shown::{Saying, portal_frame, when},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Just {
    just: Option<String>,
}

pub(crate) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let known = bugs::known_list(&app.desk).await?;
    let line = |it: &Known| KnownLine {
        number: it.bug.id().0,
        title: it.bug.says.title.clone(),
        stands: stands(&say, it),
        area: area(&say, it),
    };
    let shown = KnownBugsPage {
        frame: portal_frame(&app, &visit, "Known bugs", Place::Elsewhere).await?,
        bugs: known.iter().map(line).collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(just): Query<Just>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let known = bugs::known(&app.desk, &visit.actor, BugId(id)).await?;
    let says = &known.bug.says;
    let mut frame = portal_frame(&app, &visit, &says.title, Place::Elsewhere).await?;
    let done = |words: &str| Some(Notice { signal: Signal::Done, words: words.to_owned(), link: None });
    frame.notice = match (just.just.as_deref(), known.follows) {
        (Some("followed"), Some(true)) => done("You follow it. We write to you once it is fixed."),
        (Some("left"), Some(false)) => done("You do not follow it any more."),
        _ => None,
    };
    let facts = [
        ("Since", says.first_seen.as_ref().map(ToString::to_string)),
        ("Versions that have it", known.bug.life.affected.as_ref().map(ToString::to_string)),
        ("Part of the product", area(&say, &known)),
    ];
    let shown = KnownBugPage {
        frame,
        number: id,
        title: says.title.clone(),
        stands: stands(&say, &known),
        said: Safe::new(words::markdown::text(&says.said)),
        way_around: (!says.way_around.trim().is_empty()).then(|| Safe::new(words::markdown::text(&says.way_around))),
        facts: facts.into_iter().filter_map(|(name, value)| Some(Fact::new(name, value?))).collect(),
        said_since: said_since(&app, &visit, BugId(id)).await?,
        out: known.out.iter().map(|it| Link::new(it.to_string(), format!("/releases/{it}"))).collect(),
        follows: known.follows,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// What staff chose to show of what is said of it; nobody is named.
async fn said_since(app: &App, visit: &Visit, id: BugId) -> Result<Vec<(When, Safe)>, Problem> {
    let read = desk::tracker::customers_read(&app.desk, id).await?;
    let now = app.desk.now();
    Ok(read.iter().map(|it| (when(visit, it.made_at, now), Safe::new(words::markdown::text(&it.body)))).collect())
}

pub(crate) async fn follow(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let just = if fields.text("end").is_empty() {
        bugs::follow(&app.desk, &visit.actor, BugId(id)).await?;
        "followed"
    } else {
        bugs::unfollow(&app.desk, &visit.actor, BugId(id)).await?;
        "left"
    };
    Ok(Redirect::to(&format!("/bugs/{id}?just={just}")).into_response())
}

fn area(say: &Saying, known: &Known) -> Option<String> {
    let key = known.bug.says.area.as_ref()?;
    say.policy().areas.get(key.as_str()).map(|area| words::markdown::plain(say.text(&area.name)))
}

/// A hotfix is told apart from a planned release.
fn stands(say: &Saying, known: &Known) -> Tag {
    let versions = |all: &[Version]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !known.out.is_empty() {
        return Tag::new(Signal::Done, format!("Fixed in {}", versions(&known.out)));
    }
    if let Some(version) = &known.taken_back {
        return Tag::new(Signal::Waiting, format!("Its fix was taken back with {version}"));
    }
    match (&known.planned, known.bug.life.is_fixed()) {
        (_, true) => {
            Tag::new(Signal::Waiting, format!("Fixed in {}, which comes soon", versions(known.bug.life.fixed_in())))
        }
        (Some(version), _) if version.is_hotfix() => Tag::new(Signal::Soon, format!("Hotfix {version} to come")),
        (Some(version), _) => Tag::new(Signal::Plain, format!("Planned for {version}")),
        (None, _) if known.is_hotfix => Tag::new(Signal::Soon, "A hotfix is to come"),
        (None, _) => Tag::new(Signal::Plain, words::bugs::stage(say.lang, known.bug.life.state.stage())),
    }
}

/// What became of the bug that a request reports; `typed`: the version and the words of who says that it is still there, and
/// what is wrong with them.
pub(super) async fn part(
    app: &App,
    visit: &Visit,
    say: &Saying,
    (id, state, why): (TicketId, RequestState, rules::access::WhySeen),
    typed: Option<(&StillThere, String)>,
) -> Result<Option<FixPart>, Problem> {
    let Some(beside) = bugs::beside(&app.desk, &visit.actor, id).await? else { return Ok(None) };
    let asks = state == RequestState::ToConfirm && may_as_customer(why, CustomerAction::ConfirmFix);
    let asked = beside.asked.as_ref().filter(|_| asks).map(|asked| match typed {
        Some((it, fault)) => AskedFix { version: it.version.clone(), text: it.text.body.clone(), fault: Some(fault) },
        None => AskedFix { version: asked.version.to_string(), text: String::new(), fault: None },
    });
    Ok(Some(FixPart {
        request: id.0,
        name: words::bugs::name(beside.bug.id()),
        tag: tag(say, &beside),
        words: said(say, &beside),
        release: release(&beside).map(|it| Link::new(format!("What is in {it}"), format!("/releases/{it}"))),
        bug: beside.is_public.then(|| Link::new("What is known of it", format!("/bugs/{}", beside.bug.id()))),
        asked,
    }))
}

/// The version that has the fix and is out for them, whether or not it is theirs.
fn release(beside: &Beside) -> Option<&Version> {
    match &beside.fate {
        Fate::Theirs { version } | Fate::NeedsLicence { version } => Some(version),
        Fate::Made { of: Delivered::NotRolledOut } => beside.bug.life.fixed_in().last(),
        Fate::Made { of: Delivered::NotReleased | Delivered::TakenBack } | Fate::NotYet => None,
    }
}

fn tag(say: &Saying, beside: &Beside) -> Tag {
    match &beside.fate {
        Fate::Theirs { .. } => Tag::new(Signal::Done, "Fixed"),
        Fate::NeedsLicence { .. } => Tag::new(Signal::Soon, "Fixed, and needs a licence"),
        Fate::Made { of: Delivered::TakenBack } => Tag::new(Signal::Waiting, "Fix taken back"),
        Fate::Made { .. } => Tag::new(Signal::Waiting, "Fixed, on its way to you"),
        Fate::NotYet if beside.is_hotfix => Tag::new(Signal::Soon, "Hotfix"),
        Fate::NotYet if beside.planned.is_some() => Tag::new(Signal::Plain, "Planned release"),
        Fate::NotYet => Tag::new(Signal::Plain, words::bugs::stage(say.lang, beside.bug.life.state.stage())),
    }
}

fn said(say: &Saying, beside: &Beside) -> String {
    use words::bugs::Fate as Says;
    let newest = beside.bug.life.fixed_in().last();
    let fate = match (&beside.fate, newest) {
        (Fate::Theirs { version }, _) => Says::Theirs { version },
        (Fate::NeedsLicence { version }, _) => Says::NeedsLicence { version },
        (Fate::Made { of: Delivered::NotReleased }, Some(version)) => Says::Made { version },
        (Fate::Made { of: Delivered::NotRolledOut }, Some(version)) => Says::NotRolledOut { version },
        (Fate::Made { of: Delivered::TakenBack }, Some(version)) => Says::TakenBack { version },
        (Fate::Made { .. } | Fate::NotYet, _) => Says::NotYet { is_hotfix: beside.is_hotfix },
    };
    words::bugs::says(say.lang, &beside.bug.life.state, fate)
}

pub(crate) async fn still_there(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let body = fields.text("text").to_owned();
    let typed =
        StillThere { version: fields.text("version").trim().to_owned(), text: Text { body, ..Text::default() } };
    match bugs::still_there(&app.desk, &visit.actor, TicketId(id), typed.clone()).await {
        Ok(()) => Ok(Redirect::to(&format!("/requests/{id}?just=sent")).into_response()),
        Err(Error::Invalid(faults)) => {
            let say = Saying::of(&app).await?;
            let of = |field| say.of_field(&faults, field);
            let fault = of("version").or_else(|| of("body")).unwrap_or_default();
            super::request::with_fix(&app, &visit, TicketId(id), (typed, fault)).await
        }
        Err(error) => Err(error.into()),
    }
}
