//! All that concerns somebody, written where a command wants it: into a folder, or as a ZIP (PRV-3).

use std::path::Path;

use anyhow::{Context, bail, ensure};
use desk::{
    Actor, Desk,
    exports::{About, File, Gathered, hand_out, zip},
};
use futures_util::{Stream, StreamExt};
use rules::{ids::PersonId, people::Address};
use tokio::{
    fs,
    io::{AsyncWriteExt, BufWriter},
};

use super::{Response, licences};

/// Whom it is about, as it is written on the command line.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// By number or address.
    Person(String),
    /// By number or domain.
    Organisation(String),
}

pub(super) async fn write(desk: &Desk, whom: &Whom, into: &Path) -> Response {
    match written(desk, whom, into).await {
        Ok(said) => Response::Done(said),
        Err(error) => Response::Refused(format!("{error:#}")),
    }
}

async fn written(desk: &Desk, whom: &Whom, into: &Path) -> anyhow::Result<String> {
    let Found { about, name, .. } = find(desk, whom).await?;
    ensure!(!into.exists(), "{} is there already; name something that is not", into.display());
    let Gathered { files, requests, .. } = hand_out(desk, &Actor::COMMAND, about).await?;
    let count = files.len() - 1;
    match into.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        true => save(into, zip(files)).await?,
        false => {
            for File { path, content } in files {
                save(&into.join(path), content.pieces().await?).await?;
            }
        }
    }
    Ok(format!("Wrote what concerns {name} to {}: {requests} requests, {count} files.", into.display()))
}

/// Whom a command means.
pub(super) struct Found {
    pub(super) about: About,
    pub(super) name: String,
    pub(super) requests: usize,
}

pub(super) async fn find(desk: &Desk, whom: &Whom) -> anyhow::Result<Found> {
    match whom {
        Whom::Person(written) => {
            let person = match written.parse() {
                Ok(number) => PersonId(number),
                Err(_) => by_address(desk, written).await?,
            };
            match store::people::get(desk.store.read(), person).await {
                Ok(found) => Ok(Found {
                    about: About::Person(person),
                    name: format!("{} (person {person})", found.name),
                    requests: store::exports::requests_of(desk.store.read(), person).await?.len(),
                }),
                Err(store::Error::NotFound) => bail!("nobody has the number {person}"),
                Err(error) => Err(error.into()),
            }
        }
        Whom::Organisation(written) => match licences::find(desk, written).await {
            Ok(found) => Ok(Found {
                about: About::Organisation(found.id),
                name: format!("{} (organisation {})", found.name, found.id),
                requests: store::exports::requests_for(desk.store.read(), found.id).await?.len(),
            }),
            Err(why) => bail!("{why}"),
        },
    }
}

async fn by_address(desk: &Desk, written: &str) -> anyhow::Result<PersonId> {
    let nobody = || format!("nobody has the address {written}; name a person by number or address");
    let Ok(address) = Address::parse(written) else { bail!("{}", nobody()) };
    store::people::by_address(desk.store.read(), &address.key()).await?.with_context(nobody)
}

/// Writes the pieces and has the disk keep them; only the owner reads them.
pub(super) async fn save<E>(file: &Path, pieces: impl Stream<Item = Result<bytes::Bytes, E>>) -> anyhow::Result<()>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let said = || format!("{} cannot be written", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).await.with_context(said)?;
    }
    let open = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).await.with_context(said)?;
    let mut open = BufWriter::new(open);
    let mut pieces = std::pin::pin!(pieces);
    while let Some(piece) = pieces.next().await {
        open.write_all(&piece?).await.with_context(said)?;
    }
    open.flush().await.with_context(said)?;
    open.into_inner().sync_all().await.with_context(said)
}
