/** Starts the bot with the faults. */
import WebSocket from 'ws';
import { Broker } from './broker.ts';
import { Scalper } from './scalper.ts';

new Scalper(new WebSocket(process.env.FEED_URL ?? 'ws://127.0.0.1:7600'), new Broker('http://127.0.0.1:7601')).start();
