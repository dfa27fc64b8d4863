import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { IncidentsQueue } from "@/components/incidents/incidents-queue";
import { viewParams } from "@/lib/domain/incident-view-codec";
import { routes } from "@/lib/routes";
import { openingViewOf } from "@/lib/server/views/opening";

export const metadata: Metadata = { title: "Incidents" };

interface PageProps {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** An address that says nothing of a view opens the one that the person chose to begin with. */
export default async function IncidentsPage({ params, searchParams }: PageProps) {
  const asked = await searchParams;
  if (viewParams.every((param) => asked[param] === undefined)) {
    const { org } = await params;
    const opening = await openingViewOf(await headers(), org);
    if (opening) redirect(routes.incidents(org, opening));
  }
  return <IncidentsQueue />;
}
