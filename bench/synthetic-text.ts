import { ALNUM, fakeToken, HEX, seededRandom } from "../tests/support/fake-token.ts"

/** What identifiers and sentences are put together from; secret words among them, as in real code. */
const WORDS =
  `get set user account list item config path file value token key auth session request response error result
  index count name type state cache build render update delete create handler server client stream buffer parse
  format option default module import export return const async await string number boolean password secret api
  public private static class interface test expect before after module event message content header body`
    .trim()
    .split(/\s+/)

type Random = () => number

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

function identifier(random: Random): string {
  const head = pick(random, WORDS)
  return random() < 0.5 ? head : head + pick(random, WORDS).replace(/^./, (first) => first.toUpperCase())
}

function codeLine(random: Random): string {
  const a = identifier(random)
  const b = identifier(random)
  return pick(random, [
    `  const ${a} = await this.${b}.${identifier(random)}(${identifier(random)}, { ${a}: ${b} })`,
    `  if (${a} === undefined || ${b}.length > ${Math.floor(random() * 100)}) return null // ${pick(random, WORDS)} ${pick(random, WORDS)}`,
    `import { ${a}, ${b} } from "../${pick(random, WORDS)}/${pick(random, WORDS)}-${pick(random, WORDS)}.ts"`,
    `  expect(${a}.${b}).toEqual({ ${pick(random, WORDS)}: "${pick(random, WORDS)}", ${pick(random, WORDS)}: ${a} })`,
    `export function ${a}(${b}: string, options: ${identifier(random)}Options = {}): Promise<${identifier(random)}> {`,
  ])
}

function logLine(random: Random, line: number): string {
  const id = fakeToken(HEX, 16, line)
  return pick(random, [
    `2026-05-0${1 + (line % 9)}T10:${10 + (line % 50)}:07.${100 + (line % 900)}Z INFO  [worker-${line % 16}] ${pick(random, WORDS)} ${pick(random, WORDS)} id=${id} in ${line % 900}ms`,
    `10.0.${line % 250}.7 - - "GET /api/v1/${pick(random, WORDS)}/${id} HTTP/1.1" 200 ${line % 9000} "-" "curl/8.5.0"`,
    `    at ${identifier(random)} (/app/dist/${pick(random, WORDS)}-${fakeToken(ALNUM, 8, line)}.js:${line % 700}:${line % 80})`,
  ])
}

function jsonLine(random: Random, line: number): string {
  return pick(random, [
    `    "${identifier(random)}": { "${pick(random, WORDS)}": "${pick(random, WORDS)}-${line}", "count": ${line}, "url": "https://example.test/${pick(random, WORDS)}/${line}" },`,
    `      "integrity": "sha512-${fakeToken(`${ALNUM}+/`, 86, line)}==",`,
    `      "version": "${line % 30}.${line % 12}.${line % 7}", "resolved": "https://example.test/${pick(random, WORDS)}/-/${line}.tgz",`,
  ])
}

function textOf(bytes: number, nextLine: (line: number) => string): string {
  const lines: string[] = []
  let length = 0
  for (let line = 0; length < bytes; line++) {
    const text = nextLine(line)
    lines.push(text)
    length += text.length + 1
  }
  return lines.join("\n").slice(0, bytes)
}

/**
 * Seeded text in which every other identifier names something secret, twice as dense in keywords as public source code:
 * seven parts code, two parts logs, one part JSON. ASCII.
 */
export function denseText(bytes: number, seed = 7): string {
  const random = seededRandom(seed)
  return textOf(bytes, (line) => {
    const kind = random()
    if (kind < 0.7) return codeLine(random)
    return kind < 0.9 ? logLine(random, line) : jsonLine(random, line)
  })
}

/** Seeded lines of services' logs. ASCII. */
export function logText(bytes: number, seed = 7): string {
  const random = seededRandom(seed)
  return textOf(bytes, (line) => logLine(random, line))
}
