//! The one binary of Vitrine.
// As in the gateway: with optimisation its futures are laid out here.
#![recursion_limit = "256"]

use std::process::ExitCode;

/// Returns memory to the system sooner than the default allocator, and is
/// quicker under many small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vitrine::cli::run()
}
