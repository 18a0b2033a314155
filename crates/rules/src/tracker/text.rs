//! Texts that go between the desk and a tracker: the hidden line by which the desk knows its own again, comments without it, and how
//! people name an issue.

use crate::ids::BugId;

/// Characters of a comment that are kept, at most.
const COMMENT: usize = 20_000;
/// A word joiner: it has no width, and where it stands no line breaks.
const UNSEEN: char = '\u{2060}';
const BEGINS: &str = "<!-- firstline ";
const ENDS: &str = " -->";

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// The issue that the desk made of a bug.
    Bug(BugId),
    /// A comment of the desk, by its number.
    Comment(i64),
}

/// A line that readers do not see. With the desk's address, since several may share a tracker.
pub fn marker(of: Marked, base_url: &str) -> String {
    match of {
        Marked::Bug(bug) => format!("{BEGINS}BUG-{bug} {base_url}{ENDS}"),
        Marked::Comment(id) => format!("{BEGINS}comment-{id} {base_url}{ENDS}"),
    }
}

/// A comment as people read it: without markers, cut where it is too long.
pub fn plain(body: &str) -> (String, bool) {
    let mut text = body.replace("\r\n", "\n");
    while let Some(at) = text.find(BEGINS) {
        let end = text[at..].find(ENDS).map_or(text.len(), |end| at + end + ENDS.len());
        text.replace_range(at..end, "");
    }
    let text = text.trim();
    let cut: String = text.chars().take(COMMENT).collect();
    let is_cut = cut.len() < text.len();
    (cut, is_cut)
}

/// Markdown in which a tracker calls nobody: behind the sign of "@name" and "#12", where they are no code, stands a sign that nobody
/// sees. What customers pasted names annotations and requests, not the tracker's people and issues.
pub fn hushed(markdown: &str) -> String {
    let mut hushed = String::with_capacity(markdown.len() + 16);
    let mut fence: Option<&str> = None;
    for line in markdown.split_inclusive('\n') {
        let start = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|marks| start.starts_with(marks));
        match (fence, marks) {
            (None, None) => hush(line, &mut hushed),
            (None, opened) => {
                fence = opened;
                hushed.push_str(line);
            }
            (open, met) => {
                fence = open.filter(|_| met != open);
                hushed.push_str(line);
            }
        }
    }
    hushed
}

/// A line that stands in no block of code.
fn hush(line: &str, out: &mut String) {
    let mut rest = line;
    let mut before = ' ';
    while let Some(sign) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let end = |ticks: usize| rest[ticks..].find(&rest[..ticks]).map(|at| ticks + at + ticks);
        let taken = if ticks > 0 { end(ticks).unwrap_or(ticks) } else { sign.len_utf8() };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
        let next = rest.chars().next().unwrap_or(' ');
        let calls = (sign == '@' && next.is_ascii_alphanumeric()) || (sign == '#' && next.is_ascii_digit());
        if calls && !before.is_alphanumeric() {
            out.push(UNSEEN);
        }
        before = sign;
    }
}

/// How somebody named an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub number: i64,
    /// Where it says so.
    pub repository: Option<String>,
}

/// "12", "#12", "acme/shop#12" or the address of an issue; `None` for what names none.
pub fn reference(written: &str) -> Option<Reference> {
    let written = written.trim();
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.len() <= 15 && text.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok()).flatten().filter(|number| *number > 0)
    };
    if let Some(rest) = written.strip_prefix("https://") {
        let path = rest.split(['?', '#']).next()?.trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        let [.., owner, name, "issues", at] = parts.as_slice() else { return None };
        let repository = format!("{owner}/{name}");
        return is_repository(&repository).then_some(Reference { number: number(at)?, repository: Some(repository) });
    }
    let (repository, at) = written.split_once('#').unwrap_or(("", written));
    let repository = repository.trim();
    if !repository.is_empty() && !is_repository(repository) {
        return None;
    }
    Some(Reference { number: number(at)?, repository: Some(repository.to_owned()).filter(|it| !it.is_empty()) })
}

/// "owner/name", of letters that need no other spelling in an address.
pub fn is_repository(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.len() <= 100
            && !part.bytes().all(|it| it == b'.')
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'))
    };
    text.split_once('/').is_some_and(|(owner, name)| is_part(owner) && is_part(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bug_5_an_issue_is_named_as_people_do() {
        let named = |written: &str| reference(written).map(|it| (it.number, it.repository.unwrap_or_default()));
        let shop = || "acme/shop".to_owned();
        assert_eq!(named("12"), Some((12, String::new())));
        assert_eq!(named(" #12 "), Some((12, String::new())));
        assert_eq!(named("acme/shop#12"), Some((12, shop())));
        assert_eq!(named("https://github.com/acme/shop/issues/12"), Some((12, shop())));
        assert_eq!(named("https://git.example/acme/shop/issues/12/?x=1#issuecomment-3"), Some((12, shop())));
        for none in ["", "#", "0", "-1", "1.2", "acme#1", "a/b/c#1", "../x#1", "https://github.com/acme/shop/pull/12"] {
            assert_eq!(named(none), None, "{none}");
        }
    }

    #[test]
    fn bug_5_the_marker_is_not_read_by_people() {
        let marker = marker(Marked::Comment(7), "https://help.example.com");
        assert_eq!(plain(&format!("Hello\r\n\r\n{marker}\r\nthere {marker}")), ("Hello\n\n\nthere".to_owned(), false));
        assert_eq!(plain("<!-- firstline without an end"), (String::new(), false));
        let (cut, is_cut) = plain(&"ä".repeat(COMMENT + 1));
        assert_eq!((cut.chars().count(), is_cut), (COMMENT, true));
    }

    #[test]
    fn bug_5_what_was_pasted_calls_nobody_in_the_tracker() {
        for (text, sent) in [
            ("@Override fails since #12", "@\u{2060}Override fails since #\u{2060}12"),
            ("(@ada, see #4012)", "(@\u{2060}ada, see #\u{2060}4012)"),
            ("mail dana@acme.example, # Heading, a#1, C#", "mail dana@acme.example, # Heading, a#1, C#"),
            ("`@Override` and ``a ` @b`` and ` @c", "`@Override` and ``a ` @b`` and ` @\u{2060}c"),
            ("```java\n@Override\n~~~ #1\n```\n@d\n", "```java\n@Override\n~~~ #1\n```\n@\u{2060}d\n"),
            ("  ~~~\n@e", "  ~~~\n@e"),
        ] {
            assert_eq!(hushed(text), sent);
        }
    }

    proptest! {
        #[test]
        fn bug_5_hushing_takes_nothing_away(text in "(?s)(`{1,3}|~~~|\n|@|#| |[0-9a-z]|\\PC){0,60}") {
            let sent = hushed(&text);
            prop_assert_eq!(sent.replace(UNSEEN, ""), text.replace(UNSEEN, ""));
            prop_assert_eq!(hushed(&sent), sent);
        }

        #[test]
        fn bug_5_any_text_is_read(text in "(?s)(<!-- firstline |-->| |#|/|https://|issues|[0-9a-z.]|\\PC){0,40}") {
            let (said, _) = plain(&text);
            prop_assert!(!said.contains(BEGINS));
            if let Some(it) = reference(&text) {
                prop_assert!(it.number > 0);
            }
        }
    }
}
