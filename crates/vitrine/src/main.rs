//! The one binary of Vitrine.

use std::process::ExitCode;

/// Returns memory to the system sooner than the default allocator, and is
/// quicker under many small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vitrine::cli::run()
}
