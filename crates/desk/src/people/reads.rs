//! The language that somebody reads, as their browser says when they sign in.

use rules::{ids::PersonId, templates::languages::first_of};

use crate::{Desk, Error, Result};

/// Notes what a browser accepts; one that says nothing changes nothing.
pub async fn reads(desk: &Desk, person: PersonId, accepted: &str) -> Result<()> {
    let Some(language) = first_of(accepted) else { return Ok(()) };
    if store::people::language(desk.store.read(), person).await?.as_ref() == Some(&language) {
        return Ok(());
    }
    let noted = async {
        let tx = desk.store.begin().await?;
        store::people::set_language(&tx, person, &language).await?;
        Ok::<_, Error>(tx.commit().await?)
    };
    match noted.await {
        // It is of use, and no reason to keep anybody out.
        Err(Error::Unwritable(_)) => Ok(()),
        noted => noted,
    }
}
