//! Tokens made and revoked by administrators. What a token reads like is shown once, when it is made.

use rules::{
    access::Action,
    audit::Act,
    ids::ApiTokenId,
    mail::one_line,
    programs::{NAME, Permit, hash, written},
    refusal::{Fault, FieldFault},
};
use store::tokens::Token;

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// A token about to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Which program it is for, to know it by.
    pub name: String,
    pub permit: Permit,
}

/// What was made; the text is told to nobody ever again.
#[derive(Clone, Debug)]
pub struct Made {
    pub id: ApiTokenId,
    pub text: String,
}

/// A token, and the name of who made it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub token: Token,
    pub made_by: String,
}

/// All of them, the newest first.
pub async fn tokens(desk: &Desk, actor: &Actor) -> Result<Vec<Kept>> {
    actor.staff(Action::SetGrants)?;
    let conn = desk.store.read();
    let tokens = store::tokens::all(conn).await?;
    let makers: Vec<_> = tokens.iter().map(|token| token.made_by).collect();
    let names = store::people::names(conn, &makers).await?;
    let kept = |token: Token| Kept { made_by: names.get(&token.made_by).cloned().unwrap_or_default(), token };
    Ok(tokens.into_iter().map(kept).collect())
}

pub async fn make(desk: &Desk, actor: &Actor, new: NewToken) -> Result<Made> {
    let by = actor.staff(Action::SetGrants)?.person;
    let name = one_line(&new.name);
    let fault = match name.chars().count() {
        0 => Some(Fault::Missing),
        characters if characters > NAME => Some(Fault::LineTooLong { characters, limit: NAME }),
        _ => None,
    };
    if let Some(fault) = fault {
        return Err(Error::Invalid(vec![FieldFault { field: "name".into(), fault }]));
    }
    let text = written(&desk.draw());
    let hash = hash(&text).ok_or_else(|| Error::broken("a token that was just written reads"))?;
    let scribe = Scribe::begin(desk, actor).await?;
    let new = store::tokens::NewToken { name: &name, permit: new.permit, hash, by, now: scribe.now };
    let id = store::tokens::insert(&scribe.tx, new).await?;
    scribe.audit(&Act::TokenMade { token: id, permit: new.permit }).await?;
    scribe.settle().await?;
    Ok(Made { id, text })
}

/// Has it open nothing from now on.
pub async fn revoke(desk: &Desk, actor: &Actor, id: ApiTokenId) -> Result<()> {
    actor.staff(Action::SetGrants)?;
    let scribe = Scribe::begin(desk, actor).await?;
    if store::tokens::revoke(&scribe.tx, id, scribe.now).await? == 0 {
        return Err(Error::NotFound);
    }
    scribe.audit(&Act::TokenRevoked { token: id }).await?;
    scribe.settle().await
}
