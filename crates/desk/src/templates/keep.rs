//! A text is kept, changed, taken away. It is read first as it would be filled in later.

use rules::{
    access::Action,
    ids::TemplateId,
    refusal::{Fault, FieldFault},
    templates,
};
use store::reply_templates::{self, ReplyTemplate};

use super::missing;
use crate::{Actor, Desk, Error, Result};

/// Characters of a name, at most.
const NAME: usize = 100;

/// What became of a text that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    Kept(TemplateId),
    /// It cannot be filled in.
    Unfit(templates::Fault),
}

/// Keeps a new one.
pub async fn keep(desk: &Desk, actor: &Actor, new: ReplyTemplate) -> Result<Kept> {
    let person = actor.staff(Action::KeepTemplates)?.person;
    let new = match check(desk, new).await? {
        Ok(new) => new,
        Err(fault) => return Ok(Kept::Unfit(fault)),
    };
    let tx = desk.store.begin().await?;
    let id = reply_templates::insert(&tx, &new, (person, desk.now())).await?;
    tx.commit().await?;
    Ok(Kept::Kept(id))
}

/// It is this from now on.
pub async fn change(desk: &Desk, actor: &Actor, changed: ReplyTemplate) -> Result<Kept> {
    super::show(desk, actor, changed.id).await?;
    let person = actor.staff(Action::KeepTemplates)?.person;
    let changed = match check(desk, changed).await? {
        Ok(changed) => changed,
        Err(fault) => return Ok(Kept::Unfit(fault)),
    };
    let tx = desk.store.begin().await?;
    reply_templates::get(&tx, changed.id).await?;
    reply_templates::change(&tx, &changed, (person, desk.now())).await?;
    tx.commit().await?;
    Ok(Kept::Kept(changed.id))
}

/// What it was, so that a page can offer it again.
pub async fn remove(desk: &Desk, actor: &Actor, id: TemplateId) -> Result<ReplyTemplate> {
    let was = super::show(desk, actor, id).await?;
    actor.staff(Action::KeepTemplates)?;
    let tx = desk.store.begin().await?;
    reply_templates::remove(&tx, id).await?;
    tx.commit().await?;
    Ok(was)
}

async fn check(desk: &Desk, written: ReplyTemplate) -> Result<std::result::Result<ReplyTemplate, templates::Fault>> {
    let written = ReplyTemplate { name: written.name.trim().to_owned(), ..written };
    let policy = desk.policy().await?;
    let policy = policy.policy();
    let mut faults = vec![];
    let characters = written.name.chars().count();
    match characters {
        0 => faults.push(missing("name")),
        _ if characters > NAME => {
            faults.push(FieldFault { field: "name".into(), fault: Fault::TooLong { characters, limit: NAME } });
        }
        _ => {}
    }
    if written.body.trim().is_empty() {
        faults.push(missing("body"));
    }
    if written.request_type.as_ref().is_some_and(|key| policy.request_type(key).is_none()) {
        faults.push(FieldFault { field: "type".into(), fault: Fault::NotOffered });
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let details = policy.details.keys().map(|key| key.0.as_str());
    Ok(templates::check(&written.body, details).map(|()| written))
}
