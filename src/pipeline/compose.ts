import { type Exchange, type Next, STAGE_ORDER, type Stage } from "./stage.ts"

/**
 * Chains `stages` in the one fixed order around `send`, whatever order they are given in. Of two stages with one
 * name the first wins, because a request passes each step once.
 *
 * @throws Error from the running chain when a stage calls `next` twice: a request must not be sent twice.
 */
export function compose(stages: readonly Stage[], send: Next): Next {
  return inOrder(stages).reduceRight<Next>(
    (next, stage) => (exchange) => stage.run(exchange, once(stage, next)),
    send,
  )
}

/** One stage of each name, outermost first. */
export function inOrder(stages: readonly Stage[]): readonly Stage[] {
  return STAGE_ORDER.flatMap((name) => stages.find((stage) => stage.name === name) ?? [])
}

function once(stage: Stage, next: Next): Next {
  let called = false
  return (exchange: Exchange) => {
    if (called) throw new Error(`Stage "${stage.name}" called next() twice; a request is sent once.`)
    called = true
    return next(exchange)
  }
}
