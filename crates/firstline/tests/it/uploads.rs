//! Files that arrive in parts, by the verbs and over HTTP (LOG-5): they go on, stay their sender's, and fit.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use bytes::Bytes;
use desk::{
    Actor, Error,
    attachments::{
        Appending, NewFile, NewUpload, Upload, append, attach, begin, cancel, find, finish, quota_of, under_way,
    },
    drafts::{self, Typed},
};
use futures_util::stream;
use jiff::SignedDuration;
use rules::{
    files::tus::{Algorithm, Checksum},
    ids::{DraftId, OrganisationId},
    logs::Kind,
    refusal::Refusal,
};
use testkit::{Browser, Scene, browser::Answer, on_both};

const LOG: &str = "2026-11-20 14:02:11 INFO starting\n2026-11-20 16:02:11 WARN password=hunter2-and-more\n";

pub(crate) async fn draft(scene: &Scene, actor: &Actor) -> DraftId {
    let typed = Typed { draft: None, purpose: "new/bug".to_owned(), fields: [].into() };
    drafts::save(&scene.desk, actor, typed).await.unwrap()
}

fn new(draft: DraftId, bytes: u64) -> NewUpload {
    let file = NewFile { draft, field: "detail.logs".to_owned(), name: "C:\\logs\\server.log".to_owned() };
    NewUpload { file, mark: "17".to_owned(), bytes }
}

async fn add(scene: &Scene, actor: &Actor, upload: &Upload, content: &[u8]) -> desk::Result<Upload> {
    let part = Appending { offset: u64::try_from(upload.received).unwrap(), checksum: None };
    let pieces: Vec<_> = content.chunks(20).map(|it| Ok::<_, std::io::Error>(Bytes::copy_from_slice(it))).collect();
    append(&scene.desk, actor, (&upload.token, part), stream::iter(pieces)).await
}

/// The reference policy with one file of 1 MiB, and little more of an organisation.
async fn small(scene: &Scene) {
    let source = include_str!("../../../../policies/allure-testops.toml");
    let source = source.replace("organisation_gibibytes = 50", "organisation_gibibytes = 1");
    assert!(source.contains("organisation_gibibytes = 1\n"));
    desk::policy::apply(&scene.desk, &Actor::DESK, desk::policy::NewPolicy { source, from: None }).await.unwrap();
}

async fn acme(scene: &Scene) -> OrganisationId {
    scene.dana().await.signed().unwrap().organisations[0].0
}

const GIB: u64 = 1 << 30;

on_both! {
    async fn log_5_a_file_in_parts_is_read_like_any_other(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let upload = begin(&scene.desk, &dana, new(id, LOG.len() as u64)).await.unwrap();
        let (first, rest) = LOG.as_bytes().split_at(50);
        let upload = add(&scene, &dana, &upload, first).await.unwrap();
        assert_eq!(find(&scene.desk, &dana, &upload.token).await.unwrap().received, 50);
        assert_eq!(under_way(&scene.desk, &dana, id).await.unwrap().len(), 1);
        let early = finish(&scene.desk, &dana, &upload.token).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::UploadUnfinished { missing_bytes })) if missing_bytes == rest.len() as u64));
        add(&scene, &dana, &upload, rest).await.unwrap();
        let file = finish(&scene.desk, &dana, &upload.token).await.unwrap();
        assert_eq!((file.name.as_str(), file.kind), ("server.log", Some(Kind::Log)));
        assert!(file.original.is_some() && file.facts.as_ref().unwrap().contains("masked"));
        assert_eq!(finish(&scene.desk, &dana, &upload.token).await.unwrap().id, file.id, "asked again, it is the same file");
        assert!(under_way(&scene.desk, &dana, id).await.unwrap().is_empty());
    }

    async fn log_5_what_broke_off_stays_as_far_as_it_came(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let upload = begin(&scene.desk, &dana, new(id, 1_000)).await.unwrap();
        let broken = stream::iter([Ok(Bytes::from_static(b"half a log")), Err(std::io::Error::other("gone"))]);
        let part = Appending { offset: 0, checksum: None };
        append(&scene.desk, &dana, (&upload.token, part.clone()), broken).await.unwrap();
        assert_eq!(find(&scene.desk, &dana, &upload.token).await.unwrap().received, 10);
        let again = append(&scene.desk, &dana, (&upload.token, part), stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"half"))])).await;
        assert!(matches!(again, Err(Error::Conflict)), "it goes on where it is, and nowhere else");
    }

    async fn log_5_a_part_that_is_not_what_was_sent_is_not_kept(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let upload = begin(&scene.desk, &dana, new(id, 11)).await.unwrap();
        // sha1("hello world"), the protocol's own example.
        let checksum = Checksum::read("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").unwrap();
        assert_eq!(checksum.algorithm, Algorithm::Sha1);
        let part = || Appending { offset: 0, checksum: Some(checksum.clone()) };
        let send = async |said: &'static [u8]| {
            let pieces = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(said))]);
            append(&scene.desk, &dana, (&upload.token, part()), pieces).await
        };
        assert!(matches!(send(b"hello worle").await, Err(Error::Refused(Refusal::UploadChanged))));
        assert!(matches!(send(b"hello worl").await, Err(Error::Refused(Refusal::UploadChanged))));
        assert_eq!(find(&scene.desk, &dana, &upload.token).await.unwrap().received, 0);
        assert_eq!(send(b"hello world").await.unwrap().received, 11);
    }

    async fn log_5_an_upload_is_its_senders_alone(scene) {
        let (dana, ravi) = (scene.dana().await, scene.ravi().await);
        let id = draft(&scene, &dana).await;
        let upload = begin(&scene.desk, &dana, new(id, 10)).await.unwrap();
        assert!(matches!(begin(&scene.desk, &ravi, new(id, 10)).await, Err(Error::NotFound)));
        assert!(matches!(find(&scene.desk, &ravi, &upload.token).await, Err(Error::NotFound)));
        assert!(matches!(add(&scene, &ravi, &upload, b"x").await, Err(Error::NotFound)));
        assert!(matches!(cancel(&scene.desk, &ravi, &upload.token).await, Err(Error::NotFound)));
        assert!(matches!(finish(&scene.desk, &ravi, &upload.token).await, Err(Error::NotFound)));
        cancel(&scene.desk, &dana, &upload.token).await.unwrap();
        assert!(matches!(find(&scene.desk, &dana, &upload.token).await, Err(Error::NotFound)));
    }

    async fn log_5_an_upload_that_nobody_goes_on_with_is_swept_out(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let upload = begin(&scene.desk, &dana, new(id, 10)).await.unwrap();
        scene.advance(SignedDuration::from_hours(9 * 24)).await;
        let upload = add(&scene, &dana, &upload, b"half").await.unwrap();
        scene.advance(SignedDuration::from_hours(9 * 24)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        find(&scene.desk, &dana, &upload.token).await.unwrap();
        scene.advance(SignedDuration::from_hours(2 * 24)).await;
        assert!(matches!(find(&scene.desk, &dana, &upload.token).await, Err(Error::NotFound)));
        assert!(desk::schedule::sweep_out(&scene.desk).await.unwrap() >= 1);
        assert_eq!(quota_of(&scene.desk, acme(&scene).await).await.unwrap().used_bytes, 0);
    }

    async fn log_5_room_is_reserved_when_an_upload_begins(scene) {
        small(&scene).await;
        let (dana, ravi) = (scene.dana().await, scene.ravi().await);
        let id = draft(&scene, &dana).await;
        let upload = begin(&scene.desk, &dana, new(id, GIB - 100)).await.unwrap();
        assert_eq!(quota_of(&scene.desk, acme(&scene).await).await.unwrap().used_bytes, GIB - 100);
        // A colleague's file is the organisation's too.
        let his = draft(&scene, &ravi).await;
        let refused = begin(&scene.desk, &ravi, new(his, 101)).await;
        let Err(Error::Refused(Refusal::QuotaFull { used_bytes, limit_bytes, .. })) = refused else { panic!("{refused:?}") };
        assert_eq!((used_bytes, limit_bytes), (GIB - 100, GIB));
        let plain = NewFile { draft: his, field: "detail.evidence".to_owned(), name: "a.txt".to_owned() };
        let large = stream::iter([Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 101]))]);
        let refused = attach(&scene.desk, &ravi, plain, large).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::QuotaFull { .. }))));
        cancel(&scene.desk, &dana, &upload.token).await.unwrap();
        begin(&scene.desk, &ravi, new(his, 101)).await.unwrap();
        assert_eq!(quota_of(&scene.desk, acme(&scene).await).await.unwrap().used_bytes, 101);
    }

    async fn log_5_who_asks_at_once_gets_no_more_than_there_is(scene) {
        small(&scene).await;
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let many = (0..8).map(|_| begin(&scene.desk, &dana, new(id, GIB / 3)));
        let begun = futures_util::future::join_all(many).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(begun, 3);
    }

    async fn log_5_one_person_has_so_many_under_way_and_no_more(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        for _ in 0..20 {
            begin(&scene.desk, &dana, new(id, 1)).await.unwrap();
        }
        let refused = begin(&scene.desk, &dana, new(id, 1)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::TooManyUploads { limit: 20 }))));
    }

    async fn log_5_the_disk_is_looked_at_before_a_file_is_taken(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let with = |free: u64| {
            let mut desk = scene.desk.clone();
            desk.space = std::sync::Arc::new(Free(free));
            desk.keeping_free(1_000_000)
        };
        let refused = begin(&with(1_002_999), &dana, new(id, 1_000)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoRoomOnDisk))), "it is read before it is thrown away");
        begin(&with(1_003_000), &dana, new(id, 1_000)).await.unwrap();
        // What others were promised counts.
        let refused = begin(&with(1_003_000), &dana, new(id, 1_000)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoRoomOnDisk))));
        let file = NewFile { draft: id, field: "detail.evidence".to_owned(), name: "a.txt".to_owned() };
        let small = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"x"))]);
        let refused = attach(&with(999_999), &dana, file, small).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoRoomOnDisk))));
        let mut browser = Browser::of_desk(with(999_999), testkit::browser::demo_site());
        browser.enter(&scene, &scene.cast.dana().address).await;
        let answer = create(&mut browser, id, 10).await;
        assert_eq!(answer.status, StatusCode::INSUFFICIENT_STORAGE);
        assert!(answer.text().contains("our disk has too little room"), "{}", answer.text());
        let mut desk = Browser::of_desk(with(999_999), testkit::browser::demo_site());
        desk.enter(&scene, &scene.cast.ines().address).await;
        assert!(desk.get("/desk").await.text().contains("Files are refused"));
    }
}

/// A disk with so much left.
#[derive(Debug)]
struct Free(u64);

impl desk::ports::Space for Free {
    fn free(&self) -> Option<u64> {
        Some(self.0)
    }
}

fn step(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin").header("tus-resumable", "1.0.0")
}

async fn create(browser: &mut Browser, draft: DraftId, bytes: usize) -> Answer {
    let encoded = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(text)
    };
    let said =
        format!("filename {},draft {},detail {}", encoded("s.log"), encoded(&draft.to_string()), encoded("logs"));
    let request = step(Method::POST, "/uploads").header("upload-length", bytes).header("upload-metadata", said);
    browser.send(request.body(Body::empty()).unwrap()).await
}

async fn patch(browser: &mut Browser, place: &str, offset: usize, content: &'static str) -> Answer {
    let request = step(Method::PATCH, place)
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream");
    browser.send(request.body(Body::from(content)).unwrap()).await
}

on_both! {
    async fn log_5_a_file_goes_up_as_the_protocol_has_it(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let terms = browser.ask(Method::OPTIONS, "/uploads").await;
        assert_eq!((terms.status, terms.header("tus-version")), (StatusCode::NO_CONTENT, "1.0.0"));
        assert_eq!(terms.header("tus-max-size"), "2147483648");
        let created = create(&mut browser, id, LOG.len()).await;
        assert_eq!(created.status, StatusCode::CREATED);
        assert!(created.header("upload-expires").ends_with("GMT"));
        let place = created.location().to_owned();
        let part = patch(&mut browser, &place, 0, &LOG[..40]).await;
        assert_eq!((part.status, part.header("upload-offset")), (StatusCode::NO_CONTENT, "40"));
        assert_eq!(patch(&mut browser, &place, 0, &LOG[..40]).await.status, StatusCode::CONFLICT);
        let head = browser.send(step(Method::HEAD, &place).body(Body::empty()).unwrap()).await;
        assert_eq!((head.header("upload-offset"), head.header("upload-length")), ("40", &*LOG.len().to_string()));
        assert_eq!(head.header("cache-control"), "no-store");
        assert_eq!(patch(&mut browser, &place, 40, &LOG[40..]).await.status, StatusCode::NO_CONTENT);
        let row = browser.send(step(Method::POST, &format!("{place}/file")).body(Body::empty()).unwrap()).await;
        assert_eq!(row.status, StatusCode::OK);
        assert!(row.text().contains("s.log") && row.text().contains("Remove"), "{}", row.text());
    }

    async fn log_5_a_page_tells_what_has_not_arrived_whole(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let place = create(&mut browser, id, LOG.len()).await.location().to_owned();
        patch(&mut browser, &place, 0, &LOG[..40]).await;
        let page = browser.get(&format!("/drafts/{id}")).await.text();
        assert!(page.contains("Choose the same file again") && page.contains(&place), "it goes on from there");
        let token = place.rsplit('/').next().unwrap();
        let page = browser.post("/requests", &[("type", "bug"), ("draft", &id.to_string()), ("drop", token)]).await;
        assert!(!page.text().contains("Choose the same file again"), "and is taken off without script too");
    }

    async fn log_5_what_has_arrived_comes_along_with_the_form(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "bug", "Launches stay open").await;
        let fields = [("text".to_owned(), "The log.".to_owned())].into();
        let typed = Typed { draft: None, purpose: format!("request/{ticket}"), fields };
        let id = drafts::save(&scene.desk, &dana, typed).await.unwrap();
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let place = create(&mut browser, id, LOG.len()).await.location().to_owned();
        patch(&mut browser, &place, 0, LOG).await;
        let page = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("s.log"), "a reply that is come back to has its files");
        let fields = [("text", "The log."), ("draft", &*id.to_string())];
        browser.post(&format!("/requests/{ticket}/messages"), &fields).await;
        let shown = desk::tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        assert!(shown.files.iter().any(|file| file.name == "s.log" && file.message.is_some()));
        let gone = browser.send(step(Method::HEAD, &place).body(Body::empty()).unwrap()).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }

    async fn log_5_other_sites_and_other_versions_upload_nothing(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let place = create(&mut browser, id, 10).await.location().to_owned();
        for method in [Method::PATCH, Method::DELETE] {
            let request = Request::builder().method(method).uri(&place).header("sec-fetch-site", "cross-site");
            let answer = browser.send(request.header("tus-resumable", "1.0.0").body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
        }
        let request = Request::builder().method(Method::PATCH).uri(&place).header("sec-fetch-site", "same-origin");
        let answer = browser.send(request.header("tus-resumable", "0.2.2").body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.header("tus-version")), (StatusCode::PRECONDITION_FAILED, "1.0.0"));
        let answer = browser.send(step(Method::POST, "/uploads").header("upload-length", "x").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
}
