import type { Page } from 'playwright-core';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { acts, steps } from '../../console/tour/acts.ts';
import { until } from '../live/processes.ts';
import { accessibilityFindings, phone, picture, projector, useBrowser } from './chromium.ts';

const { open, expectErrors } = useBrowser();
const base = `http://127.0.0.1:${inject('pipeline').ports.console}`;
/** Milliseconds. On a busy machine, the alert of a fault needs more than half a minute. */
const tickMs = 75_000;

const openStep = (page: Page, id: string) =>
  page.evaluate((step) => {
    history.pushState(null, '', `/tour?step=${step}`);
    dispatchEvent(new PopStateEvent('popstate'));
  }, id);
const title = (page: Page, id: string) =>
  page.getByRole('heading', { name: steps.find(({ step }) => step.id === id)?.step.title ?? id });
const act = async (page: Page, id: string, button: string) => {
  await openStep(page, id);
  await title(page, id).waitFor();
  await page.getByRole('button', { name: button, exact: true }).click();
};
const ticked = (page: Page, id: string) =>
  page.locator(`.tour-acts a[href$="step=${id}"] .tour-tick.done`).waitFor({ timeout: tickMs });
const hasTick = (page: Page, id: string) =>
  page.locator(`.tour-acts a[href$="step=${id}"] .tour-tick.done`).isVisible();

afterAll(async () => {
  for (const fault of ['upstream-rate-limited', 'edge-cut-off', 'upstream-timeout']) {
    await fetch(`${base}/api/faults/${fault}`, { method: 'DELETE' });
  }
});

describe('the Tour', () => {
  it('marks every step as done after the user has performed all actions', async () => {
    // One step kills Prometheus. Prometheus then does not answer for some seconds.
    expectErrors(/status of 50[23]/);
    const page = await open('/tour');
    for (const { step } of steps.filter(({ step }) => step.check.after === undefined)) {
      await openStep(page, step.id);
      await ticked(page, step.id);
    }
    // The order saves time: the test starts several actions before the test waits for their effects.
    await act(page, 'kill-prometheus', 'Kill prometheus for 20 s');
    await act(page, 'burst', 'Publish 5,000 messages');
    await act(page, 'run-batch', 'Run the batch');
    await act(page, 'break-binance', 'Break: Binance answers 429');
    for (const id of ['kill-prometheus', 'no-gap']) await ticked(page, id);
    await act(page, 'cut-off-edge', 'Break: The edge cluster stops sending');
    for (const id of ['burst', 'run-batch', 'pushgateway', 'report']) await ticked(page, id);
    await act(page, 'failing-batch', 'Run a batch that fails');
    for (const id of ['failing-batch', 'break-binance']) await ticked(page, id);
    await act(page, 'restore-binance', 'End the fault: Binance answers 429');
    await ticked(page, 'cut-off-edge');
    await act(page, 'restore-edge', 'End the fault: The edge cluster stops sending');
    await ticked(page, 'restore-binance');
    await ticked(page, 'restore-edge');

    expect(await page.locator('.tour-acts .tour-tick.done').count()).toBe(steps.length);
    await page.reload();
    await page.getByText(`${steps.length} of ${steps.length} steps done`).waitFor();
    await page.getByRole('button', { name: 'Reset progress' }).click();
    await page.getByText(`${steps.length} of ${steps.length} steps done`).waitFor();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await page.getByText(/^[01] of/).waitFor();
  });

  it('does not mark a step as done before Prometheus shows the effect of the action', async () => {
    const page = await open('/tour?step=burst');
    await page.route('**/api/traffic/burst', (route) => route.fulfill({ json: { published: 5000 } }));
    await page.getByRole('button', { name: 'Publish 5,000 messages' }).click();
    await page.getByText('NATS has accepted 5,000 messages.').waitFor();
    // This text appears only after several queries to Prometheus.
    await page
      .getByText(/^Prometheus does not show the expected data yet, [4-9] s after the action/)
      .waitFor();
    expect(await hasTick(page, 'burst')).toBe(false);

    await openStep(page, 'run-batch');
    expectErrors(/status of 503/);
    const detail = 'The pipeline is still starting.';
    await page.route('**/api/batch', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: { detail } }),
    );
    await page.getByRole('button', { name: 'Run the batch' }).click();
    await page.getByText(`The action failed: ${detail}`).waitFor();
    expect(await hasTick(page, 'run-batch')).toBe(false);
  });

  it('does not mark a step as done while Prometheus does not answer', async () => {
    expectErrors(/status of 502/);
    const page = await open('/faults');
    await page.route('**/api/prometheus/**', (route) =>
      route.fulfill({
        status: 502,
        json: { detail: 'Prometheus or Thanos does not answer: connection refused' },
      }),
    );
    await openStep(page, 'targets-up');
    await page
      .getByText('Prometheus does not answer, therefore the console cannot check this step')
      .waitFor();
    expect(await hasTick(page, 'targets-up')).toBe(false);
    await page.unroute('**/api/prometheus/**');
    await ticked(page, 'targets-up');
  });

  it('draws the queries of the open step and links each query to the Explore view', async () => {
    const page = await open('/tour?step=nats');
    const queries = steps.find(({ step }) => step.id === 'nats')?.step.queries ?? [];
    expect(queries).toHaveLength(4);
    for (const { expr } of queries) {
      const panel = page.locator('.tour-query', { has: page.getByText(expr, { exact: true }) });
      await panel.locator('[data-series]:not([data-series="0"])').waitFor();
      expect(await panel.locator('.tour-values strong').first().innerText()).toMatch(/\d/);
      expect(await panel.getByRole('link').getAttribute('href')).toBe(
        `/explore?expr=${encodeURIComponent(expr)}`,
      );
    }
  });

  it('draws a graph up to the present time, even if the newest sample is old', async () => {
    const page = await open('/faults');
    await page.route('**/api/prometheus/api/v1/query_range', (route) => {
      const asked = new URLSearchParams(route.request().postData() ?? '');
      const [from, to, step] = ['start', 'end', 'step'].map((name) => Number(asked.get(name))) as [
        number,
        number,
        number,
      ];
      const half = Math.floor((to - from) / step / 2);
      const values = Array.from({ length: half }, (_, index) => [from + index * step, '1']);
      const data = { resultType: 'matrix', result: [{ metric: {}, values }] };
      return route.fulfill({ json: { status: 'success', data } });
    });
    await openStep(page, 'no-gap');
    const plot = page.locator('.tour-chart .u-over').first();
    await plot.waitFor();
    const { width, height } = (await plot.boundingBox()) ?? { width: 0, height: 0 };
    const secondsAgo = async (x: number) => {
      await plot.hover({ position: { x, y: height / 2 } });
      const text = await page.locator('.chart-tooltip-time').innerText();
      return page.evaluate((time) => {
        const shown = new Date();
        shown.setHours(...(time.split(':').map(Number) as [number, number, number]));
        return (Date.now() - shown.getTime()) / 1000;
      }, text);
    };
    expect(await secondsAgo(width - 2)).toBeLessThan(20);
    expect(await secondsAgo(2)).toBeGreaterThan(280);
    await page.locator('.tour-query').first().getByText('no sample now').waitFor();
  });

  it('shows the first step if the address has an unknown step', async () => {
    const page = await open('/tour?step=intermission');
    await title(page, 'architecture').waitFor();
    await page.waitForURL('**/tour?step=architecture');
  });
});

describe('presenter mode', () => {
  const stage = (page: Page) => page.locator('.tour-stage');

  it('shows each step on a projector without scrolling', async () => {
    const page = await open('/tour?present=1', { viewport: projector });
    for (const { step } of steps) {
      await title(page, step.id).waitFor();
      for (const { expr } of step.queries) {
        const query = page.locator('.tour-query', { has: page.getByText(expr, { exact: true }) });
        await query.locator('.tour-values, .tour-tiles').waitFor();
      }
      const tooLong = () =>
        page.evaluate(() => {
          const parts = document.querySelectorAll('html, .tour-slide-text, .tour-slide-read, .tour-queries');
          return [...parts]
            .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
            .map(
              ({ className, scrollHeight, clientHeight }) => `${className} ${scrollHeight} > ${clientHeight}`,
            );
        });
      let found: readonly string[] = [];
      await until(
        () => `The slide of ${step.id} needs scrolling: ${found.join(', ')}`,
        async () => {
          found = await tooLong();
          return found.length === 0;
        },
        10_000,
      );
      await page.keyboard.press('ArrowRight');
    }
  });

  it('starts with the key P, changes steps with arrow keys, and ends with Escape', async () => {
    const page = await open('/tour?step=nats');
    await title(page, 'nats').waitFor();
    await page.keyboard.press('p');
    await stage(page).waitFor();
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    for (const [key, id] of [
      ['PageDown', 'burst'],
      ['ArrowRight', 'usdt-rate'],
      ['PageUp', 'burst'],
      ['ArrowLeft', 'nats'],
    ] as const) {
      await page.keyboard.press(key);
      await title(page, id).waitFor();
    }
    await page.reload();
    await stage(page).waitFor();
    await page.keyboard.press('n');
    const notes = page.getByRole('complementary', { name: 'Speaker notes' });
    await notes.getByText('9:00', { exact: true }).waitFor();
    await page.keyboard.press('t');
    await notes.getByText(/^8:5\d$/).waitFor();
    await page.keyboard.press('t');
    await notes.getByRole('button', { name: 'Start' }).waitFor();
    await page.keyboard.press('Escape');
    await stage(page).waitFor({ state: 'detached' });
    await page.waitForURL('**/tour?step=nats');
  });

  it('shows on the slide how much time remains in the act and in the presentation', async () => {
    const page = await open('/tour?step=nats&present=1');
    const timer = page.locator('.tour-slide').getByRole('timer');
    await timer.waitFor();
    expect(await timer.innerText()).toBe('9:00 left in the act · 30:00 in all · paused');
    await page.keyboard.press('t');
    await expect
      .poll(() => timer.innerText(), { timeout: 10_000 })
      .toMatch(/^8:5\d left in the act · 29:5\d in all$/);
    await picture(page, 'tour-slide-clock');
    await page.keyboard.press('n');
    await timer.waitFor({ state: 'detached' });
  });

  it('can end an active fault that blocks the action of the step', async () => {
    await fetch(`${base}/api/faults/upstream-timeout`, { method: 'POST' });
    const page = await open('/tour?step=break-binance&present=1', { viewport: projector });
    const other = page.getByRole('list', { name: 'Other faults' });
    await other.getByText('Binance does not answer').waitFor();
    const button = page.getByRole('button', { name: 'Break: Binance answers 429' });
    expect(await button.isDisabled()).toBe(true);
    const foot = (await page.locator('.tour-foot').boundingBox())?.y ?? 0;
    const links = await page.locator('.tour-slide-text .tour-links').boundingBox();
    expect((links?.y ?? foot) + (links?.height ?? 0)).toBeLessThanOrEqual(foot);
    const chart = await page.locator('.tour-chart').first().boundingBox();
    expect(chart?.height).toBeGreaterThan(50);
    await picture(page, 'tour-other-fault');
    const warning = await other.locator('.tour-other-fault').boundingBox();
    const end = await other.getByRole('button').boundingBox();
    expect(warning?.height).toBeLessThanOrEqual(end?.height ?? 0);
    await page.keyboard.press('Home');
    for (const { step } of steps) {
      await title(page, step.id).waitFor();
      await other.waitFor();
      const tick = await page.locator('.tour-slide .tour-expect').boundingBox();
      const bottom = (tick?.y ?? foot) + (tick?.height ?? 0);
      expect({ step: step.id, isTickInside: bottom <= foot }).toEqual({ step: step.id, isTickInside: true });
      await page.keyboard.press('ArrowRight');
    }
    await page.getByText('This is the last step.').waitFor();
    await picture(page, 'tour-last-step');
    expect(await page.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true);
    await page.locator('.tour-slide').getByText('Summary of the 4 acts').waitFor();
    await openStep(page, 'break-binance');
    await title(page, 'break-binance').waitFor();
    await other.getByRole('button', { name: 'End the fault' }).click();
    await other.waitFor({ state: 'detached' });
    await until(
      () => 'The button of the step is still disabled.',
      async () => !(await button.isDisabled()),
      10_000,
    );
  });

  it('performs the action of the step when the key A is pressed in the notes window', async () => {
    const page = await open('/tour?step=cut-off-edge&present=1', { viewport: projector });
    const [notes] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Notes window' }).click(),
    ]);
    await notes.getByText('We now suspend the agent').waitFor();
    await notes.keyboard.press('a');
    await page.getByText(/^injected for \d+ s$/).waitFor();
    // This request ends the fault directly in the API, not with a button of the Tour.
    await fetch(`${base}/api/faults/edge-cut-off`, { method: 'DELETE' });
    await page.getByText('The fault that this step needs is no longer injected').waitFor();
    await page.getByText('The injected fault has already ended.').waitFor();
  });

  it('starts with the key P, ignores a second P, and opens the next step with Space', async () => {
    const page = await open('/map');
    // Mocks a program with a web page and a program without a web page.
    const pages = { prometheus: true, 'prometheus-agent': false } as const;
    for (const [name, opens] of Object.entries(pages)) {
      await page.route(`**/api/components/${name}/page`, (route) =>
        route.fulfill({ json: { url: 'http://127.0.0.1', opens } }),
      );
    }
    await openStep(page, 'targets');
    await page.keyboard.press('p');
    await title(page, 'targets').waitFor();
    await stage(page).waitFor();
    await page.getByText('Targets of the agent: the component has no web page').waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press(' ');
    await title(page, 'targets-up').waitFor();
    await stage(page).waitFor();
    const link = page.getByRole('link', { name: 'Targets of Prometheus (opens a new tab)' });
    expect(await link.getAttribute('href')).toMatch(/:\d+\/targets$/);
  });

  it('shows a notice on the slide while the console does not answer', async () => {
    const page = await open('/map', { viewport: projector });
    expectErrors(/ERR_FAILED/);
    await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await openStep(page, 'burst');
    await page.keyboard.press('p');
    await stage(page).waitFor();
    await page.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    const notice = page.getByText('The console has not answered for');
    await notice.waitFor();
    expect((await notice.boundingBox())?.y).toBe(0);
    await picture(page, 'tour-slide-without-console');
  });

  it('shows how to return to the slide after the presenter has followed a link', async () => {
    const page = await open('/tour?step=nats&present=1');
    await page.locator('.tour-slide .tour-query a').first().click();
    await page.waitForURL('**/explore?**');
    const back = page.getByRole('button', { name: 'Back to the slide P' });
    await back.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await picture(page, 'tour-away-from-slide');
    await page.getByRole('navigation').getByRole('link', { name: 'Map' }).click();
    await back.click();
    await stage(page).waitFor();
    await title(page, 'nats').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('link', { name: 'Map' }).click();
    await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor();
    expect(await back.count()).toBe(0);
  });

  it('does not start with the key P while the user types in a field', async () => {
    const page = await open('/tour?step=burst');
    await title(page, 'burst').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Explore' }).click();
    const field = page.locator('[contenteditable=true]').first();
    await field.click();
    await page.keyboard.press('p');
    await expect.poll(() => field.innerText()).toContain('p');
    expect(new URL(page.url()).pathname).toBe('/explore');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('p');
    await stage(page).waitFor();
    await title(page, 'burst').waitFor();
  });

  it('has a second window with the speaker notes of the current step', async () => {
    const page = await open('/tour?step=clusters');
    const [notes] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Speaker notes' }).click(),
    ]);
    await notes.getByText('One query covers both clusters').waitFor();
    await openStep(page, 'kill-prometheus');
    await notes.getByText('with SIGKILL').waitFor();
    await notes.keyboard.press('PageDown');
    await title(page, 'no-gap').waitFor();
    await notes.getByText('write-ahead log while its receiver').waitFor();
    await notes.keyboard.press('t');
    await notes.getByText(`left in act 3 of ${acts[2]?.minutes} min`).waitFor();
    await notes.getByText(/^7:5\d$/).waitFor();
    await notes.getByText(/^29:5\d$/).waitFor();
    await page.reload();
    await openStep(page, 'clusters');
    await notes.getByText('One query covers both clusters').waitFor();
    expect(await accessibilityFindings(notes)).toEqual([]);
  });
});

describe('the page of the Tour', () => {
  it('opens the list of all steps when the window becomes wide', async () => {
    const page = await open('/tour?step=break-binance', { viewport: phone });
    const steps = page.locator('.tour-acts > ol');
    await page.getByText('All acts and steps').waitFor();
    expect(await steps.isVisible()).toBe(false);
    await page.setViewportSize(projector);
    await steps.waitFor({ state: 'visible' });
  });

  it.each([
    ['projector, light', projector, 'light'],
    ['phone, dark', phone, 'dark'],
  ] as const)(
    'has no serious accessibility finding, and does not scroll sideways: %s',
    async (name, viewport, theme) => {
      const page = await open('/tour?step=break-binance', { viewport, theme });
      await title(page, 'break-binance').waitFor();
      for (const mode of ['guide', 'presenter']) {
        if (mode === 'presenter') {
          await page.keyboard.press('p');
          await page.locator('.tour-stage').waitFor();
          await page.keyboard.press('n');
          await page.getByRole('complementary', { name: 'Speaker notes' }).waitFor();
        }
        await page.locator('[data-series]').first().waitFor();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect({ mode, tooWide: width > viewport.width }).toEqual({ mode, tooWide: false });
        expect({ mode, findings: await accessibilityFindings(page) }).toEqual({ mode, findings: [] });
        await picture(page, `tour-${mode}-${name.replace(', ', '-')}`);
      }
    },
  );
});
