//! FRT-3: a response counts only if it arrives, from the instant at which the person pressed send.

use super::stage::*;
use crate::events::{TicketEvent, Via};
use crate::ids::MessageId;

#[test]
fn frt_3_its_instant_is_when_the_person_pressed_send() {
    let request = Request::filed("mon 10:00").ines_sends("mon 17:59").arrives("tue 09:00", 1);
    assert_eq!(request.stands(), "met by 1 at mon 17:59");
    let seen = Request::filed("mon 10:00").ines_sends("mon 17:59").seen_in_portal("wed 09:00", 1);
    assert_eq!(seen.stands(), "met by 1 at mon 17:59");
}

#[test]
fn frt_3_while_it_is_under_way_nothing_is_judged() {
    let request = Request::filed("mon 10:00").ines_sends("mon 17:59");
    assert_eq!(request.stands(), "under way: 1 at mon 17:59");
    assert_eq!(crate::sla::judge(&request.clock(), at("fri 10:00")), request.clock().standing);
    assert_eq!(crate::sla::next_mark(&request.clock(), None), None);
    let second = request.ines_answers("tue 09:00");
    assert_eq!(second.stands(), "under way: 1 at mon 17:59");
    assert_eq!(second.clone().arrives("tue 10:00", 1).stands(), "met by 1 at mon 17:59");
    assert_eq!(second.refused("tue 10:00", 1).stands(), "late from mon 18:00, answered by 2 at tue 09:00");
}

#[test]
fn frt_3_what_was_pressed_too_late_is_late_already_while_under_way() {
    assert_eq!(Request::filed("mon 10:00").ines_sends("tue 08:00").stands(), "late from mon 18:00");
}

#[test]
fn frt_3_a_failed_delivery_is_no_response() {
    let request = Request::filed("mon 10:00").ines_sends("mon 11:00").refused("mon 11:05", 1);
    assert_eq!((request.stands(), due(&request.clock())), ("running".to_owned(), "mon 18:00".to_owned()));
    assert_eq!(request.clone().ines_answers("mon 12:00").stands(), "met by 2 at mon 12:00");
    let told = told(&request.clock());
    assert_eq!(told, ["mon 10:00 started under 1, due mon 18:00", "mon 11:05 lost 1 of mon 11:00: Refused"]);
}

#[test]
fn frt_3_a_hard_bounce_takes_it_back_and_a_soft_one_does_not() {
    let request = Request::filed("mon 10:00").ines_answers("mon 11:00");
    assert_eq!(request.clone().bounces("tue 11:00", 1).stands(), "running");
    let soft = TicketEvent::Bounced { message: MessageId(1), to: DANA, hard: false };
    assert_eq!(request.then("tue 11:00", soft).stands(), "met by 1 at mon 11:00");
}

#[test]
fn frt_3_what_was_seen_in_the_portal_has_arrived_though_its_mail_comes_back() {
    let request = Request::filed("mon 10:00").ines_answers("mon 11:00").seen_in_portal("mon 11:30", 1);
    assert_eq!(request.bounces("mon 12:00", 1).stands(), "met by 1 at mon 11:00");
}

#[test]
fn frt_3_what_had_failed_and_is_seen_later_counts_when_it_is_seen() {
    let failed = Request::filed("mon 10:00").ines_answers("mon 11:00").bounces("mon 12:00", 1);
    assert_eq!(failed.clone().seen_in_portal("mon 17:00", 1).stands(), "met by 1 at mon 17:00");
    let late = failed.seen_in_portal("tue 09:00", 1);
    assert_eq!(late.stands(), "late from mon 18:00, answered by 1 at tue 09:00");
}

#[test]
fn frt_3_only_the_requester_counts() {
    let to = |to| TicketEvent::Delivered { message: MessageId(1), to, via: Via::Smtp };
    let request = Request::filed("mon 10:00").ines_sends("mon 11:00").then("mon 11:01", to(OMAR));
    assert_eq!(request.stands(), "under way: 1 at mon 11:00");
    let refused = TicketEvent::DeliveryRefused { message: MessageId(1), to: OMAR };
    assert_eq!(request.then("mon 11:02", to(DANA)).then("mon 11:03", refused).stands(), "met by 1 at mon 11:00");
}

#[test]
fn frt_3_a_reply_taken_back_within_its_hold_was_never_sent() {
    let request = Request::filed("mon 10:00").ines_sends("mon 11:00");
    let request = request.then("mon 11:00:07", TicketEvent::TakenBack { message: MessageId(1) });
    assert_eq!(request.stands(), "running");
    assert_eq!(told(&request.clock()), ["mon 10:00 started under 1, due mon 18:00"]);
}

#[test]
fn frt_1_pressed_in_time_is_met_though_the_sweep_wrote_first() {
    let late =
        TicketEvent::Breached { target: crate::events::TargetKind::FirstResponse, cycle: 0, due: at("mon 18:00") };
    let request = Request::filed("mon 10:00").then("mon 18:00:01", late).ines_answers("mon 17:59:59");
    assert_eq!(request.stands(), "met by 1 at mon 17:59");
}
