import { between, chance, mix, pick } from "../random/hash";

/** Customers of the provider that the smaller scenarios use, in a fixed order; all invented. */
export const knownCustomers: readonly string[] = [
  "Northwind Dental Group",
  "Harbour & Pike Solicitors",
  "Kestrel Aerostructures",
  "Clínica Río Verde",
  "Müller & Söhne Feinmechanik GmbH",
  "Blue Lantern Hotels",
  "Oakmere Borough Council",
  "北浜精密工業株式会社",
  "Tallow Street Credit Union",
  "Sable Ridge Wind",
  "Vantaan Kirjapaino Oy",
  "Quillfeather Publishing",
  "Pinecrest Veterinary Partners",
  "Αιγαίο Ναυτιλιακή Α.Ε.",
  "Ostrava Lité Odlitky s.r.o.",
  "Marlow Foods Cold Chain",
  "St Brannoc's School Trust",
  "Fjordline Seafood AS",
  "Copperfield Tax Advisers",
  "Rede Hospitalar Bom Caminho",
  "Tessellate Labs",
  "Grünwald Logistik AG",
  "مجموعة الواحة للمقاولات",
  "Hollis, Brandt & Okafor LLP",
  "Bramblewood Care Homes",
  "Ironbark Mining Services",
  "Spółdzielnia Mleczna Zielone Pole",
  "Lumen & Thread Textiles",
  "Canal Quarter Housing Association",
  "Aurelia Reinsurance (Bermuda) Ltd",
  "Peak Nine Outfitters",
  "Saltmarsh Water Company",
  "한빛의료재단",
  "Delacroix Vins et Spiritueux",
  "Third Meridian Airways",
  "Gyllene Snittet Arkitekter AB",
  "Mercado Fresco del Sur S.A.",
  "Whitlock Automotive Retail",
  "Universal Widgets & Gaskets of Lower Saxony and the Netherlands (Holding) B.V.",
  "K9 Alarm",
];

/** Customers of the second provider. */
export const globexCustomers: readonly string[] = [
  "Hydra Marine Insurance",
  "Cypress Point Pharmacies",
  "Zürcher Uhrwerke AG",
  "Lakehead Timber Co-operative",
  "Banco Popular del Istmo",
  "Orchid & Vine Resorts",
];

const families =
  "Abara Ashdown Bellweather Castellan Dhaliwal Eriksen Fontaine Garrick Hathersage Ibarra Jansen Kaczmarek Lindqvist Moreau Nakagawa O'Rourke Petrov Quigley Rasmussen Sorensen Takahashi Ulvang Vasquez Wetherby Xavier Yilmaz Zielinski Achterberg Brennan Cordova".split(
    " ",
  );
const places =
  "Aldgate Bergen Calder Dunmore Esker Fairhaven Glenrock Haarlem Inverlea Juniper Kingsbridge Langdale Maribor Newbold Orkney Porto Ravenna Selkirk Turku Umbria Valmiera Westerly Yarrow Zwolle Brno Graz Sligo Tampere Utrecht Vilnius".split(
    " ",
  );
const trades =
  "Dental,Freight,Foundry,Packaging,Surgical Supplies,Community Bank,Broadband,Ceramics,Biotech,Insurance Brokers,Printworks,Steel,Nurseries,Opticians,Catering,Rail,Power,Robotics,Schools Trust,Water,Furniture,Brewery,Hospice,Shipping,Semiconductors,Legal,Accountants,Farms,Plastics,Recruitment".split(
    ",",
  );
const coined =
  "Arvenix Brightloom Cindral Dovetail Everquay Fathomline Gravenor Halcyra Ionique Juvelta Kordana Luminar Mirefield Novaquill Ostrella Parallax Quorra Ridgeway Solvanta Tremora Umberline Vexia Willowbyte Xanthe Yondera Zephyrine".split(
    " ",
  );
const forms = ["Ltd", "plc", "GmbH", "S.A.", "AB", "B.V.", "Inc.", "Oy", "S.r.l.", "ApS", "Pty Ltd", "K.K."];
const localNames = [
  "東海運輸",
  "みどり製薬",
  "さくら信用組合",
  "大河電子",
  "광명물산",
  "Волжские Станки",
  "Карпатська Деревина",
  "Θεσσαλική Ενέργεια",
  "شركة النخيل",
  "מפעלי הגליל",
];

const patterns: readonly ((hash: number) => string)[] = [
  (hash) => `${pick(hash, 11, places)} ${pick(hash, 12, trades)}`,
  (hash) => `${pick(hash, 13, families)} & ${pick(hash, 14, families)} ${pick(hash, 15, trades)}`,
  (hash) => `${pick(hash, 16, coined)} ${pick(hash, 17, forms)}`,
  (hash) => `${pick(hash, 18, coined)} ${pick(hash, 19, trades)}`,
  (hash) => `${pick(hash, 20, families)} ${pick(hash, 21, trades)} ${pick(hash, 22, forms)}`,
  (hash) => `The ${pick(hash, 23, places)} ${pick(hash, 24, trades)} Company`,
  (hash) => `${pick(hash, 25, localNames)}${chance(hash, 26, 0.5) ? ` (${pick(hash, 27, places)})` : ""}`,
  (hash) => `${initials(hash)} ${pick(hash, 28, trades)}`,
];

function initials(hash: number): string {
  const count = between(hash, 31, 2, 4);
  let text = "";
  for (let i = 0; i < count; i += 1) text += String.fromCharCode(65 + between(hash, 32 + i, 0, 25));
  return text;
}

/**
 * `count` different customer names: the known ones first, made-up ones after them.
 * @param seed decides the made-up ones only, so that the first forty read the same in every run
 */
export function customerNames(known: readonly string[], count: number, seed: number): readonly string[] {
  const names = new Set(known.slice(0, count));
  for (let i = 0; names.size < count; i += 1) {
    const hash = mix(mix(seed, 0xc0), i);
    names.add(pick(hash, 1, patterns)(hash));
  }
  return [...names];
}
