import type { SessionView } from "@/lib/domain/sessions";

/** What a session is called where there is no room for more. */
export function sessionName({ browser }: Pick<SessionView, "browser">): string {
  return browser ?? "An unknown browser";
}

const methodWords = { password: "with a password", provider: "through single sign-on" } as const;

/** "with a password from 192.0.2.7", as far as it was kept. */
export function originWords({ method, address }: Pick<SessionView, "method" | "address">): string {
  const way = method === null ? null : methodWords[method];
  // "unknown" is what the development server's front door says of everybody.
  const from = address === null || address === "unknown" ? "from an unknown address" : `from ${address}`;
  return way === null ? from : `${way} ${from}`;
}

/** "1 session", "3 sessions". */
export function countSessions(count: number): string {
  return `${count} ${count === 1 ? "session" : "sessions"}`;
}
