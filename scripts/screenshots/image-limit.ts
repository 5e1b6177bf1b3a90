/** Largest picture of the documentation in bytes, because every clone downloads every version of a picture. */
export const largestImageBytes = 120_000;
