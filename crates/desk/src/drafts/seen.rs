//! A draft that is open in two browsers: who did not see what was written in the other one does not write over it (REQ-10).

use std::collections::BTreeMap;

use rules::ids::{DraftId, PersonId};
use sha2::{Digest, Sha256};
use store::Tx;

use super::{Draft, Typed};
use crate::{Actor, Desk, Error, Result};

/// What became of what was typed.
#[derive(Clone, Debug)]
pub enum Kept {
    Kept(DraftId),
    /// It was written on elsewhere meanwhile; none where it was sent or thrown away there.
    Meanwhile(Option<Draft>),
}

/// Of what was typed, so that a page knows whether it is what it saw. Files are no part of it.
pub fn mark(fields: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (name, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
        for part in [name, text] {
            // However a browser ends its lines.
            let part = part.replace("\r\n", "\n");
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps what was typed by who saw the draft as that mark says; empty where there was none.
pub async fn save_over(desk: &Desk, actor: &Actor, typed: Typed, seen: &str) -> Result<Kept> {
    let person = actor.signed()?.person;
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let other = match current(&tx, person, &typed).await? {
        Ok(other) => other,
        Err(Gone) => return Ok(Kept::Meanwhile(None)),
    };
    let id = match other {
        Some(draft) if mark(&draft.fields) != seen && mark(&draft.fields) != mark(&typed.fields) => {
            return Ok(Kept::Meanwhile(Some(draft)));
        }
        Some(draft) => {
            store::drafts::save(&tx, person, draft.id, &typed.fields, now).await?;
            draft.id
        }
        None => store::drafts::insert(&tx, person, &typed.purpose, &typed.fields, now).await?,
    };
    tx.commit().await?;
    Ok(Kept::Kept(id))
}

/// The draft that a page has is not there any more.
struct Gone;

/// The draft that a page has; where it has none, the one that there is of a reply, since a request has one of its writer.
async fn current(tx: &Tx, person: PersonId, typed: &Typed) -> Result<std::result::Result<Option<Draft>, Gone>> {
    if let Some(id) = typed.draft {
        return match store::drafts::get(tx, person, id).await {
            Ok(draft) => Ok(Ok(Some(draft))),
            Err(store::Error::NotFound) => Ok(Err(Gone)),
            Err(error) => Err(Error::from(error)),
        };
    }
    Ok(Ok(store::drafts::latest(tx, person, &typed.purpose).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_has_one_mark_and_anything_else_another() {
        let fields = |all: &[(&str, &str)]| all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let typed = mark(&fields(&[("kind", "reply"), ("text", "One\nTwo")]));
        assert_eq!(mark(&fields(&[("kind", "reply"), ("template", ""), ("text", "One\r\nTwo")])), typed);
        assert_ne!(mark(&fields(&[("kind", "note"), ("text", "One\nTwo")])), typed);
        assert_ne!(mark(&fields(&[("kind", "replyt"), ("ext", "One\nTwo")])), typed);
        assert_eq!(typed.len(), 24);
    }
}
