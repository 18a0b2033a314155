//! The filter language and views: a list shows what is meant and seen, as it is at its instant, on every page of it; and
//! staff keep questions, their own and shared ones.

use std::collections::BTreeSet;

use desk::{
    Actor, people, search, tickets,
    views::{self, Saved, ToSave},
};
use jiff::{SignedDuration, tz::TimeZone};
use rules::{
    access::Grant,
    ids::TicketId,
    query::{Query, Why},
};
use testkit::{Browser, Engine, Scene, on_both};

async fn ask(scene: &Scene, actor: &Actor, text: &str) -> Query {
    views::ask(&scene.desk, actor, text, TimeZone::UTC).await.unwrap().expect(text)
}

/// All pages of a list.
async fn listed(scene: &Scene, actor: &Actor, text: &str) -> Vec<TicketId> {
    let asked = ask(scene, actor, text).await;
    let (mut all, mut after) = (vec![], None);
    loop {
        let page = views::list(&scene.desk, actor, &asked, after).await.unwrap();
        all.extend(page.rows.iter().map(|row| row.ticket.id));
        after = page.more;
        if after.is_none() {
            return all;
        }
    }
}

fn to_save(name: &str, question: &str, shared: bool) -> ToSave {
    ToSave { name: name.to_owned(), question: question.to_owned(), shared, zone: TimeZone::UTC }
}

on_both! {
    async fn a_question_lists_what_it_means_at_once_and_in_its_order(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let question = scene.files(&dana, "question", "Where are dashboards kept").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        let bug = scene.files(&dana, "bug", "Launches stay open").await;
        search::catch_up(&scene.desk).await.unwrap();
        assert_eq!(listed(&scene, &ines, "type:bug,question").await, [bug, question]);
        assert_eq!(listed(&scene, &ines, "type:bug,question sort:-filed").await, [question, bug]);
        assert_eq!(listed(&scene, &ines, "-type:bug is:open").await, [question]);
        assert_eq!(listed(&scene, &ines, "org:acme type:bug").await, [bug]);
        assert_eq!(listed(&scene, &ines, "from:dana@acme.example agent:none").await, [bug, question]);
        // The index has not followed since; the list shows it all the same.
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::assign(&scene.desk, &ines, question, tickets::Assignment { to: Some(ines.signed().unwrap().person) }).await.unwrap();
        assert_eq!(listed(&scene, &ines, "is:mine").await, [question]);
        assert_eq!(listed(&scene, &ines, "agent:none").await, [bug]);
        assert_eq!(listed(&scene, &ines, "is:open").await, [question, bug], "what was touched last stands first");
        let fresh = scene.files(&dana, "question", "Where are filters kept").await;
        assert_eq!(listed(&scene, &ines, "filed:today sort:filed").await, [fresh, bug, question]);
    }

    async fn a_question_names_people_and_organisations_and_says_when_there_is_none(scene) {
        let ines = scene.ines().await;
        let why = async |text: &str| {
            views::ask(&scene.desk, &ines, text, TimeZone::UTC).await.unwrap().expect_err(text).why
        };
        assert!(matches!(why("org:quixotry").await, Why::NobodyCalled { .. }));
        assert!(matches!(why("from:nobody@acme.example").await, Why::NobodyCalled { .. }));
        assert!(matches!(why("agent:quixote").await, Why::NobodyCalled { .. }));
        // A name of who asks, by each of its parts; an address means one alone.
        search::catch_up(&scene.desk).await.unwrap();
        let by_address = ask(&scene, &ines, "from:dana@acme.example").await;
        for written in ["from:dana", "from:WHIT", "from:\"dana whitlock\"", "customer:dan"] {
            assert_eq!(ask(&scene, &ines, written).await.conditions[0].test, by_address.conditions[0].test, "{written}");
        }
        assert!(matches!(why("from:danna").await, Why::NobodyCalled { .. }), "nobody is guessed");
        assert!(matches!(why("from:acme.example").await, Why::NobodyCalled { .. }), "an address is no name");
        let (name, address) = ("Dana Ortiz".to_owned(), "ortiz@firstline.example".to_owned());
        let new = people::NewStaff { name, address, grants: vec![Grant::Product] };
        people::add_staff(&scene.desk, &Actor::COMMAND, new).await.unwrap();
        search::catch_up(&scene.desk).await.unwrap();
        assert_ne!(ask(&scene, &ines, "from:dana").await.conditions[0].test, by_address.conditions[0].test, "both");
        assert_eq!(ask(&scene, &ines, "from:\"dana whit\"").await.conditions[0].test, by_address.conditions[0].test);
        let from = *rules::query::FIELDS.iter().find(|field| field.name == "from").unwrap();
        assert_eq!(views::names(&scene.desk, &ines, from, "dan").await.unwrap(), ["Dana Ortiz", "Dana Whitlock"]);
        let (by_name, me) = (ask(&scene, &ines, "agent:ines").await, ask(&scene, &ines, "agent:me").await);
        assert_eq!(by_name.conditions[0].test, me.conditions[0].test);
        let offered = views::names(&scene.desk, &ines, rules::query::FIELDS[5], "acm").await.unwrap();
        assert_eq!(offered, ["Acme Robotics"]);
        let dana = scene.dana().await;
        assert!(views::ask(&scene.desk, &dana, "type:bug", TimeZone::UTC).await.is_err(), "customers have no desk");
    }

    async fn words_and_phrases_stand_beside_conditions(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let overflow = scene.files(&dana, "bug", "A stack overflow in the importer").await;
        let other = scene.files(&dana, "question", "Does the overflow of a stack matter").await;
        search::catch_up(&scene.desk).await.unwrap();
        let found = async |text: &str| -> BTreeSet<TicketId> {
            let asked = ask(&scene, &ines, text).await;
            let found = search::find_asked(&scene.desk, &ines, (text, &asked), (search::At::Desk, 1)).await.unwrap();
            found.requests.iter().map(|it| it.row.ticket.id).collect()
        };
        assert_eq!(found("overflow stack").await, BTreeSet::from([overflow, other]));
        assert_eq!(found("\"stack overflow\"").await, BTreeSet::from([overflow]));
        assert_eq!(found("overflow type:question").await, BTreeSet::from([other]));
        assert_eq!(found("overflow -importer").await, BTreeSet::from([other]));
    }

    async fn a_long_list_is_whole_over_its_pages_while_things_happen(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let mut filed = vec![];
        for at in 0..120 {
            scene.advance(SignedDuration::from_secs(7)).await;
            filed.push(scene.files(&dana, "question", &format!("Question number {at}")).await);
            if at == 70 {
                search::catch_up(&scene.desk).await.unwrap();
            }
        }
        filed.reverse();
        assert_eq!(listed(&scene, &ines, "type:question").await, filed, "half of it is not in the index yet");
        assert_eq!(listed(&scene, &ines, "type:question sort:filed").await, filed);
        search::catch_up(&scene.desk).await.unwrap();
        assert_eq!(listed(&scene, &ines, "type:question").await, filed);
        let queue = listed(&scene, &ines, "is:needs-answer type:question").await;
        filed.reverse();
        assert_eq!(queue, filed, "due in the order of filing");
        let asked = ask(&scene, &ines, "type:question").await;
        assert_eq!(views::counts(&scene.desk, &ines, vec![asked]).await.unwrap(), (vec![120], 1000));
    }

    async fn what_was_split_off_stands_where_it_was_filed_on_every_page_and_within_a_time(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let first = scene.files(&dana, "question", "Where are dashboards kept").await;
        search::catch_up(&scene.desk).await.unwrap();
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::answer(&scene.desk, &dana, first, world::text("And how are they shared?")).await.unwrap();
        scene.advance(SignedDuration::from_hours(48)).await;
        let mut filed = vec![];
        for at in 0..60 {
            scene.advance(SignedDuration::from_secs(7)).await;
            filed.push(scene.files(&dana, "question", &format!("Question number {at}")).await);
        }
        let message = tickets::show(&scene.desk, &ines, first).await.unwrap().messages.last().unwrap().id;
        let split = tickets::Split { message, request_type: "question".into(), subject: "How are dashboards shared".into() };
        let second = tickets::split(&scene.desk, &ines, first, split).await.unwrap();
        let all = [vec![first, second], filed.clone()].concat();
        let backwards = |of: &[TicketId]| of.iter().rev().copied().collect::<Vec<_>>();
        for is_caught_up in [false, true] {
            if is_caught_up {
                search::catch_up(&scene.desk).await.unwrap();
            }
            // Of all, of many with one left out by a fact, and of few: by the database's order and by the index's.
            for beside in ["", " -is:done", " -is:confidential type:question"] {
                assert_eq!(listed(&scene, &ines, &format!("org:acme sort:-filed{beside}")).await, all);
                assert_eq!(listed(&scene, &ines, &format!("org:acme sort:filed{beside}")).await, backwards(&all));
                assert_eq!(listed(&scene, &ines, &format!("filed:<1d sort:-filed{beside}")).await, filed);
                assert_eq!(listed(&scene, &ines, &format!("filed:<1d sort:filed{beside}")).await, backwards(&filed));
                assert_eq!(listed(&scene, &ines, &format!("filed:>1d sort:-filed{beside}")).await, all[..2]);
                assert_eq!(listed(&scene, &ines, &format!("filed:>1d sort:filed{beside}")).await, backwards(&all[..2]));
            }
        }
    }

    async fn vis_2_a_list_and_its_count_hold_what_the_reader_sees(scene) {
        let (dana, ines, jana) =
            (scene.dana().await, scene.ines().await, scene.actor(scene.cast.jana()).await);
        search::catch_up(&scene.desk).await.unwrap();
        let open = scene.files(&dana, "question", "Where are dashboards kept").await;
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        for caught_up in [false, true] {
            if caught_up {
                search::catch_up(&scene.desk).await.unwrap();
            }
            assert_eq!(listed(&scene, &ines, "org:acme").await, [open]);
            assert_eq!(listed(&scene, &ines, "is:security").await, []);
            assert_eq!(listed(&scene, &jana, "org:acme sort:-filed").await, [open, secret]);
        }
        let asked = ask(&scene, &ines, "org:acme").await;
        assert_eq!(views::counts(&scene.desk, &ines, vec![asked.clone()]).await.unwrap().0, [1]);
        assert_eq!(views::counts(&scene.desk, &jana, vec![asked]).await.unwrap().0, [2]);
    }

    async fn views_are_kept_changed_shared_and_taken_away(scene) {
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        let Saved::Kept(own) = views::save(&scene.desk, &ines, to_save(" My bugs ", "type:bug is:mine", false)).await.unwrap()
        else { panic!("it makes sense") };
        let refused = views::save(&scene.desk, &ines, to_save("All bugs", "type:bug", true)).await;
        assert!(matches!(refused, Err(desk::Error::Refused(_))), "an agent shares nothing: {refused:?}");
        let Saved::Kept(shared) = views::save(&scene.desk, &theo, to_save("All bugs", "type:bug", true)).await.unwrap()
        else { panic!("it makes sense") };
        let names = async |actor: &Actor| -> Vec<String> {
            views::saved(&scene.desk, actor).await.unwrap().into_iter().map(|it| it.name).collect()
        };
        assert_eq!(names(&ines).await, ["All bugs", "My bugs"]);
        assert_eq!(names(&theo).await, ["All bugs"]);
        assert!(matches!(views::saved_one(&scene.desk, &theo, own).await, Err(desk::Error::NotFound)));
        assert!(views::change(&scene.desk, &ines, shared, to_save("Mine now", "type:bug", true)).await.is_err());
        assert!(views::remove(&scene.desk, &ines, shared).await.is_err());
        let nonsense = views::change(&scene.desk, &ines, own, to_save("My bugs", "type:bgu", false)).await.unwrap();
        assert!(matches!(nonsense, Saved::NoQuestion(_)));
        for (name, question) in [("", "type:bug"), ("x\u{7}", "type:bug"), ("My bugs", " "), (&"x".repeat(61), "type:bug")] {
            let refused = views::save(&scene.desk, &ines, to_save(name, question, false)).await;
            assert!(matches!(refused, Err(desk::Error::Invalid(_))), "{name}: {refused:?}");
        }
        views::change(&scene.desk, &ines, own, to_save("My late bugs", "type:bug is:late", false)).await.unwrap();
        assert_eq!(names(&ines).await, ["All bugs", "My late bugs"]);
        views::remove(&scene.desk, &theo, shared).await.unwrap();
        assert_eq!(names(&ines).await, ["My late bugs"]);
        let dana = scene.dana().await.signed().unwrap().person;
        views::save(&scene.desk, &theo, to_save("Dana’s", "from:dana@acme.example", true)).await.unwrap();
        views::save(&scene.desk, &ines, to_save("Ravi’s", "from:ravi@acme.example", false)).await.unwrap();
        let tx = scene.desk.store.begin().await.unwrap();
        store::erasure::erase(&tx, dana, scene.desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(names(&ines).await, ["My late bugs", "Ravi’s"], "what named her is gone (PRV-1)");
    }
}

#[tokio::test]
async fn ines_asks_by_clicks_keeps_the_question_and_opens_a_request_beside_it() {
    let scene = Scene::open(Engine::Sqlite).await;
    let dana = scene.dana().await;
    let bug = scene.files(&dana, "bug", "Launches <b>stay</b> open").await;
    scene.files(&dana, "question", "Where are dashboards kept").await;
    search::catch_up(&scene.desk).await.unwrap();
    let mut browser = Browser::of(&scene, scene.cast.ines()).await;
    let clicked = browser.get("/desk/search?choose=1&q=type%3Aquestion&type=bug&org=Acme+Robotics&is=").await;
    assert_eq!(clicked.location(), "/desk/search?q=type%3Abug%20org%3A%22Acme%20Robotics%22");
    let page = browser.get(clicked.location()).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Launches &#60;b&#62;stay&#60;/b&#62; open") && !text.contains("dashboards"), "{text}");
    let without = browser.get("/desk/search?q=type%3Abug+-dashboards").await.text();
    assert!(without.contains("Launches &#60;b&#62;stay"), "{without}");
    let by_filing = browser.get("/desk/search?q=type%3Abug+sort%3A-filed").await.text();
    assert!(by_filing.contains("<span class=\"by\">filed ") && !without.contains("class=\"by\""), "{by_filing}");
    let page = browser.get("/desk/search?q=type%3Abug%2Cquestion+org%3Aacme+sort%3A-filed").await.text();
    for shown in ["value=\"-filed\" selected", "value=\"acme\"", "<option value=\"bug,question\" selected>bug,question"]
    {
        assert!(page.contains(shown), "what was typed stands in the form: {shown}: {page}");
    }
    let kept = browser.post("/desk/views", &[("name", "Acme’s bugs"), ("q", "type:bug org:acme")]).await;
    assert!(kept.location().starts_with("/desk/views/saved-"), "{}", kept.location());
    let view = browser.get(kept.location()).await.text();
    assert!(view.contains("Acme’s bugs") && view.contains("Change this view"), "{view}");
    let key = kept.location().trim_start_matches("/desk/views/");
    let beside = browser.get(&format!("/desk/requests/{bug}?view={key}")).await.text();
    assert!(beside.contains(&format!("href=\"/desk/views/{key}\">← Acme’s bugs")), "{beside}");
    let nameless = browser.post("/desk/views", &[("name", " "), ("q", "type:bug")]).await;
    assert_eq!(nameless.status, 422);
    assert!(nameless.text().contains("id=\"view-name-fault\""));
    let gone = browser.post(&format!("/desk/views/saved/{}/removal", key.trim_start_matches("saved-")), &[]).await;
    assert_eq!(gone.location(), "/desk/search?q=type%3Abug%20org%3Aacme&removed=Acme%E2%80%99s%20bugs");
    assert!(browser.get(gone.location()).await.text().contains("keep it again if you want it back"));
    assert_eq!(browser.get(kept.location()).await.status, 404);
}

#[tokio::test]
async fn a_request_opened_beside_its_list_comes_alone_and_is_the_same() {
    let scene = Scene::open(Engine::Sqlite).await;
    let request = scene.files(&scene.dana().await, "bug", "Launches <b>stay</b> open").await;
    let mut browser = Browser::of(&scene, scene.cast.ines()).await;
    let address = format!("/desk/requests/{request}?view=unassigned");
    let whole = browser.get(&address).await.text();
    browser.headers.push(("hx-target", "section#pane".to_owned()));
    let alone = browser.get(&address).await.text();
    let title = format!("<title>{request} Launches &#60;b&#62;stay&#60;/b&#62; open · Firstline</title>");
    let pane = alone.strip_prefix(&title).expect("the title comes first, as the list takes it over");
    assert!(pane.starts_with("<div class=\"pane\" id=\"pane\">") && pane.contains("← Unassigned"), "{pane}");
    assert!(whole.contains(&title) && whole.contains(pane) && whole.contains("aria-label=\"Unassigned\""), "{whole}");
    assert_eq!(browser.get("/desk/requests/999999").await.status, 404, "what is not there is a page of its own");
}

/// The address that follows `before` in a page.
fn address<'a>(page: &'a str, before: &str) -> &'a str {
    let (_, after) = page.split_once(before).expect(before);
    after.split_once('"').expect("it ends").0
}

#[tokio::test]
async fn what_is_done_beside_a_page_of_a_list_leads_back_to_that_page() {
    let scene = Scene::open(Engine::Sqlite).await;
    let dana = scene.dana().await;
    for number in 0..=50 {
        scene.files(&dana, "bug", &format!("Launch {number} stays open")).await;
    }
    let mut browser = Browser::of(&scene, scene.cast.ines()).await;
    let first = browser.get("/desk/views/unassigned").await.text();
    let (before, _) = first.split_once("\" rel=\"next\"").expect("there is more");
    let (_, older) = before.rsplit_once("href=\"").expect("a link leads there");
    let second = browser.get(older).await.text();
    let row = address(&second, "<a class=\"row\" href=\"").to_owned();
    let (request, carried) = row.split_once('?').expect("it says its list");
    assert!(carried.starts_with("view=from%3A") && carried.ends_with("%3Aunassigned"), "{row}");
    let is_beside = |page: &str| {
        assert_eq!(page.matches("class=\"row\"").count(), 1, "the last page of the list");
        assert!(page.contains(&format!("href=\"{older}\">← Unassigned")), "{page}");
    };
    is_beside(&browser.get(&row).await.text());

    browser.headers.push(("referer", format!("https://help.desk.example{row}")));
    let done = browser.post(&format!("{request}/state"), &[("to", "open")]).await;
    assert_eq!(done.location(), row);
    is_beside(&browser.get(done.location()).await.text());
    let refused = browser.post(&format!("{request}/replies"), &[("text", "")]).await;
    assert_eq!(refused.status, 422);
    is_beside(&refused.text());

    browser.headers.clear();
    let done = browser.post(&format!("{request}/watch"), &[]).await;
    assert_eq!(done.location(), request, "who keeps to himself where he came from stands beside the first list");
    let nowhere = browser.get(&format!("{request}?view=from%3Anowhere%3Aunassigned")).await.text();
    assert_eq!(nowhere.matches("class=\"row\"").count(), 50, "no place is the beginning");
}

#[tokio::test]
async fn a_question_that_makes_no_sense_says_why_and_offers_say_what_may_stand_there() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut browser = Browser::of(&scene, scene.cast.ines()).await;
    let page = browser.get("/desk/search?q=turn%3Aours+type%3Abgu").await;
    assert_eq!(page.status, 422);
    let text = page.text();
    assert!(text.contains("Did you mean “bug”?") && text.contains("<mark>type:bgu</mark>"), "{text}");
    let offers = browser.get("/desk/search/offers?q=turn%3Aours+type%3Ab&at=16").await.text();
    assert!(offers.contains("data-whole=\"turn:ours type:bug \"") && offers.contains("data-cursor=\"19\""), "{offers}");
    let names = browser.get("/desk/search/offers?q=org%3Aacm&at=7").await.text();
    assert!(names.contains("data-whole=\"org:&#34;Acme Robotics&#34; \""), "{names}");
    assert!(browser.get("/desk/search/offers?q=%F0%9F%98%80+typ&at=6").await.text().contains("type:"));
}
