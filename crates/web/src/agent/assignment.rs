//! Who is on a request, which team has it, and who of the team would be next.

use desk::{
    teams::{self, NextInLine},
    tickets::{self, Shown},
};
use rules::ids::PersonId;

use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{desk::request::Assignment, form::Choice},
    shown::{Reading, passed_over, when},
};

/// In the place of somebody's number: the team's next in line.
pub(super) const NEXT: &str = "next";

pub(super) async fn assignment(
    app: &App,
    visit: &Visit,
    reading: Reading<'_>,
    shown: &Shown,
) -> Result<Assignment, Problem> {
    let people = tickets::people(&app.desk, &visit.actor).await?;
    let assignee = shown.ticket.assignee;
    let away = desk::people::away(&app.desk, &visit.actor).await?;
    let until = |id: &PersonId| away.get(id).map(|at| when(visit, *at, reading.now).said);
    let now = assignee.and_then(|id| {
        let name = shown.names.get(&id)?;
        Some(until(&id).map_or_else(|| name.clone(), |until| format!("{name}, away until {until}")))
    });
    let nobody = Choice::new("", "Nobody");
    let agents = people.into_iter().map(|(id, name)| {
        let label = if id == reading.me { format!("{name} (you)") } else { name };
        let label = until(&id).map_or_else(|| label.clone(), |until| format!("{label}, away until {until}"));
        let choice = Choice::new(id.to_string(), label);
        if assignee == Some(id) { choice.chosen() } else { choice }
    });
    let mut all = vec![if assignee.is_none() { nobody.chosen() } else { nobody }];
    let named = teams::named(&app.desk, &visit.actor).await?;
    if !named.is_empty() {
        all.push(Choice::new(NEXT, "The team’s next in line"));
    }
    all.extend(agents);
    let is_free = assignee.is_none_or(|id| away.contains_key(&id)) && !shown.ticket.state.is_over();
    let next = if is_free { teams::next_in_line(&app.desk, &visit.actor, shown.ticket.id).await? } else { None };
    let called = shown.ticket.team.and_then(|id| shown.teams.get(&id));
    let team = called.map(|it| words::teams::called(reading.say.lang, it));
    Ok(Assignment {
        now: now.unwrap_or_else(|| "Nobody yet".to_owned()),
        agents: all,
        teams: offered(named, shown, team.as_deref().filter(|_| called.is_some_and(|it| it.has_ended))),
        team,
        next: next.map(|next| in_line(reading, &next)),
    })
}

/// The teams that there are; one that ended is offered to nobody, and what is in it can stay there or go on.
fn offered(named: Vec<(rules::ids::TeamId, String)>, shown: &Shown, ended: Option<&str>) -> Vec<Choice> {
    if named.is_empty() {
        return vec![];
    }
    let none = Choice::new("none", "No team");
    let is_in = |id| shown.ticket.team == Some(id);
    let is_in_none = ended.is_none() && !named.iter().any(|(id, _)| is_in(*id));
    let teams = named.into_iter().map(|(id, name)| {
        let choice = Choice::new(id.to_string(), name);
        if is_in(id) { choice.chosen() } else { choice }
    });
    let stays = ended.map(|name| Choice::new("", name).chosen());
    stays.into_iter().chain([if is_in_none { none.chosen() } else { none }]).chain(teams).collect()
}

/// "Next in line: Theo Marsh. Ines Kovač is away until Mon 30 Nov 09:00."
fn in_line(reading: Reading<'_>, line: &NextInLine) -> String {
    let name = |id: PersonId| match line.names.get(&id) {
        _ if id == reading.me => "You".to_owned(),
        Some(name) => name.clone(),
        None => String::new(),
    };
    let next = match line.next.to {
        Some(to) if to == reading.me => "Next in line: you.".to_owned(),
        Some(to) => format!("Next in line: {}.", name(to)),
        None => "Nobody of the team is there.".to_owned(),
    };
    let passed = line.next.passed.iter().map(|it| format!("{}.", passed_over(reading, &name(it.person), it)));
    std::iter::once(next).chain(passed).collect::<Vec<_>>().join(" ")
}
