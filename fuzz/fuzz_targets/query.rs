//! Any text is a question of the filter language, or refused at a place inside of it; what may stand anywhere in it lies in it.
#![no_main]

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use rules::{
    ids::PersonId,
    policy::{Checked, Policy},
    query::{Reader, complete, read},
};

static POLICY: LazyLock<Checked> = LazyLock::new(|| {
    Policy::parse(include_str!("../../policies/allure-testops.toml")).expect("the reference policy is a policy")
});

fuzz_target!(|text: &str| {
    let now = "2026-11-25T12:00:00Z".parse().expect("an instant");
    let reader = Reader { policy: &POLICY.policy, me: PersonId(7), now, zone: TimeZone::UTC };
    match read(text, &reader) {
        Ok(asked) => assert!(asked.conditions.iter().all(|it| text.get(it.at.clone()).is_some())),
        Err(fault) => assert!(text.get(fault.at).is_some()),
    }
    if let Some(offered) = complete(text, text.len() / 2, &POLICY.policy, "de") {
        assert!(text.get(offered.at).is_some());
    }
});
