//! A view of the desk: requests in the order in which they need an answer (TRN-2, decided by the store).

use askama::Template;

use super::ask::Ask;
use crate::pages::{
    banner,
    frame::{DeskFrame, Here},
    html::{Safe, parts},
    parts::{Face, Pages, Presence, Signal, Tag},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /desk` and `GET /desk/views/{view}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/queue_page.html")]
pub struct QueuePage {
    pub frame: DeskFrame,
    pub queue: Queue,
    /// The question that it answers, to be changed and kept.
    pub ask: Option<Ask>,
}

/// The column of rows; also beside an open request.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/queue.html")]
pub struct Queue {
    /// The view's name.
    pub name: String,
    /// What it holds, and in which order.
    pub about: String,
    /// The last part of `/desk/views/{view}`; rows carry it, so that the queue stays beside the request.
    pub view: String,
    /// Where it stands by itself.
    pub address: String,
    pub rows: Vec<Row>,
    pub pages: Pages,
    /// What to say when nothing is in it.
    pub empty: String,
    pub level: Level,
    /// The view as it is sent, how many requests it holds as it is said ("214", "1000+"), and what may be done to several of
    /// them: name and words. Nothing: none can be selected.
    pub key: String,
    pub all: String,
    pub picks: Vec<(&'static str, String)>,
}

/// Whether the queue's name is the page's title, or the request's subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Title,
    Beside,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub number: i64,
    pub subject: String,
    pub organisation: String,
    /// "Bug".
    pub kind: String,
    pub priority: String,
    /// The assigned agent's face and name.
    pub agent: Option<(Face, String)>,
    /// Its team's name.
    pub team: Option<String>,
    pub strip: Option<Safe>,
    /// ENT-2: why its licence wants a look.
    pub licence: Option<String>,
    pub due: Tag,
    /// The time by which it stands where it does, where a question names the order: "filed Fri 27 Nov 10:09".
    pub by: Option<String>,
    pub here: Here,
    /// Who else has it open.
    pub present: Presence,
    /// Until when the assigned agent is away: "Mon 30 Nov".
    pub away: Option<String>,
}

parts!(Queue);

impl Row {
    fn sample(number: i64, subject: &str, facts: [&str; 3], agent: Option<&str>) -> Self {
        let [organisation, kind, priority] = facts.map(String::from);
        Self {
            number,
            subject: subject.into(),
            organisation,
            kind,
            priority,
            agent: agent.map(|name| (Face::of(name), name.into())),
            team: (number == 4197 || number == 4203).then(|| "Platform".into()),
            strip: None,
            licence: (number == 4190).then(|| "licence ended".into()),
            due: Tag::default(),
            by: None,
            here: Here::Elsewhere,
            present: if number == 4201 { Presence::sample() } else { Presence::default() },
            away: (number == 4169).then(|| "Mon 30 Nov 09:00".into()),
        }
    }

    fn due(mut self, signal: Signal, words: &str, used: Option<u32>) -> Self {
        self.due = Tag::new(signal, words);
        self.strip = used.map(|used| samples::bar(used, signal));
        self
    }
}

impl Queue {
    pub(crate) fn sample(level: Level) -> Self {
        let acme = "Acme Robotics";
        let rows = vec![
            Row::sample(
                4182,
                "Launches stay in “processing” after the upgrade",
                [acme, "Bug", "High"],
                Some("Theo Marsh"),
            )
            .due(Signal::Late, "48 min late", Some(100)),
            Row::sample(
                4197,
                "LDAP sign-in fails for one group only",
                ["Helio Bank", "Support", "Urgent"],
                Some("Jana Petrova"),
            )
            .due(Signal::Soon, "due 12:31, in 26 min", Some(93)),
            Row::sample(
                4201,
                "Attachments of skipped tests vanish from the report",
                [acme, "Bug", "Medium"],
                Some("Ines Kovač"),
            )
            .due(Signal::Plain, "due 14:40", Some(67)),
            Row::sample(
                4190,
                "Which ports must be open between runner and server?",
                ["Ostrava Rail", "Question", "Medium"],
                None,
            )
            .due(Signal::Plain, "due 15:10", Some(61)),
            Row::sample(4203, "Migration from TestRail", ["Nordlicht Health", "Migration", "Medium"], None).due(
                Signal::Plain,
                "due tomorrow 09:45",
                Some(4),
            ),
            Row::sample(4176, "Custom fields lose their order after an import", ["Helio Bank", "Bug", "Medium"], None)
                .due(Signal::Plain, "ours for 1 h 10", None),
            Row::sample(
                4169,
                "How do I move a project to another group?",
                ["Piccolo Games", "Question", "Low"],
                Some("Ines Kovač"),
            )
            .due(Signal::Plain, "ours for 25 min", None),
        ];
        Self {
            name: "Needs an answer".into(),
            about: "Late first, then by due time, then the longest ours".into(),
            view: "needs-answer".into(),
            address: "/desk/views/needs-answer".into(),
            rows,
            pages: Pages::default(),
            empty: "Nobody waits for an answer. What comes in shows here, the most urgent first.".into(),
            level,
            key: "needs-answer".into(),
            all: "7".into(),
            picks: ["assign", "priority", "state", "note", "reply"].map(|it| (it, it.into())).into(),
        }
    }

    pub(crate) fn crowded(level: Level) -> Self {
        let mut queue = Self::sample(level);
        queue.rows = queue.rows.into_iter().cycle().take(50).collect();
        for (row, number) in queue.rows.iter_mut().zip(4001..) {
            row.number = number;
        }
        queue.rows[1].subject = LONG_SUBJECT.into();
        queue.rows[1].organisation = "Österreichische Donaudampfschifffahrtsgesellschaft, Abteilung Qualität".into();
        queue.pages = Pages { newer: Some("/desk?newer".into()), older: Some("/desk?older".into()) };
        queue
    }
}

impl QueuePage {
    pub fn samples() -> Samples<Self> {
        let page = |queue| Self { frame: samples::desk("Needs an answer"), queue, ask: None };
        let mut empty = Queue::sample(Level::Title);
        empty.rows.clear();
        let nothing = page(Queue {
            rows: vec![],
            empty: "No request that you can see is meant by this.".into(),
            ..Queue::sample(Level::Title)
        });
        let mut question = page(Queue::sample(Level::Title));
        question.ask = Some(Ask::sample());
        for row in &mut question.queue.rows {
            row.by = Some("filed Fri 20 Nov 16:40".into());
        }
        let mut unwritable = page(Queue::sample(Level::Title));
        unwritable.frame.banner = Some(banner::full());
        let mut low = page(Queue::sample(Level::Title));
        low.frame.banner = Some(banner::low("512 MB", "20 GB"));
        vec![
            ("unwritable", unwritable),
            ("little-room", low),
            ("full", page(Queue::sample(Level::Title))),
            ("crowded", page(Queue::crowded(Level::Title))),
            ("empty", page(empty)),
            ("question", question),
            ("kept-question", QueuePage { ask: Some(Ask::kept_sample()), ..page(Queue::sample(Level::Title)) }),
            ("no-question", QueuePage { ask: Some(Ask::faulty_sample()), ..nothing }),
        ]
    }
}
