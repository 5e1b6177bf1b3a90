import type { ITerraformDependable } from 'cdktf';
import type { EngineSettings } from '../modules/kubernetes/kube-prometheus-stack/props.ts';

/** The engine stores the samples and evaluates the rules. */
export interface Engine {
  readonly settings: EngineSettings;
  /** Resources that must exist before the release `kube-prometheus-stack`. */
  readonly before: readonly ITerraformDependable[];
  /**
   * Creates the workloads of the engine.
   * @param release the Helm release `kube-prometheus-stack`, which creates the certificates of the workloads
   */
  install(release: ITerraformDependable): void;
}
