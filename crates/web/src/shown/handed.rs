//! Whose a request became, and why, as its history tells it.

use desk::tickets::{Happened, Shown};
use rules::{
    events::{Event, TicketEvent},
    ids::{PersonId, TeamId},
    teams::{Passed, Shared, Sharing},
};

use words::lang::Lang;

use super::{Reading, talk::name, when};

/// "Given to Ines Kovač by turns; Theo Marsh is away until Mon 30 Nov 09:00".
pub(super) fn handed(reading: Reading<'_>, shown: &Shown, (it, who): (&Happened, &str)) -> Option<String> {
    let Event::Ticket(_, event) = &it.entry.event else { return None };
    let by = it.entry.by.person;
    let name = |person: PersonId| name(reading, shown, person);
    Some(match event {
        TicketEvent::Assigned { to, shared: Some(shared), .. } => by_team(reading, shown, (*to, shared)),
        TicketEvent::Assigned { to: Some(to), .. } if by == Some(*to) => format!("{who} took it"),
        TicketEvent::Assigned { to: Some(to), .. } => format!("{who} gave it to {}", name(*to)),
        TicketEvent::Assigned { from: Some(from), away_until: Some(until), .. } => {
            let until = when(reading.visit, *until, reading.now).said;
            format!("It went back to all: {} is away until {until}", name(*from))
        }
        TicketEvent::Assigned { to: None, .. } => format!("{who} put it back"),
        TicketEvent::TeamSet { to: Some(to), .. } if by.is_some() => {
            format!("{who} gave it to the team {}", team(shown, *to))
        }
        TicketEvent::TeamSet { to: Some(to), .. } => {
            format!("Given to the team {}, which takes such", team(shown, *to))
        }
        TicketEvent::TeamSet { from: Some(from), to: None } if by.is_some() => {
            format!("{who} took it out of the team {}", team(shown, *from))
        }
        TicketEvent::TeamSet { from: Some(from), to: None } => {
            let name = shown.teams.get(from).map_or("that was", |it| it.name.as_str());
            format!("It is in no team any more: {name} ended")
        }
        _ => return None,
    })
}

fn team(shown: &Shown, id: TeamId) -> String {
    shown.teams.get(&id).map_or_else(|| "that was".to_owned(), |it| words::teams::called(Lang::En, it))
}

fn by_team(reading: Reading<'_>, shown: &Shown, (to, shared): (Option<PersonId>, &Shared)) -> String {
    let passed: Vec<String> =
        shared.passed.iter().map(|it| passed_over(reading, &name(reading, shown, it.person), it)).collect();
    let passed = passed.join(", ");
    let Some(to) = to else {
        return match passed.is_empty() {
            true => "Nobody of the team can take it, so it waits there for all".to_owned(),
            false => format!("Nobody of the team is there, so it waits for all: {passed}"),
        };
    };
    let how = match shared.how {
        Sharing::Load => ", who has the fewest open",
        Sharing::Turns | Sharing::Pull => " by turns",
    };
    let given = format!("Given to {}{how}", object(&name(reading, shown, to)));
    if passed.is_empty() { given } else { format!("{given}; {passed}") }
}

/// "Theo Marsh is away until Mon 30 Nov 09:00".
pub(crate) fn passed_over(reading: Reading<'_>, name: &str, it: &Passed) -> String {
    let is = if name == "You" { "are" } else { "is" };
    match it.away_until {
        Some(until) => format!("{name} {is} away until {}", when(reading.visit, until, reading.now).said),
        None if name == "You" => "You may not take it".to_owned(),
        None => format!("{name} may not take it"),
    }
}

/// In the middle of a sentence.
fn object(name: &str) -> &str {
    if name == "You" { "you" } else { name }
}
