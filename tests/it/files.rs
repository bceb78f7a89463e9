//! Files: uploads and their addresses, what is attached, who may read it, and
//! what is left when something goes wrong.

mod addresses;
mod attaching;
mod bucket;
mod reading;
mod receiving;
mod sweeping;
