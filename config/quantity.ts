/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** @returns the number, such as 0.25 for `250m`; undefined if the text is not a quantity */
export function quantityNumber(text: string): number | undefined {
  const [, number, suffix = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/.exec(text) ?? [];
  const factor = Object.hasOwn(factors, suffix) ? factors[suffix] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

export const binaryQuantity = /^[1-9]\d*(Mi|Gi|Ti)$/;

export const tsdbQuantity = /^[1-9]\d*(MB|GB|TB)$/;

/**
 * Mebibytes of a quantity such as `50Gi` or `45GB`.
 * @throws Error if the text is not a quantity
 */
export function mebibytes(quantity: string): number {
  if (!binaryQuantity.test(quantity) && !tsdbQuantity.test(quantity)) {
    throw new Error(`Expected a whole number with a unit, such as 50Gi or 45GB; got '${quantity}'`);
  }
  // Prometheus writes `45GB` and Kubernetes writes `45Gi` for the same number of bytes: 45 × 2^30.
  return (quantityNumber(quantity.replace(/B$/, 'i')) as number) / 2 ** 20;
}

/**
 * Memory as a Kubernetes quantity, rounded up to a multiple of 64Mi.
 * @param least minimum in mebibytes
 */
export function memoryQuantity(bytes: number, least: number): string {
  return `${Math.max(least, Math.ceil(bytes / 2 ** 20 / 64) * 64)}Mi`;
}

/** Number of bytes as a Kubernetes quantity in Gi, rounded up, at least 1Gi. */
export function gibibytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / 2 ** 30))}Gi`;
}
