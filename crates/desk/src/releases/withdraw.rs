//! A release is taken back (BUG-7): "latest" steps back, and whoever was told of it is told again.

use rules::{
    events::{Event, ReleaseEvent},
    releases::{NotReleased, NotTaken, SteppedBack, Version, Withdrawal},
};

use super::{
    NotDone,
    take::{begin, may_manage},
    today,
};
use crate::{Actor, Desk, Run};

#[derive(Clone, Debug, Default)]
pub struct ToWithdraw {
    pub version: String,
    /// For customers to read.
    pub why: String,
    /// What to use; the latest one left where nobody says it.
    pub instead: Option<String>,
}

/// Withdraws it; what follows, or would.
pub async fn withdraw(desk: &Desk, actor: &Actor, asked: &ToWithdraw, run: Run) -> Result<SteppedBack, NotDone> {
    may_manage(actor)?;
    let version = Version::parse(&asked.version).map_err(NotTaken::Version)?;
    let instead = asked.instead.as_deref().map(Version::parse).transpose().map_err(NotTaken::Version)?;
    let withdrawal = Withdrawal { on: today(desk).await?, why: asked.why.trim().to_owned(), instead };
    if run == Run::Dry {
        let mut catalogue = (*super::catalogue(desk).await?).clone();
        return Ok(catalogue.withdraw(&version, withdrawal).map_err(NotTaken::NotReleased)?);
    }
    let product = desk.policy().await?.policy().product.released();
    let mut scribe = begin(desk, actor).await?;
    let mut catalogue = store::releases::catalogue(&scribe.tx, product).await?;
    let stepped = catalogue.withdraw(&version, withdrawal.clone()).map_err(NotTaken::NotReleased)?;
    let release = store::releases::by_version(&scribe.tx, &version).await?;
    let release = release.ok_or(NotTaken::NotReleased(NotReleased::NoSuchRelease { version }))?;
    let now = scribe.now;
    store::releases::withdraw(&scribe.tx, release, &withdrawal, now).await?;
    scribe.record(Event::Release(ReleaseEvent::Withdrawn { release }), now).await?;
    scribe.settle().await?;
    Ok(stepped)
}
