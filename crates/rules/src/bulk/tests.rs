//! Acts and reasons are kept as values and read again; states are those of the table of steps.

use super::{Act, Kind, STATES, Was, Why, Within};
use crate::{
    access::Action,
    events::{Because, State, TicketEvent},
    ids::{PersonId, TeamId},
    refusal::{Fault, FieldFault, Refusal},
    tickets::{AfterReply, Mover, STATES as ALL, may_step},
};

#[test]
fn every_act_is_known_by_its_name_and_changes_what_its_event_says() {
    for kind in Kind::ALL {
        assert_eq!(Kind::read(kind.name()), Some(kind));
    }
    assert_eq!(Kind::read("delete"), None);
    let acts = [
        Act::Assign { to: None },
        Act::Team { to: Some(TeamId(2)), within: Within::Of { person: Some(PersonId(4)) } },
        Act::Priority { to: "high".into() },
        Act::State { to: State::Solved },
        Act::Note,
        Act::Reply { after: AfterReply::Wait, template: None },
    ];
    for (act, kind) in acts.into_iter().zip(Kind::ALL) {
        assert_eq!(act.kind(), kind);
        let kept = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&kept).unwrap(), act, "{kept}");
    }
}

#[test]
fn what_a_job_changed_goes_back_to_what_the_event_says_it_was() {
    let ines = PersonId(4);
    let assigned = TicketEvent::Assigned { from: Some(ines), to: None, away_until: None, shared: None };
    let was = Was::of(Kind::Assign, &[&assigned], None).unwrap();
    assert_eq!(was.back(), Act::Assign { to: Some(ines) });
    assert_eq!(Was::of(Kind::State, &[&assigned], None), None);
    let solved = |from| TicketEvent::StateChanged { from, to: State::Solved, because: Because::StaffDecided };
    assert_eq!(
        Was::of(Kind::State, &[&solved(State::New)], None).unwrap().back(),
        Act::State { to: State::Open },
        "what was new has been looked at"
    );
    assert_eq!(
        Was::of(Kind::State, &[&solved(State::WithDevelopers)], None).unwrap().back(),
        Act::State { to: State::WithDevelopers }
    );
}

#[test]
fn a_request_goes_back_to_its_team_and_to_whom_it_had_where_that_changed_with_it() {
    let (ines, old, new) = (PersonId(4), Some(TeamId(1)), Some(TeamId(2)));
    let moved = TicketEvent::TeamSet { from: old, to: new };
    let given = TicketEvent::Assigned { from: Some(ines), to: None, away_until: None, shared: None };
    let back = |events: &[&TicketEvent]| Was::of(Kind::Team, events, new).map(|was| was.back());
    assert_eq!(back(&[&moved]), Some(Act::Team { to: old, within: Within::Keep }));
    let whose = Within::Of { person: Some(ines) };
    assert_eq!(back(&[&moved, &given]), Some(Act::Team { to: old, within: whose }));
    assert_eq!(back(&[&given]), Some(Act::Team { to: new, within: whose }), "its team stayed");
    assert_eq!(back(&[]), None);
    let kept = Was::Team { team: None, within: whose };
    assert_eq!(serde_json::from_str::<Was>(&serde_json::to_string(&kept).unwrap()).unwrap(), kept);
    assert!(!Act::Team { to: old, within: Within::Keep }.events().contains(&"ticket.assigned"));
    assert!(Act::Team { to: old, within: whose }.events().contains(&"ticket.assigned"));
}

#[test]
fn each_state_that_is_offered_is_one_that_staff_reach_by_themselves_and_no_other_is_left_out() {
    for to in ALL {
        let reached = ALL.iter().any(|from| may_step(*from, to, Mover::Staff, Because::StaffDecided).is_ok());
        assert_eq!(STATES.contains(&to), reached, "{to:?}");
    }
}

#[test]
fn a_refusal_is_kept_as_a_value_and_said_again_as_it_was() {
    let refusals = [
        Refusal::MayNot { action: Action::Assign },
        Refusal::StateStep { from: State::Closed, to: State::Open },
        Refusal::PriorityBarred { request_type: "bug".into(), priority: "urgent".into() },
        Refusal::PriorityOutOfRange { request_type: "bug".into(), wish: "urgent".into(), highest: "high".into() },
        Refusal::ReasonMissing,
    ];
    for refusal in refusals {
        let why = Why::of(&refusal);
        let kept: Why = serde_json::from_str(&serde_json::to_string(&why).unwrap()).unwrap();
        assert_eq!(kept.refusal(), Some(refusal));
    }
    let late = FieldFault { field: "body".into(), fault: Fault::WrittenMeanwhile { name: "Theo".into() } };
    assert_eq!(Why::of_form(&[late]), Why::WrittenSince);
    assert_eq!(Why::of_form(&[FieldFault { field: "body".into(), fault: Fault::Missing }]), Why::Rule);
    assert_eq!(Why::of(&Refusal::HoldOver).refusal(), None);
}
