//! Releases, from the command line: published, rolled out, withdrawn, imported, listed.

use desk::{
    Actor, Desk, Run, bugs,
    releases::{self, NotDone, Summary, ToPublish, ToRollOut, ToWithdraw},
};
use jiff::civil::Date;
use rules::releases::{
    Catalogue, Release, Version,
    import::{Drafted, as_json},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use words::{lang::Lang, releases as said};

use super::Response;

/// What is to be done, and how it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Releasing {
    pub what: What,
    /// Only looked at.
    pub dry: bool,
    /// Told as JSON.
    pub json: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Publish {
        version: String,
        notes: Option<String>,
        #[serde(default)]
        commits: Option<String>,
        date: Option<Date>,
        editions: Option<Vec<String>>,
        supported_until: Option<SupportedUntil>,
    },
    RollOut {
        version: String,
        instance: String,
    },
    Withdraw {
        version: String,
        why: String,
        instead: Option<String>,
    },
    Import {
        text: String,
    },
    List,
}

/// How long a release is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportedUntil {
    NoEnd,
    Day(Date),
}

pub(super) async fn run(desk: &Desk, asked: Releasing) -> Response {
    let Releasing { what, dry, json } = asked;
    let run = if dry { Run::Dry } else { Run::Real };
    let done = match what {
        What::Publish { version, notes, commits, date, editions, supported_until } => {
            let supported_until = supported_until.map(|until| match until {
                SupportedUntil::NoEnd => None,
                SupportedUntil::Day(day) => Some(day),
            });
            let new = ToPublish { version, notes, date, editions, supported_until };
            let told = bugs::publish(desk, &Actor::COMMAND, (&new, commits.as_deref()), run).await;
            told.map(|told| published(run, json, (&told, &new.version)))
        }
        What::Import { text } => {
            releases::import(desk, &Actor::COMMAND, &text, run).await.map(|told| came(run, json, &told))
        }
        What::RollOut { version, instance } => roll_out(desk, &ToRollOut { version, instance }, (run, json)).await,
        What::Withdraw { version, why, instead } => {
            withdraw(desk, &ToWithdraw { version, why, instead }, (run, json)).await
        }
        What::List => list(desk, json).await,
    };
    match done {
        Ok(text) => Response::Done(text),
        Err(NotDone::NotTaken(why)) => Response::Refused(said::not_taken(Lang::En, &why).join("\n")),
        Err(NotDone::Error(error)) => Response::Refused(super::in_words(desk, error).await),
    }
}

fn published(run: Run, json: bool, (told, version): (&bugs::Published, &str)) -> String {
    if json {
        return json!(told.summary(run)).to_string();
    }
    let mut lines = said::came(Lang::En, run == Run::Dry, &told.told);
    lines.extend(told.fixes.iter().map(|fix| words::bugs::fix_came(Lang::En, run == Run::Dry, version, fix)));
    lines.join("\n")
}

fn came(run: Run, json: bool, told: &rules::releases::import::Difference) -> String {
    if json {
        return json!(Summary::of(run, told)).to_string();
    }
    said::came(Lang::En, run == Run::Dry, told).join("\n")
}

async fn roll_out(desk: &Desk, asked: &ToRollOut, (run, json): (Run, bool)) -> Result<String, NotDone> {
    let out = releases::roll_out(desk, &Actor::COMMAND, asked, run).await?;
    if json {
        let (dry_run, changed) = (run == Run::Dry, !out.is_known());
        let releases::RolledOut { version, instance, before } = out;
        return Ok(json!({
            "dry_run": dry_run, "version": version, "instance": instance, "before": before, "changed": changed,
        })
        .to_string());
    }
    Ok(said::rolled_out(Lang::En, run == Run::Dry, (&out.version, &out.instance), out.before.as_ref()))
}

async fn withdraw(desk: &Desk, asked: &ToWithdraw, (run, json): (Run, bool)) -> Result<String, NotDone> {
    let stepped = releases::withdraw(desk, &Actor::COMMAND, asked, run).await?;
    let version = Version::parse(&asked.version).map_err(rules::releases::NotTaken::Version)?;
    if json {
        let latest =
            stepped.latest.iter().map(|(edition, from, to)| json!({"edition": edition, "from": from, "to": to}));
        return Ok(json!({
            "dry_run": run == Run::Dry, "withdrawn": version, "latest": latest.collect::<Vec<_>>(),
            "still_on": stepped.still_on,
        })
        .to_string());
    }
    Ok(said::stepped_back(Lang::En, run == Run::Dry, (&version, &stepped)).join("\n"))
}

async fn list(desk: &Desk, json: bool) -> Result<String, NotDone> {
    let catalogue = releases::catalogue(desk).await?;
    if json {
        let all: Vec<Drafted> = catalogue.releases().iter().map(Drafted::of).collect();
        return Ok(as_json(&all).trim_end().to_owned());
    }
    if catalogue.releases().is_empty() {
        return Ok("No release is known. Publish one: firstline release publish 5.12.1 --notes CHANGELOG.md".to_owned());
    }
    let today = releases::today(desk).await?;
    let lines: Vec<String> = catalogue.releases().iter().map(|release| line(&catalogue, release, today)).collect();
    Ok(lines.join("\n"))
}

/// "5.12.1  2026-11-26  team  12 entries, supported until 2027-11-30, on eu1".
fn line(catalogue: &Catalogue, release: &Release, today: Date) -> String {
    let mut what = vec![match release.notes.len() {
        1 => "one entry".to_owned(),
        count => format!("{count} entries"),
    }];
    if catalogue.latest(None).is_some_and(|latest| latest.version == release.version) {
        what.push("the latest".to_owned());
    }
    what.extend(release.supported_until.map(|day| match release.is_supported(today) {
        true => format!("supported until {day}"),
        false => format!("not supported since {day}"),
    }));
    let instances = &catalogue.product.instances;
    let there: Vec<&str> =
        instances.iter().filter(|it| catalogue.runs(it) == Some(&release.version)).map(|it| it.as_str()).collect();
    if !there.is_empty() {
        what.push(format!("on {}", there.join(", ")));
    }
    if let Some(withdrawal) = &release.withdrawn {
        let instead = withdrawal.instead.as_ref().map_or_else(String::new, |version| format!(", use {version}"));
        what.push(format!("withdrawn on {}{instead}: {}", withdrawal.on, withdrawal.why));
    }
    let editions: Vec<&str> = release.editions.iter().map(|edition| edition.as_str()).collect();
    let editions = if editions.is_empty() { String::new() } else { format!("  {}", editions.join(", ")) };
    format!("{}  {}{editions}  {}", release.version, release.released_on, what.join(", "))
}
