import type { Kubectl } from '../../verify/kubectl.ts';
import { type Branch, Hidden, isBranch, own, sensitiveText, textAt } from '../change/tree.ts';
import { compareObject } from './compare-object.ts';
import { compareSecret } from './compare-secret.ts';
import type { Declared, DeclaredRelease, DeclaredSecret } from './declared.ts';
import { type DriftFinding, objectTitle, type Remedy } from './finding.ts';
import type { LeftOut } from './known-writers.ts';
import { LiveObjects, type ObjectName, objectName } from './live-object.ts';
import { pathText } from './paths.ts';
import { type ReleaseRecord, releaseRecord } from './release-record.ts';

export interface ClusterDrift {
  readonly findings: readonly DriftFinding[];
  readonly leftOut: readonly LeftOut[];
  /** Manifests that restore deleted or changed objects with `kubectl apply`. Secrets are left out. */
  readonly manifests: readonly Branch[];
  readonly objects: number;
}

type ReadingKubectl = Pick<Kubectl, 'objects' | 'list' | 'commandLine' | 'helmCommandLine'>;

export interface ClusterOptions {
  readonly kubectl: ReadingKubectl;
  readonly restoreCommands: readonly string[];
  readonly deployCommand: string;
}

/**
 * Compares Helm releases and Secrets with the live objects. Terraform compares other resources.
 * @throws KubectlError, DriftError
 */
export async function clusterDrift(declared: Declared, options: ClusterOptions): Promise<ClusterDrift> {
  const { kubectl } = options;
  const records = await recordsOf(kubectl, declared.releases);
  const secrets = declared.secrets.map((secret) => ({ apiVersion: 'v1', kind: 'Secret', ...secret }));
  const wanted = records.flatMap(({ record }) => record?.objects ?? []);
  const issued = wanted.flatMap(issuedSecret);
  const names = [...wanted.flatMap((object) => objectName(object) ?? []), ...secrets, ...issued];
  const live = new LiveObjects(await kubectl.objects(names));
  const releases = records.map((found) => releaseDrift(found, live, options));
  return {
    findings: [
      ...releases.flatMap(({ findings }) => findings),
      ...secrets.flatMap((secret) => {
        const object = live.find(secret);
        // No finding for a missing Secret, because the Terraform plan of the stack already reports it.
        return object ? secretFindings(secret, object, options) : [];
      }),
      ...issued.flatMap((secret) => issuedFindings(secret, live.find(secret), options)),
    ],
    leftOut: releases.flatMap(({ leftOut }) => leftOut),
    manifests: releases.flatMap(({ manifests }) => manifests),
    objects: names.length,
  };
}

interface FoundRelease {
  readonly release: DeclaredRelease;
  readonly record: ReleaseRecord | undefined;
}

async function recordsOf(
  kubectl: ReadingKubectl,
  releases: readonly DeclaredRelease[],
): Promise<readonly FoundRelease[]> {
  if (releases.length === 0) return [];
  const names = [...new Set(releases.map(({ name }) => name))].join(',');
  const secrets = await kubectl.list('secret', undefined, `owner=helm,status!=superseded,name in (${names})`);
  // A Helm record outside the namespace of the release can be forged. The report ignores these records.
  const isRecordOf = (secret: Branch, { name, namespace }: DeclaredRelease) => {
    const stored = objectName(secret);
    return stored?.namespace === namespace && stored.name.startsWith(`sh.helm.release.v1.${name}.v`);
  };
  return releases.map((release) => ({
    release,
    record: (secrets as readonly Branch[])
      .filter((secret) => isRecordOf(secret, release))
      .map(releaseRecord)
      .filter(({ name, namespace }) => name === release.name && namespace === release.namespace)
      .sort((one, other) => other.revision - one.revision)[0],
  }));
}

function releaseDrift(
  { release, record }: FoundRelease,
  live: LiveObjects,
  { kubectl, restoreCommands, deployCommand }: ClusterOptions,
): Omit<ClusterDrift, 'objects'> {
  const { name, namespace, stack } = release;
  const declaredBy = `release ${name} in ${namespace} (stack ${stack})`;
  const findings: DriftFinding[] = [];
  const leftOut: LeftOut[] = [];
  const manifests: Branch[] = [];
  // Terraform reports a missing release. This code compares only existing releases.
  if (record && record.status !== 'deployed') {
    findings.push({
      ...{ state: 'changed', kind: 'helm_release', namespace, name },
      title: `release ${name} in ${namespace}`,
      declaredBy: `stack ${stack}`,
      differences: [{ path: ['status'], before: 'deployed', after: record.status }],
      writers: [],
      remedies: [
        {
          what: 'Read the reason, and deploy again.',
          commands: [kubectl.helmCommandLine(['history', name, ...inNamespace(namespace)]), deployCommand],
        },
      ],
    });
  }
  for (const manifest of record?.objects ?? []) {
    const object = objectName(manifest);
    if (!object) continue;
    const { kind, name: objectIs, namespace: within } = object;
    const isSecret = kind === 'Secret';
    const found = live.find(object);
    const scope = found ? objectName(found)?.namespace : within;
    const named = { kind, name: objectIs, ...(scope !== undefined && { namespace: scope }) };
    const base = { ...named, title: objectTitle(named), declaredBy };
    const restore: readonly Remedy[] = isSecret
      ? [
          {
            what: 'Helm restores the Secret from the manifest of the release.',
            commands: [
              kubectl.helmCommandLine([
                ...['rollback', name, String(record?.revision)],
                ...inNamespace(namespace),
              ]),
            ],
          },
        ]
      : [
          {
            what: 'A deployment of the stack does not restore the objects of a Helm release. Apply the manifest of the Helm release.',
            commands: restoreCommands,
          },
        ];
    if (!found) {
      findings.push({ ...base, state: 'missing', differences: [], writers: [], remedies: restore });
      if (!isSecret) manifests.push(manifest);
      continue;
    }
    const { differences, writers, known } = compareObject(manifest, found);
    leftOut.push(...known.map(({ path, reason }) => ({ ...named, path: pathText(path), reason })));
    if (differences.length === 0) continue;
    // A difference without `before` is a value that somebody added in the cluster.
    const hasExtras = differences.some(({ before }) => before === undefined);
    const onlyExtras = differences.every(({ before }) => before === undefined);
    const edit = kubectl.commandLine(['edit', kind.toLowerCase(), objectIs, ...inNamespace(scope)]);
    const remedies = [
      ...(onlyExtras ? [] : restore),
      ...(hasExtras
        ? [
            {
              what: 'A deployment does not remove values that were added in the cluster. Remove these values by hand.',
              commands: [edit],
            },
          ]
        : []),
    ];
    findings.push({ ...base, state: 'changed', differences, writers, remedies });
    if (!isSecret && !onlyExtras) manifests.push(manifest);
  }
  return { findings, leftOut, manifests };
}

type IssuedSecret = ObjectName & { readonly certificate: string };

const certificateKeys = ['tls.crt', 'tls.key'] as const;

/** The Secret in which cert-manager stores a certificate of a release. */
function issuedSecret(manifest: Branch): readonly IssuedSecret[] {
  const certificate = objectName(manifest);
  const name = textAt(manifest, 'spec.secretName');
  if (certificate?.kind !== 'Certificate' || name === undefined) return [];
  const { namespace } = certificate;
  const secret = { apiVersion: 'v1', kind: 'Secret', name, certificate: certificate.name };
  return [{ ...secret, ...(namespace !== undefined && { namespace }) }];
}

function issuedFindings(
  { certificate, ...named }: IssuedSecret,
  live: Branch | undefined,
  { kubectl }: ClusterOptions,
) {
  const data = live && own(live, 'data');
  const missing = certificateKeys.filter((key) => !isBranch(data) || !Object.hasOwn(data, key));
  if (missing.length === 0) return [];
  const { kind, name, namespace } = named;
  const finding: DriftFinding = {
    ...{ state: live ? 'changed' : 'missing', kind, name },
    ...(namespace !== undefined && { namespace }),
    title: objectTitle(named),
    declaredBy: `Certificate ${certificate}`,
    differences: live
      ? missing.map((key) => ({ path: ['data', key], before: new Hidden(sensitiveText) }))
      : [],
    writers: [],
    remedies: [
      {
        what: 'cert-manager issues the certificate within seconds. If the Secret stays incomplete, read the reason.',
        commands: [kubectl.commandLine(['describe', 'certificate', certificate, ...inNamespace(namespace)])],
      },
    ],
  };
  return [finding];
}

function secretFindings(
  secret: DeclaredSecret,
  live: Branch,
  { kubectl, deployCommand }: ClusterOptions,
): readonly DriftFinding[] {
  const { name, namespace, stack } = secret;
  const { differences, writers } = compareSecret(secret, live);
  if (differences.length === 0) return [];
  const named = { kind: 'Secret', namespace, name };
  const remove = kubectl.commandLine(['delete', 'secret', name, ...inNamespace(namespace)]);
  return [
    {
      ...named,
      state: 'changed',
      title: objectTitle(named),
      declaredBy: `stack ${stack}`,
      differences,
      writers,
      remedies: [
        {
          what: 'Terraform does not read the values of the Secret. Therefore a deployment alone does not restore the declared values. Delete the Secret, deploy, and restart the programs that use the Secret (docs/secrets.md). If Terraform generates the value, the new value is different.',
          commands: [remove, deployCommand],
        },
      ],
    },
  ];
}

function inNamespace(namespace: string | undefined): readonly string[] {
  return namespace === undefined ? [] : ['--namespace', namespace];
}
