import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import type { ShellSession } from "@/components/shell/session";
import { Shell } from "@/components/shell/shell";
import { rolePermissions } from "@/lib/domain/access";
import { safeReturnTo } from "@/lib/domain/return-to";
import { routes } from "@/lib/routes";
import { auth } from "@/lib/server/auth/session";
import { readPreference } from "@/lib/server/preferences";

interface LayoutProps {
  readonly children: ReactNode;
  readonly params: Promise<{ readonly org: string }>;
}

/**
 * What the frame may know of the person, for one drawing. Leads to sign-in without a session; an organisation that the
 * person is no member of looks like one that does not exist.
 */
const readSession = cache(async (org: string): Promise<ShellSession> => {
  const asked = await headers();
  const principal = await auth(asked);
  if (!principal) redirect(routes.signIn(safeReturnTo(asked.get("x-watchfloor-path")) ?? undefined));
  const membership = principal.memberships.find(({ organisationSlug }) => organisationSlug === org);
  if (!membership) notFound();
  return {
    organisation: { slug: membership.organisationSlug, name: membership.organisationName },
    otherOrganisations: principal.memberships
      .filter((other) => other !== membership)
      .map(({ organisationSlug, organisationName }) => ({ slug: organisationSlug, name: organisationName })),
    role: membership.role,
    permissions: [...rolePermissions[membership.role]],
    person: { name: principal.name, email: principal.email },
  };
});

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { organisation } = await readSession((await params).org);
  const own = `${organisation.name} · Watchfloor`;
  return { title: { default: own, template: `%s · ${own}` } };
}

export default async function OrganisationLayout({ children, params }: LayoutProps) {
  const session = await readSession((await params).org);
  const zone = (await readPreference("zone")) === "local" ? "local" : "utc";
  return (
    <Shell session={session} zone={zone} renderedAt={readClock()}>
      {children}
    </Shell>
  );
}

/** The time of this drawing; the browser's first drawing repeats it. */
function readClock(): number {
  return Date.now();
}
