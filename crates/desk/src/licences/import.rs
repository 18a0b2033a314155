//! A table of licences from the vendor's own books: taken whole or not at all, and once more it changes nothing (ENT-1).

use rules::{
    access::Action,
    audit::Act,
    entitlement::{
        Terms,
        import::{Line, LineFault, Why, lines},
    },
    ids::{LicenceId, OrganisationId},
    programs::Permit,
};
use store::Handle;

use super::give::write;
use crate::{Actor, Desk, Result, Run, organisations, scribe::Scribe};

/// What came of it, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    pub changed: usize,
    /// They say already what the table says.
    pub same: usize,
    /// What is wrong, by line; then nothing was taken.
    pub faults: Vec<LineFault>,
}

/// Takes a table, as text. Licences that it does not name stay as they are, and so does what it has no column for.
pub async fn import(desk: &Desk, actor: &Actor, text: &str, run: Run) -> Result<Imported> {
    if !matches!(actor, Actor::Desk(_)) && !actor.is_permitted(Permit::LicencesImport) {
        actor.staff(Action::SetOrganisation)?;
    }
    let compiled = desk.policy().await?;
    let table = match lines(text, compiled.policy()) {
        Ok(table) => table,
        Err(faults) => return Ok(Imported { faults, ..Imported::default() }),
    };
    if run == Run::Dry {
        return Ok(compare(desk.store.read(), table).await?.0);
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let (imported, differing) = compare(&scribe.tx, table).await?;
    if let (Some(token), false) = (scribe.token, differing.is_empty()) {
        scribe.audit(&Act::TokenUsed { token }).await?;
    }
    for (terms, organisation, known) in differing {
        write(&mut scribe, (organisation, known), &terms).await?;
    }
    scribe.settle().await?;
    Ok(imported)
}

/// What a licence will say that it does not yet, of whom it is, and which it is where it is known.
type Differing = (Terms, OrganisationId, Option<LicenceId>);

/// What the table says that is not so yet; nothing of it where something is wrong.
async fn compare(conn: &Handle, table: Vec<Line>) -> Result<(Imported, Vec<Differing>)> {
    let (mut imported, mut differing) = (Imported::default(), Vec::new());
    for line in table {
        let wrong = |why| LineFault { line: line.line, why };
        let Some(organisation) = organisations::by_number_or_domain(conn, &line.organisation).await? else {
            let organisation = line.organisation.clone();
            imported.faults.push(wrong(Why::NoSuchOrganisation { organisation }));
            continue;
        };
        let key = line.terms.external_key.clone().unwrap_or_default();
        match store::licences::by_external_key(conn, &key).await? {
            Some(known) if known.organisation != organisation => {
                let organisation = store::organisations::get(conn, known.organisation).await?.name;
                imported.faults.push(wrong(Why::KeyOfAnother { key, organisation }));
            }
            Some(known) if known.terms == line.over(&known.terms) => imported.same += 1,
            Some(known) => {
                imported.changed += 1;
                differing.push((line.over(&known.terms), organisation, Some(known.id)));
            }
            None => {
                imported.added += 1;
                differing.push((line.terms, organisation, None));
            }
        }
    }
    if imported.faults.is_empty() {
        return Ok((imported, differing));
    }
    Ok((Imported { faults: imported.faults, ..Imported::default() }, vec![]))
}
