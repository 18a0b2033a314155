//! How hours are written, and what is refused.

use super::*;

fn fault(zone: &str, week: &str) -> String {
    Calendar::build(&spec(zone, week, "")).expect_err("unsound").to_string()
}

#[test]
fn hrs_1_unsound_hours_are_refused_with_the_place() {
    assert_eq!(
        fault("UTC", "mon 08:00-18:00;tue 09:00-09:00"),
        "the slot 09:00 to 09:00 on tue ends when it begins: for the whole day write 00:00 to 24:00"
    );
    assert_eq!(
        fault("UTC", "wed 24:00-06:00"),
        "the slot 24:00 to 06:00 on wed begins at 24:00: write it as 00:00 of the next day"
    );
    assert_eq!(fault("UTC", ""), "the calendar never opens: give at least one weekday a slot");
    assert_eq!(
        fault("Europe/Köln", "mon 08:00-18:00"),
        "\"Europe/Köln\" is no time zone: write a name of the IANA database, like UTC or Europe/Berlin"
    );
}

#[test]
fn unreadable_hours_name_what_is_wrong() {
    let read = |json: &str| serde_json::from_str::<CalendarSpec>(json).expect_err("unreadable").to_string();
    let week = |slots: &str| read(&format!("{{\"zone\":\"UTC\",\"slots\":{slots}}}"));
    assert!(
        week(r#"{"mon":[["8:00","18:00"]]}"#)
            .starts_with("\"8:00\" is no time of day: write HH:MM, from 00:00 to 24:00")
    );
    assert!(week(r#"{"mon":[["08:00","24:01"]]}"#).starts_with("\"24:01\" is no time of day"));
    assert!(week(r#"{"mon":[["08:60","18:00"]]}"#).starts_with("\"08:60\" is no time of day"));
    assert!(week(r#"{"monday":[["08:00","18:00"]]}"#).starts_with("unknown field `monday`"));
    let holiday = |day: &str| read(&format!(r#"{{"zone":"UTC","slots":{{}},"holidays":[{day}]}}"#));
    assert!(holiday("\"2026-02-29\"").starts_with("\"2026-02-29\" is no date: write YYYY-MM-DD, a day that exists"));
    assert!(holiday("\"20261225\"").starts_with("\"20261225\" is no date"));
    assert!(holiday("20261225").contains("expected a holiday: a date as \"YYYY-MM-DD\", or a date and a name"));
}

#[test]
fn hours_are_written_as_they_were_read() {
    let written = serde_json::json!({
        "zone": "Europe/Berlin",
        "slots": {"mon": [["08:00", "12:00"], ["13:00", "24:00"]], "fri": [["22:00", "06:00"]]},
        "holidays": ["2026-12-25", {"date": "2026-12-26", "name": "Boxing Day"}],
    });
    let spec: CalendarSpec = serde_json::from_value(written.clone()).expect("readable");
    assert_eq!(serde_json::to_value(&spec).expect("writable"), written);
    let desk = Calendar::build(&spec).expect("sound");
    assert_eq!(desk.holiday(Date::constant(2026, 12, 26)).and_then(|day| day.name.as_deref()), Some("Boxing Day"));
}

#[test]
fn closed_time_says_why() {
    let desk = calendar("UTC", "mon,tue,thu,fri 08:00-12:00 13:00-18:00", "2026-11-23");
    let said: Vec<String> = desk
        .stretches(at(&desk, "2026-11-20 16:40"), at(&desk, "2026-11-26 09:00"))
        .map(|stretch| format!("{} {:?}", shown(&desk, stretch.to), stretch.hours))
        .collect();
    assert_eq!(
        said,
        [
            "2026-11-20 18:00:00 Open",
            "2026-11-21 00:00:00 OutsideHours",
            "2026-11-23 00:00:00 Weekend",
            "2026-11-24 00:00:00 Holiday { date: 2026-11-23, name: None }",
            "2026-11-24 08:00:00 OutsideHours",
            "2026-11-24 12:00:00 Open",
            "2026-11-24 13:00:00 OutsideHours",
            "2026-11-24 18:00:00 Open",
            "2026-11-25 00:00:00 OutsideHours",
            "2026-11-26 00:00:00 DayOff(Wednesday)",
            "2026-11-26 08:00:00 OutsideHours",
            "2026-11-26 09:00:00 Open",
        ]
    );
}
