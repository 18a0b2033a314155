//! Six vendors' published rules, expressed and answered with the instants of one reading of each (PLN-1 to PLN-4).
//! Local times of the calendar, in weeks without holidays.

use super::{reference_test::read, *};
use crate::{
    events::TargetKind,
    instant::Instant,
    sla::{About, Terms},
};

struct Vendor {
    file: &'static str,
    source: &'static str,
}

const TIDEWATER: Vendor =
    Vendor { file: "tidewater.toml", source: include_str!("../../../../policies/fixtures/tidewater.toml") };
const COUNTERSIGN: Vendor =
    Vendor { file: "countersign.toml", source: include_str!("../../../../policies/fixtures/countersign.toml") };
const SKEP: Vendor = Vendor { file: "skep.toml", source: include_str!("../../../../policies/fixtures/skep.toml") };
const SPINDLE: Vendor =
    Vendor { file: "spindle.toml", source: include_str!("../../../../policies/fixtures/spindle.toml") };
const HALYARD: Vendor =
    Vendor { file: "halyard.toml", source: include_str!("../../../../policies/fixtures/halyard.toml") };
const COMMONS: Vendor =
    Vendor { file: "commons.toml", source: include_str!("../../../../policies/fixtures/commons.toml") };

impl Vendor {
    fn about(priority: &str, plan: Option<&str>) -> About {
        About {
            request_type: "request".into(),
            priority: priority.into(),
            plan: plan.map(Into::into),
            region: None,
            escalated: false,
            reopened: false,
        }
    }

    /// The due instant on the calendar's clock, as `2026-11-18T10:30`.
    fn due(&self, kind: TargetKind, about: &About, filed: &str) -> Option<String> {
        let checked = read(self.file, self.source);
        assert_eq!(checked.warnings, [], "{}", self.file);
        let compiled = Compiled::new(checked);
        let aim = compiled.aim(kind, about)?;
        let filed: jiff::civil::DateTime = filed.parse().expect("a local time");
        let filed = filed.to_zoned(aim.calendar.zone().clone()).expect("a time in the zone").timestamp();
        let due = aim.calendar.due_by(Instant::from(filed), &aim.length).expect("it opens");
        Some(aim.calendar.zone().to_datetime(due.timestamp()).strftime("%Y-%m-%dT%H:%M").to_string())
    }
}

#[test]
fn pln_2_the_backup_vendor_in_cologne() {
    let cases = [
        ("standard", "2026-11-18T10:30", Some("2026-11-20T10:30")),
        ("standard", "2026-11-21T12:00", Some("2026-11-25T09:00")),
        ("advanced", "2026-11-18T10:30", Some("2026-11-19T17:00")),
        ("advanced", "2026-11-20T16:59", Some("2026-11-23T17:00")),
        ("premier", "2026-11-20T15:00", Some("2026-11-23T11:00")),
        ("global", "2026-11-22T03:10", Some("2026-11-22T04:10")),
        ("quickstart", "2026-11-18T10:30", None),
    ];
    for (plan, filed, due) in cases {
        let about = Vendor::about("normal", Some(plan));
        assert_eq!(TIDEWATER.due(TargetKind::FirstResponse, &about, filed).as_deref(), due, "{plan} {filed}");
    }
    let about = Vendor::about("normal", Some("premier"));
    let due = TIDEWATER.due(TargetKind::FirstResponse, &about, "2026-12-23T15:00");
    assert_eq!(due.as_deref(), Some("2026-12-28T11:00"), "closed on Christmas Eve, by ourselves");
}

#[test]
fn pln_2_the_trust_platform_on_the_east_coast() {
    let cases = [
        (TargetKind::FirstResponse, "p0", "2026-11-20T16:00", "2026-11-23T11:00"),
        (TargetKind::Update, "p0", "2026-11-20T16:00", "2026-11-23T18:00"),
        (TargetKind::FirstResponse, "p1", "2026-11-16T09:00", "2026-11-16T17:00"),
        (TargetKind::Update, "p1", "2026-11-16T09:00", "2026-11-23T09:00"),
        (TargetKind::FirstResponse, "other", "2026-11-16T09:00", "2026-11-18T15:00"),
    ];
    for (kind, priority, filed, due) in cases {
        let about = Vendor::about(priority, Some("core"));
        assert_eq!(COUNTERSIGN.due(kind, &about, filed).as_deref(), Some(due), "{priority} {filed}");
    }
    let none = COUNTERSIGN.due(TargetKind::Update, &Vendor::about("other", None), "2026-11-16T09:00");
    assert_eq!(none, None, "nobody promises updates on the rest");
    let policy = read(COUNTERSIGN.file, COUNTERSIGN.source).policy;
    let core = policy.plan(&"core".into()).expect("the plan");
    assert!(!core.channels.as_ref().expect("its channels").contains(&crate::events::Channel::Chat));
}

/// A request to Countersign that is answered, with the words that follow: the due instants of its updates.
fn updates(priority: &str, words: &[&str]) -> Vec<String> {
    use crate::{
        events::{ClockFrom, Opened},
        sla::{Trial, stage},
    };
    let compiled = std::sync::Arc::new(Compiled::new(read(COUNTERSIGN.file, COUNTERSIGN.source)));
    let zone = compiled.hours().zone().clone();
    let instant = |local: &str| {
        let local: jiff::civil::DateTime = local.parse().expect("a local time");
        Instant::from(local.to_zoned(zone.clone()).expect("a time in the zone").timestamp())
    };
    let opened = Opened {
        request_type: "request".into(),
        priority: priority.into(),
        plan: Some("core".into()),
        ..stage::opened()
    };
    let mut request =
        stage::Request::opened("mon 10:00", Opened { clock_from: ClockFrom::At(instant(words[0])), ..opened });
    request.history[0].occurred_at = instant(words[0]);
    for word in &words[1..] {
        request = request.ines_answers_at(instant(word));
    }
    let clocks = Trial::new(compiled).clocks(&request.history, &|_| None).expect("the version is kept");
    let updates = clocks.into_iter().filter(|clock| clock.kind == TargetKind::Update);
    let local = |due: Instant| zone.to_datetime(due.timestamp()).strftime("%Y-%m-%dT%H:%M").to_string();
    updates.filter_map(|clock| clock.due).map(local).collect()
}

#[test]
fn pln_2_the_trust_platforms_updates_from_word_to_word() {
    let filed_and_answered = ["2026-11-20T15:00", "2026-11-20T16:00"];
    assert_eq!(updates("p0", &filed_and_answered), ["2026-11-23T18:00"], "every working day, to its end");
    let words = [&filed_and_answered[..], &["2026-11-23T10:00", "2026-11-25T19:30"]].concat();
    let each = ["2026-11-23T18:00", "2026-11-24T18:00", "2026-11-30T18:00"];
    assert_eq!(updates("p0", &words), each, "on the evening before Thanksgiving it starts on Friday");
    let weekly = ["2026-11-16T09:00", "2026-11-16T11:00", "2026-11-19T08:15"];
    assert_eq!(updates("p1", &weekly), ["2026-11-23T11:00", "2026-11-26T08:15"], "every seven days around the clock");
    assert_eq!(updates("other", &weekly), Vec::<String>::new());
}

#[test]
fn pln_2_the_message_brokers_basic_plan() {
    let cases = [
        ("one", "2026-11-17T14:00", "2026-11-18T14:00"),
        ("four", "2026-11-16T09:00", "2026-11-20T18:00"),
        ("two", "2026-11-19T14:00", "2026-11-23T14:00"),
    ];
    for (priority, filed, due) in cases {
        for plan in [None, Some("basic")] {
            let about = Vendor::about(priority, plan);
            assert_eq!(SKEP.due(TargetKind::FirstResponse, &about, filed).as_deref(), Some(due), "{priority} {filed}");
        }
    }
}

#[test]
fn pln_3_the_message_brokers_extended_plan_runs_around_the_clock_once_escalated() {
    let first = TargetKind::FirstResponse;
    let about = |priority: &str, escalated| About { escalated, ..Vendor::about(priority, Some("extended")) };
    let cases = [
        ("one", true, "2026-11-22T22:30", "2026-11-23T02:30"),
        ("one", false, "2026-11-22T22:30", "2026-11-23T13:00"),
        ("two", false, "2026-11-20T16:00", "2026-11-23T11:00"),
        ("three", false, "2026-11-17T14:00", "2026-11-18T14:00"),
        ("four", false, "2026-11-19T14:00", "2026-11-23T14:00"),
        // Escalated, but no line speaks of it: as before.
        ("two", true, "2026-11-20T16:00", "2026-11-23T11:00"),
    ];
    for (priority, escalated, filed, due) in cases {
        let found = SKEP.due(first, &about(priority, escalated), filed);
        assert_eq!(found.as_deref(), Some(due), "{priority} {escalated} {filed}");
    }
    let basic = About { escalated: true, ..Vendor::about("one", Some("basic")) };
    assert_eq!(SKEP.due(first, &basic, "2026-11-17T14:00").as_deref(), Some("2026-11-18T14:00"), "not in this plan");
    let policy = read(SKEP.file, SKEP.source).policy;
    let may = |plan: &str, priority: &str| policy.escalation_of(Some(&plan.into()), &priority.into()).is_some();
    assert_eq!([may("extended", "one"), may("extended", "two"), may("basic", "one")], [true, false, false]);
}

#[test]
fn pln_4_the_message_brokers_priority_1_exists_only_in_production() {
    let policy = read(SKEP.file, SKEP.source).policy;
    let (request, one) = ("request".into(), "one".into());
    let chosen = |deployment| Chosen { deployment, ..Chosen::default() };
    let (production, other) = ("production".into(), "other".into());
    for (deployment, is_barred, clamped) in
        [(Some(&production), false, "one"), (Some(&other), true, "two"), (None, true, "two")]
    {
        assert_eq!(policy.barred(&request, &one, chosen(deployment)).is_some(), is_barred, "{deployment:?}");
        assert_eq!(policy.clamp_for(&request, &one, chosen(deployment)), clamped.into(), "{deployment:?}");
    }
    assert_eq!(policy.clamp_for(&request, &"three".into(), chosen(Some(&other))), "three".into());
}

#[test]
fn pln_2_the_api_gateways_five_plans() {
    let cases = [
        ("enhanced", "two", "2026-11-20T16:00", Some("2026-11-24T10:00")),
        ("premier", "one", "2026-11-22T03:10", Some("2026-11-22T05:10")),
        ("standard", "one", "2026-11-21T12:00", Some("2026-11-23T12:00")),
        ("standard", "three", "2026-11-21T12:00", Some("2026-12-05T12:00")),
        ("signature", "three", "2026-11-22T03:10", Some("2026-11-22T11:10")),
        ("free", "one", "2026-11-21T12:00", None),
    ];
    for (plan, priority, filed, due) in cases {
        let about = Vendor::about(priority, Some(plan));
        assert_eq!(SPINDLE.due(TargetKind::FirstResponse, &about, filed).as_deref(), due, "{plan} {priority}");
    }
    let policy = read(SPINDLE.file, SPINDLE.source).policy;
    let effort = |plan: &str| policy.applied(TargetKind::FirstResponse, &Vendor::about("one", Some(plan))).best_effort;
    assert!(effort("standard") && !effort("premier"), "an aim that is never late");
    let contacts = |plan: &str| policy.plan(&plan.into()).and_then(|plan| plan.named_contacts);
    assert_eq!(
        ["free", "standard", "enhanced", "premier", "signature"].map(contacts),
        [None, Some(1), Some(3), Some(5), Some(10)]
    );
    assert!(policy.offered(Some(&"free".into())).is_empty(), "a forum, and nothing to file");
    let signature = policy.plan(&"signature".into()).expect("the plan");
    assert_eq!(
        signature.included.keys().map(|key| key.as_str()).collect::<Vec<_>>().join(" "),
        "releases architect screens phone"
    );
}

#[test]
fn pln_2_the_release_automations_four_priorities() {
    let cases = [
        ("normal", "2026-11-20T15:00", "2026-11-23T12:00"),
        ("urgent", "2026-11-21T23:30", "2026-11-22T00:30"),
        ("high", "2026-11-20T18:00", "2026-11-23T09:00"),
        ("low", "2026-11-16T08:00", "2026-11-18T10:00"),
    ];
    for (priority, filed, due) in cases {
        let about = Vendor::about(priority, None);
        assert_eq!(HALYARD.due(TargetKind::FirstResponse, &about, filed).as_deref(), Some(due), "{priority} {filed}");
    }
}

#[test]
fn pln_3_the_it_desks_emergency_hours_are_open_to_what_is_urgent_alone() {
    let cases = [
        ("urgent", "2026-11-20T22:00", "2026-11-21T10:00"),
        ("medium", "2026-11-20T16:00", "2026-11-23T16:00"),
        ("urgent", "2026-11-20T16:00", "2026-11-20T18:00"),
        ("high", "2026-11-20T16:00", "2026-11-23T12:00"),
        // Thanksgiving closes the emergency hours as well.
        ("urgent", "2026-11-25T22:30", "2026-11-27T08:30"),
    ];
    for (priority, filed, due) in cases {
        let about = Vendor::about(priority, None);
        assert_eq!(COMMONS.due(TargetKind::FirstResponse, &about, filed).as_deref(), Some(due), "{priority} {filed}");
    }
}

#[test]
fn pln_3_the_calendar_goes_by_the_organisations_region_and_by_its_clock() {
    let added = [
        (
            "[plans.core]",
            "[regions.americas]\nname = \"Americas\"\nzone = \"America/Los_Angeles\"\n\n[regions.asia]\n\
          name = \"Asia\"\n\n[calendars.asia]\nname = \"Desk in Singapore\"\nzone = \"Asia/Singapore\"\n\
          closed_on_holidays = false\n\n[calendars.asia.week]\nmon = [[\"09:00\", \"17:00\"]]\n\n[plans.core]",
        ),
        (
            "[[targets]]\npriority = \"p1\"",
            "[[targets]]\nregion = \"asia\"\ncalendar = \"asia\"\nfirst_response = \"1 working hour\"\n\n[[targets]]\npriority = \"p1\"",
        ),
        ("zone = \"America/New_York\"", "zone = \"America/New_York\"\nin_region_zone = true"),
    ];
    let source = added.iter().fold(COUNTERSIGN.source.to_owned(), |source, (from, to)| {
        assert!(source.contains(from), "{from}");
        source.replacen(from, to, 1)
    });
    let checked = read("regions.toml", &source);
    assert_eq!(checked.warnings, []);
    let compiled = Compiled::new(checked);
    let due = |priority: &str, region: Option<&str>| {
        let about = About { region: region.map(Into::into), ..Vendor::about(priority, None) };
        let aim = compiled.aim(TargetKind::FirstResponse, &about).expect("a target");
        let filed = "2026-11-16T14:00:00Z".parse().expect("an instant");
        aim.calendar.due_by(filed, &aim.length).expect("it opens").to_string()
    };
    // Monday 09:00 in New York, where it is 06:00 in Los Angeles and 22:00 in Singapore.
    assert_eq!(due("p1", None), "2026-11-16T22:00:00Z");
    assert_eq!(due("p1", Some("americas")), "2026-11-17T01:00:00Z", "the same week, on their clock");
    assert_eq!(due("other", Some("asia")), "2026-11-23T02:00:00Z", "their line goes before everybody's");
    assert_eq!(due("p1", Some("asia")), "2026-11-23T09:00:00Z", "the priority's length, in the region's hours");
    let again: Compiled =
        serde_json::from_str(&serde_json::to_string(&compiled).expect("it is stored")).expect("it is read");
    assert_eq!(again, compiled, "a version is kept with all forms of its calendars");
}
