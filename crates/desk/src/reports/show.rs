//! A report, counted.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rules::{
    access::Action,
    ids::{OrganisationId, PersonId},
    instant::Instant,
    reports::{Bucket, Days, Figures, Kind},
};
use store::reports::{Group, Kept};

use crate::{Actor, Desk, Error, Result, actor::Signed};

/// By what a report is broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    Type,
    Priority,
    Assignee,
    Organisation,
}

impl By {
    pub const ALL: [By; 4] = [By::Type, By::Priority, By::Assignee, By::Organisation];

    /// Its name in addresses and files.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Type => "type",
            By::Priority => "priority",
            By::Assignee => "assignee",
            By::Organisation => "organisation",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        By::ALL.into_iter().find(|by| by.as_str() == name)
    }

    /// The group that an address names: a key, a number, or nothing for nobody.
    pub fn group(self, key: &str) -> Option<Group> {
        let number = || if key.is_empty() { Some(None) } else { key.parse().ok().map(Some) };
        Some(match self {
            By::Type => Group::Type(key.into()),
            By::Priority => Group::Priority(key.into()),
            By::Assignee => Group::Assignee(number()?.map(PersonId)),
            By::Organisation => Group::Organisation(number()?.map(OrganisationId)),
        })
    }

    fn of(self, kept: &Kept) -> Group {
        match self {
            By::Type => Group::Type(kept.request_type.clone()),
            By::Priority => Group::Priority(kept.priority.clone()),
            By::Assignee => Group::Assignee(kept.assignee),
            By::Organisation => Group::Organisation(kept.organisation),
        }
    }
}

/// What was counted of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub group: Group,
    /// Of a person or an organisation; types and priorities are the policy's to name.
    pub name: Option<String>,
    pub figures: Figures,
}

#[derive(Clone, Debug)]
pub struct Report {
    pub days: Days,
    pub whole: Figures,
    pub over_time: Vec<(Bucket, Figures)>,
    /// The groups of each breakdown, the busiest first.
    pub by: Vec<(By, Vec<Line>)>,
}

/// Today in the desk's zone.
pub async fn today(desk: &Desk) -> Result<Date> {
    let policy = desk.policy().await?;
    Ok(policy.hours().zone().to_datetime(desk.now().timestamp()).date())
}

/// What a group is called today, where that is not the policy's to say.
pub async fn name(desk: &Desk, actor: &Actor, group: &Group) -> Result<Option<String>> {
    actor.staff(Action::ReadReports)?;
    let conn = desk.store.read();
    Ok(match group {
        Group::Assignee(Some(id)) => store::people::names(conn, &[*id]).await?.remove(id),
        Group::Organisation(Some(id)) => store::organisations::names(conn, &[*id]).await?.remove(id),
        _ => None,
    })
}

/// Counts what happened on these days and what waits now. Of requests that the reader does not see nothing is counted.
pub async fn show(desk: &Desk, actor: &Actor, days: Days) -> Result<Report> {
    let signed = actor.staff(Action::ReadReports)?;
    count(desk, signed, days).await
}

pub(super) async fn count(desk: &Desk, signed: &Signed, days: Days) -> Result<Report> {
    let policy = desk.policy().await?;
    let zone = policy.hours().zone();
    let span = days.span(zone).ok_or(Error::NotFound)?;
    let conn = desk.store.read();
    let mut counting = Counting { whole: Figures::default(), over_time: over_time(days, zone), by: HashMap::new() };
    let now = desk.now();
    for kind in Kind::ALL {
        let span = span.of(kind, now);
        store::reports::each(conn, &signed.scope, (kind, span), |fact, kept| counting.take(fact, kept)).await?;
    }
    for (whose, kept) in store::reports::waiting(conn, &signed.scope).await? {
        counting.whole.wait(whose);
        for by in By::ALL {
            counting.by.entry(by.of(&kept)).or_default().wait(whose);
        }
    }
    let Counting { whole, over_time, by } = counting;
    let over_time = over_time.into_values().map(|(bucket, figures)| (bucket, figures)).collect();
    Ok(Report { days, whole, over_time, by: lines(desk, by).await? })
}

/// Days or weeks by the instant at which they begin.
type OverTime = BTreeMap<Instant, (Bucket, Figures)>;

fn over_time(days: Days, zone: &jiff::tz::TimeZone) -> OverTime {
    let begun = |bucket: Bucket| Some((bucket.span(zone)?.from, (bucket, Figures::default())));
    days.buckets().into_iter().filter_map(begun).collect()
}

struct Counting {
    whole: Figures,
    over_time: OverTime,
    by: HashMap<Group, Figures>,
}

impl Counting {
    fn take(&mut self, fact: &rules::reports::Fact, kept: &Kept) {
        self.whole.take(fact);
        if let Some((_, (_, figures))) = self.over_time.range_mut(..=fact.at).next_back() {
            figures.take(fact);
        }
        for by in By::ALL {
            self.by.entry(by.of(kept)).or_default().take(fact);
        }
    }
}

/// Groups as lines of their tables, with the names of today.
async fn lines(desk: &Desk, by: HashMap<Group, Figures>) -> Result<Vec<(By, Vec<Line>)>> {
    let conn = desk.store.read();
    let people: Vec<PersonId> =
        by.keys().filter_map(|group| if let Group::Assignee(id) = group { *id } else { None }).collect();
    let organisations: Vec<OrganisationId> =
        by.keys().filter_map(|group| if let Group::Organisation(id) = group { *id } else { None }).collect();
    let people = store::people::names(conn, &people).await?;
    let organisations = store::organisations::names(conn, &organisations).await?;
    let mut tables: BTreeMap<By, Vec<Line>> = By::ALL.into_iter().map(|by| (by, vec![])).collect();
    for (group, figures) in by {
        let (table, name) = match &group {
            Group::Type(_) => (By::Type, None),
            Group::Priority(_) => (By::Priority, None),
            Group::Assignee(id) => (By::Assignee, id.and_then(|id| people.get(&id).cloned())),
            Group::Organisation(id) => (By::Organisation, id.and_then(|id| organisations.get(&id).cloned())),
        };
        tables.entry(table).or_default().push(Line { group, name, figures });
    }
    for lines in tables.values_mut() {
        lines.sort_by(|a, b| {
            let busy =
                |line: &Line| (line.figures.filed, line.figures.answered(), line.figures.ours + line.figures.theirs);
            busy(b).cmp(&busy(a)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.group.cmp(&b.group))
        });
    }
    Ok(tables.into_iter().collect())
}
