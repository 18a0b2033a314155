//! Rounds: each has its seed, its scenario and a world of its own, and ends in the judge's chamber.

use std::{
    collections::BTreeMap,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use tokio::{
    sync::{MappedMutexGuard, Mutex, MutexGuard},
    task::{JoinError, JoinSet},
};

use crate::{
    cluster::Cluster,
    dice::Dice,
    disks, kills, postgres,
    report::{Counts, Unable, say},
    stage::{self, Play},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// The first round's seed; each further round has the next number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 10)]
    rounds: u64,
    /// So many at the same time, which makes each of them slower and its instants others.
    #[arg(long, default_value_t = 2)]
    together: usize,
    /// Only this scenario; unless given, each round draws one.
    #[arg(long)]
    only: Option<Scenario>,
}

/// What goes wrong in a round. All but a few also have a mail server that misbehaves and a clock that jumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Scenario {
    /// `kill -9` under load, several times, also while it starts.
    Kill,
    /// The disk fills up and is emptied again.
    FullDisk,
    /// The disk is mounted read-only at start, and turns read-only while the desk runs.
    ReadOnlyDisk,
    /// PostgreSQL stops, in order or at once, and comes back.
    DatabaseGone,
    /// Two desks on one PostgreSQL; one of them is killed.
    TwoNodes,
}

/// Of a hundred rounds.
const SHARES: [(Scenario, u64); 5] = [
    (Scenario::Kill, 70),
    (Scenario::FullDisk, 10),
    (Scenario::ReadOnlyDisk, 4),
    (Scenario::DatabaseGone, 8),
    (Scenario::TwoNodes, 8),
];

/// Rounds among which everything that people do is done.
const ENOUGH: u64 = 8;

/// What rounds are about: a run of many without one of these proves nothing.
const TRIED: [&str; 5] = ["acts acknowledged", "files acknowledged", "kills", "mails kept", "breaches and warnings"];

/// What rounds share.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) play: Play,
    template: PathBuf,
    home: PathBuf,
    cluster: Mutex<Option<Cluster>>,
}

/// One round.
#[derive(Debug)]
pub(crate) struct Round {
    pub(crate) folder: PathBuf,
    pub(crate) ground: Arc<Ground>,
    pub(crate) dice: Dice,
    pub(crate) counts: Counts,
    pub(crate) faults: Vec<String>,
}

pub(crate) async fn run(run: Run) -> Result<ExitCode> {
    let mut home = tempfile::Builder::new();
    // PostgreSQL runs as a user of its own, which must get there.
    home.prefix("firstline-faults-").permissions(std::fs::Permissions::from_mode(0o755));
    let home = home.tempdir().context("a folder for the rounds")?;
    let template = home.path().join("template");
    let play = stage::make(&store::Place::Folder(template.clone()), &template).await.context("the world")?;
    let cluster = Mutex::default();
    let ground = Arc::new(Ground { play, template, home: home.path().to_owned(), cluster });
    let (mut tally, mut playing) = (Tally::default(), JoinSet::new());
    for seed in run.seed..run.seed.saturating_add(run.rounds) {
        if playing.len() >= run.together.max(1) {
            tally.take(playing.join_next().await, run.only)?;
        }
        playing.spawn(play_round(seed, run.only, Arc::clone(&ground)));
    }
    while !playing.is_empty() {
        tally.take(playing.join_next().await, run.only)?;
    }
    drop(ground);
    tally.say();
    let idle = if run.rounds < ENOUGH { vec![] } else { tally.counts.without(&TRIED) };
    idle.iter().for_each(|what| say(format_args!("nothing was tried of: {what}")));
    if tally.failed.is_empty() && idle.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    // What a failure left is worth looking at.
    let _ = home.keep();
    Ok(ExitCode::FAILURE)
}

/// A round that is over.
type Over = (u64, Scenario, PathBuf, Result<Round>);

/// What came of the rounds so far.
#[derive(Debug, Default)]
struct Tally {
    counts: Counts,
    rounds: BTreeMap<Scenario, u64>,
    failed: Vec<u64>,
    unable: BTreeMap<Scenario, String>,
}

impl Tally {
    fn take(&mut self, over: Option<Result<Over, JoinError>>, only: Option<Scenario>) -> Result<()> {
        let Some(over) = over else { return Ok(()) };
        let (seed, scenario, folder, round) = over.context("a round broke off")?;
        *self.rounds.entry(scenario).or_default() += 1;
        let faults = match round {
            Ok(round) => {
                self.counts.add_all(&round.counts);
                round.faults
            }
            Err(error) if only.is_none() && error.downcast_ref::<Unable>().is_some() => {
                self.unable.insert(scenario, format!("{error:#}"));
                vec![]
            }
            Err(error) => vec![format!("{error:#}")],
        };
        if faults.is_empty() {
            return std::fs::remove_dir_all(&folder).context("remove the round's folder");
        }
        say(format_args!("round {seed} ({scenario:?}) failed; its folder is {}", folder.display()));
        faults.iter().take(20).for_each(|fault| say(format_args!("  {fault}")));
        let only = only.map(|only| format!(" --only {}", only.name())).unwrap_or_default();
        say(format_args!("  again: cargo xtask faults --seed {seed} --rounds 1{only}"));
        self.failed.push(seed);
        Ok(())
    }

    fn say(&self) {
        let rounds: Vec<String> = self.rounds.iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
        say(format_args!("rounds: {}\n{}\nfailed: {}", rounds.join(", "), self.counts, self.failed.len()));
        for (scenario, why) in &self.unable {
            say(format_args!("NOT PLAYED: {}: {why}", scenario.name()));
        }
    }
}

impl Scenario {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

fn draw(dice: &mut Dice) -> Scenario {
    let mut thrown = dice.below(SHARES.iter().map(|(_, share)| share).sum());
    for (scenario, share) in SHARES {
        if thrown < share {
            return scenario;
        }
        thrown -= share;
    }
    Scenario::Kill
}

async fn play_round(seed: u64, only: Option<Scenario>, ground: Arc<Ground>) -> Over {
    let mut dice = Dice::new(seed);
    let drawn = draw(&mut dice);
    let (scenario, folder) = (only.unwrap_or(drawn), ground.home.join(format!("round-{seed}")));
    let round = Round { folder: folder.clone(), ground, dice, counts: Counts::default(), faults: vec![] };
    (seed, scenario, folder, round.play(scenario).await)
}

impl Ground {
    /// The run's PostgreSQL, started when a round first asks for it.
    pub(crate) async fn cluster(&self) -> Result<MappedMutexGuard<'_, Cluster>> {
        let mut cluster = self.cluster.lock().await;
        if cluster.is_none() {
            *cluster = Some(Cluster::make(&self.home)?);
        }
        Ok(MutexGuard::map(cluster, |cluster| cluster.as_mut().expect("it was just made")))
    }
}

impl Round {
    async fn play(mut self, scenario: Scenario) -> Result<Self> {
        std::fs::create_dir_all(&self.folder)?;
        match scenario {
            Scenario::Kill => kills::play(&mut self).await?,
            Scenario::FullDisk => disks::fill(&mut self).await?,
            Scenario::ReadOnlyDisk => disks::turn_read_only(&mut self).await?,
            Scenario::DatabaseGone => postgres::leave(&mut self).await?,
            Scenario::TwoNodes => postgres::two_nodes(&mut self).await?,
        }
        ensure!(!self.counts.is_empty(), "the round did nothing");
        Ok(self)
    }

    /// Copies the world into a folder.
    pub(crate) fn settle_in(&self, folder: &Path) -> Result<()> {
        let copied = tokio::task::block_in_place(|| stage::copy(&self.ground.template, folder));
        copied.with_context(|| format!("copy the world to {}", folder.display()))
    }
}
