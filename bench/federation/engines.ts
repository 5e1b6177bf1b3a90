import { parse, stringify } from 'yaml';
import type { LaptopEngine } from '../../config/topology.ts';
import type { Component } from '../../demo/component.ts';
import { prometheus } from '../../demo/components/prometheus.ts';
import { receivers } from '../../demo/components/thanos/members.ts';
import { thanosQuery } from '../../demo/components/thanos/query.ts';
import { thanosReceiver } from '../../demo/components/thanos/receiver.ts';
import { thanosRule } from '../../demo/components/thanos/rule.ts';
import type { PortName } from '../../demo/network.ts';
import type { Settings } from '../../demo/settings.ts';
import { recordingRules } from './recording-rules.ts';

export interface Engine {
  readonly components: readonly Component[];
  readonly storing: readonly string[];
  /** Ports of the components that store samples. Each component stores one copy of every sample. */
  readonly storePorts: readonly PortName[];
  readonly queryPort: PortName;
  /** Port of the component that evaluates the rules. */
  readonly rulePort: PortName;
  /** Receiver that the bench kills and starts again. Undefined with the engine `prometheus`. */
  readonly victim?: string;
}

export interface EngineOptions {
  readonly agents: number;
  readonly interval: number;
  /** Whether the engine evaluates recording rules. If false, Thanos starts no querier and no ruler. */
  readonly rules: boolean;
}

/** GOGC values of a cluster. The laptop value of 50 needs more processor time. */
const garbageCollection = { prometheus: { GOGC: '75' }, thanos: { GOGC: '100' } } as const;

/** Returns an engine of the laptop pipeline with the rules and intervals of the bench. */
export function engineOf(name: LaptopEngine, settings: Settings, options: EngineOptions): Engine {
  return name === 'thanos' ? thanosEngine(settings, options) : prometheusEngine(settings, options);
}

function prometheusEngine(settings: Settings, { agents, interval, rules }: EngineOptions): Engine {
  const laptop = prometheus({ ...settings, engine: 'prometheus' });
  const file = 'config/prometheus/prometheus.yml';
  const { alerting: _, scrape_configs: __, ...config } = parse(laptop.files?.[file] ?? '') as Config;
  const component = {
    ...laptop,
    env: garbageCollection.prometheus,
    args: withArgument(laptop.args, '--query.lookback-delta', lookback(interval)),
    files: {
      [file]: stringify({
        ...config,
        global: { scrape_interval: `${interval}s`, evaluation_interval: `${interval}s` },
      }),
      'config/prometheus/rules.yml': stringify(rules ? recordingRules({ agents, interval }) : { groups: [] }),
    },
  };
  return {
    components: [component],
    storing: [component.name],
    storePorts: ['prometheus'],
    queryPort: 'prometheus',
    rulePort: 'prometheus',
  };
}

interface Config {
  readonly global: object;
  readonly alerting: object;
  readonly scrape_configs: object;
}

function thanosEngine(settings: Settings, { agents, interval, rules }: EngineOptions): Engine {
  const laptop: Settings = { ...settings, engine: 'thanos' };
  const stores = receivers.map((receiver) => thanosReceiver(laptop, receiver));
  const query = thanosQuery(laptop);
  const rule = thanosRule(laptop);
  const ruleFile = 'config/thanos-rule/rules.yml';
  const evaluating = [
    { ...query, args: withArgument(query.args, '--query.lookback-delta', lookback(interval)) },
    {
      ...rule,
      args: withArgument(rule.args, '--eval-interval', `${interval}s`),
      files: { ...rule.files, [ruleFile]: stringify(recordingRules({ agents, interval })) },
    },
  ];
  const victim = stores.at(-1)?.name;
  return {
    components: [...stores, ...(rules ? evaluating : [])].map((component) => ({
      ...component,
      env: garbageCollection.thanos,
    })),
    storing: stores.map(({ name }) => name),
    storePorts: receivers.map(({ http }) => http),
    queryPort: 'thanosQuery',
    rulePort: 'thanosRule',
    ...(victim !== undefined && { victim }),
  };
}

/** Maximum age of a sample in an instant query. */
const lookback = (interval: number) => `${Math.max(30, 4 * interval)}s`;

function withArgument(args: readonly string[], flag: string, value: string): readonly string[] {
  if (!args.some((arg) => arg.startsWith(`${flag}=`))) {
    throw new Error(
      `The bench changes the argument ${flag} of a program, but the laptop pipeline starts this program without ${flag}. Change or remove ${flag} in bench/federation/engines.ts.`,
    );
  }
  return args.map((arg) => (arg.startsWith(`${flag}=`) ? `${flag}=${value}` : arg));
}
