//! A table of licences from the vendor's own books, brought by a program (ENT-1): what the page and the command take, answered in JSON.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Run, licences};
use rules::{entitlement::import::LineFault, table::text as read};
use serde::Serialize;
use words::{licence_table, table::no_text};

use crate::{
    app::App,
    door::{Detail, Problem, Query, Visit, problem_json},
    shown::Saying,
};

/// `?dry_run=1` changes nothing and says what would come of it.
const DRY_RUN: &str = "dry_run";

/// Whether it is a trial. A slip of the pen must not make one real, so what is not known is refused.
fn run(asked: &BTreeMap<String, String>) -> Result<Run, String> {
    if let Some(unknown) = asked.keys().find(|name| *name != DRY_RUN) {
        return Err(format!("There is no parameter “{unknown}” here. There is one: {DRY_RUN}. Nothing was imported."));
    }
    match asked.get(DRY_RUN).map(String::as_str) {
        None | Some("0" | "false") => Ok(Run::Real),
        Some("" | "1" | "true") => Ok(Run::Dry),
        Some(other) => Err(format!("{DRY_RUN} is 1 for a trial, or 0; “{other}” is neither. Nothing was imported.")),
    }
}

/// What came of it, or would.
#[derive(Debug, Serialize)]
struct Came {
    dry_run: bool,
    added: usize,
    changed: usize,
    same: usize,
}

pub(crate) async fn import(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<BTreeMap<String, String>>,
    body: Bytes,
) -> Result<Response, Problem> {
    let run = match run(&asked) {
        Ok(run) => run,
        Err(why) => return Ok(problem_json(StatusCode::BAD_REQUEST, "The parameters were not understood", &why, &[])),
    };
    let say = Saying::of(&app).await?;
    let table = match read(&body) {
        Ok(table) => table,
        Err(why) => return Ok(not_taken(&[Detail { line: None, detail: no_text(say.lang, why) }])),
    };
    let imported = licences::import(&app.desk, &visit.actor, &table, run).await?;
    if imported.faults.is_empty() {
        let (added, changed, same) = (imported.added, imported.changed, imported.same);
        return Ok(Json(Came { dry_run: run == Run::Dry, added, changed, same }).into_response());
    }
    let told = |fault: &LineFault| Detail {
        line: Some(fault.line),
        detail: licence_table::fault_of(say.lang, say.policy(), fault),
    };
    Ok(not_taken(&imported.faults.iter().map(told).collect::<Vec<_>>()))
}

/// Nothing was taken; every fault, by its line.
fn not_taken(faults: &[Detail]) -> Response {
    let what = "Nothing was imported: the table is taken whole or not at all. Mend what is listed and send it again.";
    problem_json(StatusCode::UNPROCESSABLE_ENTITY, "The table was not taken", what, faults)
}
