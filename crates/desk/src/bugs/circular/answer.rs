//! Who got a circular reads it again and answers it: the first answer opens a request, which knows the bug, and all further ones go onto
//! that. As soon as it is of a type that reports bugs it is a report of that bug.

use rules::{
    access::{Action, may},
    bugs::Stage,
    events::{Channel, Secrecy},
    ids::{BugId, CircularId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    keys::TypeKey,
    policy::Policy,
};
use store::circulars::{Answered, Copy};

use super::{Facts, Filled, fill, of_language};
use crate::{
    Actor, Desk, Error, Kept, Result,
    actor::Signed,
    bugs::accept,
    licences,
    scribe::Scribe,
    tickets::{self, Seed, Text, hear, plant},
};

/// A reader's own copy.
#[derive(Clone, Debug)]
pub struct Own {
    pub subject: String,
    /// Markdown.
    pub body: String,
    pub at: Instant,
    /// The request that their answer opened.
    pub ticket: Option<TicketId>,
}

/// For who got it; for everybody else there is none.
pub async fn own_circular(desk: &Desk, actor: &Actor, id: CircularId) -> Result<Own> {
    let signed = actor.known()?;
    let copy = store::circulars::copy_of(desk.store.read(), id, signed.person).await?.ok_or(Error::NotFound)?;
    let at = store::circulars::get(desk.store.read(), id).await?.at;
    let Filled { subject, body } = own_words(desk, id, &copy).await?.ok_or(Error::NotFound)?;
    Ok(Own { subject, body, at, ticket: copy.ticket })
}

/// What it says to them; nothing where it cannot be filled in.
pub(crate) async fn own_words(desk: &Desk, id: CircularId, copy: &Copy) -> Result<Option<Filled>> {
    let conn = desk.store.read();
    let circular = store::circulars::get(conn, id).await?;
    let language = store::people::language(conn, copy.person).await?;
    let of = [(copy.person, copy.organisation)];
    let facts = Facts::of(desk, conn, (circular.bug, circular.by), &of).await?;
    let Some(written) = of_language(&circular.texts, language.as_deref()) else { return Ok(None) };
    Ok(fill(written, &facts.letter(copy.person, copy.organisation, &copy.lot)).ok())
}

/// Answers it; the request that holds the answer.
pub async fn answer_circular(desk: &Desk, actor: &Actor, id: CircularId, text: Text) -> Result<TicketId> {
    let signed = actor.signed()?;
    let copy = store::circulars::copy_of(desk.store.read(), id, signed.person).await?.ok_or(Error::NotFound)?;
    tickets::check_words(&text.body)?;
    if let Some(ticket) = copy.ticket {
        return goes_on(desk, actor, (id, signed.person), ticket, text).await;
    }
    let Filled { subject, .. } = own_words(desk, id, &copy).await?.ok_or(Error::NotFound)?;
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    // Again inside: a second press may have waited for the first one's turn.
    let before = store::circulars::copy_of(&scribe.tx, id, signed.person).await?.and_then(|it| it.ticket);
    if let Some(ticket) = before {
        scribe.settle().await?;
        return goes_on(desk, actor, (id, signed.person), ticket, text).await;
    }
    let seed = seed(&scribe, kept, (signed, copy.organisation), (subject, &text)).await?;
    let ticket = plant(&mut scribe, kept, &seed).await?;
    hear(&mut scribe, ticket, signed.person, &text).await?;
    store::circulars::answered(&scribe.tx, id, signed.person, ticket).await?;
    joined_by_answer(&mut scribe, ticket).await?;
    scribe.settle().await?;
    Ok(ticket)
}

/// Onto the request of the first answer, or what goes on with that.
async fn goes_on(
    desk: &Desk,
    actor: &Actor,
    (id, person): (CircularId, PersonId),
    ticket: TicketId,
    text: Text,
) -> Result<TicketId> {
    match tickets::answer(desk, actor, ticket, text).await? {
        tickets::Answered::Here(_) => Ok(ticket),
        tickets::Answered::FollowUp(new) => {
            let scribe = Scribe::begin(desk, actor).await?;
            store::circulars::answered(&scribe.tx, id, person, new).await?;
            scribe.settle().await?;
            Ok(new)
        }
    }
}

/// An answer brings no form: it is what a report can be filed as instead, else the first type of request that takes any version.
fn kind(policy: &Policy) -> Option<TypeKey> {
    let instead =
        policy.types.iter().filter(|(_, it)| it.latest_release_only).find_map(|(key, _)| policy.instead_of(key));
    let open = |key: &&TypeKey| {
        policy.request_type(key).is_some_and(|it| !it.latest_release_only && it.secrecy == Secrecy::Open)
    };
    instead.or_else(|| policy.types.keys().find(open)).cloned()
}

async fn seed(
    scribe: &Scribe<'_>,
    kept: &Kept,
    (signed, organisation): (&Signed, Option<OrganisationId>),
    (subject, text): (String, &Text),
) -> Result<Seed> {
    let policy = kept.policy.policy();
    let request_type = kind(policy).ok_or(Error::NotFound)?;
    let kind = policy.request_type(&request_type).ok_or(Error::NotFound)?;
    let theirs = signed.files_for.iter().find(|it| Some(it.organisation) == organisation);
    let files_for = theirs.or_else(|| signed.files_for.first());
    let organisation = files_for.map(|it| it.organisation);
    let entitled = licences::judged(&scribe.tx, organisation, None, (&kept.policy, scribe.now)).await?;
    let wish = policy.default_wish(&request_type, entitled.plan.as_ref());
    Ok(Seed {
        requester: signed.person,
        organisation,
        reseller: files_for.and_then(|it| it.reseller),
        plan: entitled.plan,
        wish: wish.unwrap_or_else(|| kind.priorities.default.clone()),
        channel: text.channel.unwrap_or(Channel::Portal),
        secrecy: kind.secrecy,
        subject,
        request_type,
        details: vec![],
        ticks: vec![],
        parent: None,
        sent_form: None,
        filed_at: None,
        clock_from: None,
    })
}

/// The message that a request answers, for staff and for who got it; for whom it exists their page of it has asked already.
pub async fn answered_by(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Option<Answered>> {
    let signed = actor.signed()?;
    let answered = store::circulars::of_ticket(desk.store.read(), id).await?;
    Ok(answered.filter(|it| it.by == signed.person || may(signed.grants, Action::UseDesk)))
}

/// An answer that is a report of a bug by now joins the bug that it answers.
pub(crate) async fn joined_by_answer(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let Some(Answered { bug, .. }) = store::circulars::of_ticket(&scribe.tx, id).await? else {
        return Ok(());
    };
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let compiled = scribe.desk.policy().await?;
    let is_free = store::bugs::of_ticket(&scribe.tx, id).await?.is_none();
    if is_free && accept::is_report(compiled.policy(), &ticket) && stands(scribe, bug).await? {
        accept::join(scribe, &ticket, bug).await?;
    }
    Ok(())
}

/// Nothing joins what was found to be no bug.
async fn stands(scribe: &Scribe<'_>, bug: BugId) -> Result<bool> {
    Ok(store::bugs::get(&scribe.tx, bug).await?.life.state.stage() != Stage::Refused)
}
