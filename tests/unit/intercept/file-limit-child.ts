/**
 * A process that may write no file beyond a limit (`ulimit -f`), as a full disk would have it: captures a reply that
 * does not fit and then one that does, and prints what came of both.
 */
import { readdirSync } from "node:fs"
import { ExchangeLab } from "./exchange-lab.ts"

const lab = new ExchangeLab()
const interceptor = lab.interceptor()
const exchange = async (size: number): Promise<boolean> => {
  const body = JSON.stringify({ text: "x".repeat(size) })
  const url = await lab.provider((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(body)
  })
  const capture = lab.begin(interceptor, url)
  const received = await capture.observe(await fetch(url, { method: "POST", body: "{}" })).text()
  await interceptor.settled()
  return received === body
}

const largeIntact = await exchange(20_000)
const afterLarge = readdirSync(`${lab.root}/ses_1`)
const status = await interceptor.command("", "ses_1")
const smallIntact = await exchange(10)
const afterSmall = lab.trios().map(({ response }) => response.body)
console.log(JSON.stringify({ largeIntact, afterLarge, status, smallIntact, afterSmall }))
lab.close()
