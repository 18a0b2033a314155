//! Makes a desk of a backup again, in an empty data folder and an empty database, or tries that in a place that is thrown
//! away. Either way the result is looked at, not believed: files by their hashes, tables by their counts, and what is
//! kept of every request against its events. Who was erased since the backup is erased again
//! (PRV-1), and what was redacted is redacted again (PRV-2).

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, ensure};
use desk::proof::Proof;
use store::{
    Place, Store,
    blobs::{BlobId, Blobs},
    copy::{self, Kind},
};
use web::app::Mode;

use super::{
    again::{Later, Lists},
    check, differences,
    manifest::{BLOBS, DATABASE, Manifest},
    take,
};
use crate::{
    config::Config,
    control::audit,
    folder::{Folder, KEY},
    ports::{SystemChance, SystemClock},
    wire::{self, Ports},
};

/// What came of it: what was done, and everything that is not as it should be.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) said: Vec<String>,
    pub(crate) faults: Vec<String>,
}

/// Tries a backup without touching a desk. `database` is the PostgreSQL server to try it on, in a schema of its own;
/// `folder` is empty and thrown away by its maker.
pub(crate) async fn verify(from: &Path, database: Option<&str>, folder: &Path) -> anyhow::Result<Outcome> {
    let manifest = readable(from)?;
    let mut outcome = Outcome { said: vec![], faults: check::faults(from, &manifest) };
    outcome.said.push(looked_at(from, &manifest));
    if !manifest.missing.is_empty() {
        outcome.said.push(format!("{}.", take::missing(&manifest)));
    }
    if !outcome.faults.is_empty() {
        return Ok(outcome);
    }
    let server = match manifest.database {
        Kind::Sqlite => None,
        Kind::Postgresql => Some(database.context(
            "this backup is of PostgreSQL, so it is tried on a server: name one by `database` in the configuration",
        )?),
    };
    let scratch = copy::scratch(server, std::process::id(), folder).await.context("there is no place to try it in")?;
    let tried = try_out(from, &manifest, &scratch.place, &mut outcome).await;
    scratch.discard().await.context("its schema is left on the server, until the next trial throws it away")?;
    tried?;
    Ok(outcome)
}

async fn try_out(from: &Path, manifest: &Manifest, place: &Place, outcome: &mut Outcome) -> anyhow::Result<()> {
    fill(from, manifest, place, outcome).await?;
    let store = Store::open(place).await.context("the database does not open")?;
    let proof = desk::proof::compare(store.read()).await;
    let audit = outcome.look_at_audit(store.read(), manifest).await;
    store.close().await?;
    outcome.tell(&proof?);
    audit
}

/// Restores into the data folder and the database of a configuration, both empty.
pub(crate) async fn restore(config: &Config, from: &Path, later: &Later) -> anyhow::Result<Outcome> {
    let manifest = readable(from)?;
    let place = wire::place(config);
    ensure!(
        place.kind() == manifest.database,
        "this backup is of {}, and the configuration names {}; change `database` there",
        named(manifest.database),
        named(place.kind())
    );
    let mut outcome = Outcome { said: vec![], faults: check::faults(from, &manifest) };
    if !outcome.faults.is_empty() {
        outcome.faults.push("Nothing was restored, since the backup is damaged. Use another one".to_owned());
        return Ok(outcome);
    }
    let lists = Lists::of(from, &config.data_dir, later)?;
    let folder = Folder::take_empty(&config.data_dir)?;
    ensure!(
        copy::is_empty(&place).await?,
        "the database has tables already; name an empty one in the configuration (CREATE DATABASE makes it)"
    );
    put_files(from, &manifest, config, &place)?;
    fill(from, &manifest, &place, &mut outcome).await?;
    outcome.said.push(format!("Restored the desk as of {} into {}.", manifest.taken_at, config.data_dir.display()));
    open(config, &folder, (&manifest, &lists), &mut outcome).await?;
    folder.is_restored()?;
    Ok(outcome)
}

/// The manifest of a backup that this program can restore.
fn readable(from: &Path) -> anyhow::Result<Manifest> {
    let manifest = Manifest::of(from)?;
    let known = copy::known_steps();
    ensure!(
        known.get(..manifest.schema.len()) == Some(&manifest.schema[..]),
        "this backup was taken by Firstline {}, whose database has steps that this one ({}) does not know: {}; restore it \
         with that release",
        manifest.program,
        env!("CARGO_PKG_VERSION"),
        manifest.schema.iter().filter(|step| !known.contains(step)).cloned().collect::<Vec<_>>().join(", "),
    );
    Ok(manifest)
}

fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SQLite",
        Kind::Postgresql => "PostgreSQL",
    }
}

fn looked_at(from: &Path, manifest: &Manifest) -> String {
    format!(
        "{}: a backup of {} as of {}, by Firstline {}: {}.",
        from.display(),
        named(manifest.database),
        manifest.taken_at,
        manifest.program,
        manifest.in_it(),
    )
}

/// Blobs and key; before the database, so that no row names what is not there.
fn put_files(from: &Path, manifest: &Manifest, config: &Config, place: &Place) -> anyhow::Result<()> {
    for id in manifest.blobs.iter().filter_map(|blob| BlobId::read(&blob.sha256)) {
        let (source, target) = (from.join(BLOBS).join(id.file()), place.blobs().join(id.file()));
        fs::create_dir_all(target.parent().unwrap_or(&target))?;
        fs::copy(&source, &target).with_context(|| format!("{} cannot be written", target.display()))?;
    }
    if from.join(KEY).exists() && config.secret_key_file.is_none() {
        // With its rights: readable by its owner only.
        fs::copy(from.join(KEY), config.data_dir.join(KEY)).context("secret.key cannot be written")?;
    }
    fs::create_dir_all(place.blobs())?;
    Ok(Blobs::sync(&config.data_dir)?)
}

/// The database, counted as it came.
async fn fill(from: &Path, manifest: &Manifest, place: &Place, outcome: &mut Outcome) -> anyhow::Result<()> {
    let put = copy::put_back(place, &from.join(DATABASE), &manifest.schema, &manifest.tables).await;
    put.context("the database was not put back")?;
    let conn = Store::look(place)?;
    let counts = copy::counts(&conn).await.context("the database does not read");
    conn.close().await?;
    let counts = counts?;
    for table in &manifest.tables {
        let rows = counts.iter().find(|(name, _)| *name == table.name).map_or(0, |(_, rows)| *rows);
        if rows != table.rows {
            outcome.faults.push(format!("the table {} has {rows} rows; the backup says {}", table.name, table.rows));
        }
    }
    Ok(())
}

/// Opens the restored desk once: its schema is brought up to date, who was erased is erased again, and all is compared.
async fn open(
    config: &Config,
    folder: &Folder,
    (manifest, lists): (&Manifest, &Lists),
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let draw = |bytes: &mut [u8]| desk::ports::Chance::fill(&SystemChance, bytes);
    let key = folder.secret_key(config.secret_key_file.as_deref(), draw)?;
    let ports = Ports { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance), postman: wire::postman(config)? };
    let desk = wire::wire(config, key, ports, Mode::Production).await?.desk;
    outcome.said.extend(lists.apply(&desk).await?);
    let proof = desk::proof::compare(desk.store.read()).await;
    let audit = outcome.look_at_audit(desk.store.read(), manifest).await;
    desk.store.close().await?;
    outcome.tell(&proof?);
    audit
}

impl Outcome {
    /// Whether the audit came back whole, up to the entry that the manifest names.
    async fn look_at_audit(&mut self, conn: &store::Handle, manifest: &Manifest) -> anyhow::Result<()> {
        let known: Vec<_> = manifest.audit.iter().cloned().collect();
        let verdict = desk::audit::verify(conn, &known).await.context("the audit does not read")?;
        match verdict.broken {
            Some(broken) => self.faults.push(audit::said(&broken, &verdict.head)),
            None => self.said.push(audit::whole(&verdict.head)),
        }
        Ok(())
    }

    fn tell(&mut self, proof: &Proof) {
        self.faults.extend(proof.differences.iter().map(differences::said));
        self.said.push(format!(
            "Told clocks, turns and places in the queue of {} requests anew from {} events: {} differ.",
            proof.requests,
            proof.entries,
            proof.differences.len()
        ));
    }
}
