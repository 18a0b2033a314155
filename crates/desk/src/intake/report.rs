//! Somebody reports without signing in: the same answer whether the address is known or not (REG-2); the mail tells.

use jiff::SignedDuration;
use rules::{
    mail::one_line,
    people::{Address, Joining, token::Purpose},
    policy::{Intake, Policy},
    refusal::{Fault, FieldFault},
};
use store::parked_reports::{self, Parked};

use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, order},
    people::{NewLink, Trying, attempt, leads_to, make},
    scribe::Scribe,
};

/// Characters of a line, and of the report, at most.
const LINE: usize = 200;
const LONGEST: usize = 20_000;

/// The form.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub name: String,
    pub address: String,
    pub subject: String,
    /// Markdown.
    pub finding: String,
}

/// Keeps it and sends a link to the address; where that went. As if there were no such form, where the policy takes
/// reports of registered people only.
pub async fn report(desk: &Desk, actor: &Actor, form: Report) -> Result<Address> {
    let compiled = desk.policy().await?;
    if !takes(compiled.policy()) {
        return Err(Error::NotFound);
    }
    let address = check(&form)?;
    if let Joining::Refused(refusal) = leads_to(desk.store.read(), compiled.policy(), &address).await? {
        return Err(refusal.into());
    }
    count(desk, &address, actor.network()).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let days = i64::from(compiled.policy().links.unknown_sender_days);
    let link = make(
        &scribe,
        NewLink {
            purpose: Purpose::SecurityReport,
            person: None,
            name: &one_line(&form.name),
            address: &address,
            expires_at: scribe.now.plus(SignedDuration::from_hours(24 * days)),
        },
    )
    .await?;
    let parked =
        Parked { subject: one_line(&form.subject), finding: form.finding.trim().to_owned(), reported_at: scribe.now };
    parked_reports::insert(&scribe.tx, link, &parked).await?;
    order(&mut scribe, Order::ReportLink { link }).await?;
    scribe.settle().await?;
    Ok(address)
}

pub(super) fn takes(policy: &Policy) -> bool {
    policy.security.as_ref().is_some_and(|security| security.intake == Intake::Anyone)
}

/// Counts in a transaction of its own: a refused report counts too.
async fn count(desk: &Desk, address: &Address, network: &str) -> Result<()> {
    let tx = desk.store.begin().await?;
    attempt(&tx, Trying::SecurityReport, &address.key(), network, desk.now()).await?;
    Ok(tx.commit().await?)
}

fn check(form: &Report) -> Result<Address> {
    let mut faults = Vec::new();
    let mut add = |field: &str, fault: Option<Fault>| {
        faults.extend(fault.map(|fault| FieldFault { field: field.to_owned(), fault }));
    };
    let line = |text: &str, missing: Fault| match one_line(text).chars().count() {
        0 => Some(missing),
        characters if characters > LINE => Some(Fault::LineTooLong { characters, limit: LINE }),
        _ => None,
    };
    add("name", line(&form.name, Fault::NameMissing));
    let address = Address::parse(&form.address);
    add("address", address.as_ref().err().map(|why| Fault::Address(why.clone())));
    add("subject", line(&form.subject, Fault::SubjectMissing));
    let characters = form.finding.trim().chars().count();
    add("finding", (characters == 0).then_some(Fault::Missing));
    let too_long = characters > LONGEST;
    add("finding", too_long.then_some(Fault::LineTooLong { characters, limit: LONGEST }));
    match address {
        Ok(address) if faults.is_empty() => Ok(address),
        _ => Err(Error::Invalid(faults)),
    }
}
