//! A world of many is what the verbs would have made: the same courses are written as rows on one desk and acted out by
//! verbs on another, and both keep the same, number for number.

use std::{collections::BTreeMap, sync::Arc};

use desk::{
    Actor, Desk,
    actor::Signed,
    tickets::{Answer, Assignment, StateChange, answer, assign, change_state, reply},
};
use rules::{
    events::State,
    ids::{PersonId, TicketId},
    instant::Instant,
};
use store::{Place, Store, bulk::Whole};
use world::{
    Stage,
    bulk::{Course, Script, Step, beginning, fill},
    file, text,
};

use crate::stage::{Carrier, apply, settings};

const UNTIL: &str = "2026-11-19T14:20:00.123456Z";

/// A desk at the beginning of a world, with its policy.
async fn begun(policy: &str) -> (Desk, Stage, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_unsynced(&Place::Folder(folder.path().to_owned())).await.unwrap();
    let stage = Stage::new(beginning(UNTIL.parse().unwrap()), 1, Arc::new(Carrier));
    let desk = stage.desk(store, settings());
    apply(&desk, policy).await;
    (desk, stage, folder)
}

async fn act(desk: &Desk, (course, filed): (&Course, &mut Option<TicketId>), step: &Step) {
    let person = match step {
        Step::File(_) | Step::Answer(_) => course.customer.person,
        Step::Take | Step::Reply { .. } | Step::HandOver => course.agent,
    };
    let actor = Actor::Person(Box::new(Signed::read(desk.store.read(), person).await.unwrap()));
    if let Step::File(filing) = step {
        *filed = Some(file(desk, &actor, (**filing).clone()).await.unwrap());
        return;
    }
    let id = filed.expect("a course begins with its filing");
    match step {
        Step::File(_) => {}
        Step::Take => assign(desk, &actor, id, Assignment { to: Some(person) }).await.unwrap(),
        Step::Reply { body, after } => {
            reply(desk, &actor, id, Answer { text: text(body), after: *after }).await.unwrap();
        }
        Step::Answer(body) => {
            answer(desk, &actor, id, text(body)).await.unwrap();
        }
        Step::HandOver => {
            let change = StateChange { to: State::WithDevelopers, reason: String::new() };
            change_state(desk, &actor, id, change).await.unwrap();
        }
    }
}

/// Acts everything out in the order of time; the numbers of the requests, in the order of their courses.
async fn act_out(desk: &Desk, stage: &Stage, script: &Script) {
    let courses: Vec<Course> = (0..script.batches()).flat_map(|batch| script.courses(batch)).collect();
    let mut agenda: Vec<(Instant, usize, &Step)> = courses
        .iter()
        .enumerate()
        .flat_map(|(at, course)| course.steps.iter().map(move |(when, step)| (*when, at, step)))
        .collect();
    agenda.sort_by_key(|(when, at, _)| (*when, *at));
    let mut filed: BTreeMap<usize, Option<TicketId>> = BTreeMap::new();
    for (when, at, step) in agenda {
        stage.pass_until(desk, when).await.unwrap();
        act(desk, (&courses[at], filed.entry(at).or_default()), step).await;
    }
    stage.pass_until(desk, script.until()).await.unwrap();
}

/// What is compared: everything but how a mail looks, which the bulk does not compose.
fn comparable(mut whole: Whole) -> String {
    for mail in &mut whole.mails {
        (mail.bytes, mail.answer) = (None, None);
        (mail.sender, mail.subject) = (String::new(), String::new());
    }
    format!("{whole:#?}")
}

async fn both_ways(policy: &str, requests: usize) -> Vec<Whole> {
    let until: Instant = UNTIL.parse().unwrap();
    let (bulk, _, _folder) = begun(policy).await;
    fill(&bulk, until, requests, |_| {}).await.unwrap();
    let (acted, stage, _other) = begun(policy).await;
    let script = Script::write(&acted, until, requests).await.unwrap();
    act_out(&acted, &stage, &script).await;
    let mut all = Vec::new();
    for id in (1..).map(TicketId).take(requests) {
        let (left, right) = (
            store::bulk::read(bulk.store.read(), id).await.unwrap(),
            store::bulk::read(acted.store.read(), id).await.unwrap(),
        );
        let (told, by_verbs) = (comparable(left.clone()), comparable(right));
        if told != by_verbs {
            let at = told.lines().zip(by_verbs.lines()).position(|(a, b)| a != b).unwrap_or(0);
            let around = |text: &str| text.lines().skip(at.saturating_sub(12)).take(24).collect::<Vec<_>>().join("\n");
            panic!("request {id} differs.\nin bulk:\n{}\nby verbs:\n{}", around(&told), around(&by_verbs));
        }
        all.push(left);
    }
    assert_eq!(store::upcoming(bulk.store.read()).await.unwrap(), store::upcoming(acted.store.read()).await.unwrap());
    all
}

#[tokio::test]
async fn a_thousand_in_bulk_are_a_thousand_by_verbs() {
    let all = both_ways(include_str!("../../../../policies/allure-testops.toml"), 1_000).await;
    let share = |is: &dyn Fn(&Whole) -> bool| all.iter().filter(|whole| is(whole)).count();
    assert!(share(&|it| it.ticket.state == State::Closed) > 700, "most are closed");
    assert!(share(&|it| it.ticket.queue.is_some()) > 80, "many need an answer");
    assert!(share(&|it| it.clocks.iter().any(|clock| clock.standing == "breached")) > 30, "some were late");
    assert!(share(&|it| it.messages.len() == 3) > 850, "nearly all have three messages");
    let people: std::collections::BTreeSet<PersonId> = all.iter().map(|it| it.ticket.requester).collect();
    assert!(people.len() > 100, "{} people asked", people.len());
}

/// A policy with other clocks: of later answers, and of hours of its own.
#[tokio::test]
async fn another_vendors_requests_are_the_same_both_ways() {
    both_ways(include_str!("../../../../policies/larkspur.toml"), 200).await;
}
