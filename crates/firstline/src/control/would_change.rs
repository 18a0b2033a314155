//! What a policy would change for requests that are open (POL-5), in lines.

use desk::{Actor, Desk, policy::would_change};
use rules::policy::Policy;
use words::{lang::Lang, policy_effect};

use super::Response;

pub(super) async fn run(desk: &Desk, source: &str) -> Response {
    match said(desk, source).await {
        Ok(lines) => Response::Text(lines),
        Err(error) => Response::Refused(error.to_string()),
    }
}

async fn said(desk: &Desk, source: &str) -> desk::Result<String> {
    let Ok(checked) = Policy::parse(source) else { return Err(desk::Error::NotFound) };
    let compiled = desk.policy().await?;
    let found = would_change(desk, &Actor::COMMAND, &checked.policy).await?;
    if found.is_empty() {
        return Ok(policy_effect::nothing(Lang::En));
    }
    let line = |it: desk::policy::WouldChange| {
        let first: Vec<String> = it.first.iter().map(ToString::to_string).collect();
        let words = policy_effect::effect(Lang::En, compiled.policy(), (&it.effect, it.requests));
        format!("{words} ({})", first.join(", "))
    };
    Ok(found.into_iter().map(line).collect::<Vec<_>>().join("\n"))
}
