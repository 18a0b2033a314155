//! Writes holidays into the text of a policy: a list gains and loses days, and calendars close on it (PLN-6). Comments and the
//! order of everything else stay. Whether the result is a policy is `Policy::parse`'s.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use crate::keys::{CalendarKey, HolidaysKey};

/// What becomes of a list of holidays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    pub list: Option<HolidaysKey>,
    /// The name of the list, where it is new.
    pub name: String,
    pub add: BTreeMap<Date, String>,
    pub remove: BTreeSet<Date>,
    /// Calendars that are closed on its days from now on.
    pub calendars: Vec<CalendarKey>,
}

/// The text with the amendment in it; `None` where the text is no TOML, or is built in a way that this does not write in.
pub fn amended(source: &str, amendment: &Amendment) -> Option<String> {
    let list = amendment.list.as_ref()?;
    let mut document: DocumentMut = source.parse().ok()?;
    let lists = table(document.as_table_mut(), "holidays")?;
    lists.set_implicit(true);
    let is_new = !lists.contains_key(list.as_str());
    let entry = table(lists, list.as_str())?;
    if is_new {
        entry.insert("name", value(amendment.name.as_str()));
    }
    let dates = table(entry, "dates")?;
    for date in &amendment.remove {
        dates.remove(&date.to_string());
    }
    for (date, name) in &amendment.add {
        if !dates.contains_key(&date.to_string()) {
            dates.insert(&date.to_string(), value(name.as_str()));
        }
    }
    dates.sort_values();
    for calendar in &amendment.calendars {
        let calendars = document.get_mut("calendars")?.as_table_like_mut()?;
        closes(calendars.get_mut(calendar.as_str())?, list)?;
    }
    Some(document.to_string())
}

/// The calendar is closed on the list's days.
fn closes(calendar: &mut Item, list: &HolidaysKey) -> Option<()> {
    let calendar = calendar.as_table_like_mut()?;
    if !calendar.contains_key("holidays") {
        calendar.insert("holidays", value(Array::new()));
    }
    let lists = calendar.get_mut("holidays")?.as_array_mut()?;
    if !lists.iter().any(|named| named.as_str() == Some(list.as_str())) {
        lists.push(list.as_str());
    }
    if calendar.get("closed_on_holidays").and_then(Item::as_bool) == Some(false) {
        calendar.remove("closed_on_holidays");
    }
    Some(())
}

/// A table in another, made where it is missing; one that is written in a line becomes one of its own.
fn table<'t>(within: &'t mut Table, key: &str) -> Option<&'t mut Table> {
    let item = within.entry(key).or_insert_with(|| Item::Table(Table::new()));
    if let Item::Value(Value::InlineTable(inline)) = item {
        *item = Item::Table(std::mem::take(inline).into_table());
    }
    item.as_table_mut()
}
