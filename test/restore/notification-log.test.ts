import { describe, expect, it } from 'vitest';
import { notificationParts } from '../../restore/laptop/notification-log.ts';

/** A field with a length, in the encoding of Protocol Buffers. */
const field = (number: number, content: Uint8Array | string) => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([number * 8 + 2]), length(bytes.length), bytes]);
};

function length(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.from([(value % 128) + 128, Math.floor(value / 128)]);
}

/** Returns an entry that has field 2 before field 1. The parser must accept fields in every order. */
function entry(group: string, receiver: string): Buffer {
  const inner = Buffer.concat([Buffer.from([4 * 8, 1]), field(1, group), field(2, field(1, receiver))]);
  const message = Buffer.concat([field(2, 'expires'), field(1, inner)]);
  return Buffer.concat([length(message.length), message]);
}

describe('the notification log of Alertmanager', () => {
  it('is split into one part for each alert group and receiver', () => {
    const long = `{}:{alertname="${'A'.repeat(200)}"}`;
    const log = Buffer.concat([entry('{}:{alertname="Down"}', 'console'), entry(long, 'mail')]);
    expect(notificationParts(log).map(({ name }) => name)).toEqual([
      'notification of {}:{alertname="Down"} to console',
      `notification of ${long} to mail`,
    ]);
  });

  it('contains no notifications if the log file is empty', () => {
    expect(notificationParts(new Uint8Array())).toEqual([]);
  });

  it('is refused if its last entry is cut', () => {
    const log = entry('{}:{alertname="Down"}', 'console');
    expect(() => notificationParts(log.subarray(0, -3))).toThrow('ends in the middle of an entry');
  });
});
