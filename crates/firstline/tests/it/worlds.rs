//! Random worlds (VIS-3): people join, leave, inherit and manage, organisations share, merge and split, requests become
//! confidential and gain people; then every door is asked by everybody, and all have to say what the single check says. A
//! world is its seed, which stands in every complaint.

use std::collections::{BTreeMap, BTreeSet};

use desk::{
    Actor, Desk, Error,
    actor::Signed,
    exports::{About, gather},
    live::{self, Heard},
    organisations::{self, Leaving, NewSharing},
    search, tickets, views,
};
use futures_util::FutureExt;
use jiff::{SignedDuration, tz::TimeZone};
use rules::{
    access::{Earlier, Grant, Role, Setting, Staff, TicketFacts},
    events::Secrecy,
    ids::{OrganisationId, PersonId, Seq, TicketId},
    people::Address,
};
use store::ticket_lists::{self, View};
use testkit::{Scene, on_both};

/// Steps of a world; few enough that a search shows all requests.
const STEPS: usize = 45;
/// Requests of a world, at most: a page of results holds them.
const REQUESTS: usize = 18;

/// SplitMix64: the same seed, the same world.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct World<'a> {
    scene: &'a Scene,
    seed: u64,
    dice: Dice,
    organisations: Vec<OrganisationId>,
    people: Vec<PersonId>,
    /// Agent, security, administrator, product: each grant by itself.
    staff: Vec<PersonId>,
    requests: Vec<TicketId>,
    done: Vec<String>,
}

type Seen = BTreeMap<PersonId, BTreeSet<TicketId>>;

impl<'a> World<'a> {
    async fn new(scene: &'a Scene, seed: u64) -> Self {
        let (mut organisations, mut people, mut staff) = (vec![], vec![], vec![]);
        for at in 0..4 {
            organisations.push(organisation(&scene.desk, &format!("W{seed}-{at}")).await);
        }
        for at in 0..9_usize {
            let of = [organisations[at % 4]].into_iter().chain((at % 4 == 0).then(|| organisations[1]));
            people.push(person(&scene.desk, &format!("w{seed}p{at}@worlds.example"), of, None).await);
        }
        for grant in [Grant::Agent, Grant::Security, Grant::Administrator, Grant::Product] {
            let address = format!("w{seed}{}@worlds.example", grant.as_str());
            staff.push(person(&scene.desk, &address, [], Some(grant)).await);
        }
        Self { scene, seed, dice: Dice(seed), organisations, people, staff, requests: vec![], done: vec![] }
    }

    fn desk(&self) -> &Desk {
        &self.scene.desk
    }

    async fn actor(&self, person: PersonId) -> Actor {
        Actor::Person(Box::new(Signed::read(self.desk().store.read(), person).await.unwrap()))
    }

    async fn agent(&self) -> Actor {
        self.actor(self.staff[0]).await
    }

    async fn address(&self, person: PersonId) -> String {
        desk::people::address(self.desk(), person).await.unwrap().unwrap()
    }

    fn request(&mut self) -> Option<TicketId> {
        (!self.requests.is_empty()).then(|| self.dice.one_of(&self.requests.clone()))
    }

    /// Something happens; what is refused is as good as not tried.
    async fn step(&mut self) {
        let kind = self.dice.below(17);
        let (one, other) =
            (self.dice.one_of(&self.organisations.clone()), self.dice.one_of(&self.organisations.clone()));
        let person = self.dice.one_of(&self.people.clone());
        let agent = self.agent().await;
        let desk = self.desk().clone();
        let before = if kind == 7 { Some(self.seen().await) } else { None };
        let (said, done) = match kind {
            0..=3 => ("files", self.files(person).await),
            4 => {
                let setting = self.dice.one_of(&[Setting::Own, Setting::Managers, Setting::Everyone]);
                let earlier = self.dice.one_of(&[Earlier::Kept, Earlier::Shown]);
                let new = NewSharing { setting, earlier };
                ("shares", organisations::set_sharing(&desk, &agent, one, new).await)
            }
            5 => {
                let role = self.dice.one_of(&[Role::Member, Role::Contact, Role::Manager]);
                ("has a role", organisations::set_role(&desk, &agent, one, person, role).await)
            }
            6 => {
                let heir = self.dice.one_of(&self.people.clone());
                let heir = if self.dice.below(2) == 0 { self.address(heir).await } else { String::new() };
                ("leaves", organisations::end_membership(&desk, &agent, one, Leaving { person, heir }).await)
            }
            7 => ("merge", organisations::merge(&desk, &agent, one, other).await),
            8 => ("split", organisations::split(&desk, &agent, one, other).await),
            9 | 10 => {
                let address = self.address(person).await;
                match self.request() {
                    Some(ticket) => ("is added", tickets::add_participant(&desk, &agent, ticket, &address).await),
                    None => return,
                }
            }
            11 => {
                let secrecy = self.dice.one_of(&[Secrecy::Open, Secrecy::Confidential]);
                match self.request() {
                    Some(ticket) => ("is kept", tickets::set_secrecy(&desk, &agent, ticket, secrecy).await),
                    None => return,
                }
            }
            12 => ("joins", self.joins(one, person).await),
            13 | 14 => ("resells", organisations::set_resale(&desk, &agent, one, &other.to_string()).await),
            15 => ("resells no more", self.ends_a_resale(one).await),
            _ => ("is doubted", self.doubt(person).await),
        };
        self.done.push(format!("{said} {one} {other} {person}: {}", done.is_ok()));
        match done {
            Ok(()) | Err(Error::NotFound | Error::Refused(_) | Error::Invalid(_) | Error::Conflict) => {}
            Err(error) => panic!("seed {}: {error:?} after {:#?}", self.seed, self.done),
        }
        if let Some(before) = before {
            let after = self.seen().await;
            for (person, seen) in &after {
                assert!(seen.is_subset(&before[person]), "VIS-4, {person} reads more by merging: {}", self.story());
            }
        }
        self.scene.advance(SignedDuration::from_mins(2)).await;
    }

    async fn files(&mut self, person: PersonId) -> desk::Result<()> {
        if self.requests.len() == REQUESTS {
            return Ok(());
        }
        let kind = self.dice.one_of(&["question", "question", "question", "security"]);
        let form = self.scene.form(kind, "Where dashboards are kept").await;
        let mut signed = Signed::read(self.desk().store.read(), person).await?;
        if let Some(resold) = signed.files_for.iter().rfind(|it| it.reseller.is_some()) {
            signed = signed.acting_for(resold.organisation);
        }
        let ticket = world::file(self.desk(), &Actor::Person(Box::new(signed)), form).await?;
        self.requests.push(ticket);
        Ok(())
    }

    async fn ends_a_resale(&mut self, organisation: OrganisationId) -> desk::Result<()> {
        let standing = store::resales::of(self.desk().store.read(), organisation).await?;
        let Some(first) = standing.iter().find(|it| it.ended_at.is_none()) else { return Ok(()) };
        organisations::end_resale(self.desk(), &self.agent().await, organisation, first.id).await
    }

    async fn joins(&self, organisation: OrganisationId, person: PersonId) -> desk::Result<()> {
        let organisation = store::merges::survivor(self.desk().store.read(), organisation).await?;
        let tx = self.desk().store.begin().await?;
        if store::organisations::role_of(&tx, organisation, person).await?.is_none() {
            store::organisations::join(&tx, organisation, person, Role::Member, self.desk().now()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Whether an address is still its person's is doubted, or known again.
    async fn doubt(&mut self, person: PersonId) -> desk::Result<()> {
        let key = Address::parse(&self.address(person).await).unwrap().key();
        let now = self.desk().now();
        let again = self.dice.below(2) == 0;
        let tx = self.desk().store.begin().await?;
        if again {
            store::people::prove(&tx, &key, now).await?;
        } else {
            store::people::doubt_bounced(&tx, person, now).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn facts(&self) -> BTreeMap<TicketId, TicketFacts> {
        let facts = store::tickets::facts_of(self.desk().store.read(), &self.requests).await.unwrap();
        facts.into_iter().collect()
    }

    /// By the single check, for everybody.
    async fn seen(&self) -> Seen {
        let facts = self.facts().await;
        let mut seen = Seen::new();
        for person in self.everybody() {
            let actor = self.actor(person).await;
            let scope = &actor.signed().unwrap().scope;
            seen.insert(person, facts.iter().filter(|(_, facts)| scope.sees(facts)).map(|(id, _)| *id).collect());
        }
        seen
    }

    fn everybody(&self) -> Vec<PersonId> {
        self.people.iter().chain(&self.staff).copied().collect()
    }

    fn story(&self) -> String {
        format!("seed {}: {:#?}", self.seed, self.done)
    }

    /// Asks every door, as everybody.
    async fn compare(&self) {
        search::catch_up(self.desk()).await.unwrap();
        let (seen, facts) = (self.seen().await, self.facts().await);
        for person in self.everybody() {
            let actor = self.actor(person).await;
            self.pages(&actor, &seen[&person]).await;
            self.portal(&actor, &facts).await;
            self.exports(&actor, (&seen[&person], &facts)).await;
            if actor.signed().unwrap().scope.staff != Staff::None {
                self.desk_lists(&actor, &seen[&person]).await;
            }
        }
        let before = live::position(self.desk()).await.unwrap();
        self.mails(&seen, &facts).await;
        self.looks_on(before, &seen).await;
    }

    async fn pages(&self, actor: &Actor, seen: &BTreeSet<TicketId>) {
        let person = actor.signed().unwrap().person;
        for ticket in &self.requests {
            let is_seen = seen.contains(ticket);
            let shown = tickets::show(self.desk(), actor, *ticket).await.is_ok();
            assert_eq!(shown, is_seen, "the page of {ticket} for {person}, {}", self.story());
            let explained = tickets::sight(self.desk(), &Actor::DESK, *ticket, &person.to_string()).await.unwrap();
            let (_, seer) = explained.unwrap();
            assert_eq!(
                seer.sight.seen.is_some(),
                is_seen,
                "what is explained of {ticket} to {person}, {}",
                self.story()
            );
        }
    }

    /// What the portal lists, finds and suggests: staff have the desk for the rest.
    async fn portal(&self, actor: &Actor, facts: &BTreeMap<TicketId, TicketFacts>) {
        let signed = actor.signed().unwrap();
        let as_customer = rules::access::Scope { staff: Staff::None, ..signed.scope.clone() };
        let expected: BTreeSet<TicketId> =
            facts.iter().filter(|(_, facts)| as_customer.sees(facts)).map(|(id, _)| *id).collect();
        let mut listed = ids(tickets::own(self.desk(), actor, None).await.unwrap().rows);
        for (organisation, _) in signed.shared_by() {
            listed.extend(ids(tickets::colleagues(self.desk(), actor, organisation, None).await.unwrap().rows));
        }
        assert_eq!(listed, expected, "the lists of {}, {}", signed.person, self.story());
        let found = search::find(self.desk(), actor, "dashboards kept", (search::At::Portal, 1)).await.unwrap();
        let found: BTreeSet<TicketId> = found.requests.iter().map(|it| it.row.ticket.id).collect();
        assert_eq!(found, expected, "what {} finds, {}", signed.person, self.story());
        let asked = search::Asked {
            request_type: "question".into(),
            form: String::new(),
            subject: "Where dashboards are kept".to_owned(),
        };
        let suggested = ids(search::suggest(self.desk(), actor, asked).await.unwrap().requests);
        assert!(suggested.is_subset(&expected), "what is suggested to {}, {}", signed.person, self.story());
        assert_eq!(suggested.len(), expected.len().min(3), "as many as there are, {}", self.story());
    }

    /// One's own archive holds what one filed or was added to, as far as it is seen.
    async fn exports(&self, actor: &Actor, (seen, facts): (&BTreeSet<TicketId>, &BTreeMap<TicketId, TicketFacts>)) {
        let person = actor.signed().unwrap().person;
        let own = facts.iter().filter(|(id, facts)| facts.participants.contains(&person) && seen.contains(id)).count();
        let gathered = gather(self.desk(), actor, About::Person(person)).await.unwrap();
        assert_eq!(gathered.requests, own, "the archive of {person}, {}", self.story());
    }

    async fn desk_lists(&self, actor: &Actor, seen: &BTreeSet<TicketId>) {
        let signed = actor.signed().unwrap();
        let conn = self.desk().store.read();
        let rows = ticket_lists::these(conn, &self.requests).await.unwrap();
        let queued = rows.iter().filter(|row| row.queue.is_some() && seen.contains(&row.id));
        let expected: BTreeSet<TicketId> = queued.map(|row| row.id).collect();
        let listed = ticket_lists::desk(conn, &signed.scope, View::NeedsAnswer, None, 1000).await.unwrap();
        let listed: BTreeSet<TicketId> =
            listed.iter().map(|row| row.id).filter(|id| self.requests.contains(id)).collect();
        assert_eq!(listed, expected, "the queue of {}, {}", signed.person, self.story());
        let all = ticket_lists::desk(conn, &signed.scope, View::NeedsAnswer, None, 1000).await.unwrap().len();
        let counts = tickets::desk_counts(self.desk(), actor).await.unwrap();
        assert_eq!(usize::try_from(counts.needs_answer).unwrap(), all, "counts, {}", self.story());
        let all = views::ask(self.desk(), actor, "is:open,done sort:filed", TimeZone::UTC).await.unwrap().unwrap();
        let listed = ids(views::list(self.desk(), actor, &all, None).await.unwrap().rows);
        let here: BTreeSet<TicketId> = listed.iter().copied().filter(|id| self.requests.contains(id)).collect();
        assert_eq!(here, *seen, "the list of all that {} sees, {}", signed.person, self.story());
        let (counts, _) = views::counts(self.desk(), actor, vec![all]).await.unwrap();
        assert_eq!(counts, [listed.len()], "its count, {}", self.story());
        let found = search::find(self.desk(), actor, "dashboards kept", (search::At::Desk, 1)).await.unwrap();
        let found: BTreeSet<TicketId> =
            found.requests.iter().map(|it| it.row.ticket.id).filter(|id| self.requests.contains(id)).collect();
        assert!(found.is_subset(seen), "what {} finds on the desk, {}", signed.person, self.story());
    }

    /// An answer to each request is mailed to exactly those on it who see it.
    async fn mails(&self, seen: &Seen, facts: &BTreeMap<TicketId, TicketFacts>) {
        let mut expected: BTreeMap<PersonId, usize> = BTreeMap::new();
        for person in &self.people {
            self.scene.mail.take(&self.address(*person).await);
        }
        for (ticket, facts) in facts {
            let by = if facts.secrecy == Secrecy::Security { self.staff[1] } else { self.staff[0] };
            self.scene.replies(&self.actor(by).await, *ticket, "Which version do you run?").await;
            for person in facts.participants.iter().filter(|it| seen[*it].contains(ticket)) {
                *expected.entry(*person).or_default() += 1;
            }
        }
        self.scene.advance(SignedDuration::from_mins(5)).await;
        for person in &self.people {
            let told = self.scene.mail.of(&self.address(*person).await);
            let replies = told.iter().filter(|line| line.starts_with("Reply")).count();
            let due = expected.get(person).copied().unwrap_or_default();
            assert_eq!(replies, due, "mails to {person}: {told:?}, {}", self.story());
        }
    }

    /// Staff who look on hear of what was written since in each request that they see, and of no other.
    async fn looks_on(&self, since: Seq, seen: &Seen) {
        for person in &self.staff {
            let actor = self.actor(*person).await;
            if actor.signed().unwrap().scope.staff == Staff::None {
                continue;
            }
            let mut ear = live::listen(self.desk(), &actor, Some(since)).await.unwrap();
            let mut heard = BTreeSet::new();
            while let Some(Some(it)) = ear.next().now_or_never() {
                let Heard::Request { ticket, .. } = it else { panic!("{it:?} was heard, {}", self.story()) };
                heard.insert(ticket);
            }
            assert_eq!(heard, seen[person], "what {person} hears, {}", self.story());
        }
    }
}

fn ids(rows: Vec<tickets::Row>) -> BTreeSet<TicketId> {
    rows.into_iter().map(|row| row.ticket.id).collect()
}

async fn organisation(desk: &Desk, name: &str) -> OrganisationId {
    let tx = desk.store.begin().await.unwrap();
    let id = store::organisations::insert(&tx, name, Some(desk.now()), desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn person(
    desk: &Desk,
    address: &str,
    of: impl IntoIterator<Item = OrganisationId>,
    grant: Option<Grant>,
) -> PersonId {
    let (tx, now) = (desk.store.begin().await.unwrap(), desk.now());
    let person = store::people::insert(&tx, address.split('@').next().unwrap(), now).await.unwrap();
    let canonical = Address::parse(address).unwrap().key();
    let row = store::people::Address { person, written: address.to_owned(), canonical, verified_at: now };
    store::people::insert_address(&tx, &row).await.unwrap();
    for organisation in of {
        store::organisations::join(&tx, organisation, person, Role::Member, now).await.unwrap();
    }
    store::people::set_grants(&tx, person, grant.as_slice(), now).await.unwrap();
    tx.commit().await.unwrap();
    person
}

on_both! {
    async fn vis_3_in_random_worlds_every_door_says_what_the_single_check_says(scene) {
        for seed in 1..=4 {
            let mut world = World::new(&scene, seed).await;
            for _ in 0..STEPS {
                world.step().await;
            }
            world.compare().await;
        }
    }
}
