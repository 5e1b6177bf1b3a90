import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { parse } from 'yaml';
import { components, programNames } from '../../demo/components/list.ts';
import { composeSettings } from '../../demo/compose/settings.ts';
import { bundleFunctions } from '../../demo/function-bundles.ts';
import { exchange } from '../../demo/http-exchange.ts';
import { composeProject } from '../../scripts/generate/compose/project.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { findingsTable } from '../../verify/table.ts';
import { isSound, verifyWithin } from '../../verify/verify.ts';
import { build, nodeImage, programImage } from './images.ts';

const root = join(import.meta.dirname, '../..');
const soundWithinMs = 180_000;
const conditionWithinMs = 120_000;
const fault = { name: 'batch-failing', alert: 'BatchRunFailed' };

type Services = Readonly<Record<string, { readonly image: string; readonly healthcheck?: unknown }>>;

/**
 * Runs and checks the compose file.
 * @returns false if verify fails
 * @throws Error if other checks fail
 */
export async function runCompose({
  portOffset,
  keep,
}: {
  readonly portOffset: number;
  readonly keep: boolean;
}): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'compose-project-'));
  const files = composeProject(portOffset);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { grafana: _, ...services }: Services = parse(files['compose.yaml'] ?? '', { merge: true }).services;
  const name = `compose-test-${portOffset}`;
  const compose = (...args: string[]) =>
    execa('podman-compose', ['--project-name', name, ...args], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  await buildImages(services, portOffset);
  try {
    await compose('up', '--detach', '--no-build', ...Object.keys(services));
    const findings = await verifyWithin(laptopSystem(portOffset), soundWithinMs);
    console.log(findingsTable(findings));
    await checkConsole(portOffset);
    await checkHealth(services, name);
    return isSound(findings);
  } finally {
    if (!keep) {
      await compose('down', '--volumes', '--timeout', '5');
      rmSync(folder, { recursive: true });
    }
  }
}

async function buildImages(services: Services, portOffset: number): Promise<void> {
  const list = components(composeSettings(root, portOffset));
  const [programs] = await Promise.all([
    obtainPrograms({ names: programNames(list) }),
    bundleFunctions(root, list),
    execa('node', ['demo/compose/bundle.mjs'], { cwd: root }),
  ]);
  const built = new Set<string>();
  for (const { name: service, program } of list) {
    const image = services[service]?.image ?? '';
    if (built.has(image)) continue;
    built.add(image);
    if (program.kind === 'program') {
      await build(await programImage(image, program.name, programs));
    } else if (program.kind === 'bundle') {
      await build(await nodeImage(image, 'server.cjs', { '/app/server.cjs': join(root, program.path) }));
    }
  }
  // The files that compose/Dockerfile copies into the image of the console.
  const app = ['dist', 'docs', 'dashboards', 'package.json', 'console/web/index.html', 'node_modules/undici'];
  const files = Object.fromEntries(app.map((path) => [join('/app', path), join(root, path)]));
  await build(await nodeImage(services.console?.image ?? '', 'dist/compose/main.mjs', files));
}

async function checkConsole(portOffset: number): Promise<void> {
  const { ports } = composeSettings(root, portOffset);
  const api = (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
    exchange(`http://127.0.0.1:${ports.console}${path}`, { method, signal: AbortSignal.timeout(30_000) });
  await until('the console shows every component as running', async () => {
    const { ready } = JSON.parse((await api('/api/status')).text);
    const { opens } = JSON.parse((await api('/api/components/prometheus/page')).text);
    return ready === true && opens !== null;
  });
  await api(`/api/faults/${fault.name}`, 'POST');
  await until(`${fault.alert} reaches the console`, async () =>
    (await api('/api/notifications')).text.includes(`"alert":"${fault.alert}"`),
  );
  await api(`/api/faults/${fault.name}`, 'DELETE');
}

/** Runs each health check once, because podman schedules health checks only under systemd. */
async function checkHealth(services: Services, project: string): Promise<void> {
  for (const [service, { healthcheck }] of Object.entries(services)) {
    if (!healthcheck) continue;
    await execa('podman', ['healthcheck', 'run', `${project}_${service}_1`]);
    console.log(`✓ the health check of ${service} passes`);
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + conditionWithinMs;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`After ${conditionWithinMs / 1000} s not yet: ${what}.`);
    await delay(500);
  }
  console.log(`✓ ${what}`);
}
