//! Releases on the desk: listed, published, changed, withdrawn, rolled out (BUG-1, 4, 7).

use std::collections::HashSet;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Run, bugs,
    releases::{self, NotDone, ToPublish, ToRollOut, ToWithdraw},
};
use jiff::civil::Date;
use rules::{
    access::{Action, may},
    refusal::Fault,
    releases::{
        Catalogue, Release, Version,
        import::{Difference, Drafted, as_notes},
    },
};
use serde::Deserialize;
use words::{releases as said, time::plain_date};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit, percent_encoded},
    pages::{
        desk::releases::{DeskReleasePage, DeskReleasesPage, Instance, Row, Withdrawal},
        form::{Choice, Chosen},
        html::show as page,
        parts::{Link, Signal, Tag},
        releases::done,
    },
    portal::releases::{counts, href, sections, tags},
    shown::{Saying, desk_frame, when},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Just {
    published: Option<String>,
    withdrawn: Option<String>,
    rolled: Option<String>,
}

pub(crate) async fn list(State(app): State<App>, visit: Visit, Query(just): Query<Just>) -> Result<Response, Problem> {
    let mut shown = listed(&app, &visit).await?;
    let words = |version: &str, what: &str| done(format!("{version} {what}"));
    shown.frame.notice = match &just {
        Just { published: Some(version), .. } => Some(words(version, "is published as it stands here.")),
        Just { withdrawn: Some(version), .. } => Some(words(version, "is withdrawn.")),
        Just { rolled: Some(version), .. } => Some(words(version, "runs there now.")),
        _ => None,
    };
    Ok(page(StatusCode::OK, &shown))
}

async fn listed(app: &App, visit: &Visit) -> Result<DeskReleasesPage, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let today = releases::today(&app.desk).await?;
    let live = catalogue.releases().iter().filter(|release| release.is_live());
    Ok(DeskReleasesPage {
        frame: desk_frame(app, visit, "Releases", "").await?,
        manages: manages(visit)?,
        releases: catalogue.releases().iter().map(|release| row(&catalogue, release, today)).collect(),
        instances: catalogue.product.instances.iter().map(|it| instance(app, visit, &catalogue, it)).collect(),
        versions: live.map(|release| release.version.to_string()).collect(),
        fault: None,
    })
}

fn manages(visit: &Visit) -> Result<bool, Problem> {
    Ok(may(visit.actor.signed()?.grants, Action::ManageReleases))
}

fn row(catalogue: &Catalogue, release: &Release, today: Date) -> Row {
    let editions: Vec<&str> = release.editions.iter().map(|edition| edition.as_str()).collect();
    let on = catalogue.product.instances.iter().filter(|it| catalogue.runs(it) == Some(&release.version));
    Row {
        version: release.version.to_string(),
        day: plain_date(words::lang::Lang::En, release.released_on),
        tags: tags(catalogue, release, (None, today)),
        counts: counts(release),
        editions: if editions.is_empty() { "all".to_owned() } else { editions.join(", ") },
        on: on.map(|instance| instance.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn instance(app: &App, visit: &Visit, catalogue: &Catalogue, of: &rules::releases::Instance) -> Instance {
    let last = catalogue.rollouts().iter().rev().find(|rollout| rollout.instance == *of);
    let latest = catalogue.latest(None).map(|release| &release.version);
    let runs = last.map(|it| {
        let signal = if Some(&it.version) == latest { Signal::Done } else { Signal::Soon };
        Tag::new(signal, it.version.to_string())
    });
    let since = last.map_or_else(String::new, |it| format!("since {}", when(visit, it.at, app.desk.now()).said));
    Instance { name: of.to_string(), runs, since }
}

pub(crate) async fn roll_out(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let asked = ToRollOut { version: fields.text("version").to_owned(), instance: fields.text("instance").to_owned() };
    let fault = match releases::roll_out(&app.desk, &visit.actor, &asked, Run::Real).await {
        Ok(out) => {
            let version = percent_encoded(&out.version.to_string());
            return Ok(Redirect::to(&format!("/desk/releases?rolled={version}#cloud")).into_response());
        }
        Err(NotDone::Error(error)) => return Err(error.into()),
        Err(NotDone::NotTaken(why)) => said::not_taken(words::lang::Lang::En, &why).join(" "),
    };
    let shown = DeskReleasesPage { fault: Some(fault), ..listed(&app, &visit).await? };
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
}

/// What stands in the form of a release.
#[derive(Clone, Debug, Default)]
struct Typed {
    version: String,
    date: String,
    supported_until: String,
    editions: Vec<String>,
    notes: String,
}

impl Typed {
    fn of(release: &Release) -> Self {
        Self {
            version: release.version.to_string(),
            date: release.released_on.to_string(),
            supported_until: release.supported_until.map(|day| day.to_string()).unwrap_or_default(),
            editions: release.editions.iter().map(ToString::to_string).collect(),
            notes: as_notes(&Drafted::of(release)),
        }
    }

    fn read(fields: &Fields) -> Self {
        Self {
            version: fields.text("version").trim().to_owned(),
            date: fields.text("date").trim().to_owned(),
            supported_until: fields.text("supported_until").trim().to_owned(),
            editions: fields.below("edition.").map(|(name, _)| name.to_owned()).collect(),
            notes: fields.text("notes").to_owned(),
        }
    }

    /// As it is published; a day that is none is said of its field.
    fn wanted(&self, say: &Saying) -> Result<ToPublish, Vec<String>> {
        let day = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| say.fault(&Fault::NotADate { text: text.to_owned() })),
        };
        match (day(&self.date), day(&self.supported_until)) {
            (Ok(date), Ok(until)) => Ok(ToPublish {
                version: self.version.clone(),
                notes: Some(self.notes.clone()),
                date,
                editions: Some(self.editions.clone()),
                supported_until: Some(until),
            }),
            (date, until) => Err(date.err().into_iter().chain(until.err()).collect()),
        }
    }
}

/// The page of a release that there is, or of a new one.
async fn form(app: &App, visit: &Visit, known: Option<&Version>, typed: &Typed) -> Result<DeskReleasePage, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let today = releases::today(&app.desk).await?;
    let release = known.and_then(|version| catalogue.release(version));
    let title = known.map_or_else(|| "A new release".to_owned(), ToString::to_string);
    let edition = |name: &rules::releases::Edition| {
        let is_chosen = typed.editions.iter().any(|it| it == name.as_str());
        Choice { chosen: if is_chosen { Chosen::Yes } else { Chosen::No }, ..Choice::new(name.as_str(), name.as_str()) }
    };
    let others = || {
        let live = catalogue.releases().iter().filter(|it| it.is_live() && Some(&it.version) != known);
        live.map(|it| it.version.to_string()).collect()
    };
    Ok(DeskReleasePage {
        frame: desk_frame(app, visit, &title, "").await?,
        action: known.map_or_else(|| "/desk/releases".to_owned(), |version| format!("/desk/releases/{version}")),
        is_new: known.is_none(),
        manages: manages(visit)?,
        tags: release.map(|release| tags(&catalogue, release, (None, today))).unwrap_or_default(),
        public: known.map(|version| Link::new("Its page for everybody", href(version))),
        version: typed.version.clone(),
        date: typed.date.clone(),
        supported_until: typed.supported_until.clone(),
        editions: catalogue.product.editions.iter().map(edition).collect(),
        notes: typed.notes.clone(),
        faults: vec![],
        ready: vec![],
        preview: vec![],
        withdrawal: release
            .filter(|release| release.is_live())
            .map(|_| Withdrawal { versions: others(), ..Withdrawal::default() }),
        title,
    })
}

pub(crate) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let today = releases::today(&app.desk).await?;
    let typed = Typed { date: today.to_string(), ..Typed::default() };
    Ok(page(StatusCode::OK, &form(&app, &visit, None, &typed).await?))
}

/// The release of that version, however it is written.
async fn known(app: &App, written: &str) -> Result<Release, Problem> {
    let catalogue = releases::catalogue(&app.desk).await?;
    let version = Version::read(written).ok_or_else(Problem::not_found)?;
    catalogue.release(&version).cloned().ok_or_else(Problem::not_found)
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(version): Path<String>,
) -> Result<Response, Problem> {
    let release = known(&app, &version).await?;
    Ok(page(StatusCode::OK, &form(&app, &visit, Some(&release.version), &Typed::of(&release)).await?))
}

pub(crate) async fn publish(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    take(&app, &visit, None, &fields).await
}

pub(crate) async fn amend(
    State(app): State<App>,
    visit: Visit,
    Path(version): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let release = known(&app, &version).await?;
    take(&app, &visit, Some(&release.version), &fields).await
}

async fn take(app: &App, visit: &Visit, of: Option<&Version>, fields: &Fields) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let mut typed = Typed::read(fields);
    if let Some(version) = of {
        typed.version = version.to_string();
    }
    let run = if fields.text("do") == "check" { Run::Dry } else { Run::Real };
    let today = releases::today(&app.desk).await?;
    let wanted = typed.wanted(&say).map(|wanted| if of.is_none() { filled_in(wanted, today) } else { wanted });
    let taken = match wanted {
        Err(faults) => Err(faults),
        Ok(wanted) => match bugs::publish(&app.desk, &visit.actor, (&wanted, None), run).await {
            Ok(told) => Ok(told),
            Err(NotDone::Error(error)) => return Err(error.into()),
            Err(NotDone::NotTaken(why)) => Err(said::not_taken(say.lang, &why)),
        },
    };
    let mut shown = form(app, visit, of, &typed).await?;
    match (taken, run) {
        (Ok(_), Run::Real) => {
            let version = percent_encoded(&typed.version);
            Ok(Redirect::to(&format!("/desk/releases?published={version}")).into_response())
        }
        (Ok(told), Run::Dry) => {
            shown.ready = said::came(say.lang, true, &told.told);
            shown.ready.extend(told.fixes.iter().map(|it| words::bugs::fix_came(say.lang, true, &typed.version, it)));
            shown.preview = previewed(&told.told);
            Ok(page(StatusCode::OK, &shown))
        }
        (Err(faults), _) => {
            shown.faults = faults;
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
        }
    }
}

/// What was filled in of a form that was begun empty: the rest says nothing, so that of a version that is published already it stays.
fn filled_in(wanted: ToPublish, today: Date) -> ToPublish {
    ToPublish {
        version: wanted.version,
        notes: wanted.notes.filter(|notes| !notes.trim().is_empty()),
        date: wanted.date.filter(|day| *day != today),
        editions: wanted.editions.filter(|all| !all.is_empty()),
        supported_until: wanted.supported_until.filter(Option::is_some),
    }
}

/// The notes as customers would read them.
fn previewed(told: &Difference) -> Vec<crate::pages::releases::Section> {
    let release = told.new.first().or_else(|| told.changed.first().map(|changed| &changed.release));
    release.map(|release| sections(release, &HashSet::new())).unwrap_or_default()
}

pub(crate) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    Path(version): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let release = known(&app, &version).await?;
    let say = Saying::of(&app).await?;
    let (why, instead) = (fields.text("why").trim().to_owned(), fields.text("instead").trim().to_owned());
    let asked = ToWithdraw {
        version: release.version.to_string(),
        why: why.clone(),
        instead: Some(instead.clone()).filter(|it| !it.is_empty()),
    };
    let run = if fields.text("do") == "withdraw" { Run::Real } else { Run::Dry };
    let told = match releases::withdraw(&app.desk, &visit.actor, &asked, run).await {
        Ok(_) if run == Run::Real => {
            let version = percent_encoded(&asked.version);
            return Ok(Redirect::to(&format!("/desk/releases?withdrawn={version}")).into_response());
        }
        Ok(stepped) => Ok(said::stepped_back(say.lang, true, (&release.version, &stepped))),
        Err(NotDone::Error(error)) => return Err(error.into()),
        Err(NotDone::NotTaken(why)) => Err(said::not_taken(say.lang, &why)),
    };
    let mut shown = form(&app, &visit, Some(&release.version), &Typed::of(&release)).await?;
    let status = if told.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (ready, faults) = told.map_or_else(|faults| (vec![], faults), |ready| (ready, vec![]));
    // One that was withdrawn meanwhile says so in its tags.
    let kept = shown.withdrawal.take().unwrap_or_default();
    shown.withdrawal = Some(Withdrawal { why, instead, ready, faults, ..kept });
    Ok(page(status, &shown))
}
