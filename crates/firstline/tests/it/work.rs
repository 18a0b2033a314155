//! The outbox, parked work and the health of the desk: who looks after them sees what failed and why, tries again, and gives
//! up with a reason.

use desk::tickets;
use jiff::SignedDuration;
use rules::{
    audit::Act,
    events::{Event, Secrecy, TicketEvent},
    ids::{JobId, OutgoingId, TicketId},
    tickets::{Turn, Whose},
};
use testkit::{Browser, Outcome, Scene, on_both};

/// Ines answers Dana, whose server says "later", so often.
async fn deferred(scene: &Scene, times: usize) -> TicketId {
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    scene.advance(SignedDuration::from_mins(5)).await;
    scene.mail.expect(&scene.cast.dana().address, vec![Outcome::Defer; times]);
    scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
    scene.advance(SignedDuration::from_mins(1)).await;
    ticket
}

/// Ines answers Dana, whose server refuses it: the request, and the mail.
async fn refused(scene: &Scene) -> (TicketId, OutgoingId) {
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    scene.mail.expect(&scene.cast.dana().address, [Outcome::Refuse]);
    // What is pressed with the filing is no answer to it.
    scene.advance(SignedDuration::from_mins(5)).await;
    scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
    scene.advance(SignedDuration::from_mins(1)).await;
    (ticket, refused_to(scene, &scene.cast.dana().address).await)
}

async fn prove(scene: &Scene, address: &str) {
    let tx = scene.desk.store.begin().await.unwrap();
    let address = rules::people::Address::parse(address).unwrap().key();
    store::people::prove(&tx, &address, scene.desk.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The mail that was refused last.
async fn refused_to(scene: &Scene, address: &str) -> OutgoingId {
    let mails = desk::work::refused(&scene.desk, &scene.theo().await, None).await.unwrap();
    mails.iter().find(|mail| mail.to == address).expect("one was refused").id
}

async fn failing(scene: &Scene) -> JobId {
    let theo = scene.theo().await;
    let outbox = desk::work::outbox(&scene.desk, &theo, None).await.unwrap();
    outbox.waiting.iter().chain(&outbox.parked).find(|mail| mail.fault.is_some()).expect("one mail fails").job
}

async fn audited(scene: &Scene) -> Vec<Act> {
    let wanted = store::audit::Wanted::default();
    let kept = store::audit::list(scene.desk.store.read(), &wanted, store::audit::From::Before(None), 5).await.unwrap();
    kept.iter().filter_map(|it| it.act()).collect()
}

on_both! {
    async fn a_mail_that_waits_says_why_and_goes_out_when_theo_tries_again(scene) {
        let ticket = deferred(&scene, 2).await;
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get("/desk/outbox").await.text();
        assert!(page.contains(&scene.cast.dana().address) && page.contains("Said last:"), "{page}");
        assert!(page.contains(&format!("<a href=\"/desk/requests/{ticket}\">#{ticket}</a>")), "{page}");
        let health = theo.get("/desk/health").await.text();
        assert!(health.contains("1 that wait have failed"), "{health}");

        let tried = scene.mail.tries(&scene.cast.dana().address);
        let job = failing(&scene).await;
        assert_eq!(theo.post(&format!("/desk/outbox/{job}/trying"), &[]).await.status, 303);
        scene.settle().await;
        assert_eq!(scene.mail.tries(&scene.cast.dana().address), tried + 1);
        assert!(!theo.get("/desk/outbox").await.text().contains("Said last:"));
    }

    async fn frt_3_a_reply_that_is_given_up_did_not_arrive(scene) {
        let ticket = deferred(&scene, 9).await;
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let job = failing(&scene).await;
        let path = format!("/desk/outbox/{job}/giving-up");
        let answer = theo.post(&path, &[("reason", " ")]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("role=\"alert\""), "it says what is missing");

        assert_eq!(theo.post(&path, &[("reason", "Dana was told by phone.")]).await.status, 303);
        scene.settle().await;
        let (conn, dana) = (scene.desk.store.read(), scene.cast.dana().person);
        let history = store::events::of_ticket(conn, ticket).await.unwrap();
        let is_refusal = |event: &Event| {
            matches!(event, Event::Ticket(_, TicketEvent::DeliveryRefused { to, .. }) if *to == dana)
        };
        assert_eq!(history.iter().filter(|entry| is_refusal(&entry.event)).count(), 1);
        assert_eq!(store::tickets::get(conn, ticket).await.unwrap().turn.whose, Whose::Ours);
        let given_up = Act::WorkDropped { job, work: "mail".into(), ticket: Some(ticket) };
        assert!(audited(&scene).await.contains(&given_up));
        let parked = theo.get("/desk/parked").await.text();
        assert!(parked.contains("Dana was told by phone.") && parked.contains("Theo Marsh"), "{parked}");
        assert_eq!(theo.post(&path, &[("reason", "Again.")]).await.status, 404, "it is gone");
    }

    async fn vis_2_a_mail_about_a_request_that_one_does_not_see_is_not_there(scene) {
        let ticket = deferred(&scene, 9).await;
        tickets::set_secrecy(&scene.desk, &scene.ines().await, ticket, Secrecy::Confidential).await.unwrap();
        let job = failing(&scene).await;
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let page = ada.get("/desk/outbox").await.text();
        assert!(page.contains("Nothing waits.") && !page.contains(&scene.cast.dana().address), "{page}");
        assert_eq!(ada.post(&format!("/desk/outbox/{job}/trying"), &[]).await.status, 404);
        assert_eq!(ada.post(&format!("/desk/outbox/{job}/giving-up"), &[("reason", "So.")]).await.status, 404);
        let health = ada.get("/desk/health").await.text();
        assert!(health.contains("None fails."), "nor is it counted: {health}");
        let ines = Browser::of(&scene, scene.cast.ines()).await.get("/desk/outbox").await;
        assert_eq!(ines.status, 403);
    }

    async fn a_refused_mail_says_what_the_server_said(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.mail.expect(&scene.cast.dana().address, [Outcome::Refuse]);
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        let page = Browser::of(&scene, scene.cast.theo()).await.get("/desk/outbox").await.text();
        let (_, refused) = page.split_once("Refused in the last 30 days").unwrap();
        assert!(refused.contains(&scene.cast.dana().address) && refused.contains("Said: 550"), "{refused}");
    }

    async fn frt_3_a_refused_reply_is_sent_again_once_and_counts_from_its_arrival(scene) {
        let (ticket, id) = refused(&scene).await;
        let (dana, mut theo) = (&scene.cast.dana().address, Browser::of(&scene, scene.cast.theo()).await);
        let path = format!("/desk/outbox/refused/{id}/sending");
        assert!(theo.get("/desk/outbox").await.text().contains(&format!("action=\"{path}\"")));
        assert_eq!(Browser::of(&scene, scene.cast.ines()).await.post(&path, &[]).await.status, 403);
        let tried = scene.mail.tries(dana);
        scene.advance(SignedDuration::from_hours(1)).await;
        let (by, one) = (scene.theo().await, id);
        let (here, there) = tokio::join!(
            desk::work::send_again(&scene.desk, &by, one),
            desk::work::send_again(&scene.desk, &by, one),
        );
        assert_eq!((here.unwrap(), there.unwrap()), (Ok(()), Ok(())));
        assert_eq!(theo.post(&path, &[]).await.status, 303, "pressed once more");
        scene.settle().await;
        assert_eq!(scene.mail.tries(dana), tried + 1, "it goes out once");
        let page = theo.get("/desk/outbox").await.text();
        assert!(page.contains("Theo Marsh sent it again") && page.contains("The server took it"), "{page}");
        assert!(!page.contains(&path), "there is nothing to press any more");
        let conn = scene.desk.store.read();
        let history = store::events::of_ticket(conn, ticket).await.unwrap();
        let arrived = |event: &Event| matches!(event, Event::Ticket(_, TicketEvent::Delivered { .. }));
        let at = history.iter().find(|entry| arrived(&entry.event)).unwrap().occurred_at;
        let shown = tickets::show(&scene.desk, &by, ticket).await.unwrap();
        let turn = Turn { whose: Whose::Theirs, since: at };
        assert_eq!(shown.ticket.turn, turn, "TRN-1: it is theirs once it arrived");
        let clocks = shown.clocks;
        let met = clocks.iter().find_map(|clock| match clock.standing {
            rules::sla::Standing::Met(answer) => Some(answer.at),
            _ => None,
        });
        assert_eq!(met, Some(at), "not from the press of what had failed");
        let sent = Act::MailSentAgain { mail: one, ticket: Some(ticket), person: Some(scene.cast.dana().person) };
        assert_eq!(audited(&scene).await.iter().filter(|act| **act == sent).count(), 1);
    }

    async fn vis_3_a_refused_mail_is_not_sent_again_to_who_does_not_see_it_and_says_why(scene) {
        let ravi = scene.cast.ravi();
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let added = tickets::add_participant(&scene.desk, &scene.dana().await, ticket, &ravi.address).await;
        added.unwrap();
        scene.mail.expect(&ravi.address, [Outcome::Refuse]);
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        let by = scene.theo().await;
        let id = refused_to(&scene, &ravi.address).await;
        let tried = scene.mail.tries(&ravi.address);
        // The refusal cast doubt on his address, and who was added sees nothing before it is proven again.
        assert_eq!(desk::work::send_again(&scene.desk, &by, id).await.unwrap(), Err(rules::mail::NotOwed::NotTheirs));
        prove(&scene, &ravi.address).await;
        // Lost between the press and the moment at which it is written.
        assert_eq!(desk::work::send_again(&scene.desk, &by, id).await.unwrap(), Ok(()));
        tickets::remove_participant(&scene.desk, &scene.dana().await, ticket, ravi.person).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mail.tries(&ravi.address), tried);
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get("/desk/outbox").await.text();
        assert!(page.contains("It was not sent. Whom it is for does not see the request"), "{page}");
        // Known before: nothing is begun.
        tickets::add_participant(&scene.desk, &scene.dana().await, ticket, &ravi.address).await.unwrap();
        prove(&scene, &ravi.address).await;
        scene.mail.expect(&ravi.address, [Outcome::Refuse]);
        scene.replies(&scene.ines().await, ticket, "Or the guest's.").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        let id = refused_to(&scene, &ravi.address).await;
        tickets::remove_participant(&scene.desk, &scene.dana().await, ticket, ravi.person).await.unwrap();
        let answer = theo.post(&format!("/desk/outbox/refused/{id}/sending"), &[]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("It was not sent again. Whom it is for does not see"), "{}", answer.text());
        assert_eq!(store::outgoing::get(scene.desk.store.read(), id).await.unwrap().again_at, None);
    }

    async fn work_that_was_parked_is_tried_again_or_given_up(scene) {
        let desk = &scene.desk;
        let (tx, now) = (desk.store.begin().await.unwrap(), desk.now());
        for key in ["first", "second"] {
            let (kind, payload) = ("simulation", "{}");
            let new = store::jobs::NewJob { kind, payload, unique_key: Some(key), run_at: now, now };
            store::jobs::enqueue(&tx, new).await.unwrap();
        }
        for job in store::work::waiting(&tx, "simulation", None, 9).await.unwrap() {
            store::jobs::park(&tx, &job, "missing field `simulation`", now).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get("/desk/parked").await.text();
        assert_eq!(page.matches("trying a policy").count() / 3, 2, "each with its two acts: {page}");
        assert!(page.contains("Said last: missing field"), "{page}");
        assert!(theo.get("/desk/health").await.text().contains("Failed for good: 2."));

        let jobs = store::jobs::parked(desk.store.read(), 9).await.unwrap();
        let (first, second) = (jobs[0].id, jobs[1].id);
        assert_eq!(theo.post(&format!("/desk/parked/{first}/trying"), &[]).await.status, 303);
        assert!(store::jobs::parked(desk.store.read(), 9).await.unwrap().iter().all(|job| job.id != first));
        let path = format!("/desk/parked/{second}/giving-up");
        assert_eq!(theo.post(&path, &[("reason", "Nobody waits for it.")]).await.status, 303);
        assert!(audited(&scene).await.contains(&Act::WorkDropped { job: second, work: "simulation".into(), ticket: None }));
        assert!(store::work::get(desk.store.read(), second).await.is_err());
    }

    async fn the_health_of_a_desk_names_its_backup_once_it_has_one(scene) {
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let page = ada.get("/desk/health").await.text();
        assert!(page.contains("This desk does not know of any.") && page.contains(">Watch<"), "{page}");
        desk::health::note_backup(&scene.desk, scene.desk.now()).await.unwrap();
        let page = ada.get("/desk/health").await.text();
        assert!(!page.contains("This desk does not know of any."), "{page}");
        for said in ["Everything that is written is kept.", "as this release wants it.", "in force since"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        scene.advance(SignedDuration::from_hours(49)).await;
        let old = ada.get("/desk/health").await.text();
        assert!(old.contains("firstline backup FOLDER"), "it is two days old: {old}");
        assert_eq!(Browser::of(&scene, scene.cast.ines()).await.get("/desk/health").await.status, 403);
    }
}
