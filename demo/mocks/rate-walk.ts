const mean = 26_300;
const volatility = 0.0008;
const pull = 0.05;

/** A rate in VND per USDT that wanders by some 0.1 % a step and is drawn back to 26,300. */
export class RateWalk {
  readonly #random: () => number;
  #rate = mean;

  /** @param random numbers in [0, 1), replaceable for a walk that repeats */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): number {
    const noise = (this.#random() + this.#random() + this.#random() - 1.5) * 2;
    this.#rate += pull * (mean - this.#rate) + this.#rate * volatility * noise;
    return this.#rate;
  }
}
