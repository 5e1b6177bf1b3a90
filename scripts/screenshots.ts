import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Browser, Page } from 'playwright-core';
import { parseOffset } from '../demo/settings.ts';
import { launchChromium, projector } from '../test/browser/launch.ts';
import { runningPipeline, startVerifiedPipeline } from '../test/browser/start-pipeline.ts';
import { largestImageBytes } from './screenshots/image-limit.ts';
import { type Screenshot, screenshots } from './screenshots/list.ts';

/** `npm run screenshots` takes about six minutes, because alerts must fire. */

const portOffset = 22_600;
const folder = join(import.meta.dirname, '..', 'docs', 'images');
/** WebP qualities in percent. An image gets the first quality that makes its file small enough. */
const qualities = [90, 80, 70, 60];

const command = new Command('npm run screenshots --')
  .description('Writes the pictures of the documentation from the real page of the console.')
  .argument('[names...]', 'only these pictures; without a name, all')
  .addOption(
    new Option(
      '--pipeline <offset>',
      'uses the running pipeline with this port offset; it injects faults',
    ).argParser(parseOffset),
  )
  .showHelpAfterError()
  .parse();
const { pipeline: running } = command.opts<{ pipeline?: number }>();
const unknown = command.args.filter((name) => !screenshots.some((shot) => shot.name === name));
if (unknown.length > 0) {
  const known = screenshots.map(({ name }) => name).join(', ');
  command.error(`error: There is no picture ${unknown.join(', ')}. Choose from ${known}.`);
}

const pipeline = running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(running);
const base = `http://127.0.0.1:${pipeline.ports.console}`;
const browser = await launchChromium();
try {
  mkdirSync(folder, { recursive: true });
  for (const shot of screenshots) {
    if (command.args.length > 0 && !command.args.includes(shot.name)) continue;
    const image = await take(browser, shot);
    writeFileSync(join(folder, `${shot.name}.webp`), image);
    console.log(`docs/images/${shot.name}.webp  ${(image.length / 1000).toFixed(0)} kB`);
  }
} finally {
  await fetch(`${base}/api/faults`, { method: 'DELETE' });
  await browser.close();
  await pipeline.stop();
}

async function take(browser: Browser, { path, theme, drive }: Screenshot): Promise<Buffer> {
  const context = await browser.newContext({ viewport: projector, colorScheme: theme });
  try {
    const page = await context.newPage();
    // The timeout is long, because some alerts fire a minute after the injection of a fault.
    page.setDefaultTimeout(120_000);
    await page.goto(`${base}${path}`);
    await drive(page, async (method, path, body) => {
      const json = body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
      const response = await fetch(`${base}${path}`, { method, ...json });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    });
    return await smallImage(page);
  } finally {
    await context.close();
  }
}

/**
 * Takes a screenshot of at most `largestImageBytes`.
 * @throws Error if the file is too large in every quality
 */
async function smallImage(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  for (const quality of qualities) {
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
    const image = Buffer.from(data, 'base64');
    if (image.length <= largestImageBytes) return image;
  }
  throw new Error(
    `The picture of ${page.url()} is larger than ${largestImageBytes} bytes, even in the lowest quality. Change the entry of this picture in scripts/screenshots/list.ts so that the picture shows less content.`,
  );
}
