import { isNotFound } from "@/lib/client/call-error";
import type { Playbook } from "@/lib/contract/shapes/gamebook";

/**
 * The playbooks of a run, from the first of the years that has some. A year without the run answers "not found" or an empty list, nobody knows
 * which; any other failure is one, and the next year is not asked.
 * @param years likeliest first, see `yearCandidates`
 * @throws the failure of the first year when no year knows the run
 */
export async function readPlaybooks(
  read: (year: number) => Promise<readonly Playbook[]>,
  years: readonly number[],
): Promise<readonly Playbook[]> {
  let isKnown = false;
  let missing: unknown = null;
  for (const year of years) {
    try {
      const playbooks = await read(year);
      if (playbooks.length > 0) return playbooks;
      isKnown = true;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      missing ??= error;
    }
  }
  if (!isKnown && missing !== null) throw missing;
  return [];
}
