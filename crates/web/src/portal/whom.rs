//! For whom a request is filed, as its form shows it (ENT-4), and whether others of them would see it (VIS-2).

use desk::actor::FilesFor;
use rules::{access::Setting, events::Secrecy, ids::OrganisationId, policy::RequestType};

use crate::{
    door::{Fields, Visit},
    pages::{
        form::{Chosen, Tick},
        new_request::{FilesFor as ChosenFor, Stands},
    },
};

/// The organisation for which the form was begun, else the one chosen now; nobody's where its writer belongs to none.
pub(super) fn filed_for(visit: &Visit, fields: &Fields) -> Option<FilesFor> {
    let mine = &visit.actor.signed().ok()?.files_for;
    let begun = fields.number("organisation").map(OrganisationId);
    let begun = mine.iter().find(|it| Some(it.organisation) == begun);
    begun.or(mine.first()).cloned()
}

pub(super) fn chosen_for(it: FilesFor) -> ChosenFor {
    let stands = if it.reseller.is_some() { Stands::Resold } else { Stands::Own };
    ChosenFor { number: it.organisation.0, name: it.name, stands }
}

/// Keeps others from seeing it: offered where some would, and where it is not confidential by its type.
pub(super) fn confidential(visit: &Visit, fields: &Fields, kind: &RequestType) -> Option<Tick> {
    let it = filed_for(visit, fields).filter(|_| kind.secrecy == Secrecy::Open)?;
    let others = match (it.reseller, it.shares) {
        (Some(_), _) => it.name,
        (None, Setting::Own) => return None,
        (None, Setting::Managers) => format!("the managers of {}", it.name),
        (None, Setting::Everyone) => format!("my colleagues at {}", it.name),
    };
    Some(Tick {
        name: "confidential".to_owned(),
        words: format!("Confidential: only I, those I add and the support team see it, not {others}"),
        chosen: if fields.text("confidential").is_empty() { Chosen::No } else { Chosen::Yes },
        fault: None,
    })
}
