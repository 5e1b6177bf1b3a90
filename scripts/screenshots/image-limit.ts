/**
 * Maximum size of an image in the documentation in bytes. The limit is low, because every clone downloads all versions
 * of an image.
 */
export const largestImageBytes = 120_000;
