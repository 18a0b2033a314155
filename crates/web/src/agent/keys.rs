//! The keys of a member of staff, to look at and to change.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use rules::keymap::{Act, Fault, Keymap};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Problem, Query, Visit},
    pages::{
        desk::keys::{KeyField, KeysPage},
        html::show as page,
        parts::{Notice, Signal},
    },
    shown::{Saying, desk_frame},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Just {
    #[serde(default)]
    kept: Option<String>,
}

pub(crate) async fn show(State(app): State<App>, visit: Visit, Query(just): Query<Just>) -> Result<Response, Problem> {
    let keys = desk::people::keys(&app.desk, &visit.actor).await?;
    let typed = Act::ALL.map(|act| (act, keys.key(act).to_owned())).into();
    let mut shown = keys_page(&app, &visit, &typed, &[]).await?;
    shown.frame.notice = just.kept.map(|_| Notice {
        signal: Signal::Done,
        words: "Your keys are kept. They are the same on every device.".to_owned(),
        link: None,
    });
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn set(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let is_reset = !fields.text("usual").is_empty();
    let key = |act: Act| if is_reset { act.usual() } else { fields.text(act.name()) };
    let wanted: BTreeMap<Act, String> = Act::ALL.map(|act| (act, key(act).to_owned())).into();
    match desk::people::set_keys(&app.desk, &visit.actor, &wanted).await? {
        Ok(()) => Ok(Redirect::to("/desk/keys?kept=yes").into_response()),
        Err(faults) => Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &keys_page(&app, &visit, &wanted, &faults).await?)),
    }
}

async fn keys_page(
    app: &App,
    visit: &Visit,
    typed: &BTreeMap<Act, String>,
    faults: &[(Act, Fault)],
) -> Result<KeysPage, Problem> {
    let say = Saying::of(app).await?;
    let usual = Keymap::with(&BTreeMap::new());
    let field = |act: Act| KeyField {
        name: act.name(),
        does: words::keymap::act(say.lang, act),
        key: typed.get(&act).cloned().unwrap_or_default(),
        usual: usual.key(act).to_owned(),
        fault: faults.iter().find(|(at, _)| *at == act).map(|(_, fault)| words::keymap::fault(say.lang, fault)),
    };
    Ok(KeysPage { frame: desk_frame(app, visit, "Keys", "").await?, fields: Act::ALL.map(field).into() })
}
