//! A release reaches an instance of the cloud (BUG-4): from then on its fixes have shipped there. An older one than before is a
//! step back.

use rules::{
    events::{Event, ReleaseEvent},
    releases::{Instance, NotReleased, NotTaken, Version},
};

use super::{
    NotDone,
    take::{begin, may_manage},
};
use crate::{Actor, Desk, Run};

#[derive(Clone, Debug, Default)]
pub struct ToRollOut {
    pub version: String,
    pub instance: String,
}

/// What came of it, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledOut {
    pub version: Version,
    pub instance: Instance,
    /// What ran there before; itself where it runs there already, and nothing was done.
    pub before: Option<Version>,
}

impl RolledOut {
    /// Whether it ran there already.
    pub fn is_known(&self) -> bool {
        self.before.as_ref() == Some(&self.version)
    }
}

/// Notes that it runs there. Said again, it says nothing new.
pub async fn roll_out(desk: &Desk, actor: &Actor, asked: &ToRollOut, run: Run) -> Result<RolledOut, NotDone> {
    may_manage(actor)?;
    let version = Version::parse(&asked.version).map_err(NotTaken::Version)?;
    let instance = Instance::read(&asked.instance).map_err(NotTaken::Name)?;
    let product = desk.policy().await?.policy().product.released();
    let out = |before| RolledOut { version: version.clone(), instance: instance.clone(), before };
    if run == Run::Dry {
        let mut catalogue = (*super::catalogue(desk).await?).clone();
        return match catalogue.roll_out(&version, &instance, desk.now()) {
            Err(NotReleased::RunsThere { .. }) => Ok(out(Some(version.clone()))),
            tried => Ok(tried.map(out).map_err(NotTaken::NotReleased)?),
        };
    }
    let mut scribe = begin(desk, actor).await?;
    let now = scribe.now;
    let mut catalogue = store::releases::catalogue(&scribe.tx, product).await?;
    let before = match catalogue.roll_out(&version, &instance, now) {
        Err(NotReleased::RunsThere { .. }) => return Ok(out(Some(version.clone()))),
        tried => tried.map_err(NotTaken::NotReleased)?,
    };
    let release = store::releases::by_version(&scribe.tx, &version).await?;
    let unknown = || NotTaken::NotReleased(NotReleased::NoSuchRelease { version: version.clone() });
    let release = release.ok_or_else(unknown)?;
    store::releases::roll_out(&scribe.tx, release, &instance, now).await?;
    scribe.record(Event::Release(ReleaseEvent::RolledOut { release, instance: instance.clone() }), now).await?;
    scribe.settle().await?;
    Ok(out(before))
}
