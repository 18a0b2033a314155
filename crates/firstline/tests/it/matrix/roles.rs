//! Who knocks at every door: a visitor, customers who stand differently to a request, and staff with one grant each.

use desk::{Actor, Desk, actor::Signed, policy::NewPolicy};
use rules::{
    access::{Grant, Reach, Role as Membership, Sharing},
    ids::{OrganisationId, PersonId},
    instant::Instant,
    people::Address,
};
use testkit::{Engine, Scene};

/// Somebody at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Visitor,
    /// Filed the request.
    Requester,
    /// Of the requester's organisation, which shares nothing.
    Colleague,
    /// Of a requester's organisation that shares with everyone.
    SharedColleague,
    /// A colleague who was added to the request.
    Participant,
    /// Was added to it, and has left the organisation since.
    Former,
    /// Of another organisation.
    Stranger,
    /// Manages the organisation that a route names; a requester's, which shares with its managers.
    Manager,
    /// Manages a reseller, one of whose people filed the request for the organisation that granted it (ENT-4).
    Reseller,
    /// The same once the grant has ended.
    FormerReseller,
    Agent,
    Lead,
    Product,
    Security,
    Administrator,
}

impl Role {
    /// Those who differ where a request is named.
    pub(crate) const ALL: [Role; 15] = [
        Role::Visitor,
        Role::Requester,
        Role::Colleague,
        Role::SharedColleague,
        Role::Manager,
        Role::Reseller,
        Role::FormerReseller,
        Role::Participant,
        Role::Former,
        Role::Stranger,
        Role::Agent,
        Role::Lead,
        Role::Product,
        Role::Security,
        Role::Administrator,
    ];
    /// Those who are asked elsewhere, where customers are all alike.
    pub(crate) const FEW: [Role; 11] = [
        Role::Visitor,
        Role::Requester,
        Role::Colleague,
        Role::Manager,
        Role::Former,
        Role::Stranger,
        Role::Agent,
        Role::Lead,
        Role::Product,
        Role::Security,
        Role::Administrator,
    ];

    /// Those who differ where an organisation is named.
    pub(crate) const OF_ORGANISATION: [Role; 12] = [
        Role::Visitor,
        Role::Requester,
        Role::Manager,
        Role::Reseller,
        Role::FormerReseller,
        Role::Former,
        Role::Stranger,
        Role::Agent,
        Role::Lead,
        Role::Product,
        Role::Security,
        Role::Administrator,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Visitor => "visitor",
            Role::Requester => "requester",
            Role::Colleague => "colleague",
            Role::SharedColleague => "colleague, shared",
            Role::Participant => "participant",
            Role::Former => "former member",
            Role::Stranger => "stranger",
            Role::Manager => "manager",
            Role::Reseller => "reseller",
            Role::FormerReseller => "former reseller",
            Role::Agent => "agent",
            Role::Lead => "lead",
            Role::Product => "product",
            Role::Security => "security",
            Role::Administrator => "administrator",
        }
    }

    pub(crate) fn grant(self) -> Option<Grant> {
        Some(match self {
            Role::Agent => Grant::Agent,
            Role::Lead => Grant::Lead,
            Role::Product => Grant::Product,
            Role::Security => Grant::Security,
            Role::Administrator => Grant::Administrator,
            _ => return None,
        })
    }

    pub(crate) fn is_customer(self) -> bool {
        self != Role::Visitor && self.grant().is_none()
    }

    /// `None` for a visitor.
    pub(crate) fn address(self) -> Option<String> {
        (self != Role::Visitor).then(|| format!("{}@matrix.example", self.name().replace([' ', ','], "")))
    }
}

/// Everybody in their place.
#[derive(Debug)]
pub(crate) struct House {
    pub scene: Scene,
    /// Files for an organisation that shares with everyone.
    pub sharing: Actor,
    /// Files for one that shares with its managers.
    pub managed: Actor,
    /// File for that one, by a grant of it and by one that has ended.
    pub resellers: [Actor; 2],
    /// Has drafts, files and sessions that are nobody else's business.
    pub other: Actor,
    pub participants: Vec<PersonId>,
}

/// The reference policy, but for migration requests, which are confidential here.
pub(crate) fn policy() -> String {
    let reference = include_str!("../../../../../policies/allure-testops.toml");
    let here = "[types.migration]\n";
    assert!(reference.contains(here), "the reference policy has migration requests");
    reference.replacen(here, "[types.migration]\nsecrecy = \"confidential\"\n", 1)
}

impl House {
    pub(crate) async fn open() -> Self {
        let scene = Scene::open(Engine::Sqlite).await;
        let new = NewPolicy { source: policy(), from: None };
        desk::policy::apply(&scene.desk, &Actor::DESK, new).await.unwrap();
        let desk = &scene.desk;
        let closed = organisation(desk, "Closed Works", Sharing::default()).await;
        let everyone = Sharing { managers: Some(Reach::Everything), members: Some(Reach::Everything) };
        let open = organisation(desk, "Open Works", everyone).await;
        let managers = Sharing { managers: Some(Reach::Everything), members: None };
        let managed = organisation(desk, "Managed Works", managers).await;
        let resellers = [
            organisation(desk, "Resell Works", Sharing::default()).await,
            organisation(desk, "Resold Works", Sharing::default()).await,
        ];
        let elsewhere = organisation(desk, "Elsewhere", Sharing::default()).await;
        let mut participants = vec![];
        for role in Role::ALL {
            let Some(address) = role.address() else { continue };
            let of = match role {
                Role::SharedColleague => Some(open),
                Role::Stranger => Some(elsewhere),
                Role::Manager => Some(managed),
                Role::Reseller => Some(resellers[0]),
                Role::FormerReseller => Some(resellers[1]),
                role if role.is_customer() => Some(closed),
                _ => None,
            };
            let person = person(desk, &address, of, role.grant()).await;
            if matches!(role, Role::Participant | Role::Former) {
                participants.push(person);
            }
            if let (Role::Manager | Role::Reseller | Role::FormerReseller, Some(of)) = (role, of) {
                let tx = desk.store.begin().await.unwrap();
                store::organisations::set_role(&tx, of, person, Membership::Manager).await.unwrap();
                tx.commit().await.unwrap();
            }
            if role == Role::Former {
                let tx = desk.store.begin().await.unwrap();
                store::organisations::leave_all(&tx, person, desk.now()).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
        let sharing = actor(desk, person(desk, "keeper@matrix.example", Some(open), None).await).await;
        let other = actor(desk, person(desk, "other@matrix.example", Some(elsewhere), None).await).await;
        let managed_works = managed;
        let managed = actor(desk, person(desk, "filer@matrix.example", Some(managed), None).await).await;
        let resellers = resell(desk, managed_works, resellers).await;
        Self { sharing, managed, resellers, other, participants, scene }
    }

    /// The role as an actor; `None` for a visitor.
    pub(crate) async fn actor(&self, role: Role) -> Option<Actor> {
        let address = role.address()?;
        let key = Address::parse(&address).unwrap().key();
        let person = store::people::by_address(self.scene.desk.store.read(), &key).await.unwrap().unwrap();
        Some(actor(&self.scene.desk, person).await)
    }
}

/// Somebody of each reseller who files for the organisation. The second grant stands until they have filed.
async fn resell(desk: &Desk, organisation: OrganisationId, by: [OrganisationId; 2]) -> [Actor; 2] {
    let tx = desk.store.begin().await.unwrap();
    for reseller in by {
        store::resales::set(&tx, (organisation, reseller), None, desk.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let one = person(desk, "reseller.filer@matrix.example", Some(by[0]), None).await;
    let other = person(desk, "former.filer@matrix.example", Some(by[1]), None).await;
    let filer = async |id| Actor::Person(Box::new(read(desk, id).await.acting_for(organisation)));
    [filer(one).await, filer(other).await]
}

async fn read(desk: &Desk, person: PersonId) -> Signed {
    Signed::read(desk.store.read(), person).await.unwrap()
}

async fn actor(desk: &Desk, person: PersonId) -> Actor {
    Actor::Person(Box::new(Signed::read(desk.store.read(), person).await.unwrap()))
}

async fn organisation(desk: &Desk, name: &str, sharing: Sharing) -> OrganisationId {
    let tx = desk.store.begin().await.unwrap();
    let organisation = store::organisations::insert(&tx, name, Some(desk.now()), desk.now()).await.unwrap();
    store::organisations::set_sharing(&tx, organisation, sharing).await.unwrap();
    tx.commit().await.unwrap();
    organisation
}

async fn person(desk: &Desk, address: &str, of: Option<OrganisationId>, grant: Option<Grant>) -> PersonId {
    let tx = desk.store.begin().await.unwrap();
    let now: Instant = desk.now();
    let person = store::people::insert(&tx, address.split('@').next().unwrap(), now).await.unwrap();
    let canonical = Address::parse(address).unwrap().key();
    let row = store::people::Address { person, written: address.to_owned(), canonical, verified_at: now };
    store::people::insert_address(&tx, &row).await.unwrap();
    if let Some(organisation) = of {
        store::organisations::join(&tx, organisation, person, Membership::Member, now).await.unwrap();
    }
    store::people::set_grants(&tx, person, grant.as_slice(), now).await.unwrap();
    tx.commit().await.unwrap();
    person
}
