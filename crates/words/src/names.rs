//! The policy's names; a key that it does not know stands for itself, because forged forms hold any key.

use rules::{
    keys::{PriorityKey, TypeKey},
    policy::Policy,
};

use crate::lang::Lang;

pub(crate) struct Names<'p> {
    pub lang: Lang,
    pub policy: &'p Policy,
}

impl<'p> Names<'p> {
    pub(crate) fn request_type<'a>(&self, key: &'a TypeKey) -> &'a str
    where
        'p: 'a,
    {
        self.policy.types.get(key).map_or(key.as_str(), |found| found.name.say(self.lang.tag()))
    }

    pub(crate) fn priority<'a>(&self, key: &'a PriorityKey) -> &'a str
    where
        'p: 'a,
    {
        self.policy.priorities.get(key).map_or(key.as_str(), |found| found.name.say(self.lang.tag()))
    }
}
