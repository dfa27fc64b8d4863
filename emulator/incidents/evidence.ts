import { between, chance, guid, mix } from "../random/hash";
import { minuteMs, vendorTimestamp } from "../time/instant";
import type { Stream, Stub } from "../world/model";
import { castOf, incidentHash, templateOf } from "./profile";

export interface TableOut {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns of a raw log row as the vendor's sample shows it: well over a hundred, nearly all of them empty. */
const filledColumns = [
  "TenantId",
  "TimeGenerated",
  "Operation",
  "ClientIP",
  "UserId",
  "UserAgent",
  "ResultStatus",
  "IsManagedDevice",
  "Computer",
  "FileName",
  "Country",
];
const emptyColumns = Array.from({ length: 112 }, (_, index) => {
  const stem = [
    "OfficeObjectId",
    "Parameters",
    "ExtendedProperties",
    "Item",
    "SourceRelativeUrl",
    "AADTarget",
    "MailboxGuid",
    "Logon",
  ][index % 8];
  return `${stem ?? "Field"}${Math.floor(index / 8) + 1}`;
});
const columns = [...filledColumns.slice(0, 5), ...emptyColumns, ...filledColumns.slice(5)];

/** The evidence table of an incident; `null` where the source keeps none. Cells are texts, "False" included. */
export function evidenceOf(stream: Stream, stub: Stub): TableOut | null {
  const hash = incidentHash(stream, stub);
  if (stream.source !== "Sentinel" && chance(hash, 121, 0.6)) return null;
  if (chance(hash, 122, 0.05)) return { columns: [], rows: [] };
  const cast = castOf(stream, stub);
  const operation = templateOf(stream, stub).tactics[0] ?? "Heartbeat";
  const rows = Array.from({ length: between(hash, 123, 1, 14) }, (_, index) => {
    const own = mix(hash, 700 + index);
    const values: Record<string, string> = {
      TenantId: stream.workspace.tenantId,
      TimeGenerated: vendorTimestamp(stub.at - index * minuteMs),
      Operation: `${operation}.Step${index + 1}`,
      ClientIP: cast.ip,
      UserId: cast.upn,
      UserAgent: 'Mozilla/5.0 (Windows NT 10.0) "quoted, with comma"',
      ResultStatus: chance(own, 1, 0.7) ? "Succeeded" : "Failed",
      IsManagedDevice: chance(own, 2, 0.5) ? "False" : "True",
      Computer: cast.host,
      FileName: cast.file,
      Country: chance(own, 3, 0.5) ? cast.country : "",
    };
    // A column of the long tail is filled once in a while.
    if (chance(own, 4, 0.3)) values.Parameters1 = `[{"Name":"Identity","Value":"${guid(own, 5)}"}]`;
    return columns.map((column) => values[column] ?? "");
  });
  return { columns, rows };
}
