import type { TestProject } from 'vitest/node';
import { setUpPipeline } from '../live/setup.ts';

/** Port offset of the pipeline. Two test runs at the same time need different offsets. */
const portOffset = Number(process.env.ENGINE_PORT_OFFSET ?? 23_500);

export function setup(project: TestProject): Promise<() => Promise<void>> {
  return setUpPipeline(project, portOffset, 'thanos');
}
