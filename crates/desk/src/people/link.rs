//! Single-use links: their text is derived from what is kept and the secret key, so the database alone opens nothing.

use rules::{
    ids::{LinkId, PersonId},
    instant::Instant,
    people::{
        Address,
        token::{Life, LinkFault, Purpose, Token, judge},
    },
    refusal::Refusal,
};
use store::sessions::Link;

use crate::{Desk, Error, Result, scribe::Scribe};

/// The text of a link, for its mail.
pub(crate) fn link_text(desk: &Desk, link: &Link) -> Result<String> {
    let nonce: [u8; 32] = link.nonce.as_slice().try_into().map_err(|_| Error::broken("a link's nonce has 32 bytes"))?;
    Ok(Token::of(&desk.settings.secret_key, purpose(&link.purpose)?, &nonce).text())
}

/// The word of a purpose in its row.
fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::VerifyAddress => "verification",
        Purpose::ResetPassword => "reset",
        Purpose::SecurityReport => "report",
        Purpose::Invitation => "invitation",
        Purpose::ProveAddress => "proof",
        Purpose::Session => "session",
    }
}

fn purpose(kept: &str) -> Result<Purpose> {
    [Purpose::VerifyAddress, Purpose::ResetPassword, Purpose::SecurityReport, Purpose::ProveAddress]
        .into_iter()
        .find(|purpose| word(*purpose) == kept)
        .ok_or_else(|| Error::broken(format!("{kept} is no purpose of a link")))
}

/// A link about to be mailed.
pub(crate) struct NewLink<'a> {
    pub purpose: Purpose,
    pub person: Option<PersonId>,
    pub name: &'a str,
    pub address: &'a Address,
    pub expires_at: Instant,
}

/// Keeps a new link.
pub(crate) async fn make(scribe: &Scribe<'_>, new: NewLink<'_>) -> Result<LinkId> {
    let nonce: [u8; 32] = scribe.desk.draw();
    let token = Token::of(&scribe.desk.settings.secret_key, new.purpose, &nonce);
    let link = store::sessions::NewLink {
        purpose: word(new.purpose),
        hash: token.hash().0,
        nonce: &nonce,
        person: new.person,
        name: new.name,
        written: &new.address.to_string(),
        canonical: &new.address.key(),
        now: scribe.now,
        expires_at: new.expires_at,
    };
    Ok(store::sessions::insert_link(&scribe.tx, link).await?)
}

/// The link that a text names, if it can still be used for that; whose name and address it is for.
pub async fn expected(desk: &Desk, wanted: Purpose, text: &str) -> Result<Link> {
    let refused = |fault| match fault {
        LinkFault::Unknown => Refusal::LinkUnknown,
        LinkFault::Used => Refusal::LinkUsed,
        LinkFault::Expired => Refusal::LinkExpired,
    };
    let token = Token::parse(text).map_err(|_| refused(LinkFault::Unknown))?;
    let link = store::sessions::link_by_hash(desk.store.read(), token.hash().0).await?;
    let link = link.ok_or_else(|| refused(LinkFault::Unknown))?;
    if purpose(&link.purpose)? != wanted {
        return Err(refused(LinkFault::Unknown).into());
    }
    judge(Life { expires: link.expires_at, used: link.used_at }, desk.now()).map_err(refused)?;
    Ok(link)
}
