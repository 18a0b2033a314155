//! Reports at the desk: figures of a span, the requests behind each, and both as tables for a spreadsheet.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::reports::{self, AfterFact, Asked, By, Report};
use jiff::civil::Date;
use rules::{
    ids::TicketId,
    instant::Instant,
    reports::{Days, Figure, Period},
};
use serde::Deserialize;
use words::lang::Lang;

use super::report_tables as tables;
use crate::{
    app::App,
    door::{Fields, Problem, Query, Visit},
    pages::{
        desk::report::{BehindPage, BehindRow, Choice, Late, ReportPage},
        html::{Safe, show as page},
        parts::{Pages, Strip},
    },
    shown::{Saying, ago, desk_frame, when},
};

/// Late ones that stand on the report itself.
const LATE: usize = 10;

/// Which days, and what of them.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Looked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    through: String,
    #[serde(default)]
    figure: String,
    /// A breakdown, and one of its groups.
    #[serde(default)]
    by: String,
    key: Option<String>,
    #[serde(default)]
    after: String,
}

impl Looked {
    /// The days that were asked for; without any, or where they are none, this month, and why.
    fn days(&self, today: Date) -> (Days, Option<String>) {
        let this_month = || Period::ThisMonth.days(today);
        if self.from.is_empty() && self.through.is_empty() {
            return (this_month(), None);
        }
        match Days::read(&self.from, &self.through) {
            Ok(days) => (days, None),
            Err(why) => (this_month(), Some(words::report::no_span(Lang::En, why))),
        }
    }
}

/// The address of a report.
pub(super) fn address(days: Days) -> String {
    format!("/desk/report?from={}&through={}", days.from, days.through)
}

/// Days as a person says them.
pub(super) fn said(days: Days) -> String {
    let long = |date: Date| words::time::plain_date(Lang::En, date);
    if days.from == days.through { long(days.from) } else { format!("{} to {}", long(days.from), long(days.through)) }
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let today = reports::today(&app.desk).await?;
    let (days, fault) = looked.days(today);
    let report = reports::show(&app.desk, &visit.actor, days).await?;
    let asked = Asked { figure: Figure::Late, days, group: None };
    let late = reports::behind(&app.desk, &visit.actor, &asked, None).await?;
    let say = Saying::of(&app).await?;
    let periods = Period::ALL.into_iter().map(|period| {
        let of = period.days(today);
        Choice { name: tables::period(period).to_owned(), href: address(of), is_here: of == days }
    });
    let shown = ReportPage {
        frame: desk_frame(&app, &visit, "Report", "").await?,
        said: said(days),
        zone: say.compiled.hours().zone().iana_name().unwrap_or("the desk").to_owned(),
        counted: when(&visit, report.counted_at, app.desk.now()),
        periods: periods.collect(),
        from: days.from.to_string(),
        through: days.through.to_string(),
        fault,
        tiles: tables::tiles(&report),
        chart: chart(&report),
        over_time: tables::over_time(&report),
        late: Late {
            rows: rows(&app, &visit, &say, late.rows.iter().take(LATE)),
            all: (late.more.is_some() || late.rows.len() > LATE).then(|| tables::behind(days, Figure::Late, None)),
        },
        tables: report.by.iter().map(|(by, lines)| tables::table(&say, &report, *by, lines)).collect(),
        is_chosen: reports::is_chosen(&app.desk, &visit.actor).await?,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn chart(report: &Report) -> Strip {
    let bars: Vec<_> = report
        .over_time
        .iter()
        .map(|(bucket, figures)| words::chart::Bar {
            label: words::time::short_date(Lang::En, bucket.from),
            filed: figures.filed,
            answered: figures.answered(),
            late: figures.late,
        })
        .collect();
    let draw = |width, id| Safe::new(words::chart::svg(Lang::En, words::chart::Chart { bars: &bars, width, id }));
    Strip { broad: draw(960, "chart-broad"), slim: Some(draw(340, "chart-slim")) }
}

fn rows<'a>(
    app: &App,
    visit: &Visit,
    say: &Saying,
    found: impl Iterator<Item = &'a reports::Behind>,
) -> Vec<BehindRow> {
    let now = app.desk.now();
    found
        .map(|it| {
            let ticket = &it.row.ticket;
            let took = it.fact.and_then(|fact| fact.worked).map(|worked| format!("{} of working time.", ago(worked)));
            let late = it.why_late.map(|why| words::report::why_late(say.lang, &why));
            BehindRow {
                number: ticket.id.0,
                subject: ticket.subject.clone(),
                whose: it.row.organisation.clone().unwrap_or_else(|| it.row.requester.clone()),
                kind: say.type_name(&ticket.request_type),
                priority: say.priority_name(&ticket.priority),
                assignee: it.row.assignee.clone().unwrap_or_else(|| "Nobody".to_owned()),
                when: it.fact.map(|fact| when(visit, fact.at, now)),
                note: late.or(took).unwrap_or_default(),
            }
        })
        .collect()
}

pub(crate) async fn behind(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let (days, _) = looked.days(reports::today(&app.desk).await?);
    let figure = if looked.figure.is_empty() { Some(Figure::Filed) } else { Figure::named(&looked.figure) };
    let figure = figure.ok_or_else(Problem::not_found)?;
    let group = match looked.key.as_deref() {
        Some(key) => Some(By::named(&looked.by).and_then(|by| by.group(key)).ok_or_else(Problem::not_found)?),
        None => None,
    };
    let asked = Asked { figure, days, group };
    let after = parse_after(&looked.after);
    let found = reports::behind(&app.desk, &visit.actor, &asked, after).await?;
    let counted = reports::show(&app.desk, &visit.actor, days).await?.count(figure, asked.group.as_ref());
    let say = Saying::of(&app).await?;
    let name = tables::figure(figure).to_owned();
    let of_group = match &asked.group {
        Some(group) => Some(tables::group_name(&app, &visit, &say, group).await?),
        None => None,
    };
    let when_said = if figure.facts().is_some() { said(days) } else { "now".to_owned() };
    let here = tables::behind(days, figure, asked.group.as_ref());
    let shown = BehindPage {
        frame: desk_frame(&app, &visit, &name, "").await?,
        name,
        counted,
        about: of_group.into_iter().chain([when_said]).collect::<Vec<_>>().join(", "),
        back: address(days),
        rows: rows(&app, &visit, &say, found.rows.iter()),
        pages: Pages {
            newer: after.map(|_| here.clone()),
            older: found.more.map(|(at, ticket, place)| format!("{here}&after={}.{ticket}.{place}", at.micros())),
        },
    };
    Ok(page(StatusCode::OK, &shown))
}

fn parse_after(text: &str) -> Option<AfterFact> {
    let mut parts = text.split('.').map(str::parse::<i64>);
    let mut next = || parts.next()?.ok();
    Some((Instant::from_micros(next()?).ok()?, TicketId(next()?), next()?))
}

/// One table of the report; over time where no breakdown is named.
pub(crate) async fn csv(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let (days, _) = looked.days(reports::today(&app.desk).await?);
    let report = reports::show(&app.desk, &visit.actor, days).await?;
    let say = Saying::of(&app).await?;
    let (of, lines) = tables::file(&say, &report, By::named(&looked.by));
    let mut response = reports::csv(&tables::file_head(of), &lines).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = format!("attachment; filename=\"report-{of}-{}-{}.csv\"", days.from, days.through);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Problem::broken)?);
    Ok(response)
}

pub(crate) async fn choose(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    reports::choose(&app.desk, &visit.actor, fields.text("wanted") == "1").await?;
    Ok(Redirect::to("/desk/report#mailed").into_response())
}
