import {
  codiceFiscale,
  cpf,
  dniLetter,
  ean13,
  elevenTest,
  mod11and10,
  mod11radix2,
  nhsNumber,
  pesel,
  remainder97,
  verhoeff,
} from "./check-digits.ts"
import { beginsNumber, endsNumber, isNamed, matchAt, type NumberMatch } from "./number-context.ts"

/** A number that a state gives to a person. */
interface NationalId {
  readonly country: string
  /** How many digits may stand together at its start; none where it begins with a letter. */
  readonly runs: readonly number[]
  /** Sticky. */
  readonly shape: RegExp
  /** Judges the span without blanks, dots and hyphens, in upper case. */
  readonly check: (plain: string) => boolean
  /** Names that must stand before it. Without, the shape and its check say enough. */
  readonly name?: RegExp
  /** A form that is written for people, which needs no name. */
  readonly grouped?: RegExp
}

/** One digit twice or three times, not three in a row, and no other more than once (BZSt, IdNr). */
function repeatsOnce(plain: string): boolean {
  const counts = Array.from({ length: 10 }, (_, digit) => plain.slice(0, 10).split(String(digit)).length - 1)
  return counts.filter((count) => count > 1).length === 1 && Math.max(...counts) <= 3
}

function isDate(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** The key of the French NIR; Corsica's departments count as 19 and 18. */
function nirKey(plain: string): boolean {
  const number = plain.slice(0, 13).replace("2A", "19").replace("2B", "18")
  return 97 - remainder97(number) === Number(plain.slice(13))
}

/** Century in the month: 81-92 for 18xx, 01-12 for 19xx, 21-32 for 20xx and so on. */
function peselDate(plain: string): boolean {
  return isDate(Number(plain.slice(2, 4)) % 20, Number(plain.slice(4, 6)))
}

const BY_DIGITS: readonly NationalId[] = [
  {
    country: "Germany, Steuer-Identifikationsnummer",
    runs: [2, 11],
    shape: /[1-9]\d(?: ?\d{3}){3}/y,
    check: (plain) => mod11and10(plain) && repeatsOnce(plain),
    name: /(?:steuer|id-?nr|tax[-_ ]?(?:id|no|number)|\btin\b)[^\d\n]{0,24}$/i,
    grouped: /^\d\d \d{3} \d{3} \d{3}$/,
  },
  {
    country: "France, NIR",
    runs: [1, 13, 15],
    shape: /[1278] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}/iy,
    check: nirKey,
  },
  { country: "Spain, DNI", runs: [8], shape: /\d{8}[ -]?[A-Z]/y, check: dniLetter },
  {
    country: "Brazil, CPF",
    runs: [3, 11],
    shape: /\d{3}\.?\d{3}\.?\d{3}-?\d{2}/y,
    check: cpf,
    name: /\bcpf[^\d\n]{0,16}$/i,
    grouped: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/,
  },
  {
    country: "Netherlands, BSN",
    runs: [4, 9],
    shape: /\d{9}|\d{4}\.\d{2}\.\d{3}/y,
    check: elevenTest,
    name: /(?:\bbsn|burgerservice|sofi-?num)[^\d\n]{0,24}$/i,
  },
  {
    country: "Poland, PESEL",
    runs: [11],
    shape: /\d{11}/y,
    check: (plain) => pesel(plain) && peselDate(plain),
    name: /pesel[^\d\n]{0,16}$/i,
  },
  {
    country: "India, Aadhaar",
    runs: [4, 12],
    shape: /[2-9]\d{3}([ -]?)\d{4}\1\d{4}/y,
    check: verhoeff,
    name: /(?:aadhaar|aadhar|adhaar|uidai|\buid\b|आधार)[^\d\n]{0,24}$/i,
  },
  {
    country: "China, resident identity number",
    runs: [17, 18],
    shape: /[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/y,
    check: mod11radix2,
  },
  {
    country: "United Kingdom, NHS number",
    runs: [3, 10],
    shape: /\d{3}[ -]?\d{3}[ -]?\d{4}/y,
    check: nhsNumber,
    name: /\bnhs[^\d\n]{0,24}$/i,
  },
  { country: "Switzerland, AHV number", runs: [3, 13], shape: /756\.?\d{4}\.?\d{4}\.?\d{2}/y, check: ean13 },
]

const BY_LETTERS: readonly NationalId[] = [
  { country: "Spain, NIE", runs: [], shape: /[XYZ][ -]?\d{7}[ -]?[A-Z]/y, check: dniLetter },
  {
    country: "Italy, codice fiscale",
    runs: [],
    shape: /[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]/iy,
    check: codiceFiscale,
  },
  {
    country: "United Kingdom, National Insurance number",
    runs: [],
    shape: /[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]/y,
    check: (plain) => !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(plain),
    name: /(?:\bnino|\bni (?:no|num)|national insurance|insurance (?:no|num))[^\d\n]{0,24}$/i,
    grouped: /^\w\w \d\d \d\d \d\d \w$/,
  },
]

function idAt(
  ids: readonly NationalId[],
  text: string,
  start: number,
  run?: number,
): NumberMatch | undefined {
  for (const { shape, check, name, grouped, runs } of ids) {
    if (run !== undefined && !runs.includes(run)) continue
    const found = matchAt(shape, text, start)?.[0]
    if (found === undefined || !endsNumber(text, start + found.length)) continue
    if (!check(found.replace(/[ .-]/g, "").toUpperCase())) continue
    const isGrouped = grouped?.test(found) ?? false
    if (name === undefined || isGrouped || isNamed(name, text, start))
      return { ruleId: "national-id", start, end: start + found.length }
  }
  return undefined
}

/** A national number that begins with `run` digits. */
export function nationalIdAt(text: string, start: number, run: number): NumberMatch | undefined {
  return beginsNumber(text, start) ? idAt(BY_DIGITS, text, start, run) : undefined
}

/** A national number that begins with a letter. */
export function lettersIdAt(text: string, start: number): NumberMatch | undefined {
  return idAt(BY_LETTERS, text, start)
}

const SSN = /(?!000|666|9)\d{3}([ -]?)(?!00)\d{2}\1(?!0000)\d{4}/y
const SSN_NAME = /(?:\bssn|social[-_ ]?security|\bss#|\btin\b|\bitin\b)[^\d\n]{0,24}$/i

/** A US Social Security number by the rules of area, group and serial; without hyphens only beside its name. */
export function ssnAt(text: string, start: number): NumberMatch | undefined {
  const match = matchAt(SSN, text, start)
  if (match === null) return undefined
  const end = start + match[0].length
  if (!beginsNumber(text, start) || !endsNumber(text, end)) return undefined
  if (match[1] !== "-" && !isNamed(SSN_NAME, text, start)) return undefined
  return { ruleId: "ssn", start, end }
}
