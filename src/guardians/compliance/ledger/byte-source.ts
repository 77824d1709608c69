/**
 * The bytes of a ledger file: read in pieces, unpacked where they are gzip, brought to one byte a character of ASCII, and hashed as they
 * lie on the disk.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** How a file's text is encoded. `utf-8` stands for 8-bit code pages as well: figures are the same in them. */
export type LedgerEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const PIECE_BYTES = 1 << 18;
const RETURN = 13;
const FEED = 10;

/** A file that may be gone over; `sha256` is known once its last piece was taken. */
export class ByteSource {
  #hash: Hash = createHash('sha256');
  #digest: string | undefined;

  constructor(readonly path: string, readonly packed: boolean) {}

  /** The file's bytes in order, unpacked. Throws what the file system and gzip throw. */
  async *pieces(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    this.#hash = createHash('sha256');
    this.#digest = undefined;
    const bytes = this.#bytes(signal);
    if (!this.packed) yield* bytes;
    else {
      const unpacked = createGunzip({ chunkSize: PIECE_BYTES });
      // What goes wrong reaches whoever reads the unpacked side.
      pipeline(Readable.from(bytes), unpacked, () => undefined);
      for await (const piece of unpacked) yield piece as Buffer;
    }
    this.#digest = this.#hash.digest('hex');
  }

  async *#bytes(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    for await (const piece of createReadStream(this.path, { highWaterMark: PIECE_BYTES, ...(signal ? { signal } : {}) })) {
      this.#hash.update(piece as Buffer);
      yield piece as Buffer;
    }
  }

  /** SHA-256 of the file as it lies on the disk, as hex. */
  sha256(): string {
    if (this.#digest === undefined) throw new Error('the hash of a ledger is known after its last piece');
    return this.#digest;
  }
}

/** The first bytes of a file, unpacked, as many as asked for or all there are. */
export async function headOf(source: ByteSource, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let have = 0;
  for await (const piece of source.pieces()) {
    pieces.push(piece);
    have += piece.length;
    if (have >= length) break;
  }
  return Buffer.concat(pieces).subarray(0, length);
}

/** Pieces of a text file as UTF-8 without a byte order mark, and with line feeds where a file ends its lines by carriage returns alone. */
export async function* asUtf8(pieces: AsyncIterable<Uint8Array>, encoding: LedgerEncoding, loneReturns: boolean): AsyncGenerator<Uint8Array> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
  let skip = encoding === 'utf-8' ? 3 : 0;
  let start: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    let bytes = decoder ? Buffer.from(decoder.decode(piece, { stream: true })) : piece;
    if (skip > 0) {
      start = Buffer.concat([start, bytes]);
      if (start.length < 3) continue;
      bytes = withoutMark(start);
      skip = 0;
    }
    yield loneReturns ? feedLines(bytes) : bytes;
  }
  if (skip > 0 && start.length > 0) yield loneReturns ? feedLines(start) : start;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function feedLines(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === RETURN ? FEED : byte));
}

/** Longest line: beyond it a file has no lines. */
const MOST_LINE_BYTES = 8 << 20;

/** Stretches of whole lines. The last line of a file need not end in a line feed. Undefined for a line that does not end. */
export async function* wholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(FEED) + 1;
    if (end === 0) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      if (rest.length > MOST_LINE_BYTES) {
        yield undefined;
        return;
      }
      continue;
    }
    yield rest.length === 0 ? piece.subarray(0, end) : Buffer.concat([rest, piece.subarray(0, end)]);
    rest = piece.subarray(end);
  }
  if (rest.length > 0) yield rest;
}
