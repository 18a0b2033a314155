//! A passage or a file of a request is redacted (PRV-2), at both doors: the same sheet, the same verbs.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    tickets::{self, FileGone, FileNames, Leaving, WantedGone, Where},
};
use rules::{
    access::{Action, may},
    ids::{AttachmentId, TicketId},
    redaction::{Piece, Place, Reason, pieces},
    refusal::Refusal,
};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        form::Choice,
        frame::Place as Room,
        html::show as page,
        parts::Link,
        redaction::{About, DeskRedactionPage, File, Part, Passage, RedactionPage, RedactionSheet, Stays},
    },
    shown::{Saying, desk_frame, portal_frame},
};

/// Whose page it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Portal,
    Desk,
}

impl Door {
    fn requests(self) -> &'static str {
        match self {
            Door::Portal => "/requests",
            Door::Desk => "/desk/requests",
        }
    }

    fn files(self) -> &'static str {
        match self {
            Door::Portal => "/attachments",
            Door::Desk => "/desk/attachments",
        }
    }
}

type Answered = Result<Response, Problem>;

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(at): Path<(i64, String)>) -> Answered {
    passage(&app, &visit, (Door::Portal, at), &Fields::default()).await
}

pub(crate) async fn show_at_desk(State(app): State<App>, visit: Visit, Path(at): Path<(i64, String)>) -> Answered {
    passage(&app, &visit, (Door::Desk, at), &Fields::default()).await
}

pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    Path(at): Path<(i64, String)>,
    fields: Fields,
) -> Answered {
    passage(&app, &visit, (Door::Portal, at), &fields).await
}

pub(crate) async fn send_at_desk(
    State(app): State<App>,
    visit: Visit,
    Path(at): Path<(i64, String)>,
    fields: Fields,
) -> Answered {
    passage(&app, &visit, (Door::Desk, at), &fields).await
}

pub(crate) async fn show_file(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Answered {
    file(&app, &visit, (Door::Portal, id), &Fields::default()).await
}

pub(crate) async fn show_file_at_desk(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Answered {
    file(&app, &visit, (Door::Desk, id), &Fields::default()).await
}

pub(crate) async fn send_file(State(app): State<App>, visit: Visit, Path(id): Path<i64>, fields: Fields) -> Answered {
    file(&app, &visit, (Door::Portal, id), &fields).await
}

pub(crate) async fn send_file_at_desk(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Answered {
    file(&app, &visit, (Door::Desk, id), &fields).await
}

/// Shows the text; what stays of it; or redacts it and goes back.
async fn passage(app: &App, visit: &Visit, (door, (id, place)): (Door, (i64, String)), fields: &Fields) -> Answered {
    let (say, ticket) = (Saying::of(app).await?, TicketId(id));
    let place: Place = place.parse().map_err(|_| Problem::not_found())?;
    let back = back(door, id, &place);
    let text = match tickets::redactable(&app.desk, &visit.actor, ticket, &place).await {
        Err(Error::Refused(Refusal::NotTheirs)) if fields.text("do").is_empty() => {
            return nothing(app, visit, (door, id), (&say, back)).await;
        }
        text => text?,
    };
    let wanted = wanted(place, fields);
    let mut shown = Passage { text, passages: wanted.passages.clone(), stays: None };
    let mut fault = None;
    match fields.text("do") {
        "redact" => match tickets::redact(&app.desk, &visit.actor, ticket, &wanted).await {
            Ok(_) => return Ok(Redirect::to(&back).into_response()),
            Err(error) => {
                fault = Some(said(&say, error)?);
                shown.stays = stays(app, visit, (door, ticket), &wanted).await.ok();
            }
        },
        "" => {}
        _ => match stays(app, visit, (door, ticket), &wanted).await {
            Ok(stays) => shown.stays = Some(stays),
            Err(error) => fault = Some(said(&say, error)?),
        },
    }
    shown.passages.push(String::new());
    let action = format!("{}/{id}/redaction/{}", door.requests(), wanted.place.as_ref().unwrap_or(&Place::Subject));
    let sheet = sheet(&say, visit, (action, Link::new(format!("Request {id}"), back)), fields);
    answer(app, visit, (door, id), RedactionSheet { about: About::Passage(shown), fault, ..sheet }).await
}

/// Who only reads is told so.
async fn nothing(app: &App, visit: &Visit, (door, id): (Door, i64), (say, back): (&Saying, String)) -> Answered {
    let why = words::refusal::refusal(say.lang, say.policy(), &Refusal::NotTheirs);
    let sheet = sheet(say, visit, (String::new(), Link::new("Back", back)), &Fields::default());
    answer(app, visit, (door, id), RedactionSheet { about: About::Nothing(why), ..sheet }).await
}

fn wanted(place: Place, fields: &Fields) -> WantedGone {
    let given = fields.below("passage.").map(|(_, written)| written.to_owned());
    WantedGone {
        place: Some(place),
        passages: given.filter(|written| !written.trim().is_empty()).collect(),
        everywhere: fields.text("everywhere") == "yes" || fields.text("do") != "redact",
        why: Reason::read(fields.text("why")),
        words: fields.text("words").to_owned(),
    }
}

/// Where it was read.
fn back(door: Door, id: i64, place: &Place) -> String {
    let anchor = match place {
        Place::Message(message) => format!("#m{message}"),
        _ => String::new(),
    };
    format!("{}/{id}{anchor}", door.requests())
}

async fn stays(
    app: &App,
    visit: &Visit,
    (door, ticket): (Door, TicketId),
    wanted: &WantedGone,
) -> Result<Stays, Error> {
    let everywhere = WantedGone { everywhere: true, ..wanted.clone() };
    let preview = tickets::preview_redaction(&app.desk, &visit.actor, ticket, &everywhere).await?;
    let lang = words::lang::Lang::En;
    let places: Vec<String> =
        preview.elsewhere.iter().map(|(at, count)| words::redaction::elsewhere(lang, name(*at), *count)).collect();
    let parts = pieces(&preview.after).into_iter().map(|piece| match piece {
        Piece::Words(words) => Part::Words(words.to_owned()),
        Piece::Mark(mark) => Part::Mark(words::redaction::mark(lang, mark)),
    });
    let requests = door.requests();
    Ok(Stays {
        times: match preview.times {
            1 => "It stands here once.".to_owned(),
            times => format!("It stands here {times} times."),
        },
        parts: parts.collect(),
        passages: wanted.passages.clone(),
        elsewhere: (!places.is_empty()).then(|| format!("It also stands {}.", places.join(", "))),
        copies: preview
            .copies
            .iter()
            .map(|id| Link::new(format!("request {id}"), format!("{requests}/{id}")))
            .collect(),
    })
}

/// By which `words` knows a kind of place.
fn name(at: Where) -> &'static str {
    match at {
        Where::Subject => "subject",
        Where::Details => "details",
        Where::Messages => "messages",
        Where::Notes => "notes",
        Where::TakenBack => "taken-back",
        Where::Reasons => "reasons",
        Where::Ratings => "ratings",
        Where::Advisory => "advisory",
        _ => "drafts",
    }
}

/// What can be put right on the sheet; anything else is a page of its own.
fn said(say: &Saying, error: Error) -> Result<String, Problem> {
    match error {
        Error::Refused(
            refusal @ (Refusal::RedactNothing
            | Refusal::PassageTooLong { .. }
            | Refusal::PassageNotThere
            | Refusal::RedactionReasonMissing
            | Refusal::ReasonSaysIt),
        ) => Ok(words::refusal::refusal(say.lang, say.policy(), &refusal)),
        error => Err(error.into()),
    }
}

/// What both sheets have.
fn sheet(say: &Saying, visit: &Visit, (action, back): (String, Link), fields: &Fields) -> RedactionSheet {
    let is_staff = visit.actor.signed().is_ok_and(|signed| may(signed.grants, Action::Redact));
    let chosen = fields.text("why");
    let reasons = Reason::ALL.into_iter().filter(|_| is_staff).map(|why| {
        let choice = Choice::new(why.as_str(), words::redaction::choice(say.lang, why));
        if why.as_str() == chosen { choice.chosen() } else { choice }
    });
    RedactionSheet {
        action,
        back,
        about: About::Passage(Passage::default()),
        reasons: reasons.collect(),
        words: fields.text("words").to_owned(),
        fault: None,
    }
}

async fn answer(app: &App, visit: &Visit, (door, id): (Door, i64), sheet: RedactionSheet) -> Answered {
    let status = if sheet.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = format!("Redact something of {id}");
    Ok(match door {
        Door::Portal => {
            let frame = portal_frame(app, visit, &title, Room::MyRequests).await?;
            page(status, &RedactionPage { frame, sheet })
        }
        Door::Desk => {
            let frame = desk_frame(app, visit, &title, "needs-answer").await?;
            page(status, &DeskRedactionPage { frame, sheet })
        }
    })
}

/// Shows what would go; or redacts it and goes back.
async fn file(app: &App, visit: &Visit, (door, id): (Door, i64), fields: &Fields) -> Answered {
    let say = Saying::of(app).await?;
    let Leaving { ticket, file, with } = match tickets::leaving(&app.desk, &visit.actor, AttachmentId(id)).await {
        Err(Error::Refused(Refusal::NotTheirs)) if fields.text("do").is_empty() => {
            return nothing(app, visit, (door, id), (&say, door.requests().to_owned())).await;
        }
        leaving => leaving?,
    };
    let place = file.message.map_or(Place::Subject, Place::Message);
    let back = back(door, ticket.0, &place);
    let mut fault = None;
    if fields.text("do") == "redact" {
        let names = if fields.text("names") == "yes" { FileNames::Go } else { FileNames::Stay };
        let (why, words) = (Reason::read(fields.text("why")), fields.text("words").to_owned());
        let gone = FileGone { names, why, words };
        match tickets::redact_file(&app.desk, &visit.actor, AttachmentId(id), gone).await {
            Ok(_) => return Ok(Redirect::to(&back).into_response()),
            Err(error) => fault = Some(said(&say, error)?),
        }
    }
    let mut facts: Vec<String> = file.kind.map(|kind| words::logs::kind(say.lang, kind)).into_iter().collect();
    facts.push(words::size::size(u64::try_from(file.bytes).unwrap_or(0)));
    let about = About::File(File {
        name: file.name,
        facts: facts.join(", "),
        with: with.into_iter().map(|file| file.name).collect(),
    });
    let action = format!("{}/{id}/redaction", door.files());
    let sheet = sheet(&say, visit, (action, Link::new(format!("Request {ticket}"), back)), fields);
    answer(app, visit, (door, ticket.0), RedactionSheet { about, fault, ..sheet }).await
}
