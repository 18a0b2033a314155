//! Two nodes of one database: what is written and said at one is heard at the other.

use std::time::Duration;

use desk::{
    live::{self, Heard},
    people, schedule,
};
use rules::{
    ids::TicketId,
    live::{Doing, PageId, What},
};
use testkit::{Engine, Scene};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn what_happens_at_one_node_is_heard_at_the_other() {
    let scene = Scene::open(Engine::Postgres).await;
    let (here, there) = (scene.desk.clone(), scene.node().await);
    let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
    let stop = tokio::sync::watch::Sender::new(false);
    let running: Vec<_> = [here.clone(), there.clone()]
        .into_iter()
        .map(|desk| {
            let mut stopped = stop.subscribe();
            tokio::spawn(async move { schedule::run(&desk, async { drop(stopped.wait_for(|it| *it).await) }).await })
        })
        .collect();
    let mut ear = live::listen(&there, &ines, None).await.unwrap();
    let filing = scene.form("question", "Where are dashboards kept").await;
    let ticket = world::file(&here, &dana, filing).await.unwrap();
    let mut heard = async |is: &dyn Fn(&Heard) -> bool| loop {
        let heard = tokio::time::timeout(PATIENCE, ear.next()).await.expect("something is heard").unwrap();
        if is(&heard) {
            return heard;
        }
    };
    heard(&|it| matches!(it, Heard::Request { ticket: of, what: What::Filed, .. } if *of == ticket)).await;
    // The listener of the other node may only just have come: pages say again where they are.
    let at = |doing| live::At { page: PageId(3), doing };
    let said = async |doing: Doing| {
        for other in [Doing::Looking, Doing::Writing, doing] {
            live::be_present(&here, &theo, ticket, at(Some(other))).await.unwrap();
        }
    };
    said(Doing::Writing).await;
    let shows = |it: &Heard, of: TicketId, doing: Doing| match it {
        Heard::Present { ticket, here } => {
            *ticket == of && here.iter().any(|it| it.name == "Theo Marsh" && it.doing == doing)
        }
        _ => false,
    };
    heard(&|it| shows(it, ticket, Doing::Writing)).await;
    assert_eq!(live::present(&there, &ines, &[ticket]).await.unwrap()[&ticket][0].doing, Doing::Writing);
    live::be_present(&here, &theo, ticket, at(None)).await.unwrap();
    heard(&|it| matches!(it, Heard::Present { here, .. } if here.is_empty())).await;
    // Signed out at one node, the stream at the other ends.
    let mut browser = testkit::Browser::of(&scene, scene.cast.ines()).await;
    let token = browser.cookie("session").unwrap().to_owned();
    let from = people::Browser { network: "192.0.2.77", agent: "a story", session: None, known: None };
    let signed = people::enter(&there, &token, from).await.unwrap();
    let mut ear = live::listen(&there, &signed, None).await.unwrap();
    browser.post("/sign-out", &[]).await;
    loop {
        match tokio::time::timeout(PATIENCE, ear.next()).await.expect("it ends").unwrap() {
            Heard::Over => break,
            _ => continue,
        }
    }
    stop.send_replace(true);
    for node in running {
        node.await.unwrap();
    }
}
