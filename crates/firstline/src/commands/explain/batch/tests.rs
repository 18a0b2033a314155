//! What a program sees that pipes questions into `explain deadline --batch`.

use super::*;
use proptest::prelude::*;

const OFFICE: &str = r#"{"zone":"UTC","slots":{"mon":[["08:00","18:00"]],"tue":[["08:00","18:00"]],"wed":[["08:00","18:00"]],"thu":[["08:00","18:00"]],"fri":[["08:00","18:00"]]},"holidays":["2026-11-23"]}"#;

fn answers(questions: impl AsRef<[u8]>) -> Vec<String> {
    let mut out = Vec::new();
    run(questions.as_ref(), &mut out).expect("memory neither fails nor ends");
    String::from_utf8(out).expect("answers are text").lines().map(str::to_owned).collect()
}

/// The answer to a question with office hours and these further keys.
fn answered(keys: &str) -> String {
    answers(format!("{{\"calendar\":{OFFICE},{keys}}}")).remove(0)
}

#[test]
fn hrs_2_a_due_instant_and_working_seconds_are_exact() {
    assert_eq!(
        answered(r#""id":1,"start":"2026-11-20T16:40:00Z","working_minutes":480"#),
        r#"{"id":1,"due":"2026-11-24T14:40:00Z"}"#
    );
    assert_eq!(
        answered(r#""id":2,"start":"2026-11-20T17:40:00+01:00","end":"2026-11-24T14:40:00Z""#),
        r#"{"id":2,"working_seconds":28800}"#
    );
    assert_eq!(
        answered(r#""id":3,"start":"2026-11-20T17:59:59.000001Z","end":"2026-11-24T08:00:00.5Z""#),
        r#"{"id":3,"working_seconds":1.499999}"#
    );
    assert_eq!(
        answered(r#""id":4,"start":"2026-11-20T17:59:59.000001Z","working_minutes":0.5"#),
        r#"{"id":4,"due":"2026-11-24T08:00:29.000001Z"}"#
    );
}

#[test]
fn ids_of_any_kind_come_back_as_they_were_written() {
    for id in ["\"a\\u00e9\"", "null", "12345678901234567890123", "[1, {\"x\":2.50}]", "true", "-0.0"] {
        let answer = answered(&format!(r#""id":{id},"start":"2026-11-24T08:00:00Z","working_minutes":0"#));
        assert_eq!(answer, format!(r#"{{"id":{id},"due":"2026-11-24T08:00:00Z"}}"#));
    }
    assert_eq!(
        answered(r#""start":"2026-11-24T08:00:00Z","working_minutes":0"#),
        r#"{"id":null,"due":"2026-11-24T08:00:00Z"}"#
    );
}

#[test]
fn a_bad_line_says_what_is_wrong_and_the_next_is_answered() {
    let good = format!(r#"{{"id":"last","calendar":{OFFICE},"start":"2026-11-24T08:00:00Z","working_minutes":60}}"#);
    let said = answers(format!("{{\"id\":7}}\n\nnonsense\n[1]\n\u{feff}\n{good}"));
    assert_eq!(said.len(), 5);
    assert_eq!(said[0], r#"{"id":7,"error":"\"calendar\" is missing: give zone, slots and holidays"}"#);
    assert!(said[1].starts_with(r#"{"id":null,"error":"the line is no JSON object ("#), "{}", said[1]);
    assert!(said[2].starts_with(r#"{"id":null,"error":"the line is no JSON object ("#), "{}", said[2]);
    assert_eq!(said[4], r#"{"id":"last","due":"2026-11-24T09:00:00Z"}"#);
}

#[test]
fn every_refusal_names_the_key_and_the_way_out() {
    let faults = [
        r#""id":1,"working_minutes":480"#,
        r#""id":1,"start":"tomorrow","working_minutes":480"#,
        r#""id":1,"start":"2026-11-20T16:40:00","working_minutes":480"#,
        r#""id":1,"start":20261120,"working_minutes":480"#,
        r#""id":1,"start":"2026-11-20T16:40:00Z""#,
        r#""id":1,"start":"2026-11-20T16:40:00Z","end":"2026-11-20T16:39:00Z""#,
        r#""id":1,"start":"2026-11-20T16:40:00Z","end":"2026-11-20T16:41:00Z","working_minutes":1"#,
        r#""id":1,"start":"2026-11-20T16:40:00Z","working_minutes":-1"#,
        r#""id":1,"start":"2026-11-20T16:40:00Z","working_minutes":"480""#,
        r#""id":1,"start":"2026-11-20T16:40:00Z","working_minutes":1e300"#,
        r#""id":1,"start":"2026-11-20T16:40:00Z","workin_minutes":480"#,
    ];
    insta::assert_snapshot!(faults.map(answered).join("\n"));
}

#[test]
fn hours_that_cannot_be_used_are_refused_in_their_line() {
    let calendars = [
        "5",
        r#"{"zone":"UTC"}"#,
        r#"{"zone":"UTC","slots":{}}"#,
        r#"{"zone":"Mars/Olympus","slots":{"mon":[["08:00","18:00"]]}}"#,
        r#"{"zone":"UTC","slots":{"mon":[["08:00"]]}}"#,
        r#"{"zone":"UTC","slots":{"mon":[["08:00","08:00"]]}}"#,
        r#"{"zone":"UTC","slots":{"mon":[["08:00","25:00"]]}}"#,
        r#"{"zone":"UTC","slots":{"mun":[["08:00","18:00"]]}}"#,
        r#"{"zone":"UTC","slots":{"mon":[["08:00","18:00"]]},"holidays":["25.12.2026"]}"#,
    ];
    let asked = calendars.map(|calendar| {
        format!(r#"{{"id":1,"calendar":{calendar},"start":"2026-11-20T16:40:00Z","working_minutes":480}}"#)
    });
    insta::assert_snapshot!(answers(asked.join("\n")).join("\n"));
}

#[test]
fn a_line_without_an_end_is_refused_and_skipped() {
    let mut long = vec![b'x'; 3 << 20];
    long.extend_from_slice(b"\n{\"id\":2}\n");
    let said = answers(long);
    assert_eq!(said.len(), 2);
    assert!(said[0].contains("longer than 1048576 bytes"), "{}", said[0]);
    assert!(said[1].starts_with("{\"id\":2,"), "{}", said[1]);
}

/// Reads one line at a time and wants the answer to each before it gives the next.
struct LineByLine {
    lines: Vec<&'static str>,
}

impl Read for LineByLine {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(line) = self.lines.pop() else { return Ok(0) };
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

/// Counts the answers that have left.
struct Sent<'a>(&'a mut usize);

impl Write for Sent<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        *self.0 += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn who_asks_line_by_line_is_answered_line_by_line() {
    let mut sent = 0;
    run(LineByLine { lines: vec!["{\"id\":3}\n", "{\"id\":2}\n", "{\"id\":1}\n"] }, Sent(&mut sent)).expect("runs");
    assert_eq!(sent, 3);
}

/// Questions that are nearly right: known keys with any values.
fn nearly() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just(OFFICE.to_owned()),
        Just("\"2026-11-20T16:40:00Z\"".to_owned()),
        Just("\"9999-12-30T21:59:59Z\"".to_owned()),
        Just("\"-009999-01-02T02:00:00Z\"".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no infinity", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        "\\PC*".prop_map(|text| json!(text).to_string()),
        Just("null".to_owned()),
        Just("{\"zone\":\"Europe/Berlin\",\"slots\":{\"sun\":[[\"22:00\",\"06:00\"]]}}".to_owned()),
    ];
    let key = prop::sample::select(vec!["id", "calendar", "start", "end", "working_minutes", "x"]);
    prop::collection::vec((key, value), 0..6).prop_map(|pairs| {
        let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", pairs.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_one_answer_a_line(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        prop_assert_eq!(answers(&bytes).len(), lines);
    }

    #[test]
    fn any_question_gets_one_answer_of_json(question in nearly()) {
        let said = answers(&question);
        prop_assert_eq!(said.len(), 1);
        let answer: Value = serde_json::from_str(&said[0]).expect("an answer is JSON");
        prop_assert!(["due", "working_seconds", "error"].iter().filter(|&&key| answer.get(key).is_some()).count() == 1);
    }
}
