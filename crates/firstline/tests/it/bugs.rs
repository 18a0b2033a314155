//! Reports are reviewed and join bugs, or are refused with a reason (BUG-2); staff file what nobody reported (BUG-6); the
//! policy's checklist says what is fixed at once (BUG-3).

use desk::{
    Actor, Error,
    bugs::{self, Accepted, Amended, NewBug, RefusedReport, Says},
    tickets::{Shown, show},
};
use rules::{
    audit::Area,
    bugs::{Answers, Around, BugRefusal, Delivery, NotMoved, Reason, Refused, Severity, Source, Stage, Step},
    events::{Event, State, TicketEvent},
    ids::{BugId, TicketId},
    refusal::Refusal,
    releases::{Range, Version},
    tickets::AfterReply,
};
use testkit::{Browser, Scene, on_both};

fn v(written: &str) -> Version {
    Version::read(written).unwrap()
}

async fn reports(scene: &Scene, subject: &str) -> TicketId {
    scene.files(&scene.dana().await, "bug", subject).await
}

fn new(title: &str) -> Accepted {
    Accepted::New { title: title.into(), severity: Severity::Major }
}

/// Dana reports it, Ines answers and accepts it.
async fn accepted(scene: &Scene, subject: &str) -> (TicketId, BugId) {
    let ticket = reports(scene, subject).await;
    scene.replies(&scene.ines().await, ticket, "Thank you, we see it too.").await;
    let bug = bugs::accept(&scene.desk, &scene.ines().await, ticket, new("")).await.unwrap();
    scene.settle().await;
    (ticket, bug)
}

async fn shown(scene: &Scene, by: &Actor, ticket: TicketId) -> Shown {
    show(&scene.desk, by, ticket).await.unwrap()
}

async fn step(scene: &Scene, bug: BugId, step: Step) {
    bugs::step(&scene.desk, &scene.theo().await, bug, step).await.unwrap();
    scene.settle().await;
}

fn refusal<T: std::fmt::Debug>(done: desk::Result<T>) -> BugRefusal {
    match done {
        Err(Error::Refused(Refusal::Bug(why))) => why,
        other => panic!("{other:?}"),
    }
}

async fn entries(scene: &Scene) -> usize {
    let ada = scene.actor(scene.cast.ada()).await;
    let asked = desk::audit::Asked { area: Some(Area::Bugs), ..desk::audit::Asked::default() };
    let wanted = desk::audit::wanted(&scene.desk, &ada, &asked).await.unwrap().unwrap();
    desk::audit::list(&scene.desk, &ada, &wanted, None).await.unwrap().entries.len()
}

on_both! {
    async fn bug_2_an_accepted_report_joins_a_new_bug_and_the_next_one_joins_it_too(scene) {
        let (first, bug) = accepted(&scene, "Exports lose the last line of a launch").await;
        assert_eq!(shown(&scene, &scene.ines().await, first).await.ticket.state, State::WithDevelopers);
        let second = reports(&scene, "The last line of an export is lost").await;
        let ticket = shown(&scene, &scene.ines().await, second).await.ticket;
        let review = bugs::review(&scene.desk, &scene.ines().await, &ticket).await.unwrap().unwrap();
        assert_eq!(review.proposed.first().map(|it| it.bug.id()), Some(bug), "it is proposed by its words");
        bugs::accept(&scene.desk, &scene.ines().await, second, Accepted::Known(bug)).await.unwrap();
        assert_eq!(shown(&scene, &scene.ines().await, second).await.ticket.state, State::New, "nobody answered it yet");
        let again = bugs::accept(&scene.desk, &scene.ines().await, second, Accepted::Known(bug)).await.unwrap();
        assert_eq!(again, bug, "twice is once");
        let seen = bugs::show(&scene.desk, &scene.ines().await, bug).await.unwrap();
        assert_eq!((seen.reports.len(), seen.counted.reports, seen.counted.organisations), (2, 2, 1));
        assert_eq!(seen.bug.says.title, "Exports lose the last line of a launch", "called as its first report");
        assert!(seen.bug.life.affected.is_some() && seen.bug.says.first_seen.is_some(), "where it was seen");
        let other = refusal(bugs::accept(&scene.desk, &scene.ines().await, second, new("Another")).await);
        assert_eq!(other, BugRefusal::InBug(bug));
        bugs::part(&scene.desk, &scene.ines().await, second).await.unwrap();
        assert_eq!(refusal(bugs::part(&scene.desk, &scene.ines().await, second).await), BugRefusal::NotInBug);
        assert_eq!(entries(&scene).await, 4, "filed, joined, joined, left");
    }

    async fn bug_2_only_reports_of_bugs_are_reviewed(scene) {
        let question = scene.files(&scene.dana().await, "question", "Where is the export?").await;
        let ines = scene.ines().await;
        let why = refusal(bugs::accept(&scene.desk, &ines, question, new("")).await);
        assert_eq!(why, BugRefusal::NotAReport { request_type: "question".into() });
        let ticket = shown(&scene, &ines, question).await.ticket;
        assert!(bugs::review(&scene.desk, &ines, &ticket).await.unwrap().is_none());
        let report = reports(&scene, "The export is empty").await;
        let unknown = refusal(bugs::accept(&scene.desk, &ines, report, Accepted::Known(BugId(99))).await);
        assert_eq!(unknown, BugRefusal::NoSuchBug { written: "99".into() });
        let dana = bugs::accept(&scene.desk, &scene.dana().await, report, new("")).await;
        assert!(matches!(dana, Err(Error::NotFound)), "for customers there is no desk");
    }

    async fn bug_2_a_refused_report_says_why_in_a_reply_that_counts(scene) {
        let ticket = reports(&scene, "A skipped test has no duration").await;
        let refused = |why| RefusedReport {
            why,
            text: world::text("A skipped test did not run, so there is nothing to measure."),
            after: AfterReply::Solve,
        };
        let ines = scene.ines().await;
        let documented = |link: &str| Refused::WorksAsDocumented { link: link.into() };
        let without = bugs::refuse_report(&scene.desk, &ines, ticket, refused(documented(""))).await;
        assert_eq!(refusal(without), BugRefusal::NotMoved(NotMoved::LinkMissing));
        let link = "https://docs.example/tests#skipped";
        bugs::refuse_report(&scene.desk, &ines, ticket, refused(documented(link))).await.unwrap();
        scene.settle().await;
        scene.advance(jiff::SignedDuration::from_secs(60)).await;
        let seen = shown(&scene, &scene.dana().await, ticket).await;
        assert_eq!(seen.ticket.state, State::Solved);
        assert!(seen.messages.iter().any(|it| it.body.contains("nothing to measure")), "she reads why");
        assert!(scene.mails(scene.cast.dana()).contains(&format!("Reply {ticket}")));
        let history = store::events::of_ticket(scene.desk.store.read(), ticket).await.unwrap();
        let written = |it: &rules::events::Entry| match &it.event {
            Event::Ticket(_, TicketEvent::Posted(posted)) => posted.hand == rules::events::Hand::Written && posted.substance,
            _ => false,
        };
        assert!(history.iter().any(written), "a person answered (FRT-2)");
        let told = |it: &desk::tickets::Happened| {
            matches!(&it.entry.event, Event::Ticket(_, TicketEvent::ReportRefused { .. }))
        };
        assert!(!seen.happened.iter().any(told), "the reply says it to her");
        assert!(shown(&scene, &ines, ticket).await.happened.iter().any(told));
    }

    async fn bug_2_who_reported_what_is_known_follows_it(scene) {
        let (_, bug) = accepted(&scene, "Exports lose the last line").await;
        let ticket = scene.files(&scene.ravi().await, "bug", "Lines are missing in exports").await;
        let refused = RefusedReport {
            why: Refused::DuplicateOf(bug),
            text: world::text("We know it, and work on it."),
            after: AfterReply::Solve,
        };
        bugs::refuse_report(&scene.desk, &scene.ines().await, ticket, refused).await.unwrap();
        scene.settle().await;
        let seen = bugs::show(&scene.desk, &scene.ines().await, bug).await.unwrap();
        assert_eq!((seen.followers, seen.counted.reports), (1, 1));
    }

    async fn bug_2_a_bug_goes_over_the_board_and_each_step_is_on_record(scene) {
        let (_, bug) = accepted(&scene, "Exports lose the last line").await;
        let ines = bugs::step(&scene.desk, &scene.ines().await, bug, Step::Confirm).await;
        assert!(matches!(ines, Err(Error::Refused(Refusal::MayNot { .. }))), "product and lead move it");
        step(&scene, bug, Step::Confirm).await;
        step(&scene, bug, Step::Plan { version: v("99.1") }).await;
        step(&scene, bug, Step::Start).await;
        step(&scene, bug, Step::Fix { version: v("99.1") }).await;
        let board = bugs::board(&scene.desk, &scene.ines().await).await.unwrap();
        let of = |stage| board.iter().find(|it| it.stage == stage).unwrap();
        assert_eq!((of(Stage::Fixed).count, of(Stage::Fixed).heads[0].bug.id()), (1, bug));
        assert_eq!(of(Stage::New).count, 0);
        let confirm = bugs::step(&scene.desk, &scene.theo().await, bug, Step::Confirm).await;
        assert!(matches!(refusal(confirm), BugRefusal::NotMoved(NotMoved::NotFrom(_))));
        let absent = bugs::step(&scene.desk, &scene.ines().await, BugId(99), Step::Confirm).await;
        assert!(matches!(absent, Err(Error::NotFound)), "what is not there comes first");
        let seen = bugs::show(&scene.desk, &scene.theo().await, bug).await.unwrap();
        assert_eq!(seen.history.len(), 5, "filed and four steps");
        let found = bugs::find(&scene.desk, &scene.theo().await, &bugs::Filter {
            text: format!("bug-{bug}"),
            ..bugs::Filter::default()
        }).await.unwrap();
        assert_eq!(found.first().map(|it| it.bug.id()), Some(bug));
    }

    async fn bug_3_the_checklist_decides_and_says_why_and_stays_on_record(scene) {
        let (_, bug) = accepted(&scene, "Nobody can sign in").await;
        step(&scene, bug, Step::Confirm).await;
        let theo = scene.theo().await;
        let answers = |around| Answers {
            faults: [("start".into(), false), ("sign_in".into(), true), ("use".into(), false)].into(),
            around: Some(around),
        };
        let way = Around::Tool { how: "The command line still works".into() };
        let decision = bugs::check_hotfix(&scene.desk, &theo, bug, answers(way)).await.unwrap();
        assert_eq!(decision.delivery, Delivery::Planned, "a way around rules it out");
        let decision = bugs::check_hotfix(&scene.desk, &theo, bug, answers(Around::Nothing)).await.unwrap();
        assert!(decision.reasons.contains(&Reason::Fault("sign_in".into())));
        assert!(decision.reasons.contains(&Reason::NoWayAround));
        let seen = bugs::show(&scene.desk, &theo, bug).await.unwrap();
        assert_eq!(seen.checks.len(), 2, "each time");
        assert_eq!(seen.checks[0].decision, decision, "the last one first");
    }

    async fn bug_6_staff_file_what_no_customer_reported(scene) {
        let says = Says { title: "A webhook is tried for ever".into(), ..Says::default() };
        let new = NewBug {
            says: says.clone(),
            severity: Severity::Minor,
            source: Source::OwnTests,
            affected: Range::read("5.11 to 5.12.1").ok(),
        };
        let bug = bugs::file(&scene.desk, &scene.ines().await, new.clone()).await.unwrap();
        let seen = bugs::show(&scene.desk, &scene.ines().await, bug).await.unwrap();
        assert!(seen.bug.life.source.is_internal() && seen.reports.is_empty());
        let untitled = NewBug { says: Says::default(), ..new };
        assert!(matches!(bugs::file(&scene.desk, &scene.ines().await, untitled).await, Err(Error::Invalid(_))));
        let amended = Amended {
            says: Says { public: true, said: "Webhooks are tried too often.".into(), ..says },
            severity: Severity::Major,
            affected: None,
        };
        bugs::amend(&scene.desk, &scene.theo().await, bug, amended).await.unwrap();
        let known = bugs::known_list(&scene.desk).await.unwrap();
        assert_eq!(known.iter().map(|it| it.bug.id()).collect::<Vec<_>>(), [bug]);
    }

    async fn bug_2_a_security_report_leaves_its_bug(scene) {
        let (ticket, bug) = accepted(&scene, "Tokens stand in exports").await;
        let conversion = desk::tickets::Conversion { to: "security".into(), reason: "It is one.".into() };
        desk::tickets::convert(&scene.desk, &scene.ines().await, ticket, conversion).await.unwrap();
        let seen = bugs::show(&scene.desk, &scene.theo().await, bug).await.unwrap();
        assert!(seen.reports.is_empty() && seen.counted.reports == 0, "nobody finds it by the bug (SEC-1)");
    }

    async fn bug_2_the_pages_work_without_script(scene) {
        let ticket = reports(&scene, "Exports lose the last line").await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("Accept as bug"));
        let fields = [("bug", "new"), ("title", "Exports lose a line"), ("severity", "critical")];
        assert_eq!(ines.post(&format!("/desk/requests/{ticket}/bug"), &fields).await.status, 303);
        let board = ines.get("/desk/bugs").await.text();
        assert!(board.contains("Exports lose a line") && board.contains("Critical"), "{board}");
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        assert_eq!(theo.post("/desk/bugs/1/step", &[("do", "confirm")]).await.status, 303);
        let wrong = theo.post("/desk/bugs/1/step", &[("do", "plan"), ("version", "soon")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("no version"));
        let checklist = [("fault.start", "no"), ("fault.sign_in", "yes"), ("fault.use", "no"), ("around", "nothing")];
        assert_eq!(theo.post("/desk/bugs/1/checklist", &checklist).await.status, 303);
        let page = theo.get("/desk/bugs/1").await.text();
        assert!(page.contains("People cannot sign in") && page.contains("There is no other approach"), "{page}");
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = dana.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("BUG-1"), "the bug stands beside her request");
        assert_eq!(dana.get("/bugs/1").await.status, 404, "it is not public");
        let said = [
            ("title", "Exports lose a line"),
            ("severity", "critical"),
            ("public", "yes"),
            ("said", "Exports to CSV lose their last line."),
            ("affected", "5.11 to 5.12.1"),
        ];
        assert_eq!(theo.post("/desk/bugs/1/description", &said).await.status, 303);
        let page = dana.get("/bugs/1").await.text();
        assert!(page.contains("Exports to CSV lose their last line.") && page.contains("Follow it"), "{page}");
        assert_eq!(dana.post("/bugs/1/following", &[]).await.status, 303);
        assert!(dana.get("/bugs/1").await.text().contains("You follow it"));
        assert!(dana.get("/bugs").await.text().contains("Exports lose a line"));
    }
}
