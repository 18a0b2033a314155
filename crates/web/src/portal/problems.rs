//! The page of a problem: what, why, what now.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::Actor;
use rules::refusal::Refusal;
use words::size::limit;

use crate::{
    app::App,
    door::{Asked, Problem, Visit, What, problem_json},
    pages::{
        frame::{Frame, Place, Theme},
        html::show,
        parts::Link,
        refusals::{Again, Because, RefusalPage},
    },
    shown::{Saying, ago, portal_frame},
};

/// When it makes sense to try again what could not be written.
const UNWRITABLE_SECONDS: i64 = 60;

/// The page, with its status. Where even the frame cannot be made, plain words.
pub(crate) async fn page(app: &App, visit: Option<Visit>, problem: &Problem, asked: &Asked) -> Response {
    let visit = visit.unwrap_or_else(|| Visit {
        actor: Actor::Visitor { network: String::new() },
        zone: None,
        theme: Theme::Auto,
        path: String::new(),
        beside: None,
    });
    // Nothing leads back to what is not there, and its page is the same for every address.
    let visit = Visit { path: "/".to_owned(), ..visit };
    let (Ok(frame), Ok(say)) = (portal_frame(app, &visit, "", Place::Elsewhere).await, Saying::of(app).await) else {
        return (problem.status, "Something went wrong on our side. Please try again in a moment.").into_response();
    };
    // The page says the status that it is sent with.
    let mut shown = RefusalPage { status: problem.status, ..worded(app, &say, frame, problem) };
    match problem.what {
        What::Broken => shown.reference.clone_from(&asked.reference),
        What::Unwritable | What::TooFast { .. } => shown.again = Again::of(&asked.path, asked.typed.taken()),
        What::Refused(_) | What::Invalid(_) | What::Conflict | What::TooLarge | What::Unreadable => {
            shown.ways.splice(0..0, back(&asked.path));
        }
        _ => {}
    }
    let mut response = match asked.path.starts_with(crate::routes::API) {
        true => {
            let (title, detail) = for_programs(&problem.what).unwrap_or((&shown.what, &shown.why));
            problem_json(problem.status, title, detail, &[])
        }
        false => show(problem.status, &shown),
    };
    let wait = match problem.what {
        What::Limited { until } | What::TooFast { until } => Some(until.since(app.desk.now()).as_secs().max(1)),
        What::Unwritable => Some(UNWRITABLE_SECONDS),
        _ => None,
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What a program is told where a page speaks of pages.
fn for_programs(what: &What) -> Option<(&'static str, &'static str)> {
    match what {
        What::NotFound => Some(("Not found", "The API has no such path. The manual lists those that there are.")),
        What::NotSo => Some(("Method not allowed", "This path takes another method: the header Allow names it.")),
        What::Unreadable => Some(("Not read", "The request could not be read, and nothing was changed.")),
        _ => None,
    }
}

/// What a refused act was about: a request, or an organisation.
fn back(path: &str) -> Option<Link> {
    let doors = [
        ("/desk/requests", "Back to request"),
        ("/requests", "Back to request"),
        ("/desk/organisations", "Back to organisation"),
        ("/organisations", "Back to organisation"),
    ];
    doors.into_iter().find_map(|(door, words)| {
        let number: u64 = path.strip_prefix(door)?.strip_prefix('/')?.split_once('/')?.0.parse().ok()?;
        Some(Link::new(format!("{words} {number}"), format!("{door}/{number}")))
    })
}

fn worded(app: &App, say: &Saying, frame: Frame, problem: &Problem) -> RefusalPage {
    match &problem.what {
        What::NotFound => RefusalPage::new(frame, Because::NotThere),
        What::CrossSite => RefusalPage::new(frame, Because::CrossSite),
        What::Unreadable if problem.status == StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            RefusalPage::new(frame, Because::OtherKind)
        }
        What::Unreadable => RefusalPage::new(frame, Because::Unreadable),
        What::NotSo => RefusalPage::new(frame, Because::NotSo),
        What::Broken => RefusalPage::new(frame, Because::OurFault),
        What::Unwritable => RefusalPage::unwritable(frame),
        What::TooLarge => RefusalPage::too_large(frame, &limit(crate::app::FORM_BYTES as u64)),
        What::Limited { until } => RefusalPage::too_many(frame, &ago(until.since(app.desk.now()))),
        What::TooFast { until } => RefusalPage::too_fast(frame, &ago(until.since(app.desk.now()))),
        What::Refused(Refusal::SignInFirst) => RefusalPage::new(frame, Because::SessionEnded),
        What::Refused(refusal @ Refusal::NotLetIn { turned_away, .. }) => {
            let what = if turned_away.is_some() { "You were not let in" } else { "You wait to be let in" };
            RefusalPage::worded(frame, problem.status, what, &say.refusal(refusal))
        }
        What::Refused(refusal @ Refusal::MayNot { .. }) => {
            let words = say.refusal(refusal);
            RefusalPage::worded(frame, problem.status, "Your role does not include this", &words)
        }
        What::Refused(Refusal::LinkExpired) => RefusalPage::new(frame, Because::LinkExpired),
        What::Refused(Refusal::LinkUsed) => RefusalPage::new(frame, Because::LinkUsed),
        What::Refused(Refusal::FileTooLarge { limit_bytes }) => {
            RefusalPage::file_too_large(frame, &limit(*limit_bytes))
        }
        What::Refused(refusal) => {
            RefusalPage::worded(frame, problem.status, "That was not done", &say.refusal(refusal))
        }
        What::Conflict => RefusalPage::worded(
            frame,
            StatusCode::CONFLICT,
            "Somebody was faster",
            "It was changed while you looked at it, so nothing was done. Open it again to see how it stands now.",
        ),
        What::Invalid(faults) => {
            let said: Vec<String> = faults.iter().map(|f| say.fault(&f.fault)).collect();
            RefusalPage::worded(frame, problem.status, "Something is missing", &said.join(" "))
        }
    }
}
