//! What an organisation has paid for, and what follows when it files (ENT-1 to 3, PLN-1): its standing on a day, the plan
//! whose targets count, who of it may file (PLN-5), and whether a type may be filed. What somebody writes about a licence is
//! read here too, and what its members are told about its end.

mod choice;
mod contacts;
mod filing;
pub mod import;
#[cfg(test)]
mod tests;
mod told;
mod written;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

pub use choice::{Choice, choose};
pub use contacts::{Named, NotNamed, may_name, must_be_named};
pub use filing::{may_file, types};
pub use told::{SOON_DAYS, Told, renewed_on, told};
pub use written::{Terms, Written, read};

use crate::{
    ids::LicenceId,
    keys::{DeploymentKey, PlanKey},
    policy::Policy,
};

/// What a licence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Paid,
    Trial,
    Partner,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Paid, Kind::Trial, Kind::Partner];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Paid => "paid",
            Kind::Trial => "trial",
            Kind::Partner => "partner",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == word);
        known.ok_or_else(|| format!("{word:?} is no kind of licence; they are paid, trial and partner"))
    }
}

/// A licence, as far as filing depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    pub id: LicenceId,
    pub kind: Kind,
    /// By the name that the policy gives it.
    pub product: String,
    /// For this deployment only; for all unless named.
    pub deployment: Option<DeploymentKey>,
    pub plan: Option<PlanKey>,
    /// Its last day, in the desk's zone; without an end unless named.
    pub through: Option<Date>,
}

/// Where an organisation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Paid {
        through: Option<Date>,
    },
    Trial {
        until: Option<Date>,
    },
    Partner {
        through: Option<Date>,
    },
    /// It has ended, and nothing changes yet.
    Grace {
        ended: Date,
        until: Date,
    },
    Ended {
        ended: Date,
    },
    NoneKnown,
}

/// What an organisation is entitled to on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitled {
    pub standing: Standing,
    /// Its targets count.
    pub plan: Option<PlanKey>,
    /// The licence by which it was judged.
    pub licence: Option<LicenceId>,
    /// PLN-5: who files is not among those whom the organisation has named for it.
    pub unnamed: Option<NotNamed>,
}

impl Entitled {
    /// Without any licence that we know of.
    pub const UNKNOWN: Self = Self { standing: Standing::NoneKnown, plan: None, licence: None, unnamed: None };

    /// ENT-2: staff are told that it was filed without a licence that counts.
    pub fn is_flagged(&self) -> bool {
        matches!(self.standing, Standing::Ended { .. } | Standing::NoneKnown)
    }
}

/// ENT-2: by the licence of the product and deployment named, else by the most favourable one.
pub fn judge(licences: &[Licence], deployment: Option<&DeploymentKey>, today: Date, policy: &Policy) -> Entitled {
    choose(licences, deployment, today, policy).0
}

fn best<'a>(licences: impl Iterator<Item = &'a Licence>, today: Date, policy: &Policy) -> Option<Entitled> {
    let judged = licences.map(|licence| (licence, standing(licence, today, policy.entitlement.grace_days)));
    // Of two that are equal the one given first, so that the answer does not depend on their order.
    let best = judged.max_by_key(|(licence, standing)| {
        let plan = licence.plan.as_ref().and_then(|plan| policy.plans.position(plan));
        (favour(*standing), plan, licence.through.unwrap_or(Date::MAX), std::cmp::Reverse(licence.id))
    })?;
    let (licence, standing) = best;
    let plan = licence.plan.clone().filter(|plan| policy.plan(plan).is_some());
    let counts = !matches!(standing, Standing::Ended { .. });
    Some(Entitled { standing, plan: plan.filter(|_| counts), licence: Some(licence.id), unnamed: None })
}

/// Where a licence stands on a day.
pub fn standing(licence: &Licence, today: Date, grace_days: u32) -> Standing {
    if let Some(ended) = licence.through.filter(|through| *through < today) {
        let until = ended.checked_add(i64::from(grace_days).days()).unwrap_or(Date::MAX);
        return if today <= until { Standing::Grace { ended, until } } else { Standing::Ended { ended } };
    }
    match licence.kind {
        Kind::Paid => Standing::Paid { through: licence.through },
        Kind::Trial => Standing::Trial { until: licence.through },
        Kind::Partner => Standing::Partner { through: licence.through },
    }
}

/// The higher, the better for the customer.
fn favour(standing: Standing) -> u8 {
    match standing {
        Standing::Paid { .. } | Standing::Partner { .. } => 4,
        Standing::Grace { .. } => 3,
        Standing::Trial { .. } => 2,
        Standing::Ended { .. } => 1,
        Standing::NoneKnown => 0,
    }
}
