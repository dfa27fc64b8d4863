import { workspacesChange } from "@/lib/server/workspace-profiles/handle";

export const POST = workspacesChange;

export const dynamic = "force-dynamic";
