import type { Evaluation, Recall, Share } from "./evaluate.ts"
import type { Verdict } from "./floors.ts"

/** Which long lists a report holds. */
interface Lists {
  /** Neither recall by provider nor every mask in clean text. */
  readonly brief: boolean
  readonly misses: boolean
}

/** An evaluation as Markdown. */
export function markdownReport(evaluation: Evaluation, held: readonly Verdict[], lists: Lists): string {
  const { recall, falseMasks, adversarial, knownValues, masksPerMegabyte, masks, misses } = evaluation
  return [
    `## ${evaluation.corpus}\n`,
    recallTable("recall by tier, %", recall.tiers),
    recallTable("recall by source, %", recall.sources),
    providersLine(recall.providers),
    lists.brief ? "" : recallTable("recall by provider, %", recall.providers),
    shareTable("false masks, % of texts", falseMasks),
    shareTable("adversarial, % withstood", adversarial),
    shareTable("known values, %", knownValues),
    `${masksPerMegabyte} masks per MB of clean text (${masks.length}); by rule: ${byRule(masks)}\n`,
    lists.brief
      ? ""
      : table(
          ["rule", "offset", "length", "around"],
          masks.map(({ ruleId, offset, length, around }) => [ruleId, offset, length, `\`${around}\``]),
        ),
    lists.misses ? table(["missed", "what", "times"], counted(misses)) : "",
    table(
      ["floor", "value", "must", ""],
      held.map(({ figure, value, must, keeps }) => [
        figure,
        value ?? "not measured",
        must,
        keeps ? "" : "MISSED",
      ]),
    ),
  ]
    .filter((part) => part !== "")
    .join("\n")
}

function recallTable(title: string, groups: readonly Recall[]): string {
  return table(
    [title, "texts", "rec", "full"],
    groups.map(({ group, of, rec, full }) => [group, of, rec, full]),
  )
}

function shareTable(title: string, groups: readonly Share[]): string {
  return table(
    [title, "texts", "share"],
    groups.map(({ group, of, percent }) => [group, of, percent]),
  )
}

function providersLine(providers: readonly Recall[]): string {
  const half = providers.filter(({ full }) => full >= 50).length
  const whole = providers.filter(({ full }) => full === 100).length
  return `${providers.length} providers: ${half} with at least half of their secrets fully gone, ${whole} with all\n`
}

function byRule(masks: Evaluation["masks"]): string {
  const counts = new Map<string, number>()
  for (const { ruleId } of masks) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1])
  return sorted.map(([ruleId, count]) => `${ruleId} ${count}`).join(", ") || "none"
}

function counted(misses: Evaluation["misses"]): (string | number)[][] {
  const counts = new Map<string, { group: string; what: string; times: number }>()
  for (const { group, what } of misses) {
    const known = counts.get(`${group}\n${what}`) ?? { group, what, times: 0 }
    counts.set(`${group}\n${what}`, known)
    known.times++
  }
  return [...counts.values()].map(({ group, what, times }) => [group, what, times])
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`
}
