//! What a form asked and what was answered, for reading.

use desk::tickets::Shown;
use rules::{
    events::{Event, TicketEvent},
    ids::MessageId,
    keys::DetailKey,
    policy::DetailKind,
};

use super::Saying;
use crate::pages::{conversation::Detail, html::Safe};

/// What was answered when it was filed, with the policy's labels.
pub(super) fn answers(say: &Saying, shown: &Shown) -> Vec<Detail> {
    let later: Vec<&DetailKey> = given(shown).flat_map(|(_, keys)| keys).collect();
    let mut answers = worded(say, shown, |key| !later.contains(&key));
    answers.extend(ticked(say, shown).map(|words| Detail {
        label: "Confirmed".to_owned(),
        answer: Safe::new(words::markdown::message(&words)),
        redact: None,
    }));
    answers
}

/// What was ticked, in the policy's words.
pub(crate) fn ticked<'a>(say: &'a Saying, shown: &'a Shown) -> impl Iterator<Item = String> + 'a {
    let known = shown.ticks.iter().filter_map(|key| say.policy().ticks.get(key));
    known.map(|tick| say.text(&tick.text).to_owned())
}

/// What was answered with a message.
pub(super) fn answered_with(say: &Saying, shown: &Shown, message: MessageId) -> Vec<Detail> {
    let keys: Vec<&DetailKey> = given(shown).filter(|(of, _)| *of == message).flat_map(|(_, keys)| keys).collect();
    worded(say, shown, |key| keys.contains(&key))
}

/// The details that were given later, by the message that they came with.
fn given(shown: &Shown) -> impl Iterator<Item = (MessageId, &[DetailKey])> {
    shown.happened.iter().filter_map(|it| match &it.entry.event {
        Event::Ticket(_, TicketEvent::DetailsGiven { details, message: Some(message) }) => {
            Some((*message, details.as_slice()))
        }
        _ => None,
    })
}

fn worded(say: &Saying, shown: &Shown, is_meant: impl Fn(&DetailKey) -> bool) -> Vec<Detail> {
    let policy = say.policy();
    shown
        .details
        .iter()
        .filter(|(key, _)| is_meant(key))
        .map(|(key, value)| {
            let detail = policy.details.get(key);
            let named = match detail.map(|detail| detail.kind) {
                Some(DetailKind::Deployment) => policy.deployments.get(value.as_str()).map(|it| say.text(&it.name)),
                Some(DetailKind::Area) => policy.areas.get(value.as_str()).map(|it| say.text(&it.name)),
                Some(DetailKind::Choice) => {
                    detail.and_then(|detail| detail.choices.get(value.as_str())).map(|it| say.text(it))
                }
                _ => None,
            };
            Detail {
                label: say.detail_name(key),
                answer: Safe::new(words::markdown::message(named.unwrap_or(value))),
                redact: named.is_none().then(|| key.to_string()),
            }
        })
        .collect()
}
