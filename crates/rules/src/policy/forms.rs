//! What a type asks for and allows: its details, ticks and priorities. The forms show it, filing enforces it.

use std::collections::BTreeMap;

use super::{Detail, DetailKind, Escalation, HowTo, OnlyIf, Plan, Policy, PriorityRange, RequestType, Tick};
use crate::{
    keys::{AreaKey, DeploymentKey, DetailKey, PlanKey, PriorityKey, TickKey, TypeKey},
    priority::Range,
    refusal::Fault,
    releases::{Edition, Host, Installed, Instance, Place, Version},
};

/// What was chosen so far in a form, for the conditions of details, ticks and priorities (PLN-4).
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'a> {
    pub deployment: Option<&'a DeploymentKey>,
    pub area: Option<&'a AreaKey>,
    /// Everything that was filled in, for conditions on choices.
    pub details: Option<&'a BTreeMap<DetailKey, String>>,
}

impl Detail {
    /// Whether nothing can be sent without it, given what was chosen (PLN-4).
    pub fn is_required(&self, chosen: Chosen<'_>) -> bool {
        self.required || self.required_if.as_ref().is_some_and(|when| when.holds(chosen))
    }

    /// The ways to get it that the policy gives, as far as they fit what was chosen; before a deployment is, all of them.
    pub fn ways(&self, chosen: Chosen<'_>) -> Vec<&HowTo> {
        let fits = |way: &&HowTo| way.when.as_ref().is_none_or(|when| when.holds(chosen));
        let all = || self.how.iter().map(|(_, way)| way);
        if chosen.deployment.is_none() { all().collect() } else { all().filter(fits).collect() }
    }
}

impl Policy {
    pub fn request_type(&self, key: &TypeKey) -> Option<&RequestType> {
        self.types.get(key)
    }

    pub fn plan(&self, key: &PlanKey) -> Option<&Plan> {
        self.plans.get(key)
    }

    /// The types that a plan may file, in the order in which they are offered.
    pub fn offered(&self, plan: Option<&PlanKey>) -> Vec<(&TypeKey, &RequestType)> {
        let named = plan.and_then(|key| self.plan(key)).and_then(|plan| plan.types.as_ref());
        self.types.iter().filter(|(key, _)| named.is_none_or(|named| named.contains(key))).collect()
    }

    /// All details of a type, in the order of its form.
    pub fn form_of(&self, request_type: &TypeKey) -> Vec<(&DetailKey, &Detail)> {
        let keys = self.request_type(request_type).map_or(&[][..], |entry| &entry.details);
        keys.iter().filter_map(|key| Some((key, self.details.get(key)?))).collect()
    }

    /// The details that are asked given what was chosen.
    pub fn details_of(&self, request_type: &TypeKey, chosen: Chosen<'_>) -> Vec<(&DetailKey, &Detail)> {
        let asked = |detail: &Detail| detail.when.as_ref().is_none_or(|when| when.holds(chosen));
        self.form_of(request_type).into_iter().filter(|(_, detail)| asked(detail)).collect()
    }

    /// The ticks that are asked given what was chosen.
    pub fn ticks_of(&self, request_type: &TypeKey, chosen: Chosen<'_>) -> Vec<(&TickKey, &Tick)> {
        let keys = self.request_type(request_type).map_or(&[][..], |entry| &entry.ticks);
        let asked = |tick: &Tick| tick.when.as_ref().is_none_or(|when| when.holds(chosen));
        keys.iter().filter_map(|key| Some((key, self.ticks.get(key)?))).filter(|(_, tick)| asked(tick)).collect()
    }

    /// What is wrong with the version that was typed: it is none, names no release by the policy's example, or has to be
    /// known for what was chosen (REQ-4).
    pub fn version_fault(&self, typed: &str, chosen: Chosen<'_>) -> Option<Fault> {
        let versions = self.versions.as_ref();
        let like =
            versions.and_then(|versions| Version::read(&versions.example)).map_or(1, |like| like.numbers().min(2));
        match Installed::read(typed, &self.product.name) {
            Some(Installed::Known(version)) => (version.numbers() < like).then_some(Fault::NoVersion),
            Some(Installed::Unknown) => {
                let may_be = versions.and_then(|versions| versions.unknown_if.as_ref());
                let is_fine = may_be.is_some_and(|when| when.holds(chosen));
                (!is_fine).then_some(Fault::VersionUnknown)
            }
            None => Some(Fault::NoVersion),
        }
    }

    /// The version that a form names, and the detail that asks for it.
    pub fn version_in<'d>(
        &self,
        request_type: &TypeKey,
        details: &'d BTreeMap<DetailKey, String>,
    ) -> Option<(&DetailKey, &'d str)> {
        let asked = self.choosing(request_type, details, |chosen| self.details_of(request_type, chosen));
        let (key, _) = asked.into_iter().find(|(_, detail)| detail.kind == DetailKind::Version)?;
        Some((key, details.get(key)?.trim())).filter(|(_, typed)| !typed.is_empty())
    }

    /// What the product runs on, by the name that releases give it, and what was typed of it (BUG-8).
    pub fn runs_on(&self, request_type: &TypeKey, details: &BTreeMap<DetailKey, String>) -> Vec<(String, String)> {
        let asked = self.choosing(request_type, details, |chosen| self.details_of(request_type, chosen));
        let typed = |(key, detail): (&DetailKey, &Detail)| Some((detail.runs_on.clone()?, details.get(key)?.clone()));
        asked.into_iter().filter_map(typed).collect()
    }

    /// Where it runs, as far as a form and what is known of its organisation say: by us where nobody need know the version
    /// (BUG-4), and else on servers of its own.
    pub fn place(&self, chosen: Chosen<'_>, edition: Option<Edition>, instance: Option<Instance>) -> Place {
        let unknown = self.versions.as_ref().and_then(|versions| versions.unknown_if.as_ref());
        let is_ours = unknown.is_some_and(|when| when.holds(chosen));
        let known = instance.filter(|instance| self.product.released().instances.contains(instance));
        Place { edition, host: if is_ours { Host::Cloud(known) } else { Host::Own } }
    }

    /// BUG-1: as what a report of an older version can be filed: of what it may be converted into, the type that asks for most of
    /// the same, and takes any version.
    pub fn instead_of(&self, request_type: &TypeKey) -> Option<&TypeKey> {
        let own = self.request_type(request_type)?;
        let shared = |key: &TypeKey| {
            let other = self.request_type(key).filter(|other| !other.latest_release_only)?;
            Some(own.details.iter().filter(|detail| other.details.contains(detail)).count())
        };
        let all = own.converts_to.iter().filter_map(|key| Some((shared(key)?, key)));
        // Of equals the one that is named first.
        all.rev().max_by_key(|(shared, _)| *shared).filter(|(shared, _)| *shared > 0).map(|(_, key)| key)
    }

    /// Asks something by the deployment and area that are named in the details of a request.
    pub fn choosing<T>(
        &self,
        request_type: &TypeKey,
        details: &BTreeMap<DetailKey, String>,
        ask: impl FnOnce(Chosen<'_>) -> T,
    ) -> T {
        let (deployment, area) = self.named_in(request_type, details);
        ask(Chosen { deployment: deployment.as_ref(), area: area.as_ref(), details: Some(details) })
    }

    /// The deployment and the area, as chosen in the details that ask for them.
    pub fn named_in(
        &self,
        request_type: &TypeKey,
        details: &BTreeMap<DetailKey, String>,
    ) -> (Option<DeploymentKey>, Option<AreaKey>) {
        let of_kind = |kind: DetailKind| {
            let form = self.form_of(request_type);
            let asked = form.into_iter().find(|(_, detail)| detail.kind == kind);
            asked.and_then(|(key, _)| details.get(key)).filter(|value| !value.is_empty()).cloned()
        };
        (of_kind(DetailKind::Deployment).map(DeploymentKey), of_kind(DetailKind::Area).map(AreaKey))
    }

    /// The deployment that a request names, in the detail that asks for it.
    pub fn deployment_in(&self, request_type: &TypeKey, details: &[(DetailKey, String)]) -> Option<DeploymentKey> {
        let form = self.form_of(request_type);
        let (key, _) = form.into_iter().find(|(_, detail)| detail.kind == DetailKind::Deployment)?;
        let (_, named) = details.iter().find(|(of, value)| of == key && !value.is_empty())?;
        Some(DeploymentKey(named.clone()))
    }

    /// The priorities that can be wished for, the highest first (PRI-3, PLN-1). Where the plan names none of the type's,
    /// it does not speak of this type.
    pub fn allowed(&self, request_type: &TypeKey, plan: Option<&PlanKey>) -> Vec<&PriorityKey> {
        let in_range = self.range_of(request_type);
        let keys = self.priorities.keys().enumerate().filter(|(at, _)| in_range.contains(at)).map(|(_, key)| key);
        let of_type: Vec<&PriorityKey> = keys.collect();
        let named = plan.and_then(|key| self.plan(key)).and_then(|plan| plan.priorities.as_ref());
        let Some(named) = named else { return of_type };
        let planned: Vec<&PriorityKey> = of_type.iter().copied().filter(|key| named.contains(key)).collect();
        if planned.is_empty() { of_type } else { planned }
    }

    /// How a request of a plan and priority is escalated, where it can be (PLN-3): as the plan says, else as for everybody.
    pub fn escalation_of(&self, plan: Option<&PlanKey>, priority: &PriorityKey) -> Option<&Escalation> {
        let of_plan = plan.and_then(|key| self.plan(key)).and_then(|plan| plan.escalation.as_ref());
        let escalation = of_plan.or(self.escalation.as_ref())?;
        escalation.priorities.as_ref().is_none_or(|named| named.contains(priority)).then_some(escalation)
    }

    /// The condition that keeps a priority from being chosen here, if one does (PLN-4).
    pub fn barred(&self, request_type: &TypeKey, priority: &PriorityKey, chosen: Chosen<'_>) -> Option<&OnlyIf> {
        let condition = self.request_type(request_type)?.priorities.only_if.get(priority)?;
        (!condition.when.holds(chosen)).then_some(condition)
    }

    /// The wish moved into the type's range, and down to what may be chosen here: the highest allowed (PRI-3, PLN-4).
    pub fn clamp_for(&self, request_type: &TypeKey, wish: &PriorityKey, chosen: Chosen<'_>) -> PriorityKey {
        let clamped = self.clamp(request_type, wish);
        let allowed = self.allowed(request_type, None);
        let mut below = allowed.into_iter().filter(|key| self.rank_of(key) >= self.rank_of(&clamped));
        below.find(|key| self.barred(request_type, key, chosen).is_none()).unwrap_or(&clamped).clone()
    }

    /// What a wish may be raised to: all that may be wished for and stands above it, the highest first (REQ-11).
    pub fn above(&self, wish: &PriorityKey, request_type: &TypeKey, plan: Option<&PlanKey>) -> Vec<&PriorityKey> {
        let mut offered = self.allowed(request_type, plan);
        offered.retain(|key| self.rank_of(key) < self.rank_of(wish));
        offered
    }

    /// The wish of who does not choose: the type's default, or the next lower one that the plan allows.
    pub fn default_wish(&self, request_type: &TypeKey, plan: Option<&PlanKey>) -> Option<PriorityKey> {
        let default = &self.request_type(request_type)?.priorities.default;
        let allowed = self.allowed(request_type, plan);
        let lower = allowed.iter().find(|key| self.rank_of(key) >= self.rank_of(default));
        lower.or(allowed.last()).map(|key| (*key).clone())
    }

    /// The wish moved into the type's range: the nearest bound when it lies outside (PRI-3, PRI-4). A priority that
    /// the policy no longer knows becomes the type's default.
    pub fn clamp(&self, request_type: &TypeKey, wish: &PriorityKey) -> PriorityKey {
        let range = self.range_of(request_type);
        let Some(at) = self.priorities.position(wish) else {
            return self
                .request_type(request_type)
                .map_or_else(|| wish.clone(), |entry| entry.priorities.default.clone());
        };
        let key = self.priorities.keys().nth(at.clamp(*range.start(), *range.end()));
        key.unwrap_or(wish).clone()
    }

    /// The place of a priority, 0 for the highest; unknown ones stand after all others.
    pub fn rank_of(&self, priority: &PriorityKey) -> usize {
        self.priorities.position(priority).unwrap_or(self.priorities.len())
    }

    /// The priorities that a type allows, as decisions are held against them; `None` for an unknown type.
    pub fn priority_range(&self, request_type: &TypeKey) -> Option<Range<'_>> {
        let PriorityRange { highest, lowest, .. } = &self.request_type(request_type)?.priorities;
        Some(Range { order: self.priorities.keys().collect(), highest, lowest })
    }

    /// The places of the priorities that a type allows; all for an unknown type.
    fn range_of(&self, request_type: &TypeKey) -> std::ops::RangeInclusive<usize> {
        let whole = 0..=self.priorities.len().saturating_sub(1);
        let Some(range) = self.request_type(request_type).map(|entry| &entry.priorities) else {
            return whole;
        };
        match (self.priorities.position(&range.highest), self.priorities.position(&range.lowest)) {
            (Some(highest), Some(lowest)) if highest <= lowest => highest..=lowest,
            _ => whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            larkspur_test::LARKSPUR,
            reference_test::{REFERENCE, read},
        },
        *,
    };

    fn larkspur() -> Policy {
        read("larkspur.toml", LARKSPUR).policy
    }

    #[test]
    fn bug_1_a_report_of_an_older_version_can_be_filed_as_what_asks_for_most_of_the_same() {
        let policy = read("allure-testops.toml", REFERENCE);
        assert_eq!(policy.policy.instead_of(&"bug".into()), Some(&"support".into()));
        assert_eq!(policy.policy.instead_of(&"feature".into()), None);
    }

    #[test]
    fn bug_4_the_cloud_is_ours_and_an_instance_is_one_of_the_policys() {
        let mut policy = read("allure-testops.toml", REFERENCE).policy;
        policy.product.instances = vec!["EU1".to_owned()];
        let at = |deployment: &str, instance: &str| {
            let deployment = DeploymentKey::from(deployment);
            let chosen = Chosen { deployment: Some(&deployment), ..Chosen::default() };
            policy.place(chosen, None, Instance::read(instance).ok()).host
        };
        assert_eq!(at("server", "eu1"), Host::Own);
        assert_eq!(at("cloud", "eu1"), Host::Cloud(Instance::read("eu1").ok()));
        assert_eq!(at("cloud", "mars1"), Host::Cloud(None));
    }

    #[test]
    fn bug_8_a_form_says_what_the_product_runs_on_where_it_is_asked() {
        let policy = read("allure-testops.toml", REFERENCE).policy;
        let typed = |deployment: &str| {
            let details = [("deployment", deployment), ("postgresql", "15.4"), ("version", "5.12.1")];
            let details = details.map(|(key, value)| (DetailKey::from(key), value.to_owned())).into();
            policy.runs_on(&"support".into(), &details)
        };
        assert_eq!(typed("server"), [("PostgreSQL".to_owned(), "15.4".to_owned())]);
        assert_eq!(typed("cloud"), [], "it is ours there");
    }

    #[test]
    fn pln_1_a_plan_offers_the_types_that_it_names_in_the_order_of_the_file() {
        let policy = larkspur();
        let offered = |plan: Option<&str>| {
            let keys = policy.offered(plan.map(PlanKey::from).as_ref()).into_iter().map(|(key, _)| key.as_str());
            keys.collect::<Vec<_>>().join(" ")
        };
        let all = "question incident defect vulnerability wish invoice";
        for (plan, expected) in [
            (None, all),
            (Some("seedling"), "question defect vulnerability wish invoice"),
            (Some("hedge"), all),
            (Some("no_such"), all),
        ] {
            assert_eq!(offered(plan), expected, "{plan:?}");
        }
    }

    #[test]
    fn pln_4_what_is_asked_and_may_be_chosen_depends_on_area_deployment_and_plan() {
        let policy = Policy::parse(include_str!("../../../../policies/allure-testops.toml")).unwrap().policy;
        let asked = |area: Option<&str>| {
            let area = area.map(AreaKey::from);
            let chosen = Chosen { area: area.as_ref(), ..Chosen::default() };
            let details = policy.details_of(&"support".into(), chosen).into_iter().map(|(key, _)| key.to_string());
            let ticks = policy.ticks_of(&"support".into(), chosen).into_iter().map(|(key, _)| key.to_string());
            details.chain(ticks).collect::<Vec<_>>()
        };
        let (all, other, open) = (asked(Some("deployment")), asked(Some("performance")), asked(None));
        let only: Vec<&str> = all.iter().filter(|key| !other.contains(key)).map(String::as_str).collect();
        assert_eq!(only, ["history", "terminal_errors", "resources", "network", "storage"]);
        assert_eq!(other, open, "what depends on a choice is not asked before it is made");
        let allowed = |of: &str| {
            policy.allowed(&of.into(), None).into_iter().map(PriorityKey::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(allowed("question"), "medium low");
        assert_eq!(allowed("support"), "urgent high medium low");
        assert_eq!(allowed("security"), "urgent");
    }

    #[test]
    fn req_3_ticks_are_asked_where_their_condition_holds() {
        let policy = larkspur();
        let asked = |request_type: &str, deployment: Option<&str>| {
            let deployment = deployment.map(DeploymentKey::from);
            let chosen = Chosen { deployment: deployment.as_ref(), ..Chosen::default() };
            let ticks = policy.ticks_of(&request_type.into(), chosen).into_iter().map(|(key, _)| key.as_str());
            ticks.collect::<Vec<_>>().join(" ")
        };
        for (request_type, deployment, expected) in [
            ("incident", Some("self_managed"), "status_read diagnosed"),
            ("incident", Some("hosted"), "status_read"),
            ("incident", None, "status_read"),
            ("defect", None, "newest"),
            ("question", None, ""),
            ("no_such", None, ""),
        ] {
            assert_eq!(asked(request_type, deployment), expected, "{request_type} {deployment:?}");
        }
    }

    #[test]
    fn req_4_a_version_is_like_the_policys_example_and_known_where_it_has_to_be() {
        let reference = read("allure-testops.toml", REFERENCE).policy;
        for (policy, deployment, typed, expected) in [
            (&reference, "server", "5.12.1", None),
            (&reference, "server", "v5.12.1-hotfix.2", None),
            (&reference, "server", "5.12", None),
            (&reference, "server", "5", Some(Fault::NoVersion)),
            (&reference, "server", "the new one", Some(Fault::NoVersion)),
            (&reference, "server", "unknown", Some(Fault::VersionUnknown)),
            (&reference, "server", "latest", Some(Fault::VersionUnknown)),
            (&reference, "cloud", "unknown", None),
            (&reference, "cloud", "the new one", Some(Fault::NoVersion)),
            (&larkspur(), "self_managed", "2026.3", None),
            (&larkspur(), "self_managed", "2026-11-26", None),
        ] {
            let deployment = DeploymentKey::from(deployment);
            let chosen = Chosen { deployment: Some(&deployment), ..Chosen::default() };
            assert_eq!(policy.version_fault(typed, chosen), expected, "{typed} on {deployment}");
        }
    }

    #[test]
    fn the_deployment_of_a_request_is_what_its_form_asked_for() {
        let policy = larkspur();
        let named = |request_type: &str, details: &[(&str, &str)]| {
            let details: Vec<_> = details.iter().map(|(key, value)| ((*key).into(), (*value).to_owned())).collect();
            policy.deployment_in(&request_type.into(), &details).map(|key| key.to_string())
        };
        let filled = [("area", "queue"), ("deployment", "hosted"), ("version", "2026.3")];
        assert_eq!(named("incident", &filled).as_deref(), Some("hosted"));
        assert_eq!(named("incident", &[("area", "queue"), ("deployment", "")]), None, "left empty");
        assert_eq!(named("incident", &[("area", "queue")]), None, "not filled in");
        assert_eq!(named("question", &filled), None, "a question does not ask for it");
        assert_eq!(named("no_such", &filled), None);
    }

    #[test]
    fn pri_3_the_default_wish_is_the_types() {
        let policy = larkspur();
        let wish = |request_type: &str| policy.default_wish(&request_type.into(), None).map(|key| key.to_string());
        assert_eq!(wish("incident").as_deref(), Some("s2"));
        assert_eq!(wish("defect").as_deref(), Some("s3"));
        assert_eq!(wish("no_such"), None);
    }

    #[test]
    fn req_11_a_wish_is_raised_to_what_the_type_and_the_plan_offer_above_it() {
        let policy = larkspur();
        let above = |wish: &str, request_type: &str, plan: Option<&str>| {
            let plan = plan.map(PlanKey::from);
            let keys = policy.above(&wish.into(), &request_type.into(), plan.as_ref()).into_iter();
            keys.map(PriorityKey::as_str).collect::<Vec<_>>().join(" ")
        };
        for (wish, request_type, plan, expected) in [
            ("s3", "incident", None, "s1 s2"),
            ("s2", "incident", None, "s1"),
            ("s1", "incident", None, ""),
            ("s9", "incident", None, "s1 s2 s3"),
            ("s3", "incident", Some("seedling"), "s2"),
            ("s3", "defect", None, "s2"),
            ("s3", "question", None, ""),
        ] {
            assert_eq!(above(wish, request_type, plan), expected, "{wish} {request_type} {plan:?}");
        }
    }

    #[test]
    fn pri_3_a_type_that_is_unknown_takes_every_priority_and_an_unknown_priority_ranks_last() {
        let policy = larkspur();
        let allowed = policy.allowed(&"no_such".into(), None).into_iter().map(PriorityKey::as_str);
        assert_eq!(allowed.collect::<Vec<_>>(), ["s1", "s2", "s3"]);
        assert_eq!(policy.clamp(&"no_such".into(), &"s1".into()), "s1".into());
        assert_eq!(policy.clamp(&"no_such".into(), &"s9".into()), "s9".into());
        assert_eq!(policy.clamp(&"incident".into(), &"s9".into()), "s2".into(), "the type's default");
        assert_eq!(["s1", "s2", "s3", "s9"].map(|key| policy.rank_of(&key.into())), [0, 1, 2, 3]);
    }
}
