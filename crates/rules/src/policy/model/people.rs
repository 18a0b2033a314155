//! Who may ask and who sees it: registration, domains, sessions, visibility, licences, the forum.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Keyed, Origin, Text};
use crate::{
    access::Setting,
    keys::{EntryKey, PriorityKey, TypeKey},
    people::{Additions, Domain, DomainClass, PublicMail},
};

/// Who may file (REG-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    pub mode: RegistrationMode,
    pub text: Text,
    /// Why a work address is better (REG-3).
    pub work_address: Text,
    /// The steps of signing up, in their order.
    #[serde(default)]
    pub steps: Vec<Text>,
    #[serde(default)]
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationMode {
    /// Filing needs an account, on every channel.
    Registered,
    Open,
}

/// How addresses are judged by their domain, beyond the lists that ship with the desk (REG-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Domains {
    /// What an address at a public mail provider may do.
    pub public: PublicMail,
    /// Further public mail providers.
    pub also_public: Vec<String>,
    /// Further providers of throw-away addresses; they are refused.
    pub also_disposable: Vec<String>,
    /// Domains that the lists know as public or disposable and that are companies' own all the same.
    pub corporate: Vec<String>,
    pub origin: Origin,
}

impl Default for Domains {
    fn default() -> Self {
        Self {
            public: PublicMail::Individual,
            also_public: Vec::new(),
            also_disposable: Vec::new(),
            corporate: Vec::new(),
            origin: Origin::House,
        }
    }
}

impl Domains {
    /// What it says of single domains. A name that is no domain was refused when the policy was checked.
    pub fn additions(&self) -> Additions {
        let lists = [
            (&self.also_public, DomainClass::Public),
            (&self.also_disposable, DomainClass::Disposable),
            (&self.corporate, DomainClass::Corporate),
        ];
        let entries = lists.into_iter().flat_map(|(names, class)| names.iter().map(move |name| (name, class)));
        entries.filter_map(|(name, class)| Some((name.parse::<Domain>().ok()?, class))).collect()
    }
}

/// How long single-use links are good for. House rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// The link that verifies an address (REG-1).
    #[schemars(range(min = 1, max = 720))]
    pub verification_hours: u32,
    /// The link that sets a new password.
    #[schemars(range(min = 1, max = 72))]
    pub password_reset_hours: u32,
    /// How long a mail from an unknown address waits for its sender to sign up (REG-8).
    #[schemars(range(min = 1, max = 365))]
    pub unknown_sender_days: u32,
}

impl Default for Links {
    fn default() -> Self {
        Self { verification_hours: 24, password_reset_hours: 2, unknown_sender_days: 14 }
    }
}

/// How long a browser stays signed in. House rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sessions {
    /// Without being used.
    #[schemars(range(min = 1, max = 365))]
    pub idle_days: u32,
    /// At most, however much it is used.
    #[schemars(range(min = 1, max = 365))]
    pub longest_days: u32,
    /// After this long without proof, an address is verified again (REG-7).
    #[schemars(range(min = 1))]
    pub address_proof_days: u32,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { idle_days: 14, longest_days: 90, address_proof_days: 180 }
    }
}

/// Who in an organisation sees its requests (VIS-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visibility {
    /// Until an agent sets something else for an organisation.
    #[serde(default)]
    pub default: Setting,
    pub text: Text,
    /// What colleagues file to see each other's requests.
    pub request: Option<VisibilityRequest>,
    #[serde(default)]
    pub origin: Origin,
}

/// The ready-made request for seeing colleagues' requests. It is filed as it stands, without details and ticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisibilityRequest {
    #[serde(rename = "type")]
    pub request_type: TypeKey,
    pub priority: PriorityKey,
    pub subject: Text,
    /// Where its words come from: the type and priority can be the page's while the subject is ours.
    #[serde(default)]
    pub origin: Origin,
}

/// What a licence changes (ENT).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entitlement {
    pub text: Text,
    /// Days after the end of the paid period in which nothing changes yet.
    #[serde(default = "fortnight")]
    #[schemars(range(max = 365))]
    pub grace_days: u32,
    /// What happens with what is filed later.
    #[serde(default)]
    pub ended: Ended,
    /// What a trial may file; everything unless named.
    pub trial_types: Option<Vec<TypeKey>>,
    #[serde(default)]
    pub origin: Origin,
}

fn fortnight() -> u32 {
    14
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// It is filed, and marked for the staff.
    #[default]
    Flag,
    /// It is not filed. Security reports always are.
    Refuse,
}

/// The forum (COM-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forum {
    pub text: Text,
    /// The topic on how to write a good suggestion.
    pub guidance: Option<Text>,
    #[serde(default)]
    pub streams: Keyed<EntryKey, Stream>,
    /// Open votes that a person may have at once. A house rule.
    #[serde(default = "ten")]
    #[schemars(range(min = 1))]
    pub votes_per_person: u32,
    #[serde(default)]
    pub origin: Origin,
}

fn ten() -> u32 {
    10
}

/// A stream of the forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    pub name: Text,
    pub about: Text,
    #[serde(default)]
    pub origin: Origin,
}
