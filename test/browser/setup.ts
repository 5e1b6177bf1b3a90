import type { TestProject } from 'vitest/node';
import { runningPipeline, startVerifiedPipeline } from './start-pipeline.ts';

/**
 * Port offset of the pipeline. It must differ from the offset of the live tests, because they can run at the same time.
 */
const portOffset = Number(process.env.BROWSER_PORT_OFFSET ?? 30_000);

/**
 * Starts a pipeline and waits until verify passes. With `BROWSER_PIPELINE=<offset>`, the tests use a running pipeline.
 * This saves the start while a developer writes a page.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  const { stop, ...pipeline } =
    running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(Number(running));
  project.provide('pipeline', pipeline);
  return stop;
}
