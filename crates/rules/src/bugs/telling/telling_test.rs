//! Who is told that a fix shipped, case by case.

use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::*;
use crate::{
    bugs::{Severity, Source, Step},
    entitlement::Kind,
    ids::{BugId, LicenceId},
    instant::Instant,
    releases::{Edition, Instance, Product, Release, Withdrawal},
};

pub(super) const DANA: PersonId = PersonId(1);
pub(super) const NOOR: PersonId = PersonId(2);
pub(super) const PIET: PersonId = PersonId(3);
/// On it everything is released, unless a test says otherwise.
const DAY: Date = date(2026, 11, 1);

pub(super) fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

pub(super) fn instance(name: &str) -> Instance {
    Instance::read(name).expect("a name")
}

pub(super) fn policy() -> Policy {
    const SOURCE: &str = include_str!("../../../../../policies/allure-testops.toml");
    static READ: LazyLock<Policy> = LazyLock::new(|| Policy::parse(SOURCE).expect("it holds together").policy);
    READ.clone()
}

pub(super) fn licence(through: Option<Date>) -> Licence {
    Licence {
        id: LicenceId(1),
        kind: Kind::Paid,
        product: "Allure TestOps".to_owned(),
        deployment: None,
        plan: None,
        through,
    }
}

/// A request of Dana's in which Noor takes part, on their own servers, with a licence that does not end.
pub(super) fn request(ticket: i64) -> Concern {
    Concern {
        of: Of::Request(TicketId(ticket)),
        request: Some(Request { requester: DANA, state: State::WithDevelopers, is_confirmed: false }),
        people: [NOOR].into(),
        place: Place::own(None),
        installed: Some(v("5.12.1")),
        licences: vec![licence(None)],
        deployment: None,
    }
}

fn in_state(ticket: i64, state: State) -> Concern {
    let concern = request(ticket);
    Concern { request: concern.request.map(|request| Request { state, ..request }), ..concern }
}

fn follow(person: PersonId) -> Concern {
    Concern { of: Of::Follow(person), request: None, people: [person].into(), ..request(0) }
}

/// A desk with a bug, its releases, and what was told.
pub(super) struct World {
    pub policy: Policy,
    pub catalogue: Catalogue,
    pub bug: Bug,
    pub ledger: Ledger,
}

impl World {
    /// With 5.12.1 out, and a fix for 5.12.2 that is not.
    pub(super) fn new() -> Self {
        let product = Product {
            name: "TestHub".to_owned(),
            editions: ["team", "enterprise"].map(|it| Edition::read(it).expect("a name")).into(),
            instances: ["eu1", "us1"].map(instance).into(),
        };
        let mut world = Self {
            policy: policy(),
            catalogue: Catalogue::new(product),
            bug: Bug::new(BugId(311), Severity::Major, Source::Customer),
            ledger: Ledger::default(),
        };
        world.publish("5.12.1");
        world.step(Step::Confirm);
        world.step(Step::Fix { version: v("5.12.2") });
        world
    }

    pub(super) fn step(&mut self, step: Step) {
        self.bug.step(step, &self.catalogue).expect("it can be taken");
    }

    pub(super) fn publish(&mut self, version: &str) {
        self.release(Release::new(v(version), DAY));
    }

    pub(super) fn release(&mut self, release: Release) {
        self.catalogue.publish(release).expect("it is new");
        self.bug.settle(&self.catalogue);
    }

    pub(super) fn withdraw(&mut self, version: &str, instead: Option<&str>) {
        let withdrawal = Withdrawal { on: DAY, why: "It loses results.".to_owned(), instead: instead.map(v) };
        self.catalogue.withdraw(&v(version), withdrawal).expect("it can be");
        self.bug.settle(&self.catalogue);
    }

    pub(super) fn roll_out(&mut self, version: &str, to: &str) {
        let now = Instant::from_micros(0).expect("an instant");
        self.catalogue.roll_out(&v(version), &instance(to), now).expect("it can be");
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        Facts { policy: &self.policy, catalogue: &self.catalogue, bug: &self.bug }
    }

    /// Plans, and does it; to do it again changes nothing.
    pub(super) fn tell(&mut self, concerns: &mut [Concern]) -> Plan {
        let told = plan(self.facts(), concerns, &self.ledger);
        self.ledger.apply(&told);
        moved(&told, concerns);
        let again = plan(self.facts(), concerns, &self.ledger);
        assert!(again.letters.is_empty() && again.noted.is_empty(), "{again:?} after {told:?}");
        assert!(again.acts.iter().all(|(_, act)| matches!(act, Act::Nothing(_))), "{again:?}");
        told
    }
}

/// Does to the requests what a plan says.
pub(super) fn moved(plan: &Plan, concerns: &mut [Concern]) {
    for (ticket, act) in &plan.acts {
        let Some((to, because)) = act.step() else { continue };
        let concern = concerns.iter_mut().find(|concern| concern.of == Of::Request(*ticket)).expect("it is known");
        let request = concern.request.as_mut().expect("a request");
        crate::tickets::may_step(request.state, to, crate::tickets::Mover::Desk, because).expect("the desk may");
        *request = Request { state: to, is_confirmed: false, ..*request };
    }
}

fn letters(plan: &Plan) -> Vec<(PersonId, String)> {
    let word = |letter: &Letter| match &letter.word {
        Word::Fixed { version } => format!("fixed in {version}, confirm {:?}", ids(&letter.confirm)),
        Word::NeedsLicence { version } => format!("{version} needs a licence"),
        Word::TakenBack { version, cause, now } => {
            format!("{version} {cause:?}, now {now:?}, confirm {:?}", ids(&letter.confirm))
        }
    };
    plan.letters.iter().map(|letter| (letter.to, word(letter))).collect()
}

fn ids(tickets: &[TicketId]) -> Vec<i64> {
    tickets.iter().map(|ticket| ticket.0).collect()
}

fn act(plan: &Plan) -> &Act {
    &plan.acts[0].1
}

#[test]
fn bug_4_publishing_tells_requester_follower_and_voter_once_and_asks_the_requester() {
    let mut world = World::new();
    let mut concerns = [request(1), request(2), follow(PIET), follow(NOOR)];
    let before = world.tell(&mut concerns);
    assert_eq!((act(&before), before.letters.len()), (&Act::Nothing(Why::NotYet(NotYet::NotReleased)), 0));
    world.publish("5.12.2");
    let told = world.tell(&mut concerns);
    let expected = [
        (DANA, "fixed in 5.12.2, confirm [1, 2]".to_owned()),
        (NOOR, "fixed in 5.12.2, confirm []".to_owned()),
        (PIET, "fixed in 5.12.2, confirm []".to_owned()),
    ];
    assert_eq!(letters(&told), expected);
    assert_eq!(
        told.letters[1].about,
        [1, 2].map(|id| Of::Request(TicketId(id))),
        "a voter with a request is told with it"
    );
    assert!(told.acts.iter().all(|(_, act)| *act == Act::Ask { version: v("5.12.2") }));
    assert!(concerns[..2].iter().all(|it| it.request.is_some_and(|request| request.state == State::ToConfirm)));
    world.publish("5.13");
    assert!(world.tell(&mut concerns).letters.is_empty(), "the next release is no news");
}

#[test]
fn bug_4_who_joins_later_is_told_of_the_request_that_joined() {
    let mut world = World::new();
    world.publish("5.12.2");
    let mut concerns = vec![request(1)];
    world.tell(&mut concerns);
    concerns.push(request(2));
    let told = world.tell(&mut concerns);
    assert_eq!(letters(&told), [(DANA, "fixed in 5.12.2, confirm [2]".to_owned())], "Noor knows");
    assert_eq!(told.acts[0].1, Act::Nothing(Why::Asked));
}

#[test]
fn bug_4_a_request_keeps_its_state_where_asking_makes_no_sense() {
    for (state, expected) in [
        (State::New, Act::Nothing(Why::Unanswered)),
        (State::Solved, Act::Nothing(Why::Done)),
        (State::Closed, Act::Nothing(Why::Done)),
        (State::Open, Act::Ask { version: v("5.12.2") }),
        (State::WaitingForCustomer, Act::Ask { version: v("5.12.2") }),
    ] {
        let mut world = World::new();
        world.publish("5.12.2");
        let told = world.tell(&mut [in_state(1, state)]);
        assert_eq!((act(&told), told.letters.len()), (&expected, 2), "{state:?}: told all the same");
    }
    let mut world = World::new();
    world.publish("5.12.2");
    world.tell(&mut [in_state(1, State::New)]);
    let later = world.tell(&mut [in_state(1, State::Open)]);
    assert_eq!((act(&later), later.letters.len()), (&Act::Ask { version: v("5.12.2") }, 0), "once it was answered");
    let still = world.tell(&mut [in_state(1, State::Open)]);
    assert_eq!(act(&still), &Act::Nothing(Why::Asked), "the customer said that it is still there");
}

#[test]
fn bug_4_in_the_cloud_it_shipped_when_it_reached_the_instance() {
    let mut world = World::new();
    world.roll_out("5.12.1", "eu1");
    world.publish("5.12.2");
    world.publish("5.13");
    let at = |place: Option<&str>| Concern { place: Place::cloud(place.map(instance)), ..request(1) };
    let mut on_eu1 = [at(Some("eu1"))];
    let waits = world.tell(&mut on_eu1);
    assert_eq!(act(&waits), &Act::Nothing(Why::NotYet(NotYet::NotRolledOut { instance: instance("eu1") })));
    let nowhere = plan(world.facts(), &[at(None)], &Ledger::default());
    assert_eq!(act(&nowhere), &Act::Nothing(Why::NotYet(NotYet::InstanceUnknown)));
    world.roll_out("5.13", "eu1");
    let told = world.tell(&mut on_eu1);
    assert_eq!(letters(&told)[0], (DANA, "fixed in 5.13, confirm [1]".to_owned()), "what runs there");
    assert_eq!(act(&plan(world.facts(), &[at(None)], &Ledger::default())), act(&nowhere), "us1 has it not");
    world.roll_out("5.12.2", "us1");
    let everywhere = plan(world.facts(), &[at(None)], &Ledger::default());
    assert_eq!(act(&everywhere), &Act::Ask { version: v("5.12.2") });

    world.roll_out("5.12.1", "eu1");
    let back = world.tell(&mut on_eu1);
    assert_eq!(act(&back), &Act::Reopen { version: v("5.13") });
    assert_eq!(letters(&back)[0], (DANA, "5.13 RolledBack, now Nothing, confirm []".to_owned()));
    world.roll_out("5.12.2", "eu1");
    assert_eq!(letters(&world.tell(&mut on_eu1))[0], (DANA, "fixed in 5.12.2, confirm [1]".to_owned()));
}

#[test]
fn ent_2_a_fix_belongs_to_whom_its_release_came_within_licence_and_grace() {
    let through = |day: Date| vec![licence(Some(day))];
    for (licences, is_theirs) in [
        (through(date(2026, 11, 1)), true),
        // The reference policy's grace is 14 days.
        (through(date(2026, 10, 18)), true),
        (through(date(2026, 10, 17)), false),
        (vec![], false),
        (vec![Licence { kind: Kind::Trial, ..licence(Some(DAY)) }], true),
        (vec![Licence { kind: Kind::Partner, ..licence(None) }], true),
    ] {
        for place in [Place::own(None), Place::cloud(Some(instance("eu1")))] {
            let mut world = World::new();
            world.publish("5.12.2");
            world.roll_out("5.12.2", "eu1");
            let told = world.tell(&mut [Concern { licences: licences.clone(), place, ..request(1) }]);
            let (word, expected) = if is_theirs {
                ("fixed in 5.12.2, confirm [1]", Act::Ask { version: v("5.12.2") })
            } else {
                ("5.12.2 needs a licence", Act::Nothing(Why::NeedsLicence))
            };
            assert_eq!((letters(&told)[0].1.as_str(), act(&told)), (word, &expected), "{licences:?}");
        }
    }
}

#[test]
fn ent_2_the_earliest_release_with_the_fix_is_the_one_that_counts() {
    let mut world = World::new();
    world.step(Step::Fix { version: v("5.13") });
    world.release(Release::new(v("5.12.2"), date(2026, 6, 1)));
    world.release(Release::new(v("5.13"), date(2026, 9, 1)));
    let mut concerns =
        [Concern { licences: vec![licence(Some(date(2026, 7, 1)))], installed: Some(v("5.13")), ..request(1) }];
    let told = world.tell(&mut concerns);
    assert_eq!(letters(&told)[0].1, "fixed in 5.12.2, confirm [1]", "5.13 is not theirs");
    let mut paid = [Concern { installed: Some(v("5.13")), ..request(2) }];
    assert_eq!(letters(&world.tell(&mut paid))[0].1, "fixed in 5.13, confirm [2]");
    let mut older = [request(3)];
    assert_eq!(letters(&world.tell(&mut older))[0].1, "fixed in 5.12.2, confirm [3]", "of the line that they run");
}

#[test]
fn ent_2_a_renewal_brings_the_fix() {
    let mut world = World::new();
    world.publish("5.12.2");
    let mut concerns = [Concern { licences: vec![], ..request(1) }];
    assert_eq!(letters(&world.tell(&mut concerns))[0].1, "5.12.2 needs a licence");
    concerns[0].licences = vec![licence(None)];
    let told = world.tell(&mut concerns);
    assert_eq!(
        (letters(&told)[0].1.as_str(), act(&told)),
        ("fixed in 5.12.2, confirm [1]", &Act::Ask { version: v("5.12.2") })
    );
    concerns[0].licences = vec![];
    assert!(world.tell(&mut concerns).letters.is_empty(), "what is theirs stays theirs");
}

#[test]
fn bug_4_a_release_of_another_edition_is_none() {
    let edition = |name: &str| Edition::read(name).expect("a name");
    let mut world = World::new();
    world.release(Release { editions: [edition("enterprise")].into(), ..Release::new(v("5.12.2"), DAY) });
    let of = |name: Option<&str>| [Concern { place: Place::own(name.map(edition)), ..request(1) }];
    let other = plan(world.facts(), &of(Some("team")), &Ledger::default());
    assert_eq!(act(&other), &Act::Nothing(Why::NotYet(NotYet::NotReleased)));
    for name in [Some("enterprise"), None] {
        let theirs = plan(world.facts(), &of(name), &Ledger::default());
        assert_eq!(act(&theirs), &Act::Ask { version: v("5.12.2") }, "{name:?}");
    }
}

#[test]
fn bug_7_a_withdrawn_release_tells_all_who_were_told_and_reopens_confirmations() {
    for (is_confirmed, state) in [(false, State::ToConfirm), (true, State::Solved)] {
        let mut world = World::new();
        world.publish("5.12.2");
        let mut concerns = [request(1), follow(PIET), Concern { licences: vec![], ..request(2) }];
        world.tell(&mut concerns);
        concerns[0].request = concerns[0].request.map(|request| Request { state, is_confirmed, ..request });
        world.withdraw("5.12.2", Some("5.12.1"));
        let told = world.tell(&mut concerns);
        let reopened = [
            (TicketId(1), Act::Reopen { version: v("5.12.2") }),
            (TicketId(2), Act::Nothing(Why::NotYet(NotYet::NotReleased))),
        ];
        assert_eq!(told.acts, reopened);
        let gone = "5.12.2 Withdrawn, now Nothing, confirm []".to_owned();
        assert_eq!(letters(&told), [(DANA, gone.clone()), (NOOR, gone.clone()), (PIET, gone)]);
        assert_eq!(concerns[0].request.map(|request| request.state), Some(State::WithDevelopers));

        world.step(Step::Fix { version: v("5.12.3") });
        world.publish("5.12.3");
        let again = world.tell(&mut concerns);
        assert_eq!(again.acts[0].1, Act::Ask { version: v("5.12.3") });
        let theirs_and_not = ["fixed in 5.12.3, confirm [1]", "5.12.3 needs a licence"];
        assert_eq!(letters(&again)[..2], theirs_and_not.map(|word| (DANA, word.to_owned())));
    }
}

#[test]
fn bug_7_where_another_release_has_the_fix_it_is_named_and_asked_for() {
    for (is_confirmed, state) in [(false, State::ToConfirm), (true, State::Solved)] {
        let mut world = World::new();
        world.publish("5.12.2");
        let mut concerns = [request(1)];
        world.tell(&mut concerns);
        concerns[0].request = concerns[0].request.map(|request| Request { state, is_confirmed, ..request });
        world.step(Step::Fix { version: v("5.13") });
        world.publish("5.13");
        assert!(world.tell(&mut concerns).letters.is_empty());
        world.withdraw("5.12.2", Some("5.13"));
        let told = world.tell(&mut concerns);
        assert_eq!(act(&told), &Act::AskAgain { version: v("5.13"), is_solved: is_confirmed });
        let word =
            "5.12.2 Withdrawn, now Fixed { version: Version { numbers: [5, 13], stage: Released } }, confirm [1]";
        assert_eq!(letters(&told)[0].1, word);
        assert_eq!(concerns[0].request.map(|request| request.state), Some(State::ToConfirm));
    }
}

#[test]
fn bug_7_a_version_that_was_not_fixed_after_all_is_taken_back() {
    let mut world = World::new();
    world.publish("5.12.2");
    let mut concerns = [request(1)];
    world.tell(&mut concerns);
    world.step(Step::Unfix { version: v("5.12.2") });
    let told = world.tell(&mut concerns);
    assert_eq!(act(&told), &Act::Reopen { version: v("5.12.2") });
    assert_eq!(letters(&told)[0].1, "5.12.2 NotFixed, now Nothing, confirm []");
}

#[test]
fn bug_4_the_fix_of_a_regression_is_news_and_the_first_one_stays_true() {
    let mut world = World::new();
    world.publish("5.12.2");
    let mut concerns = [request(1)];
    world.tell(&mut concerns);
    world.publish("5.13");
    world.step(Step::FoundAgain { version: v("5.13") });
    let quiet = world.tell(&mut concerns);
    assert_eq!((act(&quiet), quiet.letters.len()), (&Act::Nothing(Why::NotYet(NotYet::NotFixed)), 0));
    world.step(Step::Fix { version: v("5.13.1") });
    world.publish("5.13.1");
    let told = world.tell(&mut concerns);
    assert_eq!(letters(&told)[0].1, "fixed in 5.13.1, confirm [1]");
    assert_eq!(act(&told), &Act::AskAgain { version: v("5.13.1"), is_solved: false });
    let rows = told.noted.clone();
    assert_eq!(Ledger::of(rows).asked(TicketId(1)), world.ledger.asked(TicketId(1)));
}
