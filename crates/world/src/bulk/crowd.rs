//! Who there is in a world of many: organisations with their people, some who stand alone, and a dozen of staff. They
//! are written as rows; none of them ever signed up.

use std::collections::HashMap;

use desk::{Desk, Error, Result};
use rules::{
    access::{Grant, Role},
    ids::{OrganisationId, PersonId},
    instant::Instant,
    people::Address,
};
use store::Tx;

/// Requests for each customer, on average.
const REQUESTS_EACH: usize = 100;
const FEWEST: usize = 200;
/// People of an organisation.
const MEMBERS: usize = 5;
/// Ordinary agents; beside them stand a lead and one who reads security reports.
const AGENTS: usize = 10;

/// A customer.
#[derive(Clone, Copy, Debug)]
pub struct Customer {
    pub person: PersonId,
    /// `None` for those who stand alone.
    pub organisation: Option<OrganisationId>,
}

/// Everybody.
#[derive(Clone, Debug)]
pub struct Crowd {
    pub agents: Vec<PersonId>,
    /// Reads and answers security reports.
    pub security: PersonId,
    pub lead: PersonId,
    pub customers: Vec<Customer>,
    addresses: HashMap<PersonId, String>,
}

impl Crowd {
    /// The address of the n-th agent, from 0.
    pub fn agent(n: usize) -> String {
        format!("agent{}@desk.example", n % AGENTS)
    }

    /// The address of the n-th customer, from 0; there are at least two hundred.
    pub fn customer(n: usize) -> String {
        format!("customer{n}@{}", domain(n / MEMBERS))
    }

    pub(super) fn address(&self, person: PersonId) -> String {
        self.addresses.get(&person).cloned().unwrap_or_default()
    }

    /// Has them come, as many as file so many requests.
    pub(super) async fn gather(desk: &Desk, requests: usize) -> Result<Self> {
        let tx = desk.store.begin().await?;
        let mut gathering = Gathering::new(&tx, desk.now());
        let mut agents = Vec::new();
        for n in 0..AGENTS {
            agents.push(gathering.staff(&format!("Agent {n}"), Self::agent(n), &[Grant::Agent]).await?);
        }
        let grants = [Grant::Agent, Grant::Security];
        let security = gathering.staff("Jana Petrova", "security@desk.example".to_owned(), &grants).await?;
        let lead = gathering.staff("Theo Marsh", "lead@desk.example".to_owned(), &[Grant::Agent, Grant::Lead]).await?;
        let customers = gathering.customers((requests / REQUESTS_EACH).max(FEWEST)).await?;
        let addresses = gathering.addresses;
        tx.commit().await?;
        Ok(Self { agents, security, lead, customers, addresses })
    }
}

fn domain(organisation: usize) -> String {
    format!("org{organisation}.example")
}

pub(super) struct Gathering<'a> {
    tx: &'a Tx,
    now: Instant,
    addresses: HashMap<PersonId, String>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(tx: &'a Tx, now: Instant) -> Self {
        Self { tx, now, addresses: HashMap::new() }
    }

    async fn staff(&mut self, name: &str, address: String, grants: &[Grant]) -> Result<PersonId> {
        let person = self.person(name, address).await?;
        store::people::set_grants(self.tx, person, grants, self.now).await?;
        Ok(person)
    }

    /// In organisations of five; every seventh of these is none, and its people stand alone.
    async fn customers(&mut self, count: usize) -> Result<Vec<Customer>> {
        let mut customers = Vec::new();
        let mut organisation = None;
        for n in 0..count {
            if n % MEMBERS == 0 {
                organisation = match n / MEMBERS % 7 {
                    6 => None,
                    _ => Some(self.organisation(n / MEMBERS).await?),
                };
            }
            let person = self.person(&format!("Customer {n}"), Crowd::customer(n)).await?;
            if let Some(organisation) = organisation {
                store::organisations::join(self.tx, organisation, person, Role::Member, self.now).await?;
            }
            customers.push(Customer { person, organisation });
        }
        Ok(customers)
    }

    async fn organisation(&mut self, n: usize) -> Result<OrganisationId> {
        let name = format!("Organisation {n}");
        let organisation = store::organisations::insert(self.tx, &name, Some(self.now), self.now).await?;
        store::organisations::claim_domain(self.tx, organisation, &domain(n)).await?;
        Ok(organisation)
    }

    pub(super) async fn person(&mut self, name: &str, written: String) -> Result<PersonId> {
        let canonical = Address::parse(&written).map_err(|fault| Error::broken(format!("{fault:?}")))?.key();
        let person = store::people::insert(self.tx, name, self.now).await?;
        let address = store::people::Address { person, written, canonical, verified_at: self.now };
        store::people::insert_address(self.tx, &address).await?;
        self.addresses.insert(person, address.written);
        Ok(person)
    }
}
