import { PbfReader } from 'pbf';
import { uncompress } from 'snappyjs';
import { expect, it } from 'vitest';
import { encodeLabels, encodeRequest, requestBody } from '../../../bench/federation/write-request.ts';

const labels = encodeLabels([['a', 'b']]);

it('a write request has the field numbers of the remote write 1.0 specification', () => {
  const bytes = encodeRequest([{ labels, value: 1, time: 300 }]);
  expect(Buffer.from(bytes).toString('hex')).toBe(
    // A time series with the label a="b" and the sample 1 at the time 300 ms.
    '0a16' + '0a06' + '0a0161' + '120162' + '120c' + '09000000000000f03f' + '10ac02',
  );
});

it('a write request has times in milliseconds, which need more than 32 bits', () => {
  const time = 1_795_000_000_123;
  const body = uncompress(requestBody([{ labels, value: 2.5, time }]));
  expect(samplesIn(body)).toEqual([{ value: 2.5, time }]);
});

it('a write request has a separate time series for each sample, in the given order', () => {
  const samples = [0, 1, 2].map((number) => ({ labels, value: number, time: 1000 + number }));
  expect(samplesIn(uncompress(requestBody(samples)))).toEqual([
    { value: 0, time: 1000 },
    { value: 1, time: 1001 },
    { value: 2, time: 1002 },
  ]);
});

function samplesIn(bytes: Uint8Array): { value: number; time: number }[] {
  const found: { value: number; time: number }[] = [];
  new PbfReader(bytes).readFields((tag, _, request) => {
    expect(tag).toBe(1);
    request.readMessage((inner, __, series) => {
      if (inner !== 2) return;
      const sample = { value: Number.NaN, time: Number.NaN };
      series.readMessage((part, ___, pbf) => {
        if (part === 1) sample.value = pbf.readDouble();
        if (part === 2) sample.time = pbf.readVarint();
      }, undefined);
      found.push(sample);
    }, undefined);
  }, undefined);
  return found;
}
