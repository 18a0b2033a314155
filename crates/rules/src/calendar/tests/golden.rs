//! The golden vectors of `sla-semantics.md` 3.9, in both directions.

use super::*;
use jiff::SignedDuration;

const TABLE: [(&str, &str); 14] = [
    ("2026-11-23 07:59:59", "2026-11-23 16:00:00"),
    ("2026-11-23 08:00:00", "2026-11-23 16:00:00"),
    ("2026-11-23 10:00:00", "2026-11-23 18:00:00"),
    ("2026-11-23 10:00:01", "2026-11-24 08:00:01"),
    ("2026-11-23 12:30:00", "2026-11-24 10:30:00"),
    ("2026-11-23 17:59:59", "2026-11-24 15:59:59"),
    ("2026-11-23 18:00:00", "2026-11-24 16:00:00"),
    ("2026-11-27 17:00:00", "2026-11-30 15:00:00"),
    ("2026-11-27 18:00:00", "2026-11-30 16:00:00"),
    ("2026-11-28 12:00:00", "2026-11-30 16:00:00"),
    ("2026-11-29 23:59:59", "2026-11-30 16:00:00"),
    ("2026-12-24 15:00:00", "2026-12-28 13:00:00"),
    ("2026-12-25 09:00:00", "2026-12-28 16:00:00"),
    ("2026-12-31 17:30:00", "2027-01-04 15:30:00"),
];

#[test]
fn hrs_2_the_golden_vectors_hold_both_ways() {
    let desk = calendar("UTC", "mon-fri 08:00-18:00", "2026-12-25 2027-01-01");
    let eight_hours = SignedDuration::from_hours(8);
    for (filed, due) in TABLE {
        let filed_at = at(&desk, filed);
        let computed = desk.due(filed_at, eight_hours).expect("it opens");
        assert_eq!(shown(&desk, computed), due.trim_end_matches(".0"), "filed {filed}");
        assert_eq!(desk.elapsed(filed_at, computed), eight_hours, "filed {filed}");
    }
}

#[test]
fn hrs_2_a_microsecond_is_not_lost() {
    let desk = calendar("UTC", "mon-fri 08:00-18:00", "");
    let filed = at(&desk, "2026-11-23T10:00:00.000001Z");
    let due = desk.due(filed, SignedDuration::from_hours(8)).expect("it opens");
    assert_eq!(due.to_string(), "2026-11-24T08:00:00.000001Z");
    assert_eq!(desk.elapsed(filed, at(&desk, "2026-11-24T08:00:00Z")).as_micros(), 8 * 3_600_000_000 - 1);
}

#[test]
fn hrs_2_the_due_of_nothing_is_the_start_even_when_closed() {
    let desk = calendar("UTC", "mon-fri 08:00-18:00", "");
    let saturday = at(&desk, "2026-11-28 12:00");
    assert_eq!(desk.due(saturday, SignedDuration::ZERO), Ok(saturday));
    assert_eq!(desk.elapsed(saturday, saturday), SignedDuration::ZERO);
}

#[test]
fn hrs_2_a_closure_of_two_years_is_crossed() {
    let first: Date = "2027-01-01".parse().expect("a date");
    let mut spec = spec("Europe/Berlin", "mon-fri 09:00-17:00", "");
    spec.holidays = first.series(jiff::Span::new().days(1)).take(730).map(Holiday::unnamed).collect();
    let desk = Calendar::build(&spec).expect("sound");
    // Thursday 31 December 2026, one hour before closing; 2029 begins on a Monday.
    let due = desk.due(at(&desk, "2026-12-31 16:00"), SignedDuration::from_hours(2)).expect("it opens");
    assert_eq!(shown(&desk, due), "2029-01-01 10:00:00");
    assert_eq!(desk.next_change(at(&desk, "2027-06-01 12:00")), Some(at(&desk, "2029-01-01 09:00")));
}

#[test]
fn hrs_2_a_thousand_years_are_one_walk() {
    let desk = calendar("America/New_York", "mon-fri 09:00-17:00", "2026-12-25");
    let from = at(&desk, "2026-11-23 09:00");
    let length = SignedDuration::from_hours(40 * 52 * 1_000);
    let due = desk.due(from, length).expect("it opens");
    assert_eq!(desk.elapsed(from, due), length);
    // 52,000 weeks and the one holiday later: the Friday's closing, 27 June, becomes the Monday's.
    assert_eq!(shown(&desk, due), "3023-06-30 17:00:00");
}

#[test]
fn hrs_2_beyond_the_end_of_time_is_said() {
    let desk = calendar("UTC", "mon 08:00-18:00", "");
    assert_eq!(desk.due(at(&desk, "2026-11-23 10:00"), SignedDuration::MAX), Err(NeverOpens));
    assert_eq!(desk.due(at(&desk, "2026-11-23 10:00"), SignedDuration::from_hours(10_000_000)), Err(NeverOpens));
    assert_eq!(desk.next_open(Instant::LAST), Err(NeverOpens));
    assert_eq!(
        desk.next_open(Instant::from(jiff::Timestamp::MIN)).map(|at| desk.date_of(at).weekday()),
        Ok(Weekday::Monday)
    );
}

#[test]
fn around_the_clock_nothing_ever_changes() {
    let desk = calendar("Europe/Berlin", "daily 00:00-24:00", "2026-12-25");
    assert_eq!(desk.next_change(at(&desk, "2026-12-24 12:00")), Some(at(&desk, "2026-12-25 00:00")));
    assert_eq!(desk.next_change(at(&desk, "2026-12-25 12:00")), Some(at(&desk, "2026-12-26 00:00")));
    assert_eq!(desk.next_change(at(&desk, "2027-01-01 12:00")), None);
}

/// 29 February 2028 is a Tuesday like others.
#[test]
fn hrs_2_a_leap_day_is_worked() {
    let desk = calendar("UTC", "mon-fri 08:00-18:00", "");
    let due = |filed| shown(&desk, desk.due(at(&desk, filed), SignedDuration::from_hours(8)).expect("it opens"));
    assert_eq!(due("2028-02-28 12:00"), "2028-02-29 10:00:00");
    assert_eq!(due("2028-02-29 12:00"), "2028-03-01 10:00:00");
}
