//! Releases, from a pipeline (BUG-1, 4, 7): published, rolled out, withdrawn and imported as by the command line, answered in JSON.
//! What is sent twice does nothing the second time.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::{
    Run, bugs,
    releases::{self, NotDone, Summary, ToPublish, ToRollOut, ToWithdraw},
};
use jiff::civil::Date;
use rules::{
    releases::{
        NotReleased, NotTaken,
        import::{Drafted, as_json},
    },
    table::text as read,
};
use serde::Deserialize;
use serde_json::json;
use words::{lang::Lang, releases as said};

use crate::{
    app::App,
    door::{Detail, Path, Problem, Query, Visit, problem_json},
};

type Asked = Query<BTreeMap<String, String>>;

/// What a program may say behind the question mark; a slip of the pen must not publish what was to be tried.
struct Parameters<'a> {
    asked: &'a BTreeMap<String, String>,
    run: Run,
}

impl<'a> Parameters<'a> {
    fn read(asked: &'a BTreeMap<String, String>, known: &[&str]) -> Result<Self, Unread> {
        let is_known = |name: &str| name == DRY_RUN || known.contains(&name);
        if let Some(unknown) = asked.keys().find(|name| !is_known(name)) {
            let all = known.iter().copied().chain([DRY_RUN]).collect::<Vec<_>>().join(", ");
            return Err(unread(&format!("There is no parameter “{unknown}” here. There are {all}.")));
        }
        let run = match asked.get(DRY_RUN).map(String::as_str) {
            None | Some("0" | "false") => Run::Real,
            Some("" | "1" | "true") => Run::Dry,
            Some(other) => {
                return Err(unread(&format!("{DRY_RUN} is 1 for a trial, or 0; “{other}” is neither.")));
            }
        };
        Ok(Self { asked, run })
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.asked.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    fn day(&self, name: &str) -> Result<Option<Date>, Unread> {
        let wrong = |_| unread(&format!("{name} is a day such as 2026-11-26."));
        self.text(name).map(|text| text.parse()).transpose().map_err(wrong)
    }
}

/// `?dry_run=1` changes nothing and says what would come of it.
const DRY_RUN: &str = "dry_run";

/// What was sent cannot be read.
struct Unread {
    status: StatusCode,
    title: &'static str,
    detail: String,
}

impl Unread {
    fn answer(&self) -> Response {
        problem_json(self.status, self.title, &self.detail, &[])
    }
}

fn unread(why: &str) -> Unread {
    let detail = format!("{why} Nothing was done.");
    Unread { status: StatusCode::BAD_REQUEST, title: "The parameters were not understood", detail }
}

/// Nothing was done; all that is wrong.
fn refused(why: NotDone) -> Result<Response, Problem> {
    let why = match why {
        NotDone::Error(error) => return Err(error.into()),
        NotDone::NotTaken(why) => why,
    };
    let status = match &why {
        NotTaken::NotReleased(NotReleased::NoSuchRelease { .. }) => StatusCode::NOT_FOUND,
        NotTaken::NotReleased(NotReleased::Withdrawn { .. }) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let faults: Vec<Detail> = match &why {
        NotTaken::Faulty(all) => {
            all.iter().map(|it| Detail { line: Some(it.line), detail: said::fault(Lang::En, it) }).collect()
        }
        other => said::not_taken(Lang::En, other).into_iter().map(|detail| Detail { line: None, detail }).collect(),
    };
    let what = "Nothing was done. Mend what is listed and send it again.";
    Ok(problem_json(status, "The release was not taken", what, &faults))
}

/// A body as text; none where it is empty.
fn text(body: &Bytes) -> Result<Option<String>, Unread> {
    if body.is_empty() {
        return Ok(None);
    }
    read(body).map(Some).map_err(|why| Unread {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        title: "The file was not read",
        detail: words::table::no_text(Lang::En, why),
    })
}

/// `GET /api/releases`: the list that can be imported again.
pub(crate) async fn list(State(app): State<App>) -> Result<Response, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let all: Vec<Drafted> = catalogue.releases().iter().map(Drafted::of).collect();
    Ok(([(header::CONTENT_TYPE, "application/json")], as_json(&all)).into_response())
}

/// `POST /api/releases/{version}?date=&editions=&supported_until=&dry_run=`, with the notes as its body; or, as JSON, with
/// `notes` and `commits`, whose messages say which bugs are fixed (BUG-5).
pub(crate) async fn publish(
    State(app): State<App>,
    visit: Visit,
    (Path(version), Query(asked)): (Path<String>, Asked),
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let (new, commits, run) = match to_publish(version, &asked, (&headers, &body)) {
        Ok(read) => read,
        Err(unread) => return Ok(unread.answer()),
    };
    match bugs::publish(&app.desk, &visit.actor, (&new, commits.as_deref()), run).await {
        Ok(told) => Ok(Json(told.summary(run)).into_response()),
        Err(why) => refused(why),
    }
}

/// Notes and messages of commits, as JSON: both need not be there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    notes: Option<String>,
    commits: Option<String>,
}

/// A body that says of itself that it is JSON; any other is the notes alone.
fn both(headers: &HeaderMap, body: &Bytes) -> Result<Both, Unread> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Ok(Both { notes: text(body)?, commits: None });
    }
    serde_json::from_slice(body).map_err(|why| Unread {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        title: "The body was not read",
        detail: format!(
            "A body of the type application/json has “notes” and “commits”, both texts. {why}. Nothing was done."
        ),
    })
}

type Wanted = (ToPublish, Option<String>, Run);

fn to_publish(
    version: String,
    asked: &BTreeMap<String, String>,
    (headers, body): (&HeaderMap, &Bytes),
) -> Result<Wanted, Unread> {
    let parameters = Parameters::read(asked, &["date", "editions", "supported_until"])?;
    let supported_until = match parameters.text("supported_until") {
        Some("none") => Some(None),
        _ => parameters.day("supported_until")?.map(Some),
    };
    let names = |all: &String| all.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let Both { notes, commits } = both(headers, body)?;
    let new = ToPublish {
        version,
        notes,
        date: parameters.day("date")?,
        editions: asked.get("editions").map(names),
        supported_until,
    };
    Ok((new, commits, parameters.run))
}

/// `POST /api/releases/import?dry_run=`, with a changelog, JSON or CSV as its body.
pub(crate) async fn import(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Asked,
    body: Bytes,
) -> Result<Response, Problem> {
    let read = Parameters::read(&asked, &[]).and_then(|it| Ok((text(&body)?.unwrap_or_default(), it.run)));
    let (list, run) = match read {
        Ok(read) => read,
        Err(unread) => return Ok(unread.answer()),
    };
    match releases::import(&app.desk, &visit.actor, &list, run).await {
        Ok(told) => Ok(Json(Summary::of(run, &told)).into_response()),
        Err(why) => refused(why),
    }
}

/// `POST /api/releases/{version}/rollout?to=eu1&dry_run=`.
pub(crate) async fn roll_out(
    State(app): State<App>,
    visit: Visit,
    Path(version): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Problem> {
    let parameters = match Parameters::read(&asked, &["to"]) {
        Ok(parameters) => parameters,
        Err(unread) => return Ok(unread.answer()),
    };
    let Some(instance) = parameters.text("to").map(str::to_owned) else {
        return Ok(unread("The parameter “to” is missing: it names the instance, such as eu1.").answer());
    };
    match releases::roll_out(&app.desk, &visit.actor, &ToRollOut { version, instance }, parameters.run).await {
        Ok(out) => {
            let (dry_run, is_known) = (parameters.run == Run::Dry, out.is_known());
            let said = json!({
                "dry_run": dry_run, "version": out.version, "instance": out.instance, "before": out.before,
                "changed": !is_known,
            });
            Ok(Json(said).into_response())
        }
        Err(why) => refused(why),
    }
}

/// `POST /api/releases/{version}/withdrawal?because=…&use=5.12.0&dry_run=`.
pub(crate) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    Path(version): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Problem> {
    let parameters = match Parameters::read(&asked, &["because", "use"]) {
        Ok(parameters) => parameters,
        Err(unread) => return Ok(unread.answer()),
    };
    let why = parameters.text("because").unwrap_or_default().to_owned();
    let wanted = ToWithdraw { version, why, instead: parameters.text("use").map(str::to_owned) };
    match releases::withdraw(&app.desk, &visit.actor, &wanted, parameters.run).await {
        Ok(stepped) => {
            let latest: Vec<_> = stepped
                .latest
                .iter()
                .map(|(edition, from, to)| json!({"edition": edition, "from": from, "to": to}))
                .collect();
            let said = json!({
                "dry_run": parameters.run == Run::Dry, "withdrawn": wanted.version, "latest": latest,
                "still_on": stepped.still_on,
            });
            Ok(Json(said).into_response())
        }
        Err(why) => refused(why),
    }
}
