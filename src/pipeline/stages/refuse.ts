import type { AirlockError } from "../../base/errors.ts"
import { refusal } from "../refusal.ts"
import type { Stage } from "../stage.ts"

/** Stands in for the mask stage where it is not known how to mask: answers every provider request with `reason`. */
export function refuseStage(reason: AirlockError): Stage {
  return { name: "mask", run: (exchange) => Promise.resolve(refusal(reason, exchange.dialect)) }
}
