//! Texts that are kept for replies, in words: why one cannot be filled in.

use rules::templates::{Fault, LONGEST, Why};

use crate::lang::Lang;

/// Where, why, what now.
pub fn fault(lang: Lang, Fault { line, why }: &Fault) -> String {
    let detail = |key: &str, detail: &str| {
        let part = "{% if organisation.name %} … {% endif %}";
        lang.say(key, &[("detail", detail.into()), ("word", "{{ requester.first }}".into()), ("part", part.into())])
    };
    let said = match why {
        Why::TooLong => lang.say("templates-too-long", &[("most", (LONGEST / 1_000).into())]),
        Why::Unreadable(why) => detail("templates-unreadable", why),
        Why::Unknown(what) => detail("templates-unknown", what),
        Why::TooMuch => lang.say("templates-too-much", &[]),
    };
    match (line, why) {
        (Some(line), Why::Unreadable(_) | Why::Unknown(_)) => {
            lang.say("templates-at", &[("line", (*line).into()), ("why", said.into())])
        }
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_where_why_and_what_now() {
        let said = |line, why| fault(Lang::En, &Fault { line, why });
        let unknown = said(Some(3), Why::Unknown("who".into()));
        assert!(unknown.contains('3') && unknown.contains("who") && unknown.contains("listed beside"), "{unknown}");
        assert!(said(Some(1), Why::Unreadable("unexpected end".into())).contains("{{ requester.first }}"));
        assert!(said(None, Why::TooLong).contains("20 KB"));
        assert!(said(Some(1), Why::TooMuch).starts_with("Filling"));
    }
}
