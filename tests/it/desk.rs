//! What staff work with beside the single ticket: filters, many tickets at once,
//! what closes by itself, and what statuses are called.

mod bulk;
mod closing;
mod filters;
mod items;
mod labels;
mod views;
