import { describe, expect, it } from 'vitest';
import * as environments from '../../../config/environments/index.ts';
import { clusterControls } from '../../../console/cluster/controls.ts';
import { clusterNodes } from '../../../console/cluster/nodes/list.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import { Kubectl } from '../../../verify/kubectl.ts';
import { variants } from '../../stacks/environments.ts';
import { kubectlMock } from '../../verify/kubectl-mock.ts';

const { does, calls } = kubectlMock();
const checked = [...checkEnvironments(Object.values(environments)), ...checkEnvironments(variants)];

function controlsOf(name: string) {
  const environment = checked.find((candidate) => candidate.name === name);
  if (!environment) throw new Error(`no environment ${name}`);
  return clusterControls({
    environment,
    nodes: clusterNodes(environment),
    connection: {
      kubectl: new Kubectl({ context: 'central' }),
      kubectlOfEdge: (edge) => new Kubectl({ context: `of-${edge}` }),
    },
    prometheus: { query: async () => [] },
  });
}

describe('the controls of a cluster', () => {
  it('offer no faults, no message burst and no component actions', () => {
    for (const { name } of checked) {
      const { place, startCommand, act, faults, burst } = controlsOf(name);
      const start = `npm run console -- ${name}`;
      expect({ place, startCommand, act, faults, burst }).toEqual({ place: name, startCommand: start });
    }
  });

  it('can run the batch only if the environment has a CronJob', () => {
    const offering = checked.filter(({ name }) => controlsOf(name).runBatch).map(({ name }) => name);
    expect(offering).toEqual(['local', 'thanos', 'adjusted']);
  });

  it('create a Job from the CronJob to start the batch', async () => {
    does('echo "job.batch/batch-by-hand created"');
    expect(await controlsOf('local').runBatch?.({})).toEqual({
      status: 201,
      body: 'job.batch/batch-by-hand created',
    });
    expect(calls()).toMatch(
      /^--context central create job batch-by-hand-\d{14} --from=cronjob\/batch-pusher-schedule --namespace airflow-3$/m,
    );
  });

  it('refuse a batch run that has parameters', async () => {
    does('true');
    const { runBatch, runIsFixed } = controlsOf('local');
    await expect(runBatch?.({ failAt: 'load' })).rejects.toMatchObject({
      name: 'OutOfBounds',
      field: 'failAt',
      message: expect.stringContaining('does not accept the setting failAt.'),
    });
    expect(runIsFixed).toBe(true);
    expect(calls()).toBe('');
  });

  it('report why kubectl cannot start the batch', async () => {
    does('echo "jobs.batch is forbidden" >&2; exit 1');
    await expect(controlsOf('local').runBatch?.({})).rejects.toMatchObject({
      name: 'ControlFailed',
      message: expect.stringContaining('jobs.batch is forbidden'),
    });
  });

  it('read at most the requested number of lines of a log', async () => {
    does('seq 1 50');
    expect(await controlsOf('local').logTail?.('prometheus', 3)).toEqual(['48', '49', '50']);
    expect(calls()).toBe(
      '--context central logs statefulset/prometheus-kube-prometheus-stack-prometheus --namespace airflow-3 --tail 3 --limit-bytes 1000000 --container prometheus\n',
    );
  });

  it('read the log of an edge component from the cluster of this edge', async () => {
    does('echo line');
    expect(await controlsOf('scaled').logTail?.('factory-agent', 10)).toEqual(['line']);
    expect(calls()).toMatch(
      /^--context of-factory logs --selector app=prometheus-agent --namespace another-cluster /,
    );
  });

  it('reject a component without a log, and list the valid names', async () => {
    await expect(controlsOf('local').logTail?.('binance', 10)).rejects.toThrow(
      /There is no component binance\. The components are prometheus, /,
    );
  });
});
