//! When people are here and how fast they answer: calendars, holidays, targets and plans (HRS, PLN).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Included, Keyed, Origin, Target, Text};
use crate::{
    calendar::Week,
    events::Channel,
    keys::{CalendarKey, EntryKey, HolidaysKey, PriorityKey, RegionKey, TypeKey},
};

/// When people are here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The calendar that the support page shows, and by which targets count unless their line names another.
    pub calendar: CalendarKey,
    /// What happens with what arrives outside these hours.
    pub outside: Text,
    #[serde(default)]
    pub origin: Origin,
}

/// A calendar: a zone, the week, and holidays (HRS-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    pub name: Text,
    /// The IANA name of its time zone: `UTC`, `Europe/Berlin`.
    #[schemars(extend("format" = "zone"))]
    pub zone: String,
    /// The slots of each day: `mon = [["08:00", "18:00"]]`.
    pub week: Week,
    /// Whether it is closed on holidays. With no dates listed, the page says that the list is missing (HRS-4).
    #[serde(default = "yes")]
    pub closed_on_holidays: bool,
    /// The lists of its holidays.
    #[serde(default)]
    pub holidays: Vec<HolidaysKey>,
    /// How long a support day is, for targets in that unit (PLN-2); in minutes.
    #[schemars(range(min = 1, max = 1440))]
    pub support_day_minutes: Option<u16>,
    /// More hours, for named priorities only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Emergency>,
    /// Whether the week is read on the clock of the organisation's region, where that states a zone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_region_zone: bool,
    #[serde(default)]
    pub origin: Origin,
}

fn yes() -> bool {
    true
}

/// Hours beside the ordinary ones, open to named priorities only (PLN-3). What closes the calendar closes them too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// For which priorities; their targets count in both hours.
    pub priorities: Vec<PriorityKey>,
    /// The slots of each day, beside those of the calendar.
    pub week: Week,
    #[serde(default)]
    pub origin: Origin,
}

/// A part of the world that organisations belong to (PLN-3). Staff say which one an organisation's is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    pub name: Text,
    pub about: Option<Text>,
    /// Its time zone, for calendars with `in_region_zone`.
    #[schemars(extend("format" = "zone"))]
    pub zone: Option<String>,
    #[serde(default)]
    pub origin: Origin,
}

/// How a request is escalated (PLN-3): an explicit act of a person, with a reason. Lines with `escalated = true` say what
/// it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// What one does for it: which number to call.
    pub how: Text,
    /// Which priorities can be escalated; all unless named.
    pub priorities: Option<Vec<PriorityKey>>,
    /// Whether customers escalate by themselves, in the portal; staff always may.
    #[serde(default)]
    pub customers: bool,
    #[serde(default)]
    pub origin: Origin,
}

/// A list of holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    pub name: Text,
    /// Each closed date with its name: `"2026-12-25" = "Christmas Day"`.
    #[serde(default)]
    pub dates: Keyed<Date, Text>,
    #[serde(default)]
    pub origin: Origin,
}

/// A line of the targets: for a type, a priority, both, or (naming neither) everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    #[serde(rename = "type")]
    pub request_type: Option<TypeKey>,
    pub priority: Option<PriorityKey>,
    /// Only for organisations of this region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionKey>,
    /// Only once a person has escalated the request; such lines go before all others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub escalated: bool,
    /// By which calendar these targets count.
    pub calendar: Option<CalendarKey>,
    pub first_response: Option<Target>,
    /// The first response after a request was reopened; as the first unless named (FRT-5).
    pub reopened_response: Option<Target>,
    /// Of every later message of the customer that nobody has answered.
    pub next_response: Option<Target>,
    /// How often a word on the progress comes at the latest.
    pub update: Option<Target>,
    /// Until a way around is given.
    pub workaround: Option<Target>,
    pub resolution: Option<Target>,
    /// An aim, shown but never late.
    pub best_effort: Option<bool>,
    #[serde(default)]
    pub origin: Origin,
}

/// What a licence's plan changes (PLN-1). What it does not name stays as for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub name: Text,
    pub about: Option<Text>,
    /// Its targets; each line goes before those of everybody.
    #[serde(default)]
    pub targets: Vec<Line>,
    /// The types that it may file; all unless named.
    pub types: Option<Vec<TypeKey>>,
    /// The priorities that it may wish for; all unless named.
    pub priorities: Option<Vec<PriorityKey>>,
    /// The ways in which it may file; those of the type unless named.
    pub channels: Option<Vec<Channel>>,
    /// How many people of an organisation may file; any number unless named.
    #[schemars(range(min = 1))]
    pub named_contacts: Option<u32>,
    /// Who may escalate, and how; as for everybody unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// What else it brings.
    #[serde(default, skip_serializing_if = "Keyed::is_empty")]
    pub included: Keyed<EntryKey, Included>,
    #[serde(default)]
    pub origin: Origin,
}
