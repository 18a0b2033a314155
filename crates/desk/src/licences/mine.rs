//! What the members of an organisation see of its licences, and what they are told of their end (ENT-2).

use jiff::civil::Date;
use rules::{
    entitlement::{Entitled, Told, choose, renewed_on, told as tell},
    ids::OrganisationId,
    policy::Compiled,
};
use store::{Handle, licences::Kept};

use super::{
    contacts::{self, Contacts},
    entitled::rules_of,
};
use crate::{Actor, Desk, Result};

/// Versions among which a renewal is looked for.
const VERSIONS: i64 = 20;

/// An organisation of the reader's.
#[derive(Clone, Debug)]
pub struct Mine {
    pub organisation: OrganisationId,
    pub name: String,
    /// The first given first.
    pub held: Vec<Kept>,
    pub entitled: Entitled,
    pub told: Told,
    pub contacts: Contacts,
    /// Whether the reader decides who files.
    pub manages: bool,
    pub today: Date,
}

/// All organisations that the reader belongs to, with their licences.
pub async fn mine(desk: &Desk, actor: &Actor) -> Result<Vec<Mine>> {
    let signed = actor.signed()?;
    let (conn, compiled, now) = (desk.store.read(), desk.policy().await?, desk.now());
    let today = compiled.hours().date_of(now);
    let mut all = Vec::new();
    for (organisation, name) in &signed.organisations {
        let held = store::licences::of_organisation(conn, *organisation).await?;
        let (entitled, told) = judged(conn, &compiled, &held, today).await?;
        all.push(Mine {
            organisation: *organisation,
            name: name.clone(),
            held,
            entitled,
            told,
            contacts: contacts::of(conn, *organisation, (&compiled, now)).await?,
            manages: signed.manages.contains(organisation),
            today,
        });
    }
    Ok(all)
}

/// What somebody is told who is about to file.
pub async fn told(desk: &Desk, actor: &Actor) -> Result<Told> {
    let Actor::Person(signed) = actor else { return Ok(Told::Nothing) };
    let Some(organisation) = signed.organisation() else { return Ok(Told::Nothing) };
    let (conn, compiled) = (desk.store.read(), desk.policy().await?);
    let held = store::licences::of_organisation(conn, organisation).await?;
    let today = compiled.hours().date_of(desk.now());
    Ok(judged(conn, &compiled, &held, today).await?.1)
}

async fn judged(conn: &Handle, compiled: &Compiled, held: &[Kept], today: Date) -> Result<(Entitled, Told)> {
    let policy = compiled.policy();
    let (entitled, _) = choose(&rules_of(held), None, today, policy);
    let Some(by) = entitled.licence else { return Ok((entitled, Told::Nothing)) };
    let versions = store::licences::versions(conn, by, VERSIONS).await?;
    let said: Vec<_> =
        versions.iter().map(|version| (compiled.hours().date_of(version.at), version.terms.through)).collect();
    let others: Vec<_> = held.iter().filter(|it| it.id != by).map(|it| it.terms.through).collect();
    let told = tell(entitled.standing, policy.entitlement.grace_days, renewed_on(&said, &others), today);
    Ok((entitled, told))
}
