import type { Page } from 'playwright-core';
import type { PipelineStatus } from '../../console/controls.ts';
import type { Flows } from '../../console/live.ts';

export interface Sections {
  readonly flows: Flows;
  readonly components: PipelineStatus;
  readonly [section: string]: unknown;
}

export function currentSections(page: Page): Promise<Sections> {
  return page.evaluate(
    (names) =>
      new Promise<Sections>((resolve) => {
        const found: Record<string, unknown> = {};
        const events = new EventSource('/api/events');
        for (const name of names) {
          events.addEventListener(name, (event) => {
            found[name] = JSON.parse(event.data);
            if (Object.keys(found).length < names.length) return;
            events.close();
            resolve(found as unknown as Sections);
          });
        }
      }),
    [
      'topology',
      'offered',
      'components',
      'flows',
      'faults',
      'schedule',
      'traffic',
      'batch',
      'alerts',
      'incidents',
      'alertRules',
      'notifications',
    ],
  );
}

const retry = (ms: number) => `retry: ${ms}\n\n`;

export const event = (section: string, value: unknown): string =>
  `event: ${section}\ndata: ${JSON.stringify(value)}\n\n`;

export const eventsOf = (sections: Sections): string =>
  Object.entries(sections)
    .map(([section, value]) => event(section, value))
    .join('');

/** Reloads the page with mock events: `sections`, then `updates`. Waits until all events are drawn. */
export async function sendUpdates(
  page: Page,
  sections: Sections,
  updates: () => Promise<string>,
): Promise<void> {
  const { components, ...status } = sections.components;
  // The function waits until the header shows the last event: all components are `stopped`.
  const stopped = components.map((component) => ({ ...component, state: 'stopped' }));
  const streams = [
    async () => eventsOf(sections) + retry(100),
    async () => {
      // The updates must arrive after the view is open. Otherwise the page does not draw these updates.
      await page.getByRole('heading', { level: 1 }).waitFor();
      const sent = await updates();
      return retry(3_600_000) + sent + event('components', { ...status, components: stopped });
    },
  ];
  await page.unroute('**/api/events');
  await page.route('**/api/events', async (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: (await streams.shift()?.()) ?? '' }),
  );
  await page.reload();
  await page.getByText(`${components.length} not running`).waitFor();
}
