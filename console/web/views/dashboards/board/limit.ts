/** Runs at most `most` tasks at the same time. Other tasks wait and start in their order. */
export function limited(most: number): <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task, signal) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      signal?.throwIfAborted();
      return await task();
    } finally {
      // The next waiting task gets the free place directly. Otherwise a new task could take the free place.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
