//! What the demo says when it is ready.

use super::load::PASSWORD;
use crate::settings::Settings;

/// Prints the addresses and sign-ins.
pub(crate) fn greet(settings: &Settings) {
    let portal = settings.listen;
    let staff = settings.staff_listen.unwrap_or(portal);
    println!(
        "
  Vitrine demo

  clients   http://{portal}/graphql         GraphiQL: http://{portal}/graphiql
  staff     http://{staff}/staff/graphql   GraphiQL: http://{staff}/staff/graphiql

  mails     http://{portal}/mail

  Every account has the password {PASSWORD}; client admins are marked with *

  workspace  meridian (IT services)
    staff    owner@meridian.example, agent@meridian.example
    clients  admin@halden.example*, mia@halden.example, noah@halden.example
             admin@brightwater.example*
  workspace  ember (heating and plumbing)
    staff    owner@ember.example
    clients  alice@home.example*, bob@home.example*
  workspace  atelier (software)
    staff    owner@atelier.example
    clients  admin@fjordline.example*

  Ctrl-C stops it. The data is in {}.
",
        settings.data_dir.display()
    );
}
