//! What a job in bulk changes, or changed, as its page shows it.

use desk::{
    bulk::{Shown, ShownRow},
    tickets::Row,
};
use rules::{
    bulk::{Act, Kind, Phase, Was, Within},
    events::State as RequestState,
    ids::{PersonId, TeamId},
};

use words::lang::Lang;

use super::{bulk::requests, sheet::state_name};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::bulk::{Effect, Line, Stage, Undo},
        html::Safe,
        parts::{Link, Signal, Tag},
    },
    shown::{Saying, when},
};

/// "done", "goes on".
pub(super) fn standing(phase: Phase) -> Tag {
    match phase {
        Phase::Chosen | Phase::Judging | Phase::Judged => Tag::new(Signal::Plain, "not begun"),
        Phase::Running => Tag::new(Signal::Waiting, "goes on"),
        Phase::Stopped => Tag::new(Signal::Soon, "stopped"),
        Phase::Ended => Tag::new(Signal::Done, "done"),
    }
}

/// What it does, in words; none as long as nobody said what.
pub(super) fn sentence(say: &Saying, found: &Shown) -> Option<String> {
    if let Some(act) = &found.undoes {
        return Some(format!("Put back: {}", uncapital(&does(say, found, act))));
    }
    found.job.act.as_ref().map(|act| does(say, found, act))
}

fn does(say: &Saying, found: &Shown, act: &Act) -> String {
    match act {
        Act::Assign { to: Some(to) } => format!("Give to {}", name(found, *to)),
        Act::Assign { to: None } => "Give to nobody".to_owned(),
        Act::Team { .. } => {
            let (into, whose) = handed(found, act);
            format!("Hand {}{whose}", into.unwrap_or_else(|| "out of any team".to_owned()))
        }
        Act::Priority { to } => format!("Decide the priority {}", say.priority_name(to)),
        Act::State { to } => format!("Set to {}", state_name(*to)),
        Act::Note => "Write a note".to_owned(),
        Act::Reply { .. } => "Reply".to_owned(),
    }
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn name(found: &Shown, person: PersonId) -> String {
    found.names.get(&person).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| "somebody who left".to_owned())
}

/// "to Platform", none where it goes out of any team; ", to the next in its line".
fn handed(found: &Shown, act: &Act) -> (Option<String>, String) {
    let Act::Team { to, within } = act else { return (None, String::new()) };
    let whose = match within {
        Within::Keep => String::new(),
        Within::Next => ", to the next in its line".to_owned(),
        Within::Of { person: None } => ", to nobody".to_owned(),
        Within::Of { person: Some(person) } => format!(", to {}", name(found, *person)),
    };
    (to.map(|to| format!("to {}", team(found, Some(to)))), whose)
}

fn team(found: &Shown, team: Option<TeamId>) -> String {
    let named =
        team.map(|team| found.teams.get(&team).map(|it| words::teams::called(Lang::En, it)).unwrap_or_default());
    named.unwrap_or_else(|| "No team".to_owned())
}

/// The team that a request is in now.
fn in_team(found: &Shown, it: &Row) -> String {
    it.team.as_ref().map_or_else(|| team(found, None), |it| words::teams::called(Lang::En, it))
}

pub(super) fn effect(app: &App, visit: &Visit, say: &Saying, found: &Shown) -> Result<Effect, Problem> {
    let (job, counts, now) = (&found.job, found.counts, app.desk.now());
    let stage = match job.phase {
        Phase::Chosen | Phase::Judging => Stage::Looking,
        Phase::Judged => Stage::Looked,
        Phase::Running => Stage::Going,
        Phase::Stopped | Phase::Ended => Stage::Over,
    };
    let is_before = job.phase.is_before();
    let address = |list: &str, place: Option<i64>| place.map(|place| format!("/desk/bulk/{}?{list}={place}", job.id));
    let line = |row: &ShownRow| line(say, found, row);
    let undone = found.undone_by.map(|id| Link::new("The job that put it back", format!("/desk/bulk/{id}")));
    let undid = job.undoes.map(|id| Link::new("The job that this puts back", format!("/desk/bulk/{id}")));
    let begins = stage == Stage::Looked && found.is_mine && counts.ready > 0;
    let kind = job.act.as_ref().map(Act::kind);
    Ok(Effect {
        stage,
        by: if found.is_mine { "By you".to_owned() } else { format!("By {}", found.by) },
        at: when(visit, job.started_at.unwrap_or(job.created_at), now),
        ended: job.ended_at.map(|at| when(visit, at, now)),
        remarks: found.stopped_by.iter().map(|who| format!("{who} stopped it.")).collect(),
        so_far: if is_before { job.total - counts.waiting } else { counts.done + counts.left },
        of: job.total,
        figures: figures(found),
        text: text(found),
        about_text: about_text(found, kind),
        changed: found.changed.iter().map(line).collect(),
        more_changed: address("changed", found.more_changed),
        left: found.left.iter().map(line).collect(),
        more_left: address("left", found.more_left),
        reasons: found
            .reasons
            .iter()
            .map(|(why, count)| (words::bulk::why(say.lang, say.policy(), why), *count))
            .collect(),
        begin: begins.then(|| (press(say, found, counts.ready), job.round)),
        again: kind
            .filter(|_| found.is_mine && stage == Stage::Looked)
            .map(|kind| format!("/desk/bulk/{}?act={}", job.id, kind.name())),
        may_stop: stage == Stage::Going,
        undo: found.may_undo.then(|| Undo {
            words: format!("Put {} back", requests(counts.done)),
            asks_reason: kind == Some(Kind::Priority),
        }),
        links: undone.into_iter().chain(undid).collect(),
    })
}

/// What the button says that begins it.
fn press(say: &Saying, found: &Shown, ready: i64) -> String {
    let these = requests(ready);
    match &found.job.act {
        Some(Act::Assign { to: Some(to) }) => format!("Give {these} to {}", name(found, *to)),
        Some(Act::Assign { to: None }) => format!("Give {these} to nobody"),
        Some(act @ Act::Team { .. }) => {
            let (into, whose) = handed(found, act);
            format!("Hand {these} {}{whose}", into.unwrap_or_else(|| "out of any team".to_owned()))
        }
        Some(Act::Priority { to }) => format!("Decide {} for {these}", say.priority_name(to)),
        Some(Act::State { to }) => format!("Set {these} to {}", state_name(*to)),
        Some(Act::Note) => format!("Write the note in {these}"),
        Some(Act::Reply { .. }) => format!("Reply to {these}"),
        None => "Begin".to_owned(),
    }
}

fn figures(found: &Shown) -> Vec<(String, String)> {
    let counts = found.counts;
    let left = |one: &str, more: &str| if counts.left == 1 { one.to_owned() } else { more.to_owned() };
    let mut all = vec![];
    if found.job.phase.is_before() {
        let is_text = matches!(found.job.act, Some(Act::Note | Act::Reply { .. }));
        let words = match (is_text, counts.ready == 1) {
            (true, true) => "gets it",
            (true, false) => "get it",
            (false, true) => "changes",
            (false, false) => "change",
        };
        all.push((counts.ready, words.to_owned()));
    } else {
        all.push((found.job.done, "done".to_owned()));
        let waits = if found.job.ended_at.is_some() { "not done, since it was stopped" } else { "to do" };
        all.extend((counts.ready > 0).then(|| (counts.ready, waits.to_owned())));
    }
    all.push((counts.left, left("is left out", "are left out")));
    all.into_iter().map(|(count, words)| (count.to_string(), words)).collect()
}

/// What each of them gets, while it is there.
fn text(found: &Shown) -> Option<Safe> {
    let words = found.job.words.as_deref().filter(|words| !words.trim().is_empty())?;
    Some(Safe::new(words::markdown::message(words)))
}

fn about_text(found: &Shown, kind: Option<Kind>) -> String {
    let is_template = matches!(found.job.act, Some(Act::Reply { template: Some(_), .. }));
    let has_words = found.job.words.as_deref().is_some_and(|words| !words.trim().is_empty());
    match kind {
        Some(Kind::Reply) if has_words && is_template => "Each gets this text, filled in with its own names, as a reply of its own:",
        Some(Kind::Reply) if has_words => "Each gets this, as a reply of its own. It is held like any other; once it is sent, nothing puts it back.",
        Some(Kind::Note) if has_words => "Each gets this note:",
        Some(Kind::Reply) if found.job.ended_at.is_some() => {
            "What was sent stands in each request. A reply that is still held can be taken back there; one that was sent cannot."
        }
        Some(Kind::Note) if found.job.ended_at.is_some() => "What was written stands in each request, and is not put back.",
        Some(_) if has_words => "The reason that goes with it:",
        _ => "",
    }
    .to_owned()
}

fn line(say: &Saying, found: &Shown, row: &ShownRow) -> Line {
    let Some(it) = &row.ticket else {
        return Line {
            number: None,
            subject: String::new(),
            organisation: String::new(),
            from: String::new(),
            to: String::new(),
            why: row.why.as_ref().map(|why| words::bulk::why(say.lang, say.policy(), why)).unwrap_or_default(),
        };
    };
    let aim = match found.job.undoes {
        Some(_) => None,
        None => found.job.act.as_ref(),
    };
    let nobody = || "Nobody".to_owned();
    let state = |state: RequestState| state_name(state).to_owned();
    let (now, was) = (&it.ticket, row.was.as_ref());
    let (from, to) = match (aim, was) {
        (Some(Act::Assign { to }), was) => {
            let before = match was {
                Some(Was::Assignee(who)) => who.map(|who| name(found, who)),
                _ => it.assignee.clone(),
            };
            (before.unwrap_or_else(nobody), to.map_or_else(nobody, |to| name(found, to)))
        }
        (Some(Act::Team { to, within }), was) => into_team(found, it, (*to, *within), was),
        (Some(Act::Priority { to }), was) => {
            let before = if let Some(Was::Priority(was)) = was { was } else { &now.priority };
            (say.priority_name(before), say.priority_name(to))
        }
        (Some(Act::State { to }), was) => {
            (state(if let Some(Was::State(was)) = was { *was } else { now.state }), state(*to))
        }
        // What was put back: what it is now, from what it was in between.
        (None, Some(Was::Assignee(who))) => {
            (who.map_or_else(nobody, |who| name(found, who)), it.assignee.clone().unwrap_or_else(nobody))
        }
        (None, Some(Was::Team { team: was, .. })) => (team(found, *was), in_team(found, it)),
        (None, Some(Was::Priority(was))) => (say.priority_name(was), say.priority_name(&now.priority)),
        (None, Some(Was::State(was))) => (state(*was), state(now.state)),
        (Some(Act::Note | Act::Reply { .. }) | None, _) => (String::new(), String::new()),
    };
    Line {
        number: Some(now.id.0),
        subject: now.subject.clone(),
        organisation: it.organisation.clone().unwrap_or_else(|| it.requester.clone()),
        from,
        to,
        why: row.why.as_ref().map(|why| words::bulk::why(say.lang, say.policy(), why)).unwrap_or_default(),
    }
}

/// From which team into which, with whom where that changes.
fn into_team(found: &Shown, it: &Row, (to, within): (Option<TeamId>, Within), was: Option<&Was>) -> (String, String) {
    let (before, whose_before) = match was {
        Some(Was::Team { team: was, within }) => (team(found, *was), *within),
        _ => (in_team(found, it), Within::Of { person: it.ticket.assignee }),
    };
    let somebody = |person: Option<PersonId>| person.map_or_else(|| "nobody".to_owned(), |person| name(found, person));
    let (from, into) = (
        match (within, whose_before) {
            (Within::Keep, _) | (_, Within::Keep | Within::Next) => before,
            (_, Within::Of { person: Some(_) }) if was.is_none() => {
                format!("{before}, {}", it.assignee.clone().unwrap_or_else(|| somebody(None)))
            }
            (_, Within::Of { person }) => format!("{before}, {}", somebody(person)),
        },
        team(found, to),
    );
    match within {
        Within::Keep => (from, into),
        Within::Of { person } => (from, format!("{into}, {}", somebody(person))),
        // Who that was is what the request says, once it is done.
        Within::Next => match was {
            Some(_) => (from, format!("{into}, {}", it.assignee.clone().unwrap_or_else(|| somebody(None)))),
            None => (from, format!("{into}, next in line")),
        },
    }
}
