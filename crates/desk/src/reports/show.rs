//! A report, counted.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::try_join_all;
use jiff::{SignedDuration, civil::Date};
use rules::{
    access::{Action, Scope},
    ids::{OrganisationId, PersonId, TeamId},
    instant::Instant,
    reports::{Bucket, Days, Fact, Figure, Figures, Kind, Tally},
    teams::Called,
    tickets::Whose,
};
use store::reports::{Group, Kept};

use crate::{Actor, Desk, Error, Result, actor::Signed};

/// By what a report is broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    Type,
    Priority,
    Team,
    Assignee,
    Organisation,
}

impl By {
    pub const ALL: [By; 5] = [By::Type, By::Priority, By::Team, By::Assignee, By::Organisation];

    /// Its name in addresses and files.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Type => "type",
            By::Priority => "priority",
            By::Assignee => "assignee",
            By::Team => "team",
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
            By::Team => Group::Team(number()?.map(TeamId)),
            By::Organisation => Group::Organisation(number()?.map(OrganisationId)),
        })
    }

    fn of(self, kept: &Kept) -> Group {
        match self {
            By::Type => Group::Type(kept.request_type.clone()),
            By::Priority => Group::Priority(kept.priority.clone()),
            By::Assignee => Group::Assignee(kept.assignee),
            By::Team => Group::Team(kept.team),
            By::Organisation => Group::Organisation(kept.organisation),
        }
    }
}

/// What was counted of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub group: Group,
    /// Of a person or an organisation; types and priorities are the policy's to name.
    pub name: Option<Called>,
    pub figures: Figures,
}

#[derive(Clone, Debug)]
pub struct Report {
    pub days: Days,
    /// Where there is much to count, a report may be some minutes old.
    pub counted_at: Instant,
    pub whole: Figures,
    pub over_time: Vec<(Bucket, Figures)>,
    /// The groups of each breakdown, the busiest first.
    pub by: Vec<(By, Vec<Line>)>,
}

/// Facts and open requests for which a report may be a minute old, and one more for as many more. With less to count it is
/// counted anew each time.
const A_MINUTE_FOR: u64 = 50_000;
/// Reports that are remembered.
const MOST: usize = 8;

/// The reports that this process counted last, each for who sees the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reported(Arc<Mutex<Vec<Known>>>);

#[derive(Clone, Debug)]
struct Known {
    scope: Scope,
    report: Arc<Report>,
    fresh_for: SignedDuration,
}

impl Known {
    fn is_fresh(&self, now: Instant) -> bool {
        let at = self.report.counted_at;
        at <= now && now < at.plus(self.fresh_for)
    }
}

impl Reported {
    fn of(&self, scope: &Scope, days: Days, now: Instant) -> Option<Arc<Report>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|it| it.report.days == days && it.scope == *scope && it.is_fresh(now));
        found.map(|it| Arc::clone(&it.report))
    }

    fn keep(&self, scope: &Scope, report: &Arc<Report>, counted: u64) {
        let minutes = i64::try_from(counted / A_MINUTE_FOR).unwrap_or_default();
        if minutes > 0 {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.retain(|it| it.report.days != report.days || it.scope != *scope);
            let (report, fresh_for) = (Arc::clone(report), SignedDuration::from_mins(minutes));
            known.insert(0, Known { scope: scope.clone(), report, fresh_for });
            known.truncate(MOST);
        }
    }
}

/// Today in the desk's zone.
pub async fn today(desk: &Desk) -> Result<Date> {
    let policy = desk.policy().await?;
    Ok(policy.hours().zone().to_datetime(desk.now().timestamp()).date())
}

/// What a group is called today, where that is not the policy's to say.
pub async fn name(desk: &Desk, actor: &Actor, group: &Group) -> Result<Option<Called>> {
    actor.staff(Action::ReadReports)?;
    let conn = desk.store.read();
    Ok(match group {
        Group::Assignee(Some(id)) => store::people::names(conn, &[*id]).await?.remove(id).map(Called::standing),
        Group::Team(Some(id)) => store::teams::names(conn, &[*id]).await?.remove(id),
        Group::Organisation(Some(id)) => {
            store::organisations::names(conn, &[*id]).await?.remove(id).map(Called::standing)
        }
        _ => None,
    })
}

/// Counts what happened on these days and what waits now. Of requests that the reader does not see nothing is counted.
impl Report {
    /// What stands in it for a figure, of everything or of a group.
    pub fn count(&self, figure: Figure, group: Option<&Group>) -> u64 {
        let Some(group) = group else { return self.whole.count(figure) };
        let mut lines = self.by.iter().flat_map(|(_, lines)| lines);
        lines.find(|line| line.group == *group).map_or(0, |line| line.figures.count(figure))
    }
}

pub async fn show(desk: &Desk, actor: &Actor, days: Days) -> Result<Arc<Report>> {
    let signed = actor.staff(Action::ReadReports)?;
    count(desk, signed, days).await
}

pub(super) async fn count(desk: &Desk, signed: &Signed, days: Days) -> Result<Arc<Report>> {
    let (scope, now) = (&signed.scope, desk.now());
    if let Some(known) = desk.reported.of(scope, days, now) {
        return Ok(known);
    }
    let policy = desk.policy().await?;
    let zone = policy.hours().zone();
    let span = days.span(zone).ok_or(Error::NotFound)?;
    let conn = desk.store.read();
    let empty = Counting { whole: Tally::default(), over_time: over_time(days, zone), by: HashMap::new(), counted: 0 };
    let counting = Mutex::new(empty);
    let counted = || counting.lock().unwrap_or_else(PoisonError::into_inner);
    // Each kind is read beside the others.
    let kinds = Kind::ALL.map(|kind| {
        store::reports::each(conn, scope, (kind, span.of(kind, now)), |fact, kept| counted().take(fact, kept))
    });
    try_join_all(kinds).await?;
    for (whose, kept) in store::reports::waiting(conn, scope).await? {
        counted().wait(whose, &kept);
    }
    let Counting { whole, over_time, by, counted } = counting.into_inner().unwrap_or_else(PoisonError::into_inner);
    let over_time = over_time.into_values().map(|(bucket, tally)| (bucket, tally.figures())).collect();
    let by = lines(desk, by).await?;
    let report = Arc::new(Report { days, counted_at: now, whole: whole.figures(), over_time, by });
    desk.reported.keep(scope, &report, counted);
    Ok(report)
}

/// Days or weeks by the instant at which they begin.
type OverTime = BTreeMap<Instant, (Bucket, Tally)>;

fn over_time(days: Days, zone: &jiff::tz::TimeZone) -> OverTime {
    let begun = |bucket: Bucket| Some((bucket.span(zone)?.from, (bucket, Tally::default())));
    days.buckets().into_iter().filter_map(begun).collect()
}

struct Counting {
    whole: Tally,
    over_time: OverTime,
    by: HashMap<Group, Tally>,
    counted: u64,
}

impl Counting {
    fn take(&mut self, fact: &Fact, kept: &Kept) {
        self.counted += 1;
        self.whole.take(fact);
        if let Some((_, (_, tally))) = self.over_time.range_mut(..=fact.at).next_back() {
            tally.take(fact);
        }
        for by in By::ALL {
            self.by.entry(by.of(kept)).or_default().take(fact);
        }
    }

    fn wait(&mut self, whose: Whose, kept: &Kept) {
        self.counted += 1;
        self.whole.wait(whose);
        for by in By::ALL {
            self.by.entry(by.of(kept)).or_default().wait(whose);
        }
    }
}

/// Groups as lines of their tables, with the names of today.
async fn lines(desk: &Desk, by: HashMap<Group, Tally>) -> Result<Vec<(By, Vec<Line>)>> {
    let conn = desk.store.read();
    let people: Vec<PersonId> =
        by.keys().filter_map(|group| if let Group::Assignee(id) = group { *id } else { None }).collect();
    let organisations: Vec<OrganisationId> =
        by.keys().filter_map(|group| if let Group::Organisation(id) = group { *id } else { None }).collect();
    let teams: Vec<TeamId> =
        by.keys().filter_map(|group| if let Group::Team(id) = group { *id } else { None }).collect();
    let people = store::people::names(conn, &people).await?;
    let teams = store::teams::names(conn, &teams).await?;
    let organisations = store::organisations::names(conn, &organisations).await?;
    let mut tables: BTreeMap<By, Vec<Line>> = By::ALL.into_iter().map(|by| (by, vec![])).collect();
    for (group, tally) in by {
        let (table, name) = match &group {
            Group::Type(_) => (By::Type, None),
            Group::Priority(_) => (By::Priority, None),
            Group::Assignee(id) => (By::Assignee, id.and_then(|id| people.get(&id).cloned().map(Called::standing))),
            Group::Team(id) => (By::Team, id.and_then(|id| teams.get(&id).cloned())),
            Group::Organisation(id) => {
                (By::Organisation, id.and_then(|id| organisations.get(&id).cloned().map(Called::standing)))
            }
        };
        tables.entry(table).or_default().push(Line { group, name, figures: tally.figures() });
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
