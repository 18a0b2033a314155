//! The portal's first page.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::Actor;

use rules::{
    entitlement::{Entitled, Standing, Told, types},
    events::Channel,
    refusal::Refusal,
};

use words::lang::Lang;

use super::requests::asked;
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        frame::{Frame, Place},
        home::{HomePage, Mine},
        html::{Safe, show as page},
        parts::{Link, Notice, Signal},
        releases::Newest,
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
        Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_) => Mine::Visitor,
    };
    let entitled = desk::licences::entitled(&app.desk, &visit.actor, None).await?;
    let shown = HomePage {
        frame: Frame {
            notice: licence_notice(&app, &visit, &say, &entitled).await?,
            ..portal_frame(&app, &visit, "Home", Place::Elsewhere).await?
        },
        types: picker(&say, &entitled),
        openness: openness(&app, &visit, &say),
        newest: newest(&app).await?,
        mine,
        licence: stands(&visit, &say, &entitled),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// The latest release, in a line.
async fn newest(app: &App) -> Result<Option<Newest>, Problem> {
    let catalogue = desk::releases::catalogue(&app.desk).await?;
    let Some(release) = catalogue.latest(None) else { return Ok(None) };
    let day = words::time::short_date(Lang::En, release.released_on);
    let says = match release.summary.trim() {
        "" => Safe::new(format!("{}.", super::releases::counts(release))),
        summary => Safe::new(words::markdown::label(summary)),
    };
    Ok(Some(Newest {
        version: release.version.to_string(),
        href: super::releases::href(&release.version),
        about: if release.version.is_hotfix() { format!("hotfix, {day}") } else { day },
        says,
    }))
}

/// What the end of a licence changes for who is about to file, from a month before it (ENT-2), and who files where others do
/// (PLN-5).
pub(super) async fn licence_notice(
    app: &App,
    visit: &Visit,
    say: &Saying,
    entitled: &Entitled,
) -> Result<Option<Notice>, Problem> {
    let told = desk::licences::told(&app.desk, &visit.actor).await?;
    let signal = if matches!(told, Told::Renewed { .. }) { Signal::Done } else { Signal::Soon };
    let unnamed = entitled.unnamed.clone().map(|named| say.refusal(&Refusal::NotAContact(named)));
    let words = unnamed.or_else(|| words::licence::notice(say.lang, say.policy(), &told));
    let link = || Some(Link::new("Your licences", "/licences"));
    Ok(words.map(|words| Notice { signal, words, link: link() }))
}

/// How the reader's organisation stands with its licence.
fn stands(visit: &Visit, say: &Saying, entitled: &Entitled) -> Option<String> {
    let Actor::Person(signed) = &visit.actor else { return None };
    let name = &signed.files_for.first()?.name;
    let stands = words::licence::standing(say.lang, &entitled.standing);
    (entitled.standing != Standing::NoneKnown).then(|| format!("{name}: {stands}."))
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
