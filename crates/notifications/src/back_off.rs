//! What becomes of a mail that could not be sent.

use chrono::TimeDelta;

use crate::Refused;

/// Attempts at most. With the pauses below they last about a day.
const MAX_ATTEMPTS: i32 = 32;
/// Attempts at most when the refusal is permanent: servers are wrong at times.
const MAX_REFUSALS: i32 = 3;
/// The pause after the first attempt; each further one is twice as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(10);
/// The longest pause.
const MAX_PAUSE: TimeDelta = TimeDelta::hours(1);

/// How long to wait after so many attempts; none when they are used up.
pub(crate) fn pause(attempts: i32, refused: &Refused) -> Option<TimeDelta> {
    let most = if refused.permanent {
        MAX_REFUSALS
    } else {
        MAX_ATTEMPTS
    };
    if attempts >= most {
        return None;
    }
    let doublings = attempts.saturating_sub(1).clamp(0, 10);
    Some((FIRST_PAUSE * (1 << doublings)).min(MAX_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_last_a_day() {
        let refused = Refused::for_now("x");
        let pauses: Vec<i64> = (1..100)
            .map_while(|attempts| pause(attempts, &refused))
            .map(|pause| pause.num_seconds())
            .collect();
        assert_eq!(
            pauses[..11],
            [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
        );
        let hours = pauses.iter().sum::<i64>() / 3600;
        assert!((23..=25).contains(&hours), "{hours} hours");
    }

    #[test]
    fn a_permanent_refusal_is_believed_the_third_time() {
        let refused = Refused::for_good("x");
        assert_eq!(pause(1, &refused), Some(TimeDelta::seconds(10)));
        assert_eq!(pause(2, &refused), Some(TimeDelta::seconds(20)));
        assert_eq!(pause(3, &refused), None);
    }
}
