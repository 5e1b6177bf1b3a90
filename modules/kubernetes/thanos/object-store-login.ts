import { type ObjectStore, objectStoreSecret } from '../object-store.ts';

/** Names of environment variables with the access keys. */
export const keyVariables = { access: 'OBJECT_STORE_ACCESS_KEY', secret: 'OBJECT_STORE_SECRET_KEY' } as const;

/** Fields of the pods and of their service account for the login to the object store. */
export function storeLogin(store: ObjectStore | undefined) {
  if (store?.kind === 'azure-blob') {
    return {
      podLabels: { 'azure.workload.identity/use': 'true' },
      accountAnnotations: { 'azure.workload.identity/client-id': store.clientId },
      env: [],
    };
  }
  const key = (name: string, secretKey: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: objectStoreSecret.name, key: secretKey } },
  });
  return {
    podLabels: {},
    accountAnnotations: {},
    env: store
      ? [
          key(keyVariables.access, objectStoreSecret.accessKey),
          key(keyVariables.secret, objectStoreSecret.secretKey),
        ]
      : [],
  };
}
