//! `firstline policy simulate`: tries a policy on what happened, and says on the way how far it is.

use std::{
    io::{IsTerminal, Write},
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::{Context, bail};
use desk::sla::Progress;
use jiff::civil::Date;

use super::{Terminal, talk::talk_telling};
use crate::{
    config::Config,
    control::{Request, Response},
    simulation::Report,
};

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Words,
    Json,
}

pub(super) fn run<W: Write>(
    config: &Config,
    (source, since): (String, Date),
    form: Form,
    terminal: &mut Terminal<W>,
) -> anyhow::Result<()> {
    let teller = Teller::new();
    let response = talk_telling(config, Request::SimulatePolicy { source, since }, &|progress| teller.tell(progress))?;
    teller.end();
    let report = match response {
        Response::Text(report) => report,
        Response::Refused(why) => bail!("{}", why.trim_end()),
        other => bail!("the server answered something else: {}", other.words()),
    };
    let report: Report = serde_json::from_str(&report).context("the server's report does not read")?;
    match form {
        Form::Words => terminal.say(report.words().trim_end()),
        Form::Json => terminal.say(serde_json::to_string_pretty(&report)?),
    }
}

/// Says on standard error how far it is: as a bar that moves on a terminal, elsewhere as a line for each tenth.
struct Teller {
    is_terminal: bool,
    told: AtomicU64,
}

const BAR: usize = 40;

impl Teller {
    fn new() -> Self {
        Self { is_terminal: std::io::stderr().is_terminal(), told: AtomicU64::new(0) }
    }

    fn tell(&self, Progress { done, total }: Progress) {
        if total == 0 {
            return;
        }
        let steps = if self.is_terminal { 100 } else { 10 };
        let step = done.min(total) * steps / total;
        if self.told.fetch_max(step, Ordering::SeqCst) >= step {
            return;
        }
        // Nobody has to read it.
        let _ = match self.is_terminal {
            true => {
                let full = usize::try_from(step).unwrap_or_default() * BAR / 100;
                write!(std::io::stderr(), "\r[{:<BAR$}] {step:>3} %", "#".repeat(full))
            }
            false => writeln!(std::io::stderr(), "{done} of {total} requests, {} %", step * 10),
        };
    }

    fn end(&self) {
        if self.is_terminal && self.told.load(Ordering::SeqCst) > 0 {
            let _ = write!(std::io::stderr(), "\r{:width$}\r", "", width = BAR + 8);
        }
    }
}
