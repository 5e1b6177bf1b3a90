import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { expositionResponse, takesGzip, wantsOpenMetrics } from '../../../functions/http/exposition.ts';
import { createRegistry } from '../../../metrics/registry.ts';

const definitions = {
  level: { name: 'level', type: 'gauge', unit: 'm', help: 'Water.', labels: [] },
  drops_total: { name: 'drops_total', type: 'counter', unit: 'drops', help: 'Rain.', labels: [] },
} as const;

function scraped() {
  const registry = createRegistry(definitions);
  const scrape = (headers: Record<string, string> = {}) =>
    expositionResponse(registry, new Request('http://localhost/metrics', { headers }));
  return { registry, scrape };
}

describe('the format of an exposition', () => {
  it.each([
    // The Accept header of Prometheus 3.
    [
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      true,
    ],
    ['application/openmetrics-text', true],
    ['text/plain;q=0.9, application/openmetrics-text;q=0.5', false],
    ['application/openmetrics-text;q=0', false],
    ['text/html,*/*;q=0.8', false],
    ['*/*', false],
    [null, false],
  ])('depends on the Accept header of the client: %j (OpenMetrics: %j)', (accept, wanted) => {
    expect(wantsOpenMetrics(accept)).toBe(wanted);
  });

  it('follows the Accept header of each scrape', async () => {
    const { registry, scrape } = scraped();
    registry.metrics.drops_total.inc(3);
    const plain = await scrape();
    expect(plain.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await plain.text()).toBe('# HELP drops_total Rain.\n# TYPE drops_total counter\ndrops_total 3\n');
    const open = await scrape({ accept: 'application/openmetrics-text' });
    expect(await open.text()).toBe('# HELP drops Rain.\n# TYPE drops counter\ndrops_total 3\n# EOF\n');
    expect(await (await scrape()).text()).toContain('# TYPE drops_total counter');
  });
});

describe('the compression of an exposition', () => {
  it.each([
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['*', true],
    ['gzip;q=0', false],
    ['gzip;q=0, *', false],
    ['identity', false],
    ['', false],
    [null, false],
  ])('depends on the Accept-Encoding header: %j (gzip: %j)', (accepted, taken) => {
    expect(takesGzip(accepted)).toBe(taken);
  });

  it('does not change the text of the exposition', async () => {
    const { scrape } = scraped();
    const zipped = await scrape({ 'accept-encoding': 'gzip' });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(zipped.headers.get('vary')).toBe('accept, accept-encoding');
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(await (await scrape()).text());
  });
});

describe('a scrape with the ETag of an earlier scrape', () => {
  it('is answered with 304 until a value changes', async () => {
    const { registry, scrape } = scraped();
    const etag = (await scrape()).headers.get('etag') ?? '';
    const known = await scrape({ 'if-none-match': `"other", ${etag}` });
    expect([known.status, await known.text()]).toEqual([304, '']);
    registry.metrics.level.set(2);
    expect((await scrape({ 'if-none-match': etag })).status).toBe(200);
  });

  it('is answered with 200 if the format or the registry differs', async () => {
    const { scrape } = scraped();
    const etag = (await scrape()).headers.get('etag') ?? '';
    const open = await scrape({ accept: 'application/openmetrics-text', 'if-none-match': etag });
    expect(open.status).toBe(200);
    expect((await scraped().scrape({ 'if-none-match': etag })).status).toBe(200);
  });

  it('is answered with 200 after a restart of the process', async () => {
    const firstScrape = async (headers: Record<string, string> = {}) => {
      vi.resetModules();
      const restarted = await import('../../../functions/http/exposition.ts');
      const request = new Request('http://localhost/metrics', { headers });
      return restarted.expositionResponse(createRegistry(definitions), request);
    };
    const etag = (await firstScrape()).headers.get('etag') ?? '';
    expect((await firstScrape({ 'if-none-match': etag })).status).toBe(200);
  });
});
