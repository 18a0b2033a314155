//! A passage or a file is taken out of a request by a command (PRV-2), with the list of places that were looked at.

use desk::{
    Actor, Desk,
    tickets::{self, FileGone, FileNames, Leaving, Looked, Proof, WantedGone, Where},
};
use rules::{
    ids::{AttachmentId, MessageId, TicketId},
    redaction::{Place, Reason},
};
use serde::{Deserialize, Serialize};
use words::lang::Lang;

use super::{Response, in_words};

/// What is to go, and why.
#[derive(Clone, Serialize, Deserialize)]
pub struct Gone {
    pub request: TicketId,
    /// A message; without one the passage goes wherever in the request it stands.
    pub message: Option<MessageId>,
    pub passage: Option<String>,
    pub file: Option<AttachmentId>,
    pub why: Reason,
    pub words: String,
    pub run: Run,
}

impl std::fmt::Debug for Gone {
    // The passage is to be forgotten.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gone").field("request", &self.request).field("file", &self.file).finish_non_exhaustive()
    }
}

/// Whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    Done,
    /// Only said what would go.
    Dry,
}

pub(super) async fn redact(desk: &Desk, gone: Gone) -> Response {
    let run = gone.run;
    match proof(desk, gone).await {
        Ok(proof) => Response::Done(said(&proof, run)),
        Err(error) => Response::Refused(in_words(desk, error).await),
    }
}

async fn proof(desk: &Desk, gone: Gone) -> desk::Result<Proof> {
    let Gone { request, message, passage, file, why, words, run } = gone;
    let proof = match file {
        Some(id) => {
            let Leaving { ticket, with, .. } = tickets::leaving(desk, &Actor::COMMAND, id).await?;
            if ticket != request {
                return Err(desk::Error::NotFound);
            }
            if run == Run::Dry {
                let count = with.len() + 1;
                return Ok(Proof {
                    places: vec![Looked { at: Where::Files, looked: count, found: count, left: count }],
                });
            }
            let gone = FileGone { names: FileNames::Stay, why: Some(why), words };
            tickets::redact_file(desk, &Actor::COMMAND, id, gone).await?
        }
        None => {
            let wanted = WantedGone {
                place: message.map(Place::Message),
                passages: passage.into_iter().collect(),
                everywhere: true,
                why: Some(why),
                words,
            };
            if run == Run::Dry {
                return Ok(tickets::preview_redaction(desk, &Actor::COMMAND, request, &wanted).await?.proof);
            }
            tickets::redact(desk, &Actor::COMMAND, request, &wanted).await?
        }
    };
    desk::search::catch_up(desk).await?;
    Ok(proof)
}

fn said(proof: &Proof, run: Run) -> String {
    let looked = proof.places.iter().filter(|place| place.looked > 0);
    let mut lines = vec![match run {
        Run::Dry => "Nothing was changed. It would go from:".to_owned(),
        Run::Done => "Gone, for good. What was looked at:".to_owned(),
    }];
    for place in looked {
        let name = words::redaction::listed(Lang::En, &key(place.at));
        let Looked { looked, found, left, .. } = place;
        lines.push(match run {
            Run::Dry => format!("  {name}: {found} of {looked}"),
            Run::Done => format!("  {name}: {found} of {looked}, {left} left"),
        });
    }
    if run == Run::Done {
        lines.push("  search index: rewritten, nothing left".to_owned());
    }
    lines.join("\n")
}

/// By which `words` knows a kind of place.
fn key(at: Where) -> String {
    let word = serde_json::to_value(at).ok();
    word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().replace('_', "-")
}
