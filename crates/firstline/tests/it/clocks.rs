//! The first response: when it is due, when it counts, and who hears when it does not come.

use desk::{
    Actor,
    policy::NewPolicy,
    schedule,
    tickets::{
        Decided, Raised, View, Wanted, decide_priority, desk_view, raise_wish, rule_on_response, show, take_back,
    },
};
use jiff::SignedDuration;
use rules::{
    events::{Event, State, TargetKind, TicketEvent},
    ids::TicketId,
    sla::{Clock, Standing},
    tickets::AfterReply,
};
use testkit::{Browser, Mailboxes, Outcome, Scene, on_both};

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// The first clock of a request, as its page shows it.
async fn clock(scene: &Scene, ticket: TicketId) -> Clock {
    let shown = show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
    shown.clocks.into_iter().next().expect("the request has a clock")
}

async fn kinds(scene: &Scene, ticket: TicketId) -> Vec<String> {
    let history = desk::clocks::history(scene.desk.store.read(), ticket).await.unwrap();
    history.iter().map(|entry| entry.event.kind()).collect()
}

fn without_receipts(mail: &Mailboxes, address: &str) -> Vec<String> {
    mail.of(address).into_iter().filter(|line| !line.starts_with("Receipt")).collect()
}

/// What the rows of the queue show, to somebody who has looked before and to a process that has not.
async fn rows_agree(scene: &Scene) -> Vec<(TicketId, Option<Clock>)> {
    let fresh = scene.stage.desk(scene.desk.store.clone(), scene.desk.settings.as_ref().clone());
    let wanted = Wanted { view: View::NeedsAnswer, after: None };
    let mut shown = vec![];
    for desk in [&scene.desk, &fresh] {
        let rows = desk_view(desk, &scene.ines().await, wanted).await.unwrap().rows;
        shown.push(rows.into_iter().map(|row| (row.ticket.id, row.clock)).collect::<Vec<_>>());
    }
    assert_eq!(shown[0], shown[1]);
    shown.remove(0)
}

on_both! {
    async fn a_row_shows_what_its_events_tell_however_often_it_was_shown_before(scene) {
        scene.at("2026-11-20T09:00:00Z").await;
        let dana = scene.dana().await;
        let bug = scene.files(&dana, "bug", "Tags with a dot are not found").await;
        let question = scene.files(&dana, "question", "Which role may only read?").await;
        let filed = rows_agree(&scene).await;
        assert!(filed.len() == 2 && filed.iter().all(|(_, clock)| clock.as_ref().unwrap().standing == Standing::Running));
        assert_eq!(rows_agree(&scene).await, filed, "nothing happened");

        scene.advance(hours(1)).await;
        let higher = Decided { priority: "urgent".into(), reason: "All of them wait".to_owned() };
        decide_priority(&scene.desk, &scene.ines().await, bug, higher).await.unwrap();
        assert_ne!(rows_agree(&scene).await, filed);
        scene.replies(&scene.ines().await, question, "The viewer's role.").await;
        scene.advance(hours(1)).await;
        assert!(!rows_agree(&scene).await.iter().any(|(id, _)| *id == question), "it was answered");
        scene.at("2026-11-24T16:00:00Z").await;
        let late = rows_agree(&scene).await;
        assert!(late.iter().any(|(id, clock)| *id == bug && matches!(clock.as_ref().unwrap().standing, Standing::Breached { .. })));

        let policy = include_str!("../../../../policies/allure-testops.toml");
        let new = NewPolicy { source: format!("{policy}\n# Another version.\n"), from: None };
        desk::policy::apply(&scene.desk, &Actor::DESK, new).await.unwrap();
        assert_eq!(rows_agree(&scene).await, late, "clocks keep the terms that they began with");
    }

    async fn frt_1_a_question_of_friday_afternoon_is_due_on_monday_and_answered_in_time(scene) {
        scene.at("2026-11-20T16:40:00Z").await;
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        assert_eq!(clock(&scene, ticket).await.due.unwrap().to_string(), "2026-11-23T14:40:00Z");
        scene.at("2026-11-23T14:40:00Z").await;
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        scene.advance(hours(1)).await;
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Met(_)));
        let dana = &scene.cast.dana().address;
        assert_eq!(scene.mail.of(dana), [format!("Receipt {ticket}"), format!("Reply {ticket}")]);
    }

    async fn frt_7_dana_files_a_bug_nine_working_hours_pass_and_theo_has_one_mail(scene) {
        let ticket = scene.files(&scene.dana().await, "bug", "Tags with a dot are not found").await;
        scene.at("2026-11-17T09:00:00Z").await;
        let mails = scene.mails(scene.cast.theo());
        let breaches: Vec<_> = mails.iter().filter(|line| line.starts_with("Breached")).collect();
        assert_eq!(breaches, [&format!("Breached {ticket}")]);
        assert_eq!(mails, [format!("Warned 50 % {ticket}"), format!("Warned 80 % {ticket}"), format!("Breached {ticket}")]);
        let Standing::Breached { due, answered: None } = clock(&scene, ticket).await.standing else {
            panic!("the clock ran out")
        };
        assert_eq!(due.to_string(), "2026-11-16T16:00:00Z");
    }

    async fn frt_7_the_assignee_hears_instead_of_the_lead(scene) {
        let ticket = scene.files(&scene.dana().await, "bug", "Tags with a dot are not found").await;
        let to = Some(scene.cast.ines().person);
        desk::tickets::assign(&scene.desk, &scene.ines().await, ticket, desk::tickets::Assignment { to }).await.unwrap();
        scene.advance(hours(9)).await;
        assert_eq!(scene.mails(scene.cast.theo()), Vec::<String>::new());
        assert_eq!(scene.mails(scene.cast.ines()).last(), Some(&format!("Breached {ticket}")));
    }

    async fn frt_3_a_failed_delivery_is_no_response(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.mail.expect(&scene.cast.dana().address, [Outcome::Refuse]);
        scene.advance(hours(1)).await;
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        scene.advance(hours(1)).await;
        assert_eq!(without_receipts(&scene.mail, &scene.cast.dana().address), Vec::<String>::new());
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Running));
        scene.advance(hours(8)).await;
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Breached { answered: None, .. }));
    }

    async fn frt_3_a_response_seen_on_the_portal_has_arrived_though_the_mail_is_late(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        scene.mail.expect(&scene.cast.dana().address, [Outcome::Defer, Outcome::Defer, Outcome::Defer]);
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        scene.advance(SignedDuration::from_secs(30)).await;
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::UnderWay { .. }));
        desk::tickets::read(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Met(_)));
    }

    async fn frt_3_while_an_answer_is_under_way_nothing_is_breached(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.at("2026-11-16T15:59:55Z").await;
        scene.mail.expect(&scene.cast.dana().address, [Outcome::Defer, Outcome::HangUp]);
        scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
        scene.advance(SignedDuration::from_mins(30)).await;
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Met(_)), "it was pressed in time");
        assert!(!kinds(&scene, ticket).await.contains(&"ticket.breached".to_owned()));
    }

    async fn frt_9_a_decided_priority_is_a_line_of_the_clock_and_has_its_reason(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let ines = scene.ines().await;
        let refused = decide_priority(&scene.desk, &ines, ticket, Decided { priority: "medium".into(), reason: String::new() });
        assert!(matches!(refused.await, Err(desk::Error::Refused(rules::refusal::Refusal::ReasonMissing))));
        let reason = "An audit hangs on it.".to_owned();
        decide_priority(&scene.desk, &ines, ticket, Decided { priority: "medium".into(), reason }).await.unwrap();
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.dana().address);
        assert!(matches!(&told, Some(desk::ports::About::PriorityDecided { wish, decided, reason, .. })
            if (wish.as_str(), decided.as_str(), reason.as_str()) == ("Low", "Medium", "An audit hangs on it.")), "{told:?}");
        let shown = show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert_eq!((shown.ticket.wish.as_str(), shown.ticket.priority.as_str()), ("low", "medium"));
        assert!(shown.happened.iter().any(|line| line.words.as_deref() == Some("An audit hangs on it.")));
        let due = shown.clock.and_then(|clock| clock.due).unwrap();
        assert_eq!(due.to_string(), "2026-11-16T16:00:00Z", "the reference policy promises the same for all priorities");
    }

    async fn req_11_a_raised_wish_is_in_force_until_an_agent_decides(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "bug", "Uploads fail").await;
        let before = show(&scene.desk, &dana, ticket).await.unwrap().ticket;
        let raise = |wish: &str, reason: &str| Raised { wish: wish.into(), reason: reason.to_owned() };
        for (wish, reason) in [(before.wish.as_str(), "Please"), ("urgent", "  "), ("sky-high", "Please")] {
            let refused = raise_wish(&scene.desk, &dana, ticket, raise(wish, reason)).await;
            assert!(matches!(refused, Err(desk::Error::Refused(_))), "{wish}: {refused:?}");
        }
        raise_wish(&scene.desk, &dana, ticket, raise("high", "The plant stands still.")).await.unwrap();
        let raised = show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        assert_eq!((raised.ticket.wish.as_str(), raised.ticket.priority.as_str()), ("high", "high"), "{before:?}");
        assert!(!raised.ticket.priority_decided, "nobody has decided yet");
        assert!(raised.happened.iter().any(|line| line.words.as_deref() == Some("The plant stands still.")));
        let page = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("High counts instead of Medium, as asked for, until an agent decides"), "{page}");
        assert!(!page.contains("The desk decided"), "nobody did");
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.theo().address);
        assert!(matches!(&told, Some(desk::ports::About::WishRaised { wish, reason, .. })
            if (wish.as_str(), reason.as_str()) == ("High", "The plant stands still.")), "{told:?}");

        let decided = Decided { priority: "medium".into(), reason: "Uploading again works.".into() };
        decide_priority(&scene.desk, &scene.ines().await, ticket, decided).await.unwrap();
        raise_wish(&scene.desk, &dana, ticket, raise("urgent", "Now all of them fail.")).await.unwrap();
        let after = show(&scene.desk, &dana, ticket).await.unwrap().ticket;
        assert_eq!((after.wish.as_str(), after.priority.as_str()), ("urgent", "medium"), "both stay (PRI-2)");
    }

    async fn pri_3_a_priority_outside_the_types_range_is_refused(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let decided = Decided { priority: "urgent".into(), reason: "It is for the board.".into() };
        let refused = decide_priority(&scene.desk, &scene.ines().await, ticket, decided).await;
        assert!(matches!(refused, Err(desk::Error::Refused(rules::refusal::Refusal::PriorityOutOfRange { .. }))));
    }

    async fn frt_2_a_note_is_no_response_and_never_reaches_the_customer(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        desk::tickets::note(&scene.desk, &scene.ines().await, ticket, world::text("Ask Lucas about SECRET-NOTE.")).await.unwrap();
        scene.advance(hours(2)).await;
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Running));
        let shown = show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert!(shown.messages.is_empty(), "{:?}", shown.messages);
        assert!(!scene.mail.raw().iter().any(|mail| mail.contains("SECRET-NOTE")));
        assert_eq!(show(&scene.desk, &scene.ines().await, ticket).await.unwrap().messages.len(), 1);
    }

    async fn frt_2_a_lead_rules_that_a_message_was_no_response_and_the_clock_goes_on(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        let replied = scene.replies(&scene.ines().await, ticket, "We look into it.").await;
        scene.advance(hours(1)).await;
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Met(_)));
        let by_ines = rule_on_response(&scene.desk, &scene.ines().await, ticket, replied.message, "No answer.").await;
        assert!(matches!(by_ines, Err(desk::Error::Refused(rules::refusal::Refusal::MayNot { .. }))));
        rule_on_response(&scene.desk, &scene.theo().await, ticket, replied.message, "No answer.").await.unwrap();
        let after = clock(&scene, ticket).await;
        assert!(matches!(after.standing, Standing::Running));
        assert_eq!(after.due.unwrap().to_string(), "2026-11-16T16:00:00Z", "from its start");
    }

    async fn frt_2_what_was_ruled_no_answer_neither_waits_for_the_customer_nor_is_solved(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        for after in [AfterReply::Wait, AfterReply::Solve] {
            let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
            let says = async |text: &str| {
                let said = desk::tickets::Answer { text: world::text(text), after };
                let replied = desk::tickets::reply(&scene.desk, &ines, ticket, said).await.unwrap();
                scene.advance(SignedDuration::from_mins(1)).await;
                replied.message
            };
            let rules = async |message| {
                rule_on_response(&scene.desk, &theo, ticket, message, "It answers nothing.").await.unwrap();
                show(&scene.desk, &ines, ticket).await.unwrap().ticket.state
            };
            let first = says("We look into it.").await;
            assert_eq!(rules(first).await, State::Open, "after {after:?}");
            let answer = says("The viewer's role.").await;
            let before = show(&scene.desk, &ines, ticket).await.unwrap().ticket.state;
            assert_ne!(before, State::Open);
            assert_eq!(rules(first).await, before, "message {answer} answers, whatever the first was");
        }
    }

    async fn frt_5_a_reopened_request_has_a_clock_of_its_own(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        let answer = desk::tickets::Answer { text: world::text("The viewer's role."), after: AfterReply::Solve };
        desk::tickets::reply(&scene.desk, &scene.ines().await, ticket, answer).await.unwrap();
        scene.at("2026-11-17T08:00:00Z").await;
        desk::tickets::answer(&scene.desk, &scene.dana().await, ticket, world::text("It does not work.")).await.unwrap();
        let shown = show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        let cycles: Vec<_> = shown.clocks.iter().map(|clock| (clock.cycle, clock.due.unwrap().to_string())).collect();
        assert_eq!(cycles, [(0, "2026-11-16T16:00:00Z".to_owned()), (1, "2026-11-17T16:00:00Z".to_owned())]);
    }

    async fn frt_1_feature_requests_have_no_clock(scene) {
        let ticket = scene.files(&scene.dana().await, "feature", "Keys for triage").await;
        scene.advance(hours(100)).await;
        assert!(show(&scene.desk, &scene.ines().await, ticket).await.unwrap().clocks.is_empty());
        assert_eq!(scene.mails(scene.cast.theo()), Vec::<String>::new());
    }

    async fn a_take_back_within_the_hold_leaves_no_trace_for_the_customer(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let ines = scene.ines().await;
        let replied = scene.replies(&ines, ticket, "Dear Ravi, WRONG-PERSON").await;
        scene.advance(SignedDuration::from_secs(5)).await;
        let text = take_back(&scene.desk, &ines, ticket, replied.message).await.unwrap();
        assert_eq!(text, "Dear Ravi, WRONG-PERSON");
        scene.advance(hours(1)).await;
        let shown = show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert!(shown.messages.is_empty());
        assert!(!scene.mail.raw().iter().any(|mail| mail.contains("WRONG-PERSON")));
        assert!(matches!(clock(&scene, ticket).await.standing, Standing::Running));
    }

    async fn after_the_hold_a_reply_stays_sent(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let ines = scene.ines().await;
        let replied = scene.replies(&ines, ticket, "The viewer's role.").await;
        scene.advance(SignedDuration::from_secs(11)).await;
        let refused = take_back(&scene.desk, &ines, ticket, replied.message).await;
        assert!(matches!(refused, Err(desk::Error::Refused(rules::refusal::Refusal::HoldOver))));
    }

    async fn the_sweep_touches_only_what_is_due(scene) {
        let dana = scene.dana().await;
        let first = scene.files(&dana, "question", "Which role may only read?").await;
        scene.at("2026-11-16T11:59:00Z").await;
        scene.files(&dana, "question", "Which role may write?").await;
        scene.stage.clock.set("2026-11-16T12:00:00Z".parse().unwrap());
        let swept = desk::sla::sweep(&scene.desk).await.unwrap();
        assert_eq!((swept.looked_at, swept.warned, swept.breached), (1, 1, 0));
        assert_eq!(desk::sla::sweep(&scene.desk).await.unwrap().looked_at, 0);
        assert!(kinds(&scene, first).await.contains(&"ticket.warned".to_owned()));
    }

    async fn two_sweeps_at_once_breach_once(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.stage.clock.set("2026-11-16T16:00:01Z".parse().unwrap());
        let (one, other) = tokio::join!(desk::sla::sweep(&scene.desk), desk::sla::sweep(&scene.desk));
        assert_eq!(one.unwrap().breached + other.unwrap().breached, 1);
        schedule::settle(&scene.desk).await.unwrap();
        let history = desk::clocks::history(scene.desk.store.read(), ticket).await.unwrap();
        let breaches = history.iter().filter(|entry| {
            matches!(entry.event, Event::Ticket(_, TicketEvent::Breached { target: TargetKind::FirstResponse, .. }))
        });
        assert_eq!(breaches.count(), 1);
        assert_eq!(scene.mails(scene.cast.theo()), [format!("Breached {ticket}")]);
    }
}
