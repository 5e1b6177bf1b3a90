/**
 * Maximum size of a screenshot in bytes. Each screenshot must be small, because a clone of the repository downloads all
 * versions of each image.
 */
export const largestImageBytes = 120_000;
