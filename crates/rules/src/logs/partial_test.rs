//! Where a log begins to look like a part of one: lines, sizes, ends and hours at their bounds.

use super::{HEAD, Kind, Partial, Reading, Span, is_short, mask::Keeper, recognise};
use crate::people::SecretKey;

/// Of a log; what is none says nothing here.
fn partial(text: &str) -> Vec<Partial> {
    let found = recognise(&text.as_bytes()[..text.len().min(HEAD)]);
    let keeper = Keeper::new(&SecretKey::new([7; 32]), &[]);
    let (mut reading, mut out) = (Reading::begin(&found, keeper).unwrap(), String::new());
    reading.push(text.as_bytes(), &mut out);
    let survey = reading.finish(&mut out).0;
    assert_eq!(survey.kind, Kind::Log, "{text}");
    survey.partial
}

fn is_last_cut(text: &str) -> bool {
    partial(text).contains(&Partial::LastLineCut)
}

fn is_first_cut(text: &str) -> bool {
    partial(text).contains(&Partial::FirstLineCut)
}

/// A line of a program.
fn line(second: usize, said: &str) -> String {
    format!("2026-11-20 14:02:{second:02}.310  INFO 1 --- [main] io.acme.Sweep : {said}\n")
}

/// So many lines that begin with the start of the program.
fn log(lines: usize) -> String {
    (0..lines).map(|at| line(at % 60, if at == 0 { "Starting Application" } else { "sweep done" })).collect()
}

#[test]
fn log_2_a_size_is_said_in_kib_from_four_on() {
    let of = |size: usize| {
        let mut text = log(size / line(0, "sweep done").len());
        text.truncate(size - 1);
        text.push_str(&" ".repeat(size - 1 - text.len()));
        text.push('\n');
        assert_eq!(text.len(), size);
        partial(&text)
    };
    assert!(of(48 * 1024).contains(&Partial::Size { kibibytes: 48 }));
    assert!(of(4 * 1024).contains(&Partial::Size { kibibytes: 4 }));
    for size in [3 * 1024, 48 * 1024 + 1, 5_000] {
        assert!(!of(size).iter().any(|why| matches!(why, Partial::Size { .. })), "{size}");
    }
}

#[test]
fn log_2_hours_that_a_report_speaks_of() {
    let span = |seconds| Span { from: String::new(), to: String::new(), seconds };
    for (report, spoken_hours) in [
        ("for 3 hours", 3),
        ("for an hour", 1),
        ("for 1 hour", 1),
        ("for 2.5 hours", 2),
        ("for 12.9 hours", 12),
        ("seit 3,5 Stunden", 3),
        ("for two hours", 2),
        ("for a couple of hours", 2),
        ("for a few hours", 2),
        ("seit zwei Stunden", 2),
        ("for three hours", 3),
        ("for several hours", 3),
        ("for some hours", 3),
        ("seit drei Stunden", 3),
        ("seit mehreren Stunden", 3),
        ("for four hours", 4),
        ("for five hours", 5),
        ("for six hours", 6),
        ("for many hours", 8),
        ("seit einer Stunde", 1),
        ("for 2 days", 48),
        ("seit mehreren Tagen", 72),
        ("for 2 weeks", 336),
        ("seit einer Woche", 168),
        ("for hours", 2),
        ("all day", 8),
        ("every night", 8),
        ("since this morning", 3),
        ("since yesterday", 24),
        ("since Friday", 24),
        ("since Monday", 24),
        ("since last night", 24),
        ("1 hour, then 5 hours, then 2 hours", 5),
    ] {
        assert_eq!(is_short(&span(7), report), Some(Partial::Short { seconds: 7, spoken_hours }), "{report}");
    }
    assert!(is_short(&span(119), "for 1 hour").is_some());
    assert_eq!(is_short(&span(120), "for 1 hour"), None);
    assert_eq!(is_short(&span(7), "for 0.9 hours"), None);
}

#[test]
fn log_2_a_first_line_that_begins_in_its_middle() {
    for first in ["02:11.310  INFO x\n", ":11.310 INFO x\n", "] done\n", ") done\n", "done\n", "10 rows\n", "- x\n"] {
        assert!(is_first_cut(&format!("{first}{}", log(9))), "{first}");
    }
    for first in ["", "--- a banner ---\n", "  :: Acme ::\n", "Acme 5.12\n", "=====\n", "\n\n"] {
        assert!(!is_first_cut(&format!("{first}{}", log(9))), "{first}");
    }
}

#[test]
fn log_2_stamps_far_inside_a_line_say_nothing_of_how_lines_begin() {
    let lines = |before: usize| {
        (0..9).map(|at| format!("{} {}", "X".repeat(before - 1), line(at, "sweep done"))).collect::<String>()
    };
    assert!(is_first_cut(&format!("done\n{}", lines(59))));
    assert!(!is_first_cut(&format!("done\n{}", lines(60))));
}

#[test]
fn log_2_lines_that_are_objects_begin_with_a_brace() {
    let json = "{\"level\":\"info\",\"msg\":\"listening on 80\"}\n".repeat(9);
    assert!(is_first_cut(&json[20..]));
    assert!(!is_first_cut(&json));
    // What only ends with one is no object.
    let braced: String = (0..9).map(|at| line(at, "Starting {x}")).collect();
    assert!(!is_first_cut(&braced));
}

#[test]
fn log_2_a_line_that_is_ended_is_not_cut_however_it_ends() {
    let said = "sweep (of {all [and \"this";
    assert!(is_last_cut(&format!("{}{}", log(9), line(9, said).trim_end())));
    assert!(!is_last_cut(&format!("{}{}", log(9), line(9, said))));
}

#[test]
fn log_2_one_line_alone_is_not_judged_and_two_are() {
    let open = line(1, "sweep (of");
    assert!(!is_last_cut(open.trim_end()));
    assert!(is_last_cut(&format!("{}{}", log(1), open.trim_end())));
}

#[test]
fn log_2_what_is_opened_and_not_closed_is_cut() {
    let ends = |said: &str| is_last_cut(&format!("{}{}", log(9), line(9, said).trim_end()));
    for open in ["sweep (of", "sweep {of", "sweep [of", "sweep \"of", "\"a\" and \"b"] {
        assert!(ends(open), "{open}");
    }
    for closed in ["sweep (of)", "sweep of)", "sweep {of}", "sweep of}", "sweep of]", "sweep \"of\"", "sweep of"] {
        assert!(!ends(closed), "{closed}");
    }
}

#[test]
fn log_2_a_log_that_leaves_open_by_habit_is_not_cut_for_that() {
    // Twenty lines before the last are looked at.
    let with = |habit: usize| {
        let open: String = (0..habit).map(|at| line(at, "sweep (of")).collect();
        is_last_cut(&format!("{}{open}{}", log(40), line(9, "sweep (of").trim_end()))
    };
    assert!(with(5));
    assert!(!with(6));
}

#[test]
fn log_2_a_last_line_that_ends_with_its_time_is_cut_where_others_say_more() {
    let stamp = "[x 2026-11-20 14:02:11";
    let lines = |rest: &str| format!("{stamp}{rest}\n").repeat(3) + "Starting Application, INFO\n";
    let ends = |rest: &str, last: &str| is_last_cut(&format!("{}{stamp}{last}", lines(rest)));
    let says_more = "] INFO sweep done";
    assert!(ends(says_more, "]"));
    assert!(ends(says_more, "],"));
    assert!(!ends(says_more, "], a"));
    assert!(ends("] INFO ab", "]"));
    assert!(!ends("] INFO a", "]"));
}

#[test]
fn log_2_a_start_is_expected_where_three_lines_in_ten_tell_how_severe_they_are() {
    let log = |told: usize| {
        let said = |at: usize| if at < told { "ERROR no answer" } else { "sweep done" };
        (0..10).map(|at| format!("2026-11-20 14:02:{at:02} {}\n", said(at))).collect::<String>()
    };
    assert!(partial(&log(3)).contains(&Partial::NoStartUp));
    assert!(!partial(&log(2)).contains(&Partial::NoStartUp));
}
