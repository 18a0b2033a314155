//! FRT-5: merged requests and their clocks.

use super::stage::*;
use crate::{
    events::{Carried, TicketEvent},
    ids::TicketId,
    sla::{Origin, carry},
};

fn absorbed(clock: Carried) -> TicketEvent {
    TicketEvent::Absorbed { other: TicketId(7), clock: Some(clock) }
}

fn merged_away() -> Request {
    Request::filed("mon 14:00").then("mon 15:00", TicketEvent::MergedInto { survivor: TicketId(1) })
}

fn carried() -> Carried {
    carry(&Request::filed("mon 14:00").clocks(), OMAR).expect("an answer is owed")
}

#[test]
fn frt_5_the_survivor_keeps_its_result_and_the_others_unanswered_clock_moves_over() {
    assert_eq!(merged_away().stands(), "moved to 1");
    let survivor = Request::filed("mon 10:00").ines_answers("mon 11:00").then("mon 15:00", absorbed(carried()));
    let [own, moved] = <[_; 2]>::try_from(survivor.clocks()).expect("two clocks");
    assert_eq!(stands(&own.standing), "met by 1 at mon 11:00");
    assert_eq!((moved.origin, moved.cycle), (Origin::Absorbed(TicketId(7)), 1));
    assert_eq!(
        (shown(moved.started), due(&moved), stands(&moved.standing)),
        ("mon 14:00".into(), "tue 12:00".into(), "running".into())
    );
}

#[test]
fn frt_5_a_moved_clock_is_answered_where_it_went_when_its_own_requester_is_reached() {
    let survivor = Request::filed("mon 10:00").then("mon 15:00", absorbed(carried())).ines_answers("mon 16:00");
    let standings: Vec<_> = survivor.clocks().iter().map(|clock| stands(&clock.standing)).collect();
    assert_eq!(standings, ["met by 1 at mon 16:00", "under way: 1 at mon 16:00"]);
    let to_omar = TicketEvent::Delivered { message: crate::ids::MessageId(1), to: OMAR, via: crate::events::Via::Smtp };
    assert_eq!(stands(&survivor.then("mon 16:01", to_omar).clocks()[1].standing), "met by 1 at mon 16:00");
}

#[test]
fn frt_5_a_merge_undone_puts_both_back() {
    let undone = TicketEvent::MergeUndone { other: TicketId(1) };
    let back = merged_away().then("mon 15:00:08", undone);
    assert_eq!((back.stands(), due(&back.clock())), ("running".to_owned(), "tue 12:00".to_owned()));
    let undone = TicketEvent::MergeUndone { other: TicketId(7) };
    let survivor = Request::filed("mon 10:00").then("mon 15:00", absorbed(carried())).then("mon 15:00:08", undone);
    assert_eq!(survivor.clocks(), Request::filed("mon 10:00").clocks());
}

#[test]
fn frt_5_what_was_promised_there_is_lowered_by_nothing_here_and_raised_by_a_higher_priority() {
    let survivor = Request::filed("mon 10:00").then("mon 15:00", absorbed(carried()));
    let lowered = survivor.clone().decided("mon 16:00", "medium", "low");
    assert_eq!(due(&lowered.clocks()[1]), "tue 12:00");
    let raised = survivor.decided("mon 16:00", "medium", "urgent");
    assert_eq!(due(&raised.clocks()[1]), "mon 18:00");
}

#[test]
fn frt_5_a_promise_from_there_is_not_lowered_with_the_survivor() {
    let high = Request::filed_as("mon 14:00", "bug", "high");
    let carried = carry(&high.clocks(), OMAR).expect("an answer is owed");
    let survivor = Request::filed("mon 10:00").then("mon 15:00", absorbed(carried));
    assert_eq!(due(&survivor.clocks()[1]), "mon 18:00");
    for lower in ["medium", "low"] {
        let decided = survivor.clone().decided("mon 16:00", "high", lower);
        assert_eq!(due(&decided.clocks()[1]), "mon 18:00", "{lower}");
    }
}

#[test]
fn frt_5_a_late_clock_moves_as_late_and_an_answered_one_stays() {
    let late =
        TicketEvent::Breached { target: crate::events::TargetKind::FirstResponse, cycle: 0, due: at("mon 18:00") };
    let other = Request::filed("mon 10:00").then("mon 18:01", late);
    assert_eq!(carry(&other.clocks(), OMAR).and_then(|it| it.due), Some(at("mon 18:00")));
    let lowered = other.decided("mon 18:02", "medium", "low");
    assert_eq!(carry(&lowered.clocks(), OMAR).and_then(|it| it.due), Some(at("mon 18:00")), "what was late stays late");
    assert_eq!(carry(&Request::filed("mon 10:00").ines_answers("mon 11:00").clocks(), OMAR), None);
}
