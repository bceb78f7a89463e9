//! Where mails of a test arrive, and what is read in them.

use std::sync::Mutex;

use notifications::{Boxed, Channel, Message, Refused};

/// A channel that keeps what it is given.
#[derive(Default)]
pub struct Letterbox(Mutex<Vec<Message>>);

impl Letterbox {
    /// Empties it.
    pub fn take(&self) -> Vec<Message> {
        std::mem::take(&mut *self.0.lock().expect("no panic"))
    }
}

impl Channel for Letterbox {
    fn send<'a>(&'a self, message: &'a Message) -> Boxed<'a, Result<(), Refused>> {
        Box::pin(async move {
            self.0.lock().expect("no panic").push(message.clone());
            Ok(())
        })
    }
}

/// The token of the link in a mail.
pub fn token(message: &Message) -> String {
    let (_, rest) = message
        .text
        .split_once("token=")
        .unwrap_or_else(|| panic!("no link: {}", message.text));
    let is_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    rest.chars().take_while(|&c| is_token(c)).collect()
}

/// The six digits in a mail.
pub fn code(message: &Message) -> String {
    let words = message.text.split_whitespace();
    let six = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut codes = words.filter(six);
    codes
        .next()
        .unwrap_or_else(|| panic!("no code: {}", message.text))
        .to_owned()
}
