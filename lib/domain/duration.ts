const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `[d.]hh:mm:ss[.fffffff]`, as .NET writes a time span. A sign before it is read and refused: nothing runs for less than no time. */
const timeSpan = /^(?:(\d{1,8})\.)?(\d{1,2}):([0-5]?\d):([0-5]?\d)(?:\.(\d{1,9}))?$/;

/** Milliseconds of a .NET time span such as `1.02:03:04.5000000`; null for everything else, negative spans included. */
export function parseTimeSpan(text: string | null): number | null {
  const parts = text === null ? null : timeSpan.exec(text.trim());
  if (parts === null) return null;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = parts;
  if (Number(hours) > 23) return null;
  const whole =
    Number(days) * dayMs + Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * secondMs;
  return whole + (fraction === "" ? 0 : Math.round(Number(`0.${fraction}`) * secondMs));
}

const two = (value: number) => String(value).padStart(2, "0");

/** A duration in two units at most: "0.4 s", "12 s", "4 min 05 s", "3 h 05 min", "2 d 4 h". Null reads as a dash. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return "–";
  const tenths = Math.round(ms / 100);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / secondMs);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  const hours = Math.round(ms / hourMs);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
