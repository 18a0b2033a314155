//! What came of publishing or importing, as programs read it.

use rules::releases::{Version, import::Difference};
use serde::Serialize;

use crate::Run;

/// The versions that came, changed and stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub dry_run: bool,
    pub published: Vec<Version>,
    pub changed: Vec<Version>,
    pub unchanged: Vec<Version>,
    /// Withdrawn in the file and not here: an act of its own, with a reason.
    pub to_withdraw: Vec<Version>,
    /// Known here and not in the file; they stay.
    pub not_in_file: Vec<Version>,
    /// Bugs that commits or notes say are fixed, and what came of each (BUG-5).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<FixTold>,
}

/// A bug that was said to be fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FixTold {
    /// `BUG-311`.
    pub bug: String,
    /// `fixed`, `was_fixed`, `no_such_bug`, `not_moved`.
    pub came: &'static str,
}

impl Summary {
    pub fn of(run: Run, told: &Difference) -> Self {
        let versions = |releases: &[rules::releases::Release]| releases.iter().map(|it| it.version.clone()).collect();
        Self {
            dry_run: run == Run::Dry,
            published: versions(&told.new),
            changed: told.changed.iter().map(|it| it.release.version.clone()).collect(),
            unchanged: told.unchanged.clone(),
            to_withdraw: told.to_withdraw.clone(),
            not_in_file: told.would_vanish.clone(),
            fixes: vec![],
        }
    }
}
