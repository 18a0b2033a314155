//! The desk as a process that a round starts and kills: wired as `firstline serve` wires it, with a clock that is set
//! over standard input: a line with microseconds each time.

use std::{io::BufRead, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use desk::ports::Postman;
use firstline::{
    config::Config,
    folder::Folder,
    ports::SystemChance,
    serving::{self, Listening},
    wire::{self, Ports},
};
use mail::{Composer, Security, Sender, Smtp, SmtpPost};
use web::app::Mode;

use crate::{report::say, time::SetClock};

#[derive(Debug, clap::Args)]
pub(crate) struct DeskProcess {
    /// Everything that is kept.
    #[arg(long)]
    folder: PathBuf,
    /// The mail server's port on this machine.
    #[arg(long)]
    smtp: u16,
    /// A PostgreSQL database.
    #[arg(long)]
    database: Option<String>,
    /// What time it is, in microseconds.
    #[arg(long)]
    at: i64,
}

pub(crate) async fn serve(command: DeskProcess) -> Result<ExitCode> {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false);
    let _ = log.with_env_filter("info,sqlx=warn,sea_orm=warn").try_init();
    let mut entries = vec![
        ("FIRSTLINE_BASE_URL".to_owned(), "http://127.0.0.1".to_owned()),
        ("FIRSTLINE_DATA_DIR".to_owned(), command.folder.to_string_lossy().into_owned()),
    ];
    entries.extend(command.database.map(|url| ("FIRSTLINE_DATABASE".to_owned(), url)));
    let config = Config::read(None, &entries)?;
    let folder = Folder::take(&config.data_dir)?;
    let key = folder.secret_key(None, |bytes| desk::ports::Chance::fill(&SystemChance, bytes))?;
    let clock = Arc::new(SetClock::at(command.at));
    let postman = Arc::new(SmtpPost::new(composer()?, server(command.smtp))?) as Arc<dyn Postman>;
    let ports = Ports { clock: Arc::clone(&clock) as _, chance: Arc::new(SystemChance), postman };
    let app = wire::wire(&config, key, ports, Mode::Production).await?;
    let (desk, tells) = (app.desk.clone(), clock);
    std::thread::spawn(move || {
        for micros in std::io::stdin().lock().lines().map_while(Result::ok).filter_map(|line| line.parse().ok()) {
            tells.set(micros);
            desk.wake();
        }
    });
    let at = Listening::plainly(SocketAddr::from(([127, 0, 0, 1], 0)));
    serving::serve(app, folder.path(), at, |address| say(format_args!("serves {address}"))).await?;
    Ok(ExitCode::SUCCESS)
}

fn composer() -> Result<Composer> {
    let sender = Sender { name: "Support".to_owned(), address: "support@desk.example".to_owned(), reply_to: None };
    Composer::new(&sender).map_err(|fault| anyhow::anyhow!(fault.0)).context("the sender of mails")
}

fn server(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        credentials: None,
        hello: "desk.example".to_owned(),
        timeout: Duration::from_secs(1),
        letter_timeout: Duration::from_secs(300),
        connections: 4,
    }
}
