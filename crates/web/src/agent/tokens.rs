//! Tokens of programs on the desk: made, shown once, listed with their last use, revoked.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::programs::{self, Kept, NewToken};
use rules::{entitlement::import::COLUMNS, ids::ApiTokenId, instant::Instant, programs::Permit};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::tokens::{Row, TokensPage},
        html::show as page,
    },
    shown::{desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &listed(&app, &visit, None).await?))
}

async fn listed(app: &App, visit: &Visit, made: Option<String>) -> Result<TokensPage, Problem> {
    let now = app.desk.now();
    let rows = programs::tokens(&app.desk, &visit.actor).await?;
    Ok(TokensPage {
        frame: desk_frame(app, visit, "Tokens of programs", "").await?,
        door: format!("{}/api", app.desk.settings.base_url),
        columns: COLUMNS.join(", "),
        made,
        rows: rows.into_iter().map(|kept| row(visit, kept, now)).collect(),
    })
}

fn row(visit: &Visit, Kept { token, made_by }: Kept, now: Instant) -> Row {
    Row {
        id: token.id.0,
        name: token.name,
        permits: match token.permit {
            Permit::LicencesImport => "imports licences".to_owned(),
            Permit::RequestsRead => "reads requests".to_owned(),
            Permit::ReleasesPublish => "publishes releases".to_owned(),
            Permit::InstalledTell => "tells installed versions".to_owned(),
        },
        made_by,
        made: when(visit, token.made_at, now),
        used: token.used_at.map(|at| when(visit, at, now)),
        revoked: token.revoked_at.map(|at| when(visit, at, now)),
    }
}

/// The token stands on the answer itself, and nowhere else ever again.
pub(crate) async fn make(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    // What is not known permits nothing: a slip must not make a token that changes licences.
    let permit = Permit::read(fields.text("permit")).ok_or(desk::Error::NotFound)?;
    let new = NewToken { name: fields.text("name").to_owned(), permit };
    let made = programs::make(&app.desk, &visit.actor, new).await?;
    Ok(page(StatusCode::OK, &listed(&app, &visit, Some(made.text)).await?))
}

pub(crate) async fn revoke(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    programs::revoke(&app.desk, &visit.actor, ApiTokenId(id)).await?;
    Ok(Redirect::to("/desk/tokens").into_response())
}
