//! Requests are handed to a team in bulk, to its line, and out of any team, and put back.

use desk::{
    Actor, Error,
    bulk::{self, Chosen, Wanted},
    tickets,
};
use rules::{
    access::Grant,
    bulk::{Act, Why, Within},
    ids::{PersonId, TeamId, TicketId},
    teams::Sharing,
};
use testkit::{Browser, Engine, Scene, on_both};

use super::{begins, does, person, questions, reasons, shown, staff, ticket, tried, wanted};

async fn team(scene: &Scene, name: &str, sharing: Sharing, people: &[&Actor]) -> TeamId {
    let people = people.iter().map(|it| person(it)).collect();
    let wanted = desk::teams::ToKeep { name: name.to_owned(), question: None, sharing, people };
    let desk::teams::Kept::Kept(id) = desk::teams::keep(&scene.desk, &scene.theo().await, wanted).await.unwrap() else {
        panic!("it asks nothing")
    };
    id
}

fn hand(to: Option<TeamId>, within: Within) -> Wanted {
    wanted(Act::Team { to, within }, "")
}

/// In which teams they are, and who has them.
async fn held(scene: &Scene, these: &[TicketId]) -> Vec<(Option<TeamId>, Option<PersonId>)> {
    let mut held = vec![];
    for it in these {
        let row = ticket(scene, *it).await;
        held.push((row.team, row.assignee));
    }
    held
}

on_both! {
    async fn requests_go_into_a_team_to_its_line_and_out_of_any_and_are_put_back(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        let (i, t) = (Some(person(&ines)), Some(person(&theo)));
        let platform = Some(team(&scene, "Platform", Sharing::Turns, &[&ines, &theo]).await);
        let imports = Some(team(&scene, "Imports", Sharing::Pull, &[&ines]).await);
        let filed = questions(&scene, 4).await;
        tickets::assign(&scene.desk, &theo, filed[0], tickets::Assignment { to: t }).await.unwrap();
        let kept = does(&scene, &ines, &filed[..2], hand(imports, Within::Keep)).await;
        assert_eq!((kept.job.done, kept.teams.len()), (2, 1));
        assert_eq!(held(&scene, &filed[..2]).await, [(imports, t), (imports, None)], "who has one keeps it");
        let next = tried(&scene, &ines, &filed[1..], hand(platform, Within::Next)).await;
        assert_eq!(held(&scene, &filed[1..2]).await, [(imports, None)], "it was only tried");
        assert_eq!(begins(&scene, &ines, next).await.job.done, 3);
        assert_eq!(held(&scene, &filed[1..]).await, [(platform, i), (platform, t), (platform, i)], "each by its turn");
        tickets::assign(&scene.desk, &theo, filed[2], tickets::Assignment { to: i }).await.unwrap();
        let back = bulk::undo(&scene.desk, &ines, next, "").await.unwrap();
        scene.settle().await;
        let after = shown(&scene.desk, &ines, back).await;
        assert_eq!((after.job.done, reasons(&after)), (2, vec![(&Why::ChangedSince, 1)]), "somebody has it since");
        assert_eq!(held(&scene, &filed[1..]).await, [(imports, None), (platform, i), (None, None)]);
        tickets::assign(&scene.desk, &theo, filed[1], tickets::Assignment { to: i }).await.unwrap();
        bulk::undo(&scene.desk, &ines, kept.job.id, "").await.unwrap();
        scene.settle().await;
        let now = held(&scene, &filed[..2]).await;
        assert_eq!(now[0], (None, t));
        assert_eq!(now[1], (imports, i), "its team was changed since, there and back");
        let out = does(&scene, &ines, &filed, hand(None, Within::Keep)).await;
        assert_eq!((out.job.done, reasons(&out)), (2, vec![(&Why::Same, 2)]));
        assert_eq!(held(&scene, &filed[1..3]).await, [(None, i), (None, i)], "who has one keeps it");
        let all = does(&scene, &ines, &filed[2..], hand(imports, Within::Of { person: None })).await;
        assert_eq!((all.job.done, held(&scene, &filed[2..3]).await), (2, vec![(imports, None)]));
    }

    async fn a_team_that_ended_takes_nothing_in_bulk_and_its_next_in_line_sees_what_they_get(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        let platform = team(&scene, "Platform", Sharing::Turns, &[&ines]).await;
        let filed = questions(&scene, 2).await;
        let id = tried(&scene, &ines, &filed, hand(Some(platform), Within::Next)).await;
        desk::teams::remove(&scene.desk, &theo, platform).await.unwrap();
        let after = begins(&scene, &ines, id).await;
        assert_eq!((after.job.done, reasons(&after)), (0, vec![(&Why::TeamEnded, 2)]));
        let id = bulk::choose(&scene.desk, &ines, Chosen::These(filed.clone())).await.unwrap();
        for what in [
            hand(Some(platform), Within::Keep),
            hand(Some(TeamId(9_999)), Within::Keep),
            hand(None, Within::Next),
            hand(None, Within::Of { person: Some(person(&scene.dana().await)) }),
        ] {
            let refused = bulk::decide(&scene.desk, &ines, id, what).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let product = staff(&scene, &[Grant::Product]).await;
        let of_product = team(&scene, "Product", Sharing::Turns, &[&product]).await;
        let after = does(&scene, &ines, &filed, hand(Some(of_product), Within::Next)).await;
        assert_eq!(after.job.done, 2);
        assert_eq!(held(&scene, &filed).await, [(Some(of_product), None); 2], "nobody of it may answer");
    }
}

#[tokio::test]
async fn ines_hands_requests_to_a_team_by_the_page() {
    let scene = Scene::open(Engine::Sqlite).await;
    let filed = questions(&scene, 2).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    assert!(!ines.get("/desk").await.text().contains("value=\"team\""), "there are none");
    let platform = team(&scene, "Platform", Sharing::Turns, &[&scene.ines().await]).await;
    assert!(ines.get("/desk").await.text().contains("value=\"team\""));
    let [first, second] = [filed[0].to_string(), filed[1].to_string()];
    let ticked = [("view", "needs-answer"), ("request", &first), ("request", &second), ("act", "team")];
    let chosen = ines.post("/desk/bulk", &ticked).await;
    let form = ines.get(chosen.location()).await.text();
    assert!(form.contains(&format!("<option value=\"{platform}\">Platform</option>")), "{form}");
    let address = chosen.location().split('?').next().unwrap().to_owned();
    for garbage in [
        &[("act", "team"), ("team", "x"), ("within", "keep")][..],
        &[("act", "team"), ("team", "none"), ("within", "everybody")],
        &[("act", "team"), ("team", "none"), ("within", "next")],
    ] {
        assert_eq!(ines.post(&format!("{address}/act"), garbage).await.status, 422, "{garbage:?}");
    }
    let [platform, to] = [platform.to_string(), "next".to_owned()];
    let words = [("act", "team"), ("team", &*platform), ("within", &*to)];
    assert_eq!(ines.post(&format!("{address}/act"), &words).await.location(), address);
    let before = ines.get(&address).await.text();
    assert!(before.contains("Hand 2 requests to Platform, to the next in its line"), "{before}");
    assert!(before.contains("No team, nobody") && before.contains("Platform, next in line"), "{before}");
    ines.post(&format!("{address}/beginning"), &[("round", "1")]).await;
    scene.settle().await;
    let over = ines.get(&address).await.text();
    assert!(over.contains("No team, nobody") && over.contains("Platform, Ines Kova"), "{over}");
    let undo = ines.post(&format!("{address}/undoing"), &[("reason", "")]).await;
    scene.settle().await;
    let back = ines.get(undo.location()).await.text();
    assert!(back.contains("Put back: hand to Platform, to the next in its line"), "{back}");
}
