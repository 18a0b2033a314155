//! What went wrong, as a page: what, why, and what now. Handlers return a `Problem`; the page is written where
//! the reader and the policy are known.

use std::any::Any;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use desk::Error;
use rules::refusal::Refusal;
use tower_http::csrf::ProtectionError;

use super::{Typed, Visit};
use crate::{app::App, portal};

/// A problem on its way to its page.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub what: What,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub(crate) enum What {
    NotFound,
    Refused(Refusal),
    /// Fields that a page has no place for.
    Invalid(Vec<rules::refusal::FieldFault>),
    Conflict,
    /// Too many attempts to get in.
    Limited {
        until: rules::instant::Instant,
    },
    /// More was sent than somebody types.
    TooFast {
        until: rules::instant::Instant,
    },
    /// A form sent from another site.
    CrossSite,
    TooLarge,
    /// The request itself: not a form, not a number.
    Unreadable,
    /// The address is one of ours, and is not asked for in this way.
    NotSo,
    /// Nothing can be written just now, and nothing was changed.
    Unwritable,
    Broken,
}

impl Problem {
    pub(crate) fn not_found() -> Self {
        Self { status: StatusCode::NOT_FOUND, what: What::NotFound }
    }

    /// A request that is no form of ours; the log keeps what was wrong with it.
    pub(crate) fn unreadable(status: StatusCode, why: &impl std::fmt::Display) -> Self {
        tracing::debug!(%why, "a form could not be read");
        Self { status, what: What::Unreadable }
    }

    pub(crate) fn broken(why: impl std::fmt::Display) -> Self {
        tracing::error!(%why, "a request met a fault");
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, what: What::Broken }
    }
}

impl Problem {
    /// A limit met by who is in already.
    pub(super) fn too_fast(error: Error) -> Self {
        match error {
            Error::Limited { until } => Self { status: StatusCode::TOO_MANY_REQUESTS, what: What::TooFast { until } },
            other => other.into(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (status, what) = match error {
            Error::NotFound => (StatusCode::NOT_FOUND, What::NotFound),
            Error::Refused(refusal) => (refused(&refusal), What::Refused(refusal)),
            Error::Invalid(faults) => (StatusCode::UNPROCESSABLE_ENTITY, What::Invalid(faults)),
            Error::Conflict => (StatusCode::CONFLICT, What::Conflict),
            Error::Limited { until } => (StatusCode::TOO_MANY_REQUESTS, What::Limited { until }),
            Error::Unwritable(why) => {
                tracing::warn!(%why, "a request could not be taken");
                (StatusCode::SERVICE_UNAVAILABLE, What::Unwritable)
            }
            Error::Broken(why) => return Self::broken(why),
        };
        Self { status, what }
    }
}

fn refused(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::SignInFirst | Refusal::TokenUnknown => StatusCode::UNAUTHORIZED,
        Refusal::MayNot { .. } | Refusal::MayOnlyRead | Refusal::NotTheirs | Refusal::NotLetIn { .. } => {
            StatusCode::FORBIDDEN
        }
        Refusal::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::NoRoomOnDisk => StatusCode::INSUFFICIENT_STORAGE,
        // The protocol's own (tus 1.0.0, Checksum).
        Refusal::UploadChanged => StatusCode::from_u16(460).unwrap_or(StatusCode::CONFLICT),
        Refusal::TooManyUploads { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::UploadUnfinished { .. } => StatusCode::CONFLICT,
        Refusal::LinkUnknown => StatusCode::NOT_FOUND,
        Refusal::LinkUsed | Refusal::LinkExpired => StatusCode::GONE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What the page of a problem says of the request that met it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub path: String,
    /// The request's id, under which the log tells more.
    pub reference: Option<String>,
    pub typed: Typed,
}

/// Writes the page of a problem, and gives the framework's own refusals one.
pub(crate) async fn show_problems(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let asked = Asked {
        path: request.uri().path().to_owned(),
        reference: request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned),
        typed: Typed::default(),
    };
    request.extensions_mut().insert(asked.typed.clone());
    let response = next.run(request).await;
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None => match of_framework(response.status()) {
            Some(what) => Problem { status: response.status(), what },
            None => return response,
        },
    };
    let mut page = portal::problems::page(&app, visit, &problem, &asked).await;
    // RFC 9110, 15.5.6: what may be done here instead.
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    page
}

/// Statuses that axum gives by itself, for forms that do not read.
fn of_framework(status: StatusCode) -> Option<What> {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Some(What::TooLarge),
        StatusCode::METHOD_NOT_ALLOWED => Some(What::NotSo),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => None,
        _ => None,
    }
}

pub(crate) async fn nothing_here() -> Problem {
    Problem::not_found()
}

/// A form from another site (Fetch Metadata, Origin).
pub(crate) fn cross_site(_: ProtectionError) -> Response {
    Problem { status: StatusCode::FORBIDDEN, what: What::CrossSite }.into_response()
}

/// A panic is a fault of ours; the process goes on and the log has it.
pub(crate) fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let why = why.downcast_ref::<String>().map(String::as_str).or_else(|| why.downcast_ref::<&str>().copied());
    tracing::error!(why = why.unwrap_or("unknown"), "a handler panicked");
    Problem { status: StatusCode::INTERNAL_SERVER_ERROR, what: What::Broken }.into_response()
}
