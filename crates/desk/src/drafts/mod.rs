//! Drafts: what is being written and not sent yet (REQ-10).

mod grow;
mod seen;

use std::collections::BTreeMap;

pub use grow::{file_instead, grow};
use rules::ids::DraftId;
pub use seen::{Kept, mark, save_over};
pub use store::{attachments::Attachment, drafts::Draft};

use crate::{Actor, Desk, Error, Result};

/// What was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The draft that it belongs to, when there is one.
    pub draft: Option<DraftId>,
    /// `request/bug`, `answer/4201`, `reply/4201`, `note/4201`.
    pub purpose: String,
    pub fields: BTreeMap<String, String>,
}

/// Keeps what was typed; the draft's number.
pub async fn save(desk: &Desk, actor: &Actor, typed: Typed) -> Result<DraftId> {
    let signed = actor.signed()?;
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let id = match typed.draft {
        Some(id) if store::drafts::save(&tx, signed.person, id, &typed.fields, now).await? => id,
        Some(_) => return Err(Error::NotFound),
        None => store::drafts::insert(&tx, signed.person, &typed.purpose, &typed.fields, now).await?,
    };
    tx.commit().await?;
    Ok(id)
}

/// A draft of one's own, with its files.
pub async fn show(desk: &Desk, actor: &Actor, id: DraftId) -> Result<(Draft, Vec<Attachment>)> {
    let signed = actor.signed()?;
    let draft = store::drafts::get(desk.store.read(), signed.person, id).await?;
    let files = store::attachments::of_draft(desk.store.read(), id).await?;
    Ok((draft, files))
}

/// The draft saved last for a purpose.
pub async fn latest(desk: &Desk, actor: &Actor, purpose: &str) -> Result<Option<Draft>> {
    let signed = actor.signed()?;
    Ok(store::drafts::latest(desk.store.read(), signed.person, purpose).await?)
}

/// One's drafts, the one saved last first.
pub async fn list(desk: &Desk, actor: &Actor) -> Result<Vec<Draft>> {
    let signed = actor.signed()?;
    Ok(store::drafts::of(desk.store.read(), signed.person).await?)
}

/// Throws a draft away, with its files.
pub async fn discard(desk: &Desk, actor: &Actor, id: DraftId) -> Result<()> {
    let signed = actor.signed()?;
    let tx = desk.store.begin().await?;
    if !store::drafts::discard(&tx, signed.person, id, desk.now()).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}
