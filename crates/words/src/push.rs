//! What devices show while the desk is closed: a title, and under it the subject where its reader chose to see it.

use rules::{ids::TicketId, notices::Notice};

use crate::{lang::Lang, notices::word};

/// "Time ran out for request 4201".
pub fn title(lang: Lang, notice: Notice, ticket: TicketId) -> String {
    lang.say(&format!("push-{}", word(notice)), &[("number", ticket.to_string().into())])
}

/// "The desk is open", and "4 requests came meanwhile, 3 are late or due today".
pub fn opening(lang: Lang, came: i64, due: i64) -> (String, String) {
    let counted = [("push-opening-came", "came", came), ("push-opening-due", "due", due)];
    let said =
        counted.into_iter().filter(|it| it.2 > 0).map(|(key, name, count)| lang.say(key, &[(name, count.into())]));
    (lang.say("push-opening", &[]), said.collect::<Vec<_>>().join(", "))
}

pub fn test(lang: Lang) -> (String, String) {
    (lang.say("push-test", &[]), lang.say("push-test-body", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_said_with_its_number() {
        for notice in Notice::ALL {
            let said = title(Lang::En, notice, TicketId(4201));
            assert!(said.contains("4201") != (notice == Notice::Opening) && !said.contains('{'), "{said}");
        }
        assert_eq!(opening(Lang::En, 1, 0).1, "1 request came meanwhile");
        assert_eq!(opening(Lang::En, 4, 3).1, "4 requests came meanwhile, 3 are late or due today");
    }
}
