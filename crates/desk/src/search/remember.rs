//! What became of a suggestion: it was opened, or its reader said that it is something else.

use rules::search::Target;
use store::suggestions::{self, Sheet};

use crate::{Actor, Desk, Error, Result};

/// Something that a form showed was opened.
pub async fn opened(desk: &Desk, actor: &Actor, form: &str, target: &Target) -> Result<()> {
    let sheet = Sheet { person: actor.signed()?.person, form };
    let tx = desk.store.begin().await?;
    if !suggestions::open(&tx, sheet, target).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// "No, it is something else": for this form it is not said again (SCO-1).
pub async fn wave_away(desk: &Desk, actor: &Actor, form: &str, target: &Target) -> Result<()> {
    let sheet = Sheet { person: actor.signed()?.person, form };
    let tx = desk.store.begin().await?;
    if !suggestions::wave_away(&tx, sheet, target, desk.now()).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}
