//! FRT-2: what is a first response, and what never is.

use super::stage::*;
use crate::events::{ActorKind, Audience, Author, Because, Hand, Posted, State, TicketEvent};

type Edit = fn(&mut Posted);

fn as_template(posted: &mut Posted, acknowledgement: bool, edited: bool) {
    posted.hand = Hand::Template { acknowledgement, edited };
}

#[test]
fn frt_2_a_response_is_sent_by_a_member_of_staff_in_public_and_says_something() {
    let cases: [(&str, ActorKind, Edit, bool); 14] = [
        ("written", ActorKind::Person, |_| {}, true),
        ("template", ActorKind::Person, |it| as_template(it, false, false), true),
        ("edited template", ActorKind::Person, |it| as_template(it, false, true), true),
        ("acknowledgement", ActorKind::Person, |it| as_template(it, true, false), false),
        ("edited acknowledgement", ActorKind::Person, |it| as_template(it, true, true), true),
        ("drafted by a program, sent by a person", ActorKind::Person, |it| it.hand = Hand::Assisted, true),
        ("sent by a rule", ActorKind::Rule, |it| it.hand = Hand::Automatic, false),
        ("a rule that says it is written", ActorKind::Rule, |_| {}, false),
        ("a model", ActorKind::Model, |it| it.hand = Hand::Assisted, false),
        ("a bot", ActorKind::Bot, |_| {}, false),
        ("a key marked automation", ActorKind::Integration, |_| {}, false),
        ("a note", ActorKind::Person, |it| it.audience = Audience::Internal, false),
        ("nothing but a quote", ActorKind::Person, |it| it.substance = false, false),
        ("a machine", ActorKind::Person, |it| it.author = Author::Machine, false),
    ];
    for (what, by, edit, counts) in cases {
        let request = Request::filed("mon 10:00").posted("mon 11:00", by, edit);
        let expected = if counts { "met by 1 at mon 11:00" } else { "running" };
        assert_eq!(request.stands(), expected, "{what}");
    }
}

#[test]
fn frt_2_status_assignment_conversion_and_merging_are_no_response() {
    let request = Request::filed("mon 10:00")
        .state("mon 10:01", State::New, State::Open, Because::StaffDecided)
        .then("mon 10:02", TicketEvent::Assigned { from: None, to: Some(INES), away_until: None, shared: None })
        .converted("mon 10:03", "bug", "question")
        .then("mon 10:04", TicketEvent::ParticipantAdded { person: OMAR })
        .then("mon 10:05", TicketEvent::Absorbed { other: crate::ids::TicketId(9), clock: None })
        .state("mon 10:06", State::Open, State::Solved, Because::StaffDecided);
    assert_eq!((request.stands(), due(&request.clock())), ("running".to_owned(), "mon 18:00".to_owned()));
}

#[test]
fn frt_2_the_first_response_is_the_one_that_counts() {
    let request = Request::filed("mon 10:00").ines_answers("mon 11:00").ines_answers("mon 12:00");
    assert_eq!(request.stands(), "met by 1 at mon 11:00");
}

#[test]
fn frt_2_the_answer_that_counts_is_named_in_time_or_late_and_while_there_is_none_nobodys_is() {
    let answer =
        |request: Request| request.clock().standing.answer().map(|answer| (answer.message.0, shown(answer.at)));
    let filed = || Request::filed("mon 10:00");
    assert_eq!(answer(filed()), None);
    assert_eq!(answer(filed().ines_sends("mon 11:00")), None, "it is under way");
    assert_eq!(answer(filed().ines_answers("mon 11:00")), Some((1, "mon 11:00".to_owned())));
    assert_eq!(answer(filed().ines_answers("tue 11:00")), Some((1, "tue 11:00".to_owned())), "late");
}

#[test]
fn frt_2_a_ruling_takes_the_result_back_and_the_next_message_may_count() {
    let ruled = Request::filed("mon 10:00").ines_answers("mon 11:00").ruled_out("mon 15:00", 1);
    assert_eq!((ruled.stands(), due(&ruled.clock())), ("running".to_owned(), "mon 18:00".to_owned()));
    assert_eq!(
        told(&ruled.clock()),
        ["mon 10:00 started under 1, due mon 18:00", "mon 15:00 lost 1 of mon 11:00: Ruled"]
    );
    assert_eq!(ruled.clone().ines_answers("mon 16:00").stands(), "met by 2 at mon 16:00");
    let late =
        Request::filed("mon 10:00").ines_answers("mon 11:00").ines_answers("tue 09:00").ruled_out("tue 10:00", 1);
    assert_eq!(late.stands(), "late from mon 18:00, answered by 2 at tue 09:00");
}
