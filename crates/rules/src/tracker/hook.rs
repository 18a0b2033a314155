//! What a tracker calls by webhook: whether it is signed by the secret that both know, and what it is about. A call is a hint where to look and
//! no truth: what it says of an issue is asked of the tracker, so that an old, a second or a late one does no harm.

use serde::Deserialize;
use serde_json::Value;

use crate::people::SecretKey;

/// Letters of the name of a delivery, at most.
const DELIVERY: usize = 64;

/// What a call is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It tries whether anybody is there.
    Ping,
    /// Something of an issue.
    Issue { number: i64 },
    /// A comment of an issue; `gone`: it was deleted.
    Comment { issue: i64, gone: Option<i64> },
    /// A milestone that was called so has another name, or is none any more.
    Milestone { was: String },
    /// Of another place, or nothing that is mirrored.
    Other,
}

/// A call that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHook;

/// Whether one of the secrets signed the body: HMAC-SHA256, as the header `X-Hub-Signature-256` has it ("sha256=…"). Compared in constant time.
pub fn signed(secrets: &[Vec<u8>], body: &[u8], header: &str) -> bool {
    let Some(signature) = header.trim().strip_prefix("sha256=").and_then(bytes) else { return false };
    // Each is tried, so that the time does not tell which one it was.
    secrets.iter().fold(false, |found, secret| {
        let is_one = !secret.is_empty() && SecretKey::new(secret.clone()).verify(&[body], &signature);
        found | is_one
    })
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let is_hash = hex.len() == 64 && hex.bytes().all(|it| it.is_ascii_hexdigit());
    let pair = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    if is_hash { (0..64).step_by(2).map(pair).collect() } else { None }
}

/// Whether it names a delivery, as the header `X-GitHub-Delivery` does.
pub fn is_delivery(name: &str) -> bool {
    !name.is_empty() && name.len() <= DELIVERY && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
}

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    action: String,
    repository: Option<Named>,
    issue: Option<Numbered>,
    comment: Option<Known>,
    milestone: Option<Titled>,
    changes: Option<Changes>,
}

#[derive(Deserialize)]
struct Named {
    full_name: String,
}

#[derive(Deserialize)]
struct Numbered {
    number: i64,
    pull_request: Option<Value>,
}

#[derive(Deserialize)]
struct Known {
    id: i64,
}

#[derive(Deserialize)]
struct Titled {
    title: String,
}

#[derive(Deserialize)]
struct Changes {
    title: Option<Was>,
}

#[derive(Deserialize)]
struct Was {
    from: String,
}

/// What a call says, of the place that is mirrored. `kind`: the header `Content-Type`; a form has the JSON in its field `payload`.
pub fn hear(event: &str, (kind, body): (&str, &[u8]), repository: &str) -> Result<Heard, NoHook> {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let payload: Payload = match kind.as_str() {
        "application/json" => serde_json::from_slice(body),
        "application/x-www-form-urlencoded" => serde_json::from_slice(&field(body, "payload").ok_or(NoHook)?),
        _ => return Err(NoHook),
    }
    .map_err(|_| NoHook)?;
    if event == "ping" {
        return Ok(Heard::Ping);
    }
    let is_ours = payload.repository.is_some_and(|it| it.full_name.eq_ignore_ascii_case(repository));
    if !is_ours {
        return Ok(Heard::Other);
    }
    Ok(match event {
        "issues" => {
            let issue = payload.issue.ok_or(NoHook)?;
            Heard::Issue { number: issue.number }
        }
        "issue_comment" => {
            let (issue, comment) = (payload.issue.ok_or(NoHook)?, payload.comment.ok_or(NoHook)?);
            if issue.pull_request.is_some() {
                return Ok(Heard::Other);
            }
            Heard::Comment { issue: issue.number, gone: (payload.action == "deleted").then_some(comment.id) }
        }
        "milestone" => {
            let title = payload.milestone.ok_or(NoHook)?.title;
            let was = payload.changes.and_then(|it| it.title).map(|it| it.from);
            match payload.action.as_str() {
                "deleted" => Heard::Milestone { was: title },
                "edited" => was.map_or(Heard::Other, |was| Heard::Milestone { was }),
                _ => Heard::Other,
            }
        }
        _ => Heard::Other,
    })
}

/// The first field of that name of a form, decoded.
fn field(form: &[u8], name: &str) -> Option<Vec<u8>> {
    form.split(|it| *it == b'&').find_map(|pair| {
        let at = pair.iter().position(|it| *it == b'=')?;
        (decoded(&pair[..at]) == name.as_bytes()).then(|| decoded(&pair[at + 1..]))
    })
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let escaped = match (first, behind) {
            (b'%', [high, low, ..]) => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|it| u8::from_str_radix(it, 16).ok())
            }
            _ => None,
        };
        match (escaped, first) {
            (Some(byte), _) => {
                out.push(byte);
                rest = &behind[2..];
            }
            (None, b'+') => out.push(b' '),
            (None, other) => out.push(*other),
        }
    }
    out
}
