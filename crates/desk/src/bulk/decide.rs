//! What is to be done to each request of a job. Whether it can be is tried with each of them.

use rules::{
    access::{Action, may},
    bulk::{Act, BulkRefusal, OfTemplate, STATES, Within},
    ids::{BulkJobId, PersonId, TeamId, TemplateId},
    refusal::{Fault, FieldFault},
};
use store::bulk_jobs;

use super::{refused, run, visible};
use crate::{Actor, Desk, Error, Result, actor::Signed, scribe::Scribe, templates, tickets};

/// Requests that are tried while somebody waits for the answer.
const AT_ONCE: usize = 50;

/// What is wanted, with its words: a reason, a note, a reply.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub act: Act,
    pub words: String,
    /// The text that a reply is, instead of those words.
    pub template: Option<TemplateId>,
}

pub async fn decide(desk: &Desk, actor: &Actor, id: BulkJobId, wanted: Wanted) -> Result<()> {
    let (_, job) = visible(desk, actor, id).await?;
    if !job.phase.is_before() {
        return Err(refused(BulkRefusal::Begun));
    }
    let (act, words) = checked(desk, actor, wanted).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if !bulk_jobs::get(&scribe.tx, id).await?.phase.is_before() {
        return Err(refused(BulkRefusal::Begun));
    }
    let round = bulk_jobs::decide(&scribe.tx, id, &act, words.trim()).await?;
    let is_long = usize::try_from(job.total).is_ok_and(|total| total > AT_ONCE);
    if is_long {
        run::order(&mut scribe, (id, round), 0).await?;
    }
    scribe.settle().await?;
    if is_long {
        Ok(())
    } else {
        run::judge(desk, &bulk_jobs::get(desk.store.read(), id).await?, AT_ONCE + 1).await.map(drop)
    }
}

/// What makes sense for no request at all is said at once.
async fn checked(desk: &Desk, actor: &Actor, wanted: Wanted) -> Result<(Act, String)> {
    let Wanted { act, words, template } = wanted;
    match &act {
        Act::Assign { to: Some(to) } => can_answer(desk, *to).await?,
        Act::Assign { to: None } => {}
        Act::Team { to, within } => takes(desk, *to, *within).await?,
        Act::Priority { to } if !desk.policy().await?.policy().priorities.contains(to) => {
            return Err(not_offered("priority"));
        }
        Act::Priority { .. } => {}
        Act::State { to } if !STATES.contains(to) => return Err(not_offered("state")),
        Act::State { .. } => {}
        Act::Note => tickets::check_words(&words)?,
        Act::Reply { after, .. } => {
            let Some(template) = template else {
                tickets::check_words(&words)?;
                return Ok((act, words));
            };
            let kept = match templates::show(desk, actor, template).await {
                Err(Error::NotFound) => return Err(not_offered("template")),
                kept => kept?,
            };
            let of = OfTemplate { acknowledges: kept.acknowledges, request_type: kept.request_type };
            return Ok((Act::Reply { after: *after, template: Some(of) }, kept.body));
        }
    }
    if !words.trim().is_empty() {
        tickets::check_words(&words)?;
    }
    Ok((act, words))
}

/// Whoever answers nobody is given nothing.
async fn can_answer(desk: &Desk, to: PersonId) -> Result<()> {
    match Signed::read(desk.store.read(), to).await {
        Ok(taker) if may(taker.grants, Action::Reply) => Ok(()),
        Ok(_) | Err(Error::NotFound) => Err(not_offered("agent")),
        Err(error) => Err(error),
    }
}

/// Into a team that there is; the next in line is somebody of it.
async fn takes(desk: &Desk, to: Option<TeamId>, within: Within) -> Result<()> {
    match to {
        Some(team) => match store::teams::get(desk.store.read(), team).await {
            Ok(team) if team.ended_at.is_none() => {}
            Ok(_) | Err(store::Error::NotFound) => return Err(not_offered("team")),
            Err(error) => return Err(error.into()),
        },
        None if within == Within::Next => return Err(not_offered("within")),
        None => {}
    }
    match within {
        Within::Of { person: Some(person) } => can_answer(desk, person).await,
        Within::Keep | Within::Of { person: None } | Within::Next => Ok(()),
    }
}

fn not_offered(field: &str) -> Error {
    Error::Invalid(vec![FieldFault { field: field.to_owned(), fault: Fault::NotOffered }])
}
