//! Whom a bug affects, on the desk: a table that is narrowed by plan and by where the versions are known from, and the same as CSV.

use std::collections::HashMap;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::bugs::{self, Affected, Stands, Wanted};
use rules::{
    access::Action,
    bugs::{
        affected::{Holder, Line, Plans, Reported, Stand, Unknown},
        telling::{NotYet, Shipped},
    },
    ids::BugId,
    installed::Source,
    keys::PlanKey,
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Path, Problem, Query, Visit, percent_encoded},
    pages::{
        desk::affected::{AffectedPage, AffectedRow, NarrowAffected, Tab},
        form::Choice,
        html::show as page,
    },
    shown::{Saying, desk_frame, when},
};

/// Rows of a page.
const ROWS: usize = 100;
/// Of whose licence no plan is known, as a choice sends it. No plan is called so: its key begins with a letter.
pub(super) const WITHOUT: &str = "-";

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    stand: String,
    #[serde(default)]
    plan: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    reported: String,
    #[serde(default)]
    from: usize,
}

const STANDS: [(&str, Stands); 4] = [
    ("affected", Stands::Affected),
    ("unknown", Stands::Unknown),
    ("fixed", Stands::HasFix),
    ("spared", Stands::Spared),
];

pub(super) const REPORTED: [(&str, Reported, &str); 3] = [
    ("", Reported::Either, "Reported it or not"),
    ("yes", Reported::Yes, "Who reported it"),
    ("no", Reported::NotYet, "Who did not report it"),
];

pub(super) fn plans_of(word: &str) -> Plans {
    match word {
        "" => Plans::All,
        WITHOUT => Plans::Without,
        key => Plans::Only(PlanKey(key.to_owned())),
    }
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let stands = STANDS.iter().find(|(word, _)| *word == self.stand).map_or(Stands::Affected, |(_, it)| *it);
        let reported = REPORTED.iter().find(|(word, ..)| *word == self.reported).map_or(Reported::Either, |it| it.1);
        Wanted { stands, plans: plans_of(&self.plan), source: Source::read(&self.source), reported }
    }

    /// The address of the same, otherwise in one thing.
    fn address(&self, path: &str, (stand, from): (&str, usize)) -> String {
        let Self { plan, source, reported, .. } = self;
        let from = if from == 0 { String::new() } else { from.to_string() };
        let all = [("stand", stand), ("plan", plan), ("source", source), ("reported", reported), ("from", &from)];
        let parts: Vec<String> = all
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
            .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let wanted = asked.wanted();
    let found = bugs::affected(&app.desk, &visit.actor, BugId(id), &wanted).await?;
    let shown: Vec<&Line> = found.lines.iter().skip(asked.from).take(ROWS).collect();
    let holders: Vec<Holder> = shown.iter().map(|line| line.holder).collect();
    let names = bugs::names_of(&app.desk, &visit.actor, &holders).await?;
    let path = format!("/desk/bugs/{id}/affected");
    let rows = shown.iter().map(|line| row(&app, &visit, &say, (line, &names))).collect();
    let next = asked.from.saturating_add(ROWS);
    let frame = desk_frame(&app, &visit, &format!("Whom {} affects", words::bugs::name(BugId(id))), "").await?;
    let name = |key: &str| STANDS.iter().find(|(_, it)| *it == wanted.stands).is_some_and(|(word, _)| *word == key);
    let counts = [found.counts.affected, found.counts.unknown, found.counts.has_fix, found.counts.spared];
    let tabs = STANDS.iter().zip(counts).map(|((key, stands), count)| Tab {
        label: tab(*stands),
        href: asked.address(&path, (key, 0)),
        count: count.to_string(),
        is_here: name(key),
    });
    let shown = AffectedPage {
        frame,
        number: id,
        title: found.bug.says.title.clone(),
        said: said(&found),
        tabs: tabs.collect(),
        means: means(wanted.stands),
        narrow: narrow(&say, &wanted, &asked.stand),
        total: found.lines.len(),
        csv: asked.address(&format!("{path}.csv"), (&asked.stand, 0)),
        imports: visit.actor.staff(Action::SetOrganisation).is_ok(),
        write: (found.manages && wanted.stands == Stands::Affected && !found.lines.is_empty())
            .then(|| asked.address(&format!("{path}/message"), ("", 0))),
        more: (found.lines.len() > next).then(|| asked.address(&path, (&asked.stand, next))),
        rows,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn tab(stands: Stands) -> &'static str {
    match stands {
        Stands::Affected => "Affected",
        Stands::Unknown => "Not known",
        Stands::HasFix => "Have the fix",
        Stands::Spared => "Not affected",
    }
}

fn means(stands: Stands) -> &'static str {
    match stands {
        Stands::Affected => "They run a version that has the bug.",
        Stands::Unknown => {
            "Nobody can say whether they are affected: their version, or which versions have the bug, is not known."
        }
        Stands::HasFix => "They run a version with the fix.",
        Stands::Spared => "They run a version that does not have the bug.",
    }
}

/// Which versions have it, as far as anybody said it.
fn said(found: &Affected) -> String {
    let (life, says) = (&found.bug.life, &found.bug.says);
    let fixed = match life.fixed_in() {
        [] => "No version has the fix yet.".to_owned(),
        fixed => format!("Fixed in {}.", super::bugs::joined(fixed)),
    };
    let has = match (&life.affected, &says.first_seen) {
        (Some(range), _) => format!("Versions that have it: {range}."),
        (None, Some(first)) => format!("It was first seen in {first}, so that version and later ones have it."),
        (None, None) => "Nobody has said yet which versions have it, so nobody is counted as affected.".to_owned(),
    };
    format!("{has} {fixed}")
}

pub(super) fn plan_choices(say: &Saying, plans: &Plans) -> Vec<Choice> {
    let chosen = |choice: Choice, is: bool| if is { choice.chosen() } else { choice };
    let known = say.policy().plans.iter().map(|(key, plan)| {
        let is = *plans == Plans::Only(key.clone());
        chosen(Choice::new(key.as_str(), say.text(&plan.name)), is)
    });
    std::iter::once(Choice::new("", "All plans"))
        .chain(known)
        .chain([chosen(Choice::new(WITHOUT, "Without a plan"), *plans == Plans::Without)])
        .collect()
}

pub(super) fn source_choices(say: &Saying, source: Option<Source>) -> Vec<Choice> {
    let known = Source::ALL.map(|it| {
        let choice = Choice::new(it.as_str(), crate::shown::capital(&words::installed::source(say.lang, it)));
        if source == Some(it) { choice.chosen() } else { choice }
    });
    std::iter::once(Choice::new("", "Wherever it is known from")).chain(known).collect()
}

pub(super) fn reported_choices(reported: Reported) -> Vec<Choice> {
    let choice = |(word, it, label): (&str, Reported, &str)| {
        if it == reported { Choice::new(word, label).chosen() } else { Choice::new(word, label) }
    };
    REPORTED.map(choice).into()
}

fn narrow(say: &Saying, wanted: &Wanted, stand: &str) -> NarrowAffected {
    NarrowAffected {
        stand: stand.to_owned(),
        plans: plan_choices(say, &wanted.plans),
        sources: source_choices(say, wanted.source),
        reported: reported_choices(wanted.reported),
    }
}

type Names = HashMap<Holder, String>;

fn name(names: &Names, holder: Holder) -> String {
    names.get(&holder).cloned().filter(|it| !it.is_empty()).unwrap_or_else(|| "Somebody who left".to_owned())
}

fn row(app: &App, visit: &Visit, say: &Saying, (line, names): (&Line, &Names)) -> AffectedRow {
    let cells = cells(say, line);
    AffectedRow {
        name: name(names, line.holder),
        href: match line.holder {
            Holder::Organisation(id) => format!("/desk/organisations/{id}"),
            // An account is opened by who keeps accounts.
            Holder::Person(id) if visit.actor.staff(Action::ErasePerson).is_ok() => format!("/desk/people/{id}"),
            Holder::Person(_) => String::new(),
        },
        version: cells.version,
        installation: cells.installation,
        source: cells.source,
        seen: line.installed.as_ref().map(|it| when(visit, it.seen, app.desk.now())),
        plan: cells.plan,
        standing: cells.standing,
        reported: cells.reported,
        fix: cells.fix,
    }
}

/// What both the page and the file say of a line.
struct Cells {
    version: String,
    installation: String,
    source: String,
    plan: String,
    standing: String,
    reported: &'static str,
    fix: String,
}

fn cells(say: &Saying, line: &Line) -> Cells {
    let installed = line.installed.as_ref();
    let names = installed.map(|it| {
        let instance = it.instance.as_ref().map(ToString::to_string);
        instance.into_iter().chain(it.edition.as_ref().map(ToString::to_string)).collect::<Vec<_>>().join(", ")
    });
    let plan =
        |key: &PlanKey| say.policy().plan(key).map_or_else(|| key.to_string(), |it| say.text(&it.name).to_owned());
    Cells {
        version: installed.map_or_else(|| unknown(line.stand).to_owned(), |it| it.version.to_string()),
        installation: names.unwrap_or_default(),
        source: installed.map_or_else(String::new, |it| words::installed::source(say.lang, it.source)),
        plan: line.plan.as_ref().map_or_else(String::new, plan),
        standing: words::licence::standing(say.lang, &line.standing),
        reported: if line.has_reported { "yes" } else { "no" },
        fix: fix(line),
    }
}

fn unknown(stand: Stand) -> &'static str {
    match stand {
        Stand::Unknown(Unknown::Version) => "not known",
        Stand::Unknown(Unknown::Instance) => "our cloud, instance not known",
        Stand::Unknown(Unknown::Bug) | Stand::Affected | Stand::HasFix | Stand::Spared => "our cloud",
    }
}

/// Where the fix stands for them.
fn fix(line: &Line) -> String {
    if line.stand == Stand::HasFix {
        return "they have it".to_owned();
    }
    match &line.fix {
        Shipped::Yes { version } => format!("{version} is theirs"),
        Shipped::NeedsLicence { version } => format!("{version} needs a licence"),
        Shipped::No(NotYet::NotFixed) => "none yet".to_owned(),
        Shipped::No(NotYet::NotReleased) => "not released".to_owned(),
        Shipped::No(NotYet::NotRolledOut { instance }) => format!("not on {instance} yet"),
        Shipped::No(NotYet::InstanceUnknown) => "not on every instance yet".to_owned(),
    }
}

const HEAD: [&str; 11] = [
    "customer",
    "number",
    "version",
    "instance_and_edition",
    "known_from",
    "seen",
    "plan",
    "licence",
    "reported",
    "fix",
    "stand",
];

/// All that was asked for, as a table for other programs.
pub(crate) async fn csv(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let wanted = asked.wanted();
    let found = bugs::affected(&app.desk, &visit.actor, BugId(id), &wanted).await?;
    let holders: Vec<Holder> = found.lines.iter().map(|line| line.holder).collect();
    let names = bugs::names_of(&app.desk, &visit.actor, &holders).await?;
    let stand = STANDS.iter().find(|(_, it)| *it == wanted.stands).map_or("", |(word, _)| word);
    let line = |line: &Line| {
        let Cells { version, installation, source, plan, standing, reported, fix } = cells(&say, line);
        let number = match line.holder {
            Holder::Organisation(number) => number.to_string(),
            Holder::Person(_) => String::new(),
        };
        let seen = line.installed.as_ref().map_or_else(String::new, |it| it.seen.to_string());
        let (customer, stand) = (name(&names, line.holder), stand.to_owned());
        let reported = reported.to_owned();
        vec![customer, number, version, installation, source, seen, plan, standing, reported, fix, stand]
    };
    let lines: Vec<Vec<String>> = found.lines.iter().map(line).collect();
    let mut response = desk::reports::csv(&HEAD, &lines).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let file = format!("attachment; filename=\"bug-{id}-{stand}.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&file).map_err(Problem::broken)?);
    Ok(response)
}
