import type { Part } from '../part.ts';

/** @throws Error if the file `nflog` of Alertmanager is damaged */
export function notificationParts(file: Uint8Array): readonly Part[] {
  // A sequence of `MeshEntry`: https://github.com/prometheus/alertmanager/blob/main/nflog/nflogpb/nflog.proto
  const log = new Reader(file);
  const parts: Part[] = [];
  while (log.hasMore) {
    // The length of each message is written before the message.
    const entry = new Reader(new Reader(log.bytes()).field(1));
    const group = Buffer.from(entry.field(1)).toString('utf8');
    const receiver = Buffer.from(new Reader(entry.field(2)).field(1)).toString('utf8');
    parts.push({ name: `notification of ${group} to ${receiver}`, count: 1, unit: 'notified groups' });
  }
  return parts;
}

const cutMessage =
  'The notification log of Alertmanager (file nflog) ends in the middle of an entry. Look for an error in the messages that Alertmanager prints, and start the drill again.';

/** Reads the encoding of Protocol Buffers (https://protobuf.dev/programming-guides/encoding). */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get hasMore(): boolean {
    return this.#at < this.#bytes.length;
  }

  #number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error(cutMessage);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** Reads a length, and returns this number of bytes. */
  bytes(): Uint8Array {
    const end = this.#number() + this.#at;
    if (end > this.#bytes.length) throw new Error(cutMessage);
    const found = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return found;
  }

  /** The content of the field with this number. Empty if the message has no such field. */
  field(wanted: number): Uint8Array {
    this.#at = 0;
    while (this.hasMore) {
      const tag = this.#number();
      const type = tag % 8;
      if (type === 2) {
        const content = this.bytes();
        if (Math.floor(tag / 8) === wanted) return content;
      } else if (type === 0) this.#number();
      else if (type === 1) this.#at += 8;
      else if (type === 5) this.#at += 4;
      else
        throw new Error(
          `The notification log of Alertmanager is damaged: a field has the unknown type ${type}. Look for an error in the messages that Alertmanager prints.`,
        );
    }
    return new Uint8Array();
  }
}
