"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useSession } from "@/components/shell/session";
import { portalQuery } from "@/lib/queries/gamebooks";

/** The way to where a run is approved: no call of the API does that. */
export function PortalLink({ className = "" }: { readonly className?: string }) {
  const origin = useQuery(portalQuery(useSession().organisation.slug)).data?.origin ?? null;
  const words = "Approving is done in ContraForce's portal, by an owner of the workspace.";
  return (
    <p className={`text-12 text-quiet ${className}`}>
      {words}{" "}
      {origin === null ? null : (
        <a
          href={origin}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex items-center gap-1 text-accent underline-offset-2 hover:underline"
        >
          Open the portal
          <ExternalLink aria-hidden="true" className="size-3" />
          <span className="sr-only">(in a new tab)</span>
        </a>
      )}
    </p>
  );
}
