//! At the edges: dates that the clock shows twice or never, whole weeks to the microsecond, and the ends of time.

use jiff::SignedDuration;

use super::*;

fn instant(text: &str) -> Instant {
    text.parse().expect("an instant")
}

#[test]
fn the_next_date_is_the_first_instant_that_shows_another_one() {
    let cases = [
        ("UTC", "2026-11-20T16:40:00Z", "2026-11-21T00:00:00Z"),
        ("UTC", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"),
        ("Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        // Set back from 00:01 to 23:01: the seventh is shown for a minute, the sixth again, then the seventh.
        ("America/St_Johns", "2010-11-06T12:00:00Z", "2010-11-07T02:30:00Z"),
        ("America/St_Johns", "2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z"),
        ("America/St_Johns", "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"),
        ("America/St_Johns", "2010-11-07T03:30:00Z", "2010-11-08T03:30:00Z"),
        // Set forward at midnight, and a whole day left out.
        ("Africa/Cairo", "2023-04-27T12:00:00Z", "2023-04-27T22:00:00Z"),
        ("Pacific/Apia", "2011-12-29T20:00:00Z", "2011-12-30T10:00:00Z"),
    ];
    for (zone, at, expected) in cases {
        let calendar = calendar(zone, "daily 00:00-24:00", "");
        assert_eq!(calendar.next_date(instant(at)), instant(expected), "{zone} {at}");
    }
    assert_eq!(calendar("UTC", "daily 00:00-24:00", "").next_date(Instant::LAST), Instant::LAST);
}

#[test]
fn hrs_2_a_slot_up_to_midnight_leaves_nothing_open_on_the_next_day() {
    let calendar = calendar("UTC", "mon 20:00-24:00", "");
    let (tuesday, monday) = (instant("2026-11-24T00:00:00Z"), instant("2026-11-30T20:00:00Z"));
    assert!(!calendar.is_open(tuesday));
    assert_eq!(calendar.next_open(tuesday), Ok(monday));
    assert_eq!(
        calendar.next_open(tuesday.plus(SignedDuration::from_micros(-1))),
        Ok(instant("2026-11-23T23:59:59.999999Z"))
    );
}

#[test]
fn hrs_1_a_holiday_shown_twice_is_closed_twice() {
    let calendar = calendar("America/St_Johns", "daily 00:00-24:00", "2010-11-06");
    let open = |at: &str| calendar.is_open(instant(at));
    assert!(!open("2010-11-07T02:29:59Z"), "the sixth");
    assert!(open("2010-11-07T02:30:00Z"), "the seventh, for a minute");
    assert!(!open("2010-11-07T02:31:00Z"), "the sixth again");
    assert!(open("2010-11-07T03:30:00Z"));
    assert_eq!(calendar.elapsed(instant("2010-11-07T02:00:00Z"), instant("2010-11-07T04:00:00Z")).as_mins(), 31);
}

#[test]
fn whole_weeks_of_open_time_end_where_their_last_microsecond_does() {
    let calendar = calendar("UTC", "mon-fri 08:00-18:00", "");
    let monday = instant("2026-11-16T08:00:00Z");
    let week = SignedDuration::from_hours(50);
    let micro = SignedDuration::from_micros(1);
    let cases = [
        (week, "2026-11-20T18:00:00Z"),
        (week - micro, "2026-11-20T17:59:59.999999Z"),
        (week + micro, "2026-11-23T08:00:00.000001Z"),
        (week * 8, "2027-01-08T18:00:00Z"),
        (week * 8 - micro, "2027-01-08T17:59:59.999999Z"),
        (week * 8 + micro, "2027-01-11T08:00:00.000001Z"),
        (SignedDuration::ZERO, "2026-11-16T08:00:00Z"),
        (-week, "2026-11-16T08:00:00Z"),
    ];
    for (length, expected) in cases {
        let due = calendar.due(monday, length).expect("it opens");
        assert_eq!(due, instant(expected), "{length:?}");
        assert_eq!(calendar.elapsed(monday, due), length.max(SignedDuration::ZERO), "{length:?}");
    }
}

#[test]
fn a_length_finer_than_a_microsecond_ends_with_the_one_it_falls_into() {
    let calendar = calendar("UTC", "mon-fri 08:00-18:00", "");
    let monday = instant("2026-11-16T08:00:00Z");
    let due =
        |nanos| calendar.due(monday, SignedDuration::from_nanos(nanos)).expect("it opens").since(monday).as_nanos();
    assert_eq!([due(1), due(999), due(1000), due(1001)], [1000, 1000, 1000, 2000]);
}

#[test]
fn hours_reach_to_both_ends_of_time() {
    let first = Instant::from_micros(jiff::Timestamp::MIN.as_microsecond()).expect("the first instant");
    let day = SignedDuration::from_hours(24);
    // Zones whose local year lies before the first or after the last one there is.
    for zone in ["UTC", "Etc/GMT+12", "Etc/GMT-14"] {
        let calendar = calendar(zone, "daily 00:00-24:00", "");
        assert_eq!(calendar.elapsed(first, first.plus(day)), day, "{zone}: from the first instant on");
        assert_eq!(calendar.due(first, day), Ok(first.plus(day)), "{zone}");
        assert_eq!(calendar.elapsed(Instant::LAST.plus(-day * 3), Instant::LAST.plus(-day * 2)), day, "{zone}");
        let beyond = calendar.due(Instant::LAST.plus(-day), day * 30).expect_err("time ends before");
        assert_eq!(beyond.to_string(), "the calendar has not that much open time left before the year 9999");
    }
}

#[test]
fn a_calendar_says_whether_it_ever_closes_and_on_which_dates() {
    assert!(calendar("UTC", "daily 00:00-24:00", "2026-12-25").is_around_the_clock());
    assert!(calendar("UTC", "daily 00:00-12:00 12:00-24:00", "").is_around_the_clock());
    assert!(!calendar("UTC", "mon-fri 00:00-24:00", "").is_around_the_clock());
    assert!(!calendar("UTC", "daily 00:00-23:59", "").is_around_the_clock());
    let dates = |holidays: &str| {
        let calendar = calendar("UTC", "mon-fri 08:00-18:00", holidays);
        calendar.holidays().iter().map(|holiday| holiday.date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates("2026-12-26 2026-12-25 2026-12-26"), ["2026-12-25", "2026-12-26"]);
}
