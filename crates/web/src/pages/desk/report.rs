//! Reports: figures of a span of days, each of which opens the requests behind it.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    html::Safe,
    parts::{Pages, Strip, When},
    samples::{self, Samples},
};

/// `GET /desk/report`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/report.html")]
pub struct ReportPage {
    pub frame: DeskFrame,
    /// "1 to 30 November 2026".
    pub said: String,
    /// The desk's zone.
    pub zone: String,
    pub counted: When,
    pub periods: Vec<Choice>,
    pub from: String,
    pub through: String,
    /// Why the days that were asked for are none.
    pub fault: Option<String>,
    pub tiles: Vec<Tile>,
    pub chart: Strip,
    /// By day, or by week.
    pub over_time: Table,
    pub late: Late,
    pub tables: Vec<Table>,
    /// Whether the reader gets it by mail each month.
    pub is_chosen: bool,
}

/// A span that one chooses by name.
#[derive(Clone, Debug)]
pub struct Choice {
    pub name: String,
    pub href: String,
    pub is_here: bool,
}

/// A figure of the whole.
#[derive(Clone, Debug)]
pub struct Tile {
    pub name: String,
    pub value: String,
    /// What it consists of.
    pub about: String,
    pub href: Option<String>,
}

/// A table of figures.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    /// What its lines are.
    pub of: String,
    pub head: Vec<String>,
    pub rows: Vec<TableRow>,
    /// Lines that stand in the file alone.
    pub others: usize,
    pub csv: String,
}

#[derive(Clone, Debug)]
pub struct TableRow {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// A figure; one that counts nothing opens nothing.
#[derive(Clone, Debug)]
pub struct Cell {
    pub value: String,
    pub href: Option<String>,
}

/// First responses that became late.
#[derive(Clone, Debug)]
pub struct Late {
    pub rows: Vec<BehindRow>,
    /// All of them, where more became late than stand here.
    pub all: Option<String>,
}

/// `GET /desk/report/requests`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/report_requests.html")]
pub struct BehindPage {
    pub frame: DeskFrame,
    /// "Filed".
    pub name: String,
    /// The number that was pressed.
    pub counted: u64,
    /// Of which group and days.
    pub about: String,
    pub back: String,
    pub rows: Vec<BehindRow>,
    pub pages: Pages,
}

#[derive(Clone, Debug)]
pub struct BehindRow {
    pub number: i64,
    pub subject: String,
    pub whose: String,
    pub kind: String,
    pub priority: String,
    pub assignee: String,
    pub when: Option<When>,
    /// What a response took, why it was late.
    pub note: String,
}

impl ReportPage {
    pub fn samples() -> Samples<Self> {
        let bars: Vec<_> = (1..=30_u64)
            .map(|day| words::chart::Bar {
                label: format!("{day} Nov"),
                filed: (day * 7) % 11,
                answered: (day * 5) % 9,
                late: u64::from(day % 9 == 0),
            })
            .collect();
        let draw = |width, id| {
            let chart = words::chart::Chart { bars: &bars, width, id };
            Safe::new(words::chart::svg(words::lang::Lang::En, chart))
        };
        let page = Self {
            frame: samples::desk("Report"),
            said: "1 to 30 November 2026".into(),
            zone: "UTC".into(),
            counted: samples::when("14:02"),
            periods: vec![
                choice("This month", true),
                choice("Last month", false),
                choice("This quarter", false),
                choice("Last quarter", false),
            ],
            from: "2026-11-01".into(),
            through: "2026-11-30".into(),
            fault: None,
            tiles: vec![
                tile("Filed", "148", "131 solved"),
                tile("First responses", "140", "134 in time, 6 too late"),
                tile("In time", "95 %", "of what was promised"),
                tile("Half within", "1 h 12 min", "of working time; 4 h 2 min by the clock on the wall"),
                tile("Nine of ten within", "6 h 40 min", "of working time; 41 h by the clock on the wall"),
                tile("Became late", "7", "of these days"),
                tile("Reopened", "4", "after they were solved"),
                tile("Content", "88 %", "15 of 17 who said how it went"),
                tile("Our turn now", "12", "whatever the days"),
                tile("Their turn now", "38", "whatever the days"),
            ],
            chart: Strip { broad: draw(960, "chart-broad"), slim: Some(draw(340, "chart-slim")) },
            over_time: table("By day", "Day", &["Mon 2 Nov", "Tue 3 Nov"]),
            late: Late { rows: rows(), all: Some("/desk/report/requests?figure=late".into()) },
            tables: vec![
                table("By type", "Type", &["Support request", "Question", "Bug report"]),
                table("By priority", "Priority", &["High", "Medium"]),
                table("By person", "Person", &["Ines Kovač", "Nobody"]),
                table("By organisation", "Organisation", &["Acme Robotics", samples::LONG_SUBJECT]),
            ],
            is_chosen: false,
        };
        let empty = Self {
            fault: Some("The first day comes after the last. Swap them.".into()),
            late: Late { rows: vec![], all: None },
            is_chosen: true,
            ..page.clone()
        };
        vec![("month", page), ("quiet", empty)]
    }
}

fn choice(name: &str, is_here: bool) -> Choice {
    Choice { name: name.into(), href: "/desk/report".into(), is_here }
}

fn tile(name: &str, value: &str, about: &str) -> Tile {
    Tile { name: name.into(), value: value.into(), about: about.into(), href: Some("/desk/report/requests".into()) }
}

fn table(name: &str, of: &str, rows: &[&str]) -> Table {
    let cell = |value: &str| Cell { value: value.into(), href: Some("/desk/report/requests".into()) };
    let cells = || ["48", "44", "95 %", "1 h 2 min", "6 h", "2", "1", "88 %", "4", "12"].map(cell).to_vec();
    let head = [
        "Filed",
        "Answered",
        "In time",
        "Half within",
        "9 of 10 within",
        "Late",
        "Reopened",
        "Content",
        "Ours",
        "Theirs",
    ];
    Table {
        name: name.into(),
        of: of.into(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.iter().map(|name| TableRow { name: (*name).into(), cells: cells() }).collect(),
        others: if of == "Organisation" { 12 } else { 0 },
        csv: "/desk/report.csv?by=type".into(),
    }
}

fn rows() -> Vec<BehindRow> {
    let row = |number, subject: &str, note: &str| BehindRow {
        number,
        subject: subject.into(),
        whose: "Acme Robotics".into(),
        kind: "Support request".into(),
        priority: "High".into(),
        assignee: "Ines Kovač".into(),
        when: Some(samples::when("Fri 20 Nov 14:40")),
        note: note.into(),
    };
    vec![
        row(1042, "Launches stay open after the upgrade", "Answered 2 h 10 min after it was due."),
        row(1038, samples::LONG_SUBJECT, "An answer in time came back. No answer yet."),
    ]
}

impl BehindPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Became late"),
            name: "Became late".into(),
            counted: 2,
            about: "Support request, 1 to 30 November 2026".into(),
            back: "/desk/report".into(),
            rows: rows(),
            pages: Pages { newer: None, older: Some("/desk/report/requests?after=1".into()) },
        };
        let none = Self { counted: 0, rows: vec![], pages: Pages::default(), ..page.clone() };
        vec![("two", page), ("none", none)]
    }
}
