//! A customer files a request.

use std::{collections::BTreeMap, sync::Arc};

use rules::{
    access::Withheld,
    entitlement::may_file,
    events::{Channel, ClockFrom, Event, Opened, Secrecy, TargetKind, TicketEvent},
    ids::{DraftId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    keys::{DetailKey, PlanKey, PriorityKey, RegionKey, TypeKey},
    logs::Kind,
    mail::one_line,
    policy::{Compiled, Policy, RequestType},
    refusal::{Fault, OrganisationRefusal, Refusal},
    sla::{About, Terms},
};

use store::{attachments::Attachment, masks};

use super::{
    form::{Filled, check_form},
    lacks::files_of,
};
use crate::{
    Actor, Desk, Error, Kept, Result,
    actor::{FilesFor, Signed},
    attachments::{mask_alone, mask_typed},
    licences, releases,
    scribe::Scribe,
};

/// A request about to be filed.
#[derive(Clone, Debug)]
pub struct NewTicket {
    pub request_type: TypeKey,
    pub filled: Filled,
    /// Whose files come along.
    pub draft: Option<DraftId>,
    /// For whom, among those that the person files for; the first one unless named.
    pub organisation: Option<OrganisationId>,
    /// Marked by who files it: neither organisation sees it, only who is on it and the staff allowed to (VIS-2, ENT-4).
    pub confidential: bool,
    pub channel: Channel,
    /// What tells the form that it is sent by from every other: sent twice, it files once.
    pub sent_form: Option<String>,
}

/// Files it; its number.
pub async fn open(desk: &Desk, actor: &Actor, new: NewTicket) -> Result<TicketId> {
    let signed = actor.signed()?;
    if let Some(form) = &new.sent_form
        && let Some(filed) = store::tickets::by_form(desk.store.read(), signed.person, form).await?
    {
        return filed_before(desk, actor, new.draft, filed).await;
    }
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?;
    let policy = kept.policy.policy();
    let filled = with_files(desk, signed, new.filled, new.draft).await?;
    let files_for = files_for(signed, new.organisation)?;
    let (deployment, _) = filled.chosen(policy, &new.request_type);
    let at = (&*kept.policy, desk.now());
    let entitled = licences::judged_for(desk.store.read(), (files_for, signed.person), deployment.as_ref(), at).await?;
    may_file(policy, &new.request_type, new.channel, &entitled)?;
    let kind = policy.request_type(&new.request_type).ok_or(Error::NotFound)?;
    let mut faults = check_form(policy, (&new.request_type, entitled.plan.as_ref()), &filled);
    // BUG-1, on every channel: a version that reads is held against the latest release.
    if !faults
        .iter()
        .any(|it| it.field.starts_with("detail.") && matches!(it.fault, Fault::NoVersion | Fault::VersionUnknown))
    {
        let of = (&new.request_type, files_for.map(|it| it.organisation));
        faults.extend(releases::version_fault(desk, of, (&filled.details, &filled.subject)).await?);
    }
    // PRI-3: who is shown no form has the wish kept, and moved to the highest that is allowed.
    faults.retain(|it| it.field != "priority" || matches!(new.channel, Channel::Portal | Channel::Api));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let default = policy.default_wish(&new.request_type, entitled.plan.as_ref());
    let wish = filled.wish.clone().or(default).unwrap_or_else(|| kind.priorities.default.clone());
    let sent_form = new.sent_form.clone();
    let seed = Seed {
        requester: signed.person,
        organisation: files_for.map(|it| it.organisation),
        reseller: files_for.and_then(|it| it.reseller),
        plan: entitled.plan,
        wish,
        channel: new.channel,
        secrecy: secrecy(kind.secrecy, new.confidential),
        request_type: new.request_type,
        subject: one_line(&filled.subject),
        details: asked(policy, kind, &filled),
        ticks: filled.ticks.into_iter().collect(),
        parent: None,
        sent_form: new.sent_form,
        filed_at: None,
        clock_from: None,
    };
    let mut scribe = Scribe::begin(desk, actor).await?;
    // Again inside: a second press may have waited for the first one's turn.
    if let Some(form) = &sent_form
        && let Some(filed) = store::tickets::by_form(&scribe.tx, signed.person, form).await?
    {
        scribe.settle().await?;
        return Ok(filed);
    }
    let id = plant_masked(&mut scribe, kept, (seed, new.draft)).await?;
    if let Some(form) = &sent_form {
        let sheet = store::suggestions::Sheet { person: signed.person, form };
        store::suggestions::tie(&scribe.tx, sheet, id).await?;
    }
    if let Some(draft) = new.draft {
        store::attachments::hand_over(&scribe.tx, draft, id, None).await?;
        store::drafts::discard(&scribe.tx, signed.person, draft, scribe.now).await?;
    }
    scribe.settle().await?;
    Ok(id)
}

/// The form was sent before: what its files were put into goes, and the answer waits until what it names lasts.
async fn filed_before(desk: &Desk, actor: &Actor, draft: Option<DraftId>, filed: TicketId) -> Result<TicketId> {
    let scribe = Scribe::begin(desk, actor).await?;
    if let (Some(draft), Some(person)) = (draft, scribe.by.person) {
        store::drafts::discard(&scribe.tx, person, draft, scribe.now).await?;
    }
    scribe.settle().await?;
    Ok(filed)
}

/// All that a request begins with.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub requester: PersonId,
    pub organisation: Option<OrganisationId>,
    /// Who files it for the organisation, by its grant (ENT-4).
    pub reseller: Option<OrganisationId>,
    /// The licence's, whose targets count from now on (PLN-1).
    pub plan: Option<PlanKey>,
    pub request_type: TypeKey,
    pub subject: String,
    pub details: Vec<(DetailKey, String)>,
    pub ticks: Vec<rules::keys::TickKey>,
    pub wish: PriorityKey,
    pub channel: Channel,
    pub secrecy: Secrecy,
    /// The closed request that it goes on with.
    pub parent: Option<TicketId>,
    pub sent_form: Option<String>,
    /// When it was filed; now unless given.
    pub filed_at: Option<Instant>,
    /// When its clock starts; with the filing unless given (REG-8).
    pub clock_from: Option<Instant>,
}

impl Seed {
    /// Says the subject and the details in other words, in this order.
    fn take(&mut self, texts: Vec<String>) {
        let mut texts = texts.into_iter();
        self.subject = texts.next().unwrap_or_default();
        for ((_, value), text) in self.details.iter_mut().zip(texts) {
            *value = text;
        }
    }
}

/// Writes row, details and event of a new request.
pub(crate) async fn plant(scribe: &mut Scribe<'_>, kept: &Kept, seed: &Seed) -> Result<TicketId> {
    let policy = kept.policy.policy();
    let details = seed.details.iter().cloned().collect();
    let priority = policy
        .choosing(&seed.request_type, &details, |chosen| policy.clamp_for(&seed.request_type, &seed.wish, chosen));
    let region = region_of(&scribe.tx, policy, seed.organisation).await?;
    let filed_at = seed.filed_at.unwrap_or(scribe.now);
    let id = store::tickets::insert(
        &scribe.tx,
        &store::tickets::NewTicket {
            request_type: &seed.request_type,
            subject: &seed.subject,
            requester: seed.requester,
            organisation: seed.organisation,
            reseller: seed.reseller,
            product: &policy.product.name,
            channel: seed.channel,
            parent: seed.parent,
            wish: &seed.wish,
            priority: &priority,
            plan: seed.plan.as_ref(),
            terms: kept.id,
            secrecy: seed.secrecy,
            filed_at,
            sent_form: seed.sent_form.as_deref(),
        },
    )
    .await?;
    store::tickets::set_details(&scribe.tx, id, &seed.details).await?;
    store::tickets::set_ticks(&scribe.tx, id, &seed.ticks).await?;
    let opened = Opened {
        request_type: seed.request_type.clone(),
        requester: seed.requester,
        organisation: seed.organisation,
        reseller: seed.reseller,
        wish: seed.wish.clone(),
        priority,
        plan: seed.plan.clone(),
        region,
        channel: seed.channel,
        terms: kept.id,
        clock_from: ClockFrom::At(seed.clock_from.unwrap_or(filed_at)),
        secrecy: seed.secrecy,
    };
    scribe.record(Event::Ticket(id, TicketEvent::Opened(opened)), filed_at).await?;
    Ok(id)
}

/// The region that counts for what an organisation files now (PLN-3): none where the policy no longer has it.
async fn region_of(
    conn: &store::Handle,
    policy: &Policy,
    organisation: Option<OrganisationId>,
) -> Result<Option<RegionKey>> {
    let Some(organisation) = organisation.filter(|_| !policy.regions.is_empty()) else { return Ok(None) };
    let region = store::organisations::get(conn, organisation).await?.region;
    Ok(region.filter(|region| policy.regions.contains(region)))
}

/// The same, with the secrets in what was typed masked as they are in the files of its draft (LOG-3).
async fn plant_masked(
    scribe: &mut Scribe<'_>,
    kept: &Kept,
    (mut seed, draft): (Seed, Option<DraftId>),
) -> Result<TicketId> {
    let subject = vec![std::mem::take(&mut seed.subject)];
    let values = seed.details.iter().map(|(_, value)| value.clone());
    let typed: Vec<String> = subject.into_iter().chain(values).collect();
    let Some(draft) = draft else {
        let (typed, fresh) = mask_alone(scribe.desk, &[], &typed);
        seed.take(typed);
        let id = plant(scribe, kept, &seed).await?;
        masks::insert(&scribe.tx, masks::Of::Ticket(id), &fresh).await?;
        return Ok(id);
    };
    seed.take(mask_typed(scribe.desk, &scribe.tx, masks::Of::Draft(draft), typed).await?);
    plant(scribe, kept, &seed).await
}

/// For whom it is filed, fixed from now on (VIS-4).
fn files_for(signed: &Signed, wanted: Option<OrganisationId>) -> Result<Option<&FilesFor>> {
    let Some(wanted) = wanted else { return Ok(signed.files_for.first()) };
    let found = signed.files_for.iter().find(|it| it.organisation == wanted);
    let has_ended = || signed.scope.withheld.contains(&(wanted, Withheld::GrantEnded));
    match found {
        None if has_ended() => Err(Refusal::Organisation(OrganisationRefusal::FilesNoMore).into()),
        None => Err(Error::NotFound),
        found => Ok(found),
    }
}

/// A type's own secrecy is never less for a mark.
fn secrecy(of_type: Secrecy, confidential: bool) -> Secrecy {
    if confidential && of_type == Secrecy::Open { Secrecy::Confidential } else { of_type }
}

/// The form with the files that its draft holds.
async fn with_files(desk: &Desk, signed: &Signed, mut filled: Filled, draft: Option<DraftId>) -> Result<Filled> {
    let Some(draft) = draft else { return Ok(filled) };
    store::drafts::get(desk.store.read(), signed.person, draft).await?;
    let files = store::attachments::of_draft(desk.store.read(), draft).await?;
    filled.files.extend(files_of(&files));
    filled.refused.extend(refused(&files));
    filled.brings_log = files.iter().any(|file| file.kind == Some(Kind::Log));
    Ok(filled)
}

/// What was offered for a detail and does not do there (LOG-1).
pub(super) fn refused(files: &[Attachment]) -> BTreeMap<DetailKey, Kind> {
    let of = |file: &Attachment| Some((DetailKey::from(file.offered.as_deref()?.strip_prefix("detail.")?), file.kind?));
    files.iter().filter_map(of).collect()
}

/// The details that were asked and answered, in the order of the form; what was typed into others is left out.
pub fn asked(policy: &Policy, kind: &RequestType, filled: &Filled) -> Vec<(DetailKey, String)> {
    let request_type = policy.types.iter().find(|(_, it)| std::ptr::eq(*it, kind)).map(|(key, _)| key.clone());
    let Some(request_type) = request_type else { return vec![] };
    let details = policy.choosing(&request_type, &filled.details, |chosen| policy.details_of(&request_type, chosen));
    details
        .into_iter()
        .filter_map(|(key, _)| {
            let value = filled.details.get(key)?.trim();
            (!value.is_empty()).then(|| (key.clone(), value.to_owned()))
        })
        .collect()
}

/// What we aim for if it were sent now.
#[derive(Clone, Debug)]
pub struct Promise {
    pub now: Instant,
    pub due: Instant,
    pub length: rules::calendar::Length,
    pub terms: Arc<Compiled>,
    pub about: About,
}

/// By when we would aim to answer, if it were sent now with that plan for that organisation; `None` for a type without a
/// clock.
pub async fn promise(
    desk: &Desk,
    (request_type, plan): (&TypeKey, Option<&PlanKey>),
    organisation: Option<OrganisationId>,
    filled: &Filled,
) -> Result<Option<Promise>> {
    let (compiled, now) = (desk.policy().await?, desk.now());
    let policy = compiled.policy();
    let wish = filled.wish.clone().or_else(|| policy.default_wish(request_type, plan)).ok_or(Error::NotFound)?;
    let about = About {
        request_type: request_type.clone(),
        priority: policy.choosing(request_type, &filled.details, |it| policy.clamp_for(request_type, &wish, it)),
        plan: plan.cloned(),
        region: region_of(desk.store.read(), policy, organisation).await?,
        escalated: false,
        reopened: false,
    };
    let Some(aim) = compiled.aim(TargetKind::FirstResponse, &about) else { return Ok(None) };
    let (length, due) = (aim.length, aim.calendar.due_by(now, &aim.length).map_err(Error::broken)?);
    Ok(Some(Promise { now, due, length, terms: Arc::clone(&compiled), about }))
}
