import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { makeQueryClient } from "@/lib/client/query-client";
import { nextContinuation, nextPageToken } from "@/lib/domain/paging";
import { type ListPage, type ListSource, useListing } from "./listing";

interface Row {
  readonly id: number;
}
const keyOf = ({ id }: Row) => String(id);
const asOf = (page: number) => `2026-01-01T00:00:0${page}.000Z`;
const all = Array.from({ length: 10 }, (_, id): Row => ({ id }));
const slice = (page: number) => all.slice(page * 4, page * 4 + 4);

const numbered: ListSource<Row, number> = {
  queryKey: ["main", "numbered"],
  first: 1,
  keyOf,
  read: async (place) => ({
    rows: slice(place - 1),
    next: place < 3 ? place + 1 : null,
    total: 10,
    asOf: asOf(place),
  }),
};
const tokens: ListSource<Row, string | null> = {
  queryKey: ["main", "tokens"],
  first: null,
  keyOf,
  read: async (place) => {
    const page = place === null ? 0 : Number(place);
    return {
      rows: slice(page),
      next: nextPageToken(page < 2 ? String(page + 1) : null, place),
      total: 10,
      asOf: asOf(page),
    };
  },
};
const continuations: ListSource<Row, string | null> = {
  queryKey: ["main", "continuations"],
  first: null,
  keyOf,
  read: async (place) => {
    const page = place === null ? 0 : Number(place);
    const next = { continuationToken: String(page + 1), hasMore: page < 2 };
    return { rows: slice(page), next: nextContinuation(next, place), total: null, asOf: asOf(page) };
  },
};

function hook<Place>(source: ListSource<Row, Place>) {
  const client = makeQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(() => useListing(source), { wrapper }).result;
}

async function readAll<Place>(source: ListSource<Row, Place>) {
  const result = hook(source);
  await waitFor(() => expect(result.current.rows).toHaveLength(4));
  for (const rows of [8, 10]) {
    act(() => result.current.more());
    await waitFor(() => expect(result.current.rows).toHaveLength(rows));
  }
  return result.current;
}

describe("one list over three paging forms", () => {
  it("page numbers with totals", async () => {
    const list = await readAll(numbered);
    expect(list).toMatchObject({ rows: all, total: 10, isComplete: true, asOf: asOf(1) });
  });
  it("opaque page tokens", async () => {
    expect(await readAll(tokens)).toMatchObject({ rows: all, total: 10, isComplete: true });
  });
  it("continuation tokens, without a total", async () => {
    expect(await readAll(continuations)).toMatchObject({ rows: all, total: null, isComplete: true });
  });
});

describe("a list that moves or fails", () => {
  it("shows a row once that slid onto the next page", async () => {
    const pages = [all.slice(0, 4), [all[3]!, ...all.slice(4, 7)]];
    const result = hook({
      ...numbered,
      read: async (place) => ({
        rows: pages[place - 1] ?? [],
        next: place < 2 ? 2 : null,
        total: 7,
        asOf: asOf(place),
      }),
    });
    await waitFor(() => expect(result.current.rows).toHaveLength(4));
    act(() => result.current.more());
    await waitFor(() => expect(result.current.isComplete).toBe(true));
    expect(result.current.rows).toEqual(all.slice(0, 7));
  });

  it("keeps what was read when a later page fails, and goes on from there", async () => {
    let isBroken = true;
    const read = async (place: number, signal: AbortSignal): Promise<ListPage<Row, number>> => {
      if (place === 2 && isBroken) throw new Error("broken");
      return numbered.read(place, signal);
    };
    const result = hook({ ...numbered, read });
    await waitFor(() => expect(result.current.rows).toHaveLength(4));
    act(() => result.current.more());
    await waitFor(() => expect(result.current.error?.message).toBe("broken"));
    expect(result.current).toMatchObject({ rows: all.slice(0, 4), isComplete: false });
    isBroken = false;
    act(() => result.current.more());
    await waitFor(() => expect(result.current.rows).toHaveLength(8));
    expect(result.current.error).toBeNull();
  });

  it("says that nothing is there yet, and tries the first page again", async () => {
    let isBroken = true;
    const result = hook({
      ...tokens,
      read: async (place, signal) => {
        if (isBroken) throw new Error("broken");
        return tokens.read(place, signal);
      },
    });
    expect(result.current).toMatchObject({ rows: [], isLoading: true, isComplete: false, asOf: null });
    await waitFor(() => expect(result.current.error).not.toBeNull());
    isBroken = false;
    act(() => result.current.more());
    await waitFor(() => expect(result.current.rows).toHaveLength(4));
  });
});
