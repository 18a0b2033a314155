//! Organisations on the desk: found, looked at, confirmed, renamed, with their domains, members and what they share.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::organisations::{self, Listed, NewSharing};
use rules::{
    access::{Action, Earlier, Setting, may},
    ids::{LicenceId, OrganisationId, PersonId},
    keys::RegionKey,
    people::Others,
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit, percent_encoded},
    pages::{
        desk::organisations::{Acts, Here, OrganisationPage, OrganisationsPage, Part, Row},
        form::{Amiss, Choice},
        html::show as page,
        parts::{Link, Signal, Tag},
    },
    portal::organisation_forms::{Sent, answered},
    shown::{Saying, desk_frame, invitations, member_row, sees, sees_since, when},
};

/// Which, and after which row.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    name: Option<String>,
    only: Option<String>,
    /// The name and the number of the row before.
    after: Option<String>,
    after_id: Option<i64>,
}

pub(crate) async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let typed = wanted.name.as_deref().unwrap_or_default().trim();
    let is_unconfirmed = wanted.only.as_deref() == Some("unconfirmed");
    let listed = match typed {
        "" if is_unconfirmed => Listed::Unconfirmed,
        "" => Listed::All,
        name => Listed::Named(name),
    };
    let after = wanted.after.as_deref().map(|name| (name, OrganisationId(wanted.after_id.unwrap_or_default())));
    let found = organisations::list(&app.desk, &visit.actor, listed, after).await?;
    let query = match listed {
        Listed::All => String::new(),
        Listed::Unconfirmed => "only=unconfirmed&".to_owned(),
        Listed::Named(name) => format!("name={}&", percent_encoded(name)),
    };
    let tab = |label: &str, href: &str, this: Listed<'_>| {
        (Link::new(label, href), if listed == this { Here::Here } else { Here::Elsewhere })
    };
    let shown = OrganisationsPage {
        frame: desk_frame(&app, &visit, "Organisations", "").await?,
        typed: typed.to_owned(),
        tabs: vec![
            tab("All", "/desk/organisations", Listed::All),
            tab("Waiting for a look", "/desk/organisations?only=unconfirmed", Listed::Unconfirmed),
        ],
        rows: found.organisations.iter().map(row).collect(),
        waiting: desk::people::waiting(&app.desk, &visit.actor).await?.len(),
        imports: may(visit.actor.signed()?.grants, Action::SetOrganisation),
        more: found
            .more
            .map(|(name, id)| format!("/desk/organisations?{query}after={}&after_id={id}", percent_encoded(&name))),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn row(it: &organisations::Organisation) -> Row {
    Row {
        link: Link::new(it.name.clone(), format!("/desk/organisations/{}", it.id)),
        confirmed: confirmed(it),
        sees: sees(it.sharing.setting()).to_owned(),
    }
}

fn confirmed(it: &organisations::Organisation) -> Tag {
    match it.confirmed_at {
        _ if it.merged_into.is_some() => Tag::new(Signal::Plain, "merged into another"),
        Some(_) => Tag::new(Signal::Done, "confirmed"),
        None => Tag::new(Signal::Soon, "waits for a look"),
    }
}

/// Where the pages before ended, and what is looked for among the domains.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pages {
    after: Option<i64>,
    domains_after: Option<String>,
    find: Option<String>,
    licences_after: Option<i64>,
}

impl From<Pages> for organisations::Pages {
    fn from(asked: Pages) -> Self {
        Self {
            members: asked.after.map(PersonId),
            domains: asked.domains_after,
            find: asked.find.unwrap_or_default(),
            licences: asked.licences_after.map(LicenceId),
        }
    }
}

/// Its rows as the page shows them; `next`: where the next ones are, after a key.
fn part<T, K, R>(part: &organisations::Part<T, K>, row: impl Fn(&T) -> R, next: impl Fn(&K) -> String) -> Part<R> {
    let (shown, all) = (part.rows.len(), part.all);
    Part {
        rows: part.rows.iter().map(row).collect(),
        said: (shown < all).then(|| format!("{shown} of {all}")),
        more: part.more.as_ref().map(next),
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(asked): Query<Pages>,
) -> Result<Response, Problem> {
    if let Some(into) = organisations::goes_on_in(&app.desk, &visit.actor, OrganisationId(id)).await? {
        return Ok(Redirect::to(&format!("/desk/organisations/{into}#ended")).into_response());
    }
    Ok(page(StatusCode::OK, &whole(&app, &visit, (id, &asked.into()), Amiss::default()).await?))
}

/// The page, with a form of it that was refused; the members after one.
pub(crate) async fn again(
    app: &App,
    visit: &Visit,
    id: i64,
    after: Option<i64>,
    amiss: Amiss,
) -> Result<OrganisationPage, Problem> {
    whole(app, visit, (id, &Pages { after, ..Pages::default() }.into()), amiss).await
}

async fn whole(
    app: &App,
    visit: &Visit,
    (id, pages): (i64, &organisations::Pages),
    amiss: Amiss,
) -> Result<OrganisationPage, Problem> {
    let found = organisations::show(&app.desk, &visit.actor, OrganisationId(id), pages).await?;
    let say = Saying::of(app).await?;
    let it = &found.organisation;
    let (now, is_confirmed) = (app.desk.now(), it.confirmed_at.is_some());
    let may_set = may(visit.actor.signed()?.grants, Action::SetOrganisation);
    let place = desk::releases::where_it_runs(&app.desk, &visit.actor, it.id).await?;
    let acts = may_set.then(|| Acts {
        confirms: !is_confirmed,
        sharing: if is_confirmed { sharing(it.sharing.setting()) } else { vec![] },
        regions: regions(&say, it.region.as_ref()),
        editions: places(&say.policy().product.editions, place.edition.as_ref().map(|it| it.as_str())),
        instances: places(&say.policy().product.instances, place.instance.as_ref().map(|it| it.as_str())),
    });
    let asking = if may_set { Some(organisations::inviting(&app.desk, &visit.actor, it.id).await?) } else { None };
    let frame = desk_frame(app, visit, &it.name, "").await?;
    let elsewhere = organisations::joined_elsewhere(&app.desk, &visit.actor, it.id).await?;
    Ok(OrganisationPage {
        elsewhere: super::merge::elsewhere(frame.audits, elsewhere),
        frame,
        number: id,
        name: it.name.clone(),
        confirmed: confirmed(it),
        acts,
        sees: sees_since(visit, now, it.sharing),
        domains: part(
            &found.domains,
            |it| (it.clone(), words::domain(it)),
            |last| {
                let (find, last) = (percent_encoded(&pages.find), percent_encoded(last));
                format!("/desk/organisations/{id}?find={find}&domains_after={last}#domains")
            },
        ),
        find: pages.find.clone(),
        invites_others: asking.as_ref().is_some_and(|it| it.others == Others::Allowed),
        invitations: asking.map(|it| invitations(app, visit, (format!("/desk/organisations/{id}"), &amiss), &it)),
        members: found.members.iter().map(|it| member_row(it, when(visit, it.since, now))).collect(),
        licences: part(
            &found.licences,
            |kept| super::licences::row(&say, kept, now),
            |last| format!("/desk/organisations/{id}?licences_after={last}#licences"),
        ),
        contacts: super::licences::contacts(app, visit, &say, it.id).await?,
        more: found.more.map(|last| format!("/desk/organisations/{id}?after={last}")),
        resale: crate::portal::resale::part(app, visit, id, (may_set, &amiss)).await?,
        ended: super::merge::rows(app, visit, &organisations::ended_here(&app.desk, &visit.actor, it.id).await?),
        amiss,
    })
}

/// Not known, and those that the policy names.
fn places(known: &[String], now: Option<&str>) -> Vec<Choice> {
    if known.is_empty() {
        return vec![];
    }
    let choice = |name: &String| {
        let choice = Choice::new(name.to_lowercase(), name.clone());
        if now == Some(choice.value.as_str()) { choice.chosen() } else { choice }
    };
    std::iter::once(Choice::new("", "Not known")).chain(known.iter().map(choice)).collect()
}

/// PLN-3: none, and the policy's.
fn regions(say: &Saying, now: Option<&RegionKey>) -> Vec<Choice> {
    let known = &say.policy().regions;
    if known.is_empty() {
        return vec![];
    }
    let none = std::iter::once((String::new(), "No region".to_owned()));
    let named = known.iter().map(|(key, region)| (key.to_string(), say.text(&region.name).to_owned()));
    let chosen = now.map_or("", RegionKey::as_str);
    let choice = |(key, name): (String, String)| {
        let is_now = key == chosen;
        let choice = Choice::new(key, name);
        if is_now { choice.chosen() } else { choice }
    };
    none.chain(named).map(choice).collect()
}

fn sharing(now: Setting) -> Vec<Choice> {
    let choices = [
        (Setting::Own, "own", "Everybody sees their own requests"),
        (Setting::Managers, "managers", "Managers see the requests of all members"),
        (Setting::Everyone, "everyone", "All members see each other’s requests"),
    ];
    let choice = |(setting, value, label): (Setting, &str, &str)| {
        let choice = Choice::new(value, label);
        if setting == now { choice.chosen() } else { choice }
    };
    choices.map(choice).into()
}

fn back(id: i64) -> Response {
    Redirect::to(&format!("/desk/organisations/{id}")).into_response()
}

pub(crate) async fn confirm(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    organisations::confirm(&app.desk, &visit.actor, OrganisationId(id)).await?;
    Ok(back(id))
}

pub(crate) async fn rename(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let name = fields.text("name");
    let done = organisations::rename(&app.desk, &visit.actor, OrganisationId(id), name).await;
    answered(&app, &visit, Sent::new(id, "name", name), done).await
}

pub(crate) async fn claim(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let domain = fields.text("domain");
    let done = organisations::claim(&app.desk, &visit.actor, OrganisationId(id), domain).await;
    answered(&app, &visit, Sent::new(id, "domain", domain).leading_to("#domains"), done).await
}

pub(crate) async fn release(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    organisations::release(&app.desk, &visit.actor, OrganisationId(id), fields.text("domain")).await?;
    Ok(back(id))
}

pub(crate) async fn set_sharing(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let earlier = if fields.text("earlier").is_empty() { Earlier::Kept } else { Earlier::Shown };
    let new = NewSharing { setting: fields.word("setting")?, earlier };
    let done = organisations::set_sharing(&app.desk, &visit.actor, OrganisationId(id), new).await;
    answered(&app, &visit, Sent::new(id, "setting", fields.text("setting")), done).await
}

pub(crate) async fn set_region(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let region = Some(fields.text("region")).filter(|region| !region.is_empty()).map(RegionKey::from);
    let done = organisations::set_region(&app.desk, &visit.actor, OrganisationId(id), region).await;
    answered(&app, &visit, Sent::new(id, "region-key", fields.text("region")).leading_to("#region"), done).await
}

/// BUG-4: where it runs the product.
pub(crate) async fn set_place(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (edition, instance) = (fields.text("edition"), fields.text("instance"));
    let done = desk::releases::set_place(&app.desk, &visit.actor, OrganisationId(id), (edition, instance)).await;
    answered(&app, &visit, Sent::new(id, "instance", instance).leading_to("#place"), done).await
}

pub(crate) async fn set_others(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    organisations::set_others(&app.desk, &visit.actor, OrganisationId(id), fields.word("others")?).await?;
    Ok(Redirect::to(&format!("/desk/organisations/{id}#invitations")).into_response())
}
