//! Named contacts: who of an organisation may file, and how many its plan has (PLN-5).

use crate::access::Role;

/// Those who file for an organisation. Who manages it is always one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub contacts: Vec<String>,
    pub managers: Vec<String>,
}

/// Whom to ask: the names of those who file, and of those who decide who does.
pub type NotNamed = Named;

impl Named {
    pub fn count(&self) -> usize {
        self.contacts.len() + self.managers.len()
    }
}

/// Whether who has this role may not file. As long as an organisation has named nobody, everybody may.
pub fn must_be_named(number: Option<u32>, named: &Named, role: Role) -> bool {
    number.is_some() && !named.contacts.is_empty() && role == Role::Member
}

/// Whether one more may be given this role: as a contact only within the plan's number, as a manager too once there are contacts.
pub fn may_name(number: Option<u32>, named: &Named, (before, role): (Role, Role)) -> bool {
    let Some(number) = number.and_then(|number| usize::try_from(number).ok()) else { return true };
    let is_new = before == Role::Member && role != Role::Member;
    let counts = role == Role::Contact || !named.contacts.is_empty();
    !(is_new && counts) || named.count() < number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(contacts: usize, managers: usize) -> Named {
        Named {
            contacts: vec!["Ravi Menon".to_owned(); contacts],
            managers: vec!["Dana Whitlock".to_owned(); managers],
        }
    }

    #[test]
    fn pln_5_once_somebody_is_named_the_others_file_no_more() {
        let cases = [
            (Some(2), named(0, 1), Role::Member, false),
            (Some(2), named(1, 1), Role::Member, true),
            (Some(2), named(1, 1), Role::Contact, false),
            (Some(2), named(1, 1), Role::Manager, false),
            (None, named(1, 1), Role::Member, false),
        ];
        for (number, named, role, expected) in cases {
            assert_eq!(must_be_named(number, &named, role), expected, "{number:?} {named:?} {role:?}");
        }
    }

    #[test]
    fn pln_5_as_many_are_named_as_the_plan_has() {
        use Role::{Contact, Manager, Member};
        let cases = [
            (Some(2), named(0, 1), (Member, Contact), true),
            (Some(2), named(1, 1), (Member, Contact), false),
            (Some(2), named(1, 1), (Member, Manager), false),
            (Some(2), named(0, 2), (Member, Manager), true),
            (Some(2), named(0, 2), (Member, Contact), false),
            (Some(2), named(1, 1), (Contact, Manager), true),
            (Some(2), named(3, 1), (Contact, Member), true),
            (None, named(9, 1), (Member, Contact), true),
        ];
        for (number, named, step, expected) in cases {
            assert_eq!(may_name(number, &named, step), expected, "{number:?} {named:?} {step:?}");
        }
    }
}
