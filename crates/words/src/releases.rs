//! Releases in words: what is wrong in a file of them, why something cannot be done, what came of it, and what an installed
//! version means for a report.

use fluent_bundle::FluentValue;
use rules::{
    releases::{
        Accepted, Compared, Instance, NoName, NoRange, NoVersion, NotOne, NotReleased, NotTaken, Release, Requirement,
        Stand, SteppedBack, Verdict, Version,
        import::{Block, Changed, Difference, ImportFault, Part, Why},
    },
    table::NoRecord,
};

use crate::{lang::Lang, table::first, time};

/// Versions that are named in a row.
const NAMED: usize = 8;

type With<'a> = Vec<(&'a str, FluentValue<'a>)>;

/// What is wrong in a file, a sentence each; the first hundred, and how many more there are.
pub fn faults(lang: Lang, all: &[ImportFault]) -> Vec<String> {
    first(lang, all, "release-more", |it| fault(lang, it))
}

/// What is wrong in one line, and what to write there.
pub fn fault(lang: Lang, fault: &ImportFault) -> String {
    let with = [
        ("line", fault.line.to_string().into()),
        ("why", why(lang, &fault.why).into()),
        ("like", fault.why.like().into()),
    ];
    lang.say("release-line", &with)
}

fn why(lang: Lang, why: &Why) -> String {
    let text = |text: &str| FluentValue::from(text.to_owned());
    let (key, with): (&str, With<'_>) = match why {
        Why::NoReleases => ("release-no-releases", vec![]),
        Why::ReleaseMissing { version, has } => {
            ("release-missing", vec![("version", said(version)), ("has", has.join(", ").into())])
        }
        Why::TooMany { most } => ("release-too-many", vec![("most", (*most).into())]),
        Why::VersionTwice { version, first } => {
            ("release-twice", vec![("version", said(version)), ("first", said(first))])
        }
        Why::NotAVersion(refused) => return why_no_version(lang, refused),
        Why::DateMissing { version } => ("release-date-missing", vec![("version", said(version))]),
        Why::NotADate { text: it } => ("release-not-a-date", vec![("text", text(it))]),
        Why::NotARange(refused) => return no_range(lang, refused),
        Why::NotAName(refused) => ("release-not-a-name", vec![("text", text(&refused.written))]),
        Why::NotALink { text: it } => ("release-not-a-link", vec![("text", text(it))]),
        Why::NotYesOrNo { text: it } => ("release-not-yes-or-no", vec![("text", text(it))]),
        Why::NotAChange { text: it } => ("release-not-a-change", vec![("text", text(it))]),
        Why::HeadingLevel { level } => ("release-heading-level", vec![("level", said(level))]),
        Why::NoSection => ("release-no-section", vec![]),
        Why::SectionOutside { heading } => ("release-section-outside", vec![("heading", text(heading))]),
        Why::NotAnEntry(block) => ("release-not-an-entry", vec![("block", block_word(*block).into())]),
        Why::EmptyEntry => ("release-empty-entry", vec![]),
        Why::TooDeep { most } => ("release-too-deep", vec![("most", (*most).into())]),
        Why::TooLong { characters, most } => {
            ("release-too-long", vec![("characters", (*characters).into()), ("most", (*most).into())])
        }
        Why::HalfAnEntry => ("release-half-an-entry", vec![]),
        _ => of_list(why),
    };
    lang.say(key, &with)
}

/// What can be wrong in JSON and tables only.
fn of_list(why: &Why) -> (&'static str, With<'static>) {
    let text = |text: &str| FluentValue::from(text.to_owned());
    match why {
        Why::NotJson { column } => ("release-not-json", vec![("column", said(column))]),
        Why::WrongKind { key, .. } => ("release-wrong-kind", vec![("key", text(key))]),
        Why::NoSuchKey { key, .. } => ("release-no-such-key", vec![("key", text(key))]),
        Why::KeyTwice { key } => ("release-key-twice", vec![("key", text(key))]),
        Why::KeyMissing { key } => ("release-key-missing", vec![("key", text(key))]),
        Why::NotARecord(NoRecord::Unclosed) => ("release-unclosed", vec![]),
        Why::NotARecord(NoRecord::StrayQuote) => ("release-stray-quote", vec![]),
        Why::ColumnTwice { name } => ("release-column-twice", vec![("name", text(name))]),
        Why::NoSuchColumn { name, .. } => ("release-no-such-column", vec![("name", text(name))]),
        Why::ColumnMissing { name } => ("release-column-missing", vec![("name", text(name))]),
        Why::FieldCount { fields, columns } => {
            ("release-field-count", vec![("fields", (*fields).into()), ("columns", (*columns).into())])
        }
        Why::Formula { column } => ("release-formula", vec![("column", text(column))]),
        Why::Differs { column, first } => ("release-differs", vec![("column", text(column)), ("first", said(first))]),
        _ => ("release-half-an-entry", vec![]),
    }
}

fn block_word(block: Block) -> &'static str {
    match block {
        Block::Code => "code",
        Block::Quote => "quote",
        Block::Html => "html",
        Block::Heading => "heading",
        Block::List => "list",
        Block::Other => "other",
    }
}

fn no_range(lang: Lang, refused: &NoRange) -> String {
    match refused {
        NoRange::Empty => lang.say("release-range-empty", &[]),
        NoRange::TooMany { most } => lang.say("release-too-many", &[("most", (*most).into())]),
        NoRange::NoVersion(refused) => why_no_version(lang, refused),
        NoRange::Backwards { from, end } => lang.say("release-backwards", &[("from", said(from)), ("end", said(end))]),
    }
}

/// Why a text is no version, and what would be one.
pub fn no_version(lang: Lang, refused: &NoVersion) -> String {
    let like = || ("like", FluentValue::from(refused.like.clone()));
    if refused.why == NotOne::Empty {
        return lang.say("release-no-version-empty", &[like()]);
    }
    let why = lang.say(not_one(refused.why), &[]);
    lang.say("release-no-version", &[("written", refused.written.clone().into()), ("why", why.into()), like()])
}

fn why_no_version(lang: Lang, refused: &NoVersion) -> String {
    let why = if refused.why == NotOne::Empty { "release-range-empty" } else { not_one(refused.why) };
    format!("“{}”: {}", refused.written, lang.say(why, &[]))
}

fn not_one(why: NotOne) -> &'static str {
    match why {
        NotOne::Empty | NotOne::NoNumber => "release-no-version-number",
        NotOne::TooLong => "release-no-version-too-long",
        NotOne::TooManyNumbers => "release-no-version-numbers",
        NotOne::TooLarge => "release-no-version-large",
        NotOne::Comma => "release-no-version-comma",
        NotOne::MoreThanOne => "release-no-version-more",
    }
}

/// What a name of an edition or an instance is not.
pub fn no_name(lang: Lang, refused: &NoName) -> String {
    let said = lang.say("release-not-a-name", &[("text", refused.written.clone().into())]);
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Why a release cannot be published, rolled out or withdrawn.
pub fn not_released(lang: Lang, why: &NotReleased) -> String {
    let (key, with): (&str, With<'_>) = match why {
        NotReleased::Known { version } => ("release-known", vec![("version", said(version))]),
        NotReleased::NothingToFix { release } => ("release-nothing-to-fix", vec![("release", said(release))]),
        NotReleased::NoSuchEdition { edition } => ("release-no-such-edition", vec![("edition", said(edition))]),
        NotReleased::NoSuchRelease { version } => ("release-no-such-release", vec![("version", said(version))]),
        NotReleased::NoSuchInstance { instance } => ("release-no-such-instance", vec![("instance", said(instance))]),
        NotReleased::Withdrawn { version, instead: None } => {
            ("release-was-withdrawn", vec![("version", said(version))])
        }
        NotReleased::Withdrawn { version, instead: Some(instead) } => {
            ("release-was-withdrawn-for", vec![("version", said(version)), ("instead", said(instead))])
        }
        NotReleased::RunsThere { instance } => ("release-runs-there", vec![("instance", said(instance))]),
        NotReleased::NoInstead { version } => ("release-no-instead", vec![("version", said(version))]),
        NotReleased::WhyMissing => ("release-why-missing", vec![]),
    };
    lang.say(key, &with)
}

/// Why something was not taken: a sentence for each thing that is wrong.
pub fn not_taken(lang: Lang, why: &NotTaken) -> Vec<String> {
    match why {
        NotTaken::Faulty(all) => faults(lang, all),
        NotTaken::Refused(all) => all.iter().map(|it| refused(lang, it)).collect(),
        NotTaken::Version(refused) => vec![no_version(lang, refused)],
        NotTaken::Name(refused) => vec![no_name(lang, refused)],
        NotTaken::NotReleased(why) => vec![not_released(lang, why)],
        NotTaken::Ahead { version, on, today } => {
            vec![lang.say("release-ahead", &[("version", said(version)), ("on", said(on)), ("today", said(today))])]
        }
    }
}

/// What came of a file, or would: a sentence for each release that comes or changes, and for what stays as it is.
pub fn came(lang: Lang, is_dry: bool, told: &Difference) -> Vec<String> {
    let mut lines: Vec<String> = told.new.iter().map(|release| published(lang, is_dry, release)).collect();
    lines.extend(told.changed.iter().map(|changed| amended(lang, is_dry, changed)));
    if let Some(first) = told.unchanged.first() {
        let count = ("count", told.unchanged.len().into());
        lines.push(lang.say("release-unchanged", &[count, ("version", said(first))]));
    }
    for (key, versions) in [
        ("release-to-withdraw", &told.to_withdraw),
        ("release-withdrawn-here", &told.withdrawn_here),
        ("release-vanish", &told.would_vanish),
    ] {
        if !versions.is_empty() {
            let with = [("count", versions.len().into()), ("versions", row(lang, versions).into())];
            lines.push(lang.say(key, &with));
        }
    }
    lines
}

/// What of a file cannot be taken as it is.
fn refused(lang: Lang, (line, why): &(usize, NotReleased)) -> String {
    lang.say("release-refused", &[("line", said(line)), ("why", not_released(lang, why).into())])
}

fn published(lang: Lang, is_dry: bool, release: &Release) -> String {
    let fixes = release.notes.iter().filter(|note| note.change.is_fix()).count();
    let with = [
        ("dry", yes(is_dry)),
        ("version", said(&release.version)),
        ("day", said(&release.released_on)),
        ("entries", release.notes.len().into()),
        ("fixes", fixes.into()),
    ];
    lang.say("release-new", &with)
}

fn amended(lang: Lang, is_dry: bool, changed: &Changed) -> String {
    let parts: Vec<String> = changed.parts.iter().map(|part| part_of(lang, part)).collect();
    let with = [("dry", yes(is_dry)), ("version", said(&changed.release.version)), ("parts", parts.join(", ").into())];
    lang.say("release-changed", &with)
}

/// A part of a release that is otherwise.
pub fn part_of(lang: Lang, part: &Part) -> String {
    let key = match part {
        Part::Date => "release-part-date",
        Part::Editions => "release-part-editions",
        Part::SupportedUntil => "release-part-support",
        Part::Summary => "release-part-summary",
        Part::Link => "release-part-link",
        Part::RunsOn => "release-part-runs-on",
        Part::Notes { added: 0, removed: 0 } => "release-part-order",
        Part::Notes { added, removed } => {
            let both = yes(*added > 0 && *removed > 0);
            let with = [("added", (*added).into()), ("removed", (*removed).into()), ("both", both)];
            return lang.say("release-part-notes", &with).trim().to_owned();
        }
    };
    lang.say(key, &[])
}

/// What a withdrawal changed, or would.
pub fn stepped_back(lang: Lang, is_dry: bool, (version, stepped): (&Version, &SteppedBack)) -> Vec<String> {
    let dry = || ("dry", yes(is_dry));
    let mut lines = vec![lang.say("release-withdrawn", &[dry(), ("version", said(version))])];
    for (edition, from, to) in &stepped.latest {
        let edition = ("edition", edition.as_ref().map_or("none".into(), said));
        lines.push(match to {
            Some(to) => lang.say("release-steps-back", &[dry(), edition, ("from", said(from)), ("to", said(to))]),
            None => lang.say("release-steps-to-none", &[dry(), edition]),
        });
    }
    if !stepped.still_on.is_empty() {
        let named: Vec<&str> = stepped.still_on.iter().map(Instance::as_str).collect();
        let with = [("count", named.len().into()), ("instances", named.join(", ").into())];
        lines.push(lang.say("release-still-on", &with));
    }
    lines
}

/// That a release reached an instance, or would.
pub fn rolled_out(
    lang: Lang,
    is_dry: bool,
    (version, instance): (&Version, &Instance),
    before: Option<&Version>,
) -> String {
    let with = |mut more: With<'static>| {
        more.extend([("version", said(version)), ("instance", said(instance))]);
        more
    };
    if before == Some(version) {
        return lang.say("release-runs-already", &with(vec![]));
    }
    let before = ("before", before.map_or("none".into(), said));
    lang.say("release-rolled-out", &with(vec![("dry", yes(is_dry)), before]))
}

/// What an installed version means for a report, as the form says it beside the field; nothing where nothing can be said.
pub fn verdict(lang: Lang, verdict: &Verdict<'_>) -> Option<String> {
    let say = |key: &str, with: &[(&str, FluentValue<'_>)]| Some(lang.say(key, with).trim().to_owned());
    match verdict {
        Verdict::Accepted(Accepted::Latest(_)) => say("verdict-latest", &[]),
        Verdict::Accepted(Accepted::Cloud { instance: Some(instance), runs: Some(runs) }) => {
            say("verdict-cloud", &[("runs", said(runs)), ("instance", said(instance))])
        }
        Verdict::Accepted(Accepted::Cloud { .. }) => say("verdict-cloud-unknown", &[]),
        Verdict::Accepted(Accepted::Preview { latest, .. }) => say("verdict-preview", &[("latest", said(latest))]),
        Verdict::Accepted(Accepted::NotKnown { installed, latest }) => {
            say("verdict-not-known", &[("installed", said(installed)), ("latest", said(latest))])
        }
        Verdict::Accepted(Accepted::NoReleases) | Verdict::Unreadable(_) => None,
        Verdict::Outdated(outdated) => {
            let key = if outdated.lacks_hotfix { "verdict-lacks-hotfix" } else { "verdict-outdated" };
            let mut words = lang.say(key, &[("latest", said(&outdated.latest))]);
            if let Some(day) = outdated.support_ended {
                let with = [("installed", said(&outdated.installed)), ("day", time::plain_date(lang, day).into())];
                words = format!("{words} {}", lang.say("verdict-support-ended", &with));
            }
            Some(words)
        }
        Verdict::Withdrawn { installed, why, instead } => {
            let with = [("installed", said(installed)), ("why", (*why).to_owned().into())];
            let mut words = lang.say("verdict-withdrawn", &with);
            if let Some(instead) = instead {
                words = format!("{words} {}", lang.say("verdict-withdrawn-instead", &[("instead", said(instead))]));
            }
            Some(words)
        }
        Verdict::Unknown { latest } => say("verdict-unknown", &[("latest", said(latest))]),
    }
}

/// How the version of a request stands to the latest, for staff; nothing where nothing can be said.
pub fn against_latest(lang: Lang, verdict: &Verdict<'_>) -> Option<String> {
    let (key, with): (&str, With<'_>) = match verdict {
        Verdict::Accepted(Accepted::Latest(_)) => ("stands-latest", vec![]),
        Verdict::Accepted(Accepted::Cloud { instance: Some(instance), runs: Some(runs) }) => {
            ("stands-cloud", vec![("runs", said(runs)), ("instance", said(instance))])
        }
        Verdict::Accepted(Accepted::Preview { latest, .. }) => ("stands-preview", vec![("latest", said(latest))]),
        Verdict::Accepted(Accepted::NotKnown { latest, .. }) => ("stands-not-known", vec![("latest", said(latest))]),
        Verdict::Outdated(it) => {
            ("stands-outdated", vec![("latest", said(&it.latest)), ("count", it.fixed_since.len().into())])
        }
        Verdict::Withdrawn { instead: Some(instead), .. } => ("stands-withdrawn-for", vec![("instead", said(instead))]),
        Verdict::Withdrawn { .. } => ("stands-withdrawn", vec![]),
        Verdict::Unknown { latest } => ("stands-unknown", vec![("latest", said(latest))]),
        Verdict::Accepted(Accepted::NoReleases | Accepted::Cloud { .. }) | Verdict::Unreadable(_) => return None,
    };
    Some(lang.say(key, &with))
}

/// How what a release runs on stands to what somebody has (BUG-8); nothing where nothing was said of it.
pub fn underneath(lang: Lang, release: &Version, compared: &Compared<'_>) -> Option<String> {
    let Requirement { what, required, recommended } = compared.requirement;
    let (key, installed) = match &compared.stand {
        Stand::Good { installed } => ("underneath-good", installed),
        Stand::NotRecommended { installed } => ("underneath-not-recommended", installed),
        Stand::NotSupported { installed } => ("underneath-not-supported", installed),
        Stand::Unread(why) => return Some(format!("{what}: {}", no_version(lang, why))),
        Stand::NotSaid => return None,
    };
    let range = match &compared.stand {
        Stand::NotRecommended { .. } => recommended,
        _ => required,
    };
    let range = range.as_ref().map(ToString::to_string).unwrap_or_default();
    let with = [("what", what.clone().into()), ("range", range.into())];
    let with: Vec<_> = with.into_iter().chain([("release", said(release)), ("installed", said(installed))]).collect();
    Some(lang.say(key, &with))
}

/// How much was fixed since a version.
pub fn fixed_count(lang: Lang, installed: &Version, count: usize) -> String {
    lang.say("verdict-fixed-count", &[("installed", said(installed)), ("count", count.into())])
}

fn row(lang: Lang, versions: &[Version]) -> String {
    let named = versions.iter().take(NAMED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match versions.len().checked_sub(NAMED) {
        Some(more) if more > 0 => lang.say("release-and-more", &[("versions", named.into()), ("more", more.into())]),
        _ => named,
    }
}

/// A name or a number as it is.
fn said(it: &impl std::fmt::Display) -> FluentValue<'static> {
    it.to_string().into()
}

fn yes(is_so: bool) -> FluentValue<'static> {
    if is_so { "yes".into() } else { "no".into() }
}

#[cfg(test)]
#[path = "releases/tests.rs"]
mod tests;
