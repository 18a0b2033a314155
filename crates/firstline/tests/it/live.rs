//! Who looks on at the desk hears at once what happens to requests that they see, and nothing of others; a stream ends with
//! its session, and what was missed is caught up with.

use std::time::Duration;

use desk::{
    Actor, Error, bulk,
    live::{self, Ear, Heard},
    schedule, tickets,
};
use rules::{
    bulk::Act,
    ids::{Seq, TicketId},
    live::{Doing, PageId, What},
};
use testkit::{Browser, Scene, browser::Events, on_both};

/// What is waited for comes at once; a story that waits in vain fails.
const PATIENCE: Duration = Duration::from_secs(20);

async fn listens(scene: &Scene, actor: &Actor, since: Option<Seq>) -> Ear {
    live::listen(&scene.desk, actor, since).await.unwrap()
}

async fn next(ear: &mut Ear) -> Option<Heard> {
    tokio::time::timeout(PATIENCE, ear.next()).await.expect("something is heard")
}

/// What is heard up to the first that says this of the request.
async fn hears(scene: &Scene, ear: &mut Ear, ticket: TicketId, wanted: What) -> Vec<Heard> {
    while live::follow(&scene.desk).await.unwrap() {}
    let mut all = vec![];
    loop {
        let heard = next(ear).await.expect("the stream goes on");
        all.push(heard.clone());
        if matches!(heard, Heard::Request { ticket: of, what, .. } if of == ticket && what == wanted) {
            return all;
        }
    }
}

fn names(heard: &[Heard], ticket: TicketId) -> bool {
    heard.iter().any(|it| match it {
        Heard::Request { ticket: of, .. } | Heard::Gone { ticket: of, .. } | Heard::Present { ticket: of, .. } => {
            *of == ticket
        }
        Heard::Job { .. } | Heard::Bug { .. } | Heard::Bell => false,
        Heard::Reload { .. } | Heard::Over => true,
    })
}

async fn event(events: &mut Events) -> Option<testkit::browser::Heard> {
    tokio::time::timeout(PATIENCE, events.next()).await.expect("something is heard")
}

on_both! {
    async fn what_happens_to_a_request_is_heard_by_who_looks_on(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let mut ear = listens(&scene, &ines, None).await;
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        hears(&scene, &mut ear, ticket, What::Filed).await;
        scene.replies(&theo, ticket, "In the left column.").await;
        hears(&scene, &mut ear, ticket, What::StaffReplied).await;
        tickets::note(&scene.desk, &theo, ticket, world::text("Seen before.")).await.unwrap();
        hears(&scene, &mut ear, ticket, What::Noted).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("I do not find it.")).await.unwrap();
        hears(&scene, &mut ear, ticket, What::CustomerWrote).await;
        let me = theo.signed().unwrap().person;
        tickets::assign(&scene.desk, &theo, ticket, tickets::Assignment { to: Some(me) }).await.unwrap();
        hears(&scene, &mut ear, ticket, What::Changed).await;
    }

    async fn a_job_in_bulk_is_heard_of_by_who_began_it_and_who_watches_and_by_nobody_else(scene) {
        let (dana, ines, theo, jana) = (scene.dana().await, scene.ines().await, scene.theo().await, scene.actor(scene.cast.jana()).await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let these = bulk::Chosen::These(vec![ticket]);
        let id = bulk::choose(&scene.desk, &ines, these).await.unwrap();
        let what = bulk::Wanted { act: Act::Note, words: "Known.".into(), template: None };
        bulk::decide(&scene.desk, &ines, id, what).await.unwrap();
        let (mut of_ines, mut of_theo, mut of_jana) =
            (listens(&scene, &ines, None).await, listens(&scene, &theo, None).await, listens(&scene, &jana, None).await);
        bulk::begin(&scene.desk, &ines, id, 1).await.unwrap();
        for ear in [&mut of_ines, &mut of_theo] {
            assert_eq!(next(ear).await, Some(Heard::Job { job: id }), "it begins");
        }
        scene.settle().await;
        let heard = hears(&scene, &mut of_ines, ticket, What::Noted).await;
        assert!(heard.contains(&Heard::Job { job: id }), "it is done: {heard:?}");
        let heard = hears(&scene, &mut of_jana, ticket, What::Noted).await;
        assert!(!heard.iter().any(|it| matches!(it, Heard::Job { .. })), "{heard:?}");
    }

    async fn vis_3_of_a_request_that_one_does_not_see_nothing_is_heard(scene) {
        let (dana, ines, jana) = (scene.dana().await, scene.ines().await, scene.actor(scene.cast.jana()).await);
        let (mut of_ines, mut of_jana) = (listens(&scene, &ines, None).await, listens(&scene, &jana, None).await);
        let start = of_ines.seen();
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        live::be_present(&scene.desk, &jana, secret, live::At { page: PageId(1), doing: Some(Doing::Looking) }).await.unwrap();
        let open = scene.files(&dana, "bug", "Launches stay open").await;
        let heard = hears(&scene, &mut of_ines, open, What::Filed).await;
        assert!(!names(&heard, secret), "{heard:?}");
        assert!(names(&hears(&scene, &mut of_jana, open, What::Filed).await, secret));
        // And neither by coming late.
        let mut late = listens(&scene, &ines, Some(start)).await;
        assert!(!names(&hears(&scene, &mut late, open, What::Filed).await, secret));
        // What is pulled out of their sight is said to be gone, once.
        let security = tickets::Conversion { to: "security".into(), reason: String::new() };
        tickets::convert(&scene.desk, &ines, open, security).await.unwrap();
        while live::follow(&scene.desk).await.unwrap() {}
        loop {
            match next(&mut of_ines).await.unwrap() {
                Heard::Gone { ticket, .. } if ticket == open => break,
                Heard::Request { ticket, .. } if ticket == open => {}
                other => panic!("{other:?}"),
            }
        }
    }

    async fn what_was_missed_is_caught_up_with(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let page = live::position(&scene.desk).await.unwrap();
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let mut ear = listens(&scene, &ines, Some(page)).await;
        assert!(matches!(next(&mut ear).await, Some(Heard::Request { ticket: of, what: What::Filed, .. }) if of == ticket));
        // Of another database, or from before a restore.
        let mut ahead = listens(&scene, &ines, Some(Seq(1_000_000))).await;
        assert!(matches!(next(&mut ahead).await, Some(Heard::Reload { .. })));
        // More than is kept for one who comes late.
        let me = ines.signed().unwrap().person;
        for at in 0..510 {
            let to = (at % 2 == 0).then_some(me);
            tickets::assign(&scene.desk, &ines, ticket, tickets::Assignment { to }).await.unwrap();
        }
        let mut late = listens(&scene, &ines, Some(page)).await;
        assert_eq!(next(&mut late).await, Some(Heard::Reload { seq: live::position(&scene.desk).await.unwrap() }));
    }

    async fn who_does_not_keep_up_is_told_to_look_anew(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let mut ear = listens(&scene, &ines, None).await;
        for at in 0..1100 {
            let doing = Some(if at % 2 == 0 { Doing::Looking } else { Doing::Writing });
            live::be_present(&scene.desk, &theo, ticket, live::At { page: PageId(1), doing }).await.unwrap();
        }
        assert!(matches!(next(&mut ear).await, Some(Heard::Reload { .. })));
    }

    async fn a_stream_ends_with_its_session(scene) {
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let mut events = ines.listen("/desk/live", None).await.unwrap();
        assert_eq!(event(&mut events).await.unwrap().name, "hello");
        let ticket = scene.files(&scene.dana().await, "question", "Where are dashboards kept").await;
        while live::follow(&scene.desk).await.unwrap() {}
        let heard = event(&mut events).await.unwrap();
        assert_eq!(heard.name, "request");
        assert!(heard.data.contains(&format!("\"request\":{ticket}")) && heard.data.contains("\"kind\":\"filed\""));
        // Coming again, a browser says what it heard last.
        let mut again = ines.listen("/desk/live?since=0", Some(&heard.id)).await.unwrap();
        assert_eq!(event(&mut again).await.unwrap().name, "hello");
        ines.post("/sign-out", &[]).await;
        for events in [&mut events, &mut again] {
            let mut last = event(events).await.unwrap();
            while last.name == "request" {
                last = event(events).await.unwrap();
            }
            assert_eq!(last.name, "over");
            assert_eq!(event(events).await, None);
        }
        assert_eq!(scene.desk.looking_on(), 0);
    }

    async fn nobody_opens_streams_without_end(scene) {
        let ines = scene.ines().await;
        let mut open = vec![];
        let refused = loop {
            match live::listen(&scene.desk, &ines, None).await {
                Ok(ear) => open.push(ear),
                Err(error) => break error,
            }
        };
        assert!(matches!(refused, Error::Limited { .. }));
        assert_eq!(open.len(), 20);
        listens(&scene, &scene.theo().await, None).await;
        open.pop();
        listens(&scene, &ines, None).await;
        let dana = scene.dana().await;
        assert!(matches!(live::listen(&scene.desk, &dana, None).await, Err(Error::NotFound)), "customers have no desk");
    }

    async fn a_desk_that_stops_lets_go_of_who_looks_on(scene) {
        let ines = scene.ines().await;
        let mut ear = listens(&scene, &ines, None).await;
        schedule::run(&scene.desk, std::future::ready(())).await;
        assert_eq!(next(&mut ear).await, None);
    }

    async fn a_desk_that_runs_tells_by_itself(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let mut ear = listens(&scene, &ines, None).await;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let desk = scene.desk.clone();
        let running = tokio::spawn(async move { schedule::run(&desk, async { drop(stopped.await) }).await });
        let filing = scene.form("question", "Where are dashboards kept").await;
        let ticket = world::file(&scene.desk, &dana, filing).await.unwrap();
        // The bell rings by a job of its own, sooner or later than that.
        let mut heard = next(&mut ear).await.unwrap();
        while matches!(heard, Heard::Bell) {
            heard = next(&mut ear).await.unwrap();
        }
        assert!(matches!(heard, Heard::Request { ticket: of, what: What::Filed, .. } if of == ticket), "{heard:?}");
        stop.send(()).unwrap();
        running.await.unwrap();
    }
}
