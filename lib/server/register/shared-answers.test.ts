import { describe, expect, it, vi } from "vitest";
import { SharedAnswers } from "./shared-answers";

const reading = (text: string) => vi.fn(async () => ({ text, head: 7 }));

describe("answers that are shared", () => {
  it("are read once for all who ask while the log stands still, also while the reading is under way", async () => {
    const shared = new SharedAnswers();
    const read = reading("a");
    const both = await Promise.all([shared.answer("q", 7, 1_000, read), shared.answer("q", 7, 1_000, read)]);
    expect(both).toEqual([
      { text: "a", head: 7 },
      { text: "a", head: 7 },
    ]);
    await shared.answer("q", 7, 3_900, read);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("are read anew when something happened, when they are old, and for another question", async () => {
    const shared = new SharedAnswers();
    const read = reading("a");
    await shared.answer("q", 7, 1_000, read);
    await shared.answer("q", 8, 1_000, read);
    await shared.answer("q", 8, 4_000, read);
    await shared.answer("r", 8, 4_000, read);
    expect(read).toHaveBeenCalledTimes(4);
    // A clock that was set back does not make an old answer new.
    await shared.answer("r", 8, -10_000, read);
    expect(read).toHaveBeenCalledTimes(5);
  });

  it("fail for those who wait, and for nobody after them", async () => {
    const shared = new SharedAnswers();
    const broken = () => Promise.reject(new Error("store away"));
    await expect(shared.answer("q", 7, 1_000, broken)).rejects.toThrow("store away");
    expect(await shared.answer("q", 7, 1_000, reading("b"))).toEqual({ text: "b", head: 7 });
  });

  it("do not fill the memory: the oldest go first", async () => {
    const shared = new SharedAnswers();
    const large = "x".repeat(10_000_000);
    const reads = ["a", "b", "c"].map(() => reading(large));
    for (const [n, read] of reads.entries()) await shared.answer(`q${n}`, 7, 1_000, read);
    await shared.answer("q2", 7, 1_000, reads[2]!);
    await shared.answer("q0", 7, 1_000, reads[0]!);
    expect(reads.map((read) => read.mock.calls.length)).toEqual([2, 1, 1]);
  });
});
