// Names and sizes of what a .vsix or another zip holds, read from its central directory (PKWARE APPNOTE 4.3.12, 4.3.16).
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** @returns {{ name: string, bytes: number, read(): Buffer }[]} one entry a file; throws for something that is no zip */
export function listZip(path) {
  const data = readFileSync(path);
  let end = data.length - 22;
  while (end >= 0 && data.readUInt32LE(end) !== END) { end--; }
  if (end < 0) { throw new Error(`${path} is not a zip file.`); }
  const entries = [];
  let at = data.readUInt32LE(end + 16);
  for (let index = data.readUInt16LE(end + 10); index > 0; index--) {
    if (data.readUInt32LE(at) !== ENTRY) { throw new Error(`${path} has a broken table of contents.`); }
    const method = data.readUInt16LE(at + 10);
    const packed = data.readUInt32LE(at + 20);
    const bytes = data.readUInt32LE(at + 24);
    const nameLength = data.readUInt16LE(at + 28);
    const header = data.readUInt32LE(at + 42);
    const name = data.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({
      name, bytes,
      read() {
        const start = header + 30 + data.readUInt16LE(header + 26) + data.readUInt16LE(header + 28);
        const content = data.subarray(start, start + packed);
        return method === 0 ? Buffer.from(content) : inflateRawSync(content);
      },
    });
    at += 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return entries.filter((entry) => !entry.name.endsWith('/'));
}
