//! A policy tried by the desk that a command reached.

use std::thread::available_parallelism;

use desk::{
    Actor, Desk,
    sla::{NewTrial, NotTried, Progress, simulate},
};
use rules::policy::Severity;

use super::Response;
use crate::simulation::Report;

/// Tries it, on all processors, and says how far it is.
pub(super) async fn run(desk: &Desk, new: NewTrial, tell: &(dyn Fn(Progress) + Sync)) -> Response {
    let (since, threads) = (new.since, available_parallelism().map_or(1, usize::from));
    match simulate(desk, &Actor::COMMAND, new, threads, tell).await {
        Ok(simulated) => match serde_json::to_string(&Report::of(since, simulated)) {
            Ok(report) => Response::Text(report),
            Err(error) => Response::Refused(error.to_string()),
        },
        Err(NotTried::Faulty(faults)) => {
            let faults: Vec<String> = faults.iter().map(|fault| fault.render(Severity::Error, "policy")).collect();
            Response::Refused(faults.join(""))
        }
        Err(NotTried::Error(error)) => Response::Refused(error.to_string()),
    }
}
