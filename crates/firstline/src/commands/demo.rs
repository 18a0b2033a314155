//! `firstline demo`: a desk with a believable world in a folder of its own, served at once. Mails stay in it.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use desk::{
    Actor, SecretMails, Settings,
    ports::{Clock, Postman},
};
use rules::{people::SecretKey, policy::Policy};
use store::{Place, Store};
use web::app::Mode;
use world::Stage;

use super::{Terminal, init::REFERENCE, serve::start_log, written::socket};
use crate::{
    config::{Config, LogForm},
    folder::Folder,
    ports::{SystemChance, SystemClock},
    serving::{self, Listening},
    text_file,
    wire::{self, Ports},
};

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// The folder of the demo; made and filled when it is not there.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Where it listens.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = socket)]
    listen: SocketAddr,
    /// The support policy; the reference one unless given. Only for a new folder.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// An empty PostgreSQL database for the demo, postgres://user@host/name; SQLite in the folder unless given.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Says in a folder that it is a demo's, and how far its making came.
const MARK: &str = "demo";
const UNFINISHED: &str = "unfinished";
const FINISHED: &str = "finished";
const FINISHED_ELSEWHERE: &str = "finished, in PostgreSQL";
/// The same world every time.
const SEED: u64 = 2026;
/// Who can be signed in as.
const DOORS: [&str; 6] = ["visitor", "customer", "agent", "lead", "administrator", "security"];

pub(super) fn run(command: Demo, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    start_log(LogForm::Text);
    let stands = look_at(&command.data, command.database.as_deref())?;
    // Before anything is made, so that the command can be given again.
    let source = policy(command.policy.as_deref())?;
    let product = product(&source)?;
    let command = Demo { listen: free(command.listen)?, ..command };
    let folder = Folder::take(&command.data)?;
    let key = folder.secret_key(None, |bytes| desk::ports::Chance::fill(&SystemChance, bytes))?;
    let post = wire::kept_post(&format!("{product} support"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        if stands == Stands::Not {
            let settings = settings(command.listen, &key);
            let took = make((&folder, command.database.as_deref()), settings, &source, Arc::clone(&post)).await?;
            terminal.say(format_args!("Made a world of ninety days in {took:.1} s."))?;
        } else if command.policy.is_some() {
            terminal.say(format_args!(
                "{} holds a demo already, with its policy; for another one name an empty folder with --data.",
                command.data.display()
            ))?;
        }
        serve(&command, &folder, (key, post), terminal).await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Whether the folder holds a whole world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Not,
    Whole,
}

/// Refuses a folder that is somebody else's. A world whose making broke off is thrown away: it is worth nothing.
fn look_at(folder: &Path, database: Option<&str>) -> anyhow::Result<Stands> {
    let mark = folder.join(MARK);
    match fs::read_to_string(&mark) {
        Ok(text) if text.trim() == finished(database) => Ok(Stands::Whole),
        Ok(text) if text.trim() == FINISHED => bail!(
            "{} holds a demo on SQLite; leave --database away, or name another folder with --data",
            folder.display()
        ),
        Ok(text) if text.trim() == FINISHED_ELSEWHERE => bail!(
            "{} belongs to a demo in PostgreSQL; name its --database, or another folder with --data",
            folder.display()
        ),
        Ok(_) => {
            for part in ["db", "blobs"].map(|part| folder.join(part)).iter().filter(|part| part.exists()) {
                fs::remove_dir_all(part).with_context(|| format!("{} cannot be removed", part.display()))?;
            }
            Ok(Stands::Not)
        }
        Err(_) if is_empty(folder)? => Ok(Stands::Not),
        Err(_) => bail!(
            "{} is not empty and was not made by `firstline demo`; name another folder with --data",
            folder.display()
        ),
    }
}

/// What the mark of a whole world says.
fn finished(database: Option<&str>) -> &'static str {
    if database.is_some() { FINISHED_ELSEWHERE } else { FINISHED }
}

fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    Ok(entries.next().is_none())
}

fn policy(file: Option<&Path>) -> anyhow::Result<String> {
    match file {
        Some(file) => text_file::read(file),
        None => Ok(REFERENCE.to_owned()),
    }
}

fn product(source: &str) -> anyhow::Result<String> {
    let checked = Policy::parse(source).map_err(|faults| {
        anyhow::anyhow!("the policy has {} faults; `firstline policy check FILE` shows them", faults.len())
    })?;
    Ok(checked.policy.product.name)
}

/// Where it will listen: what was asked for, and of port 0 the one that the system picks.
fn free(listen: SocketAddr) -> anyhow::Result<SocketAddr> {
    let socket = TcpListener::bind(listen)
        .with_context(|| format!("{listen} is not free; name another address with --listen"))?;
    Ok(socket.local_addr()?)
}

fn site(listen: SocketAddr) -> String {
    format!("http://{listen}")
}

/// What the world is made with. Its mails link to where the demo is first served; served somewhere else later, they
/// still do, as mails that were sent do.
fn settings(listen: SocketAddr, key: &SecretKey) -> Settings {
    Settings { base_url: site(listen), secret_key: key.clone(), secret_mails: SecretMails::Show }
}

/// Fills an empty folder or database with a world that ends now; how many seconds it took.
async fn make(
    (folder, database): (&Folder, Option<&str>),
    settings: Settings,
    source: &str,
    post: Arc<dyn Postman>,
) -> anyhow::Result<f64> {
    let until = SystemClock.now();
    fs::write(folder.path().join(MARK), UNFINISHED).context("the folder cannot be written to")?;
    let here = folder.path().to_owned();
    let place = match database {
        Some(url) => Place::Postgres { url: url.to_owned(), folder: here },
        None => Place::Folder(here),
    };
    let store = Store::open_unsynced(&place).await.context("the database cannot be opened")?;
    let is_used = store::policy::newest(store.read()).await?.is_some();
    ensure!(!is_used, "the database holds a desk already; name an empty one with --database");
    let stage = Stage::new(world::beginning(until), SEED, post);
    let desk = stage.desk(store, settings);
    let new = desk::policy::NewPolicy { source: source.to_owned(), from: None };
    let applied = desk::policy::apply(&desk, &Actor::DESK, new).await;
    ensure!(applied.is_ok(), "the policy was not applied; run `firstline policy check` on it");
    let cast = world::live(&desk, &stage, until, SEED).await.context("the world came to an early end")?;
    world::release(&desk).await.context("the world's releases were not taken")?;
    world::bugs::review(&desk, &cast).await.context("the world's bugs were not reviewed")?;
    desk.store.sync(&place).await?;
    desk.store.close().await?;
    fs::write(folder.path().join(MARK), finished(database)).context("the folder cannot be written to")?;
    Ok(SystemClock.now().since(until).as_secs_f64())
}

async fn serve(
    command: &Demo,
    folder: &Folder,
    (key, postman): (SecretKey, Arc<dyn Postman>),
    terminal: &mut Terminal,
) -> anyhow::Result<()> {
    let base_url = site(command.listen);
    let mut environment = vec![
        ("FIRSTLINE_BASE_URL".to_owned(), base_url.clone()),
        ("FIRSTLINE_DATA_DIR".to_owned(), folder.path().display().to_string()),
    ];
    environment.extend(command.database.clone().map(|url| ("FIRSTLINE_DATABASE".to_owned(), url)));
    let config = Config::read(None, &environment)?;
    let ports = Ports { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance), postman };
    let app = wire::wire(&config, key, ports, Mode::Demo).await?;
    let at = Listening::plainly(command.listen);
    serving::serve(app, folder.path(), at, |address| {
        // A closed terminal is no reason to stop.
        let _ = doors(terminal, address);
    })
    .await
}

fn doors(terminal: &mut Terminal, address: SocketAddr) -> anyhow::Result<()> {
    terminal.say(format_args!("\nThe demo is open: http://{address}/\n"))?;
    for door in DOORS {
        terminal.say(format_args!("  {door:<14} http://{address}/demo/sign-in/{door}"))?;
    }
    terminal.say(format_args!("  {:<14} http://{address}/demo/mails\n", "mails"))?;
    terminal.say("Ctrl-C ends it; the folder keeps what happened.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mails_of_the_world_link_to_where_the_demo_listens() {
        let listen = free("127.0.0.1:0".parse().expect("an address")).expect("a port is free");
        assert_ne!(listen.port(), 0);
        let settings = settings(listen, &SecretKey::new(vec![7; 32]));
        assert_eq!(settings.base_url, format!("http://{listen}"));
    }

    #[test]
    fn a_demo_is_opened_where_it_was_made() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let marked = |text: &str| fs::write(folder.path().join(MARK), text).expect("it can be written");
        let elsewhere = Some("postgres://firstline@db.example/demo");
        let refused = |database| look_at(folder.path(), database).expect_err("it was taken").to_string();
        assert_eq!(look_at(folder.path(), elsewhere).expect("it is empty"), Stands::Not);
        marked(FINISHED);
        assert_eq!(look_at(folder.path(), None).expect("it is whole"), Stands::Whole);
        assert!(refused(elsewhere).contains("leave --database away"));
        marked(FINISHED_ELSEWHERE);
        assert_eq!(look_at(folder.path(), elsewhere).expect("it is whole"), Stands::Whole);
        assert!(refused(None).contains("name its --database"));
        marked(UNFINISHED);
        assert_eq!(look_at(folder.path(), elsewhere).expect("it is made anew"), Stands::Not);
    }

    #[test]
    fn an_address_that_is_taken_is_refused_before_a_world_is_made() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let refused = free(taken.local_addr().expect("it has one")).expect_err("it is taken");
        assert!(refused.to_string().ends_with("is not free; name another address with --listen"), "{refused}");
    }
}
