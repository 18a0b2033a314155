//! What a change of the reference policy means for a few open requests.

use super::{
    super::reference_test::{REFERENCE, read},
    *,
};

fn group(request_type: &str, priority: &str, state: State, requests: u64) -> OpenGroup {
    OpenGroup { request_type: request_type.into(), priority: priority.into(), plan: None, state, requests }
}

fn open() -> Vec<OpenGroup> {
    vec![
        group("question", "medium", State::New, 2),
        group("question", "low", State::Open, 1),
        group("support", "urgent", State::New, 4),
        group("support", "urgent", State::Solved, 8),
        group("feature", "low", State::New, 16),
        group("migration", "medium", State::WaitingForCustomer, 32),
    ]
}

fn of(changes: &[(&str, &str)]) -> Vec<(Effect, u64)> {
    let mut source = REFERENCE.to_owned();
    for (from, to) in changes {
        assert!(source.contains(from), "nothing to change: {from}");
        source = source.replacen(from, to, 1);
    }
    let (old, new) = (read("old", REFERENCE).policy, read("new", &source).policy);
    effects(&old, &new, &open()).into_iter().map(|it| (it.effect, it.requests)).collect()
}

#[test]
fn pol_5_the_same_policy_changes_nothing() {
    assert_eq!(of(&[]), []);
    assert_eq!(of(&[("# The support policy", "# A policy")]), []);
}

#[test]
fn pol_5_clocks_that_run_keep_their_target_and_it_is_said_of_which() {
    let stays = Effect::TargetStays { was: "8 working hours".to_owned(), is: "4 working hours".to_owned() };
    let expected = [(stays, 2 + 1 + 4 + 32)];
    assert_eq!(of(&[("8 working hours", "4 working hours")]), expected, "without features and what is solved");
}

#[test]
fn pol_5_what_lies_outside_a_range_is_named_with_the_nearest_priority() {
    let narrow = "priorities = { highest = \"high\", lowest = \"low\", default = \"medium\" }\nconverts_to = [\"question\", \"bug\"";
    let found = of(&[(
        "priorities = { highest = \"urgent\", lowest = \"low\", default = \"medium\" }\nconverts_to = [\"question\", \"bug\"",
        narrow,
    )]);
    let effect =
        Effect::PriorityOutside { request_type: "support".into(), priority: "urgent".into(), nearest: "high".into() };
    assert_eq!(found, [(effect, 4)]);
}

#[test]
fn pol_5_timers_count_for_what_is_in_their_state() {
    let found = of(&[("reminder_days = 7", "reminder_days = 5"), ("close_days = 14", "close_days = 30")]);
    let timer = |timer, was_days, is_days| Effect::Timer { timer, was_days, is_days };
    assert_eq!(found, [(timer(Timer::Remind, 7, 5), 32), (timer(Timer::Close, 14, 30), 8)]);
}

#[test]
fn pol_5_a_form_that_requires_more_says_what() {
    let found = of(&[(
        "kind = \"text\"\norigin = \"house\"\n\n[ticks.self_help]",
        "kind = \"text\"\nrequired = true\norigin = \"house\"\n\n[ticks.self_help]",
    )]);
    let effect = Effect::DetailsRequired { request_type: "migration".into(), details: vec!["migration_notes".into()] };
    assert_eq!(found, [(effect, 32)]);
}
