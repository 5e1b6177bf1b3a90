import type { TestProject } from 'vitest/node';
import { runningPipeline, startVerifiedPipeline } from './start-pipeline.ts';

/**
 * Port offset of the pipeline. The live tests use another offset, because live tests and browser tests can run at the
 * same time.
 */
const portOffset = Number(process.env.BROWSER_PORT_OFFSET ?? 12_500);

/**
 * Starts a pipeline and waits until verify passes. With `BROWSER_PIPELINE=<offset>`, the tests use a running pipeline,
 * which saves the time of a start.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  const { stop, ...pipeline } =
    running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(Number(running));
  project.provide('pipeline', pipeline);
  return stop;
}
