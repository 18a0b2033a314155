//! What a report says in sentences: why a first response was late, and why two days are no span.

use rules::{
    reports::{LONGEST_DAYS, NoSpan, WhyLate},
    sla::Loss,
};

use crate::{lang::Lang, time::length};

/// Why a first response was late, with what became of it.
pub fn why_late(lang: Lang, why: &WhyLate) -> String {
    let lost = why.lost.map(|loss| match loss {
        Loss::Refused => "late-refused",
        Loss::Bounced => "late-bounced",
        Loss::Ruled => "late-ruled",
    });
    let then = match why.answered_after {
        Some(after) => lang.say("late-answered", &[("after", length(lang, after).into())]),
        None if why.is_over => lang.say("late-over", &[]),
        None => lang.say("late-unanswered", &[]),
    };
    lost.map(|key| lang.say(key, &[])).into_iter().chain([then]).collect::<Vec<_>>().join(" ")
}

pub fn no_span(lang: Lang, why: NoSpan) -> String {
    match why {
        NoSpan::NoDay => lang.say("no-span-no-day", &[]),
        NoSpan::Backwards => lang.say("no-span-backwards", &[]),
        NoSpan::TooLong => lang.say("no-span-too-long", &[("days", LONGEST_DAYS.to_string().into())]),
    }
}
