//! A whole list of releases: a changelog, JSON or CSV. Taken whole or not at all; once more it changes nothing.

use rules::releases::{
    NotTaken,
    import::{Difference, read},
};

use super::{NotDone, take, take::may_manage};
use crate::{Actor, Desk, Run};

/// Takes a list, as text, or says what would come of it. What it does not
/// name stays; what it has withdrawn is only told, since that needs a reason.
pub async fn import(desk: &Desk, actor: &Actor, text: &str, run: Run) -> Result<Difference, NotDone> {
    may_manage(actor)?;
    let read = read(text).map_err(NotTaken::Faulty)?;
    take::take(desk, actor, &read, run).await
}
