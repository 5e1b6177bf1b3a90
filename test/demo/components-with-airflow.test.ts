import { describe, expect, it } from 'vitest';
import { ports as basePorts } from '../../config/topology.ts';
import { components } from '../../demo/components/list.ts';
import { parseSettings } from '../../demo/settings.ts';

const settings = parseSettings('/project', ['--airflow', '--port-offset', '10000']);
const installation = {
  version: '3.2.2',
  key: '3.2.2-abc',
  python: '/cache/venv/bin/python',
  airflow: '/cache/venv/bin/airflow',
  database: '/cache/template/airflow.db',
};
const added = components(settings, installation).filter(({ name }) => name.startsWith('airflow'));
const text = JSON.stringify(added);
const secrets = Object.entries(added[0]?.env ?? {}).flatMap(([name, value]) =>
  name.includes('SECRET') ? [value] : [],
);

describe('Airflow in the laptop pipeline', () => {
  it('consists of an API server, a scheduler and a DAG processor', () => {
    expect(added.map(({ args }) => args[0])).toEqual(['api-server', 'scheduler', 'dag-processor']);
    expect(components(settings).filter(({ name }) => name.startsWith('airflow'))).toEqual([]);
  });

  it('listens only on 127.0.0.1, on ports with the port offset', () => {
    for (const port of Object.values(basePorts)) expect(text).not.toMatch(new RegExp(`[:=] ?${port}\\b`));
    expect(text).toContain('host = 127.0.0.1');
    expect(text).not.toContain('0.0.0.0');
  });

  it('passes secret keys only in environment variables', () => {
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64,}$/);
    for (const { args, files = {}, env = {} } of added) {
      for (const secret of secrets) expect(JSON.stringify([args, files])).not.toContain(secret);
      expect(Object.values(env)).toEqual(expect.arrayContaining(secrets));
    }
  });

  it('doubles every percent sign of a path in airflow.cfg', () => {
    const [server] = components(parseSettings('/a%20b', ['--airflow']), installation).filter(
      ({ name }) => name === 'airflow',
    );
    expect(server?.files?.['config/airflow/airflow.cfg']).toContain('dags_folder = /a%%20b/dags');
    expect(server?.env?.AIRFLOW_HOME).toMatch(/^\/a%20b\//);
  });

  it('names its database file after the key of the installation', () => {
    const [seed] = Object.keys(added[0]?.seeds ?? {});
    expect(seed).toContain(installation.key);
    expect(added[0]?.files?.['config/airflow/airflow.cfg']).toContain(seed?.replace('data/', ''));
  });

  it('sends no usage data', () => {
    expect(added[0]?.files?.['config/airflow/airflow.cfg']).toContain(
      '[usage_data_collection]\nenabled = False',
    );
  });
});
