//! `explain deadline --batch`: one question a line, one answer a line, in the same order. A line that
//! cannot be answered says so in its place, with its id, and the next one is read.

use std::{
    collections::{BTreeMap, HashMap},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    process::ExitCode,
    rc::Rc,
};

use jiff::{SignedDuration, Unit};
use rules::{
    calendar::{Calendar, CalendarSpec},
    instant::Instant,
};
use serde::Serialize;
use serde_json::{Value, json, value::RawValue};

use crate::{
    commands::{unsaid, written::no_instant},
    text_file::why_not,
};

/// A line longer than this is refused and skipped, so that one without an end cannot fill the memory.
const LONGEST_LINE: u64 = 1 << 20;

/// Compiled hours that are kept between lines; beyond that all are dropped and compiled anew.
const KEPT_CALENDARS: usize = 1_000;

/// Answers every line of `questions`; whoever asks line by line has each answer before the next question.
pub(super) fn run(questions: impl Read, answers: impl Write) -> anyhow::Result<ExitCode> {
    let mut questions = BufReader::with_capacity(1 << 16, questions);
    let mut answers = BufWriter::with_capacity(1 << 16, answers);
    let mut calendars = Calendars::default();
    let mut line = Vec::new();
    loop {
        if questions.buffer().is_empty() {
            answers.flush().map_err(unsaid)?;
        }
        line.clear();
        let read =
            questions.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(|error| unread(&error))?;
        if read == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            skip_line(&mut questions).map_err(|error| unread(&error))?;
            write(&mut answers, None, Err(too_long()))?;
        } else if !line.trim_ascii().is_empty() {
            let (id, answer) = answer(&line, &mut calendars);
            write(&mut answers, id, answer)?;
        }
    }
}

/// A due instant, a number of seconds, or what is wrong with the question.
type Answer = Result<Computed, String>;

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Computed {
    Due(String),
    WorkingSeconds(Value),
}

/// The id goes back as it was written, digit by digit.
fn write(answers: &mut impl Write, id: Option<&RawValue>, answer: Answer) -> anyhow::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        id: Option<&'a RawValue>,
        #[serde(flatten, skip_serializing_if = "Option::is_none")]
        computed: Option<Computed>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    }
    let (computed, error) = match answer {
        Ok(computed) => (Some(computed), None),
        Err(error) => (None, Some(error)),
    };
    serde_json::to_writer(&mut *answers, &Line { id, computed, error }).map_err(|fault| unsaid(fault.into()))?;
    answers.write_all(b"\n").map_err(unsaid)
}

fn skip_line(questions: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let (read, done) = {
            let buffer = questions.fill_buf()?;
            match buffer.iter().position(|&byte| byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        questions.consume(read);
        if done {
            return Ok(());
        }
    }
}

fn unread(error: &std::io::Error) -> anyhow::Error {
    anyhow::anyhow!("standard input {}; give it a file of questions, as in --batch < questions.jsonl", why_not(error))
}

fn too_long() -> String {
    format!("the line is longer than {LONGEST_LINE} bytes: one question fits in far less, so this is something else")
}

fn answer<'a>(line: &'a [u8], calendars: &mut Calendars) -> (Option<&'a RawValue>, Answer) {
    match serde_json::from_slice::<BTreeMap<String, &'a RawValue>>(line) {
        Ok(mut question) => (question.remove("id"), computed(question, calendars)),
        Err(fault) => {
            let (what, column) = (without_place(&fault), fault.column());
            (None, Err(format!("the line is no JSON object ({what}, at column {column}): write one question a line")))
        }
    }
}

fn computed(mut question: BTreeMap<String, &RawValue>, calendars: &mut Calendars) -> Answer {
    let calendar = question.remove("calendar").ok_or("\"calendar\" is missing: give zone, slots and holidays")?;
    let start = instant("start", question.remove("start"))?;
    let length = question.remove("working_minutes");
    let end = question.remove("end");
    if let Some(unknown) = question.keys().next() {
        return Err(format!(
            "\"{unknown}\" is unknown: a question has id, calendar, start, and working_minutes or end"
        ));
    }
    let calendar = calendars.compiled(calendar)?;
    match (length, end) {
        (Some(minutes), None) => {
            let due = calendar.due(start, working_minutes(minutes)?).map_err(|fault| fault.to_string())?;
            Ok(Computed::Due(due.to_string()))
        }
        (None, Some(end)) => {
            let end = instant("end", Some(end))?;
            if end < start {
                return Err(format!("\"end\" ({end}) is before \"start\" ({start}): exchange them"));
            }
            Ok(Computed::WorkingSeconds(seconds(calendar.elapsed(start, end))))
        }
        (None, None) => Err("nothing is asked: give \"working_minutes\" for a due instant, or \"end\"".into()),
        (Some(_), Some(_)) => Err("\"working_minutes\" and \"end\" are two questions: ask one a line".into()),
    }
}

fn instant(name: &str, value: Option<&RawValue>) -> Result<Instant, String> {
    let value = value.ok_or_else(|| format!("\"{name}\" is missing: {}", no_instant("")))?;
    let text: String = serde_json::from_str(value.get()).unwrap_or_default();
    text.parse().map_err(|_| format!("\"{name}\" is {}: {}", shown(value), no_instant(&text)))
}

/// What was written, cut where it is long.
fn shown(value: &RawValue) -> String {
    let text = value.get();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What serde found, without the line, which is always the first, and the column of a part of it.
fn without_place(fault: &serde_json::Error) -> String {
    let said = fault.to_string();
    let place = format!(" at line {} column {}", fault.line(), fault.column());
    said.strip_suffix(&place).map_or(said.clone(), str::to_owned)
}

/// Whole minutes, or a fraction of them to the microsecond.
fn working_minutes(value: &RawValue) -> Result<SignedDuration, String> {
    let wrong = || format!("\"working_minutes\" is {}: give a number of minutes, 0 or more", shown(value));
    if let Ok(minutes) = serde_json::from_str::<u64>(value.get()) {
        let seconds = i64::try_from(minutes).ok().and_then(|minutes| minutes.checked_mul(60));
        return Ok(seconds.map_or(SignedDuration::MAX, SignedDuration::from_secs));
    }
    let minutes: f64 = serde_json::from_str(value.get()).map_err(|_| wrong())?;
    if minutes < 0.0 {
        return Err(wrong());
    }
    // A decimal number stands for the nearest microsecond.
    let length = SignedDuration::try_from_secs_f64(minutes * 60.0).unwrap_or(SignedDuration::MAX);
    Ok(length.round(Unit::Microsecond).unwrap_or(SignedDuration::MAX))
}

/// A whole number where it is one, else a decimal one that is exact to the microsecond.
fn seconds(length: SignedDuration) -> Value {
    let (whole, micros) = (length.as_secs(), length.subsec_micros());
    if micros == 0 {
        return json!(whole);
    }
    // The nearest double prints as these very digits up to 2^53 microseconds, which are 285 years; beyond
    // that a number of JSON cannot carry them for most readers anyway.
    let exact = format!("{whole}.{micros:06}");
    exact.parse::<f64>().map_or_else(|_| json!(exact), Value::from)
}

/// Hours that were compiled for an earlier line, by their text.
#[derive(Default)]
struct Calendars {
    kept: HashMap<String, Rc<Calendar>>,
}

impl Calendars {
    fn compiled(&mut self, spec: &RawValue) -> Result<Rc<Calendar>, String> {
        if let Some(calendar) = self.kept.get(spec.get()) {
            return Ok(Rc::clone(calendar));
        }
        let read: CalendarSpec = serde_json::from_str(spec.get())
            .map_err(|fault| format!("\"calendar\" cannot be read: {}", without_place(&fault)))?;
        let calendar = Calendar::build(&read).map_err(|fault| format!("\"calendar\" cannot be used: {fault}"))?;
        let calendar = Rc::new(calendar);
        if self.kept.len() >= KEPT_CALENDARS {
            self.kept.clear();
        }
        self.kept.insert(spec.get().to_owned(), Rc::clone(&calendar));
        Ok(calendar)
    }
}

#[cfg(test)]
mod tests;
