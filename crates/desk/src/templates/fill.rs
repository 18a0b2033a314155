//! A text is inserted into a reply: filled in with what is known of the request.

use std::collections::BTreeMap;

use rules::{
    access::Action,
    events::Hand,
    ids::{TemplateId, TicketId},
    templates::{
        self, About, Facts, Fault, Named,
        languages::{self, Offer, Text},
    },
};
use store::{Handle, reply_templates::ReplyTemplate, tickets::Ticket};

use crate::{Actor, Desk, Result, tickets};

/// A text for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub template: ReplyTemplate,
    /// What stands in the reply; or why not: the policy has changed since it was kept.
    pub text: std::result::Result<String, Fault>,
}

/// People of an organisation whose languages are asked.
const PEOPLE: i64 = 200;

/// Those for requests of its type, what its customer reads first; of one in several languages the best.
pub async fn offered(desk: &Desk, actor: &Actor, ticket: &Ticket) -> Result<Vec<(ReplyTemplate, Offer)>> {
    let mut all = super::list(desk, actor).await?;
    all.retain(|it| it.request_type.as_ref().is_none_or(|of| *of == ticket.request_type));
    let texts: Vec<Text> = all.iter().map(text).collect();
    let offers = languages::offers(&texts, &languages_of(desk, ticket).await?);
    let found = |offer: Offer| all.iter().find(|it| it.id == offer.id).map(|it| (it.clone(), offer));
    Ok(offers.into_iter().filter_map(found).collect())
}

fn text(it: &ReplyTemplate) -> Text {
    let (name, request_type, language) = (it.name.clone(), it.request_type.clone(), it.language.clone());
    Text { id: it.id, name, request_type, language }
}

/// The customer's language, else their organisation's, else the policy's.
async fn languages_of(desk: &Desk, ticket: &Ticket) -> Result<Vec<String>> {
    let conn = desk.store.read();
    let own = store::people::language(conn, ticket.requester).await?;
    let theirs = match ticket.organisation {
        Some(id) => languages::of_most(&store::people::languages_in(conn, id, PEOPLE).await?),
        None => None,
    };
    let policy = desk.policy().await?.policy().language.to_string();
    Ok(own.into_iter().chain(theirs).chain([policy]).collect())
}

pub async fn fill(desk: &Desk, actor: &Actor, id: TicketId, template: TemplateId) -> Result<Filled> {
    let signed = actor.staff(Action::Reply)?;
    let ticket = tickets::seen_ticket(desk.store.read(), signed, id).await?;
    let template = super::show(desk, actor, template).await?;
    let facts = facts(desk, desk.store.read(), &ticket, signed.person).await?;
    Ok(Filled { text: templates::fill(&template.body, &facts), template })
}

/// A text as it was kept, for a request that its writer sees.
pub(crate) async fn fill_in(
    desk: &Desk,
    agent: rules::ids::PersonId,
    ticket: &Ticket,
    body: &str,
) -> Result<std::result::Result<String, Fault>> {
    Ok(templates::fill(body, &facts(desk, desk.store.read(), ticket, agent).await?))
}

/// Whose hand a reply is of that a text was inserted into: one that is sent as it was inserted counts unless it only
/// acknowledges (FRT-2).
pub async fn hand(desk: &Desk, actor: &Actor, of: (TicketId, Option<TemplateId>), body: &str) -> Result<Hand> {
    let Some(template) = of.1 else { return Ok(Hand::Written) };
    match fill(desk, actor, of.0, template).await {
        Ok(Filled { template, text }) => Ok(Hand::Template {
            acknowledgement: template.acknowledges,
            edited: text.is_ok_and(|text| text.trim() != body.trim()),
        }),
        // It was taken away meanwhile, or the request is not theirs to see: the reply itself says so.
        Err(crate::Error::NotFound) => Ok(Hand::Written),
        Err(error) => Err(error),
    }
}

async fn facts(desk: &Desk, conn: &Handle, ticket: &Ticket, agent: rules::ids::PersonId) -> Result<Facts> {
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let language = policy.language.to_string();
    let name = async |person| Ok::<_, crate::Error>(Named::of(&store::people::get(conn, person).await?.name));
    let organisation = match ticket.organisation {
        Some(id) => Named::of(&store::organisations::get(conn, id).await?.name),
        None => Named::default(),
    };
    let mut details: BTreeMap<String, String> =
        policy.details.keys().map(|key| (key.0.clone(), String::new())).collect();
    for (key, value) in store::tickets::details(conn, ticket.id).await? {
        details.insert(key.0, value);
    }
    let kind = policy
        .request_type(&ticket.request_type)
        .map_or_else(|| ticket.request_type.to_string(), |kind| kind.name.say(&language).to_owned());
    Ok(Facts {
        requester: name(ticket.requester).await?,
        organisation,
        agent: name(agent).await?,
        request: About {
            number: ticket.id.0,
            subject: ticket.subject.clone(),
            link: format!("{}/requests/{}", desk.settings.base_url, ticket.id),
            kind,
        },
        product: policy.product.name.clone(),
        details,
    })
}
