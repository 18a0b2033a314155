//! Who else is at a request right now.

use std::collections::HashMap;

use desk::live::{self, Here};
use rules::{ids::TicketId, live::Doing};
use words::lang::Lang;

use crate::{
    app::App,
    door::{Problem, Visit},
    pages::parts::{Face, Presence},
};

/// As a page and a row show it.
pub(crate) fn presence(lang: Lang, here: &[Here]) -> Presence {
    let people: Vec<(&str, Doing)> = here.iter().map(|it| (it.name.as_str(), it.doing)).collect();
    Presence {
        faces: here.iter().map(|it| Face::of(&it.name)).collect(),
        said: words::live::here(lang, &people),
        collision: words::live::collision(lang, &people).unwrap_or_default(),
    }
}

/// Of several requests that the reader is shown; one without anybody else is left out.
pub(crate) async fn presences(
    app: &App,
    visit: &Visit,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, Presence>, Problem> {
    let present = live::present(&app.desk, &visit.actor, tickets).await?;
    Ok(present.into_iter().map(|(id, here)| (id, presence(Lang::En, &here))).collect())
}
