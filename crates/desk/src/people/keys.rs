//! What a member of staff presses for what.

use std::collections::BTreeMap;

use rules::{
    access::Action,
    keymap::{Act, Fault, Keymap},
};

use crate::{Actor, Desk, Result};

/// One's keys.
pub async fn keys(desk: &Desk, actor: &Actor) -> Result<Keymap> {
    let person = actor.staff(Action::UseDesk)?.person;
    let kept = store::key_bindings::of(desk.store.read(), person).await?;
    // What an earlier release could do, and this one cannot, has no key.
    let known = kept.into_iter().filter_map(|(act, key)| Some((Act::read(&act)?, key)));
    Ok(Keymap::with(&known.collect()))
}

/// Sets them, all or none: `Err` says which act cannot have its key.
pub async fn set_keys(
    desk: &Desk,
    actor: &Actor,
    wanted: &BTreeMap<Act, String>,
) -> Result<std::result::Result<(), Vec<(Act, Fault)>>> {
    let person = actor.staff(Action::UseDesk)?.person;
    let own = match Keymap::own(wanted) {
        Ok(own) => own,
        Err(faults) => return Ok(Err(faults)),
    };
    let tx = desk.store.begin().await?;
    store::key_bindings::replace(&tx, person, own.iter().map(|(act, key)| (act.name(), key.as_str()))).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
