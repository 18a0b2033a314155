//! The week as a picture: a bar of the day for each row, open time filled, closed time hatched. It takes local
//! minutes as `words::hours` gives them; days that look alike share a row.

use askama::Template;

use super::html::parts;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

#[derive(Clone, Debug, Template)]
#[template(path = "parts/hours.html")]
pub struct HoursPicture {
    pub rows: Vec<HoursRow>,
    /// The zone that the axis is in: "UTC".
    pub zone: String,
    /// "In your time: Monday to Friday, 09:00 to 19:00"; where the reader's clock shows another time.
    pub reader: Option<String>,
}

#[derive(Clone, Debug)]
pub struct HoursRow {
    /// "Mon to Fri".
    pub label: String,
    /// "08:00 to 18:00", or "closed".
    pub said: String,
    bars: Vec<Bar>,
    days: std::ops::RangeInclusive<usize>,
    /// How far the day is, in percent, on the row that holds today.
    now: Option<String>,
}

/// In percent of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bar {
    x: String,
    width: String,
}

/// A weekday as `words::hours::week_rows` says it.
#[derive(Clone, Debug)]
pub struct Weekday {
    /// "Mon".
    pub short: String,
    /// "08:00 to 18:00", or "closed".
    pub said: String,
    /// From and to, in local minutes since midnight; `to` is beyond 1440 when it ends on the next date.
    pub slots: Vec<(u16, u16)>,
}

/// Where the reader's now lies in the desk's week.
#[derive(Clone, Copy, Debug)]
pub struct WeekNow {
    /// 0 is Monday.
    pub weekday: usize,
    /// Local minutes since midnight.
    pub minute: u16,
}

impl HoursPicture {
    /// Seven days from Monday.
    pub fn week(days: &[Weekday], now: Option<WeekNow>, zone: &str) -> Self {
        let mut rows: Vec<HoursRow> = Vec::new();
        for (at, day) in days.iter().enumerate() {
            let bars = bars(days, at);
            match rows.last_mut() {
                Some(row) if row.bars == bars && row.said == day.said => row.widen(at, days),
                _ => rows.push(HoursRow::new(day, bars, at)),
            }
        }
        if let Some(now) = now
            && let Some(today) = rows.iter_mut().find(|row| row.days.contains(&now.weekday))
        {
            today.now = Some(percent(now.minute));
        }
        Self { rows, zone: zone.into(), reader: None }
    }

    pub(crate) fn sample() -> Self {
        let day = |short: &str, said: &str, slots: &[(u16, u16)]| Weekday {
            short: short.into(),
            said: said.into(),
            slots: slots.into(),
        };
        let mut days: Vec<Weekday> =
            ["Mon", "Tue", "Wed", "Thu", "Fri"].map(|short| day(short, "08:00 to 18:00", &[(480, 1080)])).into();
        days.extend(["Sat", "Sun"].map(|short| day(short, "closed", &[])));
        let reader = Some("In your time: Monday to Friday, 09:00 to 19:00".into());
        Self { reader, ..Self::week(&days, Some(WeekNow { weekday: 1, minute: 750 }), "UTC") }
    }
}

impl HoursRow {
    fn new(day: &Weekday, bars: Vec<Bar>, at: usize) -> Self {
        Self { label: day.short.clone(), said: day.said.clone(), bars, days: at..=at, now: None }
    }

    fn widen(&mut self, to: usize, days: &[Weekday]) {
        let first = *self.days.start();
        self.days = first..=to;
        let joint = if to == first + 1 { ", " } else { " to " };
        self.label = [days[first].short.as_str(), days[to].short.as_str()].join(joint);
    }
}

/// The slots of a day, and what the day before has past midnight.
fn bars(days: &[Weekday], at: usize) -> Vec<Bar> {
    let before = &days[(at + days.len() - 1) % days.len()];
    let over = before.slots.iter().filter(|(_, to)| *to > DAY).map(|(_, to)| (0, to - DAY));
    let own = days[at].slots.iter().map(|(from, to)| (*from, (*to).min(DAY)));
    over.chain(own).map(|(from, to)| Bar { x: percent(from), width: percent(to.saturating_sub(from)) }).collect()
}

fn percent(minutes: u16) -> String {
    format!("{:.2}%", f64::from(minutes) * 100.0 / f64::from(DAY))
}

parts!(HoursPicture);
