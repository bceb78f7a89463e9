//! Which media type the caller takes.

use http::{HeaderMap, header::ACCEPT};

/// What an answer can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`: the status says how it went.
    GraphQl,
    /// `application/json`: for older clients, 200 whenever the request made sense.
    Json,
    /// `text/event-stream`: one event an answer.
    Events,
}

impl Media {
    /// The best that the caller takes; none when nothing fits. Without a wish,
    /// the specification asks for `application/json`.
    pub(crate) fn wanted(headers: &HeaderMap) -> Option<Self> {
        let mut wishes: Vec<(i32, Self)> = Vec::new();
        let mut any = false;
        for accept in headers.get_all(ACCEPT) {
            for range in accept.to_str().ok()?.split(',') {
                any |= !range.trim().is_empty();
                wishes.extend(Self::of(range));
            }
        }
        if !any {
            return Some(Self::Json);
        }
        // The first of the most wanted: a stable sort keeps the caller's order.
        wishes.sort_by_key(|(quality, _)| -quality);
        wishes
            .first()
            .filter(|(quality, _)| *quality > 0)
            .map(|(_, media)| *media)
    }

    /// The media type of one range with its quality in thousandths.
    fn of(range: &str) -> Option<(i32, Self)> {
        let mut parts = range.split(';').map(str::trim);
        let media = match parts.next()?.to_ascii_lowercase().as_str() {
            "application/graphql-response+json" => Self::GraphQl,
            "application/json" | "application/*" | "*/*" => Self::Json,
            "text/event-stream" => Self::Events,
            _ => return None,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q="));
        let quality = quality.map_or(Some(1.0), |text| text.parse::<f32>().ok())?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "clamped to 0..=1000 before"
        )]
        let thousandths = (quality * 1000.0).clamp(0.0, 1000.0) as i32;
        Some((thousandths, media))
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(accept: &str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, accept.parse().expect("a header"));
        Media::wanted(&headers)
    }

    #[test]
    fn the_most_wanted_type_is_chosen() {
        assert_eq!(Media::wanted(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(wanted("*/*"), Some(Media::Json));
        assert_eq!(
            wanted("application/graphql-response+json"),
            Some(Media::GraphQl)
        );
        assert_eq!(
            wanted("application/graphql-response+json, application/json;q=0.9"),
            Some(Media::GraphQl)
        );
        assert_eq!(
            wanted("application/json;q=0.8, application/graphql-response+json;q=0.9"),
            Some(Media::GraphQl)
        );
        assert_eq!(wanted("text/event-stream"), Some(Media::Events));
        assert_eq!(wanted("image/png"), None);
        assert_eq!(wanted("application/json;q=0"), None);
    }
}
