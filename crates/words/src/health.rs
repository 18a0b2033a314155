//! How the desk stands, in words for people: what was looked at, what was found, and what to do.

use fluent_bundle::FluentValue;
use rules::health::{Found, Health, Index, Mail, Writing};

use crate::{lang::Lang, size::size, time::Watch};

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was looked at.
    pub what: String,
    pub said: String,
    /// What to do, where something is to be done.
    pub now: Option<String>,
}

/// The standing in a word.
pub fn standing(lang: Lang, health: Health) -> String {
    lang.say(
        match health {
            Health::Well => "health-well",
            Health::Watch => "health-watch",
            Health::Wrong => "health-wrong",
        },
        &[],
    )
}

pub fn line(watch: &Watch<'_>, found: &Found, health: Health) -> Line {
    let say = |key: &str, arguments: &[(&str, FluentValue<'_>)]| watch.lang.say(key, arguments).trim().to_owned();
    let at = |instant| FluentValue::from(watch.moment(instant));
    let number = |n: i64| FluentValue::from(n);
    let (what, said, now) = match found {
        Found::Writing(Writing::Kept) => ("health-writing", say("health-writing-kept", &[]), ""),
        Found::Writing(Writing::Full) => ("health-writing", say("health-writing-full", &[]), "health-writing-full-now"),
        Found::Writing(Writing::Stopped) => {
            ("health-writing", say("health-writing-stopped", &[]), "health-writing-stopped-now")
        }
        Found::Room(None) => ("health-room", say("health-room-unknown", &[]), "health-room-now"),
        Found::Room(Some(room)) => {
            let said = [("free", size(room.free).into()), ("size", size(room.size).into())];
            ("health-room", say("health-room-said", &said), "health-room-now")
        }
        Found::Backup { last: None } => ("health-backup", say("health-backup-none", &[]), "health-backup-now"),
        Found::Backup { last: Some(last) } => {
            ("health-backup", say("health-backup-said", &[("when", at(*last))]), "health-backup-now")
        }
        Found::Database { engine, bytes } => {
            let said = [("engine", engine.as_str().into()), ("bytes", size(*bytes).into())];
            ("health-database", say("health-database-said", &said), "")
        }
        Found::Schema { step, fits } => {
            let key = if *fits { "health-schema-said" } else { "health-schema-other" };
            ("health-schema", say(key, &[("step", step.as_str().into())]), "health-schema-now")
        }
        Found::Work { waiting, oldest: Some(oldest), .. } if health == Health::Wrong => {
            let said = [("waiting", number(*waiting)), ("when", at(*oldest))];
            ("health-work", say("health-work-late", &said), "health-work-late-now")
        }
        Found::Work { waiting, parked: 0, .. } => {
            ("health-work", say("health-work-said", &[("waiting", number(*waiting))]), "")
        }
        Found::Work { waiting, parked, .. } => {
            let said = [("waiting", number(*waiting)), ("parked", number(*parked))];
            ("health-work", say("health-work-parked", &said), "health-work-parked-now")
        }
        Found::Mail(mail) => ("health-mail", of_mail(watch, mail), "health-mail-now"),
        Found::Search(index) => ("health-search", of_index(watch.lang, *index), "health-search-now"),
        Found::Policy { product, since } => {
            let said = [("product", product.as_str().into()), ("when", at(*since))];
            ("health-policy", say("health-policy-said", &said), "")
        }
        Found::Release { version } => {
            ("health-release", say("health-release-said", &[("version", version.as_str().into())]), "")
        }
    };
    let now = (health != Health::Well && !now.is_empty()).then(|| say(now, &[]));
    Line { what: say(what, &[]), said, now }
}

fn of_mail(watch: &Watch<'_>, mail: &Mail) -> String {
    let Mail { taken_at, fault, failing, parked } = mail;
    let when = FluentValue::from(taken_at.map(|at| watch.moment(at)).unwrap_or_default());
    let key = match (failing + parked, taken_at) {
        (0, Some(_)) => "health-mail-said",
        (0, None) => "health-mail-none",
        (_, Some(_)) => "health-mail-failing",
        (_, None) => "health-mail-failing-never",
    };
    let said = [("when", when), ("failing", failing.to_string().into()), ("parked", parked.to_string().into())];
    let fault = fault.as_ref().map(|fault| watch.lang.say("health-mail-fault", &[("fault", fault.as_str().into())]));
    std::iter::once(watch.lang.say(key, &said)).chain(fault).collect::<Vec<_>>().join(" ")
}

fn of_index(lang: Lang, index: Index) -> String {
    match index {
        Index::Absent => lang.say("health-search-absent", &[]),
        Index::Building { upto } => lang.say("health-search-building", &[("upto", upto.to_string().into())]),
        Index::Behind(entries) if entries < 0 => lang.say("health-search-other", &[]),
        Index::Behind(entries) if entries > 1_000 => {
            lang.say("health-search-behind", &[("behind", entries.to_string().into())])
        }
        Index::Behind(entries) => lang.say("health-search-whole", &[("behind", FluentValue::from(entries))]),
    }
}
