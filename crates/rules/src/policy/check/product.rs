//! That editions and instances have names by which releases can call them, each once.

use super::Findings;
use crate::{
    policy::Policy,
    releases::{Edition, Instance},
};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    let edition = |name: &str| Edition::read(name).map(|it| it.as_str().to_owned()).map_err(|refused| refused.like);
    names("product.editions", &policy.product.editions, edition, found);
    let instance = |name: &str| Instance::read(name).map(|it| it.as_str().to_owned()).map_err(|refused| refused.like);
    names("product.instances", &policy.product.instances, instance, found);
}

fn names(
    path: &str,
    written: &[String],
    read: impl Fn(&str) -> Result<String, &'static str>,
    found: &mut Findings<'_>,
) {
    let mut known: Vec<String> = Vec::new();
    for (at, name) in written.iter().enumerate() {
        let here = format!("{path}.{at}");
        match read(name) {
            Err(like) => {
                let message = format!("`{name}` is no name by which a release could call it");
                found.fault(&here, message, format!("begin with a letter or a digit, as in `{like}`"));
            }
            Ok(read) if known.contains(&read) => {
                let message = format!("`{name}` stands in this list twice; capitals make no difference");
                found.fault(&here, message, "leave one of them out");
            }
            Ok(read) => known.push(read),
        }
    }
}
