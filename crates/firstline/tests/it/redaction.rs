//! PRV-2: what is redacted is gone from rows, index, blobs and waiting mails at once, stays gone after a restore, and the
//! journal keeps that it happened.

use std::{
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use bytes::Bytes;
use desk::{
    Actor, Error,
    drafts::{self, Typed},
    exports, search,
    tickets::{self, FileGone, FileNames, Proof, WantedGone, Where},
};
use futures_util::StreamExt;
use jiff::SignedDuration;
use rules::{
    events::{Event, Redacted, State, TicketEvent},
    ids::{MessageId, TicketId},
    redaction::{Place, Reason, Redactor},
    refusal::Refusal,
};
use testkit::{Browser, Outcome, Scene, on_both};

use crate::backup::Beside;

/// Stands nowhere else.
const TOKEN: &str = "zanzibarquokka";
const MARK: &str = "‹redacted by the customer, 2026-11-16›";

async fn says(scene: &Scene, actor: &Actor, ticket: TicketId, text: &str) -> MessageId {
    match tickets::answer(&scene.desk, actor, ticket, world::text(text)).await.unwrap() {
        tickets::Answered::Here(message) => message,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn wanted(place: Place, passage: &str) -> WantedGone {
    WantedGone {
        place: Some(place),
        passages: vec![passage.to_owned()],
        everywhere: true,
        why: None,
        words: String::new(),
    }
}

pub(crate) fn because(why: Reason, wanted: WantedGone) -> WantedGone {
    WantedGone { why: Some(why), ..wanted }
}

/// The files below a folder that hold the token.
fn holding(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path));
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.windows(TOKEN.len()).any(|part| part.eq_ignore_ascii_case(TOKEN.as_bytes()))
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// The key of the stories, where a desk of their folder has it.
fn keep_key(scene: &Scene) {
    let path = scene.desk.store.place().folder().join("secret.key");
    let mut file = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path).unwrap();
    file.write_all(b"a key for stories, and only them").unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

/// A request with the token in the subject, a message, a quotation, a note, a draft, and in mails on their way; the message.
async fn everywhere(scene: &Scene) -> (TicketId, MessageId) {
    let (dana, ines) = (scene.dana().await, scene.ines().await);
    let ticket = scene.files(&dana, "question", &format!("Is {TOKEN} known?")).await;
    let message = says(scene, &dana, ticket, &format!("The key is **{TOKEN}**.")).await;
    scene.replies(&ines, ticket, &format!("> The key is {TOKEN}.\n\nThank you.")).await;
    tickets::note(&scene.desk, &ines, ticket, world::text(&format!("{TOKEN} opens everything"))).await.unwrap();
    let fields = [("text".to_owned(), format!("About {TOKEN}")), ("kind".to_owned(), "note".to_owned())].into();
    let typed = Typed { draft: None, purpose: format!("request/{ticket}"), fields };
    drafts::save(&scene.desk, &ines, typed).await.unwrap();
    scene.advance(SignedDuration::from_hours(1)).await;
    exports::ask(&scene.desk, &dana).await.unwrap();
    scene.settle().await;
    // One more that the server does not take yet.
    scene.mail.expect(&scene.cast.dana().address, [Outcome::Defer]);
    scene.replies(&ines, ticket, &format!("As you say, {TOKEN}.")).await;
    scene.advance(SignedDuration::from_secs(15)).await;
    search::catch_up(&scene.desk).await.unwrap();
    (ticket, message)
}

fn nothing_left(proof: &Proof) {
    assert!(proof.places.iter().all(|place| place.left == 0), "{proof:?}");
}

async fn journal(scene: &Scene, ticket: TicketId) -> Vec<TicketEvent> {
    let all = store::events::of_ticket(scene.desk.store.read(), ticket).await.unwrap();
    let of_ticket = all.into_iter().filter_map(|entry| match entry.event {
        Event::Ticket(_, event @ TicketEvent::Redacted { .. }) => Some(event),
        _ => None,
    });
    of_ticket.collect()
}

async fn blob_is_there(scene: &Scene, blob: &store::blobs::BlobId) -> bool {
    scene.desk.store.blobs().holds(blob).await.unwrap()
}

/// A zip that holds two logs.
const ZIP: &[u8] = include_bytes!("../../../../fuzz/corpus/archive/ok-2-zip");

/// A request with an archive and a log, whose content another request has too.
async fn with_files(scene: &Scene) -> (TicketId, TicketId) {
    let file = |name: &str, content: &'static [u8]| world::File {
        field: "detail.logs".to_owned(),
        name: name.to_owned(),
        content: Bytes::from_static(content),
    };
    let log = b"2026-11-20 14:02:11 INFO zanzibarquokka started\n";
    let mut both = Vec::new();
    for files in [vec![file("logs.zip", ZIP), file("server.log", log)], vec![file("copy.log", log)]] {
        let mut filing = scene.form("support", "Launches hang").await;
        filing.files = files;
        both.push(world::file(&scene.desk, &scene.dana().await, filing).await.unwrap());
    }
    (both[0], both[1])
}

/// Every row of a dump of the database, and every file; and the older backup, made a desk again.
async fn dumped_and_restored(scene: &Scene, beside: &Beside) {
    let after = beside.run(scene.desk.store.place(), &["backup", "after"]);
    assert!(after.well, "{after:?}");
    assert_eq!(holding(&beside.path("after")), Vec::<String>::new());

    let place = beside.empty(scene.desk.store.place()).await;
    let list = scene.desk.store.place().folder().join("redactions.log");
    let restored = beside.run(&place, &["restore", "backup", "--redactions", &list.display().to_string()]);
    assert!(
        restored.well && restored.out.contains("Redacted again what was redacted after the backup: 1."),
        "{restored:?}"
    );
    let again = beside.run(&place, &["backup", "restored-and-backed-up"]);
    assert!(again.well, "{again:?}");
    assert_eq!(holding(&beside.path("restored-and-backed-up")), Vec::<String>::new());
    assert_eq!(holding(place.folder()), Vec::<String>::new());
}

on_both! {
    async fn prv_2_a_passage_is_gone_from_everywhere_and_from_a_restored_backup(scene) {
        keep_key(&scene);
        let (ticket, message) = everywhere(&scene).await;
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let beside = Beside::new();
        beside.backup(&scene);
        assert!(!holding(&beside.path("backup")).is_empty() && scene.desk.store.search().knows(TOKEN).unwrap());
        let clocks = tickets::show(&scene.desk, &ines, ticket).await.unwrap().clocks;
        let mails = scene.mail.raw().len();

        let preview = tickets::preview_redaction(&scene.desk, &dana, ticket, &wanted(Place::Message(message), TOKEN)).await.unwrap();
        assert_eq!((preview.times, preview.after.as_str()), (1, "The key is **‹redacted by the customer, 2026-11-16›**."));
        let shown = [(Where::Subject, 1), (Where::Messages, 2)];
        assert_eq!(preview.elsewhere, shown, "notes and drafts of others are not told of");
        let proof = tickets::redact(&scene.desk, &dana, ticket, &wanted(Place::Message(message), TOKEN)).await.unwrap();

        nothing_left(&proof);
        let found = |at| proof.places.iter().find(|place| place.at == at).map_or(0, |place| place.found);
        let all = [
            Where::Subject,
            Where::Messages,
            Where::Notes,
            Where::Drafts,
            Where::MailsWaiting,
            Where::Archives,
        ]
        .map(found);
        assert_eq!(all, [1, 3, 1, 1, 1, 1], "{proof:?}");
        assert!(found(Where::MailsSent) > 0);
        let read = tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        assert!(!format!("{read:?}").contains(TOKEN));
        assert_eq!(read.messages[1].body, format!("> The key is {MARK}.\n\nThank you."));
        assert_eq!(read.clocks, clocks, "no clock is touched");
        let draft = drafts::latest(&scene.desk, &ines, &format!("request/{ticket}")).await.unwrap().unwrap();
        assert_eq!(draft.fields["text"], format!("About {MARK}"));
        search::catch_up(&scene.desk).await.unwrap();
        assert!(!scene.desk.store.search().knows(TOKEN).unwrap());
        let results = search::find(&scene.desk, &ines, TOKEN, (search::At::Desk, 1)).await.unwrap();
        assert!(results.requests.is_empty());
        for mail in store::outgoing::of_ticket(scene.desk.store.read(), ticket).await.unwrap() {
            assert_eq!((mail.bytes, mail.subject.as_str(), mail.answer), (None, "", None));
        }
        assert_eq!(holding(scene.desk.store.place().folder()), Vec::<String>::new());
        let event = TicketEvent::Redacted {
            what: Redacted::Passage(Place::Message(message)),
            by: Redactor::Customer,
            others: 3,
            why: None,
        };
        assert_eq!(journal(&scene, ticket).await, [event]);

        // The mail that waited goes without it, the archive is made anew, and whoever did it is not told.
        scene.advance(SignedDuration::from_hours(1)).await;
        let since: Vec<String> = scene.mail.raw().split_off(mails);
        assert_eq!(since.len(), 1, "{since:?}");
        let bytes = since[0].replace("=\r\n", "");
        assert!(!bytes.contains(TOKEN) && bytes.contains("2026-11-16"), "{bytes}");
        assert!(exports::own(&scene.desk, &dana).await.unwrap().unwrap().bytes.is_some());

        dumped_and_restored(&scene, &beside).await;
    }

    async fn prv_2_a_file_is_gone_with_all_that_holds_it_and_its_row_says_so(scene) {
        let (ticket, other) = with_files(&scene).await;
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let files = tickets::show(&scene.desk, &dana, ticket).await.unwrap().files;
        let [app, db, zip, log] = &files[..] else { panic!("{files:?}") };
        let leaving = tickets::leaving(&scene.desk, &dana, app.id).await.unwrap();
        assert_eq!(leaving.with.iter().map(|file| file.id).collect::<Vec<_>>(), [db.id, zip.id], "the other log has the same content, and the archive holds both");
        nothing_left(&tickets::redact_file(&scene.desk, &dana, zip.id, FileGone::default()).await.unwrap());
        for file in [app, db, zip] {
            assert!(!blob_is_there(&scene, &file.blob).await);
            assert!(matches!(tickets::fetch_file(&scene.desk, &dana, file.id).await, Err(Error::NotFound)));
        }
        assert!(matches!(tickets::leaving(&scene.desk, &dana, zip.id).await, Err(Error::NotFound)), "once is enough");
        let names = FileGone { names: FileNames::Go, why: Some(Reason::Personal), words: String::new() };
        tickets::redact_file(&scene.desk, &ines, log.id, names).await.unwrap();
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert!(shown.files.is_empty());
        let gone: Vec<_> = shown.gone.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(gone, ["logs.zip: logs/app.log", "logs.zip: logs/db.log", "logs.zip", ""]);
        assert!(!blob_is_there(&scene, log.original.as_ref().unwrap()).await);

        // Somebody else's file of the same content stays theirs.
        let copy = tickets::show(&scene.desk, &dana, other).await.unwrap().files.remove(0);
        assert_eq!(copy.blob, log.blob);
        let (_, mut pieces) = tickets::fetch_file(&scene.desk, &dana, copy.id).await.unwrap();
        assert!(pieces.next().await.unwrap().is_ok());
        assert!(matches!(tickets::fetch_file(&scene.desk, &dana, log.id).await, Err(Error::NotFound)));
        tickets::redact_file(&scene.desk, &dana, copy.id, FileGone::default()).await.unwrap();
        assert!(!blob_is_there(&scene, &copy.blob).await, "nothing names it any more");
    }

    async fn prv_2_customers_redact_their_own_and_staff_say_why(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "Which role may only read?").await;
        let answer = scene.replies(&ines, ticket, "The viewer's role, on the page of roles.").await.message;
        scene.advance(SignedDuration::from_mins(1)).await;
        let own = says(&scene, &dana, ticket, "We will refund the viewer's role, and tulip-4711 opens it.").await;
        let refusal = async |actor: &Actor, wanted: &WantedGone| match tickets::redact(&scene.desk, actor, ticket, wanted).await {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal(&dana, &wanted(Place::Message(answer), "role")).await, Refusal::NotTheirs);
        assert_eq!(refusal(&dana, &wanted(Place::Message(own), "rose-1")).await, Refusal::PassageNotThere);
        assert_eq!(refusal(&dana, &wanted(Place::Message(own), " \n ")).await, Refusal::RedactNothing);
        assert_eq!(refusal(&ines, &wanted(Place::Message(own), "tulip-4711")).await, Refusal::RedactionReasonMissing);
        let told = WantedGone { words: "It was tulip-4711".into(), ..because(Reason::Other, wanted(Place::Message(own), "tulip-4711")) };
        assert_eq!(refusal(&ines, &told).await, Refusal::ReasonSaysIt);
        let stranger = scene.actor(scene.cast.ravi()).await;
        let seen = tickets::redact(&scene.desk, &stranger, ticket, &wanted(Place::Message(own), "tulip-4711")).await;
        assert!(seen.is_err());

        // Who says it later does not unsay what somebody else said before.
        tickets::redact(&scene.desk, &dana, ticket, &wanted(Place::Message(own), "viewer's role")).await.unwrap();
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.messages[0].body, "The viewer's role, on the page of roles.");

        let before = scene.mail.of(&scene.cast.dana().address).len();
        let answered = shown.clocks;
        tickets::redact(&scene.desk, &ines, ticket, &because(Reason::Secret, wanted(Place::Message(own), "tulip-4711"))).await.unwrap();
        scene.settle().await;
        let told = scene.mail.raw().pop().unwrap().replace("=\r\n", "");
        assert_eq!(scene.mail.of(&scene.cast.dana().address).len(), before + 1, "she is told");
        assert!(told.contains(&ticket.to_string()) && told.contains("held a secret") && !told.contains("tulip"), "{told}");
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.clocks, answered, "it is no response");
        assert!(shown.messages[1].body.contains("‹redacted by support, 2026-11-16›"));
    }

    async fn vis_3_customers_do_not_hear_that_a_note_was_redacted(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "Which role?").await;
        tickets::note(&scene.desk, &ines, ticket, world::text("Her key is hunter2.")).await.unwrap();
        let note = tickets::show(&scene.desk, &ines, ticket).await.unwrap().messages[0].id;
        let gone = because(Reason::Secret, wanted(Place::Message(note), "hunter2"));
        tickets::redact(&scene.desk, &ines, ticket, &gone).await.unwrap();
        let redacted = async |actor| {
            let shown = tickets::show(&scene.desk, actor, ticket).await.unwrap();
            shown.happened.iter().any(|it| matches!(it.entry.event, Event::Ticket(_, TicketEvent::Redacted { .. })))
        };
        assert!(redacted(&ines).await && !redacted(&dana).await);
    }

    async fn prv_2_a_closed_request_is_redacted_too(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", &format!("About {TOKEN}")).await;
        let close = tickets::StateChange { to: State::Solved, reason: String::new() };
        tickets::change_state(&scene.desk, &ines, ticket, close).await.unwrap();
        scene.advance(SignedDuration::from_hours(24 * 20)).await;
        tickets::redact(&scene.desk, &dana, ticket, &wanted(Place::Subject, TOKEN)).await.unwrap();
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.ticket.subject, "About ‹redacted by the customer, 2026-12-06›");
        assert_eq!(shown.ticket.state, State::Closed, "it stays closed");
    }

    async fn prv_2_the_command_redacts_what_comes_on_standard_input_and_lists_where_it_looked(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "question", &format!("Is {TOKEN} known?")).await;
        let message = says(&scene, &dana, ticket, &format!("The key is {TOKEN}.")).await;
        scene.settle().await;
        let (beside, place) = (Beside::new(), scene.desk.store.place().clone());
        let (request, number) = (ticket.to_string(), message.to_string());
        let command = |more: &[&str]| {
            let fixed = ["redact", "--request", &request, "--message", &number, "--passage", "-", "--reason", "secret"];
            beside.run_given(&place, &[&fixed[..], more].concat(), &format!("{TOKEN}\n"))
        };
        let dry = command(&["--dry-run"]);
        assert!(dry.well && dry.out.contains("Nothing was changed.") && dry.out.contains("  messages: 1 of 1\n"), "{dry:?}");
        assert!(format!("{:?}", tickets::show(&scene.desk, &dana, ticket).await.unwrap()).contains(TOKEN));
        let done = command(&[]);
        assert!(done.well && done.out.contains("  subject: 1 of 1, 0 left\n"), "{done:?}");
        assert!(!done.out.contains(TOKEN) && !done.error.contains(TOKEN), "{done:?}");
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.ticket.subject, format!("Is {} known?", &shown.messages[0].body[11..shown.messages[0].body.len() - 1]));
        let again = command(&[]);
        assert!(!again.well && again.error.contains("does not stand there"), "{again:?}");
        let argument = beside.run(&place, &["redact", "--request", &request, "--passage", TOKEN, "--reason", "secret"]);
        assert!(!argument.well, "a passage is no argument: {argument:?}");
    }

    async fn prv_2_the_page_shows_what_stays_before_it_does_it(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "question", "Which role may only read?").await;
        let message = says(&scene, &dana, ticket, "It is tulip-4711 <b>\n\nThank you.").await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let request = browser.get(&format!("/requests/{ticket}")).await.text();
        let path = format!("/requests/{ticket}/redaction/message-{message}");
        assert!(request.contains(&path));
        let page = browser.get(&path).await;
        assert!(page.text().contains("It is tulip-4711 &#60;b&#62;"), "{}", page.text());
        let nothing = browser.post(&path, &[("do", "preview"), ("passage.0", "rose")]).await;
        assert!(nothing.status == 422 && nothing.text().contains("does not stand there"));
        let stays = browser.post(&path, &[("do", "preview"), ("passage.0", "tulip-4711 <b>\r\n\r\nThank")]).await;
        assert!(stays.text().contains("Nobody can bring it back, us included."), "{}", stays.text());
        assert!(stays.text().contains("<span class=\"redacted\">redacted by the customer"), "{}", stays.text());
        assert!(browser.get(&format!("/requests/{ticket}")).await.text().contains("tulip-4711"), "nothing has happened yet");
        let done = browser
            .post(&path, &[("do", "redact"), ("passage.0", "tulip-4711 <b>\r\n\r\nThank"), ("everywhere", "yes")])
            .await;
        assert_eq!(done.location(), format!("/requests/{ticket}#m{message}"));
        let request = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(!request.contains("tulip-4711") && request.contains("class=\"redacted\""));
        assert!(request.contains("You redacted a passage of a message"), "{request}");
    }
}
