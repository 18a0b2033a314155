//! Whom a bug affects, and that exactly those are written to: nobody who is affected is missed, nobody else is among them, nobody twice.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::{
    bugs::{Severity, Source as Found, Step},
    entitlement::Kind,
    ids::{BugId, LicenceId},
    instant::Instant,
    policy::Policy,
    releases::{Catalogue, Edition, Instance, Place, Product, Range, Release},
};

const TODAY: Date = date(2026, 11, 28);

fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

fn instance(name: &str) -> Instance {
    Instance::read(name).expect("a name")
}

fn at(hour: i64) -> Instant {
    Instant::from_micros(hour * 3_600_000_000).expect("an instant")
}

struct World {
    policy: Policy,
    catalogue: Catalogue,
    bug: Bug,
}

impl World {
    /// 5.10 to 5.12.1 have it, 5.12.2 has the fix and is out; eu1 runs 5.12.1, us1 runs 5.12.2.
    fn new() -> Self {
        let source = include_str!("../../../../../policies/allure-testops.toml");
        let product = Product {
            name: "TestHub".to_owned(),
            editions: ["team", "enterprise"].map(|it| Edition::read(it).expect("a name")).into(),
            instances: ["eu1", "us1"].map(instance).into(),
        };
        let mut catalogue = Catalogue::new(product);
        for version in ["5.10", "5.12.1", "5.12.2"] {
            catalogue.publish(Release::new(v(version), date(2026, 11, 1))).expect("it is new");
        }
        catalogue.roll_out(&v("5.12.1"), &instance("eu1"), at(10)).expect("it can be");
        catalogue.roll_out(&v("5.12.2"), &instance("us1"), at(10)).expect("it can be");
        let mut bug = Bug::new(BugId(311), Severity::Major, Found::Customer);
        bug.affected = Some(Range::read("5.10 to 5.12.1").expect("a range"));
        for step in [Step::Confirm, Step::Fix { version: v("5.12.2") }] {
            bug.step(step, &catalogue).expect("it can be taken");
        }
        Self { policy: Policy::parse(source).expect("it holds together").policy, catalogue, bug }
    }

    fn lines(&self, customer: &Customer) -> Vec<Line> {
        let facts = Facts { policy: &self.policy, catalogue: &self.catalogue, bug: &self.bug };
        lines(facts, None, customer, TODAY)
    }
}

fn licence(through: Option<Date>) -> Licence {
    let product = "Allure TestOps".to_owned();
    Licence { id: LicenceId(1), kind: Kind::Paid, product, deployment: None, plan: None, through }
}

fn word(name: &str, version: &str, hour: i64, source: Source) -> Installed {
    let instance = Instance::read(name).ok();
    Installed { edition: None, instance, version: v(version), seen: at(hour), source }
}

fn customer(id: i64, installed: Vec<Installed>) -> Customer {
    Customer {
        holder: Holder::Organisation(OrganisationId(id)),
        installed,
        place: Place::own(None),
        licences: vec![licence(None)],
        deployment: None,
        has_reported: false,
    }
}

fn stands(world: &World, customer: &Customer) -> Vec<Stand> {
    world.lines(customer).into_iter().map(|line| line.stand).collect()
}

#[test]
fn bug_2_who_runs_a_version_with_the_bug_is_affected() {
    let world = World::new();
    let of = |version: &str| stands(&world, &customer(1, vec![word("", version, 1, Source::Request)]));
    for (version, expected) in [
        ("5.9", Stand::Spared),
        ("5.10", Stand::Affected),
        ("5.12.1", Stand::Affected),
        ("5.12.2", Stand::HasFix),
        ("5.13", Stand::HasFix),
    ] {
        assert_eq!(of(version), [expected], "{version}");
    }
    assert_eq!(stands(&world, &customer(1, vec![])), [Stand::Unknown(Unknown::Version)], "shown apart");
    let two = customer(1, vec![word("prod", "5.12.2", 2, Source::Ping), word("test", "5.11", 2, Source::Ping)]);
    assert_eq!(stands(&world, &two), [Stand::HasFix, Stand::Affected], "each installation by itself");
}

#[test]
fn bug_2_without_a_range_it_is_from_where_it_was_first_seen_on() {
    let mut bug = World::new().bug;
    bug.affected = None;
    assert_eq!(stand(&bug, None, &v("5.11")), Stand::Unknown(Unknown::Bug));
    assert_eq!(stand(&bug, Some(&v("5.11")), &v("5.10")), Stand::Spared);
    assert_eq!(stand(&bug, Some(&v("5.11")), &v("5.11")), Stand::Affected);
    assert_eq!(stand(&bug, Some(&v("5.11")), &v("5.12.2")), Stand::HasFix);
}

#[test]
fn bug_4_in_the_cloud_it_is_what_we_rolled_out() {
    let world = World::new();
    let on = |host| Customer { place: Place::cloud(host), ..customer(1, vec![word("", "5.9", 99, Source::Request)]) };
    assert_eq!(stands(&world, &on(Some(instance("eu1")))), [Stand::Affected], "whatever a form says");
    assert_eq!(stands(&world, &on(Some(instance("us1")))), [Stand::HasFix]);
    let nowhere = Customer { installed: vec![], ..on(None) };
    assert_eq!(stands(&world, &nowhere), [Stand::Unknown(Unknown::Instance)]);
    let mut all = World::new();
    all.catalogue.roll_out(&v("5.12.2"), &instance("eu1"), at(20)).expect("it can be");
    assert_eq!(stands(&all, &nowhere), [Stand::HasFix], "every instance has it");
}

#[test]
fn ent_2_whose_licence_ended_before_the_fix_is_told_only_if_they_are_included() {
    let world = World::new();
    let ended = Customer {
        licences: vec![licence(Some(date(2026, 1, 1)))],
        ..customer(1, vec![word("", "5.12.1", 1, Source::Request)])
    };
    let lines = world.lines(&ended);
    assert_eq!(lines[0].fix, Shipped::NeedsLicence { version: v("5.12.2") });
    let readers = vec![Reader { person: PersonId(1), why: Why::Manager, is_reachable: true }];
    let group = Group { lines, readers };
    let without = audience(&Choice::default(), [&group]);
    assert_eq!((without.to.len(), without.left.as_slice()), (0, [(ended.holder, None, Left::Unlicensed)].as_slice()));
    let with = audience(&Choice { unlicensed: true, ..Choice::default() }, [&group]);
    let lot = Lot { versions: vec![v("5.12.1")], fix: None, fix_needs_licence: true };
    assert_eq!(with.to.iter().map(|it| &it.lot).collect::<Vec<_>>(), [&lot]);
}

#[test]
fn bug_2_of_an_organisation_its_contacts_are_written_to_else_who_reported_it() {
    let world = World::new();
    let lines = world.lines(&customer(1, vec![word("", "5.12.1", 1, Source::Request)]));
    let reader = |person, why, is_reachable| Reader { person: PersonId(person), why, is_reachable };
    let who = |to, readers: &[Reader]| {
        let found =
            audience(&Choice { to, ..Choice::default() }, [&Group { lines: lines.clone(), readers: readers.to_vec() }]);
        let left: Vec<(Option<PersonId>, Left)> = found.left.iter().map(|(_, person, left)| (*person, *left)).collect();
        (found.to.iter().map(|it| (it.person.0, it.why)).collect::<Vec<_>>(), left)
    };
    let all = [reader(1, Why::Manager, true), reader(2, Why::Contact, true), reader(3, Why::Reporter, true)];
    assert_eq!(who(To::Contacts, &all).0, [(1, Why::Manager), (2, Why::Contact)]);
    assert_eq!(who(To::Reporters, &all).0, [(3, Why::Reporter)]);
    assert_eq!(who(To::Contacts, &all[2..]).0, [(3, Why::Reporter)], "else nobody would hear of it");
    assert_eq!(who(To::Contacts, &[]), (vec![], vec![(None, Left::Nobody)]));
    assert_eq!(who(To::Reporters, &all[..1]), (vec![], vec![(None, Left::NotReported)]));
    let doubted = [reader(1, Why::Manager, false), reader(3, Why::Reporter, true)];
    let left = vec![(Some(PersonId(1)), Left::Unreachable)];
    assert_eq!(who(To::Contacts, &doubted), (vec![(3, Why::Reporter)], left));
}

const VERSIONS: [&str; 6] = ["5.9", "5.10", "5.12", "5.12.1", "5.12.2", "5.13"];

fn any_customer() -> impl Strategy<Value = (Customer, Vec<Reader>)> {
    let said = (prop_oneof![Just(""), Just("prod"), Just("eu1")], 0..VERSIONS.len(), 0_i64..30, 0_usize..3);
    let installed = proptest::collection::vec(said, 0..4).prop_map(|all| {
        let one = |(name, version, hour, source): (&str, usize, i64, usize)| {
            word(name, VERSIONS[version], hour, Source::ALL[source + 1])
        };
        all.into_iter().map(one).collect::<Vec<_>>()
    });
    let places = prop_oneof![
        Just(Place::own(None)),
        Just(Place::cloud(None)),
        Just(Place::cloud(Some(instance("eu1")))),
        Just(Place::cloud(Some(instance("us1")))),
    ];
    let licences = prop_oneof![Just(vec![]), Just(vec![licence(None)]), Just(vec![licence(Some(date(2026, 1, 1)))])];
    let why = prop_oneof![Just(Why::Manager), Just(Why::Contact), Just(Why::Reporter)];
    let readers = proptest::collection::vec((1_i64..6, why, any::<bool>()), 0..4);
    (installed, places, licences, any::<bool>(), readers).prop_map(
        |(installed, place, licences, has_reported, readers)| {
            let customer = Customer { place, licences, has_reported, ..customer(0, installed) };
            let one = |(person, why, is_reachable)| Reader { person: PersonId(person), why, is_reachable };
            (customer, readers.into_iter().map(one).collect())
        },
    )
}

fn any_choice() -> impl Strategy<Value = Choice> {
    let source = proptest::option::of((0_usize..4).prop_map(|at| Source::ALL[at]));
    let reported = prop_oneof![Just(Reported::Either), Just(Reported::Yes), Just(Reported::NotYet)];
    let to = prop_oneof![Just(To::Contacts), Just(To::Reporters)];
    (source, reported, any::<bool>(), to).prop_map(|(source, reported, unlicensed, to)| Choice {
        plans: Plans::All,
        source,
        reported,
        unlicensed,
        to,
    })
}

/// Whether one line by itself is to be written about.
fn is_meant(choice: &Choice, line: &Line) -> bool {
    let reported = match choice.reported {
        Reported::Either => true,
        Reported::Yes => line.has_reported,
        Reported::NotYet => !line.has_reported,
    };
    let licensed = !matches!(line.standing, Standing::Ended { .. } | Standing::NoneKnown) || choice.unlicensed;
    let source = choice.source.is_none_or(|it| line.installed.as_ref().map(|known| known.source) == Some(it));
    line.stand == Stand::Affected && reported && licensed && source
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn bug_2_exactly_those_are_written_to(
        all in proptest::collection::vec(any_customer(), 0..6),
        choice in any_choice(),
    ) {
        let world = World::new();
        let groups: Vec<Group> = all
            .into_iter()
            .enumerate()
            .map(|(at, (customer, readers))| {
                let holder = Holder::Organisation(OrganisationId(i64::try_from(at).expect("few")));
                Group { lines: world.lines(&Customer { holder, ..customer }), readers }
            })
            .collect();
        let found = audience(&choice, &groups);
        let mut people: Vec<PersonId> = found.to.iter().map(|it| it.person).collect();
        people.sort_unstable();
        let count = people.len();
        people.dedup();
        prop_assert_eq!(people.len(), count, "nobody twice");
        for group in &groups {
            let holder = group.lines[0].holder;
            let meant = group.lines.iter().any(|line| is_meant(&choice, line));
            let theirs: Vec<&Recipient> = found.to.iter().filter(|it| it.holder == holder).collect();
            let left = found.left.iter().any(|(of, ..)| *of == holder);
            if !meant {
                prop_assert!(theirs.is_empty(), "nobody who is not meant: {:?}", group);
            } else {
                // One of several they hear of by another, who gets it for both.
                let known = group.readers.iter().any(|it| it.is_reachable && people.contains(&it.person));
                prop_assert!(!theirs.is_empty() || left || known, "nobody is missed: {:?}", group);
            }
            let affected = group.lines.iter().any(|line| matches!(line.stand, Stand::Affected | Stand::Unknown(_)));
            prop_assert!(!left || affected, "who is left out is affected, or may be");
            for it in theirs {
                prop_assert!(group.readers.iter().any(|reader| reader.person == it.person && reader.is_reachable));
                for version in &it.lot.versions {
                    prop_assert_eq!(stand(&world.bug, None, version), Stand::Affected);
                }
            }
        }
    }

    #[test]
    fn bug_2_a_word_about_one_customer_changes_no_other(
        one in any_customer(), other in any_customer(), choice in any_choice(),
    ) {
        let world = World::new();
        let group = |id, (customer, readers): &(Customer, Vec<Reader>)| {
            let holder = Holder::Organisation(OrganisationId(id));
            let apart = |it: &Reader| Reader { person: PersonId(it.person.0 + 100 * id), ..*it };
            let lines = world.lines(&Customer { holder, ..customer.clone() });
            Group { lines, readers: readers.iter().map(apart).collect() }
        };
        let (first, second) = (group(1, &one), group(2, &other));
        let both = audience(&choice, [&first, &second]);
        let apart = [audience(&choice, [&first]), audience(&choice, [&second])];
        let to: Vec<Recipient> = apart.iter().flat_map(|it| it.to.clone()).collect();
        prop_assert_eq!(both.to, to);
    }
}
