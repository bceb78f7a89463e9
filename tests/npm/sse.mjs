// Subscribes over server-sent events with `graphql-sse`, in its distinct connections mode.
// Arguments and output: subscriber.mjs. Such a stream has no close code: `code` is the HTTP status where the server
// refused to open it, else null.

import { createClient, NetworkError } from 'graphql-sse';

import { readArguments, Reporter } from './subscriber.mjs';

const { url, authorization, request, count } = readArguments();
const reporter = new Reporter(count);

/** Node says only "fetch failed", and keeps why in the cause, which the client drops. */
async function fetchFn(...request) {
  try {
    return await fetch(...request);
  } catch (error) {
    throw error.cause ?? error;
  }
}

const client = createClient({
  url,
  headers: authorization,
  singleConnection: false,
  retryAttempts: 0,
  fetchFn,
  on: { connected: () => reporter.ready() },
});

const sink = reporter.sink();
client.subscribe(request, {
  ...sink,
  async error(error) {
    const response = error instanceof NetworkError ? error.response : undefined;
    reporter.closed(response?.status ?? null, response ? await response.text() : error.message);
    sink.error(error);
  },
});
