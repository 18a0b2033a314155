//! What routes of links name.

use desk::{Actor, Error, people};

use super::{Knocking, Names};

impl Knocking<'_> {
    /// The token of a link that was just mailed.
    pub(super) async fn token(&self) -> String {
        let scene = &self.house.scene;
        let visitor = Actor::Visitor { network: String::new() };
        let name = self.role.name().replace([' ', ','], "");
        if self.case.names == Names::ProofLink {
            let actor = self.actor.as_ref().unwrap_or(&self.house.other);
            match people::ask_proof(&scene.desk, actor).await {
                // One person in many rows asks more often than one may: the next one waits as they would.
                Err(Error::Limited { until }) => {
                    scene.advance(until.since(scene.desk.now())).await;
                    people::ask_proof(&scene.desk, actor).await.unwrap();
                }
                asked => drop(asked.unwrap()),
            }
            scene.settle().await;
            return scene.mail.link(&actor.signed().unwrap().address).unwrap();
        }
        let address = if self.case.names == Names::VerificationLink {
            let address = format!("{name}@link.example");
            let proof = world::proof(&scene.desk).unwrap();
            let form = people::SignUp { name: "Mila Novak".to_owned(), address: address.clone(), proof };
            people::sign_up(&scene.desk, &visitor, form).await.unwrap();
            address
        } else {
            let address = self.role.address().unwrap_or_else(|| "other@matrix.example".to_owned());
            people::ask_reset(&scene.desk, &visitor, &address).await.unwrap();
            address
        };
        scene.settle().await;
        scene.mail.link(&address).unwrap()
    }
}
