import type { Sequence } from "../random/sequence";
import type { FaultInput, FaultKind, FaultOf } from "./fault";

/** What a fault's conditions are compared with. */
export interface FaultScene {
  readonly operation: string | null;
  readonly workspaceId: string | null;
}

/** The faults that are set, and the dice. */
export class Faults {
  #list: { fault: FaultInput; left: number }[] = [];
  readonly #dice: Sequence;

  constructor(dice: Sequence) {
    this.#dice = dice;
  }

  /** Replaces all faults. */
  set(faults: readonly FaultInput[]): void {
    this.#list = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }

  list(): readonly FaultInput[] {
    return this.#list.filter((entry) => entry.left > 0).map((entry) => entry.fault);
  }

  clear(): void {
    this.#list = [];
  }

  /** The first fault of this kind that strikes now, or null. Draws once for each fault that could. */
  strike<K extends FaultKind>(kind: K, scene: FaultScene): FaultOf<K> | null {
    return this.strikeWhere(kind, scene, () => true);
  }

  /** The same, among the faults of this kind for which `applies` holds. */
  strikeWhere<K extends FaultKind>(
    kind: K,
    scene: FaultScene,
    applies: (fault: FaultOf<K>) => boolean,
  ): FaultOf<K> | null {
    for (const entry of this.#candidates(kind, scene)) {
      if (!applies(entry.fault)) continue;
      if (!this.#dice.chance(entry.fault.rate ?? 1)) continue;
      entry.left -= 1;
      return entry.fault;
    }
    return null;
  }

  /** All faults of this kind that strike now. */
  strikeAll<K extends FaultKind>(kind: K, scene: FaultScene): readonly FaultOf<K>[] {
    const struck: FaultOf<K>[] = [];
    for (const entry of this.#candidates(kind, scene)) {
      if (!this.#dice.chance(entry.fault.rate ?? 1)) continue;
      entry.left -= 1;
      struck.push(entry.fault);
    }
    return struck;
  }

  /** A fault whose `rate` is a share of rows: it is there or not, the rows are drawn with `draw`. */
  standing<K extends FaultKind>(kind: K, scene: FaultScene): FaultOf<K> | null {
    const [entry] = this.#candidates(kind, scene);
    if (entry === undefined) return null;
    entry.left -= 1;
    return entry.fault;
  }

  draw(probability: number): boolean {
    return this.#dice.chance(probability);
  }

  #candidates<K extends FaultKind>(kind: K, scene: FaultScene): { fault: FaultOf<K>; left: number }[] {
    return this.#list.filter(
      (entry): entry is { fault: FaultOf<K>; left: number } =>
        entry.left > 0 &&
        entry.fault.kind === kind &&
        (entry.fault.operation === undefined || entry.fault.operation === scene.operation) &&
        (kind === "leaveOut" || isFor(entry.fault.workspaceId, scene.workspaceId)),
    );
  }
}

function isFor(wanted: string | undefined, workspaceId: string | null): boolean {
  return wanted === undefined || wanted.toLowerCase() === workspaceId?.toLowerCase();
}
