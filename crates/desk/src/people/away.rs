//! Staff say until when they are away: what their customers answer meanwhile goes back to all.

use std::collections::HashMap;

use jiff::SignedDuration;
use rules::{
    access::Action,
    ids::PersonId,
    instant::Instant,
    refusal::{Fault, FieldFault},
};

use crate::{Actor, Desk, Error, Result};

/// How far ahead it may be said.
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Is away until then, or back.
pub async fn be_away(desk: &Desk, actor: &Actor, until: Option<Instant>) -> Result<()> {
    let person = actor.staff(Action::UseDesk)?.person;
    let tx = desk.store.begin().await?;
    let now = desk.now();
    match until {
        Some(until) if until <= now || until > now.plus(LONGEST) => {
            return Err(Error::Invalid(vec![FieldFault { field: "until".into(), fault: Fault::NotAhead }]));
        }
        Some(until) => store::away::set(&tx, person, until, now).await?,
        None => store::away::back(&tx, person).await?,
    }
    Ok(tx.commit().await?)
}

/// Everybody who is away now, and until when.
pub async fn away(desk: &Desk, actor: &Actor) -> Result<HashMap<PersonId, Instant>> {
    actor.staff(Action::UseDesk)?;
    Ok(store::away::all(desk.store.read(), desk.now()).await?.into_iter().collect())
}
