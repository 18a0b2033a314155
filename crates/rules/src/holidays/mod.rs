//! Holidays that may be taken into a policy (PLN-6): public holidays by country and region, worked out from maintained
//! rules, and days of a calendar file. They are proposals; what counts is what stands in the policy, after a person took it.
//!
//! Which of them are taken, and into which list, is the person's; writing them into the file is `amend`'s.

pub mod amend;
pub mod ics;
mod on;

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde::Deserialize;

use on::day;

/// A country with its regions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    pub name: String,
    /// Of its own names for the days.
    language: String,
    /// What the rules do not know.
    pub note: Option<String>,
    #[serde(default)]
    regions: BTreeMap<String, String>,
    days: Vec<Rule>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    on: String,
    name: String,
    local: Option<String>,
    #[serde(default)]
    only: Vec<String>,
    from: Option<i16>,
    until: Option<i16>,
    every: Option<i16>,
    instead: Option<Instead>,
}

/// What a weekend does to a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Instead {
    /// The next working day is free too.
    Next,
    /// Friday for Saturday, Monday for Sunday.
    Nearest,
    /// The day before, where it is a Sunday.
    BeforeSunday,
}

/// A day that may be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub date: Date,
    pub name: String,
}

/// There is no such country, or no such region in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown;

/// Years that are worked out at once, at most.
pub const MOST_YEARS: i16 = 10;

static COUNTRIES: LazyLock<BTreeMap<String, Country>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/holidays.toml")).expect("the maintained list is read by its tests")
});

/// All countries by their codes (ISO 3166), in the order of their names.
pub fn countries() -> Vec<(&'static str, &'static Country)> {
    let mut all: Vec<_> = COUNTRIES.iter().map(|(code, country)| (code.as_str(), country)).collect();
    all.sort_by_key(|(_, country)| country.name.as_str());
    all
}

impl Country {
    /// Its regions by their keys, in the order of their names; empty where all of it has the same days.
    pub fn regions(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<_> = self.regions.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect();
        all.sort_by_key(|(_, name)| *name);
        all
    }
}

/// The holidays of a country, or of a region of it, from January of the first year to December of the last, by date. Named in
/// the country's language where the policy is written in that, else in English.
///
/// # Errors
/// A country or region that the list does not have.
pub fn proposals(
    country: &str,
    region: Option<&str>,
    (first, last): (i16, i16),
    language: &str,
) -> Result<Vec<Proposed>, Unknown> {
    let country = COUNTRIES.get(country).ok_or(Unknown)?;
    if region.is_some_and(|region| !country.regions.contains_key(region)) {
        return Err(Unknown);
    }
    let last = last.clamp(first, first.saturating_add(MOST_YEARS - 1));
    // A substitute may fall into the year before or after.
    let years = first.saturating_sub(1)..=last.saturating_add(1);
    let mut all: Vec<Proposed> = years.flat_map(|year| country.year(region, year, language)).collect();
    all.retain(|day| (first..=last).contains(&day.date.year()));
    all.sort_by_key(|it| it.date);
    all.dedup_by_key(|day| day.date);
    Ok(all)
}

impl Country {
    fn year(&self, region: Option<&str>, year: i16, language: &str) -> Vec<Proposed> {
        let is_local = language.split('-').next() == Some(self.language.as_str());
        let mut days = Vec::new();
        let applies = |rule: &&Rule| {
            let here = rule.only.is_empty() || region.is_some_and(|region| rule.only.iter().any(|it| it == region));
            let since = rule.from.is_none_or(|from| from <= year) && rule.until.is_none_or(|until| year <= until);
            let in_turn = rule.every.zip(rule.from).is_none_or(|(every, from)| (year - from) % every == 0);
            here && since && in_turn
        };
        let rules: Vec<(&Rule, Date)> =
            self.days.iter().filter(applies).filter_map(|rule| Some((rule, day(&rule.on, year)?))).collect();
        let taken: Vec<Date> = rules.iter().map(|(_, date)| *date).collect();
        for (rule, date) in rules {
            let name = rule.local.as_ref().filter(|_| is_local).unwrap_or(&rule.name);
            let moved = rule.instead.and_then(|instead| instead.of(date, (&taken, &days)));
            match (rule.instead, moved) {
                (Some(Instead::BeforeSunday), Some(moved)) => days.push(Proposed { date: moved, name: name.clone() }),
                (_, moved) => {
                    days.push(Proposed { date, name: name.clone() });
                    let name =
                        if is_local && rule.local.is_some() { name.clone() } else { format!("{name} (observed)") };
                    days.extend(moved.map(|date| Proposed { date, name }));
                }
            }
        }
        days
    }
}

impl Instead {
    /// Where else it falls; `None` where it stays.
    fn of(self, date: Date, (taken, days): (&[Date], &[Proposed])) -> Option<Date> {
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self {
            Instead::Next if is_weekend => {
                let is_free = |day: &Date| {
                    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
                        || taken.contains(day)
                        || days.iter().any(|it| it.date == *day)
                };
                (1..=7).filter_map(|after| date.checked_add(after.days()).ok()).find(|day| !is_free(day))
            }
            Instead::Nearest if date.weekday() == Weekday::Saturday => date.yesterday().ok(),
            Instead::Nearest if date.weekday() == Weekday::Sunday => date.tomorrow().ok(),
            Instead::BeforeSunday if date.weekday() == Weekday::Sunday => date.yesterday().ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
