//! A form that a log was given to, and whose type reads none, becomes one of the type that does (REQ-2): with all that was typed
//! and attached.

use std::collections::BTreeMap;

use rules::{ids::DraftId, keys::TypeKey, logs::Kind};

use crate::{Actor, Desk, Error, Result};

/// Makes a draft of one's own one of the type that its type grows into. `fields`: what stands in the form.
pub async fn grow(desk: &Desk, actor: &Actor, id: DraftId, fields: &BTreeMap<String, String>) -> Result<TypeKey> {
    let signed = actor.signed()?;
    let draft = store::drafts::get(desk.store.read(), signed.person, id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let from = TypeKey::from(draft.purpose.strip_prefix("new/").ok_or(Error::NotFound)?);
    let into = policy.grows_with_logs(&from).ok_or(Error::NotFound)?.into.clone();
    let grown = policy.grown((&from, &into), fields);
    let tx = desk.store.begin().await?;
    store::drafts::become_of(&tx, (signed.person, id), (&format!("new/{into}"), &grown), desk.now()).await?;
    if let Some(logs) = policy.log_detail(&into) {
        store::attachments::lay(&tx, id, Kind::Log, &format!("detail.{logs}")).await?;
    }
    tx.commit().await?;
    Ok(into)
}

/// BUG-1: makes a draft of one's own, a report of a version that is not the latest, one of the type that takes any.
pub async fn file_instead(
    desk: &Desk,
    actor: &Actor,
    id: DraftId,
    fields: &BTreeMap<String, String>,
) -> Result<TypeKey> {
    let signed = actor.signed()?;
    let draft = store::drafts::get(desk.store.read(), signed.person, id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let from = TypeKey::from(draft.purpose.strip_prefix("new/").ok_or(Error::NotFound)?);
    let into = policy.instead_of(&from).ok_or(Error::NotFound)?.clone();
    let fields = policy.grown((&from, &into), fields);
    let tx = desk.store.begin().await?;
    store::drafts::become_of(&tx, (signed.person, id), (&format!("new/{into}"), &fields), desk.now()).await?;
    tx.commit().await?;
    Ok(into)
}
