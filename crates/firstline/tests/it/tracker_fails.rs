//! The tracker is away, refuses, loses its answers or asks to wait, and the desk is killed in between: nothing is done twice, and staff see
//! what is wrong (BUG-5).

use desk::tracker::{self, NewComment, ToSet};
use firstline::config::OutgoingConfig;
use jiff::SignedDuration;
use rules::{
    bugs::Step,
    tracker::{Fault, TrackerRefusal, Waits},
};
use testkit::{Browser, Scene, on_both};

use crate::{
    github::{Fails, GitHub, PLACE, TOKEN},
    tracker::{ada, bug, life, mirrored, set_up, shown, step, v, waits},
};

async fn parked(scene: &Scene) -> usize {
    let all = store::jobs::parked(scene.desk.store.read(), 100).await.unwrap();
    all.iter().filter(|it| it.kind == "tracker").count()
}

async fn fault(scene: &Scene, bug: rules::ids::BugId) -> Option<Fault> {
    shown(scene, bug).await.link.unwrap().fault
}

on_both! {
    async fn bug_5_an_issue_whose_answer_was_lost_is_found_again(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        github.fails(&[Fails::Loses]);
        let bug = mirrored(&scene, "Exports lose a line").await;
        assert_eq!((github.issues().len(), shown(&scene, bug).await.link.unwrap().issue), (1, None));
        assert!(matches!(fault(&scene, bug).await, Some(Fault::Away { .. })));
        scene.advance(SignedDuration::from_mins(2)).await;
        assert_eq!((github.issues().len(), shown(&scene, bug).await.link.unwrap().issue), (1, Some(1)), "no second one is made");
        assert_eq!(fault(&scene, bug).await, None);
        // The same of a comment.
        scene.advance(SignedDuration::from_mins(1)).await;
        github.at(scene.desk.now());
        github.fails(&[Fails::Not, Fails::Not, Fails::Loses]);
        let new = NewComment { body: "Once.".into(), public: false };
        tracker::comment(&scene.desk, &scene.theo().await, bug, new).await.unwrap();
        scene.settle().await;
        scene.advance(SignedDuration::from_mins(5)).await;
        assert_eq!((github.said(1).len(), shown(&scene, bug).await.comments.len()), (1, 1));
        // And of a change, which is what it is already.
        github.fails(&[Fails::Not, Fails::Not, Fails::Not, Fails::Loses]);
        step(&scene, bug, Step::Plan { version: v("5.13") }).await;
        scene.advance(SignedDuration::from_mins(5)).await;
        assert_eq!((github.stands(1), fault(&scene, bug).await), ("open - 5.13".to_owned(), None));
    }

    async fn bug_5_killed_between_sending_and_noting_it_goes_on_where_it_was(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = bug(&scene, "Exports lose a line").await;
        tracker::create(&scene.desk, &scene.theo().await, bug).await.unwrap();
        // What a worker leaves that died after the tracker had made the issue, and before it was noted.
        let tx = scene.desk.store.begin().await.unwrap();
        let now = scene.desk.now();
        assert!(store::tracker::claim(&tx, bug, (now, now.plus(SignedDuration::from_mins(3)))).await.unwrap());
        let mut link = store::tracker::link(&tx, bug).await.unwrap().unwrap();
        link.tried_at = Some(now);
        store::tracker::set_link(&tx, &link).await.unwrap();
        tx.commit().await.unwrap();
        let number = github.opens("Exports lose a line");
        github.marks(number, &format!("<!-- firstline BUG-{bug} https://help.desk.example -->"));
        scene.settle().await;
        assert_eq!(github.issues().len(), 1, "another worker waits for it");
        scene.advance(SignedDuration::from_mins(10)).await;
        assert_eq!((github.issues().len(), shown(&scene, bug).await.link.unwrap().issue), (1, Some(number)));
    }

    async fn bug_5_a_tracker_that_is_away_is_tried_again_and_one_that_asks_to_wait_is_not_asked_before(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        github.fails(&[Fails::With("502 Away\r\n"), Fails::Babbles, Fails::With("403 Slow\r\nretry-after: 3600\r\n")]);
        step(&scene, bug, Step::Plan { version: v("5.13") }).await;
        assert!(matches!(fault(&scene, bug).await, Some(Fault::Failing { status: 502, .. })));
        scene.advance(SignedDuration::from_secs(15)).await;
        assert!(matches!(fault(&scene, bug).await, Some(Fault::Unreadable { .. })));
        scene.advance(SignedDuration::from_secs(90)).await;
        assert!(matches!(fault(&scene, bug).await, Some(Fault::Limited { until: Some(_), .. })));
        github.heard();
        scene.advance(SignedDuration::from_mins(50)).await;
        assert_eq!(github.heard().len(), 0, "it asked to wait for an hour");
        scene.advance(SignedDuration::from_mins(15)).await;
        assert_eq!((github.stands(1), fault(&scene, bug).await, parked(&scene).await), ("open - 5.13".to_owned(), None, 0));
    }

    async fn bug_5_what_somebody_has_to_mend_is_set_aside_and_said(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        github.fails(&[Fails::With("401 No\r\n")]);
        step(&scene, bug, Step::Plan { version: v("5.13") }).await;
        assert!(matches!(fault(&scene, bug).await, Some(Fault::TokenUnknown { .. })));
        assert_eq!(parked(&scene).await, 1);
        github.heard();
        step(&scene, bug, Step::Start).await;
        assert_eq!((github.heard().len(), parked(&scene).await), (0, 1), "it would say the same");
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get(&format!("/desk/bugs/{bug}")).await.text();
        assert!(page.contains("does not know the token (401)") && page.contains("Try again"), "said where it is seen");
        assert_eq!(theo.post(&format!("/desk/bugs/{bug}/issue/again"), &[]).await.status, 303);
        scene.settle().await;
        assert_eq!((github.stands(1), fault(&scene, bug).await, parked(&scene).await), ("open - 5.13".to_owned(), None, 0));
        // A token that is given anew begins it again.
        github.fails(&[Fails::With("404 No\r\n")]);
        step(&scene, bug, Step::Unplan).await;
        assert!(matches!(fault(&scene, bug).await, Some(Fault::NotThere { .. })));
        let again = ToSet { base_url: github.base_url(), repository: PLACE.into(), token: TOKEN.into() };
        assert_eq!(tracker::set(&scene.desk, &ada(&scene).await, &again).await.unwrap(), None, "the secret stays");
        scene.settle().await;
        assert_eq!((github.stands(1), fault(&scene, bug).await, parked(&scene).await), ("open - -".to_owned(), None, 0));
        // One that answers well and does nothing is found out.
        github.ignores_changes(true);
        step(&scene, bug, Step::Plan { version: v("5.13") }).await;
        assert_eq!((waits(&scene, bug).await, life(&scene, bug).await.state.planned()), (Some(Waits::NotTaken), Some(&v("5.13"))));
    }

    async fn bug_5_a_private_address_is_not_reached_and_the_token_goes_nowhere_else(scene) {
        let github = GitHub::open().await;
        let mut scene = github.beside(scene);
        set_up(&scene, &github).await;
        let ada = ada(&scene).await;
        assert_eq!(tracker::try_out(&scene.desk, &ada).await.unwrap().unwrap().name, PLACE);
        let elsewhere = ToSet { base_url: "https://tracker.example".into(), repository: PLACE.into(), token: String::new() };
        let why = tracker::set(&scene.desk, &ada, &elsewhere).await;
        assert!(matches!(why, Err(desk::Error::Refused(rules::refusal::Refusal::Tracker(TrackerRefusal::TokenForOtherHost)))));
        let wrong = ToSet { base_url: github.base_url(), repository: PLACE.into(), token: "another".into() };
        tracker::set(&scene.desk, &ada, &wrong).await.unwrap();
        assert!(matches!(tracker::try_out(&scene.desk, &ada).await.unwrap(), Err(Fault::TokenUnknown { .. })));
        let there = github.base_url();
        let there = there.as_str();
        for (base_url, repository, token) in [("http://x.example", PLACE, "t"), (there, "acme", "t"), (there, PLACE, "a b")] {
            let new = ToSet { base_url: base_url.into(), repository: repository.into(), token: token.into() };
            assert!(tracker::set(&scene.desk, &ada, &new).await.is_err(), "{base_url} {repository} {token}");
        }
        assert!(tracker::standing(&scene.desk, &scene.theo().await).await.is_err(), "administrators alone");
        let config = OutgoingConfig { networks: vec![], ..github.config() };
        scene.desk = github.reached_by(scene.desk.clone(), &config);
        github.heard();
        assert!(matches!(tracker::try_out(&scene.desk, &ada).await.unwrap(), Err(Fault::Private { .. })));
        assert_eq!(github.heard().len(), 0, "nothing was sent");
    }

    async fn bug_5_a_call_that_never_came_is_made_good_for_within_the_hour(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        github.at(scene.desk.now());
        for n in 0..70 {
            github.opens(&format!("Of no bug {n}"));
        }
        github.sets(1, "open", Some("5.13"));
        scene.advance(SignedDuration::from_hours(1)).await;
        tracker::keep_up(&scene.desk).await.unwrap();
        scene.settle().await;
        assert_eq!(life(&scene, bug).await.state.planned(), Some(&v("5.13")), "behind two pages of others");
        github.heard();
        tracker::keep_up(&scene.desk).await.unwrap();
        scene.settle().await;
        assert_eq!(github.heard().len(), 0, "not before an hour has passed");
    }
}
