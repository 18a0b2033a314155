//! Reports: every figure is what the events tell, opens exactly what it counts, and counts nothing that its reader does not see
//! (VIS-3).

use std::collections::BTreeMap;

use desk::{
    Actor,
    reports::{Asked, Group, behind, show},
    tickets::{self, Assignment, Decided, Rating, StateChange},
};
use jiff::{SignedDuration, civil::date};
use rules::{
    access::Scope,
    events::{Because, Event, Secrecy, State, TargetKind, TicketEvent, Verdict},
    ids::TicketId,
    reports::{Days, Figure, Figures},
    sla::{Origin, Standing, judge},
    tickets::{Whose, turn},
};
use testkit::{Browser, Outcome, Scene, on_both};

use crate::worlds::Dice;

const DAYS: Days = Days { from: date(2026, 11, 17), through: date(2026, 11, 24) };

/// Something happens; what is refused is as good as not tried.
async fn step(scene: &Scene, dice: &mut Dice, requests: &mut Vec<TicketId>) {
    let customers = [scene.cast.dana(), scene.cast.ravi(), scene.cast.lea()];
    let (ines, jana, theo) = (scene.ines().await, scene.actor(scene.cast.jana()).await, scene.theo().await);
    let desk = &scene.desk;
    scene.advance(SignedDuration::from_mins(i64::try_from(dice.below(400)).unwrap())).await;
    if requests.is_empty() || dice.below(4) == 0 {
        let who = scene.actor(customers[dice.below(3)]).await;
        let kind = dice.one_of(&["question", "support", "feature", "security"]);
        requests.push(scene.files(&who, kind, "What is it?").await);
        return;
    }
    let request = dice.one_of(requests);
    let customer = store::tickets::get(desk.store.read(), request).await.unwrap().requester;
    let customer = customers.into_iter().find(|it| it.person == customer).unwrap();
    let dana = scene.actor(customer).await;
    match dice.below(11) {
        0..=2 => {
            if dice.below(4) == 0 {
                scene.mail.expect(&customer.address, [Outcome::Refuse]);
            }
            let text = world::text("It is so.");
            let after = rules::tickets::AfterReply::KeepState;
            drop(tickets::reply(desk, &jana, request, tickets::Answer { text, after }).await);
        }
        3 => drop(tickets::answer(desk, &dana, request, world::text("It is not.")).await),
        4 | 5 => {
            let to = dice.one_of(&[State::Solved, State::Open, State::WaitingForCustomer]);
            drop(tickets::change_state(desk, &jana, request, StateChange { to, reason: String::new() }).await);
        }
        6 => {
            let verdict = dice.one_of(&[Verdict::Good, Verdict::Bad]);
            drop(tickets::rate(desk, &dana, request, Rating { verdict, words: String::new() }).await);
        }
        7 => {
            let to = dice.one_of(&[None, Some(scene.cast.ines().person), Some(scene.cast.theo().person)]);
            drop(tickets::assign(desk, &ines, request, Assignment { to }).await);
        }
        8 => {
            let decided = Decided { priority: dice.one_of(&["low", "medium", "high"]).into(), reason: "So.".into() };
            drop(tickets::decide_priority(desk, &ines, request, decided).await);
        }
        9 => {
            let secrecy = dice.one_of(&[Secrecy::Open, Secrecy::Confidential]);
            drop(tickets::set_secrecy(desk, &ines, request, secrecy).await);
        }
        _ => {
            let said = store::messages::of_ticket(desk.store.read(), request).await.unwrap();
            if let Some(last) = said.last() {
                drop(tickets::rule_on_response(desk, &theo, request, last.id, "It asks for nothing.").await);
            }
        }
    }
    scene.settle().await;
}

/// What the events themselves tell of the requests that a scope shows, without anything that was kept of it.
async fn recounted(scene: &Scene, scope: &Scope, group: Option<&Group>) -> BTreeMap<&'static str, u64> {
    let (conn, now) = (scene.desk.store.read(), scene.desk.now());
    let policies = scene.desk.policies().await.unwrap();
    let span = DAYS.span(&jiff::tz::TimeZone::UTC).unwrap();
    let mut counted: BTreeMap<&'static str, u64> = Figure::ALL.iter().map(|it| (it.as_str(), 0)).collect();
    let mut count = |figure: Figure| *counted.get_mut(figure.as_str()).unwrap() += 1;
    for id in store::tickets::all(conn).await.unwrap() {
        let row = store::tickets::get(conn, id).await.unwrap();
        let is_in = match group {
            None => true,
            Some(Group::Type(key)) => row.request_type == *key,
            Some(Group::Priority(key)) => row.priority == *key,
            Some(Group::Assignee(person)) => row.assignee == *person,
            Some(Group::Team(team)) => row.team == *team,
            Some(Group::Organisation(organisation)) => row.organisation == *organisation,
        };
        if !is_in || !scope.sees(&store::tickets::facts(conn, id).await.unwrap()) {
            continue;
        }
        let history = store::events::of_ticket(conn, id).await.unwrap();
        let clocks = desk::clocks::clocks(&history, &policies).unwrap();
        let mut ratings = BTreeMap::new();
        for entry in &history {
            let Event::Ticket(_, event) = &entry.event else { continue };
            match event {
                TicketEvent::Rated { verdict } => {
                    ratings.insert(entry.by.person, (entry.occurred_at, *verdict));
                }
                _ if !span.has(entry.occurred_at) => {}
                TicketEvent::Opened(_) => count(Figure::Filed),
                TicketEvent::StateChanged { because: Because::Merged, .. } => {}
                TicketEvent::StateChanged { from, to, .. } if to.is_over() && !from.is_over() => count(Figure::Solved),
                TicketEvent::StateChanged { from, to, .. } if from.is_over() && !to.is_over() => {
                    count(Figure::Reopened)
                }
                _ => {}
            }
        }
        for (_, verdict) in ratings.into_values().filter(|(at, _)| span.has(*at)) {
            count(Figure::Rated);
            count(if verdict == Verdict::Good { Figure::Good } else { Figure::Bad });
        }
        let first = clocks.iter().filter(|it| {
            it.kind == TargetKind::FirstResponse && matches!(it.origin, Origin::Filed | Origin::Absorbed(_))
        });
        for clock in first {
            let standing = judge(clock, now);
            if let Some(answer) = standing.answer().filter(|it| span.has(it.at)) {
                count(Figure::Answered);
                let is_late = clock.due.is_some_and(|due| answer.at > due);
                count(if is_late { Figure::TooLate } else { Figure::InTime });
            }
            if let Standing::Breached { due, .. } | Standing::EndedLate { due, .. } = standing
                && span.has(due)
            {
                count(Figure::Late);
            }
        }
        if !rules::tickets::standing(&history).unwrap().state.is_over() {
            let whose = turn(&history, &clocks).unwrap().whose;
            count(if whose == Whose::Ours { Figure::Ours } else { Figure::Theirs });
        }
    }
    counted
}

fn said(figures: &Figures) -> BTreeMap<&'static str, u64> {
    Figure::ALL.iter().map(|it| (it.as_str(), figures.count(*it))).collect()
}

/// How many requests a figure opens, page by page.
async fn opened(scene: &Scene, actor: &Actor, asked: &Asked) -> u64 {
    let (mut count, mut after) = (0, None);
    loop {
        let page = behind(&scene.desk, actor, asked, after).await.unwrap();
        count += page.rows.len() as u64;
        match page.more {
            Some(more) => after = Some(more),
            None => return count,
        }
    }
}

async fn compare(scene: &Scene, actor: &Actor, seed: u64) {
    let scope = actor.staff(rules::access::Action::ReadReports).unwrap().scope.clone();
    let report = show(&scene.desk, actor, DAYS).await.unwrap();
    assert_eq!(said(&report.whole), recounted(scene, &scope, None).await, "seed {seed}");
    let sum = |figure: Figure| report.over_time.iter().map(|(_, of)| of.count(figure)).sum::<u64>();
    assert_eq!(sum(Figure::Filed), report.whole.filed, "seed {seed}: the days hold all");
    for figure in Figure::ALL {
        let asked = Asked { figure, days: DAYS, group: None };
        assert_eq!(opened(scene, actor, &asked).await, report.whole.count(figure), "seed {seed}: {figure:?}");
    }
    for (by, lines) in &report.by {
        assert_eq!(lines.iter().map(|it| it.figures.filed).sum::<u64>(), report.whole.filed, "seed {seed}: {by:?}");
        for line in lines {
            assert_eq!(said(&line.figures), recounted(scene, &scope, Some(&line.group)).await, "seed {seed}: {line:?}");
            for figure in [Figure::Filed, Figure::Answered, Figure::Late, Figure::Ours] {
                let asked = Asked { figure, days: DAYS, group: Some(line.group.clone()) };
                assert_eq!(opened(scene, actor, &asked).await, line.figures.count(figure), "seed {seed}: {line:?}");
            }
        }
    }
}

/// The number on a tile of the page, and where it leads.
fn tile(page: &str, name: &str) -> (String, String) {
    let at = page.find(&format!("<dt>{name}</dt>")).unwrap_or_else(|| panic!("no {name} on {page}"));
    let link = &page[at..];
    let (_, link) = link.split_once("<a href=\"").unwrap();
    let (href, rest) = link.split_once('"').unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    (rest.split_once('<').unwrap().0.to_owned(), href.replace("&amp;", "&").replace("&#38;", "&"))
}

on_both! {
    async fn the_figures_of_a_report_are_what_the_events_tell_to_each_reader(scene) {
        for seed in [3, 17] {
            let (mut dice, mut requests) = (Dice(seed), vec![]);
            for _ in 0..60 {
                step(&scene, &mut dice, &mut requests).await;
            }
            for member in [scene.cast.theo(), scene.cast.ada(), scene.cast.lucas()] {
                compare(&scene, &scene.actor(member).await, seed).await;
            }
        }
        let proof = desk::proof::compare(scene.desk.store.read()).await.unwrap();
        assert_eq!(proof.differences, []);
    }

    async fn a_figure_of_the_page_opens_exactly_its_requests(scene) {
        let dana = scene.dana().await;
        for _ in 0..3 {
            scene.files(&dana, "question", "Which role may only read?").await;
        }
        let secret = scene.files(&dana, "question", "Which role may only write?").await;
        tickets::set_secrecy(&scene.desk, &scene.ines().await, secret, Secrecy::Confidential).await.unwrap();
        scene.advance(SignedDuration::from_hours(24)).await;
        let days = "from=2026-11-01&through=2026-11-30";
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get(&format!("/desk/report?{days}")).await.text();
        for name in ["Filed", "Became late"] {
            let (value, href) = tile(&page, name);
            assert_eq!(value, "4", "{name}");
            let list = theo.get(&href).await.text();
            assert_eq!(list.matches("class=\"what\"").count(), 4, "{name}: {list}");
            assert!(list.contains(&format!("<h1>{name}: 4</h1>")), "the number that was pressed: {list}");
            assert!(list.contains(&format!("/desk/requests/{secret}")));
        }
        assert!(page.contains("No answer yet."), "why it is late: {page}");
        assert!(page.contains("role=\"img\" aria-label=\"4 filed, 0 first responses, 4 became late."), "{page}");

        // VIS-2: an administrator reads no confidential request by that role, and counts none.
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let page = ada.get(&format!("/desk/report?{days}")).await.text();
        let (value, href) = tile(&page, "Filed");
        assert_eq!(value, "3");
        assert!(!ada.get(&href).await.text().contains(&format!("/desk/requests/{secret}\"")));
        let ines = Browser::of(&scene, scene.cast.ines()).await.get("/desk/report").await;
        assert_eq!(ines.status, 403, "an agent is not entrusted with reports");
    }

    async fn a_report_says_why_two_days_are_none_and_shows_this_month(scene) {
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get("/desk/report?from=2026-11-09&through=2026-11-02").await.text();
        assert!(page.contains("The first day comes after the last. Swap them."), "{page}");
        assert!(page.contains("1 November 2026 to 30 November 2026"), "{page}");
        let gone = theo.get("/desk/report/requests?figure=made_up").await;
        assert_eq!(gone.status, 404);
    }

    async fn a_table_for_a_spreadsheet_runs_nothing(scene) {
        let dana = scene.dana().await;
        scene.files(&dana, "question", "Which role may only read?").await;
        let organisation = store::tickets::get(scene.desk.store.read(), TicketId(1)).await.unwrap().organisation.unwrap();
        desk::organisations::rename(&scene.desk, &scene.ines().await, organisation, "=cmd()|'x'!A1").await.unwrap();
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let file = theo.get("/desk/report.csv?from=2026-11-01&through=2026-11-30&by=organisation").await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let text = file.text();
        assert!(text.starts_with("organisation,filed,answered,in_time,"), "{text}");
        assert!(text.contains("\r\n'=cmd()|'x'!A1,1,0,"), "{text}");
        let days = theo.get("/desk/report.csv?from=2026-11-01&through=2026-11-30").await.text();
        assert_eq!(days.lines().count(), 31, "a head and thirty days");
    }

    async fn a_lead_who_chose_it_has_the_month_by_mail_when_the_desk_opens_in_the_next(scene) {
        scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let done = theo.post("/desk/report/mail", &[("wanted", "1")]).await;
        assert_eq!(done.status, 303);
        assert!(theo.get("/desk/report").await.text().contains("Send them to me no more"));
        scene.mail.take(&scene.cast.theo().address);

        scene.at("2026-12-01T07:59:00Z").await;
        let is_report = |mail: &String| mail.contains("Month report") || mail.contains("The desk in November 2026");
        assert!(!scene.mails(scene.cast.theo()).iter().any(is_report), "the desk is closed");
        scene.at("2026-12-01T08:01:00Z").await;
        let mails = scene.mails(scene.cast.theo());
        assert_eq!(mails.iter().filter(|it| is_report(it)).count(), 1, "{mails:?}");
        let said = scene.mail.raw().into_iter().rev().find(|it| it.contains("The desk in November 2026")).unwrap();
        assert!(said.contains("One request was filed, and none was solved."), "{said}");
        assert!(said.contains("from=3D2026-11-01") || said.contains("from=2026-11-01"), "{said}");

        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        theo.post("/desk/report/mail", &[("wanted", "0")]).await;
        assert!(!theo.get("/desk/report").await.text().contains("Send them to me no more"));
        scene.mail.take(&scene.cast.theo().address);
        scene.at("2027-01-04T09:00:00Z").await;
        assert!(!scene.mails(scene.cast.theo()).iter().any(is_report), "he wants them no more");
    }
}
