//! Spans of days, and what figures say of few cases.

use jiff::{SignedDuration, civil::date, tz::TimeZone};

use super::{Days, Fact, Figures, How, Kind, NoSpan, Period, Tally};
use crate::instant::Instant;

#[test]
fn a_period_begins_and_ends_with_its_months() {
    let days = |period: Period| {
        let Days { from, through } = period.days(date(2026, 3, 31));
        (from.to_string(), through.to_string())
    };
    assert_eq!(days(Period::ThisMonth), ("2026-03-01".into(), "2026-03-31".into()));
    assert_eq!(days(Period::LastMonth), ("2026-02-01".into(), "2026-02-28".into()));
    assert_eq!(days(Period::ThisQuarter), ("2026-01-01".into(), "2026-03-31".into()));
    assert_eq!(days(Period::LastQuarter), ("2025-10-01".into(), "2025-12-31".into()));
}

#[test]
fn two_days_are_a_span_or_say_why_not() {
    assert_eq!(Days::read("2026-02-30", "2026-03-01"), Err(NoSpan::NoDay));
    assert_eq!(Days::read("2026-03-02", "2026-03-01"), Err(NoSpan::Backwards));
    assert_eq!(Days::read("2025-01-01", "2026-03-01"), Err(NoSpan::TooLong));
    assert_eq!(Days::read("2026-03-01", "2026-03-01").map(Days::count), Ok(1));
}

#[test]
fn a_span_has_the_days_of_its_zone_also_where_a_clock_changes() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let days = Days { from: date(2026, 3, 29), through: date(2026, 3, 29) };
    let span = days.span(&berlin).unwrap();
    assert_eq!(span.until.since(span.from), SignedDuration::from_hours(23));
    assert!(span.has(span.from) && !span.has(span.until));
}

#[test]
fn buckets_cover_every_day_once_and_are_weeks_where_days_are_many() {
    for through in [date(2026, 1, 31), date(2026, 3, 31), date(2026, 12, 31)] {
        let days = Days { from: date(2026, 1, 1), through };
        let buckets = days.buckets();
        assert_eq!(buckets.iter().map(|it| it.count()).sum::<i32>(), days.count());
        assert!(buckets.windows(2).all(|two| two[0].through.tomorrow().unwrap() == two[1].from));
    }
    let quarter = Days { from: date(2026, 1, 1), through: date(2026, 3, 31) }.buckets();
    assert_eq!(quarter[0].through, date(2026, 1, 4), "a Sunday");
}

#[test]
fn what_was_never_promised_is_neither_in_time_nor_late() {
    assert_eq!(Figures::default().in_time_percent(), None);
    let mut tally = Tally::default();
    let minutes = |n| Some(SignedDuration::from_mins(n));
    for (how, took) in [(How::InTime, 1), (How::InTime, 2), (How::TooLate, 900), (How::BestEffort, 3)] {
        let at = Instant::from_micros(0).unwrap();
        let fact = Fact { kind: Kind::Answered, how: Some(how), at, worked: minutes(took), passed: minutes(took * 2) };
        tally.take(&fact);
    }
    let figures = tally.figures();
    assert_eq!((figures.answered(), figures.in_time_percent()), (4, Some(66)));
    assert_eq!((figures.worked.median, figures.passed.ninetieth), (minutes(2), minutes(1800)));
}
