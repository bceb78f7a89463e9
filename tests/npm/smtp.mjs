// A mail server that does what it is told.
//
//     node smtp.mjs [--port N] [--tls none|starttls|implicit] [--key FILE --cert FILE] [--sign-in USER:PASSWORD]
//
// It listens on loopback, on a free port unless one is given. Standard input has one mode a line, which is in force
// from its echo on:
//
//     accept          takes every mail
//     busy            refuses every recipient for now (451)
//     refuse          refuses every recipient for good (550), repeating the address
//     unwanted        takes the content and refuses it for good (554)
//     mute            accepts connections and says nothing
//     stall           never answers to the content
//     die             ends the process in the midst of the content
//     swallow         takes the mail, and ends the process instead of saying so
//
// Standard output has one JSON object a line: {"listening":PORT}, {"mode":"…"}, {"mail":{"to":[…],"raw":"base64…"}}.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';

const MODES = ['accept', 'busy', 'refuse', 'unwanted', 'mute', 'stall', 'die', 'swallow'];

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    tls: { type: 'string', default: 'none' },
    key: { type: 'string' },
    cert: { type: 'string' },
    'sign-in': { type: 'string' },
  },
});

let mode = 'accept';
const say = (what, then) => process.stdout.write(`${JSON.stringify(what)}\n`, then);
const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code });

const server = new SMTPServer({
  secure: values.tls === 'implicit',
  hideSTARTTLS: values.tls === 'none',
  ...(values.key ? { key: readFileSync(values.key), cert: readFileSync(values.cert) } : {}),
  authOptional: !values['sign-in'],
  allowInsecureAuth: true,
  disableReverseLookup: true,
  closeTimeout: 100,

  onConnect(_session, done) {
    if (mode !== 'mute') done();
  },

  onAuth({ username, password }, _session, done) {
    if (`${username}:${password}` === values['sign-in']) done(null, { user: username });
    else done(refusal(535, `5.7.8 ${username} is not welcome`));
  },

  onRcptTo({ address }, _session, done) {
    if (mode === 'busy') done(refusal(451, '4.3.2 Come back later'));
    else if (mode === 'refuse') done(refusal(550, `5.1.1 <${address}> is unknown here`));
    else done();
  },

  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', (chunk) => {
      if (mode === 'die') process.exit(1);
      chunks.push(chunk);
    });
    stream.on('end', () => {
      if (mode === 'stall') return;
      if (mode === 'unwanted') {
        done(refusal(554, '5.7.1 Not wanted'));
        return;
      }
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const mail = { to, raw: Buffer.concat(chunks).toString('base64') };
      say({ mail }, () => {
        if (mode === 'swallow') process.exit(1);
        done();
      });
    });
  },
});

// A client that goes away is no news.
server.on('error', () => {});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (!MODES.includes(line)) {
      console.error(`no such mode: ${line}`);
      process.exit(2);
    }
    mode = line;
    say({ mode });
  })
  // Whoever started us has gone.
  .on('close', () => process.exit(0));

const listening = server.listen(Number(values.port), '127.0.0.1', () => say({ listening: listening.address().port }));
