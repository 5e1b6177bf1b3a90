import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agentComponents, exporterPort, writerOf } from '../../../bench/federation/agents.ts';
import { engineOf } from '../../../bench/federation/engines.ts';
import { bounds } from '../../../bench/federation/plan.ts';
import { portOffsets } from '../../../bench/federation/session.ts';
import { prometheus } from '../../../demo/components/prometheus.ts';
import { thanos } from '../../../demo/components/thanos/list.ts';
import { writeTarget } from '../../../demo/engine.ts';
import { ports as basePorts } from '../../../demo/ports.ts';
import { parseSettings } from '../../../demo/settings.ts';

const settings = (engine: 'prometheus' | 'thanos') => parseSettings('/project', ['--engine', engine]);
const options = { agents: 4, interval: 30, rules: true };

function changed(args: readonly string[], laptop: readonly string[] = []) {
  return args.filter((arg) => !laptop.includes(arg));
}

describe('in the bench', () => {
  it('the engine thanos changes only two command-line options of the laptop pipeline', () => {
    const laptop = thanos(settings('thanos'));
    const { components } = engineOf('thanos', settings('thanos'), options);
    expect(components.map(({ name }) => name)).toEqual(laptop.map(({ name }) => name));
    expect(components.flatMap(({ args }, index) => changed(args, laptop[index]?.args))).toEqual([
      '--query.lookback-delta=120s',
      '--eval-interval=30s',
    ]);
  });

  it('the engine prometheus has the storage settings of the laptop, but no targets', () => {
    const laptop = prometheus(settings('prometheus'));
    const [component] = engineOf('prometheus', settings('prometheus'), options).components;
    expect(changed(component?.args ?? [], laptop.args)).toEqual(['--query.lookback-delta=120s']);
    const file = 'config/prometheus/prometheus.yml';
    expect(parse(component?.files?.[file] ?? '')).toEqual({
      global: { scrape_interval: '30s', evaluation_interval: '30s' },
      rule_files: ['rules.yml'],
      storage: parse(laptop.files?.[file] ?? '').storage,
    });
  });

  it('thanos runs no querier and no ruler while the bench measures the full speed', () => {
    const { components, storing } = engineOf('thanos', settings('thanos'), { ...options, rules: false });
    expect(components.map(({ name }) => name)).toEqual(storing);
  });

  it('the agents write only to Thanos receivers that the bench does not kill', () => {
    const { victim } = engineOf('thanos', settings('thanos'), options);
    const used = Array.from({ length: bounds.agents.max }, (_, agent) =>
      writeTarget('thanos', writerOf(agent)),
    ).map(({ component }) => component);
    expect(victim).toBeDefined();
    expect(used).not.toContain(victim);
    expect(new Set(used).size).toBe(2);
  });
});

describe('the agents of the bench', () => {
  const options = { agents: bounds.agents.max, interval: 5 };
  const agents = agentComponents(settings('thanos'), options);

  it('have different ports on 127.0.0.1', () => {
    const ports = [exporterPort({ portOffset: 0 }), ...agents.flatMap((agent) => agent.ports)];
    expect(new Set(ports).size).toBe(bounds.agents.max + 1);
    for (const { args, ports: own } of agents)
      expect(args).toContain(`--web.listen-address=127.0.0.1:${own[0]}`);
  });

  it('use only ports below the port range for outgoing connections', () => {
    const highest = Math.max(...Object.values(basePorts), ...agents.flatMap((agent) => agent.ports));
    expect(highest + Math.max(...portOffsets)).toBeLessThan(32_768);
  });

  it('have different cluster labels', () => {
    const configs = agents.map(({ files = {} }) => parse(Object.values(files)[0] ?? ''));
    const clusters = configs.map(({ global }) => global.external_labels.cluster);
    expect(new Set(clusters).size).toBe(bounds.agents.max);
    for (const { remote_write } of configs)
      expect(remote_write).toMatchObject([{ protobuf_message: 'prometheus.WriteRequest' }]);
  });
});
