//! People arrive: they sign up with their address, follow the link and set a password; staff are added by the desk.

use desk::{
    Actor, Desk, Error, Result,
    licences::{Given, give},
    people::{Browser, NewPassword, NewStaff, SignUp, add_staff, sign_up, verify},
    schedule,
};
use jiff::{SignedDuration, ToSpan};
use rules::{
    access::{Grant, Reach, Sharing},
    entitlement::Kind,
    events::{By, Event, NewEntry, OrganisationEvent},
    ids::{OrganisationId, PersonId},
    people::captcha::{CaptchaKeys, Difficulty, Seed, challenge, solve},
    policy::Ended,
};

use crate::{PASSWORD, Stage, cast::Term};

/// Days from the arrival of people to the world's last day.
pub(crate) const LIFE: i64 = 92;

/// A proof of one try instead of hundreds: the world knows the key, so its proofs hold and cost nothing.
const EASY: Difficulty = Difficulty { cost: 1, least: 0, below: 1, lifetime: SignedDuration::from_mins(20) };

/// Somebody who comes by themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newcomer<'a> {
    pub name: &'a str,
    pub address: &'a str,
    pub zone: &'a str,
    pub network: &'a str,
}

/// Signs up, follows the link from the mail, sets the password (REG-1).
pub(crate) async fn customer(desk: &Desk, stage: &Stage, new: Newcomer<'_>) -> Result<PersonId> {
    let visitor = Actor::Visitor { network: new.network.to_owned() };
    let form = SignUp { name: new.name.to_owned(), address: new.address.to_owned(), proof: proof(desk)? };
    let address = sign_up(desk, &visitor, form).await?.to_string();
    schedule::settle(desk).await?;
    let link = stage.letters.link_to(&address).ok_or_else(|| Error::broken(format!("no mail went to {address}")))?;
    let person = follow(desk, &link, new.network).await?;
    set_zone(desk, person, new.zone).await?;
    Ok(person)
}

/// Is added by the desk, follows the link, sets the password.
pub(crate) async fn staff(desk: &Desk, new: Newcomer<'_>, grants: &[Grant]) -> Result<PersonId> {
    let staff = NewStaff { name: new.name.to_owned(), address: new.address.to_owned(), grants: grants.to_vec() };
    let added = add_staff(desk, &Actor::DESK, staff).await?;
    let link = added.link.ok_or_else(|| Error::broken(format!("{} has a password already", new.address)))?;
    let person = follow(desk, &link.url, new.network).await?;
    set_zone(desk, person, new.zone).await?;
    Ok(person)
}

/// An organisation that was known before its people came: confirmed, with its domain.
pub(crate) async fn organisation(desk: &Desk, name: &str, domain: &str, shares: bool) -> Result<OrganisationId> {
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let organisation = store::organisations::insert(&tx, name, Some(now), now).await?;
    store::organisations::claim_domain(&tx, organisation, domain).await?;
    if shares {
        let sharing = Sharing { managers: Some(Reach::Everything), members: Some(Reach::Everything) };
        store::organisations::set_sharing(&tx, organisation, sharing).await?;
    }
    let event = Event::Organisation(OrganisationEvent::Opened { organisation, by_domain: false });
    let entry = NewEntry { event, by: By::rule(), occurred_at: now, recorded_at: now, cause: None, depth: 0 };
    store::events::append(&tx, &entry).await?;
    tx.commit().await?;
    Ok(organisation)
}

/// Gives an organisation its licence: the first of the book has the largest plan, and so on round the plans.
pub(crate) async fn licence(desk: &Desk, organisation: OrganisationId, (term, at): (Term, usize)) -> Result<()> {
    let compiled = desk.policy().await?;
    let (plans, rule) = (&compiled.policy().plans, &compiled.policy().entitlement);
    let plan = plans.keys().rev().cycle().nth(at % plans.len().max(1)).cloned();
    let grace = i64::from(rule.grace_days);
    let (kind, days) = match (term, rule.ended) {
        (Term::Paid, _) => (Kind::Paid, Some(LIFE + 40 + 31 * at as i64)),
        (Term::Trial, _) => (Kind::Trial, Some(LIFE + 17)),
        (Term::Partner, _) => (Kind::Partner, None),
        (Term::Ending, Ended::Flag) => (Kind::Paid, Some(LIFE - 20 - grace)),
        (Term::Ending, Ended::Refuse) => (Kind::Paid, Some(LIFE - grace / 2)),
    };
    let today = compiled.hours().date_of(desk.now());
    let given = Given {
        organisation,
        external_key: None,
        edition: String::new(),
        deployment: None,
        plan,
        kind,
        seats: None,
        through: days.and_then(|days| today.checked_add(days.days()).ok()),
    };
    give(desk, &Actor::DESK, given).await.map(drop)
}

/// A proof of work that holds for this desk, once, and took none.
pub fn proof(desk: &Desk) -> Result<String> {
    let keys = CaptchaKeys::derive(&desk.settings.secret_key);
    let seed = Seed { nonce: desk.draw(), salt: desk.draw(), counter: 0 };
    solve(&challenge(&keys, &seed, &EASY, desk.now())).ok_or_else(|| Error::broken("a challenge has a solution"))
}

async fn follow(desk: &Desk, link: &str, network: &str) -> Result<PersonId> {
    let token = link.rsplit('/').next().unwrap_or_default().to_owned();
    let browser = Browser {
        network,
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        session: None,
        known: None,
    };
    Ok(verify(desk, NewPassword { link: token, password: PASSWORD.to_owned() }, browser).await?.person)
}

async fn set_zone(desk: &Desk, person: PersonId, zone: &str) -> Result<()> {
    let tx = desk.store.begin().await?;
    store::people::set_zone(&tx, person, zone).await?;
    Ok(tx.commit().await?)
}
