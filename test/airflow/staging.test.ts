import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { installAirflow } from '../../demo/airflow/installation.ts';
import { root } from './airflow-under-test.ts';

let python: string;

beforeAll(async () => {
  ({ python } = await installAirflow({ root, onProgress: (line) => console.log(line) }));
});

async function staging(before = '') {
  const folder = mkdtempSync(join(tmpdir(), 'staging-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const code = `import os, prometheus_metrics_dag as dag\n${before}\nprint("staging:", dag.staging())`;
  const { exitCode, stdout, stderr } = await execa(python, ['-c', code], {
    cwd: join(root, 'dags'),
    env: {
      PATH: process.env.PATH ?? '',
      AIRFLOW_HOME: join(folder, 'home'),
      TMPDIR: folder,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    extendEnv: false,
    reject: false,
    timeout: 120_000,
  });
  return { folder, exitCode, stdout, stderr };
}

it('the staging folder of the DAG has the file mode 0700', async () => {
  const { folder, exitCode, stdout } = await staging();
  expect(exitCode).toBe(0);
  const [own = ''] = readdirSync(folder).filter((name) => name.startsWith('prometheus_metrics_dag'));
  expect(statSync(join(folder, own)).mode & 0o777).toBe(0o700);
  expect(stdout).toContain(join(folder, own));
});

it('the DAG refuses a staging folder that belongs to another user', async () => {
  const { exitCode, stderr } = await staging('os.getuid = lambda: 1234567');
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('belongs to another user: remove this folder, or set ETL_STAGING');
});
