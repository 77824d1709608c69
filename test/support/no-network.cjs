// Preloaded into a process under test and into each of its threads: whatever would reach for the network throws and leaves
// a line in the file that TICKGUARD_NETWORK_MARK names. Every process and thread that loaded it signs TICKGUARD_NETWORK_SEEN.
const { appendFileSync } = require('node:fs');
const workers = require('node:worker_threads');
const { syncBuiltinESMExports } = require('node:module');

const mark = process.env.TICKGUARD_NETWORK_MARK;
const seen = process.env.TICKGUARD_NETWORK_SEEN;
if (mark === undefined || seen === undefined) { throw new Error('TICKGUARD_NETWORK_MARK and TICKGUARD_NETWORK_SEEN are missing'); }
appendFileSync(seen, workers.isMainThread ? 'process\n' : 'thread\n');

/** Replaces the functions of these names by one that marks and throws. */
function close(owner, label, names) {
  for (const name of names) {
    if (typeof owner?.[name] !== 'function') { continue; }
    const denied = function denied() {
      appendFileSync(mark, `${label}.${name}\n`);
      throw new Error(`${label}.${name} reaches for the network`);
    };
    Object.defineProperty(owner, name, { value: denied, writable: true, configurable: true, enumerable: true });
  }
}

const net = require('node:net');
close(net.Socket.prototype, 'net.Socket', ['connect']);
close(net.Server.prototype, 'net.Server', ['listen']);
close(net, 'net', ['connect', 'createConnection', 'createServer']);
close(require('node:tls'), 'tls', ['connect', 'createServer']);
close(require('node:http'), 'http', ['request', 'get', 'createServer']);
close(require('node:https'), 'https', ['request', 'get', 'createServer']);
close(require('node:http2'), 'http2', ['connect', 'createServer', 'createSecureServer']);
close(require('node:dgram'), 'dgram', ['createSocket', 'Socket']);
const dns = require('node:dns');
for (const [label, owner] of [['dns', dns], ['dns.promises', dns.promises], ['dns.Resolver', dns.Resolver.prototype], ['dns.promises.Resolver', dns.promises.Resolver.prototype]]) {
  // A resolver's methods stand on the class that it extends.
  const names = new Set([...Object.getOwnPropertyNames(owner), ...Object.getOwnPropertyNames(Object.getPrototypeOf(owner) ?? {})]);
  close(owner, label, [...names].filter((name) => /^(?:lookup|resolve|reverse)/.test(name)));
}
close(globalThis, 'globalThis', ['fetch', 'WebSocket', 'EventSource']);
syncBuiltinESMExports();

// A thread that is given options of its own forgets those of its process.
const Thread = workers.Worker;
workers.Worker = class extends Thread {
  constructor(file, options = {}) {
    super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--require', __filename] });
  }
};
