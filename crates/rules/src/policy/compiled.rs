//! A version of the policy as it is stored and asked (POL-3): the checked policy, its calendars with the holidays
//! spelled out and built, and a hash. Answers the clocks (`sla::Terms`); when a version is in force is `desk`'s.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Checked, Keyed, Policy, Target};
use crate::{
    calendar::{self, CalendarFault, CalendarSpec, Holiday},
    events::TargetKind,
    keys::{CalendarKey, HolidaysKey, PriorityKey, RegionKey},
    sla::{About, Aim, Terms},
};

/// A policy ready for use. Serialises as its stored form; keep that as text, since the order of its maps is meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Compiled {
    policy: Policy,
    calendars: Keyed<CalendarKey, calendar::Calendar>,
    variants: Vec<Variant>,
}

/// A calendar as it is for some requests only: with its emergency hours, or on a region's clock (PLN-3).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Variant {
    of: Which,
    calendar: calendar::Calendar,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Which {
    calendar: CalendarKey,
    region: Option<RegionKey>,
    emergency: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredVariant {
    of: Which,
    hours: CalendarSpec,
}

/// What is stored: the calendars as they were when the version was made, whatever later becomes of the lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    policy: Policy,
    calendars: Keyed<CalendarKey, CalendarSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    variants: Vec<StoredVariant>,
}

impl Compiled {
    /// Builds the calendars of a checked policy.
    pub fn new(checked: Checked) -> Self {
        let policy = checked.policy;
        let language = policy.language.as_str();
        let specs = policy.calendars.iter().map(|(key, entry)| (key.clone(), entry.spec(&policy.holidays, language)));
        let variants = policy.calendars.iter().flat_map(|(key, entry)| variants(&policy, key, entry)).collect();
        let stored = Stored { calendars: specs.collect(), policy: policy.clone(), variants };
        Self::try_from(stored).expect("a checked policy's calendars open")
    }

    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A calendar, built.
    pub fn calendar(&self, key: &CalendarKey) -> Option<&calendar::Calendar> {
        self.calendars.get(key)
    }

    /// A calendar as it is for a request: with its emergency hours where the priority is one of theirs, on the clock of
    /// the organisation's region where the calendar goes by that.
    pub fn calendar_for(&self, key: &CalendarKey, about: &About) -> Option<&calendar::Calendar> {
        let entry = self.policy.calendars.get(key)?;
        let emergency = entry.emergency.as_ref().is_some_and(|it| it.priorities.contains(&about.priority));
        let has_zone = |region: &&RegionKey| self.policy.regions.get(*region).is_some_and(|it| it.zone.is_some());
        let region = about.region.as_ref().filter(|_| entry.in_region_zone).filter(has_zone);
        let is_it = |of: &Which| of.calendar == *key && of.region.as_ref() == region && of.emergency == emergency;
        let variant = self.variants.iter().find(|variant| is_it(&variant.of)).map(|variant| &variant.calendar);
        variant.or_else(|| self.calendar(key))
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
        let variants = stored.variants.into_iter();
        let variants = variants.map(|it| Ok(Variant { of: it.of, calendar: calendar::Calendar::build(&it.hours)? }));
        Ok(Self {
            calendars: built.collect::<Result<_, CalendarFault>>()?,
            variants: variants.collect::<Result<_, CalendarFault>>()?,
            policy: stored.policy,
        })
    }
}

impl From<Compiled> for Stored {
    fn from(compiled: Compiled) -> Self {
        let specs = compiled.calendars.iter().map(|(key, calendar)| (key.clone(), calendar.spec().clone()));
        let variants = compiled.variants.into_iter();
        let variants = variants.map(|it| StoredVariant { of: it.of, hours: it.calendar.spec().clone() });
        Stored { calendars: specs.collect(), policy: compiled.policy, variants: variants.collect() }
    }
}

impl Terms for Compiled {
    fn aim(&self, kind: TargetKind, of: &About) -> Option<Aim<'_>> {
        let applied = self.policy.applied(kind, of);
        let Target::Within(length) = applied.target else { return None };
        let entry = self.policy.calendars.get(applied.calendar)?;
        Some(Aim {
            calendar: self.calendar_for(applied.calendar, of)?,
            length: length.by(entry.support_day_minutes)?,
            best_effort: applied.best_effort,
        })
    }

    fn has_regions(&self) -> bool {
        !self.policy.regions.is_empty()
    }

    fn has_updates(&self) -> bool {
        let of_plans = self.policy.plans.iter().flat_map(|(_, plan)| &plan.targets);
        self.policy.targets.iter().chain(of_plans).any(|line| line.update.is_some())
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

/// Every form of a calendar beside its plain one.
fn variants(policy: &Policy, key: &CalendarKey, entry: &super::Calendar) -> Vec<StoredVariant> {
    let plain = entry.spec(&policy.holidays, policy.language.as_str());
    let zones = policy.regions.iter().filter(|_| entry.in_region_zone);
    let zones = zones.filter_map(|(region, it)| Some((Some(region.clone()), it.zone.clone()?)));
    let mut variants = Vec::new();
    for (region, zone) in std::iter::once((None, plain.zone.clone())).chain(zones) {
        let hours = CalendarSpec { zone, ..plain.clone() };
        let of = |emergency| Which { calendar: key.clone(), region: region.clone(), emergency };
        if let Some(emergency) = &entry.emergency {
            let slots = hours.slots.clone().and(&emergency.week);
            variants.push(StoredVariant { of: of(true), hours: CalendarSpec { slots, ..hours.clone() } });
        }
        if region.is_some() {
            variants.push(StoredVariant { of: of(false), hours });
        }
    }
    variants
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
