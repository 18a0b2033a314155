//! Who was asked joins, or declines. The link proves the address; who has no account yet makes one with it.

use rules::{
    access::Role,
    events::{By, Event, OrganisationEvent, PersonEvent},
    ids::{InvitationId, OrganisationId, PersonId},
    people::{
        Address,
        token::{Life, LinkFault, Token, judge},
    },
    refusal::Refusal,
};
use store::invitations::{self, Invitation};

use super::asker;
use crate::{
    Actor, Desk, Error, Result,
    people::{self, Browser, Entered, named, open_session, register},
    scribe::Scribe,
};

/// What a link is about; only who holds it learns it.
#[derive(Clone, Debug)]
pub struct Invited {
    pub organisation: OrganisationId,
    pub name: String,
    pub role: Role,
    pub address: String,
    /// The address of the member who asks; none for the support team.
    pub by: Option<String>,
    /// Whose account the address has.
    pub person: Option<PersonId>,
}

/// What is sent with the link; name and password count for who has no account.
#[derive(Clone, Debug, Default)]
pub struct Accepting {
    pub link: String,
    pub name: String,
    pub password: String,
}

#[derive(Clone, Debug)]
pub struct Accepted {
    pub organisation: OrganisationId,
    pub person: PersonId,
    /// Their session, where the account was made just now: a link in a mail is no second password.
    pub entered: Option<Entered>,
}

pub async fn invited(desk: &Desk, link: &str) -> Result<Invited> {
    let conn = desk.store.read();
    let kept = by_link(desk, link).await?;
    Ok(Invited {
        organisation: kept.organisation,
        name: store::organisations::get(conn, kept.organisation).await?.name,
        role: kept.role,
        by: asker(desk, kept.by).await?,
        person: store::people::by_address(conn, &kept.canonical).await?,
        address: kept.written,
    })
}

async fn by_link(desk: &Desk, link: &str) -> Result<Invitation> {
    let token = Token::parse(link).map_err(|_| Refusal::LinkUnknown)?;
    let hash = token.hash().0;
    let kept = match invitations::by_hash(desk.store.read(), hash).await? {
        Some(kept) => kept,
        None if invitations::is_spent(desk.store.read(), hash).await? => return Err(Refusal::LinkUsed.into()),
        None => return Err(Refusal::LinkUnknown.into()),
    };
    still_good(desk, &kept)?;
    going_on(desk, kept).await
}

/// Whom an organisation asked that ended in another joins that one (VIS-4).
async fn going_on(desk: &Desk, kept: Invitation) -> Result<Invitation> {
    let organisation = store::merges::survivor(desk.store.read(), kept.organisation).await?;
    Ok(Invitation { organisation, ..kept })
}

fn still_good(desk: &Desk, kept: &Invitation) -> Result<()> {
    judge(Life { expires: kept.expires_at, used: None }, desk.now()).map_err(|fault| match fault {
        LinkFault::Unknown => Refusal::LinkUnknown,
        LinkFault::Used => Refusal::LinkUsed,
        LinkFault::Expired => Refusal::LinkExpired,
    })?;
    Ok(())
}

/// Joins by the link.
pub async fn accept(desk: &Desk, new: Accepting, browser: Browser<'_>) -> Result<Accepted> {
    let kept = by_link(desk, &new.link).await?;
    let address =
        Address::parse(&kept.written).map_err(|_| Error::broken("an invitation's address was read before"))?;
    let known = store::people::by_address(desk.store.read(), &address.key()).await?;
    let made = match known {
        Some(_) => None,
        None => Some(account(desk, &new, &address).await?),
    };
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    let (person, entered) = match (known, made) {
        (Some(person), _) => {
            people::proven(&scribe, &kept.canonical).await?;
            (person, None)
        }
        (None, Some((name, hash))) => {
            let person = register(&mut scribe, &name, &address).await?;
            store::people::set_password(&scribe.tx, person, &hash, scribe.now).await?;
            let now = scribe.now;
            scribe.record(Event::Person(PersonEvent::PasswordSet { person }), now).await?;
            (person, Some(open_session(&scribe, person, browser).await?))
        }
        (None, None) => return Err(Error::broken("who has no account sets a password")),
    };
    scribe.by = By::person(person);
    join(&mut scribe, &kept, person).await?;
    scribe.settle().await?;
    Ok(Accepted { organisation: kept.organisation, person, entered })
}

/// The name and the password's hash of an account about to be made, or all that is wrong with them.
async fn account(desk: &Desk, new: &Accepting, address: &Address) -> Result<(String, String)> {
    let (name, mut faults) = named(&new.name);
    match people::hashed(desk, (&name, address), &new.password).await {
        Ok(hash) if faults.is_empty() => Ok((name, hash)),
        Ok(_) => Err(Error::Invalid(faults)),
        Err(Error::Invalid(weak)) => {
            faults.extend(weak);
            Err(Error::Invalid(faults))
        }
        Err(error) => Err(error),
    }
}

async fn join(scribe: &mut Scribe<'_>, kept: &Invitation, person: PersonId) -> Result<()> {
    // Two browsers at once: the second finds it answered.
    if !invitations::spend(&scribe.tx, kept.id).await? {
        return Err(Refusal::LinkUsed.into());
    }
    let (organisation, now) = (kept.organisation, scribe.now);
    let before = store::organisations::role_of(&scribe.tx, organisation, person).await?;
    // PLN-5: the plan has a number of named contacts; who asked may have meant one that somebody else became since.
    if kept.role == Role::Contact && before.is_none_or(|before| before < kept.role) {
        let step = (before.unwrap_or(Role::Member), kept.role);
        crate::licences::check_role(scribe.desk, &scribe.tx, organisation, step).await?;
    }
    match before {
        None => {
            store::organisations::join(&scribe.tx, organisation, person, kept.role, now).await?;
            let event = OrganisationEvent::Joined { organisation, person };
            scribe.record(Event::Organisation(event), now).await?;
        }
        // Joined by the domain just now, or meanwhile.
        Some(before) if kept.role > before => {
            store::organisations::set_role(&scribe.tx, organisation, person, kept.role).await?;
        }
        Some(_) => return Ok(()),
    }
    // Who is asked by name need not wait (REG-3).
    if store::people::admit(&scribe.tx, person).await? {
        scribe.record(Event::Person(PersonEvent::Admitted { person }), now).await?;
    }
    if kept.role > Role::Member {
        let event = OrganisationEvent::RoleSet { organisation, person, role: kept.role };
        scribe.record(Event::Organisation(event), now).await?;
    }
    Ok(())
}

/// An invitation to somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: InvitationId,
    pub name: String,
    pub role: Role,
    pub by: Option<String>,
}

/// Those to one's own addresses that are still good.
pub async fn asked(desk: &Desk, actor: &Actor) -> Result<Vec<Asked>> {
    let conn = desk.store.read();
    let mut asked = vec![];
    for kept in of_person(desk, actor.signed()?.person).await? {
        if kept.expires_at > desk.now() {
            let name = store::organisations::get(conn, kept.organisation).await?.name;
            asked.push(Asked { id: kept.id, name, role: kept.role, by: asker(desk, kept.by).await? });
        }
    }
    Ok(asked)
}

/// Those to somebody's addresses.
async fn of_person(desk: &Desk, person: PersonId) -> Result<Vec<Invitation>> {
    let conn = desk.store.read();
    let mut own = vec![];
    for address in store::people::addresses(conn, person).await? {
        for kept in invitations::of_address(conn, &address.canonical).await? {
            own.push(going_on(desk, kept).await?);
        }
    }
    own.sort_by_key(|it| (it.sent_at, it.id));
    Ok(own)
}

/// What somebody says to being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accept,
    Decline,
}

/// Answers one of one's own; the organisation.
pub async fn answer(desk: &Desk, actor: &Actor, id: InvitationId, answer: Answer) -> Result<OrganisationId> {
    let person = actor.signed()?.person;
    let own = of_person(desk, person).await?;
    let kept = own.into_iter().find(|it| it.id == id).ok_or(Error::NotFound)?;
    let organisation = kept.organisation;
    let mut scribe = Scribe::begin(desk, actor).await?;
    match answer {
        Answer::Accept => {
            still_good(desk, &kept)?;
            join(&mut scribe, &kept, person).await?;
        }
        Answer::Decline => {
            if invitations::spend(&scribe.tx, id).await? {
                let now = scribe.now;
                let event = OrganisationEvent::InvitationEnded { organisation };
                scribe.record(Event::Organisation(event), now).await?;
            }
        }
    }
    scribe.settle().await?;
    Ok(organisation)
}
