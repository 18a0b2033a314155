//! A list sent to the desk, pasted or as a file, to be tried or to be taken.

use axum::{
    extract::{
        Multipart,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
};
use desk::Run;
use rules::table::text as read;
use words::{lang::Lang, table::no_text};

use crate::{
    app::FORM_BYTES,
    door::{Problem, What},
    pages::{desk::list_form::ListForm, parts::Notice, releases::done},
};

/// The form before anything was sent.
pub(super) fn blank() -> ListForm {
    ListForm::blank(words::size::limit(FORM_BYTES as u64))
}

/// What was sent.
pub(super) struct Sent {
    pub(super) form: ListForm,
    pub(super) run: Run,
}

/// Reads the form. A file goes before what was pasted; one that is no text is a fault on the form.
pub(super) async fn sent(lang: Lang, parts: Result<Multipart, MultipartRejection>) -> Result<Sent, Problem> {
    let mut parts = parts.map_err(|fault| Problem::unreadable(StatusCode::BAD_REQUEST, &fault))?;
    let mut sent = Sent { form: blank(), run: Run::Dry };
    let mut file = None;
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        match part.name().unwrap_or_default() {
            "text" => sent.form.text = part.text().await.map_err(unreadable)?,
            "file" => file = Some(part.bytes().await.map_err(unreadable)?),
            "do" => {
                let is_real = part.text().await.map_err(unreadable)? == "import";
                sent.run = if is_real { Run::Real } else { Run::Dry };
            }
            _ => {}
        }
    }
    // A browser sends an empty file where none was chosen.
    let file = file.filter(|file| !file.is_empty());
    match read(file.as_deref().unwrap_or(sent.form.text.as_bytes())) {
        Ok(text) => sent.form.text = text,
        Err(why) => sent.form.faults = vec![no_text(lang, why)],
    }
    Ok(sent)
}

/// Says on the form what would come of the list, or what is wrong with it. A list that was taken leaves the form, and what came of
/// it is the notice above.
pub(super) fn told(form: &mut ListForm, run: Run, came: Result<Vec<String>, Vec<String>>) -> Option<Notice> {
    match (came, run) {
        (Err(faults), _) => form.faults = faults,
        (Ok(words), Run::Dry) => form.ready = words,
        (Ok(words), Run::Real) => {
            form.text = String::new();
            return Some(done(words.join(" ")));
        }
    }
    None
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed over by `map_err`")]
fn unreadable(fault: MultipartError) -> Problem {
    match fault.status() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => Problem { status, what: What::TooLarge },
        status => Problem::unreadable(status, &fault),
    }
}
