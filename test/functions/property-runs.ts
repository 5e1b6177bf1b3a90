/** Cases of a property: few by default, 10,000 in the nightly form (PROPERTY_RUNS=10000). */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 50);

/** Milliseconds that a property may take: what its cases take, generously. */
export const propertyTimeoutMs = 20_000 + propertyRuns * 60;
