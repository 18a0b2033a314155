//! The audit on the desk: looked through, and taken out as CSV or JSON Lines.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use desk::audit::{self, Asked, Kept, Listed, NotFound, Page, Wanted};
use futures_util::StreamExt;
use jiff::{civil::Date, tz::TimeZone};
use rules::{
    audit::{Act, Area},
    ids::OrganisationId,
    instant::Instant,
};
use serde::Deserialize;
use words::{audit::Names, lang::Lang};

use crate::{
    app::App,
    door::{Problem, Query, Visit, percent_encoded, streamed},
    pages::{
        desk::audit::{AuditPage, Row},
        form::Choice,
        html::show as page,
        parts::Link,
    },
    shown::{desk_frame, when},
};

/// What is looked for, and after which entry; empty fields of the form come too.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Looked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    thing: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    /// The entry before, by instant and number.
    at: Option<i64>,
    before: Option<i64>,
}

impl Looked {
    fn asked(&self, visit: &Visit) -> Asked {
        let zone = visit.zone.clone().unwrap_or(TimeZone::UTC);
        let begins = |date: Date| date.to_zoned(zone.clone()).ok().map(|it| Instant::from(it.timestamp()));
        let date = |text: &str| text.parse::<Date>().ok();
        Asked {
            person: self.person.clone(),
            thing: self.thing.clone(),
            area: area(&self.area),
            from: date(&self.from).and_then(begins),
            until: date(&self.until).and_then(|date| date.tomorrow().ok()).and_then(begins),
        }
    }

    fn is_filtered(&self) -> bool {
        !self.query().is_empty()
    }

    /// What was looked for, behind a question mark.
    fn query(&self) -> String {
        let fields = [
            ("person", &self.person),
            ("thing", &self.thing),
            ("area", &self.area),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let said: Vec<String> = fields
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| format!("{name}={}", percent_encoded(value.trim())))
            .collect();
        if said.is_empty() { String::new() } else { format!("?{}", said.join("&")) }
    }
}

fn word(area: Area) -> String {
    serde_json::to_value(area).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn area(text: &str) -> Option<Area> {
    Area::ALL.into_iter().find(|area| word(*area) == text)
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let asked = looked.asked(&visit);
    let (missing, found) = match audit::wanted(&app.desk, &visit.actor, &asked).await? {
        Ok(wanted) => {
            let at = looked.at.and_then(|at| Instant::from_micros(at).ok());
            (None, audit::list(&app.desk, &visit.actor, &wanted, at.zip(looked.before)).await?)
        }
        Err(NotFound::Person) => {
            (Some(format!("Nobody has the address or the number “{}”.", looked.person.trim())), Page::default())
        }
        Err(NotFound::Thing) => (
            Some(format!(
                "There is no request with that number, and no team and no organisation called “{}”.",
                looked.thing.trim()
            )),
            Page::default(),
        ),
    };
    let query = looked.query();
    let more = found.more.map(|(at, number)| {
        let joined = if query.is_empty() { "?".to_owned() } else { format!("{query}&") };
        format!("/desk/audit{joined}at={}&before={number}", at.micros())
    });
    let everything = Choice::new("", "Everything");
    let areas = Area::ALL.into_iter().map(|it| {
        let choice = Choice::new(word(it), words::audit::area(Lang::En, it));
        if asked.area == Some(it) { choice.chosen() } else { choice }
    });
    let shown = AuditPage {
        frame: desk_frame(&app, &visit, "Audit", "").await?,
        areas: std::iter::once(everything).chain(areas).collect(),
        is_filtered: looked.is_filtered(),
        rows: rows(&visit, &found, app.desk.now()),
        head: audit::head(&app.desk, &visit.actor).await?.to_string(),
        person: looked.person,
        thing: looked.thing,
        from: looked.from,
        until: looked.until,
        missing,
        more,
        query,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn rows(visit: &Visit, found: &Page, now: Instant) -> Vec<Row> {
    let names = Names {
        lang: Lang::En,
        people: &found.people,
        organisations: &found.organisations,
        domains: &found.domains,
        teams: &found.teams,
    };
    found
        .entries
        .iter()
        .map(|entry| Row {
            number: entry.number,
            when: when(visit, entry.at, now),
            who: names.by(entry.by),
            whose: entry.by.person.map(|person| person.0),
            what: names.act(entry.by, &entry.act),
            links: links(entry),
        })
        .collect()
}

/// To what an entry concerns.
fn links(entry: &Listed) -> Vec<Link> {
    let request = match &entry.act {
        Act::SecrecySet { ticket, .. }
        | Act::ParticipantAdded { ticket, .. }
        | Act::ParticipantRemoved { ticket, .. }
        | Act::Redacted { ticket, .. }
        | Act::OriginalRead { ticket, .. }
        | Act::Recomputed { ticket, .. } => Some(Link::new("Request", format!("/desk/requests/{ticket}"))),
        Act::MailSentAgain { ticket: Some(ticket), .. } => {
            Some(Link::new("Request", format!("/desk/requests/{ticket}")))
        }
        Act::PolicyApplied { .. } => Some(Link::new("Policy", "/desk/policy")),
        Act::TeamEnded { .. } => None,
        Act::ReleasePublished { version, .. }
        | Act::ReleaseAmended { version, .. }
        | Act::ReleaseWithdrawn { version, .. }
        | Act::RolledOut { version, .. } => Some(Link::new("Release", format!("/releases/{version}"))),
        act if act.team().is_some() => Some(Link::new("Teams", "/desk/teams")),
        _ => None,
    };
    let organisation = |id: OrganisationId| Link::new("Organisation", format!("/desk/organisations/{id}"));
    let person = entry.act.people().find(|person| Some(*person) != entry.by.person);
    let person = person.map(|id| Link::new("Person", format!("/desk/people/{id}")));
    request.into_iter().chain(entry.act.organisations().map(organisation)).chain(person).collect()
}

pub(crate) async fn csv(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let wanted = exported(&app, &visit, &looked).await?;
    let head = futures_util::stream::iter([Ok(audit::csv_head())]);
    let lines = audit::export(&app.desk, &visit.actor, wanted)?.map(|kept| kept.map(|kept| audit::csv_line(&kept)));
    download(head.chain(lines), "text/csv; charset=utf-8", "audit.csv")
}

pub(crate) async fn json_lines(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let wanted = exported(&app, &visit, &looked).await?;
    let lines = audit::export(&app.desk, &visit.actor, wanted)?;
    download(lines.map(|kept| kept.map(|kept: Kept| audit::json_line(&kept))), "application/jsonl", "audit.jsonl")
}

/// What is taken out; of whom or what does not exist, nothing is.
async fn exported(app: &App, visit: &Visit, looked: &Looked) -> Result<Wanted, Problem> {
    audit::wanted(&app.desk, &visit.actor, &looked.asked(visit)).await?.map_err(|_| Problem::not_found())
}

fn download<S>(lines: S, kind: &'static str, name: &'static str) -> Result<Response, Problem>
where
    S: futures_util::Stream<Item = desk::Result<String>> + Send + 'static,
{
    let mut response = streamed(lines);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let disposition = format!("attachment; filename=\"{name}\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::broken)?);
    Ok(response)
}
