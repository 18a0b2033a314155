//! The world in which a round happens: the small cast on the reference policy, signed in, on a Monday morning. Made once
//! and copied for each round on SQLite, made anew on PostgreSQL.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, Result};
use desk::{
    Actor, Desk, SecretMails, Settings,
    people::{Browser, enter_as},
    policy::NewPolicy,
};
use firstline::{folder::Folder, ports::SystemChance, wire};
use rules::policy::Compiled;
use store::{Place, Store};
use world::{Cast, Stage};

const POLICY: &str = include_str!("../../../policies/allure-testops.toml");
/// A Monday, when the desk opens.
pub(crate) const START: &str = "2026-11-16T08:00:00Z";

/// Who takes part.
#[derive(Clone, Debug)]
pub(crate) struct Player {
    pub(crate) mailbox: String,
    pub(crate) session: String,
    pub(crate) is_staff: bool,
}

/// Those who play, and the policy that their forms are made from.
#[derive(Clone, Debug)]
pub(crate) struct Play {
    pub(crate) players: Vec<Player>,
    pub(crate) policy: Arc<Compiled>,
    /// Microseconds of the first morning.
    pub(crate) start: i64,
    /// The last mail that was kept while the world was made: that postman's, not the sink's.
    pub(crate) last_mail: i64,
}

/// Makes the world at `place`, whose files lie in `folder`.
pub(crate) async fn make(place: &Place, folder: &Path) -> Result<Play> {
    let key = Folder::take(folder)?.secret_key(None, |bytes| desk::ports::Chance::fill(&SystemChance, bytes))?;
    let store = Store::open_unsynced(place).await?;
    let before = "2026-11-14T08:00:00Z".parse().context("an instant")?;
    let stage = Stage::new(before, 1, wire::kept_post("Support")?);
    let settings =
        Settings { base_url: "http://127.0.0.1".to_owned(), secret_key: key, secret_mails: SecretMails::Forget };
    let desk = stage.desk(store, settings);
    let policy = NewPolicy { source: POLICY.to_owned(), from: None };
    desk::policy::apply(&desk, &Actor::DESK, policy).await.map_err(|why| anyhow::anyhow!("{why:?}"))?;
    let cast = Cast::small(&desk, &stage).await?;
    let start = START.parse().context("an instant")?;
    stage.pass_until(&desk, start).await?;
    let players = enter(&desk, &cast).await?;
    let policy = desk.policy().await?;
    let newest = store::outgoing::newest(desk.store.read(), None, 1).await?;
    let last_mail = newest.first().map_or(0, |mail| mail.id.0);
    desk.store.sync(place).await?;
    desk.store.close().await?;
    Ok(Play { players, policy, start: start.micros(), last_mail })
}

async fn enter(desk: &Desk, cast: &Cast) -> Result<Vec<Player>> {
    let mut players = Vec::new();
    for member in [cast.dana(), cast.ravi(), cast.lea(), cast.ines(), cast.theo()] {
        let from = Browser { network: "127.0.0.1", agent: "a player", session: None, known: None };
        let entered = enter_as(desk, &member.address, from).await?;
        let mailbox = member.address.clone();
        players.push(Player { mailbox, session: entered.token, is_staff: member.is_staff() });
    }
    Ok(players)
}

/// Copies a folder with everything in it, but for sockets and locks.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
