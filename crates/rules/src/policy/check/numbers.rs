//! That numbers stand in order, and domains are domains.

use super::Findings;
use crate::{people::Domain, policy::Policy};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    let (timers, sessions) = (&policy.timers, &policy.sessions);
    if timers.reminder_days >= timers.solve_days {
        let message =
            format!("the reminder after {} days comes when the request counts as solved already", timers.reminder_days);
        found.fault("timers.reminder_days", message, format!("remind before {} days", timers.solve_days));
    }
    if sessions.idle_days > sessions.longest_days {
        let message = format!(
            "no session lasts {} days unused, since it ends after {}",
            sessions.idle_days, sessions.longest_days
        );
        found.fault("sessions.idle_days", message, "choose at most `longest_days`");
    }
    if !policy.waiting.warn_percents.is_sorted_by(|a, b| a < b) {
        found.fault(
            "waiting.warn_percents",
            "the marks do not rise, so a warning would come twice or too late",
            "write them in rising order, each once",
        );
    }
    if policy.first_response.stops_for_missing_details {
        let message =
            "the first-response clock stops while the desk waits for a missing detail; customers may not expect that";
        found.warn(
            "first_response.stops_for_missing_details",
            message,
            "leave it out if the target is promised without conditions (FRT-4)",
        );
    }
    domains(policy, found);
}

fn domains(policy: &Policy, found: &mut Findings<'_>) {
    let domains = &policy.domains;
    let lists = [
        ("also_public", &domains.also_public),
        ("also_disposable", &domains.also_disposable),
        ("corporate", &domains.corporate),
    ];
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for (list, names) in lists {
        for (at, name) in names.iter().enumerate() {
            let path = format!("domains.{list}.{at}");
            if let Err(fault) = name.parse::<Domain>() {
                let message = format!("`{name}` is no domain: {fault}");
                found.fault(&path, message, "write it as in an address, after the `@`: `example.com`");
            }
            match seen.iter().find(|(_, known)| known == name) {
                Some((other, _)) => {
                    found.fault(&path, format!("`{name}` stands in `{other}` already"), "keep one of the two")
                }
                None => seen.push((list, name)),
            }
        }
    }
}
