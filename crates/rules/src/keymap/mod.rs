//! Which key does what on the desk, for everybody and as one person wants it. A key is one character, or two that are
//! pressed one after the other ("g m"). What opens a page by itself (Enter, Escape, Ctrl and K, Ctrl and Enter) stays as it
//! is.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

/// What a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    Next,
    Previous,
    Search,
    Reply,
    Note,
    Take,
    Assign,
    State,
    Priority,
    Type,
    Bug,
    More,
    Select,
    GoNeedsAnswer,
    GoMine,
    GoUnassigned,
    GoWaiting,
    GoDevelopers,
    Keys,
}

impl Act {
    /// In the order of the sheet.
    pub const ALL: [Act; 19] = [
        Act::Next,
        Act::Previous,
        Act::Search,
        Act::Reply,
        Act::Note,
        Act::Take,
        Act::Assign,
        Act::State,
        Act::Priority,
        Act::Type,
        Act::Bug,
        Act::More,
        Act::Select,
        Act::GoNeedsAnswer,
        Act::GoMine,
        Act::GoUnassigned,
        Act::GoWaiting,
        Act::GoDevelopers,
        Act::Keys,
    ];

    /// Its name on pages and in rows.
    pub fn name(self) -> &'static str {
        self.said().0
    }

    /// The key that it has for everybody.
    pub fn usual(self) -> &'static str {
        self.said().1
    }

    fn said(self) -> (&'static str, &'static str) {
        match self {
            Act::Next => ("next", "j"),
            Act::Previous => ("previous", "k"),
            Act::Search => ("search", "/"),
            Act::Reply => ("reply", "r"),
            Act::Note => ("note", "n"),
            Act::Take => ("take", "i"),
            Act::Assign => ("assign", "a"),
            Act::State => ("state", "s"),
            Act::Priority => ("priority", "p"),
            Act::Type => ("type", "t"),
            Act::Bug => ("bug", "b"),
            Act::More => ("more", "."),
            Act::Select => ("select", "x"),
            Act::GoNeedsAnswer => ("go-needs-answer", "g n"),
            Act::GoMine => ("go-mine", "g m"),
            Act::GoUnassigned => ("go-unassigned", "g u"),
            Act::GoWaiting => ("go-waiting", "g w"),
            Act::GoDevelopers => ("go-developers", "g d"),
            Act::Keys => ("keys", "?"),
        }
    }

    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// Why a key cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is neither one character nor two with a space between them.
    NoKey,
    /// Another act has it.
    Taken { by: Act },
    /// Another act's key begins with it, or it with another's: whoever presses it would wait.
    Begins { other: Act },
}

/// What a person presses for what. Empty: nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap(BTreeMap<Act, String>);

impl Keymap {
    /// Everybody's, with what a person has instead. Where a release brings an act whose key the person has given to another,
    /// it has none.
    pub fn with(own: &BTreeMap<Act, String>) -> Self {
        let mut keys: BTreeMap<Act, String> = own.clone();
        for act in Act::ALL.into_iter().filter(|act| !own.contains_key(act)) {
            let is_free = !keys.values().any(|key| clash(key, act.usual()));
            keys.insert(act, if is_free { act.usual().to_owned() } else { String::new() });
        }
        Self(keys)
    }

    /// What a person wants, of every act that is named; what they leave as it is for everybody is not theirs.
    pub fn own(wanted: &BTreeMap<Act, String>) -> Result<BTreeMap<Act, String>, Vec<(Act, Fault)>> {
        let mut whole: BTreeMap<Act, String> = Act::ALL.map(|act| (act, act.usual().to_owned())).into();
        whole.extend(wanted.iter().map(|(act, key)| (*act, normal(key))));
        let mut faults = vec![];
        for (act, key) in whole.iter().filter(|(_, key)| !key.is_empty()) {
            if !is_key(key) {
                faults.push((*act, Fault::NoKey));
                continue;
            }
            let others = || whole.iter().filter(|(other, _)| *other != act);
            if let Some((by, _)) = others().find(|(_, other)| *other == key) {
                faults.push((*act, Fault::Taken { by: *by }));
            } else if let Some((other, _)) = others().find(|(_, other)| clash(other, key)) {
                faults.push((*act, Fault::Begins { other: *other }));
            }
        }
        // Who changed nothing of an act is not at fault for it.
        let changed = |act: &Act| wanted.get(act).is_some_and(|key| normal(key) != act.usual());
        if faults.iter().any(|(act, _)| changed(act)) {
            faults.retain(|(act, _)| changed(act));
        }
        if faults.is_empty() {
            whole.retain(|act, key| key != act.usual());
            Ok(whole)
        } else {
            Err(faults)
        }
    }

    pub fn key(&self, act: Act) -> &str {
        self.0.get(&act).map_or("", String::as_str)
    }
}

/// Without spaces around, and one between two characters.
fn normal(key: &str) -> String {
    key.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_key(key: &str) -> bool {
    let parts: Vec<&str> = key.split(' ').collect();
    let is_one = |part: &&str| {
        let mut letters = part.chars();
        letters.next().is_some_and(|letter| !letter.is_control() && !letter.is_whitespace()) && letters.next().is_none()
    };
    parts.len() <= 2 && parts.iter().all(is_one)
}

/// Whether two keys cannot both be had.
fn clash(one: &str, other: &str) -> bool {
    let begins =
        |short: &str, long: &str| long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    !one.is_empty() && !other.is_empty() && (begins(one, other) || begins(other, one))
}
