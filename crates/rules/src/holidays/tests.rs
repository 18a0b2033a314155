//! The maintained list against dates that were worked out elsewhere, and what is read from calendar files and written into
//! policies.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{amend::*, ics::*, *};
use crate::policy::{Compiled, Policy};

/// By country and region, year by year from 2025 to 2032, as another maintained source has them.
const KNOWN: &str = include_str!("known.txt");
const TIDEWATER: &str = include_str!("../../../../policies/fixtures/tidewater.toml");

#[test]
fn pln_6_the_list_has_the_days_that_are_known_by_country_and_region() {
    let mut places = std::collections::BTreeSet::new();
    for line in KNOWN.lines() {
        let (place, rest) = line.split_once(' ').unwrap();
        let (year, days) = rest.split_once(' ').unwrap();
        let (country, region) = place.split_once('/').map_or((place, None), |(of, region)| (of, Some(region)));
        let year: i16 = year.parse().unwrap();
        let found = proposals(country, region, (year, year), "en").unwrap();
        let found: Vec<String> = found.iter().map(|day| day.date.strftime("%m%d").to_string()).collect();
        assert_eq!(found.join(" "), days, "{place} {year}");
        places.insert(place);
    }
    let all = countries().into_iter().map(|(_, country)| 1 + country.regions().len()).sum::<usize>();
    assert_eq!(places.len(), all - 1, "all of them, but the United Kingdom as a whole, which has no days of its own");
    assert_eq!(countries().len(), 20);
}

#[test]
fn pln_6_every_rule_reads_and_names_regions_that_exist() {
    for (code, country) in countries() {
        for rule in &country.days {
            let reads = (2000..2100).any(|year| day(&rule.on, year).is_some());
            assert!(reads, "{code}: {}", rule.on);
            assert!(rule.only.iter().all(|region| country.regions.contains_key(region)), "{code}: {}", rule.on);
        }
    }
}

#[test]
fn pln_6_a_day_is_named_in_the_language_of_the_policy_where_it_is_the_countrys() {
    let named = |language: &str| proposals("at", None, (2026, 2026), language).unwrap()[1].name.clone();
    assert_eq!([named("de"), named("de-AT"), named("en")], ["Heilige Drei Könige", "Heilige Drei Könige", "Epiphany"]);
    let boxing = proposals("gb", Some("england"), (2026, 2026), "en").unwrap();
    assert_eq!(boxing.last().unwrap().name, "Boxing Day (observed)");
    assert_eq!(boxing.last().unwrap().date, date(2026, 12, 28));
    // A Saturday in January 2028 is observed in December 2027.
    let us = proposals("us", None, (2027, 2027), "en").unwrap();
    assert_eq!(us.last().unwrap().date, date(2027, 12, 31));
    assert_eq!(proposals("xx", None, (2026, 2026), "en"), Err(Unknown));
    assert_eq!(proposals("de", Some("xx"), (2026, 2026), "en"), Err(Unknown));
}

fn file(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
}

fn days(text: &str) -> Result<Vec<String>, Vec<(usize, Why)>> {
    match read(text.as_bytes(), (2026, 2027)) {
        Ok(days) => Ok(days.into_iter().map(|day| format!("{} {}", day.date, day.name)).collect()),
        Err(faults) => Err(faults.into_iter().map(|fault| (fault.line, fault.why)).collect()),
    }
}

#[test]
fn pln_6_whole_days_of_a_calendar_file_are_read() {
    let text = file(&[
        event("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225\r\nSUMMARY:Christmas Eve"),
        event("DTSTART;VALUE=DATE:20270102\r\nDURATION:P2D\r\nSUMMARY;LANGUAGE=en:Inventory\\, all\r\n  day"),
        event("DTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Founders' Day"),
        event("DTSTART;VALUE=DATE:20260701\r\nSUMMARY:Not this one\r\nSTATUS:CANCELLED"),
        "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n".to_owned(),
    ]
    .concat());
    let expected = [
        "2026-05-01 Founders' Day",
        "2026-12-24 Christmas Eve",
        "2027-01-02 Inventory, all day",
        "2027-01-03 Inventory, all day",
        "2027-05-01 Founders' Day",
    ];
    assert_eq!(days(&text).unwrap(), expected);
    assert_eq!(days(&text.replace("\r\n", "\n")).unwrap(), expected);
}

#[test]
fn pln_6_what_would_be_read_wrongly_is_refused_with_its_line() {
    let whole = event("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Christmas Eve");
    for (text, line, why) in [
        (file(&event("DTSTART:20261224T090000Z\r\nSUMMARY:Meeting")), 4, Why::NotAllDay),
        (file(&event("DTSTART;VALUE=DATE:20261324\r\nSUMMARY:X")), 4, Why::NoDate),
        (file(&event("SUMMARY:X")), 3, Why::NoDate),
        (file(&event("DTSTART;VALUE=DATE:20261224")), 3, Why::NoName),
        (file(&event("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:X\r\nRRULE:FREQ=WEEKLY;BYDAY=FR")), 6, Why::Repeats),
        (file(&event("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:X\r\nEXDATE;VALUE=DATE:20271224")), 6, Why::Repeats),
        (file(&event("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261201\r\nSUMMARY:X")), 3, Why::Length),
        (file(&event("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20261201\r\nSUMMARY:X")), 3, Why::Length),
        (file(&whole).replace("END:VCALENDAR\r\n", ""), 6, Why::CutOff),
        (file(&whole).replace("END:VEVENT", "END:VTODO"), 6, Why::WrongEnd),
        (file(&format!("{whole}hello\r\n")), 7, Why::NoProperty),
        ("date,name\n2026-12-24,Christmas Eve\n".to_owned(), 1, Why::NoProperty),
        ("BEGIN:VCARD\r\nFN:Dana\r\nEND:VCARD\r\n".to_owned(), 1, Why::NoCalendar),
    ] {
        let faults = days(&text).expect_err("it is refused");
        assert!(faults.contains(&(line, why)), "{text}\n{faults:?}");
    }
    let cut = [file(&whole).as_bytes(), &[0xff]].concat();
    assert_eq!(read(&cut, (2026, 2026)).unwrap_err(), [Fault { line: 8, why: Why::NotText }]);
    assert_eq!(read(&vec![b'a'; MOST_BYTES + 1], (2026, 2026)).unwrap_err()[0].why, Why::TooLarge);
}

proptest! {
    #[test]
    fn pln_6_days_that_are_written_are_read_again_however_the_lines_are_folded(
        days in prop::collection::btree_map(0..700_i32, "[A-Za-zäöü][A-Za-zäöü ,;']{0,60}[a-z]", 1..20),
        width in 3..75_usize,
    ) {
        let start = date(2026, 1, 1);
        let expected: Vec<Day> = days.iter().map(|(after, name)| {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            Day { date: start.checked_add(after.days()).unwrap(), name }
        }).collect();
        let written: String = expected.iter().map(|day| {
            let name = day.name.replace(',', "\\,").replace(';', "\\;");
            event(&format!("DTSTART;VALUE=DATE:{}\r\nSUMMARY:{name}", day.date.strftime("%Y%m%d")))
        }).collect();
        let text: String = file(&written).split_inclusive("\r\n").map(|line| fold(line, width)).collect();
        prop_assert_eq!(read(text.as_bytes(), (2026, 2027)), Ok(expected));
    }

    #[test]
    fn pln_6_no_file_upsets_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "(BEGIN:|END:|VEVENT|VCALENDAR|DTSTART|RRULE|[;:=\r\n A-Z0-9]){0,40}") {
        let _ = read(&bytes, (2026, 2027));
        let _ = read(text.as_bytes(), (-9999, 9999));
    }
}

/// Breaks a line into pieces, the way programs do.
fn fold(line: &str, width: usize) -> String {
    let mut folded = String::new();
    for (at, sign) in line.trim_end().chars().enumerate() {
        if at > 0 && at % width == 0 {
            folded.push_str("\r\n ");
        }
        folded.push(sign);
    }
    folded + "\r\n"
}

fn amendment(list: &str, add: &[(Date, &str)], remove: &[Date], calendars: &[&str]) -> Amendment {
    Amendment {
        list: Some(list.into()),
        name: "Extra days".into(),
        add: add.iter().map(|(date, name)| (*date, (*name).to_owned())).collect::<BTreeMap<_, _>>(),
        remove: remove.iter().copied().collect(),
        calendars: calendars.iter().map(|key| (*key).into()).collect(),
    }
}

#[test]
fn pln_6_days_are_written_into_the_policy_and_everything_else_stays() {
    let (new, gone) = (date(2027, 5, 17), date(2026, 12, 31));
    let source = amended(TIDEWATER, &amendment("own", &[(new, "Whit \"Monday\"")], &[gone], &[])).unwrap();
    let policy = Policy::parse(&source).expect("it is a policy").policy;
    let own = policy.holidays.get("own").unwrap();
    assert_eq!(own.dates.keys().map(ToString::to_string).collect::<Vec<_>>(), ["2026-12-24", "2027-05-17"]);
    assert_eq!(own.dates.get(&new).unwrap().say("en"), "Whit \"Monday\"");
    let without = |text: &str| text.lines().filter(|line| !line.contains("20")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without(&source), without(TIDEWATER), "comments and order stay");
    let list = amended(TIDEWATER, &amendment("extra", &[(new, "Whit Monday")], &[], &["cologne"])).unwrap();
    let compiled = Compiled::new(Policy::parse(&list).expect("it is a policy"));
    assert_eq!(compiled.hours().holiday(new).unwrap().name.as_deref(), Some("Whit Monday"));
    assert_eq!(compiled.policy().holidays.get("extra").unwrap().name.say("en"), "Extra days");
    assert_eq!(amended(TIDEWATER, &amendment("extra", &[], &[], &["no_such"])), None);
    assert_eq!(amended("language = ", &amendment("own", &[], &[], &[])), None);
}
