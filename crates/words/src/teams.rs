//! What teams are called.

use rules::teams::Called;

use crate::lang::Lang;

/// By its name; one that ended with that word, since another one may be called so by now.
pub fn called(lang: Lang, team: &Called) -> String {
    if team.has_ended { lang.say("team-ended", &[("name", team.name.as_str().into())]) } else { team.name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_that_ended_says_so() {
        let platform = Called::standing("Platform".into());
        assert_eq!(called(Lang::En, &platform), "Platform");
        assert_eq!(called(Lang::En, &Called { has_ended: true, ..platform }), "Platform (ended)");
    }
}
