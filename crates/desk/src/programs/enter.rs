//! A program comes with a token.

use rules::{
    programs::{Permit, hash},
    refusal::Refusal,
};

use crate::{
    Actor, Desk, Error, Result,
    people::{Trying, attempt},
};

/// Who comes with this token. One that is none, or opens nothing any more, is counted against its network and refused.
pub async fn enter(desk: &Desk, token: Option<&str>, network: &str) -> Result<Actor> {
    let known = match token.and_then(hash) {
        Some(hash) => store::tokens::by_hash(desk.store.read(), hash).await?,
        None => None,
    };
    let tx = desk.store.begin().await?;
    let Some(token) = known.filter(|token| token.revoked_at.is_none()) else {
        attempt(&tx, Trying::Token, network, network, desk.now()).await?;
        tx.commit().await?;
        return Err(Refusal::TokenUnknown.into());
    };
    let trying = match token.permit {
        Permit::LicencesImport | Permit::ReleasesPublish => Trying::Program,
        Permit::RequestsRead => Trying::Reading,
        Permit::InstalledTell => Trying::Telling,
    };
    attempt(&tx, trying, &token.id.to_string(), network, desk.now()).await?;
    store::tokens::used(&tx, token.id, desk.now()).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(Actor::Program { token: token.id, permit: token.permit, network: network.to_owned() })
}
