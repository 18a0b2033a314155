//! What routes of links name.

use desk::{Actor, Error, people};

use testkit::Browser;

use super::{Knocking, Names};
use crate::matrix::cases::SUBSCRIPTION;

impl Knocking<'_> {
    /// A browser of its owner's; customers have none.
    pub(super) async fn push_device(&self) -> i64 {
        let (scene, owner) = (&self.house.scene, self.actor.as_ref().unwrap_or(&self.house.other));
        let mut browser = Browser::visitor(scene);
        browser.enter(scene, &owner.signed().unwrap().address).await;
        browser.post("/desk/notifications/devices", &[("subscription", SUBSCRIPTION)]).await;
        let devices = desk::push::devices(&scene.desk, owner).await.unwrap_or_default();
        devices.last().map_or(super::ABSENT, |it| it.id.0)
    }

    /// The token of a link that was just mailed.
    pub(super) async fn token(&self) -> String {
        let scene = &self.house.scene;
        let visitor = Actor::Visitor { network: String::new() };
        let name = self.role.name().replace([' ', ','], "");
        if self.case.names == Names::ProofLink {
            let actor = self.actor.as_ref().unwrap_or(&self.house.other);
            if let Err(why) = people::ask_proof(&scene.desk, actor).await {
                self.waits(why).await;
                people::ask_proof(&scene.desk, actor).await.unwrap();
            }
            scene.settle().await;
            return scene.mail.link(&actor.signed().unwrap().address).unwrap();
        }
        let address = if self.case.names == Names::VerificationLink {
            let address = format!("{name}@link.example");
            let form = || {
                let proof = world::proof(&scene.desk).unwrap();
                people::SignUp { name: "Mila Novak".to_owned(), address: address.clone(), proof }
            };
            if let Err(why) = people::sign_up(&scene.desk, &visitor, form()).await {
                self.waits(why).await;
                people::sign_up(&scene.desk, &visitor, form()).await.unwrap();
            }
            address
        } else {
            let address = self.role.address().unwrap_or_else(|| "other@matrix.example".to_owned());
            if let Err(why) = people::ask_reset(&scene.desk, &visitor, &address).await {
                self.waits(why).await;
                people::ask_reset(&scene.desk, &visitor, &address).await.unwrap();
            }
            address
        };
        scene.settle().await;
        scene.mail.link(&address).unwrap()
    }

    /// One person, or one network, in so many rows asks more often than one may: the next one waits as they would.
    async fn waits(&self, why: Error) {
        let Error::Limited { until } = why else { panic!("{why:?}") };
        let scene = &self.house.scene;
        scene.advance(until.since(scene.desk.now())).await;
    }
}
