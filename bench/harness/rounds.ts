/** What one measurement gave: work done in a second, and how long each piece took. */
export interface Measured {
  rate: number;
  /** Milliseconds, ascending; empty where only the rate is known. */
  latencies: readonly number[];
}

/** One of the things compared: a name and a way to measure it once. */
export interface Contender {
  name: string;
  measure: () => Promise<Measured>;
}

/** The median round of a contender, with the spread of the others beside it. */
export interface Standing {
  name: string;
  rate: number;
  slowest: number;
  fastest: number;
  p50: number;
  p95: number;
  p99: number;
}

/**
 * Measures every contender once in each round, so that a noisy minute hits all of them alike, and
 * takes each one's median round. Three rounds are the least; an even number has no median.
 */
export async function runRounds(contenders: readonly Contender[], rounds = 3): Promise<Standing[]> {
  if (rounds < 3 || rounds % 2 === 0) throw new Error("Take an odd number of rounds, 3 or more.");
  const measured = contenders.map(() => [] as Measured[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, contender] of contenders.entries()) {
      measured[at]?.push(await contender.measure());
      process.stderr.write(".");
    }
  }
  process.stderr.write("\n");
  return contenders.map(({ name }, at) => standing(name, measured[at] ?? []));
}

function standing(name: string, rounds: readonly Measured[]): Standing {
  const byRate = rounds.toSorted((a, b) => a.rate - b.rate);
  const median = byRate[(byRate.length - 1) / 2] as Measured;
  return {
    name,
    rate: median.rate,
    slowest: byRate[0]?.rate ?? 0,
    fastest: byRate.at(-1)?.rate ?? 0,
    p50: percentile(median.latencies, 50),
    p95: percentile(median.latencies, 95),
    p99: percentile(median.latencies, 99),
  };
}

/** The smallest value that at least `percent` of the ascending values do not exceed; NaN of none. */
export function percentile(ascending: readonly number[], percent: number): number {
  return ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)] ?? Number.NaN;
}
