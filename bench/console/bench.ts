import { join } from 'node:path';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { bundleConsole } from '../../console/bundle.ts';
import { launchChromium } from '../../test/browser/launch.ts';
import { runningPipeline, startVerifiedPipeline } from '../../test/browser/start-pipeline.ts';
import { statusAt } from '../../test/live/processes.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { atMost, figure, median } from '../figures.ts';
import type { BenchOptions } from '../options.ts';
import { agesOfRates } from './age.ts';
import { openPage } from './console-page.ts';
import { type HeapSample, heapOverTime } from './heap.ts';
import type { HeapContent } from './heap-content.ts';
import { timeToInteractive } from './interactive.ts';
import { processorTime } from './processor-time.ts';
import { scriptLimits, scriptSizes } from './script-size.ts';

const root = join(import.meta.dirname, '..', '..');
const portOffset = 14_700;
const loads = 9;
const seconds = 60;
/** Longest warm-up. During the warm-up, the browser stores the machine code of functions in the heap. */
const warmUpMinutes = 10;

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Measures the page of the console in a real browser. */
export async function bench({ pipeline: running, minutes }: BenchOptions): Promise<void> {
  await bundleConsole(root);
  const { firstView, all } = scriptSizes(root);
  const within = (bytes: number, limit: number) => atMost(bytes / 1000, limit / 1000, ' kB');
  figure(
    'script of the first view, compressed',
    kilobytes(firstView),
    within(firstView, scriptLimits.firstView),
  );
  figure('script of all views, compressed', kilobytes(all), within(all, scriptLimits.all));

  const pipeline = running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(running);
  const browser = await launchChromium();
  try {
    const { ports } = pipeline;
    const base = `http://127.0.0.1:${ports.console}`;
    const times: number[] = [];
    for (let load = 0; load < loads; load += 1) times.push(await timeToInteractive(browser, base));
    const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
    const middle = median(times);
    figure(
      'start to the first node',
      `median ${middle.toFixed(0)} ms (${range})`,
      atMost(middle, 1000, ' ms'),
    );

    const serverPid =
      (await statusAt(ports.console)).components.find(({ name }) => name === 'console')?.pid ?? 0;
    for await (const { view, shares } of processorTime(browser, { base, serverPid, seconds })) {
      const text = `page ${percent(shares.page)}, browser ${percent(shares.browser)}, server ${percent(shares.server)}`;
      const limit = view === undefined ? undefined : atMost(shares.page * 100, 5, ' % for the page');
      figure(`share of a core, ${view ?? 'no page'}`, text, limit);
    }

    const page = await openPage(browser, `${base}/map`);
    const ages = await agesOfRates(page, prometheusApi(`http://127.0.0.1:${ports.prometheus}`), seconds);
    const oldest = scrapeIntervalSeconds.laptop + 1;
    figure('age of a rate since its reading, at most', `${ages.reading} ms`);
    figure(
      'age of a rate since its scrape, at most',
      `${ages.sample.toFixed(0)} ms`,
      atMost(ages.sample / 1000, oldest, ' s'),
    );
    await page.context().close();

    const first = Math.min(warmUpMinutes, minutes - 1);
    const samples = await heapOverTime(browser, base, { from: first, minutes }, ({ minute, heapBytes }) => {
      const heaps = Object.entries(heapBytes).map(([name, bytes]) => `${name} ${megabytes(bytes)}`);
      console.log(`    heap after ${minute} min: ${heaps.join(', ')}`);
    });
    for (const view of Object.keys(samples[0]?.heapBytes ?? {})) {
      const before = samples[first]?.heapBytes[view] ?? 0;
      const after = samples.at(-1)?.heapBytes[view] ?? 0;
      const growth = (after / before - 1) * 100;
      const text = `${growth.toFixed(1)} %, to ${megabytes(after)}; ${contentGrowth(samples[first], samples.at(-1), view)}`;
      figure(`growth of the heap after minute ${first}, ${view}`, text, atMost(growth, 10, ' %'));
    }
  } finally {
    await browser.close();
    await pipeline.stop();
  }
}

function contentGrowth(first: HeapSample | undefined, last: HeapSample | undefined, view: string): string {
  const [before, after] = [first?.contents?.[view], last?.contents?.[view]];
  if (!before || !after) return 'content unknown';
  const part = (name: keyof HeapContent) =>
    `${name} ${kilobytes(before[name])} to ${kilobytes(after[name])} (${(((after[name] - before[name]) / before[name]) * 100).toFixed(1)} %)`;
  return `${part('objects')}, ${part('code')}`;
}
