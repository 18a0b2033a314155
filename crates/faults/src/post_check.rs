//! What must be true of mail: none leaves before its intent is kept, none is lost, and none goes out twice but for the
//! one whose acceptance the process did not live to write down; that copy has the same Message-ID and is counted.

use std::collections::HashMap;

use crate::{
    judge::{Kept, owed},
    report::Counts,
    sink::Letter,
};

/// What excuses a copy.
#[derive(Clone, Debug)]
pub(crate) struct Deaths {
    /// Where the sink's list of letters stood when a process died.
    pub(crate) at: Vec<usize>,
    /// How many desks send at the same time, each one letter after the other.
    pub(crate) senders: usize,
}

/// At any instant: what left is kept.
pub(crate) fn faults(kept: &Kept, letters: &[Letter], deaths: &Deaths) -> Vec<String> {
    let by_key: HashMap<&str, _> = kept.outgoing.iter().map(|mail| (mail.key.as_str(), mail)).collect();
    let mut faults = Vec::new();
    for letter in letters {
        match by_key.get(letter.key.as_str()) {
            None => faults.push(format!("{} left and its intent is not kept", letter.key)),
            Some(mail) if mail.recipient != letter.recipient => {
                faults.push(format!("{} went to {} and not to {}", letter.key, letter.recipient, mail.recipient));
            }
            Some(mail) if mail.bytes.as_deref().is_some_and(|bytes| !is_same(bytes, &letter.bytes)) => {
                faults.push(format!("{} left with other bytes than were kept", letter.key));
            }
            Some(_) => {}
        }
    }
    let accepted: Vec<&str> = letters.iter().filter(|letter| letter.acknowledged).map(|letter| &*letter.key).collect();
    for mail in kept.outgoing.iter().filter(|mail| mail.outcome.as_deref() == Some("sent")) {
        if !accepted.contains(&mail.key.as_str()) {
            faults.push(format!("{} counts as sent and nobody accepted it", mail.key));
        }
    }
    faults.extend(
        copies(letters, deaths)
            .into_iter()
            .filter(|copy| !copy.excused)
            .map(|copy| format!("{} was accepted and went out again, although nothing died in between", copy.key)),
    );
    faults
}

/// At the end, when the server accepts again and all that is due was done.
pub(crate) fn loss(kept: &Kept) -> Vec<String> {
    let mut faults = Vec::new();
    // The next opening is told when it comes.
    for job in kept.jobs.iter().filter(|job| job.kind != desk::opening::KIND || job.fault.is_some()) {
        faults.push(format!("a job is left: {} {} {:?}", job.kind, job.payload, job.fault));
    }
    let by_key: HashMap<&str, _> = kept.outgoing.iter().map(|mail| (mail.key.as_str(), mail)).collect();
    for key in owed(kept) {
        match by_key.get(key.as_str()) {
            None => faults.push(format!("{key} is owed and was never written")),
            Some(mail) if mail.outcome.is_none() => faults.push(format!("{key} has no outcome")),
            Some(_) => {}
        }
    }
    faults
}

pub(crate) fn count(counts: &mut Counts, letters: &[Letter], deaths: &Deaths) {
    counts.add("letters accepted", letters.iter().filter(|letter| letter.acknowledged).count());
    counts.add("letters taken without an answer", letters.iter().filter(|letter| !letter.acknowledged).count());
    counts.add("copies within the window", copies(letters, deaths).len());
}

struct Copy<'a> {
    key: &'a str,
    excused: bool,
}

/// Letters that came although an earlier one with their Message-ID was acknowledged. Excused is the one that a desk was the
/// last to be told of before a death.
fn copies<'a>(letters: &'a [Letter], deaths: &Deaths) -> Vec<Copy<'a>> {
    let mut copies = Vec::new();
    for (place, letter) in letters.iter().enumerate() {
        let earlier = letters[..place].iter().rposition(|before| before.acknowledged && before.key == letter.key);
        let Some(earlier) = earlier else { continue };
        let last_before = |death: &usize| {
            let acknowledged = letters[..*death].iter().enumerate().rev().filter(|(_, before)| before.acknowledged);
            acknowledged.take(deaths.senders).any(|(place, _)| place == earlier)
        };
        let excused = deaths.at.iter().filter(|death| **death <= place).any(last_before);
        copies.push(Copy { key: &letter.key, excused });
    }
    copies
}

/// Line ends apart, which travel as CRLF.
fn is_same(kept: &[u8], sent: &[u8]) -> bool {
    kept.trim_ascii_end() == sent.trim_ascii_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(keys: &[(&str, bool)]) -> Vec<Letter> {
        let letter = |(key, acknowledged): &(&str, bool)| Letter {
            key: (*key).to_owned(),
            recipient: "dana@acme.example".to_owned(),
            bytes: vec![],
            acknowledged: *acknowledged,
        };
        keys.iter().map(letter).collect()
    }

    /// Each copy's key, and whether it is excused.
    fn found(keys: &[(&str, bool)], deaths: &[usize]) -> Vec<(String, bool)> {
        let deaths = Deaths { at: deaths.to_vec(), senders: 1 };
        copies(&letters(keys), &deaths).iter().map(|copy| (copy.key.to_owned(), copy.excused)).collect()
    }

    #[test]
    fn a_copy_is_excused_by_a_death_right_after_the_first() {
        let twice = [("a", true), ("b", true), ("b", true)];
        assert_eq!(found(&twice, &[2]), [("b".to_owned(), true)]);
        assert_eq!(found(&twice, &[]), [("b".to_owned(), false)], "nothing died");
        assert_eq!(found(&twice, &[1]), [("b".to_owned(), false)], "it died before the first");
        assert_eq!(found(&twice, &[3]), [("b".to_owned(), false)], "and after the second");
        assert_eq!(
            found(&[("b", true), ("c", true), ("b", true)], &[2]),
            [("b".to_owned(), false)],
            "c came in between"
        );
    }

    #[test]
    fn what_was_not_acknowledged_may_come_again() {
        assert!(found(&[("a", false), ("a", false), ("a", true)], &[]).is_empty());
    }
}
