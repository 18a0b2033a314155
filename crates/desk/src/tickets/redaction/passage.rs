//! A passage is redacted, where it stands and, unless somebody wants otherwise, wherever else in the request it does.

use rules::{
    access::Written,
    events::{Event, Redacted, TicketEvent},
    ids::TicketId,
    instant::Instant,
    redaction::{Mark, NoPassage, Passage, Place, QUOTE, Reason, Redactor},
    refusal::Refusal,
};
use store::redaction_list::Redaction;

use super::{
    Who, clear_away,
    held::{Held, Words},
    mark,
    plan::{Looked, Plan, Proof, Sought, Where, let_go},
};
use crate::{Actor, Desk, Error, Result, clocks::history, scribe::Scribe};

/// What somebody wants gone.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where they read it; the command line may leave it open.
    pub place: Option<Place>,
    /// As they were given.
    pub passages: Vec<String>,
    /// Wherever else in the request it stands, too.
    pub everywhere: bool,
    /// Why; of staff.
    pub why: Option<Reason>,
    /// The same in their words, which may not hold the passage.
    pub words: String,
}

/// What it would come to.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The text of the place as it is, and as it would be; empty where no place was named.
    pub text: String,
    pub after: String,
    /// How often it stands there.
    pub times: usize,
    /// How many other texts hold it, as far as this reader sees them.
    pub elsewhere: Vec<(Where, usize)>,
    /// Requests that a message of this one was made into, which hold a copy.
    pub copies: Vec<TicketId>,
    /// The whole list, for the command line.
    pub proof: Proof,
}

/// The text of a place, for who may redact it.
pub async fn redactable(desk: &Desk, actor: &Actor, id: TicketId, place: &Place) -> Result<String> {
    let who = Who::of(desk, actor, id).await?;
    let words = words(desk, desk.store.read(), id).await?;
    Ok(target(who, &words, place)?.text.clone())
}

async fn words(desk: &Desk, conn: &store::Handle, id: TicketId) -> Result<Words> {
    let compiled = desk.policy().await?;
    Words::of(conn, (compiled.policy(), desk.now()), id).await
}

/// The text that is meant. One that this reader does not read does not exist (VIS-3).
fn target<'a>(who: Who, words: &'a Words, place: &Place) -> Result<&'a Held> {
    let held = words.held.iter().find(|held| held.place == *place).ok_or(Error::NotFound)?;
    match who.may(held.written) {
        true => Ok(held),
        false if held.is_public => Err(Refusal::NotTheirs.into()),
        false => Err(Error::NotFound),
    }
}

fn passages(wanted: &Wanted) -> Result<Vec<Passage>> {
    let mut read = Vec::new();
    for written in &wanted.passages {
        match Passage::read(written) {
            Ok(passage) => read.push(passage),
            Err(NoPassage::Empty) => {}
            Err(NoPassage::TooLong) => {
                return Err(Refusal::PassageTooLong { limit: rules::redaction::LONGEST }.into());
            }
        }
    }
    if read.is_empty() { Err(Refusal::RedactNothing.into()) } else { Ok(read) }
}

/// Which texts are to change. What customers have taken out of others' words is a quotation: long enough to be one, and
/// written after theirs, so that nobody unsays what somebody else said.
fn counts(who: Who, wanted: &Wanted, since: Option<Instant>) -> impl Fn(Option<&Held>, usize) -> bool {
    let (place, everywhere) = (wanted.place.clone(), wanted.everywhere);
    move |held, characters| {
        if held.is_some_and(|held| place.as_ref() == Some(&held.place)) {
            return true;
        }
        let is_theirs = who.may(held.map_or(Written::ByDesk, |held| held.written));
        let is_quoted = characters >= QUOTE && held.is_none_or(|held| since.is_some_and(|since| held.since >= since));
        (everywhere || place.is_none()) && (is_theirs || is_quoted)
    }
}

/// What it would come to; nothing is changed.
pub async fn preview_redaction(desk: &Desk, actor: &Actor, id: TicketId, wanted: &Wanted) -> Result<Preview> {
    let who = Who::of(desk, actor, id).await?;
    let (conn, passages) = (desk.store.read(), passages(wanted)?);
    let words = words(desk, conn, id).await?;
    let (plan, since) = planned(who, &words, (wanted, &passages), mark(desk, who.redactor()).await?)?;
    let text = wanted.place.as_ref().and_then(|place| words.held.iter().find(|held| held.place == *place));
    let here = plan.changes.iter().find(|change| Some(&change.place) == wanted.place.as_ref());
    let is_here = |place: &Place| Some(place) == wanted.place.as_ref();
    let mut elsewhere: Vec<(Where, usize)> = Vec::new();
    let reads_all = since.is_none() || who.redactor() == Redactor::Support;
    for change in plan.changes.iter().filter(|it| !is_here(&it.place) && (it.is_public || reads_all)) {
        match elsewhere.iter_mut().find(|(at, _)| *at == change.at) {
            Some((_, count)) => *count += 1,
            None => elsewhere.push((change.at, 1)),
        }
    }
    if reads_all && !plan.drafts.is_empty() {
        elsewhere.push((Where::Drafts, plan.drafts.len()));
    }
    Ok(Preview {
        text: text.map(|held| held.text.clone()).unwrap_or_default(),
        after: here.map(|change| change.text.clone()).unwrap_or_default(),
        times: here.map_or(0, |change| change.times),
        elsewhere,
        copies: copies(conn, (desk, actor), id).await?,
        proof: plan.proof(conn, id).await?,
    })
}

/// Requests that were split off from this one, as far as they exist for this reader.
async fn copies(conn: &store::Handle, (desk, actor): (&Desk, &Actor), id: TicketId) -> Result<Vec<TicketId>> {
    let mut seen = Vec::new();
    for entry in history(conn, id).await? {
        if let Event::Ticket(_, TicketEvent::SplitOff { into, .. }) = entry.event
            && Who::of(desk, actor, into).await.is_ok()
        {
            seen.push(into);
        }
    }
    Ok(seen)
}

/// The plan, and since when the text of the place stands, or why there is none.
fn planned(
    who: Who,
    words: &Words,
    (wanted, passages): (&Wanted, &[Passage]),
    mark: Mark,
) -> Result<(Plan, Option<Instant>)> {
    let sought = Sought::Passages(passages);
    let since = match &wanted.place {
        Some(place) => {
            let held = target(who, words, place)?;
            if passages.iter().any(|it| rules::redaction::find(&held.text, it).is_empty()) {
                return Err(Refusal::PassageNotThere.into());
            }
            Some(held.since)
        }
        None => None,
    };
    let plan = Plan::of(words, sought, mark, counts(who, wanted, since));
    if plan.is_empty() {
        return Err(Refusal::PassageNotThere.into());
    }
    Ok((plan, since))
}

/// Redacts it; what was found where, and that nothing is left.
pub async fn redact(desk: &Desk, actor: &Actor, id: TicketId, wanted: &Wanted) -> Result<Proof> {
    let who = Who::of(desk, actor, id).await?;
    let (passages, mark) = (passages(wanted)?, mark(desk, who.redactor()).await?);
    let why = reason(mark.by, (wanted.why, &wanted.words), &passages)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let words = words(desk, &scribe.tx, id).await?;
    let (plan, since) = planned(who, &words, (wanted, &passages), mark)?;
    let proof = plan.proof(&scribe.tx, id).await?;
    let first = plan.changes.first().map_or(Place::Subject, |change| change.place.clone());
    let place = wanted.place.clone().unwrap_or(first);
    let mut blobs = plan.carry_out(&scribe, id).await?;
    blobs.extend(let_go(&scribe, id).await?);
    let redaction = Redaction {
        at: scribe.now,
        ticket: id,
        filed_at: words.ticket.filed_at,
        by: mark.by,
        what: Redacted::Passage(place.clone()),
        passages: passages.iter().map(|it| it.print(&desk.settings.secret_key)).collect(),
        everywhere: wanted.everywhere || wanted.place.is_none(),
        files: vec![],
        names: false,
        on: mark.on,
    };
    store::redactions::insert(&scribe.tx, &redaction).await?;
    let others = plan.changes.iter().filter(|it| it.place != place && it.is_public).count();
    let others = u32::try_from(others).map_err(Error::broken)?;
    let event = TicketEvent::Redacted { what: Redacted::Passage(place), by: mark.by, others, why };
    scribe.ticket_because(id, event, &wanted.words).await?;
    let left = self::words(desk, &scribe.tx, id).await?;
    let left = Plan::of(&left, Sought::Passages(&passages), mark, counts(who, wanted, since));
    let left = left.proof(&scribe.tx, id).await?;
    scribe.settle().await?;
    clear_away(desk, &blobs).await?;
    Ok(proof.after(&left))
}

/// Staff say why, and not what.
pub(super) fn reason(
    by: Redactor,
    (why, words): (Option<Reason>, &str),
    passages: &[Passage],
) -> Result<Option<Reason>> {
    if passages.iter().any(|passage| !rules::redaction::find(words, passage).is_empty()) {
        return Err(Refusal::ReasonSaysIt.into());
    }
    let is_said = match why {
        Some(Reason::Other) => !words.trim().is_empty(),
        Some(_) => true,
        None => by == Redactor::Customer,
    };
    if is_said { Ok(why) } else { Err(Refusal::RedactionReasonMissing.into()) }
}

impl Looked {
    /// Whether something stood there.
    pub fn is_of_interest(&self) -> bool {
        self.looked > 0
    }
}
