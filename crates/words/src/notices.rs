//! What members of staff are told, in words.

use rules::notices::{Notice, Way};

use crate::lang::Lang;

/// "The customer wrote".
pub fn name(lang: Lang, notice: Notice) -> String {
    lang.say(&format!("notice-{}", word(notice)), &[])
}

/// When that is said, as a sentence.
pub fn about(lang: Lang, notice: Notice) -> String {
    lang.say(&format!("notice-about-{}", word(notice)), &[])
}

/// "On the desk and by mail".
pub fn way(lang: Lang, way: Way) -> String {
    let word = match way {
        Way::Both => "both",
        Way::Page => "page",
        Way::Mail => "mail",
        Way::Neither => "neither",
    };
    lang.say(&format!("way-{word}"), &[])
}

pub(crate) fn word(notice: Notice) -> &'static str {
    match notice {
        Notice::Assigned => "assigned",
        Notice::CustomerReplied => "customer_replied",
        Notice::Called => "called",
        Notice::Warned => "warned",
        Notice::Breached => "breached",
        Notice::Pressed => "pressed",
        Notice::Security => "security",
        Notice::Opening => "opening",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_way_has_words() {
        for notice in Notice::ALL {
            assert!(!name(Lang::En, notice).contains('{') && !about(Lang::En, notice).contains('{'), "{notice:?}");
        }
        for one in Way::ALL {
            assert!(!way(Lang::En, one).contains('{'), "{one:?}");
        }
    }
}
