//! What the samples of several pages share: frames, times, strips, and words long enough to break a page.
//! Only the gallery reads them.

use super::{
    desk::keys::KeyLine,
    frame::{Demo, DeskFrame, Frame, Here, Me, Place, Reader, Role, Theme, Urgency, View, ViewGroup},
    html::Safe,
    parts::{Link, Openness, Signal, Strip, Tag, When},
};

/// A name and a page in that state; the name becomes a file of the gallery.
pub type Samples<Page> = Vec<(&'static str, Page)>;

pub const LONG_SUBJECT: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft: \
    io.qameta.allure.testops.report.AttachmentSweepSchedulerConfigurationPropertiesFactoryBean cannot be created after the \
    upgrade from 5.11.4 to 5.12.1 on a cluster with twelve nodes, and every launch that was open at the time stays open";

pub fn dana() -> Me {
    Me {
        name: "Dana Whitlock".into(),
        address: "dana@acme-robotics.example".into(),
        role: Role::Customer,
        drafts: 2,
        organisations: vec![Link::new("Acme Robotics", "/organisations/3")],
        switch: None,
    }
}

pub fn ines() -> Me {
    Me {
        name: "Ines Kovač".into(),
        address: "ines@testhub.example".into(),
        role: Role::Staff,
        drafts: 0,
        organisations: vec![],
        switch: None,
    }
}

pub fn portal(title: &str, place: Place, reader: Reader) -> Frame {
    Frame {
        product: "TestHub".into(),
        title: title.into(),
        lang: "en".into(),
        theme: Theme::Auto,
        place,
        reader,
        zone: "Times are in Europe/Berlin, as your browser says.".into(),
        banner: None,
        notice: None,
        demo: Demo::No,
        releases: true,
    }
}

pub fn desk(title: &str) -> DeskFrame {
    DeskFrame {
        title: title.into(),
        lang: "en".into(),
        theme: Theme::Auto,
        me: ines(),
        openness: Tag::new(Signal::Done, "Desk open until 18:00 UTC"),
        views: views(),
        kept: kept_views(),
        banner: None,
        notice: None,
        demo: Demo::Yes,
        unread: "3".into(),
        since: None,
        lead: vec![
            Link::new("Report", "/desk/report"),
            Link::new("Outbox", "/desk/outbox"),
            Link::new("Parked work", "/desk/parked"),
            Link::new("Health", "/desk/health"),
        ],
        audits: true,
        keys: KeyLine::usual(),
    }
}

fn views() -> Vec<View> {
    let entries = [
        ("needs-answer", "Needs an answer", "7"),
        ("mine", "Mine", "4"),
        ("unassigned", "Unassigned", "3"),
        ("theirs", "Theirs", "38"),
        ("developers", "With developers", "9"),
        ("to-confirm", "To confirm", "6"),
        ("solved", "Solved", "1,204"),
    ];
    let mut views: Vec<View> = entries
        .map(|(key, name, count)| View {
            key: key.into(),
            name: name.into(),
            count: count.into(),
            urgency: Urgency::Calm,
            here: Here::Elsewhere,
        })
        .into();
    views[0].urgency = Urgency::Hot;
    views[0].here = Here::Here;
    views
}

fn kept_views() -> Vec<ViewGroup> {
    let view = |key: &str, name: &str, count: &str| View {
        key: key.into(),
        name: name.into(),
        count: count.into(),
        urgency: Urgency::Calm,
        here: Here::Elsewhere,
    };
    let group = |name: &str, views| ViewGroup { name: name.into(), views };
    vec![
        group("Shared", vec![view("saved-3", "Bugs that burn", "12")]),
        group("Yours", vec![view("saved-4", "Helio Bank and what hangs on it", "3")]),
    ]
}

pub fn open_now() -> Openness {
    Openness {
        now: Tag::new(Signal::Done, "Open now, until 18:00 UTC"),
        lines: vec![
            "That is 19:00 where you are. Monday to Friday, 08:00 to 18:00 UTC. Closed Mon 23 Nov.".into(),
            "Half of all answers take under 2 h 10.".into(),
        ],
    }
}

pub fn closed_now() -> Openness {
    Openness {
        now: Tag::new(Signal::Waiting, "Nobody is here until Tue 24 Nov 08:00 UTC"),
        lines: vec![
            "That is Tue 09:00 where you are. What you send now is taken up then.".into(),
            "Monday to Friday, 08:00 to 18:00 UTC.".into(),
        ],
    }
}

pub fn when(said: &str) -> When {
    When { said: said.into(), iso: "2026-11-20T16:40:00Z".into(), exact: "2026-11-20 16:40:00 UTC".into() }
}

/// A strip as `words::strip` draws it, for one closed time and `used` of 100 percent.
pub fn strip(used: u32, signal: Signal) -> Strip {
    Strip { broad: ruler(660, used, signal), slim: Some(ruler(350, used, signal)) }
}

/// The few pixels of a list.
pub fn bar(used: u32, signal: Signal) -> Safe {
    let colour = colour(signal);
    let filled = 112 * used.min(100) / 100;
    Safe::new(format!(
        r#"<svg class="strip" width="112" height="11" viewBox="0 0 112 11" role="img" aria-label="{used} % of 8 h used"><rect x=".5" y="1.5" width="111" height="8" rx="2" fill="var(--wash)" stroke="var(--edge)" stroke-width=".8"/><rect y="1" width="{filled}" height="9" rx="2" fill="var(--{colour})"/></svg>"#
    ))
}

fn ruler(width: u32, used: u32, signal: Signal) -> Safe {
    let colour = if signal == Signal::Plain { "accent" } else { colour(signal) };
    let first = width * 14 / 100;
    let second = first + 34;
    let now = second + (width - second) * used / 100;
    let end = width - 1;
    Safe::new(format!(
        r#"<svg class="strip" width="{width}" height="66" viewBox="0 0 {width} 66" role="img" aria-label="Filed Fri 20 Nov 16:40, 5 h 25 of 8 h used, due Tue 24 Nov 14:40"><rect y="30" width="{first}" height="14" rx="2" fill="var(--{colour})"/><rect x="{first}" y="31" width="34" height="12" fill="url(#closed)"/><rect x="{second}" y="30.5" width="{rest}" height="13" rx="2" fill="var(--wash)" stroke="var(--edge)" stroke-width=".8"/><rect x="{second}" y="30" width="{run}" height="14" rx="2" fill="var(--{colour})"/><text x="1" y="61" fill="var(--ink-3)">Fri 16:40</text><text x="{second}" y="61" fill="var(--ink-3)">Tue 24 Nov 08:00</text><line x1="{now}" x2="{now}" y1="23" y2="47" stroke="var(--ink)" stroke-width="1.6"/><text x="{now}" y="20" text-anchor="middle" fill="var(--ink)" font-weight="600">now</text><line x1="{end}" x2="{end}" y1="23" y2="47" stroke="var(--{colour})" stroke-width="1.8"/><text x="{end}" y="20" text-anchor="end" fill="var(--{colour})" font-weight="600">Tue 14:40</text></svg>"#,
        rest = width - second - 1,
        run = now - second,
    ))
}

fn colour(signal: Signal) -> &'static str {
    match signal {
        Signal::Plain => "ink",
        Signal::Soon => "soon",
        Signal::Late => "late",
        Signal::Waiting => "wait",
        Signal::Done => "done",
    }
}
