import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { jobs, ports } from '../../config/topology.ts';
import { restrictedContainer, restrictedPod } from '../../modules/kubernetes/security.ts';
import { Kubectl } from '../../verify/kubectl.ts';
import { apply, contextUnderTest, kubectl } from './kubectl.ts';
import { images, type Scratch, scratch } from './scratch.ts';

const long = { timeout: 120_000, interval: 1000 };

let own: Scratch;
let forwards: Kubectl;

beforeAll(async () => {
  forwards = new Kubectl({ context: contextUnderTest() });
  own = await scratch();
}, 60_000);

afterAll(async () => {
  await forwards.close();
  await own?.remove();
}, 60_000);

/** A pod of the function's image that runs a script instead, with these labels. */
function script(name: string, labels: Readonly<Record<string, string>>, code: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: own.namespace, labels },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: restrictedPod(65532),
      containers: [
        {
          name: 'script',
          image: images.usdtExporter,
          args: ['-e', code],
          securityContext: restrictedContainer,
        },
      ],
    },
  };
}

/** Of the one container of the pods that are selected; empty until it has ended. */
function exitCode(...selection: readonly string[]): Promise<string> {
  const path = 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.exitCode}';
  return kubectl(['--namespace', own.namespace, 'get', 'pods', ...selection, '--output', path]);
}

describe('our objects on a real cluster', () => {
  it('are accepted without a warning about a field that is not there', async () => {
    const said = await apply(own.objects, '--dry-run=server');
    expect(said.split('\n')).toHaveLength(own.objects.length);
  });

  it.each([jobs.usdtExporter, jobs.batchPusher])(
    'run the %s within the restricted standard',
    async (name) => {
      const rollout = [
        '--namespace',
        own.namespace,
        'rollout',
        'status',
        `deployment/${name}`,
        '--timeout=50s',
      ];
      await expect(kubectl(rollout)).resolves.toContain('successfully rolled out');
    },
  );

  it('refuse a pod short of that standard', async () => {
    const pod = script('root', {}, '') as { spec: { securityContext?: object } };
    delete pod.spec.securityContext;
    await expect(apply([pod])).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  it('expose the functions’ metrics over TLS under the Service’s name', async () => {
    for (const [name, port, metric] of [
      [jobs.usdtExporter, ports.usdtExporter, 'usdt_vnd_fetch_errors_total'],
      [jobs.batchPusher, ports.batchPusher, 'batch_pusher_'],
    ] as const) {
      const secret = ['get', 'secret', `${name}-tls`, '--output', 'jsonpath={.data.ca\\.crt}'];
      const ca = Buffer.from(await kubectl(['--namespace', own.namespace, ...secret]), 'base64').toString();
      const local = await forwards.forward(own.namespace, name, port);
      const dispatcher = new Agent({ connect: { ca } });
      const response = await request(`https://localhost:${local}/metrics`, { dispatcher });
      expect(await response.body.text()).toContain(metric);
      await dispatcher.close();
    }
  });

  it('let nobody but Prometheus near them', async () => {
    const connect = `require('node:net').connect(${ports.usdtExporter}, '${jobs.usdtExporter}')
      .on('connect', () => process.exit(0)).setTimeout(5000, () => process.exit(3))
      .on('error', () => process.exit(4))`;
    await apply([script('stranger', { app: 'stranger' }, connect)]);
    // Not an error, which a name that does not resolve would be: the packets go nowhere.
    await vi.waitFor(async () => expect(await exitCode('--selector', 'app=stranger')).toBe('3'), long);
  }, 150_000);

  it('start the scheduled batch, which says by its exit code that the Pushgateway was away', async () => {
    const job = [
      '--namespace',
      own.namespace,
      'create',
      'job',
      'once',
      '--from=cronjob/batch-pusher-schedule',
    ];
    await kubectl(job);
    await vi.waitFor(async () => expect(await exitCode('--selector', 'job-name=once')).toBe('75'), long);
  }, 150_000);
});
