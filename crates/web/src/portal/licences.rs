//! What the reader's organisations have paid for, how that stands, and who files for them (ENT-1, ENT-2, PLN-5).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{licences, organisations};
use rules::{
    access::Role,
    entitlement::{Told, standing},
    ids::{OrganisationId, PersonId},
};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        frame::Place,
        html::show as page,
        licences::{Contact, Contacts, LicencesPage, Of, Row},
        parts::{Notice, Signal},
    },
    shown::{Saying, capital, portal_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let mine = licences::mine(&app.desk, &visit.actor).await?;
    let shown = LicencesPage {
        frame: portal_frame(&app, &visit, "Licences", Place::Elsewhere).await?,
        organisations: mine.iter().map(|it| of(&say, it)).collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn of(say: &Saying, mine: &licences::Mine) -> Of {
    let signal = if matches!(mine.told, Told::Renewed { .. }) { Signal::Done } else { Signal::Soon };
    let words = words::licence::notice(say.lang, say.policy(), &mine.told);
    let plan = mine.entitled.plan.as_ref().and_then(|key| say.policy().plan(key));
    Of {
        name: mine.name.clone(),
        told: words.map(|words| Notice { signal, words, link: None }),
        plan: plan.map(|plan| say.text(&plan.name).to_owned()),
        rows: mine.held.iter().map(|kept| row(say, mine, kept)).collect(),
        contacts: contacts(mine),
    }
}

fn row(say: &Saying, mine: &licences::Mine, kept: &licences::Kept) -> Row {
    let stands = standing(&kept.rule(), mine.today, say.policy().entitlement.grace_days);
    Row {
        name: words::licence::name(say.lang, kept.id, &kept.terms),
        covers: capital(&words::licence::covers(say.lang, say.policy(), &kept.terms)),
        stands: capital(&words::licence::standing(say.lang, &stands)),
    }
}

/// Nothing where the plan lets everybody file.
fn contacts(mine: &licences::Mine) -> Option<Contacts> {
    let who = &mine.contacts;
    let number = who.number?;
    let file = |(id, name): &(PersonId, String), removal: bool| Contact {
        name: name.clone(),
        removal: removal.then(|| format!("/organisations/{}/contacts/{id}/removal", mine.organisation)),
    };
    let managers = who.managers.iter().map(|it| file(it, false));
    let people: Vec<Contact> = who.contacts.iter().map(|it| file(it, mine.manages)).chain(managers).collect();
    let is_full = people.len() >= usize::try_from(number).unwrap_or(usize::MAX);
    Some(Contacts {
        number,
        is_open: who.contacts.is_empty(),
        naming: (mine.manages && !is_full).then(|| format!("/organisations/{}/contacts", mine.organisation)),
        people,
    })
}

pub(crate) async fn name(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let organisation = OrganisationId(id);
    let person = licences::name_contact(&app.desk, &visit.actor, organisation, fields.text("address")).await?;
    organisations::set_role(&app.desk, &visit.actor, organisation, person, Role::Contact).await?;
    Ok(Redirect::to("/licences").into_response())
}

pub(crate) async fn unname(
    State(app): State<App>,
    visit: Visit,
    Path((id, person)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    let organisation = OrganisationId(id);
    licences::unname_contact(&app.desk, &visit.actor, organisation, PersonId(person)).await?;
    organisations::set_role(&app.desk, &visit.actor, organisation, PersonId(person), Role::Member).await?;
    Ok(Redirect::to("/licences").into_response())
}
