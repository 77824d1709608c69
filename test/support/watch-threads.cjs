// Preloaded into a process under test: prints how many threads it started on descriptor 2 when it ends. With
// TICKGUARD_KILL_THREADS=n it kills each of them when its nth part comes, and that part is lost.
const workers = require('node:worker_threads');

const kill = Number(process.env.TICKGUARD_KILL_THREADS ?? 0);
let started = 0;
let killed = 0;

if (workers.isMainThread) {
  workers.Worker = class extends workers.Worker {
    #parts = 0;

    constructor(...args) {
      super(...args);
      started += 1;
    }

    emit(event, ...args) {
      if (event === 'message' && kill > 0) {
        this.#parts += 1;
        if (this.#parts === kill) {
          killed += 1;
          void this.terminate();
        }
        if (this.#parts >= kill) { return true; }
      }
      return super.emit(event, ...args);
    }
  };
  process.on('exit', () => { require('node:fs').writeSync(2, `THREADS ${started}\nKILLED ${killed}\n`); });
}
