import { describe, expect, it } from "vitest";
import { sign, signedTimestamp } from "./signature";

const secret = "test-secret-do-not-use-0123456789abcdef";
const seconds = "1776870000";
const v1 =
  '{"type":"incident.created.v1","timestamp":"2026-04-22T15:00:00Z","isTest":false,"occurredAt":"2026-04-22T14:55:00Z","data":{"accountId":"11111111-2222-4333-8444-555555555555","accountName":"Example MSP SOC","incidentId":"INC-12345","incidentNumber":1234,"title":"Suspicious sign-in activity","description":null,"severity":"High","source":"sentinel","sourceDisplayName":"Microsoft Sentinel","owner":null,"createdAt":"2026-04-22T14:55:00Z","lastActivityAt":"2026-04-22T14:55:00Z","occurredAt":"2026-04-22T14:55:00Z","alertProductNames":["Microsoft Sentinel"],"alerts":[],"entities":[{"type":"IP","displayName":"203.0.113.42"}]}}';

const ascii = String.raw`{"title":"\u00dcberpr\u00fcfung \u2013 \u7570\u5e38"}`;

describe("signatures follow the worked vectors of the contract papers", () => {
  it.each([
    ["V1-A", v1, "sha256=e624196b927141311538b637a4bcb5249ea8d7add5979166bedabebc8d5a58c0"],
    ["V2-A", "{}", "sha256=6a3315148330cd2ae8e4580d456320bbe0089e0c326ebaedf0830771be87fd72"],
    ["V3-A", "{ }", "sha256=4a2c8fce45e2403abdca8c1a9ab90fbdbdb9373e10145a0d73de052327944607"],
    [
      "V4-A",
      '{"title":"Überprüfung – 異常"}',
      "sha256=651494d1a8fc2eb59df1f53a393f2098f26d929510cff5cbf7f4c80c8323beea",
    ],
    ["V5-A", ascii, "sha256=84df084e97544eee75234ebc54427fcf62ed112933154bd465f769c8b9800a29"],
    ["V6-A", "", "sha256=57023d2994c1942529756883080d0c1c5a887885e5b6fe6a5d8dafb5c743fab2"],
  ])("%s", (_name, body, expected) => {
    expect(sign("A", secret, seconds, Buffer.from(body))).toBe(expected);
  });

  it("V1-B: ISO timestamp and Base64", () => {
    const timestamp = "2026-04-22T15:00:00.0000000+00:00";
    expect(sign("B", secret, timestamp, Buffer.from(v1))).toBe(
      "/NHBz9tduh460a1m2aqCo5I12k5WjymwZD3cTxHYllw=",
    );
  });

  it("writes the timestamps of both profiles for the same moment", () => {
    const at = new Date("2026-04-22T15:00:00Z");
    expect(signedTimestamp("A", at)).toBe(seconds);
    expect(signedTimestamp("B", at)).toBe("2026-04-22T15:00:00.0000000+00:00");
  });

  it("keeps the body of the first vector byte for byte, or the vector would prove nothing", () => {
    expect(Buffer.byteLength(v1)).toBe(626);
  });
});
