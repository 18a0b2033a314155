//! Any history of releases, roll-outs, withdrawals, licences and requests leaves nobody told twice, nobody forgotten, nobody with what
//! is not theirs, and no request in "fixed" without a release.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{
    telling_test::{DANA, NOOR, PIET, World, instance, licence, moved, request, v},
    *,
};
use crate::{
    bugs::Step,
    entitlement::{Standing, judge},
    releases::{Host, Release, Withdrawal, has_fix},
};

const VERSIONS: [&str; 6] = ["5.12.1", "5.12.2", "5.12.3", "5.13", "5.13.1", "6"];
const TICKETS: usize = 5;

#[derive(Clone, Debug)]
enum Happens {
    Published(usize, i8),
    RolledOut(usize, bool),
    Withdrawn(usize),
    Fixed(usize),
    NotFixed(usize),
    FoundAgain(usize),
    /// Paid through a month, or without a licence.
    Paid(usize, Option<i8>),
    Joined(usize),
    Wrote(usize),
    Confirmed(usize),
    Closed(usize),
    /// A follower came.
    Followed(usize),
    Nothing,
}

fn happens() -> impl Strategy<Value = Happens> {
    let (version, ticket) = (0..VERSIONS.len(), 0..TICKETS);
    prop_oneof![
        4 => (version.clone(), 1_i8..13).prop_map(|(at, month)| Happens::Published(at, month)),
        4 => (version.clone(), any::<bool>()).prop_map(|(at, eu)| Happens::RolledOut(at, eu)),
        2 => version.clone().prop_map(Happens::Withdrawn),
        3 => version.clone().prop_map(Happens::Fixed),
        1 => version.clone().prop_map(Happens::NotFixed),
        1 => version.prop_map(Happens::FoundAgain),
        2 => (ticket.clone(), proptest::option::of(1_i8..13)).prop_map(|(at, month)| Happens::Paid(at, month)),
        2 => ticket.clone().prop_map(Happens::Joined),
        1 => ticket.clone().prop_map(Happens::Wrote),
        1 => ticket.clone().prop_map(Happens::Confirmed),
        1 => ticket.clone().prop_map(Happens::Closed),
        1 => ticket.prop_map(Happens::Followed),
        1 => Just(Happens::Nothing),
    ]
}

/// Five requests of three people: on their own servers, on two instances, and on one that nobody knows.
fn requests() -> Vec<Concern> {
    let places = [
        Place::own(None),
        Place::cloud(Some(instance("eu1"))),
        Place::cloud(Some(instance("us1"))),
        Place::cloud(None),
        Place::own(None),
    ];
    let people = [DANA, NOOR, PIET, DANA, NOOR];
    let one = |(at, place): (usize, Place)| {
        let concern = request(i64::try_from(at).expect("few") + 1);
        let state = if at == 4 { State::New } else { State::WithDevelopers };
        let request = Some(Request { requester: people[at], state, is_confirmed: false });
        Concern { request, people: BTreeSet::new(), place, ..concern }
    };
    places.into_iter().enumerate().map(one).collect()
}

struct History {
    world: World,
    all: Vec<Concern>,
    /// How many of them have joined the bug.
    joined: BTreeSet<usize>,
    /// What each was told of each of their concerns, in order.
    told: BTreeMap<(Of, PersonId), Vec<Word>>,
}

impl History {
    fn happen(&mut self, what: &Happens) {
        let World { catalogue, bug, .. } = &mut self.world;
        let version = |at: usize| v(VERSIONS[at]);
        // What is refused did not happen.
        match what {
            Happens::Published(at, month) => {
                let _ = catalogue.publish(Release::new(version(*at), date(2026, *month, 1)));
            }
            Happens::RolledOut(at, eu) => {
                let now = crate::instant::Instant::from_micros(0).expect("an instant");
                let _ = catalogue.roll_out(&version(*at), &instance(if *eu { "eu1" } else { "us1" }), now);
            }
            Happens::Withdrawn(at) => {
                let withdrawal =
                    Withdrawal { on: date(2026, 12, 1), why: "It loses results.".to_owned(), instead: None };
                let _ = catalogue.withdraw(&version(*at), withdrawal);
            }
            Happens::Fixed(at) => drop(bug.step(Step::Fix { version: version(*at) }, catalogue)),
            Happens::NotFixed(at) => drop(bug.step(Step::Unfix { version: version(*at) }, catalogue)),
            Happens::FoundAgain(at) => drop(bug.step(Step::FoundAgain { version: version(*at) }, catalogue)),
            Happens::Paid(at, month) => {
                self.all[*at].licences = month.map(|month| licence(Some(date(2026, month, 1)))).into_iter().collect();
            }
            Happens::Joined(at) => drop(self.joined.insert(*at)),
            Happens::Followed(at) => drop(self.all[*at].people.insert(PIET)),
            Happens::Wrote(at) => self.customer(*at, &[State::New, State::ToConfirm, State::Solved], State::Open),
            Happens::Confirmed(at) => self.customer(*at, &[State::ToConfirm], State::Solved),
            Happens::Closed(at) => self.customer(*at, &[State::Open, State::Solved], State::Closed),
            Happens::Nothing => {}
        }
        let World { catalogue, bug, .. } = &mut self.world;
        bug.settle(catalogue);
    }

    fn customer(&mut self, at: usize, from: &[State], to: State) {
        let Some(request) = self.all[at].request.as_mut().filter(|request| from.contains(&request.state)) else {
            return;
        };
        *request = Request { is_confirmed: to == State::Solved, state: to, ..*request };
    }

    /// Those who joined, as they are now.
    fn concerns(&self) -> Vec<Concern> {
        self.joined.iter().map(|at| self.all[*at].clone()).collect()
    }

    fn tell(&mut self) -> Result<(), TestCaseError> {
        let mut concerns = self.concerns();
        let told = plan(self.world.facts(), &concerns, &self.world.ledger);
        self.once(&told)?;
        self.theirs(&told)?;
        self.world.ledger.apply(&told);
        moved(&told, &mut concerns);
        for concern in concerns {
            let at = self.all.iter().position(|known| known.of == concern.of).expect("it is known");
            self.all[at] = concern;
        }
        let again = plan(self.world.facts(), &self.concerns(), &self.world.ledger);
        prop_assert!(again.letters.is_empty() && again.noted.is_empty(), "told again: {:?}", again);
        prop_assert!(again.acts.iter().all(|(_, act)| act.step().is_none()), "moved again: {:?}", again);
        self.nobody_is_missed()?;
        self.nothing_is_fixed_without_a_release()
    }

    /// Nobody has two letters with the same word, nor the same word about the same thing twice without another one between.
    fn once(&mut self, plan: &Plan) -> Result<(), TestCaseError> {
        let mut seen = BTreeSet::new();
        for letter in &plan.letters {
            prop_assert!(seen.insert((letter.to, letter.word.clone())), "two of {:?}", letter);
            for of in &letter.about {
                let words = self.told.entry((*of, letter.to)).or_default();
                prop_assert_ne!(words.last(), Some(&letter.word), "twice about {:?}", of);
                words.push(letter.word.clone());
            }
        }
        Ok(())
    }

    /// ENT-2: who is told "fixed" was licensed on the day of a release with the fix that is out, and has it where they work.
    fn theirs(&self, plan: &Plan) -> Result<(), TestCaseError> {
        let concerns = self.concerns();
        let of = |of: Of| concerns.iter().find(|concern| concern.of == of).expect("it is known");
        for letter in &plan.letters {
            for about in &letter.about {
                match &letter.word {
                    Word::Fixed { version } | Word::TakenBack { now: Now::Fixed { version }, .. } => {
                        prop_assert!(self.has(of(*about), version) && self.may_have(of(*about)), "{:?}", letter);
                    }
                    Word::NeedsLicence { .. } | Word::TakenBack { now: Now::NeedsLicence { .. }, .. } => {
                        prop_assert!(!self.may_have(of(*about)), "{:?}", letter);
                    }
                    Word::TakenBack { .. } => {}
                }
            }
        }
        for (ticket, act) in &plan.acts {
            if let Act::Ask { version } | Act::AskAgain { version, .. } = act {
                let concern = of(Of::Request(*ticket));
                prop_assert!(self.has(concern, version) && self.may_have(concern), "{} {:?}", ticket, act);
            }
        }
        Ok(())
    }

    /// The releases with the present fix that are out.
    fn out(&self) -> Vec<&Release> {
        let fixed = self.world.bug.fixed_in().iter();
        fixed.filter_map(|version| self.world.catalogue.release(version)).filter(|release| release.is_live()).collect()
    }

    /// Whether a version with the fix can be had there.
    fn has(&self, concern: &Concern, version: &Version) -> bool {
        let fixed: Vec<Version> = self.out().iter().map(|release| release.version.clone()).collect();
        let runs = |name: &str| self.world.catalogue.runs(&instance(name)) == Some(version);
        let is_there = match &concern.place.host {
            Host::Own => fixed.contains(version),
            Host::Cloud(Some(it)) => self.world.catalogue.runs(it) == Some(version),
            Host::Cloud(None) => runs("eu1") || runs("us1"),
        };
        is_there && has_fix(version, &fixed) && self.world.catalogue.release(version).is_some_and(Release::is_live)
    }

    /// Whether any release that has brought the fix there came within their licence.
    fn may_have(&self, concern: &Concern) -> bool {
        let within = |day: Date| {
            let standing = judge(&concern.licences, None, day, &self.world.policy).standing;
            !matches!(standing, Standing::Ended { .. } | Standing::NoneKnown)
        };
        let runs: Vec<&Version> = match &concern.place.host {
            Host::Own => return self.out().iter().any(|release| within(release.released_on)),
            Host::Cloud(Some(it)) => self.world.catalogue.runs(it).into_iter().collect(),
            Host::Cloud(None) => {
                ["eu1", "us1"].iter().filter_map(|it| self.world.catalogue.runs(&instance(it))).collect()
            }
        };
        let Some(oldest) = runs.into_iter().min() else { return false };
        let brought = self.out().into_iter().filter(|release| release.version <= *oldest);
        brought.chain(self.world.catalogue.release(oldest)).any(|release| within(release.released_on))
    }

    /// Everybody who can have the fix has been told so, last of all.
    fn nobody_is_missed(&self) -> Result<(), TestCaseError> {
        for concern in self.concerns() {
            let now = shipped(self.world.facts(), &concern);
            for person in concern.all() {
                let last = self.world.ledger.told(concern.of, person);
                let is_told = match &now {
                    Shipped::Yes { .. } => matches!(last, Some(Told::Fixed { .. })),
                    // Or it was theirs before, and still is.
                    Shipped::NeedsLicence { .. } => {
                        matches!(last, Some(Told::NeedsLicence { .. } | Told::Fixed { .. }))
                    }
                    Shipped::No(_) => continue,
                };
                prop_assert!(is_told, "{:?} of {:?}: {:?}", last, concern, now);
            }
        }
        Ok(())
    }

    /// What is to be confirmed, or was confirmed, is in a release that is out, of this round or an earlier one.
    fn nothing_is_fixed_without_a_release(&self) -> Result<(), TestCaseError> {
        for concern in self.concerns() {
            let Some(request) = concern.request else { continue };
            if request.state != State::ToConfirm && !request.is_confirmed {
                continue;
            }
            let rounds = 0..=self.world.bug.round();
            let is_out = rounds
                .flat_map(|round| self.world.bug.fixed_in_round(round))
                .any(|version| self.world.catalogue.release(version).is_some_and(Release::is_live));
            prop_assert!(is_out, "{:?}", concern);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn bug_4_bug_7_and_ent_2_hold_in_any_history(
        history in proptest::collection::vec(happens(), 1..45),
        joined in proptest::sample::subsequence((0..TICKETS).collect::<Vec<_>>(), 1..=TICKETS),
    ) {
        let world = World::new();
        let mut run = History { world, all: requests(), joined: joined.into_iter().collect(), told: BTreeMap::new() };
        for what in &history {
            run.happen(what);
            run.tell()?;
        }
    }

    #[test]
    fn bug_7_a_withdrawal_undoes_what_a_release_did(at in 1_usize..4, confirmed in any::<bool>()) {
        let mut world = World::new();
        let mut concerns = requests();
        concerns.truncate(at);
        concerns.iter_mut().for_each(|concern| concern.place = Place::own(None));
        let before: Vec<State> = concerns.iter().filter_map(|it| it.request).map(|request| request.state).collect();
        world.publish("5.12.2");
        world.tell(&mut concerns);
        for concern in concerns.iter_mut().filter(|_| confirmed) {
            concern.request = concern.request.map(|it| Request { state: State::Solved, is_confirmed: true, ..it });
        }
        world.withdraw("5.12.2", None);
        let back = world.tell(&mut concerns);
        let after: Vec<State> = concerns.iter().filter_map(|it| it.request).map(|request| request.state).collect();
        prop_assert_eq!(after, before);
        prop_assert_eq!(back.letters.len(), concerns.iter().flat_map(Concern::all).collect::<BTreeSet<_>>().len());
    }
}
