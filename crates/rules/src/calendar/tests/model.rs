//! A slow model, minute by minute, that reads HRS-1 literally, and the comparison with it around
//! changes of the clock in zones that do it differently.

use std::collections::HashSet;

use jiff::{Timestamp, civil::DateTime};
use proptest::prelude::*;

use super::{properties::week, *};

/// Each minute of a window with what the local clock shows and whether the desk is open.
struct Model {
    minutes: Vec<(Instant, DateTime, bool)>,
}

const MINUTE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

impl Model {
    /// The window is a week around the middle; slots are laid over three days more on each side.
    fn of(spec: &CalendarSpec, middle: Timestamp) -> Self {
        let zone = TimeZone::get(&spec.zone).expect("a zone");
        let first = Instant::from(middle).plus(MINUTE * (-6 * 1440));
        let clock = |n: i32| first.plus(MINUTE * n);
        let shows: Vec<_> = (0..12 * 1440).map(|n| (clock(n), zone.to_datetime(clock(n).timestamp()))).collect();
        let mut open = vec![false; shows.len()];
        let mut date = shows[0].1.date();
        while date <= shows[shows.len() - 1].1.date() {
            for slot in spec.slots.days()[index(date.weekday())] {
                let ends = if slot.1 < slot.0 { date.tomorrow().expect("a date") } else { date };
                let from = first_showing(&shows, moment(date, slot.0));
                let to = last_showing(&shows, moment(ends, slot.1));
                open.iter_mut().take(to).skip(from).for_each(|minute| *minute = true);
            }
            date = date.tomorrow().expect("a date");
        }
        let closed: HashSet<Date> = spec.holidays.iter().map(|holiday| holiday.date).collect();
        let minutes = shows.into_iter().zip(open).skip(2 * 1440).take(8 * 1440);
        Self {
            minutes: minutes.map(|((at, local), open)| (at, local, open && !closed.contains(&local.date()))).collect(),
        }
    }
}

fn moment(date: Date, time: LocalTime) -> DateTime {
    bounds::local(date, i64::from(time.minutes()))
}

/// An opening: the first minute that shows it, else (a gap) the first that shows something later.
fn first_showing(shows: &[(Instant, DateTime)], wanted: DateTime) -> usize {
    let exact = shows.iter().position(|(_, local)| *local == wanted);
    exact.or_else(|| shows.iter().position(|(_, local)| *local > wanted)).unwrap_or(shows.len())
}

/// A closing: the last minute that shows it, else the end of the gap.
fn last_showing(shows: &[(Instant, DateTime)], wanted: DateTime) -> usize {
    let exact = shows.iter().rposition(|(_, local)| *local == wanted);
    exact.or_else(|| shows.iter().position(|(_, local)| *local > wanted)).unwrap_or(shows.len())
}

/// Changes of the clock: forward and back, by an hour and by half of one, at midnight and across it,
/// and a date that never was.
const CHANGES: [(&str, &str); 13] = [
    ("UTC", "2026-12-25T00:00:00Z"),
    ("Europe/Berlin", "2026-03-29T01:00:00Z"),
    ("Europe/Berlin", "2026-10-25T01:00:00Z"),
    ("America/New_York", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T06:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("America/Havana", "2026-03-08T05:00:00Z"),
    ("America/Havana", "2026-11-01T05:00:00Z"),
    ("America/Santiago", "2026-09-06T04:00:00Z"),
    ("America/Santiago", "2026-04-05T03:00:00Z"),
    ("America/St_Johns", "2006-10-29T02:31:00Z"),
];

fn around_a_change() -> impl Strategy<Value = (CalendarSpec, Timestamp)> {
    (0..CHANGES.len(), week(), prop::collection::vec(-3_i32..4, 0..3)).prop_map(|(which, slots, days)| {
        let (zone, change) = CHANGES[which];
        let change: Timestamp = change.parse().expect("an instant");
        let date = TimeZone::get(zone).expect("a zone").to_datetime(change).date();
        let holidays = days.into_iter().map(|days| bounds::days_from(date, days.into()).expect("a date"));
        let holidays = holidays.map(Holiday::unnamed).collect();
        (CalendarSpec { zone: zone.to_owned(), slots, holidays }, change)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hrs_1_every_minute_is_as_the_slow_model_says((spec, change) in around_a_change()) {
        let calendar = Calendar::build(&spec).expect("sound");
        let model = Model::of(&spec, change);
        let (start, end) = (model.minutes[0].0, model.minutes[model.minutes.len() - 1].0);
        let mut counted = 0;
        let stretches: Vec<_> = calendar.stretches(start, end).collect();
        for stretch in &stretches {
            let open = stretch.hours == Hours::Open;
            let inside = model.minutes.iter().filter(|(at, ..)| stretch.from <= *at && *at < stretch.to);
            for (at, local, says) in inside {
                prop_assert_eq!(open, *says, "{} which is {}", at, local);
                counted += 1;
            }
        }
        prop_assert_eq!(counted, model.minutes.len() - 1, "stretches leave no gap");
        let open = model.minutes.iter().take(counted).filter(|(.., open)| *open).count();
        prop_assert_eq!(calendar.elapsed(start, end), MINUTE * i32::try_from(open).expect("few"));
        if open > 0 {
            let last = model.minutes.iter().take(counted).rfind(|(.., open)| *open).expect("one is open").0;
            let due = calendar.due(start, MINUTE * i32::try_from(open).expect("few"));
            prop_assert_eq!(due, Ok(last.plus(MINUTE)));
        }
    }

    #[test]
    fn hrs_1_single_questions_agree_with_the_slow_model((spec, change) in around_a_change(), n in 0_usize..8 * 1440) {
        let calendar = Calendar::build(&spec).expect("sound");
        let model = Model::of(&spec, change);
        let (at, _, open) = model.minutes[n];
        prop_assert_eq!(calendar.is_open(at), open);
        if let Some(next) = model.minutes[n..].iter().find(|(.., open)| *open) {
            prop_assert_eq!(calendar.next_open(at), Ok(next.0));
        }
        if let Some(next) = model.minutes[n..].iter().find(|(.., now)| *now != open) {
            prop_assert_eq!(calendar.next_change(at), Some(next.0));
        }
    }
}
