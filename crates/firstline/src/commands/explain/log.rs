//! `firstline explain log`: what a file is, how much of a log it is, what would be masked in it, and why. It reads files
//! piece by piece, archives for what lies in them, and keeps nothing.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::anyhow;
use rules::{
    logs::{
        HEAD, Kind, Partial, Reading, Recognised, Survey,
        archive::{self, Limits, NotOpened},
        is_short,
        mask::Keeper,
        recognise,
    },
    people::SecretKey,
};
use serde_json::{Value, json};
use words::{lang::Lang, logs, size::size};

use crate::{commands::Terminal, text_file};

/// What a log is, and what it lacks.
#[derive(Debug, clap::Args)]
pub(in crate::commands) struct ExplainLog {
    /// The files, also archives.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the report says: a log of seconds is no log of the hours that it tells of.
    #[arg(long, value_name = "TEXT", default_value = "")]
    report: String,
    /// Print the first file as people would read it, with its secrets masked, and nothing else.
    #[arg(long, conflicts_with = "json")]
    masked: bool,
    /// Answer with one JSON object a file, one a line.
    #[arg(long)]
    json: bool,
}

/// Of an archive, at most: a file has at most so much in the reference policy.
const LIMITS: Limits = Limits { files: 1_000, bytes: 2 << 30 };
const PIECE: usize = 256 * 1024;

/// What was found out about a file, or a file of an archive.
struct Found {
    name: String,
    kind: Kind,
    media_type: &'static str,
    bytes: u64,
    survey: Option<Survey>,
    not_opened: Option<NotOpened>,
    /// Files of an archive whose names lead out of it.
    left_out: Vec<String>,
}

pub(super) fn run(args: ExplainLog, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    // Masks are numbered within one call, as within one request.
    let mut keeper = Keeper::new(&SecretKey::new([0; 32]), &[]);
    let mut counts = true;
    for path in &args.files {
        let reads = |error: io::Error| anyhow!("{} {}", path.display(), text_file::why_not(&error));
        let mut print =
            |text: &str| if args.masked { io::Write::write_all(&mut terminal.out, text.as_bytes()) } else { Ok(()) };
        let found = look(path, &mut keeper, &mut print).map_err(reads)?;
        if args.masked {
            return Ok(ExitCode::SUCCESS);
        }
        counts &= found.iter().any(Found::counts);
        for mut found in found {
            found.compare(&args.report);
            if args.json { terminal.say(found.as_json())? } else { found.say(terminal)? }
        }
    }
    Ok(if counts { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The file, and where it is an archive, what lies in it.
fn look(path: &Path, keeper: &mut Keeper, print: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<Vec<Found>> {
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let name = path.display().to_string();
    let first = read(name.clone(), file, keeper, print)?;
    if first.kind != Kind::Archive {
        return Ok(vec![first]);
    }
    let mut inner = Vec::new();
    let mut take = |inside: &str, content: &mut dyn Read| {
        let name = if inside.is_empty() { name.clone() } else { format!("{name}: {inside}") };
        inner.push(read(name, content, keeper, &mut |_| Ok(()))?);
        Ok(())
    };
    let (left_out, not_opened) = match archive::open(File::open(path)?, LIMITS, &mut take)? {
        Ok(left_out) => (left_out, None),
        Err(why) => (vec![], Some(why)),
    };
    let mut all = vec![Found { bytes, not_opened, left_out, ..first }];
    all.append(&mut inner);
    Ok(all)
}

fn read(
    name: String,
    mut content: impl Read,
    keeper: &mut Keeper,
    print: &mut dyn FnMut(&str) -> io::Result<()>,
) -> io::Result<Found> {
    let mut piece = Vec::with_capacity(HEAD);
    content.by_ref().take(HEAD as u64).read_to_end(&mut piece)?;
    let Recognised { kind, media_type, .. } = recognise(&piece);
    let mut found = Found { name, kind, media_type, bytes: 0, survey: None, not_opened: None, left_out: vec![] };
    let reading = Reading::begin(&recognise(&piece), keeper.clone());
    let (mut reading, mut out) = (reading, String::new());
    while !piece.is_empty() {
        found.bytes += piece.len() as u64;
        if let Some(reading) = &mut reading {
            reading.push(&piece, &mut out);
            print(&out)?;
            out.clear();
        }
        piece.clear();
        content.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
    }
    if let Some(reading) = reading {
        let (survey, next) = reading.finish(&mut out);
        *keeper = next;
        print(&out)?;
        found.kind = survey.kind;
        found.survey = Some(survey);
    }
    Ok(found)
}

impl Found {
    /// Whether it would do as a log.
    fn counts(&self) -> bool {
        self.kind.may_be_log()
    }

    fn compare(&mut self, report: &str) {
        if let Some(survey) = &mut self.survey {
            let short = survey.span.as_ref().and_then(|span| is_short(span, report));
            survey.partial.extend(short);
        }
    }

    fn partial(&self) -> &[Partial] {
        self.survey.as_ref().map_or(&[], |survey| &survey.partial)
    }

    fn refusal(&self) -> Option<String> {
        match &self.not_opened {
            Some(why) => Some(logs::not_opened(Lang::En, why)),
            None if self.kind == Kind::Archive || self.counts() => None,
            None => Some(logs::refused(Lang::En, self.kind, self.media_type)),
        }
    }

    fn say(&self, terminal: &mut Terminal) -> anyhow::Result<()> {
        terminal.say(format_args!("{}", self.name))?;
        terminal.say(format_args!("  kind      {}", logs::kind(Lang::En, self.kind)))?;
        if let Some(survey) = &self.survey {
            let lines = logs::lines(Lang::En, survey.lines);
            terminal.say(format_args!("  text      {}, {lines}, {}", survey.encoding, size(survey.bytes)))?;
            if let Some(span) = &survey.span {
                terminal.say(format_args!("  span      {}", logs::span(Lang::En, span)))?;
            }
            let doubts = survey.partial.iter().map(|why| logs::partial(Lang::En, why));
            if self.counts() {
                let verdict = logs::verdict(Lang::En, &survey.partial);
                let said: Vec<String> = std::iter::once(verdict).chain(doubts).collect();
                terminal.say(format_args!("  whole?    {}", said.join(". ").replace(".. ", ". ")))?;
            }
            if let Some(masked) = logs::masked(Lang::En, &survey.masked) {
                terminal.say(format_args!("  secrets   {masked}"))?;
            }
        } else {
            terminal.say(format_args!("  size      {}", size(self.bytes)))?;
        }
        if let Some(left_out) = logs::left_out(Lang::En, &self.left_out) {
            terminal.say(format_args!("  left out  {left_out}"))?;
        }
        match self.refusal() {
            Some(why) => terminal.say(format_args!("  as a log  {why}")),
            None => Ok(()),
        }
    }

    fn as_json(&self) -> Value {
        let survey = self.survey.as_ref();
        let span = survey.and_then(|survey| survey.span.as_ref());
        let partial = self.partial();
        let masked = survey.map(|survey| {
            let counts = survey.masked.iter().map(|(secret, count)| (secret.as_str().to_owned(), json!(count)));
            Value::Object(counts.collect())
        });
        json!({
            "file": self.name,
            "kind": self.kind.as_str(),
            "media_type": self.media_type,
            "is_log": self.counts(),
            "refused": self.refusal(),
            "left_out": self.left_out,
            "encoding": survey.map(|survey| survey.encoding),
            "bytes": self.bytes,
            "lines": survey.map(|survey| survey.lines),
            "span": span.map(|span| json!({ "from": span.from, "to": span.to, "seconds": span.seconds })),
            "probably_partial": !partial.is_empty(),
            "partial": partial.iter().map(|why| json!({ "reason": why.as_str(), "says": logs::partial(Lang::En, why) })).collect::<Vec<_>>(),
            "masked": masked,
        })
    }
}
