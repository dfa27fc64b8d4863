import { QueryClient } from "@tanstack/react-query";
import { CallError } from "./call-error";

/** Tries again only where nothing came back at all: what Watchfloor answered with has had its retries on the server. */
export function shouldRetry(failureCount: number, error: Error): boolean {
  return error instanceof CallError && error.code === "NO_ANSWER" && failureCount < 2;
}

/** One per browser tab. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        // The browser's idea of being online is wrong on loopback and behind VPNs; a failed call tells the truth.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
