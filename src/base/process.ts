import { readFileSync, readlinkSync } from "node:fs"

/**
 * When a process started, in clock ticks since boot (field 22 of `/proc/<pid>/stat`, proc(5)); `undefined` where there
 * is no /proc or no such process. Together with the pid it names one process: pids are used again.
 */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]
  } catch {
    return undefined
  }
}

/** Whether the process that had `pid` and started at `start` is still running. */
export function isProcessAlive(pid: number, start?: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and is someone else's.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false
  }
  const current = processStart(pid)
  return start === undefined || current === undefined || current === start
}

/** One process among all that may share a directory: containers have pids of their own. */
export interface ProcessMark {
  readonly pid: number
  /** `processStart`, where the system tells. */
  readonly start?: string
  /** The pid namespace (namespaces(7)), where the system tells. */
  readonly space?: string
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  const start = processStart(process.pid)
  const space = pidSpace()
  return {
    pid: process.pid,
    ...(start === undefined ? {} : { start }),
    ...(space === undefined ? {} : { space }),
  }
}

/**
 * Whether the process of a mark is known to be gone. Of one in another pid namespace that cannot be told from here.
 */
export function isGone({ pid, start, space }: ProcessMark): boolean {
  if (space !== undefined && space !== pidSpace()) return false
  return !isProcessAlive(pid, start)
}

function pidSpace(): string | undefined {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0]
  } catch {
    return undefined
  }
}
