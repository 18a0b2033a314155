//! Strips as numbers and as pictures.

use super::{geometry::Layout, *};
use crate::lang::Lang;

fn office() -> Calendar {
    let day = r#"[["08:00","18:00"]]"#;
    let json = format!(
        r#"{{"zone":"UTC","slots":{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day}}},"holidays":["2026-11-23"]}}"#
    );
    Calendar::build(&serde_json::from_str(&json).expect("readable")).expect("sound")
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// Dana's request of Friday 16:40, due on Tuesday 14:40.
fn dana(calendar: &Calendar, state: State) -> Strip<'_> {
    let (filed, length) = (at("2026-11-20T16:40:00Z"), Length::WorkingTime { minutes: 480 });
    let due = calendar.due_by(filed, &length).expect("it opens");
    Strip { calendar, length, began: Began::Filing, filed, due, state, marks: &[] }
}

fn watch<'a>(calendar: &'a Calendar, now: &str) -> Watch<'a> {
    Watch { lang: Lang::En, zone: calendar.zone(), now: at(now) }
}

#[test]
fn the_name_of_a_strip_is_the_sentence() {
    let desk = office();
    let said = |state, now| sentence(&watch(&desk, now), &dana(&desk, state));
    assert_eq!(
        said(State::Running, "2026-11-24T12:05:00Z"),
        "Filed Fri 20 Nov 16:40, 5 h 25 min of 8 h used, due Tue 24 Nov 14:40"
    );
    assert_eq!(
        said(State::Late, "2026-11-24T15:28:00Z"),
        "Filed Fri 20 Nov 16:40, 48 min late, was due Tue 24 Nov 14:40"
    );
    assert_eq!(
        said(State::Answered { at: at("2026-11-24T08:50:00Z") }, "2026-11-24T17:00:00Z"),
        "Filed Fri 20 Nov 16:40, answered in 2 h 10 min, was due Tue 24 Nov 14:40"
    );
    assert_eq!(
        said(State::Answered { at: at("2026-11-24T15:40:00Z") }, "2026-11-24T17:00:00Z"),
        "Filed Fri 20 Nov 16:40, answered in 9 h, 1 h late"
    );
    assert_eq!(
        said(State::Stopped { since: at("2026-11-20T17:40:00Z") }, "2026-11-24T17:00:00Z"),
        "Filed Fri 20 Nov 16:40, 1 h of 8 h used, the clock is stopped"
    );
}

#[test]
fn frt_3_an_answer_that_has_not_arrived_is_on_its_way_and_answers_nothing_yet() {
    let desk = office();
    let said = |state, now| sentence(&watch(&desk, now), &dana(&desk, state));
    let under_way = State::UnderWay { at: at("2026-11-24T08:50:00Z") };
    assert_eq!(
        said(under_way, "2026-11-24T08:50:05Z"),
        "Filed Fri 20 Nov 16:40, an answer after 2 h 10 min is on its way, due Tue 24 Nov 14:40"
    );
    let drawn = svg(&watch(&desk, "2026-11-24T08:50:05Z"), &dana(&desk, under_way), Size::Full { width: 660 });
    assert!(drawn.contains(">answer on its way<") && drawn.contains(">due 14:40<"), "nothing is judged yet: {drawn}");
}

/// Lengths from minutes to a year, filed at odd times.
fn many(calendar: &Calendar) -> impl Iterator<Item = Strip<'_>> {
    (0_u32..120).map(move |n| {
        let filed = at("2026-11-16T00:00:00Z").plus(SignedDuration::from_mins(i64::from(n) * 97));
        let length = match n % 4 {
            0 => Length::WorkingTime { minutes: 7 * (n + 1) * (n + 1) },
            1 => Length::SupportDays { days: u16::try_from(n).expect("small"), day_minutes: 600 },
            2 => Length::WallClock { minutes: 60 * (n + 1) },
            _ => {
                Length::WorkingDays { days: u16::try_from(n).expect("small"), until: rules::calendar::Until::EndOfDay }
            }
        };
        let due = calendar.due_by(filed, &length).expect("it opens");
        Strip { calendar, length, began: Began::Filing, filed, due, state: State::Running, marks: &[] }
    })
}

#[test]
fn places_follow_time_and_stay_within_the_width() {
    let desk = office();
    for strip in many(&desk) {
        for (width, break_width) in [(112.0, 9.0), (350.0, 34.0), (660.0, 34.0)] {
            let layout = Layout::of(&strip, width, break_width);
            let mut reached = 0.0;
            for segment in &layout.segments {
                assert!((segment.left - reached).abs() < 1e-6, "no gap, no overlap");
                assert!(segment.left <= segment.right);
                assert!(segment.open || segment.right - segment.left >= 2.9, "a break is seen");
                reached = segment.right;
            }
            assert!((reached - width).abs() < 1e-6, "the whole width: {reached} of {width}");
            let breaks: f64 =
                layout.segments.iter().filter(|piece| !piece.open).map(|piece| piece.right - piece.left).sum();
            assert!(breaks <= width * 0.4 + 1e-6);
            assert!(layout.ticks.windows(2).all(|pair| pair[1] - pair[0] >= 11.9));
            assert!(layout.ticks.iter().all(|tick| (0.0..width).contains(tick)));
            let whole = strip.due.since(strip.filed);
            let xs: Vec<f64> = (-3..=203).map(|n| layout.x(strip.filed.plus(whole / 200 * n))).collect();
            assert!(xs.windows(2).all(|pair| pair[0] <= pair[1]), "monotone");
            assert!(xs.iter().all(|x| (0.0..=width).contains(x)));
        }
    }
}

/// What stands in a row of labels: where each begins and ends at most.
fn labels(svg: &str, row: &str) -> Vec<(f64, f64)> {
    let texts = svg.split("<text ").skip(1).filter(|text| text.contains(&format!(r#"y="{row}""#)));
    let mut spans: Vec<(f64, f64)> = texts
        .map(|text| {
            let x: f64 = text.split('"').nth(1).and_then(|x| x.parse().ok()).expect("an x");
            let said = text.split(['>', '<']).nth(1).expect("words");
            let width = said.chars().count() as f64 * 6.4;
            match text {
                text if text.contains(r#"anchor="end""#) => (x - width, x),
                text if text.contains(r#"anchor="middle""#) => (x - width / 2.0, x + width / 2.0),
                _ => (x, x + width),
            }
        })
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    spans
}

#[test]
fn labels_never_overlap_and_stay_within_the_width() {
    let desk = office();
    for strip in many(&desk) {
        for width in [350_u16, 610, 660] {
            for part in 0..=10 {
                let now = strip.filed.plus(strip.due.since(strip.filed) / 10 * part);
                let drawn = svg(&Watch { lang: Lang::En, zone: desk.zone(), now }, &strip, Size::Full { width });
                for row in ["20", "61"] {
                    let spans = labels(&drawn, row);
                    assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0), "{spans:?}");
                    assert!(spans.iter().all(|span| span.0 >= -1.0 && span.1 <= f64::from(width) + 1.0), "{spans:?}");
                }
            }
        }
    }
}

#[test]
fn strips_look_as_they_are_kept() {
    let desk = office();
    let change = [Mark { at: at("2026-11-24T09:00:00Z"), kind: MarkKind::Change }];
    let stop = [Mark { at: at("2026-11-20T17:10:00Z"), kind: MarkKind::Stop }];
    let late = dana(&desk, State::Late);
    let running = Strip { marks: &change, ..dana(&desk, State::Running) };
    let stopped = Strip { marks: &stop, ..dana(&desk, State::Stopped { since: at("2026-11-20T17:10:00Z") }) };
    let answered = dana(&desk, State::Answered { at: at("2026-11-24T08:50:00Z") });
    let long = many(&desk).nth(41).expect("one of them");
    let now = watch(&desk, "2026-11-24T12:05:00Z");
    let after = watch(&desk, "2026-11-24T15:28:00Z");
    let drawn = [
        svg(&now, &running, Size::Full { width: 610 }),
        svg(&now, &running, Size::Full { width: 350 }),
        svg(&now, &dana(&desk, State::Soon), Size::List),
        svg(&after, &late, Size::Full { width: 610 }),
        svg(&after, &late, Size::List),
        svg(&now, &stopped, Size::Full { width: 610 }),
        svg(&after, &answered, Size::Full { width: 610 }),
        svg(&after, &answered, Size::List),
        svg(&now, &long, Size::Full { width: 610 }),
        svg(&now, &long, Size::List),
    ];
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn pln_2_a_strip_says_what_its_time_is_counted_from() {
    let desk = office();
    let now = watch(&desk, "2026-11-24T12:05:00Z");
    let said = |began| sentence(&now, &Strip { began, ..dana(&desk, State::Running) });
    assert!(said(Began::Filing).starts_with("Filed Fri 20 Nov 16:40, "));
    assert!(said(Began::Question).starts_with("The customer wrote Fri 20 Nov 16:40, "));
    assert!(said(Began::Word).starts_with("Our last word Fri 20 Nov 16:40, "));
}
