//! The world that is measured: a folder that is made once, and opened by this process beside or without a server.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use desk::{Actor, Desk, SecretMails, Settings, ports::Clock};
use rules::people::SecretKey;
use store::{Place, Store};
use world::{Stage, bulk};

use super::{super::init::REFERENCE, machine::now};
use crate::{
    commands::Terminal,
    config::Config,
    folder::Folder,
    ports::{SystemChance, SystemClock},
    wire::{self, Ports},
};

/// A world that stands.
#[derive(Debug)]
pub(super) struct World {
    pub folder: PathBuf,
    pub requests: usize,
}

/// Says in a folder how many requests its world has, once it is whole.
const MARK: &str = "requests";

impl World {
    /// The world of a folder, made if it is not there. One whose making broke off is made anew.
    pub(super) async fn stand(folder: &Path, requests: usize, terminal: &mut Terminal) -> anyhow::Result<Self> {
        // The server runs in another folder.
        let folder = &std::path::absolute(folder)?;
        let mark = folder.join(MARK);
        if let Ok(text) = fs::read_to_string(&mark) {
            let requests = text.trim().parse().with_context(|| format!("{} holds no number", mark.display()))?;
            return Ok(Self { folder: folder.to_owned(), requests });
        }
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
        let begun = now();
        make(folder, requests, terminal).await?;
        fs::write(&mark, requests.to_string()).context("the folder cannot be written to")?;
        let took = begun.elapsed().as_secs_f64();
        terminal.say(format_args!("Made a world of {requests} requests in {took:.0} s."))?;
        Ok(Self { folder: folder.to_owned(), requests })
    }

    /// The site of this world, in this process.
    pub(super) async fn app(&self) -> anyhow::Result<web::App> {
        let environment = vec![
            ("FIRSTLINE_BASE_URL".to_owned(), "http://localhost".to_owned()),
            ("FIRSTLINE_DATA_DIR".to_owned(), self.folder.display().to_string()),
        ];
        let config = Config::read(None, &environment)?;
        let key = key(&self.folder)?;
        let ports = Ports {
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
            postman: wire::kept_post("Support")?,
        };
        wire::wire(&config, key, ports, web::app::Mode::Production).await
    }

    /// Does what came due since the world was made, and makes its index where there is none, so that no figure holds it.
    pub(super) async fn settle(&self, desk: &Desk) -> anyhow::Result<()> {
        desk::schedule::settle(desk).await?;
        Ok(desk::search::catch_up(desk).await?)
    }

    /// A copy to write in, where it costs little; else the world itself, which grows a little.
    pub(super) fn to_write_in(&self) -> anyhow::Result<Self> {
        const LARGEST: u64 = 1 << 30;
        let bytes: u64 =
            fs::read_dir(self.folder.join("db"))?.filter_map(|file| Some(file.ok()?.metadata().ok()?.len())).sum();
        if bytes > LARGEST {
            return Ok(Self { folder: self.folder.clone(), requests: self.requests });
        }
        let copy = self.folder.with_extension("copy");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        fs::create_dir_all(copy.join("db"))?;
        for entry in fs::read_dir(self.folder.join("db"))? {
            let entry = entry?;
            fs::copy(entry.path(), copy.join("db").join(entry.file_name()))?;
        }
        // With the same key, its sessions stay valid.
        fs::copy(self.folder.join("secret.key"), copy.join("secret.key"))?;
        Ok(Self { folder: copy, requests: self.requests })
    }
}

fn key(folder: &Path) -> anyhow::Result<SecretKey> {
    Folder::take(folder)?.secret_key(None, |bytes| desk::ports::Chance::fill(&SystemChance, bytes))
}

async fn make(folder: &Path, requests: usize, terminal: &mut Terminal) -> anyhow::Result<()> {
    let until = SystemClock.now();
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let place = Place::Folder(folder.to_owned());
    let store = Store::open_unsynced(&place).await.context("the database cannot be made")?;
    let stage = Stage::new(bulk::beginning(until), 1, wire::kept_post("Support")?);
    let settings = Settings {
        base_url: "http://localhost".to_owned(),
        secret_key: key(folder)?,
        secret_mails: SecretMails::Forget,
    };
    let desk = stage.desk(store, settings);
    let new = desk::policy::NewPolicy { source: REFERENCE.to_owned(), from: None };
    desk::policy::apply(&desk, &Actor::DESK, new).await.map_err(|fault| anyhow::anyhow!("the policy: {fault:?}"))?;
    let mut said = 0;
    bulk::fill(&desk, until, requests, |count| {
        if count >= said + 100_000 {
            said = count;
            // A closed terminal is no reason to stop.
            let _ = terminal.say(format_args!("{count} requests"));
        }
    })
    .await?;
    desk.store.sync(&place).await?;
    Ok(desk.store.close().await?)
}

/// Who has this session.
pub(super) async fn actor(desk: &Desk, session: &str) -> anyhow::Result<Actor> {
    let browser = desk::people::Browser { network: "127.0.0.1", agent: "bench", session: None, known: None };
    Ok(desk::people::enter(desk, session, browser).await?)
}

/// A session of who has this address; its token.
pub(super) async fn session(desk: &Desk, address: &str) -> anyhow::Result<String> {
    let browser = desk::people::Browser { network: "127.0.0.1", agent: "bench", session: None, known: None };
    let entered = desk::people::enter_as(desk, address, browser).await;
    Ok(entered.with_context(|| format!("nobody has the address {address}"))?.token)
}
