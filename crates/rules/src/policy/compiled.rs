//! A version of the policy as it is stored and asked (POL-3): the checked policy, its calendars with the holidays
//! spelled out and built, and a hash. Answers the clocks (`sla::Terms`); when a version is in force is `desk`'s.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Checked, Keyed, Policy, Target};
use crate::{
    calendar::{self, CalendarFault, CalendarSpec, Holiday},
    events::TargetKind,
    keys::{CalendarKey, HolidaysKey, PriorityKey},
    sla::{About, Aim, Terms},
};

/// A policy ready for use. Serialises as its stored form; keep that as text, since the order of its maps is meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Compiled {
    policy: Policy,
    calendars: Keyed<CalendarKey, calendar::Calendar>,
}

/// What is stored: the calendars as they were when the version was made, whatever later becomes of the lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    policy: Policy,
    calendars: Keyed<CalendarKey, CalendarSpec>,
}

impl Compiled {
    /// Builds the calendars of a checked policy.
    pub fn new(checked: Checked) -> Self {
        let policy = checked.policy;
        let language = policy.language.as_str();
        let specs = policy.calendars.iter().map(|(key, entry)| (key.clone(), entry.spec(&policy.holidays, language)));
        let stored = Stored { calendars: specs.collect(), policy: policy.clone() };
        Self::try_from(stored).expect("a checked policy's calendars open")
    }

    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A calendar, built.
    pub fn calendar(&self, key: &CalendarKey) -> Option<&calendar::Calendar> {
        self.calendars.get(key)
    }

    /// The calendar of `hours`, which the support page shows.
    pub fn hours(&self) -> &calendar::Calendar {
        self.calendar(&self.policy.hours.calendar).expect("a checked policy's hours name one of its calendars")
    }

    /// SHA-256 of the stored form, in hexadecimal: equal for files that mean the same.
    pub fn hash(&self) -> String {
        let stored = serde_json::to_vec(self).expect("a policy is texts, numbers and lists");
        Sha256::digest(stored).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl TryFrom<Stored> for Compiled {
    type Error = CalendarFault;

    fn try_from(stored: Stored) -> Result<Self, CalendarFault> {
        let built = stored.calendars.iter().map(|(key, spec)| Ok((key.clone(), calendar::Calendar::build(spec)?)));
        Ok(Self { calendars: built.collect::<Result<_, CalendarFault>>()?, policy: stored.policy })
    }
}

impl From<Compiled> for Stored {
    fn from(compiled: Compiled) -> Self {
        let specs = compiled.calendars.iter().map(|(key, calendar)| (key.clone(), calendar.spec().clone()));
        Stored { calendars: specs.collect(), policy: compiled.policy }
    }
}

impl Terms for Compiled {
    fn aim(&self, kind: TargetKind, of: &About) -> Option<Aim<'_>> {
        let applied = self.policy.applied(kind, of);
        let Target::Within(length) = applied.target else { return None };
        let entry = self.policy.calendars.get(applied.calendar)?;
        Some(Aim {
            calendar: self.calendar(applied.calendar)?,
            length: length.by(entry.support_day_minutes)?,
            best_effort: applied.best_effort,
        })
    }

    fn rank(&self, priority: &PriorityKey) -> Option<usize> {
        self.policy.priorities.position(priority)
    }

    fn stops_for_missing_details(&self) -> bool {
        self.policy.first_response.stops_for_missing_details
    }

    fn warn_percents(&self) -> &[u8] {
        &self.policy.waiting.warn_percents
    }
}

impl super::Calendar {
    /// The calendar with the days of its lists, named in a language.
    pub(super) fn spec(&self, lists: &Keyed<HolidaysKey, super::Holidays>, language: &str) -> CalendarSpec {
        let lists = self.holidays.iter().filter(|_| self.closed_on_holidays).filter_map(|key| lists.get(key));
        let days = lists.flat_map(|list| list.dates.iter());
        let holidays = days.map(|(date, name)| Holiday { date: *date, name: Some(name.say(language).to_owned()) });
        CalendarSpec { zone: self.zone.clone(), slots: self.week.clone(), holidays: holidays.collect() }
    }
}
