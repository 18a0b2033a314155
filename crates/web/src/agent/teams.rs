//! Teams: the list in its order, and one to read or to change.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    teams::{self, Kept, Shown, ToKeep},
};
use rules::{
    access::{Action, may},
    ids::{PersonId, TeamId},
    teams::Sharing,
};
use serde::Deserialize;

use super::column::search_address;
use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit, percent_encoded},
    pages::{
        desk::teams::{Member, Question, Team, TeamPage, TeamsPage},
        form::Choice,
        html::show as page,
        parts::{Face, Notice, Signal},
    },
    shown::{Saying, desk_frame, when},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Just {
    kept: Option<String>,
    removed: Option<String>,
}

pub(crate) async fn list(State(app): State<App>, visit: Visit, Query(just): Query<Just>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let all = teams::list(&app.desk, &visit.actor).await?;
    let mut frame = desk_frame(&app, &visit, "Teams", "").await?;
    let done = |words: String| Notice { signal: Signal::Done, words, link: None };
    frame.notice = match (just.kept, just.removed) {
        (Some(name), _) => Some(done(format!("“{name}” is kept."))),
        (None, Some(name)) => {
            Some(done(format!("“{name}” ended. Its open requests go back to all; who has one keeps it.")))
        }
        (None, None) => None,
    };
    let shown = TeamsPage {
        frame,
        teams: all.iter().map(|it| row(&app, &visit, &say, it)).collect(),
        keeps: may(visit.actor.signed()?.grants, Action::KeepTeams),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn row(app: &App, visit: &Visit, say: &Saying, it: &Shown) -> Team {
    let (open, most) = it.open;
    let away = |id: &PersonId| it.away.get(id).map(|at| when(visit, *at, app.desk.now()).said);
    Team {
        id: it.team.id.0,
        name: it.team.name.clone(),
        sharing: match it.team.sharing {
            Sharing::Pull => "whoever wants takes it",
            Sharing::Turns => "by turns",
            Sharing::Load => "by load",
        }
        .to_owned(),
        takes: match it.team.question.as_deref() {
            None => "Only what somebody gives it".to_owned(),
            Some("") => "Every new request that no team before it takes".to_owned(),
            Some(_) => String::new(),
        },
        question: it.team.question.as_ref().filter(|text| !text.is_empty()).map(|text| Question {
            text: text.clone(),
            href: search_address(text),
            fault: it.fault.as_ref().map(|fault| words::query::fault(say.lang, fault)),
        }),
        people: it
            .people
            .iter()
            .map(|(id, name)| Member { face: Face::of(name), name: name.clone(), away: away(id) })
            .collect(),
        open: match open {
            0 => "nothing open".to_owned(),
            open if open >= most => format!("{most} and more open"),
            open => format!("{open} open"),
        },
        href: search_address(&format!("team:\"{}\" is:open", it.team.name)),
    }
}

pub(crate) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let blank = ToKeep { question: Some(String::new()), sharing: Sharing::Turns, ..ToKeep::default() };
    Ok(page(StatusCode::OK, &form(&app, &visit, None, Typed::of(blank)).await?))
}

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let Shown { team, people, .. } = teams::show(&app.desk, &visit.actor, TeamId(id)).await?;
    let people = people.into_iter().map(|(id, _)| id).collect();
    let kept = ToKeep { name: team.name, question: team.question, sharing: team.sharing, people };
    Ok(page(StatusCode::OK, &form(&app, &visit, Some(id), Typed::of(kept)).await?))
}

pub(crate) async fn keep(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let written = written(&fields);
    let done = teams::keep(&app.desk, &visit.actor, written.wanted.clone()).await;
    answer(&app, &visit, (None, written), done).await
}

pub(crate) async fn change(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let written = written(&fields);
    let done = teams::change(&app.desk, &visit.actor, TeamId(id), written.wanted.clone()).await;
    answer(&app, &visit, (Some(id), written), done).await
}

pub(crate) async fn earlier(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    teams::move_up(&app.desk, &visit.actor, TeamId(id)).await?;
    Ok(Redirect::to("/desk/teams").into_response())
}

pub(crate) async fn remove(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let was = teams::remove(&app.desk, &visit.actor, TeamId(id)).await?;
    Ok(Redirect::to(&format!("/desk/teams?removed={}", percent_encoded(&was.name))).into_response())
}

/// What a form holds, and what is amiss in it.
struct Typed {
    wanted: ToKeep,
    takes: &'static str,
    question: String,
    name_fault: Option<String>,
    question_fault: Option<String>,
    people_fault: Option<String>,
}

impl Typed {
    fn of(wanted: ToKeep) -> Self {
        let takes = match wanted.question.as_deref() {
            None => "nothing",
            Some("") => "all",
            Some(_) => "meant",
        };
        let question = wanted.question.clone().unwrap_or_default();
        Self { wanted, takes, question, name_fault: None, question_fault: None, people_fault: None }
    }
}

fn written(fields: &Fields) -> Typed {
    let question = fields.text("question").trim().to_owned();
    // A question without text would take everything: only who chose so means that.
    let takes = match fields.text("takes") {
        "all" => "all",
        "meant" if !question.is_empty() => "meant",
        _ => "nothing",
    };
    let people = fields.below("member.").filter_map(|(id, _)| id.parse().ok().map(PersonId)).collect();
    let wanted = ToKeep {
        name: fields.text("name").to_owned(),
        question: match takes {
            "all" => Some(String::new()),
            "meant" => Some(question.clone()),
            _ => None,
        },
        sharing: match fields.text("sharing") {
            "turns" => Sharing::Turns,
            "load" => Sharing::Load,
            _ => Sharing::Pull,
        },
        people,
    };
    Typed { question, takes, ..Typed::of(wanted) }
}

async fn answer(
    app: &App,
    visit: &Visit,
    (id, mut typed): (Option<i64>, Typed),
    done: desk::Result<Kept>,
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    match done {
        Ok(Kept::Kept(_)) => {
            let name = percent_encoded(typed.wanted.name.trim());
            return Ok(Redirect::to(&format!("/desk/teams?kept={name}")).into_response());
        }
        Ok(Kept::NoQuestion(fault)) => typed.question_fault = Some(words::query::fault(say.lang, &fault)),
        Err(Error::Invalid(faults)) => {
            typed.name_fault = say.of_field(&faults, "name");
            typed.people_fault = say.of_field(&faults, "people");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &form(app, visit, id, typed).await?))
}

const TAKES: [(&str, &str); 3] = [
    ("nothing", "Only what somebody gives it"),
    ("all", "Every new request that no team before it takes"),
    ("meant", "New requests that are meant by this question:"),
];

const SHARING: [(Sharing, &str, &str); 3] = [
    (Sharing::Pull, "pull", "Whoever wants takes it"),
    (Sharing::Turns, "turns", "By turns: who got one longest ago"),
    (Sharing::Load, "load", "By load: who has the fewest open requests that are our turn"),
];

async fn form(app: &App, visit: &Visit, id: Option<i64>, typed: Typed) -> Result<TeamPage, Problem> {
    let wanted = &typed.wanted;
    let staff = teams::staff(&app.desk, &visit.actor).await?;
    let away = desk::people::away(&app.desk, &visit.actor).await?;
    let chosen = |choice: Choice, is_chosen: bool| if is_chosen { choice.chosen() } else { choice };
    let person = |(id, name): (PersonId, String)| {
        let until = away.get(&id).map(|at| when(visit, *at, app.desk.now()).said);
        let label = until.map_or_else(|| name.clone(), |until| format!("{name}, away until {until}"));
        chosen(Choice::new(id.to_string(), label), wanted.people.contains(&id))
    };
    let title = match id {
        None => "A new team".to_owned(),
        Some(id) => teams::show(&app.desk, &visit.actor, TeamId(id)).await?.team.name,
    };
    Ok(TeamPage {
        frame: desk_frame(app, visit, &title, "").await?,
        title,
        action: id.map_or_else(|| "/desk/teams".to_owned(), |id| format!("/desk/teams/{id}")),
        is_new: id.is_none(),
        keeps: may(visit.actor.signed()?.grants, Action::KeepTeams),
        name: wanted.name.clone(),
        name_fault: typed.name_fault,
        takes: TAKES.map(|(key, words)| chosen(Choice::new(key, words), typed.takes == key)).into(),
        question: typed.question,
        question_fault: typed.question_fault,
        sharing: SHARING.map(|(how, key, words)| chosen(Choice::new(key, words), wanted.sharing == how)).into(),
        people: staff.into_iter().map(person).collect(),
        people_fault: typed.people_fault,
    })
}
