import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IncidentPage } from "@/components/incidents/page/incident-page";
import { readSegments } from "@/lib/domain/path-segments";

export const metadata: Metadata = { title: "Incident" };

interface PageProps {
  readonly params: Promise<{ workspaceId: string; source: string; incidentId: string }>;
}

/** The browser reads the incident through the proxy, which decides; here the address is only taken apart. */
export default async function Page({ params }: PageProps) {
  const key = readSegments(await params);
  if (key === null) notFound();
  return <IncidentPage {...key} />;
}
