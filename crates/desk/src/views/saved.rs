//! Views that staff keep: their own, and such as all of the desk sees.

use jiff::tz::TimeZone;
use rules::{
    access::{Action, may},
    ids::{PersonId, SavedViewId},
    query::{self, LONGEST},
    refusal::{Fault, FieldFault, Refusal},
};
use store::saved_views::SavedView;

use super::ask;
use crate::{Actor, Desk, Error, Result, actor::Signed};

/// Characters of a name: it stands in a narrow column.
const NAME: usize = 60;
/// Views that one person keeps, at most: each is counted on every page.
const MOST: usize = 30;

/// What a view is to be.
#[derive(Clone, Debug)]
pub struct ToSave {
    pub name: String,
    pub question: String,
    pub shared: bool,
    /// In which the question's days are tried.
    pub zone: TimeZone,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Saved {
    Kept(SavedViewId),
    /// The question makes no sense.
    NoQuestion(query::Fault),
}

/// Those that a member of staff sees: what all see, then their own.
pub async fn saved(desk: &Desk, actor: &Actor) -> Result<Vec<SavedView>> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let mut all = store::saved_views::shared(conn).await?;
    let own = store::saved_views::of(conn, signed.person).await?;
    all.extend(own.into_iter().filter(|it| !it.shared));
    Ok(all)
}

/// One of them.
pub async fn saved_one(desk: &Desk, actor: &Actor, id: SavedViewId) -> Result<SavedView> {
    let signed = actor.staff(Action::UseDesk)?;
    let kept = store::saved_views::get(desk.store.read(), id).await?;
    if kept.shared || kept.owner == signed.person { Ok(kept) } else { Err(Error::NotFound) }
}

/// Whether somebody may change it or take it away: their own, and what is shared where they may share.
pub fn may_change(signed: &Signed, view: &SavedView) -> bool {
    if view.shared { may(signed.grants, Action::ShareView) } else { view.owner == signed.person }
}

/// Keeps a new one.
pub async fn save(desk: &Desk, actor: &Actor, wanted: ToSave) -> Result<Saved> {
    let signed = actor.staff(Action::UseDesk)?;
    let own = store::saved_views::of(desk.store.read(), signed.person).await?.len();
    if own >= MOST {
        return Err(fault("name", Fault::TooMany { limit: MOST }));
    }
    let view = SavedView {
        id: SavedViewId(0),
        owner: signed.person,
        name: String::new(),
        question: String::new(),
        shared: false,
    };
    let (view, names) = match made(desk, actor, signed, view, wanted).await? {
        Ok(made) => made,
        Err(fault) => return Ok(Saved::NoQuestion(fault)),
    };
    let tx = desk.store.begin().await?;
    let id = store::saved_views::insert(&tx, &view, &names, desk.now()).await?;
    tx.commit().await?;
    Ok(Saved::Kept(id))
}

/// Names it, asks something else by it, shows it to all or to oneself alone.
pub async fn change(desk: &Desk, actor: &Actor, id: SavedViewId, wanted: ToSave) -> Result<Saved> {
    let signed = actor.staff(Action::UseDesk)?;
    let kept = changeable(desk, actor, signed, id).await?;
    let (view, names) = match made(desk, actor, signed, kept, wanted).await? {
        Ok(made) => made,
        Err(fault) => return Ok(Saved::NoQuestion(fault)),
    };
    let tx = desk.store.begin().await?;
    store::saved_views::change(&tx, &view, &names, desk.now()).await?;
    tx.commit().await?;
    Ok(Saved::Kept(id))
}

pub async fn remove(desk: &Desk, actor: &Actor, id: SavedViewId) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    changeable(desk, actor, signed, id).await?;
    let tx = desk.store.begin().await?;
    store::saved_views::remove(&tx, id).await?;
    Ok(tx.commit().await?)
}

async fn changeable(desk: &Desk, actor: &Actor, signed: &Signed, id: SavedViewId) -> Result<SavedView> {
    let kept = saved_one(desk, actor, id).await?;
    if may_change(signed, &kept) { Ok(kept) } else { Err(Refusal::MayNot { action: Action::ShareView }.into()) }
}

/// What is wanted, in the place of what was, and whom it names; or why its question makes no sense.
async fn made(
    desk: &Desk,
    actor: &Actor,
    signed: &Signed,
    was: SavedView,
    wanted: ToSave,
) -> Result<std::result::Result<(SavedView, Vec<PersonId>), query::Fault>> {
    let name = wanted.name.trim().to_owned();
    if name.is_empty() {
        return Err(fault("name", Fault::NameMissing));
    }
    let characters = name.chars().count();
    if characters > NAME {
        return Err(fault("name", Fault::LineTooLong { characters, limit: NAME }));
    }
    if name.chars().any(char::is_control) {
        return Err(fault("name", Fault::NotALine));
    }
    if wanted.shared && !may(signed.grants, Action::ShareView) {
        return Err(Refusal::MayNot { action: Action::ShareView }.into());
    }
    let question = wanted.question.trim().chars().take(LONGEST).collect::<String>();
    if question.is_empty() {
        return Err(fault("q", Fault::Missing));
    }
    Ok(match ask(desk, actor, &question, wanted.zone).await? {
        Ok(asked) => Ok((SavedView { name, question, shared: wanted.shared, ..was }, asked.people)),
        Err(fault) => Err(fault),
    })
}

fn fault(field: &str, fault: Fault) -> Error {
    Error::Invalid(vec![FieldFault { field: field.to_owned(), fault }])
}
