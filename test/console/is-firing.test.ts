import { expect, it } from 'vitest';
import { isFiring } from '../../console/is-firing.ts';

it('a firing alert counts, but not a pending alert and not the alerts Watchdog and InfoInhibitor', () => {
  expect(isFiring({ alert: 'NatsServerDown', state: 'firing' })).toBe(true);
  expect(isFiring({ alert: 'NatsServerDown', state: 'pending' })).toBe(false);
  expect(isFiring({ alert: 'Watchdog', state: 'firing' })).toBe(false);
  expect(isFiring({ alert: 'InfoInhibitor', state: 'firing' })).toBe(false);
});
