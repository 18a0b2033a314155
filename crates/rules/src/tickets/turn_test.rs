//! Whose turn it is after each thing that happens (TRN-1).

use super::*;
use crate::{
    events::{
        ActorKind, Audience, Author, Because, Carried, Channel, ClockFrom, Hand, Opened, Posted, State, TicketEvent,
    },
    ids::{MessageId, PersonId, TicketId},
    sla::stage::{FIRST, OMAR, Request, at, opened, shown},
};

/// `ours since mon 10:00`.
fn whose(request: &Request) -> String {
    let turn = turn(&request.history, &request.clocks()).expect("it was opened");
    let whose = match turn.whose {
        Whose::Ours => "ours",
        Whose::Theirs => "theirs",
    };
    format!("{whose} since {}", shown(turn.since))
}

fn acknowledged(request: Request, when: &str) -> Request {
    request.posted(when, ActorKind::Person, |it| {
        it.hand = Hand::Template { acknowledgement: true, edited: false };
    })
}

#[test]
fn trn_1_an_unanswered_customer_message_makes_it_ours_since_the_first() {
    let request = Request::filed("mon 10:00");
    assert_eq!(whose(&request), "ours since mon 10:00");
    let request = request.dana_writes("mon 10:30").ines_answers("mon 11:00");
    assert_eq!(whose(&request), "theirs since mon 11:00");
    let request = request.ines_answers("mon 11:30").dana_writes("tue 09:00").dana_writes("tue 10:00");
    assert_eq!(whose(&request), "ours since tue 09:00");
    assert_eq!(turn(&[], &[]), None);
}

#[test]
fn trn_1_what_staff_file_is_theirs_until_the_customer_writes() {
    let opened = Opened { clock_from: ClockFrom::FirstCustomerMessage, ..opened() };
    let request = Request::opened("mon 10:00", opened);
    assert_eq!(whose(&request), "theirs since mon 10:00");
    assert_eq!(whose(&request.dana_writes("tue 09:00")), "ours since tue 09:00");
}

#[test]
fn trn_1_a_message_after_which_the_first_response_clock_still_runs_leaves_it_ours() {
    let request = acknowledged(Request::filed("mon 10:00"), "mon 10:30");
    assert_eq!(whose(&request), "ours since mon 10:00");
    let answered = request.ines_answers("mon 11:00").dana_writes("mon 12:00");
    assert_eq!(whose(&acknowledged(answered, "mon 12:30")), "theirs since mon 12:30");
    let feature = Request::filed_as("mon 10:00", "feature", "low");
    assert_eq!(whose(&acknowledged(feature, "mon 10:30")), "theirs since mon 10:30");
}

#[test]
fn trn_1_a_refused_delivery_leaves_it_ours() {
    let request = Request::filed("mon 10:00").ines_sends("mon 11:00");
    assert_eq!(whose(&request), "theirs since mon 11:00");
    assert_eq!(whose(&request.clone().refused("mon 11:05", 1)), "ours since mon 10:00");
    assert_eq!(whose(&request.arrives("mon 11:05", 1).bounces("mon 12:00", 1)), "ours since mon 10:00");
    let second = Request::filed("mon 10:00").ines_answers("mon 11:00").ines_sends("mon 12:00");
    assert_eq!(whose(&second.clone().refused("mon 12:05", 2)), "ours since mon 12:05");
    assert_eq!(whose(&second.arrives("mon 12:01", 2).bounces("tue 09:00", 1)), "theirs since mon 12:00");
}

#[test]
fn trn_1_what_arrives_after_it_had_failed_makes_it_theirs_from_then_on() {
    let failed = Request::filed("mon 10:00").ines_sends("mon 11:00").refused("mon 11:05", 1);
    assert_eq!(whose(&failed.clone().arrives("mon 15:00", 1)), "theirs since mon 15:00");
    // What the customer wrote since waits for an answer of its own.
    let asked = failed.dana_writes("mon 12:00").arrives("mon 15:00", 1);
    assert_eq!(whose(&asked), "ours since mon 10:00");
    let second = Request::filed("mon 10:00").ines_answers("mon 11:00").ines_sends("mon 12:00").refused("mon 12:05", 2);
    assert_eq!(whose(&second.arrives("mon 15:00", 2)), "theirs since mon 15:00");
}

#[test]
fn trn_1_sent_too_late_is_theirs_as_well() {
    assert_eq!(whose(&Request::filed("mon 10:00").ines_sends("wed 09:00")), "theirs since wed 09:00");
}

#[test]
fn trn_1_a_ruling_makes_it_ours_again() {
    let request = Request::filed("mon 10:00").ines_answers("mon 11:00").ruled_out("mon 12:00", 1);
    assert_eq!(whose(&request), "ours since mon 10:00");
}

#[test]
fn trn_1_notes_and_automation_change_nothing() {
    let ours = Request::filed("mon 10:00").ines_answers("mon 10:30").dana_writes("mon 11:00");
    let theirs = Request::filed("mon 10:00").ines_answers("mon 10:30");
    for (request, expected) in [(ours, "ours since mon 11:00"), (theirs, "theirs since mon 10:30")] {
        let noted = request
            .posted("mon 12:00", ActorKind::Person, |it| it.audience = Audience::Internal)
            .posted("mon 12:01", ActorKind::Rule, |it| it.hand = Hand::Automatic)
            .posted("mon 12:02", ActorKind::Rule, |it| it.author = Author::Machine)
            .posted("mon 12:03", ActorKind::Person, |it| {
                (it.author, it.hand) = (Author::Customer(OMAR), Hand::Automatic);
            })
            .then("mon 12:04", TicketEvent::Assigned { from: None, to: None, away_until: None, shared: None })
            .state("mon 12:05", State::Open, State::WaitingForCustomer, Because::StaffDecided);
        assert_eq!(whose(&noted), expected);
    }
}

#[test]
fn trn_1_a_merged_request_that_waits_makes_its_survivor_ours() {
    let clock = Carried {
        requester: OMAR,
        started: at("mon 10:15"),
        due: Some(at("mon 18:00")),
        request_type: "bug".into(),
        priority: "medium".into(),
        terms: FIRST,
    };
    let request = Request::filed("mon 10:00").ines_answers("mon 10:30");
    let request = request.then("mon 11:00", TicketEvent::Absorbed { other: TicketId(7), clock: Some(clock) });
    assert_eq!(whose(&request), "ours since mon 10:15");
}

/// A request of Omar's, filed at an instant and merged into this one at another while nobody had answered it.
fn absorbs(request: Request, started: &str, when: &str) -> Request {
    let clock = Carried {
        requester: OMAR,
        started: at(started),
        due: Some(at("mon 18:00")),
        request_type: "bug".into(),
        priority: "medium".into(),
        terms: FIRST,
    };
    request.then(when, TicketEvent::Absorbed { other: TicketId(7), clock: Some(clock) })
}

#[test]
fn trn_1_of_two_merged_requests_that_wait_the_one_that_waits_longer_counts() {
    let filed = || Request::filed("mon 10:00");
    assert_eq!(whose(&absorbs(filed(), "mon 10:15", "mon 11:00")), "ours since mon 10:00");
    assert_eq!(whose(&absorbs(filed(), "mon 09:45", "mon 11:00")), "ours since mon 09:45");
    let written = filed().ines_answers("mon 10:30").dana_writes("tue 09:00");
    assert_eq!(whose(&absorbs(written, "mon 10:15", "tue 10:00")), "ours since mon 10:15");
}

#[test]
fn trn_1_a_bounce_of_our_last_word_makes_it_ours_since_then() {
    let sent = Request::filed("mon 10:00").ines_answers("mon 11:00").ines_sends("mon 12:00").arrives("mon 12:01", 2);
    assert_eq!(whose(&sent), "theirs since mon 11:00");
    assert_eq!(whose(&sent.bounces("tue 09:00", 2)), "ours since tue 09:00");
}

#[test]
fn trn_1_only_a_first_response_that_is_owed_keeps_it_ours() {
    let written = Request::on_plan("mon 08:00", "vip").ines_answers("mon 09:00").dana_writes("mon 10:00");
    assert_eq!(written.clocks().len(), 2, "a next response is owed");
    assert_eq!(whose(&acknowledged(written, "mon 10:30")), "theirs since mon 10:30");
}

#[test]
fn trn_1_an_acknowledgement_under_way_is_no_answer_on_its_way() {
    let posted = Posted {
        message: MessageId(1),
        author: Author::Staff(PersonId(77)),
        audience: Audience::Public,
        hand: Hand::Template { acknowledgement: true, edited: false },
        channel: Channel::Desk,
        substance: true,
        missing: vec![],
        bulk: None,
    };
    let request = Request::filed("mon 10:00").then("mon 10:30", TicketEvent::Posted(posted));
    assert_eq!(whose(&request), "ours since mon 10:00");
}
