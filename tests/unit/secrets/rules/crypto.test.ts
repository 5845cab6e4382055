import { cryptoRules } from "../../../../src/secrets/rules/crypto.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

/** The digits and letters of Base58. */
const BASE58 = ALNUM.replace(/[0OIl]/g, "")

testRules(cryptoRules, {
  "bip32-private-key": {
    finds: ["x", "y", "z", "t"].map((kind) => `${kind}prv${fakeToken(BASE58, 107)}`),
    skips: [
      `xpub${fakeToken(BASE58, 107)}`,
      `xprv${fakeToken(BASE58, 60)}`,
      `axprv${fakeToken(BASE58, 107)}`,
    ],
  },
  "coinbase-key": {
    finds: [
      [`coinbase_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)],
      [`COINBASE_KEY: ${fakeToken(ALNUM, 64)}`, fakeToken(ALNUM, 64)],
    ],
    skips: [`coinbase_key = "${fakeToken(ALNUM, 20)}"`],
  },
  "kraken-key": {
    finds: [
      [`kraken_secret = "${fakeToken(BASE64, 86)}=="`, `${fakeToken(BASE64, 86)}==`],
      [`KRAKEN_KEY: ${fakeToken(BASE64, 56)}`, fakeToken(BASE64, 56)],
    ],
    skips: [`kraken_secret = "${fakeToken(BASE64, 40)}"`, "kraken_secret = process.env.KEY"],
  },
  "kucoin-key": {
    finds: [
      [`kucoin_key = "${fakeToken(HEX, 24)}"`, fakeToken(HEX, 24)],
      [`KUCOIN_KEY: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`kucoin_key = "${fakeToken(HEX, 11)}"`, "kucoin_key = process.env.KEY"],
  },
  "bittrex-key": {
    finds: [[`bittrex_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`bittrex_key = "${fakeToken(ALNUM, 15)}"`, "bittrex_key = process.env.KEY"],
  },
  "bitfinex-key": {
    finds: [[`bitfinex_key = "${fakeToken(ALNUM, 43)}"`, fakeToken(ALNUM, 43)]],
    skips: [`bitfinex_key = "${fakeToken(ALNUM, 20)}"`, "bitfinex_key = process.env.KEY"],
  },
  "coingecko-key": {
    finds: [`CG-${fakeToken(ALNUM, 24)}`],
    skips: [`CG-${fakeToken(ALNUM, 11)}`],
  },
  "coinapi-key": {
    finds: [[`coinapi_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`coinapi_key = "${fakeToken(HEX, 8)}"`, "coinapi_key = process.env.KEY"],
  },
  "etherscan-key": {
    finds: [[`etherscan_key = "${fakeToken(UPPER_ALNUM, 34)}"`, fakeToken(UPPER_ALNUM, 34)]],
    skips: [`etherscan_key = "${fakeToken(UPPER_ALNUM, 16)}"`, "etherscan_key = process.env.KEY"],
  },
  "infura-url-key": {
    finds: [[`https://mainnet.infura.io/v3/${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)]],
    skips: [`https://mainnet.infura.io/v3/${fakeToken(HEX, 5)}`, "https://infura.io/docs"],
  },
  "infura-key": {
    finds: [[`infura_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`infura_key = "${fakeToken(HEX, 15)}"`, "infura_key = process.env.KEY"],
  },
  "alchemy-url-key": {
    finds: [[`https://eth-mainnet.g.alchemy.com/v2/${fakeToken(BASE64URL, 32)}`, fakeToken(BASE64URL, 32)]],
    skips: [
      `https://eth-mainnet.g.alchemy.com/v2/${fakeToken(BASE64URL, 5)}`,
      "https://eth-mainnet.g.alchemy.com/v2/your-own-key-goes-in-here",
    ],
  },
  "alchemy-key": {
    finds: [[`alchemy_key = "${fakeToken(BASE64URL, 32)}"`, fakeToken(BASE64URL, 32)]],
    skips: [`alchemy_key = "${fakeToken(BASE64URL, 15)}"`, "alchemy_key = process.env.KEY"],
  },
  "alchemy-token": {
    finds: [`alcht_${fakeToken(ALNUM, 30)}`],
    skips: [`alcht_${fakeToken(ALNUM, 14)}`],
  },
  "quicknode-key": {
    finds: [`QN_${fakeToken(HEX, 32)}`],
    skips: [`QN_${fakeToken(HEX, 15)}`],
  },
  "quicknode-url-token": {
    finds: [[`https://dry-night.quiknode.pro/${fakeToken(HEX, 40)}/`, fakeToken(HEX, 40)]],
    skips: [`https://dry-night.quiknode.pro/${fakeToken(HEX, 8)}/`],
  },
  "moralis-key": {
    finds: [[`moralis_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)]],
    skips: [`moralis_key = "${fakeToken(ALNUM, 31)}"`, "moralis_key = process.env.KEY"],
  },
  "blockfrost-key": {
    finds: [
      [`blockfrost_key = "mainnet${fakeToken(ALNUM, 32)}"`, `mainnet${fakeToken(ALNUM, 32)}`],
      [`BLOCKFROST: preprod${fakeToken(ALNUM, 32)}`, `preprod${fakeToken(ALNUM, 32)}`],
      [`blockfrost_key = "preview${fakeToken(ALNUM, 32)}"`, `preview${fakeToken(ALNUM, 32)}`],
      [`BLOCKFROST: testnet${fakeToken(ALNUM, 32)}`, `testnet${fakeToken(ALNUM, 32)}`],
      [`blockfrost_key = "ipfs${fakeToken(ALNUM, 32)}"`, `ipfs${fakeToken(ALNUM, 32)}`],
    ],
    skips: [`blockfrost_key = "mainnet${fakeToken(ALNUM, 15)}"`, "blockfrost_key = process.env.KEY"],
  },
  "tatum-key": {
    finds: [
      [
        `tatum_key = "t-${fakeToken(HEX, 24)}-${fakeToken(HEX, 24, 2)}"`,
        `t-${fakeToken(HEX, 24)}-${fakeToken(HEX, 24, 2)}`,
      ],
      [`TATUM_KEY: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`tatum_key = "t-${fakeToken(HEX, 11)}"`, "tatum_key = process.env.KEY"],
  },
  "blocknative-key": {
    finds: [[`blocknative_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`blocknative_key = "${fakeToken(HEX, 8)}"`, "blocknative_key = process.env.KEY"],
  },
  "nftport-key": {
    finds: [[`nftport_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`nftport_key = "${fakeToken(HEX, 8)}"`, "nftport_key = process.env.KEY"],
  },
  "settlemint-token": {
    finds: [
      `sm_aat_${fakeToken(ALNUM, 16)}`,
      `sm_pat_${fakeToken(ALNUM, 16)}`,
      `sm_sat_${fakeToken(ALNUM, 16)}`,
    ],
    skips: [`sm_aat_${fakeToken(ALNUM, 7)}`],
  },
  "polymarket-key": {
    finds: [
      [`POLY_API_KEY=${fakeUuid()}`, fakeUuid()],
      [`POLYMARKET_SECRET="${fakeToken(BASE64, 43)}="`, `${fakeToken(BASE64, 43)}=`],
      [`POLYMARKET_PRIVATE_KEY=0x${fakeToken(HEX, 64)}`, `0x${fakeToken(HEX, 64)}`],
    ],
    skips: [`POLY_API_KEY=${fakeUuid().slice(0, 18)}`, "POLYMARKET_SECRET=process.env.SECRET"],
  },
})
