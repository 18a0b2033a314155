//! Everybody gets a turn, nobody who is absent, fair within one; and which questions a team may have.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::{
    policy::Policy,
    query::{Reader, Why, read},
};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn member(person: i64, last_turn: i64, open: i64) -> Member {
    Member { person: PersonId(person), last_turn, open, standing: Standing::There }
}

fn away(member: Member) -> Member {
    Member { standing: Standing::AwayUntil(at("2026-11-30T08:00:00Z")), ..member }
}

#[test]
fn by_turns_who_got_one_longest_ago_is_next() {
    let team = [member(1, 3, 0), member(2, 1, 9), member(3, 2, 0)];
    assert_eq!(next(Sharing::Turns, &team), Next { to: Some(PersonId(2)), passed: vec![] });
    let new = [member(1, 3, 0), member(4, 0, 0)];
    assert_eq!(next(Sharing::Turns, &new).to, Some(PersonId(4)), "who never had one comes first");
}

#[test]
fn by_load_who_has_fewest_is_next_and_then_who_got_one_longest_ago() {
    let team = [member(1, 3, 2), member(2, 4, 1), member(3, 2, 1)];
    assert_eq!(next(Sharing::Load, &team).to, Some(PersonId(3)));
}

#[test]
fn who_is_away_is_passed_over_and_told_of_only_when_it_was_their_turn() {
    let team = [away(member(1, 0, 0)), member(2, 1, 0), away(member(3, 2, 0))];
    let next = next(Sharing::Turns, &team);
    assert_eq!(next.to, Some(PersonId(2)));
    assert_eq!(next.passed, [Passed { person: PersonId(1), away_until: Some(at("2026-11-30T08:00:00Z")) }]);
}

#[test]
fn vis_2_who_cannot_take_it_is_passed_over() {
    let team = [Member { standing: Standing::CannotTake, ..member(1, 0, 0) }, member(2, 1, 0)];
    let next = next(Sharing::Load, &team);
    assert_eq!((next.to, next.passed.len()), (Some(PersonId(2)), 1));
    assert_eq!(next.passed[0].away_until, None);
}

#[test]
fn where_nobody_is_there_or_everybody_takes_for_themselves_nobody_gets_it() {
    let team = [away(member(1, 0, 0)), away(member(2, 1, 0))];
    assert_eq!(next(Sharing::Turns, &team).to, None);
    assert_eq!(next(Sharing::Turns, &team).passed.len(), 2);
    assert_eq!(next(Sharing::Pull, &[member(1, 0, 0)]), Next::default());
    assert_eq!(next(Sharing::Load, &[]), Next::default());
}

/// A team that shares `steps` requests; who is away at each is its bits. How many each got.
fn share(how: Sharing, size: usize, steps: &[u32], solved: &[bool]) -> Vec<i64> {
    let mut team: Vec<Member> = (1..).take(size).map(|id| member(id, 0, 0)).collect();
    let mut got = vec![0; size];
    for ((turn, bits), solved) in (1..).zip(steps).zip(solved) {
        for (place, it) in team.iter_mut().enumerate() {
            let base = member(it.person.0, it.last_turn, it.open);
            *it = if bits >> place & 1 == 1 { away(base) } else { base };
        }
        let there: Vec<PersonId> =
            team.iter().filter(|it| it.standing == Standing::There).map(|it| it.person).collect();
        let next = next(how, &team);
        assert_eq!(next.to.is_some(), !there.is_empty(), "somebody who is there gets it");
        assert!(next.to.is_none_or(|to| there.contains(&to)), "never one who is absent");
        assert!(next.passed.iter().all(|it| !there.contains(&it.person)));
        let Some(place) = next.to.and_then(|to| team.iter().position(|it| it.person == to)) else { continue };
        let fewest = team.iter().filter(|it| it.standing == Standing::There).map(|it| it.open).min();
        if how == Sharing::Load {
            assert_eq!(Some(team[place].open), fewest);
        }
        got[place] += 1;
        team[place].last_turn = turn;
        team[place].open += i64::from(!solved);
    }
    got
}

proptest! {
    #[test]
    fn everybody_who_stays_gets_a_turn_fair_within_one(
        size in 1_usize..8,
        steps in prop::collection::vec(any::<u32>(), 1..120),
        always in any::<u32>(),
    ) {
        // These never leave; the others come and go.
        let steps: Vec<u32> = steps.into_iter().map(|bits| bits & always).collect();
        let got = share(Sharing::Turns, size, &steps, &vec![false; steps.len()]);
        let stayed: Vec<i64> = got.iter().enumerate().filter(|(place, _)| always >> place & 1 == 0).map(|it| *it.1).collect();
        if let (Some(least), Some(most)) = (stayed.iter().min(), stayed.iter().max()) {
            prop_assert!(most - least <= 1, "{got:?}");
        }
    }

    #[test]
    fn by_load_nobody_is_given_more_while_another_who_is_there_has_less(
        size in 1_usize..8,
        steps in prop::collection::vec((any::<u32>(), any::<bool>()), 1..120),
    ) {
        let (steps, solved): (Vec<u32>, Vec<bool>) = steps.into_iter().unzip();
        share(Sharing::Load, size, &steps, &solved);
        let all_there = share(Sharing::Load, size, &vec![0; steps.len()], &vec![false; steps.len()]);
        prop_assert!(all_there.iter().max().unwrap() - all_there.iter().min().unwrap() <= 1, "{all_there:?}");
    }
}

#[test]
fn a_question_of_a_team_is_about_what_a_request_is() {
    let policy = Policy::parse(include_str!("../../../../policies/allure-testops.toml")).unwrap().policy;
    let (me, now) = (PersonId(7), at("2026-11-16T08:00:00Z"));
    let reader = Reader { policy: &policy, me, now, zone: TimeZone::UTC };
    let is_taken = |text: &str| takes(&read(text, &reader).unwrap(), text);
    for good in
        ["", "type:bug,support priority:>=high", "-channel:mail plan:none", "org:acme", "is:security", "version:5.*"]
    {
        assert_eq!(is_taken(good), Ok(()), "{good}");
    }
    for odd in [
        "stack overflow",
        "\"stack overflow\"",
        "-words",
        "agent:ines",
        "from:me",
        "is:mine",
        "due:<2h",
        "turn:ours",
        "team:none",
    ] {
        assert_eq!(is_taken(odd).unwrap_err().why, Why::NotOfATeam, "{odd}");
    }
    assert_eq!(is_taken("type:bug is:late").unwrap_err().at, 9..16);
}
