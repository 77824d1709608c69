// Preloaded into a process under test: prints its peak resident memory (KB), its processor time (microseconds, all threads) and,
// where the system tells (Linux), that of its main thread alone on descriptor 2 when it ends.
process.on('exit', () => {
  const { readFileSync, writeSync } = require('node:fs');
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  let main = '';
  try { main = `MAIN ${Math.round(Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000)}\n`; } catch { /* not told */ }
  writeSync(2, `PEAK ${maxRSS}\nCPU ${userCPUTime + systemCPUTime}\n${main}`);
});
