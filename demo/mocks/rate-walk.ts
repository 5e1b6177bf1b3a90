const mean = 26_300;
const volatility = 0.0008;
const pull = 0.05;

/** A rate in VND per USDT that changes by about 0.1 % a step and returns to 26,300. */
export class RateWalk {
  readonly #random: () => number;
  #rate = mean;

  /** @param random numbers in [0, 1); a fixed source gives a repeatable walk */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): number {
    const noise = (this.#random() + this.#random() + this.#random() - 1.5) * 2;
    this.#rate += pull * (mean - this.#rate) + this.#rate * volatility * noise;
    return this.#rate;
  }
}
