//! A release is published with the commits in it: the bugs that their messages, or lines of its notes, say they fix are fixed in it
//! (BUG-5). First the fixes, then the release, so that whoever waits hears of all of them at once; who is killed in between
//! publishes again, and what was done is not done again. A bug that cannot be fixed there is told and keeps nothing back.

use std::collections::HashMap;

use rules::{
    bugs::{Bug, BugRefusal, COMMITS, CameOf, FixNamed, Stage, Step, fixes},
    ids::BugId,
    releases::{Catalogue, NotTaken, Version, import::Difference},
};

use super::{catalogue, refused, step::step_in};
use crate::{
    Actor, Desk, Result, Run,
    releases::{self, FixTold, NotDone, Summary, ToPublish},
    scribe::Scribe,
};

/// What came of publishing, or would.
#[derive(Clone, Debug)]
pub struct Published {
    pub told: Difference,
    /// In the order in which they are named.
    pub fixes: Vec<FixNamed>,
}

impl Published {
    /// The same for programs.
    pub fn summary(&self, run: Run) -> Summary {
        let one = |fix: &FixNamed| FixTold { bug: format!("BUG-{}", fix.bug), came: fix.came.word() };
        Summary { fixes: self.fixes.iter().map(one).collect(), ..Summary::of(run, &self.told) }
    }
}

/// Publishes it, or amends it, and takes up the fixes that `commits` and its notes name.
pub async fn publish(
    desk: &Desk,
    actor: &Actor,
    (new, commits): (&ToPublish, Option<&str>),
    run: Run,
) -> std::result::Result<Published, NotDone> {
    // Also where the release cannot be taken: then nothing is fixed in it.
    let told = releases::publish(desk, actor, new, Run::Dry).await?;
    let version = Version::parse(&new.version).map_err(NotTaken::Version)?;
    let named = named(commits.unwrap_or_default(), &told);
    let fixes = fix_named(desk, actor, (&version, &named), run).await?;
    let told = if run == Run::Dry { told } else { releases::publish(desk, actor, new, run).await? };
    Ok(Published { told, fixes })
}

/// What its commits say they fix, and its notes after them.
fn named(commits: &str, told: &Difference) -> Vec<BugId> {
    let end = (0..=COMMITS.min(commits.len())).rev().find(|at| commits.is_char_boundary(*at)).unwrap_or(0);
    let mut all = fixes(&commits[..end]);
    let releases = told.new.iter().chain(told.changed.iter().map(|it| &it.release));
    for note in releases.flat_map(|release| &release.notes) {
        all.extend(fixes(&note.text).into_iter().filter(|bug| !all.contains(bug)).collect::<Vec<_>>());
    }
    all
}

async fn fix_named(
    desk: &Desk,
    actor: &Actor,
    (version, named): (&Version, &[BugId]),
    run: Run,
) -> Result<Vec<FixNamed>> {
    if named.is_empty() {
        return Ok(vec![]);
    }
    if run == Run::Dry {
        let known = store::bugs::these(desk.store.read(), named).await?;
        let catalogue = releases::catalogue(desk).await?;
        let mut lives: HashMap<BugId, Bug> = known.into_iter().map(|(id, bug)| (id, bug.life)).collect();
        let came = |bug: &BugId| (*bug, lives.get_mut(bug).map(|life| fix(life, version, &catalogue).0));
        return Ok(named
            .iter()
            .map(came)
            .map(|(bug, came)| FixNamed { bug, came: came.unwrap_or(CameOf::NoSuchBug) })
            .collect());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let catalogue = catalogue(desk, &scribe.tx).await?;
    let known = store::bugs::these(&scribe.tx, named).await?;
    let mut all = vec![];
    for bug in named {
        let came = match known.get(bug) {
            None => CameOf::NoSuchBug,
            Some(kept) => {
                let mut life = kept.life.clone();
                let (came, steps) = fix(&mut life, version, &catalogue);
                for step in steps {
                    let moved = step_in(&mut scribe, &catalogue, (*bug, step)).await?;
                    moved.map_err(|why| refused(BugRefusal::NotMoved(why)))?;
                }
                came
            }
        };
        all.push(FixNamed { bug: *bug, came });
    }
    scribe.settle().await?;
    Ok(all)
}

/// What it takes that a bug is fixed there. Whoever fixed it knew that it was one.
fn fix(life: &mut Bug, version: &Version, catalogue: &Catalogue) -> (CameOf, Vec<Step>) {
    if life.is_fixed() && life.fixed_in().contains(version) {
        return (CameOf::WasFixed, vec![]);
    }
    let mut steps = if life.state.stage() == Stage::New { vec![Step::Confirm] } else { vec![] };
    steps.push(Step::Fix { version: version.clone() });
    for step in &steps {
        if let Err(why) = life.step(step.clone(), catalogue) {
            return (CameOf::NotMoved(why), vec![]);
        }
    }
    (CameOf::Fixed, steps)
}
