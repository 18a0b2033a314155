//! `firstline init`: an empty production desk: configuration, data folder, policy, first administrator.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, ensure};
use rules::access::Grant;

use super::{Terminal, policy, talk::talk};
use crate::{
    config::Config,
    control::{Request, Response},
};

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// Where people will reach the desk: https://help.example.com
    #[arg(long)]
    base_url: String,
    /// Everything that is kept.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The support policy; the reference one unless given.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// The first administrator: "Ada Marten <ada@example.com>"
    #[arg(long)]
    administrator: String,
    /// The configuration that is written.
    #[arg(long, default_value = "firstline.toml")]
    config: PathBuf,
}

/// The reference policy.
pub(super) const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");

pub(super) fn run(command: Init, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (name, address) = person(&command.administrator)?;
    ensure!(
        !command.config.exists(),
        "{} is there already; remove it, or write another with --config",
        command.config.display()
    );
    let source = match &command.policy {
        // Before anything is made, so that the command can be given again.
        Some(file) if policy::read(file, terminal)?.is_none() => return Ok(ExitCode::FAILURE),
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?,
        None => REFERENCE.to_owned(),
    };
    let text = configuration(&command);
    std::fs::write(&command.config, &text)
        .with_context(|| format!("{} cannot be written", command.config.display()))?;
    let config = Config::read(Some(&command.config), &vec![])?;
    let applied = talk(&config, Request::ApplyPolicy { source, from: None })?;
    if let Response::Refused(why) = &applied {
        anyhow::bail!("the policy was not applied: {why}");
    }
    let grants = vec![Grant::Administrator, Grant::Lead, Grant::Agent];
    let added = talk(&config, Request::AddStaff { name, address, grants })?;
    terminal.say(format_args!("Wrote {}. {}", command.config.display(), applied.words()))?;
    terminal.say(format_args!("Administrator: {}", added.words()))?;
    terminal.say(format_args!("Now give [smtp] in {}, and start `firstline serve`.", command.config.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// "Ada Marten <ada@example.com>" as name and address.
pub(super) fn person(written: &str) -> anyhow::Result<(String, String)> {
    let (name, rest) = written.split_once('<').context("write the person as \"Name <address>\"")?;
    let address = rest.strip_suffix('>').context("the address lacks its closing >")?;
    ensure!(!name.trim().is_empty(), "the name before <{address}> is missing");
    Ok((name.trim().to_owned(), address.trim().to_owned()))
}

fn configuration(command: &Init) -> String {
    format!(
        "# Firstline. Each entry can also be given as FIRSTLINE_NAME, secrets as FIRSTLINE_NAME_FILE.\n\
         base_url = {:?}\n\
         listen = \"127.0.0.1:8080\"\n\
         health_listen = \"127.0.0.1:8081\"\n\
         data_dir = {:?}\n\
         # trusted_proxies = [\"127.0.0.1\"]\n\
         # log_level = \"info\"\n\
         # database = \"postgres://user@host/name\"\n\n\
         # [smtp]\n\
         # host = \"mail.example.com\"\n\
         # port = 587\n\
         # security = \"starttls\"        # none, starttls or tls\n\
         # user = \"support\"\n\
         # password = \"\"                # better: FIRSTLINE_SMTP_PASSWORD_FILE\n\
         # from = \"support@example.com\"\n\
         # from_name = \"Example support\"\n",
        command.base_url.trim_end_matches('/'),
        command.data.display().to_string(),
    )
}
