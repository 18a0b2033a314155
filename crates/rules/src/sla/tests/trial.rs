//! POL-4: another policy, tried on what happened.

use std::sync::Arc;

use proptest::prelude::*;

use super::{
    laws::{Act, acts, plan, play},
    stage::*,
};
use crate::{
    events::{Entry, Event, TargetKind, TicketEvent},
    ids::{PolicyVersionId, TicketId},
    instant::Instant,
    sla::{
        Answered, Case, Clock, Compared, Once, Outcome, Standing, Terms, Trial, Versions, WOULD_MOVE, absorbed, carry,
        cases, clocks,
    },
};

/// A desk that had one policy all the time.
struct OnlyFirst;

impl Versions for OnlyFirst {
    fn terms(&self, _: PolicyVersionId) -> Option<Arc<dyn Terms>> {
        Book.terms(FIRST)
    }

    fn in_force(&self, _: Instant) -> Option<PolicyVersionId> {
        Some(FIRST)
    }
}

fn trial(version: PolicyVersionId) -> Trial {
    Trial::new(Book.terms(version).expect("it is kept"))
}

fn nothing(_: TicketId) -> Option<&'static [Entry]> {
    None
}

/// What of a clock a trial can change.
fn seen(clocks: &[Clock]) -> Vec<(Option<Instant>, String)> {
    clocks.iter().map(|clock| (clock.due, stands(&clock.standing))).collect()
}

/// Request 7 is merged into the first one, with what it brings along.
fn merge(survivor: Request, other: &Request, when: &str) -> (Request, Vec<Entry>) {
    let clock = carry(&clocks(&other.history, &OnlyFirst).expect("kept"), DANA);
    let merged = other.clone().then(when, TicketEvent::MergedInto { survivor: TicketId(1) });
    let of_other = |entry: Entry| match entry.event {
        Event::Ticket(_, event) => Entry { event: Event::Ticket(TicketId(7), event), ..entry },
        _ => entry,
    };
    let theirs = merged.history.into_iter().map(of_other).collect();
    (survivor.then(when, TicketEvent::Absorbed { other: TicketId(7), clock }), theirs)
}

fn compare(history: &[Entry], version: PolicyVersionId, now: &str) -> (Vec<Case>, Vec<Case>, Compared) {
    let was = cases(&clocks(history, &OnlyFirst).expect("kept"), at(now));
    let would_be = cases(&trial(version).clocks(history, &nothing).expect("kept"), at(now));
    let mut compared = Compared::default();
    compared.take(TicketId(1), (&was, &would_be));
    (was, would_be, compared)
}

#[test]
fn pol_4_a_response_that_was_late_is_spared_by_twice_the_time() {
    let late = Request::filed("mon 10:00").ines_answers("tue 10:00");
    let (_, _, compared) = compare(&late.history, SECOND, "wed 10:00");
    let [(group, tally)] = <[_; 1]>::try_from(Vec::from(compared)).expect("one group");
    assert_eq!((group.request_type.as_str(), group.priority.as_str(), group.reopened), ("bug", "medium", false));
    assert_eq!((tally.cases, tally.spared.as_slice()), (1, &[TicketId(1)][..]));
    assert_eq!((tally.late_as_it_was(), tally.late_then(), tally.is_changed()), (1, 0, true));
}

#[test]
fn pol_4_what_has_no_target_by_the_tried_policy_is_no_case_and_spared() {
    let late = Request::filed("mon 10:00").ines_answers("tue 10:00");
    let (was, would_be, compared) = compare(&late.history, SILENT, "wed 10:00");
    assert_eq!((was.len(), would_be.len(), compared.cases()), (1, 0, 0));
    assert_eq!(Vec::from(compared)[0].1.spared, [TicketId(1)]);
}

#[test]
fn pol_4_comparisons_of_parts_come_to_that_of_the_whole() {
    let late = Request::filed("mon 10:00").ines_answers("tue 10:00");
    let (was, would_be, mut one) = compare(&late.history, SECOND, "wed 10:00");
    let mut other = Compared::default();
    other.take(TicketId(9), (&was, &would_be));
    let mut whole = one.clone();
    whole.take(TicketId(9), (&was, &would_be));
    one.join(other);
    assert_eq!(one.sorted(), whole.sorted());
}

#[test]
fn pol_4_a_clock_that_came_with_a_merge_is_told_by_the_tried_policy_too() {
    let (survivor, theirs) = merge(Request::filed("mon 10:00"), &Request::filed("mon 10:00"), "mon 12:00");
    let others = |ticket| (ticket == TicketId(7)).then_some(theirs.as_slice());
    assert_eq!(absorbed(&survivor.history).collect::<Vec<_>>(), [TicketId(7)]);
    let told = trial(SECOND).clocks(&survivor.history, &others).expect("kept");
    assert_eq!(told.iter().map(due).collect::<Vec<_>>(), ["tue 16:00", "tue 16:00"]);
}

/// What is kept of a request that needs no more than that.
fn once(history: &[Entry]) -> Option<Once> {
    let would_move = |entry: &Entry| WOULD_MOVE.contains(&entry.event.kind().as_str());
    let clocks = clocks(history, &OnlyFirst).expect("kept");
    let firsts: Vec<_> = clocks.iter().filter(|clock| clock.kind == TargetKind::FirstResponse).collect();
    let [clock] = firsts[..] else { return None };
    let answer = clock.standing.answer().filter(|_| clock.cycle == 0 && !history.iter().any(would_move))?;
    let was_late = matches!(clock.standing, Standing::Breached { .. });
    let answered = Some(Answered { started: clock.started, at: answer.at, was_late });
    Some(Once { about: clock.about.clone(), answered })
}

#[test]
fn pol_4_an_answer_to_a_clock_that_never_moved_needs_no_history() {
    let late = Request::filed("mon 10:00").ines_answers("tue 10:00");
    let once = once(&late.history).expect("one answered clock");
    let longer = Trial::new(Arc::new(Policy::without_stops(2)));
    let kept = |factor| Policy::without_stops(factor);

    let (was, would_be) = longer.once(&once, [&kept(1) as &dyn Terms].into_iter()).expect("told");
    assert_eq!([was, would_be].map(|it| it.map(|case| case.outcome)), [Some(Outcome::Late), Some(Outcome::InTime)]);

    let slept = [&kept(1) as &dyn Terms, &kept(0)];
    assert_eq!(longer.once(&once, slept.into_iter()), None, "a clock could have slept");
    let silent = Trial::new(Arc::new(Policy::without_stops(0)));
    assert_eq!(silent.once(&once, [&kept(1) as &dyn Terms].into_iter()), None, "it is no case");
    assert_eq!(trial(SECOND).once(&once, [&kept(1) as &dyn Terms].into_iter()), None, "clocks may stop");

    let without = Once { answered: None, ..once };
    assert_eq!(silent.once(&without, [].into_iter()), Some((None, None)), "there was no case and is none");
    assert_eq!(longer.once(&without, [].into_iter()), None, "the history tells what there would have been");
}

proptest! {
    #[test]
    fn pol_4_what_is_told_without_the_history_is_what_the_history_tells(
        plan in plan(), acts in acts(), answered in 0..60_i64, factor in 1..4_u32, moves in prop::bool::weighted(0.1),
    ) {
        let stays = |act: &Act| moves || !matches!(act, Act::Decided(_) | Act::Converted(_));
        let acts: Vec<_> = acts.into_iter().filter(|(act, _)| stays(act)).collect();
        let request = play(plan, &acts);
        let last = request.history.last().expect("it was filed").occurred_at;
        let request = request.ines_answers_at(last.plus(jiff::SignedDuration::from_hours(answered)));
        let Some(once) = once(&request.history) else { return Ok(()) };
        let tried = Trial::new(Arc::new(Policy::without_stops(factor)));
        let (was, would_be) = tried.once(&once, [&*Book.terms(FIRST).expect("kept")].into_iter()).expect("it has a target");
        let now = at("+sun 12:00");
        prop_assert_eq!(Vec::from_iter(was), cases(&clocks(&request.history, &OnlyFirst).expect("kept"), now));
        prop_assert_eq!(Vec::from_iter(would_be), cases(&tried.clocks(&request.history, &nothing).expect("kept"), now));
    }

    #[test]
    fn pol_4_trying_the_policy_in_force_yields_exactly_what_was(plan in plan(), acts in acts(), merges in any::<bool>()) {
        let request = play(plan, &acts);
        let (request, theirs) = match merges {
            true => merge(request.clone(), &request, "+sun 10:00"),
            false => (request, vec![]),
        };
        let others = |ticket| (ticket == TicketId(7)).then_some(theirs.as_slice());
        let was = clocks(&request.history, &OnlyFirst).expect("kept");
        let told = trial(FIRST).clocks(&request.history, &others).expect("kept");
        prop_assert_eq!(seen(&told), seen(&was));
        for now in ["mon 12:00", "fri 12:00", "+sun 12:00"] {
            prop_assert_eq!(cases(&told, at(now)), cases(&was, at(now)));
        }
        let mut compared = Compared::default();
        let (was, told) = (cases(&was, at("+sun 12:00")), cases(&told, at("+sun 12:00")));
        compared.take(TicketId(1), (&was, &told));
        prop_assert!(compared.0.values().all(|tally| !tally.is_changed()));
    }
}
