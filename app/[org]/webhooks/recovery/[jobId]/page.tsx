import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RecoveryJobPage } from "@/components/webhooks/recovery/recovery-job-page";
import { readSegments } from "@/lib/domain/path-segments";

export const metadata: Metadata = { title: "Recovery" };

interface PageProps {
  readonly params: Promise<{ jobId: string }>;
}

export default async function Page({ params }: PageProps) {
  const segments = readSegments(await params);
  if (segments === null) notFound();
  return <RecoveryJobPage jobId={segments.jobId} />;
}
