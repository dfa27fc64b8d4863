import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { FakeServer } from "@/lib/client/live/testing";
import type { LiveMessage } from "@/lib/domain/live";
import { useLiveFeed } from "./live";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("tells of the gap before it, then of what happens, and lets go of the stream when nobody listens", async () => {
  const server = new FakeServer();
  vi.stubGlobal("fetch", server.fetch);
  const heard: LiveMessage[] = [];
  const { result, unmount } = renderHook(() => useLiveFeed("main", (message) => heard.push(message)));
  expect(result.current).toEqual({ kind: "connecting", since: 0 });
  await waitFor(() => expect(server.open.size).toBe(1));
  server.hb("first");
  await waitFor(() => expect(result.current.kind).toBe("live"));
  server.coverage("second");
  await waitFor(() =>
    expect(heard).toEqual([
      { kind: "resync" },
      { kind: "event", event: { topic: "coverage", workspaceId: null } },
    ]),
  );
  vi.useFakeTimers();
  unmount();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.open.size).toBe(0);
});
