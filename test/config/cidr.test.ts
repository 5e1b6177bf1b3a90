import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cidr, contains, ipv4Text, overlap, parseCidr, parseIpv4 } from '../../config/cidr.ts';

const cidr = (text: string) => parseCidr(text) as Cidr;

describe('an IPv4 range', () => {
  it('has the first and the last address that its prefix defines', () => {
    expect(cidr('10.64.0.0/16')).toMatchObject({ first: 0x0a400000, last: 0x0a40ffff, prefix: 16 });
    expect(cidr('0.0.0.0/0')).toMatchObject({ first: 0, last: 0xffffffff });
    expect(cidr('255.255.255.255/32')).toMatchObject({ first: 0xffffffff, last: 0xffffffff });
  });

  it.each([
    '10.64.0.0',
    '10.64.0.0/33',
    '10.64.0.0/-1',
    '10.64.0.0/016',
    '10.64.0.1/16',
    '10.64.0/16',
    '10.64.0.256/24',
    '10.064.0.0/16',
    '10.64.0.0/16/8',
    '10.64/16',
    '0x0a.64.0.0/16',
    ' 10.64.0.0/16',
    '10.64.0.0/16 ',
    '::/0',
    '',
  ])('cannot be parsed from %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('contains another range only if every address of the other range is inside', () => {
    expect(contains(cidr('10.64.0.0/16'), cidr('10.64.255.0/24'))).toBe(true);
    expect(contains(cidr('10.64.0.0/16'), cidr('10.65.0.0/24'))).toBe(false);
    expect(contains(cidr('10.64.0.0/24'), cidr('10.64.0.0/16'))).toBe(false);
  });

  it('overlaps another range if both ranges have a common address', () => {
    const range = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
      .map(([host, prefix]) => cidr(`10.0.0.${host - (host % 2 ** (32 - prefix))}/${prefix}`));
    fc.assert(
      fc.property(range, range, (one, two) => {
        const addresses = new Set(Array.from({ length: one.last - one.first + 1 }, (_, i) => one.first + i));
        let shared = false;
        for (let address = two.first; address <= two.last; address++) shared ||= addresses.has(address);
        expect(overlap(one, two)).toBe(shared);
        expect(overlap(two, one)).toBe(shared);
      }),
    );
  });
});

it('an IPv4 address can be parsed only from four decimal octets', () => {
  expect(parseIpv4('10.96.0.10')).toBe(0x0a60000a);
  for (const text of [
    '10.96.0',
    '10.96.0.256',
    '10.96.0.-1',
    '10.96.0.1e1',
    '10.96.0.010',
    '0x0a.96.0.10',
    '10',
    'localhost',
  ]) {
    expect(parseIpv4(text), text).toBeUndefined();
  }
});

it('an IPv4 address is printed as four decimal octets', () => {
  expect([0, 0x0a60000a, 0xffffffff].map(ipv4Text)).toEqual(['0.0.0.0', '10.96.0.10', '255.255.255.255']);
});
