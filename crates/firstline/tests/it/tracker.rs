//! Bugs mirrored with the issues of a tracker, both ways: made or linked, state and milestone, what is said here and there (BUG-5).

use desk::{
    Actor, Error,
    bugs::{self, NewBug, Says},
    tracker::{self, Decided, NewComment, Shown, ToSet},
};
use jiff::SignedDuration;
use rules::{
    bugs::{Refused, Severity, Source, Stage, Step},
    ids::BugId,
    refusal::Refusal,
    releases::Version,
    tracker::{Fault, TrackerRefusal, Waits},
};
use testkit::{Browser, Scene, on_both};

use crate::github::{GitHub, PLACE, TOKEN};

pub(crate) fn v(written: &str) -> Version {
    Version::read(written).unwrap()
}

pub(crate) async fn ada(scene: &Scene) -> Actor {
    scene.actor(scene.cast.ada()).await
}

/// Ada sets it up; the secret for its calls.
pub(crate) async fn set_up(scene: &Scene, github: &GitHub) -> String {
    let new = ToSet { base_url: github.base_url(), repository: PLACE.into(), token: TOKEN.into() };
    tracker::set(&scene.desk, &ada(scene).await, &new).await.unwrap().expect("a new one")
}

/// Theo files a bug and says that it is one.
pub(crate) async fn bug(scene: &Scene, title: &str) -> BugId {
    let says = Says { title: title.into(), about: "Only with **skipped** tests.".into(), ..Says::default() };
    let new = NewBug { says, severity: Severity::Major, source: Source::OwnTests, affected: None };
    let bug = bugs::file(&scene.desk, &scene.theo().await, new).await.unwrap();
    step(scene, bug, Step::Confirm).await;
    bug
}

pub(crate) async fn step(scene: &Scene, bug: BugId, step: Step) {
    bugs::step(&scene.desk, &scene.theo().await, bug, step).await.unwrap();
    scene.settle().await;
}

/// A bug with an issue that the desk made.
pub(crate) async fn mirrored(scene: &Scene, title: &str) -> BugId {
    let bug = bug(scene, title).await;
    tracker::create(&scene.desk, &scene.theo().await, bug).await.unwrap();
    scene.settle().await;
    bug
}

pub(crate) async fn shown(scene: &Scene, bug: BugId) -> Shown {
    tracker::show(&scene.desk, &scene.theo().await, bug).await.unwrap()
}

pub(crate) async fn life(scene: &Scene, id: BugId) -> rules::bugs::Bug {
    store::bugs::get(scene.desk.store.read(), id).await.unwrap().life
}

pub(crate) async fn waits(scene: &Scene, bug: BugId) -> Option<Waits> {
    shown(scene, bug).await.link.unwrap().waits
}

/// A minute passes on both sides, and the tracker's changes are read.
pub(crate) async fn looks(scene: &Scene, github: &GitHub) {
    scene.advance(SignedDuration::from_mins(1)).await;
    tracker::read_now(&scene.desk, &ada(scene).await).await.unwrap();
    scene.settle().await;
    github.at(scene.desk.now());
}

/// A minute later somebody changes an issue there.
async fn minute(scene: &Scene, github: &GitHub) {
    scene.advance(SignedDuration::from_mins(1)).await;
    github.at(scene.desk.now());
}

fn refusal<T: std::fmt::Debug>(done: desk::Result<T>) -> TrackerRefusal {
    match done {
        Err(Error::Refused(Refusal::Tracker(why))) => why,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn bug_5_an_issue_is_made_of_a_bug_and_follows_it(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Attachments of skipped tests vanish").await;
        let issue = github.issue(1);
        assert_eq!(issue["title"], "Attachments of skipped tests vanish");
        let body = issue["body"].as_str().unwrap();
        assert!(body.starts_with("Only with **skipped** tests."), "{body}");
        assert!(body.contains(&format!("BUG-{bug} of the help desk: https://help.desk.example/desk/bugs/{bug}")), "{body}");
        let link = shown(&scene, bug).await.link.unwrap();
        assert_eq!((link.issue, link.url.as_str()), (Some(1), "https://github.example/acme/shop/issues/1"));
        step(&scene, bug, Step::Plan { version: v("5.13") }).await;
        assert_eq!(github.stands(1), "open - 5.13");
        step(&scene, bug, Step::Start).await;
        github.heard();
        step(&scene, bug, Step::Fix { version: v("5.13") }).await;
        assert_eq!(github.stands(1), "closed completed 5.13");
        assert_eq!(github.changes(), 1, "the milestone stands already");
        step(&scene, bug, Step::Unfix { version: v("5.13") }).await;
        assert_eq!(github.stands(1), "open - -");
        step(&scene, bug, Step::Refuse(Refused::WorksAsDocumented { link: "https://docs.example/x".into() })).await;
        assert_eq!(github.stands(1), "closed not_planned -");
        let said = github.said(1);
        assert!(said.len() == 1 && said[0].contains("https://docs.example/x") && said[0].starts_with("**Internal**"), "{said:?}");
        step(&scene, bug, Step::Reconsider).await;
        assert_eq!(github.stands(1), "open - -");
        github.heard();
        looks(&scene, &github).await;
        looks(&scene, &github).await;
        assert_eq!(github.changes(), 0, "what we sent ourselves changes nothing");
        assert_eq!((github.issues().len(), github.said(1).len()), (1, 1));
    }

    async fn bug_5_what_developers_do_with_the_issue_becomes_of_the_bug(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        minute(&scene, &github).await;
        github.sets(1, "open", Some("v5.13.0"));
        looks(&scene, &github).await;
        assert_eq!(life(&scene, bug).await.state.planned(), Some(&v("5.13")));
        github.sets(1, "completed", Some("v5.13.0"));
        github.heard();
        looks(&scene, &github).await;
        assert_eq!(life(&scene, bug).await.fixed_in(), [v("5.13")]);
        github.sets(1, "open", Some("v5.13.0"));
        looks(&scene, &github).await;
        let state = life(&scene, bug).await.state;
        assert_eq!((state.stage(), state.planned()), (Stage::Planned, Some(&v("5.13"))), "the fix that is not out is taken back");
        assert_eq!(github.changes(), 0, "nothing is sent back");
        let history = bugs::show(&scene.desk, &scene.theo().await, bug).await.unwrap().history;
        assert!(history.iter().any(|it| it.by.kind == rules::events::ActorKind::Integration), "a program did it");
    }

    async fn bug_5_what_the_tracker_alone_cannot_decide_waits_for_staff(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        minute(&scene, &github).await;
        github.sets(1, "completed", Some("Some day"));
        looks(&scene, &github).await;
        assert_eq!(waits(&scene, bug).await, Some(Waits::ClosedInNoVersion));
        assert_eq!(life(&scene, bug).await.state.stage(), Stage::Confirmed);
        let page = Browser::of(&scene, scene.cast.theo()).await.get(&format!("/desk/bugs/{bug}")).await.text();
        assert!(page.contains("closed in the tracker as done, in “Some day”") && page.contains("Have the tracker as it is here"));
        step(&scene, bug, Step::Fix { version: v("5.13") }).await;
        assert_eq!((github.stands(1), waits(&scene, bug).await), ("closed completed 5.13".to_owned(), None));
        minute(&scene, &github).await;
        github.sets(1, "not_planned", None);
        looks(&scene, &github).await;
        assert_eq!(waits(&scene, bug).await, Some(Waits::NotPlannedThere), "refuses nothing to customers");
        tracker::decide(&scene.desk, &scene.theo().await, bug, Decided::Insist).await.unwrap();
        scene.settle().await;
        assert_eq!((github.stands(1), waits(&scene, bug).await), ("closed completed 5.13".to_owned(), None));
        minute(&scene, &github).await;
        github.sets(1, "not_planned", None);
        looks(&scene, &github).await;
        tracker::decide(&scene.desk, &scene.theo().await, bug, Decided::Leave).await.unwrap();
        github.heard();
        looks(&scene, &github).await;
        assert_eq!((github.changes(), waits(&scene, bug).await), (0, None));
    }

    async fn bug_5_the_later_one_wins_where_both_changed(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let (ours, theirs) = (mirrored(&scene, "Ours is later").await, mirrored(&scene, "Theirs is later").await);
        minute(&scene, &github).await;
        github.sets(1, "not_planned", None);
        scene.advance(SignedDuration::from_secs(30)).await;
        let theo = scene.theo().await;
        bugs::step(&scene.desk, &theo, ours, Step::Plan { version: v("5.13") }).await.unwrap();
        bugs::step(&scene.desk, &theo, theirs, Step::Plan { version: v("5.14") }).await.unwrap();
        github.at(scene.desk.now().plus(SignedDuration::from_secs(30)));
        github.sets(2, "not_planned", None);
        scene.settle().await;
        assert_eq!((github.stands(1), waits(&scene, ours).await), ("open - 5.13".to_owned(), None));
        assert_eq!(github.stands(2), "closed not_planned -");
        assert_eq!(waits(&scene, theirs).await, Some(Waits::NotPlannedThere));
    }

    async fn bug_5_an_issue_that_there_is_is_linked_once(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        let (theo, issue) = (scene.theo().await, github.opens("Exports lose a line"));
        let (first, second) = (bug(&scene, "Exports lose a line").await, bug(&scene, "Another").await);
        let link = async |bug, written: &str| tracker::link(&scene.desk, &theo, bug, written).await;
        assert_eq!(refusal(link(first, "1").await), TrackerRefusal::NoTracker);
        set_up(&scene, &github).await;
        assert_eq!(refusal(link(first, "the first").await), TrackerRefusal::NoReference);
        let other = refusal(link(first, "https://github.com/acme/site/issues/1").await);
        assert_eq!(other, TrackerRefusal::OtherRepository { named: "acme/site".into(), ours: PLACE.into() });
        assert!(matches!(refusal(link(first, "#99").await), TrackerRefusal::Faulty(Fault::NotThere { .. })));
        github.sets(issue, "open", Some("5.13"));
        link(first, "https://github.example/acme/shop/issues/1").await.unwrap();
        scene.settle().await;
        assert_eq!(life(&scene, first).await.state.planned(), Some(&v("5.13")), "its milestone is the plan");
        assert_eq!(refusal(link(second, "#1").await), TrackerRefusal::OfAnother { bug: first });
        assert_eq!(refusal(link(first, "#1").await), TrackerRefusal::HasIssue);
        tracker::unlink(&scene.desk, &theo, first).await.unwrap();
        link(second, "1").await.unwrap();
        scene.settle().await;
        assert_eq!(github.issue(1)["title"], "Exports lose a line", "the tracker keeps its title");
        assert!(matches!(link(second, "1").await, Err(Error::Refused(_))));
        let ines = tracker::create(&scene.desk, &scene.ines().await, first).await;
        assert!(matches!(ines, Err(Error::Refused(Refusal::MayNot { .. }))));
        let dana = tracker::create(&scene.desk, &scene.dana().await, first).await;
        assert!(matches!(dana, Err(Error::NotFound)));
    }

    async fn bug_5_comments_cross_over_as_what_they_are(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        set_up(&scene, &github).await;
        let (bug, theo) = (bug(&scene, "Exports lose a line").await, scene.theo().await);
        let private = NewComment { body: "Acme waits for it.".into(), public: false };
        tracker::comment(&scene.desk, &theo, bug, private).await.unwrap();
        scene.advance(SignedDuration::from_mins(1)).await;
        tracker::create(&scene.desk, &theo, bug).await.unwrap();
        minute(&scene, &github).await;
        assert_eq!(github.said(1), [""; 0], "what was said to staff before stays with them");
        let first = github.says(1, "It needs a **skipped** setup.\n\n<script>alert(1)</script>");
        looks(&scene, &github).await;
        let comment = shown(&scene, bug).await.comments.remove(1);
        assert_eq!((comment.author.as_str(), comment.comment.public), ("octo", false), "internal until staff say otherwise");
        let page = Browser::of(&scene, scene.cast.theo()).await.get(&format!("/desk/bugs/{bug}")).await.text();
        assert!(page.contains("<strong>skipped</strong>") && !page.contains("<script>alert"));
        tracker::show_to_customers(&scene.desk, &theo, (bug, comment.comment.id), true).await.unwrap();
        assert_eq!(tracker::customers_read(&scene.desk, bug).await.unwrap().len(), 1);
        minute(&scene, &github).await;
        github.rewrites(first, "Something else.");
        github.says(1, "And more.");
        looks(&scene, &github).await;
        let now = shown(&scene, bug).await.comments;
        assert_eq!(now.iter().map(|it| it.comment.body.as_str()).collect::<Vec<_>>(), ["Acme waits for it.", "Something else.", "And more."]);
        assert!(tracker::customers_read(&scene.desk, bug).await.unwrap().is_empty(), "what changed is shown to nobody unread");
        let say = async |body: &str, public| {
            tracker::comment(&scene.desk, &theo, bug, NewComment { body: body.into(), public }).await.unwrap();
            scene.settle().await;
        };
        say("We look into it.", false).await;
        say("A way around is on the page.", true).await;
        let said = github.said(1);
        assert!(said[2].starts_with("**Internal**") && said[2].contains("We look into it."), "{said:?}");
        assert!(said[3].starts_with("**Public**") && said[3].contains("A way around"), "{said:?}");
        looks(&scene, &github).await;
        looks(&scene, &github).await;
        assert_eq!((github.said(1).len(), shown(&scene, bug).await.comments.len()), (4, 5), "none comes back");
    }
}
