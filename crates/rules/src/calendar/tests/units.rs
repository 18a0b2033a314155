//! PLN-2 by tables: eight vectors a unit, worked by hand, and the instants of `vendor-policies.md`.
//! November 2026: the 16th, 23rd and 30th are Mondays.

use super::*;

const OFFICE: &str = "mon-fri 08:00-18:00";
const NIGHTS: &str = "mon-fri 22:00-06:00";

struct Case<'a> {
    zone: &'a str,
    week: &'a str,
    holidays: &'a str,
    filed: &'a str,
    length: Length,
    due: &'a str,
}

fn check(cases: &[Case<'_>]) {
    for case in cases {
        let desk = calendar(case.zone, case.week, case.holidays);
        let filed = at(&desk, case.filed);
        let due = desk.due_by(filed, &case.length).expect("it opens");
        assert_eq!(shown(&desk, due), case.due, "filed {} for {:?}", case.filed, case.length);
        let used = desk.used(filed, due, &case.length).expect("it opens");
        assert_eq!(used.used, used.whole, "used up when due: {}", case.filed);
    }
}

fn hours(hours: u32) -> Length {
    Length::WorkingTime { minutes: hours * 60 }
}

fn support(days: u16, day_hours: u16) -> Length {
    Length::SupportDays { days, day_minutes: day_hours * 60 }
}

fn days(days: u16) -> Length {
    Length::WorkingDays { days, until: Until::SameTime }
}

fn to_end(days: u16) -> Length {
    Length::WorkingDays { days, until: Until::EndOfDay }
}

fn wall(hours: u32) -> Length {
    Length::WallClock { minutes: hours * 60 }
}

#[rustfmt::skip] // One vector a line.
#[test]
fn pln_2_working_time() {
    check(&[
        // The brief's example: 1 h 20 min on Friday, Monday is a holiday, 6 h 40 min on Tuesday.
        Case { zone: "UTC", week: OFFICE, holidays: "2026-11-23", filed: "2026-11-20 16:40", length: hours(8), due: "2026-11-24 14:40:00" },
        // A lunch break of an hour is passed: 2 h before it, 2 h after it.
        Case { zone: "UTC", week: "mon-fri 08:00-12:00 13:00-18:00", holidays: "", filed: "2026-11-23 10:00", length: hours(4), due: "2026-11-23 15:00:00" },
        // A night shift goes on after midnight: 1 h on Monday evening, 3 h on Tuesday morning.
        Case { zone: "UTC", week: NIGHTS, holidays: "", filed: "2026-11-23 23:00", length: hours(4), due: "2026-11-24 03:00:00" },
        // Tuesday is a holiday: Monday's shift stops at midnight (2 h); Tuesday's does not begin, but what
        // it has after midnight is Wednesday's and open: 2 h from 00:00.
        Case { zone: "UTC", week: NIGHTS, holidays: "2026-11-24", filed: "2026-11-23 22:00", length: hours(4), due: "2026-11-25 02:00:00" },
        // Berlin, 29 March 2026: 02:00 to 03:00 is missing, so 00:00 to 06:00 are five hours.
        Case { zone: "Europe/Berlin", week: "sun 00:00-06:00", holidays: "", filed: "2026-03-29 00:00", length: hours(5), due: "2026-03-29 06:00:00" },
        // Berlin, 25 October 2026: 02:00 to 03:00 comes twice, so 00:00 to 06:00 are seven hours.
        Case { zone: "Europe/Berlin", week: "sun 00:00-06:00", holidays: "", filed: "2026-10-25 00:00", length: hours(7), due: "2026-10-25 06:00:00" },
        // The slot begins in New York's gap (8 March 2026, 02:00 to 03:00): it opens at its end, 03:00.
        Case { zone: "America/New_York", week: "sun 02:30-05:00", holidays: "", filed: "2026-03-08 00:00", length: hours(1), due: "2026-03-08 04:00:00" },
        // Overlapping slots unite: 08:00 to 14:00 are six hours, not eight; the other two are Tuesday's.
        Case { zone: "UTC", week: "mon-fri 08:00-12:00 10:00-14:00", holidays: "", filed: "2026-11-23 08:00", length: hours(8), due: "2026-11-24 10:00:00" },
    ]);
}

#[rustfmt::skip] // One vector a line.
#[test]
fn pln_2_support_days() {
    check(&[
        // One day of ten hours on a ten-hour calendar comes back to the same time.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-23 10:30", length: support(1, 10), due: "2026-11-24 10:30:00" },
        // The stated day is shorter than the calendar's: 8 h of 10, so two hours earlier each day.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-23 10:30", length: support(1, 8), due: "2026-11-24 08:30:00" },
        // From the opening of a day to its closing; closing counts.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-23 08:00", length: support(1, 10), due: "2026-11-23 18:00:00" },
        // On Saturday the day begins on Monday.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-21 12:00", length: support(1, 10), due: "2026-11-23 18:00:00" },
        // A short Friday of four hours takes part of a day only: 4 h then, 4 h on Monday.
        Case { zone: "UTC", week: "mon,tue,wed,thu 09:00-17:00; fri 09:00-13:00", holidays: "", filed: "2026-11-27 09:00", length: support(1, 8), due: "2026-11-30 13:00:00" },
        // Five days over a week with a holiday on Wednesday 25: until the next Monday.
        Case { zone: "UTC", week: OFFICE, holidays: "2026-11-25", filed: "2026-11-23 12:00", length: support(5, 10), due: "2026-12-01 12:00:00" },
        // A night shift of eight hours is a day as well, from Thursday night into Friday night.
        Case { zone: "UTC", week: NIGHTS, holidays: "", filed: "2026-11-27 02:00", length: support(1, 8), due: "2026-11-28 02:00:00" },
        // The year ends in it: Thursday 31 December 15:00 has 3 h, 1 January is a holiday, 7 h on Monday.
        Case { zone: "UTC", week: OFFICE, holidays: "2027-01-01", filed: "2026-12-31 15:00", length: support(1, 10), due: "2027-01-04 15:00:00" },
    ]);
}

#[rustfmt::skip] // One vector a line.
#[test]
fn pln_2_working_days() {
    check(&[
        // The rule's own example: Saturday 02:00 is Friday's shift, so Monday's, which is Tuesday 02:00.
        Case { zone: "UTC", week: NIGHTS, holidays: "", filed: "2026-11-28 02:00", length: days(1), due: "2026-12-01 02:00:00" },
        // The same time of the next working day.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-25 10:30", length: days(1), due: "2026-11-26 10:30:00" },
        // Closed at that time: the last closing before it in that day, here the short Friday's.
        Case { zone: "UTC", week: "mon,tue,wed,thu 09:00-17:00; fri 09:00-13:00", holidays: "", filed: "2026-11-26 15:00", length: days(1), due: "2026-11-27 13:00:00" },
        // In a lunch break: its beginning.
        Case { zone: "UTC", week: "mon 09:00-17:00; tue 09:00-12:00 13:00-17:00", holidays: "", filed: "2026-11-23 12:30", length: days(1), due: "2026-11-24 12:00:00" },
        // Not opened yet at that time: the opening.
        Case { zone: "UTC", week: "mon 07:00-17:00; tue 09:00-17:00", holidays: "", filed: "2026-11-23 07:30", length: days(1), due: "2026-11-24 09:00:00" },
        // A holiday is no working day: from Friday over Monday 23 to Tuesday.
        Case { zone: "UTC", week: OFFICE, holidays: "2026-11-23", filed: "2026-11-20 16:40", length: days(1), due: "2026-11-24 16:40:00" },
        // Around the clock every date is one, Sunday too.
        Case { zone: "UTC", week: "daily 00:00-24:00", holidays: "", filed: "2026-11-28 03:15", length: days(1), due: "2026-11-29 03:15:00" },
        // The date after the shift is a holiday: Tuesday's shift ends at midnight, before 02:00.
        Case { zone: "UTC", week: NIGHTS, holidays: "2026-11-25", filed: "2026-11-24 02:00", length: days(1), due: "2026-11-25 00:00:00" },
        // Berlin, 29 March 2026: 02:30 is missing; the gap's end.
        Case { zone: "Europe/Berlin", week: "daily 00:00-24:00", holidays: "", filed: "2026-03-28 02:30", length: days(1), due: "2026-03-29 03:00:00" },
        // Within Friday's shift Saturday's own minute is over already: the day that follows is the next Friday.
        Case { zone: "UTC", week: "fri 19:53-11:52; sat 00:00-00:01", holidays: "", filed: "2026-11-28 00:30", length: days(1), due: "2026-12-05 00:30:00" },
        // At the very end of that minute too.
        Case { zone: "UTC", week: "fri 19:53-11:52; sat 00:00-00:01", holidays: "", filed: "2026-11-28 00:01", length: days(1), due: "2026-12-05 00:01:00" },
        // A holiday is none either where its shift's part after midnight is open: from Tuesday's shift to Thursday's.
        Case { zone: "UTC", week: NIGHTS, holidays: "2026-11-25", filed: "2026-11-24 23:00", length: days(1), due: "2026-11-26 23:00:00" },
        // A leap day is a working day: Monday 28 February 2028 plus two.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2028-02-28 11:00", length: days(2), due: "2028-03-01 11:00:00" },
    ]);
}

#[rustfmt::skip] // One vector a line.
#[test]
fn pln_2_working_days_to_their_end() {
    check(&[
        // To the end of the next day.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-25 10:30", length: to_end(1), due: "2026-11-26 18:00:00" },
        // At closing time one is in the next day already, so the end is that of the day after it.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-25 18:00", length: to_end(1), due: "2026-11-27 18:00:00" },
        // A microsecond before it, one is not.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-25 17:59:59.999999", length: to_end(1), due: "2026-11-26 18:00:00" },
        // A day with several slots ends with the last.
        Case { zone: "UTC", week: "mon-fri 08:00-12:00 13:00-18:00", holidays: "", filed: "2026-11-25 09:00", length: to_end(1), due: "2026-11-26 18:00:00" },
        // A shift past midnight ends on the next date.
        Case { zone: "UTC", week: NIGHTS, holidays: "", filed: "2026-11-23 23:00", length: to_end(1), due: "2026-11-25 06:00:00" },
        // Unless that date is a holiday: then at midnight.
        Case { zone: "UTC", week: NIGHTS, holidays: "2026-11-25", filed: "2026-11-23 23:00", length: to_end(1), due: "2026-11-25 00:00:00" },
        // No day at all is the end of the day itself.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-21 12:00", length: to_end(0), due: "2026-11-23 18:00:00" },
        // Around the clock the next date ends at its midnight.
        Case { zone: "UTC", week: "daily 00:00-24:00", holidays: "", filed: "2026-11-28 03:15", length: to_end(1), due: "2026-11-30 00:00:00" },
    ]);
}

#[rustfmt::skip] // One vector a line.
#[test]
fn pln_2_wall_clock() {
    check(&[
        // Nights count.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-23 17:00", length: wall(8), due: "2026-11-24 01:00:00" },
        // Weekends count.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2026-11-27 17:00", length: wall(48), due: "2026-11-29 17:00:00" },
        // Holidays count.
        Case { zone: "UTC", week: OFFICE, holidays: "2026-12-25", filed: "2026-12-25 09:00", length: wall(2), due: "2026-12-25 11:00:00" },
        // Hours, not the clock on the wall: in Berlin's spring night 02:00 to 03:00 does not pass.
        Case { zone: "Europe/Berlin", week: OFFICE, holidays: "", filed: "2026-03-29 00:30", length: wall(4), due: "2026-03-29 05:30:00" },
        // And in autumn it passes twice.
        Case { zone: "Europe/Berlin", week: OFFICE, holidays: "", filed: "2026-10-25 00:30", length: wall(4), due: "2026-10-25 03:30:00" },
        // Half an hour in Lord Howe: on 5 April 2026 02:00 becomes 01:30.
        Case { zone: "Australia/Lord_Howe", week: OFFICE, holidays: "", filed: "2026-04-05 00:00", length: wall(4), due: "2026-04-05 03:30:00" },
        // Apia had no 30 December 2011: an hour after 23:30 it is the 31st.
        Case { zone: "Pacific/Apia", week: OFFICE, holidays: "", filed: "2011-12-29 23:30", length: wall(1), due: "2011-12-31 00:30:00" },
        // A week is seven days, over a leap day too.
        Case { zone: "UTC", week: OFFICE, holidays: "", filed: "2028-02-25 09:00", length: wall(7 * 24), due: "2028-03-03 09:00:00" },
    ]);
}

/// The readings at the end of `vendor-policies.md`, in weeks of November 2026 without holidays.
#[rustfmt::skip] // One vector a line.
#[test]
fn pln_2_the_vendors_instants() {
    let (nine_to_five, nine_to_six) = ("mon-fri 09:00-17:00", "mon-fri 09:00-18:00");
    let emergency = "mon-fri 07:00-09:00 09:00-17:00 17:00-23:00; sat,sun 09:00-21:00";
    check(&[
        // Tyk Enhanced, severity 2; Premier, severity 1; Standard, severity 1.
        Case { zone: "Europe/London", week: nine_to_six, holidays: "", filed: "2026-11-20 16:00", length: hours(12), due: "2026-11-24 10:00:00" },
        Case { zone: "Europe/London", week: nine_to_six, holidays: "", filed: "2026-11-22 03:10", length: wall(2), due: "2026-11-22 05:10:00" },
        Case { zone: "Europe/London", week: nine_to_six, holidays: "", filed: "2026-11-21 12:00", length: wall(48), due: "2026-11-23 12:00:00" },
        // Bareos Standard, twice; Advanced, twice; Premier.
        Case { zone: "Europe/Berlin", week: nine_to_five, holidays: "", filed: "2026-11-25 10:30", length: days(2), due: "2026-11-27 10:30:00" },
        Case { zone: "Europe/Berlin", week: nine_to_five, holidays: "", filed: "2026-11-21 12:00", length: days(2), due: "2026-11-25 09:00:00" },
        Case { zone: "Europe/Berlin", week: nine_to_five, holidays: "", filed: "2026-11-25 10:30", length: to_end(1), due: "2026-11-26 17:00:00" },
        Case { zone: "Europe/Berlin", week: nine_to_five, holidays: "", filed: "2026-11-20 16:59", length: to_end(1), due: "2026-11-23 17:00:00" },
        Case { zone: "Europe/Berlin", week: nine_to_five, holidays: "", filed: "2026-11-20 15:00", length: hours(4), due: "2026-11-23 11:00:00" },
        // Conveyor P0 and everything else.
        Case { zone: "America/New_York", week: nine_to_six, holidays: "", filed: "2026-11-20 16:00", length: hours(4), due: "2026-11-23 11:00:00" },
        Case { zone: "America/New_York", week: nine_to_six, holidays: "", filed: "2026-11-23 09:00", length: hours(24), due: "2026-11-25 15:00:00" },
        // HiveMQ Basic P1, Extended P1 (escalated), Basic P4.
        Case { zone: "Europe/Berlin", week: nine_to_six, holidays: "", filed: "2026-11-24 14:00", length: support(1, 9), due: "2026-11-25 14:00:00" },
        Case { zone: "Europe/Berlin", week: nine_to_six, holidays: "", filed: "2026-11-22 22:30", length: wall(4), due: "2026-11-23 02:30:00" },
        Case { zone: "Europe/Berlin", week: nine_to_six, holidays: "", filed: "2026-11-23 09:00", length: support(5, 9), due: "2026-11-27 18:00:00" },
        // digital.ai normal and urgent.
        Case { zone: "America/New_York", week: "mon-fri 08:00-19:00", holidays: "", filed: "2026-11-20 15:00", length: hours(8), due: "2026-11-23 12:00:00" },
        Case { zone: "America/New_York", week: "mon-fri 08:00-19:00", holidays: "", filed: "2026-11-21 23:30", length: wall(1), due: "2026-11-22 00:30:00" },
        // Mattermost Urgent over emergency hours, Medium without them.
        Case { zone: "America/New_York", week: emergency, holidays: "", filed: "2026-11-20 22:00", length: hours(2), due: "2026-11-21 10:00:00" },
        Case { zone: "America/New_York", week: nine_to_five, holidays: "", filed: "2026-11-20 16:00", length: hours(8), due: "2026-11-23 16:00:00" },
    ]);
}
