import { request } from 'undici';
import { describe, expect, inject, it } from 'vitest';
import { type InhibitRule, inhibitRules } from '../../rules/index.ts';
import { alerts } from '../rules/promtool.ts';
import { until } from './processes.ts';

const laptop = inject('laptop');
const alertmanager = `http://127.0.0.1:${laptop.ports.alertmanager}/api/v2/alerts`;

type Labels = Readonly<Record<string, string>>;

async function raise(labelSets: readonly Labels[], endsAt: Date): Promise<void> {
  const body = JSON.stringify(labelSets.map((labels) => ({ labels, endsAt: endsAt.toISOString() })));
  const { statusCode } = await request(alertmanager, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(statusCode).toBe(200);
}

/** Undefined until Alertmanager has processed the alert. */
async function suppressed(labels: Labels): Promise<boolean | undefined> {
  const { body } = await request(alertmanager);
  const all = (await body.json()) as { labels: Labels; status: { state: string } }[];
  const found = all.find((alert) =>
    Object.entries(labels).every(([name, value]) => alert.labels[name] === value),
  );
  return found && found.status.state !== 'unprocessed' ? found.status.state === 'suppressed' : undefined;
}

/** The first alert name that the matcher accepts. */
function nameOf([matcher]: readonly string[]): string {
  const pattern = new RegExp(`^(?:${/^alertname=~"(.*)"$/.exec(matcher as string)?.[1]})$`);
  const names = [...alerts.map(({ alert }) => alert), 'TargetDown'];
  return names.find((name) => pattern.test(name)) as string;
}

/** Alerts that test an inhibition rule. `source` must inhibit `explained`, but not `unexplained`. */
function scene({ source_matchers, target_matchers, equal = [] }: InhibitRule, index: number) {
  const labels = (side: string) => Object.fromEntries(equal.map((label) => [label, `${side}-${index}`]));
  const fixed = Object.fromEntries(
    source_matchers.flatMap((matcher) => {
      const [, label, value] = /^(\w+)="(.*)"$/.exec(matcher) ?? [];
      return label && value !== undefined ? [[label, value]] : [];
    }),
  );
  const here = { ...labels('here'), ...fixed };
  const target = nameOf(target_matchers);
  return {
    source: { alertname: nameOf(source_matchers), rehearsal: `${index}`, ...here },
    explained: { alertname: target, rehearsal: `${index}`, ...here },
    // Without `equal`, the rule inhibits every target alert.
    unexplained:
      equal.length > 0 ? { alertname: target, rehearsal: `${index}`, ...labels('elsewhere') } : undefined,
  };
}

describe('Alertmanager', () => {
  it('inhibits an alert only if the labels in `equal` match the source alert', async () => {
    const wrong: string[] = [];
    // Two rules at once could inhibit the wrong alerts.
    for (const { source, explained, unexplained } of inhibitRules.map(scene)) {
      const all = [source, explained, ...(unexplained ? [unexplained] : [])];
      await raise(all, new Date(Date.now() + 60_000));
      await until(
        () => `${source.alertname} does not inhibit ${explained.alertname}`,
        async () => (await suppressed(explained)) === true,
        15_000,
      );
      if (unexplained) {
        await until(
          () => `Alertmanager does not decide on ${JSON.stringify(unexplained)}`,
          async () => (await suppressed(unexplained)) !== undefined,
          15_000,
        );
        if (await suppressed(unexplained)) wrong.push(JSON.stringify(unexplained));
      }
      await raise(all, new Date());
    }
    expect(wrong).toEqual([]);
  });
});
