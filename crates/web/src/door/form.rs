//! Forms as browsers send them: fields by name, and files that go straight to the disk as they arrive.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use bytes::Bytes;
use desk::{attachments::NewFile, drafts::Typed};
use futures_util::{Stream, StreamExt, TryStreamExt};
use rules::ids::DraftId;
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::{Problem, Typed as Kept, Visit, problem::What};
use crate::app::{App, FORM_BYTES};

/// Parts of a form with files, at most: far more than any of ours has. An empty one weighs nothing else.
const PARTS: usize = 1_000;

/// The fields of a form, in their order; a name can come several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

/// One of the words that a type knows; no page sends another.
pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    T::deserialize(text.into_deserializer()).map_err(|_: serde::de::value::Error| Problem::not_found())
}

impl Fields {
    /// The last value of a name; nothing where it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value of a name as one of the words that its type knows.
    pub(crate) fn word<T: DeserializeOwned>(&self, name: &str) -> Result<T, Problem> {
        word(self.text(name))
    }

    /// The values of all names that begin so, by the rest of the name.
    pub(crate) fn below(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// Puts another value in the place of a field's.
    pub(crate) fn put(&mut self, name: &str, value: String) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value));
    }

    /// A number in a field, where there is one.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name).parse().ok()
    }

    /// All fields, as a draft keeps them.
    /// Whether a form has the field at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(its, _)| its == name)
    }

    pub(crate) fn kept(&self) -> BTreeMap<String, String> {
        let sent = |name: &str| {
            matches!(name, "do" | "draft" | "form" | "altcha" | "remove" | "drop" | "read_to" | "draft_seen")
                || name.starts_with("told.")
        };
        self.0.iter().filter(|(name, _)| !sent(name)).cloned().collect()
    }

    pub(crate) fn from_kept(kept: BTreeMap<String, String>) -> Self {
        Self(kept.into_iter().collect())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    /// Fields without files; a form with files is read by `Form::read`.
    async fn from_request(mut request: Request, state: &S) -> Result<Self, Problem> {
        // Also on routes that take files, whose limit is lifted.
        DefaultBodyLimit::max(FORM_BYTES).apply(&mut request);
        let is_form = is_of_type(&request, "application/x-www-form-urlencoded");
        let kept = kept(&request);
        let bytes = Bytes::from_request(request, state).await.map_err(|fault| {
            if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
                return Problem { status: fault.status(), what: What::TooLarge };
            }
            Problem::unreadable(fault.status(), &fault)
        })?;
        if !is_form && !bytes.is_empty() {
            return Err(Problem::unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE, &"the body is no form"));
        }
        let fields = form_fields(&bytes)?;
        fields.iter().for_each(|(name, value)| kept.keep(name, value));
        Ok(Self(fields))
    }
}

/// Where what was typed is kept for the page of a refusal.
fn kept(request: &Request) -> Kept {
    request.extensions().get::<Kept>().cloned().unwrap_or_default()
}

fn is_of_type(request: &Request, wanted: &str) -> bool {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().is_some_and(|given| given.trim().eq_ignore_ascii_case(wanted))
}

/// `application/x-www-form-urlencoded`, as WHATWG's URL standard reads it, but for what is no text.
fn form_fields(bytes: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    bytes
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            Ok((decoded(name)?, decoded(value)?))
        })
        .collect()
}

fn decoded(bytes: &[u8]) -> Result<String, Problem> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = |byte: u8| char::from(byte).to_digit(16);
        match (first, after) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits make a byte"));
                    rest = &after[2..];
                }
                _ => out.push(b'%'),
            },
            (byte, _) => out.push(*byte),
        }
    }
    text_of(out)
}

/// What people write is UTF-8, as our pages ask for, and without NUL, which PostgreSQL keeps in no text. Anything
/// else would be kept as something that nobody wrote.
fn text_of(bytes: Vec<u8>) -> Result<String, Problem> {
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        Ok(_) => Err(Problem::unreadable(StatusCode::BAD_REQUEST, &"a field holds NUL")),
        Err(fault) => Err(Problem::unreadable(StatusCode::BAD_REQUEST, &fault)),
    }
}

/// A form that may bring files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    pub fields: Fields,
    /// The draft that the form names, or that was begun for its files.
    pub draft: Option<DraftId>,
}

impl Form {
    /// Reads the form; its files are attached to its draft as they arrive, to one begun for `purpose` if it has none.
    pub(crate) async fn read(app: &App, visit: &Visit, purpose: &str, request: Request) -> Result<Self, Problem> {
        if !is_of_type(&request, "multipart/form-data") {
            let fields = Fields::from_request(request, app).await?;
            return Self { draft: fields.number("draft").map(DraftId), fields }.with_arrived(app, visit).await;
        }
        let mut form = Self::default();
        form.read_parts(Uploading { app, visit, purpose }, request, None).await?;
        form.with_arrived(app, visit).await
    }

    /// What came in parts and is whole comes along.
    async fn with_arrived(self, app: &App, visit: &Visit) -> Result<Self, Problem> {
        if let (Some(draft), true) = (self.draft, visit.actor.signed().is_ok()) {
            desk::attachments::finish_arrived(&app.desk, &visit.actor, draft).await?;
        }
        Ok(self)
    }

    /// Keeps what was typed as its draft.
    pub(crate) async fn keep(&mut self, app: &App, visit: &Visit, purpose: &str) -> Result<DraftId, Problem> {
        let typed = Typed { draft: self.draft, purpose: purpose.to_owned(), fields: self.fields.kept() };
        let draft = desk::drafts::save(&app.desk, &visit.actor, typed).await?;
        self.draft = Some(draft);
        Ok(draft)
    }

    /// Makes a file of a log that was pasted into a reply or a note (LOG-1); whether there was one.
    pub(crate) async fn take_pasted(&mut self, app: &App, visit: &Visit, purpose: &str) -> Result<bool, Problem> {
        let text = self.fields.text("text").to_owned();
        if rules::logs::pasted(&text).is_none() {
            return Ok(false);
        }
        let draft = self.keep(app, visit, purpose).await?;
        let field = desk::attachments::EVIDENCE;
        let pasted = desk::attachments::take_pasted(&app.desk, &visit.actor, draft, field, &text).await?;
        if let Some(pasted) = pasted {
            self.fields.put("text", pasted.text);
        }
        Ok(true)
    }

    /// Reads files into a draft that is there already; `detail` names what they are for.
    pub(crate) async fn read_into(app: &App, visit: &Visit, draft: DraftId, request: Request) -> Result<Self, Problem> {
        let mut form = Self { draft: Some(draft), fields: Fields::default() };
        form.read_parts(Uploading { app, visit, purpose: "" }, request, None).await?;
        Ok(form)
    }

    /// Reads a form that is refused whatever it holds, so that what was typed can be given back.
    pub(crate) async fn refuse(app: &App, visit: &Visit, mut request: Request, problem: Problem) -> Problem {
        // Files are not kept, so none is too large.
        DefaultBodyLimit::disable().apply(&mut request);
        let read = if is_of_type(&request, "multipart/form-data") {
            let uploading = Uploading { app, visit, purpose: "" };
            Self::default().read_parts(uploading, request, Some(problem.clone())).await
        } else {
            Fields::from_request(request, app).await.map(drop)
        };
        read.err().unwrap_or(problem)
    }

    /// With `unwritten`, files are read past from the first on, and it is what comes of it.
    async fn read_parts(
        &mut self,
        uploading: Uploading<'_>,
        request: Request,
        mut unwritten: Option<Problem>,
    ) -> Result<(), Problem> {
        let kept = kept(&request);
        // While nothing can be written, files are read past too, so that what was typed behind them is given back.
        let between = Between::default();
        let request = between.watch(request);
        let mut parts = Multipart::from_request(request, uploading.app).await.map_err(|fault| unreadable(&fault))?;
        let (mut bytes, mut count) = (0, 0);
        while let Some(mut field) = parts.next_field().await.map_err(|fault| between.problem(&fault))? {
            between.passed();
            count += 1;
            if count > PARTS {
                return Err(too_large());
            }
            let name = field.name().unwrap_or_default().to_owned();
            bytes += name.len();
            if bytes > FORM_BYTES {
                return Err(too_large());
            }
            match field.file_name().map(str::to_owned) {
                // A file input without a file sends an empty part.
                Some(file) if file.is_empty() => {}
                Some(_) if unwritten.is_some() => between.read_past(&mut field).await?,
                Some(file) => {
                    let content = (&mut field).inspect(|_| between.passed());
                    match self.attach(uploading, (name, file), content).await {
                        Err(problem) if matches!(problem.what, What::Unwritable) => {
                            unwritten = Some(problem);
                            between.read_past(&mut field).await?;
                        }
                        attached => attached?,
                    }
                }
                None => {
                    let value = text_within(field, FORM_BYTES.saturating_sub(bytes), &between).await?;
                    between.passed();
                    bytes += value.len();
                    kept.keep(&name, &value);
                    self.take(name, value);
                }
            }
        }
        unwritten.map_or(Ok(()), Err)
    }

    fn take(&mut self, name: String, value: String) {
        if name == "draft" {
            self.draft = value.parse().ok().map(DraftId);
        }
        self.fields.0.push((name, value));
    }

    /// `named`: the input's name, `file.logs`, and the file's.
    async fn attach(
        &mut self,
        uploading: Uploading<'_>,
        named: (String, String),
        field: impl Stream<Item = Result<Bytes, MultipartError>>,
    ) -> Result<(), Problem> {
        let Uploading { app, visit, purpose } = uploading;
        let draft = match self.draft {
            Some(draft) => draft,
            None => {
                let purpose = match self.fields.text("type") {
                    "" => purpose.to_owned(),
                    key => format!("new/{key}"),
                };
                let typed = Typed { draft: None, purpose, fields: self.fields.kept() };
                desk::drafts::save(&app.desk, &visit.actor, typed).await?
            }
        };
        self.draft = Some(draft);
        let (input, name) = named;
        // What browsers write for it in a header (WHATWG HTML, multipart/form-data).
        let name = name.replace("%22", "\"");
        let asked = match input.strip_prefix("file.") {
            Some(detail) => detail,
            None => self.fields.text("detail"),
        };
        let asked = if asked.is_empty() { "evidence" } else { asked };
        let new = NewFile { draft, field: format!("detail.{asked}"), name };
        desk::attachments::attach(&app.desk, &visit.actor, new, field.map_err(|fault| fault.to_string())).await?;
        Ok(())
    }
}

/// Who sends files, and what they are for while there is no draft.
#[derive(Clone, Copy)]
struct Uploading<'a> {
    app: &'a App,
    visit: &'a Visit,
    purpose: &'a str,
}

/// A part without a file, read no further than there is room for.
async fn text_within(mut field: Field<'_>, room: usize, between: &Between) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|fault| between.problem(&fault))? {
        if bytes.len() + chunk.len() > room {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    text_of(bytes)
}

/// How much may arrive before a part begins. The reader keeps a part's head until it is whole, and one without an end
/// would fill the memory on routes that take files of any size.
#[derive(Clone, Debug, Default)]
struct Between(Arc<AtomicUsize>);

impl Between {
    /// The request, whose body breaks off once too much came since `passed`.
    fn watch(&self, request: Request) -> Request {
        let arrived = Arc::clone(&self.0);
        request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |piece| {
                let piece = piece?;
                match arrived.fetch_add(piece.len(), Ordering::Relaxed) {
                    before if before > FORM_BYTES => Err(axum::Error::new("more than fits before a part")),
                    _ => Ok(piece),
                }
            }))
        })
    }

    /// A part has begun, or a piece of it was taken.
    fn passed(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// Takes a file's bytes and keeps none.
    async fn read_past(&self, field: &mut Field<'_>) -> Result<(), Problem> {
        while field.chunk().await.map_err(|fault| self.problem(&fault))?.is_some() {
            self.passed();
        }
        Ok(())
    }

    fn problem(&self, fault: &MultipartError) -> Problem {
        if self.0.load(Ordering::Relaxed) > FORM_BYTES { too_large() } else { unreadable(fault) }
    }
}

fn too_large() -> Problem {
    Problem { status: StatusCode::PAYLOAD_TOO_LARGE, what: What::TooLarge }
}

fn unreadable(fault: &impl std::fmt::Display) -> Problem {
    Problem::unreadable(StatusCode::BAD_REQUEST, fault)
}
