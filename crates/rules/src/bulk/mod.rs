//! What staff do to many requests at once: which acts there are, which of them can be put back, and why a request is left
//! out. Whether an act may be done to a request is decided where a single one is: a job in bulk only does it often.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    events::{State, TicketEvent},
    ids::{PersonId, TeamId},
    keys::{PriorityKey, TypeKey},
    refusal::{Fault, FieldFault, Refusal},
    tickets::AfterReply,
};

/// Requests of one job, at most: who needs more does it in parts.
pub const MOST: usize = 5_000;

/// States that staff may set by themselves; where each may be entered from is [`crate::tickets::STEPS`].
pub const STATES: [State; 5] =
    [State::Open, State::WaitingForCustomer, State::WithDevelopers, State::Solved, State::Closed];

/// What is done to each request of a job. The words that go with it (a reason, a note, a reply) are kept apart (PRV-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// `None` puts it back.
    Assign {
        to: Option<PersonId>,
    },
    /// Into a team, or out of any.
    Team {
        to: Option<TeamId>,
        within: Within,
    },
    Priority {
        to: PriorityKey,
    },
    State {
        to: State,
    },
    Note,
    Reply {
        after: AfterReply,
        /// The words are a text that staff keep, filled in for each request.
        template: Option<OfTemplate>,
    },
}

/// Whose a request is that comes into a team, or out of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "whose", rename_all = "snake_case")]
pub enum Within {
    /// Who has it keeps it.
    Keep,
    /// `None`: nobody's, it waits for all.
    Of { person: Option<PersonId> },
    /// The next in the team's line, at the moment at which it is this request's turn.
    Next,
}

/// What is known of the text that a reply in bulk is, at the moment of its choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfTemplate {
    /// FRT-2: sent as it is, it is no first response.
    pub acknowledges: bool,
    /// For requests of which type; none for every one.
    pub request_type: Option<TypeKey>,
}

/// The same without its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Assign,
    Team,
    Priority,
    State,
    Note,
    Reply,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Assign, Kind::Team, Kind::Priority, Kind::State, Kind::Note, Kind::Reply];

    /// Its name in addresses and forms.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Assign => "assign",
            Kind::Team => "team",
            Kind::Priority => "priority",
            Kind::State => "state",
            Kind::Note => "note",
            Kind::Reply => "reply",
        }
    }

    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What a member of staff has to be entrusted with, as for a single request.
    pub fn action(self) -> Action {
        match self {
            Kind::Assign | Kind::Team => Action::Assign,
            Kind::Priority => Action::DecidePriority,
            Kind::State => Action::ChangeState,
            Kind::Note => Action::Note,
            Kind::Reply => Action::Reply,
        }
    }

    /// Whether it can be put back as it was: what was written was written.
    pub fn can_be_undone(self) -> bool {
        matches!(self, Kind::Assign | Kind::Team | Kind::Priority | Kind::State)
    }
}

impl Act {
    pub fn kind(&self) -> Kind {
        match self {
            Act::Assign { .. } => Kind::Assign,
            Act::Team { .. } => Kind::Team,
            Act::Priority { .. } => Kind::Priority,
            Act::State { .. } => Kind::State,
            Act::Note => Kind::Note,
            Act::Reply { .. } => Kind::Reply,
        }
    }

    /// The kinds of events that change the same again, as the journal calls them.
    pub fn events(&self) -> &'static [&'static str] {
        match self {
            Act::Assign { .. } => &["ticket.assigned"],
            // Who has it may change as long as the act leaves that alone.
            Act::Team { within: Within::Keep, .. } => &["ticket.team_set"],
            Act::Team { .. } => &["ticket.team_set", "ticket.assigned"],
            Act::Priority { .. } => &["ticket.priority_decided"],
            Act::State { .. } => &["ticket.state_changed"],
            Act::Note | Act::Reply { .. } => &["ticket.posted"],
        }
    }
}

/// What a request was before a job changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "was", content = "value", rename_all = "snake_case")]
pub enum Was {
    Assignee(Option<PersonId>),
    Team {
        team: Option<TeamId>,
        /// Whose it was, where that changed with it.
        within: Within,
    },
    Priority(PriorityKey),
    State(State),
}

impl Was {
    /// As the events tell it that changed it; `team`: the one that it is in now.
    pub fn of(kind: Kind, events: &[&TicketEvent], team: Option<TeamId>) -> Option<Self> {
        if kind == Kind::Team {
            return Self::in_a_team(events, team);
        }
        events.iter().find_map(|event| Self::told(kind, event))
    }

    fn in_a_team(events: &[&TicketEvent], now: Option<TeamId>) -> Option<Self> {
        let team = events.iter().find_map(|event| match event {
            TicketEvent::TeamSet { from, .. } => Some(*from),
            _ => None,
        });
        let person = events.iter().find_map(|event| match event {
            TicketEvent::Assigned { from, .. } => Some(*from),
            _ => None,
        });
        if team.is_none() && person.is_none() {
            return None;
        }
        let within = person.map_or(Within::Keep, |person| Within::Of { person });
        Some(Was::Team { team: team.unwrap_or(now), within })
    }

    fn told(kind: Kind, event: &TicketEvent) -> Option<Self> {
        match (kind, event) {
            (Kind::Assign, TicketEvent::Assigned { from, .. }) => Some(Was::Assignee(*from)),
            (Kind::Priority, TicketEvent::PriorityDecided { from, .. }) => Some(Was::Priority(from.clone())),
            (Kind::State, TicketEvent::StateChanged { from, .. }) => Some(Was::State(*from)),
            _ => None,
        }
    }

    /// The act that puts it back. What was new has been looked at: it is open then, and not new again.
    pub fn back(&self) -> Act {
        match self {
            Was::Assignee(to) => Act::Assign { to: *to },
            Was::Team { team, within } => Act::Team { to: *team, within: *within },
            Was::Priority(to) => Act::Priority { to: to.clone() },
            Was::State(State::New) => Act::State { to: State::Open },
            Was::State(to) => Act::State { to: *to },
        }
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The requests stand, what is to be done to them does not.
    Chosen,
    /// Each request is tried, and nothing is kept of it.
    Judging,
    /// It is known what would change.
    Judged,
    Running,
    Stopped,
    Ended,
}

impl Phase {
    /// Whether nothing was done yet, so that everything can still be changed.
    pub fn is_before(self) -> bool {
        matches!(self, Phase::Chosen | Phase::Judging | Phase::Judged)
    }

    /// Whether it goes on by itself.
    pub fn is_moving(self) -> bool {
        matches!(self, Phase::Judging | Phase::Running)
    }
}

/// How a request of a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody has looked yet.
    Waiting,
    /// It would change, or will.
    Ready,
    Done,
    /// It does not, and [`Why`].
    Left,
}

/// Why a request is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// It does not exist for who began the job, or not any more.
    NotSeen,
    /// Nothing would change.
    Same,
    MayNot {
        action: Action,
    },
    /// Who is to have it does not see it, or may not answer it.
    TakerMayNot,
    /// The team has ended.
    TeamEnded,
    /// REQ-9.
    StateStep {
        from: State,
        to: State,
    },
    /// PRI-3.
    PriorityOutOfRange {
        request_type: TypeKey,
        wish: PriorityKey,
        highest: PriorityKey,
    },
    /// PLN-4.
    PriorityBarred {
        request_type: TypeKey,
        priority: PriorityKey,
    },
    /// PRI-2.
    ReasonMissing,
    /// The text is for requests of another type.
    OtherType,
    /// The text cannot be filled in for it.
    Unfilled,
    /// Somebody wrote in it after it was looked at.
    WrittenSince,
    /// What a job changed was changed again.
    ChangedSince,
    /// A rule that this release cannot name says no.
    Rule,
    /// It failed on our side.
    Failed,
}

impl Why {
    pub fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::MayNot { action } => Why::MayNot { action: *action },
            Refusal::StateStep { from, to } => Why::StateStep { from: *from, to: *to },
            Refusal::PriorityOutOfRange { request_type, wish, highest } => Why::PriorityOutOfRange {
                request_type: request_type.clone(),
                wish: wish.clone(),
                highest: highest.clone(),
            },
            Refusal::PriorityBarred { request_type, priority } => {
                Why::PriorityBarred { request_type: request_type.clone(), priority: priority.clone() }
            }
            Refusal::ReasonMissing => Why::ReasonMissing,
            _ => Why::Rule,
        }
    }

    pub fn of_form(faults: &[FieldFault]) -> Self {
        let is_late = |fault: &FieldFault| matches!(fault.fault, Fault::WrittenMeanwhile { .. });
        if faults.iter().any(is_late) { Why::WrittenSince } else { Why::Rule }
    }

    /// The refusal that a single act would have met, where it is one.
    pub fn refusal(&self) -> Option<Refusal> {
        Some(match self {
            Why::MayNot { action } => Refusal::MayNot { action: *action },
            Why::StateStep { from, to } => Refusal::StateStep { from: *from, to: *to },
            Why::PriorityOutOfRange { request_type, wish, highest } => Refusal::PriorityOutOfRange {
                request_type: request_type.clone(),
                wish: wish.clone(),
                highest: highest.clone(),
            },
            Why::PriorityBarred { request_type, priority } => {
                Refusal::PriorityBarred { request_type: request_type.clone(), priority: priority.clone() }
            }
            Why::ReasonMissing => Refusal::ReasonMissing,
            _ => return None,
        })
    }
}

/// Why a job in bulk is not begun, changed, stopped or put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkRefusal {
    NothingChosen,
    TooMany {
        limit: usize,
    },
    /// The question makes no sense, so nobody knows what it means.
    NoQuestion,
    /// The search index is not whole yet, so nobody knows all that it means.
    StillBuilding,
    /// It was begun: what it does stands.
    Begun,
    /// It is not known yet what would change.
    StillJudging,
    /// Nothing would change.
    NothingToDo,
    /// What was written cannot be put back.
    CannotBeUndone,
    /// It goes on, so it has to be stopped first.
    StillRunning,
    UndoneAlready,
}
