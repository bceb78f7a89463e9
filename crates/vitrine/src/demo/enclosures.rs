//! Some tickets come with files: a log, a list, a small picture. They are made here, to the byte
//! the same each time, and by dice of their own, so that the tickets stay as they are.

use documents::{
    FileId, Files,
    provision::{By, NewFile},
};
use kernel::{Entropy, SeededEntropy};
use store::Tx;
use tickets::{Attachment, Entry, EntryKind, Ticket, provision::History};
use visibility::Flag;

/// One ticket in so many has files. Odd, so that pictures and logs take turns.
const EVERY: usize = 7;
/// Of a batch, however large the world is.
const MOST: usize = 24;

/// A file that is about to be attached.
struct Enclosure<'a> {
    ticket: &'a Ticket,
    entry: Option<&'a Entry>,
    file: NewFile,
}

/// Writes files for some of the histories, which were written before.
pub(super) async fn enclose(
    files: &Files,
    tx: &Tx,
    histories: &[History],
) -> Result<(), Box<dyn std::error::Error>> {
    let entropy = SeededEntropy::new(11);
    let mut enclosures = Vec::new();
    for history in histories.iter().step_by(EVERY).take(MOST) {
        // Of another seed for each ticket: batches must not draw the same ids.
        entropy.reseed(history.ticket.id.0.as_u64_pair().1);
        enclosures.extend(with_description(history, &entropy));
        enclosures.extend(with_answer(history, &entropy));
    }
    let places: Vec<_> = enclosures
        .iter()
        .map(|one| (one.ticket, one.entry.map(|entry| entry.id)))
        .collect();
    let new = enclosures.into_iter().map(|one| one.file).collect();
    let written = documents::provision::files(files, tx, new).await?;
    let rows = places.into_iter().zip(written);
    let rows = rows.map(|((ticket, entry), file)| Attachment::of(ticket, entry, 1, file));
    tickets::provision::attachments(tx, rows.collect()).await?;
    Ok(())
}

/// What the requester saw: a log, or a picture.
fn with_description<'a>(history: &'a History, entropy: &dyn Entropy) -> Option<Enclosure<'a>> {
    let ticket = &history.ticket;
    let by = By::Client(ticket.requester_id?);
    let odd = ticket.number % 2 == 1;
    let (name, content_type, bytes) = if odd {
        ("screen.png", "image/png", picture(ticket.number))
    } else {
        ("protocol.txt", "text/plain", log(ticket).into_bytes())
    };
    Some(Enclosure {
        ticket,
        entry: None,
        file: NewFile {
            id: FileId::fresh(ticket.opened_at, entropy),
            workspace: ticket.workspace_id,
            by,
            name: name.to_owned(),
            content_type,
            bytes: bytes.into(),
            at: ticket.opened_at,
        },
    })
}

/// What the team sends along: a list; with a note it stays among themselves.
fn with_answer<'a>(history: &'a History, entropy: &dyn Entropy) -> Option<Enclosure<'a>> {
    let answer = |entry: &&Entry| entry.kind == EntryKind::Message && entry.staff_user_id.is_some();
    let entry = history.entries.iter().find(answer)?;
    let name = match entry.flag {
        Flag::ClientVisible => "steps.csv",
        Flag::InternalOnly => "costs.csv",
    };
    let list = format!(
        "\"step\",\"ticket\"\r\n\"1\",\"{}\"\r\n",
        history.ticket.reference()
    );
    Some(Enclosure {
        ticket: &history.ticket,
        entry: Some(entry),
        file: NewFile {
            id: FileId::fresh(entry.created_at, entropy),
            workspace: entry.workspace_id,
            by: By::Staff(entry.staff_user_id?),
            name: name.to_owned(),
            content_type: "text/csv",
            bytes: list.into_bytes().into(),
            at: entry.created_at,
        },
    })
}

fn log(ticket: &Ticket) -> String {
    let lines = (0..12).map(|minute| {
        let at = ticket.opened_at - chrono::TimeDelta::minutes(30 - minute);
        let word = if minute % 4 == 3 { "failed" } else { "ok" };
        format!("{} check {minute}: {word}\n", at.format("%Y-%m-%d %H:%M"))
    });
    lines.collect()
}

/// A small PNG: grey stripes, at an angle of its own for each number.
fn picture(number: i64) -> Vec<u8> {
    const WIDTH: u32 = 96;
    const HEIGHT: u32 = 64;
    let slope = u32::try_from(number.rem_euclid(7)).unwrap_or(0) + 1;
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        // Each row begins with its filter: none.
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| (((x * slope + y * 3) % 64) * 4).to_le_bytes()[0]));
    }
    let mut header = Vec::new();
    header.extend(WIDTH.to_be_bytes());
    header.extend(HEIGHT.to_be_bytes());
    // Eight bits of grey, nothing else.
    header.extend([8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"IDAT", &stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc(&png[from..]);
    png.extend(sum.to_be_bytes());
}

/// A zlib stream of one block that is not compressed; it holds up to 65 535 bytes.
fn stored(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
    let mut stream = vec![0x78, 0x01, 0x01];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(data);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    stream.extend(((b << 16) | a).to_be_bytes());
    stream
}

fn crc(data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in data {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png() {
        let png = picture(4_711);
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(png, picture(4_711), "the same each time");
        assert_ne!(png, picture(4_712));
        // The last chunk of every PNG, as the standard prints it.
        assert!(png.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
    }
}
