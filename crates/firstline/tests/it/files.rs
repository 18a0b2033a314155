//! Drafts and files: one's own until they are sent, kept whole or not at all.

use bytes::Bytes;
use desk::{
    Error,
    attachments::{NewFile, attach},
    drafts::{self, Typed},
};
use futures_util::{StreamExt, stream};
use rules::{ids::DraftId, refusal::Refusal};
use testkit::{Scene, on_both};

async fn draft(scene: &Scene, actor: &desk::Actor) -> DraftId {
    let fields = [("subject".to_owned(), "Half a thought".to_owned())].into();
    drafts::save(&scene.desk, actor, Typed { draft: None, purpose: "request/bug".to_owned(), fields }).await.unwrap()
}

fn file(draft: DraftId) -> NewFile {
    NewFile { draft, field: "detail.logs".to_owned(), name: "C:\\logs\\server.txt".to_owned() }
}

fn content(text: &'static str) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
    stream::iter([Ok(Bytes::from_static(text.as_bytes()))])
}

on_both! {
    async fn req_10_a_draft_is_its_writers_alone(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let (kept, _) = drafts::show(&scene.desk, &dana, id).await.unwrap();
        assert_eq!(kept.fields["subject"], "Half a thought");
        let ravi = scene.actor(scene.cast.ravi()).await;
        assert!(matches!(drafts::show(&scene.desk, &ravi, id).await, Err(Error::NotFound)));
        assert!(matches!(drafts::discard(&scene.desk, &ravi, id).await, Err(Error::NotFound)));
        assert!(matches!(attach(&scene.desk, &ravi, file(id), content("x")).await, Err(Error::NotFound)));
        let stolen = Typed { draft: Some(id), purpose: "request/bug".to_owned(), fields: [].into() };
        assert!(matches!(drafts::save(&scene.desk, &ravi, stolen).await, Err(Error::NotFound)));
    }

    async fn a_file_comes_back_byte_by_byte_to_who_sees_the_request(scene) {
        let dana = scene.dana().await;
        let ticket = scene.files(&dana, "bug", "Tags with a dot are not found").await;
        let shown = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        let id = shown.files[0].id;
        let (kept, mut stream) = desk::tickets::fetch_file(&scene.desk, &scene.ines().await, id).await.unwrap();
        let mut bytes = 0;
        while let Some(piece) = stream.next().await {
            bytes += piece.unwrap().len();
        }
        assert_eq!(i64::try_from(bytes).unwrap(), kept.bytes);
        let lea = scene.actor(scene.cast.lea()).await;
        assert!(matches!(desk::tickets::fetch_file(&scene.desk, &lea, id).await, Err(Error::NotFound)));
    }

    async fn an_interrupted_upload_leaves_nothing(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let broken = stream::iter([Ok(Bytes::from_static(b"half a fi")), Err(std::io::Error::other("gone"))]);
        let refused = attach(&scene.desk, &dana, file(id), broken).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::UploadInterrupted))));
        assert!(drafts::show(&scene.desk, &dana, id).await.unwrap().1.is_empty());
    }

    async fn a_file_beyond_the_policys_limit_is_refused_with_the_limit(scene) {
        let small = include_str!("../../../../policies/allure-testops.toml").replace("file_mebibytes = 2048", "file_mebibytes = 1");
        let policy = desk::policy::NewPolicy { source: small, from: None };
        desk::policy::apply(&scene.desk, &desk::Actor::DESK, policy).await.unwrap();
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let piece = Bytes::from(vec![b'x'; 700_000]);
        let large = stream::iter([Ok::<_, std::io::Error>(piece.clone()), Ok(piece)]);
        let refused = attach(&scene.desk, &dana, file(id), large).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::FileTooLarge { limit_bytes: 1_048_576 }))));
    }

    async fn a_files_name_loses_its_folders(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let kept = attach(&scene.desk, &dana, file(id), content("INFO started\n")).await.unwrap();
        assert_eq!(kept.name, "server.txt");
    }

    async fn a_draft_of_another_person_cannot_be_filed_with(scene) {
        let dana = scene.dana().await;
        let id = draft(&scene, &dana).await;
        let filing = scene.form("question", "Which role may only read?").await;
        let new = desk::tickets::NewTicket {
            request_type: filing.request_type,
            filled: filing.filled,
            draft: Some(id),
            organisation: None,
        confidential: false,
            channel: rules::events::Channel::Portal,
            sent_form: None,
        };
        let ravi = scene.actor(scene.cast.ravi()).await;
        assert!(matches!(desk::tickets::open(&scene.desk, &ravi, new).await, Err(Error::NotFound)));
    }
}
