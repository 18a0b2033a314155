//! Licences, from the command line: given to an organisation, and listed.

use desk::{
    Actor, Desk, Run,
    licences::{self, Given, Kept},
};
use jiff::civil::Date;
use rules::{
    entitlement::{Kind, standing},
    ids::OrganisationId,
    keys::{DeploymentKey, PlanKey},
};
use serde::{Deserialize, Serialize};
use words::lang::Lang;

use super::{Response, in_words};

/// A licence as somebody gives it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Give {
    /// Its number, or one of its domains.
    pub organisation: String,
    pub kind: Kind,
    pub plan: Option<PlanKey>,
    pub through: Option<Date>,
    pub deployment: Option<DeploymentKey>,
    pub edition: String,
    pub seats: Option<u32>,
    pub key: Option<String>,
}

pub(super) async fn give(desk: &Desk, give: Give) -> Response {
    let organisation = match find(desk, &give.organisation).await {
        Ok(found) => found,
        Err(why) => return Response::Refused(why),
    };
    let key = give.key.clone();
    let given = Given {
        organisation: organisation.id,
        external_key: give.key,
        edition: give.edition,
        deployment: give.deployment,
        plan: give.plan,
        kind: give.kind,
        seats: give.seats,
        through: give.through,
    };
    match licences::give(desk, &Actor::COMMAND, given).await {
        Ok(licence) => {
            Response::Done(format!("{} (organisation {}) has licence {licence}.", organisation.name, organisation.id))
        }
        Err(desk::Error::Conflict) => Response::Refused(format!(
            "the licence {} belongs to another organisation, so nothing was changed; give this one another key",
            key.unwrap_or_default()
        )),
        Err(error) => Response::Refused(in_words(desk, error).await),
    }
}

pub(super) async fn import(desk: &Desk, text: &str, dry: bool) -> Response {
    let run = if dry { Run::Dry } else { Run::Real };
    let (policy, imported) = match (desk.policy().await, licences::import(desk, &Actor::COMMAND, text, run).await) {
        (Ok(policy), Ok(imported)) => (policy, imported),
        (Err(error), _) | (_, Err(error)) => return Response::Refused(error.to_string()),
    };
    if imported.faults.is_empty() {
        let counts = [imported.added, imported.changed, imported.same];
        return Response::Done(words::licence_table::came(Lang::En, dry, counts));
    }
    let faults = words::licence_table::faults(Lang::En, policy.policy(), &imported.faults);
    Response::Refused(format!("the table was not taken\n{}", faults.join("\n")))
}

pub(super) async fn list(desk: &Desk, organisation: &str) -> Response {
    let found = match find(desk, organisation).await {
        Ok(found) => found,
        Err(why) => return Response::Refused(why),
    };
    let (policy, held) = match (desk.policy().await, licences::held(desk, &Actor::COMMAND, found.id).await) {
        (Ok(policy), Ok(held)) => (policy, held),
        (Err(error), _) | (_, Err(error)) => return Response::Refused(error.to_string()),
    };
    let today = policy.hours().date_of(desk.now());
    let grace = policy.policy().entitlement.grace_days;
    let mut said = vec![format!("{} (organisation {})", found.name, found.id)];
    said.extend(held.iter().map(|kept| line(kept, today, grace)));
    if held.is_empty() {
        said.push("No licence is known.".to_owned());
    }
    Response::Text(said.join("\n"))
}

/// "  7  SUB-17  hedge, hosted, Team, 40 seats: paid through Wednesday 31 March 2027".
fn line(kept: &Kept, today: Date, grace: u32) -> String {
    let plan = kept.terms.plan.as_ref().map_or_else(|| "no plan".to_owned(), ToString::to_string);
    let mut what = vec![plan];
    what.extend(kept.terms.deployment.as_ref().map(ToString::to_string));
    what.extend(Some(kept.terms.edition.clone()).filter(|edition| !edition.is_empty()));
    what.extend(kept.terms.seats.map(|seats| format!("{seats} seats")));
    let key = kept.terms.external_key.as_ref().map_or_else(String::new, |key| format!("  {key}"));
    let stands = words::licence::standing(Lang::En, &standing(&kept.rule(), today, grace));
    format!("  {}{key}  {}: {stands}", kept.id, what.join(", "))
}

/// By number or by domain.
pub(super) async fn find(desk: &Desk, written: &str) -> Result<store::organisations::Organisation, String> {
    let conn = desk.store.read();
    let id = match written.parse::<i64>() {
        Ok(number) => Some(OrganisationId(number)),
        Err(_) => {
            let domain = written.trim().to_lowercase();
            let found = store::organisations::domains(conn, &[domain]).await.map_err(|error| error.to_string())?;
            found.first().map(|(_, id)| *id)
        }
    };
    let unknown = || {
        format!("no organisation has the number or the domain {written}; give one of its domains, such as acme.example")
    };
    let id = id.ok_or_else(unknown)?;
    store::organisations::get(conn, id).await.map_err(|error| match error {
        store::Error::NotFound => unknown(),
        other => other.to_string(),
    })
}
