import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  HEX,
  LOWER,
  LOWER_ALNUM,
  seededRandom,
  UPPER_ALNUM,
} from "../fake-token.ts"

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const WORDS: readonly string[] =
  `account adapter angle array async batch binary bitmap border bridge bucket buffer canvas channel client cluster
  codec color column config cookie cursor daemon debug decoder device driver editor element encoder engine error
  event export factory fiber filter folder format frame gateway global grid handler header helper image index
  input invoice iterator kernel layer layout library listener loader logger manager mapper matrix merge metric
  middleware model module monitor network node object option order output package panel parser patch pipeline
  plugin pointer policy pool portal process profile project provider proxy query queue reader record reducer
  region registry render replica report request resolver resource response result router runner sample schedule
  schema scope script search segment server service setting shader shard signal socket source sprite stack stream
  string style switch symbol system table target template tensor thread timer tracker transform update upload
  user utility validator vector version view widget window worker writer`
    .trim()
    .split(/\s+/)

/** Seeded pieces that clean texts are made of. */
export class RandomText {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed * 2654435761 + 17)
  }

  int(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1))
  }

  of<T>(items: readonly [T, ...T[]]): T {
    return items[this.int(0, items.length - 1)] ?? items[0]
  }

  chars(alphabet: string, length: number): string {
    let text = ""
    while (text.length < length) text += alphabet.charAt(Math.floor(this.#random() * alphabet.length))
    return text
  }

  hex = (length: number): string => this.chars(HEX, length)
  digits = (length: number): string => this.chars(DIGITS, length)
  alnum = (length: number): string => this.chars(ALNUM, length)
  lowerAlnum = (length: number): string => this.chars(LOWER_ALNUM, length)
  upperAlnum = (length: number): string => this.chars(UPPER_ALNUM, length)
  base64url = (length: number): string => this.chars(BASE64URL, length)

  /** Base64 of so many random bytes. */
  base64(bytes: number): string {
    const full = this.chars(BASE64, Math.floor(bytes / 3) * 4)
    if (bytes % 3 === 0) return full
    return bytes % 3 === 1 ? `${full}${this.chars(BASE64, 1)}Q==` : `${full}${this.chars(BASE64, 2)}A=`
  }

  word(): string {
    return WORDS[this.int(0, WORDS.length - 1)] ?? "word"
  }

  words(count: number, separator: string): string {
    return Array.from({ length: count }, () => this.word()).join(separator)
  }

  camel(count: number): string {
    return this.words(count, " ").replace(/ (\w)/g, (_, first: string) => first.toUpperCase())
  }

  semver = (): string => `${this.int(0, 30)}.${this.int(0, 40)}.${this.int(0, 99)}`

  uuid(version: 4 | 7 = 4): string {
    const time = version === 7 ? `01${this.hex(6)}-${this.hex(4)}` : `${this.hex(8)}-${this.hex(4)}`
    return `${time}-${version}${this.hex(3)}-${this.chars("89ab", 1)}${this.hex(3)}-${this.hex(12)}`
  }

  ulid = (): string => `01${this.chars(CROCKFORD, 24)}`

  /** 27 base62 characters that begin as those of the years 2022 to 2026 do. */
  ksuid = (): string => `2${this.chars("0123456789ABCDEFGHIJKLMNOP", 1)}${this.alnum(25)}`

  nanoid = (): string => this.base64url(21)

  timestamp(): string {
    const two = (from: number, to: number): string => String(this.int(from, to)).padStart(2, "0")
    return `202${this.int(3, 6)}-${two(1, 12)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}.${this.digits(3)}Z`
  }

  ip = (): string => `10.${this.int(0, 255)}.${this.int(0, 255)}.${this.int(1, 254)}`

  domain = (): string => `${this.word()}.${this.word()}.example`

  path = (): string => `src/${this.words(this.int(1, 3), "/")}/${this.words(2, "-")}.ts`

  letters = (length: number): string => this.chars(LOWER, length)

  lines(count: number, line: (index: number) => string): string {
    return Array.from({ length: count }, (_, index) => line(index)).join("\n")
  }
}

/** A kind of text in which nothing is a secret. */
export type CleanKind = (random: RandomText) => string
