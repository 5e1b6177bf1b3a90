import { join } from 'node:path';
import { execa } from 'execa';

/**
 * The first build of Caddy takes two minutes.
 * @returns the path of the program
 * @throws Error with the output of `go`
 */
export async function buildGoProgram(name: string, target: string, folder: string): Promise<string> {
  const path = join(folder, name);
  const flags = [
    '-mod=readonly',
    '-trimpath',
    '-buildvcs=false',
    '-gcflags=all=-dwarf=false',
    '-ldflags=-s -w',
  ];
  await execa('go', ['build', ...flags, '-o', path, target], {
    cwd: join(import.meta.dirname, 'programs', name),
    env: { CGO_ENABLED: '0', GOWORK: 'off' },
  });
  return path;
}
