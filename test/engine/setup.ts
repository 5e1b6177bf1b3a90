import type { TestProject } from 'vitest/node';
import { setUpPipeline } from '../live/setup.ts';

/**
 * Port offset of the pipeline. It is far from the offset of the live tests. Two test runs at the same time need
 * different offsets.
 */
const portOffset = Number(process.env.ENGINE_PORT_OFFSET ?? 23_500);

/** Starts the pipeline with Thanos as a user does, and runs verify until it passes. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return setUpPipeline(project, portOffset, 'thanos');
}
