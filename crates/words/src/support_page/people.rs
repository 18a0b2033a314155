//! What concerns people: licence, account, colleagues, forum, and the desk's own rules.

use rules::{
    access::Setting,
    people::PublicMail,
    policy::{Ended, Origin, Originals, RegistrationMode},
};

use super::{
    Piece,
    writer::{Writer, item, piece},
};
use crate::size::limit;

pub(super) fn licence(writer: &Writer<'_>) -> Vec<Piece> {
    let rule = &writer.policy.entitlement;
    let ended = match rule.ended {
        Ended::Flag => "support-ended-flag",
        Ended::Refuse => "support-ended-refuse",
    };
    let days = rule.grace_days;
    let grace = writer.lang.say("support-grace", &[("days", days.into())]);
    let trial = match &rule.trial_types {
        Some(types) => writer.say("support-trial", &[("types", &writer.types(types))]),
        None => writer.say("support-trial-all", &[]),
    };
    let mut pieces = vec![piece(rule.origin, writer.text(&rule.text))];
    pieces.push(piece(Origin::House, format!("{grace} {} {trial}", writer.say(ended, &[]))));
    pieces
}

pub(super) fn account(writer: &Writer<'_>) -> Vec<Piece> {
    let (rule, domains) = (&writer.policy.registration, &writer.policy.domains);
    let mode = match rule.mode {
        RegistrationMode::Registered => "support-registered",
        RegistrationMode::Open => "support-open",
    };
    let mut pieces = vec![
        piece(rule.origin, format!("{} {}", writer.text(&rule.text), writer.say(mode, &[]))),
        piece(rule.origin, writer.text(&rule.work_address)),
    ];
    if !rule.steps.is_empty() {
        let steps = rule.steps.iter().zip(1..).map(|(step, number)| format!("{number}. {}", writer.text(step)));
        let steps = steps.collect::<Vec<_>>().join("\n");
        pieces.extend([piece(rule.origin, writer.say("support-steps", &[])), piece(rule.origin, steps)]);
    }
    let public = match domains.public {
        PublicMail::Refuse => "support-public-refuse",
        PublicMail::Individual => "support-public-individual",
        PublicMail::Approve => "support-public-approve",
    };
    pieces.push(piece(domains.origin, writer.say(public, &[])));
    pieces
}

pub(super) fn colleagues(writer: &Writer<'_>) -> Vec<Piece> {
    let rule = &writer.policy.visibility;
    let default = match rule.default {
        Setting::Own => "support-default-own",
        Setting::Managers => "support-default-managers",
        Setting::Everyone => "support-default-everyone",
    };
    let mut pieces = vec![piece(rule.origin, writer.text(&rule.text)), piece(Origin::House, writer.say(default, &[]))];
    pieces.extend(rule.request.iter().map(|request| {
        let (name, priority) = (writer.type_name(&request.request_type), writer.priority_name(&request.priority));
        let arguments = [("type", name.as_str()), ("priority", &priority), ("subject", writer.text(&request.subject))];
        piece(request.origin, writer.say("support-visibility-request", &arguments))
    }));
    pieces
}

pub(super) fn forum(writer: &Writer<'_>) -> Vec<Piece> {
    let Some(forum) = &writer.policy.forum else { return Vec::new() };
    let mut pieces = vec![piece(forum.origin, writer.text(&forum.text))];
    pieces.extend(forum.guidance.iter().map(|guidance| piece(forum.origin, writer.text(guidance))));
    pieces.extend(forum.streams.iter().map(|(_, stream)| {
        let arguments = [("name", writer.text(&stream.name)), ("about", writer.text(&stream.about))];
        item(stream.origin, &writer.say("support-stream-line", &arguments))
    }));
    let votes = forum.votes_per_person.to_string();
    pieces.push(piece(Origin::House, writer.say("support-votes", &[("votes", &votes)])));
    pieces
}

/// The word that the sentence chooses by.
fn originals(of: Originals) -> &'static str {
    match of {
        Originals::Encrypted => "encrypted",
        Originals::Dropped => "dropped",
    }
}

/// What is nobody's but the house's.
pub(super) fn house(writer: &Writer<'_>) -> Vec<Piece> {
    let policy = writer.policy;
    let hours = |count: u32| writer.count("support-length-hours", count);
    let (links, sessions) = (&policy.links, &policy.sessions);
    let (files, timers) = (&policy.attachments, &policy.timers);
    let lines = [
        writer.say(
            "support-links",
            &[
                ("verification", &hours(links.verification_hours)),
                ("reset", &hours(links.password_reset_hours)),
                ("unknown", &writer.days(links.unknown_sender_days)),
            ],
        ),
        writer.say(
            "support-sessions",
            &[
                ("idle", &writer.days(sessions.idle_days)),
                ("longest", &writer.days(sessions.longest_days)),
                ("proof", &writer.days(sessions.address_proof_days)),
            ],
        ),
        writer.say(
            "support-attachments",
            &[
                ("file", &limit(files.file_bytes())),
                ("all", &format!("{} GiB", files.organisation_gibibytes)),
                ("expire", &writer.days(files.expire_days)),
                ("originals", originals(files.originals)),
            ],
        ),
        writer.say(
            "support-timers",
            &[
                ("reminder", &writer.days(timers.reminder_days)),
                ("solve", &writer.days(timers.solve_days)),
                ("close", &writer.days(timers.close_days)),
            ],
        ),
        writer.say(
            "support-statistics",
            &[("days", &policy.statistics.days.to_string()), ("cases", &policy.statistics.from_cases.to_string())],
        ),
    ];
    let heading = format!("### {}", writer.say("support-house-more", &[]));
    [heading].into_iter().chain(lines).map(|line| piece(Origin::House, line)).collect()
}
