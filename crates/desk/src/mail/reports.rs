//! The report of a month: its numbers travel in the order, as its reader was allowed to count them.

use rules::{
    ids::PersonId,
    reports::{Days, Summary},
};
use serde::{Deserialize, Serialize};

use crate::{Desk, Result, ports::About};

/// To who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthReport {
    pub to: PersonId,
    pub days: Days,
    pub summary: Summary,
}

pub(super) fn about(desk: &Desk, owed: &MonthReport) -> Result<Option<About>> {
    let Days { from, through } = owed.days;
    let page = format!("{}/desk/report?from={from}&through={through}", desk.settings.base_url);
    Ok(Some(About::MonthReport { month: from, summary: owed.summary, page }))
}
