import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { WorkspacePage } from "@/components/workspaces/workspace-page";

export const metadata: Metadata = { title: "Workspace" };

interface PageProps {
  readonly params: Promise<{ readonly workspaceId: string }>;
}

/** The browser reads the workspace through the server's calls, which decide; here the address is only taken apart. */
export default async function Page({ params }: PageProps) {
  const workspaceId = z
    .guid()
    .toLowerCase()
    .safeParse((await params).workspaceId);
  if (!workspaceId.success) notFound();
  return <WorkspacePage workspaceId={workspaceId.data} />;
}
