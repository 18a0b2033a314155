//! Browsers that show notifications while the desk is closed: named, looked at, tried out, taken away.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Error, push};
use rules::ids::PushDeviceId;
use serde::{Deserialize, Serialize};

use super::notifications::{Typed, choices_page};
use crate::{
    app::App,
    door::{Client, Fields, Path, Problem, Visit},
    pages::{
        desk::notifications::{Device, Devices},
        frame::Here,
    },
    shown::{Saying, device, when},
};

const PAGE: &str = "/desk/notifications/choices";

/// What of it just happened, for the page that follows.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Just {
    /// A browser was named, and one that was not used for longest gave way.
    #[serde(default)]
    dropped: bool,
    /// To how many devices a test was sent.
    #[serde(default)]
    tried: Option<usize>,
}

impl Just {
    pub(super) fn words(self) -> Option<String> {
        let dropped = || {
            let limit = rules::push::DEVICES;
            format!(
                "This device shows notifications now. You had {limit} devices already, so the one that was not used for longest was taken off."
            )
        };
        match self.tried {
            Some(0) => Some("You have no device yet that a test could be sent to.".to_owned()),
            Some(1) => Some("A test is on its way to your device.".to_owned()),
            Some(count) => Some(format!("A test is on its way to your {count} devices.")),
            None => self.dropped.then(dropped),
        }
    }
}

/// What the page shows of them.
pub(super) async fn listed(app: &App, visit: &Visit, fault: Option<String>) -> Result<Devices, Problem> {
    let now = app.desk.now();
    let all = push::devices(&app.desk, &visit.actor).await?;
    let one = |it: push::Device| Device {
        id: it.id.0,
        name: device(&it.agent),
        since: when(visit, it.created_at, now),
        used: it.used_at.map(|at| when(visit, at, now)),
        here: if it.is_here { Here::Here } else { Here::Elsewhere },
    };
    Ok(Devices { all: all.into_iter().map(one).collect(), fault })
}

/// How the browser that asks stands, for its script.
#[derive(Debug, Serialize)]
struct Standing {
    key: String,
    endpoint: Option<String>,
    fits: bool,
}

pub(crate) async fn standing(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let push::Standing { key, endpoint, fits } = push::standing(&app.desk, &visit.actor).await?;
    Ok(Json(Standing { key, endpoint, fits }).into_response())
}

/// The script sends what the browser says of itself, as JSON in one field.
pub(crate) async fn name(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    fields: Fields,
) -> Result<Response, Problem> {
    let named = push::name(&app.desk, &visit.actor, fields.text("subscription"), client.agent()).await;
    match named {
        Ok(push::Named { dropped: None }) => Ok(Redirect::to(&format!("{PAGE}#devices")).into_response()),
        Ok(_) => Ok(Redirect::to(&format!("{PAGE}?dropped=true#devices")).into_response()),
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "subscription");
            choices_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, Typed { device: fault, ..Typed::default() })
                .await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn forget(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    push::forget(&app.desk, &visit.actor, PushDeviceId(id)).await?;
    Ok(Redirect::to(&format!("{PAGE}#devices")).into_response())
}

pub(crate) async fn try_out(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let tried = push::try_out(&app.desk, &visit.actor).await?;
    Ok(Redirect::to(&format!("{PAGE}?tried={tried}#devices")).into_response())
}
