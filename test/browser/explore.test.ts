import { describe, expect, it } from 'vitest';
import { documentedQueries } from '../../metrics/queries.ts';
import { accessibilityFindings, phone, picture, useBrowser } from './chromium.ts';

const { open, expectErrors } = useBrowser();

const drawnSeries = '.explore-result .chart[data-series]:not([data-series="0"])';

describe('the Explore view', () => {
  it('draws a documented query after a click on its button', async () => {
    const page = await open('/explore');
    const { expr } = documentedQueries[0] as { expr: string };
    await page.getByRole('button', { name: expr }).click();
    await page.locator(drawnSeries).waitFor();
    expect(new URL(page.url()).searchParams.get('expr')).toBe(expr);
    await picture(page, 'explore-graph');
    await page.reload();
    await page.locator(drawnSeries).waitFor();
  });

  it('shows the current values as a table', async () => {
    const page = await open('/explore?expr=up&tab=table');
    await page.getByRole('row', { name: /up\{.*job="nats\/nats".*\} 1/ }).waitFor();
  });

  it('suggests the names of metrics from the running Prometheus', async () => {
    const page = await open('/explore');
    const field = page.getByRole('textbox', { name: 'PromQL query' });
    await field.click();
    await page.keyboard.type('usdt_vnd_ra');
    await page.getByRole('option', { name: /^usdt_vnd_rate/ }).waitFor();
    await picture(page, 'explore-completion');
    await page.keyboard.press('Escape');
    await page.keyboard.type('te');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.locator(drawnSeries).waitFor();
  });

  it('marks an error in a query while the user types', async () => {
    const page = await open('/explore');
    const field = page.getByRole('textbox', { name: 'PromQL query' });
    await field.click();
    await page.keyboard.type('rate(up');
    await page.locator('.cm-lintRange-error').first().waitFor();
    expectErrors(/400 \(Bad Request\)/);
    await page.goto(new URL('/explore?expr=up%20%2B%20rate(up)', page.url()).href);
    await page
      .getByRole('alert')
      .getByText(/expected type range vector/)
      .waitFor();
    await page.locator('.cm-lintRange-error').first().waitFor();
  });

  it('shows the message of Prometheus again when the same wrong query runs again', async () => {
    expectErrors(/400 \(Bad Request\)/);
    const page = await open('/explore?expr=sum()');
    const message = page.getByRole('alert').getByText(/no arguments for aggregate expression/);
    await message.waitFor();
    const answer = page.waitForResponse(/query_range/);
    await page.getByRole('button', { name: 'Run query' }).click();
    await (await answer).finished();
    await message.waitFor();
  });

  it.each([
    [
      'warning',
      'quantile(2, up)',
      'notice warn',
      /^PromQL warning: quantile value should be between 0 and 1/,
    ],
    ['information', 'rate(usdt_vnd_rate[1m])', 'notice info', /^PromQL info: metric might not be a counter/],
  ])(
    'shows the %s that Prometheus returns with the result of a query',
    async (_name, expr, classes, text) => {
      for (const tab of ['graph', 'table']) {
        const page = await open(`/explore?expr=${encodeURIComponent(expr)}&tab=${tab}`);
        const note = page.locator('.explore-result').getByText(text);
        await note.waitFor();
        expect(await note.getAttribute('class')).toBe(classes);
        expect(await accessibilityFindings(page)).toEqual([]);
        await picture(page, `explore-note-${tab}-${classes.replace(' ', '-')}`);
      }
    },
  );

  it('reports that the console does not answer', async () => {
    expectErrors(/ERR_CONNECTION_REFUSED/);
    const page = await open('/explore?expr=up&tab=table');
    await page.getByRole('table').waitFor();
    await page.route('**/api/prometheus/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('button', { name: 'Run query' }).click();
    const message = page.getByRole('alert').getByText(/^The console does not answer/);
    await message.waitFor();
    await page.unroute('**/api/prometheus/**');
    await message.waitFor({ state: 'detached' });
    await page.getByRole('table').waitFor();
  });

  it('lists the metrics with the most series, and queries a metric after a click', async () => {
    const page = await open('/explore?tab=cardinality');
    await page.getByRole('heading', { name: 'Series by metric' }).waitFor();
    const metric = page.locator('.explore-rank').first();
    const name = await metric.textContent();
    await picture(page, 'explore-cardinality');
    await metric.click();
    await page.locator(drawnSeries).waitFor();
    expect(new URL(page.url()).searchParams.get('expr')).toContain(String(name));
  });

  it('reports that a query returns no series', async () => {
    const page = await open('/explore?expr=no_such_metric');
    await page.getByText('The query returns no series.').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility finding and fits on a phone in the theme %s',
    async (theme) => {
      const page = await open('/explore?expr=sum(nats_varz_connections)%20by%20(cluster)', {
        viewport: phone,
        theme,
      });
      await page.locator(drawnSeries).waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      await picture(page, `explore-phone-${theme}`);
    },
  );
});
