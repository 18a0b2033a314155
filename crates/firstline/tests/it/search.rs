//! What may answer a question while its subject is typed (REQ-7), where support ends (SCO-1), and who finds what (VIS-3).

use desk::{
    Actor, Error,
    policy::NewPolicy,
    search::{self, Asked, At, Results, Suggestions},
};
use rules::{
    ids::TicketId,
    search::{PassageOf, Target},
};
use testkit::{Scene, on_both};

const FORM: &str = "0123456789abcdef0123456789abcdef";

async fn typed(scene: &Scene, actor: &Actor, subject: &str) -> Suggestions {
    search::catch_up(&scene.desk).await.unwrap();
    let asked = Asked { request_type: "question".into(), form: FORM.to_owned(), subject: subject.to_owned() };
    search::suggest(&scene.desk, actor, asked).await.unwrap()
}

async fn find(scene: &Scene, actor: &Actor, (words, at): (&str, At)) -> Results {
    search::catch_up(&scene.desk).await.unwrap();
    search::find(&scene.desk, actor, words, (at, 1)).await.unwrap()
}

fn numbers(results: &Results) -> Vec<TicketId> {
    results.requests.iter().map(|it| it.row.ticket.id).collect()
}

async fn files_by_form(scene: &Scene, actor: &Actor, subject: &str) -> TicketId {
    let filing = scene.form("question", subject).await;
    let new = desk::tickets::NewTicket {
        request_type: filing.request_type,
        filled: filing.filled,
        draft: None,
        organisation: None,
        confidential: false,
        channel: rules::events::Channel::Portal,
        sent_form: Some(FORM.to_owned()),
    };
    desk::tickets::open(&scene.desk, actor, new).await.unwrap()
}

on_both! {
    async fn req_7_what_is_shown_and_opened_is_kept_with_the_request(scene) {
        let dana = scene.dana().await;
        let before = scene.files(&dana, "question", "Launches stay open overnight").await;
        let shown = typed(&scene, &dana, "launch stays").await;
        assert_eq!(shown.requests.iter().map(|row| row.ticket.id).collect::<Vec<_>>(), [before]);
        assert_eq!(typed(&scene, &dana, "holidays").await.passages, [PassageOf::Section("hours")]);
        assert!(typed(&scene, &dana, "qq").await.requests.is_empty(), "too short to say anything");
        let (request, hours) = (Target::Request(before), Target::Passage(PassageOf::Section("hours")));
        search::opened(&scene.desk, &dana, FORM, &hours).await.unwrap();
        search::opened(&scene.desk, &dana, FORM, &hours).await.unwrap();
        let never = search::opened(&scene.desk, &dana, FORM, &Target::Request(TicketId(99))).await;
        assert!(matches!(never, Err(Error::NotFound)), "it was never shown");
        let ticket = files_by_form(&scene, &dana, "Launches stay open on holidays").await;
        let ines = scene.ines().await;
        let side = desk::tickets::beside(&scene.desk, &ines, ticket, (None, None)).await.unwrap();
        let kept: Vec<_> = side.suggested.iter().map(|it| (it.shown.target.clone(), it.shown.opened)).collect();
        assert_eq!(kept, [(hours, 2), (request, 0)]);
        assert_eq!(side.suggested[1].subject.as_deref(), Some("Launches stay open overnight"));
    }

    async fn req_7_many_requests_of_ones_own_leave_room_for_the_support_page(scene) {
        let dana = scene.dana().await;
        for night in ["Monday", "Friday", "Sunday", "any day"] {
            scene.files(&dana, "question", &format!("Anybody here on holidays and weekends before {night}")).await;
        }
        let hours = PassageOf::Section("hours");
        let shown = typed(&scene, &dana, "is anybody here on holidays and weekends").await;
        assert_eq!((shown.requests.len(), shown.passages), (3, vec![hours.clone()]));
        let shown = typed(&scene, &dana, "holidays").await;
        assert_eq!((shown.requests.len(), shown.passages.first()), (3, Some(&hours)));
        let framework = PassageOf::Scope("framework".into());
        assert!(typed(&scene, &dana, "contributors support").await.passages.contains(&framework));
        assert!(typed(&scene, &dana, "holidays fail").await.passages.is_empty(), "one word of two is no match");
    }

    async fn vis_2_of_what_was_shown_before_filing_staff_see_what_exists_for_them(scene) {
        let dana = scene.dana().await;
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        let shown = typed(&scene, &dana, "lantern that anybody").await;
        assert_eq!(shown.requests.iter().map(|row| row.ticket.id).collect::<Vec<_>>(), [secret], "her own");
        let ticket = files_by_form(&scene, &dana, "A lantern that flickers").await;
        let side = desk::tickets::beside(&scene.desk, &scene.ines().await, ticket, (None, None)).await.unwrap();
        assert!(side.suggested.iter().all(|it| it.shown.target != Target::Request(secret)), "not even its number");
    }

    async fn sco_1_a_subject_out_of_scope_is_told_so_once_and_can_be_filed_all_the_same(scene) {
        let dana = scene.dana().await;
        let subject = "Our Jenkins pipeline fails at night";
        let scope = typed(&scene, &dana, subject).await.scope.unwrap();
        assert_eq!(scope.as_str(), "ci_pipelines");
        let target = Target::Passage(PassageOf::Scope(scope));
        search::wave_away(&scene.desk, &dana, FORM, &target).await.unwrap();
        assert_eq!(typed(&scene, &dana, subject).await.scope, None, "it is not said again in this form");
        let ticket = files_by_form(&scene, &dana, subject).await;
        let side = desk::tickets::beside(&scene.desk, &scene.ines().await, ticket, (None, None)).await.unwrap();
        let waved: Vec<_> = side.suggested.iter().filter(|it| it.shown.waved_away_at.is_some()).collect();
        assert_eq!(waved.len(), 1);
        assert_eq!(waved[0].shown.target, target);
    }

    async fn vis_3_everybody_finds_what_exists_for_them_and_notes_are_for_the_desk(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "A lantern flickers").await;
        desk::tickets::note(&scene.desk, &ines, ticket, world::text("It is the gasoline mantle.")).await.unwrap();
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        let stranger = scene.actor(scene.cast.lucas()).await;
        let ada = scene.actor(scene.cast.ada()).await;
        let jana = scene.actor(scene.cast.jana()).await;
        let visitor = Actor::Visitor { network: String::new() };
        let found = async |actor: &Actor, words, at| numbers(&find(&scene, actor, (words, at)).await);
        let mut all = found(&dana, "lantern", At::Portal).await;
        all.sort();
        assert_eq!(all, [ticket, secret]);
        for nobody in [&stranger, &visitor, &ines] {
            assert_eq!(found(nobody, "lantern", At::Portal).await, [], "{nobody:?}");
        }
        assert_eq!(found(&ines, "lantern", At::Desk).await, [ticket]);
        assert_eq!(found(&ada, "lantern", At::Desk).await, [ticket]);
        assert_eq!(found(&jana, "anybody lantern", At::Desk).await, [secret]);
        assert_eq!(found(&ines, "mantle", At::Desk).await, [ticket]);
        assert_eq!(found(&dana, "mantle", At::Portal).await, []);
        let (secrets, tickets) = (secret.to_string(), format!("#{ticket}"));
        assert_eq!(found(&ines, &secrets, At::Desk).await, [], "its number does not exist for her either");
        assert_eq!(found(&dana, &tickets, At::Portal).await, [ticket]);
        assert!(matches!(search::find(&scene.desk, &dana, "lantern", (At::Desk, 1)).await, Err(Error::NotFound)));
        assert!(typed(&scene, &stranger, "lantern flickers").await.requests.is_empty());
    }

    async fn vis_3_staff_find_a_person_and_what_they_see_of_theirs_by_their_address(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "A lantern flickers").await;
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        scene.files(&scene.ravi().await, "question", "Another one").await;
        let address = scene.cast.dana().address.to_uppercase();
        let found = find(&scene, &ines, (&address, At::Desk)).await;
        assert_eq!(numbers(&found), [ticket]);
        let person = &found.people[0];
        assert_eq!((person.id, person.organisations[0].1.as_str()), (scene.cast.dana().person, "Acme Robotics"));
        let jana = scene.actor(scene.cast.jana()).await;
        assert_eq!(numbers(&find(&scene, &jana, (&address, At::Desk)).await), [secret, ticket]);
        let hers = find(&scene, &dana, (&address, At::Portal)).await;
        assert!(hers.people.is_empty(), "on the portal nobody is looked up");
        assert!(find(&scene, &ines, ("nobody@acme.example", At::Desk)).await.people.is_empty());
        let page = testkit::Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/search?q={address}")).await;
        assert!(page.text().contains("aria-label=\"People\"") && page.text().contains("A lantern flickers"));
    }

    async fn req_7_a_reply_is_found_by_customers_when_its_hold_is_over(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "A lantern flickers").await;
        scene.replies(&ines, ticket, "Please trim the wick.").await;
        let found = async |actor: &Actor, at| numbers(&find(&scene, actor, ("wick", at)).await);
        assert_eq!((found(&dana, At::Portal).await, found(&ines, At::Desk).await), (vec![], vec![ticket]));
        scene.advance(jiff::SignedDuration::from_mins(1)).await;
        assert_eq!(found(&dana, At::Portal).await, [ticket]);
        let text = find(&scene, &dana, ("wick", At::Portal)).await.requests[0].shows.as_ref().map(|it| it.text.clone());
        assert_eq!(text.as_deref(), Some("Please trim the wick."));
    }

    async fn req_7_another_version_of_the_policy_is_found_from_its_instant_on(scene) {
        let dana = scene.dana().await;
        let passages = async |words| find(&scene, &dana, (words, At::Portal)).await.passages;
        let framework = PassageOf::Scope("framework".into());
        assert!(passages("contributors support").await.contains(&framework));
        assert_eq!(passages("aardvark").await, []);
        let source = include_str!("../../../../policies/allure-testops.toml")
            .replace("their community and contributors support them.", "their aardvark supports them.");
        let from = scene.desk.now().plus(jiff::SignedDuration::from_hours(1));
        let new = NewPolicy { source, from: Some(from) };
        desk::policy::apply(&scene.desk, &Actor::DESK, new).await.unwrap();
        assert_eq!(passages("aardvark").await, [], "it is not in force yet");
        scene.advance(jiff::SignedDuration::from_hours(2)).await;
        assert!(passages("aardvark").await.contains(&framework));
    }

    async fn prv_1_an_erased_person_is_not_found_and_the_index_does_not_know_their_words(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "The quetzalcoatl flickers").await;
        assert_eq!(numbers(&find(&scene, &ines, ("quetzalcoatl", At::Desk)).await), [ticket]);
        typed(&scene, &dana, "quetzalcoatl").await;
        let knows = || scene.desk.store.search().knows("quetzalcoatl").unwrap();
        assert!(knows());
        desk::people::erase(&scene.desk, &Actor::DESK, scene.cast.dana().person).await.unwrap();
        assert_eq!(numbers(&find(&scene, &ines, ("quetzalcoatl", At::Desk)).await), []);
        assert!(!knows());
        let sheet = store::suggestions::Sheet { person: scene.cast.dana().person, form: FORM };
        assert_eq!(store::suggestions::of_form(scene.desk.store.read(), sheet).await.unwrap(), []);
    }
}
