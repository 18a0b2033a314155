//! What trying a policy came to (POL-4), as a program reads it and as a person does.

use std::fmt::Write;

use desk::sla::Simulated;
use jiff::civil::Date;
use rules::{
    ids::TicketId,
    sla::{Group, Tally},
};
use serde::{Deserialize, Serialize};

/// The report of `policy simulate --json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Of this form.
    pub version: u32,
    pub since: Date,
    /// Requests that were filed since.
    pub requests: u64,
    /// First responses of them that the tried policy has a target for.
    pub cases: u64,
    pub groups: Vec<Row>,
}

/// A type with a priority.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    #[serde(flatten)]
    pub group: Group,
    pub late_as_it_was: usize,
    pub late_then: usize,
    #[serde(flatten)]
    pub tally: Tally,
}

/// Numbers that are named in a line.
const NAMED: usize = 20;

impl Report {
    pub fn of(since: Date, simulated: Simulated) -> Self {
        let cases = simulated.compared.cases();
        let rows = Vec::from(simulated.compared).into_iter().map(|(group, tally)| Row {
            group,
            late_as_it_was: tally.late_as_it_was(),
            late_then: tally.late_then(),
            tally,
        });
        Self { version: 1, since, requests: simulated.requests, cases, groups: rows.collect() }
    }

    /// For a person at a terminal.
    pub fn words(&self) -> String {
        let mut said = format!(
            "{} requests filed since {}, with {} first responses.\n\n{:<24} {:<12} {:>9} {:>12} {:>10}\n",
            self.requests, self.since, self.cases, "type", "priority", "cases", "late, it was", "late, then"
        );
        for row in &self.groups {
            // Writing into a text does not fail.
            let _ = row.say(&mut said);
        }
        if self.groups.iter().all(|row| !row.tally.is_changed()) {
            said.push_str("\nThis policy would have found the same.\n");
        }
        said
    }
}

impl Row {
    fn say(&self, said: &mut String) -> std::fmt::Result {
        let of = match self.group.reopened {
            true => format!("{}, reopened", self.group.request_type),
            false => self.group.request_type.to_string(),
        };
        let (was, then) = (self.late_as_it_was, self.late_then);
        writeln!(said, "{of:<24} {:<12} {:>9} {was:>12} {then:>10}", self.group.priority.as_str(), self.tally.cases)?;
        for (what, tickets) in
            [("late then, in time as it was", &self.tally.newly_late), ("late as it was, not then", &self.tally.spared)]
        {
            if !tickets.is_empty() {
                writeln!(said, "    {what}: {}", named(tickets))?;
            }
        }
        Ok(())
    }
}

/// "12, 15, 18 and 9 more".
fn named(tickets: &[TicketId]) -> String {
    let first: Vec<String> = tickets.iter().take(NAMED).map(ToString::to_string).collect();
    let more = tickets.len() - first.len();
    match more {
        0 => first.join(", "),
        _ => format!("{} and {more} more (--json names them all)", first.join(", ")),
    }
}
