// Preloaded into a process under test: prints its peak resident memory (KB) on descriptor 2 when it ends.
process.on('exit', () => { require('node:fs').writeSync(2, `PEAK ${process.resourceUsage().maxRSS}\n`); });
