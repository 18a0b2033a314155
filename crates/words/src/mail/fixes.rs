//! Where the fix of a bug stands, to who waits for it. It is a notice and answers nothing (FRT-2).

use rules::{
    bugs::telling::{Cause, Now, Word},
    ids::{BugId, TicketId},
};

use super::{
    Answers, Reader, Request, Text,
    sheet::{Block, Sheet},
};

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Fix<'a> {
    pub product: &'a str,
    pub bug: BugId,
    pub word: &'a Word,
    /// The reader's; none of who only follows it.
    pub requests: &'a [Request<'a>],
    /// Those of them that they are asked to confirm.
    pub confirm: &'a [TicketId],
    /// They work in the vendor's cloud.
    pub cloud: bool,
    /// What the bug is called, where customers may read it.
    pub title: Option<&'a str>,
    /// What the notes say of it, as Markdown, and where they stand.
    pub entry: Option<&'a str>,
    pub release: Option<&'a str>,
    /// Why the version was taken back, as Markdown, and what to use.
    pub why: Option<&'a str>,
    pub instead: Option<&'a str>,
    /// The request, or the known bug.
    pub page: &'a str,
}

pub fn fix(reader: &Reader<'_>, fix: &Fix<'_>) -> Text {
    let what = fix.what(reader);
    let said = |key: &str, version: &str| {
        reader.say(key, &[("what", what.as_str().into()), ("version", version.to_owned().into())])
    };
    let (subject, mut blocks) = match fix.word {
        Word::Fixed { version } => {
            let version = version.to_string();
            (said("mail-fix-subject", &version), fix.fixed(reader, &what, &version))
        }
        Word::NeedsLicence { version } => {
            let version = version.to_string();
            let blocks = vec![
                Block::Said(said("mail-fix-licence", &version)),
                Block::Said(reader.say(fix.of("mail-fix-licence-needed"), &[])),
            ];
            (said("mail-fix-subject-licence", &version), blocks)
        }
        Word::TakenBack { version, cause, now } => {
            let version = version.to_string();
            let key = match cause {
                Cause::Withdrawn => "mail-fix-withdrawn",
                Cause::RolledBack => "mail-fix-rolled-back",
                Cause::NotFixed => "mail-fix-not-there",
            };
            let mut blocks = vec![Block::Said(said(key, &version))];
            blocks.extend(fix.why.map(Block::Written));
            let instead = fix.instead.filter(|_| !fix.cloud);
            blocks.extend(
                instead.map(|it| Block::Said(reader.say("mail-fix-instead", &[("version", it.to_owned().into())]))),
            );
            let (subject, rest) = fix.now(reader, &what, (now, version.as_str()));
            blocks.extend(rest);
            (subject, blocks)
        }
    };
    let label = match (fix.requests, fix.confirm) {
        ([], _) => "mail-fix-bug",
        (_, []) => "mail-fix-open",
        _ => "mail-fix-say",
    };
    blocks.push(Block::Link { label: reader.say(label, &[]), url: fix.page });
    Sheet { subject, blocks, foot: fix.foot(reader, &what) }.set(reader)
}

impl<'a> Fix<'a> {
    /// What it is about: a subject, a number, or the bug's title.
    fn what(&self, reader: &Reader<'_>) -> String {
        match self.requests {
            [] => {
                let name = crate::bugs::name(self.bug);
                self.title.map_or_else(|| name.clone(), |title| format!("“{title}” ({name})"))
            }
            [Request { subject: Some(subject), number, .. }] => format!("“{subject}” (#{number})"),
            [one] => reader.say("mail-fix-number", &[("number", one.number.to_string().into())]),
            several => reader.say("mail-fix-several", &[("count", several.len().into())]),
        }
    }

    /// The same for who only follows it.
    fn of(&self, key: &'static str) -> &'static str {
        match (self.requests.is_empty(), key) {
            (true, "mail-fix-licence-needed") => "mail-fix-licence-needed-follow",
            (true, "mail-fix-open-again") => "mail-fix-open-again-follow",
            _ => key,
        }
    }

    /// Nothing of what is confidential stands in a mail (SEC-1).
    fn is_secret(&self) -> bool {
        self.requests.iter().any(|request| request.subject.is_none())
    }

    fn fixed(&self, reader: &Reader<'_>, what: &str, version: &str) -> Vec<Block<'a>> {
        let said = |key: &str| {
            Block::Said(reader.say(key, &[("what", what.to_owned().into()), ("version", version.to_owned().into())]))
        };
        let asks = !self.confirm.is_empty();
        let mut blocks = vec![said(if self.cloud { "mail-fix-cloud" } else { "mail-fix-own" })];
        if let [_, _, ..] = self.requests {
            blocks.extend(self.requests.iter().filter_map(|it| {
                let subject = it.subject?;
                Some(Block::Said(format!("#{}: “{subject}”", it.number)))
            }));
        }
        match (self.cloud, asks) {
            (true, true) => blocks.push(said("mail-fix-try")),
            (true, false) => {}
            (false, true) => blocks.push(said("mail-fix-install")),
            (false, false) => blocks.push(said("mail-fix-install-only")),
        }
        if let Some(entry) = self.entry.filter(|_| !self.is_secret()) {
            blocks.push(said("mail-fix-notes"));
            blocks.push(Block::Written(entry));
        }
        blocks.extend(self.release.map(|url| Block::Link {
            label: reader.say("mail-fix-release", &[("version", version.to_owned().into())]),
            url,
        }));
        blocks
    }

    fn now(&self, reader: &Reader<'_>, what: &str, (now, before): (&Now, &str)) -> (String, Vec<Block<'a>>) {
        let subject = |key: &str, version: &str| {
            reader.say(key, &[("what", what.to_owned().into()), ("version", version.to_owned().into())])
        };
        match now {
            Now::Nothing => {
                let again = Block::Said(reader.say(self.of("mail-fix-open-again"), &[]));
                (subject("mail-fix-subject-back", before), vec![again])
            }
            Now::Fixed { version } => {
                let version = version.to_string();
                (subject("mail-fix-subject-moved", &version), self.fixed(reader, what, &version))
            }
            Now::NeedsLicence { version } => {
                let version = version.to_string();
                let blocks = vec![
                    Block::Said(subject("mail-fix-licence", &version)),
                    Block::Said(reader.say(self.of("mail-fix-licence-needed"), &[])),
                ];
                (subject("mail-fix-subject-back", before), blocks)
            }
        }
    }

    fn foot(&self, reader: &Reader<'_>, what: &str) -> Vec<String> {
        if self.requests.is_empty() {
            let said = [("bug", crate::bugs::name(self.bug).into()), ("product", self.product.into())];
            return vec![reader.say("mail-fix-why-follow", &said), reader.say("mail-unread-account", &[])];
        }
        let said = [("what", what.to_owned().into()), ("product", self.product.into())];
        let mut foot = vec![reader.say("mail-fix-why-request", &said)];
        if reader.answers == Answers::Unread {
            foot.push(reader.say("mail-unread", &[]));
        }
        foot
    }
}

#[cfg(test)]
mod tests {
    use rules::releases::Version;

    use super::*;
    use crate::lang::Lang;

    const DANA: Reader<'_> = Reader { lang: Lang::En, name: "Dana", zone: None, answers: Answers::Unread };

    fn v(written: &str) -> Version {
        Version::read(written).unwrap()
    }

    fn told(word: &Word, cloud: bool) -> String {
        let request = Request {
            number: TicketId(17),
            product: "Larkspur",
            subject: Some("Login fails"),
            url: "https://help.example/requests/17",
        };
        let is_fixed = matches!(word, Word::Fixed { .. });
        let text = fix(
            &DANA,
            &Fix {
                product: "Larkspur",
                bug: BugId(311),
                word,
                requests: &[request],
                confirm: if is_fixed { &[TicketId(17)] } else { &[] },
                cloud,
                title: None,
                entry: is_fixed.then_some("Signing in works again (BUG-311)"),
                release: is_fixed.then_some("https://help.example/releases/5.12.2#bug-311"),
                why: (!is_fixed).then_some("It loses results."),
                instead: (!is_fixed).then_some("5.12.1"),
                page: "https://help.example/requests/17",
            },
        );
        format!("{}\n\n{}", text.subject, text.plain)
    }

    #[test]
    fn bug_4_a_fix_is_told_with_its_version_and_its_notes() {
        let said = told(&Word::Fixed { version: v("5.12.2") }, false);
        for part in [
            "Fixed in 5.12.2: “Login fails” (#17)",
            "Please install 5.12.2 or a later version, and tell us whether it works now.",
            "Signing in works again (BUG-311)",
            "https://help.example/releases/5.12.2#bug-311",
            "Say whether it works now:\nhttps://help.example/requests/17",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn bug_4_in_the_cloud_nobody_is_asked_to_install_anything() {
        let said = told(&Word::Fixed { version: v("5.12.2") }, true);
        assert!(said.contains("runs in your cloud now, so there is nothing to install"), "{said}");
        assert!(!said.contains("Please install") && !said.contains("pgrade"), "{said}");
    }

    #[test]
    fn bug_7_what_is_taken_back_says_why_and_what_to_use() {
        let word = Word::TakenBack { version: v("5.12.2"), cause: Cause::Withdrawn, now: Now::Nothing };
        let said = told(&word, false);
        for part in
            ["Not fixed after all", "It loses results.", "Please use 5.12.1 instead.", "with our developers again"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn ent_2_who_needs_a_licence_is_told_that_the_fix_exists() {
        let said = told(&Word::NeedsLicence { version: v("5.12.2") }, false);
        assert!(said.contains("after the licence of your organisation had ended"), "{said}");
        assert!(said.contains("your request stays as it is"), "{said}");
    }
}
