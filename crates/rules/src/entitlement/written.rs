//! What somebody writes about a licence, in a form or a line of a file, read with every fault at once (ENT-1).

use jiff::civil::Date;

use super::Kind;
use crate::{
    keys::{DeploymentKey, PlanKey},
    policy::Policy,
    refusal::{Fault, FieldFault},
};

/// Characters that an edition, a product or a key may have.
const LINE: usize = 200;

/// A licence as it was typed; what is empty is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub key: String,
    pub product: String,
    pub edition: String,
    pub deployment: String,
    pub plan: String,
    pub kind: String,
    pub seats: String,
    pub through: String,
}

impl Written {
    /// Of what stands under the name of each field.
    pub fn of(text: impl Fn(&str) -> String) -> Self {
        Self {
            key: text("key"),
            product: text("product"),
            edition: text("edition"),
            deployment: text("deployment"),
            plan: text("plan"),
            kind: text("kind"),
            seats: text("seats"),
            through: text("through"),
        }
    }
}

/// What a licence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How the vendor's books call it.
    pub external_key: Option<String>,
    pub product: String,
    pub edition: String,
    pub deployment: Option<DeploymentKey>,
    pub plan: Option<PlanKey>,
    pub kind: Kind,
    pub seats: Option<u32>,
    /// Its last day, in the zone of the desk's hours.
    pub through: Option<Date>,
}

impl Terms {
    /// A paid licence for everything of the policy's product, without an end.
    pub fn plain(policy: &Policy) -> Self {
        Self {
            external_key: None,
            product: policy.product.name.clone(),
            edition: String::new(),
            deployment: None,
            plan: None,
            kind: Kind::Paid,
            seats: None,
            through: None,
        }
    }

    /// What in it the policy does not know.
    pub fn check(&self, policy: &Policy) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if let Some(plan) = self.plan.as_ref().filter(|plan| policy.plan(plan).is_none()) {
            faults.push(wrong("plan", Fault::NoSuchPlan { plan: plan.clone() }));
        }
        if let Some(deployment) = self.deployment.as_ref().filter(|key| !policy.deployments.contains(*key)) {
            faults.push(wrong("deployment", Fault::NoSuchDeployment { deployment: deployment.clone() }));
        }
        faults
    }
}

fn wrong(field: &str, fault: Fault) -> FieldFault {
    FieldFault { field: field.to_owned(), fault }
}

/// Reads it; a product that is not named is the policy's.
///
/// # Errors
/// Every field that says nothing the desk knows, in the order of the form.
pub fn read(written: &Written, policy: &Policy) -> Result<Terms, Vec<FieldFault>> {
    let mut faults = Vec::new();
    for (field, text) in [("key", &written.key), ("product", &written.product), ("edition", &written.edition)] {
        faults.extend(line_fault(text).map(|fault| wrong(field, fault)));
    }
    let mut take = |field: &str, read: Result<(), Fault>| faults.extend(read.err().map(|fault| wrong(field, fault)));
    let mut terms = Terms {
        external_key: some(&written.key),
        product: some(&written.product).unwrap_or_else(|| policy.product.name.clone()),
        edition: written.edition.trim().to_owned(),
        deployment: some(&written.deployment).map(DeploymentKey),
        plan: some(&written.plan).map(PlanKey),
        ..Terms::plain(policy)
    };
    take("kind", kind(&written.kind).map(|kind| terms.kind = kind));
    take("seats", seats(&written.seats).map(|seats| terms.seats = seats));
    take("through", day(&written.through).map(|day| terms.through = day));
    faults.extend(terms.check(policy));
    if faults.is_empty() { Ok(terms) } else { Err(faults) }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn line_fault(text: &str) -> Option<Fault> {
    let characters = text.trim().chars().count();
    if characters > LINE {
        return Some(Fault::LineTooLong { characters, limit: LINE });
    }
    text.trim().chars().any(char::is_control).then_some(Fault::NotALine)
}

fn kind(text: &str) -> Result<Kind, Fault> {
    let word = some(text).unwrap_or_else(|| Kind::Paid.as_str().to_owned());
    word.to_lowercase().parse().map_err(|_| Fault::NoSuchKind { kind: word })
}

fn seats(text: &str) -> Result<Option<u32>, Fault> {
    let Some(text) = some(text) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Fault::NotACount { text })
}

/// Only as 2027-03-31: what 03/04/2027 is depends on who reads it.
fn day(text: &str) -> Result<Option<Date>, Fault> {
    let Some(text) = some(text) else { return Ok(None) };
    let digits: Vec<&str> = text.split('-').collect();
    let is_plain = matches!(digits[..], [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2));
    let date = text.parse().ok().filter(|_| is_plain);
    date.map(Some).ok_or(Fault::NotADate { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        Policy::parse(include_str!("../../../../policies/larkspur.toml")).expect("it holds together").policy
    }

    #[test]
    fn ent_1_what_is_typed_is_read() {
        let policy = policy();
        assert_eq!(read(&Written::default(), &policy), Ok(Terms::plain(&policy)), "nothing is said");
        let text = |it: &str| it.to_owned();
        let written = Written {
            key: text(" SUB-17 "),
            product: text("Relay"),
            edition: text("Team"),
            deployment: text("hosted"),
            plan: text("hedge"),
            kind: text("Trial"),
            seats: text("40"),
            through: text("2027-03-31"),
        };
        let terms = Terms {
            external_key: Some(text("SUB-17")),
            product: text("Relay"),
            edition: text("Team"),
            deployment: Some("hosted".into()),
            plan: Some("hedge".into()),
            kind: Kind::Trial,
            seats: Some(40),
            through: Some(jiff::civil::date(2027, 3, 31)),
        };
        assert_eq!(read(&written, &policy), Ok(terms));
    }

    #[test]
    fn ent_1_a_key_may_have_as_many_characters_as_a_line_and_none_more() {
        let read = |key: String| read(&Written { key, ..Written::default() }, &policy());
        let longest = "ä".repeat(LINE);
        assert_eq!(read(longest.clone()).map(|terms| terms.external_key), Ok(Some(longest)));
        let fault = Fault::LineTooLong { characters: LINE + 1, limit: LINE };
        assert_eq!(read("ä".repeat(LINE + 1)), Err(vec![wrong("key", fault)]));
    }

    #[test]
    fn ent_1_every_fault_of_what_is_typed_is_named_at_once() {
        let text = |it: &str| it.to_owned();
        let written = Written {
            key: "k".repeat(201),
            product: text("Re\u{0}lay"),
            edition: String::new(),
            deployment: text("moon"),
            plan: text("meadow"),
            kind: text("free"),
            seats: text("-1"),
            through: text("31.3.2027"),
        };
        let faults = read(&written, &policy()).expect_err("it is wrong");
        let expected = [
            wrong("key", Fault::LineTooLong { characters: 201, limit: 200 }),
            wrong("product", Fault::NotALine),
            wrong("kind", Fault::NoSuchKind { kind: text("free") }),
            wrong("seats", Fault::NotACount { text: text("-1") }),
            wrong("through", Fault::NotADate { text: text("31.3.2027") }),
            wrong("plan", Fault::NoSuchPlan { plan: "meadow".into() }),
            wrong("deployment", Fault::NoSuchDeployment { deployment: "moon".into() }),
        ];
        assert_eq!(faults, expected);
        for no_day in ["2027-02-30", "20270331", "2027-3-31", "03/04/2027", "2027-03-31T00:00"] {
            let written = Written { through: text(no_day), ..Written::default() };
            let fault = Fault::NotADate { text: text(no_day) };
            assert_eq!(read(&written, &policy()), Err(vec![wrong("through", fault)]));
        }
    }
}
