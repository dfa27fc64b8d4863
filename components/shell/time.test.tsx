import { act, cleanup, render, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RenderedAt, useClock } from "./clock";
import { Time, useZone, ZoneProvider } from "./time";

const now = Date.UTC(2026, 10, 24, 14, 30);
const iso = "2026-11-24T14:02:31.000Z";

function Switch() {
  const { zone, setZone } = useZone();
  return (
    <button type="button" onClick={() => setZone(zone === "utc" ? "local" : "utc")}>
      {zone}
    </button>
  );
}

beforeEach(() => {
  vi.stubEnv("TZ", "America/Chicago");
  vi.useFakeTimers({ now });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe("Time", () => {
  it("shows an age that grows by itself", () => {
    const { container } = render(<Time value={iso} />);
    expect(container.textContent).toBe("27 min");
    act(() => void vi.advanceTimersByTime(10 * 60_000));
    expect(container.textContent).toBe("37 min");
  });

  it("carries the instant in both zones, and for machines", () => {
    const { container } = render(<Time value={iso} />);
    const time = container.querySelector("time");
    expect(time?.dateTime).toBe(iso);
    expect(time?.dataset.tip).toBe("24 Nov 2026 14:02:31 UTC\n24 Nov 2026 08:02:31 GMT-6");
  });

  it("says so when there is no time, or none that can be read", () => {
    const { container } = render(
      <>
        <Time value={null} />
        <Time value="yesterday" />
      </>,
    );
    expect(container.textContent).toBe("––");
    expect(container.querySelector("time")).toBeNull();
  });

  it("follows the one switch of the zone, but an age does not depend on it", () => {
    render(
      <ZoneProvider initial="utc">
        <Switch />
        <p data-testid="at">
          <Time value={iso} mode="absolute" />
        </p>
        <p data-testid="age">
          <Time value={iso} />
        </p>
      </ZoneProvider>,
    );
    expect(screen.getByTestId("at").textContent).toBe("14:02");
    act(() => screen.getByRole("button").click());
    expect(screen.getByTestId("at").textContent).toBe("08:02");
    expect(screen.getByTestId("age").textContent).toBe("27 min");
    expect(document.cookie).toContain("zone=local");
  });

  it("is drawn by the server in UTC and at the server's own time, so that the first drawing is the same", () => {
    const drawn = renderToString(
      <RenderedAt value={now + 3_600_000}>
        <ZoneProvider initial="local">
          <Time value={iso} mode="absolute" />
          <Time value={iso} />
        </ZoneProvider>
      </RenderedAt>,
    );
    expect(drawn).toContain(">14:02</time>");
    expect(drawn).toContain(">1 h 27</time>");
    // nor does a tip tell the server's own zone
    expect(drawn).not.toContain("GMT-6");
  });
});

describe("useClock", () => {
  function Now({ every }: { readonly every: number }) {
    return <i>{useClock(every)}</i>;
  }

  it("ticks all users of one interval together, on one timer, and stops with the last", () => {
    const { container, unmount } = render(
      <>
        <Now every={1000} />
        <Now every={1000} />
        <Now every={5000} />
      </>,
    );
    expect(vi.getTimerCount()).toBe(2);
    act(() => void vi.advanceTimersByTime(1000));
    const shown = [...container.querySelectorAll("i")].map((node) => Number(node.textContent) - now);
    expect(shown).toEqual([1000, 1000, 0]);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rests while the page is hidden and catches up when it is seen", () => {
    const { container } = render(<Now every={1000} />);
    const see = (state: DocumentVisibilityState) => {
      vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
      document.dispatchEvent(new Event("visibilitychange"));
    };
    act(() => see("hidden"));
    act(() => void vi.advanceTimersByTime(9000));
    expect(container.textContent).toBe(String(now));
    act(() => see("visible"));
    expect(container.textContent).toBe(String(now + 9000));
    vi.restoreAllMocks();
  });
});
