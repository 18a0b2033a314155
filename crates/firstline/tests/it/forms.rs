//! A request's form as a browser sends it, made from what the world would fill in.

use testkit::browser::Part;

/// A form with its type, and its files.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub fields: Vec<(String, String)>,
    /// Input, name, content.
    pub files: Vec<(String, String, Vec<u8>)>,
}

impl Sheet {
    pub(crate) fn of(filing: world::Filing) -> Self {
        let filled = filing.filled;
        let mut fields = vec![
            ("type".to_owned(), filing.request_type.to_string()),
            ("draft".to_owned(), String::new()),
            ("subject".to_owned(), filled.subject),
        ];
        fields.extend(filled.details.into_iter().map(|(key, value)| (format!("detail.{key}"), value)));
        fields.extend(filled.ticks.into_iter().map(|key| (format!("tick.{key}"), "yes".to_owned())));
        let input = |file: &world::File| file.field.replacen("detail.", "file.", 1);
        let files = filing.files.iter().map(|file| (input(file), file.name.clone(), file.content.to_vec())).collect();
        Self { fields, files }
    }

    /// With another value in a field.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With one more file.
    pub(crate) fn with_file(mut self, input: &str, name: &str, content: &[u8]) -> Self {
        self.files.push((input.to_owned(), name.to_owned(), content.to_vec()));
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        let fields = self.fields.iter().map(|(name, value)| Part::text(name, value));
        fields.chain(self.files.iter().map(|(input, name, content)| Part::file(input, name, content))).collect()
    }
}
