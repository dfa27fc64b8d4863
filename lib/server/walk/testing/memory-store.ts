import type { KnownWorkspace, Observations, WorkspaceRegistry } from "../../workspaces";
import { type StepAppend, type StepRecord, type WalkRecord, type WalkStore, walksPerPerson } from "../store";

/** The store's promises without a database, for the engine's tests. `database-store.db.test.ts` checks the real one. */
export class MemoryWalkStore implements WalkStore {
  readonly walks = new Map<string, WalkRecord>();
  readonly steps = new Map<string, StepRecord>();
  /** The next `append` finds that somebody else stored this page first. */
  winner: Uint8Array | null = null;

  constructor(private readonly registry: MemoryRegistry) {}

  async create(walk: WalkRecord, first: StepRecord, observed: Observations): Promise<void> {
    const own = [...this.walks.values()].filter(({ personId }) => personId === walk.personId);
    own.sort((a, b) => b.createdAtMs - a.createdAtMs);
    for (const { id } of own.slice(walksPerPerson - 1)) this.walks.delete(id);
    this.walks.set(walk.id, walk);
    this.steps.set(`${walk.id} 0`, first);
    await this.registry.record(walk.organisationId, observed, walk.createdAtMs);
  }

  read: WalkStore["read"] = async (organisationId, walkId, step, nowMs) => {
    const walk = this.walks.get(walkId);
    if (!walk || walk.organisationId !== organisationId || walk.expiresAtMs <= nowMs) return null;
    const page = this.steps.get(`${walkId} ${step}`)?.page ?? null;
    return { walk, page, previous: this.steps.get(`${walkId} ${step - 1}`)?.next ?? null };
  };

  async append({
    walk,
    record,
    spent,
    expiresAtMs,
    nowMs,
    observed,
  }: StepAppend): Promise<Uint8Array | null> {
    const held = this.walks.get(walk.id);
    if (!held) return null;
    const key = `${walk.id} ${record.step}`;
    const winner = this.winner ?? this.steps.get(key)?.page ?? null;
    this.winner = null;
    if (winner) return winner;
    this.steps.set(key, record);
    const before = this.steps.get(`${walk.id} ${record.step - 1}`);
    if (before) this.steps.set(`${walk.id} ${record.step - 1}`, { ...before, next: spent });
    this.walks.set(walk.id, { ...held, expiresAtMs });
    await this.registry.record(walk.organisationId, observed, nowMs);
    return record.page;
  }

  handovers: WalkStore["handovers"] = async (_organisationId, walkId, from, to) => {
    const found: Uint8Array[] = [];
    for (let step = from; step <= to; step += 1) {
      const record = this.steps.get(`${walkId} ${step}`);
      if (record) found.push(record.next);
    }
    return found;
  };
}

export class MemoryRegistry implements WorkspaceRegistry {
  readonly known = new Map<string, KnownWorkspace>();

  list = async (): Promise<readonly KnownWorkspace[]> => [...this.known.values()];

  async record(_organisationId: string, observed: Observations, nowMs: number): Promise<void> {
    const now = new Date(nowMs).toISOString();
    const of = (id: string) =>
      this.known.get(id) ?? {
        id,
        name: null,
        ownName: null,
        isNameReplaceable: true,
        lastSeenAt: now,
        sources: [],
      };
    for (const { id, name, from } of observed.workspaces) {
      const held = of(id.toLowerCase());
      const isBetter = name !== null && (held.isNameReplaceable || from !== "rows");
      const named = isBetter ? { name, isNameReplaceable: from === "rows" } : {};
      this.known.set(held.id, { ...held, ...named, lastSeenAt: now });
    }
    const enter = (workspaceId: string, source: string, lastReadAt: string | null) => {
      const held = of(workspaceId.toLowerCase());
      const before = held.sources.find((own) => own.source === source);
      const others = held.sources.filter((own) => own.source !== source);
      const own = { source, lastReadAt: lastReadAt ?? before?.lastReadAt ?? null };
      this.known.set(held.id, { ...held, sources: [...others, own] });
    };
    for (const { workspaceId, source } of observed.pairs) enter(workspaceId, source, null);
    for (const { workspaceId, source } of observed.read) enter(workspaceId, source, now);
  }
}
