//! Forms that are made to cost: heads without an end, parts without number.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::Body,
    http::{Request, header},
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use testkit::{Browser, Engine, Scene, browser::Part, on_both};

use crate::{doors::assert_is_page, forms::Sheet};

const PIECE: usize = 64 * 1024;

/// A form with files that begins so and then goes on for 64 MiB; with how many pieces were asked for.
fn endless(begin: &'static str) -> (Request<Body>, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let pieces = stream::repeat(Bytes::from(vec![b'x'; PIECE])).take(1024);
    let body = stream::iter([Bytes::from_static(begin.as_bytes())]).chain(pieces).map(move |piece| {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(piece)
    });
    let request = Request::post("/requests")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=----part")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from_stream(body))
        .unwrap();
    (request, asked)
}

#[tokio::test]
async fn a_head_without_an_end_is_refused_before_it_fills_the_memory() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let nameless_file = "------part\r\nContent-Disposition: form-data; name=\"file.logs\"; filename=\"\"\r\n\r\n";
    for begin in ["------part\r\nContent-Disposition: form-data; name=\"", "no boundary at all ", nameless_file] {
        let (request, asked) = endless(begin);
        let answer = dana.send(request).await;
        assert_eq!(answer.status, 413, "{begin}: {}", answer.text());
        assert_is_page(&answer, begin);
        let mebibytes = asked.load(Ordering::Relaxed) * PIECE / (1024 * 1024);
        assert!(mebibytes < 4, "{begin}: {mebibytes} MiB were taken in");
    }
}

#[tokio::test]
async fn a_form_has_no_more_than_a_thousand_parts() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let answer = dana.upload("/requests", &[Part::text("", ""); 1001]).await;
    assert_eq!(answer.status, 413);
    assert_is_page(&answer, "1001 parts");
    let answer = dana.upload("/requests", &[Part::text("type", "question"); 1000]).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
}

on_both! {
    async fn sql_in_a_field_is_text(scene) {
        const SQL: &str = "x'; DROP TABLE ticket; -- $1 \" OR 1=1";
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let sheet = Sheet::of(scene.form("question", SQL).await).with("detail.question", SQL);
        let filed = dana.upload("/requests", &sheet.with_file("file.evidence", "x'; DROP TABLE attachment; --.log", b"up\n").parts()).await;
        assert_eq!(filed.status, 303, "{}", filed.text());
        for pair in [[("address", "' OR 1=1 --@acme.example"), ("password", SQL)], [("address", "dana@acme.example"), ("password", SQL)]] {
            assert_eq!(Browser::visitor(&scene).post("/sign-in", &pair).await.status, 422);
        }
        assert_eq!(dana.get("/requests?before=1;DROP%20TABLE%20ticket").await.status, 400);
        assert_eq!(dana.post("/drafts", &[("draft_for", SQL), ("subject", SQL)]).await.status, 200);
        let mine = desk::tickets::own(&scene.desk, &scene.dana().await, None).await.unwrap();
        assert_eq!(mine.rows.iter().map(|row| row.ticket.subject.as_str()).collect::<Vec<_>>(), [SQL]);
    }
}
