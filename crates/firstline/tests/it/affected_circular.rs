//! A message to exactly those whom a bug affects: looked at, sent once, also where it is cut off in its middle, and answered in one request
//! each (BUG-2, ENT-2, FRT-2).

use desk::{
    Actor, Run,
    bugs::{
        self, Draft, NewBug, Preview, Says, Sent, ToSend, Written, answer_circular, own_circular, preview_circular,
        send_circular,
    },
    installed::import,
    licences::{Given, give},
    tickets::{Conversion, Text, convert, show},
};
use rules::{
    access::Role,
    bugs::{
        BugRefusal, Severity, Source,
        affected::{Choice, Left},
    },
    entitlement::Kind,
    ids::{BugId, CircularId, OrganisationId},
    refusal::Refusal,
    releases::Range,
};
use testkit::{Browser, Scene, on_both};

async fn acme(scene: &Scene) -> OrganisationId {
    scene.dana().await.signed().unwrap().organisations[0].0
}

/// A bug that Acme is affected by, whose manager is Dana.
async fn affected(scene: &Scene) -> BugId {
    let acme = acme(scene).await;
    let tx = scene.desk.store.begin().await.unwrap();
    store::organisations::set_role(&tx, acme, scene.cast.dana().person, Role::Manager).await.unwrap();
    tx.commit().await.unwrap();
    let list = format!("organisation,version\n{acme},5.12\n");
    import(&scene.desk, &scene.ines().await, &list, Run::Real).await.unwrap();
    let says = Says { title: "Exports lose a line".into(), ..Says::default() };
    let affected = Some(Range::read(">= 5.10").unwrap());
    let new = NewBug { says, severity: Severity::Major, source: Source::OwnTests, affected };
    bugs::file(&scene.desk, &scene.theo().await, new).await.unwrap()
}

async fn licensed(scene: &Scene) {
    let given = Given {
        organisation: acme(scene).await,
        external_key: None,
        edition: String::new(),
        deployment: None,
        plan: None,
        kind: Kind::Paid,
        seats: None,
        through: None,
    };
    give(&scene.desk, &Actor::DESK, given).await.unwrap();
}

fn draft() -> Draft {
    let text = |language: &str, subject: &str, body: &str| Written {
        language: language.into(),
        subject: subject.into(),
        body: body.into(),
    };
    Draft {
        texts: vec![
            text(
                "en",
                "{{ bug.title }} in {{ version }}",
                "Dear {{ reader.first }} of {{ organisation.name }}, *mind* {{ bug.name }}.",
            ),
            text("de", "{{ version }} verliert Zeilen", "Guten Tag {{ reader.name }}."),
        ],
        choice: Choice::default(),
    }
}

async fn look(scene: &Scene, bug: BugId, draft: &Draft) -> Preview {
    preview_circular(&scene.desk, &scene.theo().await, bug, draft).await.unwrap()
}

async fn send(scene: &Scene, bug: BugId, draft: Draft, form: &str) -> CircularId {
    let mark = look(scene, bug, &draft).await.mark;
    let sent = ToSend { draft, form: form.into(), mark };
    match send_circular(&scene.desk, &scene.theo().await, bug, sent).await.unwrap() {
        Sent::Sent(id) => id,
        Sent::Otherwise(preview) => panic!("it is as it was looked at: {preview:?}"),
    }
}

on_both! {
    async fn bug_2_it_is_looked_at_and_goes_to_exactly_those_once(scene) {
        let bug = affected(&scene).await;
        licensed(&scene).await;
        let preview = look(&scene, bug, &draft()).await;
        assert_eq!(preview.to.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Dana Whitlock"]);
        assert_eq!(preview.samples.len(), 1);
        assert_eq!(preview.samples[0].subject, "Exports lose a line in 5.12");
        assert!(preview.samples[0].body.starts_with("Dear Dana of Acme"), "{}", preview.samples[0].body);
        let id = send(&scene, bug, draft(), "one").await;
        assert_eq!(send(&scene, bug, draft(), "one").await, id, "the form came twice");
        scene.settle().await;
        let dana = scene.cast.dana().address.clone();
        assert_eq!(scene.mail.take(&dana), ["Circular: Exports lose a line in 5.12"]);
        assert!(scene.mail.take(&scene.cast.ravi().address).is_empty(), "he is no contact");
        let listed = bugs::circulars(&scene.desk, &scene.ines().await, bug).await.unwrap();
        assert_eq!((listed[0].circular.total, listed[0].circular.done, listed[0].circular.ended_at.is_some()), (1, 1, true));
        let audit = store::audit::after(scene.desk.store.read(), 0, 1_000).await.unwrap();
        assert!(audit.iter().any(|it| format!("{:?}", it.act().unwrap()).contains("Wrote, version: None, people: Some(1)")));
    }

    async fn bug_2_a_step_that_is_taken_again_sends_nothing_again(scene) {
        let bug = affected(&scene).await;
        licensed(&scene).await;
        let id = send(&scene, bug, draft(), "one").await;
        scene.settle().await;
        let dana = scene.cast.dana().address.clone();
        assert_eq!(scene.mail.take(&dana).len(), 1);
        let tx = scene.desk.store.begin().await.unwrap();
        let new = store::jobs::NewJob {
            kind: "circular",
            unique_key: Some("again"),
            payload: &format!("{{\"circular\":{id},\"behind\":0}}"),
            run_at: scene.desk.now(),
            now: scene.desk.now(),
        };
        store::jobs::enqueue(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        scene.settle().await;
        assert!(scene.mail.take(&dana).is_empty(), "as after a crash between a step and its end");
        assert_eq!(store::circulars::get(scene.desk.store.read(), id).await.unwrap().done, 1);
    }

    async fn bug_2_who_gets_it_changed_meanwhile_so_nothing_is_sent(scene) {
        let bug = affected(&scene).await;
        licensed(&scene).await;
        let mark = look(&scene, bug, &draft()).await.mark;
        let list = format!("organisation,version\n{},5.9\n", acme(&scene).await);
        scene.advance(jiff::SignedDuration::from_secs(60)).await;
        import(&scene.desk, &scene.ines().await, &list, Run::Real).await.unwrap();
        let sent = ToSend { draft: draft(), form: "one".into(), mark };
        let came = send_circular(&scene.desk, &scene.theo().await, bug, sent).await.unwrap();
        assert!(matches!(came, Sent::Otherwise(ref preview) if preview.to.is_empty()), "{came:?}");
        let mark = look(&scene, bug, &draft()).await.mark;
        let sent = ToSend { draft: draft(), form: "one".into(), mark };
        let refused = send_circular(&scene.desk, &scene.theo().await, bug, sent).await;
        assert!(matches!(refused, Err(desk::Error::Refused(Refusal::Bug(BugRefusal::NobodyToWriteTo)))), "{refused:?}");
        assert!(preview_circular(&scene.desk, &scene.ines().await, bug, &draft()).await.is_err(), "agents only look");
    }

    async fn ent_2_who_has_no_licence_is_written_to_only_if_included(scene) {
        let bug = affected(&scene).await;
        let without = look(&scene, bug, &draft()).await;
        assert_eq!((without.to.len(), without.skipped[0].why), (0, Left::Unlicensed));
        let choice = Choice { unlicensed: true, ..Choice::default() };
        assert_eq!(look(&scene, bug, &Draft { choice, ..draft() }).await.to.len(), 1);
    }

    async fn bug_2_answers_land_on_one_request_that_knows_the_bug(scene) {
        let bug = affected(&scene).await;
        licensed(&scene).await;
        let id = send(&scene, bug, draft(), "one").await;
        scene.settle().await;
        let dana = scene.dana().await;
        let own = own_circular(&scene.desk, &dana, id).await.unwrap();
        assert_eq!((own.subject.as_str(), own.ticket), ("Exports lose a line in 5.12", None));
        assert!(own_circular(&scene.desk, &scene.ravi().await, id).await.is_err(), "it is hers");
        let text = |body: &str| Text { body: body.into(), ..Text::default() };
        let ticket = answer_circular(&scene.desk, &dana, id, text("We saw it too.")).await.unwrap();
        assert_eq!(answer_circular(&scene.desk, &dana, id, text("And once more.")).await.unwrap(), ticket);
        let seen = show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        assert_eq!(seen.ticket.subject, "Exports lose a line in 5.12");
        assert_eq!(store::messages::of_ticket(scene.desk.store.read(), ticket).await.unwrap().len(), 2);
        let listed = bugs::circulars(&scene.desk, &scene.ines().await, bug).await.unwrap();
        assert_eq!(listed[0].answers, [ticket]);
        assert_eq!(store::bugs::of_ticket(scene.desk.store.read(), ticket).await.unwrap(), None, "it is no report yet");
        let to = Conversion { to: "bug".into(), reason: String::new() };
        convert(&scene.desk, &scene.ines().await, ticket, to).await.unwrap();
        assert_eq!(store::bugs::of_ticket(scene.desk.store.read(), ticket).await.unwrap(), Some(bug), "now it is one");
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let page = browser.get(&format!("/messages/{id}")).await.text();
        assert!(page.contains(&format!("/requests/{ticket}")), "{page}");
        let own = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(own.contains(&format!("href=\"/messages/{id}\"")), "{own}");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let desk = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        let link = format!("href=\"/desk/bugs/{bug}#message-{id}\">Answers a message about BUG-{bug}</a>");
        assert!(desk.contains(&link), "{desk}");
        assert_eq!(browser.post(&format!("/messages/{id}"), &[("body", " ")]).await.status, 422);
        assert_eq!(browser.post(&format!("/messages/{id}"), &[("body", "A third one.")]).await.status, 303);
    }

    async fn bug_2_the_lead_writes_on_the_page(scene) {
        let bug = affected(&scene).await;
        licensed(&scene).await;
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let path = format!("/desk/bugs/{bug}/affected/message");
        assert_eq!(theo.get(&path).await.status, 200);
        let typed = [("language.0", "en"), ("subject.0", "Exports in {{ version }}"), ("body.0", "Dear {{ who }}"), ("do", "look")];
        let wrong = theo.post(&path, &typed).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("who"), "{}", wrong.text());
        let typed = [("language.0", "en"), ("subject.0", "Exports in {{ version }}"), ("body.0", "Dear {{ reader.first }}"), ("do", "look")];
        let looked = theo.post(&path, &typed).await;
        let page = looked.text();
        assert!(page.contains("One person gets it") && page.contains("Exports in 5.12"), "{page}");
        let hidden = |name: &str| {
            let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}"));
            let rest = &page[at + name.len() + 15..];
            rest[..rest.find('"').unwrap()].to_owned()
        };
        let (form, mark) = (hidden("form"), hidden("mark"));
        let mut sent: Vec<(&str, &str)> = typed[..3].to_vec();
        sent.extend([("do", "send"), ("form", form.as_str()), ("mark", mark.as_str())]);
        assert_eq!(theo.post(&path, &sent).await.status, 303);
        scene.settle().await;
        let page = theo.get(&format!("/desk/bugs/{bug}")).await.text();
        assert!(page.contains("Messages to whom it affects") && page.contains("to one person"), "{page}");
    }
}
