import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installAirflow } from '../../demo/airflow/installation.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { until } from '../live/processes.ts';
import { freePorts, root } from './airflow-under-test.ts';

const password = 'correct horse battery staple';
/** bcrypt hash of the Pushgateway's password. */
const hash = '$2b$04$lj4wyBeqFswawIwbkqQlmeFW0r.qpMckmu/IPizIb3WuGM/0NbnOm';
const folder = mkdtempSync(join(tmpdir(), 'push-test-'));
let gateway: ChildProcess;
let url: string;
let python: string;

beforeAll(async () => {
  const [programs, installation, [port]] = await Promise.all([
    obtainPrograms({ names: ['pushgateway'] }),
    installAirflow({ root, onProgress: (line) => console.log(line) }),
    freePorts(1),
  ]);
  python = installation.python;
  url = `https://127.0.0.1:${port}`;
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const names = ['-subj', '/CN=pushgateway', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
  execFileSync('openssl', ['req', '-x509', ...curve, ...names, ...files], { stdio: 'ignore' });
  writeFileSync(
    join(folder, 'web.yml'),
    `tls_server_config: { cert_file: tls.crt, key_file: tls.key }\nbasic_auth_users: { etl: '${hash}' }\n`,
  );
  const args = [`--web.listen-address=127.0.0.1:${port}`, `--web.config.file=${join(folder, 'web.yml')}`];
  gateway = spawn(programs.pushgateway.path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  gateway.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  await until(
    () => `the Pushgateway does not listen: ${log}`,
    () => log.includes('TLS is enabled'),
    20_000,
  );
});
afterAll(() => {
  gateway?.kill();
  rmSync(folder, { recursive: true });
});

const push = (env: Readonly<Record<string, string>>) =>
  execa(
    python,
    [
      '-c',
      `import prometheus_metrics_dag as dag; dag.push({"airflow_data_processing_success": 1.0}, replace=True)`,
    ],
    {
      cwd: join(root, 'dags'),
      env: {
        PATH: process.env.PATH ?? '',
        AIRFLOW_HOME: folder,
        PYTHONDONTWRITEBYTECODE: '1',
        PUSHGATEWAY_URL: url,
        ...env,
      },
      extendEnv: false,
      reject: false,
      timeout: 120_000,
    },
  );
const ca = { PUSHGATEWAY_CA_FILE: join(folder, 'tls.crt') };
const login = { PUSHGATEWAY_USERNAME: 'etl', PUSHGATEWAY_PASSWORD: password };

it('the DAG pushes over TLS and sends basic authentication', async () => {
  const { exitCode, stderr } = await push({ ...ca, ...login });
  expect(stderr).not.toContain('Error');
  expect(exitCode).toBe(0);
});

it('the DAG refuses the certificate of an unknown CA', async () => {
  const { exitCode, stderr } = await push(login);
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/certificate verify failed/i);
});

it('the DAG fails when the Pushgateway refuses the login of the DAG', async () => {
  const { exitCode, stderr } = await push({ ...ca, ...login, PUSHGATEWAY_PASSWORD: 'wrong-password' });
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('401');
  expect(stderr).not.toContain('wrong-password');
});
