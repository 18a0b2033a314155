//! Logs on their way in: told apart by content, masked for everybody who reads, kept encrypted as they came (LOG-1 to LOG-3).

use bytes::Bytes;
use desk::{
    Actor, Error,
    attachments::{EVIDENCE, Findings, NewFile, attach},
    drafts::{self, Attachment, Typed},
    tickets,
};
use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use rules::{
    events::{Event, TicketEvent},
    ids::{DraftId, TicketId},
    logs::Kind,
    refusal::{Fault, Refusal},
};
use testkit::{Browser, Scene, browser::Answer, on_both};

use crate::forms::Sheet;

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
const LOG: &str =
    "2026-11-20 14:02:11 INFO starting\n2026-11-20 16:02:11 WARN url=jdbc:postgresql://app:hunter2@db/x\n";

async fn draft(scene: &Scene, actor: &Actor) -> DraftId {
    let typed = Typed { draft: None, purpose: "new/bug".to_owned(), fields: [].into() };
    drafts::save(&scene.desk, actor, typed).await.unwrap()
}

pub(crate) async fn give(
    scene: &Scene,
    actor: &Actor,
    draft: DraftId,
    (field, name): (&str, &str),
    content: &[u8],
) -> Attachment {
    let new = NewFile { draft, field: field.to_owned(), name: name.to_owned() };
    let pieces: Vec<_> =
        content.chunks(1_000).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    attach(&scene.desk, actor, new, stream::iter(pieces)).await.unwrap()
}

async fn read<E: std::fmt::Debug>(mut pieces: impl futures_util::Stream<Item = Result<Bytes, E>> + Unpin) -> String {
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    String::from_utf8(bytes).unwrap()
}

/// How many bytes a gzipped answer holds: its last four say it (RFC 1952).
fn packed_length(answer: &Answer) -> usize {
    assert_eq!(answer.header("content-encoding"), "gzip");
    let [.., a, b, c, d] = answer.body[..] else { panic!("nothing came") };
    u32::from_le_bytes([a, b, c, d]) as usize
}

/// Files a bug with what lies in a draft; the world's own files are left out.
async fn filed(scene: &Scene, actor: &Actor, draft: DraftId) -> desk::Result<TicketId> {
    let filing = scene.form("bug", "Uploads hang").await;
    let new = tickets::NewTicket {
        request_type: filing.request_type,
        filled: filing.filled,
        draft: Some(draft),
        organisation: None,
        confidential: false,
        channel: rules::events::Channel::Portal,
        sent_form: None,
    };
    tickets::open(&scene.desk, actor, new).await
}

/// A zip that holds two logs, as `zip` writes it.
const ZIP: &[u8] = include_bytes!("../../../../fuzz/corpus/archive/ok-2-zip");
const LOCKED: &[u8] = include_bytes!("../../../../fuzz/corpus/archive/locked-zip");

on_both! {
    async fn log_1_a_picture_is_refused_as_a_log_and_kept_with_the_evidence(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let picture = give(&scene, &dana, draft, ("detail.logs", "server.log"), PICTURE).await;
        assert_eq!((picture.kind, picture.field.as_str()), (Some(Kind::Picture), EVIDENCE));
        assert_eq!(picture.offered.as_deref(), Some("detail.logs"));
        let Err(Error::Invalid(faults)) = filed(&scene, &dana, draft).await else { panic!("there is no log yet") };
        assert!(faults.iter().any(|it| it.field == "detail.logs" && it.fault == Fault::NoSuchFile { kind: Kind::Picture }));
        give(&scene, &dana, draft, ("detail.logs", "screen.png"), LOG.as_bytes()).await;
        let ticket = filed(&scene, &dana, draft).await.unwrap();
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert_eq!(shown.files.len(), 2, "the picture came along");
        let page = Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("Offered as “") && page.contains("and not taken as that: "), "{page}");
        assert!(page.contains("Removed 180 days after the request is closed."), "{page}");
    }

    async fn log_1_each_text_of_an_archive_counts_and_a_locked_one_does_not(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let locked = give(&scene, &dana, draft, ("detail.logs", "locked.zip"), LOCKED).await;
        assert_eq!((locked.field.as_str(), locked.is_sealed()), (EVIDENCE, true));
        assert!(Findings::read(&locked, "").not_opened.is_some());
        assert!(matches!(filed(&scene, &dana, draft).await, Err(Error::Invalid(_))));
        give(&scene, &dana, draft, ("detail.logs", "logs.zip"), ZIP).await;
        let ticket = filed(&scene, &dana, draft).await.unwrap();
        let shown = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        let names: Vec<&str> = shown.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["locked.zip", "logs.zip: logs/app.log", "logs.zip: logs/db.log", "logs.zip"]);
        let (_, pieces) = tickets::fetch_file(&scene.desk, &dana, shown.files[1].id).await.unwrap();
        assert!(read(pieces).await.ends_with("ERROR password=[password 1]\n"));
        assert!(matches!(tickets::fetch_file(&scene.desk, &dana, shown.files[3].id).await, Err(Error::NotFound)));
    }

    async fn log_1_an_unsafe_file_of_an_archive_is_left_out_and_told_and_the_others_count(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let mut zip = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in ["server.log", "up/up/etc/cron.log"] {
            zip.start_file(name, ::zip::write::SimpleFileOptions::DEFAULT).unwrap();
            std::io::Write::write_all(&mut zip, LOG.as_bytes()).unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        for at in 0..bytes.len().saturating_sub(6) {
            if &bytes[at..at + 6] == b"up/up/" {
                bytes[at..at + 6].copy_from_slice(b"../../");
            }
        }
        give(&scene, &dana, draft, ("detail.logs", "logs.zip"), &bytes).await;
        let mut hers = Browser::of(&scene, scene.cast.dana()).await;
        let page = hers.get(&format!("/drafts/{draft}")).await.text();
        assert!(page.contains("../../etc/cron.log was left out, since its name leads out of the archive."), "{page}");
        let ticket = filed(&scene, &dana, draft).await.unwrap();
        let files = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap().files;
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["logs.zip: server.log", "logs.zip"]);
        let page = hers.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("please send it by itself"), "{page}");
    }

    async fn log_3_everybody_reads_the_masked_text_and_the_original_lies_encrypted(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        give(&scene, &dana, draft, ("detail.logs", "server.log"), LOG.as_bytes()).await;
        let again = format!("2026-11-20 14:02:11 INFO starting\n2026-11-20 16:02:11 INFO password=rosebud1 {LOG}");
        give(&scene, &dana, draft, ("detail.logs", "other.log"), again.as_bytes()).await;
        let ticket = filed(&scene, &dana, draft).await.unwrap();
        let shown = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        let mut texts = Vec::new();
        for file in &shown.files {
            let (_, pieces) = tickets::fetch_file(&scene.desk, &scene.ines().await, file.id).await.unwrap();
            texts.push(read(pieces).await);
        }
        assert!(texts[0].ends_with("url=jdbc:postgresql://app:[password 1]@db/x\n"), "{}", texts[0]);
        assert!(texts[1].contains("password=[password 2]") && texts[1].contains("app:[password 1]@db"), "{}", texts[1]);
        for file in &shown.files {
            for blob in [Some(&file.blob), file.original.as_ref()].into_iter().flatten() {
                let kept: Vec<u8> = scene.desk.store.blobs().stream(blob).await.unwrap().map(|piece| piece.unwrap().to_vec()).concat().await;
                assert!(!kept.windows(7).any(|part| part == b"hunter2"), "the secret lies on the disk");
            }
        }
    }

    async fn log_3_looking_at_the_original_needs_a_reason_and_is_recorded(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let id = give(&scene, &dana, draft, ("detail.logs", "server.log"), LOG.as_bytes()).await.id;
        let ticket = filed(&scene, &dana, draft).await.unwrap();
        let ines = scene.ines().await;
        let without = tickets::fetch_original(&scene.desk, &ines, id, " ").await;
        assert!(matches!(without.map(|_| ()), Err(Error::Refused(Refusal::OriginalReasonMissing))));
        assert!(tickets::fetch_original(&scene.desk, &dana, id, "mine").await.is_err());
        let (_, length, pieces) = tickets::fetch_original(&scene.desk, &ines, id, "the address is needed").await.unwrap();
        let text = read(pieces).await;
        assert_eq!((text.as_str(), length), (LOG, LOG.len() as u64));
        let shown = tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        let seen: Vec<_> = shown
            .happened
            .iter()
            .filter(|it| matches!(it.entry.event, Event::Ticket(_, TicketEvent::OriginalRead { attachment }) if attachment == id))
            .map(|it| it.words.clone().unwrap())
            .collect();
        assert_eq!(seen, ["the address is needed"]);
        let hers = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        let looked = hers.happened.iter().find(|it| matches!(it.entry.event, Event::Ticket(_, TicketEvent::OriginalRead { .. })));
        assert_eq!(looked.unwrap().words, None, "that it happened, and not what staff wrote for it");
    }

    async fn log_3_the_original_arrives_whole_in_a_browser_and_one_look_is_one_entry(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let log = LOG.repeat(9_000);
        let id = give(&scene, &dana, draft, ("detail.logs", "server.log"), log.as_bytes()).await.id;
        let ticket = filed(&scene, &dana, draft).await.unwrap();
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        ines.headers.push(("accept-encoding", "gzip".to_owned()));
        let given = ines.post(&format!("/desk/attachments/{id}/original"), &[("reason", "the address is needed")]).await;
        assert_eq!((given.status.as_u16(), packed_length(&given)), (200, log.len()));
        let shown = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        let looks = shown.happened.iter().filter(|it| matches!(it.entry.event, Event::Ticket(_, TicketEvent::OriginalRead { .. })));
        assert_eq!(looks.count(), 1);
    }

    async fn log_1_a_text_without_a_last_line_end_tells_the_same(scene) {
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let line = |at: usize| format!("2026-11-20 14:{:02}:{:02} INFO password=rosebud1 sweep {at} done", at / 60 % 60, at % 60);
        for lines in [1, 2, 3, 57, 713, 12_007] {
            let text = (0..lines).map(line).collect::<Vec<_>>().join("\n");
            let ended = give(&scene, &dana, draft, (EVIDENCE, "ended.log"), format!("{text}\n").as_bytes()).await;
            let open = give(&scene, &dana, draft, (EVIDENCE, "open.log"), text.as_bytes()).await;
            assert!(open.facts.is_some());
            assert_eq!((open.kind, &open.facts, open.bytes + 1), (ended.kind, &ended.facts, ended.bytes), "{lines} lines");
            assert_eq!(Findings::read(&open, "").lines, lines as u64);
        }
        // The masks of a file go on in the next, whichever way it ends.
        let next = give(&scene, &dana, draft, (EVIDENCE, "next.log"), b"2026-11-20 14:02:11 INFO password=rosebud1").await;
        let shown = scene.desk.store.blobs().stream(&next.blob).await.unwrap();
        assert!(read(shown).await.ends_with("password=[password 1]"));
    }

    async fn log_3_what_is_split_off_keeps_what_its_files_are(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "support", "Launches hang").await;
        let typed = Typed { draft: None, purpose: format!("request/{ticket}"), fields: [].into() };
        let draft = drafts::save(&scene.desk, &dana, typed).await.unwrap();
        let given = give(&scene, &dana, draft, (EVIDENCE, "server.log"), LOG.as_bytes()).await;
        let text = tickets::Text { draft: Some(draft), ..world::text("And uploads fail, see this.") };
        tickets::answer(&scene.desk, &dana, ticket, text).await.unwrap();
        let message = tickets::show(&scene.desk, &ines, ticket).await.unwrap().messages.last().unwrap().id;
        let split = tickets::Split { message, request_type: "support".into(), subject: "Uploads fail".into() };
        let new = tickets::split(&scene.desk, &ines, ticket, split).await.unwrap();
        let files = tickets::show(&scene.desk, &ines, new).await.unwrap().files;
        let [file] = files.as_slice() else { panic!("{files:?}") };
        assert_eq!((file.kind, &file.facts, &file.blob), (given.kind, &given.facts, &given.blob));
        assert!(given.facts.is_some() && file.original == given.original && given.original.is_some());
        let (_, _, pieces) = tickets::fetch_original(&scene.desk, &ines, file.id, "the address is needed").await.unwrap();
        assert_eq!(read(pieces).await, LOG);
    }

    async fn log_3_where_originals_are_dropped_only_the_masked_text_stays(scene) {
        let source = include_str!("../../../../policies/allure-testops.toml");
        let source = source.replace("originals = \"encrypted\"", "originals = \"dropped\"");
        let policy = desk::policy::NewPolicy { source, from: None };
        desk::policy::apply(&scene.desk, &Actor::DESK, policy).await.unwrap();
        let dana = scene.dana().await;
        let draft = draft(&scene, &dana).await;
        let file = give(&scene, &dana, draft, ("detail.logs", "server.log"), LOG.as_bytes()).await;
        assert_eq!(file.original, None);
        filed(&scene, &dana, draft).await.unwrap();
        let asked = tickets::fetch_original(&scene.desk, &scene.ines().await, file.id, "why not").await;
        assert!(matches!(asked.map(|_| ()), Err(Error::NotFound)));
    }
}

/// A complete bug report whose only log is this.
async fn sheet(scene: &Scene, log: &str) -> Sheet {
    let mut sheet = Sheet::of(scene.form("bug", "Uploads hang").await);
    sheet.files.retain(|(input, ..)| input != "file.logs");
    sheet.with_file("file.logs", "server.log", log.as_bytes())
}

on_both! {
    async fn log_2_a_probable_part_is_told_once_and_may_still_be_sent(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let part: String = (0..100).map(|at| format!("2026-11-20 14:02:{:02} ERROR sweep {at}\n", at % 60)).collect();
        let sheet = sheet(&scene, &part).await;
        let told = dana.upload("/requests", &sheet.parts()).await;
        let page = told.text();
        assert_eq!(told.status, 422, "{page}");
        assert!(page.contains("server.log is probably a part of a log. It does not show how the program started."), "{page}");
        assert!(page.contains("It has exactly 100 lines"), "{page}");
        let draft = told.field("draft").unwrap();
        let mut again = sheet.with("draft", &draft);
        again.files.clear();
        let name = page.split("name=\"told.").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let sent = dana.upload("/requests", &again.with(&format!("told.{name}"), "yes").parts()).await;
        assert!(sent.location().contains("just=filed"), "{}", sent.text());
        let request = sent.location().split('?').next().unwrap().to_owned();
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let shown = ines.get(&format!("/desk{request}")).await.text();
        assert!(shown.contains("probably a part") && shown.contains("It has exactly 100 lines"), "the desk sees the mark");
    }

    async fn log_2_a_cut_last_line_is_told_before_sending(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let part: String = (0..97).map(|at| format!("2026-11-20 14:02:{:02} ERROR sweep {at}\n", at % 60)).collect();
        let told = dana.upload("/requests", &sheet(&scene, &format!("{part}2026-11-20 14:0")).await.parts()).await;
        let page = told.text();
        assert_eq!(told.status, 422, "{page}");
        assert!(page.contains("server.log is probably a part of a log") && page.contains("last line"), "{page}");
        assert!(page.contains("98 lines"), "{page}");
    }

    async fn log_1_the_lines_of_a_log_that_was_pasted_into_a_form_are_counted(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let log: String = (0..41).map(|at| format!("2026-11-20 14:02:{:02} INFO sweep {at}\r\n", at % 60)).collect();
        let sheet = Sheet::of(scene.form("support", "Uploads hang").await).with("detail.symptoms", log.trim_end());
        let told = dana.upload("/requests", &sheet.parts()).await.text();
        assert!(told.contains("The 41 lines of a log that you pasted became the file"), "{told}");
    }

    async fn log_1_a_pasted_log_becomes_a_file_and_the_person_is_told(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let ticket = scene.files(&scene.dana().await, "bug", "Uploads hang").await;
        let log: String = (0..40).map(|at| format!("2026-11-20 14:02:{:02} ERROR sweep token=9d7a4c3b8e5f {at}\r\n", at % 60)).collect();
        let text = format!("Now it says:\r\n{log}What now?");
        let sent = dana.post(&format!("/requests/{ticket}/messages"), &[("text", &text)]).await;
        assert!(sent.location().ends_with("just=pasted"), "{}", sent.text());
        let page = dana.get(sent.location()).await.text();
        assert!(page.contains("The log that you pasted became a file"), "{page}");
        assert!(page.contains("pasted.log") && page.contains("What now?") && !page.contains("9d7a4c3b8e5f"), "{page}");
    }

    async fn log_1_the_form_shows_how_to_get_a_log(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = dana.get("/requests/new/support").await.text();
        for said in ["From Docker Compose", "From Kubernetes", "From systemd", "On Windows", "docker compose logs", "history &gt; history.txt"] {
            assert!(page.contains(said) || page.contains(&said.replace("&gt;", "&#62;")), "{said}");
        }
    }
}

on_both! {
    async fn log_5_files_go_when_their_time_after_closing_is_over(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "bug", "Uploads hang").await;
        let of = async || tickets::show(&scene.desk, &dana, ticket).await.unwrap().files;
        let file = of().await[0].clone();
        assert_eq!(file.expires_at, None, "it is open");
        tickets::close(&scene.desk, &dana, ticket).await.unwrap();
        // Solved for 14 days, it is closed.
        scene.advance(SignedDuration::from_hours(15 * 24)).await;
        let at = of().await[0].expires_at.unwrap();
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let page = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("Will be removed on "), "the date stands beside the file: {page}");
        scene.advance(SignedDuration::from_hours(178 * 24)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert_eq!(of().await.len(), 1, "{at:?} is not yet");
        scene.advance(SignedDuration::from_hours(3 * 24)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert!(of().await.is_empty());
        assert!(matches!(tickets::fetch_file(&scene.desk, &dana, file.id).await, Err(Error::NotFound)));
    }
}
