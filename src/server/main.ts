/** Entry of `dist/server.cjs`: the language server as a process of its own, over `--stdio` (default) or `--node-ipc`. */
import { VERSION } from '../core/version.ts';
import { serve } from './connection.ts';

void serve(process.argv.includes('--node-ipc') ? 'node-ipc' : 'stdio', VERSION).then((code) => { process.exitCode = code; });
