//! Teams: made by leads, given what they take, by turns or by load, past who is away, and never to who may not see it.

use std::collections::HashMap;

use desk::{
    Actor, Desk, people,
    teams::{self, Kept, ToKeep},
    tickets::{self, Handing},
};
use jiff::SignedDuration;
use rules::{
    access::Grant,
    audit::Area,
    events::{Event, State, TicketEvent},
    ids::{PersonId, TeamId, TicketId},
    teams::{Shared, Sharing},
};
use testkit::{Browser, Engine, Scene, on_both};
use words::lang::Lang;

async fn team(scene: &Scene, name: &str, question: Option<&str>, (sharing, people): (Sharing, &[PersonId])) -> TeamId {
    let question = question.map(str::to_owned);
    let wanted = ToKeep { name: name.into(), question, sharing, people: people.to_vec() };
    match teams::keep(&scene.desk, &scene.theo().await, wanted).await.unwrap() {
        Kept::Kept(id) => id,
        Kept::NoQuestion(fault) => panic!("{fault:?}"),
    }
}

/// Ines and Theo.
fn two(scene: &Scene) -> [PersonId; 2] {
    [scene.cast.ines().person, scene.cast.theo().person]
}

async fn asks(scene: &Scene, subject: &str) -> TicketId {
    scene.files(&scene.dana().await, "question", subject).await
}

async fn whose(desk: &Desk, ticket: TicketId) -> (Option<TeamId>, Option<PersonId>) {
    let row = store::tickets::get(desk.store.read(), ticket).await.unwrap();
    (row.team, row.assignee)
}

async fn shared(desk: &Desk, ticket: TicketId) -> Option<Shared> {
    let history = store::events::of_ticket(desk.store.read(), ticket).await.unwrap();
    history.into_iter().find_map(|entry| match entry.event {
        Event::Ticket(_, TicketEvent::Assigned { shared, .. }) => shared,
        _ => None,
    })
}

async fn is_away(scene: &Scene, actor: &Actor) {
    let until = scene.desk.now().plus(SignedDuration::from_hours(48));
    people::be_away(&scene.desk, actor, Some(until)).await.unwrap();
}

async fn page(scene: &Scene, ticket: TicketId) -> String {
    Browser::of(scene, scene.cast.theo()).await.get(&format!("/desk/requests/{ticket}")).await.text()
}

/// The entries about teams, the oldest first, as the audit says them.
async fn entries(scene: &Scene) -> Vec<String> {
    let ada = scene.actor(scene.cast.ada()).await;
    let asked = desk::audit::Asked { area: Some(Area::Teams), ..desk::audit::Asked::default() };
    let wanted = desk::audit::wanted(&scene.desk, &ada, &asked).await.unwrap().unwrap();
    let page = desk::audit::list(&scene.desk, &ada, &wanted, None).await.unwrap();
    let names = words::audit::Names {
        lang: Lang::En,
        people: &page.people,
        organisations: &page.organisations,
        domains: &page.domains,
        teams: &page.teams,
    };
    let said = page.entries.iter().map(|it| format!("{} {}", names.by(it.by), names.act(it.by, &it.act)));
    let mut said: Vec<String> = said.collect();
    said.reverse();
    said
}

on_both! {
    async fn each_change_of_a_team_is_an_entry_of_the_audit(scene) {
        let [ines, theo] = two(&scene);
        let imports = team(&scene, "Imports", None, (Sharing::Pull, &[])).await;
        let id = team(&scene, "Platform", Some("type:bug"), (Sharing::Turns, &[ines])).await;
        let by = scene.theo().await;
        let wanted = |name: &str, question: Option<&str>, sharing, people: &[PersonId]| ToKeep {
            name: name.into(),
            question: question.map(str::to_owned),
            sharing,
            people: people.to_vec(),
        };
        for change in [
            wanted("Platform", Some("type:bug"), Sharing::Turns, &[ines]),
            wanted("Runtime", Some(""), Sharing::Load, &[theo]),
            wanted("Runtime", None, Sharing::Load, &[theo]),
        ] {
            teams::change(&scene.desk, &by, id, change).await.unwrap();
        }
        teams::move_up(&scene.desk, &by, id).await.unwrap();
        teams::move_up(&scene.desk, &by, id).await.unwrap();
        teams::remove(&scene.desk, &by, imports).await.unwrap();
        let (me, other) = (&scene.cast.theo().name, &scene.cast.ines().name);
        let told = [
            "made the team Imports (ended)".to_owned(),
            "set what comes to the team Imports (ended) by itself: nothing".to_owned(),
            "set how the team Imports (ended) shares: whoever wants takes it".to_owned(),
            "made the team Runtime".to_owned(),
            "set what comes to the team Runtime by itself: what its question means".to_owned(),
            "set how the team Runtime shares: by turns".to_owned(),
            format!("put {other} into the team Runtime"),
            "renamed a team, which is Runtime now".to_owned(),
            "set what comes to the team Runtime by itself: all that no team before it takes".to_owned(),
            "set how the team Runtime shares: by load".to_owned(),
            format!("took {other} out of the team Runtime"),
            "joined the team Runtime".to_owned(),
            "set what comes to the team Runtime by itself: nothing".to_owned(),
            "has the team Runtime asked earlier".to_owned(),
            "ended the team Imports (ended)".to_owned(),
        ];
        let told = told.map(|it| format!("{me} {it}"));
        assert_eq!(entries(&scene).await, told, "and nothing where nothing changed");
        let page = Browser::of(&scene, scene.cast.ada()).await.get("/desk/audit?thing=runtime").await.text();
        assert!(page.contains("joined the team Runtime") && !page.contains("Imports"), "{page}");
    }

    async fn a_team_that_ended_says_so_is_offered_nowhere_and_still_found(scene) {
        let id = team(&scene, "Platform", Some(""), (Sharing::Pull, &two(&scene))).await;
        let (over, open) = (asks(&scene, "Over").await, asks(&scene, "Open").await);
        let by = scene.theo().await;
        scene.replies(&by, over, "In the left column.").await;
        let solved = tickets::StateChange { to: State::Solved, reason: String::new() };
        tickets::change_state(&scene.desk, &by, over, solved).await.unwrap();
        teams::remove(&scene.desk, &by, id).await.unwrap();
        scene.settle().await;
        assert_eq!((whose(&scene.desk, over).await.0, whose(&scene.desk, open).await.0), (Some(id), None));
        let shown = page(&scene, over).await;
        assert!(shown.contains("Platform (ended)"), "{shown}");
        assert!(!shown.contains("name=\"team\""), "no team is left to hand it to: {shown}");
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        desk::search::catch_up(&scene.desk).await.unwrap();
        let found = theo.get("/desk/search?q=team%3Aplatform").await.text();
        assert!(found.contains("Over") && found.contains("Platform (ended)"), "{found}");
        let report = theo.get("/desk/report").await.text();
        assert!(report.contains("Platform (ended)"), "{report}");
        let handing = Handing { team: Some(id), to: None, note: None };
        let refused = tickets::hand_to_team(&scene.desk, &by, open, &handing).await;
        assert!(matches!(refused, Err(desk::Error::NotFound)), "{refused:?}");
        // The form that gives it to somebody leaves it where it is.
        let agent = scene.cast.ines().person.to_string();
        let given = theo.post(&format!("/desk/requests/{over}/assignment"), &[("agent", &agent), ("team", "")]).await;
        assert_eq!((given.status.as_u16(), whose(&scene.desk, over).await), (303, (Some(id), Some(scene.cast.ines().person))));
        // What goes on is there for all.
        tickets::answer(&scene.desk, &scene.dana().await, over, world::text("I still do not find it.")).await.unwrap();
        assert_eq!(whose(&scene.desk, over).await, (None, Some(scene.cast.ines().person)));
        let again = team(&scene, "Platform", None, (Sharing::Pull, &two(&scene))).await;
        let handing = Handing { team: Some(again), to: None, note: None };
        tickets::hand_to_team(&scene.desk, &by, open, &handing).await.unwrap();
        assert_eq!(whose(&scene.desk, open).await.0, Some(again), "a new team of that name is another");
    }

    async fn a_lead_makes_teams_changes_them_orders_them_and_ends_one(scene) {
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let ines = format!("member.{}", scene.cast.ines().person);
        let made = theo.post("/desk/teams", &[("name", "Platform"), ("takes", "meant"), ("question", "type:bug"), ("sharing", "turns"), (&ines, "1")]).await;
        assert_eq!(made.status, 303, "{}", made.text());
        assert_eq!(theo.post("/desk/teams", &[("name", "First line"), ("takes", "all"), ("sharing", "load")]).await.status, 303);
        let page = theo.get("/desk/teams").await.text();
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        assert!(at("Platform") < at("First line") && at("by turns") < at("by load") && page.contains("<code>type:bug</code>"));
        assert!(page.contains("lets nobody see more"));
        for (fields, fault) in [
            ([("name", "platform"), ("takes", "all")], "id=\"name-fault\""),
            ([("name", "Mine"), ("takes", "all")], "id=\"name-fault\""),
            ([("name", " "), ("takes", "all")], "id=\"name-fault\""),
        ] {
            let refused = theo.post("/desk/teams", &fields).await;
            assert!(refused.status == 422 && refused.text().contains(fault), "{fields:?}");
        }
        for question in ["is:mine", "stack overflow", "due:<2h", "type:bgu"] {
            let fields = [("name", "Odd"), ("takes", "meant"), ("question", question)];
            let refused = theo.post("/desk/teams", &fields).await;
            assert!(refused.status == 422 && refused.text().contains("id=\"question-fault\""), "{question}");
        }
        let all = teams::named(&scene.desk, &scene.theo().await).await.unwrap();
        let [(platform, _), (first, _)] = all[..] else { panic!("{all:?}") };
        assert_eq!(theo.post(&format!("/desk/teams/{first}/earlier"), &[]).await.status, 303);
        assert_eq!(teams::named(&scene.desk, &scene.theo().await).await.unwrap()[0].0, first);
        let changed = theo.post(&format!("/desk/teams/{platform}"), &[("name", "Core"), ("takes", "nothing"), ("sharing", "pull")]).await;
        assert_eq!(changed.status, 303);
        let shown = teams::show(&scene.desk, &scene.ines().await, platform).await.unwrap();
        assert!(shown.people.is_empty() && shown.team.name == "Core" && shown.team.question.is_none());
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        assert_eq!(ines.get("/desk/teams").await.status, 200);
        for address in ["/desk/teams".to_owned(), format!("/desk/teams/{first}"), format!("/desk/teams/{first}/removal")] {
            assert_eq!(ines.post(&address, &[("name", "Ours")]).await.status, 403, "{address}");
        }
        assert_eq!(theo.post("/desk/teams/999", &[("name", "x")]).await.status, 404);
        // What it has goes back to all; who has one keeps it.
        let ticket = asks(&scene, "When are you here").await;
        tickets::assign(&scene.desk, &scene.ines().await, ticket, tickets::Assignment { to: Some(scene.cast.ines().person) }).await.unwrap();
        assert_eq!(theo.post(&format!("/desk/teams/{first}/removal"), &[]).await.status, 303);
        scene.settle().await;
        assert_eq!(whose(&scene.desk, ticket).await, (None, Some(scene.cast.ines().person)));
        assert_eq!(theo.get(&format!("/desk/teams/{first}")).await.status, 404);
        assert!(self::page(&scene, ticket).await.contains("First line ended"));
    }

    async fn what_comes_in_goes_to_the_first_team_that_takes_such_and_in_it_by_turns(scene) {
        let [ines, theo] = two(&scene);
        let bugs = team(&scene, "Bugs", Some("type:bug"), (Sharing::Pull, &[theo])).await;
        let rest = team(&scene, "First line", Some(""), (Sharing::Turns, &[ines, theo])).await;
        let mut got = vec![];
        for subject in ["One", "Two", "Three", "Four"] {
            let ticket = asks(&scene, subject).await;
            let (of, to) = whose(&scene.desk, ticket).await;
            assert_eq!(of, Some(rest));
            got.extend(to);
        }
        assert_eq!(got, [ines, theo, ines, theo]);
        let bug = scene.files(&scene.dana().await, "bug", "It breaks").await;
        assert_eq!(whose(&scene.desk, bug).await, (Some(bugs), None), "its people take for themselves");
        // Who is given one is told, and the history says why.
        assert!(scene.mails(scene.cast.ines()).iter().any(|mail| mail.starts_with("Assigned")));
        let ticket = asks(&scene, "Five").await;
        let page = page(&scene, ticket).await;
        assert!(page.contains("Given to the team First line") && page.contains("Given to Ines Kovač by turns"), "{page}");
        let seen = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/requests/{ticket}")).await.text();
        assert!(!seen.contains("First line") && !seen.contains("by turns"), "customers hear nothing of it");
    }

    async fn who_is_away_or_left_is_passed_over_and_it_says_so(scene) {
        let [ines, theo] = two(&scene);
        let id = team(&scene, "First line", Some(""), (Sharing::Turns, &[ines, theo])).await;
        is_away(&scene, &scene.ines().await).await;
        for subject in ["One", "Two"] {
            let ticket = asks(&scene, subject).await;
            assert_eq!(whose(&scene.desk, ticket).await, (Some(id), Some(theo)));
            assert!(page(&scene, ticket).await.contains("Ines Kovač is away until"), "it was her turn");
        }
        is_away(&scene, &scene.theo().await).await;
        let ticket = asks(&scene, "Three").await;
        assert_eq!(whose(&scene.desk, ticket).await, (Some(id), None));
        let page = page(&scene, ticket).await;
        assert!(page.contains("Nobody of the team is there") && page.contains("Ines Kovač is away"), "{page}");
        // Who comes back after a long time gets one, and not all that went past.
        people::be_away(&scene.desk, &scene.theo().await, None).await.unwrap();
        people::be_away(&scene.desk, &scene.ines().await, None).await.unwrap();
        let mut got = vec![];
        for subject in ["Four", "Five", "Six"] {
            got.extend(whose(&scene.desk, asks(&scene, subject).await).await.1);
        }
        assert_eq!(got, [ines, theo, ines]);
        // Without grants one is no staff any more.
        let new = people::NewStaff { name: String::new(), address: scene.cast.ines().address.clone(), grants: vec![] };
        people::add_staff(&scene.desk, &Actor::COMMAND, new).await.unwrap();
        for subject in ["Seven", "Eight"] {
            let ticket = asks(&scene, subject).await;
            assert_eq!(whose(&scene.desk, ticket).await.1, Some(theo));
            assert_eq!(shared(&scene.desk, ticket).await.unwrap().passed, []);
        }
    }

    async fn by_load_who_has_the_fewest_open_that_are_ours_is_next(scene) {
        let [ines, theo] = two(&scene);
        let has = asks(&scene, "Hers").await;
        tickets::assign(&scene.desk, &scene.ines().await, has, tickets::Assignment { to: Some(ines) }).await.unwrap();
        team(&scene, "First line", Some(""), (Sharing::Load, &[ines, theo])).await;
        assert_eq!(whose(&scene.desk, asks(&scene, "One").await).await.1, Some(theo), "she has one, he none");
        let tied = asks(&scene, "Two").await;
        assert_eq!(whose(&scene.desk, tied).await.1, Some(ines), "one each: she got none of this team's yet");
        scene.advance(SignedDuration::from_mins(1)).await;
        for ticket in [has, tied] {
            let answer = tickets::Answer { text: world::text("So."), after: rules::tickets::AfterReply::Wait };
            tickets::reply(&scene.desk, &scene.ines().await, ticket, answer).await.unwrap();
        }
        scene.advance(SignedDuration::from_mins(2)).await;
        assert_eq!(whose(&scene.desk, asks(&scene, "Three").await).await.1, Some(ines), "what waits for customers is no load");
    }

    async fn vis_2_nobody_is_given_what_they_may_not_see(scene) {
        let [ines, theo] = two(&scene);
        let jana = scene.cast.with(Grant::Security).next().unwrap().person;
        team(&scene, "First line", Some(""), (Sharing::Turns, &[ines, theo])).await;
        let dana = scene.dana().await;
        let secret = scene.files(&dana, "security", "A hole").await;
        assert_eq!(whose(&scene.desk, secret).await, (None, None), "nobody of that team may see it");
        let both = team(&scene, "Security", Some("is:security"), (Sharing::Turns, &[ines, jana])).await;
        for subject in ["Another hole", "A third"] {
            let secret = scene.files(&dana, "security", subject).await;
            assert_eq!(whose(&scene.desk, secret).await, (Some(both), Some(jana)));
        }
        // A team lets nobody see anything.
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        assert_eq!(browser.get(&format!("/desk/requests/{secret}")).await.status, 404);
        assert!(!browser.get("/desk/search?q=team:security").await.text().contains("Another hole"));
    }

    async fn staff_give_to_a_team_and_ask_for_what_it_has(scene) {
        let [ines, theo] = two(&scene);
        let ticket = asks(&scene, "Where dashboards are").await;
        let id = team(&scene, "Platform", None, (Sharing::Turns, &[ines, theo])).await;
        let mut lead = Browser::of(&scene, scene.cast.theo()).await;
        let address = format!("/desk/requests/{ticket}/assignment");
        assert_eq!(lead.post(&address, &[("team", &id.to_string()), ("agent", "")]).await.status, 303);
        assert_eq!(whose(&scene.desk, ticket).await, (Some(id), None));
        assert!(page(&scene, ticket).await.contains("Next in line: Ines Kovač."));
        assert_eq!(lead.post(&address, &[("team", &id.to_string()), ("agent", "next"), ("note", "It is yours.")]).await.status, 303);
        assert_eq!(whose(&scene.desk, ticket).await, (Some(id), Some(ines)));
        assert!(page(&scene, ticket).await.contains("It is yours."));
        // Taking it says nothing of the team.
        lead.post(&address, &[("agent", "me")]).await;
        assert_eq!(whose(&scene.desk, ticket).await, (Some(id), Some(theo)));
        assert_eq!(lead.post(&address, &[("team", "999"), ("agent", "me")]).await.status, 404);
        asks(&scene, "Where launches are").await;
        desk::search::catch_up(&scene.desk).await.unwrap();
        for (question, hit, miss) in [
            ("team:plat", "Where dashboards are", "Where launches are"),
            ("team:mine", "Where dashboards are", "Where launches are"),
            ("team:none", "Where launches are", "Where dashboards are"),
            ("-team:platform type:question", "Where launches are", "Where dashboards are"),
        ] {
            let found = lead.get(&format!("/desk/search?q={}", question.replace(' ', "+"))).await.text();
            assert!(found.contains(hit) && !found.contains(miss), "{question}: {found}");
        }
        assert!(lead.get("/desk/search?q=team:nope").await.text().contains("No team is called"));
        let view = lead.get("/desk/views/teams").await.text();
        assert!(view.contains("My teams") && view.contains("Where dashboards are") && !view.contains("Where launches are"), "{view}");
        let jana = Browser::of(&scene, scene.cast.jana()).await.get("/desk/views/teams").await;
        assert!(jana.status == 200 && !jana.text().contains("Where dashboards are"), "who is in none has none");
        let report = lead.get("/desk/report").await.text();
        assert!(report.contains("By team") && report.contains("Platform") && report.contains("No team"), "{report}");
        assert_eq!(lead.post(&address, &[("team", "none"), ("agent", "me")]).await.status, 303);
        assert_eq!(whose(&scene.desk, ticket).await, (None, Some(theo)));
    }

    async fn what_a_customer_answers_while_its_agent_is_away_shows_who_is_next(scene) {
        let [ines, theo] = two(&scene);
        team(&scene, "First line", Some(""), (Sharing::Turns, &[ines, theo])).await;
        let ticket = asks(&scene, "One").await;
        assert_eq!(whose(&scene.desk, ticket).await.1, Some(ines));
        is_away(&scene, &scene.ines().await).await;
        let before = page(&scene, ticket).await;
        assert!(before.contains("Ines Kovač, away until") && before.contains("Next in line: you."), "{before}");
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::answer(&scene.desk, &scene.dana().await, ticket, world::text("And?")).await.unwrap();
        assert_eq!(whose(&scene.desk, ticket).await.1, None, "it goes back to all");
        let page = page(&scene, ticket).await;
        assert!(page.contains("It went back to all") && page.contains("Next in line: you."), "{page}");
    }
}

#[tokio::test]
async fn two_nodes_that_file_at_once_give_each_turn_once() {
    let scene = Scene::open(Engine::Postgres).await;
    let [ines, theo] = two(&scene);
    let jana = scene.cast.jana().person;
    team(&scene, "First line", Some(""), (Sharing::Turns, &[ines, theo, jana])).await;
    let other = scene.node().await;
    let dana = scene.dana().await;
    let files = async |desk: &Desk| {
        let mut filed = vec![];
        for at in 0..12 {
            let filing = scene.form("question", &format!("Number {at}")).await;
            filed.push(world::file(desk, &dana, filing).await.unwrap());
        }
        filed
    };
    let (here, there) = tokio::join!(files(&scene.desk), files(&other));
    let mut got: HashMap<PersonId, usize> = HashMap::new();
    let mut filed: Vec<TicketId> = here.into_iter().chain(there).collect();
    filed.sort_unstable();
    let mut line = vec![];
    for ticket in filed {
        let to = whose(&scene.desk, ticket).await.1.unwrap();
        *got.entry(to).or_default() += 1;
        line.push(to);
    }
    assert_eq!(got.values().copied().collect::<Vec<_>>(), [8, 8, 8]);
    // In the order in which they were filed nobody is left out, and nobody is twice in three.
    assert!(
        line.windows(3).all(|three| three[0] != three[1] && three[1] != three[2] && three[0] != three[2]),
        "{line:?}"
    );
    let handing = Handing { team: None, to: None, note: None };
    tickets::hand_to_team(&other, &scene.theo().await, TicketId(1), &handing).await.unwrap();
}
