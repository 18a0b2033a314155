//! What becomes of a form whose type reads no logs when somebody brings one: the type that it grows into, and what of all that
//! was typed stands where there (REQ-2). Nothing is lost on the way.

use std::collections::BTreeMap;

use super::{DetailKind, Grows, Policy, Reads};
use crate::keys::{DetailKey, PriorityKey, TypeKey};

impl Policy {
    /// What a type grows into when a log is offered to it; `None` where it reads logs, or grows into nothing.
    pub fn grows_with_logs(&self, request_type: &TypeKey) -> Option<&Grows> {
        let grows = self.request_type(request_type)?.grows.as_ref()?;
        let is_there = self.request_type(&grows.into).is_some();
        (is_there && self.log_detail(request_type).is_none()).then_some(grows)
    }

    /// The detail of a type that logs are given for.
    pub fn log_detail(&self, request_type: &TypeKey) -> Option<&DetailKey> {
        let reads_logs = |kind: DetailKind, reads: Option<Reads>| {
            kind == DetailKind::TextFile && matches!(reads, None | Some(Reads::Log))
        };
        let form = self.form_of(request_type);
        form.into_iter().find(|(_, detail)| reads_logs(detail.kind, detail.reads)).map(|(key, _)| key)
    }

    /// The fields of a form, as the form of another type holds them. What both ask for stays where it is; texts that the other
    /// does not ask for go into its first required text; a wish that it does not allow becomes its default.
    pub fn grown(
        &self,
        (from, into): (&TypeKey, &TypeKey),
        fields: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut grown = fields.clone();
        let asked = self.form_of(into);
        let mut homeless = Vec::new();
        for (key, _) in self.form_of(from) {
            if asked.iter().any(|(other, _)| *other == key) {
                continue;
            }
            let text = grown.remove(&format!("detail.{key}")).unwrap_or_default();
            if !text.trim().is_empty() {
                homeless.push(text);
            }
        }
        let text = asked.iter().find(|(_, detail)| detail.kind == DetailKind::Text && detail.required);
        let text = text.or_else(|| asked.iter().find(|(_, detail)| detail.kind == DetailKind::Text));
        if let (Some((key, _)), false) = (text, homeless.is_empty()) {
            let place = grown.entry(format!("detail.{key}")).or_default();
            homeless.insert(0, std::mem::take(place));
            homeless.retain(|text| !text.trim().is_empty());
            *place = homeless.join("\n\n");
        }
        if let Some(wish) = grown.get("priority").cloned()
            && !self.allowed(into, None).contains(&&PriorityKey(wish))
        {
            grown.remove("priority");
        }
        grown.insert("type".to_owned(), into.to_string());
        grown.insert("draft_for".to_owned(), format!("new/{into}"));
        grown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        Policy::parse(include_str!("../../../../policies/allure-testops.toml")).unwrap().policy
    }

    fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn req_2_only_what_reads_no_logs_grows_with_one() {
        let policy = policy();
        assert_eq!(policy.grows_with_logs(&"question".into()).unwrap().into, "support".into());
        for other in ["support", "bug", "feature", "security", "migration", "nothing"] {
            assert!(policy.grows_with_logs(&other.into()).is_none(), "{other}");
        }
    }

    #[test]
    fn req_2_a_question_that_grows_loses_no_word() {
        let typed = fields(&[
            ("type", "question"),
            ("subject", "Launches hang"),
            ("detail.question", "Why do they hang?"),
            ("priority", "low"),
        ]);
        let grown = policy().grown((&"question".into(), &"support".into()), &typed);
        let expected = fields(&[
            ("type", "support"),
            ("draft_for", "new/support"),
            ("subject", "Launches hang"),
            ("detail.symptoms", "Why do they hang?"),
            ("priority", "low"),
        ]);
        assert_eq!(grown, expected);
    }

    #[test]
    fn req_2_what_both_ask_for_stays_and_a_wish_is_one_that_is_offered() {
        let typed = fields(&[
            ("detail.version", "5.12"),
            ("detail.description", "It hangs."),
            ("detail.expected", "It runs."),
            ("detail.symptoms", "Nobody can work."),
            ("priority", "nonsense"),
        ]);
        let grown = policy().grown((&"bug".into(), &"support".into()), &typed);
        assert_eq!(grown["detail.version"], "5.12");
        assert_eq!(grown["detail.symptoms"], "Nobody can work.\n\nIt hangs.\n\nIt runs.");
        assert!(!grown.contains_key("priority"));
    }
}
