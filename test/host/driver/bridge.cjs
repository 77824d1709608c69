'use strict';
// Given to VS Code as extensionTestsPath: instead of running a suite it answers calls from the test process, over a
// Unix socket that only this user can reach, until it is told to stop.
const { createServer } = require('node:net');
const { createInterface } = require('node:readline');

exports.run = () => new Promise((done, fail) => {
  const vscode = require('vscode');
  const server = createServer((socket) => {
    createInterface({ input: socket }).on('line', async (line) => {
      const { id, source, args } = JSON.parse(line);
      if (source === 'stop') { server.close(); done(); return; }
      let answer;
      try {
        // `require` is the host's own, so that a call may look at node:inspector and the like; `shared` outlives a call.
        const call = new Function('vscode', 'require', 'shared', `return (${source})`)(vscode, require, exports);
        answer = { id, value: await call(...args) };
      } catch (error) {
        answer = { id, error: { message: String(error?.message ?? error), stack: String(error?.stack ?? '') } };
      }
      socket.write(`${JSON.stringify(answer)}\n`);
    });
  });
  server.once('error', fail);
  server.listen(process.env.TICKGUARD_BRIDGE);
});
