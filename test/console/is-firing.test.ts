import { expect, it } from 'vitest';
import { isFiring } from '../../console/is-firing.ts';

it('pending alerts, Watchdog and InfoInhibitor do not count as firing alerts', () => {
  expect(isFiring({ alert: 'NatsServerDown', state: 'firing' })).toBe(true);
  expect(isFiring({ alert: 'NatsServerDown', state: 'pending' })).toBe(false);
  expect(isFiring({ alert: 'Watchdog', state: 'firing' })).toBe(false);
  expect(isFiring({ alert: 'InfoInhibitor', state: 'firing' })).toBe(false);
});
