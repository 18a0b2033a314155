//! `firstline init`: an empty production desk: configuration, data folder, policy, first administrator. The environment
//! counts as it does for `serve`, so a database that it names is the one that is filled.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail, ensure};
use rules::access::Grant;

use super::{
    Terminal, policy,
    talk::talk,
    written::{Person, base_url, person},
};
use crate::{
    config::Config,
    control::{Request, Response},
    ports::environment,
};

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// Where people will reach the desk: https://help.example.com
    #[arg(long, value_name = "ADDRESS", value_parser = base_url)]
    base_url: String,
    /// Everything that is kept.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The support policy; the reference one unless given.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// The first administrator: "Ada Marten <ada@example.com>"
    #[arg(long, value_name = "PERSON", value_parser = person)]
    administrator: Person,
    /// The configuration that is written.
    #[arg(long, default_value = "firstline.toml")]
    config: PathBuf,
}

/// The reference policy.
pub(super) const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");

pub(super) fn run(command: Init, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    ensure!(
        !command.config.exists(),
        "{} is there already; remove it, or write another with --config",
        command.config.display()
    );
    // Everything is looked at before anything is made, so that the command can be given again.
    let source = match &command.policy {
        Some(file) => match policy::read(file, terminal)? {
            Some((source, _)) => source,
            None => return Ok(ExitCode::FAILURE),
        },
        None => REFERENCE.to_owned(),
    };
    let text = configuration(&command);
    let config = Config::of_text(&text, &command.config.display().to_string(), &environment())?;
    let folder = command.config.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("{} is no folder, so the configuration cannot be written; make it first", folder.display());
    }
    let applied = talk(&config, Request::ApplyPolicy { source, from: None })?;
    if let Response::Refused(why) = &applied {
        bail!("the policy was not applied: {why}");
    }
    let Person { name, address } = command.administrator;
    let grants = vec![Grant::Administrator, Grant::Lead, Grant::Agent];
    let added = talk(&config, Request::AddStaff { name, address, grants })?;
    if let Response::Refused(why) = &added {
        bail!("there is no administrator, since this was refused: {why}");
    }
    // Last, since it is what says that there is a desk.
    std::fs::write(&command.config, &text)
        .with_context(|| format!("{} cannot be written", command.config.display()))?;
    terminal.say(format_args!("Wrote {}. {}", command.config.display(), applied.words()))?;
    terminal.say(added.words())?;
    terminal.say(format_args!("Now give [smtp] in {}, and start `firstline serve`.", command.config.display()))?;
    Ok(ExitCode::SUCCESS)
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
        command.base_url,
        command.data.display().to_string(),
    )
}
