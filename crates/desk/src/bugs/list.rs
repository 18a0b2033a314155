//! The bug queue: a board by where bugs stand, and a list that can be narrowed.

use std::collections::HashMap;

use rules::{
    access::Action,
    bugs::{Severity, Stage},
    ids::BugId,
    keys::AreaKey,
    releases::alike,
};
use store::bugs::{Counted, Kept};

use crate::{Actor, Desk, Result, releases};

/// How many a column shows, and how many of a stage are looked through.
const SHOWN: i64 = 40;
const LOOKED_AT: i64 = 1_000;
/// How many a list shows.
const LISTED: usize = 200;

/// A bug on the board.
#[derive(Clone, Debug)]
pub struct Head {
    pub bug: Kept,
    pub counted: Counted,
    /// It was to be in a release that is out without it.
    pub is_overdue: bool,
    /// It is to be fixed at once (BUG-3).
    pub is_hotfix: bool,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub stage: Stage,
    /// How many stand there, of which the last changed are shown.
    pub count: i64,
    pub heads: Vec<Head>,
}

/// What a list is narrowed to; nothing set: all that are not over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Option<Stage>,
    pub area: Option<AreaKey>,
    pub severity: Option<Severity>,
    /// Words of the title, or a number.
    pub text: String,
}

pub async fn board(desk: &Desk, actor: &Actor) -> Result<Vec<Column>> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let mut columns = vec![];
    for stage in Stage::ALL {
        let bugs = store::bugs::in_stage(conn, stage, SHOWN).await?;
        let count = store::bugs::count_in(conn, stage).await?;
        columns.push(Column { stage, count, heads: heads_of(desk, bugs).await? });
    }
    Ok(columns)
}

/// Those that fit, the likest to the text first, else the last changed.
pub async fn find(desk: &Desk, actor: &Actor, filter: &Filter) -> Result<Vec<Head>> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let mut bugs: Vec<Kept> = vec![];
    let is_narrowed = !filter.text.trim().is_empty();
    for stage in Stage::ALL {
        let is_asked = filter.stage.map_or(is_narrowed || stage.is_open(), |asked| asked == stage);
        if is_asked {
            bugs.extend(store::bugs::in_stage(conn, stage, LOOKED_AT).await?);
        }
    }
    bugs.retain(|bug| filter.area.as_ref().is_none_or(|area| bug.says.area.as_ref() == Some(area)));
    bugs.retain(|bug| filter.severity.is_none_or(|severity| bug.life.severity == severity));
    if is_narrowed {
        bugs = with(&filter.text, bugs);
    } else {
        bugs.sort_by_key(|bug| std::cmp::Reverse((bug.changed_at, bug.id())));
    }
    bugs.truncate(LISTED);
    heads_of(desk, bugs).await
}

/// Those with words of the text in their titles, or of that number.
fn with(text: &str, bugs: Vec<Kept>) -> Vec<Kept> {
    let number = text.trim().to_uppercase();
    let number = number.strip_prefix("BUG-").unwrap_or(&number).parse::<i64>().ok();
    let titles: Vec<&str> = bugs.iter().map(|bug| bug.says.title.as_str()).collect();
    let found = alike(text, &titles).into_iter().filter(|it| it.weight > 0.0).map(|it| bugs[it.at].clone());
    let named = bugs.iter().filter(|bug| Some(bug.id().0) == number).cloned();
    let mut all: Vec<Kept> = named.chain(found).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|bug| seen.insert(bug.id()));
    all
}

/// With how many reported them.
pub async fn heads_of(desk: &Desk, bugs: Vec<Kept>) -> Result<Vec<Head>> {
    let conn = desk.store.read();
    let catalogue = releases::catalogue(desk).await?;
    let ids: Vec<BugId> = bugs.iter().map(Kept::id).collect();
    let mut counted: HashMap<BugId, Counted> = store::bugs::counted(conn, &ids).await?;
    let mut heads = Vec::with_capacity(bugs.len());
    for bug in bugs {
        heads.push(Head {
            counted: counted.remove(&bug.id()).unwrap_or_default(),
            is_overdue: bug.life.is_overdue(&catalogue),
            is_hotfix: bug.life.is_open() && super::known::is_hotfix(conn, &bug).await?,
            bug,
        });
    }
    Ok(heads)
}
