//! The queue's order, request by request (TRN-2).

use super::*;
use crate::{
    events::{Because, State},
    sla::stage::{Request, at},
};

fn place(request: &Request) -> Option<QueuePlace> {
    let clocks = request.clocks();
    let turn = turn(&request.history, &clocks)?;
    queue_place(standing(&request.history)?.state, turn, &clocks)
}

fn in_bucket(bucket: Bucket, when: &str) -> Option<QueuePlace> {
    Some(QueuePlace { bucket, at: at(when) })
}

#[test]
fn trn_2_late_comes_first_then_due_by_instant_then_ours_by_since() {
    let late = Request::filed("mon 10:00");
    let urgent = Request::filed_as("tue 09:00", "bug", "urgent");
    let due = Request::filed("tue 08:30");
    let older = Request::filed("mon 08:00").ines_answers("mon 09:00").dana_writes("mon 10:00");
    let newer = Request::filed("mon 08:00").ines_answers("mon 09:00").dana_writes("mon 11:00");
    let partner = Request::on_plan("mon 10:30", "partner");
    let mut queue = [&newer, &partner, &older, &due, &urgent, &late].map(place);
    queue.sort();
    assert_eq!(
        queue,
        [
            in_bucket(Bucket::Due, "mon 18:00"),
            in_bucket(Bucket::Due, "tue 11:00"),
            in_bucket(Bucket::Due, "tue 16:30"),
            in_bucket(Bucket::Ours, "mon 10:00"),
            in_bucket(Bucket::Ours, "mon 10:30"),
            in_bucket(Bucket::Ours, "mon 11:00"),
        ]
    );
}

#[test]
fn trn_2_what_is_theirs_or_with_our_developers_or_done_is_not_in_it() {
    let filed = Request::filed("mon 10:00");
    assert_eq!(place(&filed.clone().ines_answers("mon 11:00")), None);
    for state in [State::WithDevelopers, State::Solved, State::Closed] {
        assert_eq!(
            place(&filed.clone().state("mon 11:00", State::New, state, Because::StaffDecided)),
            None,
            "{state:?}"
        );
    }
}

#[test]
fn frt_4_waiting_for_the_customer_hides_no_unanswered_request() {
    let parked =
        Request::filed("mon 10:00").state("mon 10:05", State::New, State::WaitingForCustomer, Because::StaffDecided);
    assert_eq!(place(&parked), in_bucket(Bucket::Due, "mon 18:00"));
}

#[test]
fn trn_2_a_recorded_breach_keeps_its_place() {
    let breach = crate::events::TicketEvent::Breached {
        target: crate::events::TargetKind::FirstResponse,
        cycle: 0,
        due: at("mon 18:00"),
    };
    let late = Request::filed("mon 10:00");
    assert_eq!(place(&late.clone().then("tue 08:00", breach)), place(&late));
}
