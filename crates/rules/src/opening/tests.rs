//! Working days that begin in the morning, in the evening and never, whose requests are told, and in which order.

use super::*;
use crate::calendar::CalendarSpec;

/// Monday to Friday in Berlin, with an hour for lunch; Tuesday the 17th is a holiday.
fn berlin() -> Calendar {
    built(
        r#"{"zone": "Europe/Berlin", "slots": {"mon": [["09:00", "12:00"], ["13:00", "18:00"]], "tue": [["09:00", "18:00"]],
        "wed": [["09:00", "18:00"]], "thu": [["09:00", "18:00"]], "fri": [["09:00", "16:00"]]}, "holidays": ["2026-11-17"]}"#,
    )
}

fn built(spec: &str) -> Calendar {
    Calendar::build(&serde_json::from_str::<CalendarSpec>(spec).unwrap()).unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn on(calendar: &Calendar, date: &str) -> Option<(Instant, Instant)> {
    Opening::of(calendar, date.parse().unwrap()).map(|it| (it.closed_from, it.at))
}

#[test]
fn a_working_day_begins_at_its_first_opening_and_tells_of_the_night_or_the_weekend() {
    let desk = berlin();
    let monday = (at("2026-11-13T15:00:00Z"), at("2026-11-16T08:00:00Z"));
    assert_eq!(on(&desk, "2026-11-16"), Some(monday), "since Friday afternoon, and lunch is no opening");
    assert_eq!(on(&desk, "2026-11-17"), None, "a holiday");
    assert_eq!(on(&desk, "2026-11-18"), Some((at("2026-11-16T17:00:00Z"), at("2026-11-18T08:00:00Z"))));
    assert_eq!(on(&desk, "2026-11-21"), None, "a Saturday");
    let ends = Opening::of(&desk, "2026-11-16".parse().unwrap()).unwrap().day_ends;
    assert_eq!(ends, at("2026-11-16T23:00:00Z"));
}

#[test]
fn the_next_opening_comes_after_now_and_passes_closed_days() {
    let desk = berlin();
    let after = |text: &str| Opening::after(&desk, at(text)).map(|it| it.at);
    assert_eq!(after("2026-11-16T07:59:59Z"), Some(at("2026-11-16T08:00:00Z")));
    assert_eq!(after("2026-11-16T08:00:00Z"), Some(at("2026-11-18T08:00:00Z")));
    assert_eq!(Opening::of_today(&desk, at("2026-11-16T07:00:00Z")), None);
    assert!(Opening::of_today(&desk, at("2026-11-16T20:00:00Z")).is_some(), "a desk that was down tells late");
    assert_eq!(Opening::of_today(&desk, at("2026-11-17T12:00:00Z")), None);
}

#[test]
fn a_desk_that_never_closes_never_opens_but_after_a_holiday() {
    let all = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .map(|day| format!("\"{day}\": [[\"00:00\", \"24:00\"]]"))
        .join(",");
    let always = built(&format!(r#"{{"zone": "UTC", "slots": {{{all}}}, "holidays": []}}"#));
    assert_eq!(Opening::after(&always, at("2026-11-16T08:00:00Z")), None);
    assert_eq!(on(&always, "2026-11-16"), None);
    let festive = built(&format!(r#"{{"zone": "UTC", "slots": {{{all}}}, "holidays": ["2026-11-17"]}}"#));
    let next = Opening::after(&festive, at("2026-11-16T08:00:00Z")).unwrap();
    assert_eq!((next.closed_from, next.at), (at("2026-11-17T00:00:00Z"), at("2026-11-18T00:00:00Z")));
}

#[test]
fn a_night_shift_opens_in_the_evening() {
    let night = built(
        r#"{"zone": "UTC", "slots": {"mon": [["22:00", "24:00"]], "tue": [["00:00", "06:00"], ["22:00", "24:00"]],
        "wed": [["00:00", "06:00"]]}, "holidays": []}"#,
    );
    assert_eq!(on(&night, "2026-11-17"), Some((at("2026-11-17T06:00:00Z"), at("2026-11-17T22:00:00Z"))));
}

#[test]
fn one_is_told_of_ones_own_ones_teams_and_nobodys() {
    let reader = Reader { person: PersonId(1), teams: vec![TeamId(7)] };
    let (me, other) = (Some(PersonId(1)), Some(PersonId(2)));
    for (assignee, team, is_told) in [
        (me, None, true),
        (me, Some(TeamId(8)), true),
        (other, Some(TeamId(7)), true),
        (None, Some(TeamId(7)), true),
        (None, None, true),
        (other, None, false),
        (None, Some(TeamId(8)), false),
        (other, Some(TeamId(8)), false),
    ] {
        assert_eq!(reader.is_told_of(assignee, team), is_told, "{assignee:?} {team:?}");
    }
}

#[test]
fn the_most_urgent_stands_first_and_then_what_is_due_first() {
    let line = |ticket, priority, due: Option<&str>| Line { ticket: TicketId(ticket), priority, due: due.map(at) };
    let mut lines = [
        line(1, 1, Some("2026-11-16T08:00:00Z")),
        line(2, 0, None),
        line(3, 0, Some("2026-11-16T12:00:00Z")),
        line(4, 1, Some("2026-11-16T07:00:00Z")),
        line(5, 0, Some("2026-11-16T09:00:00Z")),
    ];
    sort(&mut lines);
    assert_eq!(lines.map(|it| it.ticket.0), [5, 3, 2, 4, 1]);
}
