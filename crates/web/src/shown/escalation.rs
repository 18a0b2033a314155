//! What a page says of an escalation, and what its reader may do about it (PLN-3).

use desk::tickets::Shown;
use rules::access::{Action, CustomerAction, may, may_as_customer};

use super::{Reading, Side, when};
use crate::pages::escalation::{Act, EscalationPart};

/// `None` where the policy knows no escalation for it and nobody escalated it.
pub(crate) fn escalation(reading: Reading<'_>, shown: &Shown) -> Option<EscalationPart> {
    let (ticket, say) = (&shown.ticket, reading.say);
    let rule = say.policy().escalation_of(ticket.plan.as_ref(), &ticket.priority);
    let since = ticket.escalated_at.map(|at| when(reading.visit, at, reading.now));
    if rule.is_none() && since.is_none() {
        return None;
    }
    let is_staff = reading.side == Side::Staff;
    let may_act = if is_staff {
        reading.visit.actor.signed().is_ok_and(|me| may(me.grants, Action::DecidePriority))
    } else {
        rule.is_some_and(|rule| rule.customers) && may_as_customer(shown.why, CustomerAction::Escalate)
    };
    let act = match (&since, ticket.state.is_over() || !may_act) {
        (_, true) => None,
        (None, false) => Some(Act::Escalate),
        (Some(_), false) if is_staff => Some(Act::End),
        (Some(_), false) => None,
    };
    let side = if is_staff { "/desk" } else { "" };
    Some(EscalationPart {
        since,
        how: rule.map(|rule| say.text(&rule.how).to_owned()),
        action: format!("{side}/requests/{}/escalation", ticket.id),
        act,
    })
}
