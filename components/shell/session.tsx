"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { AnyPermission, Role } from "@/lib/domain/access";

export interface OrganisationLink {
  readonly slug: string;
  readonly name: string;
}

/** What the browser knows of who is signed in: enough to draw, nothing to decide by. The server decides each time. */
export interface ShellSession {
  readonly organisation: OrganisationLink;
  readonly otherOrganisations: readonly OrganisationLink[];
  readonly role: Role;
  readonly permissions: readonly AnyPermission[];
  readonly person: { readonly name: string; readonly email: string };
}

const SessionContext = createContext<ShellSession | null>(null);

export function SessionProvider({
  session,
  children,
}: {
  readonly session: ShellSession;
  readonly children: ReactNode;
}) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in, and where. Only inside an organisation's pages. */
export function useSession(): ShellSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside of an organisation's pages");
  return session;
}

/** Whether to offer something. Hiding is a courtesy: the server refuses by itself. */
export function useCan(permission: AnyPermission): boolean {
  return useSession().permissions.includes(permission);
}
