//! The bug queue on the desk: the board, a narrowed list, and the filing of what no customer reported (BUG-2, BUG-6).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    bugs::{self, Column, Filter, Head, NewBug},
};
use rules::{
    access::{Action, may},
    bugs::{Severity, Source, Stage},
    keys::{AreaKey, PlanKey},
    policy::Policy,
    refusal::FieldFault,
    releases::{Range, Version},
};
use serde::Deserialize;
use words::lang::Lang;

use crate::{
    app::App,
    door::{Fields, Problem, Query, Visit, word},
    pages::{
        desk::{
            bug::{BugFaults, BugForm, NewBugPage},
            bugs::{BugCard, BugColumn, BugsPage, Narrow},
        },
        form::Choice,
        html::show as page,
        parts::{Signal, Tag},
    },
    shown::{Saying, desk_frame},
};

const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::Major, Severity::Minor, Severity::Trivial];
const INTERNAL: [Source; 3] = [Source::OwnTests, Source::Trial, Source::Monitoring];

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
    stage: Option<String>,
    area: Option<String>,
    severity: Option<String>,
}

impl Asked {
    /// Nothing, where nothing was asked for.
    fn filter(&self) -> Result<Option<Filter>, Problem> {
        let filled = |value: &Option<String>| value.clone().filter(|it| !it.trim().is_empty());
        let filter = Filter {
            stage: filled(&self.stage).map(|it| word(&it)).transpose()?,
            area: filled(&self.area).map(AreaKey),
            severity: filled(&self.severity).map(|it| word(&it)).transpose()?,
            text: filled(&self.q).unwrap_or_default(),
        };
        Ok((filter != Filter::default()).then_some(filter))
    }
}

pub(crate) async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let filter = asked.filter()?;
    let found = match &filter {
        Some(filter) => {
            let heads = bugs::find(&app.desk, &visit.actor, filter).await?;
            let listed = |head: &Head| {
                let stage = words::bugs::stage(say.lang, head.bug.life.state.stage());
                BugCard { stage: Some(stage), ..card(&say, head) }
            };
            Some(heads.iter().map(listed).collect())
        }
        None => None,
    };
    let columns = match found {
        Some(_) => vec![],
        None => bugs::board(&app.desk, &visit.actor).await?.iter().map(|it| column(&say, it)).collect(),
    };
    let shown = BugsPage {
        frame: desk_frame(&app, &visit, "Bugs", "").await?,
        narrow: narrow(&say, &filter.unwrap_or_default()),
        columns,
        found,
        files: may(visit.actor.signed()?.grants, Action::AcceptReports),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn narrow(say: &Saying, filter: &Filter) -> Narrow {
    let chosen = |choice: Choice, is: bool| if is { choice.chosen() } else { choice };
    let stages =
        Stage::ALL.map(|it| chosen(Choice::new(kept(&it), words::bugs::stage(say.lang, it)), filter.stage == Some(it)));
    let areas = say.policy().areas.iter().map(|(key, area)| {
        let name = words::markdown::plain(say.text(&area.name));
        chosen(Choice::new(key.as_str(), name), filter.area.as_ref() == Some(key))
    });
    Narrow {
        text: filter.text.clone(),
        stages: std::iter::once(Choice::new("", "Anywhere")).chain(stages).collect(),
        areas: std::iter::once(Choice::new("", "Everything")).chain(areas).collect(),
        severities: std::iter::once(Choice::new("", "All"))
            .chain(SEVERITIES.map(|it| {
                chosen(Choice::new(kept(&it), words::bugs::severity(say.lang, it)), filter.severity == Some(it))
            }))
            .collect(),
    }
}

/// The word that a value is sent as.
pub(super) fn kept(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

fn column(say: &Saying, column: &Column) -> BugColumn {
    let shown = i64::try_from(column.heads.len()).unwrap_or(i64::MAX);
    BugColumn {
        name: words::bugs::stage(say.lang, column.stage),
        count: column.count.to_string(),
        cards: column.heads.iter().map(|head| card(say, head)).collect(),
        more: (column.count > shown).then(|| format!("/desk/bugs?stage={}", kept(&column.stage))),
    }
}

fn card(say: &Saying, head: &Head) -> BugCard {
    let life = &head.bug.life;
    let mut marks = vec![];
    if head.is_hotfix {
        marks.push(Tag::new(Signal::Late, "fixed at once"));
    }
    if life.is_regression() && life.is_open() {
        marks.push(Tag::new(Signal::Soon, "came back"));
    }
    if head.is_overdue {
        marks.push(Tag::new(Signal::Late, "missed its release"));
    }
    BugCard {
        number: head.bug.id().0,
        title: head.bug.says.title.clone(),
        severity: severity_tag(say.lang, life.severity),
        version: version(&head.bug.life),
        marks,
        reported: reported(say.lang, &head.bug.life, (head.counted.organisations, head.counted.reports)),
        plans: plans(say, &head.counted.plans),
        stage: None,
        area: area_name(say.policy(), say, head.bug.says.area.as_ref()),
    }
}

pub(super) fn severity_tag(lang: Lang, severity: Severity) -> Tag {
    let signal = match severity {
        Severity::Critical => Signal::Late,
        Severity::Major => Signal::Soon,
        Severity::Minor | Severity::Trivial => Signal::Plain,
    };
    Tag::new(signal, words::bugs::severity(lang, severity))
}

/// For which version it is planned, or which have its fix.
fn version(life: &rules::bugs::Bug) -> Option<String> {
    match life.state.planned() {
        Some(version) if version.is_hotfix() => Some(format!("hotfix {version}")),
        Some(version) => Some(format!("for {version}")),
        None if life.fixed_in().is_empty() => None,
        None => Some(format!("in {}", joined(life.fixed_in()))),
    }
}

pub(super) fn joined(versions: &[Version]) -> String {
    versions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// "4 organisations, 12 reports", or who found it.
pub(super) fn reported(lang: Lang, life: &rules::bugs::Bug, (organisations, reports): (i64, i64)) -> String {
    let counted = |n: i64, one: &str, many: &str| if n == 1 { format!("one {one}") } else { format!("{n} {many}") };
    match (organisations, reports) {
        (0, 0) if life.source.is_internal() => {
            format!("found by: {}", words::bugs::source(lang, life.source).to_lowercase())
        }
        (0, 0) => "no report".to_owned(),
        (0, reports) => counted(reports, "report", "reports"),
        (organisations, reports) => format!(
            "{}, {}",
            counted(organisations, "organisation", "organisations"),
            counted(reports, "report", "reports")
        ),
    }
}

/// "Hedge 3, Grove 1": organisations by their plans.
pub(super) fn plans(say: &Saying, plans: &[(Option<PlanKey>, i64)]) -> String {
    if say.policy().plans.is_empty() {
        return String::new();
    }
    let name = |plan: &Option<PlanKey>| match plan {
        Some(key) => say.policy().plan(key).map_or_else(|| key.to_string(), |plan| say.text(&plan.name).to_owned()),
        None => "without a plan".to_owned(),
    };
    let each = plans.iter().filter(|(_, count)| *count > 0).map(|(plan, count)| format!("{} {count}", name(plan)));
    each.collect::<Vec<_>>().join(", ")
}

pub(super) fn area_name(policy: &Policy, say: &Saying, area: Option<&AreaKey>) -> Option<String> {
    let key = area?;
    let found = policy.areas.get(key.as_str());
    Some(found.map_or_else(|| key.to_string(), |it| words::markdown::plain(say.text(&it.name))))
}

pub(crate) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let blank = Written { source: Source::OwnTests, ..Written::default() };
    let form = form(&say, "/desk/bugs".to_owned(), ("File it", &INTERNAL), &blank, BugFaults::default());
    let frame = desk_frame(&app, &visit, "File a bug", "").await?;
    Ok(page(StatusCode::OK, &NewBugPage { frame, form }))
}

pub(crate) async fn file(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let written = Written::of(&fields)?;
    let faults = match written.whole() {
        Ok((says, affected)) => {
            let new = NewBug { says, severity: written.severity, source: written.source, affected };
            match bugs::file(&app.desk, &visit.actor, new).await {
                Ok(id) => return Ok(Redirect::to(&format!("/desk/bugs/{id}")).into_response()),
                Err(Error::Invalid(faults)) => said(&say, &faults),
                Err(error) => return Err(error.into()),
            }
        }
        Err(faults) => faults,
    };
    let form = form(&say, "/desk/bugs".to_owned(), ("File it", &INTERNAL), &written, faults);
    let frame = desk_frame(&app, &visit, "File a bug", "").await?;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &NewBugPage { frame, form }))
}

/// A form as it was typed.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) says: bugs::Says,
    pub(super) severity: Severity,
    pub(super) source: Source,
    pub(super) first_seen: String,
    pub(super) affected: String,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            says: bugs::Says::default(),
            severity: Severity::Major,
            source: Source::Customer,
            first_seen: String::new(),
            affected: String::new(),
        }
    }
}

impl Written {
    pub(super) fn of(fields: &Fields) -> Result<Self, Problem> {
        let text = |name: &str| fields.text(name).trim().to_owned();
        let area = Some(text("area")).filter(|it| !it.is_empty()).map(AreaKey);
        let source = if fields.has("source") { fields.word("source")? } else { Source::Customer };
        Ok(Self {
            says: bugs::Says {
                title: text("title"),
                about: text("about"),
                area,
                first_seen: None,
                public: fields.text("public") == "yes",
                said: text("said"),
                way_around: text("way_around"),
            },
            severity: fields.word("severity")?,
            source,
            first_seen: text("first_seen"),
            affected: text("affected"),
        })
    }

    /// With its versions read.
    pub(super) fn whole(&self) -> Result<(bugs::Says, Option<Range>), BugFaults> {
        let mut faults = BugFaults::default();
        let mut says = self.says.clone();
        if !self.first_seen.is_empty() {
            says.first_seen = Version::read(&self.first_seen);
            if says.first_seen.is_none() {
                faults.first_seen = Some("This is no version. One looks like 5.12.1.".to_owned());
            }
        }
        let affected = match Range::read(&self.affected) {
            _ if self.affected.is_empty() => None,
            Ok(range) => Some(range),
            Err(why) => {
                faults.affected =
                    Some(format!("These are no versions that we can read. Write them like {}.", why.like()));
                None
            }
        };
        if faults.any() { Err(faults) } else { Ok((says, affected)) }
    }
}

pub(super) fn said(say: &Saying, faults: &[FieldFault]) -> BugFaults {
    BugFaults {
        title: say.of_field(faults, "title"),
        said: say.of_field(faults, "said").or_else(|| say.of_field(faults, "way_around")),
        ..BugFaults::default()
    }
}

pub(super) fn form(
    say: &Saying,
    action: String,
    (button, sources): (&'static str, &[Source]),
    written: &Written,
    faults: BugFaults,
) -> BugForm {
    let chosen = |choice: Choice, is: bool| if is { choice.chosen() } else { choice };
    let severity = |it: Severity| {
        let label = format!("{}: {}", words::bugs::severity(say.lang, it), words::bugs::severity_means(say.lang, it));
        chosen(Choice::new(kept(&it), label), it == written.severity)
    };
    let source = |it: &Source| chosen(Choice::new(kept(it), words::bugs::source(say.lang, *it)), *it == written.source);
    let areas = say.policy().areas.iter().map(|(key, area)| {
        let name = words::markdown::plain(say.text(&area.name));
        chosen(Choice::new(key.as_str(), name), written.says.area.as_ref() == Some(key))
    });
    BugForm {
        action,
        button,
        title: written.says.title.clone(),
        about: written.says.about.clone(),
        severities: SEVERITIES.map(severity).into(),
        sources: sources.iter().map(source).collect(),
        areas: std::iter::once(Choice::new("", "None")).chain(areas).collect(),
        first_seen: written.first_seen.clone(),
        affected: written.affected.clone(),
        public: written.says.public,
        said: written.says.said.clone(),
        way_around: written.says.way_around.clone(),
        faults,
    }
}

/// To choose from where a report is accepted.
pub(super) fn severities(say: &Saying) -> Vec<Choice> {
    let one = |it: Severity| {
        let choice = Choice::new(kept(&it), words::bugs::severity(say.lang, it));
        if it == Severity::Major { choice.chosen() } else { choice }
    };
    SEVERITIES.map(one).into()
}
