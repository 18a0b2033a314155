//! What stands beside the fields of a form: when something is asked, what a version looks like, what a type does not promise.

use rules::{
    keys::{PriorityKey, TypeKey},
    policy::{Chosen, Detail, HowTo, Policy, When},
};

use crate::lang::Lang;

/// PLN-4: when a detail or tick is asked. `None` where it is asked always.
pub fn only_if(lang: Lang, policy: &Policy, when: Option<&When>) -> Option<String> {
    Some(lang.say("forms-only-if", &[("when", chosen(lang, policy, when?)?.into())]))
}

/// PLN-4: where a detail is required, for one that is welcome elsewhere.
pub fn required_if(lang: Lang, policy: &Policy, detail: &Detail) -> Option<String> {
    let when = chosen(lang, policy, detail.required_if.as_ref()?)?;
    Some(lang.say("forms-required-if", &[("when", when.into())]))
}

/// PLN-4: where a priority may be chosen, and why not elsewhere: "Only if you chose “Production”. …".
pub fn priority_only_if(
    lang: Lang,
    policy: &Policy,
    (request_type, priority): (&TypeKey, &PriorityKey),
) -> Option<String> {
    let only = policy.request_type(request_type)?.priorities.only_if.get(priority)?;
    let said = only_if(lang, policy, Some(&only.when))?;
    let why = only.why.as_ref().map(|why| format!(" {}", why.say(lang.tag())));
    Some(format!("{said}{}", why.unwrap_or_default()))
}

/// PLN-4: why a priority cannot be chosen, given what was; `None` where it can.
pub fn barred(
    lang: Lang,
    policy: &Policy,
    (request_type, priority): (&TypeKey, &PriorityKey),
    chosen: Chosen<'_>,
) -> Option<String> {
    policy.barred(request_type, priority, chosen)?;
    priority_only_if(lang, policy, (request_type, priority))
}

/// LOG-1: the name of a way to get a file, with where it counts.
pub fn way(lang: Lang, policy: &Policy, way: &HowTo) -> String {
    let name = way.name.say(lang.tag());
    match way.when.as_ref().and_then(|when| chosen(lang, policy, when)) {
        Some(when) => lang.say("forms-way", &[("name", name.into()), ("when", when.into())]),
        None => name.to_owned(),
    }
}

/// What a version looks like and where it is found, and who need not know it (REQ-4).
pub fn version(lang: Lang, policy: &Policy) -> Option<String> {
    let versions = policy.versions.as_ref()?;
    let place = versions.where_shown.say(lang.tag());
    let like = lang.say("forms-version", &[("example", versions.example.as_str().into()), ("where", place.into())]);
    let unknown = versions.unknown_if.as_ref().and_then(|when| chosen(lang, policy, when));
    Some(match unknown {
        Some(when) => format!("{like} {}", lang.say("forms-version-unknown", &[("when", when.into())])),
        None => like,
    })
}

/// REQ-5: what becomes of a request that is for the forum, and who would see it. `None` for all others.
pub fn topic(lang: Lang, policy: &Policy, request_type: &TypeKey) -> Option<String> {
    let stream = policy.request_type(request_type)?.stream.as_ref()?;
    let stream = policy.forum.as_ref()?.streams.get(stream)?;
    Some(lang.say("forms-topic", &[("stream", stream.name.say(lang.tag()).into())]))
}

/// PRI-3: what may be wished, where that is not everything; and whose doing it is, the type's or the plan's.
pub fn range(lang: Lang, policy: &Policy, allowed: &[&PriorityKey], of_type: usize) -> Option<String> {
    if allowed.len() == policy.priorities.len() {
        return None;
    }
    let names = allowed.iter().filter_map(|key| Some(policy.priorities.get(*key)?.name.say(lang.tag())));
    let names = names.collect::<Vec<_>>().join(", ");
    let key = match (allowed.len(), of_type) {
        (few, all) if few < all => "forms-range-plan",
        (1, _) => "forms-range-only",
        _ => "forms-range",
    };
    Some(lang.say(key, &[("names", names.into())]))
}

/// “Server” or “Cloud”, and “Deployment”: all lists have to hold, any of each will do.
fn chosen(lang: Lang, policy: &Policy, when: &When) -> Option<String> {
    let deployments = when.deployment.iter().filter_map(|key| policy.deployments.get(key));
    let areas = when.area.iter().filter_map(|key| policy.areas.get(key));
    let any_of = |names: Vec<&str>| {
        let quoted = names.into_iter().map(|name| format!("“{name}”"));
        quoted.reduce(|first, second| lang.say("forms-or", &[("first", first.into()), ("second", second.into())]))
    };
    let of = [
        any_of(deployments.map(|named| named.name.say(lang.tag())).collect()),
        any_of(areas.map(|named| named.name.say(lang.tag())).collect()),
    ];
    let choices = when.choice.iter().filter_map(|(detail, choices)| {
        let named = |key| policy.details.get(detail)?.choices.get(key).map(|choice| choice.say(lang.tag()));
        any_of(choices.iter().filter_map(named).collect())
    });
    let said: Vec<String> = of.into_iter().flatten().chain(choices).collect();
    (!said.is_empty()).then(|| said.join(", and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFERENCE: &str = include_str!("../../../policies/allure-testops.toml");

    fn policy() -> Policy {
        Policy::parse(REFERENCE).expect("the reference policy holds together").policy
    }

    #[test]
    fn req_4_the_form_says_what_a_version_looks_like_and_who_need_not_know_it() {
        assert_eq!(
            version(Lang::En, &policy()).as_deref(),
            Some(
                "Like 5.12.1. Name the whole of it, with the hotfix, as the product shows it. If you chose “Cloud” and do \
                 not know it, write “unknown”."
            )
        );
    }

    #[test]
    fn req_5_only_what_is_for_the_forum_says_who_will_see_it() {
        let policy = policy();
        let said: Vec<&str> =
            policy.types.keys().filter(|key| topic(Lang::En, &policy, key).is_some()).map(TypeKey::as_str).collect();
        assert_eq!(said, ["feature"]);
        let told = topic(Lang::En, &policy, &"feature".into()).expect("it is for the forum");
        assert!(
            told.contains("under “Feature requests and suggestions”") && told.contains("People registered"),
            "{told}"
        );
    }

    #[test]
    fn pri_3_the_form_says_which_priorities_a_type_has() {
        let policy = policy();
        let said = |key: &str| {
            let allowed = policy.allowed(&key.into(), None);
            range(Lang::En, &policy, &allowed, allowed.len())
        };
        assert_eq!(said("support"), None);
        assert_eq!(said("question").as_deref(), Some("For this type it is one of: Medium, Low."));
        assert_eq!(said("security").as_deref(), Some("For this type it is always Urgent."));
    }

    #[test]
    fn pln_4_a_condition_of_two_lists_says_that_both_have_to_hold() {
        let policy = policy();
        let (deployment, area) = (vec!["server".into(), "cloud".into()], vec!["deployment".into()]);
        let when = When { deployment, area, ..When::default() };
        assert_eq!(
            only_if(Lang::En, &policy, Some(&when)).as_deref(),
            Some("Only if you chose “Server” or “Cloud”, and “Deployment”.")
        );
        assert_eq!(only_if(Lang::En, &policy, None), None);
    }
}
