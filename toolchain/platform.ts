import { ToolchainError } from './error.ts';

/** Operating system and processor as Go spells them, such as `linux` and `amd64`. */
export interface Platform {
  readonly os: 'linux' | 'darwin';
  readonly arch: string;
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

export function currentPlatform(os: string = process.platform, arch: string = process.arch): Platform {
  if (os !== 'linux' && os !== 'darwin') {
    throw new ToolchainError(
      `The demo's programs run on Linux and macOS, not on ${os}.`,
      'On Windows, run this command inside WSL.',
    );
  }
  return { os, arch: architectures[arch] ?? arch };
}
