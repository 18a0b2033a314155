//! The form of the index: its fields. Nothing is stored, so what is erased leaves with its words.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::tokens;

/// Grows when fields or words change their form: an index of another form is made anew.
pub(super) const FORM: u32 = 5;

/// Every field by its name here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// What a document is: a request, a passage of the policy, a person, an organisation.
    pub kind: Field,
    /// A request's number.
    pub ticket: Field,
    /// Of a passage of the policy: which.
    pub passage: Field,
    pub requester: Field,
    /// The requester and everybody added.
    pub person: Field,
    pub organisation: Field,
    /// Who filed it for the organisation.
    pub reseller: Field,
    pub filed: Field,
    /// By which it is sorted, and what moments are asked for.
    pub updated: Field,
    pub since: Field,
    pub due: Field,
    pub bucket: Field,
    pub queue_at: Field,
    pub secrecy: Field,
    /// What the filter language asks for, as `rules::query::Tokens` writes it.
    pub fact: Field,
    pub subject: Field,
    /// What everybody may read who sees the request; its subject too.
    pub public: Field,
    /// What only staff may read of it.
    pub internal: Field,
    /// Whose names a document holds: "person:17".
    pub entity: Field,
    pub entity_number: Field,
    /// Names, addresses and domains of people and organisations.
    pub names: Field,
}

pub(super) const KIND_TICKET: &str = "ticket";
pub(super) const KIND_PASSAGE: &str = "passage";

/// What every document that is no request is besides.
pub(super) const NO_REQUEST: &str = "no_request";

/// The name of the field by which a request's number is read back.
pub(super) const TICKET: &str = "ticket";
pub(super) const PASSAGE: &str = "passage";
pub(super) const ENTITY_NUMBER: &str = "entity_number";
/// The names of those by which lists are sorted.
pub(super) const FILED: &str = "filed";
pub(super) const UPDATED: &str = "updated";
pub(super) const BUCKET: &str = "bucket";
pub(super) const QUEUE_AT: &str = "queue_at";

impl Fields {
    pub(super) fn lay() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            kind: schema.add_text_field("kind", STRING),
            ticket: schema.add_u64_field(TICKET, INDEXED | FAST),
            passage: schema.add_u64_field(PASSAGE, FAST),
            requester: schema.add_u64_field("requester", INDEXED),
            person: schema.add_u64_field("person", INDEXED),
            organisation: schema.add_u64_field("organisation", INDEXED),
            reseller: schema.add_u64_field("reseller", INDEXED),
            filed: schema.add_i64_field(FILED, FAST),
            updated: schema.add_i64_field(UPDATED, FAST),
            since: schema.add_i64_field("since", FAST),
            due: schema.add_i64_field("due", FAST),
            bucket: schema.add_u64_field(BUCKET, FAST),
            queue_at: schema.add_i64_field(QUEUE_AT, FAST),
            secrecy: schema.add_text_field("secrecy", STRING),
            fact: schema.add_text_field("fact", STRING),
            subject: words(&mut schema, "subject"),
            public: words(&mut schema, "public"),
            internal: words(&mut schema, "internal"),
            entity: schema.add_text_field("entity", STRING),
            entity_number: schema.add_u64_field(ENTITY_NUMBER, FAST),
            names: words(&mut schema, "names"),
        };
        (schema.build(), fields)
    }
}

fn words(schema: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokens::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
