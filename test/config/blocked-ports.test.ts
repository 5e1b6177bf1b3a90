import { Dispatcher, fetch } from 'undici';
import { expect, it } from 'vitest';
import { blockedPorts } from '../../config/blocked-ports.ts';
import { parseOffset, shiftPorts } from '../../demo/settings.ts';
import { readDocuments } from '../metrics/documents.ts';

class NoNetwork extends Dispatcher {
  override dispatch(): boolean {
    throw new Error('not blocked');
  }
}

it('the blocked ports are the ports that the WHATWG Fetch standard blocks', async () => {
  const dispatcher = new NoNetwork();
  const isBlocked = async (port: number) => {
    const error = await fetch(`http://127.0.0.1:${port}/`, { dispatcher }).catch((thrown: Error) => thrown);
    return error instanceof Error && /bad port/.test(String(error.cause));
  };
  const candidates = Array.from({ length: 11_000 - 1024 }, (_, i) => 1024 + i);
  const verdicts = await Promise.all(candidates.map(isBlocked));
  const ours = candidates.map((port) => blockedPorts({ ...shiftPorts(30_000), console: port }).length === 1);
  expect(candidates.filter((_, i) => ours[i])).toEqual(candidates.filter((_, i) => verdicts[i]));
  expect(verdicts.filter(Boolean).length).toBeGreaterThan(10);
});

it.each([
  [1000, '6000 (usdtExporter)', 1001],
  [3000, '6000 (console)', 3001],
  [2000, '10080 (airflow)', 2001],
  [990, '10080 (prometheus)', 991],
])(
  'the port offset %d is rejected, because browsers block the resulting port %s',
  (offset, port, nearest) => {
    expect(() => parseOffset(String(offset))).toThrow(port);
    expect(() => parseOffset(String(offset))).toThrow(`The nearest offset that works is ${nearest}.`);
    expect(parseOffset(String(nearest))).toBe(nearest);
  },
);

it('NATS may use a port that browsers block, because no browser connects to NATS', () => {
  expect(blockedPorts({ ...shiftPorts(10_000), nats: 6000, edgeNats: 6666 })).toEqual([]);
});

it('every port offset in the documents is valid', () => {
  const used = readDocuments().flatMap(({ file, text }) =>
    [...text.matchAll(/--port-offset (\d+)/g)].map(([, offset = '']) => ({ file, offset })),
  );
  expect(used.length).toBeGreaterThan(1);
  for (const { file, offset } of used) expect(() => parseOffset(offset), file).not.toThrow();
});
