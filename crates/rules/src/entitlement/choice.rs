//! Which of several licences counts, and why that one (ENT-2).

use jiff::civil::Date;

use super::{Entitled, Licence, best};
use crate::{keys::DeploymentKey, policy::Policy};

/// Why a licence was the one to judge by; `of`: among how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    NoneKnown,
    Only,
    /// It is for the product and deployment that the request names, others are not.
    Named {
        of: usize,
    },
    /// All are for what the request names, or it names nothing.
    Favourable {
        of: usize,
    },
    /// None is for what the request names.
    NoneCovers {
        of: usize,
    },
}

/// ENT-2, with its reason.
pub fn choose(
    licences: &[Licence],
    deployment: Option<&DeploymentKey>,
    today: Date,
    policy: &Policy,
) -> (Entitled, Choice) {
    let of = licences.len();
    let runs_there = |licence: &&Licence| match (&licence.deployment, deployment) {
        (Some(of), Some(named)) => of == named,
        _ => true,
    };
    let covers = |licence: &&Licence| licence.product == policy.product.name && runs_there(licence);
    let covering = licences.iter().filter(covers).count();
    // A product that was renamed since still runs where it runs.
    let named = best(licences.iter().filter(covers), today, policy)
        .or_else(|| best(licences.iter().filter(runs_there), today, policy));
    let Some(entitled) = named.clone().or_else(|| best(licences.iter(), today, policy)) else {
        return (Entitled::UNKNOWN, Choice::NoneKnown);
    };
    let choice = match (named, covering) {
        (None, _) => Choice::NoneCovers { of },
        _ if of == 1 => Choice::Only,
        (_, covering) if (1..of).contains(&covering) => Choice::Named { of },
        _ => Choice::Favourable { of },
    };
    (entitled, choice)
}
