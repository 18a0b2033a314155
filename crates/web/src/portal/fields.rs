//! The parts of a form that the policy asks for: why, what can be chosen, and files with how to get them.

use desk::attachments::EVIDENCE;
use rules::{
    keys::DetailKey,
    policy::{Detail, DetailKind},
};
use words::{markdown::plain, size::limit};

use crate::{
    pages::form::{Choice, Commands, Control, Field, Files, Need},
    shown::{OnHand, Saying},
};

/// The points of a list in Markdown, or the text as its only one.
pub(super) fn points(text: &str) -> Vec<String> {
    let said = format!("\n{}", text.trim());
    said.split("\n- ").map(|point| point.trim().to_owned()).filter(|point| !point.is_empty()).collect()
}

/// Why it is asked, what it looks like, and where it is only asked sometimes, when.
pub(super) fn why(say: &Saying, detail: &Detail) -> String {
    let form = (detail.kind == DetailKind::Version).then(|| words::forms::version(say.lang, say.policy())).flatten();
    let only = words::forms::only_if(say.lang, say.policy(), detail.when.as_ref());
    let required = words::forms::required_if(say.lang, say.policy(), detail);
    let said = std::iter::once(say.text(&detail.why).to_owned()).chain(form).chain(only).chain(required);
    said.collect::<Vec<_>>().join(" ")
}

pub(super) fn options(say: &Saying, detail: &Detail, typed: &str) -> Vec<Choice> {
    let policy = say.policy();
    let choices: Vec<(String, String)> = match detail.kind {
        DetailKind::Deployment => {
            policy.deployments.iter().map(|(k, v)| (k.to_string(), plain(say.text(&v.name)))).collect()
        }
        DetailKind::Area => policy.areas.iter().map(|(k, v)| (k.to_string(), plain(say.text(&v.name)))).collect(),
        _ => detail.choices.iter().map(|(k, v)| (k.to_string(), plain(say.text(v)))).collect(),
    };
    let none = Choice::new("", "Please choose");
    std::iter::once(none)
        .chain(choices.into_iter().map(|(value, label)| {
            let is_chosen = value == typed;
            let choice = Choice::new(value, label);
            if is_chosen { choice.chosen() } else { choice }
        }))
        .collect()
}

pub(super) fn file_control(
    say: &Saying,
    (key, detail): (&DetailKey, &Detail),
    (on_hand, ways): (&OnHand, Vec<Commands>),
    report: &str,
) -> Control {
    let is_text = detail.kind == DetailKind::TextFile;
    let limit = limit(say.policy().attachments.file_bytes());
    let held = on_hand.below(say, &format!("detail.{key}"), report);
    Control::Files(Files {
        detail: key.to_string(),
        held: held.files,
        coming: held.coming,
        commands: ways,
        accept: if is_text {
            ".log,.txt,text/plain,.zip,.tar,.gz,.tgz,.bz2,.xz,.zst".to_owned()
        } else {
            String::new()
        },
        limit: if is_text {
            format!("Or drop text files or archives of them here, up to {limit} each.")
        } else {
            format!("Or drop them here, up to {limit} each.")
        },
    })
}

/// What no detail asked for: pictures, recordings.
pub(super) fn evidence(say: &Saying, on_hand: &OnHand, report: &str) -> Field {
    let limit = limit(say.policy().attachments.file_bytes());
    let held = on_hand.below(say, EVIDENCE, report);
    Field {
        need: Need::Optional,
        why: Some("Pictures, recordings, a page as a file: whatever shows it.".to_owned()),
        ..Field::new(
            "file.evidence",
            "Other evidence",
            Control::Files(Files {
                detail: "evidence".to_owned(),
                held: held.files,
                coming: held.coming,
                commands: vec![],
                accept: String::new(),
                limit: format!("Or drop and paste them here, up to {limit} each."),
            }),
        )
    }
}
