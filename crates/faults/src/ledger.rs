//! What people were promised: every act that was acknowledged, and every one that was tried.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Something that somebody did, known by a mark that stands in its text.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) mark: String,
    /// Whose it is: a place in the list of people.
    pub(crate) by: usize,
    /// SHA-256 of the file that came along, in hexadecimal.
    pub(crate) file: Option<String>,
    pub(crate) kind: Kind,
    /// The request, once the answer named it.
    pub(crate) acknowledged: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request,
    /// A reply, a customer's answer or a note.
    Message,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    acts: Arc<Mutex<Vec<Act>>>,
    /// Answers that call a right act a wrong one.
    misread: Arc<Mutex<BTreeSet<String>>>,
}

impl Ledger {
    /// Before it is sent; its place.
    pub(crate) fn tries(&self, act: Act) -> usize {
        let mut acts = self.acts();
        acts.push(act);
        acts.len() - 1
    }

    pub(crate) fn acknowledge(&self, place: usize, ticket: i64) {
        self.acts()[place].acknowledged = Some(ticket);
    }

    /// The desk called an act wrong that is right: then rounds would try less than they say.
    pub(crate) fn misreads(&self, status: u16, path: &str) {
        let kind: String = path.chars().filter(|c| !c.is_ascii_digit()).collect();
        let mut misread = self.misread.lock().unwrap_or_else(PoisonError::into_inner);
        misread.insert(format!("what is right was answered {status}: {kind}"));
    }

    pub(crate) fn misread(&self) -> BTreeSet<String> {
        self.misread.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn all(&self) -> Vec<Act> {
        self.acts().clone()
    }

    /// Demands no more what was acknowledged later than in `trusted`; how much that is.
    pub(crate) fn forget_after(&self, trusted: &[Act]) -> usize {
        let mut forgotten = 0;
        for (place, act) in self.acts().iter_mut().enumerate() {
            let was_told = trusted.get(place).is_some_and(|act| act.acknowledged.is_some());
            if act.acknowledged.is_some() && !was_told {
                act.acknowledged = None;
                forgotten += 1;
            }
        }
        forgotten
    }

    /// Requests that somebody was told of; of one customer, or all.
    pub(crate) fn requests(&self, by: Option<usize>) -> Vec<i64> {
        let told =
            |act: &Act| act.acknowledged.filter(|_| act.kind == Kind::Request && by.is_none_or(|by| by == act.by));
        self.acts().iter().filter_map(told).collect()
    }

    fn acts(&self) -> MutexGuard<'_, Vec<Act>> {
        self.acts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
