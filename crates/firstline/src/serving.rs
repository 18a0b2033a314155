//! A desk that serves: the site, its health, its schedule and its socket, until it is told to stop.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{Router, extract::State, http::StatusCode, routing::get, serve::ListenerExt};
use desk::{Desk, schedule};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    control,
    measures::{self, Watched},
    notify::Supervisor,
    requests::observed,
    tls::{Certificates, TlsListener},
};

/// How long requests under way may take to end after SIGTERM.
const DRAIN: Duration = Duration::from_secs(10);

/// Where it listens, how, and who is told.
#[derive(Debug)]
pub struct Listening {
    pub site: SocketAddr,
    /// Where the desk speaks https itself.
    pub tls: Option<Certificates>,
    pub health: Option<SocketAddr>,
    pub supervisor: Supervisor,
}

impl Listening {
    /// In the clear, and alone.
    pub fn plainly(site: SocketAddr) -> Self {
        Self { site, tls: None, health: None, supervisor: Supervisor::default() }
    }
}

/// Serves until SIGTERM or SIGINT, then drains. `ready` hears the address once it answers.
pub async fn serve(app: web::App, folder: &Path, at: Listening, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    // Before anybody hears that it serves: a signal that came while it begins to listen for signals would be lost.
    let told_to_stop = told_to_stop()?;
    let desk = app.desk.clone();
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let site = TcpListener::bind(at.site).await.with_context(|| format!("{} cannot be listened on", at.site))?;
    if let Some(address) = at.health {
        let health = TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))?;
        tracing::info!(address = %health.local_addr()?, "health answers");
        let watched = Watched { desk: Desk::clone(&desk), counted: measures::count(), started: desk.now() };
        let (service, stop) = (health_service(watched), stop.clone());
        tasks.spawn(async move { axum::serve(health, service).with_graceful_shutdown(stop.cancelled_owned()).await });
    }
    let socket = control::listen(folder)?;
    tasks.spawn(control::answer(socket, Desk::clone(&desk), stop.clone()));
    tasks.spawn({
        let (desk, stop) = (desk.clone(), stop.clone());
        async move { schedule::run(&desk, stop.cancelled_owned()).await }
    });
    let address = site.local_addr()?;
    let service = observed(web::router(app), &desk).into_make_service_with_connect_info::<SocketAddr>();
    let serving = match at.tls {
        Some(certificates) => {
            // As it is tapped, a connection tells its peer as one of TCP does.
            let site = TlsListener::on(site, certificates)?.tap_io(|_| {});
            tokio::spawn(
                axum::serve(site, service).with_graceful_shutdown(stop.clone().cancelled_owned()).into_future(),
            )
        }
        None => tokio::spawn(
            axum::serve(site, service).with_graceful_shutdown(stop.clone().cancelled_owned()).into_future(),
        ),
    };
    ready(address);
    let supervisor = Arc::new(at.supervisor);
    supervisor.tell(&format!("READY=1\nSTATUS=Serving on {address}"));
    tasks.spawn({
        let (supervisor, stop) = (Arc::clone(&supervisor), stop.clone());
        async move { supervisor.live(stop).await }
    });
    told_to_stop.await;
    tracing::info!("stopping: requests under way may take 10 s");
    supervisor.tell("STOPPING=1");
    stop.cancel();
    tasks.close();
    let drained = tokio::time::timeout(DRAIN, async { tokio::join!(serving, tasks.wait()) }).await;
    if drained.is_err() {
        tracing::warn!("some requests did not end within 10 s");
    }
    control::unlisten(folder);
    desk.store.close().await.context("what is kept could not be closed")
}

/// Listens for SIGTERM and SIGINT from now on; done when one comes.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}

/// `/healthz`: the process answers. `/readyz`: the database does too, what is written lasts, and a policy is in force.
/// `/metrics`: how it fares.
fn health_service(watched: Watched) -> Router {
    let figures = Router::new().route("/metrics", get(measures::page)).with_state(watched.clone());
    let health = Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(is_ready));
    health.with_state(watched.desk).merge(figures)
}

async fn is_ready(State(desk): State<Desk>) -> (StatusCode, String) {
    match control::is_ready(&desk).await {
        Ok(()) => (StatusCode::OK, "ok\n".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
    }
}
