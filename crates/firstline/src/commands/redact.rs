//! `firstline redact`: a passage or a file of a request is gone for good (PRV-2). A passage comes on standard input, since
//! arguments stay in the shell's history and are seen by everybody on the machine.

use std::{io::Read, path::PathBuf, process::ExitCode};

use anyhow::{Context, ensure};
use rules::{
    ids::{AttachmentId, MessageId, TicketId},
    redaction::{LONGEST, Reason},
};

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Gone, Request, Response, Run};

#[derive(Debug, clap::Args)]
pub(super) struct Redact {
    /// The request's number.
    #[arg(long, value_name = "NUMBER")]
    request: i64,
    /// The message that holds the passage; it goes wherever else in the request it stands, too. Without one: wherever it stands.
    #[arg(long, value_name = "NUMBER", requires = "passage")]
    message: Option<i64>,
    /// Read the passage from standard input; there is no other way to give it.
    #[arg(long, value_name = "-", value_parser = ["-"], required_unless_present = "file", conflicts_with = "file")]
    passage: Option<String>,
    /// The number of a file.
    #[arg(long, value_name = "NUMBER")]
    file: Option<i64>,
    /// Why: secret, personal, misplaced, asked or other.
    #[arg(long, value_parser = ["secret", "personal", "misplaced", "asked", "other"])]
    reason: String,
    /// The same in words, which the customer reads; needed for "other". Not what is redacted.
    #[arg(long, default_value = "")]
    words: String,
    /// Change nothing; say from where it would go.
    #[arg(long)]
    dry_run: bool,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Redact, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let passage = match command.passage {
        Some(_) => Some(read()?),
        None => None,
    };
    let gone = Gone {
        request: TicketId(command.request),
        message: command.message.map(MessageId),
        passage,
        file: command.file.map(AttachmentId),
        why: Reason::read(&command.reason).context("this is no reason")?,
        words: command.words,
        run: if command.dry_run { Run::Dry } else { Run::Done },
    };
    match talk(&read_config(command.config)?, Request::Redact(gone))? {
        Response::Refused(why) => anyhow::bail!("{why}"),
        said => terminal.say(said.words())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The passage, without the line end that a terminal or `echo` puts behind it.
fn read() -> anyhow::Result<String> {
    let mut passage = String::new();
    let most = LONGEST as u64 + 3;
    std::io::stdin().take(most).read_to_string(&mut passage).context("the passage could not be read as UTF-8")?;
    let passage = passage.trim_end_matches(['\r', '\n']).to_owned();
    ensure!(
        !passage.is_empty(),
        "there is no passage on standard input; pipe it in, such as: firstline redact … < passage.txt"
    );
    Ok(passage)
}
