//! What people write, what is meant by it, and what is said where it makes no sense.

use std::{fs, path::Path, sync::LazyLock};

use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;

use super::*;
use crate::{
    events::{Channel, Secrecy, State},
    ids::{OrganisationId, PersonId},
    keys::{DetailKey, PriorityKey, TypeKey},
    policy::{Checked, Policy},
    tickets::{Bucket, QueuePlace, Whose},
};

const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");
const INES: PersonId = PersonId(7);

fn policy() -> &'static Policy {
    static READ: LazyLock<Checked> =
        LazyLock::new(|| Policy::parse(REFERENCE).expect("the reference policy is a policy"));
    &READ.policy
}

fn now() -> Instant {
    at(2026, 11, 25, 12)
}

fn at(year: i16, month: i8, day: i8, hour: i8) -> Instant {
    let civil = date(year, month, day).at(hour, 0, 0, 0);
    Instant::from(civil.in_tz("UTC").expect("an hour of a day").timestamp())
}

fn ask(text: &str) -> Result<Query, Fault> {
    read(text, &Reader { policy: policy(), me: INES, now: now(), zone: TimeZone::UTC })
}

fn why(text: &str) -> Why {
    ask(text).expect_err(text).why
}

/// A bug at Acme that nobody took, due in two hours.
struct Sample {
    request_type: TypeKey,
    priority: PriorityKey,
    details: Vec<(DetailKey, String)>,
}

impl Sample {
    fn new() -> Self {
        let details = vec![("version".into(), "5.12.1 ".to_owned()), ("deployment".into(), "Server".to_owned())];
        Self { request_type: "bug".into(), priority: "high".into(), details }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            request_type: &self.request_type,
            priority: &self.priority,
            state: State::Open,
            state_since: at(2026, 11, 24, 9),
            whose: Whose::Ours,
            channel: Channel::Portal,
            plan: None,
            secrecy: Secrecy::Open,
            organisation: Some(OrganisationId(3)),
            requester: PersonId(40),
            team: None,
            agent: None,
            queue: Some(QueuePlace { bucket: Bucket::Due, at: at(2026, 11, 25, 14) }),
            filed_at: at(2026, 11, 20, 9),
            updated_at: at(2026, 11, 25, 8),
            is_escalated: false,
            is_merged: false,
            details: &self.details,
        }
    }
}

fn means(text: &str) -> bool {
    ask(text).expect(text).means(&Sample::new().facts())
}

#[test]
fn trn_1_what_is_over_is_nobodys_turn() {
    let sample = Sample::new();
    for (state, holds) in
        [(State::Open, true), (State::ToConfirm, true), (State::Solved, false), (State::Closed, false)]
    {
        let facts = Facts { state, ..sample.facts() };
        assert_eq!(ask("turn:ours").expect("a turn").means(&facts), holds, "{state:?}");
        assert!(!ask("turn:theirs").expect("a turn").means(&facts), "{state:?}");
    }
}

#[test]
fn conditions_hold_of_what_they_say() {
    for text in [
        "",
        "type:bug",
        "type:BUG",
        "type:question,bug",
        "-type:question",
        "priority:>=high",
        "priority:<=high",
        "priority:>=medium",
        "status:open",
        "turn:ours",
        "is:unassigned is:open is:needs-answer",
        "agent:none",
        "-agent:me",
        "due:<3h",
        "due:today",
        "-is:late",
        "filed:<7d",
        "filed:2026-11",
        "filed:2026",
        "filed:2026-11-20",
        "filed:>=2026-11-20",
        "filed:2026-11-19..2026-11-20",
        "filed:..2026-11-20",
        "updated:today",
        "since:yesterday",
        "version:5.12.1",
        "version:5.*",
        "detail.version:5.12.*",
        "deployment:server",
        "plan:none",
        "channel:portal",
    ] {
        assert!(means(text), "{text}");
    }
    for text in [
        "type:question",
        "-type:bug",
        "priority:>high",
        "priority:<high",
        "turn:theirs",
        "is:late",
        "due:<1h",
        "due:>1d",
        "filed:<5d",
        "filed:>7d",
        "filed:>2026-11-20",
        "filed:2026-10",
        "updated:yesterday",
        "version:5.1",
        "version:6.*",
        "is:done",
        "agent:me",
        "from:me",
        "is:mine",
    ] {
        assert!(!means(text), "{text}");
    }
}

#[test]
fn names_are_looked_up_and_several_may_be_called_so() {
    let asked = ask("org:acme,none from:dana@acme.example").expect("names");
    assert_eq!(
        asked.names().map(|(field, name)| (field.name, name)).collect::<Vec<_>>(),
        [("org", "acme"), ("from", "dana@acme.example")]
    );
    assert!(!asked.means(&Sample::new().facts()), "nobody has looked them up");
    let ids = |field: Field, _: &str| Ok(if field.name == "org" { vec![2, 3] } else { vec![40] });
    assert!(asked.clone().resolve(ids).expect("ids").means(&Sample::new().facts()));
    let nobody = asked.resolve(|field, written| Err(Why::NobodyCalled { field, written: written.to_owned() }));
    assert_eq!(nobody.expect_err("nobody").at, 0..13);
}

#[test]
fn words_phrases_and_what_may_not_be_there() {
    let asked = ask("login -okta \"stack overflow\" type:bug fails").expect("words");
    assert_eq!(asked.phrases, ["stack overflow"]);
    assert_eq!(asked.typed.words.len(), 2);
    assert!(asked.typed.words[1].is_open, "the last word may go on");
    assert_eq!(asked.without.words.len(), 1);
    assert!(!ask("login ").expect("a word").typed.words[0].is_open);
    assert_eq!(asked.order(), Order::Best);
    assert_eq!(ask("type:bug").expect("a type").order(), Order::Updated);
    assert_eq!(ask("is:needs-answer type:bug").expect("the queue").order(), Order::Queue);
    assert_eq!(ask("login sort:-filed").expect("the oldest").order(), Order::FiledFirst);
    assert_eq!(ask("login Order:-filed").expect("the oldest").sort, Some(Order::FiledFirst));
    assert_eq!(ask("#17").expect("a number").typed.number, Some(17));
}

#[test]
fn what_is_no_condition_is_words() {
    for text in ["std::vector", "https://acme.example/x", "C:\\temp", "error:12", "12\" display"] {
        let asked = ask(text).expect(text);
        assert!(asked.conditions.is_empty() && !asked.typed.is_empty() && asked.hints.is_empty(), "{text}: {asked:?}");
    }
    let slip = ask("tpye:bug").expect("words");
    assert_eq!(slip.hints, [Hint { written: "tpye".into(), meant: "type", at: 0..8 }]);
}

#[test]
fn what_makes_no_sense_says_where_and_why() {
    let fault = ask("turn:ours type:bgu").expect_err("no type");
    assert_eq!(fault.at, 10..18);
    let Why::UnknownValue { field, meant, known, .. } = fault.why else { panic!("{:?}", fault.why) };
    assert_eq!((field, meant.as_deref()), ("type", Some("bug")));
    assert!(known.contains(&"question".to_owned()));
    assert!(matches!(why("type:>bug"), Why::NoOrder { .. }));
    assert!(matches!(why("type:"), Why::NoValue { .. }));
    assert!(matches!(why("agent:,"), Why::NoValue { .. }));
    assert!(matches!(why("due:soon"), Why::NotATime { .. }));
    assert!(matches!(why("filed:2026-02-30"), Why::NotATime { .. }));
    assert!(matches!(why("filed:2026-1-1"), Why::NotATime { .. }));
    assert!(matches!(why("filed:.."), Why::NoEnds { .. }));
    assert!(matches!(why("\"stack overflow"), Why::OpenQuote));
    assert!(matches!(why("sort:due"), Why::NotInQueue));
    assert!(matches!(why("sort:subject"), Why::UnknownValue { .. }));
    assert!(matches!(why(&"x ".repeat(600)), Why::TooLong));
    assert!(matches!(why(&"is:open ".repeat(41)), Why::TooMany));
}

/// Each file's name begins with what comes of it.
#[test]
fn the_committed_corpus_reads_as_its_names_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/query");
    let mut read = 0;
    for file in fs::read_dir(folder).expect("the corpus") {
        let file = file.expect("a file");
        let (name, text) =
            (file.file_name().into_string().expect("a name"), fs::read_to_string(file.path()).expect("a text"));
        assert_eq!(ask(&text).is_ok(), name.starts_with("ok-"), "{name}: {:?}", ask(&text));
        read += 1;
    }
    assert!(read >= 20, "{read}");
}

#[test]
fn values_are_offered_where_somebody_types() {
    let offers = |text: &str| {
        let found = complete(text, text.len(), policy(), "en").expect("offers");
        (found.at, found.offers.into_iter().map(|it| it.text).collect::<Vec<_>>(), found.names)
    };
    assert_eq!(offers("pri").1, ["priority:"]);
    assert!(offers("").1.contains(&"version:".to_owned()));
    assert_eq!(offers("login -typ"), (7..10, vec!["type:".to_owned()], None));
    assert_eq!(offers("type:question,b").1, ["bug"]);
    assert_eq!(offers("type:question,b").0, 14..15);
    assert_eq!(offers("priority:>=hi"), (11..13, vec!["high".to_owned()], None));
    assert_eq!(offers("due:2").1, ["<2h"]);
    let (_, own, names) = offers("agent:m");
    assert_eq!(
        (own, names.map(|(field, begins)| (field.name, begins))),
        (vec!["me".to_owned()], Some(("agent", "m".to_owned())))
    );
    assert_eq!(offers("org:\"Acme R").2.map(|(_, begins)| begins), Some("Acme R".to_owned()));
}

#[test]
fn clicks_write_the_same_language() {
    let with = |text: &str, choices: &[(&str, &str)]| {
        let choices: Vec<Choice<'_>> = choices.iter().map(|(field, value)| Choice { field, value }).collect();
        build(text, &choices).expect("a text")
    };
    assert_eq!(with("", &[("type", "bug"), ("priority", "")]), "type:bug");
    assert_eq!(with("login type:question x", &[("type", "bug")]), "login type:bug x");
    assert_eq!(with("type:question,bug type:bug", &[("type", "")]), "");
    assert_eq!(with("-type:bug", &[("type", "question")]), "-type:bug type:question");
    assert_eq!(with("assignee:ines", &[("agent", "me")]), "agent:me");
    assert_eq!(with("", &[("org", "Acme Robotics")]), "org:\"Acme Robotics\"");
    assert_eq!(with("", &[("org", "a\"b")]), "org:ab");
    assert_eq!(with("", &[("org", "„Acme")]), "org:\"„Acme\"");
}

#[test]
fn what_a_form_shows_of_a_text_and_nobody_changed_stays_as_it_was_written() {
    for text in [
        "login type:bug,question org:\"Acme Robotics\",beta priority:>=high sort:-filed",
        "filed:>2026-01 is:late filed:<2026-06 is:mine -org:acme \"stack overflow\"",
        "assignee:me org:„Acme“",
    ] {
        let said: Vec<_> = FIELDS.iter().map(|it| (it.name, written(text, it.name).unwrap_or_default())).collect();
        let choices: Vec<_> = said.iter().map(|(field, value)| Choice { field, value }).collect();
        assert_eq!(build(text, &choices).expect("a text"), text);
    }
    assert_eq!(written("org:\"Acme Robotics\" -type:bug", "org").as_deref(), Some("Acme Robotics"));
    assert_eq!(written("org:\"Acme Robotics\" -type:bug", "type"), None);
    let sorted = [("sort", "filed"), ("org", "acme")].map(|(field, value)| Choice { field, value });
    assert_eq!(build("org:acme sort:-filed", &sorted).expect("a text"), "org:acme sort:filed");
}

proptest! {
    /// Any text is read, or refused at a place inside of it; what clicks write is read.
    #[test]
    fn any_text_can_be_read(text in "\\PC{0,60}", value in "\\PC{0,20}") {
        match ask(&text) {
            Ok(asked) => { asked.means(&Sample::new().facts()); }
            Err(fault) => {
                prop_assert!(fault.at.start <= fault.at.end && fault.at.end <= text.len());
                prop_assert!(text.is_char_boundary(fault.at.start) && text.is_char_boundary(fault.at.end));
            }
        }
            for cursor in 0..=text.len() {
            if let Some(found) = complete(&text, cursor, policy(), "de") {
                prop_assert!(text.get(found.at).is_some());
            }
        }
        let written = build("", &[Choice { field: "org", value: &value }]).expect("no text is no fault");
        if !value.trim().replace('"', "").trim().is_empty() {
            let asked = ask(&written);
            prop_assert!(asked.is_ok(), "{written}: {asked:?}");
        }
    }

    /// Whatever holds of a request does not hold of it turned round.
    #[test]
    fn a_dash_turns_a_condition_round(field in 0..14_usize, value in "[a-z0-9<>=.-]{1,8}") {
        let text = format!("{}:{value}", FIELDS[field].name);
        if let (Ok(asked), Ok(turned)) = (ask(&text), ask(&format!("-{text}")))
            && asked.names().next().is_none() && !asked.conditions.is_empty() {
            let sample = Sample::new();
            prop_assert_ne!(asked.means(&sample.facts()), turned.means(&sample.facts()));
        }
    }
}

#[test]
fn the_times_that_are_asked_for_bound_what_is_meant() {
    let (filed, updated) = (Moment::Filed, Moment::Updated);
    let asked =
        ask("filed:>=2026-11-01 filed:>=2026-11-05 filed:<2026-12-01 type:bug -filed:2026-11-07").expect("days");
    let (Some(from), Some(until)) = asked.between(filed) else { panic!("{asked:?}") };
    assert_eq!((from, until), (at(2026, 11, 5, 0), at(2026, 12, 1, 0)));
    assert_eq!(asked.between(updated), (None, None));
    let any = asked.clone().at_any(filed);
    assert_eq!(any.between(filed), (None, None));
    assert_eq!(any.conditions.len(), 2, "the type, and the day that is not meant");
    assert_eq!(asked.clone().at_any(updated), asked);
}
