"use client";

import Link from "next/link";
import { Drawer } from "@/components/data/drawer/drawer";
import { Fact, Facts, MomentFact } from "@/components/data/drawer/facts";
import { Part } from "@/components/data/drawer/part";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import {
  campaignIncidents,
  campaignKey,
  campaignKindText,
  type CampaignView,
  latestOf,
} from "@/lib/domain/campaign-view";
import type { Campaign } from "@/lib/domain/register";
import { routes } from "@/lib/routes";
import { CustomerTable } from "./customer-table";
import { FirstHits } from "./first-hits";

export interface CampaignDrawerProps {
  readonly campaign: Campaign;
  readonly view: CampaignView;
  readonly fromMs: number;
  readonly toMs: number;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

const linkClass = "text-accent hover:underline";

/** One campaign beside the list: what is the same, and its customers in the order in which they were hit. */
export function CampaignDrawer(props: CampaignDrawerProps) {
  const { campaign, view, fromMs, toMs } = props;
  const org = useSession().organisation.slug;
  const formatTime = useFormatTime();
  const { name, title, kind, hits, incidents } = campaign;
  useTabTitle(name);
  const all = campaignIncidents(view, campaign, null);
  const n = incidents.toLocaleString("en");
  return (
    <Drawer
      label={`Campaign: ${name}`}
      noun="campaign"
      contentKey={campaignKey(campaign)}
      workspace={null}
      head={
        <div className="px-4 py-3">
          <p className="text-12 text-quiet">Same {campaignKindText(campaign).toLowerCase()}</p>
          <h2 className="text-16 font-semibold text-pretty wrap-anywhere text-strong">{name}</h2>
          <p className="mt-1 text-13">
            {all === null ? (
              <span className="text-quiet">Too long to filter the queue by.</span>
            ) : (
              <Link href={routes.incidents(org, all)} prefetch={false} className={linkClass}>
                Show its {n} {incidents === 1 ? "incident" : "incidents"} in the queue
              </Link>
            )}
          </p>
        </div>
      }
      onPrevious={props.onPrevious}
      onNext={props.onNext}
      onClose={props.onClose}
    >
      <Part title="Figures">
        <Facts>
          <Fact name="Customers">{hits.length.toLocaleString("en")}</Fact>
          <Fact name="Incidents">{n}</Fact>
          <MomentFact name="First hit" value={hits[0]?.firstAt ?? null} />
          <MomentFact name="Latest" value={latestOf(campaign)} />
          {kind !== "title" && title !== null ? <Fact name="Title of the first">{title}</Fact> : null}
        </Facts>
      </Part>
      <Part title="First hits">
        <FirstHits campaign={campaign} fromMs={fromMs} toMs={toMs} className="h-6" />
        <p aria-hidden="true" className="mt-1 flex justify-between text-12 text-quiet tabular-nums">
          <span>{formatTime(new Date(fromMs).toISOString())}</span>
          <span>{formatTime(new Date(toMs).toISOString())}</span>
        </p>
      </Part>
      <Part title="Customers in the order of their first hit" count={hits.length}>
        <CustomerTable campaign={campaign} view={view} />
      </Part>
    </Drawer>
  );
}
