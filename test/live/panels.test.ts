import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { dashboards } from '../../dashboards/index.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { dashboardUidsFor, prometheusRules } from '../../rules/index.ts';
import { expectedOnLaptop } from '../../sources/index.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { panelsOf, rendered } from '../dashboards/panels.ts';
import { promqlOf, readDocuments } from '../metrics/documents.ts';
import { type ProofOf, writeProof } from './proof.ts';

const laptop = inject('laptop');
const prometheus = prometheusApi(`http://127.0.0.1:${laptop.ports.prometheus}`);

/** Maximum time until every panel has data. A rate needs several scrapes, and a scrape runs every 5 s. */
const patienceMs = 45_000;

interface Query {
  readonly where: string;
  readonly expr: string;
  /** The expression of a panel after the replacement of its Grafana variables. */
  readonly sent?: string;
}

async function hasData({ expr, sent = expr }: Query): Promise<boolean> {
  const series = await prometheus.query(sent);
  return series.some(({ value }) => value !== undefined && value[1] !== 'NaN');
}

/** Returns the queries without data. Writes all other queries to a file in `test/live/proof`. */
async function prove(what: ProofOf, queries: readonly Query[]): Promise<readonly Query[]> {
  const deadline = Date.now() + patienceMs;
  let open = queries;
  for (;;) {
    const answers = await Promise.all(open.map(hasData));
    open = open.filter((_, index) => !answers[index]);
    if (open.length === 0 || Date.now() > deadline) break;
    await delay(1000);
  }
  writeProof(
    what,
    queries.filter((query) => !open.includes(query)).map(({ expr }) => expr),
  );
  return open;
}

// Some panels have data only after two runs of the batch.
beforeAll(async () => {
  const { body } = await request(`http://127.0.0.1:${laptop.ports.console}/api/batch`, {
    method: 'POST',
    body: '{}',
  });
  await body.dump();
});

describe('the running pipeline returns data for', () => {
  it('every panel query of every dashboard of the laptop', async () => {
    const queries = dashboards
      .filter(({ uid }) => dashboardUidsFor(expectedOnLaptop).includes(uid))
      .flatMap(panelsOf)
      .flatMap(({ dashboard, panel, targets }) =>
        targets.map(({ expr }) => ({ where: `${dashboard}: ${panel.title}`, expr, sent: rendered(expr) })),
      );
    expect(queries.length).toBeGreaterThan(100);
    expect(await prove('panels', queries)).toEqual([]);
  });

  it('every documented query', async () => {
    const inDocuments = readDocuments().flatMap(({ file, text }) =>
      promqlOf(text).map((expr) => ({ where: file, expr })),
    );
    const queries = [...documentedQueries.map(({ act, expr }) => ({ where: act, expr })), ...inDocuments];
    expect(await prove('documented-queries', queries)).toEqual([]);
  });

  it('every recording rule', async () => {
    const rules = prometheusRules({ profile: 'laptop' }).groups.flatMap((group) =>
      group.rules.flatMap((rule) => ('record' in rule ? [{ where: group.name, ...rule }] : [])),
    );
    const queries = rules.map(({ where, record, labels = {} }) => {
      const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return { where, expr: matchers.length > 0 ? `${record}{${matchers.join(',')}}` : record };
    });
    expect(await prove('recording-rules', queries)).toEqual([]);
  });

  it('every panel query about NATS in each cluster', async () => {
    const clusters = await prometheus.query('group(up{environment=~".*", cluster!=""}) by (cluster)');
    const narrowed = dashboards
      .filter(({ uid }) => uid === 'nats' || uid === 'multi-cluster')
      .flatMap(panelsOf)
      .flatMap(({ targets }) => targets.map(({ expr }) => expr))
      .filter((expr) => expr.includes('nats_') && !expr.includes('remote'));
    for (const { metric } of clusters) {
      const queries = narrowed.map((expr) => ({
        where: metric.cluster as string,
        expr: rendered(expr.replaceAll('$cluster', metric.cluster as string)),
      }));
      const answers = await Promise.all(queries.map(hasData));
      expect(queries.filter((_, index) => !answers[index])).toEqual([]);
    }
  });
});

describe('the rules of the laptop pipeline', () => {
  it('are all healthy', async () => {
    const groups = await prometheus.ruleGroups();
    const unhealthy = groups.flatMap(({ rules }) => rules.filter(({ health }) => health !== 'ok'));
    expect(unhealthy).toEqual([]);
  });

  it('can be evaluated in 20 ms', async () => {
    const round = async (quantile: number) => {
      const [series] = await prometheus.query(
        `sum(quantile_over_time(${quantile}, prometheus_rule_group_last_duration_seconds[2m]))`,
      );
      return Number(series?.value?.[1]) * 1000;
    };
    const [least, median] = [await round(0), await round(0.5)];
    console.log(
      `evaluation of all rules: ${least.toFixed(1)} ms at best, ${median.toFixed(1)} ms in the median`,
    );
    expect(least).toBeLessThanOrEqual(20);
  });
});
