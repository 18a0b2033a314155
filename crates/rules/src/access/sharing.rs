//! What an organisation lets its people see of each other's requests, and since which filing (VIS-1, VIS-4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Role;
use crate::{ids::OrganisationId, instant::Instant};

/// The setting that an agent chooses (VIS-1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Each their own, and those that they were added to.
    #[default]
    Own,
    /// The organisation's managers see all.
    Managers,
    Everyone,
}

/// Which requests a widening covers (VIS-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those filed from then on.
    FiledFrom(Instant),
    /// Earlier ones too: a second explicit choice.
    Everything,
}

/// Whether a widening reaches back (VIS-4): a second explicit choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earlier {
    #[default]
    Kept,
    Shown,
}

/// How far managers and other members see; `None` is only their own. `Default` is `own`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    pub managers: Option<Reach>,
    pub members: Option<Reach>,
}

/// Whether agents have confirmed an organisation; an unconfirmed one shares nothing (REG-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Yes,
    No,
}

/// An organisation as far as seeing depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganisationView {
    pub organisation: OrganisationId,
    pub confirmed: Confirmed,
    pub sharing: Sharing,
}

impl OrganisationView {
    /// What its people see as things stand; an unconfirmed organisation is always `own` (REG-5).
    pub fn setting(&self) -> Setting {
        match self.confirmed {
            Confirmed::Yes => self.sharing.setting(),
            Confirmed::No => Setting::Own,
        }
    }
}

impl Sharing {
    /// The setting that it amounts to.
    pub fn setting(self) -> Setting {
        match (self.managers, self.members) {
            (_, Some(_)) => Setting::Everyone,
            (Some(_), None) => Setting::Managers,
            (None, None) => Setting::Own,
        }
    }

    /// Which requests the setting shows: to members where it is for everyone, else to managers.
    pub fn reach(self) -> Option<Reach> {
        self.members.or(self.managers)
    }

    /// Which requests of others this role shows.
    pub fn reach_of(self, role: Role) -> Option<Reach> {
        let as_manager = self.managers.filter(|_| role == Role::Manager);
        match (as_manager, self.members) {
            (Some(Reach::FiledFrom(one)), Some(Reach::FiledFrom(other))) => Some(Reach::FiledFrom(one.min(other))),
            (Some(Reach::Everything), _) | (_, Some(Reach::Everything)) => Some(Reach::Everything),
            (one, other) => one.or(other),
        }
    }

    /// The same, but no wider than `setting`; who could see already sees as far back as before (VIS-4: of two organisations
    /// that merge, the narrower setting wins).
    #[must_use]
    pub fn at_most(self, setting: Setting) -> Self {
        Self {
            managers: self.managers.filter(|_| setting >= Setting::Managers),
            members: self.members.filter(|_| setting >= Setting::Everyone),
        }
    }

    /// After an agent chose `setting`: who loses sight loses it at once, who gains it gains `reach`, and
    /// who could see already keeps what they saw, or gains the earlier ones too where `reach` says so (VIS-4).
    #[must_use]
    pub fn set(self, setting: Setting, reach: Reach) -> Self {
        let seen = |before: Option<Reach>| match (before, reach) {
            (_, Reach::Everything) | (None, _) => Some(reach),
            (Some(_), Reach::FiledFrom(_)) => before,
        };
        Self {
            managers: (setting >= Setting::Managers).then(|| seen(self.managers)).flatten(),
            members: (setting >= Setting::Everyone).then(|| seen(self.members)).flatten(),
        }
    }
}
