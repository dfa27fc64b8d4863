/** Which clock the screen shows. Durations never depend on it. */
export type Zone = "utc" | "local";

export const otherZone = (zone: Zone): Zone => (zone === "utc" ? "local" : "utc");

const formatters = new Map<string, Intl.DateTimeFormat>();

/** British English, 24-hour clock; `local` is the zone of the machine this runs on. Made once: they are costly. */
function formatter(zone: Zone, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  const made =
    formatters.get(key) ??
    new Intl.DateTimeFormat("en-GB", {
      ...options,
      hourCycle: "h23",
      timeZone: zone === "utc" ? "UTC" : undefined,
    });
  formatters.set(key, made);
  return made;
}

function part(zone: Zone, name: string, options: Intl.DateTimeFormatOptions, ms: number): string {
  return formatter(zone, name, options).format(ms);
}

const day = (ms: number, zone: Zone) => part(zone, "day", { day: "numeric", month: "short" }, ms);
const year = (ms: number, zone: Zone) => part(zone, "year", { year: "numeric" }, ms);

/** Milliseconds of an ISO instant; null when there is none or it cannot be read. */
export function parseInstant(iso: string | null | undefined): number | null {
  if (!iso) return null;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}

/** Time of day, "14:02", or "14:02:31" with seconds. */
export function formatTimeOfDay(ms: number, zone: Zone, seconds = false): string {
  return seconds
    ? part(zone, "hms", { hour: "2-digit", minute: "2-digit", second: "2-digit" }, ms)
    : part(zone, "hm", { hour: "2-digit", minute: "2-digit" }, ms);
}

/** The zone's own name at that instant: "UTC", "CET", "GMT-5". */
export function zoneName(zone: Zone, ms: number): string {
  if (zone === "utc") return "UTC";
  const parts = formatter(zone, "zone", { timeZoneName: "short" }).formatToParts(ms);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "local";
}

/** As short as it can be without doubt: "14:02" today, "23 Nov 14:02" this year, else "23 Nov 2025 14:02". */
export function formatInstantShort(ms: number, zone: Zone, nowMs: number): string {
  const time = formatTimeOfDay(ms, zone);
  const isThisYear = year(ms, zone) === year(nowMs, zone);
  if (isThisYear && day(ms, zone) === day(nowMs, zone)) return time;
  return isThisYear ? `${day(ms, zone)} ${time}` : `${day(ms, zone)} ${year(ms, zone)} ${time}`;
}

/**
 * From one time to another, both without doubt: "14:02 – 15:10" today, "23 Nov 14:02 – 15:10" on another day, and with both days
 * where they differ, today's too: "17 Nov 14:02 – 24 Nov 15:10".
 */
export function formatRangeShort(fromMs: number, toMs: number, zone: Zone, nowMs: number): string {
  const start = formatInstantShort(fromMs, zone, nowMs);
  const isOneDay = day(fromMs, zone) === day(toMs, zone) && year(fromMs, zone) === year(toMs, zone);
  if (isOneDay) return `${start} – ${formatTimeOfDay(toMs, zone)}`;
  const dayed = (ms: number) => {
    const said = formatInstantShort(ms, zone, nowMs);
    return said === formatTimeOfDay(ms, zone) ? `${day(ms, zone)} ${said}` : said;
  };
  return `${dayed(fromMs)} – ${dayed(toMs)}`;
}

/** In full, to the second and with its zone: "24 Nov 2026 14:02:31 UTC". */
export function formatInstant(ms: number, zone: Zone): string {
  return `${day(ms, zone)} ${year(ms, zone)} ${formatTimeOfDay(ms, zone, true)} ${zoneName(zone, ms)}`;
}
