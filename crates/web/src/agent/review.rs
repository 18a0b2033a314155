//! The review of a report (BUG-2): accepted into a bug, taken out again, or refused with words that its customer reads.

use axum::{extract::State, response::Response};
use desk::{
    Error,
    bugs::{self, Accepted, RefusedReport},
    tickets::{Shown, Text},
};
use rules::{
    access::{Action, may},
    bugs::{BugRefusal, Refused},
    ids::TicketId,
    refusal::Refusal,
    tickets::AfterReply,
};

use super::{
    bug::{number, refusal_form, refused},
    bugs::severities,
    request::back,
};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::review::{ProposedBug, ReviewPart},
        parts::Link,
    },
    shown::Saying,
};

/// For a report that the reader may review.
pub(super) async fn part(app: &App, visit: &Visit, say: &Saying, shown: &Shown) -> Result<Option<ReviewPart>, Problem> {
    let Some(review) = bugs::review(&app.desk, &visit.actor, &shown.ticket).await? else { return Ok(None) };
    let grants = visit.actor.signed()?.grants;
    let requester = shown.names.get(&shown.ticket.requester).cloned().unwrap_or_default();
    let joined = review.joined.map(|bug| {
        let name = format!("{} {}", words::bugs::name(bug.id()), bug.says.title);
        let stage = words::bugs::stage(say.lang, bug.life.state.stage());
        (Link::new(name, format!("/desk/bugs/{}", bug.id())), stage)
    });
    let proposed = review.proposed.iter().map(|it| ProposedBug {
        number: it.bug.id().0,
        title: it.bug.says.title.clone(),
        stage: words::bugs::stage(say.lang, it.bug.life.state.stage()),
        shared: format!("both say {}", it.shared.join(", ")),
    });
    let answers = may(grants, Action::Reply) && !shown.ticket.state.is_over();
    Ok(Some(ReviewPart {
        request: shown.ticket.id.0,
        requester: if requester.is_empty() { "the customer".to_owned() } else { requester },
        joined,
        proposed: proposed.collect(),
        title: review.title,
        severities: severities(say),
        refusal: answers.then(|| refusal_form(say, false)),
        accepts: may(grants, Action::AcceptReports),
    }))
}

pub(crate) async fn accept(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let accepted = match fields.text("bug") {
        "new" => Accepted::New { title: fields.text("title").trim().to_owned(), severity: fields.word("severity")? },
        "number" => Accepted::Known(named(&app, &visit, id, fields.text("number")).await?),
        written => Accepted::Known(named(&app, &visit, id, written).await?),
    };
    bugs::accept(&app.desk, &visit.actor, TicketId(id), accepted).await?;
    Ok(back(id, &visit))
}

/// The bug of that number as it was written; whether the request is seen comes first.
async fn named(app: &App, visit: &Visit, id: i64, written: &str) -> Result<rules::ids::BugId, Problem> {
    if let Ok(bug) = number(written) {
        return Ok(bug);
    }
    desk::tickets::show(&app.desk, &visit.actor, TicketId(id)).await?;
    let why = BugRefusal::NoSuchBug { written: written.trim().to_owned() };
    Err(Error::Refused(Refusal::Bug(why)).into())
}

pub(crate) async fn part_with(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    bugs::part(&app.desk, &visit.actor, TicketId(id)).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn refuse(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let text = fields.text("text").trim();
    let why = match refused(&fields) {
        // The reply says what was tried.
        Ok(Refused::NotReproducible { .. }) => Refused::NotReproducible { tried: text.chars().take(2_000).collect() },
        Ok(why) => why,
        Err(_) => {
            desk::tickets::show(&app.desk, &visit.actor, TicketId(id)).await?;
            let missing = BugRefusal::NotMoved(rules::bugs::NotMoved::ReasonMissing);
            return Err(Error::Refused(Refusal::Bug(missing)).into());
        }
    };
    let after = if fields.text("then") == "solved" { AfterReply::Solve } else { AfterReply::Wait };
    let body = with_reason(&say, text, &why);
    let refusal = RefusedReport { why, text: Text { body, ..Text::default() }, after };
    bugs::refuse_report(&app.desk, &visit.actor, TicketId(id), refusal).await?;
    Ok(back(id, &visit))
}

/// The reply, and below it what the reason leads to.
fn with_reason(say: &Saying, text: &str, why: &Refused) -> String {
    if text.is_empty() {
        return String::new();
    }
    match why {
        Refused::NotReproducible { .. } => text.to_owned(),
        why => format!("{text}\n\n{}", words::bugs::refused(say.lang, say.policy(), why)),
    }
}
