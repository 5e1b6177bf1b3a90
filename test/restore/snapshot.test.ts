import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { snapshot } from '../../restore/stores/jetstream-backup.ts';

const answer = { json: () => ({ config: { name: 'ORDERS' }, state: {} }) };
const chunk = (text: string) => ({ data: new TextEncoder().encode(text), respond: () => true });

/** Takes a snapshot. NATS sends `chunks`, and then either closes the connection or sends nothing. */
async function taken(chunks: readonly ReturnType<typeof chunk>[], { closes = false } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'ORDERS'));
  let written = '';
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const subscription = {
    unsubscribe: () => end(),
    async *[Symbol.asyncIterator]() {
      yield* chunks;
      if (!closes) await ended;
    },
  };
  const connection = { subscribe: () => subscription, request: async () => answer } as never;
  const write = (data: Uint8Array) => {
    written += new TextDecoder().decode(data);
  };
  await snapshot(connection, 'ORDERS', folder, write, 20);
  return written;
}

describe('the snapshot of a stream', () => {
  it('is complete when NATS sends an empty message', async () => {
    expect(await taken([chunk('a'), chunk('b'), chunk('')])).toBe('ab');
  });

  it('is incomplete if the connection closes before the empty message', async () => {
    await expect(taken([chunk('abc')], { closes: true })).rejects.toThrow(
      /^The snapshot of the stream ORDERS is incomplete: NATS sent 3 bytes/,
    );
  });

  it('is incomplete if NATS sends nothing for too long', async () => {
    await expect(taken([chunk('abc')])).rejects.toThrow('and then nothing for 0.02 s');
  });
});
