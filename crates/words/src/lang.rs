//! The reader's language: Fluent messages of one locale. One file per feature under `locales/en`;
//! a new file is one line in `FILES`.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;

/// The sources of a locale, named after what they speak of.
const FILES: &[(&str, &str)] = &[
    ("audit", include_str!("../locales/en/audit.ftl")),
    ("bugs", include_str!("../locales/en/bugs.ftl")),
    ("bulk", include_str!("../locales/en/bulk.ftl")),
    ("clock", include_str!("../locales/en/clock.ftl")),
    ("deadline", include_str!("../locales/en/deadline.ftl")),
    ("erasure", include_str!("../locales/en/erasure.ftl")),
    ("forms", include_str!("../locales/en/forms.ftl")),
    ("health", include_str!("../locales/en/health.ftl")),
    ("holidays", include_str!("../locales/en/holidays.ftl")),
    ("installed", include_str!("../locales/en/installed.ftl")),
    ("joining", include_str!("../locales/en/joining.ftl")),
    ("keymap", include_str!("../locales/en/keymap.ftl")),
    ("languages", include_str!("../locales/en/languages.ftl")),
    ("licence", include_str!("../locales/en/licence.ftl")),
    ("licence_table", include_str!("../locales/en/licence_table.ftl")),
    ("live", include_str!("../locales/en/live.ftl")),
    ("logs", include_str!("../locales/en/logs.ftl")),
    ("mail", include_str!("../locales/en/mail.ftl")),
    ("migration", include_str!("../locales/en/migration.ftl")),
    ("notices", include_str!("../locales/en/notices.ftl")),
    ("policy_effect", include_str!("../locales/en/policy_effect.ftl")),
    ("push", include_str!("../locales/en/push.ftl")),
    ("query", include_str!("../locales/en/query.ftl")),
    ("redaction", include_str!("../locales/en/redaction.ftl")),
    ("refusal", include_str!("../locales/en/refusal.ftl")),
    ("releases", include_str!("../locales/en/releases.ftl")),
    ("report", include_str!("../locales/en/report.ftl")),
    ("sight", include_str!("../locales/en/sight.ftl")),
    ("support_page", include_str!("../locales/en/support_page.ftl")),
    ("teams", include_str!("../locales/en/teams.ftl")),
    ("templates", include_str!("../locales/en/templates.ftl")),
    ("time", include_str!("../locales/en/time.ftl")),
    ("tracker", include_str!("../locales/en/tracker.ftl")),
    ("work", include_str!("../locales/en/work.ftl")),
];

/// A language that people read. English is the source; others follow it key by key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    En,
}

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let mut bundle = FluentBundle::new_concurrent(vec![unic_langid::langid!("en")]);
    // Our texts run left to right and are shown beside numbers; isolation marks would end up in mails and names.
    bundle.set_use_isolating(false);
    for (name, source) in FILES {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, faults)| panic!("locales/en/{name}.ftl: {faults:?}"));
        bundle.add_resource(resource).unwrap_or_else(|faults| panic!("locales/en/{name}.ftl: {faults:?}"));
    }
    bundle
});

impl Lang {
    /// The tag for `lang=` and headers (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
        }
    }

    /// The sentence `key` with its arguments. A key that does not exist is a fault of ours, and the
    /// tests of the caller show it: it comes back as `{key}`.
    pub fn say<'a>(self, key: &str, arguments: &[(&'a str, FluentValue<'a>)]) -> String {
        let bundle = match self {
            Lang::En => &*ENGLISH,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("{{{key}}}");
        };
        let arguments: FluentArgs<'a> = arguments.iter().cloned().collect();
        let mut faults = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&arguments), &mut faults);
        debug_assert!(faults.is_empty(), "{key}: {faults:?}");
        said.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_english_is_read() {
        assert!(LazyLock::force(&ENGLISH).has_message("list-and"));
    }

    #[test]
    fn an_unknown_key_is_visible() {
        assert_eq!(Lang::En.say("no-such-key", &[]), "{no-such-key}");
    }
}
