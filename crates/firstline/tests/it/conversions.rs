//! A request becomes one of another type: what stays, what is asked of the customer, who sees it then (REQ-8, PRI-4,
//! SEC-1).

use desk::{
    ports::About,
    tickets::{
        Assignment, Conversion, Draft, Filled, Given, advisory, assign, convert, desk_view, give_details,
        keep_advisory, lacks_of, note, set_secrecy, show,
    },
};
use jiff::SignedDuration;
use rules::{
    events::{Event, Secrecy, TicketEvent},
    ids::TicketId,
    refusal::Refusal,
    sla::Standing,
    tickets::Whose,
};
use testkit::{Browser, Scene, on_both};

fn to(request_type: &str, reason: &str) -> Conversion {
    Conversion { to: request_type.into(), reason: reason.to_owned() }
}

async fn lacks(scene: &Scene, ticket: TicketId) -> Vec<String> {
    let shown = show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
    let compiled = scene.desk.policy().await.unwrap();
    let lacks = lacks_of(compiled.policy(), &shown);
    lacks.details.iter().map(ToString::to_string).chain(lacks.ticks.iter().map(ToString::to_string)).collect()
}

on_both! {
    async fn req_8_a_conversion_keeps_number_and_clock_and_asks_for_what_is_missing(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "question", "Launches hang since Monday").await;
        assert!(lacks(&scene, ticket).await.is_empty(), "the portal's form was complete");
        let before = show(&scene.desk, &dana, ticket).await.unwrap();
        scene.advance(SignedDuration::from_hours(1)).await;
        scene.mail.take(&scene.cast.dana().address);
        convert(&scene.desk, &scene.ines().await, ticket, to("support", "This needs **logs**.")).await.unwrap();
        let after = show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(after.ticket.request_type.as_str(), "support");
        assert_eq!((after.ticket.filed_at, after.ticket.wish.clone()), (before.ticket.filed_at, before.ticket.wish));
        let (was, is) = (before.clock.unwrap(), after.clock.clone().unwrap());
        assert_eq!((was.started, was.due), (is.started, is.due), "filed when it was filed");
        assert!(matches!(is.standing, Standing::Running), "it is no response: {:?}", is.standing);
        assert_eq!(after.ticket.turn.whose, Whose::Ours);
        assert!(after.happened.iter().any(|it| it.words.as_deref() == Some("This needs **logs**.")));
        let missing = lacks(&scene, ticket).await;
        assert!(missing.contains(&"logs".to_owned()), "{missing:?}");
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.dana().address);
        let Some(About::Converted { request, before, reason, missing, .. }) = told else { panic!("{told:?}") };
        assert_eq!((before.as_str(), request.type_name.as_str()), ("Question", "Support request"));
        assert_eq!(reason, "This needs **logs**.");
        assert!(!missing.is_empty());
    }

    async fn req_8_only_what_the_policy_lets_it_become_and_only_by_staff(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let refused = convert(&scene.desk, &scene.ines().await, ticket, to("bug", "")).await;
        assert!(matches!(refused, Err(desk::Error::Refused(Refusal::ConversionNotOffered { .. }))), "{refused:?}");
        let by_dana = convert(&scene.desk, &scene.dana().await, ticket, to("support", "")).await;
        assert!(by_dana.is_err());
        assert_eq!(show(&scene.desk, &scene.ines().await, ticket).await.unwrap().ticket.request_type.as_str(), "question");
    }

    async fn pri_4_the_priority_moves_into_the_new_range_and_the_wish_stays(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        let raised = desk::tickets::Raised { wish: "urgent".into(), reason: "All stand still.".into() };
        desk::tickets::raise_wish(&scene.desk, &dana, ticket, raised).await.unwrap();
        convert(&scene.desk, &scene.ines().await, ticket, to("question", "")).await.unwrap();
        let shown = show(&scene.desk, &dana, ticket).await.unwrap().ticket;
        assert_eq!((shown.wish.as_str(), shown.priority.as_str()), ("urgent", "medium"));
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.dana().address);
        assert!(matches!(&told, Some(About::Converted { priority: Some(priority), .. }) if priority == "Medium"), "{told:?}");
    }

    async fn req_8_the_customer_gives_what_is_missing_in_parts_and_it_is_ours_again(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "question", "Launches hang since Monday").await;
        let ines = scene.ines().await;
        assign(&scene.desk, &ines, ticket, Assignment { to: Some(scene.cast.ines().person) }).await.unwrap();
        scene.advance(SignedDuration::from_mins(5)).await;
        scene.replies(&ines, ticket, "May we see the logs?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        convert(&scene.desk, &ines, ticket, to("support", "")).await.unwrap();
        let shown = show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.ticket.turn.whose, Whose::Theirs, "{:?} {:?}", shown.clocks, shown.ticket);
        let missing = lacks(&scene, ticket).await;
        let empty = give_details(&scene.desk, &dana, ticket, Given::default()).await;
        assert!(matches!(empty, Err(desk::Error::Invalid(_))), "{empty:?}");
        let mut filled = Filled::default();
        filled.details.insert("symptoms".into(), "Launches hang for **ten minutes**.".into());
        filled.details.insert("subject-of-nothing".into(), "Not asked for".into());
        give_details(&scene.desk, &dana, ticket, Given { filled, draft: None }).await.unwrap();
        let left = lacks(&scene, ticket).await;
        assert!(missing.contains(&"symptoms".to_owned()) && !left.contains(&"symptoms".to_owned()), "{missing:?}, {left:?}");
        let shown = show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.ticket.turn.whose, Whose::Ours);
        assert!(!shown.details.iter().any(|(key, _)| key.as_str() == "subject-of-nothing"));
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.ines().address);
        assert!(matches!(&told, Some(About::CustomerReplied { body, .. }) if body.contains("**ten minutes**")), "{told:?}");
        // What stands is not written over.
        let mut again = Filled::default();
        again.details.insert("symptoms".into(), "Something else".into());
        let nothing_new = give_details(&scene.desk, &dana, ticket, Given { filled: again, draft: None }).await;
        assert!(matches!(nothing_new, Err(desk::Error::Invalid(_))), "{nothing_new:?}");
    }

    async fn sec_1_what_becomes_a_security_report_leaves_every_list_and_mail_but_the_roles(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "support", "Anyone reads SECRET-SUBJECT").await;
        assign(&scene.desk, &ines, ticket, Assignment { to: Some(scene.cast.ines().person) }).await.unwrap();
        note(&scene.desk, &ines, ticket, world::text("Ask Jana about it.")).await.unwrap();
        scene.settle().await;
        let held = scene.replies(&ines, ticket, "SECRET-ANSWER: we look into it.").await;
        convert(&scene.desk, &ines, ticket, to("security", "")).await.unwrap();
        assert!(matches!(show(&scene.desk, &ines, ticket).await, Err(desk::Error::NotFound)));
        let wanted = desk::tickets::Wanted { view: desk::tickets::View::NeedsAnswer, after: None };
        let rows = desk_view(&scene.desk, &ines, wanted).await.unwrap().rows;
        assert!(rows.iter().all(|row| row.ticket.id != ticket), "{rows:?}");
        let shown = show(&scene.desk, &scene.actor(scene.cast.jana()).await, ticket).await.unwrap();
        assert_eq!((shown.ticket.secrecy, shown.ticket.assignee), (Secrecy::Security, None));
        assert_eq!(shown.ticket.priority.as_str(), "urgent");
        let before = scene.mail.raw().len();
        scene.advance(SignedDuration::from_mins(5)).await;
        assert!(held.held_until < scene.desk.now());
        for mail in &scene.mail.raw()[before..] {
            assert!(!mail.contains("SECRET-SUBJECT") && !mail.contains("SECRET-ANSWER"), "{mail}");
        }
        let jana = scene.mail.last(&scene.cast.jana().address);
        assert!(matches!(&jana, Some(About::SecurityReport { request }) if request.subject.is_none()), "{jana:?}");
        let mails = store::outgoing::of_ticket(scene.desk.store.read(), ticket).await.unwrap();
        for mail in mails {
            let kept = String::from_utf8_lossy(mail.bytes.as_deref().unwrap_or_default()).into_owned();
            assert!(!mail.subject.contains("SECRET") && !kept.contains("SECRET"), "{mail:?}");
        }
        // Back among the others it stays confidential: its reporter wrote to the role alone.
        let jana = scene.actor(scene.cast.jana()).await;
        convert(&scene.desk, &jana, ticket, to("support", "No vulnerability.")).await.unwrap();
        assert_eq!(show(&scene.desk, &jana, ticket).await.unwrap().ticket.secrecy, Secrecy::Confidential);
    }

    async fn vis_2_staff_make_a_request_confidential_and_open_again_but_no_security_report(scene) {
        let ines = scene.ines().await;
        let ticket = scene.files(&scene.dana().await, "support", "Launches hang").await;
        set_secrecy(&scene.desk, &ines, ticket, Secrecy::Confidential).await.unwrap();
        let shown = show(&scene.desk, &ines, ticket).await.unwrap();
        assert_eq!(shown.ticket.secrecy, Secrecy::Confidential);
        let is_told = |it: &desk::tickets::Happened| {
            matches!(it.entry.event, Event::Ticket(_, TicketEvent::SecrecySet { secrecy: Secrecy::Confidential }))
        };
        assert!(shown.happened.iter().any(is_told));
        set_secrecy(&scene.desk, &ines, ticket, Secrecy::Open).await.unwrap();
        let refused = set_secrecy(&scene.desk, &ines, ticket, Secrecy::Security).await;
        assert!(matches!(refused, Err(desk::Error::Refused(Refusal::SecrecyOfType))), "{refused:?}");
        assert!(set_secrecy(&scene.desk, &scene.dana().await, ticket, Secrecy::Confidential).await.is_err());
    }

    async fn req_2_the_desk_proposes_a_support_request_after_the_second_reply(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "question", "Launches hang since Monday").await;
        let ines = scene.ines().await;
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let page = format!("/desk/requests/{ticket}");
        scene.replies(&ines, ticket, "Which version?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        assert!(!browser.get(&page).await.text().contains("Make it a support request"));
        scene.replies(&ines, ticket, "And how many launches?").await;
        assert!(browser.get(&page).await.text().contains("Make it a support request"));
        browser.post(&format!("{page}/conversion"), &[("to", "support")]).await;
        assert!(!browser.get(&page).await.text().contains("Make it a support request"));
        let mut hers = Browser::of(&scene, scene.cast.dana()).await;
        let seen = hers.get(&format!("/requests/{ticket}")).await.text();
        assert!(seen.contains("To go on, we need from you"), "{seen}");
        assert!(seen.contains("We need something from you to go on") && !seen.contains("need to do anything"), "{seen}");
        let form = hers.get(&format!("/requests/{ticket}/details")).await;
        assert_eq!(form.status, 200);
        let given = [("detail.symptoms", "They hang."), ("tick.self_help", "yes")];
        let sent = hers.post(&format!("/requests/{ticket}/details"), &given).await;
        assert_eq!(sent.location(), format!("/requests/{ticket}?just=given"));
        assert!(hers.get(&format!("/requests/{ticket}")).await.text().contains("They hang."));
    }
}

on_both! {
    async fn sec_1_the_role_keeps_an_advisory_and_is_reminded_of_the_end_of_its_embargo(scene) {
        let ticket = scene.files(&scene.dana().await, "security", "Anyone reads attachments").await;
        let jana = scene.actor(scene.cast.jana()).await;
        let draft = |day: &str| Draft {
            affected: "5.12".into(),
            body: "Who knows the number **reads**.".into(),
            embargo_until: Some(day.parse().unwrap()),
        };
        for other in [scene.ines().await, scene.theo().await, scene.dana().await] {
            assert!(keep_advisory(&scene.desk, &other, ticket, draft("2026-12-15")).await.is_err());
            assert!(advisory(&scene.desk, &other, ticket).await.is_err());
        }
        keep_advisory(&scene.desk, &jana, ticket, draft("2026-12-15")).await.unwrap();
        let (kept, _) = advisory(&scene.desk, &jana, ticket).await.unwrap().unwrap();
        assert_eq!(kept.embargo_until.unwrap().to_string(), "2026-12-15T00:00:00Z");
        scene.at("2026-12-07T23:59:00Z").await;
        scene.mail.take(&scene.cast.jana().address);
        scene.at("2026-12-08T00:00:00Z").await;
        assert_eq!(scene.mail.take(&scene.cast.jana().address), [format!("Embargo near {ticket}")]);
        scene.at("2026-12-14T23:00:00Z").await;
        assert!(scene.mail.of(&scene.cast.jana().address).is_empty(), "once a week before");
        scene.at("2026-12-15T00:00:00Z").await;
        assert_eq!(scene.mail.take(&scene.cast.jana().address), [format!("Embargo near {ticket}")], "and on the day");
        scene.advance(SignedDuration::from_hours(24 * 30)).await;
        assert!(scene.mail.of(&scene.cast.jana().address).is_empty());
        let open = scene.files(&scene.dana().await, "support", "Launches hang").await;
        assert!(matches!(keep_advisory(&scene.desk, &jana, open, draft("2027-01-01")).await, Err(desk::Error::NotFound)));
    }
}
