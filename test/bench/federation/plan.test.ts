import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addFederationOptions,
  type FederationArguments,
  federationOptions,
} from '../../../bench/federation/options.ts';
import {
  bounds,
  fullMatrix,
  phasesOf,
  planOf,
  smallMatrix,
  speed,
  speedSeries,
} from '../../../bench/federation/plan.ts';

function parse(...args: string[]) {
  const command = addFederationOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return federationOptions(command.parse(args, { from: 'user' }).opts<FederationArguments>());
}

describe('the options of the bench', () => {
  it('select the full matrix with --full, otherwise the small matrix', () => {
    expect(parse()).toEqual(smallMatrix);
    expect(parse('--full')).toEqual(fullMatrix);
  });

  it('--agents and --engines replace the values of --full', () => {
    expect(parse('--full', '--agents', '2, 8', '--engines', 'thanos')).toEqual({
      ...fullMatrix,
      agents: [2, 8],
      engines: ['thanos'],
    });
  });

  it.each([
    ['--agents=0', /from 1 to 32/],
    ['--agents=33', /from 1 to 32/],
    ['--agents=4,4', /different/],
    ['--agents=1,2,3,4,5,6', /at most 5/],
    ['--agents=', /from 1 to 32/],
    ['--agents=1.5', /whole numbers/],
    ['--series=99', /from 100 to 50000/],
    ['--series=105', /multiple of 10/],
    ['--series=60000', /from 100 to 50000/],
    ['--interval=4', /from 5 to 60/],
    ['--interval=1e1', /from 5 to 60/],
    ['--engines=mimir', /prometheus, thanos/],
    ['--engines=thanos,thanos', /prometheus, thanos/],
  ])('do not allow %s, and the error states the expected value', (option, message) => {
    expect(() => parse(option)).toThrow(message);
  });
});

describe('the plan of the bench', () => {
  it('takes at most 16 minutes, and at most an hour with --full', () => {
    expect(planOf(smallMatrix).seconds).toBeLessThanOrEqual(16 * 60);
    expect(planOf(fullMatrix).seconds).toBeLessThanOrEqual(60 * 60);
  });

  it('has one run for each combination of an engine and a number of agents', () => {
    const runs = planOf(smallMatrix).runs.map(({ engine, agents }) => `${engine} ${agents}`);
    expect(runs).toEqual([
      'prometheus 1',
      'prometheus 4',
      'prometheus 16',
      'thanos 1',
      'thanos 4',
      'thanos 16',
    ]);
  });

  it('needs more memory and disk space with three copies of each sample', () => {
    const [one, three] = (['prometheus', 'thanos'] as const).map((engine) =>
      planOf({ ...fullMatrix, engines: [engine] }),
    );
    expect(three?.memoryBytes).toBeGreaterThan((one?.memoryBytes ?? 0) * 1.5);
    expect(three?.diskBytes).toBe((one?.diskBytes ?? 0) * 2);
  });

  it('rejects a number of series above the limit', () => {
    expect(() => planOf({ ...fullMatrix, agents: [32], series: 50_000 })).toThrow(
      /32 agents with 50000 series per agent need 1600000 series in total.*at most 400000/,
    );
  });

  it('kills and restarts the receiver during the measurement', () => {
    const { steady, killAfter, away } = phasesOf(30);
    expect(killAfter).toBe(steady / 2);
    expect(killAfter + away).toBeLessThan(steady);
  });

  it('suspends a receiver for less than the 30 s timeout of remote write', () => {
    expect(speed.outage).toBeLessThan(30);
  });

  it('distributes more than 95 % of `speed.series` to the agents', () => {
    for (let agents = bounds.agents.min; agents <= bounds.agents.max; agents += 1) {
      expect(speedSeries(agents) % 10).toBe(0);
      expect(speedSeries(agents) * agents).toBeGreaterThan(speed.series * 0.95);
    }
  });
});
