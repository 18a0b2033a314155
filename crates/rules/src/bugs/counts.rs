//! What the reports of a bug add up to, and how many bugs stand where.

use std::collections::BTreeSet;

use super::{Bug, Severity, State};
use crate::{
    ids::{OrganisationId, PersonId},
    instant::Instant,
    releases::Catalogue,
};

/// A request that joined a bug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub organisation: Option<OrganisationId>,
    pub requester: PersonId,
    pub followers: Vec<PersonId>,
    pub is_open: bool,
    pub filed: Instant,
}

/// Derived, never kept: a report that leaves takes its part with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub reports: usize,
    pub open: usize,
    /// Of people without one, each is one.
    pub organisations: usize,
    /// Requesters and followers, each once.
    pub people: usize,
    pub first: Option<Instant>,
    pub last: Option<Instant>,
}

impl Counts {
    pub fn of(reports: &[Report]) -> Self {
        let organisations: BTreeSet<OrganisationId> = reports.iter().filter_map(|report| report.organisation).collect();
        let alone = reports.iter().filter(|report| report.organisation.is_none()).map(|report| report.requester);
        let requesters = reports.iter().map(|report| report.requester);
        let followers = reports.iter().flat_map(|report| report.followers.iter().copied());
        Self {
            reports: reports.len(),
            open: reports.iter().filter(|report| report.is_open).count(),
            organisations: organisations.len() + alone.collect::<BTreeSet<_>>().len(),
            people: requesters.chain(followers).collect::<BTreeSet<_>>().len(),
            first: reports.iter().map(|report| report.filed).min(),
            last: reports.iter().map(|report| report.filed).max(),
        }
    }
}

/// How many bugs stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    pub new: usize,
    pub confirmed: usize,
    pub planned: usize,
    pub in_work: usize,
    pub fixed: usize,
    pub released: usize,
    pub refused: usize,
    /// Of those that are open.
    pub critical: usize,
    pub regressions: usize,
    pub overdue: usize,
}

impl Board {
    pub fn of<'b>(bugs: impl IntoIterator<Item = &'b Bug>, catalogue: &Catalogue) -> Self {
        let mut board = Self::default();
        for bug in bugs {
            *board.place(&bug.state) += 1;
            board.critical += usize::from(bug.is_open() && bug.severity == Severity::Critical);
            board.regressions += usize::from(bug.is_open() && bug.is_regression());
            board.overdue += usize::from(bug.is_overdue(catalogue));
        }
        board
    }

    fn place(&mut self, state: &State) -> &mut usize {
        match state {
            State::New => &mut self.new,
            State::Confirmed => &mut self.confirmed,
            State::Planned { .. } => &mut self.planned,
            State::InWork { .. } => &mut self.in_work,
            State::Fixed => &mut self.fixed,
            State::Released => &mut self.released,
            State::Refused(_) => &mut self.refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        bugs::{Source, Step},
        ids::BugId,
        releases::Version,
    };

    #[test]
    fn bug_2_many_reports_join_a_bug_and_are_counted() {
        let at = |minute: i64| Instant::from_micros(minute * 60_000_000).expect("an instant");
        let report = |organisation: Option<i64>, person: i64, followers: &[i64], is_open, minute| Report {
            organisation: organisation.map(OrganisationId),
            requester: PersonId(person),
            followers: followers.iter().copied().map(PersonId).collect(),
            is_open,
            filed: at(minute),
        };
        let reports = [
            report(Some(1), 1, &[2, 3], true, 30),
            report(Some(1), 2, &[], false, 10),
            report(None, 4, &[4], true, 20),
            report(None, 4, &[], true, 40),
        ];
        let expected =
            Counts { reports: 4, open: 3, organisations: 2, people: 4, first: Some(at(10)), last: Some(at(40)) };
        assert_eq!(Counts::of(&reports), expected);
        assert_eq!(Counts::of(&[]), Counts::default());
    }

    #[test]
    fn bug_2_a_board_counts_bugs_by_where_they_stand() {
        let catalogue = Catalogue::default();
        let version = Version::read("5.13").expect("a version");
        let with = |steps: &[Step]| {
            let mut bug = Bug::new(BugId(1), Severity::Critical, Source::Customer);
            steps.iter().for_each(|step| bug.step(step.clone(), &catalogue).expect("it can be taken"));
            bug
        };
        let fix = Step::Fix { version: version.clone() };
        let again = Step::FoundAgain { version: version.clone() };
        let bugs = [
            with(&[]),
            with(&[Step::Confirm, fix.clone()]),
            with(&[Step::Confirm, fix, again]),
            with(&[Step::Confirm, Step::Plan { version }]),
            with(&[Step::Confirm, Step::Start]),
            with(&[Step::Refuse(super::super::Refused::DuplicateOf(BugId(9)))]),
        ];
        let expected = Board {
            new: 1,
            confirmed: 1,
            planned: 1,
            in_work: 1,
            fixed: 1,
            refused: 1,
            critical: 4,
            regressions: 1,
            ..Board::default()
        };
        assert_eq!(Board::of(&bugs, &catalogue), expected);
    }
}
