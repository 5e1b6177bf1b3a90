import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { launchChromium, phone, projector } from './launch.ts';

export { phone, projector };

export interface OpenOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly theme?: 'light' | 'dark';
}

const errors: string[] = [];
const expected: RegExp[] = [];
let browser: Browser | undefined;

export interface TestBrowser {
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** Allows errors that match the pattern until the end of the test. */
  expectErrors(pattern: RegExp): void;
}

/** Starts a browser for a test file. An unexpected error of a page makes a test fail. */
export function useBrowser(): TestBrowser {
  const base = `http://127.0.0.1:${inject('pipeline').ports.console}`;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    const found = errors.splice(0).filter((error) => !expected.some((pattern) => pattern.test(error)));
    expected.splice(0);
    if (found.length > 0) throw new Error(`The page reported:\n${found.join('\n')}`);
  });
  afterAll(() => browser?.close());
  const open = async (path: string, { viewport = projector, theme = 'light' }: OpenOptions = {}) => {
    if (!browser) throw new Error('The browser has not started.');
    const context = await browser.newContext({
      viewport,
      colorScheme: theme,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${base}${path}`);
    return page;
  };
  return { open, expectErrors: (pattern) => expected.push(pattern) };
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Serious and critical findings of axe-core, one line each. */
export async function accessibilityFindings(page: Page): Promise<readonly string[]> {
  // The Content Security Policy blocks axe-core in a script element, but not in `page.evaluate`.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; impact: string; help: string; nodes: { html: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

/** Saves a screenshot in `.demo/pictures`. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '..', '..', '.demo', 'pictures');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
