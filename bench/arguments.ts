import { parseArgs, type ParseArgsConfig } from "node:util"

/** What `parseArgs` answers; a misuse is told in one line with the usage, and ends the program with exit code 2. */
export function argumentsOr<const T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    return misuse(usage, error instanceof Error ? error.message : "the arguments cannot be read")
  }
}

export function misuse(usage: string, problem: string): never {
  console.error(`${problem}\n\n${usage}`)
  return process.exit(2)
}
