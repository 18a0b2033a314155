//! What goes into the index: the journal, followed in its order, and the whole database where there is no index yet. Each
//! step is short and ends in a commit, so that whoever is told to stop stops between two, and a crash repeats one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use rules::{
    events::{Event, OrganisationEvent, PersonEvent, TicketEvent},
    ids::{OrganisationId, PersonId, PolicyVersionId, Seq, TicketId},
    instant::Instant,
    search::{Passage, PassageOf, SECTIONS},
};
use tantivy::{IndexWriter, TantivyDocument, Term, indexer::IndexWriterOptions};

use super::{
    Search,
    fields::{Fields, KIND_PASSAGE, NO_REQUEST},
    mark::Mark,
    material::{self, Material},
    named::{self, Named, named_by},
    shelf::Shelf,
};
use crate::{Error, Handle, Result, Store, events, tickets};

/// Entries of the journal that a step takes, and requests that a step of making it anew takes.
const ENTRIES: i64 = 500;
const REQUESTS: i64 = 10_000;
const NAMED: i64 = 10_000;
/// How many entries back an index that was made anew follows the journal once more: what was held meanwhile is read again.
const BACK: i64 = 200;
/// Bytes of words that are kept in memory before they are written, at most, for each of the writer's threads.
const BUDGET: usize = 24 << 20;

/// What of the policy is to be found.
#[derive(Clone, Debug)]
pub struct Policy {
    pub version: PolicyVersionId,
    pub passages: Arc<Vec<Passage>>,
    /// The keys of the scope's lines in their order, by which a passage is numbered.
    pub scope: Vec<rules::keys::EntryKey>,
}

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// There was nothing new; when a held reply will be said, if one is.
    Nothing { next: Option<Instant> },
    /// Something was taken in, and there may be more at once.
    More,
}

/// The writer, and what it knows beyond the mark.
pub(super) struct Feed {
    writer: Arc<Mutex<IndexWriter>>,
    shelf: Arc<Shelf>,
    mark: Mark,
    /// How far the journal was read. The mark stays before what waits for the end of a hold.
    read_to: Seq,
    /// Requests with a reply that is not said yet: until when, and where in the journal it stands.
    held: BTreeMap<TicketId, (Instant, Seq)>,
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("mark", &self.mark).field("read_to", &self.read_to).finish_non_exhaustive()
    }
}

impl Search {
    /// Takes a step behind the journal, or of making the index anew.
    pub async fn follow(&self, store: &Store, policy: &Policy, now: Instant) -> Result<Followed> {
        let mut turn = self.feed.lock().await;
        let mut feed = match turn.take() {
            Some(feed) => feed,
            None => self.open(store.read()).await?,
        };
        // A feed that met a fault is dropped: its writer holds what was not committed, and the next step opens anew.
        let followed = feed.step(store, policy, now).await?;
        *turn = Some(feed);
        Ok(followed)
    }

    /// Throws the index away; the steps that follow make it anew.
    pub async fn begin_anew(&self, conn: &Handle) -> Result<()> {
        let mut turn = self.feed.lock().await;
        if let Some(feed) = turn.take() {
            feed.close().await;
        }
        *turn = Some(self.create(conn).await?);
        Ok(())
    }

    async fn open(&self, conn: &Handle) -> Result<Feed> {
        let folder = self.folder.clone();
        let opened = tokio::task::spawn_blocking(move || Shelf::open(&folder)).await.map_err(Error::broken)?;
        match opened {
            Some((index, mark)) if mark.fits(conn).await? => match Shelf::on(index, mark) {
                Ok(shelf) => self.begin(Arc::new(shelf), mark).await,
                Err(error) => {
                    tracing::warn!(%error, "the search index does not read and is made anew");
                    self.create(conn).await
                }
            },
            Some(_) => {
                tracing::warn!("the search index is not of this database and is made anew");
                self.create(conn).await
            }
            None => self.create(conn).await,
        }
    }

    async fn create(&self, conn: &Handle) -> Result<Feed> {
        let last = events::last(conn).await?;
        let mark = Mark::beginning(conn, Seq((last.0 - BACK).max(0))).await?;
        self.put(None);
        let folder = self.folder.clone();
        let index = tokio::task::spawn_blocking(move || Shelf::create(&folder)).await.map_err(Error::broken)??;
        self.begin(Arc::new(Shelf::on(index, mark)?), mark).await
    }

    async fn begin(&self, shelf: Arc<Shelf>, mark: Mark) -> Result<Feed> {
        let writer = Arc::new(Mutex::new(writer(&shelf)?));
        self.put(Some(Arc::clone(&shelf)));
        Ok(Feed { writer, shelf, mark, read_to: mark.seq, held: BTreeMap::new() })
    }
}

fn writer(shelf: &Shelf) -> Result<IndexWriter> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(BUDGET)
        .num_merge_threads(1)
        .build();
    Ok(shelf.index.writer_with_options(options)?)
}

impl Feed {
    pub(super) async fn close(self) {
        // The lock and the threads go with it; merges under way are left, and come again.
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
    }

    async fn step(&mut self, store: &Store, policy: &Policy, now: Instant) -> Result<Followed> {
        let conn = store.read();
        if self.mark.policy != Some(policy.version) {
            self.take_policy(policy).await?;
        }
        if let Some(upto) = self.mark.upto {
            match (self.mark.people, self.mark.organisations) {
                (Some(people), _) => self.build_names(conn, Named::Person(PersonId(people))).await?,
                (None, Some(others)) => self.build_names(conn, Named::Organisation(OrganisationId(others))).await?,
                (None, None) => self.build(store, upto, now).await?,
            }
            return Ok(Followed::More);
        }
        if self.mark.purge {
            self.purge().await?;
        }
        let entries = events::after(conn, self.read_to, ENTRIES).await?;
        let mut touched = self.unheld(now);
        let is_new = !entries.is_empty() || !touched.is_empty() || self.shelf.mark().policy != self.mark.policy;
        if !is_new {
            return Ok(Followed::Nothing { next: self.held.values().map(|(until, _)| *until).min() });
        }
        let mut renamed = BTreeSet::new();
        for entry in &entries {
            renamed.extend(named_by(&entry.event));
            for ticket in self.concerned(conn, &entry.event).await? {
                touched.entry(ticket).or_insert(entry.seq);
            }
            self.read_to = entry.seq;
        }
        self.take(store, &touched, now).await?;
        self.take_names(conn, renamed.into_iter().collect()).await?;
        self.commit(conn).await?;
        Ok(Followed::More)
    }

    /// Those whose hold is over.
    fn unheld(&mut self, now: Instant) -> BTreeMap<TicketId, Seq> {
        let over = |held: &BTreeMap<TicketId, (Instant, Seq)>| -> Vec<TicketId> {
            held.iter().filter(|(_, (until, _))| *until <= now).map(|(ticket, _)| *ticket).collect()
        };
        let over = over(&self.held);
        over.into_iter().filter_map(|ticket| self.held.remove(&ticket).map(|(_, seq)| (ticket, seq))).collect()
    }

    /// The requests that read otherwise after an event.
    async fn concerned(&mut self, conn: &Handle, event: &Event) -> Result<Vec<TicketId>> {
        Ok(match event {
            // Whatever happens to a request changes when it was changed last, by which lists are sorted.
            Event::Ticket(ticket, event) => {
                self.mark.purge |= matches!(event, TicketEvent::Redacted { .. });
                vec![*ticket]
            }
            Event::Person(PersonEvent::Erased { person }) => {
                self.mark.purge = true;
                material::of_person(conn, *person).await?
            }
            Event::Organisation(OrganisationEvent::Erased { organisation }) => {
                self.mark.purge = true;
                crate::exports::requests_for(conn, *organisation).await?
            }
            Event::Person(_) | Event::Organisation(_) | Event::Policy(_) | Event::Release(_) | Event::Bug(_) => vec![],
        })
    }

    /// Puts the requests in as they are now, in place of what they were.
    async fn take(&mut self, store: &Store, touched: &BTreeMap<TicketId, Seq>, now: Instant) -> Result<()> {
        let tickets: Vec<TicketId> = touched.keys().copied().collect();
        self.held.retain(|ticket, _| !touched.contains_key(ticket));
        let materials = material::of(store, &tickets, now).await?;
        for material in &materials {
            self.hold(material, touched.get(&material.id).copied().unwrap_or(self.read_to));
        }
        let fields = self.shelf.fields;
        self.blocking(move |writer| {
            for ticket in tickets {
                writer.delete_term(Term::from_field_u64(fields.ticket, ticket.0.unsigned_abs()));
            }
            put(writer, &materials, &fields)
        })
        .await
    }

    /// Remembers that a reply of it is not said yet.
    fn hold(&mut self, material: &Material, seq: Seq) {
        if let Some(until) = material.held_until {
            self.held.insert(material.id, (until, seq));
        }
    }

    /// Puts names in as they are now.
    async fn take_names(&mut self, conn: &Handle, all: Vec<Named>) -> Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        let names = named::names(conn, &all).await?;
        let fields = self.shelf.fields;
        self.blocking(move |writer| named::put(writer, &all, &names, &fields)).await
    }

    /// The next of all names, after one.
    async fn build_names(&mut self, conn: &Handle, after: Named) -> Result<()> {
        let all = named::next(conn, after, NAMED).await?;
        let last = all.last().copied();
        self.take_names(conn, all).await?;
        match after {
            Named::Person(_) => self.mark.people = last.map(Named::id),
            Named::Organisation(_) => self.mark.organisations = last.map(Named::id),
        }
        self.commit(conn).await
    }

    /// The next of all requests.
    async fn build(&mut self, store: &Store, upto: i64, now: Instant) -> Result<()> {
        let conn = store.read();
        let tickets = tickets::behind(conn, TicketId(upto), REQUESTS).await?;
        for chunk in tickets.chunks(500) {
            let materials = material::of(store, chunk, now).await?;
            let fields = self.shelf.fields;
            materials.iter().for_each(|material| self.hold(material, self.mark.seq));
            self.blocking(move |writer| put(writer, &materials, &fields)).await?;
        }
        self.mark.upto = tickets.last().map(|ticket| ticket.0);
        self.commit(conn).await
    }

    /// The passages of another version, in place of those before.
    async fn take_policy(&mut self, policy: &Policy) -> Result<()> {
        let (fields, policy) = (self.shelf.fields, policy.clone());
        self.mark.policy = Some(policy.version);
        self.blocking(move |writer| {
            writer.delete_term(Term::from_field_text(fields.kind, KIND_PASSAGE));
            for passage in policy.passages.iter() {
                let Some(number) = policy.number(&passage.of) else { continue };
                let mut document = TantivyDocument::new();
                document.add_text(fields.kind, KIND_PASSAGE);
                document.add_text(fields.kind, NO_REQUEST);
                document.add_u64(fields.passage, number);
                document.add_text(fields.subject, &passage.name);
                document.add_text(fields.public, format!("{}\n{}", passage.name, passage.text));
                writer.add_document(document)?;
            }
            Ok(())
        })
        .await
    }

    async fn commit(&mut self, conn: &Handle) -> Result<()> {
        let before_held = self.held.values().map(|(_, seq)| Seq(seq.0 - 1)).min();
        let seq = before_held.map_or(self.read_to, |before| before.min(self.read_to)).max(self.mark.seq);
        self.mark = self.mark.at(conn, seq).await?;
        let payload = self.mark.written()?;
        self.blocking(move |writer| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit().map(drop)
        })
        .await?;
        self.shelf.turn_over(self.mark)
    }

    /// Rewrites every part of the index that holds deleted words, and removes the old files: what was erased is gone from
    /// the disk.
    async fn purge(&mut self) -> Result<()> {
        let index = self.shelf.index.clone();
        let shelf = Arc::clone(&self.shelf);
        self.mark.purge = false;
        let (mark, payload) = (self.mark, self.mark.written()?);
        self.blocking(move |writer| {
            for segment in index.searchable_segment_metas()? {
                if segment.num_deleted_docs() > 0 {
                    writer.merge(&[segment.id()]).wait()?;
                }
            }
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit()?;
            // Nobody reads the old files from here on; who still does keeps them until the next commit.
            if shelf.turn_over(mark).is_ok() {
                writer.garbage_collect_files().wait()?;
            }
            Ok(())
        })
        .await
    }

    /// Work of the writer that waits for the disk.
    async fn blocking(
        &mut self,
        work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<()> + Send + 'static,
    ) -> Result<()> {
        let writer = Arc::clone(&self.writer);
        let done =
            tokio::task::spawn_blocking(move || work(&mut writer.lock().unwrap_or_else(PoisonError::into_inner)));
        Ok(done.await.map_err(Error::broken)??)
    }
}

fn put(writer: &IndexWriter, materials: &[Material], fields: &Fields) -> tantivy::Result<()> {
    for material in materials {
        writer.add_document(material.document(fields))?;
    }
    Ok(())
}

impl Policy {
    /// Sections first, then the lines of the scope.
    pub(super) fn number(&self, of: &PassageOf) -> Option<u64> {
        let at = match of {
            PassageOf::Section(id) => SECTIONS.iter().position(|(known, _)| known == id)?,
            PassageOf::Scope(key) => SECTIONS.len() + self.scope.iter().position(|known| known == key)?,
        };
        u64::try_from(at).ok()
    }
}
