// What websocket.mjs and sse.mjs share: their arguments, what they print, and when they end.
//
//     node websocket.mjs|sse.mjs URL TOKEN DOCUMENT COUNT [VARIABLES]
//
// TOKEN may be empty, for a caller who has not signed in. Standard output has one line for each thing that happens:
//
//     ready                                    the subscription is live
//     {"data":{…}}                             a result, as the server sent it
//     {"closed":{"code":4401,"reason":"…"}}    the server ended it; without a code when it completed it in good order
//
// Ends with 0 after COUNT results, with 1 and a sentence on standard error when it ends before, whatever the cause.

import { basename } from 'node:path';

const PATIENCE = 30_000;

/** The arguments: where to, who asks, for what, and after how many results to end. */
export function readArguments() {
  const [url, token, query, count, variables, ...rest] = process.argv.slice(2);
  if (!query || !/^\d+$/.test(count ?? '') || rest.length > 0) {
    console.error(`usage: node ${basename(process.argv[1])} URL TOKEN DOCUMENT COUNT [VARIABLES]`);
    process.exit(2);
  }
  return {
    url,
    authorization: token ? { authorization: `Bearer ${token}` } : {},
    request: { query, variables: variables ? JSON.parse(variables) : undefined },
    count: Number(count),
  };
}

/** Says on standard output what happens to one subscription, and ends the process when it has `count` results. */
export class Reporter {
  #count;
  #seen = 0;
  #closed = false;

  constructor(count) {
    this.#count = count;
    setTimeout(() => this.#fail(`no end within ${PATIENCE / 1000} s`), PATIENCE);
  }

  ready() {
    console.log('ready');
    if (this.#count === 0) process.exit(0);
  }

  closed(code, reason) {
    this.#closed = true;
    console.log(JSON.stringify({ closed: { code, reason } }));
  }

  /** The sink that both clients write results to. */
  sink() {
    return {
      next: (result) => this.#next(result),
      error: (error) => this.#fail(describe(error)),
      complete: () => this.#complete(),
    };
  }

  #next(result) {
    console.log(JSON.stringify(result));
    this.#seen += 1;
    if (this.#seen === this.#count) process.exit(0);
  }

  #complete() {
    if (!this.#closed) this.closed(null, 'complete');
    this.#fail('the server completed the subscription');
  }

  #fail(why) {
    console.error(`${why}, after ${this.#seen} of ${this.#count} results`);
    process.exit(1);
  }
}

/** A list of GraphQL errors, a close event, or an error: what the clients may hand to a sink. */
function describe(error) {
  if (Array.isArray(error)) return JSON.stringify(error);
  if (typeof error?.code === 'number') return `closed with ${error.code} ${error.reason ?? ''}`.trimEnd();
  return error?.cause?.message ?? error?.message ?? String(error);
}
