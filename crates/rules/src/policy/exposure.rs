//! Which fields of the policy customers read on the support page, and which only the staff's desk uses, and why
//! (POL-2). What is not in the table is public, and a test of the page changes each such field and fails if the page
//! does not change.

/// Fields by path, with `*` for a key or a place in a list, and why the page does not say them.
pub const STAFF: &[(&str, &str)] = &[
    ("language", "it decides how the page is read, and is no statement of it"),
    ("product.editions.*", "releases name the editions that they are for, and their own pages say it"),
    ("product.instances.*", "the page of releases says what runs on each of them (BUG-4)"),
    ("domains.also_public.*", "the provider is told where one signs up; a list would only help to get around it"),
    ("domains.also_disposable.*", "a list of refused domains would only help to find one that is not refused"),
    ("domains.corporate.*", "it names customers' domains"),
    ("types.*.grows.after_staff_replies", "a proposal to the agent; the customer is told when it happens"),
    (
        "scope.*.words.*",
        "they help to recognise what a subject speaks of; what is meant, the entry says itself (SCO-1)",
    ),
    ("scope.*.unless.*", "they help not to recognise an exception, which the entry says itself (SCO-1)"),
    ("replies.hold_seconds", "how the desk works inside; nothing of it reaches the customer"),
    ("replies.ask_rating", "a question after the end; it promises nothing and changes nothing"),
    ("waiting.warn_percents.*", "a warning to the desk, no promise to the customer (FRT-7)"),
    ("waiting.soft_limit_minutes", "an internal limit, no promise to the customer (TRN-3)"),
];

/// Who reads a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    Public,
    Staff(&'static str),
}

/// Who reads the field at a path such as `types.*.name`.
pub fn exposure(path: &str) -> Exposure {
    match STAFF.iter().find(|(staff, _)| *staff == path) {
        Some((_, reason)) => Exposure::Staff(reason),
        None => Exposure::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pol_2_a_field_of_the_staff_has_its_own_reason_and_all_others_are_public() {
        for (path, reason) in STAFF {
            assert_eq!(exposure(path), Exposure::Staff(reason), "{path}");
        }
        for path in ["types.*.name", "domains.corporate", "replies"] {
            assert_eq!(exposure(path), Exposure::Public, "{path}");
        }
    }
}
