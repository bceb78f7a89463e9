//! Who is about to join a customer's team: invitations that nobody has taken yet, and somebody who asks to be let in.
//! They come through the same doors as anybody, so that their mails lie in the folder.

use std::{collections::BTreeMap, error::Error};

use identity::{
    CompanyUpdate, Invite,
    provision::{self, NewJoinRequest},
    recipient::client_viewer_of,
};
use kernel::{ClientUserId, CompanyId};
use store::Work;
use visibility::{Access, Cx, Reach, Section};

/// Somebody who is not in yet.
struct Newcomer {
    /// The admin who invites them, or has their request.
    host: &'static str,
    email: &'static str,
    name: &'static str,
    way: Way,
}

/// How they come.
enum Way {
    /// By an invitation to these sections.
    Invited(&'static [Section]),
    /// By asking: the host's company takes mailboxes of this domain.
    Asks(&'static str),
}

const NEWCOMERS: &[Newcomer] = &[
    Newcomer {
        host: "admin@halden.example",
        email: "emil@halden.example",
        name: "Emil Strand",
        way: Way::Invited(&[Section::Tickets]),
    },
    Newcomer {
        host: "admin@halden.example",
        email: "accounts@halden.example",
        name: "Solveig Berge",
        way: Way::Invited(&[Section::Invoices, Section::Documents]),
    },
    Newcomer {
        host: "admin@brightwater.example",
        email: "grace@brightwater.example",
        name: "Grace Okafor",
        way: Way::Asks("brightwater.example"),
    },
    Newcomer {
        host: "admin@fjordline.example",
        email: "sigrid@fjordline.example",
        name: "Sigrid Haugen",
        way: Way::Invited(&[Section::Tickets, Section::Projects]),
    },
];

/// The admins whom somebody waits for, with their companies.
pub(super) type Hosts = BTreeMap<String, (ClientUserId, CompanyId)>;

/// Whether somebody waits for this person.
pub(super) fn is_host(email: &str) -> bool {
    NEWCOMERS.iter().any(|newcomer| newcomer.host == email)
}

/// Has all of them wait at the doors of their hosts.
pub(super) async fn come(
    work: &Work<'_>,
    hosts: &Hosts,
    password_hash: &str,
) -> Result<(), Box<dyn Error>> {
    for newcomer in NEWCOMERS {
        let Some((host, company)) = hosts.get(newcomer.host) else {
            return Err(format!("the demo has no {}", newcomer.host).into());
        };
        let viewer = client_viewer_of(work, *host).await?;
        let viewer = viewer.ok_or_else(|| format!("{} is not in force", newcomer.host))?;
        let cx = Cx::new(&viewer, work);
        match newcomer.way {
            Way::Invited(sections) => {
                let invite = Invite {
                    email: newcomer.email.to_owned(),
                    name: newcomer.name.to_owned(),
                    access: Access::Member,
                    sections: sections.iter().copied().collect(),
                    reach: Some(Reach::Own),
                    locale: None,
                    company: None,
                };
                identity::invite(&cx, invite).await?;
            }
            Way::Asks(domain) => {
                ask(work, &cx, *company, newcomer, domain, password_hash).await?;
            }
        }
    }
    Ok(())
}

async fn ask(
    work: &Work<'_>,
    cx: &Cx<'_>,
    company: CompanyId,
    newcomer: &Newcomer,
    domain: &str,
    password_hash: &str,
) -> Result<(), Box<dyn Error>> {
    let update = CompanyUpdate {
        registration_domains: Some(vec![domain.to_owned()]),
        ..CompanyUpdate::default()
    };
    identity::update_company(cx, company, update).await?;
    let tx = work.begin().await?;
    let request = NewJoinRequest {
        workspace: cx.viewer.workspace(),
        company,
        email: newcomer.email.to_owned(),
        name: newcomer.name.to_owned(),
        locale: "en".to_owned(),
        password_hash: password_hash.to_owned(),
    };
    provision::join_request(work, &tx, request).await?;
    Ok(tx.commit().await?)
}
