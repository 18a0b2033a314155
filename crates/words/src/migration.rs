//! What is written about moving from another system (REQ-6): the tool's newest build in a reply, the numbers of a dry run.

use rules::migration::{NoReport, Report};

use crate::{lang::Lang, size::size};

/// A build as it is named in a reply.
#[derive(Clone, Debug)]
pub struct Build {
    pub version: String,
    pub platform: String,
    pub name: String,
    /// Where it is downloaded.
    pub link: String,
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub hash: String,
}

/// The subject of a request for moving from a system, where the policy words none.
pub fn subject(lang: Lang, system: &str) -> String {
    lang.say("migration-subject", &[("system", system.into())])
}

/// The builds of one version, in Markdown, with where their use is explained. Nothing without a build.
pub fn newest(lang: Lang, builds: &[Build], page: &str) -> Option<String> {
    let version = &builds.first()?.version;
    let lines = builds.iter().map(|build| {
        let arguments = [
            ("platform", build.platform.as_str().into()),
            ("name", build.name.as_str().into()),
            ("link", build.link.as_str().into()),
            ("size", size(build.bytes).into()),
            ("hash", build.hash.as_str().into()),
        ];
        format!("- {}", lang.say("migration-build", &arguments))
    });
    let lines: Vec<String> = lines.collect();
    let first = lang.say("migration-newest", &[("version", version.as_str().into())]);
    Some(format!("{first}\n\n{}\n\n{}", lines.join("\n"), lang.say("migration-how", &[("link", page.into())])))
}

/// A number of a report with what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub name: String,
    pub value: String,
}

/// "1200 test cases in TestRail 8.0.3".
pub fn headline(lang: Lang, report: &Report) -> String {
    let system = match &report.system_version {
        Some(version) => format!("{} {version}", report.system),
        None => report.system.clone(),
    };
    lang.say("report-cases", &[("cases", report.totals.cases.into()), ("system", system.into())])
}

/// The parts, then what is lost, the most frequent first.
pub fn counts(lang: Lang, report: &Report) -> Vec<Count> {
    let totals = &report.totals;
    let parts = [
        ("report-whole", totals.whole),
        ("report-with-losses", totals.with_losses),
        ("report-left-out", totals.left_out),
        ("report-automated", totals.automated),
        ("report-shared-steps", totals.shared_steps),
        ("report-attachments", totals.attachments),
    ];
    let parts = parts.into_iter().map(|(key, count)| Count { name: lang.say(key, &[]), value: count.to_string() });
    let losses = report.losses.iter().map(|loss| Count { name: loss.what.clone(), value: loss.cases.to_string() });
    parts.chain(losses).collect()
}

/// Why a report is not shown.
pub fn unread(lang: Lang, why: &NoReport) -> Option<String> {
    match why {
        NoReport::Another => None,
        NoReport::Form(form) => Some(lang.say("report-newer", &[("form", form.to_string().into())])),
        NoReport::Broken(why) => Some(lang.say("report-broken", &[("why", why.as_str().into())])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_6_the_newest_build_is_named_with_its_hash_and_nothing_where_there_is_none() {
        let build = Build {
            version: "2.4.0".into(),
            platform: "Linux".into(),
            name: "mover".into(),
            link: "https://help.example/migrate/tool/7".into(),
            bytes: 34_000_000,
            hash: "ab12".into(),
        };
        let said = newest(Lang::En, &[build], "https://help.example/migrate").expect("there is one");
        assert_eq!(
            said,
            "The newest build of the migration tool is **2.4.0**:\n\n\
             - Linux: [mover](https://help.example/migrate/tool/7), 34 MB, SHA-256 `ab12`\n\n\
             How to use it: https://help.example/migrate"
        );
        assert_eq!(newest(Lang::En, &[], "https://help.example/migrate"), None);
    }

    #[test]
    fn req_6_a_report_that_cannot_be_read_says_why() {
        assert_eq!(unread(Lang::En, &NoReport::Another), None);
        assert!(unread(Lang::En, &NoReport::Form(2)).expect("why").contains("form 2"));
        assert!(unread(Lang::En, &NoReport::Broken("no cases".into())).expect("why").ends_with("no cases"));
    }
}
