import { useEffect } from 'preact/hooks';

/**
 * Steps of the animation per second. Each step paints the dashes again, and painting takes most of the processor time
 * of an open map.
 */
const stepsPerSecond = 5;
/** Length of a dash and of the gap after it, in the units of the picture. */
export const dash = { length: 5, gap: 11 } as const;
const period = dash.length + dash.gap;

/** Speeds of the dashes, in units of the picture per second. */
export const speeds = { slow: 10, medium: 22, fast: 38 } as const;
export type Speed = keyof typeof speeds;

/**
 * The speed of the dashes for a rate. A rate of at most 1 is slow, and a rate above 30 is fast, independent of the
 * unit.
 */
export function speedOf(rate: number): Speed {
  if (rate <= 1) return 'slow';
  return rate > 30 ? 'fast' : 'medium';
}

/**
 * Moves the dashes of the groups with `data-speed` in an element. They move a few times a second. They do not move
 * while the page is hidden, or if the user prefers reduced motion. A CSS animation is not used, because it would paint
 * sixty times a second.
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
