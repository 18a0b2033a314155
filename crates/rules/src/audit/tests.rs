//! How the chain is counted, and that nothing of it can be changed unseen.

use proptest::prelude::*;

use super::*;
use crate::{
    events::{By, Secrecy},
    ids::{PersonId, TicketId},
    instant::Instant,
};

/// An entry as a database keeps it.
#[derive(Clone, Debug)]
struct Kept {
    number: i64,
    at: Instant,
    by: By,
    act: String,
    previous: String,
    hash: String,
}

impl Kept {
    fn link(&self) -> Link<'_> {
        Link { number: self.number, at: self.at, by: self.by, act: &self.act, previous: &self.previous }
    }
}

fn at(micros: i64) -> Instant {
    Instant::from_micros(1_763_280_000_000_000 + micros).unwrap()
}

fn append(chain: &mut Vec<Kept>, by: By, act: &Act) {
    let previous = chain.last().map_or(BEGINNING.to_owned(), |last| last.hash.clone());
    let number = i64::try_from(chain.len()).unwrap() + 1;
    let act = serde_json::to_string(act).unwrap();
    let mut kept = Kept { number, at: at(number), by, act, previous, hash: String::new() };
    kept.hash = hash(&kept.link());
    chain.push(kept);
}

fn verified(chain: &[Kept]) -> Result<Head, Broken> {
    chain
        .iter()
        .try_fold(Head::default(), |head, kept| follows(&head, &Chained { link: kept.link(), hash: &kept.hash }))
}

fn some(count: usize) -> Vec<Kept> {
    let mut chain = vec![];
    for n in 0..count {
        let ticket = TicketId(i64::try_from(n).unwrap());
        let by = if n % 2 == 0 { By::person(PersonId(3)) } else { By::rule() };
        append(&mut chain, by, &Act::SecrecySet { ticket, secrecy: Secrecy::Confidential });
    }
    chain
}

#[test]
fn the_line_that_is_hashed_never_changes_its_form() {
    let chain = some(2);
    assert_eq!(
        chain[0].link().line(),
        concat!(
            r#"{"number":1,"at":"2025-11-16T08:00:00.000001Z","by":{"kind":"person","person":3},"#,
            r#""act":{"kind":"secrecy_set","ticket":0,"secrecy":"confidential"},"#,
            r#""previous":"0000000000000000000000000000000000000000000000000000000000000000"}"#
        )
    );
    assert_eq!(chain[0].hash, "13dab23a514974861de64d727d02dee45ad935b5dba231c92f162ef8ceabf67d");
    assert!(chain[1].link().line_with(&chain[1].hash).ends_with(&format!(r#","hash":"{}"}}"#, chain[1].hash)));
    let whole = Link { at: at(0), ..chain[1].link() }.line();
    assert!(whole.contains(r#""at":"2025-11-16T08:00:00.000000Z""#), "six digits, always: {whole}");
}

#[test]
fn a_head_is_read_as_it_is_written() {
    let head = verified(&some(3)).unwrap();
    assert_eq!(head.to_string().parse(), Ok(head));
    for text in ["", "3", "3:", "x:00", "-1:00", &format!("1:{}", "A".repeat(64)), &format!("1:{}", "0".repeat(63))] {
        assert_eq!(text.parse::<Head>(), Err(()), "{text}");
    }
}

#[test]
fn an_entry_is_found_by_who_did_it_and_by_all_that_it_concerns_once() {
    let act = Act::ParticipantAdded { ticket: TicketId(7), person: PersonId(3) };
    let of = |of, number| About { of, number };
    assert_eq!(act.about(By::rule()), [of(Of::Person, 3), of(Of::Request, 7)]);
    assert_eq!(act.about(By::person(PersonId(3))), act.about(By::rule()), "once");
    assert_eq!(act.about(By::person(PersonId(4))), [of(Of::Person, 3), of(Of::Person, 4), of(Of::Request, 7)]);
}

proptest! {
    /// Whatever is changed, taken out, put in or exchanged: the first entry that does not fit is told.
    #[test]
    fn nothing_is_changed_unseen(count in 2..12_usize, which in 0..12_usize, how in 0..7_usize) {
        let whole = some(count);
        let mut chain = whole.clone();
        let which = which % (count - 1);
        match how {
            0 => chain[which].act = chain[which].act.replace("confidential", "open"),
            1 => chain[which].at = at(999),
            2 => chain[which].by = By::person(PersonId(99)),
            3 => { chain.remove(which); }
            4 => chain.swap(which, which + 1),
            5 => chain[which].hash = BEGINNING.to_owned(),
            _ => { let again = chain[which].clone(); chain.insert(which, again); }
        }
        prop_assert!(verified(&chain).is_err());
        prop_assert_eq!(verified(&whole).unwrap().number, i64::try_from(count).unwrap());
    }

    /// Counting every later hash anew hides a change from the chain, and not from who kept a head.
    #[test]
    fn a_chain_that_is_written_anew_has_another_head(count in 1..12_usize, which in 0..12_usize) {
        let kept = verified(&some(count)).unwrap();
        let mut forged = vec![];
        for (n, entry) in some(count).iter().enumerate() {
            let secrecy = if n == which % count { Secrecy::Open } else { Secrecy::Confidential };
            append(&mut forged, entry.by, &Act::SecrecySet { ticket: TicketId(i64::try_from(n).unwrap()), secrecy });
        }
        prop_assert_ne!(verified(&forged).unwrap(), kept);
    }
}
