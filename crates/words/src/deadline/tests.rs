//! What people read about a deadline, for each unit of a length.

use super::*;
use crate::lang::Lang;
use rules::calendar::Until;

fn office(holidays: &str) -> Calendar {
    let day = r#"[["08:00","18:00"]]"#;
    let json = format!(
        r#"{{"zone":"UTC","slots":{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day}}},"holidays":{holidays}}}"#
    );
    Calendar::build(&serde_json::from_str(&json).expect("readable")).expect("sound")
}

fn said(calendar: &Calendar, filed: &str, length: Length) -> Vec<String> {
    let filed: Instant = filed.parse().expect("an instant");
    let due = calendar.due_by(filed, &length).expect("it opens");
    lines(&Watch { lang: Lang::En, zone: calendar.zone(), now: filed }, &Deadline { calendar, filed, length, due })
}

fn hours(hours: u32) -> Length {
    Length::WorkingTime { minutes: hours * 60 }
}

#[test]
fn frt_6_the_deadline_explains_itself_line_by_line() {
    let desk = office(r#"["2026-11-23"]"#);
    assert_eq!(
        said(&desk, "2026-11-20T16:40:00Z", hours(8)),
        [
            "filed Fri 20 Nov 16:40",
            "1 h 20 min on Friday",
            "weekend",
            "Monday is a holiday",
            "6 h 40 min on Tuesday",
            "due Tue 24 Nov 14:40"
        ]
    );
}

#[test]
fn frt_6_the_deadline_is_one_sentence_too() {
    let desk = office(r#"[{"date":"2026-11-23","name":"Founders' Day"}]"#);
    let filed: Instant = "2026-11-20T16:40:00Z".parse().expect("an instant");
    let deadline =
        Deadline { calendar: &desk, filed, length: hours(8), due: desk.due_by(filed, &hours(8)).expect("it opens") };
    let watch = Watch { lang: Lang::En, zone: desk.zone(), now: filed };
    assert_eq!(
        sentence(&watch, &deadline),
        "1 h 20 min on Friday, weekend, Monday is a holiday (Founders' Day), 6 h 40 min on Tuesday: due Tue 24 Nov 14:40 UTC"
    );
}

#[test]
fn frt_6_a_long_closure_is_folded() {
    let desk =
        office(r#"["2026-12-24","2026-12-25","2026-12-28","2026-12-29","2026-12-30","2026-12-31","2027-01-01"]"#);
    assert_eq!(
        said(&desk, "2026-12-23T17:00:00Z", hours(8)),
        [
            "filed Wed 23 Dec 17:00",
            "1 h on Wednesday",
            "closed until Mon 4 Jan 2027 (holidays, weekend)",
            "7 h on Mon 4 Jan 2027",
            "due Mon 4 Jan 2027 15:00"
        ]
    );
}

#[test]
fn frt_6_many_days_are_folded() {
    assert_eq!(
        said(&office("[]"), "2026-11-20T16:00:00Z", Length::SupportDays { days: 10, day_minutes: 600 }),
        [
            "filed Fri 20 Nov 16:00",
            "2 h on Friday",
            "90 h on 9 days until Thu 3 Dec",
            "8 h on Fri 4 Dec",
            "due Fri 4 Dec 16:00"
        ]
    );
}

#[test]
fn frt_6_a_request_before_opening_says_when_the_desk_opens() {
    assert_eq!(
        said(&office("[]"), "2026-11-23T06:30:00Z", hours(8)),
        ["filed Mon 23 Nov 06:30", "the desk opens 08:00", "8 h on Monday", "due Mon 23 Nov 16:00"]
    );
}

#[test]
fn frt_6_working_days_are_counted() {
    let two = Length::WorkingDays { days: 2, until: Until::SameTime };
    assert_eq!(
        said(&office(r#"["2026-11-23"]"#), "2026-11-20T16:40:00Z", two),
        [
            "filed Fri 20 Nov 16:40",
            "Tuesday is working day 1",
            "Wednesday is working day 2",
            "at the same time of day",
            "due Wed 25 Nov 16:40"
        ]
    );
    let next = Length::WorkingDays { days: 1, until: Until::EndOfDay };
    assert_eq!(
        said(&office("[]"), "2026-11-21T12:00:00Z", next),
        [
            "filed Sat 21 Nov 12:00",
            "the desk opens Mon 23 Nov 08:00",
            "Tuesday is working day 1",
            "to the end of that day",
            "due Tue 24 Nov 18:00"
        ]
    );
    let ten = Length::WorkingDays { days: 10, until: Until::SameTime };
    assert_eq!(
        said(&office("[]"), "2026-11-20T16:40:00Z", ten),
        [
            "filed Fri 20 Nov 16:40",
            "Monday is working day 1",
            "working days 2 to 9, without weekends and holidays, until Thu 3 Dec",
            "Fri 4 Dec is working day 10",
            "at the same time of day",
            "due Fri 4 Dec 16:40"
        ]
    );
}

#[test]
fn frt_6_a_wall_clock_says_that_everything_counts() {
    assert_eq!(
        said(&office("[]"), "2026-11-21T12:00:00Z", Length::WallClock { minutes: 48 * 60 }),
        [
            "filed Sat 21 Nov 12:00",
            "48 h around the clock: nights, weekends and holidays count",
            "due Mon 23 Nov 12:00"
        ]
    );
}
