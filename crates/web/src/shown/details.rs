//! What a form asked and what was answered, for reading.

use desk::tickets::Shown;
use rules::policy::DetailKind;

use super::Saying;
use crate::pages::{conversation::Detail, html::Safe};

/// The answers of a request, with the policy's labels.
pub(crate) fn answers(say: &Saying, shown: &Shown) -> Vec<Detail> {
    let policy = say.policy();
    shown
        .details
        .iter()
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
                label: detail.map_or_else(|| key.to_string(), |detail| say.text(&detail.label).to_owned()),
                answer: Safe::new(words::markdown::message(named.unwrap_or(value))),
            }
        })
        .collect()
}
