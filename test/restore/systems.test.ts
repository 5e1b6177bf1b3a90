import { expect, it } from 'vitest';
import { openRestoreSystem } from '../../restore/systems.ts';

it.each([0, 5])('the restore drill of an environment rejects the port offset %s', async (portOffset) => {
  const signal = new AbortController().signal;
  await expect(
    openRestoreSystem('local', { root: '/project', portOffset, signal, say: () => {} }),
  ).rejects.toThrow(/^local has no port offset, .* Run the drill of local without --port-offset\.$/);
});
