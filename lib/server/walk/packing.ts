import "server-only";
import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";
import type { NameState, PairState, WalkState } from "./state";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Gzip of the JSON. Fast rather than small: page tokens are ciphertext and do not shrink anyway. */
export async function packJson(value: unknown): Promise<Buffer> {
  return compress(JSON.stringify(value), { level: constants.Z_BEST_SPEED });
}

async function unpackJson(packed: Uint8Array): Promise<unknown> {
  return JSON.parse((await expand(packed)).toString("utf8"));
}

/** A page as the store has it. The cast holds because the store keeps only what `packJson` wrote. */
export async function unpackPage<Page>(packed: Uint8Array): Promise<Page> {
  return (await unpackJson(packed)) as Page;
}

/**
 * What a step leaves to the following one: the books, and the digests of the rows that it handed out.
 * Once the following step is stored, `state` is null: the tokens are spent and only take up room.
 */
export interface Handover {
  readonly state: WalkState | null;
  readonly digests: string;
}

interface PlainHandover {
  readonly state:
    | (Omit<WalkState, "names" | "pairs" | "fullestOpen" | "fullestLast"> & {
        readonly names: readonly [string, NameState][];
        readonly pairs: readonly [string, PairState][];
        readonly fullestOpen: readonly [string, number][];
        readonly fullestLast: readonly [string, number][];
      })
    | null;
  readonly digests: string;
}

/** Packs a handover; Maps become lists of entries. */
export async function packHandover({ state, digests }: Handover): Promise<Buffer> {
  const plain: PlainHandover = {
    state: state && {
      ...state,
      names: [...state.names],
      pairs: [...state.pairs],
      fullestOpen: [...state.fullestOpen],
      fullestLast: [...state.fullestLast],
    },
    digests,
  };
  return packJson(plain);
}

/** The reverse of `packHandover`. The cast holds because the store keeps only what that wrote. */
export async function unpackHandover(packed: Uint8Array): Promise<Handover> {
  const { state, digests } = (await unpackJson(packed)) as PlainHandover;
  return {
    state: state && {
      ...state,
      names: new Map(state.names),
      pairs: new Map(state.pairs),
      fullestOpen: new Map(state.fullestOpen),
      fullestLast: new Map(state.fullestLast),
    },
    digests,
  };
}
