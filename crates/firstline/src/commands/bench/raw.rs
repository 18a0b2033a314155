//! The queries that a page needs: what its handler asks the database, each different question once, asked again by this
//! process without anything around it.

use std::net::SocketAddr;

use anyhow::ensure;
use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, header},
};
use store::{Handle, Said};
use tower::ServiceExt;
use web::App;

use super::{figures::Samples, machine::now, pages::Ask};

/// What a page asks, at each of these addresses.
pub(super) async fn questions(app: &App, asks: &[Ask]) -> anyhow::Result<Vec<Vec<Said>>> {
    let router = web::router(app.clone());
    let mut questions = Vec::new();
    for ask in asks {
        let mut request = Request::get(&ask.path)
            .header(header::HOST, "localhost")
            .header(header::COOKIE, format!("session={}", ask.session))
            .body(Body::empty())?;
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        let (answer, said) = store::overheard(router.clone().oneshot(request)).await;
        let answer = answer?;
        ensure!(answer.status() == 200, "{} answered {}", ask.path, answer.status());
        to_bytes(answer.into_body(), usize::MAX).await?;
        questions.push(each_once(said));
    }
    Ok(questions)
}

fn each_once(said: Vec<Said>) -> Vec<Said> {
    let mut once: Vec<Said> = Vec::new();
    for question in said {
        if !once.contains(&question) {
            once.push(question);
        }
    }
    once
}

/// Asks them all again, round after round; how long each page's took.
pub(super) async fn ask(conn: &Handle, pages: &[Vec<Said>], rounds: usize) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    for _ in 0..rounds {
        for questions in pages {
            let begun = now();
            for question in questions {
                question.again(conn).await?;
            }
            samples.add(begun.elapsed());
        }
    }
    Ok(samples)
}
