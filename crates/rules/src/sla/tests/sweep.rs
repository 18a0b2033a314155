//! What the sweep finds: marks with their instants, and standing judged at an instant.

use super::stage::*;
use crate::{
    events::{TargetKind, TicketEvent},
    sla::{Mark, Standing, judge, next_mark},
};

fn recorded(due: &str) -> TicketEvent {
    TicketEvent::Breached { target: TargetKind::FirstResponse, cycle: 0, due: at(due) }
}

#[test]
fn frt_7_warnings_come_at_half_and_four_fifths_then_the_breach() {
    let clock = Request::filed("fri 14:00").clock();
    assert_eq!(next_mark(&clock, None), Some((at("fri 18:00"), Mark::Warn(50))));
    assert_eq!(next_mark(&clock, Some(50)), Some((at("+mon 10:24"), Mark::Warn(80))));
    assert_eq!(next_mark(&clock, Some(80)), Some((at("+mon 12:00"), Mark::Breach)));
}

#[test]
fn frt_7_of_an_update_one_warning_is_told_and_none_of_a_short_one() {
    let update = |request: Request| {
        let clocks = request.ines_answers("mon 11:00").clocks();
        clocks.into_iter().find(|clock| clock.kind == TargetKind::Update).expect("one is promised")
    };
    let daily = update(Request::on_plan("mon 10:00", "told"));
    assert_eq!(next_mark(&daily, None), Some((at("tue 09:00"), Mark::Warn(80))));
    assert_eq!(next_mark(&daily, Some(80)), Some((at("tue 11:00"), Mark::Breach)));
    let opened = crate::events::Opened { priority: "urgent".into(), plan: Some("hourly".into()), ..opened() };
    let hourly = update(Request::opened("mon 10:00", opened));
    assert_eq!(next_mark(&hourly, None), Some((at("mon 12:00"), Mark::Breach)), "twelve minutes help nobody");
}

#[test]
fn frt_7_warnings_count_past_a_stop() {
    let clock = Request::filed("mon 10:00").desk_asks_for_logs("mon 12:00").dana_writes("wed 09:00").clock();
    let at_half = next_mark(&clock, None);
    assert_eq!(at_half, Some((at("wed 11:00"), Mark::Warn(50))));
}

#[test]
fn frt_1_at_the_due_instant_itself_it_is_not_late_yet() {
    let clock = Request::filed("mon 10:00").clock();
    assert_eq!(judge(&clock, at("mon 18:00")), Standing::Running);
    let late = Standing::Breached { due: at("mon 18:00"), answered: None };
    assert_eq!(judge(&clock, at("mon 18:00:00.000001")), late);
}

#[test]
fn frt_9_a_recorded_breach_is_told_once_and_an_unrecorded_one_still() {
    let filed = Request::filed("mon 10:00");
    let told_once = filed.clone().then("tue 08:00", recorded("mon 18:00"));
    assert_eq!(told_once.stands(), "late from mon 18:00");
    assert_eq!(next_mark(&told_once.clock(), Some(80)), None);
    let answered_first = filed.ines_answers("mon 18:30");
    assert_eq!(next_mark(&answered_first.clock(), Some(80)), Some((at("mon 18:00"), Mark::Breach)));
    let then_told = answered_first.then("tue 08:00", recorded("mon 18:00"));
    assert_eq!(next_mark(&then_told.clock(), Some(80)), None);
    assert_eq!(then_told.stands(), "late from mon 18:00, answered by 1 at mon 18:30");
}

#[test]
fn pol_3_a_breach_recorded_before_the_due_moved_later_no_longer_counts() {
    let request = Request::filed("mon 10:00").then("mon 18:01", recorded("mon 18:00")).recomputed("tue 08:00", SECOND);
    assert_eq!((request.stands(), due(&request.clock())), ("running".to_owned(), "tue 16:00".to_owned()));
    assert_eq!(next_mark(&request.clock(), Some(80)), Some((at("tue 16:00"), Mark::Breach)));
}
