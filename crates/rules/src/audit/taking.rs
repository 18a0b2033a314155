//! What comes to a team by itself, as entries tell it.

use serde::{Deserialize, Serialize};

/// What comes to a team by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taking {
    Nothing,
    /// All that no team before it takes.
    All,
    /// What its question means.
    Asked,
}

impl Taking {
    pub fn of(question: Option<&str>) -> Self {
        match question {
            None => Taking::Nothing,
            Some("") => Taking::All,
            Some(_) => Taking::Asked,
        }
    }
}
