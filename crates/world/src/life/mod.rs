//! Ninety days at the desk: four hundred requests, acted out by the verbs in the order of time, while the desk's own
//! schedule does what is due in between.

mod act;
mod course;
mod moments;
mod standing;
mod teams;

use std::collections::BTreeMap;

use desk::{Desk, Result};
use jiff::SignedDuration;
use rules::{
    ids::{MessageId, TicketId},
    instant::Instant,
    keys::TypeKey,
};

use crate::{
    Cast, Stage,
    dice::Dice,
    texts::{self, Kind},
};
use course::{Act, Casting, Course};
pub(crate) use moments::Moments;

/// Requests of the whole world.
const REQUESTS: usize = 400;
/// How long before the end people arrive.
const DAYS: i64 = crate::arrive::LIFE;

/// When the world begins that ends at `until`; a stage for it stands there, and the policy is applied then.
pub fn beginning(until: Instant) -> Instant {
    until.plus(-SignedDuration::from_hours(DAYS * 24))
}

/// Lives up to `until`: everybody arrives, requests are filed, answered, forgotten, found late and closed.
pub async fn live(desk: &Desk, stage: &Stage, until: Instant, seed: u64) -> Result<Cast> {
    let cast = Cast::whole(desk, stage).await?;
    let compiled = desk.policy().await?;
    let moments = Moments { policy: &compiled, until };
    let (types, courses) = courses(&cast, moments, &mut Dice::new(seed));
    teams::make(desk, &cast, &types).await?;
    let mut agenda: Vec<(Instant, usize, &Act)> = courses
        .iter()
        .enumerate()
        .flat_map(|(at, course)| course.steps.iter().map(move |(when, act)| (*when, at, act)))
        .filter(|(when, ..)| *when <= until)
        .collect();
    // Stable: what one request does at one instant stays in its order.
    agenda.sort_by_key(|(when, at, _)| (*when, *at));
    let mut filed = BTreeMap::new();
    for (when, at, act) in agenda {
        stage.pass_until(desk, when).await?;
        act::perform(desk, stage, &cast, (&courses[at], filed.entry(at).or_default()), act).await?;
    }
    stage.pass_until(desk, until).await?;
    Ok(cast)
}

/// What has come of a course so far.
#[derive(Clone, Copy, Debug, Default)]
struct Filed {
    ticket: Option<TicketId>,
    last_reply: Option<MessageId>,
    /// Whose it is instead of the course's own agent: a team gave it to them. A place in the cast.
    agent: Option<usize>,
}

/// With the types that there are, and what they are for.
fn courses(cast: &Cast, moments: Moments<'_>, dice: &mut Dice) -> (Vec<(TypeKey, Kind)>, Vec<Course>) {
    let stories = texts::stories();
    let mut casting = Casting { cast, moments, stories: &stories, dice };
    let types = casting.types();
    let mut courses = standing::courses(&mut casting);
    while courses.len() < REQUESTS {
        let filed = moments.filed(casting.dice);
        courses.push(course::lived(&mut casting, filed));
    }
    (types, courses)
}
