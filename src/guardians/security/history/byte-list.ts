/** Bytes put together piece by piece. */

/** Room at the beginning, bytes. */
const ROOM = 65_536;
/** Shorter pieces are copied faster one by one than by a call. */
const SHORT = 96;

export class ByteList {
  #bytes = Buffer.allocUnsafeSlow(ROOM);
  #length = 0;

  /** Adds what stands between two offsets of other bytes. */
  add(from: Buffer, start: number, end: number): void {
    const length = end - start;
    const bytes = this.#roomFor(length);
    if (length > SHORT) {
      from.copy(bytes, this.#length, start, end);
    } else {
      for (let i = start, to = this.#length; i < end; i += 1, to += 1) { bytes[to] = from[i] as number; }
    }
    this.#length += length;
  }

  push(byte: number): void {
    this.#roomFor(1)[this.#length] = byte;
    this.#length += 1;
  }

  /** A copy of all; the list is empty then. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    // One huge file must not keep its room.
    if (this.#bytes.length > ROOM * 16) { this.#bytes = Buffer.allocUnsafeSlow(ROOM); }
    return taken;
  }

  #roomFor(length: number): Buffer {
    if (this.#length + length <= this.#bytes.length) { return this.#bytes; }
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
    return larger;
  }
}
