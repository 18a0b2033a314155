//! What is said of whole logs and of parts of them.

use super::{HEAD, Kind, Partial, Reading, Survey, is_short, mask::Keeper, recognise};
use crate::people::SecretKey;

fn survey(bytes: &[u8]) -> (Survey, String) {
    let found = recognise(&bytes[..bytes.len().min(HEAD)]);
    let keeper = Keeper::new(&SecretKey::new([7; 32]), &[]);
    let (mut reading, mut out) = (Reading::begin(&found, keeper).unwrap(), String::new());
    bytes.chunks(1_000).for_each(|piece| reading.push(piece, &mut out));
    (reading.finish(&mut out).0, out)
}

fn partial(text: &str) -> Vec<&'static str> {
    survey(text.as_bytes()).0.partial.iter().map(Partial::as_str).collect()
}

/// A log of so many lines, one each ten seconds, that begins with the start of its program.
fn whole(lines: usize) -> String {
    let line = |at: usize| {
        let (hour, minute, second) = (at / 360, at / 6 % 60, at * 10 % 60);
        let said = if at == 0 { "Starting Application using Java 21" } else { "sweep done" };
        format!("2026-11-20 {hour:02}:{minute:02}:{second:02}.310  INFO 1 --- [main] io.acme.Sweep : {said} {at}\n")
    };
    (0..lines).map(line).collect()
}

#[test]
fn log_2_a_whole_log_is_not_called_partial() {
    assert_eq!(partial(&whole(713)), Vec::<&str>::new());
    let access = "10.0.0.4 - - [20/Nov/2026:14:02:11 +0000] \"GET / HTTP/1.1\" 200 12\n".repeat(7);
    assert_eq!(partial(&access), Vec::<&str>::new());
    let without_end = whole(713);
    assert_eq!(partial(without_end.trim_end()), Vec::<&str>::new());
}

#[test]
fn log_2_a_cut_first_line_is_seen() {
    let log = whole(713);
    assert_eq!(partial(&log[140..]), ["first_line_cut", "no_start_up"]);
    let trace = format!("\tat io.acme.Upload.write(Upload.java:118)\n{log}");
    assert_eq!(partial(&trace), ["first_line_cut"]);
    let json = "{\"time\":\"2026-11-20T14:02:11Z\",\"msg\":\"listening on 80\"}\n".repeat(9);
    assert_eq!(partial(&json), Vec::<&str>::new());
    assert_eq!(partial(&json[20..]), ["first_line_cut"]);
}

#[test]
fn log_2_a_cut_last_line_is_seen() {
    let log = whole(713);
    for cut in [
        format!("{log}2026-11-20 10:0"),
        format!("{log}2026-11-20 10:00:00.310"),
        format!("{log}2026-11-20 10:00:00.310  INFO 1 --- [ma"),
        format!("{log}java.io.IOException: x\n\tat io.acme.Upload.write(Uplo"),
        format!("{log}[output truncated]\n"),
    ] {
        assert_eq!(partial(&cut), ["last_line_cut"], "{}", &cut[log.len()..]);
    }
    let json = "{\"time\":\"2026-11-20T14:02:11Z\",\"msg\":\"listening on 80\"}\n".repeat(9);
    assert_eq!(partial(&json[..json.len() - 9]), ["last_line_cut"]);
}

#[test]
fn log_2_a_missing_start_is_seen_where_one_is_expected() {
    let log = whole(713);
    let (_, later) = log.split_once('\n').unwrap();
    assert_eq!(partial(later), ["no_start_up"]);
    assert_eq!(
        partial("java.lang.NullPointerException: x\n\tat io.acme.A.b(A.java:1)\n\tat io.acme.C.d(C.java:2)\n"),
        ["no_start_up"]
    );
}

#[test]
fn log_2_exactly_what_was_asked_for_is_seen() {
    for lines in [100, 200, 500, 1_000, 5_000] {
        assert_eq!(partial(&whole(lines)), ["exact_lines"], "{lines}");
    }
    let log = whole(713);
    let cut = &log[..48 * 1024];
    assert!(partial(cut).contains(&"exact_size"), "{:?}", partial(cut));
}

#[test]
fn log_2_an_empty_file_is_said_to_be_empty() {
    assert_eq!(partial(""), ["empty"]);
    assert_eq!(partial(" \n\n"), ["empty"]);
}

#[test]
fn log_2_seconds_do_not_show_hours() {
    let (seconds, _) = survey(whole(4).as_bytes());
    let (hours, _) = survey(whole(1_100).as_bytes());
    assert_eq!(seconds.span.as_ref().unwrap().seconds, 30);
    for report in [
        "It hangs for 3 hours now",
        "slow since yesterday",
        "each night for several days",
        "seit zwei Stunden langsam",
        "It is down all day",
    ] {
        let found = is_short(seconds.span.as_ref().unwrap(), report);
        assert!(matches!(found, Some(Partial::Short { seconds: 30, .. })), "{report}");
    }
    assert_eq!(is_short(hours.span.as_ref().unwrap(), "It hangs for 3 hours now"), None);
    for report in ["", "It fails at once", "Answered in 24 seconds", "the tag says 5.12"] {
        assert_eq!(is_short(seconds.span.as_ref().unwrap(), report), None, "{report}");
    }
}

#[test]
fn log_3_what_is_read_is_masked_in_any_encoding() {
    let text = "2026-11-20 14:02:11 INFO вход пользователя выполнен успешно: password=hunter2\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (older, ..) = encoding_rs::WINDOWS_1251.encode(text);
    for bytes in [text.as_bytes(), &wide, &older] {
        let (found, shown) = survey(bytes);
        assert_eq!(
            shown, "2026-11-20 14:02:11 INFO вход пользователя выполнен успешно: password=[password 1]\n",
            "{}",
            found.encoding
        );
        assert_eq!((found.kind, found.lines, found.masked.values().sum::<u64>()), (Kind::Log, 1, 1));
    }
}

proptest::proptest! {
    #[test]
    fn log_2_any_text_is_surveyed(text in "([ -~äЖ]{0,30}\n){0,12}[ -~]{0,20}") {
        let (found, _) = survey(text.as_bytes());
        proptest::prop_assert_eq!(found.bytes, text.len() as u64);
        proptest::prop_assert_eq!(found.lines, u64::try_from(text.lines().count()).unwrap());
    }
}
