import { describe, expect, it } from 'vitest';
import { ports } from '../../config/topology.ts';
import { laptopTarget } from '../../drill/laptop/target.ts';
import { CouldNotRun } from '../../drill/target.ts';
import { freePort } from '../../toolchain/port-check.ts';

describe('the laptop pipeline as the target of a drill', () => {
  it('is refused if no console answers', async () => {
    const portOffset = (await freePort()) - ports.console;
    const target = laptopTarget(portOffset);
    const refusal = await target.faults().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CouldNotRun);
    expect(String(refusal)).toContain(`Start the pipeline with npm start -- --port-offset ${portOffset}`);
    expect(await target.isGone?.()).toBe(true);
  });
});
