//! People and organisations erased from the command line (PRV-1): said first, done when it is confirmed, proven by a list.

use desk::{
    Actor, Desk,
    organisations::{Erasing, Its, Looked},
};
use words::lang::Lang;

use super::{
    Response, Whom,
    exports::{Found, find},
};
use desk::exports::About;

/// Who is to go.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Going {
    pub whom: Whom,
    /// Of an organisation: its people too, who belong to nothing else.
    pub people: bool,
    /// Without it, it is only said what would go.
    pub confirmed: bool,
}

pub(super) async fn erase(desk: &Desk, going: &Going) -> Response {
    match erased(desk, going).await {
        Ok(Ok(said)) => Response::Done(said),
        Ok(Err(said)) => Response::Refused(said),
        Err(error) => Response::Refused(format!("nothing was erased: {error:#}")),
    }
}

async fn erased(desk: &Desk, going: &Going) -> anyhow::Result<Result<String, String>> {
    let Found { about, name, requests } = find(desk, &going.whom).await?;
    if !going.confirmed {
        return Ok(Err(format!(
            "nothing was erased yet. This takes away for good what says who {name} is, and the texts, files and mails of {requests} \
             requests; numbers and clocks stay. Say it again with --yes"
        )));
    }
    let (looked, with_it) = match about {
        About::Person(person) => (desk::people::erase(desk, &Actor::COMMAND, person).await?, 0),
        About::Organisation(organisation) => {
            let people = if going.people { Its::Erased } else { Its::Kept };
            let erasing = Erasing { people, typed: String::new() };
            let erased = desk::organisations::erase(desk, &Actor::COMMAND, organisation, erasing).await?;
            (erased.looked, erased.people.len())
        }
    };
    Ok(Ok(said(about, with_it, &looked)))
}

fn said(about: About, with_it: usize, looked: &[Looked]) -> String {
    let mut lines = vec![match about {
        About::Person(person) => format!("Person {person} is erased. Every place that was looked at:"),
        About::Organisation(id) if with_it == 0 => {
            format!("Organisation {id} is erased. Every place that was looked at:")
        }
        About::Organisation(id) => {
            format!("Organisation {id} is erased, and {with_it} of its people. Every place that was looked at:")
        }
    }];
    let places = words::erasure::places(Lang::En, looked.iter().map(|it| (it.place, it.rows)));
    lines.extend(places.iter().map(|(place, rows)| format!("{rows:>8}  {place}")));
    lines.push("The index of the search follows; files leave the disk within a day.".to_owned());
    lines.join("\n")
}
