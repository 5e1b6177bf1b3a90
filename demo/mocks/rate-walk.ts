const mean = 26_300;
const volatility = 0.0008;
const pull = 0.05;

/** A random rate in VND per USDT, near 26,300. Each step changes the rate by about 0.1 %. */
export class RateWalk {
  readonly #random: () => number;
  #rate = mean;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): number {
    const noise = (this.#random() + this.#random() + this.#random() - 1.5) * 2;
    this.#rate += pull * (mean - this.#rate) + this.#rate * volatility * noise;
    return this.#rate;
  }
}
