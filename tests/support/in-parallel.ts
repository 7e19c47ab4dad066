/**
 * Does every task, a few at a time as so many desks would, each taking the next when it is done. Answers in
 * the order of the tasks.
 */
export async function inParallel<Answer>(
  desks: number,
  tasks: readonly (() => Promise<Answer>)[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const work = async () => {
    while (next < tasks.length) {
      const at = next;
      next += 1;
      answers[at] = await (tasks[at] as () => Promise<Answer>)();
    }
  };
  await Promise.all(Array.from({ length: desks }, work));
  return answers;
}

/** Counts how often each answer came: `{ credited: 1, repeat: 99 }`. */
export function tally(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
