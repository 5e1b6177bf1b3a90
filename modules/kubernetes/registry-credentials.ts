import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { credentialSecrets } from '../../config/cluster-names.ts';
import type { ClusterConnection } from './connection.ts';
import { EphemeralSecret, ephemeralVariable } from './ephemeral-secret.ts';

export interface RegistryCredentialsProps {
  readonly connection: ClusterConnection;
  /** Host of the registry, without a path. */
  readonly registry: string;
  readonly namespaces: readonly string[];
  readonly dependsOn?: ITerraformDependable[];
}

/** The pull Secret `acr-credentials`. AKS needs no pull Secret, because its nodes have an identity. */
export class RegistryCredentials extends Construct {
  readonly secrets: readonly EphemeralSecret[];

  constructor(scope: Construct, id: string, props: RegistryCredentialsProps) {
    super(scope, id);
    const username = ephemeralVariable(
      this,
      'registry_username',
      `User that may pull from ${props.registry}`,
    );
    const password = ephemeralVariable(this, 'registry_password', `Password or token for ${props.registry}`);
    const auth = Fn.base64encode(Fn.join(':', [username, password]));
    const config = Fn.jsonencode({ auths: { [props.registry]: { username, password, auth } } });
    this.secrets = props.namespaces.map(
      (namespace) =>
        new EphemeralSecret(this, namespace, {
          connection: props.connection,
          namespace,
          name: credentialSecrets.registry,
          type: 'kubernetes.io/dockerconfigjson',
          data: { '.dockerconfigjson': config },
          ...(props.dependsOn && { dependsOn: props.dependsOn }),
        }),
    );
  }
}
