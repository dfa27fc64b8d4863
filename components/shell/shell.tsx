"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { makeQueryClient } from "@/lib/client/query-client";
import type { Zone } from "@/lib/domain/time";
import { LivePerson } from "@/lib/queries/live";
import { RenderedAt } from "./clock";
import { Frame } from "./frame";
import { SessionProvider, type ShellSession } from "./session";
import { ZoneProvider } from "./time";

export interface ShellProps {
  readonly session: ShellSession;
  readonly zone: Zone;
  /** When the server drew the page, in milliseconds. */
  readonly renderedAt: number;
  readonly children: ReactNode;
}

/** Everything that the pages of an organisation stand on: session, clock, zone, query cache, URL state, frame. */
export function Shell({ session, zone, renderedAt, children }: ShellProps) {
  const [client] = useState(makeQueryClient);
  return (
    <SessionProvider session={session}>
      <RenderedAt value={renderedAt}>
        <ZoneProvider initial={zone}>
          <QueryClientProvider client={client}>
            <LivePerson value={session.person.email}>
              <NuqsAdapter>
                <Frame>{children}</Frame>
              </NuqsAdapter>
            </LivePerson>
          </QueryClientProvider>
        </ZoneProvider>
      </RenderedAt>
    </SessionProvider>
  );
}
