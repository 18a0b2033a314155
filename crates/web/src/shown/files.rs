//! What was found in files, beside their names: in a form before it is sent, and in a request afterwards (LOG-1 to LOG-3).

use desk::{attachments::Findings, drafts::Attachment, tickets::Shown};
use rules::{ids::MessageId, logs::Kind, policy::Reads};
use words::{logs, size::size};

use super::{Reading, Saying, Side, redacting::redact_file, when};
use crate::pages::{
    conversation::HeldFile,
    form::{Commands, FileRow},
    parts::{Signal, Tag},
};

/// A file of a draft. `report` is what stands in the form.
pub(crate) fn file_row(say: &Saying, file: &Attachment, report: &str) -> FileRow {
    let found = Findings::read(file, report);
    let mut facts = vec![bytes(file)];
    facts.extend(file.kind.map(|kind| logs::kind(say.lang, kind)));
    facts.extend((found.lines > 0).then(|| logs::lines(say.lang, found.lines)));
    facts.extend(found.span.as_ref().map(|span| logs::span(say.lang, span)));
    let row = FileRow::new(file.id.0, &file.name, &facts.join(", "));
    let masked = logs::masked(say.lang, &found.masked);
    match file.kind {
        Some(kind) if file.offered.is_some() => {
            let why = match &found.not_opened {
                Some(why) => logs::not_opened(say.lang, why),
                None if kind == Kind::Archive => logs::nothing_inside(say.lang),
                None => logs::refused(say.lang, kind, &file.media_type),
            };
            row.judged(
                Signal::Late,
                &logs::not_asked(say.lang),
                &format!("{why} {}", logs::kept_elsewhere(say.lang, "Other evidence")),
            )
        }
        Some(Kind::Log | Kind::Empty) if found.partial.is_empty() => {
            row.judged(Signal::Done, &logs::verdict(say.lang, &[]), &masked.unwrap_or_default())
        }
        Some(_) if !found.partial.is_empty() => {
            let mut remark: Vec<String> = found.partial.iter().map(|why| logs::partial(say.lang, why)).collect();
            remark.extend(masked);
            let row = row.judged(Signal::Soon, &logs::verdict(say.lang, &found.partial), &remark.join(" "));
            FileRow { told: Some(told(file)), ..row }
        }
        Some(Kind::Text) if file.field != desk::attachments::EVIDENCE => row.judged(
            Signal::Plain,
            &logs::kind(say.lang, Kind::Text),
            &masked.unwrap_or_else(|| logs::doubtful(say.lang)),
        ),
        _ => FileRow { remark: masked, ..row },
    }
}

/// What comes back with a form when its sender was told of a file.
fn told(file: &Attachment) -> String {
    format!("told.{}", file.id)
}

/// What is still to be told before a form is sent: probably partial logs, and pasted lines that became files.
pub(crate) fn untold(say: &Saying, files: &[Attachment], report: &str, is_told: impl Fn(&str) -> bool) -> Vec<String> {
    let mut said = Vec::new();
    for file in files.iter().filter(|file| file.field != desk::attachments::EVIDENCE && !is_told(&told(file))) {
        let found = Findings::read(file, report);
        if !found.partial.is_empty() {
            said.push(logs::told(say.lang, &file.name, &found.partial));
        }
    }
    said
}

/// The files of a message, or those that came with the request itself.
pub(super) fn files(reading: Reading<'_>, shown: &Shown, of: Option<MessageId>) -> Vec<HeldFile> {
    let details = shown.details.iter().map(|(_, value)| value.as_str());
    let report = std::iter::once(shown.ticket.subject.as_str()).chain(details).collect::<Vec<_>>().join("\n");
    let held_files = shown.files.iter().filter(|file| file.message == of);
    held_files
        .map(|file| HeldFile { redact: redact_file(reading, shown, file), ..held(reading, file, &report) })
        .collect()
}

/// The files of a message that were redacted, a line each.
pub(super) fn gone(reading: Reading<'_>, shown: &Shown, of: Option<MessageId>) -> Vec<String> {
    let lang = reading.say.lang;
    let line = |file: &desk::tickets::RedactedFile| {
        let mut facts: Vec<String> = Some(file.name.clone()).filter(|name| !name.is_empty()).into_iter().collect();
        facts.extend(file.kind.map(|kind| logs::kind(lang, kind)));
        facts.push(size(u64::try_from(file.bytes).unwrap_or(0)));
        facts.push(when(reading.visit, file.redacted_at, reading.now).said);
        words::redaction::file(lang, &facts.join(", "))
    };
    shown.gone.iter().filter(|file| file.message == of).map(line).collect()
}

fn held(reading: Reading<'_>, file: &Attachment, report: &str) -> HeldFile {
    let lang = reading.say.lang;
    let found = Findings::read(file, report);
    let why: Vec<String> = found.partial.iter().map(|why| logs::partial(lang, why)).collect();
    let mut remark = why;
    remark.extend(logs::masked(lang, &found.masked));
    remark.extend(found.not_opened.as_ref().map(|why| logs::not_opened(lang, why)));
    let expires = file.expires_at.map(|at| when(reading.visit, at, reading.now).said);
    remark.extend(expires.map(|said| logs::expires(lang, &said)));
    let is_staff = matches!(reading.side, Side::Staff);
    HeldFile {
        href: (!file.is_sealed()).then(|| format!("/attachments/{}", file.id)),
        name: file.name.clone(),
        size: bytes(file),
        doubt: (!found.partial.is_empty()).then(|| Tag::new(Signal::Soon, logs::verdict(lang, &found.partial))),
        remark: (!remark.is_empty()).then(|| remark.join(" ")),
        original: (is_staff && file.original.is_some()).then(|| format!("/desk/attachments/{}/original", file.id)),
        redact: None,
    }
}

fn bytes(file: &Attachment) -> String {
    size(u64::try_from(file.bytes).unwrap_or(0))
}

/// How one gets what a text file is asked for.
pub(crate) fn commands(say: &Saying, reads: Option<Reads>) -> Vec<Commands> {
    let ways = logs::ways(say.lang, reads.unwrap_or(Reads::Log)).into_iter();
    ways.map(|way| Commands { title: way.title, lines: way.commands.to_owned() }).collect()
}
