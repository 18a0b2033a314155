//! Laws that hold for whatever happens to a request: random histories, each event in its place.

use proptest::{collection::vec, prelude::*};

use super::stage::*;
use crate::{
    events::{Because, Entry, State, TicketEvent},
    ids::{MessageId, Seq},
    instant::Instant,
    sla::{Change, Clock, Standing, judge},
};

/// What may happen to clocks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    DanaWrites,
    InesSends,
    Arrives(u8),
    Refused(u8),
    Bounces(u8),
    RuledOut(u8),
    Decided(u8),
    Converted(u8),
    AsksForLogs,
    Recomputed(u8),
    CustomerCloses,
    StaffSolves,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => Just(Act::DanaWrites),
        3 => Just(Act::InesSends),
        3 => (0..6_u8).prop_map(Act::Arrives),
        1 => (0..6_u8).prop_map(Act::Refused),
        1 => (0..6_u8).prop_map(Act::Bounces),
        1 => (0..6_u8).prop_map(Act::RuledOut),
        3 => (0..5_u8).prop_map(Act::Decided),
        2 => (0..3_u8).prop_map(Act::Converted),
        1 => Just(Act::AsksForLogs),
        1 => (1..=2_u8).prop_map(Act::Recomputed),
        1 => Just(Act::CustomerCloses),
        1 => Just(Act::StaffSolves),
    ]
}

/// Acts with the minutes that pass before each.
pub(super) fn acts() -> impl Strategy<Value = Vec<(Act, i64)>> {
    vec((act(), 1..600_i64), 0..14)
}

pub(super) fn plan() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("none"), Just("vip"), Just("wall"), Just("partner")]
}

pub(super) fn play(plan: &str, acts: &[(Act, i64)]) -> Request {
    let mut request = Request::on_plan("mon 10:00", plan);
    for (act, minutes) in acts {
        let before = request.history.last().expect("it was filed").occurred_at;
        request = happen(request, *act);
        shift(&mut request, before.plus(jiff::SignedDuration::from_mins(*minutes)));
    }
    request
}

fn happen(request: Request, act: Act) -> Request {
    let now = "mon 10:00";
    let state = |to, because| TicketEvent::StateChanged { from: State::Open, to, because };
    match act {
        Act::DanaWrites => request.dana_writes(now),
        Act::InesSends => request.ines_sends(now),
        Act::Arrives(message) => request.arrives(now, message.into()),
        Act::Refused(message) => request.refused(now, message.into()),
        Act::Bounces(message) => request.bounces(now, message.into()),
        Act::RuledOut(message) => request.ruled_out(now, message.into()),
        Act::Decided(to) => request.decided(now, "-", ["urgent", "high", "medium", "low", "later"][usize::from(to)]),
        Act::Converted(to) => request.converted(now, "-", ["bug", "migration", "feature"][usize::from(to)]),
        Act::AsksForLogs => request.desk_asks_for_logs(now),
        Act::Recomputed(version) => request.recomputed(now, crate::ids::PolicyVersionId(version.into())),
        Act::CustomerCloses => request.then(now, state(State::Solved, Because::CustomerClosed)),
        Act::StaffSolves => request.then(now, state(State::Solved, Because::StaffDecided)),
    }
}

/// Moves what was just told to its instant.
fn shift(request: &mut Request, to: Instant) {
    for entry in request.history.iter_mut().rev().take_while(|entry| entry.occurred_at == at("mon 10:00")) {
        (entry.occurred_at, entry.recorded_at) = (to, to);
    }
}

/// What never concerns a clock.
fn noise(kind: u8, message: i64) -> TicketEvent {
    match kind {
        0 => TicketEvent::Assigned { from: None, to: Some(INES), away_until: None, shared: None },
        1 => TicketEvent::Reminded,
        2 => TicketEvent::StateChanged { from: State::Open, to: State::Open, because: Because::StaffDecided },
        3 => TicketEvent::ParticipantAdded { person: OMAR },
        4 => posted(message, |it| it.audience = crate::events::Audience::Internal),
        5 => posted(message, |it| it.hand = crate::events::Hand::Automatic),
        6 => posted(message, |it| it.author = crate::events::Author::Machine),
        _ => TicketEvent::Warned { target: crate::events::TargetKind::FirstResponse, cycle: 0, percent: 50 },
    }
}

fn posted(message: i64, change: impl FnOnce(&mut crate::events::Posted)) -> TicketEvent {
    let [entry] = <[Entry; 1]>::try_from(Request { history: Vec::new() }.ines_sends("mon 10:00").history).expect("one");
    let crate::events::Event::Ticket(_, TicketEvent::Posted(mut posted)) = entry.event else { unreachable!() };
    posted.message = MessageId(message);
    change(&mut posted);
    TicketEvent::Posted(posted)
}

/// The history with something put in at a place.
fn with(request: &Request, place: usize, mut event: TicketEvent) -> Request {
    let place = place % request.history.len() + 1;
    if let TicketEvent::StateChanged { to, .. } = &mut event {
        *to = unsolved_or_same(&request.history[..place]);
    }
    let before = request.history[place - 1].occurred_at;
    let mut noise = Request { history: Vec::new() }.then("mon 10:00", event).history;
    noise[0].occurred_at = before;
    let mut history = request.history.clone();
    history.splice(place..place, noise);
    history.iter_mut().zip(1..).for_each(|(entry, seq)| entry.seq = Seq(seq));
    Request { history }
}

/// Out of "solved" and back are the changes of state that matter: a later message reopens.
fn unsolved_or_same(history: &[Entry]) -> State {
    let state = crate::tickets::standing(history).map_or(State::New, |it| it.state);
    if state == State::Solved { state } else { State::WithDevelopers }
}

fn is_answered(clock: &Clock) -> bool {
    matches!(clock.standing, Standing::Met(_) | Standing::Breached { answered: Some(_), .. })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn frt_2_notes_assignments_states_and_automation_never_change_a_clock(
        plan in plan(), acts in acts(), place in 0..20_usize, kind in 0..8_u8,
    ) {
        let request = play(plan, &acts);
        prop_assert_eq!(with(&request, place, noise(kind, 900)).clocks(), request.clocks());
    }

    #[test]
    fn clocks_depend_on_the_journals_numbers_and_not_on_the_order_in_which_rows_are_read(
        plan in plan(), acts in acts(), turn in 0..20_usize,
    ) {
        let request = play(plan, &acts);
        let mut turned = request.clone();
        let by = turn % turned.history.len();
        turned.history.rotate_left(by);
        prop_assert_eq!(turned.clocks(), request.clocks());
    }

    #[test]
    fn frt_5_a_result_is_final_but_for_a_ruling_and_a_bounce(plan in plan(), acts in acts(), more in acts()) {
        let before = play(plan, &acts);
        let takes_back = |act: &Act| matches!(act, Act::RuledOut(_) | Act::Bounces(_) | Act::Refused(_));
        let more: Vec<_> = more.into_iter().filter(|(act, _)| !takes_back(act)).collect();
        let all: Vec<_> = acts.into_iter().chain(more).collect();
        let after = play(plan, &all).clocks();
        for clock in before.clocks().iter().filter(|clock| is_answered(clock)) {
            let same = after.iter().find(|it| (it.kind, it.cycle) == (clock.kind, clock.cycle));
            prop_assert_eq!(same.map(|it| (&it.standing, it.due)), Some((&clock.standing, clock.due)));
        }
    }

    #[test]
    fn frt_9_without_a_change_of_terms_the_due_instant_stays(plan in plan(), acts in acts()) {
        let moves = |act: &Act| {
            matches!(act, Act::Decided(_) | Act::Converted(_) | Act::Recomputed(_) | Act::AsksForLogs)
        };
        let acts: Vec<_> = acts.into_iter().filter(|(act, _)| !moves(act)).collect();
        let first = play(plan, &[]).clock().due;
        prop_assert_eq!(play(plan, &acts).clocks()[0].due, first);
    }

    #[test]
    fn frt_9_every_line_that_moves_a_due_instant_moves_it_as_its_rule_allows(plan in plan(), acts in acts()) {
        let ranks = ["urgent", "high", "medium", "low"];
        let rank = |key: &crate::keys::PriorityKey| ranks.iter().position(|it| *it == key.as_str());
        for clock in play(plan, &acts).clocks() {
            for line in &clock.lines {
                match &line.change {
                    Change::Priority { from, to, before: Some(before), after: Some(after) } if rank(to) < rank(from) => {
                        prop_assert!(after <= before, "raised moves later: {line:?}");
                    }
                    Change::Recomputed { before: Some(before), after: Some(after), .. } => {
                        prop_assert!(after >= before, "recomputed moves earlier: {line:?}");
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn frt_7_warnings_rise_and_lie_before_the_due_instant_in_working_time(plan in plan(), acts in acts()) {
        for clock in play(plan, &acts).clocks() {
            let mut last = clock.started;
            for warning in &clock.warnings {
                let due = clock.due.expect("only what is due is warned of");
                prop_assert!(last <= warning.at && warning.at < due);
                let left = if plan == "wall" { due.since(warning.at) } else { OFFICE.elapsed(warning.at, due) };
                prop_assert!(left.is_positive());
                last = warning.at;
            }
        }
    }

    #[test]
    fn frt_1_time_only_makes_late_and_late_stays_late(plan in plan(), acts in acts(), hours in 0..200_i64) {
        let now = at("mon 10:00").plus(jiff::SignedDuration::from_hours(hours));
        let later = now.plus(jiff::SignedDuration::from_hours(1));
        for clock in play(plan, &acts).clocks() {
            let (now, later) = (judge(&clock, now), judge(&clock, later));
            let turned_late = now == Standing::Running && matches!(later, Standing::Breached { answered: None, .. });
            prop_assert!(now == later || turned_late);
        }
    }
}
