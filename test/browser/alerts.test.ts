import type { Locator, Page } from 'playwright-core';
import { request } from 'undici';
import { afterAll, describe, expect, inject, it } from 'vitest';
import {
  type ActiveAlert,
  type ActiveAlerts,
  type Incident,
  type IncidentStep,
  incidentSteps,
} from '../../console/alerting.ts';
import { ports as basePorts } from '../../demo/ports.ts';
import { until } from '../live/processes.ts';
import { accessibilityFindings, phone, picture, useBrowser } from './chromium.ts';
import { currentSections, eventsOf } from './live-events.ts';

const { open } = useBrowser();
const { ports } = inject('pipeline');
const api = `http://127.0.0.1:${ports.console}/api`;
const withinMs = 40_000;
/** Prometheus can lose the notification that an alert has ended, and sends the notification again after 1 min. */
const endsWithinMs = 100_000;

/** During the fault `nats-frozen`, the alert NatsServerDown inhibits the alert NatsExporterDown. */
const faults = ['pushgateway-killed', 'nats-frozen'] as const;

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string): Promise<unknown> {
  const { statusCode, body } = await request(`${api}${path}`, { method });
  const text = await body.text();
  if (statusCode >= 400) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const startedAt = Date.now();

async function incidentOf(alert: string): Promise<Incident | undefined> {
  const found = (await ask('GET', `/incidents?alert=${alert}&since=${startedAt}`)) as readonly Incident[];
  return found[0];
}

const card = (page: Page, alert: string) => page.locator(`[data-alert="${alert}"]`);
const strip = (page: Page, alert: string) => page.locator(`[data-incident^="${alert}-"]`).first();
const stepOf = (incident: Locator, step: IncidentStep) => incident.locator(`[data-step="${step}"]`);

function timesOf(incident: Locator): Promise<readonly number[]> {
  return incident
    .locator('[data-step]')
    .evaluateAll((steps) => steps.map((step) => Number(step.getAttribute('data-at'))).filter((at) => at > 0));
}

describe('the Alerts view', () => {
  afterAll(async () => {
    for (const fault of faults) await ask('DELETE', `/faults/${fault}`);
    for (const { id } of (await ask('GET', '/silences')) as readonly { id: string }[]) {
      await ask('DELETE', `/silences/${id}`);
    }
  });

  it('shows an alert as pending, then as firing, then as notified', async () => {
    const page = await open('/alerts', { theme: 'dark' });
    await page.getByRole('heading', { name: 'Inactive' }).waitFor();
    for (const fault of faults) await ask('POST', `/faults/${fault}`);
    const pending = page.locator('[data-group="pending"]');
    await pending.locator('[data-alert="PushgatewayDown"]').waitFor({ timeout: withinMs });
    await stepOf(strip(page, 'PushgatewayDown'), 'pending').locator('time').waitFor();
    await picture(page, 'alerts-pending-dark');

    const firing = page.locator('[data-group="firing"]');
    await firing.locator('[data-alert="PushgatewayDown"]').waitFor({ timeout: withinMs });
    const incident = strip(page, 'PushgatewayDown');
    for (const step of ['firing', 'notified'] as const) {
      await stepOf(incident, step).locator('time').waitFor({ timeout: withinMs });
    }
    await incident.getByText('pushgateway-killed').waitFor();
    const times = await timesOf(incident);
    expect(times).toHaveLength(5);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('shows an inhibited alert below the alert that inhibits it', async () => {
    const page = await open('/alerts');
    const inhibited = card(page, 'NatsServerDown').getByRole('region', {
      name: 'Alerts that NatsServerDown inhibits',
    });
    await inhibited.locator('[data-alert="NatsExporterDown"]').waitFor({ timeout: withinMs });
    expect(await card(page, 'NatsExporterDown').count()).toBe(1);
    await inhibited.getByText('inhibited by NatsServerDown').waitFor();
    await strip(page, 'NatsExporterDown').getByText('Alertmanager sends no notification').waitFor();
    await picture(page, 'alerts-firing');
    const onPhone = await open('/alerts', { viewport: phone, theme: 'dark' });
    await card(onPhone, 'PushgatewayDown').waitFor();
    const width = await onPhone.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(phone.width);
    await picture(onPhone, 'alerts-firing-phone-dark');
    await onPhone.getByRole('heading', { name: 'Timeline' }).scrollIntoViewIfNeeded();
    await picture(onPhone, 'alerts-timeline-phone-dark');
  });

  it('shows a runbook with buttons that copy a command and run a query', async () => {
    const page = await open('/alerts');
    const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Alerts' });
    await expect.poll(() => link.textContent()).toMatch(/^Alerts[1-9]/);
    expect(await link.getAttribute('title')).toMatch(/^\d+ alerts? fires?$/);
    await card(page, 'PushgatewayDown').getByRole('button', { name: 'Runbook', exact: true }).first().click();
    const runbook = page.getByRole('region', { name: 'Runbook of PushgatewayDown' });
    const command = runbook.locator('.code', { hasText: 'curl -s -m 5' }).first();
    await command.getByRole('button', { name: 'Copy' }).click();
    await command.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await command.locator('code').textContent());
    await runbook.getByRole('button', { name: 'Run up{job="pushgateway"}' }).first().click();
    await runbook.getByRole('row', { name: /^up\{.*job="pushgateway".*\} 0$/ }).waitFor();
    await picture(page, 'alerts-runbook');
  });

  it('shows one alert with its rule and its runbook at a separate address', async () => {
    const page = await open('/alerts');
    await card(page, 'PushgatewayDown').getByRole('link', { name: 'PushgatewayDown', exact: true }).click();
    await page.waitForURL('**/alerts?alert=PushgatewayDown');
    await page.getByText('up{job="pushgateway"} == 0').waitFor();
    expect(await card(page, 'NatsServerDown').count()).toBe(0);
    await page.getByRole('heading', { name: 'Runbook' }).waitFor();
    const query = page.getByRole('link', { name: 'Open the query' }).first();
    expect(await query.getAttribute('href')).toBe(
      `/explore?expr=${encodeURIComponent('up{job="pushgateway"} == 0')}`,
    );
    const dashboard = page.getByRole('link', { name: 'Dashboard', exact: true }).first();
    expect(await dashboard.getAttribute('href')).toBe('/d/airflow-metrics');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goBack();
    await card(page, 'NatsServerDown').waitFor();
  });

  it('filters the alerts, and keeps the filter in the address of the page', async () => {
    const page = await open('/alerts');
    await card(page, 'NatsServerDown').waitFor();
    await page.getByRole('searchbox').fill('pushgateway');
    await page.getByRole('button', { name: 'critical', exact: true }).click();
    await page.waitForURL('**/alerts?q=pushgateway&severity=critical');
    await card(page, 'PushgatewayDown').waitFor();
    await card(page, 'NatsServerDown').waitFor({ state: 'detached' });
    await page.reload();
    await card(page, 'PushgatewayDown').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('pushgateway');
    expect(await card(page, 'NatsServerDown').count()).toBe(0);
  });

  it('silences an alert for ten minutes and ends the silence', async () => {
    const page = await open('/alerts?q=PushgatewayDown');
    const alert = card(page, 'PushgatewayDown');
    await alert.getByRole('button', { name: 'Silence 10 min' }).first().click();
    await alert.getByText(/^silenced until /).waitFor();
    const silence = page.locator('[data-silence]', { hasText: 'alertname=PushgatewayDown' });
    await silence.getByText(/^(10|9) min/).waitFor();
    await silence.scrollIntoViewIfNeeded();
    await picture(page, 'alerts-silence');
    await silence.getByRole('button', { name: 'Expire' }).click();
    await silence.waitFor({ state: 'detached' });
    await alert.getByText(/^silenced/).waitFor({ state: 'detached' });
  });

  it.each([
    ['/runbooks/UsdtExporterDown.md', 'An image is not pulled', 'An image is not pulled'],
    ['/docs/architecture.md', 'The stacks', 'The stacks'],
  ])(
    'in the document %s, follows the link "%s" and scrolls to the heading "%s"',
    async (path, link, heading) => {
      const page = await open(path);
      const top = async () =>
        (await page.getByRole('heading', { name: heading, exact: true }).boundingBox())?.y;
      const isAtTop = async () => Math.abs(((await top()) ?? Number.NaN) - 72) < 10;
      await page.locator('.alerts-document').getByRole('link', { name: link, exact: true }).first().click();
      await until(() => 'The heading is not at the top of the window.', isAtTop, withinMs);
    },
  );

  it('marks each alert with the colour of its severity', async () => {
    const page = await open('/alerts');
    const sections = await currentSections(page);
    const alert = (severity: string, state: ActiveAlert['state']): ActiveAlert => ({
      alert: `Of-${severity}-${state}`,
      labels: { alertname: `Of-${severity}-${state}`, severity },
      state,
      value: '1',
      activeAt: Date.now(),
      severity,
      summary: '',
      description: '',
      inhibitedBy: [],
      silencedBy: [],
    });
    const active = ['critical', 'warning', 'info'].flatMap((severity) => [
      alert(severity, 'firing'),
      alert(severity, 'pending'),
    ]);
    const alerts = { active, silences: [] } satisfies ActiveAlerts;
    await page.route('**/api/events', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `retry: 3600000\n\n${eventsOf({ ...sections, alerts })}`,
      }),
    );
    await page.reload();
    await card(page, 'Of-info-pending').waitFor();
    const colors = await page.locator('.alerts-card').evaluateAll((cards) =>
      cards.map((element) => {
        const pill = element.querySelector('.pill');
        return {
          border: getComputedStyle(element).borderLeftColor,
          severity: pill && getComputedStyle(pill).color,
        };
      }),
    );
    expect(colors).toHaveLength(active.length);
    expect(new Set(colors.map(({ border }) => border)).size).toBe(3);
    expect(colors.filter(({ border, severity }) => border !== severity)).toEqual([]);
    await picture(page, 'alerts-severities');
  });

  it('shows the runbook of an alert even if Prometheus has never answered', async () => {
    const page = await open('/docs/architecture.md');
    const error = 'http://127.0.0.1:9090/api/v1/alerts: no answer (connect ECONNREFUSED)';
    const alerts = { active: [], silences: [], prometheus: { error } };
    await page.route('**/api/events', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `retry: 3600000\nevent: alerts\ndata: ${JSON.stringify(alerts)}\n\n`,
      }),
    );
    await page.goto(new URL('/alerts?alert=PushgatewayDown', page.url()).href);
    await page.getByRole('alert').getByText(error).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Diagnosis' }).waitFor();
    expect(await page.locator('.alerts-head .pill').innerText()).toBe('unknown');
    expect(await accessibilityFindings(page)).toEqual([]);
    await picture(page, 'alerts-unknown');
  });

  it('shows a runbook with the `for` time of an alert and the ports of the pipeline', async () => {
    const page = await open('/runbooks/UsdtFetchFailing.md');
    const times = page.getByRole('complementary', { name: 'Times of this pipeline' });
    await times
      .getByText('The alert fires at the first evaluation after the condition has held for 5 s.')
      .waitFor();
    await times.getByText('usdt_vnd_fetch_errors_total').waitFor();
    const command = page.locator('.code', { hasText: 'curl -s -m 5' }).first();
    const text = await command.locator('code').innerText();
    expect(text).toContain(`http://127.0.0.1:${ports.usdtExporter}/metrics`);
    expect(text).toContain(`.demo/offset-${ports.console - basePorts.console}/`);
    await picture(page, 'runbook-of-this-pipeline');
  });

  it('opens the links of a runbook as pages of the console', async () => {
    const page = await open('/runbooks/PushFailed.md');
    await page.getByRole('heading', { level: 1, name: 'PushFailed' }).waitFor();
    await page.getByRole('link', { name: 'PushgatewayDown' }).first().click();
    await page.waitForURL('**/runbooks/PushgatewayDown.md');
    await page.getByRole('heading', { level: 1, name: 'PushgatewayDown' }).waitFor();
    await page.getByRole('link', { name: 'State of PushgatewayDown' }).click();
    await page.waitForURL('**/alerts?alert=PushgatewayDown');
    const guide = await open('/docs/secrets.md', { theme: 'dark' });
    await guide.getByRole('heading', { level: 1 }).waitFor();
    expect(await accessibilityFindings(guide)).toEqual([]);
    await picture(guide, 'alerts-document-dark');
  });

  it('shows the resolved notification after the end of a fault', async () => {
    // Without `?alert=`, the page shows only the newest five incidents and the open incidents.
    const page = await open('/alerts?alert=PushgatewayDown');
    for (const fault of faults) await ask('DELETE', `/faults/${fault}`);
    let recorded: Incident | undefined;
    await until(
      () => `The incident of PushgatewayDown has not reached every step: ${JSON.stringify(recorded)}`,
      async () => {
        recorded = await incidentOf('PushgatewayDown');
        return incidentSteps.every((step) => recorded?.times[step] !== undefined);
      },
      endsWithinMs,
    );
    expect(recorded?.state).toBe('resolved');
    expect(recorded?.fault?.name).toBe('pushgateway-killed');
    expect(Object.values(recorded?.seconds ?? {}).every((seconds) => seconds >= 0)).toBe(true);

    const incident = strip(page, 'PushgatewayDown');
    await stepOf(incident, 'resolved').locator('time').waitFor();
    await incident.getByText('resolved', { exact: true }).first().waitFor();
    await card(page, 'PushgatewayDown').waitFor({ state: 'detached' });
    const times = await timesOf(incident);
    expect(times).toHaveLength(incidentSteps.length);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    await incident.scrollIntoViewIfNeeded();
    await picture(page, 'alerts-resolved');
  });
});
