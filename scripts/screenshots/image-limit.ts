/**
 * Maximum bytes of a picture in the documentation. The limit is low, because every clone downloads every version of a
 * picture.
 */
export const largestImageBytes = 120_000;
