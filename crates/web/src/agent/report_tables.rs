//! The tables of a report: which figure stands where, how it is called, and what it opens.

use desk::reports::{By, Group, Line, Report};
use jiff::SignedDuration;
use rules::reports::{Days, Figure, Figures, Percent, Period};

use super::report::said;
use crate::{
    app::App,
    door::{Problem, Visit, percent_encoded},
    pages::desk::report::{Cell, Table, TableRow, Tile},
    shown::{Saying, ago},
};

/// Groups that stand on the page; the file has all.
const SHOWN: usize = 25;

pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::ThisMonth => "This month",
        Period::LastMonth => "Last month",
        Period::ThisQuarter => "This quarter",
        Period::LastQuarter => "Last quarter",
    }
}

pub(super) fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::Filed => "Filed",
        Figure::Answered => "First responses",
        Figure::InTime => "Answered in time",
        Figure::TooLate => "Answered too late",
        Figure::BestEffort => "Answered, with nothing promised",
        Figure::Late => "Became late",
        Figure::Solved => "Solved",
        Figure::Reopened => "Reopened",
        Figure::Rated => "Said how it went",
        Figure::Good => "Content",
        Figure::Bad => "Not content",
        Figure::Ours => "Our turn now",
        Figure::Theirs => "Their turn now",
    }
}

fn by_name(by: By) -> (&'static str, &'static str) {
    match by {
        By::Type => ("By type", "Type"),
        By::Priority => ("By priority", "Priority"),
        By::Assignee => ("By person", "Person"),
        By::Team => ("By team", "Team"),
        By::Organisation => ("By organisation", "Organisation"),
    }
}

/// The address of what is behind a figure.
pub(super) fn behind(days: Days, figure: Figure, group: Option<&Group>) -> String {
    let number = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
    let group = group.map_or_else(String::new, |group| {
        let (by, key) = match group {
            Group::Type(key) => (By::Type, key.0.clone()),
            Group::Priority(key) => (By::Priority, key.0.clone()),
            Group::Assignee(id) => (By::Assignee, number(id.map(|id| id.0))),
            Group::Team(id) => (By::Team, number(id.map(|id| id.0))),
            Group::Organisation(id) => (By::Organisation, number(id.map(|id| id.0))),
        };
        format!("&by={}&key={}", by.as_str(), percent_encoded(&key))
    });
    let figure = figure.as_str();
    format!("/desk/report/requests?from={}&through={}&figure={figure}{group}", days.from, days.through)
}

fn took(length: Option<SignedDuration>) -> String {
    length.map_or_else(|| "–".to_owned(), ago)
}

fn part(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))
}

fn content(of: &Figures) -> String {
    match of.rated() {
        0 => "nobody said how it went".to_owned(),
        rated => format!("{} of {rated} who said how it went", of.good),
    }
}

pub(super) fn tiles(report: &Report) -> Vec<Tile> {
    let (of, days) = (&report.whole, report.days);
    let counted = |it: Figure, value: String, about: String| Tile {
        name: figure(it).to_owned(),
        value,
        about,
        href: (of.count(it) > 0).then(|| behind(days, it, None)),
    };
    let plain = |it: Figure, about: &str| counted(it, of.count(it).to_string(), about.to_owned());
    let named = |name: &str, tile: Tile| Tile { name: name.to_owned(), ..tile };
    let wall = |length| format!("of working time; {} by the clock on the wall", took(length));
    let mut answered = format!("{} in time, {} too late", of.in_time, of.too_late);
    if of.best_effort > 0 {
        answered += &format!(", {} with nothing promised", of.best_effort);
    }
    vec![
        plain(Figure::Filed, "on these days"),
        plain(Figure::Solved, "or closed, on these days"),
        counted(Figure::Answered, of.answered().to_string(), answered),
        named("In time", counted(Figure::InTime, part(of.in_time_percent()), "of those that were promised".to_owned())),
        named("Half within", counted(Figure::Answered, took(of.worked.median), wall(of.passed.median))),
        named("Nine of ten within", counted(Figure::Answered, took(of.worked.ninetieth), wall(of.passed.ninetieth))),
        plain(Figure::Late, "first responses, on these days"),
        plain(Figure::Reopened, "after they were solved"),
        named("Content", counted(Figure::Rated, part(of.good_percent()), content(of))),
        plain(Figure::Ours, "whatever the days"),
        plain(Figure::Theirs, "whatever the days"),
    ]
}

const HEAD: [&str; 8] =
    ["Filed", "Solved", "First responses", "In time", "Half within", "9 of 10 within", "Late", "Reopened"];
const HEAD_OF_GROUPS: [&str; 3] = ["Content", "Ours now", "Theirs now"];

fn cells(figures: &Figures, days: Days, group: Option<&Group>) -> Vec<Cell> {
    let opens =
        |it: Figure, value: String| Cell { value, href: (figures.count(it) > 0).then(|| behind(days, it, group)) };
    let count = |it: Figure| opens(it, figures.count(it).to_string());
    vec![
        count(Figure::Filed),
        count(Figure::Solved),
        count(Figure::Answered),
        opens(Figure::InTime, part(figures.in_time_percent())),
        opens(Figure::Answered, took(figures.worked.median)),
        opens(Figure::Answered, took(figures.worked.ninetieth)),
        count(Figure::Late),
        count(Figure::Reopened),
        opens(Figure::Rated, part(figures.good_percent())),
        count(Figure::Ours),
        count(Figure::Theirs),
    ]
}

pub(super) fn over_time(report: &Report) -> Table {
    let of = if report.days.is_by_weeks() { ("By week", "Week") } else { ("By day", "Day") };
    let row = |(days, figures): &(Days, Figures)| TableRow {
        name: said(*days),
        cells: cells(figures, *days, None).into_iter().take(HEAD.len()).collect(),
    };
    Table {
        name: of.0.to_owned(),
        of: of.1.to_owned(),
        head: HEAD.map(str::to_owned).to_vec(),
        rows: report.over_time.iter().map(row).collect(),
        others: 0,
        csv: file_address(report.days, None),
    }
}

pub(super) fn table(say: &Saying, report: &Report, by: By, lines: &[Line]) -> Table {
    let (name, of) = by_name(by);
    let row = |line: &Line| TableRow {
        name: line_name(say, line),
        cells: cells(&line.figures, report.days, Some(&line.group)),
    };
    Table {
        name: name.to_owned(),
        of: of.to_owned(),
        head: HEAD.iter().chain(&HEAD_OF_GROUPS).map(|head| (*head).to_owned()).collect(),
        rows: lines.iter().take(SHOWN).map(row).collect(),
        others: lines.len().saturating_sub(SHOWN),
        csv: file_address(report.days, Some(by)),
    }
}

fn line_name(say: &Saying, line: &Line) -> String {
    match &line.group {
        Group::Type(key) => say.type_name(key),
        Group::Priority(key) => say.priority_name(key),
        Group::Assignee(None) => "Nobody".to_owned(),
        Group::Team(None) => "No team".to_owned(),
        Group::Organisation(None) => "No organisation".to_owned(),
        Group::Assignee(Some(_)) | Group::Team(Some(_)) | Group::Organisation(Some(_)) => {
            let named = line.name.as_ref().filter(|it| !it.name.is_empty());
            named.map_or_else(|| "Erased".to_owned(), |it| words::teams::called(say.lang, it))
        }
    }
}

/// A group as the page of its requests names it.
pub(super) async fn group_name(app: &App, visit: &Visit, say: &Saying, group: &Group) -> Result<String, Problem> {
    let name = desk::reports::name(&app.desk, &visit.actor, group).await?;
    Ok(line_name(say, &Line { group: group.clone(), name, figures: Figures::default() }))
}

fn file_address(days: Days, by: Option<By>) -> String {
    let by = by.map_or_else(String::new, |by| format!("&by={}", by.as_str()));
    format!("/desk/report.csv?from={}&through={}{by}", days.from, days.through)
}

const IN_FILE: [Figure; 13] = Figure::ALL;
const LENGTHS: [&str; 4] = ["median_working_minutes", "p90_working_minutes", "median_wall_minutes", "p90_wall_minutes"];

pub(super) fn file_head(of: &str) -> Vec<&str> {
    std::iter::once(of).chain(IN_FILE.map(Figure::as_str)).chain(LENGTHS).collect()
}

/// A table for a spreadsheet: what its lines are, and their cells; lengths in whole minutes.
pub(super) fn file(say: &Saying, report: &Report, by: Option<By>) -> (&'static str, Vec<Vec<String>>) {
    let line = |name: String, figures: &Figures| {
        let minutes = |length: Option<SignedDuration>| length.map_or_else(String::new, |it| it.as_mins().to_string());
        let lengths =
            [figures.worked.median, figures.worked.ninetieth, figures.passed.median, figures.passed.ninetieth];
        std::iter::once(name)
            .chain(IN_FILE.map(|it| figures.count(it).to_string()))
            .chain(lengths.map(minutes))
            .collect::<Vec<_>>()
    };
    let Some(by) = by else {
        let of = if report.days.is_by_weeks() { "week" } else { "day" };
        return (of, report.over_time.iter().map(|(days, figures)| line(days.from.to_string(), figures)).collect());
    };
    let lines = report.by.iter().find(|(of, _)| *of == by).map_or(&[][..], |(_, lines)| lines.as_slice());
    (by.as_str(), lines.iter().map(|it| line(line_name(say, it), &it.figures)).collect())
}
