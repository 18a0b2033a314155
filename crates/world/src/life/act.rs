//! Somebody does something, by the verb that their page would call.

use desk::{
    Desk, Error, Result,
    tickets::{
        Answer, Assignment, Handing, StateChange, answer, assign, change_state, close, decide_priority, hand_to_team,
        note, read, reply, rule_on_response, take_back,
    },
};
use jiff::SignedDuration;
use rules::tickets::AfterReply;

use super::{
    Filed,
    course::{Act, Course, Own},
    teams,
};
use crate::{Cast, Stage, file, text};

pub(super) async fn perform(
    desk: &Desk,
    stage: &Stage,
    cast: &Cast,
    (course, filed): (&Course, &mut Filed),
    act: &Act,
) -> Result<()> {
    let who = match act {
        Act::File(_) | Act::Answer(_) | Act::Look | Act::Close => &cast.all()[course.customer],
        Act::Rule(_) => cast.theo(),
        _ => &cast.all()[filed.agent.unwrap_or(course.agent)],
    };
    let actor = who.actor(desk).await?;
    if let Act::File(filing) = act {
        let ticket = file(desk, &actor, (**filing).clone()).await?;
        filed.ticket = Some(ticket);
        if course.own == Own::GivesWay {
            let its = store::tickets::get(desk.store.read(), ticket).await?.assignee;
            filed.agent = its.and_then(|person| cast.all().iter().position(|member| member.person == person));
        }
        return Ok(());
    }
    let ticket = filed.ticket.ok_or_else(|| Error::broken("a course begins with its filing"))?;
    match act {
        Act::File(_) => Ok(()),
        Act::Take => assign(desk, &actor, ticket, Assignment { to: Some(who.person) }).await,
        Act::Note(words) => note(desk, &actor, ticket, text(words)).await.map(drop),
        Act::Reply { text: words, after } => {
            let input = Answer { text: text(words), after: *after };
            filed.last_reply = Some(reply(desk, &actor, ticket, input).await?.message);
            Ok(())
        }
        Act::Slip(words) => {
            let input = Answer { text: text(words), after: AfterReply::KeepState };
            let slipped = reply(desk, &actor, ticket, input).await?;
            stage.pass(desk, SignedDuration::from_secs(4)).await?;
            take_back(desk, &actor, ticket, slipped.message).await.map(drop)
        }
        Act::Answer(words) => answer(desk, &actor, ticket, text(words)).await.map(drop),
        Act::Decide(decided) => decide_priority(desk, &actor, ticket, decided.clone()).await,
        Act::HandTo { team, note } => {
            let team = Some(teams::called(desk, cast, team).await?);
            let handing = Handing { team, to: None, note: Some(text(note)) };
            hand_to_team(desk, &actor, ticket, &handing).await
        }
        Act::Move { to, reason } => {
            change_state(desk, &actor, ticket, StateChange { to: *to, reason: (*reason).to_owned() }).await
        }
        Act::Look => read(desk, &actor, ticket).await,
        Act::Close => close(desk, &actor, ticket).await,
        Act::Rule(reason) => {
            let message = filed.last_reply.ok_or_else(|| Error::broken("a ruling is about a reply"))?;
            rule_on_response(desk, &actor, ticket, message, reason).await
        }
    }
}
