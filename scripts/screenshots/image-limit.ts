/** Maximum bytes of a screenshot. A clone of the repository downloads all versions of each image. */
export const largestImageBytes = 120_000;
