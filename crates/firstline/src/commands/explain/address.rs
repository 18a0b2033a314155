//! `firstline explain address`: what an address would lead to at sign-up, and why, by the policy alone. It asks
//! no database, so it does not tell who is registered.

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::bail;
use rules::{
    people::{Address, Classified, DomainClass, Joining, Known, Source, join, lists::classify},
    policy::Policy,
    refusal::Fault,
};
use serde_json::{Value, json};
use words::{joining, lang::Lang, refusal};

use crate::commands::Terminal;

/// What an address leads to at sign-up.
#[derive(Debug, clap::Args)]
pub(in crate::commands) struct ExplainAddress {
    /// The address, such as dana@acme.com.
    address: String,
    /// The policy file that decides; the reference policy unless given.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Answer with one JSON object.
    #[arg(long)]
    json: bool,
}

/// What was found out about the address.
struct Found {
    address: Address,
    kind: Classified,
    joining: Joining,
}

pub(super) fn run<W: Write>(args: ExplainAddress, terminal: &mut Terminal<W>) -> anyhow::Result<ExitCode> {
    let policy = super::policy_of(args.policy.as_deref())?.policy;
    let found = match Address::parse(&args.address) {
        Ok(address) => judge(address, &policy),
        Err(fault) => {
            let why = refusal::fault(Lang::En, &policy, &Fault::Address(fault));
            if !args.json {
                bail!("{:?} is no address. {why}", args.address);
            }
            terminal.say(json!({ "address": args.address, "sign_up": "not_an_address", "why": why }))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    if args.json {
        terminal.say(as_json(&found, &policy))?;
    } else {
        as_text(&found, &policy, terminal)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn judge(address: Address, policy: &Policy) -> Found {
    let additions = policy.domains.additions();
    let kind = classify(address.domain(), &additions);
    let known = Known { public_mail: policy.domains.public, additions: &additions, entries: &[] };
    let joining = join(&address, known);
    Found { address, kind, joining }
}

fn as_text<W: Write>(found: &Found, policy: &Policy, terminal: &mut Terminal<W>) -> anyhow::Result<()> {
    let domain = found.address.domain();
    let registrable =
        domain.registrable().map_or_else(|| "none: it is a public suffix".to_owned(), |it| it.to_string());
    terminal.say(format_args!("address      {}", found.address))?;
    terminal.say(format_args!("domain       {domain}"))?;
    terminal.say(format_args!("registered   {registrable}"))?;
    let by = joining::source(Lang::En, &found.kind.source);
    terminal.say(format_args!("kind         {}: {by}", class(found.kind.class)))?;
    terminal.say(joining::joining(Lang::En, policy, &found.joining))
}

fn as_json(found: &Found, policy: &Policy) -> Value {
    let domain = found.address.domain();
    let (by, entry) = match &found.kind.source {
        Source::Policy { entry } => ("policy", Some(entry)),
        Source::List { entry } => ("list", Some(entry)),
        Source::Nobody => ("nobody", None),
    };
    json!({
        "address": found.address,
        "domain": domain,
        "registrable": domain.registrable(),
        "class": found.kind.class,
        "by": by,
        "entry": entry,
        "sign_up": match &found.joining {
            Joining::Joins { .. } | Joining::OpensOrganisation { .. } => "joins_or_opens",
            Joining::StandsAlone { .. } => "stands_alone",
            Joining::Waits { .. } => "waits",
            Joining::Refused(_) => "refused",
        },
        "organisation": match &found.joining {
            Joining::Joins { entry, .. } => Some(entry),
            Joining::OpensOrganisation { domain, .. } => Some(domain),
            Joining::StandsAlone { .. } | Joining::Waits { .. } | Joining::Refused(_) => None,
        },
        "why": joining::joining(Lang::En, policy, &found.joining),
    })
}

fn class(class: DomainClass) -> &'static str {
    match class {
        DomainClass::Corporate => "corporate",
        DomainClass::Public => "public",
        DomainClass::Disposable => "disposable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(address: &str, json: bool) -> String {
        let mut terminal = Terminal { out: Vec::new() };
        let args = ExplainAddress { address: address.to_owned(), policy: None, json };
        match run(args, &mut terminal) {
            Ok(_) => String::from_utf8(terminal.out).unwrap(),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn reg_3_each_kind_of_address_is_explained() {
        insta::assert_snapshot!(
            [
                "Dana@QA.Acme.co.uk",
                "dana@gmail.com",
                "x@box.mailinator.com",
                "dana@co.uk",
                "dana@bücher.example",
                "dana"
            ]
            .map(|address| explain(address, false))
            .join("\n")
        );
    }

    #[test]
    fn reg_3_programs_read_the_same_as_json() {
        let read = |address| serde_json::from_str::<Value>(&explain(address, true)).unwrap();
        let dana = read("dana@qa.acme.com");
        assert_eq!(dana["registrable"], "acme.com");
        assert_eq!((&dana["sign_up"], &dana["organisation"]), (&json!("joins_or_opens"), &json!("acme.com")));
        assert_eq!(read("dana@gmail.com")["sign_up"], "stands_alone");
        let refused = read("x@box.mailinator.com");
        assert_eq!((&refused["class"], &refused["entry"]), (&json!("disposable"), &json!("mailinator.com")));
        assert_eq!(read("dana")["sign_up"], "not_an_address");
    }
}
