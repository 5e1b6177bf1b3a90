import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { certManager, credentialSecrets } from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import { CertManager } from '../modules/kubernetes/cert-manager.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import { OperatorCrds } from '../modules/kubernetes/operator-crds.ts';
import { RegistryCredentials } from '../modules/kubernetes/registry-credentials.ts';
import { chartSettings } from './artifacts.ts';

export interface PrerequisitesProps {
  readonly environment: Environment;
  readonly connection: ClusterConnection;
  /** Namespace of the operator. The caller creates the namespace. */
  readonly namespace: ManagedNamespace;
}

/** Prerequisites of the operator: CRDs, cert-manager, and the pull Secret of a private registry. */
export class Prerequisites extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, { environment, connection, namespace }: PrerequisitesProps) {
    super(scope, id);
    const charts = chartSettings(environment);
    const { install } = environment.certificates;
    const own = install
      ? [new ManagedNamespace(this, 'cert-manager-namespace', { connection, name: certManager.namespace })]
      : [];
    const logins = registryLogins(this, environment, connection, [namespace, ...own]);
    const crds = new OperatorCrds(this, 'operator-crds', {
      connection,
      namespace: namespace.name,
      ...charts,
      dependsOn: [namespace.namespace],
    });
    const issuers = own.map(
      (where) =>
        new CertManager(this, 'cert-manager', {
          connection,
          namespace: where.name,
          ...charts,
          dependsOn: [where.namespace, crds.release, ...logins],
        }).release,
    );
    this.ready = [namespace.namespace, crds.release, ...issuers, ...logins];
  }
}

/** Creates the pull Secret in the namespaces. Without a registry login, the function creates no Secret. */
export function registryLogins(
  scope: Construct,
  { images }: Environment,
  connection: ClusterConnection,
  namespaces: readonly ManagedNamespace[],
): ITerraformDependable[] {
  if (!images.pullSecret || !images.registry) return [];
  return new RegistryCredentials(scope, credentialSecrets.registry, {
    connection,
    registry: images.registry.split('/')[0] ?? images.registry,
    namespaces: namespaces.map(({ name }) => name),
    dependsOn: namespaces.map(({ namespace }) => namespace),
  }).secrets.map(({ secret }) => secret);
}
