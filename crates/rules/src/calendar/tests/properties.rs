//! The laws of HRS-2 over random hours, zones, holidays and instants of a century.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

/// Slots to the minute, up to three a day, past midnight as often as not; never none at all.
pub(super) fn week() -> impl Strategy<Value = Week> {
    let slot = (0_u16..1440, 0_u16..=1440)
        .prop_filter_map("equal bounds are refused", |(from, to)| (from != to).then(|| Slot(time(from), time(to))));
    let around = Just(Slot(time(0), time(1440)));
    let day = prop::collection::vec(prop_oneof![9 => slot, 1 => around], 0..3);
    prop::collection::vec(day, 7).prop_filter_map("never opens", |days| {
        let [mon, tue, wed, thu, fri, sat, sun] = <[Vec<Slot>; 7]>::try_from(days).ok()?;
        let week = Week { mon, tue, wed, thu, fri, sat, sun };
        week.days().iter().any(|slots| !slots.is_empty()).then_some(week)
    })
}

fn time(minutes: u16) -> LocalTime {
    LocalTime::from_minutes(minutes).expect("within a day")
}

const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Havana",
    "Africa/Casablanca",
    "Asia/Kathmandu",
];

fn hours() -> impl Strategy<Value = Calendar> {
    (prop::sample::select(&ZONES[..]), week(), prop::collection::vec(0_i64..36_500, 0..40)).prop_map(
        |(zone, slots, days)| {
            let epoch = Date::constant(1990, 1, 1);
            let holidays =
                days.into_iter().filter_map(|days| bounds::days_from(epoch, days)).map(Holiday::unnamed).collect();
            Calendar::build(&CalendarSpec { zone: zone.to_owned(), slots, holidays }).expect("sound")
        },
    )
}

/// Between 1990 and 2090, to the microsecond.
fn instant() -> impl Strategy<Value = Instant> {
    (631_152_000_000_000_i64..3_786_912_000_000_000).prop_map(|micros| Instant::from_micros(micros).expect("in range"))
}

/// From microseconds to years.
fn length() -> impl Strategy<Value = SignedDuration> {
    let micros = prop_oneof![0_i64..1_000_000, 0_i64..100_000_000_000, 0_i64..200_000_000_000_000];
    micros.prop_map(SignedDuration::from_micros)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hrs_2_due_and_elapsed_are_inverse(desk in hours(), from in instant(), length in length()) {
        let Ok(due) = desk.due(from, length) else {
            // With a minute a week, years of work end after the year 9999: more than seven hundred decades hold.
            let decade = desk.elapsed(from, from.plus(SignedDuration::from_hours(24 * 3_650)));
            prop_assert!(length.as_micros() > 700 * decade.as_micros(), "{length:?} of {decade:?} a decade");
            return Ok(());
        };
        prop_assert_eq!(desk.elapsed(from, due), length);
        if !length.is_zero() {
            let before = due.plus(SignedDuration::from_micros(-1));
            prop_assert!(desk.is_open(before), "the last microsecond is worked");
            prop_assert_eq!(desk.elapsed(from, before), length - SignedDuration::from_micros(1), "none earlier");
        }
    }

    #[test]
    fn hrs_2_nothing_is_open_between_the_due_of_the_elapsed_and_the_end(desk in hours(), from in instant(), length in length()) {
        let end = from.plus(length);
        let due = desk.due(from, desk.elapsed(from, end)).expect("before the year 9999");
        prop_assert!(due <= end.max(from));
        prop_assert_eq!(desk.elapsed(due, end), SignedDuration::ZERO);
    }

    #[test]
    fn hrs_2_more_time_is_never_due_earlier(desk in hours(), from in instant(), a in length(), b in length(), later in length()) {
        let (short, long) = (a.min(b), a.max(b));
        let due = |from, length| desk.due(from, length).expect("before the year 9999");
        prop_assert!(due(from, short) <= due(from, long));
        prop_assert!(due(from, short) <= due(from.plus(later), short));
        prop_assert_eq!(due(due(from, short), long - short), due(from, long));
    }

    #[test]
    fn hrs_2_years_are_the_sum_of_their_days(desk in hours(), from in instant(), days in 1_i32..900) {
        let day = |n: i32| from.plus(SignedDuration::from_hours(24) * n);
        let sum: SignedDuration = (0..days).map(|n| desk.elapsed(day(n), day(n + 1))).sum();
        prop_assert_eq!(desk.elapsed(from, day(days)), sum);
    }

    #[test]
    fn stretches_cover_everything_once_and_add_up(desk in hours(), from in instant(), hours in 0_i64..24 * 60) {
        let to = from.plus(SignedDuration::from_hours(hours));
        let (mut reached, mut open, mut before) = (from, SignedDuration::ZERO, None);
        for stretch in desk.stretches(from, to) {
            prop_assert_eq!(stretch.from, reached);
            prop_assert!(stretch.from < stretch.to);
            prop_assert_ne!(before, Some(stretch.hours));
            reached = stretch.to;
            before = Some(stretch.hours);
            if stretch.hours == Hours::Open {
                open += stretch.to.since(stretch.from);
            }
        }
        prop_assert_eq!(reached, to);
        prop_assert_eq!(open, desk.elapsed(from, to));
    }

    #[test]
    fn pln_2_working_days_end_in_working_time_and_never_earlier_for_more(desk in hours(), from in instant(), days in 0_u16..40) {
        for until in [Until::SameTime, Until::EndOfDay] {
            let due = |days| desk.due_by(from, &Length::WorkingDays { days, until }).expect("before the year 9999");
            prop_assert!(due(days) >= desk.next_open(from).expect("it opens"));
            prop_assert!(desk.is_open(due(days)) || desk.is_open(due(days).plus(SignedDuration::from_micros(-1))));
            // Where a day's last slot reaches into the next day's first, that day may end after it.
            prop_assert!(due(days) <= due(days + 1) || days_overlap(&desk));
        }
    }
}

fn days_overlap(desk: &Calendar) -> bool {
    let last = |day: usize| desk.written[day].iter().map(|slot| slot.to - DAY).max();
    let first = |day: usize| desk.written[day % 7].iter().map(|slot| slot.from).min();
    (0..7).any(|day| last(day).zip(first(day + 1)).is_some_and(|(last, first)| last > first))
}
