import { afterEach, describe, expect, it } from 'vitest';
import { Exporter } from '../../../bench/federation/exporter.ts';
import { exposition } from '../../../bench/federation/exposition.ts';
import { exposedLabels, externalLabels, sentLabels, valueAt } from '../../../bench/federation/series.ts';
import { freePort } from '../../../toolchain/port-check.ts';

const lines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('a scrape of the synthetic exporter', () => {
  it('contains every series exactly once', () => {
    const series = lines(exposition(200)(0)).map((line) => line.split(' ')[0]);
    expect(new Set(series).size).toBe(200);
    const metrics = series.map((name) => name?.split('{')[0]);
    const sizes = [...new Set(metrics)].map((name) => metrics.filter((other) => other === name).length);
    expect(sizes).toEqual(Array(10).fill(20));
  });

  it('contains the labels and values of the load generator', () => {
    const number = 47;
    const { metric, labels } = exposedLabels(number);
    const text = labels.map(([name, value]) => `${name}="${value}"`).join(',');
    expect(lines(exposition(100)(6))).toContain(`${metric}{${text}} ${valueAt(number, 6)}`);
    expect(sentLabels(number, '127.0.0.1:1', externalLabels(2))).toEqual(expect.arrayContaining([...labels]));
  });

  it('has higher values than the previous scrape', () => {
    const write = exposition(100);
    expect(write(3)).toBe(exposition(100)(3));
    const values = (scrape: number) => lines(write(scrape)).map((line) => Number(line.split(' ')[1]));
    const before = values(3);
    expect(values(4).every((value, index) => value > (before[index] ?? 0))).toBe(true);
  });

  it('contains ten series with a one-digit value of the label `item`', () => {
    const first = lines(exposition(500)(0)).filter((line) => /item="[0-9]"/.test(line));
    expect(new Set(first.map((line) => line.split('{')[0])).size).toBe(10);
    expect(first).toHaveLength(10);
  });
});

describe('the labels of the load generator', () => {
  it('are sorted by name, as remote write requires', () => {
    const names = sentLabels(5, '127.0.0.1:1', externalLabels(0)).map(([name]) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(10);
  });

  it('contain a cluster name that no agent sends', () => {
    expect(externalLabels(0, 'load')).not.toEqual(externalLabels(0));
  });
});

describe('the synthetic exporter', () => {
  let exporter: Exporter | undefined;
  afterEach(() => exporter?.close());

  it('counts only the successful scrapes of each agent', async () => {
    exporter = new Exporter({ agents: 2, series: 100 });
    const port = await freePort();
    await exporter.listen(port);
    const scrape = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      await response.text();
      return response.status;
    };
    expect(await scrape(Exporter.path(0))).toBe(200);
    expect(await scrape(Exporter.path(1))).toBe(200);
    expect(await scrape(Exporter.path(1))).toBe(200);
    expect(await scrape(Exporter.path(2))).toBe(404);
    exporter.paused = true;
    expect(await scrape(Exporter.path(0))).toBe(503);
    expect(exporter.scrapes.map((times) => times.length)).toEqual([1, 2]);
  });

  it('does not count a scrape that the agent aborts', async () => {
    // The answer must exceed the socket buffers. Otherwise the exporter sends the whole answer at once.
    exporter = new Exporter({ agents: 1, series: 100_000 });
    const port = await freePort();
    await exporter.listen(port);
    const url = `http://127.0.0.1:${port}${Exporter.path(0)}`;
    const abort = new AbortController();
    const aborted = await fetch(url, { signal: abort.signal });
    abort.abort();
    await expect(aborted.text()).rejects.toThrow('aborted');
    await (await fetch(url)).text();
    expect(exporter.scrapes.map((times) => times.length)).toEqual([1]);
  });
});
