//! FRT-8: which first responses are cases of the figures, and how long each took.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::stage::*;
use crate::{
    events::{Because, Carried, State, TicketEvent},
    ids::TicketId,
    sla::{nearest_rank, worked},
};

fn minutes(request: &Request) -> Vec<Option<i64>> {
    request.clocks().iter().map(|clock| worked(clock, &Book).map(|worked| worked.as_mins())).collect()
}

#[test]
fn frt_8_a_response_took_the_working_time_from_filing_to_the_press_of_send() {
    let answered = Request::filed("fri 17:00").ines_answers("+mon 09:30");
    assert_eq!(minutes(&answered), [Some(150)], "the weekend is nobody's time");
    assert_eq!(minutes(&Request::filed("mon 10:00")), [None]);
    assert_eq!(minutes(&Request::filed("mon 10:00").ines_answers("+mon 10:00")), [Some(3000)], "late ones count too");
}

#[test]
fn frt_8_feature_requests_and_reopened_cycles_are_no_cases() {
    assert_eq!(minutes(&Request::filed_as("mon 10:00", "feature", "low").ines_answers("mon 11:00")), []);
    let reopened = Request::filed("mon 10:00")
        .ines_answers("mon 11:00")
        .state("mon 11:00", State::Open, State::Solved, Because::StaffDecided)
        .dana_writes("tue 10:00")
        .ines_answers("tue 12:00");
    assert_eq!(minutes(&reopened), [Some(60), None]);
}

#[test]
fn frt_8_what_is_no_response_after_all_is_no_case() {
    let answered = Request::filed("mon 10:00").ines_answers("mon 11:00");
    assert_eq!(minutes(&answered.clone().ruled_out("mon 12:00", 1)), [None]);
    assert_eq!(minutes(&answered.clone().bounces("mon 12:00", 1)), [None]);
    assert_eq!(minutes(&answered.bounces("mon 12:00", 1).ines_answers("mon 13:00")), [Some(180)]);
}

#[test]
fn frt_8_a_feature_request_that_became_a_bug_report_is_a_case_from_then_on() {
    let converted = Request::filed_as("mon 10:00", "feature", "low")
        .converted("tue 10:00", "feature", "bug")
        .ines_answers("tue 11:30");
    assert_eq!(minutes(&converted), [Some(90)]);
}

#[test]
fn frt_8_a_merged_clock_is_a_case_where_it_went() {
    let carried = Carried {
        requester: DANA,
        started: at("mon 09:00"),
        due: Some(at("mon 17:00")),
        request_type: "bug".into(),
        priority: "medium".into(),
        terms: FIRST,
    };
    let survivor = Request::filed("mon 10:00")
        .then("mon 10:30", TicketEvent::Absorbed { other: TicketId(7), clock: Some(carried) })
        .ines_answers("mon 11:00");
    assert_eq!(minutes(&survivor), [Some(60), Some(120)]);
    let merged_away = Request::filed("mon 09:00").then("mon 10:30", TicketEvent::MergedInto { survivor: TicketId(1) });
    assert_eq!(minutes(&merged_away), [None]);
}

proptest! {
    #[test]
    fn frt_8_a_rank_is_one_of_the_values_and_so_many_are_not_above_it(
        values in proptest::collection::vec(0_i64..100_000, 1..200),
        percent in 1_u8..=100,
    ) {
        let mut lengths: Vec<_> = values.iter().map(|n| SignedDuration::from_secs(*n)).collect();
        let found = nearest_rank(&mut lengths, percent).expect("there are values").as_secs();
        let below = values.iter().filter(|value| **value < found).count();
        let up_to = values.iter().filter(|value| **value <= found).count();
        let wanted = values.len() * usize::from(percent);
        prop_assert!(up_to * 100 >= wanted && below * 100 < wanted);
        prop_assert_eq!(nearest_rank(&mut [], percent), None);
    }
}
