//! PLN-2, "an update every …": `told` is promised one every ten working hours, a day of the desk.

use proptest::prelude::*;

use super::{
    laws::{acts, play},
    stage::*,
};
use crate::{
    events::{Because, State, TargetKind, TicketEvent},
    sla::{Clock, Standing, Trial, clocks},
    tickets::{queue_place, turn},
};

fn filed() -> Request {
    Request::on_plan("mon 10:00", "told")
}

fn updates(request: &Request) -> Vec<Clock> {
    request.clocks().into_iter().filter(|clock| clock.kind == TargetKind::Update).collect()
}

/// "mon 11:00 to tue 11:00: running", of each.
fn course(request: &Request) -> Vec<String> {
    let shown = |clock: &Clock| format!("{} to {}: {}", shown(clock.started), due(clock), stands(&clock.standing));
    updates(request).iter().map(shown).collect()
}

fn waits(request: Request, when: &str) -> Request {
    request.state(when, State::Open, State::WaitingForCustomer, Because::StaffDecided)
}

#[test]
fn pln_2_an_update_is_owed_from_the_first_response_on_and_each_word_begins_the_next() {
    assert_eq!(updates(&filed()), [], "first an answer is owed");
    let answered = filed().ines_answers("mon 11:00");
    assert_eq!(course(&answered), ["mon 11:00 to tue 11:00: running"]);
    let told = answered.clone().ines_answers("mon 15:00").ines_answers("wed 09:00");
    assert_eq!(
        course(&told),
        [
            "mon 11:00 to tue 11:00: met by 2 at mon 15:00",
            "mon 15:00 to tue 15:00: late from tue 15:00, answered by 3 at wed 09:00",
            "wed 09:00 to thu 09:00: running",
        ]
    );
    let twice = Request::on_plan("thu 10:00", "told").ines_answers("thu 11:00");
    assert_eq!(course(&twice), ["thu 11:00 to +mon 11:00: running"], "pinned to the version in force at its start");
}

#[test]
fn pln_2_what_the_customer_does_not_see_is_no_update() {
    let told = filed().ines_answers("mon 11:00");
    let running = ["mon 11:00 to tue 11:00: running"];
    let noted = |it: &mut crate::events::Posted| it.audience = crate::events::Audience::Internal;
    assert_eq!(course(&told.clone().posted("mon 12:00", crate::events::ActorKind::Person, noted)), running, "a note");
    let automatic = |it: &mut crate::events::Posted| it.hand = crate::events::Hand::Automatic;
    assert_eq!(course(&told.clone().posted("mon 12:00", crate::events::ActorKind::Rule, automatic)), running, "a rule");
    assert_eq!(course(&told.clone().dana_writes("mon 12:00")), running, "the customer's own word");
    let refused = told.clone().ines_sends("mon 12:00").refused("mon 13:00", 2);
    assert_eq!(course(&refused), running, "what did not arrive");
    let taken =
        told.ines_sends("mon 12:00").then("mon 12:00", TicketEvent::TakenBack { message: crate::ids::MessageId(2) });
    assert_eq!(course(&taken), running, "what was taken back");
}

#[test]
fn pln_2_a_word_under_way_leaves_no_gap_and_one_that_comes_back_gives_the_time_before_it_back() {
    let sent = filed().ines_answers("mon 11:00").ines_sends("mon 15:00");
    let course_of = |request: &Request| course(request);
    assert_eq!(
        course_of(&sent),
        ["mon 11:00 to tue 11:00: under way: 2 at mon 15:00", "mon 15:00 to tue 15:00: running"]
    );
    let arrived = sent.clone().arrives("mon 15:10", 2);
    assert_eq!(course_of(&arrived)[1], "mon 15:00 to tue 15:00: running", "from the press of send (FRT-3)");
    let back = arrived.clone().ines_answers("tue 10:00").bounces("wed 09:00", 2);
    assert_eq!(course_of(&back), ["mon 11:00 to tue 11:00: met by 3 at tue 10:00", "tue 10:00 to wed 10:00: running"]);
    // What the sweep told of the last one goes by its number, which a bounce of another word leaves as it is.
    let number = |request: &Request| updates(request).last().map(|clock| clock.cycle);
    assert_eq!(number(&arrived.ines_answers("tue 10:00")), number(&back));
    let seen = sent.refused("mon 16:00", 2).seen_in_portal("tue 09:00", 2);
    assert_eq!(course_of(&seen)[1], "tue 09:00 to wed 09:00: running", "it counts when it is seen");
}

#[test]
fn pln_2_without_a_target_for_the_first_response_updates_are_owed_from_the_filing() {
    let opened = crate::events::Opened { request_type: "migration".into(), plan: Some("told".into()), ..opened() };
    assert_eq!(course(&Request::opened("mon 10:00", opened.clone())), ["mon 10:00 to tue 10:00: running"]);
    let by_staff = crate::events::Opened { clock_from: crate::events::ClockFrom::FirstCustomerMessage, ..opened };
    let quiet = Request::opened("mon 10:00", by_staff);
    assert_eq!(updates(&quiet), [], "the customer has not asked yet (FRT-4)");
    assert_eq!(course(&quiet.dana_writes("tue 12:00")), ["tue 12:00 to wed 12:00: running"]);
}

#[test]
fn pln_2_nothing_is_owed_while_the_customer_is_asked_and_it_begins_anew_when_it_is_ours_again() {
    let asked = waits(filed().ines_answers("mon 11:00").ines_answers("mon 12:00"), "mon 12:00");
    assert_eq!(course(&asked), ["mon 11:00 to tue 11:00: met by 2 at mon 12:00"], "asked with the word itself");
    let answered = asked.dana_writes("wed 16:00").state(
        "wed 16:00",
        State::WaitingForCustomer,
        State::Open,
        Because::CustomerReplied,
    );
    assert_eq!(course(&answered)[1..], ["wed 16:00 to thu 16:00: running"]);
    let developers = answered.state("wed 17:00", State::Open, State::WithDevelopers, Because::StaffDecided);
    assert_eq!(course(&developers)[1..], ["wed 16:00 to thu 16:00: running"], "our developers are us");
    let solved = developers.state("thu 09:00", State::WithDevelopers, State::Solved, Because::StaffDecided);
    assert_eq!(course(&solved)[1..], ["wed 16:00 to thu 16:00: ended at thu 09:00"]);
    let asked_later = waits(filed().ines_answers("mon 11:00"), "mon 17:00");
    assert_eq!(course(&asked_later), ["mon 11:00 to tue 11:00: ended at mon 17:00"]);
}

#[test]
fn pln_2_no_state_hides_an_update_that_is_late() {
    let waiting = waits(filed().ines_answers("mon 11:00"), "tue 12:00");
    let [late] = <[Clock; 1]>::try_from(updates(&waiting)).expect("one");
    assert!(matches!(crate::sla::judge(&late, at("tue 12:00")), Standing::Breached { answered: None, .. }));
    assert_eq!(
        course(&waiting.clone().ines_answers("tue 13:00")),
        ["mon 11:00 to tue 11:00: late from tue 11:00, answered by 2 at tue 13:00"]
    );
    let solved = waiting.state("tue 14:00", State::WaitingForCustomer, State::Solved, Because::StaffDecided);
    assert_eq!(course(&solved), ["mon 11:00 to tue 11:00: late from tue 11:00, ended at tue 14:00"]);
}

#[test]
fn pln_2_another_priority_or_type_moves_it_as_any_clock() {
    let raised = filed().ines_answers("mon 11:00").decided("mon 12:00", "medium", "later");
    assert_eq!(course(&raised), ["mon 11:00 to tue 11:00: suspended"]);
    let back = raised.clone().decided("mon 13:00", "later", "medium");
    assert_eq!(course(&back), ["mon 11:00 to tue 11:00: running"]);
    let opened = crate::events::Opened { priority: "later".into(), plan: Some("told".into()), ..opened() };
    let first = Request::opened("mon 10:00", opened).ines_answers("mon 11:00").ines_answers("mon 12:00");
    assert_eq!(updates(&first), [], "nothing is promised of it");
    let woken = first.decided("tue 09:00", "later", "high");
    assert_eq!(course(&woken), ["mon 12:00 to wed 09:00: running"], "the whole of it from the change on (FRT-9)");
}

#[test]
fn pln_2_the_desks_request_for_a_missing_detail_stops_it() {
    let stopped = filed().ines_answers("mon 11:00").desk_asks_for_logs("mon 13:00");
    assert_eq!(course(&stopped), ["mon 11:00 to never: stopped with 480 min left"]);
    assert_eq!(course(&stopped.dana_writes("tue 09:00")), ["mon 11:00 to tue 17:00: running"]);
}

#[test]
fn pln_2_and_trn_2_late_it_needs_an_answer_though_it_is_theirs_or_with_our_developers() {
    let place = |request: &Request, state| {
        let clocks = request.clocks();
        let turn = turn(&request.history, &clocks).expect("it was filed");
        queue_place(state, turn, &clocks).map(|place| shown(place.at))
    };
    let answered = filed().ines_answers("mon 11:00");
    assert_eq!(place(&answered, State::Open), None, "it is theirs");
    let cycle = updates(&answered)[0].cycle;
    let due = at("tue 11:00");
    let late = answered.then("tue 11:00", TicketEvent::Breached { target: TargetKind::Update, cycle, due });
    for state in [State::Open, State::WithDevelopers, State::WaitingForCustomer] {
        assert_eq!(place(&late, state).as_deref(), Some("tue 11:00"), "{state:?}");
    }
    assert_eq!(place(&late, State::Solved), None);
    assert_eq!(place(&late.clone().ines_sends("tue 12:00"), State::Open), None, "a word is on its way");
    assert_eq!(
        place(&late.clone().ines_sends("tue 12:00").refused("tue 13:00", 2), State::Open).as_deref(),
        Some("tue 11:00")
    );
    assert_eq!(place(&late.ines_answers("tue 12:00"), State::Open), None);
}

#[test]
fn frt_7_a_running_update_is_no_answer_that_is_owed() {
    let request = Request::on_plan("mon 10:00", "told").ines_answers("mon 11:00").dana_writes("mon 12:00");
    assert!(request.clocks().iter().all(|clock| clock.kind != TargetKind::NextResponse), "told has no such target");
    assert_eq!(crate::sla::carry(&request.clocks(), DANA), None, "and none that a merge brings along");
}

#[test]
fn frt_5_what_was_late_when_the_customer_closed_it_is_owed_no_more() {
    let closed = Request::filed("mon 10:00").state("tue 10:00", State::Open, State::Solved, Because::CustomerClosed);
    assert_eq!(closed.stands(), "late from mon 18:00, ended at tue 10:00");
    assert!(!closed.clock().standing.is_unanswered());
    let reopened =
        closed.dana_writes("wed 09:00").state("wed 09:00", State::Solved, State::Open, Because::CustomerReplied);
    let clocks = reopened.clocks();
    let turn = turn(&reopened.history, &clocks).expect("it was filed");
    let place = queue_place(State::Open, turn, &clocks).map(|place| shown(place.at));
    assert_eq!(place.as_deref(), Some("wed 17:00"), "by the reopened cycle alone");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pln_2_at_most_one_update_is_owed_and_each_has_a_number_of_its_own(acts in acts()) {
        let clocks = play("told", &acts).clocks();
        let updates: Vec<_> = clocks.iter().filter(|clock| clock.kind == TargetKind::Update).collect();
        // One that was answered too late is judged when the answer arrives (FRT-3).
        let runs = |clock: &&&Clock| matches!(clock.standing, Standing::Running | Standing::Stopped { .. });
        prop_assert!(updates.iter().filter(runs).count() <= 1);
        prop_assert!(updates.windows(2).all(|pair| pair[0].cycle < pair[1].cycle && pair[0].started <= pair[1].started));
    }

    #[test]
    fn pln_2_told_anew_an_update_is_the_same_in_whatever_order_rows_are_read(acts in acts(), turn in 0..20_usize) {
        let request = play("told", &acts);
        let mut turned = request.clone();
        let by = turn % turned.history.len();
        turned.history.rotate_left(by);
        prop_assert_eq!(turned.clocks(), request.clocks());
        let trial = Trial::new(std::sync::Arc::new(Policy::without_stops(1)));
        prop_assert_eq!(trial.clocks(&turned.history, &|_| None), clocks(&request.history, &trial), "a trial tells them too");
    }

    #[test]
    fn pln_2_every_update_runs_for_its_whole_length(acts in acts()) {
        let moves = |act: &super::laws::Act| {
            use super::laws::Act;
            matches!(act, Act::Decided(_) | Act::Converted(_) | Act::Recomputed(_) | Act::AsksForLogs)
        };
        let acts: Vec<_> = acts.into_iter().filter(|(act, _)| !moves(act)).collect();
        for clock in play("told", &acts).clocks().iter().filter(|clock| clock.kind == TargetKind::Update) {
            let due = OFFICE.due_by(clock.started, &clock.length).ok();
            prop_assert_eq!(clock.due, due);
        }
    }
}
