//! What surrounds a page: who reads it, where they are, in which light. The portal's and the desk's pages carry
//! one each; a handler fills it from the session and the policy.

use super::{
    desk::keys::KeyLine,
    parts::{Face, Link, Notice, Tag},
};

/// The portal's frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The vendor's product, as the policy names it.
    pub product: String,
    /// The page's own title, without the product.
    pub title: String,
    /// BCP 47.
    pub lang: String,
    pub theme: Theme,
    pub place: Place,
    pub reader: Reader,
    /// "Times are in Europe/Berlin, as your browser says."
    pub zone: String,
    /// What concerns every page: that nothing can be written just now.
    pub banner: Option<Notice>,
    pub notice: Option<Notice>,
    pub demo: Demo,
    /// Whether any release is published.
    pub releases: bool,
}

/// The desk's frame. Views come with the page that lists them.
#[derive(Clone, Debug)]
pub struct DeskFrame {
    pub title: String,
    pub lang: String,
    pub theme: Theme,
    pub me: Me,
    /// "Desk open until 18:00 UTC".
    pub openness: Tag,
    pub views: Vec<View>,
    /// What staff keep themselves.
    pub kept: Vec<ViewGroup>,
    /// What concerns every page: that nothing can be written just now.
    pub banner: Option<Notice>,
    pub notice: Option<Notice>,
    pub demo: Demo,
    /// Notifications that were not read: "3", or "99+"; empty for none.
    pub unread: String,
    /// The journal's number as of which the page is, where it shows what may change (`live.ts`).
    pub since: Option<i64>,
    /// The pages of who leads, as far as the reader may open them.
    pub lead: Vec<Link>,
    /// Whether the reader looks after the audit and people's data.
    pub audits: bool,
    /// Which key does what for the reader.
    pub keys: Vec<KeyLine>,
}

impl DeskFrame {
    /// How many requests a view holds, where the frame says so: "214", "1000+".
    pub fn count(&self, key: &str) -> Option<&str> {
        let kept = self.kept.iter().flat_map(|group| &group.views);
        let view = self.views.iter().chain(kept).find(|view| view.key == key)?;
        Some(view.count.as_str()).filter(|count| !count.is_empty())
    }

    /// What the desk knows of the product, beside the views: what a page is called, and its address.
    pub fn product(&self) -> [(&'static str, &'static str); 2] {
        [("Bugs", "/desk/bugs"), ("Releases", "/desk/releases")]
    }

    /// The pages beside the views that the reader may open, in the order of the menu: what it is called, and its address.
    pub fn rooms(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let all = [
            ("Account and devices", "/account", true),
            ("Support page", "/support", true),
            ("Notifications", "/desk/notifications", true),
            ("Teams", "/desk/teams", true),
            ("Organisations", "/desk/organisations", true),
            ("Migrations", "/desk/migrations", true),
            ("Support policy", "/desk/policy", true),
            ("Audit", "/desk/audit", self.audits),
            ("Tokens of programs", "/desk/tokens", self.audits),
            ("Tracker", "/desk/tracker", self.audits),
            ("Texts for replies", "/desk/templates", true),
            ("Work in bulk", "/desk/bulk", true),
            ("Keys", "/desk/keys", true),
        ];
        all.into_iter().filter(|(.., is_theirs)| *is_theirs).map(|(name, href, _)| (name, href))
    }
}

/// A view of the desk in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The last part of `/desk/views/{view}`.
    pub key: String,
    pub name: String,
    /// As it is shown: "7", "1,204", or "999+" where counting on would cost.
    pub count: String,
    pub urgency: Urgency,
    pub here: Here,
}

impl View {
    pub fn is_hot(&self) -> bool {
        self.urgency == Urgency::Hot
    }
}

/// Views that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewGroup {
    pub name: String,
    pub views: Vec<View>,
}

/// Whether a count asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    #[default]
    Calm,
    Hot,
}

/// Whether an entry of a list is the one being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Here {
    #[default]
    Elsewhere,
    Here,
}

impl Here {
    pub fn is_here(self) -> bool {
        self == Self::Here
    }
}

/// The reader's choice of light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// From the cookie `theme`; anything unknown is the browser's choice.
    pub fn from_cookie(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The value of `data-theme`, where there is one.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Which entry of the portal's header is current.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    Ask,
    MyRequests,
    Releases,
    SupportPage,
    #[default]
    Elsewhere,
}

#[derive(Clone, Debug)]
pub enum Reader {
    Nobody,
    Person(Me),
}

/// The person who reads.
#[derive(Clone, Debug)]
pub struct Me {
    pub name: String,
    pub address: String,
    pub role: Role,
    /// Open drafts, for the menu.
    pub drafts: usize,
    /// Their organisations, each with its page; the first is the one that they file for.
    pub organisations: Vec<Link>,
    /// The choice between several.
    pub switch: Option<Switch>,
}

/// For which of several organisations somebody files.
#[derive(Clone, Debug)]
pub struct Switch {
    pub now: String,
    pub others: Vec<(i64, String)>,
    /// The page to come back to.
    pub then: String,
    /// The page's own form, where what stands in it goes along.
    pub along: Option<String>,
}

impl Frame {
    /// What stands in the page's form goes along when its reader chooses another organisation.
    #[must_use]
    pub fn with_form(mut self, id: &str) -> Self {
        if let Reader::Person(Me { switch: Some(switch), .. }) = &mut self.reader {
            switch.along = Some(id.to_owned());
        }
        self
    }
}

impl Me {
    pub fn face(&self) -> Face {
        Face::of(&self.name)
    }

    pub fn is_staff(&self) -> bool {
        self.role == Role::Staff
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Customer,
    Staff,
}

/// Whether this is the demo, which shows where its mails and doors are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Demo {
    #[default]
    No,
    Yes,
}

impl Demo {
    pub fn is_on(self) -> bool {
        self == Self::Yes
    }
}
