//! Who works together: teams, made by the lead before the first request comes, so that each has a history at the end.

use desk::{
    Desk, Error, Result,
    teams::{self, Kept, ToKeep},
};
use rules::{access::Grant, ids::TeamId, keys::TypeKey, teams::Sharing};

use crate::{Cast, Member, texts::Kind};

/// Takes what needs a look at an installation; whoever wants takes one of it.
pub(super) const PLATFORM: &str = "Platform";
/// Answers questions, by load.
const FRONT: &str = "Front desk";
/// Brings customers over from other systems, by turns.
const MOVES: &str = "Migrations";

/// Makes them. Each takes the types of this policy that are of its kinds; one that there is nothing for takes what it is given.
pub(super) async fn make(desk: &Desk, cast: &Cast, types: &[(TypeKey, Kind)]) -> Result<()> {
    let agents: Vec<&Member> = cast.with(Grant::Agent).filter(|member| member.person != cast.ines().person).collect();
    let (some, others) = agents.split_at(agents.len() / 2);
    let (ines, theo) = (cast.ines(), cast.theo());
    let with_ines = |these: &[&Member]| these.iter().copied().chain([ines]).map(|it| it.person).collect::<Vec<_>>();
    let lead = theo.actor(desk).await?;
    for (name, kinds, sharing, mut people) in [
        (MOVES, &[Kind::Move][..], Sharing::Turns, others.iter().map(|it| it.person).collect::<Vec<_>>()),
        (FRONT, &[Kind::Question], Sharing::Load, with_ines(others)),
        (PLATFORM, &[Kind::Trouble, Kind::Defect], Sharing::Pull, with_ines(some)),
    ] {
        people.extend((name == PLATFORM).then_some(theo.person));
        people.sort_unstable();
        people.dedup();
        let keys: Vec<&str> =
            types.iter().filter(|(_, kind)| kinds.contains(kind)).map(|(key, _)| key.as_str()).collect();
        let question = (!keys.is_empty()).then(|| format!("type:{}", keys.join(",")));
        let made = teams::keep(desk, &lead, ToKeep { name: name.to_owned(), question, sharing, people }).await?;
        if let Kept::NoQuestion(fault) = made {
            return Err(Error::broken(format!("{name} asks for what a team cannot ask for: {fault:?}")));
        }
    }
    Ok(())
}

/// The number of one of them.
pub(super) async fn called(desk: &Desk, cast: &Cast, name: &str) -> Result<TeamId> {
    let named = teams::named(desk, &cast.theo().actor(desk).await?).await?;
    let found = named.into_iter().find(|(_, its)| its == name);
    found.map(|(id, _)| id).ok_or_else(|| Error::broken(format!("there is no team {name}")))
}
