//! What members of staff are told of requests that are theirs or that they watch, and which way each kind reaches them: on
//! the desk's page of notifications, by mail, both or neither, and on devices that they named, as they choose.

use serde::{Deserialize, Serialize};

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Somebody gave it to them.
    Assigned,
    CustomerReplied,
    /// A colleague calls them by name in a note.
    Called,
    /// A clock comes near its end (FRT-7).
    Warned,
    Breached,
    /// A raised wish, an escalation, a promised word that was not given.
    Pressed,
    /// A security report came in, or its embargo ends (SEC-1).
    Security,
    /// The desk opens: what came meanwhile and what is due today.
    Opening,
}

impl Notice {
    pub const ALL: [Notice; 8] = [
        Notice::Assigned,
        Notice::CustomerReplied,
        Notice::Called,
        Notice::Warned,
        Notice::Breached,
        Notice::Pressed,
        Notice::Security,
        Notice::Opening,
    ];

    /// Whether it is theirs to choose how they are told. Of security reports they are told both ways.
    pub fn can_choose(self) -> bool {
        self != Notice::Security
    }
}

/// Which way somebody is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    #[default]
    Both,
    Page,
    Mail,
    Neither,
}

impl Way {
    pub const ALL: [Way; 4] = [Way::Both, Way::Page, Way::Mail, Way::Neither];

    /// As it counts for this kind.
    #[must_use]
    pub fn of(self, notice: Notice) -> Self {
        if notice.can_choose() { self } else { Way::Both }
    }

    pub fn on_page(self) -> bool {
        matches!(self, Way::Both | Way::Page)
    }

    pub fn by_mail(self) -> bool {
        matches!(self, Way::Both | Way::Mail)
    }
}

/// What somebody chose for a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub way: Way,
    /// Whether their devices show it too: those that they named, and until they name one, none.
    pub push: bool,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { way: Way::default(), push: true }
    }
}

impl Chosen {
    /// As it counts for this kind.
    #[must_use]
    pub fn of(self, notice: Notice) -> Self {
        if notice.can_choose() { self } else { Self::default() }
    }

    /// Whether they are told at all.
    pub fn is_told(self) -> bool {
        self.push || self.way != Way::Neither
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_1_who_names_a_device_is_told_there_of_security_reports() {
        let none = Chosen { way: Way::Neither, push: false };
        assert_eq!(none.of(Notice::Security), Chosen { way: Way::Both, push: true });
        assert!(!none.of(Notice::Assigned).is_told() && Chosen { push: true, ..none }.is_told());
    }

    #[test]
    fn sec_1_nobody_silences_security_reports() {
        for way in Way::ALL {
            assert_eq!(way.of(Notice::Security), Way::Both);
            assert_eq!(way.of(Notice::Assigned), way);
        }
        assert!(!Way::Neither.on_page() && !Way::Neither.by_mail());
        assert!(!Way::Page.by_mail() && !Way::Mail.on_page());
    }
}
