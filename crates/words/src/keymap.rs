//! What keys do on the desk, in words, and why one cannot be had.

use rules::keymap::{Act, Fault};

use crate::lang::Lang;

/// "write an internal note".
pub fn act(lang: Lang, act: Act) -> String {
    lang.say(&format!("keymap-{}", act.name()), &[])
}

/// Why, and what now.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let other = |key: &str, other: Act| lang.say(key, &[("other", act(lang, other).into())]);
    match fault {
        Fault::NoKey => lang.say("keymap-fault-none", &[]),
        Fault::Taken { by } => other("keymap-fault-taken", *by),
        Fault::Begins { other: it } => other("keymap-fault-begins", *it),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_and_every_fault_has_its_words() {
        for it in Act::ALL {
            assert!(!act(Lang::En, it).contains("keymap-"), "{it:?}");
        }
        let faults = [Fault::NoKey, Fault::Taken { by: Act::Note }, Fault::Begins { other: Act::GoMine }];
        let said: Vec<String> = faults.iter().map(|it| fault(Lang::En, it)).collect();
        assert!(said[1].contains("internal note") && said[2].contains("go to mine"), "{said:?}");
        assert!(said.iter().all(|it| !it.contains("keymap-")), "{said:?}");
    }
}
