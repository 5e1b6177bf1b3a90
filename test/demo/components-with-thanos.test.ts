import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blockedPorts } from '../../config/blocked-ports.ts';
import { ports as basePorts } from '../../config/topology.ts';
import { topologyOf } from '../../console/map-node.ts';
import { components, programNames } from '../../demo/components/list.ts';
import { parseSettings } from '../../demo/settings.ts';

const settings = parseSettings('/project', ['--engine', 'thanos', '--port-offset', '10000']);
const { ports } = settings;
const list = components(settings);
const component = (name: string, of = list) => {
  const found = of.find((c) => c.name === name);
  if (!found) throw new Error(`no component ${name}`);
  return found;
};
const fileOf = (name: string, path: string, of = list) => component(name, of).files?.[path] ?? '';
const configOf = (name: string) => parse(fileOf(name, `config/${name}/prometheus.yml`));
const onLoopback = (port: number, path = '') => `127.0.0.1:${port}${path}`;

const receivers = ['thanos-receive-1', 'thanos-receive-2', 'thanos-receive-3'];
const names = [...receivers, 'thanos-query', 'thanos-rule'];
const plain = components(parseSettings('/project', ['--port-offset', '10000']));

describe('the engine of the laptop pipeline', () => {
  it('is Prometheus by default', () => {
    expect(plain.filter(({ name }) => name.startsWith('thanos'))).toEqual([]);
    expect(programNames(plain)).not.toContain('thanos');
  });

  it('is Thanos with --engine thanos', () => {
    expect(list.flatMap(({ name, program }) => (name.startsWith('thanos') ? [[name, program]] : []))).toEqual(
      names.map((name) => [name, { kind: 'program', name: 'thanos' }]),
    );
    expect(names.map((name) => component(name).args[0])).toEqual([
      'receive',
      'receive',
      'receive',
      'query',
      'rule',
    ]);
  });
});

describe('the processes of Thanos', () => {
  it('have names and ports that no other component has', () => {
    const all = list.flatMap((c) => c.ports);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  });

  it('listen only on 127.0.0.1', () => {
    for (const name of names) {
      const { args, ports: declared } = component(name);
      const listening = args.flatMap((arg) => /^--\S*address=(.+)$/.exec(arg)?.[1] ?? []);
      expect(listening).toEqual(declared.map((port) => onLoopback(port)));
    }
  });

  it('use no default port if a port offset is set', () => {
    const text = JSON.stringify(list);
    for (const port of Object.values(basePorts)) expect(text).not.toMatch(new RegExp(`[:=]${port}\\b`));
  });

  it('form one hashring of three receivers', () => {
    const grpc = [ports.thanosReceive1Grpc, ports.thanosReceive2Grpc, ports.thanosReceive3Grpc];
    for (const [index, name] of receivers.entries()) {
      const ring = JSON.parse(fileOf(name, `config/${name}/hashrings.json`));
      expect(ring).toEqual([{ endpoints: grpc.map((port) => onLoopback(port)) }]);
      expect(component(name).args).toEqual(
        expect.arrayContaining([
          `--receive.local-endpoint=${onLoopback(grpc[index] as number)}`,
          `--label=replica="${name}"`,
          '--receive.hashrings-algorithm=ketama',
          '--receive.replication-factor=3',
        ]),
      );
    }
  });

  it('refuse samples far in the future', () => {
    for (const name of receivers) {
      expect(component(name).args).toEqual(
        expect.arrayContaining([
          '--tsdb.out-of-order.time-window=6h',
          '--tsdb.too-far-in-future.time-window=10m',
        ]),
      );
    }
  });

  it('deduplicate series that differ only in replica labels', () => {
    const { args } = component('thanos-query');
    expect(args.filter((arg) => arg.startsWith('--query.replica-label='))).toEqual([
      '--query.replica-label=replica',
      '--query.replica-label=tenant_id',
      '--query.replica-label=rule_replica',
    ]);
    expect(args).toEqual(
      expect.arrayContaining(['--deduplication.func=chain', '--store.response-timeout=5s']),
    );
  });

  it('use the same look-back as Prometheus for instant queries', () => {
    expect(component('thanos-query').args).toContain('--query.lookback-delta=30s');
  });

  it('use the scrape interval as the default step of a subquery', () => {
    expect(component('thanos-query').args).toContain('--query.default-evaluation-interval=5s');
  });

  it('start in this order: receivers and ruler, then querier', () => {
    expect(component('thanos-query').after).toEqual([...receivers, 'thanos-rule']);
  });

  it('wait at most one second for open connections when they stop', () => {
    for (const name of names) {
      expect(component(name).args, name).toEqual(
        expect.arrayContaining(['--http-grace-period=1s', '--grpc-grace-period=1s']),
      );
    }
  });

  it('must not serve HTTP on ports that browsers block', () => {
    const ofThanos = Object.keys(basePorts).filter((name) => name.startsWith('thanos'));
    const allowed = ofThanos.filter((name) => blockedPorts({ [name]: 6000 }).length === 0);
    expect(ofThanos).toHaveLength(16);
    expect(allowed).toEqual(ofThanos.filter((name) => /(Grpc|Capnproto)$/.test(name)));
    expect(allowed).toHaveLength(8);
  });

  it('evaluate the same rules as Prometheus, and rules about Thanos', () => {
    const groupsOf = (text: string): { name: string; rules: { alert?: string }[] }[] => parse(text).groups;
    const rules = groupsOf(fileOf('thanos-rule', 'config/thanos-rule/rules.yml'));
    const ofPrometheus = groupsOf(fileOf('prometheus', 'config/prometheus/rules.yml', plain));
    const own = rules.filter(({ name }) => name.startsWith('thanos'));
    expect(own.map(({ name }) => name)).toEqual(['thanos', 'thanos-ruler-notifications']);
    // With Thanos, the group `targets` also checks the targets of Thanos.
    const comparable = (groups: typeof rules) => groups.filter(({ name }) => name !== 'targets');
    expect(comparable(rules.filter((group) => !own.includes(group)))).toEqual(comparable(ofPrometheus));
    const alertsOf = (groups: typeof rules) =>
      groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    expect(alertsOf(rules)).toEqual(expect.arrayContaining(['NatsServerDown', 'ThanosWriteQuorumAtRisk']));
    expect(alertsOf(rules.filter((group) => !own.includes(group)))).toEqual(alertsOf(ofPrometheus));
  });

  it('send alerts to Alertmanager without the label rule_replica', () => {
    expect(component('thanos-rule').args).toEqual(
      expect.arrayContaining([
        `--alertmanagers.url=http://${onLoopback(ports.alertmanager)}`,
        '--alert.label-drop=rule_replica',
        '--restore-ignored-label=rule_replica',
      ]),
    );
  });
});

describe('the programs that write samples to Thanos', () => {
  const configurations = {
    prometheus: configOf('prometheus').remote_write,
    'prometheus-agent': configOf('prometheus-agent').remote_write,
    'thanos-rule': parse(fileOf('thanos-rule', 'config/thanos-rule/remote-write.yml')).remote_write,
  };

  it.each([
    ['prometheus', ports.thanosReceive1Write, '/api/v1/receive'],
    ['prometheus-agent', ports.remoteWriteListener, '/api/v1/write'],
    ['thanos-rule', ports.thanosReceive3Write, '/api/v1/receive'],
  ] as const)('include %s, which uses remote write 1.0', (writer, port, path) => {
    expect(configurations[writer]).toEqual([
      expect.objectContaining({
        url: `http://${onLoopback(port, path)}`,
        // Thanos 0.42 answers 200 to remote write 2.0, but does not store the samples.
        protobuf_message: 'prometheus.WriteRequest',
      }),
    ]);
  });

  it('stop before the receivers', () => {
    const stage = (name: string) => component(name).stopStage ?? 1;
    for (const receiver of receivers) {
      for (const writer of Object.keys(configurations)) expect(stage(writer)).toBeLessThan(stage(receiver));
    }
  });

  it('include a Prometheus that evaluates no rules', () => {
    const { rule_files, alerting } = configOf('prometheus');
    expect({ rule_files, alerting }).toEqual({ rule_files: undefined, alerting: undefined });
    expect(component('prometheus').args).not.toContain('--web.enable-remote-write-receiver');
  });
});

describe('the map with the engine thanos', () => {
  const { nodes, edges } = topologyOf(list, 5, 'laptop');
  const between = (kind: string) => edges.filter((edge) => edge.kind === kind).map(({ id }) => id);

  it('shows every connection of Thanos', () => {
    expect(between('remote-write').sort()).toEqual([
      'prometheus-agent/thanos-receive-2/remote-write',
      'prometheus/thanos-receive-1/remote-write',
      'thanos-rule/thanos-receive-3/remote-write',
    ]);
    expect(between('requests')).toEqual(
      expect.arrayContaining([
        ...receivers.map((receiver) => `thanos-query/${receiver}/requests`),
        'thanos-rule/thanos-query/requests',
      ]),
    );
    expect(between('alerts')).toEqual(['alertmanager/console/alerts', 'thanos-rule/alertmanager/alerts']);
    expect(between('scrape')).toEqual(
      expect.arrayContaining(names.map((name) => `prometheus/${name}/scrape`)),
    );
  });

  it('has no connection to a component that does not run', () => {
    const known = new Set([...nodes.map(({ name }) => name), 'console', 'binance-mock']);
    expect(edges.filter(({ to }) => !known.has(to))).toEqual([]);
  });

  it('shows at least three curves for each process of Thanos', () => {
    for (const name of names) {
      expect(nodes.find((node) => node.name === name)?.keySeries.length).toBeGreaterThan(2);
    }
  });
});
