// Tries a server with the GraphQL-over-HTTP audit suite of the `graphql-http` package.
//
//     node audit.mjs URL
//
// Prints one line for each audit and the totals of each level. Ends with 1 when an audit fails at MUST or SHOULD,
// since we promise both; a failure at MAY is only a warning.

import { serverAudits } from 'graphql-http';

const PATIENCE = 10_000;
const LEVELS = ['MUST', 'SHOULD', 'MAY'];

const [url, ...rest] = process.argv.slice(2);
if (!url || rest.length > 0) {
  console.error('usage: node audit.mjs URL');
  process.exit(2);
}

/** The suite's `fetch`, with the header that the server asks of every request a browser could be tricked into. */
function fetchFn(target, init = {}) {
  const headers = { ...init.headers, 'x-vitrine-request': 'audit' };
  return fetch(target, { ...init, headers, signal: AbortSignal.timeout(PATIENCE) });
}

/** Runs one audit; `reason` is null when it passes. A request that gets no answer is a failure, too. */
async function run({ id, name, fn }) {
  const level = name.split(' ', 1)[0];
  if (!LEVELS.includes(level)) {
    return { id, name, level: 'MUST', reason: 'its name begins with no level that is known here' };
  }
  try {
    const result = await fn();
    const reason = result.status === 'ok' ? null : await explain(result);
    return { id, name, level, reason };
  } catch (error) {
    return { id, name, level, reason: `no answer: ${error.cause?.message ?? error.message}` };
  }
}

/** What the audit says, and what the server answered. */
async function explain({ reason, response }) {
  const type = response.headers.get('content-type') ?? 'no content type';
  // The audit may have read the body already.
  const body = response.bodyUsed ? '' : ` ${(await response.text()).slice(0, 300)}`;
  return `${reason} (status ${response.status}, ${type})${body}`;
}

function verdict({ level, reason }) {
  if (reason === null) return 'ok  ';
  return level === 'MAY' ? 'warn' : 'FAIL';
}

const outcomes = [];
for (const audit of serverAudits({ url, fetchFn })) {
  const outcome = await run(audit);
  outcomes.push(outcome);
  console.log(`${verdict(outcome)} ${outcome.id} ${outcome.name}${outcome.reason === null ? '' : `: ${outcome.reason}`}`);
}

for (const level of LEVELS) {
  const all = outcomes.filter((outcome) => outcome.level === level);
  const failed = all.filter((outcome) => outcome.reason !== null);
  console.log(`${level}: ${all.length - failed.length} of ${all.length} pass`);
}

const broken = outcomes.some((outcome) => outcome.reason !== null && outcome.level !== 'MAY');
process.exit(broken || outcomes.length === 0 ? 1 : 0);
