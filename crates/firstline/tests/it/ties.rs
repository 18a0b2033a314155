//! What ties a request to people and to other requests: participants, watchers, links, merging, splitting; the promised next
//! word; closing as not covered; how it went.

use desk::{
    ports::About,
    tickets::{
        Assignment, OutOfScope, Rating, Split, StateChange, add_participant, answer, assign, change_state,
        close_out_of_scope, link, merge, promise_word, rate, remove_participant, set_secrecy, show, split, undo_merge,
        unlink, unwatch, watch,
    },
};
use jiff::SignedDuration;
use rules::{
    events::{Secrecy, State, Verdict},
    ids::TicketId,
    refusal::Refusal,
    sla::Standing,
    tickets::{Apart, Whose},
};
use testkit::{Browser, Scene, on_both};

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

async fn two(scene: &Scene) -> (TicketId, TicketId) {
    let first = scene.files(&scene.dana().await, "support", "Launches hang").await;
    scene.advance(minutes(30)).await;
    let second = scene.files(&scene.ravi().await, "support", "Launches hang here too").await;
    scene.advance(minutes(30)).await;
    (first, second)
}

async fn with_developers(scene: &Scene) -> TicketId {
    let ticket = scene.files(&scene.dana().await, "support", "Launches hang").await;
    scene.advance(minutes(5)).await;
    scene.replies(&scene.ines().await, ticket, "It goes to our developers.").await;
    scene.advance(minutes(5)).await;
    let change = StateChange { to: State::WithDevelopers, reason: String::new() };
    change_state(&scene.desk, &scene.ines().await, ticket, change).await.unwrap();
    ticket
}

async fn in_view(scene: &Scene, ticket: TicketId) -> bool {
    let wanted = desk::tickets::Wanted { view: desk::tickets::View::NeedsAnswer, after: None };
    let page = desk::tickets::desk_view(&scene.desk, &scene.ines().await, wanted).await.unwrap();
    page.rows.iter().any(|row| row.ticket.id == ticket)
}

on_both! {
    async fn vis_1_a_requester_adds_colleagues_who_then_read_and_write_and_takes_them_off(scene) {
        let (dana, ravi) = (scene.dana().await, scene.ravi().await);
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        assert!(matches!(show(&scene.desk, &ravi, ticket).await, Err(desk::Error::NotFound)));
        let lea = scene.cast.lea().address.clone();
        let refused = add_participant(&scene.desk, &dana, ticket, &lea).await;
        assert!(matches!(refused, Err(desk::Error::Refused(Refusal::NoColleague))), "of another company: {refused:?}");
        let unknown = add_participant(&scene.desk, &dana, ticket, "nobody@acme-robotics.example").await;
        assert!(matches!(unknown, Err(desk::Error::Refused(Refusal::NoColleague))), "the same answer: {unknown:?}");
        add_participant(&scene.desk, &dana, ticket, &scene.cast.ravi().address).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mail.of(&scene.cast.ravi().address).last().unwrap(), &format!("Added {ticket}"));
        answer(&scene.desk, &ravi, ticket, world::text("Mine hang too.")).await.unwrap();
        let by_ravi = add_participant(&scene.desk, &ravi, ticket, &scene.cast.dana().address).await;
        assert!(matches!(by_ravi, Err(desk::Error::Refused(Refusal::MayOnlyRead))), "who was added adds nobody");
        let off = remove_participant(&scene.desk, &ravi, ticket, scene.cast.dana().person).await;
        assert!(off.is_err(), "nor takes anybody off");
        remove_participant(&scene.desk, &dana, ticket, scene.cast.ravi().person).await.unwrap();
        assert!(matches!(show(&scene.desk, &ravi, ticket).await, Err(desk::Error::NotFound)));
        let herself = remove_participant(&scene.desk, &dana, ticket, scene.cast.dana().person).await;
        assert!(matches!(herself, Err(desk::Error::Refused(Refusal::RequesterStays))));
        // Staff add any customer.
        add_participant(&scene.desk, &scene.ines().await, ticket, &lea).await.unwrap();
        let lea = scene.actor(scene.cast.lea()).await;
        assert!(show(&scene.desk, &lea, ticket).await.is_ok());
        remove_participant(&scene.desk, &lea, ticket, scene.cast.lea().person).await.unwrap();
        assert!(matches!(show(&scene.desk, &lea, ticket).await, Err(desk::Error::NotFound)), "who was added may leave");
    }

    async fn watchers_hear_what_the_assignee_hears_as_long_as_they_may_see_it(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        let theo = scene.theo().await;
        assign(&scene.desk, &theo, ticket, Assignment { to: Some(scene.cast.ines().person) }).await.unwrap();
        watch(&scene.desk, &theo, ticket).await.unwrap();
        scene.settle().await;
        scene.mail.take(&scene.cast.theo().address);
        answer(&scene.desk, &dana, ticket, world::text("Still so.")).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mail.take(&scene.cast.theo().address), [format!("Customer replied {ticket}")]);
        unwatch(&scene.desk, &theo, ticket).await.unwrap();
        answer(&scene.desk, &dana, ticket, world::text("And still.")).await.unwrap();
        scene.settle().await;
        assert!(scene.mail.of(&scene.cast.theo().address).is_empty());
        watch(&scene.desk, &theo, ticket).await.unwrap();
        let security = desk::tickets::Conversion { to: "security".into(), reason: String::new() };
        desk::tickets::convert(&scene.desk, &scene.ines().await, ticket, security).await.unwrap();
        answer(&scene.desk, &dana, ticket, world::text("SECRET")).await.unwrap();
        scene.settle().await;
        assert!(scene.mail.of(&scene.cast.theo().address).is_empty(), "a security report is none of his");
    }

    async fn frt_5_a_merge_takes_people_and_the_unanswered_clock_along_and_is_undone_within_the_hold(scene) {
        let (first, second) = two(&scene).await;
        let (ines, ravi) = (scene.ines().await, scene.ravi().await);
        merge(&scene.desk, &ines, first, second).await.unwrap();
        let survivor = show(&scene.desk, &ines, second).await.unwrap();
        assert_eq!(survivor.clocks.len(), 2, "{:?}", survivor.clocks);
        let carried = survivor.clocks.iter().min_by_key(|clock| clock.started).unwrap();
        assert_eq!(carried.started.to_string(), "2026-11-16T08:00:00Z", "it goes on from its start");
        assert_eq!(survivor.ticket.turn.since, carried.started);
        assert!(survivor.participants.contains(&scene.cast.dana().person));
        let gone = show(&scene.desk, &ines, first).await.unwrap();
        assert_eq!((gone.ticket.state, gone.ticket.merged_into), (State::Closed, Some(second)));
        assert!(gone.clocks.iter().all(|clock| matches!(clock.standing, Standing::MovedTo { .. })));
        undo_merge(&scene.desk, &ines, first).await.unwrap();
        let back = show(&scene.desk, &ines, first).await.unwrap();
        assert_eq!((back.ticket.state, back.ticket.merged_into), (State::Open, None));
        assert!(matches!(back.clock.unwrap().standing, Standing::Running));
        let alone = show(&scene.desk, &ravi, second).await.unwrap();
        assert_eq!((alone.clocks.len(), alone.participants.len()), (1, 1));
        scene.advance(minutes(1)).await;
        assert!(!scene.mail.of(&scene.cast.dana().address).contains(&format!("Merged {first}")), "it never was");

        merge(&scene.desk, &ines, first, second).await.unwrap();
        scene.advance(minutes(1)).await;
        assert!(scene.mail.of(&scene.cast.dana().address).contains(&format!("Merged {first}")));
        let late = undo_merge(&scene.desk, &ines, first).await;
        assert!(matches!(late, Err(desk::Error::Refused(Refusal::HoldOver))), "{late:?}");
        // One answer that reaches both answers both clocks, and what is written in the old place goes on in the new one.
        scene.replies(&ines, second, "Restart the worker, please.").await;
        scene.advance(minutes(1)).await;
        let answered = show(&scene.desk, &ines, second).await.unwrap();
        assert!(answered.clocks.iter().all(|clock| matches!(clock.standing, Standing::Met(_))), "{:?}", answered.clocks);
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = dana.get(&format!("/requests/{first}")).await.text();
        assert!(page.contains(&format!("<p class=\"headline\">Merged</p><p class=\"muted\">It goes on in request {second}, where you take part.</p>")), "{page}");
        let list = dana.get("/requests").await.text();
        assert!(list.contains("merged") && !list.contains("Closed") && !list.contains("solved"), "{list}");
        let went = answer(&scene.desk, &scene.dana().await, first, world::text("That helped.")).await.unwrap();
        assert_eq!(went, desk::tickets::Answered::FollowUp(second));
    }

    async fn frt_5_requests_of_two_organisations_or_two_secrecies_are_linked_and_not_merged(scene) {
        let first = scene.files(&scene.dana().await, "support", "Launches hang").await;
        let lea = scene.actor(scene.cast.lea()).await;
        let other = scene.files(&lea, "support", "Launches hang").await;
        let ines = scene.ines().await;
        let apart = merge(&scene.desk, &ines, first, other).await;
        assert!(matches!(apart, Err(desk::Error::Refused(Refusal::MergeApart { apart: Apart::Organisations }))), "{apart:?}");
        let second = scene.files(&scene.ravi().await, "support", "Launches hang").await;
        set_secrecy(&scene.desk, &ines, second, Secrecy::Confidential).await.unwrap();
        let apart = merge(&scene.desk, &ines, first, second).await;
        assert!(matches!(apart, Err(desk::Error::Refused(Refusal::MergeApart { apart: Apart::Secrecy }))), "{apart:?}");
        link(&scene.desk, &ines, first, other).await.unwrap();
        assert_eq!(show(&scene.desk, &ines, other).await.unwrap().links, [first]);
        assert!(show(&scene.desk, &lea, other).await.unwrap().links.is_empty(), "the other company's does not exist for her");
        for named in ["4711", "99999999999999999999", "the other one"] {
            let mut browser = Browser::of(&scene, scene.cast.ines()).await;
            for (act, field) in [("links", "other"), ("merge", "into")] {
                let page = browser.post(&format!("/desk/requests/{first}/{act}"), &[(field, named)]).await;
                assert_eq!(page.status, 422, "{act} {named}");
                let text = page.text();
                assert!(text.contains(&format!("“{named}”")) && text.contains(&format!("Back to request {first}")), "{text}");
            }
        }
        unlink(&scene.desk, &ines, other, first).await.unwrap();
        assert!(show(&scene.desk, &ines, first).await.unwrap().links.is_empty());
        assert!(link(&scene.desk, &scene.dana().await, first, second).await.is_err());
    }

    async fn frt_1_a_message_about_something_else_is_split_off_with_a_clock_from_when_it_was_sent(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        scene.advance(minutes(10)).await;
        scene.replies(&ines, ticket, "Which version?").await;
        scene.advance(minutes(10)).await;
        answer(&scene.desk, &dana, ticket, world::text("And how do I invite people?")).await.unwrap();
        let asked = scene.desk.now();
        scene.advance(minutes(60)).await;
        let message = show(&scene.desk, &ines, ticket).await.unwrap().messages.last().unwrap().id;
        let input = Split { message, request_type: "question".into(), subject: "Inviting\npeople".into() };
        let new = split(&scene.desk, &ines, ticket, input).await.unwrap();
        let shown = show(&scene.desk, &dana, new).await.unwrap();
        assert_eq!((shown.ticket.subject.as_str(), shown.ticket.filed_at), ("Inviting people", asked));
        assert_eq!(shown.clock.unwrap().started, asked);
        assert_eq!(shown.messages.len(), 1);
        assert_eq!(shown.links, [ticket]);
        let reply = show(&scene.desk, &ines, ticket).await.unwrap().messages[0].id;
        let of_staff = Split { message: reply, request_type: "question".into(), subject: "No".into() };
        assert!(matches!(split(&scene.desk, &ines, ticket, of_staff).await, Err(desk::Error::NotFound)));
    }

    async fn frt_7_a_promised_word_has_a_clock_of_its_own(scene) {
        let ines = scene.ines().await;
        let early = scene.files(&scene.dana().await, "support", "Launches hang").await;
        let nothing = promise_word(&scene.desk, &ines, early, 1).await;
        assert!(matches!(nothing, Err(desk::Error::Refused(Refusal::NothingToPromise))), "{nothing:?}");
        let ticket = with_developers(&scene).await;
        assign(&scene.desk, &ines, ticket, Assignment { to: Some(scene.cast.ines().person) }).await.unwrap();
        let due = promise_word(&scene.desk, &ines, ticket, 1).await.unwrap();
        assert_eq!(due.to_string(), "2026-11-17T08:10:00Z");
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let page = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("You hear from us by"), "{page}");
        scene.at("2026-11-17T08:10:00Z").await;
        assert!(!in_view(&scene, ticket).await, "in time until the instant itself");
        scene.advance(SignedDuration::from_secs(1)).await;
        assert!(in_view(&scene, ticket).await, "late words need an answer");
        let told = scene.mail.last(&scene.cast.ines().address);
        assert!(matches!(&told, Some(About::WordOverdue { due: of, .. }) if *of == due), "{told:?}");
        promise_word(&scene.desk, &ines, ticket, 3).await.unwrap();
        assert!(!in_view(&scene, ticket).await);
        scene.replies(&ines, ticket, "A fix is being tested.").await;
        scene.advance(SignedDuration::from_hours(24 * 7)).await;
        let kept = show(&scene.desk, &ines, ticket).await.unwrap().ticket;
        assert_eq!((kept.next_word_at, kept.queue), (None, None), "a public word keeps it");
    }

    async fn sco_1_a_request_is_closed_by_naming_the_entry_and_opens_again_by_an_answer(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "support", "Our database is slow").await;
        let covered = OutOfScope { entry: "nothing-of-the-kind".into(), reason: String::new() };
        let refused = close_out_of_scope(&scene.desk, &ines, ticket, covered).await;
        assert!(matches!(refused, Err(desk::Error::Refused(Refusal::NoScopeEntry))), "{refused:?}");
        let compiled = scene.desk.policy().await.unwrap();
        let not_covered = |stand| stand != rules::policy::Stand::Covered;
        let (key, entry) = compiled.policy().scope.iter().find(|(_, entry)| not_covered(entry.stand)).unwrap();
        let input = OutOfScope { entry: key.clone(), reason: "Ask your administrator.".into() };
        scene.settle().await;
        scene.mail.take(&scene.cast.dana().address);
        close_out_of_scope(&scene.desk, &ines, ticket, input).await.unwrap();
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.dana().address);
        let Some(About::OutOfScope { scope: said, .. }) = told else { panic!("{told:?}") };
        assert_eq!((said.text.as_str(), said.reason.as_str()), (entry.text.say("en"), "Ask your administrator."));
        assert_eq!(scene.mail.take(&scene.cast.dana().address), [format!("Out of scope {ticket}")], "and no second mail");
        let shown = show(&scene.desk, &dana, ticket).await.unwrap().ticket;
        assert_eq!((shown.state, shown.scope_entry.as_ref()), (State::Solved, Some(key)));
        let page = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("Our support does not cover this: ") && !page.contains("If it comes back"), "{page}");
        assert!(page.contains("<p class=\"event\">Ines Kovač closed it as not covered: "), "it stands open: {page}");
        assert!(page.contains(": Ask your administrator. <span"), "with its reason: {page}");
        answer(&scene.desk, &dana, ticket, world::text("It is your query that is slow.")).await.unwrap();
        let again = show(&scene.desk, &ines, ticket).await.unwrap().ticket;
        assert_eq!((again.state, again.scope_entry, again.turn.whose), (State::Open, None, Whose::Ours));
    }

    async fn frt_2_how_it_went_is_asked_after_closing_and_is_no_response(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        let good = || Rating { verdict: Verdict::Good, words: "Thank you".into() };
        let open = rate(&scene.desk, &dana, ticket, good()).await;
        assert!(matches!(open, Err(desk::Error::Refused(Refusal::NothingToRate))), "{open:?}");
        let change = StateChange { to: State::Solved, reason: String::new() };
        change_state(&scene.desk, &ines, ticket, change).await.unwrap();
        scene.advance(SignedDuration::from_hours(24 * 14)).await;
        let told = scene.mail.last(&scene.cast.dana().address);
        let Some(About::AskRating { url, .. }) = told else { panic!("{told:?}") };
        let path = url.strip_prefix("https://help.desk.example").unwrap();
        let mut nobody = Browser::visitor(&scene);
        assert!(nobody.get(&format!("{path}?verdict=good")).await.text().contains("Yes, it helped"));
        assert!(show(&scene.desk, &ines, ticket).await.unwrap().rating.is_none(), "looking says nothing");
        nobody.post(path, &[("verdict", "bad"), ("words", "It still hangs.")]).await;
        let said = show(&scene.desk, &ines, ticket).await.unwrap().rating.unwrap();
        assert_eq!((said.verdict, said.words.as_str()), (Verdict::Bad, "It still hangs."));
        let forged = path.replace(&format!("/{ticket}/"), "/1234/");
        assert_eq!(nobody.post(&forged, &[("verdict", "good")]).await.status, 404);
        rate(&scene.desk, &dana, ticket, good()).await.unwrap();
        let changed = show(&scene.desk, &ines, ticket).await.unwrap();
        assert_eq!(changed.rating.unwrap().verdict, Verdict::Good);
        assert!(matches!(changed.clock.unwrap().standing, Standing::Breached { answered: None, .. }), "no response");
        assert!(rate(&scene.desk, &scene.ravi().await, ticket, good()).await.is_err());
    }

    async fn frt_2_who_said_how_it_went_is_not_asked_by_mail(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        let change = StateChange { to: State::Solved, reason: String::new() };
        change_state(&scene.desk, &scene.ines().await, ticket, change).await.unwrap();
        let rating = Rating { verdict: Verdict::Good, words: String::new() };
        rate(&scene.desk, &dana, ticket, rating).await.unwrap();
        scene.settle().await;
        scene.mail.take(&scene.cast.dana().address);
        scene.advance(SignedDuration::from_hours(24 * 14)).await;
        assert_eq!(show(&scene.desk, &dana, ticket).await.unwrap().ticket.state, State::Closed);
        assert!(scene.mail.of(&scene.cast.dana().address).is_empty());
    }

    async fn trn_3_after_the_first_response_what_waits_beyond_the_soft_limit_is_coloured_for_staff(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        scene.advance(minutes(5)).await;
        scene.replies(&scene.ines().await, ticket, "Which version?").await;
        scene.advance(minutes(5)).await;
        answer(&scene.desk, &dana, ticket, world::text("5.12.")).await.unwrap();
        let tag = async || {
            let mut browser = Browser::of(&scene, scene.cast.ines()).await;
            let page = browser.get(&format!("/desk/requests/{ticket}")).await.text();
            let line = page.split("class=\"turn-line\">").nth(1).unwrap();
            line.split("</p>").next().unwrap().to_owned()
        };
        scene.at("2026-11-16T16:10:00Z").await;
        assert!(tag().await.contains("plain-signal"), "{}", tag().await);
        scene.at("2026-11-16T16:11:00Z").await;
        assert!(tag().await.contains("soon"), "eight hours of working time are over: {}", tag().await);
    }
}
