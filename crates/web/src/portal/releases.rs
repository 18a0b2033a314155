//! The releases of the product, for everybody: all of them, the notes of one, and what was fixed between two (BUG-1, 7, 8).

use std::collections::HashSet;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{bugs, releases};
use rules::{
    ids::BugId,
    releases::{Catalogue, Change, Edition, Installed, Reference, Release, Requirement, Version, anchors},
};
use serde::Deserialize;
use words::{lang::Lang, markdown, time::plain_date};

use crate::{
    app::App,
    door::{Path, Problem, Query, Visit},
    pages::{
        frame::{Here, Place},
        html::{Safe, show as page},
        parts::{Link, Signal, Tag},
        releases::{
            Between, BetweenPage, Entry, Fixed, Fixes, Listed, Needs, ReleasePage, ReleasesPage, Runs, Section,
            Withdrawn,
        },
    },
    shown::portal_frame,
};

const LANG: Lang = Lang::En;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    edition: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let edition = edition_of(&catalogue, &which.edition)?;
    let today = releases::today(&app.desk).await?;
    let shown = ReleasesPage {
        frame: portal_frame(&app, &visit, "Releases", Place::Releases).await?,
        editions: tabs(&catalogue, edition.as_ref()),
        releases: catalogue
            .releases()
            .iter()
            .filter(|release| release.is_for(edition.as_ref()))
            .map(|release| listed(&catalogue, release, (edition.as_ref(), today)))
            .collect(),
        instances: instances(&catalogue),
        between: between(&catalogue, String::new(), None),
        feed: address("/releases.atom", edition.as_ref()),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// One that there is; a name that is none is no page.
pub(super) fn edition_of(catalogue: &Catalogue, written: &str) -> Result<Option<Edition>, Problem> {
    if written.is_empty() {
        return Ok(None);
    }
    let edition = Edition::read(written).ok().filter(|edition| catalogue.product.editions.contains(edition));
    edition.map(Some).ok_or_else(Problem::not_found)
}

pub(super) fn address(path: &str, edition: Option<&Edition>) -> String {
    edition
        .map_or_else(|| path.to_owned(), |it| format!("{path}?edition={}", crate::door::percent_encoded(it.as_str())))
}

fn tabs(catalogue: &Catalogue, chosen: Option<&Edition>) -> Vec<(Link, Here)> {
    let editions = &catalogue.product.editions;
    if editions.is_empty() {
        return vec![];
    }
    let tab = |edition: Option<&Edition>| {
        let label = edition.map_or_else(|| "All editions".to_owned(), |it| capital(it.as_str()));
        let here = if edition == chosen { Here::Here } else { Here::Elsewhere };
        (Link::new(label, address("/releases", edition)), here)
    };
    std::iter::once(None).chain(editions.iter().map(Some)).map(tab).collect()
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn listed(catalogue: &Catalogue, release: &Release, (edition, today): (Option<&Edition>, jiff::civil::Date)) -> Listed {
    Listed {
        version: release.version.to_string(),
        href: href(&release.version),
        day: plain_date(LANG, release.released_on),
        what: what(&release.version).to_owned(),
        tags: tags(catalogue, release, (edition, today)),
        summary: Some(&release.summary).filter(|text| !text.is_empty()).map(|text| Safe::new(markdown::text(text))),
        counts: counts(release),
        editions: editions_said(release),
    }
}

fn what(version: &Version) -> &'static str {
    match () {
        () if version.is_hotfix() => "hotfix",
        () if version.is_early() => "preview",
        () => "",
    }
}

/// How it stands: the latest, withdrawn, supported or not.
pub(crate) fn tags(
    catalogue: &Catalogue,
    release: &Release,
    (edition, today): (Option<&Edition>, jiff::civil::Date),
) -> Vec<Tag> {
    if let Some(withdrawal) = &release.withdrawn {
        let instead = withdrawal.instead.as_ref().map_or_else(String::new, |version| format!(", use {version}"));
        return vec![Tag::new(Signal::Late, format!("withdrawn{instead}"))];
    }
    let latest = catalogue.latest(edition).filter(|latest| latest.version == release.version);
    let latest = latest.map(|_| Tag::new(Signal::Done, "the latest"));
    let support = release.supported_until.map(|until| match release.is_supported(today) {
        true => Tag::new(Signal::Plain, format!("supported until {}", plain_date(LANG, until))),
        false => Tag::new(Signal::Soon, format!("not supported since {}", plain_date(LANG, until))),
    });
    latest.into_iter().chain(support).collect()
}

/// "3 fixed, 2 added".
pub(crate) fn counts(release: &Release) -> String {
    let count = |change: Change| release.notes.iter().filter(|note| note.change == change).count();
    let order = [Change::Security, Change::Fixed, Change::Added, Change::Changed, Change::Deprecated, Change::Removed];
    let word = |change: Change| match change {
        Change::Security => "of security".to_owned(),
        other => other.as_str().to_lowercase(),
    };
    let all: Vec<String> =
        order.into_iter().filter(|it| count(*it) > 0).map(|it| format!("{} {}", count(it), word(it))).collect();
    if all.is_empty() { "without a list of changes".to_owned() } else { all.join(", ") }
}

/// "for Team and Enterprise".
fn editions_said(release: &Release) -> String {
    if release.editions.is_empty() {
        return String::new();
    }
    let named = release.editions.iter().map(|edition| capital(edition.as_str())).collect();
    format!("for {}", words::time::list(LANG, named))
}

fn instances(catalogue: &Catalogue) -> Vec<Runs> {
    let one = |instance: &rules::releases::Instance| {
        let last = catalogue.rollouts().iter().rev().find(|rollout| rollout.instance == *instance);
        Runs {
            instance: instance.to_string(),
            version: last.map(|it| Link::new(it.version.to_string(), href(&it.version))),
            since: last.map_or_else(String::new, |it| {
                format!("since {}", plain_date(LANG, it.at.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()))
            }),
        }
    };
    catalogue.product.instances.iter().map(one).collect()
}

/// Asks what was fixed up to a release, or up to the latest.
fn between(catalogue: &Catalogue, from: String, to: Option<&Version>) -> Between {
    let latest = || catalogue.latest(None).map(|release| &release.version);
    Between {
        from,
        to: to.or_else(latest).map(ToString::to_string).unwrap_or_default(),
        versions: catalogue.releases().iter().map(|release| release.version.to_string()).collect(),
        from_fault: None,
        to_fault: None,
    }
}

pub(crate) fn href(version: &Version) -> String {
    format!("/releases/{version}")
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let named = Version::read(&written).and_then(|version| catalogue.release(&version));
    let release = named.ok_or_else(Problem::not_found)?;
    let version = release.version.to_string();
    if written != version {
        return Ok(Redirect::permanent(&href(&release.version)).into_response());
    }
    let today = releases::today(&app.desk).await?;
    let (beside_said, beside) = beside(&catalogue, &release.version);
    let at = catalogue.releases().iter().position(|it| it.version == release.version).unwrap_or_default();
    let neighbour = |at: Option<usize>| at.and_then(|at| catalogue.releases().get(at)).map(link);
    let on = catalogue.product.instances.iter().filter(|it| catalogue.runs(it) == Some(&release.version));
    let kind = if release.version.is_hotfix() {
        "Hotfix"
    } else if release.version.is_early() {
        "Preview"
    } else {
        "Release"
    };
    let public = bugs::public_of(&app.desk, &named_bugs(release)).await?;
    let shown = ReleasePage {
        frame: portal_frame(&app, &visit, &version, Place::Releases).await?,
        about: format!("{kind} of {}", plain_date(LANG, release.released_on)),
        tags: tags(&catalogue, release, (None, today)),
        editions: editions_said(release),
        withdrawn: release.withdrawn.as_ref().map(|it| Withdrawn {
            on: plain_date(LANG, it.on),
            why: Safe::new(markdown::text(&it.why)),
            instead: it
                .instead
                .as_ref()
                .or_else(|| Some(&catalogue.latest(None)?.version))
                .map(|version| Link::new(version.to_string(), href(version))),
        }),
        summary: Some(&release.summary).filter(|text| !text.is_empty()).map(|text| Safe::new(markdown::text(text))),
        sections: sections(release, &public),
        runs_on: release.runs_on.iter().map(needs).collect(),
        beside,
        beside_said,
        on: on.map(|instance| instance.as_str()).collect::<Vec<_>>().join(", "),
        newer: neighbour(at.checked_sub(1)),
        older: neighbour(at.checked_add(1)),
        elsewhere: release.link.clone(),
        between: between(&catalogue, String::new(), Some(&release.version)),
        version,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// The bugs of the desk that its notes name.
fn named_bugs(release: &Release) -> Vec<BugId> {
    let bug = |reference| match reference {
        Reference::Bug(bug) => Some(bug),
        Reference::Number(_) | Reference::Issue { .. } => None,
    };
    release.notes.iter().flat_map(rules::releases::Note::references).filter_map(bug).collect()
}

fn link(release: &Release) -> Link {
    Link::new(release.version.to_string(), href(&release.version))
}

/// The hotfixes of a release; of a hotfix, the release that it corrects and its other hotfixes.
fn beside(catalogue: &Catalogue, version: &Version) -> (String, Vec<Link>) {
    let base = version.base();
    let others = catalogue.releases().iter().filter(|it| it.version != *version && !it.version.is_early());
    let others = others.filter(|it| it.version.base() == base).map(link).collect();
    let said = if version.is_hotfix() { "Other releases of this number" } else { "Hotfixes of it" };
    (said.to_owned(), others)
}

/// The notes by kinds of changes, in the order in which each kind comes first.
/// A bug of the desk is a link where it is one of `public`.
pub(crate) fn sections(release: &Release, public: &HashSet<BugId>) -> Vec<Section> {
    let anchors = anchors(&release.version, &release.notes);
    let mut sections: Vec<Section> = Vec::new();
    for (note, anchor) in release.notes.iter().zip(anchors) {
        let heading = note.change.as_str();
        let text = words::bugs::linked(&markdown::text(&note.text), |bug| public.contains(&bug));
        let entry = Entry { anchor, text: Safe::new(text) };
        match sections.iter_mut().find(|section| section.heading == heading) {
            Some(section) => section.entries.push(entry),
            None => sections.push(Section {
                heading: heading.to_owned(),
                id: format!("changes-{}", heading.to_lowercase()),
                entries: vec![entry],
            }),
        }
    }
    sections
}

fn needs(requirement: &Requirement) -> Needs {
    let said = |range: &Option<rules::releases::Range>, otherwise: &str| {
        range.as_ref().map_or_else(|| otherwise.to_owned(), ToString::to_string)
    };
    Needs {
        what: requirement.what.clone(),
        required: said(&requirement.required, "any version"),
        recommended: said(&requirement.recommended, ""),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Ends {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

pub(crate) async fn fixed_between(
    State(app): State<App>,
    visit: Visit,
    Query(ends): Query<Ends>,
) -> Result<Response, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let mut asked = between(&catalogue, ends.from.clone(), None);
    let from = (!ends.from.trim().is_empty()).then(|| read(&catalogue, &ends.from));
    let to = (!ends.to.trim().is_empty()).then(|| read(&catalogue, &ends.to));
    if !ends.to.trim().is_empty() {
        asked.to.clone_from(&ends.to);
    }
    asked.from_fault = from.as_ref().and_then(|it| it.as_ref().err().cloned());
    asked.to_fault = to.as_ref().and_then(|it| it.as_ref().err().cloned());
    let is_wrong = asked.from_fault.is_some() || asked.to_fault.is_some();
    let latest = || catalogue.latest(None).map(|release| release.version.clone());
    let ends = match (from, to) {
        (Some(Ok(from)), Some(Ok(to))) => Some((from, to)),
        (Some(Ok(from)), None) => latest().map(|to| (from, to)),
        _ => None,
    };
    // Asked the other way round it means the same.
    let ends = ends.map(|(from, to)| if from <= to { (from, to) } else { (to, from) });
    let (count, releases) = ends.map_or((None, vec![]), |ends| fixes(&catalogue, &ends));
    let shown = BetweenPage {
        frame: portal_frame(&app, &visit, "What was fixed", Place::Releases).await?,
        between: asked,
        count,
        releases,
    };
    Ok(page(if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &shown))
}

fn read(catalogue: &Catalogue, written: &str) -> Result<Version, String> {
    match Installed::read(written, &catalogue.product.name) {
        Some(Installed::Known(version)) => Ok(version),
        _ => Version::parse(written).map_err(|refused| words::releases::no_version(LANG, &refused)),
    }
}

fn fixes(catalogue: &Catalogue, (from, to): &(Version, Version)) -> (Option<String>, Vec<Fixes>) {
    let all = catalogue.fixed_between(from, to, None);
    let count = words::releases::fixed_count(LANG, from, all.len());
    let mut releases: Vec<Fixes> = Vec::new();
    for fixed in all {
        let release = link(fixed.release);
        let entry = Fixed { href: entry_href(&fixed), text: Safe::new(markdown::text(&fixed.note.text)) };
        match releases.last_mut().filter(|last| last.release == release) {
            Some(last) => last.entries.push(entry),
            None => {
                releases.push(Fixes { release, day: plain_date(LANG, fixed.release.released_on), entries: vec![entry] })
            }
        }
    }
    (Some(count), releases)
}

/// Where an entry stands: its anchor on the page of its release.
pub(crate) fn entry_href(fixed: &rules::releases::Fixed<'_>) -> String {
    let at = fixed.release.notes.iter().position(|note| std::ptr::eq(note, fixed.note));
    let anchor = at.and_then(|at| anchors(&fixed.release.version, &fixed.release.notes).into_iter().nth(at));
    format!("{}#{}", href(&fixed.release.version), anchor.unwrap_or_default())
}
