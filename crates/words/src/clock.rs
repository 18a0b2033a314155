//! What made a clock what it is, line by line after the way to its due instant (FRT-6): pinned terms, changes,
//! stops, answers. The same words for customer and agent.

use rules::{
    events::TargetKind,
    policy::Policy,
    sla::{Change, Clock, Line, Loss},
};

use crate::{
    lang::Lang,
    time::{Watch, length},
};

/// The lines of a clock after its start, each with its time: "Tue 24 Nov 11:46 UTC: High became Medium, due moved from … to …".
/// `policy` names priorities and types.
pub fn changes(watch: &Watch<'_>, clock: &Clock, policy: &Policy) -> Vec<String> {
    clock.lines.iter().filter_map(|line| said(watch, (clock.kind, line), policy)).collect()
}

fn said(watch: &Watch<'_>, (kind, line): (TargetKind, &Line), policy: &Policy) -> Option<String> {
    let lang = watch.lang;
    let target = |key| lang.say(key, &[("target", target(kind).into())]);
    let due = |at: &Option<rules::instant::Instant>| at.map(|at| watch.moment(at));
    let moved = |before: &Option<_>, after: &Option<_>| match (due(before), due(after)) {
        (Some(before), Some(after)) if before != after => {
            lang.say("clock-moved", &[("before", before.into()), ("after", after.into())])
        }
        _ => lang.say("clock-not-moved", &[]),
    };
    let words = match &line.change {
        Change::Started { .. } | Change::Sent { .. } => return None,
        Change::Priority { from, to, before, after } => {
            let (from, to) = (priority(lang, policy, from), priority(lang, policy, to));
            let moved = moved(before, after);
            lang.say("clock-priority", &[("from", from.into()), ("to", to.into()), ("moved", moved.into())])
        }
        Change::Escalated { before, after } => lang.say("clock-escalated", &[("moved", moved(before, after).into())]),
        Change::EscalationEnded { before, after } => {
            lang.say("clock-escalation-ended", &[("moved", moved(before, after).into())])
        }
        Change::Converted { to, before, after, .. } => {
            let moved = moved(before, after);
            lang.say("clock-converted", &[("to", type_name(lang, policy, to).into()), ("moved", moved.into())])
        }
        Change::Suspended { request_type, .. } => {
            lang.say("clock-suspended", &[("to", type_name(lang, policy, request_type).into())])
        }
        Change::Unsuspended { request_type, .. } => {
            lang.say("clock-unsuspended", &[("to", type_name(lang, policy, request_type).into())])
        }
        Change::Stopped { left, .. } => lang.say("clock-stopped", &[("left", length(lang, *left).into())]),
        Change::Resumed { due: at } => lang.say("clock-resumed", &[("due", due(at).unwrap_or_default().into())]),
        Change::Answered(_) => target("clock-answered"),
        Change::Lost { why, .. } => lang.say(lost(*why), &[]),
        Change::Recomputed { after, .. } => {
            lang.say("clock-recomputed", &[("due", due(after).unwrap_or_default().into())])
        }
        Change::Breached { .. } => target("clock-breached"),
        Change::Withdrawn => target("clock-withdrawn"),
        Change::MovedTo { survivor } => lang.say("clock-moved-to", &[("number", survivor.to_string().into())]),
        Change::Returned { from } => lang.say("clock-returned", &[("number", from.to_string().into())]),
    };
    Some(lang.say("clock-line", &[("when", watch.in_zone(watch.moment(line.at)).into()), ("what", words.into())]))
}

/// What is owed, as the sentences tell it apart.
pub(crate) fn target(kind: TargetKind) -> &'static str {
    if kind == TargetKind::Update { "update" } else { "answer" }
}

/// By when an update is due, and how that came about: `sentence` is its deadline's.
pub fn update(watch: &Watch<'_>, clock: &Clock, sentence: &str) -> String {
    let when = watch.in_zone(watch.moment(clock.counted_from));
    watch.lang.say("clock-update", &[("when", when.into()), ("sentence", sentence.into())])
}

fn lost(why: Loss) -> &'static str {
    match why {
        Loss::Refused => "clock-lost-refused",
        Loss::Bounced => "clock-lost-bounced",
        Loss::Ruled => "clock-lost-ruled",
    }
}

fn priority(lang: Lang, policy: &Policy, key: &rules::keys::PriorityKey) -> String {
    policy.priorities.get(key).map_or_else(|| key.to_string(), |it| it.name.say(lang.tag()).to_owned())
}

fn type_name(lang: Lang, policy: &Policy, key: &rules::keys::TypeKey) -> String {
    policy.request_type(key).map_or_else(|| key.to_string(), |it| it.name.say(lang.tag()).to_owned())
}
