//! What happens to releases: their numbers and where they run; their words stand in rows.

use serde::{Deserialize, Serialize};

use crate::{ids::ReleaseId, releases::Instance};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReleaseEvent {
    /// It can be had from then on.
    Published { release: ReleaseId },
    /// Something else is said of it than before.
    Amended { release: ReleaseId },
    /// It was taken back (BUG-7).
    Withdrawn { release: ReleaseId },
    /// It reached an instance of the cloud (BUG-4).
    RolledOut { release: ReleaseId, instance: Instance },
}

impl ReleaseEvent {
    pub fn release(&self) -> ReleaseId {
        match self {
            Self::Published { release }
            | Self::Amended { release }
            | Self::Withdrawn { release }
            | Self::RolledOut { release, .. } => *release,
        }
    }
}
