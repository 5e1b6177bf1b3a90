/** The fields of an environment for `npm run drift`. */

import { z } from 'zod';
import { dnsLabel, matching, plainText } from './fields.ts';

const ignoredChange = z.strictObject({
  /** Kubernetes kind, such as `Deployment`, or Terraform type, such as `azurerm_key_vault`. */
  kind: matching(
    /^[A-Za-z][A-Za-z0-9_]{0,80}$/,
    'expected the kind of an object, such as Deployment, or the type of a Terraform resource, such as azurerm_key_vault',
  ),
  /**
   * Namespace of the object.
   * @default every namespace
   */
  namespace: dnsLabel.exactOptional(),
  /**
   * Name of the object or of the resource.
   * @default every name
   */
  name: matching(
    /^[\w.:-]{1,253}$/,
    'expected the name of an object as in the drift report, but without the namespace',
  ).exactOptional(),
  /**
   * Path from the drift report, such as `spec.replicas`. The entry also matches all paths below this path.
   * The key `*` matches any key.
   * @default the entry matches every change and the deletion of the object
   */
  path: matching(
    /^[^\s]{1,300}$/,
    'expected a path such as spec.replicas or metadata.labels[example.com/team]',
  ).exactOptional(),
  /** Why the change is allowed. The report shows the reason. */
  reason: plainText,
});

export type IgnoredChange = z.infer<typeof ignoredChange>;

export const drift = z.strictObject({
  /**
   * Changes that are no drift. Usual changes by Kubernetes and cert-manager need no entry.
   * @default none
   */
  ignore: z.array(ignoredChange).exactOptional(),
});
