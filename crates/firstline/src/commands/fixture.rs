//! `firstline fixture` (hidden): a small desk of this program's schema, as a backup, for the tests that upgrade it once
//! the schema has gone on. Nothing of it depends on when or where it is made.

use std::{path::PathBuf, process::ExitCode};

use anyhow::ensure;
use desk::{Actor, Desk, SecretMails, Settings, policy::NewPolicy, tickets::Answer};
use jiff::SignedDuration;
use rules::{instant::Instant, people::SecretKey, tickets::AfterReply};
use store::Store;
use world::{Cast, Stage};

use super::{Terminal, init::REFERENCE, serve::read_config};
use crate::{backup, wire};

#[derive(Debug, clap::Args)]
pub(super) struct Fixture {
    /// The folder to write: crates/firstline/tests/fixtures/schema-N-ENGINE.
    #[arg(long)]
    into: PathBuf,
    /// The configuration of an empty place.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Fixture, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let config = read_config(command.config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let said = runtime.block_on(async {
        let place = wire::place(&config);
        ensure!(store::copy::is_empty(&place).await?, "a fixture is made in an empty place");
        let stage = Stage::new(instant("2026-11-14T08:00:00Z"), 1, wire::kept_post("Fixture support")?);
        let settings = Settings {
            base_url: "https://help.desk.example".to_owned(),
            secret_key: SecretKey::new(*b"a key for fixtures, and only it!"),
            secret_mails: SecretMails::Forget,
        };
        let desk = stage.desk(Store::open_unsynced(&place).await?, settings);
        live(&desk, &stage).await?;
        let said = backup::take(&desk, &command.into).await?;
        desk.store.close().await?;
        anyhow::Ok(said)
    })?;
    terminal.say(said)?;
    Ok(ExitCode::SUCCESS)
}

/// A fortnight with what a history can hold: filed, answered, asked back, decided, breached, solved, erased.
async fn live(desk: &Desk, stage: &Stage) -> anyhow::Result<()> {
    let policy = NewPolicy { source: REFERENCE.to_owned(), from: None };
    ensure!(desk::policy::apply(desk, &Actor::DESK, policy).await.is_ok(), "the reference policy was not applied");
    let cast = Cast::small(desk, stage).await?;
    stage.pass_until(desk, instant("2026-11-16T08:00:00Z")).await?;
    let (dana, ines) = (cast.dana().actor(desk).await?, cast.ines().actor(desk).await?);
    let lea = cast.lea().actor(desk).await?;
    let mut filed = Vec::new();
    for (actor, kind, subject) in [
        (&dana, "bug", "Launches do not close"),
        (&dana, "question", "Which role may only read?"),
        (&lea, "bug", "Tags with a dot are not found"),
        (&lea, "question", "A request that nobody answers in time"),
    ] {
        let form =
            world::complete(desk.policy().await?.policy(), &kind.into(), subject, "What happens, in a few words.");
        filed.push(world::file(desk, actor, form).await?);
        stage.pass(desk, SignedDuration::from_hours(1)).await?;
    }
    let decided = desk::tickets::Decided { priority: "high".into(), reason: "Nobody can work".to_owned() };
    desk::tickets::decide_priority(desk, &ines, filed[0], decided).await?;
    for (ticket, after) in
        [(filed[0], AfterReply::KeepState), (filed[1], AfterReply::Solve), (filed[2], AfterReply::Wait)]
    {
        desk::tickets::reply(desk, &ines, ticket, Answer { text: world::text("We look into it."), after }).await?;
        stage.pass(desk, SignedDuration::from_hours(2)).await?;
    }
    desk::tickets::answer(desk, &dana, filed[0], world::text("It happens again.")).await?;
    stage.pass(desk, SignedDuration::from_hours(24 * 10)).await?;
    desk::people::erase(desk, &Actor::DESK, cast.lea().person).await?;
    Ok(())
}

fn instant(text: &str) -> Instant {
    text.parse().expect("an instant is written in RFC 3339")
}
