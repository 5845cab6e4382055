import type { Exchange, Stage } from "../stage.ts"

/**
 * Keeps the replies of Airlock's own commands out of title requests, the one kind of prompt that is made from the
 * raw history without any hook.
 *
 * @param hide answers the text to send in place of a text (the same one for no change)
 */
export function consoleStage(hide: (text: string) => string): Stage {
  const cleaned = (exchange: Exchange): Exchange => {
    // Signed bytes must stay as they are; there the reply's few lines go along.
    if (exchange.attribution.agent !== "title" || exchange.signed) return exchange
    const body = exchange.dialect.mapText(exchange.body, hide)
    return body === exchange.body ? exchange : { ...exchange, body, bodyText: JSON.stringify(body) }
  }
  return {
    name: "console",
    needs: ({ agent }) => (agent === "title" ? "body" : "nothing"),
    run: (exchange, next) => next(cleaned(exchange)),
  }
}
