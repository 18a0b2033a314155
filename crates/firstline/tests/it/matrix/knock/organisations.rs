//! What routes of organisations, programs and views name.

use rules::{
    ids::{InvitationId, OrganisationId},
    people::{
        Address,
        token::{Purpose, Token},
    },
};

use super::{Knocking, Named, Names, Role};

impl Knocking<'_> {
    pub(super) async fn organisation(&self, domain: &str) -> Named {
        let desk = &self.house.scene.desk;
        let tx = desk.store.begin().await.unwrap();
        for domain in [domain, "new.example"] {
            // The one of the knock before.
            for (name, whose) in store::organisations::domains(&tx, &[domain.to_owned()]).await.unwrap() {
                store::organisations::release_domain(&tx, whose, &name).await.unwrap();
            }
        }
        let (now, member) = (desk.now(), self.house.participants[0]);
        let id = store::organisations::insert(&tx, "Fresh", Some(now), now).await.unwrap();
        store::organisations::claim_domain(&tx, id, domain).await.unwrap();
        store::organisations::join(&tx, id, member, rules::access::Role::Member, now).await.unwrap();
        tx.commit().await.unwrap();
        Named { id: id.0, person: member.0, ..Named::default() }
    }

    pub(super) async fn programs_token(&self) -> Named {
        let desk = &self.house.scene.desk;
        let hash: [u8; 32] = desk.draw();
        let permit = rules::programs::Permit::LicencesImport;
        let by = self.house.participants[0];
        let tx = desk.store.begin().await.unwrap();
        let new = store::tokens::NewToken { name: "Books", permit, hash, by, now: desk.now() };
        let id = store::tokens::insert(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        Named { id: id.0, ..Named::default() }
    }

    /// One of its own, beside one that stays.
    pub(super) async fn release(&self) -> Named {
        use rules::releases::{Release, Version};
        let desk = &self.house.scene.desk;
        let tx = desk.store.begin().await.unwrap();
        let version = |n: i64| Version::read(&format!("1.{n}")).unwrap();
        let of = |n| Release::new(version(n), jiff::civil::date(2026, 11, 2));
        if store::releases::by_version(&tx, &version(1)).await.unwrap().is_none() {
            store::releases::insert(&tx, &of(1), desk.now()).await.unwrap();
        }
        let n = store::releases::revision(&tx).await.unwrap() + 1;
        store::releases::insert(&tx, &of(n), desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        Named { id: n, ..Named::default() }
    }

    /// Of who knocks: whose they are and who shares is `views`'.
    pub(super) async fn saved_view(&self) -> i64 {
        let desk = &self.house.scene.desk;
        let view = store::saved_views::SavedView {
            id: rules::ids::SavedViewId(0),
            owner: self.actor.as_ref().unwrap_or(&self.house.other).signed().unwrap().person,
            name: "Bugs".to_owned(),
            question: "type:bug".to_owned(),
            shared: false,
        };
        let tx = desk.store.begin().await.unwrap();
        let id = store::saved_views::insert(&tx, &view, &[], desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        id.0
    }

    /// What has a number and nothing else.
    pub(super) async fn thing(&self, names: Names) -> i64 {
        match names {
            Names::Template => self.template().await,
            Names::SavedView => self.saved_view().await,
            Names::FailedWork => self.failed_work().await,
            Names::Tool => self.tool().await,
            _ => self.simulation().await,
        }
    }

    /// A mail that the desk sent.
    pub(super) async fn mail(&self) -> Named {
        self.request(&[]).await;
        self.house.scene.settle().await;
        let mails = desk::mail::newest(&self.house.scene.desk, None).await.unwrap();
        let kept = mails.iter().find(|mail| mail.bytes.is_some()).unwrap();
        Named { id: kept.id.0, ..Named::default() }
    }

    /// A mail about no request that a server refused.
    pub(super) async fn refused_mail(&self) -> Named {
        let (desk, to) = (&self.house.scene.desk, self.house.scene.cast.ines());
        let order = desk::mail::Order::PasswordChanged { to: to.person, at: 1 };
        let tx = desk.store.begin().await.unwrap();
        let last = store::outgoing::newest(&tx, None, 1).await.unwrap().first().map_or(0, |mail| mail.id.0);
        let new = store::outgoing::NewOutgoing {
            key: &format!("refused/after-{last}"),
            kind: order.kind(),
            ticket: None,
            message: None,
            person: Some(to.person),
            sender: "support@desk.example",
            recipient: &to.address,
            subject: "A new password",
            bytes: b"",
            ordered: &serde_json::to_string(&order).unwrap(),
            now: desk.now(),
        };
        let id = store::outgoing::insert(&tx, &new).await.unwrap();
        let end = store::outgoing::End { outcome: "refused", at: desk.now(), answer: "550", forget_bytes: false };
        store::outgoing::settle(&tx, id, end).await.unwrap();
        tx.commit().await.unwrap();
        Named { id: id.0, ..Named::default() }
    }

    /// A team that takes nothing by itself, and a name that no other has.
    pub(super) async fn team(&self) -> Named {
        let desk = &self.house.scene.desk;
        let tx = desk.store.begin().await.unwrap();
        let count = store::teams::all(&tx).await.unwrap().len();
        let new = store::teams::Team {
            id: rules::ids::TeamId(0),
            name: format!("Team {count}"),
            question: None,
            sharing: rules::teams::Sharing::Turns,
            ended_at: None,
        };
        let id = store::teams::insert(&tx, &new, desk.now()).await.unwrap();
        // Every knock finds the desk with few teams.
        for older in store::teams::all(&tx).await.unwrap().into_iter().filter(|it| it.id != id) {
            store::teams::end(&tx, older.id, desk.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        Named { id: id.0, other: 1_000_000 + id.0, ..Named::default() }
    }

    /// A text for replies.
    pub(super) async fn template(&self) -> i64 {
        let desk = &self.house.scene.desk;
        let new = store::reply_templates::ReplyTemplate {
            id: rules::ids::TemplateId(0),
            name: "Logs".to_owned(),
            body: "Please send the logs.".to_owned(),
            request_type: None,
            language: None,
            acknowledges: false,
            after: "wait".to_owned(),
        };
        let tx = desk.store.begin().await.unwrap();
        let by = self.house.other.signed().unwrap().person;
        let id = store::reply_templates::insert(&tx, &new, (by, desk.now())).await.unwrap();
        tx.commit().await.unwrap();
        id.0
    }

    /// Work that was parked.
    pub(super) async fn failed_work(&self) -> i64 {
        let desk = &self.house.scene.desk;
        let (tx, now) = (desk.store.begin().await.unwrap(), desk.now());
        let new = store::jobs::NewJob { kind: "mail", payload: "{}", unique_key: None, run_at: now, now };
        store::jobs::enqueue(&tx, new).await.unwrap();
        let all = store::jobs::all(&tx).await.unwrap();
        let job = all.into_iter().max_by_key(|job| job.id).unwrap();
        store::jobs::park(&tx, &job, "It failed.", now).await.unwrap();
        tx.commit().await.unwrap();
        job.id.0
    }

    /// Somebody who is there for nothing else.
    pub(super) async fn somebody(&self) -> Named {
        let desk = &self.house.scene.desk;
        let address = "somebody@fresh.example";
        let tx = desk.store.begin().await.unwrap();
        let person = match store::people::by_address(&tx, address).await.unwrap() {
            Some(person) => person,
            None => {
                let person = store::people::insert(&tx, "Somebody", desk.now()).await.unwrap();
                let (written, canonical) = (address.to_owned(), address.to_owned());
                let row = store::people::Address { person, written, canonical, verified_at: desk.now() };
                store::people::insert_address(&tx, &row).await.unwrap();
                person
            }
        };
        tx.commit().await.unwrap();
        Named { id: person.0, ..Named::default() }
    }

    pub(super) async fn licence(&self) -> Named {
        let named = self.organisation("fresh.example").await;
        let desk = &self.house.scene.desk;
        let policy = desk.policy().await.unwrap();
        let terms = rules::entitlement::Terms::plain(policy.policy());
        let said = store::licences::Said { by: None, token: None, now: desk.now() };
        let tx = desk.store.begin().await.unwrap();
        let organisation = OrganisationId(named.id);
        let licence = store::licences::insert(&tx, organisation, &terms, said).await.unwrap();
        tx.commit().await.unwrap();
        Named { other: licence.0, ..named }
    }

    /// With another into which it may go.
    pub(super) async fn mergeable(&self) -> Named {
        let named = self.organisation("fresh.example").await;
        let desk = &self.house.scene.desk;
        let tx = desk.store.begin().await.unwrap();
        let other = store::organisations::insert(&tx, "Old", Some(desk.now()), desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        Named { other: other.0, ..named }
    }

    /// With another that ended in it.
    pub(super) async fn ended(&self) -> Named {
        let named = self.mergeable().await;
        let security = self.house.actor(Role::Lead).await.unwrap();
        let (id, other) = (OrganisationId(named.id), OrganisationId(named.other));
        desk::organisations::merge(&self.house.scene.desk, &security, other, id).await.unwrap();
        named
    }

    /// Somebody who signed up just now and waits to be let in.
    pub(super) async fn waiting(&self) -> Named {
        let desk = &self.house.scene.desk;
        let tx = desk.store.begin().await.unwrap();
        let person = store::people::insert(&tx, "Mila Novak", desk.now()).await.unwrap();
        store::people::wait(&tx, person, desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        Named { person: person.0, ..Named::default() }
    }

    /// With somebody who is asked to join it.
    pub(super) async fn asking(&self, domain: &str) -> Named {
        let named = self.organisation(domain).await;
        let address = format!("{}@asked.example", self.role.name().replace([' ', ','], ""));
        let (_, invitation) = self.ask_to_join(OrganisationId(named.id), &address).await;
        Named { other: invitation.0, ..named }
    }

    /// One that the member, the manager and the former member belong to, or did.
    pub(super) async fn own_organisation(&self) -> Named {
        let named = self.asking("own.example").await;
        let (id, desk) = (OrganisationId(named.id), &self.house.scene.desk);
        let tx = desk.store.begin().await.unwrap();
        for role in [Role::Requester, Role::Manager, Role::Former] {
            let person = self.house.actor(role).await.unwrap().signed().unwrap().person;
            let as_what =
                if role == Role::Manager { rules::access::Role::Manager } else { rules::access::Role::Member };
            store::organisations::join(&tx, id, person, as_what, desk.now()).await.unwrap();
            if role == Role::Former {
                store::organisations::leave(&tx, id, person, desk.now()).await.unwrap();
            }
        }
        let mut resale = None;
        for (at, filer) in self.house.resellers.iter().enumerate() {
            let by = filer.signed().unwrap().organisations[0].0;
            let set = store::resales::set(&tx, (id, by), None, desk.now()).await.unwrap();
            if at == 0 {
                resale = set;
            } else if let Some(set) = set {
                store::resales::end(&tx, set, desk.now()).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        Named { resale: resale.unwrap().0, ..named }
    }

    /// The grant of the reseller whose grant has ended, for a moment.
    pub(super) async fn grant(&self, stands: bool) {
        let desk = &self.house.scene.desk;
        let of = self.house.managed.signed().unwrap().organisations[0].0;
        let by = self.house.resellers[1].signed().unwrap().organisations[0].0;
        let tx = desk.store.begin().await.unwrap();
        match store::resales::between(&tx, of, by).await.unwrap() {
            Some(it) if !stands => drop(store::resales::end(&tx, it.id, desk.now()).await.unwrap()),
            None if stands => drop(store::resales::set(&tx, (of, by), None, desk.now()).await.unwrap()),
            _ => {}
        }
        tx.commit().await.unwrap();
    }

    /// An organisation and the grant by which another files for it.
    pub(super) async fn reselling(&self) -> Named {
        let named = self.mergeable().await;
        let desk = &self.house.scene.desk;
        let tx = desk.store.begin().await.unwrap();
        let pair = (OrganisationId(named.id), OrganisationId(named.other));
        let resale = store::resales::set(&tx, pair, None, desk.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        Named { resale: resale.0, ..named }
    }

    /// An offer to an address that an organisation of its own files by.
    pub(super) async fn offer(&self, address: &str) -> rules::ids::ResaleId {
        let named = self.organisation("fresh.example").await;
        let (desk, canonical) = (&self.house.scene.desk, Address::parse(address).unwrap().key());
        let tx = desk.store.begin().await.unwrap();
        let (of, by) = (OrganisationId(named.id), self.house.participants[0]);
        let id = store::resales::offer(&tx, of, (address, &canonical), by, desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// An invitation into an organisation of its own.
    pub(super) async fn invitation(&self, address: &str) -> (String, InvitationId) {
        let named = self.organisation("fresh.example").await;
        self.ask_to_join(OrganisationId(named.id), address).await
    }

    async fn ask_to_join(&self, organisation: OrganisationId, address: &str) -> (String, InvitationId) {
        let desk = &self.house.scene.desk;
        let nonce: [u8; 32] = desk.draw();
        let token = Token::of(&desk.settings.secret_key, Purpose::Invitation, &nonce);
        let new = store::invitations::NewInvitation {
            organisation,
            written: address,
            canonical: &Address::parse(address).unwrap().key(),
            role: rules::access::Role::Member,
            by: self.house.participants[0],
            nonce: &nonce,
            hash: token.hash().0,
            now: desk.now(),
            expires_at: desk.now().plus(rules::people::INVITATION),
        };
        let tx = desk.store.begin().await.unwrap();
        let id = store::invitations::put(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        (token.text(), id)
    }
}
