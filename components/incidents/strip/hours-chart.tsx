"use client";

import { useFormatTime } from "@/components/data/use-format-time";
import { Popover } from "@/components/ui/popover";
import type { HourCounts, SeverityCounts } from "@/lib/domain/register";

const sum = (counts: SeverityCounts) => Object.values(counts).reduce((total, n) => total + n, 0);
const count = (value: number) => value.toLocaleString("en");

const barPx = 5;
const gapPx = 2;
const heightPx = 20;

export interface HoursChartProps {
  readonly hours: readonly HourCounts[];
  /** Created and closed before anybody looked: in no hour's closures. */
  readonly closedBeforeSeen: number;
  /** False: a part of these hours was never read. */
  readonly isCovered: boolean;
}

/** Arrivals against closures of the last hours, as bars; the figures behind them open on a click. */
export function HoursChart({ hours, closedBeforeSeen, isCovered }: HoursChartProps) {
  const arrived = hours.reduce((total, { arrivals }) => total + sum(arrivals), 0);
  const closed = hours.reduce((total, { closures }) => total + sum(closures), 0);
  const least = isCovered ? "" : "at least ";
  return (
    <Popover
      label="Arrivals and closures by hour"
      className="p-3 whitespace-normal"
      trigger={(props) => (
        <button
          type="button"
          {...props}
          className="inline-flex h-7 shrink-0 items-center gap-2 rounded-control px-1.5 text-13 text-quiet hover:bg-raised aria-expanded:bg-raised"
        >
          <Bars hours={hours} />
          <span>
            {least}
            <span className="font-semibold tabular-nums text-strong">{count(arrived)}</span> arrived,{" "}
            <span className="font-semibold tabular-nums text-strong">{count(closed)}</span> seen closed
            <span className="max-xl:sr-only"> in {hours.length} h</span>
          </span>
        </button>
      )}
    >
      <HoursTable hours={hours} />
      <p className="mt-2 max-w-72 text-12 text-quiet">
        Arrivals by the time of creation, closures by when they were first seen; the last hour is not over.
        {closedBeforeSeen > 0
          ? ` ${count(closedBeforeSeen)} more arrived and were closed already when first seen.`
          : ""}
        {isCovered ? "" : " A part of these hours was never read."}
      </p>
    </Popover>
  );
}

/** Two bars an hour: filled arrivals, hollow closures. Told in words beside it. */
function Bars({ hours }: Pick<HoursChartProps, "hours">) {
  const most = Math.max(1, ...hours.flatMap(({ arrivals, closures }) => [sum(arrivals), sum(closures)]));
  const px = (counts: SeverityCounts) => {
    const n = sum(counts);
    return n === 0 ? 0 : Math.max(2, Math.round((n / most) * heightPx));
  };
  const step = 2 * barPx + 2 * gapPx;
  return (
    <svg
      aria-hidden="true"
      width={hours.length * step}
      height={heightPx + 1}
      className="shrink-0 text-normal max-lg:hidden"
    >
      {hours.map(({ hour, arrivals, closures }, index) => (
        <g key={hour} transform={`translate(${index * step} 0)`}>
          <rect y={heightPx - px(arrivals)} width={barPx} height={px(arrivals)} fill="currentColor" />
          {px(closures) > 0 ? (
            <rect
              x={barPx + 0.5}
              y={heightPx - px(closures) + 0.5}
              width={barPx - 1}
              height={px(closures) - 1}
              fill="none"
              stroke="currentColor"
            />
          ) : null}
          <rect y={heightPx} width={2 * barPx} height={1} fill="currentColor" opacity={0.4} />
        </g>
      ))}
    </svg>
  );
}

function HoursTable({ hours }: Pick<HoursChartProps, "hours">) {
  const formatTime = useFormatTime();
  return (
    <table className="text-13 tabular-nums">
      <thead className="text-quiet">
        <tr>
          <th className="pr-6 text-left font-normal">Hour from</th>
          <th className="pr-6 text-right font-normal">Arrived</th>
          <th className="text-right font-normal">Seen closed</th>
        </tr>
      </thead>
      <tbody className="text-strong">
        {hours.map(({ hour, arrivals, closures, uncertainClosures }) => (
          <tr key={hour}>
            <td className="pr-6">{formatTime(hour)}</td>
            <td className="pr-6 text-right">{count(sum(arrivals))}</td>
            <td className="text-right">
              {count(sum(closures))}
              {uncertainClosures > 0 ? (
                <span className="text-quiet"> · {count(uncertainClosures)} maybe earlier</span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
