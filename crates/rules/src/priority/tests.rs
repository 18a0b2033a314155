//! Wishes, ranges and decisions, rule by rule (PRI-2 to 4, FRT-9).

use super::*;

fn order() -> Vec<PriorityKey> {
    ["urgent", "high", "medium", "low"].map(PriorityKey::from).to_vec()
}

struct Question {
    order: Vec<PriorityKey>,
}

impl Question {
    fn range(&self) -> Range<'_> {
        Range { order: self.order.iter().collect(), highest: &self.order[2], lowest: &self.order[3] }
    }
}

fn question() -> Question {
    Question { order: order() }
}

#[test]
fn pri_3_a_wish_is_clamped_to_the_range_and_stays_on_record() {
    let question = question();
    for (wish, priority, how) in [
        ("urgent", "medium", Clamp::Lowered),
        ("high", "medium", Clamp::Lowered),
        ("medium", "medium", Clamp::Kept),
        ("low", "low", Clamp::Kept),
        ("blocker", "low", Clamp::Unknown),
    ] {
        let clamped = clamp(&wish.into(), &question.range());
        assert_eq!((clamped.wish.as_str(), clamped.priority.as_str(), clamped.clamp), (wish, priority, how));
    }
}

#[test]
fn pri_4_a_security_report_raises_what_is_below_its_range() {
    let order = order();
    let range = Range { order: order.iter().collect(), highest: &order[0], lowest: &order[0] };
    let clamped = clamp(&"low".into(), &range);
    assert_eq!((clamped.priority.as_str(), clamped.clamp), ("urgent", Clamp::Raised));
}

#[test]
fn pri_3_the_portal_refuses_what_mail_would_clamp_and_names_the_highest() {
    let question = question();
    let refusal = accept(&"urgent".into(), &"question".into(), &question.range());
    let expected = Refusal::PriorityOutOfRange {
        request_type: "question".into(),
        wish: "urgent".into(),
        highest: "medium".into(),
    };
    assert_eq!(refusal, Err(expected));
    assert_eq!(accept(&"low".into(), &"question".into(), &question.range()), Ok(()));
}

#[test]
fn pri_2_only_a_decision_against_the_wish_needs_a_reason() {
    let question = question();
    let (kind, wish) = ("question".into(), "medium".into());
    let decide = |decided: &str, reason| {
        let decided = decided.into();
        decide(&Decision { request_type: &kind, wish: &wish, decided: &decided, reason }, &question.range())
    };
    assert_eq!(decide("medium", ""), Ok(()));
    assert_eq!(decide("low", " \n"), Err(Refusal::ReasonMissing));
    assert_eq!(decide("low", "Nobody is held up by it"), Ok(()));
    assert!(matches!(decide("high", "Please"), Err(Refusal::PriorityOutOfRange { .. })));
}

#[test]
fn frt_9_a_raised_wish_is_in_force_until_an_agent_decides() {
    let question = question();
    let raised = after_raised_wish(&"urgent".into(), DecidedBy::Wish, &question.range());
    assert_eq!(raised.map(|clamped| clamped.priority), Some("medium".into()));
    assert_eq!(after_raised_wish(&"urgent".into(), DecidedBy::Agent, &question.range()), None);
}

#[test]
fn req_11_a_wish_is_raised_to_what_is_offered_above_it_and_with_a_reason() {
    let (high, other) = ("high".into(), "medium".into());
    let above = [&high, &other];
    assert_eq!(raise(&high, "The plant stands still.", &above), Ok(()));
    assert_eq!(raise(&high, " \n", &above), Err(Refusal::RaiseReasonMissing));
    for to in ["low", "urgent"] {
        assert_eq!(raise(&to.into(), "The plant stands still.", &above), Err(Refusal::WishNotHigher), "{to}");
    }
}
