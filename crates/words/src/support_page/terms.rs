//! What support includes, and where it ends.

use rules::policy::{Named, Origin, ScopeEntry, Stand};

use super::{
    Piece,
    writer::{Writer, item, listed, piece},
};

pub(super) fn included(writer: &Writer<'_>) -> Vec<Piece> {
    let (policy, terms) = (writer.policy, &writer.policy.terms);
    let contract = match &terms.link {
        Some(link) => format!("[{}]({link})", writer.text(&terms.contract)),
        None => writer.text(&terms.contract).to_owned(),
    };
    let clauses = writer.list(terms.clauses.iter().cloned());
    let part_of = if terms.clauses.is_empty() {
        writer.say("support-contract", &[("contract", &contract)])
    } else {
        let number = u32::try_from(terms.clauses.len()).unwrap_or(u32::MAX);
        let arguments = [("contract", contract.into()), ("clauses", clauses.into()), ("count", number.into())];
        writer.lang.say("support-clauses", &arguments)
    };
    let mut pieces = vec![piece(terms.origin, format!("{} {part_of}", writer.text(&terms.text)))];
    let product = &policy.product;
    pieces.push(piece(
        Origin::Page,
        writer.say("support-desk", &[("vendor", &product.vendor), ("portal", &product.portal)]),
    ));
    if let Some(documentation) = &product.documentation {
        pieces.push(piece(Origin::Page, writer.say("support-documentation", &[("documentation", documentation)])));
    }
    let deployments = policy.deployments.iter().map(|(_, entry)| named(writer, entry)).collect();
    pieces.extend(listed(writer.say("support-deployments", &[("product", &product.name)]), deployments));
    let services = policy.included.iter().map(|(_, entry)| {
        let text = writer.text(&entry.text).to_owned();
        item(entry.origin, &linked(writer, text, entry.link.as_deref()))
    });
    pieces.extend(listed(writer.say("support-services", &[]), services.collect()));
    pieces
}

pub(super) fn scope(writer: &Writer<'_>) -> Vec<Piece> {
    writer.policy.scope.iter().map(|(_, entry)| item(entry.origin, &scope_entry(writer, entry))).collect()
}

fn scope_entry(writer: &Writer<'_>, entry: &ScopeEntry) -> String {
    let key = match entry.stand {
        Stand::Covered => "support-covered",
        Stand::AsDocumented => "support-as-documented",
        Stand::NotCovered => "support-not-covered",
    };
    let mut line = writer.say(key, &[("name", writer.text(&entry.name)), ("text", writer.text(&entry.text))]);
    if let Some(except) = &entry.except {
        line = writer.say("support-except", &[("entry", &line), ("except", writer.text(except))]);
    }
    if let Some(instead) = &entry.instead {
        line = writer.say("support-instead", &[("entry", &line), ("instead", writer.text(instead))]);
    }
    linked(writer, line, entry.link.as_deref())
}

pub(super) fn linked(writer: &Writer<'_>, line: String, link: Option<&str>) -> String {
    link.map_or(line.clone(), |link| writer.say("support-linked", &[("entry", &line), ("link", link)]))
}

/// A thing with its name and a line about it, as an item.
pub(super) fn named(writer: &Writer<'_>, entry: &Named) -> Piece {
    let name = writer.text(&entry.name);
    let line = match &entry.about {
        Some(about) => writer.say("support-named", &[("name", name), ("about", writer.text(about))]),
        None => writer.say("support-named-only", &[("name", name)]),
    };
    item(entry.origin, &line)
}
