import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RunPage } from "@/components/gamebooks/run/run-page";
import { readSegments } from "@/lib/domain/path-segments";
import { readHints } from "./hints";

export const metadata: Metadata = { title: "Gamebook run" };

interface PageProps {
  readonly params: Promise<{ workspaceId: string; gamebookId: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The browser reads the run through the proxy, which decides; here the address is only taken apart. */
export default async function Page({ params, searchParams }: PageProps) {
  const gamebook = readSegments(await params);
  if (gamebook === null) notFound();
  return <RunPage gamebook={gamebook} hints={readHints(await searchParams)} />;
}
