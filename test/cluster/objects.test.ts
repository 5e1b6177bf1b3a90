import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { restrictedContainer, restrictedPod } from '../../config/pod-security.ts';
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

/** A pod that runs JavaScript code in the image of a function. */
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

/** Exit code of the first pod with this label, or an empty text while the container runs. */
function exitCode(label: string, namespace = own.namespace): Promise<string> {
  const path = 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.exitCode}';
  return kubectl(['--namespace', namespace, 'get', 'pods', '--selector', label, '--output', path]);
}

/**
 * JavaScript code that connects to the Service of a job. Exit codes:
 * - 0: the Service accepts the connection
 * - 3: the Service does not answer
 * - 4: an error, such as an unknown host name
 */
const connectTo = (job: string, port: number) =>
  `require('node:net').connect(${port}, '${job}.${own.namespace}')
    .on('connect', () => process.exit(0)).setTimeout(5000, () => process.exit(3))
    .on('error', () => process.exit(4))`;

describe('the objects on a real cluster', () => {
  it('pass the strict field validation of the API server', async () => {
    const output = await apply(own.objects, '--dry-run=server');
    expect(output.split('\n')).toHaveLength(own.objects.length);
  });

  it.each([jobs.usdtExporter, jobs.batchPusher])(
    'start %s under the restricted Pod Security Standard',
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

  it('have a namespace that rejects pods without a security context', async () => {
    const pod = script('root', '') as { spec: { securityContext?: object } };
    delete pod.spec.securityContext;
    await expect(apply([pod])).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  it('expose the metrics of each function over TLS', async () => {
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

  it('let only configured callers connect to the batch-pusher', async () => {
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

  it('define a Job that ends with exit code 75 if no Pushgateway runs', async () => {
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
