/**
 * `npm run test:compose`: runs compose.yaml with podman and checks the pipeline from outside. The images are made of
 * the programs of this machine, because the test needs no registry; Grafana is left out, because it has no such program.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { execa } from 'execa';
import which from 'which';
import { parse } from 'yaml';
import { components, programNames } from '../../demo/components/list.ts';
import { composeSettings } from '../../demo/compose/settings.ts';
import { bundleFunctions } from '../../demo/function-bundles.ts';
import { exchange } from '../../demo/http-exchange.ts';
import { parseOffset } from '../../demo/settings.ts';
import { composeProject } from '../../scripts/generate/compose/project.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { findingsTable } from '../../verify/table.ts';
import { isSound, verifyWithin } from '../../verify/verify.ts';
import { build, nodeImage, programImage } from './images.ts';

const root = join(import.meta.dirname, '../..');
const soundWithinMs = 180_000;
const alertWithinMs = 120_000;
const fault = { name: 'batch-failing', alert: 'BatchRunFailed' };

const { portOffset, keep } = new Command('npm run test:compose --')
  .description(
    'Runs compose.yaml with podman, on images made of the programs of this machine, and checks the pipeline. Exit codes: 0 everything passes, 1 a check fails, 2 a program is missing.',
  )
  .option('--port-offset <N>', 'adds N to every port', parseOffset, 0)
  .option('--keep', 'does not stop the containers at the end')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse()
  .opts<{ portOffset: number; keep?: boolean }>();

const missing: string[] = [];
for (const program of ['podman', 'podman-compose', 'busybox', 'ldd']) {
  if (!(await which(program, { nothrow: true }))) missing.push(program);
}
if (missing.length > 0) {
  console.error(
    `The test needs ${missing.join(', ')} on PATH. Install the missing programs, then start the test again.`,
  );
  process.exit(2);
}

const project = mkdtempSync(join(tmpdir(), 'compose-project-'));
for (const [file, text] of Object.entries(composeProject(portOffset))) {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}
const services: Readonly<Record<string, { image: string; healthcheck?: unknown }>> = parse(
  composeProject(portOffset)['compose.yaml'] ?? '',
  { merge: true },
).services;
const started = Object.keys(services).filter((name) => name !== 'grafana');
const name = `compose-test-${portOffset}`;
const compose = (...args: string[]) =>
  execa('podman-compose', ['--project-name', name, ...args], {
    cwd: project,
    stdio: ['ignore', 'inherit', 'inherit'],
  });

await buildImages();
try {
  await compose('up', '--detach', '--no-build', ...started);
  process.exitCode = (await check()) ? 0 : 1;
} finally {
  if (!keep) {
    await compose('down', '--volumes', '--timeout', '5');
    rmSync(project, { recursive: true });
  }
}

async function buildImages(): Promise<void> {
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
    } else {
      await build(await nodeImage(image, 'server.cjs', { '/app/server.cjs': join(root, program.path) }));
    }
  }
  // The same files as in compose/Dockerfile, at the folder that the bundle names.
  const app = ['dist', 'docs', 'console/web/index.html', 'node_modules/undici'];
  const files = Object.fromEntries(app.map((path) => [join('/app', path), join(root, path)]));
  await build(await nodeImage(services.console?.image ?? '', 'dist/compose/main.mjs', files));
}

/** Prints what passes and what fails. @returns whether everything passes */
async function check(): Promise<boolean> {
  const findings = await verifyWithin(laptopSystem(portOffset), soundWithinMs);
  console.log(findingsTable(findings));
  const { ports } = composeSettings(root, portOffset);
  const api = (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
    exchange(`http://127.0.0.1:${ports.console}${path}`, { method, signal: AbortSignal.timeout(30_000) });
  await until('the console shows every component as running', async () => {
    const status = JSON.parse((await api('/api/status')).text);
    return status.ready === true;
  });
  for (const service of started.filter((service) => services[service]?.healthcheck)) {
    // podman runs the checks by itself only under systemd.
    await execa('podman', ['healthcheck', 'run', `${name}_${service}_1`]);
    console.log(`✓ the health check of ${service} passes`);
  }
  await api(`/api/faults/${fault.name}`, 'POST');
  await until(`${fault.alert} reaches the console`, async () =>
    (await api('/api/notifications')).text.includes(`"alert":"${fault.alert}"`),
  );
  await api(`/api/faults/${fault.name}`, 'DELETE');
  return isSound(findings);
}

/** @throws Error after two minutes */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + alertWithinMs;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`After ${alertWithinMs / 1000} s not yet: ${what}.`);
    await delay(500);
  }
  console.log(`✓ ${what}`);
}
