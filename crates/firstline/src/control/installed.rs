//! Which version runs where, from the command line.

use desk::{Actor, Desk, Run, installed};
use words::lang::Lang;

use super::Response;

pub(super) async fn import(desk: &Desk, text: &str, dry: bool) -> Response {
    let run = if dry { Run::Dry } else { Run::Real };
    let imported = match installed::import(desk, &Actor::COMMAND, text, run).await {
        Ok(imported) => imported,
        Err(error) => return Response::Refused(error.to_string()),
    };
    if imported.faults.is_empty() {
        let counts = [imported.added, imported.changed, imported.same, imported.older];
        return Response::Done(words::installed::came(Lang::En, dry, counts));
    }
    let faults = words::installed::faults(Lang::En, &imported.faults);
    Response::Refused(format!("the list was not taken\n{}", faults.join("\n")))
}
