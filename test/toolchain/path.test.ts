import { appendFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { obtainPrograms, programs } from '../../toolchain/index.ts';
import { program, pushgatewayOutput, script, type Workbench, workbench } from './workbench.ts';

const onlyPath = () => workbench({ PROGRAMS_FROM: 'path' });
const pushgatewayIn = (bench: Workbench) => join(bench.bin, 'pushgateway');

describe('a program on PATH', () => {
  it('is used when the program has the right version', async () => {
    const bench = onlyPath();
    program(pushgatewayIn(bench), 'pushgateway, version 1.11.9 (branch: HEAD)');
    const { pushgateway } = await obtainPrograms(bench.options);
    expect(pushgateway).toEqual({
      name: 'pushgateway',
      version: '1.11.9',
      path: pushgatewayIn(bench),
      origin: 'path',
      webUi: true,
    });
  });

  it('of a wrong version is skipped, and a later folder of PATH is searched', async () => {
    const bench = onlyPath();
    program(pushgatewayIn(bench), 'pushgateway, version 1.4.3 (branch: HEAD)');
    const further = join(bench.root, 'further');
    mkdirSync(further);
    program(join(further, 'pushgateway'), pushgatewayOutput);
    const env = { ...bench.env, PATH: `${bench.bin}:${further}` };
    const { pushgateway } = await obtainPrograms({ ...bench.options, env });
    expect(pushgateway.path).toBe(join(further, 'pushgateway'));
  });

  it('is not used if its version is wrong', async () => {
    const bench = onlyPath();
    program(pushgatewayIn(bench), 'pushgateway, version 1.4.3 (branch: HEAD)');
    await expect(obtainPrograms(bench.options)).rejects.toMatchObject({
      name: 'ToolchainError',
      what: expect.stringContaining('pushgateway 1.11.3 could not be obtained'),
      remedy: expect.stringContaining('Install pushgateway 1.11'),
    });
  });

  it('that exits with an error is not used', async () => {
    const bench = onlyPath();
    script(pushgatewayIn(bench), `echo '${pushgatewayOutput}'; exit 2`);
    await expect(obtainPrograms(bench.options)).rejects.toThrowError(/could not be obtained/);
  });

  it('is not found if its folder in PATH is relative to the working folder', async () => {
    const bench = onlyPath();
    program(pushgatewayIn(bench), pushgatewayOutput);
    const relative = join('..', ...bench.bin.split('/').map(() => '..'), bench.bin);
    const env = { ...bench.env, PATH: `${relative}:.` };
    await expect(obtainPrograms({ ...bench.options, env })).rejects.toThrowError(/could not be obtained/);
  });

  it('named `prometheus` needs the build tag `builtinassets` for a web UI', async () => {
    const bench = onlyPath();
    const options = { ...bench.options, names: ['prometheus'] as const };
    const output = (tags: string) =>
      `prometheus, version ${programs.prometheus.version} (branch: HEAD) tags: ${tags}`;
    program(join(bench.bin, 'prometheus'), output('netgo'));
    expect((await obtainPrograms(options)).prometheus.webUi).toBe(false);
    program(join(bench.bin, 'prometheus'), output('netgo,builtinassets'));
    expect((await obtainPrograms(options)).prometheus.webUi).toBe(true);
  });
});

describe('the reported version of a program on PATH', () => {
  const counting = (bench: Workbench, size: number) => {
    const runs = join(bench.root, 'runs');
    writeFileSync(runs, '');
    program(pushgatewayIn(bench), pushgatewayOutput, size);
    const body = readFileSync(pushgatewayIn(bench), 'utf8').replace(
      '#!/bin/sh\n',
      `#!/bin/sh\necho run >> '${runs}'\n`,
    );
    writeFileSync(pushgatewayIn(bench), body);
    return () => readFileSync(runs, 'utf8').split('\n').length - 1;
  };

  it('is stored, therefore --version runs only once', async () => {
    const bench = onlyPath();
    const runs = counting(bench, 1_000_000);
    await obtainPrograms(bench.options);
    await obtainPrograms(bench.options);
    expect(runs()).toBe(1);
  });

  it('is read again after a change of the program file', async () => {
    const bench = onlyPath();
    const runs = counting(bench, 1_000_000);
    await obtainPrograms(bench.options);
    appendFileSync(pushgatewayIn(bench), '#');
    utimesSync(pushgatewayIn(bench), new Date(), new Date(1));
    await obtainPrograms(bench.options);
    expect(runs()).toBe(2);
  });

  it('is not stored if the program is a small script', async () => {
    const bench = onlyPath();
    const runs = counting(bench, 0);
    await obtainPrograms(bench.options);
    await obtainPrograms(bench.options);
    expect(runs()).toBe(2);
  });
});
