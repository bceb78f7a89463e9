// Subscribes over WebSocket with `graphql-ws`, the client of the graphql-transport-ws protocol.
// Arguments and output: subscriber.mjs.

import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { readArguments, Reporter } from './subscriber.mjs';

const { url, authorization, request, count } = readArguments();
const reporter = new Reporter(count);

/** Says "ready" once the subscribe message has left: the client has no event for that. */
class Socket extends WebSocket {
  send(data, ...rest) {
    super.send(data, ...rest);
    if (JSON.parse(data).type === 'subscribe') reporter.ready();
  }
}

const client = createClient({
  url,
  webSocketImpl: Socket,
  connectionParams: authorization,
  retryAttempts: 0,
  on: { closed: ({ code, reason }) => reporter.closed(code, reason) },
});

client.subscribe(request, reporter.sink());
