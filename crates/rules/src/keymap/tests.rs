//! Shows which keys can be had, and what two of them do to each other.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn wanted(pairs: &[(Act, &str)]) -> BTreeMap<Act, String> {
    pairs.iter().map(|(act, key)| (*act, (*key).to_owned())).collect()
}

#[test]
fn the_usual_keys_are_keys_and_none_stands_in_anothers_way() {
    assert_eq!(Keymap::own(&BTreeMap::new()), Ok(BTreeMap::new()));
    let names: BTreeSet<_> = Act::ALL.map(Act::name).into();
    assert_eq!(names.len(), Act::ALL.len());
    assert!(Act::ALL.iter().all(|act| Act::read(act.name()) == Some(*act) && !act.usual().is_empty()));
}

#[test]
fn what_is_another_key_is_ones_own_and_what_stays_is_not() {
    let own = Keymap::own(&wanted(&[(Act::Reply, " e "), (Act::Note, "n"), (Act::GoMine, "v  m"), (Act::More, "")]));
    let own = own.unwrap();
    assert_eq!(own, wanted(&[(Act::Reply, "e"), (Act::GoMine, "v m"), (Act::More, "")]));
    let keys = Keymap::with(&own);
    assert_eq!((keys.key(Act::Reply), keys.key(Act::Note), keys.key(Act::More)), ("e", "n", ""));
}

#[test]
fn two_acts_change_places() {
    assert!(Keymap::own(&wanted(&[(Act::Reply, "n"), (Act::Note, "r")])).is_ok());
}

#[test]
fn a_key_that_is_none_or_anothers_is_refused_at_the_act_that_changed() {
    let refused = |pairs: &[(Act, &str)]| Keymap::own(&wanted(pairs)).unwrap_err();
    assert_eq!(refused(&[(Act::Reply, "Enter")]), [(Act::Reply, Fault::NoKey)]);
    assert_eq!(refused(&[(Act::Reply, "a b c")]), [(Act::Reply, Fault::NoKey)]);
    assert_eq!(refused(&[(Act::Reply, "\u{7}")]), [(Act::Reply, Fault::NoKey)]);
    assert_eq!(refused(&[(Act::Reply, "n")]), [(Act::Reply, Fault::Taken { by: Act::Note })]);
    assert_eq!(refused(&[(Act::Reply, "g")]), [(Act::Reply, Fault::Begins { other: Act::GoNeedsAnswer })]);
    assert_eq!(refused(&[(Act::Reply, "n x")]), [(Act::Reply, Fault::Begins { other: Act::Note })]);
    let both = refused(&[(Act::Reply, "x"), (Act::Note, "x")]);
    assert_eq!(both, [(Act::Reply, Fault::Taken { by: Act::Note }), (Act::Note, Fault::Taken { by: Act::Reply })]);
}

#[test]
fn an_act_that_a_release_brings_leaves_ones_own_keys_alone() {
    let keys = Keymap::with(&wanted(&[(Act::Reply, "i")]));
    assert_eq!((keys.key(Act::Reply), keys.key(Act::Take)), ("i", ""));
}

proptest! {
    #[test]
    fn whatever_is_wanted_is_refused_or_leaves_every_key_to_one_act(
        pairs in prop::collection::btree_map(0_usize..Act::ALL.len(), "[a-z?.]?( [a-z])?|\\PC{0,3}", 0..6)
    ) {
        let wanted: BTreeMap<Act, String> = pairs.into_iter().map(|(at, key)| (Act::ALL[at], key)).collect();
        if let Ok(own) = Keymap::own(&wanted) {
            let keys = Keymap::with(&own);
            for (at, one) in Act::ALL.into_iter().enumerate() {
                if let Some(key) = wanted.get(&one) {
                    prop_assert_eq!(keys.key(one), normal(key));
                }
                for other in &Act::ALL[at + 1..] {
                    prop_assert!(!clash(keys.key(one), keys.key(*other)));
                }
            }
        }
    }
}
