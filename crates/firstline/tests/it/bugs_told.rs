//! "Your fix shipped" (BUG-4, BUG-7, ENT-2): who waits for a fix is told once where it stands, also where telling is cut off in its
//! middle.

use desk::{
    Actor, Run,
    bugs::{self, Accepted, Amended, StillThere},
    licences::{Given, give},
    releases::{self, ToPublish, ToWithdraw},
    tickets::{close, show},
};
use rules::{
    bugs::{Severity, Step},
    entitlement::Kind,
    events::{BugEvent, Event, State, TicketEvent},
    ids::{BugId, OrganisationId, TicketId},
    releases::Version,
};
use testkit::{Browser, Scene, on_both};

fn v(written: &str) -> Version {
    Version::read(written).unwrap()
}

async fn organisation(actor: &Actor) -> OrganisationId {
    actor.signed().unwrap().organisations[0].0
}

async fn licensed(scene: &Scene, organisation: OrganisationId, through: Option<jiff::civil::Date>) {
    let given = Given {
        organisation,
        external_key: None,
        edition: String::new(),
        deployment: None,
        plan: None,
        kind: Kind::Paid,
        seats: None,
        through,
    };
    give(&scene.desk, &Actor::DESK, given).await.unwrap();
    scene.settle().await;
}

/// A report of Dana's, who runs it on a server of her own.
async fn reports(scene: &Scene, subject: &str) -> TicketId {
    let ticket = scene.files(&scene.dana().await, "bug", subject).await;
    let tx = scene.desk.store.begin().await.unwrap();
    store::tickets::add_details(&tx, ticket, &[("deployment".into(), "server".to_owned())]).await.unwrap();
    tx.commit().await.unwrap();
    ticket
}

/// A report of Dana's that was answered and accepted; its bug is fixed for 99.1, which is not out.
async fn fixed(scene: &Scene) -> (TicketId, BugId) {
    let ticket = reports(scene, "Exports lose the last line").await;
    scene.replies(&scene.ines().await, ticket, "Thank you, we see it too.").await;
    let new = Accepted::New { title: "Exports lose a line".into(), severity: Severity::Major };
    let bug = bugs::accept(&scene.desk, &scene.ines().await, ticket, new).await.unwrap();
    for step in [Step::Confirm, Step::Fix { version: v("99.1") }] {
        bugs::step(&scene.desk, &scene.theo().await, bug, step).await.unwrap();
    }
    scene.advance(jiff::SignedDuration::from_secs(60)).await;
    scene.mail.take(&scene.cast.dana().address);
    (ticket, bug)
}

/// Customers find a page of it, and can follow it.
async fn public(scene: &Scene, bug: BugId) {
    let says = bugs::Says {
        title: "Exports lose a line".into(),
        public: true,
        said: "Exports lose their last line.".into(),
        ..bugs::Says::default()
    };
    let amended = Amended { says, severity: Severity::Major, affected: None };
    bugs::amend(&scene.desk, &scene.theo().await, bug, amended).await.unwrap();
}

async fn publishes(scene: &Scene, version: &str) {
    let new = ToPublish { version: version.into(), ..ToPublish::default() };
    releases::publish(&scene.desk, &scene.theo().await, &new, Run::Real).await.unwrap();
}

async fn state(scene: &Scene, ticket: TicketId) -> State {
    show(&scene.desk, &scene.ines().await, ticket).await.unwrap().ticket.state
}

on_both! {
    async fn bug_4_publishing_asks_to_confirm_and_tells_once(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (ticket, bug) = fixed(&scene).await;
        publishes(&scene, "99.1").await;
        scene.settle().await;
        assert_eq!(state(&scene, ticket).await, State::ToConfirm);
        let dana = scene.cast.dana().address.clone();
        assert_eq!(scene.mail.take(&dana), ["Fixed in 99.1, confirm 1"]);
        let seen = bugs::show(&scene.desk, &scene.theo().await, bug).await.unwrap();
        let telling = seen.telling.unwrap();
        assert_eq!((telling.people, telling.requests, telling.ended_at.is_some()), (1, 1, true));
        publishes(&scene, "99.2").await;
        scene.settle().await;
        assert!(scene.mail.take(&dana).is_empty(), "the next release is no news");
        let history = store::events::of_ticket(scene.desk.store.read(), ticket).await.unwrap();
        let posted = history.iter().filter(|it| matches!(it.event, Event::Ticket(_, TicketEvent::Posted(_))));
        assert_eq!(posted.count(), 1, "a notice is no message, and no response (FRT-2)");
        close(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert_eq!(state(&scene, ticket).await, State::Solved);
    }

    async fn bug_4_what_is_still_there_comes_back_with_its_version(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (ticket, _) = fixed(&scene).await;
        publishes(&scene, "99.1").await;
        scene.settle().await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = dana.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("It is still there") && page.contains("It works"), "{page}");
        let path = format!("/requests/{ticket}/still-there");
        let wrong = dana.post(&path, &[("version", "the new one"), ("text", "Still lost.")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("Still lost."), "what was typed stays");
        assert_eq!(dana.post(&path, &[("version", "99.1"), ("text", "Still lost.")]).await.status, 303);
        scene.settle().await;
        assert_eq!(state(&scene, ticket).await, State::Open);
        let details = store::tickets::details(scene.desk.store.read(), ticket).await.unwrap();
        assert!(details.iter().any(|(key, value)| key.as_str() == "version" && value == "99.1"), "{details:?}");
        let again = StillThere { version: "99.1".into(), text: world::text("Again.") };
        assert!(bugs::still_there(&scene.desk, &scene.dana().await, ticket, again).await.is_err());
    }

    async fn bug_4_who_was_not_answered_is_asked_once_they_are(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (_, bug) = fixed(&scene).await;
        let late = reports(&scene, "Lines are missing").await;
        bugs::accept(&scene.desk, &scene.ines().await, late, Accepted::Known(bug)).await.unwrap();
        publishes(&scene, "99.1").await;
        scene.settle().await;
        assert_eq!(state(&scene, late).await, State::New, "a program's word is no answer");
        scene.replies(&scene.ines().await, late, "It is fixed in the newest release.").await;
        assert_eq!(state(&scene, late).await, State::ToConfirm);
    }

    async fn bug_7_a_withdrawn_release_reopens_what_was_to_be_confirmed(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (ticket, _) = fixed(&scene).await;
        publishes(&scene, "99.1").await;
        scene.settle().await;
        close(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        let dana = scene.cast.dana().address.clone();
        scene.settle().await;
        scene.mail.take(&dana);
        let asked = ToWithdraw { version: "99.1".into(), why: "It loses results.".into(), instead: None };
        releases::withdraw(&scene.desk, &scene.theo().await, &asked, Run::Real).await.unwrap();
        scene.settle().await;
        assert_eq!(state(&scene, ticket).await, State::WithDevelopers, "a confirmed one too");
        assert_eq!(scene.mail.take(&dana), ["Taken back 99.1"]);
        let page = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("Its fix came with 99.1, which we took back."), "{page}");
        let bug = Browser::of(&scene, scene.cast.ines()).await.get("/desk/bugs/1").await.text();
        assert!(bug.contains("Fixed in 99.1, which was withdrawn."), "{bug}");
        publishes(&scene, "99.2").await;
        bugs::step(&scene.desk, &scene.theo().await, BugId(1), Step::Fix { version: v("99.2") }).await.unwrap();
        scene.settle().await;
        assert_eq!((state(&scene, ticket).await, scene.mail.take(&dana)), (
            State::ToConfirm,
            vec!["Fixed in 99.2, confirm 1".to_owned()],
        ));
    }

    async fn ent_2_whose_licence_had_ended_is_told_what_is_needed_and_gets_the_fix_with_the_renewal(scene) {
        let acme = organisation(&scene.dana().await).await;
        let long_ago = jiff::civil::date(2020, 1, 1);
        licensed(&scene, acme, Some(long_ago)).await;
        let (ticket, _) = fixed(&scene).await;
        let before = state(&scene, ticket).await;
        publishes(&scene, "99.1").await;
        scene.settle().await;
        let dana = scene.cast.dana().address.clone();
        assert_eq!(scene.mail.take(&dana), ["Fixed in 99.1, needs a licence"]);
        assert_eq!(state(&scene, ticket).await, before, "its state is kept");
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let page = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("Once it is renewed, the fix is yours"), "{page}");
        licensed(&scene, acme, None).await;
        assert_eq!(scene.mail.take(&dana), ["Fixed in 99.1, confirm 1"]);
        assert_eq!(state(&scene, ticket).await, State::ToConfirm);
    }

    async fn ent_2_a_follower_gets_the_fix_with_the_renewal_and_who_joined_by_a_merge_too(scene) {
        let (acme, lea) = (organisation(&scene.dana().await).await, scene.actor(scene.cast.lea()).await);
        let (theirs, long_ago) = (organisation(&lea).await, jiff::civil::date(2020, 1, 1));
        licensed(&scene, acme, Some(long_ago)).await;
        licensed(&scene, theirs, Some(long_ago)).await;
        let (ticket, bug) = fixed(&scene).await;
        public(&scene, bug).await;
        bugs::follow(&scene.desk, &lea, bug).await.unwrap();
        publishes(&scene, "99.1").await;
        scene.settle().await;
        let (dana, lea) = (scene.cast.dana().address.clone(), scene.cast.lea().address.clone());
        for who in [&dana, &lea] {
            assert_eq!(scene.mail.take(who), ["Fixed in 99.1, needs a licence"]);
        }
        licensed(&scene, theirs, None).await;
        assert_eq!(scene.mail.take(&lea), ["Fixed in 99.1, confirm 0"]);
        assert!(scene.mail.take(&dana).is_empty(), "nobody else's licence is another one");
        desk::organisations::merge(&scene.desk, &scene.theo().await, acme, theirs).await.unwrap();
        scene.settle().await;
        let fixes = |mails: Vec<String>| mails.into_iter().filter(|it| it.starts_with("Fixed")).collect::<Vec<_>>();
        let told = fixes(scene.mail.take(&dana));
        assert_eq!(told, ["Fixed in 99.1, confirm 1"], "what ended in it has what it has (VIS-4)");
        assert_eq!(state(&scene, ticket).await, State::ToConfirm);
        assert!(fixes(scene.mail.take(&lea)).is_empty(), "once");
    }

    async fn bug_4_a_follower_is_told_once_and_asked_nothing(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (_, bug) = fixed(&scene).await;
        public(&scene, bug).await;
        let ravi = scene.ravi().await;
        licensed(&scene, organisation(&ravi).await, None).await;
        bugs::follow(&scene.desk, &ravi, bug).await.unwrap();
        bugs::follow(&scene.desk, &scene.dana().await, bug).await.unwrap();
        scene.settle().await;
        scene.mail.take(&scene.cast.ravi().address);
        publishes(&scene, "99.1").await;
        scene.settle().await;
        assert_eq!(scene.mail.take(&scene.cast.ravi().address), ["Fixed in 99.1, confirm 0"]);
        let dana = scene.mail.take(&scene.cast.dana().address);
        assert_eq!(dana, ["Fixed in 99.1, confirm 1"], "who has a request of it is told with that");
    }

    async fn bug_4_what_is_ordered_while_telling_goes_on_comes_after_it_and_counts_nothing_of_it(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (ticket, bug) = fixed(&scene).await;
        publishes(&scene, "99.1").await;
        // Before anybody is told, a second order.
        scene.stage.clock.set(scene.desk.now().plus(jiff::SignedDuration::from_secs(1)));
        bugs::step(&scene.desk, &scene.theo().await, bug, Step::Fix { version: v("99.2") }).await.unwrap();
        scene.settle().await;
        assert_eq!(state(&scene, ticket).await, State::ToConfirm);
        let told = async || {
            let history = store::events::of_bug(scene.desk.store.read(), bug).await.unwrap();
            let told = history.into_iter().filter_map(|entry| match entry.event {
                Event::Bug(BugEvent::Told { people, requests, .. }) => Some((people, requests)),
                _ => None,
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(told().await, [(1, 1)], "who told them says so");
        scene.advance(jiff::SignedDuration::from_secs(5)).await;
        assert_eq!(told().await, [(1, 1)], "the second had nobody left");
        assert!(store::jobs::all(scene.desk.store.read()).await.unwrap().iter().all(|job| job.kind != "fix_told"));
        assert_eq!(scene.mail.take(&scene.cast.dana().address), ["Fixed in 99.1, confirm 1"]);
    }

    async fn bug_4_telling_that_is_cut_off_goes_on_and_tells_nobody_twice(scene) {
        licensed(&scene, organisation(&scene.dana().await).await, None).await;
        let (first, bug) = fixed(&scene).await;
        let second = reports(&scene, "The export ends too early").await;
        scene.replies(&scene.ines().await, second, "We see it.").await;
        bugs::accept(&scene.desk, &scene.ines().await, second, Accepted::Known(bug)).await.unwrap();
        scene.advance(jiff::SignedDuration::from_secs(60)).await;
        let dana = scene.cast.dana().address.clone();
        scene.mail.take(&dana);
        publishes(&scene, "99.1").await;
        // A worker takes the step and dies with it: nothing of it lasts, and its lease ends.
        let tx = scene.desk.store.begin().await.unwrap();
        let now = scene.desk.now();
        let job = store::jobs::claim(&tx, now, now.plus(jiff::SignedDuration::from_mins(1))).await.unwrap().unwrap();
        assert_eq!(job.kind, "fix_told");
        tx.commit().await.unwrap();
        scene.settle().await;
        assert_eq!(state(&scene, first).await, State::WithDevelopers, "it is not done yet");
        scene.advance(jiff::SignedDuration::from_mins(2)).await;
        assert_eq!(state(&scene, first).await, State::ToConfirm);
        assert_eq!(state(&scene, second).await, State::ToConfirm);
        assert_eq!(scene.mail.take(&dana), ["Fixed in 99.1, confirm 2"], "one letter for both");
        // The same step once more, as if its end had not been noted.
        let tx = scene.desk.store.begin().await.unwrap();
        let new = store::jobs::NewJob { kind: "fix_told", payload: &job.payload, unique_key: None, run_at: now, now };
        store::jobs::enqueue(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        scene.settle().await;
        assert!(scene.mail.take(&dana).is_empty());
    }

    async fn bug_4_in_the_cloud_a_fix_ships_when_it_reached_their_instance(scene) {
        let acme = organisation(&scene.dana().await).await;
        licensed(&scene, acme, None).await;
        let instances = scene.desk.policy().await.unwrap().policy().product.instances.clone();
        let Some(instance) = instances.first().cloned() else { return };
        let (ticket, _) = fixed(&scene).await;
        let tx = scene.desk.store.begin().await.unwrap();
        store::tickets::add_details(&tx, ticket, &[("deployment".into(), "cloud".to_owned())]).await.unwrap();
        tx.commit().await.unwrap();
        releases::set_place(&scene.desk, &scene.theo().await, acme, ("", &instance)).await.unwrap();
        publishes(&scene, "99.1").await;
        scene.settle().await;
        let dana = scene.cast.dana().address.clone();
        assert!(scene.mail.take(&dana).is_empty(), "it is out, and not where she works");
        releases::set_place(&scene.desk, &scene.theo().await, acme, ("", "")).await.unwrap();
        let asked = releases::ToRollOut { version: "99.1".into(), instance: instance.clone() };
        releases::roll_out(&scene.desk, &scene.theo().await, &asked, Run::Real).await.unwrap();
        scene.settle().await;
        assert!(scene.mail.take(&dana).is_empty(), "nobody knows where she works");
        releases::set_place(&scene.desk, &scene.theo().await, acme, ("", &instance)).await.unwrap();
        scene.settle().await;
        assert_eq!(state(&scene, ticket).await, State::ToConfirm);
        assert_eq!(scene.mail.take(&dana), ["Fixed in 99.1, confirm 1"]);
    }
}
