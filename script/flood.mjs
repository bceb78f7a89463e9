// The load of script/flood, over plain HTTP/1.1 with kept connections.
//
//     node script/flood.mjs read ADDRESS TOKEN SECONDS     reads ticket lists, prints one line of figures
//     node script/flood.mjs guess ADDRESS one|many         tries wrong passwords, until it is ended
//
// `read` asks with 4 at a time, each as soon as it has its answer, and prints
//     ANSWERS-PER-SECOND P50-IN-MS P99-IN-MS WORST-IN-MS ERRORS
// `guess` keeps 200 tries under way. `one` comes from one address; `many` comes from another network each time, for
// another account each time, so that no throttle spares the server the work. It prints at its end (SIGTERM)
//     TRIES-PER-SECOND VERIFIED REFUSED FAILED

import { Agent, request } from 'node:http';

const READERS = 4;
const GUESSERS = 200;
const LIST = '{ tickets(first: 20) { nodes { id reference subject status updatedAt requester { name } } } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } errors { code } } }';

const [task, address, ...rest] = process.argv.slice(2);
const [host, port] = address.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** The answer's text, or undefined when there was none, or not 200. */
function ask(body, headers) {
  const text = JSON.stringify(body);
  return new Promise((resolve) => {
    const length = Buffer.byteLength(text);
    const options = {
      host,
      port,
      agent,
      path: '/graphql',
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': length, ...headers },
    };
    const sent = request(options, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(response.statusCode === 200 ? Buffer.concat(parts).toString() : undefined));
      response.on('error', () => resolve(undefined));
    });
    sent.on('error', () => resolve(undefined));
    sent.end(text);
  });
}

async function read(token, seconds) {
  const took = [];
  let errors = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const reader = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      const answer = await ask({ query: LIST }, { Authorization: `Bearer ${token}` });
      took.push(performance.now() - sent);
      if (!answer?.startsWith('{"data":{"tickets":{"nodes":[{')) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  const spent = (performance.now() - begin) / 1000;
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1);
  console.log((took.length / spent).toFixed(0), at(0.5), at(0.99), at(1), errors);
}

async function guess(from) {
  const counts = { verified: 0, refused: 0, failed: 0 };
  const begin = performance.now();
  const report = () => {
    const all = counts.verified + counts.refused + counts.failed;
    const spent = (performance.now() - begin) / 1000;
    console.log((all / spent).toFixed(0), counts.verified, counts.refused, counts.failed);
    process.exit(0);
  };
  process.on('SIGTERM', report);
  let number = 0;
  const guesser = async () => {
    for (;;) {
      number += 1;
      const many = from === 'many';
      // 198.18.0.0/15 is set apart for benchmarks; further networks lie beside it, which nobody is asked on.
      const network = `198.${number >> 8 & 255}.${number & 255}.1`;
      const email = many ? `guess-${number}@halden.example` : 'mia@halden.example';
      const input = { workspace: 'meridian', email, password: 'not the password' };
      const headers = { 'X-Forwarded-For': many ? network : '198.18.0.1' };
      const answer = await ask({ query: SIGN_IN, variables: { input } }, headers);
      if (answer?.includes('"INVALID_CREDENTIALS"')) counts.verified += 1;
      else if (answer?.includes('"TOO_MANY_ATTEMPTS"')) counts.refused += 1;
      else counts.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: GUESSERS }, guesser));
}

if (task === 'read') await read(rest[0], Number(rest[1]));
else await guess(rest[0]);
