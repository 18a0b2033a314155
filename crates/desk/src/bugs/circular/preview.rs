//! What would be sent: to how many and to whom, why to them, who is left out and why, and what it reads like in each language.

use std::collections::BTreeMap;

use rules::{
    access::Action,
    bugs::{
        BugRefusal, Stage,
        affected::{Audience, Choice, Holder, Left, Letter, Recipient, Why, audience, check_letter},
    },
    ids::{BugId, OrganisationId, PersonId},
    refusal::{Fault, FieldFault},
    templates,
};
use sha2::{Digest, Sha256};
use store::Handle;

use super::{Facts, Written, fill, of_language};
use crate::{
    Actor, Desk, Error, Result,
    bugs::{
        affected::{Walk, holder_names},
        refused,
    },
};

/// Characters of a subject, at most.
const SUBJECT: usize = 200;

/// What somebody wrote, and to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The first one is for whoever reads none of the others.
    pub texts: Vec<Written>,
    pub choice: Choice,
}

/// Who would get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub name: String,
    pub organisation: Option<String>,
    pub why: Why,
    pub versions: Vec<String>,
    pub language: String,
}

/// Who would not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub name: String,
    pub person: Option<String>,
    pub why: Left,
}

/// What it reads like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub language: String,
    /// Who of them reads it so, the first one.
    pub to: String,
    pub people: usize,
    pub subject: String,
    /// Markdown.
    pub body: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub to: Vec<Shown>,
    pub skipped: Vec<Skipped>,
    pub samples: Vec<Sample>,
    /// What cannot be filled in, by the place of the text: of the subject, or of what stands below it.
    pub unfit: Vec<(usize, &'static str, templates::Fault)>,
    /// What was looked at, so that exactly that is sent.
    pub mark: String,
}

/// Looks at it; nothing is kept.
pub async fn preview_circular(desk: &Desk, actor: &Actor, bug: BugId, draft: &Draft) -> Result<Preview> {
    let signed = actor.staff(Action::ManageBugs)?;
    check(draft)?;
    Ok(look(desk, desk.store.read(), (bug, signed.person), draft).await?.1)
}

/// Something is written, and not more than a mail holds.
pub(super) fn check(draft: &Draft) -> Result<()> {
    let mut faults: Vec<FieldFault> = vec![];
    for (at, text) in draft.texts.iter().enumerate() {
        let mut fault = |name: &str, fault| faults.push(FieldFault { field: format!("{name}.{at}"), fault });
        match text.subject.trim().chars().count() {
            0 => fault("subject", Fault::Missing),
            n if n > SUBJECT => fault("subject", Fault::LineTooLong { characters: n, limit: SUBJECT }),
            _ => {}
        }
        if text.body.trim().is_empty() {
            fault("body", Fault::Missing);
        }
    }
    if draft.texts.is_empty() {
        faults.push(FieldFault { field: "body.0".to_owned(), fault: Fault::Missing });
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// Who gets it as things stand, and what it would be.
pub(super) async fn look(
    desk: &Desk,
    conn: &Handle,
    (bug, sender): (BugId, PersonId),
    draft: &Draft,
) -> Result<(Audience, Preview)> {
    let walk = Walk::begin(desk, conn, bug).await?;
    if walk.bug.life.state.stage() == Stage::Refused {
        return Err(refused(BugRefusal::WasRefused(bug)));
    }
    let found = audience(&draft.choice, &walk.groups().await?);
    let mut unfit = vec![];
    for (at, text) in draft.texts.iter().enumerate() {
        for (name, written) in [("subject", &text.subject), ("body", &text.body)] {
            unfit.extend(check_letter(written).err().map(|fault| (at, name, fault)));
        }
    }
    let mut preview = Preview { mark: mark(draft, &found)?, unfit, ..Preview::default() };
    let to: Vec<(PersonId, Option<OrganisationId>)> = found.to.iter().map(|it| (it.person, of(it.holder))).collect();
    let facts = Facts::of(desk, conn, (bug, sender), &to).await?;
    let mut samples: BTreeMap<usize, Sample> = BTreeMap::new();
    for it in &found.to {
        let language = store::people::language(conn, it.person).await?;
        let Some(written) = of_language(&draft.texts, language.as_deref()) else { continue };
        preview.to.push(shown(&facts, it, written));
        let place = draft.texts.iter().position(|text| text == written).unwrap_or_default();
        if let Some(known) = samples.get_mut(&place) {
            known.people += 1;
        } else if preview.unfit.is_empty() {
            let letter = facts.letter(it.person, of(it.holder), &it.lot);
            samples.extend(sample(written, &letter).map(|sample| (place, sample)));
        }
    }
    preview.samples = samples.into_values().collect();
    preview.skipped = skipped(conn, &found).await?;
    Ok((found, preview))
}

fn of(holder: Holder) -> Option<OrganisationId> {
    match holder {
        Holder::Organisation(organisation) => Some(organisation),
        Holder::Person(_) => None,
    }
}

fn shown(facts: &Facts, it: &Recipient, written: &Written) -> Shown {
    Shown {
        name: facts.people.get(&it.person).cloned().unwrap_or_default(),
        organisation: facts.names.get(&it.holder).cloned(),
        why: it.why,
        versions: it.lot.versions.iter().map(ToString::to_string).collect(),
        language: written.language.clone(),
    }
}

fn sample(written: &Written, letter: &Letter) -> Option<Sample> {
    let filled = fill(written, letter).ok()?;
    Some(Sample {
        language: written.language.clone(),
        to: letter.reader.name.clone(),
        people: 1,
        subject: filled.subject,
        body: filled.body,
    })
}

async fn skipped(conn: &Handle, found: &Audience) -> Result<Vec<Skipped>> {
    let holders: Vec<Holder> = found.left.iter().map(|(holder, ..)| *holder).collect();
    let people: Vec<PersonId> = found.left.iter().filter_map(|(_, person, _)| *person).collect();
    let (names, people) = (holder_names(conn, &holders).await?, store::people::names(conn, &people).await?);
    let one = |(holder, person, why): &(Holder, Option<PersonId>, Left)| Skipped {
        name: names.get(holder).cloned().unwrap_or_default(),
        person: person.and_then(|id| people.get(&id).cloned()),
        why: *why,
    };
    Ok(found.left.iter().map(one).collect())
}

/// Of what is said and to whom: where either is otherwise, it is another one.
fn mark(draft: &Draft, found: &Audience) -> Result<String> {
    let to: Vec<_> = found.to.iter().map(|it| (it.person, it.holder, it.why, &it.lot)).collect();
    let whole = (&draft.texts, &draft.choice, to, found.left.len());
    let json = serde_json::to_vec(&whole).map_err(Error::broken)?;
    Ok(Sha256::digest(json).iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}
