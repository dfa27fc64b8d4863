"use client";

import Link from "next/link";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { campaignIncidents, type CampaignView } from "@/lib/domain/campaign-view";
import { formatAge } from "@/lib/domain/ageing";
import type { Campaign } from "@/lib/domain/register";
import { routes } from "@/lib/routes";

export interface CustomerTableProps {
  readonly campaign: Campaign;
  readonly view: CampaignView;
}

const head = "py-1 pr-2 text-left font-normal text-quiet last:pr-0";
const cell = "border-t border-line py-1.5 pr-2 align-middle last:pr-0";

/** Who was hit, when first, how long after the first of all, and how often. Each count leads to its incidents. */
export function CustomerTable({ campaign, view }: CustomerTableProps) {
  const org = useSession().organisation.slug;
  const { hits } = campaign;
  const begunMs = Date.parse(hits[0]?.firstAt ?? "");
  return (
    <table className="w-full table-fixed text-13 tabular-nums">
      <thead className="text-12">
        <tr>
          <th scope="col" className={head}>
            Customer
          </th>
          <th scope="col" className={`${head} w-32`}>
            First hit
          </th>
          <th scope="col" className={`${head} w-20 text-right max-sm:hidden`}>
            After
          </th>
          <th scope="col" className={`${head} w-24 text-right`}>
            Incidents
          </th>
        </tr>
      </thead>
      <tbody>
        {hits.map((hit) => {
          const { workspaceId, workspaceName, firstAt, incidents } = hit;
          const own = campaignIncidents(view, campaign, workspaceId);
          const after = Date.parse(firstAt) - begunMs;
          const n = incidents.toLocaleString("en");
          return (
            <tr key={workspaceId}>
              <td className={cell}>
                <WorkspaceName workspaceId={workspaceId} name={workspaceName} />
              </td>
              <td className={cell}>
                <Time value={firstAt} mode="absolute" className="whitespace-nowrap" />
              </td>
              <td className={`${cell} text-right whitespace-nowrap text-quiet max-sm:hidden`}>
                {after === 0 ? "first" : `+ ${formatAge(after)}`}
              </td>
              <td className={`${cell} text-right`}>
                {own === null ? (
                  n
                ) : (
                  <Link
                    href={routes.incidents(org, own)}
                    prefetch={false}
                    aria-label={`${n} ${incidents === 1 ? "incident" : "incidents"} of ${workspaceName ?? workspaceId}: show in the queue`}
                    className="inline-flex min-h-6 min-w-6 items-center justify-end text-accent hover:underline"
                  >
                    {n}
                  </Link>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
