import { describe, expect, it } from 'vitest';
import { licenceOfModule } from '../../../delivery/supply-chain/licences/go-licences.ts';
import { objection } from '../../../delivery/supply-chain/licences/judge.ts';
import { licenceOfText } from '../../../delivery/supply-chain/licences/licence-text.ts';
import { licenceReport } from '../../../delivery/supply-chain/licences/report.ts';
import { folderWith, integrity, lockWith, run } from './fixture.ts';

const policy = {
  allowed: [
    { licence: 'MIT', reason: 'test' },
    { licence: 'Apache-2.0', reason: 'test' },
    { licence: 'GPL-2.0-only WITH Classpath-exception-2.0', reason: 'test' },
  ],
  exceptions: [{ package: 'odd', licence: 'Public Domain', reason: 'test' }],
};

describe('the judgement of a licence', () => {
  it.each([
    'MIT',
    'MIT AND Apache-2.0',
    'GPL-3.0-only OR MIT',
    '(GPL-3.0-only AND ISC) OR (MIT AND Apache-2.0)',
    'GPL-2.0-only WITH Classpath-exception-2.0',
  ])('allows %s', (licence) => expect(objection('a', licence, policy)).toBeUndefined());

  it.each<[licence: string | undefined, reason: string]>([
    [undefined, 'it declares no licence'],
    ['', 'it declares no licence'],
    ['SEE LICENSE IN LICENSE.md', 'is no SPDX expression'],
    ['UNLICENSED', 'is no SPDX expression'],
    ['GPL-3.0-only', 'is not allowed, because of GPL-3.0-only'],
    ['MIT AND GPL-3.0-only', 'is not allowed, because of GPL-3.0-only'],
    ['GPL-3.0-only OR ISC', 'is not allowed, because of GPL-3.0-only and ISC'],
    ['GPL-2.0-only', 'is not allowed, because of GPL-2.0-only'],
    ['Public Domain', 'is no SPDX expression'],
  ])('refuses %s', (licence, reason) => expect(objection('a', licence, policy)).toContain(reason));

  it('applies an exception only to the licence that the exception names', () => {
    expect(objection('odd', 'Public Domain', policy)).toBeUndefined();
    expect(objection('odd', 'GPL-3.0-only', policy)).toBeDefined();
  });
});

describe('the report of the licences', () => {
  const found = (name: string, licence: string | undefined) => ({
    kind: 'production' as const,
    name,
    version: '1.0.0',
    licence,
    from: () => 'required by b 2.0.0',
  });

  it('states the reason and the remedy for a refused package', () => {
    const { failures } = licenceReport([found('a', 'GPL-3.0-only'), found('odd', 'Public Domain')], policy);
    expect(failures).toEqual([
      'a 1.0.0 (production; required by b 2.0.0): its licence "GPL-3.0-only" is not allowed, because of GPL-3.0-only. Replace the package. If the licence is acceptable, add the licence or an exception with its reason to delivery/supply-chain/licences/allowed.ts.',
    ]);
  });

  it('reports an exception that applies to no package', () => {
    expect(licenceReport([found('a', 'MIT')], policy).failures).toEqual([
      'The exception of odd (Public Domain) applies to no package. Delete it from delivery/supply-chain/licences/allowed.ts.',
    ]);
  });

  it('counts a module that is not on this machine as unchecked', () => {
    const absent = { ...found('m', 'absent'), kind: 'Go modules' as const };
    const { text, failures } = licenceReport([absent], { ...policy, exceptions: [] });
    expect(failures).toEqual([]);
    expect(text).toContain('Go modules: 1; NOT checked: 1');
  });
});

describe('the licence of a Go module', () => {
  it.each<[text: string, licence: string | undefined]>([
    ['Apache License\n   Version 2.0, January 2004', 'Apache-2.0'],
    [
      'Mozilla Public License, version 2.0\n … "Secondary License" means the GNU General Public License',
      'MPL-2.0',
    ],
    ['GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3', 'AGPL-3.0-only'],
    ['Copyright\n// Permission is hereby granted, free of charge, to any\n// person obtaining a copy', 'MIT'],
    ['Permission to use, copy, modify, and/or distribute this software', 'ISC'],
    ['Redistribution and use in source and binary forms … Neither the name of Google', 'BSD-3-Clause'],
    ['Redistribution and use in source and binary forms, with', 'BSD-2-Clause'],
    [
      'Apache License\nVersion 2.0\n… Permission is hereby granted, free of charge, to any person obtaining a copy',
      'Apache-2.0 AND MIT',
    ],
    ['All rights reserved.', undefined],
  ])('is read from the text %j (result: %s)', (text, licence) => expect(licenceOfText(text)).toBe(licence));

  it('is read from the Go module cache', () => {
    const cache = folderWith({
      'github.com/!azure/go@v1.0.0/LICENSE.txt': 'Apache License Version 2.0',
      'example.com/odd@v1.0.0/README.md': 'no licence',
    });
    expect(licenceOfModule({ module: 'github.com/Azure/go', version: 'v1.0.0' }, cache)).toBe('Apache-2.0');
    expect(licenceOfModule({ module: 'github.com/Azure/go', version: 'v1.0.1' }, cache)).toBe('absent');
    expect(licenceOfModule({ module: 'example.com/odd', version: 'v1.0.0' }, cache)).toBeUndefined();
  });
});

describe('npm run licences', { timeout: 60_000 }, () => {
  it('accepts every package of this project', async () => {
    const { exitCode, stdout, stderr } = await run('licences');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^production: \d+ \(MIT \d+, .*\ndevelopment: \d+ \(MIT \d+, .*\nGo modules: \d+/);
  });

  it('ends with exit code 1 for a package without a known licence', async () => {
    const lock = lockWith({ 'node_modules/a': { version: '1.0.0', integrity, license: 'SEE LICENSE IN X' } });
    const refused = await run('licences', '--lock', lock);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(
      'a 1.0.0 (production; node_modules/a, required by package.json): its licence',
    );
    const missing = await run('licences', '--lock', `${lock}.missing`);
    expect({ exitCode: missing.exitCode, stdout: missing.stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(missing.stderr).toMatch(/the lock file cannot be read \(ENOENT\)\. .*\.$/);
  });
});
