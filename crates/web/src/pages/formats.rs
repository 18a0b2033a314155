//! How a text can be set with a click or a key, as the toolbar over it and the sheet of keys show it. The Markdown itself is the
//! script's (`frontend/src/format.ts`); without one it is typed.

#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What the script calls it.
    pub name: &'static str,
    pub label: &'static str,
    /// With Ctrl or Cmd.
    pub key: Option<&'static str>,
}

pub const FORMATS: [Format; 7] = [
    Format { name: "bold", label: "Bold", key: Some("b") },
    Format { name: "italic", label: "Italic", key: Some("i") },
    Format { name: "code", label: "Code", key: Some("e") },
    Format { name: "link", label: "Link", key: None },
    Format { name: "list", label: "List", key: None },
    Format { name: "steps", label: "Steps", key: None },
    Format { name: "quote", label: "Quote", key: None },
];

impl Format {
    /// "B".
    pub fn pressed(&self) -> Option<String> {
        self.key.map(str::to_uppercase)
    }
}
