//! Somebody is asked to join an organisation, by its managers or by staff. Whether the address has an account makes no
//! difference to what is done or answered (REG-2); the mail leads to a page that knows.

use rules::{
    access::{Action, Role, may},
    events::{Event, OrganisationEvent},
    ids::{InvitationId, OrganisationId, PersonId},
    instant::Instant,
    people::{
        Address, INVITATION, Inviting, OPEN_INVITATIONS, Others, may_invite,
        token::{Purpose, Token},
    },
    refusal::{Fault, FieldFault, OrganisationRefusal},
};
use store::invitations::{self, Invitation};

use super::sharing::{refused, standing};
use crate::{
    Actor, Desk, Error, Result,
    actor::Signed,
    mail::{Order, order},
    people::{Trying, attempt, leads_to},
    scribe::Scribe,
};

/// Who is asked, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    pub address: String,
    pub role: Role,
}

/// What who may ask sees of it.
#[derive(Clone, Debug)]
pub struct Asking {
    pub waiting: Vec<Waiting>,
    /// Whether managers may ask addresses of other domains.
    pub others: Others,
}

/// An invitation that was not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: InvitationId,
    pub address: String,
    pub role: Role,
    pub sent_at: Instant,
    pub expires_at: Instant,
}

/// For staff entrusted with organisations, and for its managers.
pub async fn inviting(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<Asking> {
    actor.manages(id)?;
    let conn = desk.store.read();
    let waiting = invitations::of_organisation(conn, id).await?.into_iter().map(|it| Waiting {
        id: it.id,
        address: it.written,
        role: it.role,
        sent_at: it.sent_at,
        expires_at: it.expires_at,
    });
    Ok(Asking { waiting: waiting.collect(), others: others(invitations::asks_others(conn, id).await?) })
}

fn others(allowed: bool) -> Others {
    if allowed { Others::Allowed } else { Others::Refused }
}

/// Sends an invitation; asked once more, another one in its place.
pub async fn invite(desk: &Desk, actor: &Actor, id: OrganisationId, new: NewInvitation) -> Result<()> {
    let signed = actor.manages(id)?;
    standing(desk.store.read(), id).await?;
    let wrong = |fault| Error::Invalid(vec![FieldFault { field: "address".into(), fault: Fault::Address(fault) }]);
    let address = Address::parse(&new.address).map_err(wrong)?;
    let policy = desk.policy().await?;
    let leads_to = leads_to(desk.store.read(), policy.policy(), &address).await?;
    may_invite(&leads_to, id, by(desk, signed, id).await?)?;
    let waiting = invitations::of_organisation(desk.store.read(), id).await?;
    let is_new = waiting.iter().all(|it| it.canonical != address.key());
    if is_new && waiting.len() >= OPEN_INVITATIONS {
        return Err(refused(OrganisationRefusal::TooManyInvitations { limit: OPEN_INVITATIONS }));
    }
    send(desk, actor, id, (&address, new.role)).await
}

async fn by(desk: &Desk, signed: &Signed, id: OrganisationId) -> Result<Inviting> {
    if may(signed.grants, Action::SetOrganisation) {
        return Ok(Inviting::Staff);
    }
    Ok(Inviting::Manager(others(invitations::asks_others(desk.store.read(), id).await?)))
}

/// The same once more, with a link that lives anew; the one before leads nowhere then.
pub async fn resend(desk: &Desk, actor: &Actor, id: OrganisationId, invitation: InvitationId) -> Result<()> {
    actor.manages(id)?;
    let kept = of(desk, id, invitation).await?;
    let address =
        Address::parse(&kept.written).map_err(|_| Error::broken("an invitation's address was read before"))?;
    send(desk, actor, id, (&address, kept.role)).await
}

/// Withdraws it: its link leads nowhere from then on.
pub async fn revoke(desk: &Desk, actor: &Actor, id: OrganisationId, invitation: InvitationId) -> Result<()> {
    actor.manages(id)?;
    of(desk, id, invitation).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if invitations::remove(&scribe.tx, invitation).await? {
        let now = scribe.now;
        let event = OrganisationEvent::InvitationEnded { organisation: id };
        scribe.record(Event::Organisation(event), now).await?;
    }
    scribe.settle().await
}

/// Lets its managers ask people of other domains, or no more.
pub async fn set_others(desk: &Desk, actor: &Actor, id: OrganisationId, others: Others) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    standing(&scribe.tx, id).await?;
    let others = others == Others::Allowed;
    if invitations::set_asks_others(&scribe.tx, id, others).await? > 0 {
        let now = scribe.now;
        let event = OrganisationEvent::InvitingSet { organisation: id, others };
        scribe.record(Event::Organisation(event), now).await?;
    }
    scribe.settle().await
}

async fn of(desk: &Desk, id: OrganisationId, invitation: InvitationId) -> Result<Invitation> {
    let kept = invitations::get(desk.store.read(), invitation).await?;
    if kept.organisation == id { Ok(kept) } else { Err(Error::NotFound) }
}

async fn send(desk: &Desk, actor: &Actor, id: OrganisationId, (address, role): (&Address, Role)) -> Result<()> {
    // Counted in a transaction of its own: what is refused counts too.
    let tx = desk.store.begin().await?;
    attempt(&tx, Trying::Invite, &address.key(), actor.network(), desk.now()).await?;
    tx.commit().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if let Some(person) = store::people::by_address(&scribe.tx, &address.key()).await?
        && store::organisations::role_of(&scribe.tx, id, person).await?.is_some()
    {
        return Err(refused(OrganisationRefusal::MemberAlready { address: address.to_string() }));
    }
    let nonce: [u8; 32] = desk.draw();
    let new = invitations::NewInvitation {
        organisation: id,
        written: &address.to_string(),
        canonical: &address.key(),
        role,
        by: actor.signed()?.person,
        nonce: &nonce,
        hash: Token::of(&desk.settings.secret_key, Purpose::Invitation, &nonce).hash().0,
        now: scribe.now,
        expires_at: scribe.now.plus(INVITATION),
    };
    let invitation = invitations::put(&scribe.tx, new).await?;
    let (now, at) = (scribe.now, scribe.now.micros());
    let event = OrganisationEvent::Invited { organisation: id, role };
    scribe.record(Event::Organisation(event), now).await?;
    order(&mut scribe, Order::Invitation { invitation, at }).await?;
    scribe.settle().await
}

/// The text of an invitation's link, for its mail.
pub(crate) fn link(desk: &Desk, invitation: &Invitation) -> Result<String> {
    let nonce = invitation.nonce.as_slice().try_into();
    let nonce: [u8; 32] = nonce.map_err(|_| Error::broken("an invitation's nonce has 32 bytes"))?;
    Ok(Token::of(&desk.settings.secret_key, Purpose::Invitation, &nonce).text())
}

/// The address of the member who asks; `None` for staff, and for who was erased.
pub(crate) async fn asker(desk: &Desk, person: PersonId) -> Result<Option<String>> {
    let conn = desk.store.read();
    if !store::people::grants(conn, person).await?.is_empty() {
        return Ok(None);
    }
    let addresses = store::people::addresses(conn, person).await?;
    Ok(addresses.into_iter().next().map(|it| it.written))
}
