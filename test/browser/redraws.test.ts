import { basename, join } from 'node:path';
import { type BuildResult, build } from 'esbuild';
import type { CDPSession, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { views } from '../../console/web/views.ts';
import { useBrowser } from './chromium.ts';
import { currentSections, eventsOf, sendUpdates } from './live-events.ts';

const { open } = useBrowser();
const updates = 300;

/** A build of the page with readable component names. */
let bundle: BuildResult<{ write: false }>;
beforeAll(async () => {
  bundle = await build({
    entryPoints: { main: 'console/web/main.tsx' },
    absWorkingDir: join(import.meta.dirname, '..', '..'),
    outdir: 'assets',
    bundle: true,
    splitting: true,
    format: 'esm',
    chunkNames: 'chunk-[hash]',
    write: false,
  });
});

async function serveBundle(page: Page): Promise<void> {
  await page.route('**/assets/*', (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const file = bundle.outputFiles.find(({ path }) => basename(path) === name);
    return file
      ? route.fulfill({
          body: file.text,
          contentType: name.endsWith('.css') ? 'text/css' : 'text/javascript',
        })
      : route.continue();
  });
}

/** Number of drawings of each component since the last call. */
async function drawings(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { result } = await session.send('Profiler.takePreciseCoverage');
  const counts = new Map<string, number>();
  for (const { url, functions } of result) {
    if (!url.includes('/assets/')) continue;
    for (const { functionName, ranges } of functions) {
      if (!/^(draw)?[A-Z][a-z]/.test(functionName)) continue;
      counts.set(functionName, (counts.get(functionName) ?? 0) + (ranges[0]?.count ?? 0));
    }
  }
  return counts;
}

const cases = [
  ...views.map(({ name, path }) => ({ name, path, age: 0 })),
  { name: 'Map with old rates', path: '/map', age: 60_000 },
];

describe('an open page of the console', () => {
  it.each(cases)('does not redraw the view $name if an update has no new values', async ({ path, age }) => {
    const page = await open(path);
    const current = await currentSections(page);
    const sections = { ...current, flows: { ...current.flows, at: Date.now() - age } };
    await serveBundle(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Profiler.enable');
    await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    let before: ReadonlyMap<string, number> = new Map();
    await sendUpdates(page, sections, async () => {
      before = await drawings(session);
      // Each update changes only `flows.at`, the time at which the rates were measured.
      const update = (index: number) =>
        eventsOf({ ...sections, flows: { ...sections.flows, at: sections.flows.at + index } });
      return Array.from({ length: updates }, (_, index) => update(index)).join('');
    });
    expect(before.get('App')).toBeGreaterThan(0);
    const drawn = [...(await drawings(session))].filter(([, count]) => count >= updates);
    expect(drawn).toEqual([]);
  });
});
