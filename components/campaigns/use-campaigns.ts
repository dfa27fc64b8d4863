"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "@/components/shell/session";
import { type CampaignView, holdCampaigns } from "@/lib/domain/campaign-view";
import type { Campaign, CampaignsAnswer } from "@/lib/domain/register";
import { campaignsQuery } from "@/lib/queries/campaigns";
import { useLiveFeed } from "@/lib/queries/live";

/** News is answered together, this long after the first: all incidents of the window are looked through each time. */
const togetherMs = 5_000;
const none: readonly Campaign[] = [];

/**
 * The campaigns of a view as they are read, anew whenever something changed. Rows keep the places in which they were first drawn, with
 * the newest figures, until `apply` or a reading that a person asked for puts everything in its place.
 */
export function useCampaigns(view: CampaignView) {
  const org = useSession().organisation.slug;
  const query = useQuery(campaignsQuery(org, view));
  const { data, refetch } = query;
  useNews(org, () => void refetch({ cancelRefetch: false }));
  const [held, setHeld] = useState<{ readonly view: CampaignView; readonly answer: CampaignsAnswer }>();
  // An empty list has no row that could move.
  const isKept = held !== undefined && held.view === view && held.answer.campaigns.length > 0;
  if (data !== undefined && !isKept && held?.answer !== data) setHeld({ view, answer: data });
  const newest = data?.campaigns ?? none;
  const placed = isKept ? held.answer.campaigns : newest;
  const shown = useMemo(() => holdCampaigns(placed, newest), [placed, newest]);
  const apply = () => {
    if (data !== undefined) setHeld({ view, answer: data });
  };
  const refresh = () =>
    void refetch().then(({ data: read }) => {
      if (read !== undefined) setHeld({ view, answer: read });
    });
  return { query, ...shown, apply, refresh };
}

function useNews(org: string, onNews: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveFeed(org, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      onNews();
    }, togetherMs);
  });
}
