import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { tlsSecrets } from '../config/cluster-names.ts';
import { committed } from './stacks/environments.ts';
import { synthesize } from './stacks/synthesis.ts';

const guide = (name: string) => readFileSync(join(import.meta.dirname, '../docs', name), 'utf8');

const firstCommands = (text: string) => /```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

/** Runs `commands` with a fake kubectl. Returns the arguments of each call. */
async function callsOf(commands: string, answer: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guides-'));
  try {
    const calls = join(folder, 'calls');
    writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${calls}'\n${answer}\n`);
    chmodSync(join(folder, 'kubectl'), 0o755);
    await execa('bash', ['-euc', commands], { env: { PATH: `${folder}:${process.env.PATH}` } });
    return readFileSync(calls, 'utf8').trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the commands that replace the CA', () => {
  const commands = firstCommands(guide('replace-the-ca.md'));
  const certificates = [
    ['nats', tlsSecrets.natsExporter],
    ['another-cluster', tlsSecrets.natsExporter],
    ['branch', tlsSecrets.natsExporter],
    ['another-cluster', tlsSecrets.prometheusAgent],
    ['branch', tlsSecrets.prometheusAgent],
  ] as const;
  const listed = (rows: readonly string[]) => `printf '%s\\n' ${rows.map((row) => `'${row}'`).join(' ')}`;
  const having = (secret: string) => listed(certificates.filter(([, s]) => s === secret).map(([ns]) => ns));
  const kubectl = `
    case "$*" in
      *issuerRef*) ${listed(certificates.map(([namespace, secret]) => `${namespace} ${secret}`))};;
      *${tlsSecrets.natsExporter}*) ${having(tlsSecrets.natsExporter)};;
      *${tlsSecrets.prometheusAgent}*) ${having(tlsSecrets.prometheusAgent)};;
      *apply*) cat > /dev/null;;
    esac`;

  it('wait for the new CA before they restart any pod', async () => {
    const calls = await callsOf(commands, kubectl);
    const position = (call: string) => {
      expect(calls).toContain(call);
      return calls.indexOf(call);
    };
    const made = (namespace: string, secret: string) =>
      position(`-n ${namespace} wait --for=create secret/${secret} --timeout=2m`);
    const deletions = certificates.map(([namespace, secret]) =>
      position(`-n ${namespace} delete secret ${secret}`),
    );
    const firstRestart = calls.findIndex((call) => /delete pod|rollout restart/.test(call));
    expect(made('cert-manager', 'platform-ca')).toBeLessThan(Math.min(...deletions));
    for (const [namespace, secret] of certificates) {
      expect(made(namespace, secret)).toBeGreaterThan(Math.max(...deletions));
      expect(made(namespace, secret)).toBeLessThan(firstRestart);
    }
  });

  it('delete the Secret of each certificate', async () => {
    const calls = await callsOf(commands, kubectl);
    for (const [namespace, secret] of certificates) {
      expect(calls).toContain(`-n ${namespace} delete secret ${secret}`);
      expect(calls).toContain(
        secret === tlsSecrets.natsExporter
          ? `-n ${namespace} rollout restart statefulset nats`
          : `-n ${namespace} delete pod -l app=prometheus-agent`,
      );
    }
  });
});

describe('the table in destroy.md', () => {
  const rows = guide('destroy.md')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\) \| /).map((cell) => cell.replace(/^\| | \|$/g, '')));
  const row = (what: string) => {
    const found = rows.find(([name = '']) => name.includes(what));
    if (!found) throw new Error(`no row about ${what}`);
    return found;
  };

  it('has a command to delete the Service `kube-prometheus-stack-kubelet`', () => {
    expect(row('kubelet')[2]).toContain('delete service kube-prometheus-stack-kubelet');
    // Kubernetes deletes the Endpoints object together with its Service.
    expect(row('kubelet')[2]).not.toContain('endpoints kube-prometheus-stack-kubelet');
  });

  it('lists the CRDs of cert-manager and of the Prometheus Operator', async () => {
    const texts = [...(await synthesize(committed)).texts.values()].join('');
    const keeps = {
      'CRDs of cert-manager': /keep\\":true/,
      'CRDs `*.monitoring.coreos.com`': /resource-policy/,
    };
    for (const [what, pattern] of Object.entries(keeps)) {
      expect(texts).toMatch(pattern);
      expect(row(what)).toHaveLength(3);
    }
    expect(row('monitoring.coreos.com')[0]).not.toContain('if the release was lost');
  });

  it('lists the files of a Terraform state that is stored locally', () => {
    const [names = '', , remedy = ''] = row('cdktf.json');
    const files = ['terraform.local-platform.tfstate', 'terraform.local-platform.tfstate.backup'];
    const pattern = /rm -f (\S+)`/.exec(remedy)?.[1]?.replace('<environment>', 'local') ?? '';
    const glob = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    for (const file of files) {
      expect(names).toContain(file.replace('local-platform', '<stack>'));
      expect(file).toMatch(glob);
    }
    expect('terraform.prod-platform.tfstate').not.toMatch(glob);
  });
});

describe('the documents about the edge buffer', () => {
  it('state that a restart of the agent loses unsent samples', () => {
    expect(guide('add-an-edge.md')).toMatch(
      /`buffer` .*\n?.*restarts loses the samples that it has not sent/,
    );
    const schema = readFileSync(join(import.meta.dirname, '../config/edge-fields.ts'), 'utf8');
    const [, comment = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*buffer: bytes/.exec(schema) ?? [];
    expect(comment.replace(/\s*\*\s*/g, ' ')).toContain('restart of the agent loses unsent samples');
  });
});
