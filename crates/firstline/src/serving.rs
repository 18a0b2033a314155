//! A desk that serves: the site, its health, its schedule and its socket, until it is told to stop.

use std::{net::SocketAddr, path::Path, time::Duration};

use anyhow::Context;
use axum::{Router, extract::State, http::StatusCode, routing::get};
use desk::{Desk, schedule};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::control;

/// How long requests under way may take to end after SIGTERM.
const DRAIN: Duration = Duration::from_secs(10);

/// Where it listens.
#[derive(Clone, Copy, Debug)]
pub struct Listening {
    pub site: SocketAddr,
    pub health: Option<SocketAddr>,
}

/// Serves until SIGTERM or SIGINT, then drains. `ready` hears the address once it answers.
pub async fn serve(app: web::App, folder: &Path, at: Listening, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let desk = app.desk.clone();
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let site = TcpListener::bind(at.site).await.with_context(|| format!("{} cannot be listened on", at.site))?;
    if let Some(address) = at.health {
        let health = TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))?;
        tracing::info!(address = %health.local_addr()?, "health answers");
        let (service, stop) = (health_service(desk.clone()), stop.clone());
        tasks.spawn(async move { axum::serve(health, service).with_graceful_shutdown(stop.cancelled_owned()).await });
    }
    let socket = control::listen(folder)?;
    tasks.spawn(control::answer(socket, desk.clone(), stop.clone()));
    tasks.spawn({
        let (desk, stop) = (desk.clone(), stop.clone());
        async move { schedule::run(&desk, stop.cancelled_owned()).await }
    });
    let address = site.local_addr()?;
    let service = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = tokio::spawn({
        let stop = stop.clone();
        async move { axum::serve(site, service).with_graceful_shutdown(stop.cancelled_owned()).await }
    });
    ready(address);
    told_to_stop().await?;
    tracing::info!("stopping: requests under way may take 10 s");
    stop.cancel();
    tasks.close();
    let drained = tokio::time::timeout(DRAIN, async { tokio::join!(serving, tasks.wait()) }).await;
    if drained.is_err() {
        tracing::warn!("some requests did not end within 10 s");
    }
    control::unlisten(folder);
    desk.store.close().await.context("what is kept could not be closed")
}

async fn told_to_stop() -> anyhow::Result<()> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}

/// `/healthz`: the process answers. `/readyz`: the database does too, what is written lasts, and a policy is in force.
fn health_service(desk: Desk) -> Router {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(is_ready)).with_state(desk)
}

async fn is_ready(State(desk): State<Desk>) -> (StatusCode, String) {
    match desk.store.can_last().map_err(desk::Error::from).and(desk.policy().await) {
        Ok(_) => (StatusCode::OK, "ok\n".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
    }
}
