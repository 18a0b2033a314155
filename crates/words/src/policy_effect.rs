//! What another policy would change for open requests, in sentences (POL-5).

use rules::{
    policy::{Effect, Policy},
    tickets::Timer,
};

use crate::{lang::Lang, names::Names};

/// An effect on so many requests; names are those of the policy in force.
pub fn effect(lang: Lang, policy: &Policy, (effect, requests): (&Effect, u64)) -> String {
    let names = Names { lang, policy };
    let count = ("count", requests.into());
    match effect {
        Effect::TargetStays { was, is } => {
            lang.say("effect-target-stays", &[count, ("was", was.as_str().into()), ("is", is.as_str().into())])
        }
        Effect::TypeGone { request_type } => {
            lang.say("effect-type-gone", &[count, ("type", names.request_type(request_type).into())])
        }
        Effect::PriorityOutside { request_type, priority, nearest } => lang.say(
            "effect-priority-outside",
            &[
                count,
                ("type", names.request_type(request_type).into()),
                ("priority", names.priority(priority).into()),
                ("nearest", names.priority(nearest).into()),
            ],
        ),
        Effect::DetailsRequired { request_type, details } => {
            let details: Vec<&str> = details.iter().map(|key| key.as_str()).collect();
            let arguments =
                [count, ("type", names.request_type(request_type).into()), ("details", details.join(", ").into())];
            lang.say("effect-details-required", &arguments)
        }
        Effect::PlanGone { plan } => lang.say("effect-plan-gone", &[count, ("plan", plan.as_str().into())]),
        Effect::Timer { timer, was_days, is_days } => {
            let key = match timer {
                Timer::Remind => "effect-timer-remind",
                Timer::Solve => "effect-timer-solve",
                Timer::Close => "effect-timer-close",
            };
            lang.say(key, &[count, ("was", (*was_days).into()), ("is", (*is_days).into())])
        }
    }
}

/// That nothing of it touches an open request.
pub fn nothing(lang: Lang) -> String {
    lang.say("effect-nothing", &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(of: &Effect, requests: u64) -> String {
        let source = include_str!("../../../policies/allure-testops.toml");
        effect(Lang::En, &Policy::parse(source).expect("the reference policy holds together").policy, (of, requests))
    }

    #[test]
    fn pol_5_what_stays_says_why_and_what_changes_says_for_how_many() {
        let stays = Effect::TargetStays { was: "8 working hours".into(), is: "6 working hours".into() };
        for (effect, requests, expected) in [
            (
                &stays,
                12,
                "12 open requests: no target moves. Their clocks keep the version with which they \
                 began; 6 working hours instead of 8 working hours count for what is filed or reopened from then on.",
            ),
            (
                &Effect::TypeGone { request_type: "question".into() },
                1,
                "One open request (Question): the type is gone. It stays what it is, and no other can be filed.",
            ),
            (
                &Effect::Timer { timer: Timer::Close, was_days: 14, is_days: 30 },
                8,
                "8 solved requests are closed after 30 days instead of 14, counted from when they were solved.",
            ),
        ] {
            assert_eq!(said(effect, requests), expected);
        }
    }
}
