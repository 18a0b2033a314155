//! A team is made, changed, moved before another. Its question is tried first.

use rules::{
    access::{Action, may},
    audit::{Act, Taking},
    ids::{PersonId, TeamId},
    query::{self, LONGEST},
    refusal::{Fault, FieldFault},
    teams::{MOST_MEMBERS, MOST_TEAMS, NAME, Sharing, TAKEN_NAMES},
};
use store::{Handle, teams::Team};

use super::question;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// What a team is to be.
#[derive(Clone, Debug, Default)]
pub struct ToKeep {
    pub name: String,
    /// Which new requests it takes: none by itself, all (an empty text), or those that are meant.
    pub question: Option<String>,
    pub sharing: Sharing,
    pub people: Vec<PersonId>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Kept {
    Kept(TeamId),
    /// No team can take requests by that question.
    NoQuestion(query::Fault),
}

/// Makes one, behind the others.
pub async fn keep(desk: &Desk, actor: &Actor, wanted: ToKeep) -> Result<Kept> {
    actor.staff(Action::KeepTeams)?;
    let scribe = Scribe::begin(desk, actor).await?;
    let all = store::teams::all(&scribe.tx).await?;
    if all.len() >= MOST_TEAMS {
        return Err(fault("name", Fault::TooMany { limit: MOST_TEAMS }));
    }
    let team = match made(desk, &scribe.tx, (TeamId(0), &all), &wanted).await? {
        Ok(team) => team,
        Err(fault) => return Ok(Kept::NoQuestion(fault)),
    };
    let id = store::teams::insert(&scribe.tx, &team, scribe.now).await?;
    scribe.audit(&Act::TeamMade { team: id }).await?;
    let made = Team { id, ..team };
    write_down(&scribe, None, &made).await?;
    set_members(&scribe, id, &wanted.people).await?;
    scribe.settle().await?;
    Ok(Kept::Kept(id))
}

/// It is this from now on. What it has stays with it.
pub async fn change(desk: &Desk, actor: &Actor, id: TeamId, wanted: ToKeep) -> Result<Kept> {
    actor.staff(Action::UseDesk)?;
    standing(desk.store.read(), id).await?;
    actor.staff(Action::KeepTeams)?;
    let scribe = Scribe::begin(desk, actor).await?;
    let was = standing(&scribe.tx, id).await?;
    let all = store::teams::all(&scribe.tx).await?;
    let team = match made(desk, &scribe.tx, (id, &all), &wanted).await? {
        Ok(team) => team,
        Err(fault) => return Ok(Kept::NoQuestion(fault)),
    };
    store::teams::change(&scribe.tx, &team, scribe.now).await?;
    write_down(&scribe, Some(&was), &team).await?;
    set_members(&scribe, id, &wanted.people).await?;
    scribe.settle().await?;
    Ok(Kept::Kept(id))
}

/// What is otherwise of it, one entry each; of a new one, what it takes and how it shares.
async fn write_down(scribe: &Scribe<'_>, was: Option<&Team>, is: &Team) -> Result<()> {
    let team = is.id;
    if was.is_some_and(|was| was.name != is.name) {
        scribe.audit(&Act::TeamRenamed { team }).await?;
    }
    if was.is_none_or(|was| was.question != is.question) {
        scribe.audit(&Act::TeamTakes { team, takes: Taking::of(is.question.as_deref()) }).await?;
    }
    if was.is_none_or(|was| was.sharing != is.sharing) {
        scribe.audit(&Act::TeamShares { team, sharing: is.sharing }).await?;
    }
    Ok(())
}

async fn set_members(scribe: &Scribe<'_>, team: TeamId, people: &[PersonId]) -> Result<()> {
    let members = store::teams::members(&scribe.tx, team).await?;
    let were: Vec<PersonId> = members.into_iter().map(|it| it.person).collect();
    store::teams::set_members(&scribe.tx, team, people).await?;
    let members = store::teams::members(&scribe.tx, team).await?;
    let are: Vec<PersonId> = members.into_iter().map(|it| it.person).collect();
    for person in were.iter().copied().filter(|it| !are.contains(it)) {
        scribe.audit(&Act::TeamLeft { team, person }).await?;
    }
    for person in are.into_iter().filter(|it| !were.contains(it)) {
        scribe.audit(&Act::TeamJoined { team, person }).await?;
    }
    Ok(())
}

/// It is offered a new request before the one that stood before it.
pub async fn move_up(desk: &Desk, actor: &Actor, id: TeamId) -> Result<()> {
    actor.staff(Action::UseDesk)?;
    standing(desk.store.read(), id).await?;
    actor.staff(Action::KeepTeams)?;
    let scribe = Scribe::begin(desk, actor).await?;
    let mut order: Vec<TeamId> = store::teams::all(&scribe.tx).await?.into_iter().map(|team| team.id).collect();
    let at = order.iter().position(|it| *it == id).ok_or(Error::NotFound)?;
    if at > 0 {
        order.swap(at, at - 1);
        store::teams::order(&scribe.tx, &order).await?;
        scribe.audit(&Act::TeamMovedUp { team: id }).await?;
    }
    scribe.settle().await
}

/// One that has not ended.
pub(super) async fn standing(conn: &Handle, id: TeamId) -> Result<Team> {
    let team = store::teams::get(conn, id).await?;
    if team.ended_at.is_some() { Err(Error::NotFound) } else { Ok(team) }
}

async fn made(
    desk: &Desk,
    conn: &Handle,
    (id, all): (TeamId, &[Team]),
    wanted: &ToKeep,
) -> Result<std::result::Result<Team, query::Fault>> {
    let name = name(&wanted.name)?;
    let key = name.to_lowercase();
    if TAKEN_NAMES.contains(&key.as_str()) || all.iter().any(|it| it.id != id && it.name.to_lowercase() == key) {
        return Err(fault("name", Fault::NameTaken { name }));
    }
    if wanted.people.len() > MOST_MEMBERS {
        return Err(fault("people", Fault::TooMany { limit: MOST_MEMBERS }));
    }
    for person in &wanted.people {
        if !store::people::grants(conn, *person)
            .await?
            .iter()
            .any(|grant| may([*grant].into_iter().collect(), Action::UseDesk))
        {
            return Err(fault("people", Fault::NotOffered));
        }
    }
    let question = wanted.question.as_deref().map(|text| text.trim().chars().take(LONGEST).collect::<String>());
    if let Some(text) = question.as_deref().filter(|text| !text.is_empty())
        && let Err(fault) = self::question(desk, conn, text).await?
    {
        return Ok(Err(fault));
    }
    Ok(Ok(Team { id, name, question, sharing: wanted.sharing, ended_at: None }))
}

fn name(written: &str) -> Result<String> {
    let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(fault("name", Fault::Missing));
    }
    let characters = name.chars().count();
    if characters > NAME {
        return Err(fault("name", Fault::LineTooLong { characters, limit: NAME }));
    }
    // The filter language would read them as its own.
    if name.contains(['"', ',']) || name.chars().any(char::is_control) {
        return Err(fault("name", Fault::NotALine));
    }
    Ok(name)
}

fn fault(field: &str, fault: Fault) -> Error {
    Error::Invalid(vec![FieldFault { field: field.to_owned(), fault }])
}
