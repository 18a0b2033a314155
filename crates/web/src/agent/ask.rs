//! The part of a page that a question stands on: its fault, its fields, and the form that keeps it as a view.

use desk::views::may_change;
use rules::{
    access::{Action, may},
    query::{Fault, written},
};

use super::column::Question;
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::ask::{Ask, ByClick, EXAMPLES, Faulty, Keep, Kept},
        form::Choice,
    },
    shown::Saying,
};

pub(super) async fn ask(app: &App, visit: &Visit, question: &Question) -> Result<Ask, Problem> {
    let say = Saying::of(app).await?;
    let signed = visit.actor.signed()?;
    let hints = question
        .asked
        .as_ref()
        .map_or_else(|_| vec![], |asked| asked.hints.iter().map(|hint| words::query::hint(say.lang, hint)).collect());
    let may_share = may(signed.grants, Action::ShareView);
    let keep = match &question.saved {
        None => Some(Keep {
            address: "/desk/views".to_owned(),
            name: String::new(),
            fault: None,
            shared: false,
            may_share,
            kept: Kept::No,
        }),
        Some(saved) => may_change(signed, saved).then(|| Keep {
            address: format!("/desk/views/saved/{}", saved.id),
            name: saved.name.clone(),
            fault: None,
            shared: saved.shared,
            may_share,
            kept: Kept::Yes,
        }),
    };
    Ok(Ask {
        text: question.text.clone(),
        fault: question.asked.as_ref().err().map(|fault| faulty(&say, &question.text, fault)),
        hints,
        fields: fields(&say, &question.text),
        is_open: question.saved.is_none(),
        keep: keep.filter(|_| question.asked.is_ok() && !question.text.trim().is_empty() || question.saved.is_some()),
        examples: EXAMPLES,
    })
}

fn faulty(say: &Saying, text: &str, fault: &Fault) -> Faulty {
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    Faulty {
        words: words::query::fault(say.lang, fault),
        before: part(0..fault.at.start),
        part: part(fault.at.clone()),
        after: part(fault.at.end..text.len()),
    }
}

/// What can be clicked, with what the question says already.
fn fields(say: &Saying, text: &str) -> Vec<ByClick> {
    let policy = say.policy();
    let options = |name: &'static str, label: &'static str, all: Vec<(String, String)>| {
        let now = written(text, name).unwrap_or_default();
        // What no option says stands among them as it was written, so that it is not lost where another is changed.
        let other = (!now.is_empty() && all.iter().all(|(value, _)| *value != now)).then(|| (now.clone(), now.clone()));
        let any = Choice::new("", "Any");
        let choice = |(value, label): (String, String)| {
            let is_now = value == now;
            let choice = Choice::new(value, label);
            if is_now { choice.chosen() } else { choice }
        };
        let options = std::iter::once(any).chain(all.into_iter().chain(other).map(choice)).collect();
        ByClick { name, label, options, value: String::new(), hint: "" }
    };
    let named = |all: &[(&str, &str)]| all.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect();
    let types = policy.types.iter().map(|(key, it)| (key.to_string(), say.text(&it.name).to_owned())).collect();
    let priorities = policy.priorities.iter();
    let priorities = priorities.map(|(key, it)| (key.to_string(), say.text(&it.name).to_owned())).collect();
    let typed = |name, label, hint| {
        let value = written(text, name).unwrap_or_default();
        ByClick { name, label, options: vec![], value, hint }
    };
    vec![
        options(
            "is",
            "Stands",
            named(&[
                ("needs-answer", "Needs an answer"),
                ("late", "Late"),
                ("open", "Open"),
                ("done", "Solved or closed"),
                ("unassigned", "Taken by nobody"),
                ("mine", "Mine"),
                ("escalated", "Escalated"),
            ]),
        ),
        options("type", "Type", types),
        options("priority", "Priority", priorities),
        options("turn", "Turn", named(&[("ours", "Ours"), ("theirs", "Theirs")])),
        typed("org", "Organisation", "Name, domain or number"),
        typed("from", "Filed by", "Address"),
        typed("agent", "Taken by", "Name, me or none"),
        typed("team", "Team", "Name, mine or none"),
        typed("filed", "Filed", "<7d, 2026-11 or today"),
        typed("due", "Due", "<2h or today"),
        options(
            "sort",
            "Order",
            named(&[
                ("updated", "The latest change first"),
                ("-updated", "Untouched for longest first"),
                ("filed", "The newest first"),
                ("-filed", "The oldest first"),
            ]),
        ),
    ]
}
