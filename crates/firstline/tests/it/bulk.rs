//! Work in bulk: the chosen requests stand, each is tried before anything changes, and a job does to each once what a member
//! of staff does to a single one; it can be stopped, and put back where that is possible.

mod teams;

use desk::{
    Actor, Desk, Error,
    bulk::{self, Chosen, From, Shown, Wanted},
    jobs, tickets,
};
use jiff::{SignedDuration, tz::TimeZone};
use rules::{
    access::{Action, Grant},
    bulk::{Act, BulkRefusal, MOST, Phase, Standing, Why},
    events::{Event, State, TicketEvent},
    ids::{BulkJobId, PersonId, TicketId},
    refusal::Refusal,
    sla::Standing as Clock,
    tickets::AfterReply,
};
use testkit::{Browser, Engine, Scene, on_both};

fn wanted(act: Act, words: &str) -> Wanted {
    Wanted { act, words: words.to_owned(), template: None }
}

fn reply(words: &str) -> Wanted {
    wanted(Act::Reply { after: AfterReply::Wait, template: None }, words)
}

fn person(actor: &Actor) -> PersonId {
    actor.signed().unwrap().person
}

/// Several questions of Dana's, in the order of the queue.
async fn questions(scene: &Scene, count: usize) -> Vec<TicketId> {
    let dana = scene.dana().await;
    let mut filed = vec![];
    for at in 0..count {
        filed.push(scene.files(&dana, "question", &format!("Lantern {at}")).await);
    }
    filed
}

/// Petra, with these roles.
async fn staff(scene: &Scene, grants: &[Grant]) -> Actor {
    let tx = scene.desk.store.begin().await.unwrap();
    let now = scene.desk.now();
    let person = store::people::insert(&tx, "Petra Quill", now).await.unwrap();
    store::people::set_grants(&tx, person, grants, now).await.unwrap();
    tx.commit().await.unwrap();
    Actor::Person(Box::new(desk::actor::Signed::read(scene.desk.store.read(), person).await.unwrap()))
}

/// Chooses these, says what to do, and lets the desk look at each.
async fn tried(scene: &Scene, actor: &Actor, these: &[TicketId], what: Wanted) -> BulkJobId {
    let id = bulk::choose(&scene.desk, actor, Chosen::These(these.to_vec())).await.unwrap();
    bulk::decide(&scene.desk, actor, id, what).await.unwrap();
    scene.settle().await;
    id
}

async fn shown(desk: &Desk, actor: &Actor, id: BulkJobId) -> Shown {
    bulk::show(desk, actor, id, From::default()).await.unwrap()
}

async fn begins(scene: &Scene, actor: &Actor, id: BulkJobId) -> Shown {
    let round = shown(&scene.desk, actor, id).await.job.round;
    bulk::begin(&scene.desk, actor, id, round).await.unwrap();
    scene.settle().await;
    shown(&scene.desk, actor, id).await
}

async fn does(scene: &Scene, actor: &Actor, these: &[TicketId], what: Wanted) -> Shown {
    let id = tried(scene, actor, these, what).await;
    begins(scene, actor, id).await
}

async fn ticket(scene: &Scene, id: TicketId) -> tickets::Ticket {
    store::tickets::get(scene.desk.store.read(), id).await.unwrap()
}

fn reasons(shown: &Shown) -> Vec<(&Why, i64)> {
    shown.reasons.iter().map(|(why, count)| (why, *count)).collect()
}

fn refusal<T: std::fmt::Debug>(done: desk::Result<T>) -> BulkRefusal {
    match done {
        Err(Error::Refused(Refusal::Bulk(why))) => why,
        other => panic!("it is not refused in bulk: {other:?}"),
    }
}

async fn messages(scene: &Scene, id: TicketId) -> Vec<tickets::Message> {
    store::messages::of_ticket(scene.desk.store.read(), id).await.unwrap()
}

on_both! {
    async fn all_of_a_view_is_what_it_holds_when_it_is_chosen(scene) {
        let ines = scene.ines().await;
        let filed = questions(&scene, 3).await;
        let to = Some(person(&ines));
        tickets::assign(&scene.desk, &ines, filed[0], tickets::Assignment { to }).await.unwrap();
        let id = bulk::choose(&scene.desk, &ines, Chosen::View(tickets::View::NeedsAnswer)).await.unwrap();
        let later = questions(&scene, 1).await[0];
        bulk::decide(&scene.desk, &ines, id, wanted(Act::Assign { to }, "")).await.unwrap();
        let before = shown(&scene.desk, &ines, id).await;
        assert_eq!((before.job.phase, before.job.total, before.counts.ready), (Phase::Judged, 3, 2));
        assert_eq!(reasons(&before), [(&Why::Same, 1)]);
        let listed: Vec<_> = before.changed.iter().map(|row| row.ticket.as_ref().unwrap().ticket.id).collect();
        assert_eq!(listed, filed[1..]);
        assert_eq!(ticket(&scene, filed[1]).await.assignee, None, "it was only tried");
        let after = begins(&scene, &ines, id).await;
        assert_eq!((after.job.phase, after.job.done, after.counts.left), (Phase::Ended, 2, 1));
        for it in filed {
            assert_eq!(ticket(&scene, it).await.assignee, to);
        }
        assert_eq!(ticket(&scene, later).await.assignee, None, "it came later");
        let asked = desk::views::ask(&scene.desk, &ines, "agent:none type:question", TimeZone::UTC).await.unwrap().unwrap();
        desk::search::catch_up(&scene.desk).await.unwrap();
        let of_question = bulk::choose_question(&scene.desk, &ines, &asked).await.unwrap();
        assert_eq!(shown(&scene.desk, &ines, of_question).await.job.total, 1);
    }

    async fn trying_leaves_no_trace_and_says_what_the_single_act_would(scene) {
        let ines = scene.ines().await;
        let filed = questions(&scene, 2).await;
        let history = async |id| store::events::of_ticket(scene.desk.store.read(), id).await.unwrap().len();
        let was = (history(filed[0]).await, scene.mails(scene.cast.dana()).len());
        for what in [
            reply("The fix is out."),
            wanted(Act::Note, "Same as the others."),
            wanted(Act::State { to: State::Solved }, ""),
        ] {
            let id = tried(&scene, &ines, &filed, what).await;
            assert_eq!(shown(&scene.desk, &ines, id).await.counts.ready, 2);
        }
        scene.advance(SignedDuration::from_mins(1)).await;
        assert_eq!((history(filed[0]).await, scene.mails(scene.cast.dana()).len()), was);
        assert_eq!(messages(&scene, filed[0]).await.len(), 0);
        let closed = tried(&scene, &ines, &filed, wanted(Act::State { to: State::Closed }, "")).await;
        let closed = shown(&scene.desk, &ines, closed).await;
        assert_eq!(reasons(&closed), [(&Why::StateStep { from: State::New, to: State::Closed }, 2)]);
        let refused = bulk::begin(&scene.desk, &ines, closed.job.id, closed.job.round).await;
        assert_eq!(refusal(refused), BulkRefusal::NothingToDo);
        let other = if ticket(&scene, filed[0]).await.wish.as_str() == "low" { "medium" } else { "low" };
        let other = tried(&scene, &ines, &filed, wanted(Act::Priority { to: other.into() }, "")).await;
        assert_eq!(reasons(&shown(&scene.desk, &ines, other).await), [(&Why::ReasonMissing, 2)], "PRI-2");
    }

    async fn each_request_is_done_to_by_what_its_agent_may_and_sees_then(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        let filed = questions(&scene, 3).await;
        let id = tried(&scene, &ines, &filed, wanted(Act::State { to: State::Solved }, "Fixed.")).await;
        tickets::change_state(&scene.desk, &theo, filed[0], tickets::StateChange { to: State::Solved, reason: String::new() }).await.unwrap();
let tx = scene.desk.store.begin().await.unwrap();
        store::tickets::set_secrecy(&tx, filed[1], rules::events::Secrecy::Security).await.unwrap();
        tx.commit().await.unwrap();
        let after = begins(&scene, &ines, id).await;
        assert_eq!((after.job.done, after.counts.left), (1, 2));
        let mut why: Vec<_> = after.reasons.iter().map(|(why, _)| why.clone()).collect();
        why.sort_by_key(|why| *why == Why::Same);
        assert_eq!(why, [Why::NotSeen, Why::Same]);
        assert_eq!(after.left.iter().filter(|row| row.ticket.is_none()).count(), 1, "it is counted, and no more");
        assert_eq!(ticket(&scene, filed[2]).await.state, State::Solved);
        assert_ne!(ticket(&scene, filed[1]).await.state, State::Solved);
        let product = staff(&scene, &[Grant::Product]).await;
        let id = bulk::choose(&scene.desk, &product, Chosen::These(filed.clone())).await.unwrap();
        bulk::decide(&scene.desk, &product, id, reply("Hello.")).await.unwrap();
        let may_not = shown(&scene.desk, &product, id).await;
        assert_eq!(reasons(&may_not), [(&Why::MayNot { action: Action::Reply }, 2)]);
        bulk::decide(&scene.desk, &product, id, wanted(Act::Note, "Planned for spring.")).await.unwrap();
        assert_eq!(begins(&scene, &product, id).await.job.done, 2);
        let dana = scene.dana().await;
        let none = bulk::choose(&scene.desk, &dana, Chosen::These(filed)).await;
        assert!(matches!(none, Err(Error::NotFound)), "customers have no desk: {none:?}");
        assert!(matches!(bulk::show(&scene.desk, &dana, id, From::default()).await, Err(Error::NotFound)));
    }

    async fn frt_2_a_reply_in_bulk_is_the_first_response_of_each_and_is_marked(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let filed = questions(&scene, 3).await;
        let id = tried(&scene, &ines, &filed, reply("The fix is in **26.2.1**.")).await;
        scene.advance(SignedDuration::from_mins(1)).await;
        let more = tickets::Text { body: "It is worse now.".into(), ..tickets::Text::default() };
        tickets::answer(&scene.desk, &dana, filed[2], more).await.unwrap();
        let earlier = scene.mails(scene.cast.dana()).len();
        let after = begins(&scene, &ines, id).await;
        assert_eq!(reasons(&after), [(&Why::WrittenSince, 1)]);
        assert_eq!(scene.mails(scene.cast.dana()).len(), earlier, "each is held");
        scene.advance(SignedDuration::from_mins(1)).await;
        assert_eq!(scene.mails(scene.cast.dana()).len(), earlier + 2, "each request has a mail of its own");
        for it in &filed[..2] {
            let shown = tickets::show(&scene.desk, &ines, *it).await.unwrap();
            assert!(shown.clocks.iter().any(|clock| matches!(clock.standing, Clock::Met { .. })), "{:?}", shown.clocks);
            assert_eq!(shown.ticket.state, State::WaitingForCustomer);
            assert_eq!((shown.messages.len(), shown.messages[0].bulk, shown.at_once.get(&id)), (1, Some(id), Some(&2)));
            let history = store::events::of_ticket(scene.desk.store.read(), *it).await.unwrap();
            let marked = |event: &Event| matches!(event, Event::Ticket(_, TicketEvent::Posted(posted)) if posted.bulk == Some(id));
            assert_eq!(history.iter().filter(|entry| marked(&entry.event)).count(), 1, "the journal knows it");
            let theirs = tickets::show(&scene.desk, &dana, *it).await.unwrap();
            assert!(theirs.at_once.is_empty(), "customers read a reply of their own");
        }
        assert_eq!(messages(&scene, filed[2]).await.len(), 1, "who wrote since is answered by hand");
        assert_eq!(after.job.words, None, "the words stand in the requests now");
        let undone = bulk::undo(&scene.desk, &ines, id, "").await;
        assert_eq!(refusal(undone), BulkRefusal::CannotBeUndone);
    }

    async fn frt_2_a_kept_text_is_filled_in_for_each_and_an_acknowledgement_is_no_response(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let question = questions(&scene, 1).await[0];
        let bug = scene.files(&dana, "bug", "Lanterns flicker").await;
        let kept = desk::templates::ReplyTemplate {
            id: rules::ids::TemplateId(0),
            name: "Seen".into(),
            body: "Dear {{ requester.first }}, we look at {{ request.subject }}.".into(),
            request_type: Some("question".into()),
            language: None,
            acknowledges: true,
            after: "wait".into(),
        };
        let desk::templates::Kept::Kept(text) = desk::templates::keep(&scene.desk, &theo, kept).await.unwrap() else {
            panic!("it can be filled in")
        };
        let what = Wanted { template: Some(text), ..reply("") };
        let after = does(&scene, &ines, &[question, bug], what).await;
        assert_eq!((after.job.done, reasons(&after)), (1, vec![(&Why::OtherType, 1)]));
        assert_eq!(messages(&scene, question).await[0].body, "Dear Dana, we look at Lantern 0.");
        scene.advance(SignedDuration::from_mins(1)).await;
        let clocks = tickets::show(&scene.desk, &ines, question).await.unwrap().clocks;
        assert!(!clocks.iter().any(|clock| matches!(clock.standing, Clock::Met { .. })), "{clocks:?}");
    }

    async fn what_was_changed_is_put_back_where_nobody_changed_it_since(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        let filed = questions(&scene, 4).await;
        let (me, other) = (Some(person(&ines)), Some(person(&theo)));
        tickets::assign(&scene.desk, &theo, filed[0], tickets::Assignment { to: other }).await.unwrap();
        let done = does(&scene, &ines, &filed, wanted(Act::Assign { to: me }, "")).await;
        assert_eq!(done.job.done, 4);
        // One goes elsewhere, one there and back again: both were changed since.
        for (at, to) in [(1, other), (2, other), (2, me)] {
            tickets::assign(&scene.desk, &theo, filed[at], tickets::Assignment { to }).await.unwrap();
        }
        scene.replies(&ines, filed[3], "A reply changes no assignment.").await;
        let back = bulk::undo(&scene.desk, &ines, done.job.id, "").await.unwrap();
        scene.settle().await;
        let after = shown(&scene.desk, &ines, back).await;
        assert_eq!((after.job.phase, after.job.done, reasons(&after)), (Phase::Ended, 2, vec![(&Why::ChangedSince, 2)]));
        let mut now = vec![];
        for it in &filed {
            now.push(ticket(&scene, *it).await.assignee);
        }
        assert_eq!(now, [other, other, me, None]);
        assert_eq!(refusal(bulk::undo(&scene.desk, &ines, done.job.id, "").await), BulkRefusal::UndoneAlready);
        assert_eq!(refusal(bulk::undo(&scene.desk, &ines, back, "").await), BulkRefusal::CannotBeUndone);
        let solved = does(&scene, &ines, &filed[..1], wanted(Act::State { to: State::Solved }, "")).await;
        bulk::undo(&scene.desk, &theo, solved.job.id, "").await.unwrap();
        scene.settle().await;
        assert_eq!(ticket(&scene, filed[0]).await.state, State::Open, "what was new has been looked at");
        let wish = ticket(&scene, filed[3]).await.priority;
        let low = does(&scene, &ines, &filed[3..], wanted(Act::Priority { to: "low".into() }, "It can wait.")).await;
        assert_eq!((low.job.done, ticket(&scene, filed[3]).await.priority.as_str()), (1, "low"));
        bulk::undo(&scene.desk, &ines, low.job.id, "").await.unwrap();
        scene.settle().await;
        assert_eq!(ticket(&scene, filed[3]).await.priority, wish);
    }

    async fn a_job_whose_worker_dies_goes_on_and_does_nothing_twice(scene) {
        let ines = scene.ines().await;
        let filed = questions(&scene, 40).await;
        let id = tried(&scene, &ines, &filed, wanted(Act::Note, "Known since Monday.")).await;
        bulk::begin(&scene.desk, &ines, id, 1).await.unwrap();
        let some_done = async {
            while shown(&scene.desk, &ines, id).await.job.done < 5 {
                tokio::task::yield_now().await;
            }
        };
        // What is dropped stops where it waits, as a process that is killed does.
        tokio::select! {
            biased;
            () = some_done => {}
            ran = jobs::run_due(&scene.desk) => panic!("it was done before it could be killed: {ran:?}"),
        }
        let cut = shown(&scene.desk, &ines, id).await;
        assert!(cut.job.phase == Phase::Running && cut.job.done < 40, "{:?}", cut.job);
        scene.settle().await;
        assert_eq!(shown(&scene.desk, &ines, id).await.job.done, cut.job.done, "its lease still runs");
        scene.advance(SignedDuration::from_mins(2)).await;
        let after = shown(&scene.desk, &ines, id).await;
        assert_eq!((after.job.phase, after.job.done, after.counts.done), (Phase::Ended, 40, 40));
        for it in filed {
            assert_eq!(messages(&scene, it).await.len(), 1, "{it}");
        }
    }

    async fn two_workers_at_the_same_job_do_each_request_once(scene) {
        let ines = scene.ines().await;
        let filed = questions(&scene, 30).await;
        let id = tried(&scene, &ines, &filed, wanted(Act::Note, "Known since Monday.")).await;
        bulk::begin(&scene.desk, &ines, id, 1).await.unwrap();
        let (payload, now) = (format!("{{\"job\":{id}}}"), scene.desk.now());
        let tx = scene.desk.store.begin().await.unwrap();
        let again = store::jobs::NewJob { kind: "bulk", payload: &payload, unique_key: None, run_at: now, now };
        store::jobs::enqueue(&tx, again).await.unwrap();
        tx.commit().await.unwrap();
        let (one, other) = tokio::join!(jobs::run_due(&scene.desk), jobs::run_due(&scene.desk));
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        scene.settle().await;
        let after = shown(&scene.desk, &ines, id).await;
        assert_eq!((after.job.phase, after.job.done, after.counts.left), (Phase::Ended, 30, 0));
        for it in filed {
            assert_eq!(messages(&scene, it).await.len(), 1, "{it}");
        }
    }

    async fn a_job_is_stopped_where_it_is_and_watched_by_leads(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        let filed = questions(&scene, 3).await;
        let id = tried(&scene, &ines, &filed, wanted(Act::Note, "Only for the desk.")).await;
        assert!(matches!(bulk::show(&scene.desk, &theo, id, From::default()).await, Err(Error::NotFound)), "it is not begun");
        bulk::begin(&scene.desk, &ines, id, 1).await.unwrap();
        let watched = shown(&scene.desk, &theo, id).await;
        assert_eq!((watched.is_mine, watched.job.words), (false, None), "the words may say what its reader may not read");
        bulk::stop(&scene.desk, &theo, id).await.unwrap();
        scene.settle().await;
        let after = shown(&scene.desk, &ines, id).await;
        assert_eq!((after.job.phase, after.job.done, after.counts.ready), (Phase::Stopped, 0, 3));
        assert_eq!(after.stopped_by.as_deref(), Some(scene.cast.theo().name.as_str()));
        bulk::begin(&scene.desk, &ines, id, 1).await.unwrap();
        scene.settle().await;
        assert_eq!(messages(&scene, filed[0]).await.len(), 0, "what was stopped is not begun again");
        assert_eq!(refusal(bulk::decide(&scene.desk, &ines, id, reply("Hello.")).await), BulkRefusal::Begun);
        assert_eq!(bulk::list(&scene.desk, &theo, None).await.unwrap().jobs.len(), 1);
        let agent = staff(&scene, &[Grant::Agent]).await;
        assert!(bulk::list(&scene.desk, &agent, None).await.unwrap().jobs.is_empty());
        assert!(matches!(bulk::stop(&scene.desk, &agent, id).await, Err(Error::NotFound)));
    }

    async fn limits_are_said_and_a_stale_page_begins_nothing(scene) {
        let ines = scene.ines().await;
        let filed = questions(&scene, 1).await;
        assert_eq!(refusal(bulk::choose(&scene.desk, &ines, Chosen::These(vec![])).await), BulkRefusal::NothingChosen);
        let too_many = (1..=5001).map(TicketId).collect();
        let refused = bulk::choose(&scene.desk, &ines, Chosen::These(too_many)).await;
        assert_eq!(refusal(refused), BulkRefusal::TooMany { limit: MOST });
        let absent = bulk::choose(&scene.desk, &ines, Chosen::These(vec![TicketId(9_999)])).await;
        assert_eq!(refusal(absent), BulkRefusal::NothingChosen, "what is not there is not chosen");
        let id = tried(&scene, &ines, &filed, wanted(Act::Note, "One.")).await;
        bulk::decide(&scene.desk, &ines, id, wanted(Act::State { to: State::Solved }, "")).await.unwrap();
        assert_eq!(refusal(bulk::begin(&scene.desk, &ines, id, 1).await), BulkRefusal::StillJudging, "it was decided anew");
        for what in [
            wanted(Act::Note, " \n"),
            reply(""),
            wanted(Act::Priority { to: "quite".into() }, ""),
            wanted(Act::State { to: State::ToConfirm }, ""),
            wanted(Act::Assign { to: Some(person(&scene.dana().await)) }, ""),
            wanted(Act::Assign { to: Some(PersonId(9_999)) }, ""),
            Wanted { template: Some(rules::ids::TemplateId(9_999)), ..reply("") },
        ] {
            let refused = bulk::decide(&scene.desk, &ines, id, what).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let kept = shown(&scene.desk, &ines, id).await;
        assert_eq!(kept.changed.iter().map(|row| row.standing).collect::<Vec<_>>(), [Standing::Ready], "it stands as it was");
        scene.advance(SignedDuration::from_hours(30)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert!(matches!(bulk::show(&scene.desk, &ines, id, From::default()).await, Err(Error::NotFound)), "nobody began it");
    }
}

#[tokio::test]
async fn ines_ticks_requests_looks_at_what_would_change_and_begins() {
    let scene = Scene::open(Engine::Sqlite).await;
    let filed = questions(&scene, 3).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let queue = ines.get("/desk").await.text();
    assert!(queue.contains(&format!("name=\"request\" value=\"{}\" form=\"bulk-bar\"", filed[0])), "{queue}");
    assert!(queue.contains("All 3 of this view"), "{queue}");
    let [first, second] = [filed[0].to_string(), filed[1].to_string()];
    let ticked =
        [("view", "needs-answer"), ("request", &first), ("request", &second), ("request", "x"), ("act", "reply")];
    let chosen = ines.post("/desk/bulk", &ticked).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    let form = ines.get(chosen.location()).await.text();
    assert!(form.contains("2 requests") && form.contains("name=\"act\" value=\"reply\""), "{form}");
    let address = chosen.location().split('?').next().unwrap().to_owned();
    let empty = ines.post(&format!("{address}/act"), &[("act", "reply"), ("words", ""), ("after", "wait")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("id=\"act-fault\""));
    for garbage in [
        &[("act", "delete")][..],
        &[("act", "assign"), ("agent", "x")],
        &[("act", "state"), ("state", "to_confirm")],
        &[("act", "reply"), ("words", "Hello."), ("after", "never")],
    ] {
        assert_eq!(ines.post(&format!("{address}/act"), garbage).await.status, 422, "{garbage:?}");
    }
    let words = [("act", "reply"), ("words", "It is <b>fixed</b> in *26.2.1*."), ("after", "wait")];
    assert_eq!(ines.post(&format!("{address}/act"), &words).await.location(), address);
    let before = ines.get(&address).await.text();
    assert!(before.contains("Reply to 2 requests") && before.contains("<em>26.2.1</em>"), "{before}");
    let begun = ines.post(&format!("{address}/beginning"), &[("round", "1")]).await;
    assert_eq!(begun.location(), address);
    let going = ines.get(&address).await.text();
    assert!(going.contains("0 of 2 requests done") && going.contains("data-job=\""), "{going}");
    scene.settle().await;
    let over = ines.get(&address).await.text();
    assert!(over.contains("Who got it") && !over.contains("data-job"), "{over}");
    let request = ines.get(&format!("/desk/requests/{first}")).await.text();
    assert!(request.contains("Sent to 2 requests at once"), "{request}");
    scene.advance(SignedDuration::from_mins(1)).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let theirs = dana.get(&format!("/requests/{first}")).await.text();
    assert!(theirs.contains("<em>26.2.1</em>") && !theirs.contains("at once"), "{theirs}");
    assert!(ines.get("/desk/bulk").await.text().contains(&format!("href=\"{address}\"")));
    assert_eq!(ines.get("/desk/bulk/9999").await.status, 404);
    assert_eq!(ines.post("/desk/bulk/9999/act", &[("act", "delete")]).await.status, 404);
    let nothing = ines.post("/desk/bulk", &[("view", "needs-answer"), ("act", "note")]).await;
    assert!(nothing.status.is_client_error() && nothing.text().contains("No request is chosen"), "{}", nothing.text());
    let all = ines.post("/desk/bulk", &[("view", "find:turn:ours type:bgu"), ("all", "yes"), ("act", "note")]).await;
    assert!(all.status.is_client_error() && all.text().contains("makes no sense"), "{}", all.text());
    assert_eq!(ines.post("/desk/bulk", &[("view", "nowhere"), ("all", "yes")]).await.status, 404);
}
