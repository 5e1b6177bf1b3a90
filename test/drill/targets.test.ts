import { describe, expect, it } from 'vitest';
import { CouldNotRun } from '../../drill/target.ts';
import { openTarget } from '../../drill/targets.ts';

describe('the target of a drill', () => {
  it.each(['laptop', 'local'])('refuses an unknown fault in the system "%s"', async (name) => {
    const said: string[] = [];
    const opening = openTarget(name, {
      root: '/no/such/project',
      portOffset: undefined,
      faults: ['meteorite'],
      signal: AbortSignal.abort(),
      say: (sentence) => said.push(sentence),
    });
    await expect(opening).rejects.toThrow(CouldNotRun);
    await expect(opening).rejects.toThrow(/^There is no fault meteorite\. The faults are .+\.$/);
    expect(said).toEqual([]);
  });

  it.each([0, 5])('refuses the port offset %s for an environment', async (portOffset) => {
    const options = { root: '/no/such/project', portOffset, signal: AbortSignal.abort(), say: () => {} };
    await expect(openTarget('local', options)).rejects.toThrow(
      'The option --port-offset applies only to the laptop. Start the drill of local without this option.',
    );
  });
});
