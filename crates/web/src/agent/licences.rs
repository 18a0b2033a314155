//! Licences of an organisation on the desk: added, changed, ended, and who changed what (ENT-1).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    licences::{self, Kept, One, Said, SaidBy},
};
use rules::{
    access::{Action, may},
    entitlement::{Kind, Standing, Terms, Written, standing},
    ids::{LicenceId, OrganisationId},
    instant::Instant,
    refusal::FieldFault,
};
use words::{markdown::plain, time::list};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::{
            licence::{Asked, Change, Choices, LicencePage},
            organisations::LicenceRow,
        },
        form::Choice,
        html::show as page,
        parts::{Link, Signal, Tag},
    },
    shown::{Saying, capital, desk_frame, when},
};

/// A licence in the list of its organisation.
pub(super) fn row(say: &Saying, kept: &Kept, now: Instant) -> LicenceRow {
    let href = format!("/desk/organisations/{}/licences/{}", kept.organisation, kept.id);
    LicenceRow {
        link: Link::new(words::licence::name(say.lang, kept.id, &kept.terms), href),
        what: capital(&words::licence::covers(say.lang, say.policy(), &kept.terms)),
        stands: stands(say, kept, now),
    }
}

fn stands(say: &Saying, kept: &Kept, now: Instant) -> Tag {
    let today = say.compiled.hours().date_of(now);
    let standing = standing(&kept.rule(), today, say.policy().entitlement.grace_days);
    let is_over = matches!(standing, Standing::Grace { .. } | Standing::Ended { .. });
    let signal = if is_over { Signal::Soon } else { Signal::Plain };
    Tag::new(signal, words::licence::standing(say.lang, &standing))
}

/// PLN-5: who files, where the plan names contacts.
pub(super) async fn contacts(
    app: &App,
    visit: &Visit,
    say: &Saying,
    organisation: OrganisationId,
) -> Result<Option<String>, Problem> {
    let who = licences::contacts(&app.desk, &visit.actor, organisation).await?;
    let Some(number) = who.number else { return Ok(None) };
    let has = if number == 1 { "one named contact".to_owned() } else { format!("{number} named contacts") };
    let names: Vec<String> = who.contacts.iter().chain(&who.managers).map(|(_, name)| name.clone()).collect();
    Ok(Some(if who.contacts.is_empty() {
        format!("The plan has {has}. None is named yet, so every member files.")
    } else {
        let verb = if names.len() == 1 { "files" } else { "file" };
        format!("The plan has {has}. {} {verb}; managers count.", list(say.lang, names))
    }))
}

pub(crate) async fn blank(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let written = written_of(&Terms::plain(say.policy()));
    empty(&app, &visit, id, (&written, &[])).await
}

/// The form of one more, with what was typed and what is wrong.
async fn empty(
    app: &App,
    visit: &Visit,
    id: i64,
    (written, faults): (&Written, &[FieldFault]),
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let it =
        desk::organisations::show(&app.desk, &visit.actor, OrganisationId(id), &Default::default()).await?.organisation;
    let shown = LicencePage {
        frame: desk_frame(app, visit, &format!("A licence for {}", it.name), "").await?,
        organisation: Link::new(it.name.clone(), format!("/desk/organisations/{id}")),
        heading: format!("A licence for {}", it.name),
        action: Some(format!("/desk/organisations/{id}/licences")),
        send: "Add the licence".to_owned(),
        stands: None,
        covers: String::new(),
        ends: None,
        asked: asked(&say, written, faults),
        choices: choices(&say, written, faults),
        changes: vec![],
    };
    Ok(page(status(faults), &shown))
}

fn status(faults: &[FieldFault]) -> StatusCode {
    if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

pub(crate) async fn add(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let written = written(&fields);
    match licences::add(&app.desk, &visit.actor, OrganisationId(id), &written).await {
        Ok(_) => Ok(Redirect::to(&format!("/desk/organisations/{id}#licences")).into_response()),
        Err(Error::Invalid(faults)) => empty(&app, &visit, id, (&written, &faults)).await,
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path((id, licence)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    let one = licences::show(&app.desk, &visit.actor, (OrganisationId(id), LicenceId(licence))).await?;
    let written = written_of(&one.kept.terms);
    known(&app, &visit, &one, (&written, &[])).await
}

async fn known(
    app: &App,
    visit: &Visit,
    one: &One,
    (written, faults): (&Written, &[FieldFault]),
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let (kept, now) = (&one.kept, app.desk.now());
    let name = words::licence::name(say.lang, kept.id, &kept.terms);
    let address = format!("/desk/organisations/{}/licences/{}", one.organisation.id, kept.id);
    let may_set = may(visit.actor.signed()?.grants, Action::SetOrganisation);
    let lasts = kept.terms.through.is_none_or(|through| through > one.today);
    let shown = LicencePage {
        frame: desk_frame(app, visit, &format!("Licence {name}"), "").await?,
        organisation: Link::new(one.organisation.name.clone(), format!("/desk/organisations/{}", one.organisation.id)),
        heading: format!("Licence {name}"),
        ends: (may_set && lasts).then(|| format!("{address}/end")),
        action: may_set.then_some(address),
        send: "Change it".to_owned(),
        stands: Some(stands(&say, kept, now)),
        covers: capital(&words::licence::covers(say.lang, say.policy(), &kept.terms)),
        asked: asked(&say, written, faults),
        choices: choices(&say, written, faults),
        changes: changes(&say, visit, &one.said, now),
    };
    Ok(page(status(faults), &shown))
}

pub(crate) async fn change(
    State(app): State<App>,
    visit: Visit,
    Path((id, licence)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (of, written) = ((OrganisationId(id), LicenceId(licence)), written(&fields));
    match licences::change(&app.desk, &visit.actor, of, &written).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/organisations/{id}/licences/{licence}")).into_response()),
        Err(Error::Invalid(faults)) => {
            let one = licences::show(&app.desk, &visit.actor, of).await?;
            known(&app, &visit, &one, (&written, &faults)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn end(
    State(app): State<App>,
    visit: Visit,
    Path((id, licence)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    licences::end(&app.desk, &visit.actor, (OrganisationId(id), LicenceId(licence))).await?;
    Ok(Redirect::to(&format!("/desk/organisations/{id}/licences/{licence}")).into_response())
}

/// What was changed, the newest first, in words.
fn changes(say: &Saying, visit: &Visit, said: &[Said], now: Instant) -> Vec<Change> {
    let with_before = said.iter().zip(said.iter().skip(1).map(Some).chain([None]));
    with_before
        .map(|(version, before)| Change {
            at: when(visit, version.at, now),
            by: said_by(&version.by),
            what: words::licence::changes(say.lang, say.policy(), before.map(|it| &it.terms), &version.terms),
        })
        .collect()
}

fn written(fields: &Fields) -> Written {
    Written::of(|name| fields.text(name).to_owned())
}

fn written_of(terms: &Terms) -> Written {
    Written {
        key: terms.external_key.clone().unwrap_or_default(),
        product: terms.product.clone(),
        edition: terms.edition.clone(),
        deployment: terms.deployment.as_ref().map(ToString::to_string).unwrap_or_default(),
        plan: terms.plan.as_ref().map(ToString::to_string).unwrap_or_default(),
        kind: terms.kind.as_str().to_owned(),
        seats: terms.seats.map(|seats| seats.to_string()).unwrap_or_default(),
        through: terms.through.map(|day| day.to_string()).unwrap_or_default(),
    }
}

fn asked(say: &Saying, written: &Written, faults: &[FieldFault]) -> Vec<Asked> {
    let line = |name: &str, label: &str, why: &str, value: &str| Asked {
        name: name.to_owned(),
        label: label.to_owned(),
        why: why.to_owned(),
        value: value.to_owned(),
        kind: if name == "through" { "date" } else { "text" }.to_owned(),
        fault: say.of_field(faults, name),
    };
    vec![
        line("through", "Paid through", "Its last day, in the desk’s zone. Empty: without an end.", &written.through),
        line("seats", "Seats", "How many people use it, where it says so.", &written.seats),
        line("edition", "Edition", "As your books have it.", &written.edition),
        line("product", "Product", "As the support policy calls it.", &written.product),
        line("key", "Key", "How your own books call it; what is imported finds it by this.", &written.key),
    ]
}

fn said_by(by: &SaidBy) -> String {
    match by {
        SaidBy::Person(name) => name.clone(),
        SaidBy::Program(token) => format!("A program, by the token “{token}”"),
        SaidBy::Unknown => "The command line, or before it was kept who did; the audit says which".to_owned(),
    }
}

fn choices(say: &Saying, written: &Written, faults: &[FieldFault]) -> Vec<Choices> {
    let policy = say.policy();
    let some = |all: Vec<(String, String)>, none: Option<&str>, value: &str| {
        let chosen = |(key, label): (String, String)| {
            let is_chosen = key == value;
            let choice = Choice::new(key, label);
            if is_chosen { choice.chosen() } else { choice }
        };
        let unknown = (!value.is_empty() && !all.iter().any(|(key, _)| key == value))
            .then(|| (value.to_owned(), format!("{value} (not in the policy any more)")));
        none.map(|none| (String::new(), none.to_owned())).into_iter().chain(all).chain(unknown).map(chosen).collect()
    };
    let kinds = Kind::ALL.map(|kind| (kind.as_str().to_owned(), capital(kind.as_str()))).into();
    let plans = policy.plans.iter().map(|(key, plan)| (key.to_string(), say.text(&plan.name).to_owned())).collect();
    let deployments = policy.deployments.iter();
    let deployments = deployments.map(|(key, it)| (key.to_string(), plain(say.text(&it.name)))).collect();
    let choice = |name: &str, label: &str, options| Choices {
        name: name.to_owned(),
        label: label.to_owned(),
        options,
        fault: say.of_field(faults, name),
    };
    vec![
        choice("kind", "Kind", some(kinds, None, &written.kind)),
        choice("plan", "Plan", some(plans, Some("None"), &written.plan)),
        choice("deployment", "For", some(deployments, Some("Every deployment"), &written.deployment)),
    ]
}
