import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { chainHash, chainStart } from "./chain";
import { ChainCheck, type ChainFault, type ChainPosition, type StoredRow } from "./verify";

const key = Buffer.alloc(32, 7);
const length = 10_000;

/** Always the same numbers, so that a failure can be looked into. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

function follow(
  previous: Uint8Array,
  row: Omit<StoredRow, "hash" | "prevHash">,
  by: Uint8Array | null = key,
): StoredRow {
  return { ...row, prevHash: previous, hash: chainHash(previous, row, by) };
}

function build(): readonly StoredRow[] {
  const rows: StoredRow[] = [];
  let previous: Uint8Array = chainStart;
  for (let seq = 1; seq <= length; seq += 1) {
    const row = follow(previous, {
      seq,
      at: new Date(1_790_000_000_000 + seq * 1_000),
      organisationId: "4b7e9a52-0000-4000-8000-000000000001",
      personId: seq % 3 ? "4b7e9a52-0000-4000-8000-00000000000a" : null,
      action: ["tickets.link", "webhooks.pause", "session.signed-in"][seq % 3] ?? "",
      permission: "tickets:manage",
      workspaceId: `4b7e9a52-0000-4000-8000-${String(seq % 40).padStart(12, "0")}`,
      outcome: seq % 5 ? "done" : "refused",
      upstreamRequestId: `0HN${seq}`,
      requestId: `r-${seq}`,
      detail: { n: seq, words: ["a", "b"] },
    });
    rows.push(row);
    previous = row.hash;
  }
  return rows;
}

const rows = build();
const head = { seq: length, hash: rows.at(-1)!.hash, keyedFrom: 1, key };
/** The chain before a row, so that 1,000 tampers need not follow 10,000 rows each. */
const before = (seq: number): ChainPosition => ({
  seq: seq - 1,
  hash: seq === 1 ? chainStart : rows[seq - 2]!.hash,
});

/** First fault from a row on; what stands before it was followed once and is whole. */
function verify(tampered: readonly StoredRow[], from: number, end = head): ChainFault | null {
  const check = new ChainCheck(end, new Map(), before(from));
  for (const row of tampered.slice(from - 1)) {
    const fault = check.next(row);
    if (fault) return fault;
  }
  return check.end();
}

const put = (seq: number, ...with_: StoredRow[]) => [...rows.slice(0, seq - 1), ...with_, ...rows.slice(seq)];

/** Each kind of tamper: the rows afterwards, and the number of the first row that is not ours. */
const tampers: Record<
  string,
  (seq: number, random: (below: number) => number) => readonly [readonly StoredRow[], number]
> = {
  "a member changed": (seq, random) => {
    const members: Partial<StoredRow>[] = [
      { action: "nothing" },
      { outcome: "unknown" },
      { personId: "00000000-0000-4000-8000-000000000000" },
      { at: new Date(0) },
      { detail: {} },
      { workspaceId: null },
      { requestId: "r" },
      { organisationId: "00000000-0000-4000-8000-000000000000" },
    ];
    return [put(seq, { ...rows[seq - 1]!, ...members[random(members.length)] }), seq];
  },
  "a bit of the hash turned": (seq, random) => {
    const hash = Buffer.from(rows[seq - 1]!.hash);
    hash[random(32)]! ^= 1 << random(8);
    return [put(seq, { ...rows[seq - 1]!, hash }), seq];
  },
  "a row taken out": (seq) => [put(seq), seq],
  "a row put in": (seq) => [put(seq, rows[seq - 1]!, { ...rows[seq - 1]!, action: "more" }), seq],
  "two rows exchanged": (seq) => [
    seq < length ? [...rows.slice(0, seq - 1), rows[seq]!, rows[seq - 1]!, ...rows.slice(seq + 1)] : put(seq),
    seq,
  ],
  "the end cut off": (seq) => [rows.slice(0, seq - 1), seq],
  "made anew from a row on, without the key": (seq, random) => {
    const { hash: _hash, prevHash, ...row } = rows[seq - 1]!;
    let last = follow(prevHash, { ...row, action: "nothing" }, random(2) ? null : randomBytes(32));
    const anew = [last];
    for (const { hash: _old, prevHash: _before, ...next } of rows.slice(seq, seq + 20)) {
      last = follow(last.hash, next, null);
      anew.push(last);
    }
    return [[...rows.slice(0, seq - 1), ...anew], seq];
  },
  "one row made anew with its old neighbour": (seq) => {
    const { hash: _hash, prevHash, ...row } = rows[seq - 1]!;
    return [put(seq, follow(prevHash, { ...row, outcome: "failed" }, null)), seq];
  },
};

describe("SEC-12: the audit chain", () => {
  test("a whole chain of 10,000 rows is whole", () => {
    expect(verify(rows, 1)).toBeNull();
  });

  test("1,000 tampers on 10,000 rows are all found, and the first bad row is named", () => {
    const random = numbers(20_261_124);
    const kinds = Object.entries(tampers);
    const missed: string[] = [];
    for (let n = 0; n < 1_000; n += 1) {
      const [name, tamper] = kinds[n % kinds.length]!;
      const seq = 1 + random(length);
      const [tampered, bad] = tamper(seq, random);
      // One row earlier, for a look at a whole row before the bad one.
      const fault = verify(tampered, Math.max(1, bad - 1));
      // A row put in stands behind the one it copies.
      const named = name === "a row put in" ? [seq] : [bad];
      if (!fault || !named.includes(fault.seq)) missed.push(`${name} at ${seq}: ${JSON.stringify(fault)}`);
    }
    expect(missed).toEqual([]);
  });

  test("rows behind the end of the chain, and another end, are found", () => {
    const shorter = { ...head, seq: length - 1, hash: rows[length - 2]!.hash };
    expect(verify(rows, length - 5, shorter)).toMatchObject({ seq: length });
    expect(verify(rows, length - 5, { ...head, hash: randomBytes(32) })).toMatchObject({ seq: length });
  });

  test("a checkpoint finds a chain that was taken back as a whole, head and all", () => {
    const note = new Map([[length, Buffer.from(head.hash).toString("hex")]]);
    const older = { ...head, seq: 9_000, hash: rows[8_999]!.hash };
    const check = new ChainCheck(older, note, before(8_990));
    for (const row of rows.slice(8_989, 9_000)) expect(check.next(row)).toBeNull();
    expect(check.end()).toEqual({ seq: 9_001, reason: "a checkpoint names rows that are gone" });
    const other = new ChainCheck(head, new Map([[9_995, "00"]]), before(9_990));
    const faults = rows.slice(9_989).map((row) => other.next(row));
    expect(faults.find((fault) => fault !== null)).toMatchObject({ seq: 9_995 });
  });
});
