//! One organisation ends in another, and is given back (VIS-4).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    organisations::{self, Changed, Elsewhere, Ended, Listed, MergePreview, Parts, Resales},
};
use rules::ids::{OrganisationId, PersonId};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        desk::merge::{ElsewhereRow, EndedRow, MergePage, MergePart},
        html::show as page,
        parts::Link,
    },
    shown::{Saying, desk_frame, role_word, sees, when},
};

/// Members that a preview names.
const NAMED: usize = 50;

/// Into which, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    into: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let shown =
        organisations::show(&app.desk, &visit.actor, OrganisationId(id), &Default::default()).await?.organisation;
    let typed = wanted.into.unwrap_or_default().trim().to_owned();
    let mut made = MergePage {
        frame: desk_frame(&app, &visit, &format!("Merge {}", shown.name), "").await?,
        number: id,
        name: shown.name,
        typed: typed.clone(),
        found: vec![],
        fault: None,
        preview: None,
    };
    match typed.parse() {
        Ok(into) => {
            let (from, into) = (OrganisationId(id), OrganisationId(into));
            match organisations::preview_merge(&app.desk, &visit.actor, from, into).await {
                Ok(preview) => made.preview = Some(part(preview)),
                // There is none of this number: the page says that nothing was found.
                Err(Error::NotFound) => {}
                Err(Error::Refused(why)) => made.fault = Some(Saying::of(&app).await?.refusal(&why)),
                Err(error) => return Err(error.into()),
            }
        }
        Err(_) if !typed.is_empty() => {
            let found = organisations::list(&app.desk, &visit.actor, Listed::Named(&typed), None).await?;
            let others = found.organisations.into_iter().filter(|it| it.id.0 != id && it.merged_into.is_none());
            let link = |it: organisations::Organisation| {
                Link::new(it.name, format!("/desk/organisations/{id}/merge?into={}", it.id))
            };
            made.found = others.map(link).collect();
        }
        Err(_) => {}
    }
    let status = if made.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, &made))
}

fn part(it: MergePreview) -> MergePart {
    let (from, into) = (it.from.name, it.into.name);
    let mut stays = vec![match it.requests {
        0 => format!("{from} has no requests yet."),
        count => format!(
            "{} with {from}, for which {} filed: nobody sees more of {} than before.",
            if count == 1 { "One request stays".to_owned() } else { format!("{count} requests stay") },
            if count == 1 { "it was" } else { "they were" },
            if count == 1 { "it" } else { "them" },
        ),
    }];
    stays.push(format!("Who comes along sees of {into} what is filed from then on, as far as it is shared."));
    stays.extend(
        it.in_both.iter().map(|name| format!("{name} belongs to both, and stays in {into} with the role held there.")),
    );
    stays.extend(rests(&from, &it.resales));
    let before = [(it.narrows.0, &from, it.from.sharing), (it.narrows.1, &into, it.into.sharing)];
    let mut warns: Vec<String> = before
        .into_iter()
        .filter(|(narrows, ..)| *narrows)
        .map(|(_, name, sharing)| {
            format!("People of {name} see less than now ({}). They are told by mail.", sees(sharing.setting()))
        })
        .collect();
    if it.narrows.1 && it.from.confirmed_at.is_none() {
        warns.push(format!(
            "Nobody has confirmed {from} yet, so it counts as sharing nothing. To keep what {into} shares, confirm it and set \
             what its people see first."
        ));
    }
    let members: Vec<(String, String)> = it
        .parts
        .members
        .iter()
        .take(NAMED)
        .map(|(_, name, role)| (name.clone(), role_word(*role).to_owned()))
        .collect();
    MergePart {
        into: it.into.id.0,
        into_name: into,
        moves: counted(&it.parts),
        more_members: it.parts.members.len() - members.len(),
        members,
        stays,
        sees: sees(it.setting).to_owned(),
        warns,
    }
}

/// ENT-4: nobody files by a grant of what ended in another.
fn rests(from: &str, resales: &Resales) -> Vec<String> {
    let until = "rests until it is split off again";
    let by = resales.by.iter().filter(|it| it.taken);
    let by = by.map(|it| format!("{} files requests for {from}: that {until}.", it.with));
    let of = resales.of.iter().filter(|it| it.taken);
    let of = of.map(|it| format!("{from} files requests for {}: that {until}.", it.with));
    by.chain(of).collect()
}

fn many(count: i64, one: &str, more: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    }
}

fn counted(parts: &Parts) -> Vec<String> {
    let count = |all: usize| i64::try_from(all).unwrap_or(i64::MAX);
    let domains = many(count(parts.domains.len()), "domain", "domains");
    [
        many(count(parts.members.len()), "member", "members"),
        domains.map(|counted| {
            let named: Vec<String> = parts.domains.iter().map(|it| words::domain(it)).collect();
            format!("{counted}: {}", named.join(", "))
        }),
        many(parts.licences, "licence", "licences"),
        many(parts.invitations, "invitation", "invitations"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Those that ended here, as the organisation's page shows them.
pub(super) fn rows(app: &App, visit: &Visit, ended: &[Ended]) -> Vec<EndedRow> {
    let now = app.desk.now();
    let row = |it: &Ended| EndedRow {
        number: it.organisation.id.0,
        name: it.organisation.name.clone(),
        at: when(visit, it.at, now),
        by: it.by.clone(),
        back: {
            let mut back = counted(&it.back);
            back.push(format!("what its people see of each other’s requests: {}", sees(it.sharing.0)));
            back
        },
        stays: changed(it),
    };
    ended.iter().map(row).collect()
}

fn changed(ended: &Ended) -> Vec<String> {
    let it: Changed = ended.changed;
    let words = [
        (ended.joined, "person joined by its domains since, and stays", "people joined by its domains since, and stay"),
        (it.members, "member who came with it has left since", "members who came with it have left since"),
        (it.domains, "domain was taken away since", "domains were taken away since"),
        (it.licences, "licence went elsewhere since", "licences went elsewhere since"),
        (it.invitations, "invitation was answered or withdrawn since", "invitations were answered or withdrawn since"),
    ];
    words.into_iter().filter_map(|(count, one, more)| many(count, one, more)).collect()
}

/// Who joined another by domains of this one, as its page shows them.
pub(super) fn elsewhere(audits: bool, found: Vec<Elsewhere>) -> Vec<ElsewhereRow> {
    let person = |(id, name): (PersonId, String)| {
        Link::new(name, if audits { format!("/desk/people/{id}") } else { String::new() })
    };
    let row = |it: Elsewhere| ElsewhereRow {
        organisation: Link::new(it.name, format!("/desk/organisations/{}", it.into)),
        count: it.people.len(),
        more: it.people.len().saturating_sub(NAMED),
        people: it.people.into_iter().take(NAMED).map(person).collect(),
    };
    found.into_iter().map(row).collect()
}

pub(crate) async fn merge(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let into = fields.number("into").ok_or_else(Problem::not_found)?;
    organisations::merge(&app.desk, &visit.actor, OrganisationId(id), OrganisationId(into)).await?;
    Ok(Redirect::to(&format!("/desk/organisations/{into}#ended")).into_response())
}

pub(crate) async fn split(
    State(app): State<App>,
    visit: Visit,
    Path((id, other)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    organisations::split(&app.desk, &visit.actor, OrganisationId(id), OrganisationId(other)).await?;
    Ok(Redirect::to(&format!("/desk/organisations/{other}")).into_response())
}
