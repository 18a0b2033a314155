//! A bug as staff see it: who reported it, with which plan; which versions have it; the checklist and what it said; what was done.

use std::collections::HashMap;

use rules::{
    access::{Action, may},
    bugs::Bug,
    events::Entry,
    ids::{BugId, OrganisationId, PersonId, TicketId},
    keys::PlanKey,
    releases::Version,
};
use store::bugs::{Checked, Counted, Kept, Telling};

use super::known::is_hotfix;
use crate::{
    Actor, Desk, Result, releases,
    tickets::{Row, seen_rows},
};

/// How many reports are shown.
const SHOWN: i64 = 100;

#[derive(Clone, Debug)]
pub struct Shown {
    pub bug: Kept,
    pub is_hotfix: bool,
    pub is_overdue: bool,
    /// The versions with its fix that are out.
    pub out: Vec<Version>,
    /// Each release with it was withdrawn (BUG-7).
    pub taken_back: bool,
    pub counted: Counted,
    /// The requests that its reader sees.
    pub reports: Vec<Reported>,
    pub followers: i64,
    /// Each time that the checklist was answered, the last one first.
    pub checks: Vec<Checked>,
    pub history: Vec<Entry>,
    pub telling: Option<Telling>,
    pub names: HashMap<PersonId, String>,
    /// Whether the reader moves it.
    pub manages: bool,
}

#[derive(Clone, Debug)]
pub struct Reported {
    pub row: Row,
    pub plan: Option<PlanKey>,
    /// What its customer runs, as they said it.
    pub version: Option<String>,
}

pub async fn show(desk: &Desk, actor: &Actor, id: BugId) -> Result<Shown> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let bug = super::get(conn, id).await?;
    let catalogue = releases::catalogue(desk).await?;
    let counted = store::bugs::counted(conn, &[id]).await?.remove(&id).unwrap_or_default();
    let history = store::events::of_bug(conn, id).await?;
    let checks = store::bugs::checks(conn, id).await?;
    let mut people: Vec<PersonId> = history.iter().filter_map(|entry| entry.by.person).collect();
    people.extend(checks.iter().map(|checked| checked.by));
    people.extend(bug.filed_by);
    Ok(Shown {
        is_hotfix: is_hotfix(conn, &bug).await?,
        is_overdue: bug.life.is_overdue(&catalogue),
        out: out(&bug.life, &catalogue),
        taken_back: bug.life.taken_back(&catalogue).is_some(),
        counted,
        reports: reports(desk, signed, id).await?,
        followers: store::bugs::count_followers(conn, id).await?,
        checks,
        history,
        telling: store::bugs::telling(conn, id).await?,
        names: store::people::names(conn, &people).await?,
        manages: may(signed.grants, Action::ManageBugs),
        bug,
    })
}

fn out(bug: &Bug, catalogue: &rules::releases::Catalogue) -> Vec<Version> {
    let is_out = |version: &&Version| catalogue.release(version).is_some_and(rules::releases::Release::is_live);
    bug.fixed_in().iter().filter(is_out).cloned().collect()
}

/// Those that the reader sees: another's security report is none for them (VIS-2).
async fn reports(desk: &Desk, signed: &crate::actor::Signed, id: BugId) -> Result<Vec<Reported>> {
    let conn = desk.store.read();
    let compiled = desk.policy().await?;
    let ids: Vec<_> = store::bugs::reports(conn, id, SHOWN).await?.into_iter().map(|it| it.ticket).collect();
    let rows = seen_rows(desk, &signed.scope, &ids).await?;
    let details = store::tickets::details_of(conn, &ids).await?;
    let version = |of: &TicketId| {
        let is_version =
            |key| compiled.policy().details.get(key).is_some_and(|it| it.kind == rules::policy::DetailKind::Version);
        details.get(of)?.iter().find(|(key, _)| is_version(key)).map(|(_, value)| value.clone())
    };
    let one = |row: Row| {
        let (plan, version) = (row.ticket.plan.clone(), version(&row.ticket.id));
        Reported { row, plan, version }
    };
    let mut reports: Vec<Reported> = rows.into_iter().map(one).collect();
    reports.sort_by_key(|it: &Reported| {
        (it.row.ticket.organisation.map_or(i64::MAX, |OrganisationId(id)| id), it.row.ticket.id)
    });
    Ok(reports)
}
