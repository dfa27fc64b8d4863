import { mix, pick, sequenceGuid } from "../random/hash";

/** A member of the provider's staff. */
export interface Analyst {
  readonly id: string;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly team: string;
  readonly timeZone: string;
  readonly organizationRole: "Admin" | "UserAdmin" | "WorkspaceAdmin" | "AgentAdmin" | "Member";
  readonly isAgent: boolean;
}

interface Team {
  readonly name: string;
  readonly timeZone: string;
  readonly people: readonly string[];
}

const mainTeams: readonly Team[] = [
  {
    name: "Tier 1 Lisbon",
    timeZone: "Europe/Lisbon",
    people: ["Inês Carvalho", "Tiago Mendonça", "Beatriz Sá Nogueira", "Rui Falcão"],
  },
  {
    name: "Tier 1 Manila",
    timeZone: "Asia/Manila",
    people: ["Maricel Santos", "Jun-jun Dela Cruz", "Arlene Bautista", "Paolo Reyes"],
  },
  {
    name: "Tier 1 Denver",
    timeZone: "America/Denver",
    people: ["Dakota Whitehorse", "Sam O'Leary", "Priya Raghunathan"],
  },
  {
    name: "Tier 2 Leeds",
    timeZone: "Europe/London",
    people: ["Oluwaseun Adeyemi-Fitzgerald", "Gemma Hartley", "Łukasz Wiśniewski", "Aoife Ní Dhomhnaill"],
  },
  { name: "Tier 2 Osaka", timeZone: "Asia/Tokyo", people: ["田中 美咲", "Kenji Watanabe", "김서연"] },
  {
    name: "Threat Hunting",
    timeZone: "Europe/Berlin",
    people: ["Jürgen Weiß", "Noor Haddad", "Дмитро Коваленко"],
  },
];

const globexTeams: readonly Team[] = [
  {
    name: "Watch Zürich",
    timeZone: "Europe/Zurich",
    people: ["Reto Bünzli", "Chiara Lardi", "Milan Jovanović"],
  },
  { name: "Watch Panamá", timeZone: "America/Panama", people: ["Yessenia Quintero", "Abdiel Castillo"] },
];

const latin: Readonly<Record<string, string>> = {
  "田中 美咲": "misaki.tanaka",
  김서연: "seoyeon.kim",
  "Дмитро Коваленко": "dmytro.kovalenko",
};

function mailName(name: string): string {
  const known = latin[name];
  if (known !== undefined) return known;
  const plain = name
    .replace(/ß/g, "ss")
    .replace(/ł/gi, "l")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  return plain
    .toLowerCase()
    .replace(/[^a-z -]/g, "")
    .replace(/ +/g, ".");
}

function roleOf(index: number): Analyst["organizationRole"] {
  return (["Admin", "WorkspaceAdmin", "UserAdmin", "AgentAdmin"] as const)[index] ?? "Member";
}

/** The staff of a provider, teams in order, and two delivery agents at the end. */
export function staffOf(organisation: "main" | "globex", hash: number): readonly Analyst[] {
  const teams = organisation === "main" ? mainTeams : globexTeams;
  const domain = organisation === "main" ? "watch.example" : "globex.example";
  const staff: Analyst[] = [];
  for (const team of teams) {
    for (const name of team.people) {
      const [firstName = name, ...rest] = name.split(" ");
      staff.push({
        id: sequenceGuid(mix(hash, 0x57), staff.length),
        displayName: name,
        firstName,
        lastName: rest.join(" "),
        email: `${mailName(name)}@${domain}`,
        team: team.name,
        timeZone: team.timeZone,
        organizationRole: roleOf(staff.length),
        isAgent: false,
      });
    }
  }
  for (const name of ["Service Delivery Agent", "Phishing Triage Agent"]) {
    staff.push({
      id: sequenceGuid(mix(hash, 0x57), staff.length),
      displayName: name,
      firstName: name,
      lastName: "",
      email: `${mailName(name)}@${domain}`,
      team: "Agents",
      timeZone: "Etc/UTC",
      organizationRole: "Member",
      isAgent: true,
    });
  }
  return staff;
}

/** Somebody who works for a customer; never signs in to the provider. */
export interface Employee {
  readonly displayName: string;
  readonly alias: string;
}

const employees: readonly (readonly [string, string])[] = [
  ["Sofia Marchetti", "s.marchetti"],
  ["Bob Ngata", "bob.ngata"],
  ["Élodie Charpentier", "echarpentier"],
  ["Hiroshi 佐藤", "hsato"],
  ["Karen Blythe", "karen.blythe"],
  ["Mohammed al-Rashid", "m.alrashid"],
  ["Annika Sørensen", "annika"],
  ["Bartholomew Featherstonehaugh-Cholmondeley", "b.featherstonehaugh-cholmondeley"],
  ["Zoë van der Merwe", "zoe.vdmerwe"],
  ["Иван Соколов", "isokolov"],
  ["José Luis Peña", "jlpena"],
  ["Grace Oyelaran", "grace.oyelaran"],
  ["Wei Zhang", "wzhang3"],
  ["Finance Shared Mailbox", "accounts-payable"],
  ["svc-backup", "svc-backup"],
  ["Front Desk", "reception"],
  ["Priyanka Deshmukh", "priyanka.d"],
  ["Tom Lindgren", "tom.lindgren"],
  ["Camille Dubois", "camille.dubois"],
  ["Ahmet Yıldız", "ayildiz"],
  ["Deirdre Walsh", "dwalsh"],
  ["Nguyễn Thị Hương", "huong.nguyen"],
  ["Marcus Bell", "mbell"],
  ["Ewa Nowak", "ewa.nowak"],
  ["svc-sql-prod", "svc-sql-prod"],
  ["Lucia Fernández", "lucia.f"],
  ["Global Admin (break glass)", "bg-admin01"],
  ["Peter Achterberg", "pachterberg"],
];

export function employeeOf(hash: number, salt: number): Employee {
  const [displayName, alias] = pick(hash, salt, employees);
  return { displayName, alias };
}
