//! Who wins, by tables and by random histories: both sides come to an agreement or to a question for staff, and never go round.

use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;

use super::{Act, Agreed, Face, IssueState, Sides, Taken, Waits, Wish, decide, take};
use crate::{
    bugs::{Bug, Refused, Severity, Source, State, Step},
    ids::BugId,
    instant::Instant,
    releases::{Catalogue, Product, Release, Version},
};

fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

fn at(minute: i64) -> Instant {
    Instant::from_micros(0).expect("an instant").plus(SignedDuration::from_mins(minute))
}

/// 5.12 is out; 5.13 and 5.14 are not.
fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::new(Product::default());
    catalogue.publish(Release::new(v("5.12"), date(2026, 11, 1))).expect("it is new");
    catalogue
}

fn bug(steps: &[Step]) -> Bug {
    let mut bug = Bug::new(BugId(311), Severity::Major, Source::Customer);
    for step in steps {
        bug.step(step.clone(), &catalogue()).expect("it can be taken");
    }
    bug
}

fn plan(version: &str) -> Step {
    Step::Plan { version: v(version) }
}

fn fix(version: &str) -> Step {
    Step::Fix { version: v(version) }
}

fn face(state: IssueState, milestone: Option<&str>) -> Face {
    Face { state, milestone: milestone.map(v) }
}

fn taken(bug: &Bug, theirs: &Face) -> Taken {
    take(bug, theirs, &catalogue(), |version| *version == v("5.14"))
}

use IssueState::{Completed, NotPlanned, Open};

#[test]
fn bug_5_who_alone_changed_wins_and_the_later_one_where_both_did() {
    let (agreed, planned) = (Agreed::default(), Wish::Open { planned: Some(v("5.13")) });
    let closed = face(Completed, None);
    let nothing = Wish::Open { planned: None };
    let of = |ours: &Wish, theirs: &Face, (ours_at, theirs_at)| {
        decide(Sides { ours, ours_at: at(ours_at), theirs, theirs_at: at(theirs_at), agreed: &agreed })
    };
    assert_eq!(of(&nothing, &Face::default(), (9, 1)), Act::Nothing);
    assert_eq!(of(&planned, &Face::default(), (1, 9)), Act::Send(face(Open, Some("5.13"))));
    assert_eq!(of(&nothing, &closed, (9, 1)), Act::Take);
    assert_eq!(of(&planned, &closed, (9, 1)), Act::Send(face(Open, Some("5.13"))));
    assert_eq!(of(&planned, &closed, (1, 9)), Act::Take);
    assert_eq!(of(&planned, &face(Open, Some("5.13")), (1, 9)), Act::Agree, "both did the same");
}

#[test]
fn bug_5_closed_is_fixed_only_in_a_version_that_is_known_or_planned() {
    let confirmed = bug(&[Step::Confirm]);
    let asks = |why| Taken { steps: vec![], waits: Some(why) };
    assert_eq!(taken(&confirmed, &face(Completed, None)), asks(Waits::ClosedInNoVersion));
    assert_eq!(taken(&confirmed, &face(Completed, Some("2026"))), asks(Waits::ClosedInNoVersion));
    assert_eq!(taken(&confirmed, &face(Completed, Some("5.12"))).steps, [fix("5.12")]);
    assert_eq!(taken(&confirmed, &face(Completed, Some("5.14"))).steps, [fix("5.14")], "another bug is planned for it");
    assert_eq!(taken(&bug(&[Step::Confirm, plan("5.13")]), &face(Completed, Some("5.13"))).steps, [fix("5.13")]);
    assert_eq!(taken(&bug(&[]), &face(Completed, Some("5.12"))).steps, [Step::Confirm, fix("5.12")]);
    assert_eq!(taken(&bug(&[Step::Confirm, fix("5.13")]), &face(Completed, None)), Taken::default());
}

#[test]
fn bug_5_what_is_not_planned_there_refuses_nothing_here() {
    let asks = Taken { steps: vec![], waits: Some(Waits::NotPlannedThere) };
    assert_eq!(taken(&bug(&[Step::Confirm]), &face(NotPlanned, None)), asks);
    assert_eq!(taken(&bug(&[Step::Confirm, fix("5.13")]), &face(NotPlanned, Some("5.13"))), asks);
    let refused = bug(&[Step::Refuse(Refused::DuplicateOf(BugId(1)))]);
    assert_eq!(taken(&refused, &face(NotPlanned, None)), Taken::default());
    assert_eq!(taken(&refused, &face(Open, None)).waits, Some(Waits::OpenThere));
    assert_eq!(taken(&refused, &face(Completed, None)).waits, Some(Waits::DoneThere));
}

#[test]
fn bug_5_opened_again_takes_back_a_fix_that_is_not_out_and_asks_where_it_is() {
    let fixed = bug(&[Step::Confirm, fix("5.13")]);
    let back = taken(&fixed, &face(Open, Some("5.13")));
    assert_eq!(back.steps, [Step::Unfix { version: v("5.13") }, plan("5.13")]);
    let released = bug(&[Step::Confirm, fix("5.12")]);
    assert_eq!(taken(&released, &face(Open, None)), Taken { steps: vec![], waits: Some(Waits::OpenThere) });
}

#[test]
fn bug_5_a_milestone_is_a_plan() {
    let planned = bug(&[Step::Confirm, plan("5.13")]);
    assert_eq!(taken(&planned, &face(Open, Some("5.14"))).steps, [plan("5.14")]);
    assert_eq!(taken(&planned, &face(Open, None)).steps, [Step::Unplan]);
    assert_eq!(taken(&bug(&[]), &face(Open, Some("5.13"))).steps, [Step::Confirm, plan("5.13")]);
    let out = taken(&planned, &face(Open, Some("5.12")));
    assert_eq!(out, Taken { steps: vec![], waits: Some(Waits::NotPlannable) }, "it is out");
}

/// What somebody does, on either side.
#[derive(Clone, Debug)]
enum Does {
    Ours(Step),
    Theirs(Face),
    Sync,
}

fn version() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("5.12"), Just("5.13"), Just("5.14"), Just("2026")]
}

fn does() -> impl Strategy<Value = Does> {
    let step = prop_oneof![
        Just(Step::Confirm),
        version().prop_map(plan),
        Just(Step::Unplan),
        Just(Step::Start),
        version().prop_map(fix),
        version().prop_map(|it| Step::Unfix { version: v(it) }),
        version().prop_map(|it| Step::FoundAgain { version: v(it) }),
        Just(Step::Refuse(Refused::DuplicateOf(BugId(1)))),
        Just(Step::Reconsider),
    ];
    let states = prop_oneof![Just(Open), Just(Completed), Just(NotPlanned)];
    let theirs = (states, prop::option::of(version())).prop_map(|(state, milestone)| face(state, milestone));
    prop_oneof![step.prop_map(Does::Ours), theirs.prop_map(Does::Theirs), Just(Does::Sync)]
}

/// Both sides, and what was agreed.
struct World {
    bug: Bug,
    ours_at: Instant,
    theirs: Face,
    theirs_at: Instant,
    agreed: Agreed,
    waits: Option<Waits>,
}

impl World {
    /// As the desk does it; whether anything came of it.
    fn sync(&mut self, now: Instant) -> bool {
        let ours = Wish::of(&self.bug);
        let (ours_at, theirs_at) = (self.ours_at, self.theirs_at);
        match decide(Sides { ours: &ours, ours_at, theirs: &self.theirs, theirs_at, agreed: &self.agreed }) {
            Act::Nothing => return false,
            Act::Agree => self.waits = None,
            Act::Send(face) => {
                (self.theirs, self.theirs_at, self.waits) = (face, now, None);
            }
            Act::Take => {
                let taken = take(&self.bug, &self.theirs, &catalogue(), |_| false);
                for step in taken.steps {
                    self.bug.step(step, &catalogue()).expect("the rules say that it can be taken");
                }
                self.waits = taken.waits;
            }
        }
        self.agreed = Agreed { ours: Wish::of(&self.bug), theirs: self.theirs.clone() };
        true
    }
}

proptest! {
    #[test]
    fn bug_5_both_sides_agree_or_ask_and_never_go_round(history in prop::collection::vec(does(), 0..30)) {
        let mut world = World {
            bug: bug(&[]), ours_at: at(0), theirs: Face::default(), theirs_at: at(0), agreed: Agreed::default(), waits: None,
        };
        for (minute, does) in (1_i64..).zip(history) {
            match does {
                Does::Ours(step) => {
                    let before = Wish::of(&world.bug);
                    let _ = world.bug.step(step, &catalogue());
                    if Wish::of(&world.bug) != before { world.ours_at = at(minute); }
                }
                Does::Theirs(face) => {
                    if face != world.theirs { (world.theirs, world.theirs_at) = (face, at(minute)); }
                }
                Does::Sync => { world.sync(at(minute)); }
            }
        }
        let rounds = (0..4_i64).take_while(|round| world.sync(at(100 + round))).count();
        prop_assert!(rounds <= 1, "it is done at once: {rounds}");
        let ours = Wish::of(&world.bug);
        let stands_by_itself = ours.is_met_by(&world.theirs)
            // A fix in one more version than the tracker names.
            || matches!((&ours, world.theirs.state), (Wish::Fixed { .. }, Completed));
        prop_assert!(stands_by_itself || world.waits.is_some(), "{:?} {:?}", world.bug.state, world.theirs);
    }

    #[test]
    fn bug_5_what_we_sent_comes_back_and_changes_nothing(history in prop::collection::vec(does(), 0..20)) {
        let mut bug = bug(&[]);
        let mut theirs = Face::default();
        for does in history {
            if let Does::Ours(step) = does { let _ = bug.step(step, &catalogue()); }
            let ours = Wish::of(&bug);
            theirs = ours.sent(&theirs);
            prop_assert!(ours.is_met_by(&theirs));
            let agreed = Agreed { ours: ours.clone(), theirs: theirs.clone() };
            let sides = Sides { ours: &ours, ours_at: at(1), theirs: &theirs, theirs_at: at(9), agreed: &agreed };
            prop_assert_eq!(decide(sides), Act::Nothing);
        }
        prop_assert!(!matches!(bug.state, State::New) || theirs == Face::default());
    }
}
