// Preloaded into a process under test: prints its peak resident memory (KB) and its processor time (microseconds, all threads)
// on descriptor 2 when it ends.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(2, `PEAK ${maxRSS}\nCPU ${userCPUTime + systemCPUTime}\n`);
});
