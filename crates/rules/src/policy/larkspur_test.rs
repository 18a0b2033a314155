//! The invented vendor: plans that state only differences, two calendars, priorities of its own.

use jiff::SignedDuration;

use super::{reference_test::read, *};
use crate::{
    events::TargetKind,
    people::{Classified, DomainClass, Source, lists::classify},
    sla::{About, Terms},
    tickets::Times,
};

pub(super) const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

fn due(of: (&str, &str, Option<&str>), kind: TargetKind, filed: &str) -> Option<String> {
    let compiled = Compiled::new(read("larkspur.toml", LARKSPUR));
    let (request_type, priority, plan) = of;
    let about = About {
        request_type: request_type.into(),
        priority: priority.into(),
        plan: plan.map(Into::into),
        region: None,
        escalated: false,
        reopened: false,
    };
    let aim = compiled.aim(kind, &about)?;
    let due = aim.calendar.due_by(filed.parse().expect("an instant"), &aim.length).expect("it opens");
    Some(due.to_string())
}

#[test]
fn it_is_read_without_a_warning() {
    let warnings = read("larkspur.toml", LARKSPUR).warnings;
    assert_eq!(warnings, []);
}

#[test]
fn pln_1_a_plans_line_goes_before_everybodys_and_the_closest_wins() {
    let filed = "2026-11-20T13:30:00Z"; // Friday 14:30 in Graz, half an hour before it closes
    let first = TargetKind::FirstResponse;
    let cases = [
        (("incident", "s2", None), None),
        (("incident", "s2", Some("hedge")), Some("2026-11-24T13:30:00Z")),
        (("incident", "s1", Some("hedge")), Some("2026-11-23T11:00:00Z")),
        (("question", "s3", Some("hedge")), Some("2026-11-23T16:00:00Z")),
        (("incident", "s1", Some("orchard")), Some("2026-11-20T14:00:00Z")),
        (("incident", "s2", Some("orchard")), Some("2026-11-23T08:30:00Z")),
        (("defect", "s3", Some("orchard")), Some("2026-11-23T15:30:00Z")),
        (("wish", "s3", Some("orchard")), None),
    ];
    for (of, expected) in cases {
        assert_eq!(due(of, first, filed).as_deref(), expected, "{of:?}");
    }
}

#[test]
fn pln_1_best_effort_has_an_instant_and_is_no_promise() {
    let compiled = Compiled::new(read("larkspur.toml", LARKSPUR));
    let about = About {
        request_type: "question".into(),
        priority: "s3".into(),
        plan: Some("seedling".into()),
        region: None,
        escalated: false,
        reopened: false,
    };
    assert!(compiled.aim(TargetKind::FirstResponse, &about).expect("three support days").best_effort);
}

#[test]
fn frt_5_a_reopened_request_may_have_a_target_of_its_own() {
    let policy = read("larkspur.toml", LARKSPUR).policy;
    let about = |plan: &str, reopened| About {
        request_type: "defect".into(),
        priority: "s3".into(),
        plan: Some(plan.into()),
        region: None,
        escalated: false,
        reopened,
    };
    let target = |about: About| policy.applied(TargetKind::FirstResponse, &about).target.to_string();
    assert_eq!(target(about("orchard", true)), "4 working hours");
    assert_eq!(target(about("orchard", false)), "1 support day");
    assert_eq!(target(about("hedge", true)), "2 working days");
}

#[test]
fn texts_are_said_in_the_readers_language_or_the_policys() {
    let policy = read("larkspur.toml", LARKSPUR).policy;
    let name = &policy.types.get("incident").expect("the type").name;
    assert_eq!(name.say("de-AT"), "Störung");
    assert_eq!(name.say("en"), "Incident");
    assert_eq!(name.say("fr"), "Incident");
}

#[test]
fn frt_4_and_7_the_clocks_learn_from_it_when_they_stop_and_warn() {
    let compiled = Compiled::new(read("larkspur.toml", LARKSPUR));
    assert_eq!(compiled.warn_percents(), [60, 90]);
    assert!(!compiled.stops_for_missing_details());
    assert_eq!(["s1", "s2", "s3", "s9"].map(|key| compiled.rank(&key.into())), [Some(0), Some(1), Some(2), None]);
    let stops = LARKSPUR.replacen("[first_response]\n", "[first_response]\nstops_for_missing_details = true\n", 1);
    assert!(Compiled::new(read("stops", &stops)).stops_for_missing_details());
}

#[test]
fn reg_3_its_lists_say_what_a_domain_is() {
    let additions = read("larkspur.toml", LARKSPUR).policy.domains.additions();
    for (domain, class) in [
        ("freepost.example", DomainClass::Public),
        ("tenminutes.example", DomainClass::Disposable),
        ("larkspur-partners.example", DomainClass::Corporate),
    ] {
        let domain = domain.parse().expect("a domain");
        assert_eq!(classify(&domain, &additions), Classified { class, source: Source::Policy { entry: domain } });
    }
}

#[test]
fn its_limits_and_timers_are_lengths_and_sizes() {
    let policy = read("larkspur.toml", LARKSPUR).policy;
    assert_eq!(policy.attachments.file_bytes(), 536_870_912);
    let days = |days: i64| SignedDuration::from_hours(days * 24);
    assert_eq!(policy.timers.times(), Times { remind: days(5), solve: days(10), close: days(21) });
}

#[test]
fn what_a_policy_leaves_out_is_a_fortnight_of_grace_and_ten_votes() {
    let short = LARKSPUR.replacen("grace_days = 30\n", "", 1).replacen("votes_per_person = 7\n", "", 1);
    let policy = read("short", &short).policy;
    assert_eq!(policy.entitlement.grace_days, 14);
    assert_eq!(policy.forum.expect("its forum").votes_per_person, 10);
}

#[test]
fn log_1_which_file_is_required_and_how_it_is_got_depends_on_the_deployment() {
    let source = LARKSPUR.replacen(
        "required = true\nwhen = { deployment = [\"self_managed\"], area = [\"runners\", \"queue\"] }\n",
        "required_if = { deployment = [\"self_managed\"] }\nhow.relay = { name = \"From Relay\", commands = \"relay logs\", when = { \
         deployment = [\"self_managed\"] } }\nhow.page = { name = \"From the page\", commands = \"curl page\", when = { deployment \
         = [\"hosted\"] } }\n",
        1,
    );
    let policy = read("ways", &source).policy;
    let log = policy.details.get("runner_log").expect("the detail");
    for (deployment, is_required, ways) in [
        (None, false, "From Relay, From the page"),
        (Some("hosted"), false, "From the page"),
        (Some("self_managed"), true, "From Relay"),
    ] {
        let deployment = deployment.map(Into::into);
        let chosen = Chosen { deployment: deployment.as_ref(), ..Chosen::default() };
        let names: Vec<&str> = log.ways(chosen).into_iter().map(|way| way.name.say("en")).collect();
        assert_eq!((log.is_required(chosen), names.join(", ").as_str()), (is_required, ways), "{deployment:?}");
    }
}

#[test]
fn pln_4_a_priority_may_depend_on_a_detail_that_was_chosen() {
    let source = LARKSPUR.replacen(
        "default = \"s2\" }",
        "default = \"s2\", only_if.s1 = { when = { choice.impact = [\"all\", \"release\"] } } }",
        1,
    );
    let policy = read("impact", &source).policy;
    let clamped = |impact: &str| {
        let details = [("impact".into(), impact.to_owned())].into();
        policy.choosing(&"incident".into(), &details, |it| policy.clamp_for(&"incident".into(), &"s1".into(), it))
    };
    assert_eq!(["all", "release", "some", ""].map(|impact| clamped(impact).to_string()), ["s1", "s1", "s2", "s2"]);
}

#[test]
fn pln_3_and_pln_4_what_cannot_come_about_is_a_fault_with_its_place() {
    for (from, to, said) in [
        (
            "default = \"s2\" }",
            "default = \"s2\", only_if.s2 = { when = { deployment = [\"hosted\"] } } }",
            "nothing would be left to choose",
        ),
        (
            "default = \"s2\" }",
            "default = \"s2\", only_if.s1 = { when = { deployment = [\"moon\"] } } }",
            "`moon` is named here",
        ),
        ("default = \"s2\" }", "default = \"s2\", only_if.s1 = { when = {} } }", "names nothing"),
        ("default = \"s2\" }", "default = \"s2\", only_if.s1 = { when = { choice.hole = [\"x\"] } } }", "is no choice"),
        (
            "priority = \"s1\"\ncalendar = \"duty\"",
            "priority = \"s1\"\nescalated = true\ncalendar = \"duty\"",
            "nobody may escalate",
        ),
        (
            "priority = \"s1\"\ncalendar = \"duty\"",
            "priority = \"s1\"\nregion = \"moon\"\ncalendar = \"duty\"",
            "`regions` has no such entry",
        ),
        (
            "closed_on_holidays = false\n",
            "closed_on_holidays = false\nin_region_zone = true\n",
            "no region states a zone",
        ),
        (
            "[calendars.duty.week]",
            "[calendars.duty.emergency]\npriorities = []\nweek = { mon = [[\"01:00\", \"02:00\"]] }\n\n[calendars.duty.week]",
            "open to nobody",
        ),
        (
            "required = true\nwhen = { deployment = [\"self_managed\"]",
            "required = true\nrequired_if = { deployment = [\"hosted\"] }\nwhen = { deployment = [\"self_managed\"]",
            "required everywhere already",
        ),
    ] {
        assert!(LARKSPUR.contains(from), "{from}");
        let faults = Policy::parse(&LARKSPUR.replacen(from, to, 1)).expect_err(said);
        let found = faults.iter().find(|fault| fault.message.contains(said));
        let found = found.unwrap_or_else(|| panic!("{said}: {faults:?}"));
        assert!(found.line > 1 && found.column > 0 && !found.fix.is_empty(), "{found:?}");
    }
}
