import { useEffect } from 'preact/hooks';

/** Steps in a second. Each step paints the dashes again, which is most of the work of an open map. */
const stepsPerSecond = 5;
/** Length of a dash and the gap after it, in the units of the picture. */
export const dash = { length: 5, gap: 11 } as const;
const period = dash.length + dash.gap;

/** Units of the picture in a second, by the speed of the flow. */
export const speeds = { slow: 10, medium: 22, fast: 38 } as const;
export type Speed = keyof typeof speeds;

/** A rate of one or less is slow, a rate of more than thirty is fast, whatever its unit. */
export function speedOf(rate: number): Speed {
  if (rate <= 1) return 'slow';
  return rate > 30 ? 'fast' : 'medium';
}

/**
 * Moves the dashes of the groups `data-speed` below the element: a few steps in a second, and none while the page is
 * hidden or the user prefers reduced motion. A CSS animation would paint sixty times in a second.
 */
export function useFlowAnimation(element: { readonly current: SVGSVGElement | null }): void {
  useEffect(() => {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    const started = performance.now();
    const timer = setInterval(() => {
      if (document.hidden || reduced.matches) return;
      const seconds = (performance.now() - started) / 1000;
      for (const group of element.current?.querySelectorAll<SVGGElement>('[data-speed]') ?? []) {
        const moved = seconds * speeds[group.dataset.speed as Speed];
        group.setAttribute('stroke-dashoffset', (-(moved % period)).toFixed(1));
      }
    }, 1000 / stepsPerSecond);
    return () => clearInterval(timer);
  }, []);
}
