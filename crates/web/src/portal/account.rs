//! One's account: who one is here, and where one is signed in.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use desk::{actor::Signed, exports, people};
use rules::{
    ids::{ExportId, SessionId},
    people::token::Purpose,
};
use words::size::size;

use super::{
    invitation::as_what,
    sign_up::{Sent, check_mail},
};
use crate::{
    app::App,
    door::{Path, Problem, Visit, forget_session, streamed},
    pages::{
        account::{AccountPage, Asked, Export, Offer, ProofPage, Session},
        frame::{Here, Place},
        html::show as page,
        parts::Link,
    },
    shown::{device, portal_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let signed = visit.actor.signed()?;
    let sessions = people::sessions(&app.desk, &visit.actor).await?;
    let now = app.desk.now();
    let shown = AccountPage {
        frame: portal_frame(&app, &visit, "Your account", Place::Elsewhere).await?,
        name: signed.name.clone(),
        address: signed.address.clone(),
        is_doubted: signed.doubted,
        organisations: organisations(signed),
        sessions: sessions
            .into_iter()
            .map(|session| Session {
                id: session.id.0,
                device: device(&session.agent),
                network: session.network,
                signed_in: when(&visit, session.created_at, now),
                last_seen: when(&visit, session.seen_at, now),
                here: if signed.session == Some(session.id) { Here::Here } else { Here::Elsewhere },
            })
            .collect(),
        export: export(&app, &visit).await?,
        invitations: invitations(&app, &visit).await?,
        resales: resales(&app, &visit).await?,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn organisations(signed: &Signed) -> Vec<Link> {
    signed.organisations.iter().map(|(id, name)| Link::new(name.clone(), format!("/organisations/{id}"))).collect()
}

/// Who asks one to join what.
async fn invitations(app: &App, visit: &Visit) -> Result<Vec<Asked>, Problem> {
    let asked = desk::organisations::asked(&app.desk, &visit.actor).await?;
    let said = |it: desk::organisations::Asked| Asked {
        id: it.id.0,
        words: format!("{} asks you to join {}", it.by.as_deref().unwrap_or("The support team"), as_what(it.role)),
        name: it.name,
    };
    Ok(asked.into_iter().map(said).collect())
}

/// Who asks that the reader's organisation files for it.
async fn resales(app: &App, visit: &Visit) -> Result<Vec<Offer>, Problem> {
    let offered = desk::organisations::offered(&app.desk, &visit.actor).await?;
    let said = |it: desk::organisations::Offered| Offer {
        id: it.id.0,
        name: it.name,
        takers: it.takers.into_iter().map(|(id, name)| (id.0, name)).collect(),
    };
    Ok(offered.into_iter().map(said).collect())
}

/// The archive of one's own data, as far as there is one.
async fn export(app: &App, visit: &Visit) -> Result<Export, Problem> {
    let now = app.desk.now();
    let Some(own) = exports::own(&app.desk, &visit.actor).await? else { return Ok(Export::None) };
    let asked = when(visit, own.asked_at, now);
    Ok(match own.bytes {
        None => Export::Making(asked),
        Some(bytes) => Export::Ready {
            id: own.id.0,
            size: size(u64::try_from(bytes).unwrap_or_default()),
            made: asked,
            until: when(visit, own.expires_at, now),
        },
    })
}

pub(crate) async fn ask_export(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    exports::ask(&app.desk, &visit.actor).await?;
    Ok(Redirect::to("/account#data").into_response())
}

pub(crate) async fn fetch_export(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let (bytes, stream) = exports::fetch(&app.desk, &visit.actor, ExportId(id)).await?;
    let mut response = streamed(stream);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let disposition = HeaderValue::from_static("attachment; filename=\"my-data.zip\"");
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
    Ok(response)
}

/// Sends a link to one's own address (REG-7).
pub(crate) async fn ask_proof(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let address = people::ask_proof(&app.desk, &visit.actor).await?;
    check_mail(&app, &visit, &address, Sent::Proof).await
}

pub(crate) async fn show_proof(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let link = people::expected(&app.desk, Purpose::ProveAddress, &token).await?;
    let shown = ProofPage {
        frame: portal_frame(&app, &visit, "Confirm your address", Place::Elsewhere).await?,
        action: format!("/proof/{token}"),
        address: link.written,
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn prove(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Problem> {
    people::prove(&app.desk, &token).await?;
    Ok(Redirect::to("/requests").into_response())
}

pub(crate) async fn end_session(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    people::end_session(&app.desk, &visit.actor, SessionId(id)).await?;
    Ok(Redirect::to("/account").into_response())
}

pub(crate) async fn sign_out_everywhere(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
) -> Result<Response, Problem> {
    people::sign_out_everywhere(&app.desk, &visit.actor).await?;
    Ok((forget_session(&app, jar), Redirect::to("/")).into_response())
}
