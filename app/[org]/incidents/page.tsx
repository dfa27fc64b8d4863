import type { Metadata } from "next";
import { IncidentsQueue } from "@/components/incidents/incidents-queue";

export const metadata: Metadata = { title: "Incidents" };

export default function IncidentsPage() {
  return <IncidentsQueue />;
}
