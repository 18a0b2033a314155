//! What was found in files, beside their names: in a form before it is sent, and in a request afterwards (LOG-1 to LOG-3).

use desk::{
    attachments::{self, Findings, Upload},
    drafts::Attachment,
    tickets::Shown,
};
use rules::{
    ids::{AttachmentId, DraftId, MessageId},
    keys::TypeKey,
    logs::Kind,
    policy::{Chosen, Detail, Reads},
};
use words::{logs, size::size};

use super::{Reading, Saying, Side, redacting::redact_file, when};
use crate::{
    app::App,
    door::{Fields, Problem, Visit},
    pages::{
        conversation::HeldFile,
        form::{Chosen as ChosenNow, Coming, Commands, FileRow, Grow, Held},
        parts::{Signal, Tag},
    },
};

/// The files of a draft: those that are there, and those on their way.
#[derive(Debug, Default)]
pub(crate) struct OnHand {
    /// What the draft is for: `new/question`, `request/4201`.
    pub purpose: String,
    pub files: Vec<Attachment>,
    pub coming: Vec<Upload>,
}

impl OnHand {
    pub(crate) async fn of(app: &App, visit: &Visit, draft: Option<DraftId>) -> Result<Self, Problem> {
        let Some(draft) = draft else { return Ok(Self::default()) };
        let (kept, files) = desk::drafts::show(&app.desk, &visit.actor, draft).await?;
        Ok(Self { purpose: kept.purpose, files, coming: attachments::under_way(&app.desk, &visit.actor, draft).await? })
    }

    /// The rows of a field.
    pub(crate) fn below(&self, say: &Saying, field: &str, report: &str) -> Held {
        let files = self.files.iter().filter(|file| file.field == field);
        let coming = self.coming.iter().filter(|upload| upload.field == field);
        Held { files: files.map(|file| self.row(say, file, report)).collect(), coming: coming.map(row_of).collect() }
    }

    fn row(&self, say: &Saying, file: &Attachment, report: &str) -> FileRow {
        file_row(say, file, (&self.purpose, report))
    }

    /// All rows.
    pub(crate) fn all(&self, say: &Saying, report: &str) -> Held {
        let files = self.files.iter().map(|file| self.row(say, file, report)).collect();
        Held { files, coming: self.coming.iter().map(row_of).collect() }
    }
}

/// Takes the file off that a form asks to; whether it asks.
pub(crate) async fn take_off(app: &App, visit: &Visit, fields: &Fields) -> Result<bool, Problem> {
    if let Some(file) = fields.number("remove") {
        attachments::remove(&app.desk, &visit.actor, AttachmentId(file)).await?;
        return Ok(true);
    }
    let token = fields.text("drop");
    if token.is_empty() {
        return Ok(false);
    }
    attachments::cancel(&app.desk, &visit.actor, token).await?;
    Ok(true)
}

fn row_of(upload: &Upload) -> Coming {
    let said = |bytes: i64| size(u64::try_from(bytes).unwrap_or(0));
    Coming {
        token: upload.token.clone(),
        name: upload.name.clone(),
        facts: format!("{} of {}", said(upload.received), said(upload.bytes)),
        bytes: upload.bytes,
        mark: upload.mark.clone(),
    }
}

/// A file of a draft: what it is for, and what stands in the form.
pub(crate) fn file_row(say: &Saying, file: &Attachment, (purpose, report): (&str, &str)) -> FileRow {
    FileRow { grow: grow(say, file, purpose), ..judged_row(say, file, report) }
}

/// REQ-2: what a form can become whose type reads no logs.
fn grow(say: &Saying, file: &Attachment, purpose: &str) -> Option<Grow> {
    let request_type = TypeKey::from(purpose.strip_prefix("new/")?);
    let grows = say.policy().grows_with_logs(&request_type).filter(|_| file.kind == Some(Kind::Log))?;
    let act = format!("Make it a {}", say.type_name(&grows.into).to_lowercase());
    Some(Grow { words: say.text(&grows.logs).to_owned(), act })
}

fn judged_row(say: &Saying, file: &Attachment, report: &str) -> FileRow {
    let found = Findings::read(file, report);
    let mut facts = vec![bytes(file)];
    facts.extend(file.kind.map(|kind| logs::kind(say.lang, kind)));
    facts.extend((found.lines > 0).then(|| logs::lines(say.lang, found.lines)));
    facts.extend(found.span.as_ref().map(|span| logs::span(say.lang, span)));
    let row = FileRow::new(file.id.0, &file.name, &facts.join(", "));
    let beside = [logs::left_out(say.lang, &found.left_out), logs::masked(say.lang, &found.masked)];
    let masked = Some(beside.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty());
    match file.kind {
        Some(kind) if file.offered.is_some() => {
            let why = not_taken(say, (kind, file), &found);
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
        Some(Kind::Text) if file.field != attachments::EVIDENCE => row.judged(
            Signal::Plain,
            &logs::kind(say.lang, Kind::Text),
            &masked.unwrap_or_else(|| logs::doubtful(say.lang)),
        ),
        _ => FileRow { remark: masked, ..row },
    }
}

/// Why a file does not do for what it was offered.
fn not_taken(say: &Saying, (kind, file): (Kind, &Attachment), found: &Findings) -> String {
    match &found.not_opened {
        Some(why) => logs::not_opened(say.lang, why),
        None if kind == Kind::Archive => logs::nothing_inside(say.lang),
        None => logs::refused(say.lang, kind, &file.media_type),
    }
}

/// For what a file was offered that was kept as other evidence.
fn offered(say: &Saying, file: &Attachment, found: &Findings) -> Option<String> {
    let key = file.offered.as_deref()?.strip_prefix("detail.")?;
    let asked = say.text(&say.policy().details.get(key)?.label);
    Some(logs::offered(say.lang, asked, &not_taken(say, (file.kind?, file), found)))
}

/// What comes back with a form when its sender was told of a file.
fn told(file: &Attachment) -> String {
    format!("told.{}", file.id)
}

/// What is still to be told before a form is sent: probably partial logs, and pasted lines that became files.
pub(crate) fn untold(say: &Saying, files: &[Attachment], report: &str, is_told: impl Fn(&str) -> bool) -> Vec<String> {
    let mut said = Vec::new();
    for file in files.iter().filter(|file| file.field != attachments::EVIDENCE && !is_told(&told(file))) {
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
    remark.extend(logs::left_out(lang, &found.left_out));
    let why = found.not_opened.as_ref().filter(|_| file.offered.is_none());
    remark.extend(why.map(|why| logs::not_opened(lang, why)));
    remark.extend(offered(reading.say, file, &found));
    remark.push(match file.expires_at {
        Some(at) => logs::expires(lang, &when(reading.visit, at, reading.now).said),
        None => logs::expires_after(lang, reading.say.policy().attachments.expire_days),
    });
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

/// How one gets what a text file is asked for: for what is chosen now, and hidden for each other deployment.
pub(crate) fn commands(say: &Saying, detail: &Detail, chosen: Chosen<'_>, follows: &str) -> Vec<Commands> {
    let mut all: Vec<Commands> = vec![];
    for deployment in std::iter::once(None).chain(say.policy().deployments.keys().map(Some)) {
        let fits = deployment.map_or_else(String::new, ToString::to_string);
        for (title, lines) in ways(say, detail, Chosen { deployment, ..chosen }) {
            let at = all.iter().position(|way| way.title == title && way.lines == lines).unwrap_or(all.len());
            if at == all.len() {
                all.push(Commands { title, lines, follows: follows.to_owned(), fits: vec![], now: ChosenNow::No });
            }
            if deployment == chosen.deployment {
                all[at].now = ChosenNow::Yes;
            }
            all[at].fits.push(fits.clone());
        }
    }
    all
}

fn ways(say: &Saying, detail: &Detail, chosen: Chosen<'_>) -> Vec<(String, String)> {
    if !detail.how.is_empty() {
        let of_policy = detail.ways(chosen).into_iter();
        let said = |way| words::forms::way(say.lang, say.policy(), way);
        return of_policy.map(|way| (said(way), way.commands.clone())).collect();
    }
    // What we run ourselves is not the customer's to get a log from, nor its version theirs to say.
    let is_ours = say.policy().versions.as_ref().and_then(|versions| versions.unknown_if.as_ref());
    if chosen.deployment.is_some() && is_ours.is_some_and(|when| when.holds(chosen)) {
        return vec![];
    }
    let ways = logs::ways(say.lang, detail.reads.unwrap_or(Reads::Log)).into_iter();
    ways.map(|way| (way.title, way.commands.to_owned())).collect()
}
