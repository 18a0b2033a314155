//! The portal's first page.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::Actor;

use super::requests::asked;
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        frame::Place,
        home::{HomePage, Mine},
        html::show as page,
        types::{TypeChoice, TypePicker},
    },
    shown::{Saying, openness, portal_frame},
};

/// Requests on the first page.
const HANDFUL: usize = 6;

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let mine = match &visit.actor {
        Actor::Person(_) => {
            let own = desk::tickets::own(&app.desk, &visit.actor, None).await?;
            Mine::Requests(own.rows.iter().take(HANDFUL).map(|row| asked(&app, &visit, &say, row)).collect())
        }
        Actor::Visitor { .. } | Actor::Desk => Mine::Visitor,
    };
    let shown = HomePage {
        frame: portal_frame(&app, &visit, "Home", Place::Elsewhere).await?,
        types: picker(&say),
        openness: openness(&app, &visit, &say),
        mine,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// The types that can be filed on the portal, in the policy's order and words.
pub(super) fn picker(say: &Saying) -> TypePicker {
    use rules::events::Channel;
    let offered = say.policy().offered(None).into_iter();
    let here = offered.filter(|(_, kind)| kind.channels.as_ref().is_none_or(|all| all.contains(&Channel::Portal)));
    TypePicker {
        types: here
            .map(|(key, kind)| TypeChoice {
                key: key.to_string(),
                wish: say.text(&kind.wish).to_owned(),
                next: say.text(&kind.next).to_owned(),
            })
            .collect(),
    }
}
