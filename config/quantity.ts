/**
 * Mebibytes of each unit. Kubernetes writes Mi, Gi and Ti. Prometheus writes MB, GB and TB for the same powers of two.
 */
const mebibytesOf: Readonly<Record<string, number>> = {
  Mi: 1,
  Gi: 1024,
  Ti: 1024 ** 2,
  MB: 1,
  GB: 1024,
  TB: 1024 ** 2,
};

/** A whole quantity in Kubernetes notation, such as `50Gi`. */
export const binaryQuantity = /^[1-9]\d*(Mi|Gi|Ti)$/;

/** A size in Prometheus notation, such as `45GB`. */
export const tsdbQuantity = /^[1-9]\d*(MB|GB|TB)$/;

/**
 * Mebibytes of a quantity in Kubernetes or Prometheus notation.
 * @throws Error if the text is not a quantity
 */
export function mebibytes(quantity: string): number {
  if (!binaryQuantity.test(quantity) && !tsdbQuantity.test(quantity)) {
    throw new Error(`Expected a whole quantity such as 50Gi or 45GB; got '${quantity}'`);
  }
  return Number.parseInt(quantity, 10) * (mebibytesOf[quantity.replace(/^\d+/, '')] as number);
}

/**
 * @param bytes estimated need
 * @param least minimum in mebibytes
 * @returns a Kubernetes quantity, a multiple of 64Mi
 */
export function memoryQuantity(bytes: number, least: number): string {
  return `${Math.max(least, Math.ceil(bytes / 2 ** 20 / 64) * 64)}Mi`;
}

/** Number of bytes as a Kubernetes quantity in Gi, rounded up, at least 1Gi. */
export function gibibytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / 2 ** 30))}Gi`;
}
