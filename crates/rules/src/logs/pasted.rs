//! Logs that somebody pasted into what they write: where they begin and end (LOG-1). Nobody reads hundreds of lines between
//! two sentences, and as a file they are masked, searched and compared.

use std::ops::Range;

use super::{Kind, recognise, stamps::stamp};

/// Lines that stay where they were pasted, at most.
const LINES: usize = 30;
/// Lines between two that a log surely wrote: a trace, a statement over several lines.
const GAP: usize = 60;

/// The pasted log of more than 30 lines in a text, with its lines; `None` where there is none.
pub fn pasted(text: &str) -> Option<(Range<usize>, usize)> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
    }
    if lines.len() <= LINES {
        return None;
    }
    let told: Vec<usize> = (0..lines.len()).filter(|at| is_told(&text[lines[*at].clone()])).collect();
    let (mut best, mut from) = (0..0, 0);
    for (place, at) in told.iter().enumerate() {
        let ends = told.get(place + 1).is_none_or(|next| next - at > GAP);
        if ends {
            let (first, mut last) = (told[from], *at);
            // A trace below the last entry belongs to it.
            while lines.get(last + 1).is_some_and(|line| text[line.clone()].starts_with([' ', '\t'])) {
                last += 1;
            }
            if last + 1 - first > best.len() {
                best = first..last + 1;
            }
            from = place + 1;
        }
    }
    let block = if best.len() > LINES { best } else { 0..lines.len() };
    let bytes = lines.get(block.start)?.start..lines.get(block.end - 1)?.end;
    let is_log = matches!(recognise(text[bytes.clone()].as_bytes()).kind, Kind::Log | Kind::Terminal | Kind::History);
    is_log.then_some((bytes, block.len()))
}

fn is_told(line: &str) -> bool {
    stamp(line).is_some_and(|found| found.at < 60) || line.trim_start().starts_with("at ") || line.contains("\"level\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: usize) -> String {
        (0..lines)
            .map(|at| {
                format!("2026-11-20 14:02:{:02} ERROR sweep {at}\n\tat io.acme.Sweep.run(Sweep.java:{at})\n", at % 60)
            })
            .collect()
    }

    #[test]
    fn log_1_more_than_thirty_pasted_lines_are_found_between_sentences() {
        let text = format!("It fails like this:\n{}\nWhat can we do?\nDana\n", log(20));
        let (range, lines) = pasted(&text).unwrap();
        assert_eq!((&text[range], lines), (log(20).as_str(), 40));
    }

    #[test]
    fn log_1_a_few_lines_and_long_letters_stay() {
        assert_eq!(pasted(&log(15)), None);
        assert_eq!(pasted(&"We restarted it at 10:30 and it did not help.\n\n".repeat(40)), None);
        assert_eq!(pasted(""), None);
    }

    #[test]
    fn log_1_pasted_output_of_a_terminal_is_found_too() {
        let text =
            format!("root@srv:~# docker compose up\n{}", "Error response from daemon: no such network\n".repeat(40));
        assert_eq!(pasted(&text).map(|(range, lines)| (range.len(), lines)), Some((text.len(), 41)));
    }

    #[test]
    fn log_1_thirty_lines_stay_and_thirty_one_go() {
        let lines =
            |count: usize| (0..count).map(|at| format!("2026-11-20 14:02:{at:02} INFO a\n")).collect::<String>();
        assert_eq!(pasted(&lines(30)), None);
        assert_eq!(pasted(&lines(31)).map(|(_, count)| count), Some(31));
        let between = |log: &str| format!("It fails:\n\n\n{log}\n\nWhat now?\n");
        assert_eq!(pasted(&between(&lines(31))).map(|(_, count)| count), Some(31));
    }

    #[test]
    fn log_1_the_longest_of_two_logs_goes() {
        let lines = |count: usize, said: &str| {
            (0..count).map(|at| format!("2026-11-20 14:02:{at:02} INFO {said}\n")).collect::<String>()
        };
        let words = "and then we tried it again with another browser\n".repeat(70);
        let text = format!("{}{words}{}", lines(35, "first"), lines(40, "second"));
        let (range, count) = pasted(&text).unwrap();
        assert_eq!((&text[range], count), (lines(40, "second").as_str(), 40));
        let text = format!("{}{words}{}", lines(40, "first"), lines(35, "second"));
        assert_eq!(pasted(&text).map(|(range, count)| (range.start, count)), Some((0, 40)));
    }

    #[test]
    fn log_1_sixty_lines_between_two_entries_are_of_one_log() {
        let entry = "2026-11-20 14:02:11 INFO a\n".repeat(31);
        let with = |between: usize| pasted(&format!("{entry}{}{entry}", "select 1\n".repeat(between)));
        assert_eq!(with(59).map(|(_, count)| count), Some(121));
        assert_eq!(with(60).map(|(_, count)| count), Some(31));
        // Two short logs that stand apart are none that is long; what is pasted is all of it.
        let short = "2026-11-20 14:02:11 INFO a\n".repeat(30);
        let apart = format!("{short}{}{short}", "select 1\n".repeat(60));
        assert_ne!(pasted(&apart).map(|(_, count)| count), Some(30));
    }

    #[test]
    fn log_1_of_two_logs_as_long_the_first_goes_and_one_line_more_decides() {
        let lines = |count: usize| "2026-11-20 14:02:11 INFO a\n".repeat(count);
        let words = "and then we tried it again with another browser\n".repeat(70);
        let starts = |first: usize, second: usize| {
            pasted(&format!("{}{words}{}", lines(first), lines(second))).map(|(range, count)| (range.start == 0, count))
        };
        assert_eq!(starts(35, 35), Some((true, 35)));
        assert_eq!(starts(35, 36), Some((false, 36)));
    }

    #[test]
    fn log_1_what_is_indented_below_the_last_entry_belongs_to_it() {
        let entries = "2026-11-20 14:02:11 INFO a\n".repeat(31);
        let text = format!("{entries}\tselect 1\n  from dual\nThanks\n Dana\n");
        assert_eq!(pasted(&text).map(|(_, count)| count), Some(33));
    }

    #[test]
    fn log_1_an_instant_far_into_a_line_makes_it_no_entry() {
        let line = |before: usize| format!("{}2026-11-20 14:02:11 it failed", "-".repeat(before));
        assert!(is_told(&line(59)) && !is_told(&line(60)));
    }

    #[test]
    fn log_1_traces_and_records_are_lines_of_a_log() {
        let records = "{\"level\":\"info\",\"msg\":\"done\"}\n".repeat(31);
        assert_eq!(pasted(&format!("Look:\n{records}")).map(|(_, count)| count), Some(31));
        let trace = format!(
            "2026-11-20 14:02:11 ERROR failed\njava.lang.Error: x\n{}",
            "at io.acme.A.b(A.java:1)\n".repeat(40)
        );
        assert_eq!(pasted(&format!("Look:\n{trace}\nThanks\n")).map(|(_, count)| count), Some(42));
    }
}
