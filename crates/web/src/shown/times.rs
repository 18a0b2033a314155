//! Times, lengths and sizes as the reader says them.

use jiff::{SignedDuration, tz::TimeZone};
use rules::instant::Instant;
use words::{
    lang::Lang,
    time::{Watch, length},
};

use crate::{door::Visit, pages::parts::When};

/// A time in the reader's zone, with the exact instant on hover.
pub(crate) fn when(visit: &Visit, at: Instant, now: Instant) -> When {
    When {
        said: watch(visit, now, |watch| watch.moment(at)),
        iso: at.to_string(),
        exact: at.timestamp().strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    }
}

/// Says something by the reader's clock; by UTC for who has not told their zone.
pub(crate) fn watch<T>(visit: &Visit, now: Instant, say: impl FnOnce(&Watch<'_>) -> T) -> T {
    let utc = TimeZone::UTC;
    let zone = visit.zone.as_ref().unwrap_or(&utc);
    say(&Watch { lang: Lang::En, zone, now })
}

/// A length: "3 h 10 min".
pub(crate) fn ago(span: SignedDuration) -> String {
    length(Lang::En, span)
}

/// How long something lasts by the clock on the wall: "under 1 min", "3 h 10 min", "11 days".
pub(crate) fn lasted(span: SignedDuration) -> String {
    match span.as_hours() {
        0 if span.as_mins() == 0 => ago(SignedDuration::from_secs(1)),
        hours if hours < 48 => ago(span),
        hours => format!("{} days", hours / 24),
    }
}

/// What a browser says of itself, as a person says it: "Firefox on Linux".
pub(crate) fn device(agent: &str) -> String {
    let of = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    // In this order: Edge and Opera call themselves Chrome too, and everybody calls themselves Safari.
    let browser = of(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = of(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unknown device".to_owned(),
    }
}
