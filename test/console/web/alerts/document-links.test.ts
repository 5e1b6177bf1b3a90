import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkFrom } from '../../../../console/web/views/alerts/document-links.ts';

const runbook = 'docs/runbooks/PushgatewayDown.md';

describe('a link in a runbook', () => {
  it.each([
    ['NatsServerDown.md', '/runbooks/NatsServerDown.md'],
    ['../secrets.md', '/docs/secrets.md'],
    ['../troubleshooting.md#an-image-is-not-pulled', '/docs/troubleshooting.md#an-image-is-not-pulled'],
    ['../../dashboards/airflow-metrics-dashboard.json', '/d/airflow-metrics'],
    ['https://cert-manager.io/docs/', 'https://cert-manager.io/docs/'],
    ['#diagnosis', '#diagnosis'],
  ])('to %s becomes the address %s', (href, target) => {
    expect(linkFrom(runbook, href)).toBe(target);
  });

  it.each([
    '../../demo/main.ts',
    '../../README.md',
    'javascript:alert(1)',
    '//elsewhere.example/x.md',
    '../../../etc/x.md',
    '\\\\',
    '100%',
  ])('becomes plain text if its target is %s', (href) => {
    expect(linkFrom(runbook, href)).toBeUndefined();
  });

  it('leads to a page of the console or to another website', () => {
    const folder = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'runbooks');
    const dead = readdirSync(folder)
      .filter((file) => file !== 'README.md')
      .flatMap((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
          .map(([, href]) => href as string)
          .filter((href) => linkFrom(`docs/runbooks/${file}`, href) === undefined)
          .map((href) => `${file}: ${href}`),
      );
    expect(dead).toEqual([]);
  });
});
