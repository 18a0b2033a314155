//! Named contacts: who of an organisation files, within the number of its plan (PLN-5).

use rules::{
    access::Role,
    entitlement::{Named, NotNamed, may_name, must_be_named},
    ids::{OrganisationId, PersonId},
    instant::Instant,
    people::Address,
    policy::Compiled,
    refusal::{OrganisationRefusal, Refusal},
};
use store::Handle;

use super::entitled::judged;
use crate::{Actor, Desk, Error, Result};

/// Who files for an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contacts {
    /// How many its plan has; any number of people file unless it says so.
    pub number: Option<u32>,
    /// By number of the person.
    pub contacts: Vec<(PersonId, String)>,
    pub managers: Vec<(PersonId, String)>,
}

impl Contacts {
    fn named(&self) -> Named {
        let names = |people: &[(PersonId, String)]| people.iter().map(|(_, name)| name.clone()).collect();
        Named { contacts: names(&self.contacts), managers: names(&self.managers) }
    }
}

/// Who files for one of the actor's organisations; for staff, for any.
pub async fn contacts(desk: &Desk, actor: &Actor, organisation: OrganisationId) -> Result<Contacts> {
    let signed = actor.signed()?;
    if !signed.organisations.iter().any(|(id, _)| *id == organisation) {
        actor.staff(rules::access::Action::UseDesk)?;
    }
    of(desk.store.read(), organisation, (&*desk.policy().await?, desk.now())).await
}

pub(super) async fn of(conn: &Handle, organisation: OrganisationId, at: (&Compiled, Instant)) -> Result<Contacts> {
    let entitled = judged(conn, Some(organisation), None, at).await?;
    let plan = entitled.plan.as_ref().and_then(|plan| at.0.policy().plan(plan));
    named(conn, organisation, plan.and_then(|plan| plan.named_contacts)).await
}

async fn named(conn: &Handle, organisation: OrganisationId, number: Option<u32>) -> Result<Contacts> {
    let named = store::licences::named(conn, organisation).await?;
    let with =
        |wanted| named.iter().filter(move |it| it.2 == wanted).map(|(id, name, _)| (*id, name.clone())).collect();
    Ok(Contacts { number, contacts: with(Role::Contact), managers: with(Role::Manager) })
}

/// Whom to ask, where this person does not file.
pub(super) async fn unnamed(
    conn: &Handle,
    (organisation, person): (OrganisationId, PersonId),
    number: Option<u32>,
) -> Result<Option<NotNamed>> {
    if number.is_none() {
        return Ok(None);
    }
    let contacts = named(conn, organisation, number).await?;
    let has = |people: &[(PersonId, String)]| people.iter().any(|(id, _)| *id == person);
    let role = match () {
        () if has(&contacts.contacts) => Role::Contact,
        () if has(&contacts.managers) => Role::Manager,
        () => Role::Member,
    };
    let named = contacts.named();
    Ok(must_be_named(number, &named, role).then_some(named))
}

/// Whether a member may be given this role, by the plan of today.
pub(crate) async fn check_role(
    desk: &Desk,
    conn: &Handle,
    organisation: OrganisationId,
    step: (Role, Role),
) -> Result<()> {
    let contacts = of(conn, organisation, (&*desk.policy().await?, desk.now())).await?;
    match contacts.number {
        Some(number) if !may_name(Some(number), &contacts.named(), step) => {
            Err(Refusal::Organisation(OrganisationRefusal::ContactsFull { number }).into())
        }
        _ => Ok(()),
    }
}

/// The member whose address it is, for a manager who names a contact.
pub async fn name_contact(desk: &Desk, actor: &Actor, organisation: OrganisationId, address: &str) -> Result<PersonId> {
    actor.manages(organisation)?;
    crate::organisations::standing(desk.store.read(), organisation).await?;
    let none = || Error::from(Refusal::Organisation(OrganisationRefusal::NoMember));
    let address = Address::parse(address).map_err(|_| none())?;
    let conn = desk.store.read();
    let person = store::people::by_address(conn, &address.key()).await?.ok_or_else(none)?;
    let role = store::organisations::role_of(conn, organisation, person).await?.ok_or_else(none)?;
    if role == Role::Member { Ok(person) } else { Err(Refusal::Organisation(OrganisationRefusal::NamedAlready).into()) }
}

/// That somebody is one of the contacts, for a manager who takes them off: a manager stays one.
pub async fn unname_contact(desk: &Desk, actor: &Actor, organisation: OrganisationId, person: PersonId) -> Result<()> {
    actor.manages(organisation)?;
    crate::organisations::standing(desk.store.read(), organisation).await?;
    match store::organisations::role_of(desk.store.read(), organisation, person).await? {
        Some(Role::Contact) => Ok(()),
        _ => Err(Refusal::Organisation(OrganisationRefusal::NoMember).into()),
    }
}
