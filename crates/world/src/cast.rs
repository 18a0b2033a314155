//! Who there is: customers with their organisations, and the people of the desk.

use desk::{Actor, Desk, Result, actor::Signed, licences};
use jiff::SignedDuration;
use rules::{access::Grant, entitlement::Entitled, ids::PersonId, people::Address};
use serde::Deserialize;

use crate::{
    Stage,
    arrive::{self, Newcomer},
};

/// Somebody of the world.
#[derive(Clone, Debug)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub address: String,
    /// `None` for staff and for those who stand alone.
    pub organisation: Option<String>,
    pub grants: Vec<Grant>,
    /// What they file with, as they arrive.
    pub entitled: Entitled,
}

impl Member {
    /// As the actor of a verb, with what they see at this moment.
    pub async fn actor(&self, desk: &Desk) -> Result<Actor> {
        Ok(Actor::Person(Box::new(Signed::read(desk.store.read(), self.person).await?)))
    }

    pub fn is_staff(&self) -> bool {
        !self.grants.is_empty()
    }
}

/// Everybody of the world.
#[derive(Clone, Debug)]
pub struct Cast(Vec<Member>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    staff: Vec<StaffEntry>,
    organisations: Vec<OrganisationEntry>,
    individuals: Vec<(String, String, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffEntry {
    name: String,
    address: String,
    zone: String,
    grants: Vec<Grant>,
    #[serde(default)]
    small: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationEntry {
    name: String,
    domain: String,
    /// Known to the desk before its people came (REG-5).
    known: bool,
    #[serde(default)]
    shares: bool,
    /// None known unless named.
    licence: Option<Term>,
    zone: String,
    people: Vec<(String, String)>,
    /// How many of its people belong to the small cast.
    #[serde(default)]
    small: usize,
}

/// What becomes of an organisation's licence within the world's months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Term {
    Paid,
    Trial,
    Partner,
    /// It ends: long before the last day where the policy then only marks what is filed, else a few days before.
    Ending,
}

const BOOK: &str = include_str!("../texts/cast.toml");

/// How much of the book takes the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Small,
    Whole,
}

impl Cast {
    /// Dana and Ravi of Acme Robotics, Lea of Nordlicht Bank; Ines, Theo, Jana, an administrator and somebody of the
    /// product team.
    pub async fn small(desk: &Desk, stage: &Stage) -> Result<Self> {
        arrive(desk, stage, Extent::Small).await
    }

    /// All of them: a dozen organisations, sixty people.
    pub async fn whole(desk: &Desk, stage: &Stage) -> Result<Self> {
        arrive(desk, stage, Extent::Whole).await
    }

    pub fn all(&self) -> &[Member] {
        &self.0
    }

    pub fn customers(&self) -> impl Iterator<Item = &Member> {
        self.0.iter().filter(|member| !member.is_staff())
    }

    /// Staff with this grant.
    pub fn with(&self, grant: Grant) -> impl Iterator<Item = &Member> {
        self.0.iter().filter(move |member| member.grants.contains(&grant))
    }

    /// Dana Whitlock leads testing at Acme Robotics.
    pub fn dana(&self) -> &Member {
        self.named("Dana Whitlock")
    }

    /// Ravi Menon, her colleague.
    pub fn ravi(&self) -> &Member {
        self.named("Ravi Menon")
    }

    /// Lea Brandt of Nordlicht Bank, which shares its requests among its people.
    pub fn lea(&self) -> &Member {
        self.named("Lea Brandt")
    }

    /// Ines Kovač, an agent.
    pub fn ines(&self) -> &Member {
        self.named("Ines Kovač")
    }

    /// Theo Marsh, the lead.
    pub fn theo(&self) -> &Member {
        self.named("Theo Marsh")
    }

    /// Jana Petrova, an agent who reads security reports.
    pub fn jana(&self) -> &Member {
        self.named("Jana Petrova")
    }

    /// Ada Haddad, the administrator.
    pub fn ada(&self) -> &Member {
        self.named("Ada Haddad")
    }

    /// Lucas Weber of the product team.
    pub fn lucas(&self) -> &Member {
        self.named("Lucas Weber")
    }

    fn named(&self, name: &str) -> &Member {
        self.0.iter().find(|member| member.name == name).expect("the book names the leading parts")
    }
}

async fn arrive(desk: &Desk, stage: &Stage, extent: Extent) -> Result<Cast> {
    let book: Book = toml::from_str(BOOK).expect("the book of the cast reads");
    let mut cast = Vec::new();
    for entry in book.staff.iter().filter(|entry| extent == Extent::Whole || entry.small) {
        let new = Newcomer { name: &entry.name, address: &entry.address, zone: &entry.zone, network: "192.0.2.10" };
        let person = arrive::staff(desk, new, &entry.grants).await?;
        cast.push(member(person, new, None, &entry.grants));
        stage.pass(desk, SignedDuration::from_secs(40)).await?;
    }
    for (at, entry) in book.organisations.iter().enumerate() {
        let people = if extent == Extent::Whole { entry.people.len() } else { entry.small };
        if people > 0 && entry.known {
            let organisation = arrive::organisation(desk, &entry.name, &entry.domain, entry.shares).await?;
            // Stories give licences where they are about them.
            if let (Some(term), Extent::Whole) = (entry.licence, extent) {
                arrive::licence(desk, organisation, (term, at)).await?;
            }
        }
        members_of(desk, stage, entry, (at, people), &mut cast).await?;
    }
    if extent == Extent::Whole {
        individuals(desk, stage, &book.individuals, &mut cast).await?;
    }
    Ok(Cast(cast))
}

async fn members_of(
    desk: &Desk,
    stage: &Stage,
    entry: &OrganisationEntry,
    (at, people): (usize, usize),
    cast: &mut Vec<Member>,
) -> Result<()> {
    let network = format!("198.51.100.{}", 10 + at);
    for (name, local) in entry.people.iter().take(people) {
        let address = format!("{local}@{}", entry.domain);
        let new = Newcomer { name, address: &address, zone: &entry.zone, network: &network };
        let person = arrive::customer(desk, stage, new).await?;
        let member = member(person, new, Some(&entry.name), &[]);
        let entitled = licences::entitled(desk, &member.actor(desk).await?, None).await?;
        cast.push(Member { entitled, ..member });
        stage.pass(desk, SignedDuration::from_secs(70)).await?;
    }
    Ok(())
}

/// Those with an address of a public mail provider, where the policy takes them (REG-3).
async fn individuals(
    desk: &Desk,
    stage: &Stage,
    people: &[(String, String, String)],
    cast: &mut Vec<Member>,
) -> Result<()> {
    for (at, (name, address, zone)) in people.iter().enumerate() {
        let network = format!("203.0.113.{}", 20 + at);
        let new = Newcomer { name, address, zone, network: &network };
        match arrive::customer(desk, stage, new).await {
            Ok(person) => cast.push(member(person, new, None, &[])),
            Err(desk::Error::Refused(rules::refusal::Refusal::PublicDomain { .. })) => {}
            Err(error) => return Err(error),
        }
        stage.pass(desk, SignedDuration::from_secs(70)).await?;
    }
    Ok(())
}

fn member(person: PersonId, new: Newcomer<'_>, organisation: Option<&str>, grants: &[Grant]) -> Member {
    let address = Address::parse(new.address).map_or_else(|_| new.address.to_owned(), |address| address.to_string());
    Member {
        person,
        name: new.name.to_owned(),
        address,
        organisation: organisation.map(ToOwned::to_owned),
        grants: grants.to_vec(),
        entitled: Entitled::UNKNOWN,
    }
}
