//! VIS-3: in random worlds, each list shows exactly what the single check says is seen.

use std::collections::BTreeSet;

use rules::{
    access::{Grant, Reach, Role, Scope, Sharing, Staff, TicketFacts, Viewer, WhySeen, scope},
    events::{Secrecy, State},
    ids::{OrganisationId, PersonId, PolicyVersionId, TicketId},
    tickets::{Bucket, QueuePlace, Turn, Whose},
};
use store::{
    Handle, Tx, organisations, people, resales,
    search::{Hit, Texts},
    ticket_lists::{self, View},
    tickets::{self, Ticket},
};

use crate::{
    cast::{Filing, file, minute, person, terms},
    search,
    stage::Stage,
};

both_engines!(
    vis_3_every_list_shows_exactly_what_the_single_check_sees,
    vis_3_search_finds_exactly_what_the_single_check_sees,
);

/// SplitMix64: the same seed, the same world.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((z ^ (z >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(i64::try_from(all.len()).unwrap())).unwrap()]
    }
}

struct World {
    organisations: Vec<OrganisationId>,
    people: Vec<PersonId>,
    tickets: Vec<(Ticket, TicketFacts)>,
}

async fn vis_3_every_list_shows_exactly_what_the_single_check_sees(stage: Stage) {
    for seed in 1..=4 {
        let dice = &mut Dice(seed);
        let tx = stage.store.begin().await.unwrap();
        let world = world(&tx, dice).await;
        for viewer in &world.people {
            let scope = scope_of(&tx, *viewer).await;
            lists_agree(&tx, &world, &scope).await;
            views_agree(&tx, &world, &scope).await;
        }
        // Dropped: the next world begins empty.
    }
}

async fn vis_3_search_finds_exactly_what_the_single_check_sees(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let world = world(&tx, &mut Dice(5)).await;
    tx.commit().await.unwrap();
    search::follow(&stage.store, minute(99)).await;
    let mut seen = 0;
    for viewer in &world.people {
        let scope = scope_of(stage.store.read(), *viewer).await;
        let found = stage.store.search().find(search::wanted("launches close", &scope, Texts::Public)).await.unwrap();
        let found: BTreeSet<TicketId> =
            found.hits.iter().map(|hit| if let Hit::Ticket(id) = hit { *id } else { TicketId(0) }).collect();
        let expected = world.where_(|_, facts| scope.sees(facts));
        assert_eq!(found, expected, "{scope:?}");
        seen += expected.len();
    }
    assert!(seen > 100 && seen < world.people.len() * world.tickets.len(), "the world says something: {seen}");
}

async fn world(tx: &Tx, dice: &mut Dice) -> World {
    let mut world = World { organisations: vec![], people: vec![], tickets: vec![] };
    for _ in 0..4 {
        let confirmed = (dice.below(5) > 0).then_some(minute(0));
        let id = organisations::insert(tx, "An organisation", confirmed, minute(0)).await.unwrap();
        let sharing = Sharing { managers: reach(dice), members: reach(dice) };
        organisations::set_sharing(tx, id, sharing).await.unwrap();
        world.organisations.push(id);
    }
    for _ in 0..5 {
        let (of, by) = (dice.one_of(&world.organisations), dice.one_of(&world.organisations));
        if let Some(resale) = resales::set(tx, (of, by), None, minute(0)).await.unwrap().filter(|_| of != by)
            && dice.below(3) == 0
        {
            assert!(resales::end(tx, resale, minute(30)).await.unwrap());
        }
    }
    for _ in 0..14 {
        let id = person(tx, "Somebody").await;
        people_of(tx, dice, &world, id).await;
        world.people.push(id);
    }
    let terms = terms(tx).await;
    for _ in 0..70 {
        let id = ticket(tx, dice, &world, terms).await;
        world.tickets.push((tickets::get(tx, id).await.unwrap(), tickets::facts(tx, id).await.unwrap()));
    }
    world
}

fn reach(dice: &mut Dice) -> Option<Reach> {
    match dice.below(4) {
        0 => None,
        1 => Some(Reach::Everything),
        _ => Some(Reach::FiledFrom(minute(dice.below(60)))),
    }
}

async fn people_of(tx: &Tx, dice: &mut Dice, world: &World, id: PersonId) {
    let role = |dice: &mut Dice| dice.one_of(&[Role::Member, Role::Contact, Role::Manager]);
    let mut joined = BTreeSet::new();
    for _ in 0..dice.below(3) {
        let organisation = dice.one_of(&world.organisations);
        if joined.insert(organisation) {
            organisations::join(tx, organisation, id, role(dice), minute(0)).await.unwrap();
        }
    }
    if dice.below(3) == 0 {
        organisations::leave_all(tx, id, minute(30)).await.unwrap();
        if dice.below(2) == 0 {
            organisations::join(tx, dice.one_of(&world.organisations), id, role(dice), minute(40)).await.unwrap();
        }
    }
    if dice.below(3) == 0 {
        people::set_grants(tx, id, &[dice.one_of(&Grant::ALL)], minute(0)).await.unwrap();
    }
}

async fn ticket(tx: &Tx, dice: &mut Dice, world: &World, terms: PolicyVersionId) -> TicketId {
    let filing = Filing {
        requester: dice.one_of(&world.people),
        organisation: (dice.below(6) > 0).then(|| dice.one_of(&world.organisations)),
        reseller: (dice.below(3) == 0).then(|| dice.one_of(&world.organisations)),
        secrecy: dice.one_of(&[Secrecy::Open, Secrecy::Open, Secrecy::Confidential, Secrecy::Security]),
        filed_at: minute(dice.below(60)),
        terms,
    };
    let id = file(tx, filing).await;
    for _ in 0..dice.below(4) {
        tickets::add_participant(tx, id, dice.one_of(&world.people), minute(61)).await.unwrap();
    }
    let place = (dice.below(3) > 0)
        .then(|| QueuePlace { bucket: dice.one_of(&[Bucket::Due, Bucket::Ours]), at: minute(dice.below(9)) });
    let turn = Turn { whose: Whose::Ours, since: minute(0) };
    tickets::set_read_off(tx, id, tickets::ReadOff { turn, queue: place, next_word_at: None }, minute(dice.below(9)))
        .await
        .unwrap();
    tickets::set_state(tx, id, dice.one_of(&[State::Open, State::Solved]), minute(dice.below(9))).await.unwrap();
    let assignee = (dice.below(2) == 0).then(|| dice.one_of(&world.people));
    tickets::set_assignee(tx, id, assignee).await.unwrap();
    id
}

/// The scope that a door would build.
async fn scope_of(conn: &Handle, viewer: PersonId) -> Scope {
    let memberships = organisations::memberships(conn, viewer).await.unwrap();
    let views: Vec<_> = memberships.iter().map(|m| m.organisation.view()).collect();
    let grants = people::grants(conn, viewer).await.unwrap().into_iter().collect();
    let memberships = memberships.iter().map(organisations::Membership::rule).collect();
    let resales = resales::of_person(conn, viewer).await.unwrap().into_iter().map(|it| it.rule).collect();
    scope(&Viewer { person: viewer, grants, memberships, resales }, &views)
}

fn ids<'a>(tickets: impl IntoIterator<Item = &'a Ticket>) -> BTreeSet<TicketId> {
    tickets.into_iter().map(|ticket| ticket.id).collect()
}

impl World {
    fn where_<'a>(&'a self, holds: impl Fn(&Ticket, &TicketFacts) -> bool + 'a) -> BTreeSet<TicketId> {
        ids(self.tickets.iter().filter(|(ticket, facts)| holds(ticket, facts)).map(|(ticket, _)| ticket))
    }
}

async fn lists_agree(conn: &Handle, world: &World, scope: &Scope) {
    let own = ids(&ticket_lists::own(conn, scope, None, 1000).await.unwrap());
    let mine = |facts: &TicketFacts| matches!(scope.why_seen(facts), Some(WhySeen::Requester | WhySeen::Participant));
    assert_eq!(own, world.where_(|_, facts| mine(facts)), "own, {scope:?}");
    let mut listed = own;
    for organisation in &world.organisations {
        let shared = ids(&ticket_lists::colleagues(conn, scope, *organisation, None, 1000).await.unwrap());
        let expected = world.where_(|_, facts| shares(scope, facts) == Some(*organisation));
        assert_eq!(shared, expected, "colleagues, {scope:?}");
        listed.extend(shared);
        let except = world.tickets[0].0.id;
        let beside = ids(&ticket_lists::beside(conn, scope, *organisation, except, 1000).await.unwrap());
        let expected = world.where_(|ticket, facts| {
            scope.staff != Staff::None
                && ticket.id != except
                && ticket.organisation == Some(*organisation)
                && scope.sees(facts)
        });
        assert_eq!(beside, expected, "beside, {scope:?}");
    }
    if scope.staff == Staff::None {
        assert_eq!(listed, world.where_(|_, facts| scope.sees(facts)), "everything seen is listed, {scope:?}");
    }
}

/// The organisation by which a stranger of the same scope would see it.
fn shares(scope: &Scope, facts: &TicketFacts) -> Option<OrganisationId> {
    let stranger = Scope { person: PersonId(0), staff: Staff::None, ..scope.clone() };
    match stranger.why_seen(facts) {
        Some(WhySeen::Colleague(organisation) | WhySeen::Resold { organisation, .. }) => Some(organisation),
        _ => None,
    }
}

async fn views_agree(conn: &Handle, world: &World, scope: &Scope) {
    for view in [View::NeedsAnswer, View::Unassigned, View::Mine(scope.person), View::InState(State::Solved)] {
        let shown = ids(&ticket_lists::desk(conn, scope, view, None, 1000).await.unwrap());
        let expected =
            world.where_(|ticket, facts| scope.staff != Staff::None && holds(view, ticket) && scope.sees(facts));
        assert_eq!(shown, expected, "{view:?}, {scope:?}");
        let [counted] = ticket_lists::counts(conn, scope, [view], 1000).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected.len(), "count of {view:?}, {scope:?}");
    }
}

fn holds(view: View, ticket: &Ticket) -> bool {
    match view {
        View::NeedsAnswer => ticket.queue.is_some(),
        View::Unassigned => ticket.queue.is_some() && ticket.assignee.is_none(),
        View::Mine(person) => ticket.assignee == Some(person) && ticket.state != State::Solved,
        View::InState(state) => ticket.state == state,
    }
}
