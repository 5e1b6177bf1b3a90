import { describe, expect, it } from 'vitest';
import { OutOfBounds, type TrafficSettings } from '../../../console/index.ts';
import { order } from '../../../demo/traffic/orders.ts';
import { Meter, Pacing } from '../../../demo/traffic/pacing.ts';
import { burstSize, changed } from '../../../demo/traffic/traffic-settings.ts';

const settings: TrafficSettings = { rate: 40, size: 128, clients: 1, mode: 'on' };

describe('a change of the traffic', () => {
  it('changes only the fields that the change contains', () => {
    expect(changed(settings, { rate: 100, size: undefined })).toEqual({ ...settings, rate: 100 });
    expect(changed(settings, { mode: 'off' })).toEqual({ ...settings, mode: 'off' });
  });

  it.each([
    ['rate', { rate: 2001 }, /1 to 2000/],
    ['rate', { rate: 0 }, /1 to 2000/],
    ['rate', { rate: Number.NaN }, /1 to 2000/],
    ['size', { size: 65_537 }, /64 to 65536/],
    ['clients', { clients: 51 }, /1 to 50/],
    ['size', { size: 65_536, rate: 100 }, /Set size to at most 40000/],
  ] as const)('is refused if the field %s has a value that is not allowed: %j', (field, change, message) => {
    const refused = () => changed(settings, change);
    expect(refused).toThrow(OutOfBounds);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ field }));
  });

  it('is refused if the new rate makes the traffic too large', () => {
    expect(() => changed({ ...settings, size: 40_000 }, { rate: 101 })).toThrow(/Set rate to at most 100/);
    expect(changed({ ...settings, size: 40_000 }, { rate: 100 }).rate).toBe(100);
  });
});

describe('a traffic burst', () => {
  it('has 5000 messages, or fewer if the messages are large', () => {
    expect(burstSize(undefined, 128)).toBe(5000);
    expect(burstSize(undefined, 65_536)).toBe(122);
    expect(burstSize(10, 65_536)).toBe(10);
  });

  it.each([0, 5001, 123])('of %i messages of 64 KiB is refused', (messages) => {
    expect(() => burstSize(messages, 65_536)).toThrow(/1 to 122 messages/);
  });
});

describe('the pace of a publisher', () => {
  it('equals the configured rate, even if the timer fires irregularly', () => {
    const pacing = new Pacing();
    const ticks = [200, 7, 350, 443, 1, 999, 0, 500, 250, 250];
    const sent = ticks.reduce((sum, ms) => sum + pacing.due(ms, 33), 0);
    expect(sent).toBe(Math.floor((33 * ticks.reduce((sum, ms) => sum + ms, 0)) / 1000));
  });

  it('limits the burst after a long pause to the messages of one second', () => {
    expect(new Pacing().due(60_000, 100)).toBe(100);
    expect(new Pacing().due(-5000, 100)).toBe(0);
  });

  it('is measured from the messages of the last few seconds', () => {
    const meter = new Meter(5000);
    for (let ms = 0; ms <= 4000; ms += 1000) meter.add(10, ms);
    expect(meter.rate(4000)).toBe(10);
    expect(meter.rate(7000)).toBe(4);
    expect(meter.rate(60_000)).toBe(0);
  });
});

describe('an order message', () => {
  it.each([64, 128, 65_536])('has exactly %i bytes', (bytes) => {
    for (const sequence of [0, 7, 999_999_999]) {
      const text = order(sequence, bytes);
      expect(Buffer.byteLength(text)).toBe(bytes);
      expect(JSON.parse(text)).toMatchObject({ order: sequence, vnd: expect.any(Number) });
    }
  });
});
