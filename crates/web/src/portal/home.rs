//! The portal's first page.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::Actor;

use rules::{
    entitlement::{Entitled, types},
    events::Channel,
};

use super::requests::asked;
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        frame::{Frame, Place},
        home::{HomePage, Mine},
        html::show as page,
        parts::{Notice, Signal},
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
    let entitled = desk::licences::entitled(&app.desk, &visit.actor, None).await?;
    let shown = HomePage {
        frame: Frame {
            notice: licence_notice(&say, &entitled),
            ..portal_frame(&app, &visit, "Home", Place::Elsewhere).await?
        },
        types: picker(&say, &entitled),
        openness: openness(&app, &visit, &say),
        mine,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// What an ended licence changes for who is about to file.
pub(super) fn licence_notice(say: &Saying, entitled: &Entitled) -> Option<Notice> {
    let words = words::licence::notice(say.lang, say.policy(), &entitled.standing)?;
    Some(Notice { signal: Signal::Soon, words, link: None })
}

/// The types that the reader can file on the portal, in the policy's order and words.
pub(super) fn picker(say: &Saying, entitled: &Entitled) -> TypePicker {
    TypePicker {
        types: types(say.policy(), Channel::Portal, entitled)
            .into_iter()
            .map(|(key, kind)| TypeChoice {
                key: key.to_string(),
                wish: say.text(&kind.wish).to_owned(),
                next: say.text(&kind.next).to_owned(),
            })
            .collect(),
    }
}
