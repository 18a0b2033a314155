//! Somebody signs up (REG-1): the same answer whether the address is known or not (REG-2); the mail tells.

use jiff::SignedDuration;
use rules::{
    mail::one_line,
    people::{
        Address, Joining,
        captcha::{CaptchaKeys, CaptchaRefusal, Challenge, Difficulty, Seed, challenge as new_challenge, verify},
        token::Purpose,
    },
    refusal::{Fault, FieldFault, Refusal},
};

use super::{
    domains::leads_to,
    limits::{Trying, attempt},
    link::{NewLink, make},
};
use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, order},
    scribe::Scribe,
};

/// Characters of a name, at most.
const NAME: usize = 100;

/// The form.
#[derive(Clone, Debug, Default)]
pub struct SignUp {
    pub name: String,
    pub address: String,
    /// What the ALTCHA widget filled in.
    pub proof: String,
}

/// A proof of work to do while the form is filled in.
pub fn challenge(desk: &Desk) -> Challenge {
    let seed = Seed { nonce: desk.draw(), salt: desk.draw(), counter: u32::from_be_bytes(desk.draw()) };
    let keys = CaptchaKeys::derive(&desk.settings.secret_key);
    new_challenge(&keys, &seed, &Difficulty::SIGN_UP, desk.now())
}

/// Sends a link to the address; where it went.
pub async fn sign_up(desk: &Desk, actor: &Actor, form: SignUp) -> Result<Address> {
    let (name, address) = check(&form)?;
    let keys = CaptchaKeys::derive(&desk.settings.secret_key);
    let solved = verify(&keys, &form.proof, desk.now()).map_err(proof)?;
    let compiled = desk.policy().await?;
    if let Joining::Refused(refusal) = leads_to(desk.store.read(), compiled.policy(), &address).await? {
        return Err(refusal.into());
    }
    count(desk, &address, actor.network()).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if !store::sessions::spend_proof(&scribe.tx, &solved.nonce, solved.expires).await? {
        return Err(proof(CaptchaRefusal::Used));
    }
    let hours = i64::from(compiled.policy().links.verification_hours);
    let expires_at = scribe.now.plus(SignedDuration::from_hours(hours));
    let new = NewLink { purpose: Purpose::VerifyAddress, person: None, name: &name, address: &address, expires_at };
    // Kept for a registered address too, and mailed to nobody: the same work, so that its time tells nothing.
    let link = make(&scribe, new).await?;
    let owed = match store::people::by_address(&scribe.tx, &address.key()).await? {
        Some(to) => Order::AlreadyRegistered { to, attempt: scribe.now.micros() },
        None => Order::Verification { link },
    };
    order(&mut scribe, owed).await?;
    scribe.settle().await?;
    Ok(address)
}

fn proof(why: CaptchaRefusal) -> Error {
    Refusal::Proof(why).into()
}

/// Counts in a transaction of its own: a refused sign-up counts too.
async fn count(desk: &Desk, address: &Address, network: &str) -> Result<()> {
    let tx = desk.store.begin().await?;
    attempt(&tx, Trying::SignUp, &address.key(), network, desk.now()).await?;
    Ok(tx.commit().await?)
}

fn check(form: &SignUp) -> Result<(String, Address)> {
    let (name, mut faults) = named(&form.name);
    let address = Address::parse(&form.address);
    if let Err(why) = &address {
        faults.push(FieldFault { field: "address".into(), fault: Fault::Address(why.clone()) });
    }
    match address {
        Ok(address) if faults.is_empty() => Ok((name, address)),
        _ => Err(Error::Invalid(faults)),
    }
}

/// What somebody is called, as a line, and what is wrong with it.
pub(crate) fn named(typed: &str) -> (String, Vec<FieldFault>) {
    let name = one_line(typed);
    let mut faults = Vec::new();
    let mut add = |fault| faults.push(FieldFault { field: "name".into(), fault });
    match name.chars().count() {
        0 => add(Fault::NameMissing),
        characters if characters > NAME => add(Fault::LineTooLong { characters, limit: NAME }),
        _ => {}
    }
    if name.chars().any(char::is_control) {
        add(Fault::NotOffered);
    }
    (name, faults)
}
