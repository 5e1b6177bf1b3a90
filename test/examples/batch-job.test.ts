import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { open } from '../../functions/adapters/node/index.ts';
import { batchPusher } from '../../functions/batch-pusher/index.ts';
import { writeCertificate } from '../functions/certificate.ts';
import { mockUpstream } from '../functions/mock-upstream.ts';
import { obtainTimeoutMs, running } from '../functions/programs.ts';
import '../functions/quiet.ts';

const examples = join(import.meta.dirname, '../../examples/batch-job');
const token = 'a-token-of-the-test';

const programs = [
  { language: 'bash', command: 'bash', file: 'export.sh', job: 'payroll_bash' },
  { language: 'Python', command: 'python3', file: 'export.py', job: 'payroll_python' },
  { language: 'Node', command: process.execPath, file: 'export.mjs', job: 'payroll_node' },
] as const;

type Program = (typeof programs)[number];

const missing = 'missing';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'batch-job-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

async function batchPusherAt(pushgateway: string) {
  const tls = folder();
  writeCertificate(tls, 'batch-pusher');
  const caFile = join(tls, 'tls.crt');
  const env = { PORT: '0', PUSHGATEWAY_URL: pushgateway, API_TOKEN: token };
  const server = await open(batchPusher, {
    ...env,
    TLS_CERT_FILE: caFile,
    TLS_KEY_FILE: join(tls, 'tls.key'),
  });
  onTestFinished(() => server.close());
  return {
    BATCH_PUSHER_URL: server.url,
    TOKEN: token,
    CA_FILE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    PERIOD_SECONDS: '3600',
  };
}

async function run(
  { command, file }: Program,
  env: Readonly<Record<string, string>>,
  { rows = 'anh,12\nbinh,x\nchi,30\n' } = {},
) {
  const work = folder();
  const [input, output] = [join(work, 'input.csv'), join(work, 'output.csv')];
  if (rows !== missing) writeFileSync(input, rows);
  const result = await execa(command, [join(examples, file), input, output], { env, reject: false });
  if (result.code === 'ENOENT')
    throw new Error(`${command} is not in PATH; install it, because the example runs in it`);
  return { ...result, written: () => readFileSync(output, 'utf8') };
}

describe.each(programs)('the batch job in $language', (program) => {
  const { job } = program;

  it(
    'reports a success with its record counts',
    async () => {
      const { url } = await running('pushgateway', ({ address }) => [`--web.listen-address=${address}`]);
      const env = await batchPusherAt(url);
      const metrics = async () => (await fetch(`${url}/metrics`)).text();
      const series = (metric: string, value: string) =>
        expect.stringMatching(new RegExp(`^${metric}\\{[^}]*job="${job}"[^}]*\\} ${value}$`, 'm'));

      const success = await run(program, env);
      expect(success).toMatchObject({ exitCode: 0, stderr: '' });
      expect(success.written().replaceAll('\r', '')).toBe('anh,12\nchi,30\n');
      const reported = await metrics();
      expect(reported).toEqual(series('airflow_data_processing_success', '1'));
      expect(reported).toEqual(series('airflow_etl_extract_records', '3'));
      expect(reported).toEqual(series('airflow_etl_load_records', '2'));
      expect(reported).toEqual(series('airflow_data_processing_period_seconds', '3600'));

      const failure = await run(program, env, { rows: missing });
      expect(failure.exitCode).not.toBe(0);
      const later = await metrics();
      expect(later).toEqual(series('airflow_data_processing_success', '0'));
      expect(later).toEqual(series('airflow_etl_load_records', '2'));
    },
    obtainTimeoutMs,
  );

  it(
    'reports a success with zero records if the input is empty',
    async () => {
      const { url } = await running('pushgateway', ({ address }) => [`--web.listen-address=${address}`]);
      const result = await run(program, await batchPusherAt(url), { rows: '' });
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(new RegExp(`^airflow_etl_extract_records\\{[^}]*job="${job}"[^}]*\\} 0$`, 'm'));
    },
    obtainTimeoutMs,
  );

  it('does not fail if the batch-pusher refuses the report of the job', async () => {
    const { url } = await mockUpstream();
    const env = await batchPusherAt(url);
    const result = await run(program, { ...env, TOKEN: 'another-token-of-the-test' });
    expect(result.stderr).toContain(`the report of ${job} was not accepted`);
    expect(result.exitCode).toBe(0);
  });

  it('sends no report if the server certificate is not trusted', async () => {
    const pushgateway = await mockUpstream();
    const { CA_FILE: _ca, NODE_EXTRA_CA_CERTS: _node, ...env } = await batchPusherAt(pushgateway.url);
    const result = await run(program, { ...env, SSL_CERT_FILE: '/dev/null' });
    expect(result.stderr).toContain(`the report of ${job} was not accepted`);
    expect(pushgateway.seen).toEqual([]);
  });

  it('fails and prints the name of the setting if a setting is missing', async () => {
    const result = await run(program, { BATCH_PUSHER_URL: '', TOKEN: '' });
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain('BATCH_PUSHER_URL');
  });
});
