//! Three vendors' published rules, expressed and answered with the instants of their reading (PLN-1, PLN-2).
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
const SKEP: Vendor =
    Vendor { file: "skep_basic.toml", source: include_str!("../../../../policies/fixtures/skep_basic.toml") };

impl Vendor {
    fn about(priority: &str, plan: Option<&str>) -> About {
        About { request_type: "request".into(), priority: priority.into(), plan: plan.map(Into::into), reopened: false }
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

#[test]
fn pln_2_the_message_brokers_basic_plan() {
    let cases = [
        ("one", "2026-11-17T14:00", "2026-11-18T14:00"),
        ("four", "2026-11-16T09:00", "2026-11-20T18:00"),
        ("two", "2026-11-19T14:00", "2026-11-23T14:00"),
    ];
    for (priority, filed, due) in cases {
        let about = Vendor::about(priority, None);
        assert_eq!(SKEP.due(TargetKind::FirstResponse, &about, filed).as_deref(), Some(due), "{priority} {filed}");
    }
}
