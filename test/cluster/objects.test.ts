import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { restrictedContainer, restrictedPod } from '../../modules/kubernetes/security.ts';
import { jobs, sourcePorts } from '../../sources/index.ts';
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

/** A pod with the function's image that runs the code of a test. */
function script(name: string, code: string, namespace = own.namespace): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name } },
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

/** The exit code of the container in the first pod with this label. It is empty until the container ends. */
function exitCode(label: string, namespace = own.namespace): Promise<string> {
  const path = 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.exitCode}';
  return kubectl(['--namespace', namespace, 'get', 'pods', '--selector', label, '--output', path]);
}

/**
 * Code that connects to a port. It exits with 0 after a connection, with 3 if no packet returns, and with 4 after an
 * error, such as an unknown name.
 */
const connectTo = (job: string, port: number) =>
  `require('node:net').connect(${port}, '${job}.${own.namespace}')
    .on('connect', () => process.exit(0)).setTimeout(5000, () => process.exit(3))
    .on('error', () => process.exit(4))`;

describe('the project’s objects on a real cluster', () => {
  it('are accepted without a warning about an unknown field', async () => {
    const output = await apply(own.objects, '--dry-run=server');
    expect(output.split('\n')).toHaveLength(own.objects.length);
  });

  it.each([jobs.usdtExporter, jobs.batchPusher])(
    'run the program %s under the restricted Pod Security Standard',
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

  it('reject a pod that violates the restricted Pod Security Standard', async () => {
    const pod = script('root', '') as { spec: { securityContext?: object } };
    delete pod.spec.securityContext;
    await expect(apply([pod])).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  it('expose the metrics of each function over TLS under the name of its Service', async () => {
    for (const [name, port, metric] of [
      [jobs.usdtExporter, sourcePorts.usdtExporter, 'usdt_vnd_fetch_errors_total'],
      [jobs.batchPusher, sourcePorts.batchPusher, 'batch_pusher_'],
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

  it('allow a pod in the namespace of the callers to connect only to the batch-pusher, and allow no other pod to connect to a function', async () => {
    const [exporter, pusher] = [
      connectTo(jobs.usdtExporter, sourcePorts.usdtExporter),
      connectTo(jobs.batchPusher, sourcePorts.batchPusher),
    ];
    await apply([
      script('stranger', exporter),
      script('neighbour', pusher),
      script('caller', pusher, own.callers),
      script('snoop', exporter, own.callers),
    ]);
    for (const [app, code, namespace] of [
      ['stranger', '3', own.namespace],
      ['neighbour', '3', own.namespace],
      ['caller', '0', own.callers],
      ['snoop', '3', own.callers],
    ] as const) {
      await vi.waitFor(async () => expect(await exitCode(`app=${app}`, namespace), app).toBe(code), long);
    }
  }, 150_000);

  it('start the scheduled batch, and the exit code of the batch reports that the Pushgateway is unreachable', async () => {
    const job = [
      '--namespace',
      own.namespace,
      'create',
      'job',
      'once',
      '--from=cronjob/batch-pusher-schedule',
    ];
    await kubectl(job);
    await vi.waitFor(async () => expect(await exitCode('job-name=once')).toBe('75'), long);
  }, 150_000);
});
