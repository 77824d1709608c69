/** Starts the bot as it should be. */
import WebSocket from 'ws';
import { Broker } from './broker.ts';
import { DayScalper } from './day-scalper.ts';

new DayScalper(new WebSocket(process.env.FEED_URL ?? 'ws://127.0.0.1:7600'), new Broker('http://127.0.0.1:7601')).start();
