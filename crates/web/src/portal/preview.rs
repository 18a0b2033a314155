//! What a text will look like once sent.

use axum::{extract::State, response::Html};
use rules::access::Staff;
use words::markdown::{Referred, message_referring};

use crate::{
    app::App,
    door::{Fields, Problem, Visit},
    shown::Side,
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Html<String>, Problem> {
    let text = fields.text("text");
    let found = desk::tickets::referred_in(&app.desk, &visit.actor, text).await?;
    let signed = visit.actor.signed()?;
    let side = if signed.scope.staff == Staff::None { Side::Customer } else { Side::Staff };
    // Whom a note calls is told, and stands out; in a reply a name is a name.
    let people = if fields.text("kind") == "note" { found.people.as_slice() } else { &[] };
    let me = Some(signed.name.as_str());
    let referred = Referred { requests: Some(&found.requests), door: side.door(), people, me };
    Ok(Html(message_referring(text, referred)))
}
