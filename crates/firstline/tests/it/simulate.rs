//! A policy is tried on what happened (POL-4): what it would have found late, and who may read of it.

use std::sync::Mutex;

use desk::{
    Actor,
    sla::{NewTrial, NotTried, Progress, Simulated, simulate},
};
use jiff::{SignedDuration, civil::date};
use rules::sla::{Group, Tally};
use testkit::{Scene, on_both};

pub(crate) const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

async fn tried(scene: &Scene, actor: &Actor, target: &str) -> Simulated {
    let source = REFERENCE.replace("8 working hours", target);
    simulate(&scene.desk, actor, NewTrial { source, since: date(2026, 11, 16) }, 2, &|_| {}).await.unwrap()
}

fn rows(simulated: Simulated) -> Vec<(Group, Tally)> {
    Vec::from(simulated.compared)
}

/// A question that was answered after one hour, one after five, and one after the time was over.
async fn three_questions(scene: &Scene) -> [rules::ids::TicketId; 3] {
    let mut filed = vec![];
    for after in [1, 5, 9] {
        scene.at(&format!("2026-11-{}T08:00:00Z", 15 + after)).await;
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.advance(hours(after)).await;
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        filed.push(ticket);
    }
    scene.advance(hours(1)).await;
    filed.try_into().unwrap()
}

on_both! {
    async fn pol_4_half_the_time_finds_more_late_and_twice_the_time_less(scene) {
        let [_, second, third] = three_questions(&scene).await;
        let feature = scene.files(&scene.dana().await, "feature", "Tags with a dot").await;

        let half = tried(&scene, &Actor::DESK, "4 working hours").await;
        assert_eq!((half.requests, half.compared.cases()), (4, 3), "{feature} has no target");
        let [(group, tally)] = <[_; 1]>::try_from(rows(half)).unwrap();
        assert_eq!((group.request_type.as_str(), group.priority.as_str()), ("question", "low"));
        assert_eq!((tally.newly_late, tally.still_late, tally.spared), (vec![second], vec![third], vec![]));

        let [(_, tally)] = <[_; 1]>::try_from(rows(tried(&scene, &Actor::DESK, "16 working hours").await)).unwrap();
        assert_eq!((tally.newly_late, tally.still_late, tally.spared), (vec![], vec![], vec![third]));
        let [(_, tally)] = <[_; 1]>::try_from(rows(tried(&scene, &Actor::DESK, "8 working hours").await)).unwrap();
        assert!(!tally.is_changed() && tally.still_late == [third], "the policy in force finds what was: {tally:?}");
    }

    async fn pol_4_only_what_was_filed_since_is_tried_and_it_says_how_far_it_is(scene) {
        three_questions(&scene).await;
        let told = Mutex::new(vec![]);
        let since = date(2026, 11, 20);
        let new = NewTrial { source: REFERENCE.to_owned(), since };
        let tell = |Progress { done, total }: Progress| told.lock().unwrap().push((done, total));
        let tried = simulate(&scene.desk, &Actor::DESK, new, 2, &tell).await.unwrap();
        assert_eq!((tried.requests, told.into_inner().unwrap()), (2, vec![(0, 2), (2, 2)]));
        let new = NewTrial { source: "language = 1".to_owned(), since };
        let faulty = simulate(&scene.desk, &Actor::DESK, new, 2, &|_| {}).await;
        assert!(matches!(faulty, Err(NotTried::Faulty(faults)) if !faults.is_empty()));
    }

    async fn pol_4_staff_try_it_on_what_they_see_and_customers_not_at_all(scene) {
        let dana = scene.dana().await;
        scene.files(&dana, "security", "Tokens in the log").await;
        scene.files(&dana, "question", "Which role may only read?").await;
        assert_eq!(tried(&scene, &Actor::DESK, "4 working hours").await.requests, 2);
        assert_eq!(tried(&scene, &scene.ines().await, "4 working hours").await.requests, 1);
        let new = NewTrial { source: REFERENCE.to_owned(), since: date(2026, 11, 16) };
        let refused = simulate(&scene.desk, &dana, new, 1, &|_| {}).await;
        assert!(matches!(refused, Err(NotTried::Error(desk::Error::NotFound))));
    }
}
